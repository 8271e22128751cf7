/* SPDX-License-Identifier: MIT
 * Going over measurement files: the one driver of all commands that do.
 *
 * Threads take batches of whole patients, each with a builder and an assessor of its own, and what
 * they make is delivered in the order of the input, so that output does not depend on their
 * number. A few batches are in memory at a time, however large the files. */
#ifndef RECIST_CLI_MEASUREMENT_RUN_H
#define RECIST_CLI_MEASUREMENT_RUN_H

#include <recist/assessment.h>
#include <recist/measurements.h>
#include <recist/study.h>

#include "base/text_buffer.h"

/* One patient, on any thread. */
struct recist_patient_job {
    const struct recist_patient_readings *readings;
    const struct recist_patient *patient; /* NULL: nothing could be built */
    bool sound;    /* no finding of severity error: can be assessed */
    size_t errors; /* findings of severity error that name the patient */
    const struct recist_measurements *places;
    struct recist_assessor *assessor;
    struct recist_findings *findings; /* of the batch; can be added to */
    struct recist_text *output;
    struct recist_text *left_out; /* lines about patients that are left out */
};

/* One batch, in the order of the input, one at a time. */
struct recist_delivery {
    struct recist_findings *findings; /* by file and line */
    const struct recist_text *output;
    const struct recist_text *left_out;
    struct recist_measurements_point start; /* where reading the batch began */
    size_t patients;
    size_t rows;
};

/* What a command does with the patients. Every function but `wants` and `again` returns false to
 * stop the run, and remembers why itself. */
struct recist_measurement_task {
    void *context;
    /* Before each pass: forget everything. A second pass comes when rows of a patient turn out to
     * stand apart, or when again() asks for it. */
    bool (*begin)(void *context, const struct recist_measurements *reader,
                  enum recist_grouping grouping);
    /* Whether a patient is to be built at all; any thread. NULL: everyone. */
    bool (*wants)(void *context, const struct recist_patient_readings *readings);
    bool (*patient)(void *context, const struct recist_patient_job *job); /* any thread */
    bool (*deliver)(void *context, const struct recist_delivery *delivery);
    bool (*again)(void *context); /* or NULL */
    /* Instead of again(), and without begin(): from where the rest is to be gone through once more,
     * and whether nothing in it is an error. False: nothing is; or NULL. */
    bool (*rest)(void *context, struct recist_measurements_point *from, bool *sound);
};

struct recist_measurement_run {
    const char *const *paths;
    size_t path_count;
    const struct recist_criteria *criteria;
    const struct recist_courses *courses; /* or NULL */
    unsigned threads;
    bool trusting; /* it was all gone through before, and nothing in it is an error */
    bool quiet;
    struct recist_findings *opening; /* takes the findings about files and headers */
};

/* RECIST_DONE when all was gone through or the task stopped it; RECIST_INVALID for a bad header;
 * RECIST_UNREADABLE; RECIST_NO_MEMORY. */
enum recist_outcome recist_measurement_run(const struct recist_measurement_run *run,
                                           const struct recist_measurement_task *task);

#endif
