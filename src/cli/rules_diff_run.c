/* SPDX-License-Identifier: MIT
 * Measurement files by two criteria: passes, findings, and the table of what differs. */
#include "cli/rules_diff.h"

#include <stdlib.h>

#include "cli/measurement_command.h"
#include "cli/measurement_pair.h"
#include "cli/message.h"
#include "cli/rules_diff_answers.h"
#include "cli/rules_diff_findings.h"
#include "output/escape.h"

struct diff {
    struct recist_measurement_command shared;
    struct recist_measurement_pair input;
    struct recist_table_output output;
    struct recist_answers answers;
    struct recist_finding_log logs[2];
    const char *names[2];
    bool input_open;
    bool keep_going;
    bool hopeless; /* an error was found: nothing will be written */
    /* Rows about best responses stand behind all others. They wait in memory, and where they are
     * too many they get a pass of their own. */
    bool best_only;
    bool best_overflowed;
    bool no_memory;
    struct recist_text after;
};

static size_t errors_of(const struct diff *diff)
{
    size_t one = diff->logs[0].counts[RECIST_ERROR];
    size_t other = diff->logs[1].counts[RECIST_ERROR];
    return one > other ? one : other;
}

static bool will_be_written(const struct diff *diff)
{
    bool lost = diff->logs[0].rows_lost || diff->logs[1].rows_lost;
    return diff->keep_going ? !lost : !diff->hopeless && errors_of(diff) == 0;
}

/* Findings of before the rows: the courses file is read once, and known to both. */
static void take_opening(struct diff *diff)
{
    for (size_t i = 0; i < 2; i++) {
        recist_finding_log_add_all(&diff->logs[i], diff->shared.opening);
        if (diff->input.sides[i].opening) {
            recist_finding_log_add_all(&diff->logs[i], diff->input.sides[i].opening);
        }
    }
}

static bool begin(void *context)
{
    struct diff *diff = context;
    struct recist_answers *answers = &diff->answers;
    recist_finding_log_clear(&diff->logs[0]);
    recist_finding_log_clear(&diff->logs[1]);
    diff->shared.left_out.length = 0;
    diff->hopeless = false;
    diff->best_overflowed = false;
    answers->visits.length = answers->best.length = 0;
    answers->totals = (struct recist_answer_totals){0};
    if (!diff->best_only) {
        recist_sink_discard(&diff->output.sink);
        recist_table_begin(&diff->output.table);
    }
    return !diff->output.table.failed;
}

static void leave_out(struct diff *diff, const struct recist_patient_job jobs[2])
{
    size_t errors = 0;
    for (size_t i = 0; i < 2; i++) {
        size_t of_one = jobs[i].errors > 0 ? jobs[i].errors : jobs[i].readings->errors;
        errors = of_one > errors ? of_one : errors;
    }
    struct recist_left_out who = {jobs[0].readings->study, jobs[0].readings->patient, errors};
    if (diff->keep_going) {
        recist_left_out_append(&diff->shared.left_out, &who);
    } else {
        diff->hopeless = true;
    }
}

/* Moves what was made of a patient on; rows that this pass is not about are dropped. */
static bool hand_on_rows(struct diff *diff)
{
    struct recist_answers *answers = &diff->answers;
    struct recist_table *table = &diff->output.table;
    bool failed = answers->visits.failed || answers->best.failed;
    if (diff->best_only) {
        recist_table_append(table, &answers->best);
        answers->best.length = 0;
    } else {
        recist_table_append(table, &answers->visits);
        diff->best_overflowed =
            diff->best_overflowed || answers->best.length > RECIST_SINK_HELD_AT_MOST;
        answers->best.length = diff->best_overflowed ? 0 : answers->best.length;
    }
    answers->visits.length = 0;
    diff->no_memory = diff->no_memory || failed || table->failed;
    return !diff->no_memory && !diff->output.sink.problem;
}

static bool compare_patient(void *context, const struct recist_patient_job jobs[2])
{
    struct diff *diff = context;
    recist_measurement_command_meet(&diff->shared, jobs[0].readings);
    if (!jobs[0].sound || !jobs[1].sound) {
        leave_out(diff, jobs);
        return true;
    }
    if (diff->hopeless) {
        return true;
    }
    if (!recist_answers_of_patient(&diff->answers, jobs)) {
        diff->no_memory = true;
    }
    return hand_on_rows(diff);
}

static void take_findings(void *context, size_t which, const struct recist_findings *findings)
{
    struct diff *diff = context;
    recist_finding_log_add_all(&diff->logs[which], findings);
}

/* Courses of patients without measurements, which have best responses as well. */
static bool compare_rest(struct diff *diff)
{
    const struct recist_courses *courses = diff->shared.courses;
    bool done = true;
    for (size_t i = 0; courses && done && i < recist_courses_count(courses); i++) {
        const struct recist_course *course = recist_courses_at(courses, i);
        if (!recist_measurement_command_met(&diff->shared, course)) {
            done = recist_answers_of_course(&diff->answers, course) && hand_on_rows(diff);
        }
    }
    return done;
}

static enum recist_outcome one_pass(struct diff *diff)
{
    const struct recist_paired_task task = {
        .context = diff,
        .begin = begin,
        .patient = compare_patient,
        .findings = take_findings,
    };
    enum recist_outcome outcome = recist_measurement_pair_pass(&diff->input, &task);
    if (outcome == RECIST_DONE && will_be_written(diff) && !compare_rest(diff)) {
        diff->no_memory = diff->no_memory || !diff->output.sink.problem;
    }
    return diff->no_memory ? RECIST_NO_MEMORY : outcome;
}

/* All rows, in their order. */
static enum recist_outcome write_rows(struct diff *diff)
{
    diff->best_only = false;
    enum recist_outcome outcome = one_pass(diff);
    if (outcome != RECIST_DONE || !will_be_written(diff)) {
        return outcome;
    }
    if (!diff->best_overflowed) {
        recist_table_append(&diff->output.table, &diff->answers.best);
        return outcome;
    }
    diff->best_only = true;
    return one_pass(diff);
}

/* What was too long to be held goes out as it is made, now that the input is known to be sound. */
static enum recist_outcome write_all(struct diff *diff)
{
    enum recist_outcome outcome = write_rows(diff);
    if (outcome == RECIST_DONE && will_be_written(diff) &&
        recist_sink_overflowed(&diff->output.sink)) {
        recist_sink_let_through(&diff->output.sink);
        outcome = write_rows(diff);
    }
    return outcome;
}

static void append_json_totals(struct recist_text *text, const struct recist_answer_totals *totals)
{
    const struct {
        const char *name;
        size_t count;
    } members[] = {
        {"visits", totals->visits},
        {"visits_differing", totals->visits_differing},
        {"visit_dates_differing", totals->visit_dates_differing},
        {"courses", totals->courses},
        {"best_differing", totals->best_differing},
        {"confirmed_differing", totals->confirmed_differing},
        {"best_dates_differing", totals->best_dates_differing},
        {"patients", totals->patients},
        {"patients_differing", totals->patients_differing},
    };
    recist_text_append_string(text, "\"totals\": {");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        recist_text_format(text, "%s\"%s\": %zu", i > 0 ? ", " : "", members[i].name,
                           members[i].count);
    }
    recist_text_append_char(text, '}');
}

static void append_dates_alone(struct recist_text *text, size_t count)
{
    if (count > 0) {
        recist_text_format(text, ", of %zu more the date alone", count);
    }
}

/* Without the line's end. */
static void append_totals(const struct diff *diff, struct recist_text *text)
{
    const struct recist_answer_totals *totals = &diff->answers.totals;
    recist_text_format(text, "a is %s, b is %s; what differs: ", diff->names[0], diff->names[1]);
    recist_text_format(text, "the response of %zu of %zu visit%s", totals->visits_differing,
                       totals->visits, totals->visits == 1 ? "" : "s");
    append_dates_alone(text, totals->visit_dates_differing);
    if (diff->answers.with_best) {
        recist_text_format(text,
                           "; the best response of %zu of %zu course%s, with confirmation %zu",
                           totals->best_differing, totals->courses, totals->courses == 1 ? "" : "s",
                           totals->confirmed_differing);
        append_dates_alone(text, totals->best_dates_differing);
    }
    recist_text_format(text, "; something of %zu of %zu patient%s", totals->patients_differing,
                       totals->patients, totals->patients == 1 ? "" : "s");
}

/* Behind a table for people; with CSV, where it would not be a row, on standard error. */
static void tell_totals(struct diff *diff)
{
    enum recist_format format = diff->output.table.format;
    if (format == RECIST_FORMAT_JSON) {
        append_json_totals(&diff->after, &diff->answers.totals);
    } else {
        append_totals(diff, &diff->after);
        recist_escape_terminal(&diff->after, 0);
        recist_text_append_char(&diff->after, '\n');
    }
    if (diff->after.failed) {
        diff->output.table.failed = true;
    } else if (format != RECIST_FORMAT_CSV) {
        diff->output.table.after = &diff->after;
    } else if (!diff->shared.options->quiet) {
        recist_message_text(&diff->after);
    }
}

static enum recist_exit conclude(struct diff *diff, enum recist_outcome outcome)
{
    struct recist_measurement_command *shared = &diff->shared;
    if (outcome == RECIST_DONE && !diff->hopeless) {
        recist_measurement_command_name_unmet(shared);
    }
    take_opening(diff);
    recist_finding_logs_unite(&shared->log, diff->logs, diff->names);
    recist_finding_log_print(&shared->log, diff->keep_going ? &shared->left_out : NULL,
                             shared->options->quiet);
    enum recist_exit status =
        recist_measurement_command_status(shared, outcome, shared->log.counts[RECIST_ERROR]);
    if (outcome != RECIST_DONE || !will_be_written(diff) || status == RECIST_EXIT_FILE) {
        return status;
    }
    tell_totals(diff);
    enum recist_exit written = recist_table_output_finish(&diff->output);
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_outcome open_input(struct diff *diff)
{
    const struct recist_options *options = diff->shared.options;
    enum recist_outcome outcome =
        recist_measurement_pair_open(&diff->input, options->arguments, options->argument_count,
                                     diff->answers.criteria, diff->shared.courses, options->quiet);
    diff->input_open = true;
    diff->answers.has_study =
        outcome == RECIST_DONE && recist_measurement_pair_has_study(&diff->input);
    return outcome;
}

static bool make_room(struct diff *diff)
{
    struct recist_answers *answers = &diff->answers;
    for (size_t i = 0; i < 2; i++) {
        answers->resolvers[i] = recist_best_resolver_create(answers->criteria[i]);
        if (!answers->resolvers[i] || !recist_finding_log_init(&diff->logs[i])) {
            return false;
        }
    }
    return true;
}

static enum recist_exit open_output(struct diff *diff)
{
    const struct recist_options *options = diff->shared.options;
    bool without = !diff->answers.has_study;
    diff->answers.table = &diff->output.table;
    enum recist_exit status = recist_table_output_open(
        &diff->output, options, diff->answers.criteria[1], recist_options_table_format(options),
        recist_answer_columns + without, RECIST_ANSWER_COLUMNS - without);
    diff->output.provenance.against = diff->answers.criteria[0];
    return status;
}

static enum recist_exit go(struct diff *diff)
{
    if (!make_room(diff)) {
        return recist_message_no_memory();
    }
    enum recist_outcome outcome = diff->shared.courses_outcome;
    if (outcome == RECIST_DONE) {
        outcome = open_input(diff);
    }
    if (outcome != RECIST_DONE) {
        return conclude(diff, outcome);
    }
    enum recist_exit status = open_output(diff);
    return status == RECIST_EXIT_DONE ? conclude(diff, write_all(diff)) : status;
}

static bool has_best(const struct recist_criteria *criteria)
{
    return recist_criteria_proof(criteria).best_response_rules > 0;
}

static void destroy(struct diff *diff)
{
    for (size_t i = 0; i < 2; i++) {
        recist_best_resolver_destroy(diff->answers.resolvers[i]);
        recist_timeline_room_free(&diff->answers.rooms[i]);
        recist_finding_log_destroy(&diff->logs[i]);
    }
    recist_text_destroy(&diff->answers.visits);
    recist_text_destroy(&diff->answers.best);
    recist_text_destroy(&diff->after);
    if (diff->input_open) {
        recist_measurement_pair_close(&diff->input);
    }
    recist_table_output_close(&diff->output);
    recist_measurement_command_end(&diff->shared);
}

enum recist_exit recist_rules_diff_answers(const struct recist_options *options,
                                           const struct recist_rules_pair *pair)
{
    struct recist_options files = *options; /* without the names of the criteria */
    struct diff diff = {
        .keep_going = options->keep_going,
        .answers = {.criteria = {pair->criteria[0], pair->criteria[1]},
                    .with_best = has_best(pair->criteria[0]) && has_best(pair->criteria[1])},
        .names = {recist_criteria_id(pair->criteria[0]), recist_criteria_id(pair->criteria[1])},
    };
    if (strcmp(diff.names[0], diff.names[1]) == 0) {
        diff.names[0] = pair->names[0];
        diff.names[1] = pair->names[1];
    }
    files.arguments += 2;
    files.argument_count -= 2;
    enum recist_exit status = recist_measurement_command_begin_bare(&diff.shared, &files);
    diff.answers.courses = diff.shared.courses;
    if (status == RECIST_EXIT_DONE) {
        status = go(&diff);
    }
    destroy(&diff);
    return status;
}
