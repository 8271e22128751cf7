/* SPDX-License-Identifier: MIT
 * Going over measurement files under two criteria at once: every patient comes by both.
 *
 * What a row says can depend on the criteria, so each has a reader of its own; both go through the
 * same files side by side, whole patients at a time, on one thread. */
#ifndef RECIST_CLI_MEASUREMENT_PAIR_H
#define RECIST_CLI_MEASUREMENT_PAIR_H

#include "cli/batch_work.h"
#include "cli/progress.h"
#include "cli/repeatable_input.h"

/* Both functions return false to stop, and remember why themselves. */
struct recist_paired_task {
    void *context;
    /* Before each pass, and once more when rows of a patient turn out to stand apart: forget
     * everything of the pass. */
    bool (*begin)(void *context);
    bool (*patient)(void *context, const struct recist_patient_job jobs[2]);
    /* What was found by one of the criteria, piece by piece. */
    void (*findings)(void *context, size_t which, const struct recist_findings *findings);
};

struct recist_paired_side {
    struct recist_measurements *reader;
    struct recist_worker *worker;
    struct recist_batch_slot *slot;
    struct recist_findings *opening; /* about files and headers */
    size_t next;                     /* patient of the batch */
    size_t read;                     /* findings of the reader in it */
    enum recist_outcome outcome;     /* of the last reading */
    bool holds;                      /* the slot holds a batch */
};

struct recist_measurement_pair {
    struct recist_repeatable_inputs inputs;
    struct recist_paired_side sides[2];
    enum recist_grouping grouping;
    bool used; /* a pass was made */
    bool quiet;
    struct recist_progress progress;
};

/* Opens the files under both criteria. RECIST_DONE, or the worse of two outcomes; findings are in
 * the openings of the sides. Close it in any case. */
enum recist_outcome recist_measurement_pair_open(struct recist_measurement_pair *pair,
                                                 const char *const *paths, size_t path_count,
                                                 const struct recist_criteria *const criteria[2],
                                                 const struct recist_courses *courses, bool quiet);
/* Goes over everything, as often as it is called. */
enum recist_outcome recist_measurement_pair_pass(struct recist_measurement_pair *pair,
                                                 const struct recist_paired_task *task);
bool recist_measurement_pair_has_study(const struct recist_measurement_pair *pair);
void recist_measurement_pair_close(struct recist_measurement_pair *pair);

#endif
