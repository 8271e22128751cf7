/* SPDX-License-Identifier: MIT */
#include "cli/measurement_command.h"

#include <stdlib.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "cli/criteria_choice.h"
#include "cli/message.h"
#include "output/escape.h"

/* Standard input can be one file only. */
static bool reads_standard_input_twice(const struct recist_options *options)
{
    const char *courses = RECIST_OPTION_VALUE(options, COURSES);
    size_t count = courses && strcmp(courses, "-") == 0;
    for (size_t i = 0; i < options->argument_count; i++) {
        count += strcmp(options->arguments[i], "-") == 0;
    }
    return count > 1;
}

static enum recist_exit open_courses(struct recist_measurement_command *shared)
{
    const char *path = shared->options->values[RECIST_OPTION_COURSES];
    if (!path) {
        return RECIST_EXIT_DONE;
    }
    shared->courses_outcome = recist_courses_open(path, shared->opening, &shared->courses);
    if (shared->courses_outcome == RECIST_NO_MEMORY) {
        return recist_message_no_memory();
    }
    if (shared->courses) {
        shared->measured =
            calloc(recist_courses_count(shared->courses) + 1, sizeof *shared->measured);
    }
    return shared->courses && !shared->measured ? recist_message_no_memory() : RECIST_EXIT_DONE;
}

enum recist_exit recist_measurement_command_begin(struct recist_measurement_command *shared,
                                                  const struct recist_command *command,
                                                  const struct recist_options *options)
{
    *shared = (struct recist_measurement_command){.options = options};
    if (options->argument_count == 0) {
        recist_message("%s needs a measurement file, or - for standard input", command->name);
        recist_message("see `recist %s --help`", command->name);
        return RECIST_EXIT_USAGE;
    }
    return recist_measurement_command_begin_without(shared, options);
}

static enum recist_exit begin(struct recist_measurement_command *shared,
                              const struct recist_options *options, bool with_criteria)
{
    *shared = (struct recist_measurement_command){.options = options};
    if (reads_standard_input_twice(options)) {
        recist_message("only one file can be standard input (-); name the others");
        return RECIST_EXIT_USAGE;
    }
    shared->opening = recist_findings_create();
    if (!shared->opening || !recist_finding_log_init(&shared->log)) {
        return recist_message_no_memory();
    }
    enum recist_exit status = with_criteria
                                  ? recist_criteria_choose(options, &shared->criteria)
                                  : RECIST_EXIT_DONE;
    if (with_criteria && status == RECIST_EXIT_DONE && !options->quiet &&
        !recist_criteria_are_confirmed(shared->criteria)) {
        status = recist_criteria_note_status(options, shared->criteria);
    }
    return status == RECIST_EXIT_DONE ? open_courses(shared) : status;
}

enum recist_exit recist_measurement_command_begin_without(struct recist_measurement_command *shared,
                                                          const struct recist_options *options)
{
    return begin(shared, options, true);
}

enum recist_exit
recist_measurement_command_begin_bare(struct recist_measurement_command *shared,
                                      const struct recist_options *options)
{
    return begin(shared, options, false);
}

void recist_measurement_command_end(struct recist_measurement_command *shared)
{
    recist_findings_destroy(shared->opening);
    recist_finding_log_destroy(&shared->log);
    recist_text_destroy(&shared->left_out);
    recist_criteria_destroy(shared->criteria);
    recist_courses_close(shared->courses);
    free(shared->measured);
}

enum recist_outcome recist_measurement_command_run(struct recist_measurement_command *shared,
                                                   const struct recist_measurement_task *task,
                                                   unsigned threads)
{
    if (shared->courses_outcome != RECIST_DONE) {
        return shared->courses_outcome;
    }
    struct recist_measurement_run run = {
        .paths = shared->options->arguments,
        .path_count = shared->options->argument_count,
        .criteria = shared->criteria,
        .courses = shared->courses,
        .threads = threads,
        .quiet = shared->options->quiet,
        .opening = shared->opening,
    };
    enum recist_outcome outcome = recist_measurement_run(&run, task);
    return atomic_load(&shared->no_memory) || shared->left_out.failed ? RECIST_NO_MEMORY : outcome;
}

/* Patients are counted by their first course. */
static size_t index_of(const struct recist_measurement_command *shared, struct recist_slice study,
                       struct recist_slice patient)
{
    size_t count = 0;
    const struct recist_course *const *courses =
        recist_courses_of(shared->courses, study, patient, &count);
    return courses ? (size_t)(courses[0] - recist_courses_at(shared->courses, 0)) : SIZE_MAX;
}

void recist_measurement_command_meet(struct recist_measurement_command *shared,
                                     const struct recist_patient_readings *readings)
{
    size_t index =
        shared->courses ? index_of(shared, readings->study, readings->patient) : SIZE_MAX;
    if (index != SIZE_MAX) {
        atomic_store_explicit(&shared->measured[index], true, memory_order_relaxed);
    }
}

/* Whether the patient of a course has measurements. */
bool recist_measurement_command_met(const struct recist_measurement_command *shared,
                                    const struct recist_course *course)
{
    return atomic_load(&shared->measured[index_of(shared, course->study, course->patient)]);
}

void recist_measurement_command_name_unmet(struct recist_measurement_command *shared)
{
    size_t count = shared->courses ? recist_courses_count(shared->courses) : 0;
    for (size_t i = 0; i < count; i++) {
        const struct recist_course *course = recist_courses_at(shared->courses, i);
        if (index_of(shared, course->study, course->patient) == i &&
            !recist_measurement_command_met(shared, course)) {
            recist_findings_report(shared->opening, RECIST_KIND(PATIENT_WITHOUT_MEASUREMENTS),
                                   recist_courses_place(shared->courses, course, "patient"),
                                   (struct recist_subject){.patient = course->patient},
                                   "patient \"%s\" has a course and no measurements",
                                   RECIST_SHOWN(course->patient));
        }
    }
}

enum recist_exit recist_measurement_command_status(const struct recist_measurement_command *shared,
                                                   enum recist_outcome outcome, size_t errors)
{
    if (outcome == RECIST_NO_MEMORY || shared->log.failed ||
        recist_findings_lost(shared->opening)) {
        return recist_message_no_memory();
    }
    if (outcome == RECIST_UNREADABLE) {
        return RECIST_EXIT_FILE;
    }
    return errors > 0 || outcome == RECIST_INVALID ? RECIST_EXIT_INPUT_ERRORS : RECIST_EXIT_DONE;
}

void recist_left_out_append(struct recist_text *text, const struct recist_left_out *who)
{
    size_t start = text->length;
    recist_text_append_string(text, "left out: patient ");
    recist_text_append_slice(text, who->patient);
    if (who->study.length > 0) {
        recist_text_append_string(text, " of study ");
        recist_text_append_slice(text, who->study);
    }
    recist_text_format(text, " (%zu error%s)", who->errors, who->errors == 1 ? "" : "s");
    recist_escape_terminal(text, start);
    recist_text_append_char(text, '\n');
}

int32_t recist_study_day(const struct recist_series *series,
                         const struct recist_series_result *result, int32_t date)
{
    int32_t reference = series->has_start ? series->start : result->visits[0].date;
    return date >= reference ? date - reference + 1 : date - reference;
}

void recist_row_visit(struct recist_row *row, const struct recist_visit *visit)
{
    if (visit->label.length > 0) {
        recist_row_slice(row, visit->label);
    } else {
        recist_row_date(row, visit->first_date);
    }
}
