/* SPDX-License-Identifier: MIT */
#include "study/key_index.h"

#include "study/spelling.h"

bool recist_key_index_init(struct recist_key_index *index, struct recist_arena *arena,
                           size_t capacity)
{
    /* Half full at most, so that a search ends soon. */
    size_t slots = 16;
    while (slots < capacity * 2) {
        slots *= 2;
    }
    if (slots - 1 > UINT32_MAX) {
        return false;
    }
    index->mask = (uint32_t)(slots - 1);
    index->slots = recist_arena_take_zeroed(arena, slots, sizeof *index->slots);
    index->hashes = recist_arena_take(arena, slots * sizeof *index->hashes);
    return index->slots && index->hashes;
}

uint32_t recist_key_index_find(const struct recist_key_index *index, uint32_t hash,
                               bool (*same)(const void *entries, uint32_t entry, const void *key),
                               const void *entries, const void *key)
{
    for (uint32_t at = hash & index->mask; index->slots[at] != 0; at = (at + 1) & index->mask) {
        uint32_t entry = index->slots[at] - 1;
        if (index->hashes[at] == hash && same(entries, entry, key)) {
            return entry;
        }
    }
    return RECIST_KEY_NOT_FOUND;
}

void recist_key_index_add(struct recist_key_index *index, uint32_t hash, uint32_t entry)
{
    uint32_t at = hash & index->mask;
    while (index->slots[at] != 0) {
        at = (at + 1) & index->mask;
    }
    index->slots[at] = entry + 1;
    index->hashes[at] = hash;
}

/* Spreads the last bytes over all bits, as the table looks at the low ones only. */
static uint32_t finish(uint32_t hash)
{
    hash ^= hash >> 16;
    hash *= UINT32_C(0x85EBCA6B);
    return hash ^ hash >> 13;
}

uint32_t recist_key_hash(struct recist_slice text, uint32_t seed)
{
    uint32_t hash = seed ^ UINT32_C(2166136261);
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.text[i]) * UINT32_C(16777619);
    }
    return finish(hash);
}

uint32_t recist_key_hash_folded(struct recist_slice text, uint32_t seed)
{
    uint32_t hash = seed ^ UINT32_C(2166136261);
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ recist_spelling_fold((unsigned char)text.text[i])) * UINT32_C(16777619);
    }
    return finish(hash);
}
