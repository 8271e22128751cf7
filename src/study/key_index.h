/* SPDX-License-Identifier: MIT
 * A hash table over entries that stand in somebody else's array, for the patients that have too
 * many rows for a linear search. It holds numbers of entries only; the caller compares keys. */
#ifndef RECIST_STUDY_KEY_INDEX_H
#define RECIST_STUDY_KEY_INDEX_H

#include "base/arena.h"

#define RECIST_KEY_NOT_FOUND UINT32_MAX

struct recist_key_index {
    uint32_t *slots;  /* entry + 1; 0: free. NULL: not in use */
    uint32_t *hashes; /* of the entry in the same slot */
    uint32_t mask;
};

/* Makes room for `capacity` entries in the arena; false when memory is out. */
bool recist_key_index_init(struct recist_key_index *index, struct recist_arena *arena,
                           size_t capacity);
/* The entry with this key, or RECIST_KEY_NOT_FOUND. */
uint32_t recist_key_index_find(const struct recist_key_index *index, uint32_t hash,
                               bool (*same)(const void *entries, uint32_t entry, const void *key),
                               const void *entries, const void *key);
/* Adds an entry that is not there yet. At most `capacity` may be added. */
void recist_key_index_add(struct recist_key_index *index, uint32_t hash, uint32_t entry);

/* Hash of a text, by bytes or as words and labels are compared; start with seed 0. */
uint32_t recist_key_hash(struct recist_slice text, uint32_t seed);
uint32_t recist_key_hash_folded(struct recist_slice text, uint32_t seed);

#endif
