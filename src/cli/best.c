/* SPDX-License-Identifier: MIT
 * recist best: the best overall response of every treatment course. */
#include "cli/best_adrs.h"
#include "cli/course_run.h"
#include "cli/message.h"
#include "output/adam.h"

/* The study column stands first when the input has one; JSON has those from the end of the table
 * on, too. */
static const struct recist_table_column columns[] = {
    {"study", RECIST_CELL_TEXT},
    {"patient", RECIST_CELL_TEXT},
    {"course", RECIST_CELL_TEXT},
    {"reader", RECIST_CELL_TEXT},
    {"best_response", RECIST_CELL_TEXT},
    {"confirmed_best_response", RECIST_CELL_TEXT},
    {"response_date", RECIST_CELL_TEXT},
    {"progression_date", RECIST_CELL_TEXT},
    {"best_change_pct", RECIST_CELL_NUMBER},
    {"reason", RECIST_CELL_TEXT},
    {"confirmed_response_date", RECIST_CELL_TEXT},
    {"confirmed_reason", RECIST_CELL_TEXT},
    {"rule", RECIST_CELL_TEXT},
    {"confirmed_rule", RECIST_CELL_TEXT},
    {"start", RECIST_CELL_TEXT},
    {"visits", RECIST_CELL_NUMBER},
    {"visits_counted", RECIST_CELL_NUMBER},
    {"last_evaluated", RECIST_CELL_TEXT},
};
#define ALL_COLUMNS (sizeof columns / sizeof *columns)
#define JSON_COLUMNS 8

struct best {
    struct recist_course_run run;
    struct recist_table_output output;
    bool has_study;
};

static bool is_adrs(const struct best *best)
{
    return best->run.shared.options->format == RECIST_CHOICE_ADRS;
}

static bool begin(void *context, bool has_study)
{
    struct best *best = context;
    struct recist_table *table = &best->output.table;
    bool json = table->format == RECIST_FORMAT_JSON;
    best->has_study = has_study;
    table->columns = columns + !has_study;
    table->column_count = ALL_COLUMNS - !has_study - (json ? 0 : JSON_COLUMNS);
    if (is_adrs(best)) {
        table->columns = recist_adrs_columns + !has_study;
        table->column_count = recist_adrs_column_count - !has_study;
    }
    recist_sink_discard(&best->output.sink);
    recist_table_begin(table);
    return !table->failed;
}

static void append_date(struct recist_row *row, int32_t date)
{
    if (date == RECIST_NO_DATE) {
        recist_row_empty(row);
    } else {
        recist_row_date(row, date);
    }
}

static void append_change(struct recist_row *row, const struct recist_course_job *job)
{
    recist_wide baseline = job->timeline->baseline_sum;
    recist_wide smallest = job->best->best_sum;
    if (smallest != RECIST_WIDE_MISSING && baseline != RECIST_WIDE_MISSING && baseline > 0) {
        recist_row_ratio(row, 100 * (smallest - baseline), baseline);
    } else {
        recist_row_empty(row);
    }
}

static bool append_to_text(void *to, const char *text, size_t length)
{
    recist_text_append(to, text, length);
    return true;
}

static bool append_reason(struct recist_row *row, const struct recist_course_job *job,
                          bool confirmed)
{
    recist_row_open_cell(row);
    bool done = recist_best_reason(job->resolver, confirmed, append_to_text, row->text);
    recist_row_close_cell(row);
    return done;
}

/* One cell for both, where they differ. */
static bool append_reasons(struct recist_row *row, const struct recist_course_job *job)
{
    static const char before[] = "with confirmation: ";
    recist_row_open_cell(row);
    bool done = recist_best_reason(job->resolver, false, append_to_text, row->text);
    if (done && job->best->word != job->best->confirmed_word) {
        size_t first_end = row->text->length;
        recist_text_append_string(row->text, first_end > row->cell_start ? "; " : "");
        recist_text_append_string(row->text, before);
        size_t start = row->text->length;
        done = recist_best_reason(job->resolver, true, append_to_text, row->text);
        if (row->text->length == start) {
            row->text->length = first_end; /* the rule has no sentence */
        }
    }
    recist_row_close_cell(row);
    return done;
}

static bool append_json_cells(const struct best *best, struct recist_row *row,
                              const struct recist_course_job *job)
{
    const struct recist_criteria *criteria = best->run.shared.criteria;
    append_date(row, job->best->confirmed_response_date);
    bool done = append_reason(row, job, true);
    recist_row_string(row, recist_best_rule_id(criteria, false, job->best->rule));
    recist_row_string(row, recist_best_rule_id(criteria, true, job->best->confirmed_rule));
    append_date(row, job->timeline->start);
    size_t visits = 0;
    recist_best_points(job->resolver, &visits);
    recist_row_integer(row, (int64_t)visits);
    recist_row_integer(row, (int64_t)job->best->window);
    append_date(row, job->best->last_evaluated);
    return done;
}

static bool append_course(void *context, const struct recist_course_job *job)
{
    const struct best *best = context;
    const struct recist_criteria *criteria = best->run.shared.criteria;
    bool json = best->output.table.format == RECIST_FORMAT_JSON;
    struct recist_row row = recist_table_row(&best->output.table, job->output);
    if (is_adrs(best)) {
        recist_best_append_adrs(&row, criteria, job, best->has_study);
        return !job->output->failed;
    }
    recist_row_begin(&row);
    if (best->has_study) {
        recist_row_slice(&row, job->timeline->study);
    }
    recist_row_slice(&row, job->timeline->patient);
    recist_row_slice(&row, recist_course_number(job->timeline));
    recist_row_slice(&row, job->timeline->reader);
    recist_row_string(&row, recist_criteria_word(criteria, job->best->word));
    recist_row_string(&row, recist_criteria_word(criteria, job->best->confirmed_word));
    append_date(&row, job->best->response_date);
    append_date(&row, job->best->progression_date);
    append_change(&row, job);
    bool done = json ? append_reason(&row, job, false) && append_json_cells(best, &row, job)
                     : append_reasons(&row, job);
    recist_row_end(&row);
    return done && !job->output->failed;
}

static bool deliver(void *context, const struct recist_text *rows)
{
    struct best *best = context;
    recist_table_append(&best->output.table, rows);
    return !best->output.sink.problem && !best->output.table.failed;
}

/* There was no room to hold the output; now it can go out as it is made. */
static bool again(void *context)
{
    struct best *best = context;
    if (!recist_sink_overflowed(&best->output.sink)) {
        return false;
    }
    recist_sink_let_through(&best->output.sink);
    return true;
}

static enum recist_exit write_best(struct best *best)
{
    const struct recist_options *options = best->run.shared.options;
    const struct recist_course_task task = {
        .context = best,
        .begin = begin,
        .course = append_course,
        .deliver = deliver,
        .again = again,
    };
    enum recist_exit status = recist_table_output_open(
        &best->output, options, best->run.shared.criteria, recist_options_table_format(options),
        columns, ALL_COLUMNS);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    bool write = false;
    status = recist_course_run_go(&best->run, &task, &write);
    if (!write) {
        return status;
    }
    enum recist_exit written = recist_table_output_finish(&best->output);
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct best best = {.has_study = false};
    enum recist_exit status = recist_course_run_begin(&best.run, command, options, true);
    if (status == RECIST_EXIT_DONE) {
        status = write_best(&best);
    }
    recist_table_output_close(&best.output);
    recist_course_run_end(&best.run);
    return status;
}

const struct recist_command recist_command_best = {
    .name = "best",
    .arguments = "MEASUREMENTS...",
    .summary = "the best overall response of every treatment course",
    .help = "Reads measurement files, or assessed responses (a column `overall` and no column\n"
            "`lesion`, such as the output of `recist assess`), and writes one row for each patient,\n"
            "course and reader: the best response without and with confirmation, when it came,\n"
            "when the disease progressed, and why. FORMAT is table, csv, json, or adrs: the\n"
            "responses with ADaM's names.\n"
            "\n"
            "With --courses every course of that file has a row, also one without any data.\n"
            "\n"
            "When the input has errors, nothing is written, all errors are shown, and the exit\n"
            "status is 1. With --keep-going, patients with errors are left out and named.\n",
    .example = "  printf '%s\\n' patient,date,overall P1,2024-01-08,baseline P1,2024-03-04,SD \\\n"
               "    P1,2024-05-06,PR P1,2024-07-01,PR P1,2024-09-02,PD |\n"
               "    recist best -\n",
    .options = RECIST_OPTIONS_OF_MEASUREMENTS | RECIST_OPTION_BIT(COURSES),
    .own_format = RECIST_CHOICE_ADRS,
    .run = run,
};
