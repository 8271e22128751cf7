/* SPDX-License-Identifier: MIT
 * recist summarize: response counts and rates of groups of courses. */
#include "cli/message.h"
#include "cli/summary_comparison.h"
#include "cli/summary_rows.h"

struct summary {
    struct recist_course_run run;
    struct recist_summary_options options;
    struct recist_course_conditions conditions;
    struct recist_course_groups groups;
    struct recist_comparison comparison;
    struct recist_endpoint_choice to_response;
    struct recist_endpoint_choice of_response;
    struct recist_response_outcomes outcomes;
    struct recist_response_tallies tallies;
    struct recist_summary_columns columns;
    struct recist_text after;
};

static enum recist_exit choose_endpoints(struct summary *summary)
{
    const struct recist_options *options = summary->run.shared.options;
    if (!summary->options.durations) {
        return RECIST_EXIT_DONE;
    }
    enum recist_exit status = recist_endpoint_choose(&summary->to_response, options, "ttr");
    return status == RECIST_EXIT_DONE
               ? recist_endpoint_choose(&summary->of_response, options, "dor")
               : status;
}

static enum recist_exit prepare(struct summary *summary)
{
    const struct recist_options *options = summary->run.shared.options;
    const struct recist_courses *courses = summary->run.courses;
    enum recist_exit status =
        recist_course_groups_make(&summary->groups, courses, RECIST_OPTION_VALUE(options, BY));
    if (status == RECIST_EXIT_DONE) {
        status = recist_course_conditions_make(&summary->conditions, courses, options);
    }
    if (status == RECIST_EXIT_DONE && summary->options.compare) {
        status = recist_comparison_read(&summary->comparison, &summary->groups,
                                        summary->options.compare);
    }
    return status == RECIST_EXIT_DONE ? choose_endpoints(summary) : status;
}

static bool append_rows(struct summary *summary, struct recist_table *table)
{
    const struct recist_response_tallies *tallies = &summary->tallies;
    struct recist_text rows;
    recist_text_init(&rows);
    bool done = true;
    for (size_t block = 0; block < tallies->block_count; block++) {
        for (size_t number = 0; done && number < tallies->row_count; number++) {
            struct recist_row row = recist_table_row(table, &rows);
            done = recist_summary_row_append(&summary->columns, tallies, block, number, &row);
        }
    }
    recist_table_append(table, &rows);
    recist_text_destroy(&rows);
    return done;
}

static enum recist_exit write_table(struct summary *summary, struct recist_table_output *output)
{
    recist_table_begin(&output->table);
    if (!append_rows(summary, &output->table)) {
        return recist_message_no_memory();
    }
    if (summary->options.compare) {
        if (!summary->run.shared.options->quiet) {
            recist_comparison_warn(&summary->comparison, &summary->tallies);
        }
        recist_comparison_append(&summary->comparison, &summary->tallies, output->table.format,
                                 &summary->after);
        output->table.failed |= summary->after.failed;
        output->table.after = &summary->after;
    }
    return recist_table_output_finish(output);
}

static enum recist_exit write_summary(struct summary *summary)
{
    const struct recist_options *options = summary->run.shared.options;
    const struct recist_criteria *criteria = summary->run.shared.criteria;
    enum recist_format format = recist_options_table_format(options);
    if (!recist_response_tallies_make(&summary->tallies, &summary->outcomes, &summary->groups) ||
        !recist_summary_columns_make(&summary->columns, criteria, format, &summary->tallies)) {
        return recist_message_no_memory();
    }
    struct recist_table_output output;
    enum recist_exit status = recist_table_output_open(
        &output, options, criteria, format, summary->columns.list.columns,
        summary->columns.list.count);
    if (status == RECIST_EXIT_DONE) {
        status = write_table(summary, &output);
    }
    recist_table_output_close(&output);
    return status;
}

static enum recist_exit gather(struct summary *summary, bool *write)
{
    summary->outcomes = (struct recist_response_outcomes){
        .run = &summary->run,
        .options = &summary->options,
        .conditions = &summary->conditions,
        .to_response = &summary->to_response,
        .of_response = &summary->of_response,
    };
    enum recist_exit status = recist_response_outcomes_gather(&summary->outcomes, write);
    if (*write && summary->options.reader && summary->outcomes.reader_count == 0) {
        recist_message("there is no reader \"%s\"", summary->options.reader);
        *write = false;
        return RECIST_EXIT_USAGE;
    }
    return status;
}

static enum recist_exit summarize(struct summary *summary)
{
    bool write = false;
    enum recist_exit status = prepare(summary);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    status = gather(summary, &write);
    if (!write) {
        return status;
    }
    enum recist_exit written = write_summary(summary);
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct summary summary = {.after = {.length = 0}};
    enum recist_exit status = recist_summary_options_read(&summary.options, options);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    status = recist_course_run_begin(&summary.run, command, options, true);
    if (status == RECIST_EXIT_DONE) {
        status = summarize(&summary);
    }
    recist_summary_columns_destroy(&summary.columns);
    recist_response_tallies_destroy(&summary.tallies);
    recist_response_outcomes_destroy(&summary.outcomes);
    recist_endpoint_choice_destroy(&summary.to_response);
    recist_endpoint_choice_destroy(&summary.of_response);
    recist_course_conditions_destroy(&summary.conditions);
    recist_course_groups_destroy(&summary.groups);
    recist_text_destroy(&summary.after);
    recist_course_run_end(&summary.run);
    return status;
}

const struct recist_command recist_command_summarize = {
    .name = "summarize",
    .arguments = "MEASUREMENTS...",
    .summary = "response counts and rates of groups of courses",
    .help = "Reads measurement files or assessed responses as `recist best` does, and writes one\n"
            "row for each group, and one for all courses: how many courses had which best\n"
            "response, the objective response rate (orr), the disease control rate (dcr), and\n"
            "their intervals. Groups are made by columns of the courses file. FORMAT is table,\n"
            "csv or json.\n"
            "\n"
            "METHOD is clopper-pearson (the default), wilson, agresti-coull or jeffreys.\n"
            "Rates are of the courses that the courses file does not call not evaluable; with\n"
            "--denominator all, of all courses.\n",
    .example = "  recist summarize fixtures/imt-2020/lesions.csv \\\n"
               "    --courses fixtures/imt-2020/courses.csv --by group\n",
    .options = RECIST_OPTIONS_OF_MEASUREMENTS | RECIST_OPTION_BIT(COURSES) |
               RECIST_OPTION_BIT(BY) | RECIST_OPTION_BIT(WHERE) | RECIST_OPTION_BIT(RESPONSE) |
               RECIST_OPTION_BIT(DENOMINATOR) | RECIST_OPTION_BIT(BENEFIT_WEEKS) |
               RECIST_OPTION_BIT(COMPARE) | RECIST_OPTION_BIT(DURATIONS) |
               RECIST_OPTION_BIT(ENDPOINTS) | RECIST_OPTION_BIT(SCHEDULE_DAYS) |
               RECIST_OPTION_BIT(WINDOW_DAYS) | RECIST_OPTION_BIT(INTERVAL) |
               RECIST_OPTION_BIT(LEVEL) | RECIST_OPTION_BIT(READER),
    .run = run,
};
