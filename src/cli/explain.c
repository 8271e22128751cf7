/* SPDX-License-Identifier: MIT
 * recist explain: why one patient's responses are what they are. */
#include "cli/explain.h"

#include "base/nearest_name.h"
#include "cli/message.h"
#include "cli/wrapped_text.h"

/* The longest identifier that is proposed in place of one that does not exist. */
#define LONGEST_PROPOSAL 64

struct explanation {
    struct recist_measurement_command shared;
    struct recist_table_output output;
    bool as_text;
    bool has_study;
    size_t width;
    bool patient_found;
    size_t series_found;
    size_t unsound;       /* patients of this name that have errors */
    size_t errors_of_others;
    char nearest[LONGEST_PROPOSAL + 1];
    size_t nearest_distance;
};

static bool begin(void *context, const struct recist_measurements *reader,
                  enum recist_grouping grouping)
{
    struct explanation *explanation = context;
    struct recist_table *table = &explanation->output.table;
    recist_finding_log_clear(&explanation->shared.log);
    recist_finding_log_add_opening(&explanation->shared.log, explanation->shared.opening);
    explanation->has_study = recist_measurements_has_column(reader, RECIST_COLUMN_STUDY);
    explanation->patient_found = false;
    explanation->series_found = explanation->unsound = explanation->errors_of_others = 0;
    explanation->nearest_distance = SIZE_MAX;
    table->columns = recist_explanation_columns + !explanation->has_study;
    table->column_count = RECIST_EXPLANATION_COLUMNS - !explanation->has_study;
    recist_sink_discard(&explanation->output.sink);
    if (!explanation->as_text) {
        recist_table_begin(table);
    }
    return true;
}

static bool same(struct recist_slice slice, const char *string)
{
    return slice.length == strlen(string) && memcmp(slice.text, string, slice.length) == 0;
}

static bool chosen(const char *wanted, struct recist_slice value)
{
    return !wanted || same(value, wanted);
}

static void consider_proposal(struct explanation *explanation, struct recist_slice patient)
{
    struct recist_slice wanted = {explanation->shared.options->patient,
                                  strlen(explanation->shared.options->patient)};
    if (patient.length > LONGEST_PROPOSAL) {
        return;
    }
    size_t distance = recist_name_distance(wanted, patient);
    if (distance < explanation->nearest_distance) {
        explanation->nearest_distance = distance;
        memcpy(explanation->nearest, patient.text, patient.length);
        explanation->nearest[patient.length] = '\0';
    }
}

static bool wants(void *context, const struct recist_patient_readings *readings)
{
    struct explanation *explanation = context;
    const struct recist_options *options = explanation->shared.options;
    if (same(readings->patient, options->patient) && chosen(options->study, readings->study)) {
        explanation->patient_found = true;
        return true;
    }
    if (!explanation->patient_found) {
        consider_proposal(explanation, readings->patient);
    }
    return false;
}

static bool explain_series(struct explanation *explanation, const struct recist_patient_job *job,
                           const struct recist_series *series)
{
    struct recist_explained_series explained = {
        .criteria = explanation->shared.criteria,
        .courses = explanation->shared.courses,
        .patient = job->patient,
        .series = series,
        .assessor = job->assessor,
        .output = job->output,
        .width = explanation->width,
    };
    if (series->without_baseline && !explanation->as_text) {
        return true; /* no visit to explain; there is a finding */
    }
    if (!series->without_baseline &&
        recist_assess(job->assessor, series, &explained.result) != RECIST_DONE) {
        return false;
    }
    return explanation->as_text
               ? recist_explanation_append_text(&explained)
               : recist_explanation_append_rows(&explained, &explanation->output.table,
                                                explanation->has_study);
}

static bool explain_patient(void *context, const struct recist_patient_job *job)
{
    struct explanation *explanation = context;
    const struct recist_options *options = explanation->shared.options;
    if (!job->sound) {
        explanation->unsound++;
        return true;
    }
    for (size_t i = 0; i < job->patient->series_count; i++) {
        const struct recist_series *series = &job->patient->series[i];
        if (!chosen(options->course, series->course) || !chosen(options->reader, series->reader)) {
            continue;
        }
        explanation->series_found++;
        if (!explain_series(explanation, job, series)) {
            atomic_store(&explanation->shared.no_memory, true);
            return false;
        }
    }
    return true;
}

/* Only findings that name the patient, or nobody, matter here; and those after which rows of any
 * patient may be missing. */
static void take_finding(struct explanation *explanation, const struct recist_finding *finding)
{
    bool concerned = finding->patient.length == 0 ||
                     same(finding->patient, explanation->shared.options->patient) ||
                     recist_finding_loses_rows(finding);
    if (concerned) {
        recist_finding_log_add(&explanation->shared.log, finding);
    } else if (finding->kind->severity == RECIST_ERROR) {
        explanation->errors_of_others++;
    }
}

static bool deliver(void *context, const struct recist_delivery *delivery)
{
    struct explanation *explanation = context;
    size_t count = recist_findings_count(delivery->findings);
    for (size_t i = 0; i < count; i++) {
        take_finding(explanation, recist_findings_at(delivery->findings, i));
    }
    if (explanation->as_text) {
        recist_sink_write(&explanation->output.sink, delivery->output->bytes,
                          delivery->output->length);
    } else {
        recist_table_append(&explanation->output.table, delivery->output);
    }
    return !explanation->output.sink.problem && !explanation->shared.log.failed;
}

static size_t errors_of_patient(const struct explanation *explanation)
{
    return explanation->shared.log.counts[RECIST_ERROR] + explanation->unsound;
}

/* What could not be held comes once more, and goes out as it is made. */
static bool again(void *context)
{
    struct explanation *explanation = context;
    if (explanation->shared.log.rows_lost ||
        (errors_of_patient(explanation) > 0 && !explanation->shared.options->keep_going)) {
        return false;
    }
    if (!recist_sink_overflowed(&explanation->output.sink)) {
        return false;
    }
    recist_sink_let_through(&explanation->output.sink);
    return true;
}

static enum recist_exit say_not_found(const struct explanation *explanation)
{
    const struct recist_options *options = explanation->shared.options;
    if (explanation->patient_found) {
        recist_message("patient \"%s\" has no readings of this course or reader",
                       options->patient);
    } else if (explanation->nearest_distance != SIZE_MAX) {
        recist_message("there is no patient \"%s\"%s; the nearest is \"%s\"", options->patient,
                       options->study ? " in this study" : "", explanation->nearest);
    } else {
        recist_message("there is no patient \"%s\"", options->patient);
    }
    return RECIST_EXIT_USAGE;
}

static void mention_others(const struct explanation *explanation)
{
    size_t errors = explanation->errors_of_others;
    if (errors > 0 && !explanation->shared.options->quiet) {
        recist_message("other patients have %zu error%s; `recist validate` lists them", errors,
                       errors == 1 ? "" : "s");
    }
}

static enum recist_exit conclude(struct explanation *explanation, enum recist_outcome outcome)
{
    struct recist_measurement_command *shared = &explanation->shared;
    recist_finding_log_add_opening(&shared->log, shared->opening);
    recist_finding_log_print(&shared->log, NULL, shared->options->quiet);
    size_t errors = errors_of_patient(explanation);
    enum recist_exit status = recist_measurement_command_status(shared, outcome, errors);
    if (outcome != RECIST_DONE || status == RECIST_EXIT_FILE) {
        return status;
    }
    mention_others(explanation);
    if (explanation->series_found == 0 && explanation->unsound == 0) {
        return say_not_found(explanation);
    }
    if (explanation->series_found == 0 || shared->log.rows_lost || (errors > 0 && !shared->options->keep_going)) {
        return status;
    }
    enum recist_exit written = explanation->as_text
                                   ? recist_sink_finish_with_message(&explanation->output.sink)
                                   : recist_table_output_finish(&explanation->output);
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_exit explain(struct explanation *explanation)
{
    const struct recist_options *options = explanation->shared.options;
    const struct recist_measurement_task task = {
        .context = explanation,
        .begin = begin,
        .wants = wants,
        .patient = explain_patient,
        .deliver = deliver,
        .again = again,
    };
    enum recist_exit status = recist_table_output_open(
        &explanation->output, options, explanation->shared.criteria,
        recist_options_table_format(options), recist_explanation_columns,
        RECIST_EXPLANATION_COLUMNS);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    explanation->as_text = recist_options_text_format(options) == RECIST_CHOICE_TEXT;
    explanation->width = options->output ? 0 : recist_wrapping_width();
    /* One thread: most of the work is to find the patient, and it is said who was near. */
    return conclude(explanation, recist_measurement_command_run(&explanation->shared, &task, 1));
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct explanation explanation = {0};
    if (!options->patient) {
        recist_message("explain needs --patient ID; see `recist explain --help`");
        return RECIST_EXIT_USAGE;
    }
    enum recist_exit status =
        recist_measurement_command_begin(&explanation.shared, command, options);
    if (status == RECIST_EXIT_DONE) {
        status = explain(&explanation);
    }
    recist_table_output_close(&explanation.output);
    recist_measurement_command_end(&explanation.shared);
    return status;
}

const struct recist_command recist_command_explain = {
    .name = "explain",
    .arguments = "MEASUREMENTS... --patient ID",
    .summary = "why: each rule that fired for a patient, its numbers, its place in the guideline",
    .help = "Tells for one patient, visit by visit, what was decided, by which rule, on which\n"
            "numbers, and where the guideline says so. FORMAT is text (the default), or table,\n"
            "csv or json with one row for each step.\n"
            "\n"
            "Errors of other patients do not matter here; errors of this one do.\n",
    .example = "  printf '%s\\n' patient,date,lesion,role,site,diameter_mm \\\n"
               "    P1,2024-01-08,T1,target,liver,50 P1,2024-03-04,T1,target,liver,31.5 |\n"
               "    recist explain - --patient P1\n",
    .options = RECIST_OPTIONS_OF_MEASUREMENTS | RECIST_OPTION_BIT(PATIENT) |
               RECIST_OPTION_BIT(STUDY) | RECIST_OPTION_BIT(COURSE) | RECIST_OPTION_BIT(READER),
    .run = run,
};
