/* SPDX-License-Identifier: MIT */
#include "input/seen_patients.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 1024

__extension__ typedef unsigned __int128 unsigned_wide;

static inline uint64_t mix(uint64_t one, uint64_t other)
{
    unsigned_wide product = (unsigned_wide)(one ^ UINT64_C(0xA0761D6478BD642F)) *
                            (other ^ UINT64_C(0xE7037ED1A0B428DB));
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t load(const char *at)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The last bytes of a text; of one of eight or more some may have been taken before. */
static inline uint64_t load_last(struct recist_slice text)
{
    if (text.length >= 8) {
        return load(text.text + text.length - 8);
    }
    uint64_t word = 0;
    for (size_t i = 0; i < text.length; i++) {
        word = word << 8 | (unsigned char)text.text[i];
    }
    return word;
}

static uint64_t hash_text(uint64_t hash, struct recist_slice text)
{
    for (size_t i = 0; i + 8 < text.length; i += 8) {
        hash = mix(hash, load(text.text + i));
    }
    return mix(mix(hash, load_last(text)), text.length);
}

uint64_t recist_patient_hash(struct recist_slice study, struct recist_slice patient)
{
    return hash_text(hash_text(0, study), patient);
}

/* Puts a hash where it belongs; false when it is there already. */
static bool put(uint64_t *slots, size_t slot_count, uint64_t hash)
{
    size_t slot = hash & (slot_count - 1);
    while (slots[slot] != 0) {
        if (slots[slot] == hash) {
            return false;
        }
        slot = (slot + 1) & (slot_count - 1);
    }
    slots[slot] = hash;
    return true;
}

static bool grow(struct recist_seen_patients *seen)
{
    size_t slot_count = seen->slot_count ? seen->slot_count * 2 : FIRST_SLOTS;
    uint64_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (size_t i = 0; i < seen->slot_count; i++) {
        if (seen->slots[i] != 0) {
            put(slots, slot_count, seen->slots[i]);
        }
    }
    free(seen->slots);
    seen->slots = slots;
    seen->slot_count = slot_count;
    return true;
}

bool recist_seen_patients_add(struct recist_seen_patients *seen, uint64_t hash, bool *known)
{
    /* At most four fifths full: ten to twenty bytes for each patient. */
    if (seen->count >= seen->slot_count / 5 * 4 && !grow(seen)) {
        return false;
    }
    *known = !put(seen->slots, seen->slot_count, hash != 0 ? hash : 1);
    seen->count += !*known;
    return true;
}

void recist_seen_patients_clear(struct recist_seen_patients *seen)
{
    if (seen->slots) {
        memset(seen->slots, 0, seen->slot_count * sizeof *seen->slots);
    }
    seen->count = 0;
}

void recist_seen_patients_destroy(struct recist_seen_patients *seen)
{
    free(seen->slots);
    *seen = (struct recist_seen_patients){0};
}
