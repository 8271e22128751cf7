/* SPDX-License-Identifier: MIT
 * recist validate: what is wrong or doubtful in measurement files, where, and what to do. */
#include "cli/finding_table.h"
#include "cli/measurement_command.h"
#include "cli/message.h"

struct validation {
    struct recist_measurement_command shared;
    struct recist_table_output output;
    bool begun;
    bool by_patient; /* batches do not follow the order of the files: sort at the end */
    struct recist_findings *waiting; /* of headers, or of everything when by patient */
    size_t waiting_written;
    size_t opening_kept; /* of the findings about files and headers */
    size_t counts[3];
    size_t patients;
    size_t rows;
};

/* Copies the findings from `first` on to those that wait. */
static bool keep(struct validation *validation, const struct recist_findings *findings,
                 size_t first)
{
    size_t count = recist_findings_count(findings);
    for (size_t i = first; i < count; i++) {
        if (!recist_finding_copy(validation->waiting, recist_findings_at(findings, i))) {
            return false;
        }
    }
    return !recist_findings_lost(findings);
}

static void start_table(struct validation *validation)
{
    validation->begun = true;
    recist_sink_discard(&validation->output.sink);
    recist_table_begin(&validation->output.table);
    recist_findings_truncate(validation->waiting, 0);
    validation->waiting_written = 0;
    validation->patients = validation->rows = 0;
    memset(validation->counts, 0, sizeof validation->counts);
}

static bool begin(void *context, const struct recist_measurements *reader,
                  enum recist_grouping grouping)
{
    struct validation *validation = context;
    start_table(validation);
    validation->by_patient = grouping == RECIST_INDEXED;
    validation->opening_kept = recist_findings_count(validation->shared.opening);
    return keep(validation, validation->shared.opening, 0);
}

static bool validate_patient(void *context, const struct recist_patient_job *job)
{
    struct validation *validation = context;
    recist_measurement_command_meet(&validation->shared, job->readings);
    if (!job->patient || job->readings->errors > 0) {
        return true; /* with a row missing, the baseline cannot be judged */
    }
    for (size_t i = 0; i < job->patient->series_count; i++) {
        const struct recist_series *series = &job->patient->series[i];
        if (!series->without_baseline &&
            !recist_check_baseline(job->assessor, job->patient, series, job->places,
                                   job->findings)) {
            atomic_store(&validation->shared.no_memory, true);
            return false;
        }
    }
    return true;
}

/* The place of a file among those that were named. */
static size_t rank(const struct validation *validation, const struct recist_finding *finding)
{
    const struct recist_options *options = validation->shared.options;
    for (size_t i = 0; finding->place.file && i < options->argument_count; i++) {
        if (strcmp(options->arguments[i], finding->place.file) == 0) {
            return i;
        }
    }
    return 0;
}

static void append(struct validation *validation, struct recist_text *text,
                   const struct recist_finding *finding)
{
    validation->counts[finding->kind->severity]++;
    recist_finding_append_row(&validation->output.table, text, finding);
}

/* Writes findings of headers that stand before `finding`; all that wait when it is NULL. */
static void append_waiting(struct validation *validation, struct recist_text *text,
                           const struct recist_finding *finding)
{
    size_t count = recist_findings_count(validation->waiting);
    while (validation->waiting_written < count) {
        const struct recist_finding *next =
            recist_findings_at(validation->waiting, validation->waiting_written);
        if (finding && rank(validation, next) > rank(validation, finding)) {
            return;
        }
        append(validation, text, next);
        validation->waiting_written++;
    }
}

static bool write_rows(struct validation *validation, struct recist_text *text)
{
    recist_table_append(&validation->output.table, text);
    recist_text_destroy(text);
    return !validation->output.sink.problem && !validation->output.table.failed;
}

static bool deliver(void *context, const struct recist_delivery *delivery)
{
    struct validation *validation = context;
    validation->patients += delivery->patients;
    validation->rows += delivery->rows;
    if (validation->by_patient) {
        if (!keep(validation, delivery->findings, 0)) {
            atomic_store(&validation->shared.no_memory, true);
            return false;
        }
        return true;
    }
    struct recist_text text;
    recist_text_init(&text);
    size_t count = recist_findings_count(delivery->findings);
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding *finding = recist_findings_at(delivery->findings, i);
        append_waiting(validation, &text, finding);
        append(validation, &text, finding);
    }
    return write_rows(validation, &text);
}

/* What could not be held comes once more, and goes out as it is made. */
static bool again(void *context)
{
    struct validation *validation = context;
    if (!recist_sink_overflowed(&validation->output.sink)) {
        return false;
    }
    recist_sink_let_through(&validation->output.sink);
    return true;
}

static void print_summary(const struct validation *validation)
{
    struct recist_text text;
    recist_text_init(&text);
    if (!recist_finding_append_counts(&text, validation->counts)) {
        recist_text_append_string(&text, "no findings");
    }
    if (validation->rows > 0) {
        recist_text_format(&text, " in %zu row%s of %zu patient%s", validation->rows,
                           validation->rows == 1 ? "" : "s", validation->patients,
                           validation->patients == 1 ? "" : "s");
    }
    recist_text_append_char(&text, '\n');
    recist_message_text(&text);
    recist_text_destroy(&text);
}

static enum recist_exit conclude(struct validation *validation, enum recist_outcome outcome)
{
    struct recist_text text;
    recist_text_init(&text);
    if (!validation->begun) {
        start_table(validation);
    }
    if (outcome == RECIST_DONE) {
        recist_measurement_command_name_unmet(&validation->shared);
    }
    bool kept = keep(validation, validation->shared.opening, validation->opening_kept);
    if (validation->by_patient) {
        recist_findings_sort(validation->waiting);
    }
    if (outcome != RECIST_NO_MEMORY && kept) {
        recist_sink_release(&validation->output.sink); /* all passes are over */
    }
    append_waiting(validation, &text, NULL);
    write_rows(validation, &text);
    enum recist_exit status = recist_measurement_command_status(
        &validation->shared, outcome, validation->counts[RECIST_ERROR]);
    if (outcome == RECIST_NO_MEMORY || !kept) {
        return outcome == RECIST_NO_MEMORY ? status : recist_message_no_memory();
    }
    enum recist_exit written = recist_table_output_finish(&validation->output);
    if (!validation->shared.options->quiet) {
        print_summary(validation);
    }
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_exit validate(struct validation *validation)
{
    const struct recist_options *options = validation->shared.options;
    const struct recist_measurement_task task = {
        .context = validation,
        .begin = begin,
        .patient = validate_patient,
        .deliver = deliver,
        .again = again,
    };
    enum recist_exit status = recist_table_output_open(
        &validation->output, options, validation->shared.criteria,
        recist_options_table_format(options), recist_finding_columns, RECIST_FINDING_COLUMNS);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    validation->waiting = recist_findings_create();
    if (!validation->waiting) {
        return recist_message_no_memory();
    }
    return conclude(validation,
                    recist_measurement_command_run(&validation->shared, &task, options->threads));
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct validation validation = {0};
    enum recist_exit status =
        recist_measurement_command_begin(&validation.shared, command, options);
    if (status == RECIST_EXIT_DONE) {
        status = validate(&validation);
    }
    recist_findings_destroy(validation.waiting);
    recist_table_output_close(&validation.output);
    recist_measurement_command_end(&validation.shared);
    return status;
}

const struct recist_command recist_command_validate = {
    .name = "validate",
    .arguments = "MEASUREMENTS...",
    .summary = "what is wrong or doubtful in measurement files, where, and what to do",
    .help = "Writes one row for each finding, by file and line: errors, which keep a patient from\n"
            "being classified, warnings and notes. The exit status is 1 when there is an error.\n"
            "FORMAT is table, csv or json: a table on a terminal, else what -o FILE ends with,\n"
            "else csv. docs/findings.md lists all codes, with what to do.\n",
    .example = "  printf '%s\\n' patient,date,lesion,role,site,diameter_mm \\\n"
               "    'P1,2024-01-08,T1,target,liver,\"12,5\"' |\n"
               "    recist validate -\n",
    .options = RECIST_OPTIONS_OF_MEASUREMENTS,
    .run = run,
};
