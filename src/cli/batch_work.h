/* SPDX-License-Identifier: MIT
 * The work on one batch of patients, which any thread can do. */
#ifndef RECIST_CLI_BATCH_WORK_H
#define RECIST_CLI_BATCH_WORK_H

#include "cli/measurement_run.h"

/* Whole cache lines, in pairs, as processors fetch them: threads must not share one. */
#define RECIST_APART 128

/* What a thread keeps for itself. */
struct recist_worker {
    struct recist_study_builder *builder;
    struct recist_assessor *assessor;
    struct recist_findings *doubtful; /* of a patient some of whose rows could not be read */
};

/* A place for a batch and all that is made of it. */
struct recist_batch_slot {
    struct recist_batch *batch;
    struct recist_text output;
    struct recist_text left_out;
    size_t patients;
    size_t rows;
    bool stop; /* the task said so */
};

/* `courses`: or NULL. `trusting`: as in recist_measurement_run. */
struct recist_worker *recist_worker_create(const struct recist_criteria *criteria,
                                           const struct recist_courses *courses, bool trusting);
void recist_worker_destroy(struct recist_worker *worker);
struct recist_batch_slot *recist_batch_slot_create(void);
void recist_batch_slot_destroy(struct recist_batch_slot *slot);

/* Goes through the patients of the slot's batch. RECIST_DONE or RECIST_NO_MEMORY. */
enum recist_outcome recist_batch_work(struct recist_worker *worker,
                                      struct recist_batch_slot *slot,
                                      const struct recist_measurements *places,
                                      const struct recist_measurement_task *task);

/* One of them. `read`: how many findings the reader made; those of the study's shape come after
 * them. What job the task is given stays valid until the worker's next patient. */
enum recist_outcome recist_batch_work_on_patient(struct recist_worker *worker,
                                                 struct recist_batch_slot *slot, size_t index,
                                                 size_t read,
                                                 const struct recist_measurements *places,
                                                 const struct recist_measurement_task *task);

#endif
