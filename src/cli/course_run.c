/* SPDX-License-Identifier: MIT */
#include "cli/course_run.h"

#include <stdlib.h>

#include "cli/course_listing.h"
#include "cli/message.h"
#include "timeline/responses.h"

/* Room for what is remembered of each course. */
static enum recist_exit take_courses(struct recist_course_run *run)
{
    run->courses = run->shared.courses;
    if (!run->courses) {
        return RECIST_EXIT_DONE;
    }
    run->listed = calloc(recist_courses_count(run->courses) + 1, sizeof *run->listed);
    run->left_out = calloc(recist_courses_count(run->courses) + 1, sizeof *run->left_out);
    return run->listed && run->left_out ? RECIST_EXIT_DONE : recist_message_no_memory();
}

/* Without rules for it every course would count as one without a response. */
static enum recist_exit need_best_response(const struct recist_measurement_command *shared)
{
    if (shared->options->argument_count == 0 ||
        recist_criteria_proof(shared->criteria).best_response_rules > 0) {
        return RECIST_EXIT_DONE;
    }
    recist_message("%s has no best_response: it does not say what the responses of a course come to",
                   recist_criteria_id(shared->criteria));
    return RECIST_EXIT_USAGE;
}

/* A courses file with errors leaves nothing to do but to show them. */
static enum recist_exit refuse_courses(struct recist_course_run *run)
{
    struct recist_measurement_command *shared = &run->shared;
    recist_finding_log_add_opening(&shared->log, shared->opening);
    recist_finding_log_print(&shared->log, NULL, shared->options->quiet);
    return recist_measurement_command_status(shared, shared->courses_outcome,
                                             shared->log.counts[RECIST_ERROR]);
}

enum recist_exit recist_course_run_begin(struct recist_course_run *run,
                                         const struct recist_command *command,
                                         const struct recist_options *options,
                                         bool files_optional)
{
    *run = (struct recist_course_run){.task = NULL};
    pthread_mutex_init(&run->mutex, NULL);
    bool without = files_optional && options->argument_count == 0 &&
                   RECIST_OPTION_VALUE(options, COURSES);
    enum recist_exit status =
        without ? recist_measurement_command_begin_without(&run->shared, options)
                : recist_measurement_command_begin(&run->shared, command, options);
    if (status == RECIST_EXIT_DONE) {
        status = need_best_response(&run->shared);
    }
    if (status == RECIST_EXIT_DONE && run->shared.courses_outcome != RECIST_DONE) {
        return refuse_courses(run);
    }
    return status == RECIST_EXIT_DONE ? take_courses(run) : status;
}

void recist_course_run_end(struct recist_course_run *run)
{
    recist_course_listing_destroy(run);
    recist_repeatable_inputs_destroy(&run->inputs);
    recist_measurement_command_end(&run->shared);
    free(run->listed);
    free(run->left_out);
    pthread_mutex_destroy(&run->mutex);
}

static bool will_be_written(const struct recist_course_run *run)
{
    return (run->shared.options->keep_going && !run->shared.log.rows_lost) ||
           (!atomic_load(&run->hopeless) && run->shared.log.counts[RECIST_ERROR] == 0);
}

static bool start_again(struct recist_course_run *run, bool has_study)
{
    struct recist_measurement_command *shared = &run->shared;
    recist_finding_log_clear(&shared->log);
    recist_finding_log_add_opening(&shared->log, shared->opening);
    shared->left_out.length = 0;
    atomic_store(&run->hopeless, false);
    run->rest_listed = false;
    for (size_t i = 0; run->courses && i < recist_courses_count(run->courses); i++) {
        atomic_store(&run->listed[i], false);
        atomic_store(&run->left_out[i], false);
    }
    return run->task->begin(run->task->context, has_study);
}

static bool begin(void *context, const struct recist_measurements *reader,
                  enum recist_grouping grouping)
{
    return start_again(context, recist_measurements_has_column(reader, RECIST_COLUMN_STUDY));
}

static bool leave_out(struct recist_course_run *run, struct recist_text *left_out,
                      const struct recist_left_out *who)
{
    recist_course_listing_pass_over(run, who->study, who->patient);
    if (run->shared.options->keep_going) {
        recist_left_out_append(left_out, who);
    } else {
        atomic_store(&run->hopeless, true);
    }
    return true;
}

static bool list_patient(void *context, const struct recist_patient_job *job)
{
    struct recist_course_run *run = context;
    if (!job->sound) {
        struct recist_left_out who = {job->readings->study, job->readings->patient,
                                      job->errors > 0 ? job->errors : job->readings->errors};
        return leave_out(run, job->left_out, &who);
    }
    if (atomic_load_explicit(&run->hopeless, memory_order_relaxed)) {
        return true;
    }
    bool done = recist_course_listing_of_series(run, job->patient, job->assessor, job->output);
    if (!done) {
        atomic_store(&run->shared.no_memory, true);
    }
    return done;
}

static bool deliver(void *context, const struct recist_delivery *delivery)
{
    struct recist_course_run *run = context;
    struct recist_measurement_command *shared = &run->shared;
    recist_finding_log_add_all(&shared->log, delivery->findings);
    recist_text_append(&shared->left_out, delivery->left_out->bytes, delivery->left_out->length);
    if (!will_be_written(run)) {
        atomic_store(&run->hopeless, true);
        return !shared->log.failed;
    }
    return run->task->deliver(run->task->context, delivery->output) && !shared->log.failed;
}

/* The courses of patients without any data. */
static bool list_rest(struct recist_course_run *run, bool from_measurements)
{
    struct recist_text output;
    recist_text_init(&output);
    bool done = true;
    if (!run->rest_listed && run->courses && will_be_written(run)) {
        done = recist_course_listing_of_rest(run, from_measurements, &output) && !output.failed &&
               run->task->deliver(run->task->context, &output);
    }
    run->rest_listed = true;
    recist_text_destroy(&output);
    if (!done) {
        atomic_store(&run->shared.no_memory, true);
    }
    return done;
}

static bool again(void *context)
{
    struct recist_course_run *run = context;
    return list_rest(run, true) && will_be_written(run) && run->task->again &&
           run->task->again(run->task->context);
}

static enum recist_outcome go_over_measurements(struct recist_course_run *run)
{
    const struct recist_measurement_task task = {
        .context = run,
        .begin = begin,
        .patient = list_patient,
        .deliver = deliver,
        .again = again,
    };
    struct recist_measurement_run measurements = {
        .paths = run->inputs.paths,
        .path_count = run->inputs.count,
        .criteria = run->shared.criteria,
        .courses = run->courses,
        .threads = run->shared.options->threads,
        .quiet = run->shared.options->quiet,
        .opening = run->shared.opening,
    };
    enum recist_outcome outcome = recist_measurement_run(&measurements, &task);
    if (outcome == RECIST_DONE) {
        list_rest(run, true);
    }
    return outcome;
}

static bool list_responses(struct recist_course_run *run, const struct recist_responses *responses)
{
    struct recist_text output;
    recist_text_init(&output);
    bool done = true;
    for (size_t i = 0; done && i < responses->patient_count; i++) {
        const struct recist_response_patient *patient = &responses->patients[i];
        output.length = 0;
        if (patient->errors > 0) {
            struct recist_left_out who = {patient->study, patient->patient, patient->errors};
            done = leave_out(run, &run->shared.left_out, &who);
        } else if (will_be_written(run)) {
            done = recist_course_listing_of_responses(run, responses, patient, &output) &&
                   !output.failed && run->task->deliver(run->task->context, &output);
        }
    }
    recist_text_destroy(&output);
    if (!done) {
        atomic_store(&run->shared.no_memory, true);
    }
    return done && list_rest(run, false);
}

static enum recist_outcome go_over_responses(struct recist_course_run *run)
{
    struct recist_responses responses;
    struct recist_measurement_command *shared = &run->shared;
    enum recist_outcome outcome =
        recist_responses_open(run->inputs.paths, run->inputs.count, shared->criteria,
                              run->courses, shared->opening, &responses);
    bool more = outcome == RECIST_DONE;
    while (more && start_again(run, responses.has_study)) {
        more = list_responses(run, &responses) && will_be_written(run) && run->task->again &&
               run->task->again(run->task->context);
    }
    recist_responses_close(&responses);
    return outcome;
}

/* Nothing but the courses file: for what needs no responses. */
static enum recist_outcome go_over_courses(struct recist_course_run *run)
{
    bool more = true;
    while (more && start_again(run, false)) {
        more = list_rest(run, false) && will_be_written(run) && run->task->again &&
               run->task->again(run->task->context);
    }
    return RECIST_DONE;
}

static enum recist_outcome go_over_files(struct recist_course_run *run)
{
    const struct recist_options *options = run->shared.options;
    enum recist_file_kind kind = RECIST_FILE_OF_MEASUREMENTS;
    enum recist_outcome outcome = recist_repeatable_inputs_make(
        &run->inputs, options->arguments, options->argument_count, run->shared.opening);
    if (outcome == RECIST_DONE) {
        outcome = recist_file_kind_find(run->inputs.paths, run->inputs.count, run->shared.opening,
                                        &kind);
    }
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    return kind == RECIST_FILE_OF_RESPONSES ? go_over_responses(run) : go_over_measurements(run);
}

enum recist_exit recist_course_run_go(struct recist_course_run *run,
                                      const struct recist_course_task *task, bool *write)
{
    struct recist_measurement_command *shared = &run->shared;
    run->task = task;
    enum recist_outcome outcome =
        shared->options->argument_count > 0 ? go_over_files(run) : go_over_courses(run);
    if (atomic_load(&shared->no_memory) || shared->left_out.failed) {
        outcome = RECIST_NO_MEMORY;
    }
    recist_finding_log_add_opening(&shared->log, shared->opening);
    recist_finding_log_print(&shared->log, shared->options->keep_going ? &shared->left_out : NULL,
                             shared->options->quiet);
    *write = outcome == RECIST_DONE && will_be_written(run);
    enum recist_exit status =
        recist_measurement_command_status(shared, outcome, shared->log.counts[RECIST_ERROR]);
    *write = *write && status != RECIST_EXIT_FILE;
    return status;
}

struct recist_slice recist_course_number(const struct recist_timeline *timeline)
{
    return timeline->facts ? timeline->facts->number : timeline->course;
}
