/* SPDX-License-Identifier: MIT
 * Which patients were read already: their hashes only, so that memory hardly grows. Two patients
 * of one hash look like one that comes back, and the reader then turns to exact names. */
#ifndef RECIST_INPUT_SEEN_PATIENTS_H
#define RECIST_INPUT_SEEN_PATIENTS_H

#include <recist/finding.h>

struct recist_seen_patients {
    uint64_t *slots; /* 0: free */
    size_t slot_count; /* a power of two */
    size_t count;
};

uint64_t recist_patient_hash(struct recist_slice study, struct recist_slice patient);

/* The hash will be added soon: its slot is far away in memory. */
static inline void recist_seen_patients_expect(const struct recist_seen_patients *seen,
                                               uint64_t hash)
{
    if (seen->slot_count > 0) {
        __builtin_prefetch(&seen->slots[hash & (seen->slot_count - 1)]);
    }
}
/* Adds a patient's hash; *known says whether it was there. False when memory is out. */
bool recist_seen_patients_add(struct recist_seen_patients *seen, uint64_t hash, bool *known);
void recist_seen_patients_clear(struct recist_seen_patients *seen);
void recist_seen_patients_destroy(struct recist_seen_patients *seen);

#endif
