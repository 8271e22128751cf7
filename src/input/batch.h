/* SPDX-License-Identifier: MIT
 * A batch: bytes of a file, and the patients, readings and findings made of them. */
#ifndef RECIST_INPUT_BATCH_H
#define RECIST_INPUT_BATCH_H

#include <recist/measurements.h>

#include "base/arena.h"

struct recist_batch_entry {
    struct recist_patient_readings patient; /* `readings` is set when the batch is complete */
    size_t first_reading;
    size_t first_finding;
    uint64_t hash; /* while it is found out whether the patient was met before */
};

struct recist_batch {
    char *bytes;
    size_t byte_capacity;
    struct recist_reading *readings;
    size_t reading_count;
    size_t reading_capacity;
    struct recist_batch_entry *entries; /* one per patient */
    size_t entry_count;
    size_t entry_capacity;
    struct recist_measurements_point start;
    size_t finding_count; /* when the batch was complete */
    struct recist_findings *findings;
    struct recist_arena texts; /* fields that had to be put together */
};

void recist_batch_clear(struct recist_batch *batch);
/* Makes room for `length` bytes and what the scanner reads beyond. Contents are lost. */
bool recist_batch_reserve_bytes(struct recist_batch *batch, size_t length);
/* A patient of whom nothing is known yet. False when memory is out. */
bool recist_batch_add_patient(struct recist_batch *batch, struct recist_slice study,
                              struct recist_slice patient);
/* Makes room for more readings. False when memory is out. */
bool recist_batch_grow(struct recist_batch *batch);
/* Room for one more reading, which counts when reading_count is raised; NULL without memory. */
static inline struct recist_reading *recist_batch_next_reading(struct recist_batch *batch)
{
    bool room = batch->reading_count < batch->reading_capacity || recist_batch_grow(batch);
    return room ? &batch->readings[batch->reading_count] : NULL;
}
/* Takes the last patient out again, with readings; findings from `finding_count` on are gone. */
void recist_batch_drop_patient(struct recist_batch *batch);
void recist_batch_complete(struct recist_batch *batch);

#endif
