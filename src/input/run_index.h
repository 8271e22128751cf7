/* SPDX-License-Identifier: MIT
 * Where the rows of each patient stand, for files in which they do not stand together. A run is
 * a stretch of rows of one patient. */
#ifndef RECIST_INPUT_RUN_INDEX_H
#define RECIST_INPUT_RUN_INDEX_H

#include <recist/measurements.h>

#include "base/arena.h"

#define RECIST_NO_RUN UINT32_MAX

struct recist_input_file;

struct recist_run {
    uint64_t offset;
    uint64_t line : 48;
    uint64_t file : 16;
    uint32_t length;
    uint32_t patient;
};

struct recist_indexed_patient {
    uint64_t hash;
    uint64_t length;   /* of all its runs */
    const char *study; /* followed by the patient; NULL: rows that name no patient */
    uint32_t study_length;
    uint32_t patient_length;
    uint32_t first_run;
    uint32_t run_count;
    uint32_t last_run; /* while the index is built */
};

struct recist_run_index {
    struct recist_run *runs; /* patient by patient, once the index is built */
    size_t run_count;
    size_t run_capacity;
    struct recist_indexed_patient *patients; /* in order of first appearance */
    size_t patient_count;
    size_t patient_capacity;
    uint32_t *slots; /* hash table: number of a patient + 1, or 0 */
    size_t slot_count;
    struct recist_arena keys;
};

/* Goes through all files once. RECIST_DONE, RECIST_UNREADABLE (with a finding) or
 * RECIST_NO_MEMORY; destroyed by the caller in any case. */
enum recist_outcome recist_run_index_build(struct recist_run_index *index,
                                           const struct recist_input_file *files,
                                           size_t file_count, uint32_t *field_ends,
                                           size_t piece_size, struct recist_findings *findings);
void recist_run_index_destroy(struct recist_run_index *index);

#endif
