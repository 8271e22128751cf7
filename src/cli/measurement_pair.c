/* SPDX-License-Identifier: MIT */
#include "cli/measurement_pair.h"

#include <stdlib.h>

#include "cli/finding_log.h"
#include "cli/grouping.h"

struct pass {
    struct recist_measurement_pair *pair;
    const struct recist_paired_task *task;
};

static enum recist_outcome open_side(struct recist_paired_side *side,
                                     const struct recist_repeatable_inputs *inputs,
                                     const struct recist_criteria *criteria,
                                     const struct recist_courses *courses)
{
    side->slot = recist_batch_slot_create();
    side->worker = recist_worker_create(criteria, courses, false);
    if (!side->slot || !side->worker) {
        return RECIST_NO_MEMORY;
    }
    return recist_measurements_open(inputs->paths, inputs->count,
                                    recist_criteria_vocabulary(criteria), RECIST_GROUPED,
                                    side->opening, &side->reader);
}

/* What keeps files from being read keeps both from reading them. */
static enum recist_outcome make_inputs(struct recist_measurement_pair *pair,
                                       const char *const *paths, size_t path_count)
{
    struct recist_findings *findings = pair->sides[0].opening;
    enum recist_outcome outcome =
        recist_repeatable_inputs_make(&pair->inputs, paths, path_count, findings);
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        if (!recist_finding_copy(pair->sides[1].opening, recist_findings_at(findings, i))) {
            return RECIST_NO_MEMORY;
        }
    }
    return outcome;
}

enum recist_outcome recist_measurement_pair_open(struct recist_measurement_pair *pair,
                                                 const char *const *paths, size_t path_count,
                                                 const struct recist_criteria *const criteria[2],
                                                 const struct recist_courses *courses, bool quiet)
{
    *pair = (struct recist_measurement_pair){.grouping = RECIST_GROUPED, .quiet = quiet};
    for (size_t i = 0; i < 2; i++) {
        pair->sides[i].opening = recist_findings_create();
    }
    if (!pair->sides[0].opening || !pair->sides[1].opening) {
        return RECIST_NO_MEMORY;
    }
    enum recist_outcome outcome = make_inputs(pair, paths, path_count);
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    for (size_t i = 0; i < 2 && outcome != RECIST_NO_MEMORY; i++) {
        enum recist_outcome one = open_side(&pair->sides[i], &pair->inputs, criteria[i], courses);
        outcome = one != RECIST_DONE ? one : outcome;
    }
    return outcome;
}

void recist_measurement_pair_close(struct recist_measurement_pair *pair)
{
    for (size_t i = 0; i < 2; i++) {
        if (pair->sides[i].reader) {
            recist_measurements_close(pair->sides[i].reader);
        }
        recist_worker_destroy(pair->sides[i].worker);
        recist_batch_slot_destroy(pair->sides[i].slot);
        recist_findings_destroy(pair->sides[i].opening);
    }
    recist_repeatable_inputs_destroy(&pair->inputs);
}

bool recist_measurement_pair_has_study(const struct recist_measurement_pair *pair)
{
    return recist_measurements_has_column(pair->sides[0].reader, RECIST_COLUMN_STUDY);
}

static void hand_on_findings(const struct pass *pass, size_t which)
{
    struct recist_paired_side *side = &pass->pair->sides[which];
    if (side->holds) {
        struct recist_findings *findings = recist_batch_findings(side->slot->batch);
        recist_findings_sort(findings);
        pass->task->findings(pass->task->context, which, findings);
        side->holds = false;
    }
}

/* Reads on until there is a patient, or nothing more. */
static void find_patient(const struct pass *pass, size_t which)
{
    struct recist_paired_side *side = &pass->pair->sides[which];
    while (side->next == side->slot->patients && side->outcome == RECIST_DONE) {
        hand_on_findings(pass, which);
        side->outcome = recist_measurements_next(side->reader, side->slot->batch);
        /* A file that could not be read to its end has a finding in the batch that says so. */
        side->holds = side->outcome == RECIST_DONE || side->outcome == RECIST_UNREADABLE;
        side->slot->patients = side->holds ? recist_batch_patient_count(side->slot->batch) : 0;
        side->slot->left_out.length = side->slot->output.length = 0;
        side->read =
            side->holds ? recist_findings_count(recist_batch_findings(side->slot->batch)) : 0;
        side->next = 0;
    }
}

/* Keeps the job: what is in it lives until the worker's next patient. */
static bool keep_job(void *context, const struct recist_patient_job *job)
{
    struct recist_patient_job *kept = context;
    *kept = *job;
    return true;
}

static enum recist_outcome build(struct recist_paired_side *side, struct recist_patient_job *job)
{
    const struct recist_measurement_task task = {.context = job, .patient = keep_job};
    enum recist_outcome outcome = recist_batch_work_on_patient(side->worker, side->slot, side->next,
                                                               side->read, side->reader, &task);
    side->next++;
    return outcome;
}

static bool is_same_patient(const struct recist_patient_job jobs[2])
{
    return recist_values_equal(jobs[0].readings->study, jobs[1].readings->study) &&
           recist_values_equal(jobs[0].readings->patient, jobs[1].readings->patient);
}

/* The next patient by both. */
static enum recist_outcome go_on(const struct pass *pass, bool *stopped)
{
    struct recist_patient_job jobs[2] = {{.readings = NULL}, {.readings = NULL}};
    for (size_t i = 0; i < 2; i++) {
        enum recist_outcome outcome = build(&pass->pair->sides[i], &jobs[i]);
        if (outcome != RECIST_DONE) {
            return outcome;
        }
    }
    /* Which row is whose does not depend on criteria. */
    if (!is_same_patient(jobs)) {
        return RECIST_UNREADABLE;
    }
    *stopped = !pass->task->patient(pass->task->context, jobs);
    return RECIST_DONE;
}

static bool has_patient(const struct recist_paired_side *side)
{
    return side->next < side->slot->patients;
}

/* What a pass ends with; the end of both inputs is all well. */
static enum recist_outcome end_of(const struct recist_measurement_pair *pair)
{
    for (size_t i = 0; i < 2; i++) {
        enum recist_outcome outcome = pair->sides[i].outcome;
        if (outcome != RECIST_DONE && outcome != RECIST_END) {
            return outcome;
        }
    }
    return RECIST_DONE;
}

static enum recist_outcome one_pass(const struct pass *pass)
{
    struct recist_measurement_pair *pair = pass->pair;
    enum recist_outcome outcome = RECIST_DONE;
    bool stopped = false;
    for (size_t i = 0; i < 2; i++) {
        pair->sides[i].next = pair->sides[i].slot->patients = 0;
        pair->sides[i].outcome = RECIST_DONE;
        pair->sides[i].holds = false;
    }
    while (outcome == RECIST_DONE && !stopped) {
        find_patient(pass, 0);
        find_patient(pass, 1);
        if (!has_patient(&pair->sides[0]) || !has_patient(&pair->sides[1])) {
            outcome = end_of(pair);
            break;
        }
        outcome = go_on(pass, &stopped);
        recist_progress_show(&pair->progress, recist_measurements_bytes_read(pair->sides[0].reader),
                             recist_measurements_bytes_total(pair->sides[0].reader));
    }
    hand_on_findings(pass, 0);
    hand_on_findings(pass, 1);
    return outcome;
}

static enum recist_outcome rewind_both(struct recist_measurement_pair *pair)
{
    enum recist_outcome outcome = RECIST_DONE;
    for (size_t i = 0; i < 2 && outcome == RECIST_DONE; i++) {
        outcome = recist_measurements_rewind(pair->sides[i].reader, pair->grouping,
                                             pair->sides[i].opening);
    }
    return outcome;
}

enum recist_outcome recist_measurement_pair_pass(struct recist_measurement_pair *pair,
                                                 const struct recist_paired_task *task)
{
    const struct pass pass = {.pair = pair, .task = task};
    enum recist_outcome outcome = pair->used ? rewind_both(pair) : RECIST_DONE;
    pair->used = true;
    recist_progress_begin(&pair->progress, pair->quiet);
    if (outcome == RECIST_DONE && task->begin(task->context)) {
        outcome = one_pass(&pass);
    }
    if (outcome == RECIST_NOT_GROUPED) {
        pair->grouping = RECIST_INDEXED;
        outcome = rewind_both(pair);
        if (outcome == RECIST_DONE && task->begin(task->context)) {
            outcome = one_pass(&pass);
        }
    }
    recist_progress_end(&pair->progress);
    return outcome;
}
