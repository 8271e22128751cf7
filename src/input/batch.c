/* SPDX-License-Identifier: MIT */
#include "input/batch.h"

#include <stdlib.h>

#include "input/csv.h"

#define FIRST_READINGS 256
#define FIRST_ENTRIES 64

struct recist_batch *recist_batch_create(void)
{
    struct recist_batch *batch = calloc(1, sizeof *batch);
    if (!batch) {
        return NULL;
    }
    recist_arena_init(&batch->texts, 0);
    batch->findings = recist_findings_create();
    if (!batch->findings) {
        free(batch);
        return NULL;
    }
    return batch;
}

void recist_batch_destroy(struct recist_batch *batch)
{
    if (!batch) {
        return;
    }
    recist_findings_destroy(batch->findings);
    recist_arena_destroy(&batch->texts);
    free(batch->bytes);
    free(batch->readings);
    free(batch->entries);
    free(batch);
}

size_t recist_batch_patient_count(const struct recist_batch *batch)
{
    return batch->entry_count;
}

const struct recist_patient_readings *recist_batch_patient(const struct recist_batch *batch,
                                                           size_t index)
{
    return &batch->entries[index].patient;
}

struct recist_findings *recist_batch_findings(const struct recist_batch *batch)
{
    return batch->findings;
}

struct recist_measurements_point recist_batch_start(const struct recist_batch *batch)
{
    return batch->start;
}

size_t recist_batch_first_finding(const struct recist_batch *batch, size_t index)
{
    return index < batch->entry_count ? batch->entries[index].first_finding
                                      : batch->finding_count;
}

void recist_batch_clear(struct recist_batch *batch)
{
    recist_findings_truncate(batch->findings, 0);
    recist_arena_reset(&batch->texts);
    batch->reading_count = 0;
    batch->entry_count = 0;
    batch->finding_count = 0;
}

bool recist_batch_reserve_bytes(struct recist_batch *batch, size_t length)
{
    if (length <= batch->byte_capacity) {
        return true;
    }
    free(batch->bytes);
    batch->bytes = malloc(length + RECIST_CSV_SLACK);
    batch->byte_capacity = batch->bytes ? length : 0;
    return batch->bytes != NULL;
}

/* Twice the room, for an array of elements of `size` bytes. */
static void *grow(void *array, size_t *capacity, size_t first, size_t size)
{
    size_t larger = *capacity ? *capacity * 2 : first;
    void *grown = larger <= SIZE_MAX / size ? realloc(array, larger * size) : NULL;
    if (grown) {
        *capacity = larger;
    }
    return grown;
}

bool recist_batch_add_patient(struct recist_batch *batch, struct recist_slice study,
                              struct recist_slice patient)
{
    if (batch->entry_count == batch->entry_capacity) {
        struct recist_batch_entry *entries =
            grow(batch->entries, &batch->entry_capacity, FIRST_ENTRIES, sizeof *entries);
        if (!entries) {
            return false;
        }
        batch->entries = entries;
    }
    batch->entries[batch->entry_count++] = (struct recist_batch_entry){
        .patient = {.study = study, .patient = patient},
        .first_reading = batch->reading_count,
        .first_finding = recist_findings_count(batch->findings),
    };
    return true;
}

bool recist_batch_grow(struct recist_batch *batch)
{
    struct recist_reading *readings =
        grow(batch->readings, &batch->reading_capacity, FIRST_READINGS, sizeof *readings);
    if (!readings) {
        return false;
    }
    batch->readings = readings;
    return true;
}

void recist_batch_drop_patient(struct recist_batch *batch)
{
    const struct recist_batch_entry *last = &batch->entries[--batch->entry_count];
    batch->reading_count = last->first_reading;
    recist_findings_truncate(batch->findings, last->first_finding);
}

void recist_batch_complete(struct recist_batch *batch)
{
    size_t end = batch->reading_count;
    for (size_t i = batch->entry_count; i > 0; i--) {
        struct recist_batch_entry *entry = &batch->entries[i - 1];
        entry->patient.readings = batch->readings ? batch->readings + entry->first_reading : NULL;
        entry->patient.count = end - entry->first_reading;
        end = entry->first_reading;
    }
    batch->finding_count = recist_findings_count(batch->findings);
}
