/* SPDX-License-Identifier: MIT
 * recist assess: the response of every patient at every visit. */
#include "assess/reason.h"
#include "base/arena.h"
#include "cli/column_list.h"
#include "cli/fixed_cells.h"
#include "cli/measure_cells.h"
#include "cli/measurement_command.h"
#include "cli/message.h"

#define BASELINE_WORD "baseline"

struct assessment {
    struct recist_measurement_command shared;
    struct recist_table_output output;
    struct recist_arena arena; /* of the columns */
    struct recist_column_list columns; /* with the study column, used or not, in front */
    struct recist_shown_measures measures;
    struct recist_fixed_cells words;
    struct recist_fixed_cells rules; /* of the overall response */
    struct recist_slice baseline;    /* in its place */
    size_t row_room;                 /* for all cells of a row but its texts of any length */
    size_t component_count;
    bool has_study;
    bool keep_going;
    atomic_bool hopeless; /* an error was found: nothing will be written */
    atomic_bool unheld;   /* nor will this pass be, for lack of room: it only looks for errors */
    bool start_held;      /* ... but the rows before `rest` are */
    bool writing_rest;
    struct recist_measurements_point rest;
};

static void add_texts(struct recist_column_list *columns, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        recist_column_list_add_string(columns, RECIST_CELL_TEXT, names[i]);
    }
}
#define ADD_TEXTS(columns, ...)                                                                    \
    add_texts((columns), (const char *const[]){__VA_ARGS__},                                       \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static bool make_columns(struct assessment *assessment)
{
    const struct recist_criteria *criteria = assessment->shared.criteria;
    struct recist_column_list *columns = &assessment->columns;
    *columns = (struct recist_column_list){
        .arena = &assessment->arena,
        .format = recist_options_table_format(assessment->shared.options)};
    assessment->component_count = recist_criteria_component_count(criteria);
    if (!recist_shown_measures_make(&assessment->measures, criteria, &assessment->arena) ||
        !recist_fixed_cells_make(&assessment->words, criteria, recist_criteria_word, 1,
                                 columns->format, &assessment->arena) ||
        !recist_fixed_cells_make(&assessment->rules, criteria, recist_overall_rule_id, 0,
                                 columns->format, &assessment->arena) ||
        !recist_fixed_cell_make(&assessment->baseline, BASELINE_WORD, columns->format,
                                &assessment->arena)) {
        return false;
    }
    ADD_TEXTS(columns, "study", "patient", "course", "reader", "visit", "date");
    recist_column_list_add_string(columns, RECIST_CELL_NUMBER, "study_day");
    size_t own = columns->count; /* from here on the criteria give the names */
    recist_shown_measures_add_columns(&assessment->measures, columns);
    for (size_t i = 0; i < assessment->component_count; i++) {
        ADD_TEXTS(columns, recist_criteria_component_name(criteria, i));
    }
    size_t own_end = columns->count;
    ADD_TEXTS(columns, "overall", "rule", "reason");
    size_t further = columns->count;
    recist_shown_measures_add_further_columns(&assessment->measures, columns);
    recist_column_list_make_unique(columns, own, own_end);
    recist_column_list_make_unique(columns, further, columns->count);
    assessment->row_room =
        columns->count * RECIST_QUICK_CELL_ROOM + RECIST_TEXT_PADDING +
        (assessment->component_count + 1) * assessment->words.longest + assessment->rules.longest;
    return !columns->failed;
}

static bool begin(void *context, const struct recist_measurements *reader,
                  enum recist_grouping grouping)
{
    struct assessment *assessment = context;
    struct recist_table *table = &assessment->output.table;
    recist_finding_log_clear(&assessment->shared.log);
    recist_finding_log_add_opening(&assessment->shared.log, assessment->shared.opening);
    assessment->shared.left_out.length = 0;
    atomic_store(&assessment->hopeless, false);
    atomic_store(&assessment->unheld, false);
    assessment->start_held = false;
    assessment->has_study = recist_measurements_has_column(reader, RECIST_COLUMN_STUDY);
    table->columns = assessment->columns.columns + !assessment->has_study;
    table->column_count = assessment->columns.count - !assessment->has_study;
    recist_sink_discard(&assessment->output.sink);
    recist_table_begin(table);
    return !table->failed;
}

/* The rows of a series. What they begin with is encoded for the first of them, and copied to the
 * others. */
struct series_rows {
    const struct assessment *assessment;
    const struct recist_patient_job *job;
    const struct recist_series *series;
    const struct recist_series_result *result;
    struct recist_row row;
    size_t start; /* of the first row, in the output of the job */
    size_t start_length;
    size_t start_columns;
};

static void begin_first_row(struct series_rows *rows)
{
    struct recist_row *row = &rows->row;
    rows->start = row->text->length;
    recist_row_begin(row);
    if (rows->assessment->has_study) {
        recist_row_slice(row, rows->job->patient->study);
    }
    recist_row_slice(row, rows->job->patient->id);
    recist_row_slice(row, rows->series->course);
    recist_row_slice(row, rows->series->reader);
    rows->start_length = row->text->length - rows->start;
    rows->start_columns = row->column;
}

static void begin_next_row(struct series_rows *rows)
{
    struct recist_text *text = rows->row.text;
    char *at = recist_text_room(text, rows->start_length);
    if (at) {
        recist_text_copy_short(at, text->bytes + rows->start, rows->start_length);
        recist_text_end_at(text, at + rows->start_length);
    }
    rows->row.column = rows->start_columns;
}

static void append_visit_name(struct recist_quick_row *row, const struct recist_visit *visit)
{
    if (visit->label.length > 0) {
        recist_quick_row_slice(row, visit->label);
    } else {
        recist_quick_row_date(row, visit->first_date);
    }
}

static void append_components(const struct assessment *assessment, struct recist_quick_row *row,
                              const struct recist_visit_result *result, bool baseline)
{
    for (size_t i = 0; i < assessment->component_count; i++) {
        recist_quick_row_fixed(row, &assessment->words, baseline ? 0 : result->components[i].word);
    }
}

static void append_response(const struct series_rows *rows, struct recist_quick_row *row,
                            size_t visit)
{
    const struct assessment *assessment = rows->assessment;
    const struct recist_visit_result *result = &rows->result->visits[visit];
    if (visit == 0) {
        recist_quick_row_encoded(row, assessment->baseline);
        recist_quick_row_empty(row);
        recist_quick_row_empty(row);
        return;
    }
    recist_quick_row_fixed(row, &assessment->words, result->overall);
    recist_quick_row_fixed(row, &assessment->rules, result->overall_rule);
    recist_quick_row_open_sentence(row);
    unsigned quoting = recist_reason_write(rows->job->assessor, visit, row->row->text);
    recist_quick_row_close_sentence(row, quoting);
}

static void append_visit(struct series_rows *rows, struct recist_quick_row *row, size_t visit)
{
    const struct assessment *assessment = rows->assessment;
    const struct recist_visit_result *result = &rows->result->visits[visit];
    recist_quick_row_resume(row);
    append_visit_name(row, &rows->series->visits[visit]);
    recist_quick_row_date(row, result->date);
    recist_quick_row_integer(row, recist_study_day(rows->series, rows->result, result->date));
    recist_shown_measures_append(&assessment->measures, row, result, visit == 0);
    append_components(assessment, row, result, visit == 0);
    append_response(rows, row, visit);
    recist_shown_measures_append_further(&assessment->measures, row, result);
    recist_quick_row_end(row);
}

static void append_series(struct series_rows *rows)
{
    rows->row = recist_table_row(&rows->assessment->output.table, rows->job->output);
    struct recist_quick_row row = {.row = &rows->row,
                                   .recent = recist_assessor_recent_texts(rows->job->assessor),
                                   .room = rows->assessment->row_room};
    for (size_t visit = 0; visit < rows->result->visit_count; visit++) {
        if (visit == 0) {
            begin_first_row(rows);
        } else {
            begin_next_row(rows);
        }
        append_visit(rows, &row, visit);
    }
}

static void name_left_out(const struct recist_patient_job *job)
{
    struct recist_left_out who = {job->readings->study, job->readings->patient,
                                  job->errors > 0 ? job->errors : job->readings->errors};
    recist_left_out_append(job->left_out, &who);
}

static bool assess_patient(void *context, const struct recist_patient_job *job)
{
    struct assessment *assessment = context;
    if (!job->sound) {
        if (assessment->keep_going) {
            name_left_out(job);
        } else {
            atomic_store(&assessment->hopeless, true);
        }
        return true;
    }
    if (atomic_load_explicit(&assessment->hopeless, memory_order_relaxed) ||
        atomic_load_explicit(&assessment->unheld, memory_order_relaxed)) {
        return true;
    }
    for (size_t i = 0; i < job->patient->series_count; i++) {
        const struct recist_series *series = &job->patient->series[i];
        struct series_rows rows = {.assessment = assessment, .job = job, .series = series};
        if (series->without_baseline) {
            continue; /* there is a finding that says so */
        }
        if (recist_assess(job->assessor, series, &rows.result) != RECIST_DONE) {
            atomic_store(&assessment->shared.no_memory, true);
            return false;
        }
        append_series(&rows);
    }
    return true;
}

static bool will_be_written(const struct assessment *assessment)
{
    if (assessment->keep_going) {
        return !assessment->shared.log.rows_lost;
    }
    return !atomic_load(&assessment->hopeless) &&
           assessment->shared.log.counts[RECIST_ERROR] == 0;
}

/* Keeps the rows of a batch, or remembers that from here on there was no room. */
static void keep_rows(struct assessment *assessment, const struct recist_delivery *delivery)
{
    struct recist_table_output *output = &assessment->output;
    bool overflowed = recist_sink_overflowed(&output->sink);
    bool some_held = output->table.any_rows;
    recist_table_append(&output->table, delivery->output);
    if (!overflowed && recist_sink_overflowed(&output->sink)) {
        assessment->start_held = some_held;
        assessment->rest = delivery->start;
        atomic_store(&assessment->unheld, true);
    }
}

static bool deliver(void *context, const struct recist_delivery *delivery)
{
    struct assessment *assessment = context;
    struct recist_table_output *output = &assessment->output;
    if (assessment->writing_rest) { /* all that was found is in the log already */
        recist_table_append(&output->table, delivery->output);
        return !output->sink.problem && !output->table.failed;
    }
    recist_finding_log_add_all(&assessment->shared.log, delivery->findings);
    recist_text_append(&assessment->shared.left_out, delivery->left_out->bytes,
                       delivery->left_out->length);
    if (!will_be_written(assessment)) {
        atomic_store(&assessment->hopeless, true);
        return !assessment->shared.log.failed;
    }
    keep_rows(assessment, delivery);
    return !output->sink.problem && !output->table.failed && !assessment->shared.log.failed;
}

/* There was no room to hold the output. Now that the input is known to be sound, it can go out
 * as it is made. */
static bool again(void *context)
{
    struct assessment *assessment = context;
    if (!will_be_written(assessment) || !recist_sink_overflowed(&assessment->output.sink)) {
        return false;
    }
    recist_sink_let_through(&assessment->output.sink);
    return true;
}

/* The same where the first rows are held. An aligned table has no such start, as its rows wait for
 * each other. */
static bool rest(void *context, struct recist_measurements_point *from, bool *sound)
{
    struct assessment *assessment = context;
    if (!assessment->start_held || !will_be_written(assessment) ||
        !recist_sink_overflowed(&assessment->output.sink)) {
        return false;
    }
    recist_sink_let_rest_through(&assessment->output.sink);
    atomic_store(&assessment->unheld, false);
    assessment->writing_rest = true;
    *from = assessment->rest;
    *sound = assessment->shared.log.counts[RECIST_ERROR] == 0;
    return true;
}

static enum recist_exit conclude(struct assessment *assessment, enum recist_outcome outcome)
{
    struct recist_measurement_command *shared = &assessment->shared;
    recist_finding_log_add_opening(&shared->log, shared->opening);
    recist_finding_log_print(&shared->log, assessment->keep_going ? &shared->left_out : NULL,
                             shared->options->quiet);
    enum recist_exit status =
        recist_measurement_command_status(shared, outcome, shared->log.counts[RECIST_ERROR]);
    if (outcome != RECIST_DONE || !will_be_written(assessment) || status == RECIST_EXIT_FILE) {
        return status;
    }
    enum recist_exit written = recist_table_output_finish(&assessment->output);
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_exit assess(struct assessment *assessment)
{
    const struct recist_options *options = assessment->shared.options;
    const struct recist_measurement_task task = {
        .context = assessment,
        .begin = begin,
        .patient = assess_patient,
        .deliver = deliver,
        .again = again,
        .rest = rest,
    };
    if (!make_columns(assessment)) {
        return recist_message_no_memory();
    }
    enum recist_exit status = recist_table_output_open(
        &assessment->output, options, assessment->shared.criteria,
        recist_options_table_format(options), assessment->columns.columns, assessment->columns.count);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    if (assessment->output.table.format != RECIST_FORMAT_TABLE) {
        recist_sink_keep_start(&assessment->output.sink);
    }
    return conclude(assessment,
                    recist_measurement_command_run(&assessment->shared, &task, options->threads));
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct assessment assessment = {.keep_going = options->keep_going};
    recist_arena_init(&assessment.arena, 0);
    enum recist_exit status =
        recist_measurement_command_begin(&assessment.shared, command, options);
    if (status == RECIST_EXIT_DONE) {
        status = assess(&assessment);
    }
    recist_table_output_close(&assessment.output);
    recist_arena_destroy(&assessment.arena);
    recist_measurement_command_end(&assessment.shared);
    return status;
}

const struct recist_command recist_command_assess = {
    .name = "assess",
    .arguments = "MEASUREMENTS...",
    .summary = "the response of every patient at every visit",
    .help = "Reads measurement files (CSV, one row per lesion and visit; - is standard input) as\n"
            "one, and writes one row for each patient, course, reader and visit. FORMAT is table,\n"
            "csv or json: a table on a terminal, else what -o FILE ends with, else csv.\n"
            "\n"
            "When the input has errors, nothing is classified: all errors are shown, and the exit\n"
            "status is 1. With --keep-going, patients without errors are classified, those left\n"
            "out are named, and the exit status is still 1. Output begins when the input is\n"
            "known to be sound: what is too long to wait in memory is read a second time.\n"
            "\n"
            "With --courses, each treatment course has its own baseline: the last visit at or\n"
            "before its start. A course without one has no rows, and a warning says so.\n",
    .example = "  printf '%s\\n' patient,date,lesion,role,site,diameter_mm \\\n"
               "    P1,2024-01-08,T1,target,liver,50 P1,2024-03-04,T1,target,liver,31.5 |\n"
               "    recist assess -\n",
    .options = RECIST_OPTIONS_OF_MEASUREMENTS,
    .run = run,
};
