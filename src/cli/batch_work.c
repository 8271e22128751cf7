/* SPDX-License-Identifier: MIT */
#include "cli/batch_work.h"

#include <stdlib.h>

#include "cli/finding_log.h"

/* Memory that shares no cache line with other memory. */
static void *allocate_apart(size_t size)
{
    size_t rounded = (size + RECIST_APART - 1) / RECIST_APART * RECIST_APART;
    void *memory = aligned_alloc(RECIST_APART, rounded);
    return memory ? memset(memory, 0, rounded) : NULL;
}

struct recist_worker *recist_worker_create(const struct recist_criteria *criteria,
                                           const struct recist_courses *courses, bool trusting)
{
    struct recist_worker *worker = allocate_apart(sizeof *worker);
    if (!worker) {
        return NULL;
    }
    worker->builder = recist_study_builder_create(criteria);
    worker->assessor = recist_assessor_create(criteria);
    worker->doubtful = recist_findings_create();
    if (!worker->builder || !worker->assessor || !worker->doubtful) {
        recist_worker_destroy(worker);
        return NULL;
    }
    recist_study_builder_set_courses(worker->builder, courses);
    if (trusting) {
        recist_study_builder_trust(worker->builder);
    }
    return worker;
}

void recist_worker_destroy(struct recist_worker *worker)
{
    if (worker) {
        recist_study_builder_destroy(worker->builder);
        recist_assessor_destroy(worker->assessor);
        recist_findings_destroy(worker->doubtful);
        free(worker);
    }
}

struct recist_batch_slot *recist_batch_slot_create(void)
{
    struct recist_batch_slot *slot = allocate_apart(sizeof *slot);
    if (slot) {
        slot->batch = recist_batch_create();
    }
    if (slot && !slot->batch) {
        free(slot);
        slot = NULL;
    }
    return slot;
}

void recist_batch_slot_destroy(struct recist_batch_slot *slot)
{
    if (slot) {
        recist_batch_destroy(slot->batch);
        recist_text_destroy(&slot->output);
        recist_text_destroy(&slot->left_out);
        free(slot);
    }
}

static bool same(struct recist_slice one, struct recist_slice other)
{
    return one.length == other.length && memcmp(one.text, other.text, one.length) == 0;
}

/* Errors that name the patient among the findings from `first` up to `end`. */
static size_t count_errors(const struct recist_findings *findings, size_t first, size_t end,
                           struct recist_slice patient)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        count += finding->kind->severity == RECIST_ERROR && finding->patient.length > 0 &&
                 same(finding->patient, patient);
    }
    return count;
}

/* The findings of the reader about patient `index` end where those of the next begin. */
static size_t findings_end(const struct recist_batch *batch, size_t index, size_t read)
{
    return index + 1 < recist_batch_patient_count(batch)
               ? recist_batch_first_finding(batch, index + 1)
               : read;
}

/* Whether a finding about the study's shape may be there only because a row is missing. */
static bool follows_from_lost_row(const struct recist_finding *finding)
{
    static const char *const codes[] = {"lesion-after-baseline", "merged-with-unknown",
                                        "new-at-baseline",       "next-course-lesions",
                                        "no-baseline",           "one-visit-only"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(finding->kind->code, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Builds a patient some of whose rows could not be read: what such a row would have prevented is
 * not reported, since the row itself is. */
static enum recist_outcome build_in_doubt(struct recist_worker *worker,
                                          struct recist_patient_job *job)
{
    recist_findings_truncate(worker->doubtful, 0);
    enum recist_outcome outcome = recist_study_build(worker->builder, job->readings, job->places,
                                                     worker->doubtful, &job->patient);
    size_t count = recist_findings_count(worker->doubtful);
    for (size_t i = 0; i < count && outcome != RECIST_NO_MEMORY; i++) {
        const struct recist_finding *finding = recist_findings_at(worker->doubtful, i);
        if (!follows_from_lost_row(finding) && !recist_finding_copy(job->findings, finding)) {
            outcome = RECIST_NO_MEMORY;
        }
    }
    return recist_findings_lost(worker->doubtful) ? RECIST_NO_MEMORY : outcome;
}

static enum recist_outcome build(struct recist_worker *worker, struct recist_patient_job *job)
{
    if (job->readings->count == 0) {
        return RECIST_INVALID;
    }
    if (job->readings->errors > 0) {
        return build_in_doubt(worker, job);
    }
    return recist_study_build(worker->builder, job->readings, job->places, job->findings,
                              &job->patient);
}

enum recist_outcome recist_batch_work_on_patient(struct recist_worker *worker,
                                                 struct recist_batch_slot *slot, size_t index,
                                                 size_t read,
                                                 const struct recist_measurements *places,
                                                 const struct recist_measurement_task *task)
{
    struct recist_findings *findings = recist_batch_findings(slot->batch);
    size_t before = recist_findings_count(findings);
    struct recist_patient_job job = {
        .readings = recist_batch_patient(slot->batch, index),
        .places = places,
        .assessor = worker->assessor,
        .findings = findings,
        .output = &slot->output,
        .left_out = &slot->left_out,
    };
    enum recist_outcome outcome = build(worker, &job);
    if (outcome == RECIST_NO_MEMORY) {
        return outcome;
    }
    job.sound = outcome == RECIST_DONE && job.readings->errors == 0;
    if (!job.sound) {
        job.errors = count_errors(findings, recist_batch_first_finding(slot->batch, index),
                                  findings_end(slot->batch, index, read), job.readings->patient) +
                     count_errors(findings, before, recist_findings_count(findings),
                                  job.readings->patient);
    }
    slot->stop = !task->patient(task->context, &job);
    return RECIST_DONE;
}

enum recist_outcome recist_batch_work(struct recist_worker *worker,
                                      struct recist_batch_slot *slot,
                                      const struct recist_measurements *places,
                                      const struct recist_measurement_task *task)
{
    struct recist_findings *findings = recist_batch_findings(slot->batch);
    size_t read = recist_findings_count(findings);
    slot->output.length = slot->left_out.length = 0;
    slot->rows = 0;
    slot->stop = false;
    slot->patients = recist_batch_patient_count(slot->batch);
    for (size_t i = 0; i < slot->patients && !slot->stop; i++) {
        const struct recist_patient_readings *readings = recist_batch_patient(slot->batch, i);
        slot->rows += readings->count + readings->errors; /* rows with errors are no readings */
        if (task->wants && !task->wants(task->context, readings)) {
            continue;
        }
        enum recist_outcome outcome =
            recist_batch_work_on_patient(worker, slot, i, read, places, task);
        if (outcome != RECIST_DONE) {
            return outcome;
        }
    }
    recist_findings_sort(findings);
    bool lost = recist_findings_lost(findings) || slot->output.failed || slot->left_out.failed;
    return lost ? RECIST_NO_MEMORY : RECIST_DONE;
}
