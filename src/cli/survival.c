/* SPDX-License-Identifier: MIT
 * recist survival: the time to an endpoint, by Kaplan and Meier. */
#include "cli/course_times.h"
#include "cli/message.h"
#include "cli/survival_table.h"
#include "output/adam.h"

struct survival {
    const struct recist_options *options;
    struct recist_survival_options asked;
    struct recist_endpoint_choice choice;
    struct recist_course_run run;
    struct recist_course_groups groups;
    struct recist_course_groups strata;
    struct recist_course_conditions conditions;
    struct recist_course_times times;
};

/* Whether the files that were given can answer at all. */
static enum recist_exit check_files(const struct survival *survival)
{
    const struct recist_endpoint *endpoint = survival->choice.endpoint;
    const char *set = recist_endpoints_id(survival->choice.set);
    bool files = survival->options->argument_count > 0;
    bool courses = RECIST_OPTION_VALUE(survival->options, COURSES) != NULL;
    if (!files && !courses) {
        recist_message("no file to read: measurements or assessed responses, --courses FILE, or "
                       "both");
        return RECIST_EXIT_USAGE;
    }
    if (!files && recist_endpoint_needs_responses(endpoint)) {
        recist_message("%s of %s needs measurements or assessed responses beside the courses file",
                       endpoint->name, set);
        return RECIST_EXIT_USAGE;
    }
    if (!courses && endpoint->event_count == 1 && endpoint->events[0].source == RECIST_EVENT_DEATH) {
        recist_message("%s needs --courses FILE, where the deaths stand", endpoint->name);
        return RECIST_EXIT_USAGE;
    }
    for (size_t i = 0; i < endpoint->event_count && !files && !survival->options->quiet; i++) {
        if (endpoint->events[i].source == RECIST_EVENT_PROGRESSION) {
            recist_message("note: without measurements or assessed responses, %s counts only the "
                           "progressions of the courses file",
                           endpoint->name);
        }
    }
    return RECIST_EXIT_DONE;
}

/* What was left out must not go unsaid. */
static void say_left_out(const struct survival *survival)
{
    size_t counts[4] = {0};
    for (size_t i = 0; i < survival->times.count; i++) {
        counts[survival->times.list[i].verdict]++;
    }
    size_t no_start = counts[RECIST_ENDPOINT_NO_START];
    size_t before = counts[RECIST_ENDPOINT_BEFORE_START];
    if (no_start > 0) {
        recist_message("%zu course%s without a start %s left out", no_start,
                       no_start == 1 ? "" : "s", no_start == 1 ? "is" : "are");
    }
    if (before > 0) {
        recist_message("%zu course%s whose last contact lies before the start %s left out", before,
                       before == 1 ? "" : "s", before == 1 ? "is" : "are");
    }
}

static enum recist_exit write_table(struct recist_table_output *output, struct recist_text *rows,
                                    const struct recist_text *after)
{
    if (rows->failed || after->failed) {
        return recist_message_no_memory();
    }
    output->table.after = after->length > 0 ? after : NULL;
    recist_table_begin(&output->table);
    recist_table_append(&output->table, rows);
    return recist_table_output_finish(output);
}

/* Which definitions were used; part of every JSON document. */
static void append_definition(const struct survival *survival, struct recist_text *text)
{
    recist_text_format(text, "\"endpoint_definitions\": \"%s\", \"unit\": \"%s\"",
                       recist_endpoints_id(survival->choice.set), survival->asked.unit);
}

static bool append_comparison(const struct survival *survival,
                              const struct recist_survival_table *table,
                              enum recist_format format, struct recist_text *after)
{
    if (format == RECIST_FORMAT_JSON) {
        append_definition(survival, after);
    } else if (survival->options->quiet) {
        return true;
    }
    if (survival->asked.curve || survival->asked.follow_up) {
        return true;
    }
    size_t start = after->length;
    recist_text_append_string(after, format == RECIST_FORMAT_JSON ? ",\n  " : "");
    size_t written = after->length;
    bool done = recist_survival_table_compare(table, format, after);
    if (after->length == written) {
        after->length = start;
    }
    return done;
}

static enum recist_exit write_summary(struct survival *survival,
                                      struct recist_survival_table *table,
                                      struct recist_text *rows, struct recist_text *after)
{
    struct recist_table_output output;
    enum recist_format format = recist_options_table_format(survival->options);
    struct recist_column_list columns = {.arena = &table->arena, .format = format};
    recist_survival_table_columns(table, &columns);
    if (columns.failed || !append_comparison(survival, table, format, after)) {
        return recist_message_no_memory();
    }
    enum recist_exit status =
        recist_table_output_open(&output, survival->options, survival->run.shared.criteria, format,
                                 columns.columns, columns.count);
    if (status == RECIST_EXIT_DONE) {
        struct recist_row row = recist_table_row(&output.table, rows);
        recist_survival_table_rows(table, &row);
        status = write_table(&output, rows, after);
    }
    recist_table_output_close(&output);
    return status;
}

static enum recist_exit summarize(struct survival *survival)
{
    struct recist_text rows;
    struct recist_text after;
    struct recist_survival_table table = {
        .options = &survival->asked,
        .times = &survival->times,
        .groups = &survival->groups,
        .strata = &survival->strata,
        .endpoint = survival->asked.follow_up ? "follow-up" : survival->choice.endpoint->name,
    };
    recist_text_init(&rows);
    recist_text_init(&after);
    enum recist_exit status = recist_survival_table_make(&table)
                                  ? write_summary(survival, &table, &rows, &after)
                                  : recist_message_no_memory();
    recist_survival_table_destroy(&table);
    recist_text_destroy(&rows);
    recist_text_destroy(&after);
    return status;
}

static void append_adtte(struct survival *survival, const struct recist_course_time *course,
                         bool has_study, struct recist_row *row)
{
    struct recist_course_groups *groups = &survival->groups;
    const struct recist_adtte record = {
        .study = course->study,
        .patient = course->patient,
        .course = course->number,
        .endpoint = survival->choice.endpoint->name,
        .title = survival->choice.endpoint->title,
        .start = course->time.start,
        .date = course->time.date,
        .days = course->time.days,
        .event = course->time.event,
        .description = course->time.description,
        .date_description = course->time.date_description,
    };
    size_t group = recist_course_groups_of(groups, course->facts);
    recist_row_begin(row);
    recist_adtte_append(row, &record, has_study);
    for (size_t i = 0; i < groups->column_count; i++) {
        recist_row_slice(row, group == SIZE_MAX ? (struct recist_slice){"", 0}
                                                : recist_course_groups_value(groups, group, i));
    }
    recist_row_end(row);
}

static bool any_study(const struct recist_course_times *times)
{
    for (size_t i = 0; i < times->count; i++) {
        if (times->list[i].study.length > 0) {
            return true;
        }
    }
    return false;
}

static enum recist_exit write_adtte(struct survival *survival, struct recist_arena *arena,
                                    struct recist_text *rows)
{
    struct recist_table_output output;
    struct recist_text nothing;
    struct recist_column_list columns = {.arena = arena, .format = RECIST_FORMAT_CSV};
    bool has_study = any_study(&survival->times);
    recist_text_init(&nothing);
    for (size_t i = has_study ? 0 : 1; i < recist_adtte_column_count; i++) {
        recist_column_list_add_string(&columns, recist_adtte_columns[i].kind,
                                      recist_adtte_columns[i].name);
    }
    size_t by = columns.count;
    for (size_t i = 0; i < survival->groups.column_count; i++) {
        recist_column_list_add_string(&columns, RECIST_CELL_TEXT, survival->groups.names[i]);
    }
    recist_column_list_make_unique(&columns, by, columns.count);
    if (columns.failed) {
        return recist_message_no_memory();
    }
    enum recist_exit status = recist_table_output_open(
        &output, survival->options, survival->run.shared.criteria, RECIST_FORMAT_CSV,
        columns.columns, columns.count);
    struct recist_row row = recist_table_row(&output.table, rows);
    for (size_t i = 0; status == RECIST_EXIT_DONE && i < survival->times.count; i++) {
        if (survival->times.list[i].verdict == RECIST_ENDPOINT_APPLIES) {
            append_adtte(survival, &survival->times.list[i], has_study, &row);
        }
    }
    status = status ? status : write_table(&output, rows, &nothing);
    recist_table_output_close(&output);
    return status;
}

static enum recist_exit list_times(struct survival *survival)
{
    struct recist_arena arena;
    struct recist_text rows;
    recist_arena_init(&arena, 0);
    recist_text_init(&rows);
    enum recist_exit status = write_adtte(survival, &arena, &rows);
    recist_text_destroy(&rows);
    recist_arena_destroy(&arena);
    return status;
}

static enum recist_exit answer(struct survival *survival)
{
    bool write = false;
    enum recist_exit status = recist_course_times_gather(
        &survival->times, &survival->run, &survival->choice, &survival->conditions,
        survival->groups.group_of, survival->asked.per_patient, &write);
    if (!write) {
        return status;
    }
    say_left_out(survival);
    enum recist_exit written = survival->options->format == RECIST_CHOICE_ADTTE
                                   ? list_times(survival)
                                   : summarize(survival);
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_exit prepare_and_answer(const struct recist_command *command,
                                           struct survival *survival)
{
    const struct recist_options *options = survival->options;
    enum recist_exit status = recist_course_run_begin(&survival->run, command, options, true);
    if (status == RECIST_EXIT_DONE) {
        status = recist_course_groups_make(&survival->groups, survival->run.courses,
                                           RECIST_OPTION_VALUE(options, BY));
    }
    if (status == RECIST_EXIT_DONE) {
        status = recist_course_groups_make(&survival->strata, survival->run.courses,
                                           RECIST_OPTION_VALUE(options, STRATA));
    }
    if (status == RECIST_EXIT_DONE) {
        status = recist_course_conditions_make(&survival->conditions, survival->run.courses,
                                               options);
    }
    status = status == RECIST_EXIT_DONE ? answer(survival) : status;
    recist_course_times_destroy(&survival->times);
    recist_course_conditions_destroy(&survival->conditions);
    recist_course_groups_destroy(&survival->strata);
    recist_course_groups_destroy(&survival->groups);
    recist_course_run_end(&survival->run);
    return status;
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct survival survival = {.options = options};
    enum recist_exit status = recist_survival_options_read(&survival.asked, options);
    if (status == RECIST_EXIT_DONE) {
        /* How long the courses were followed is asked of deaths, unless another end is named. */
        status = recist_endpoint_choose(&survival.choice, options,
                                        survival.asked.follow_up ? "os" : NULL);
    }
    status = status == RECIST_EXIT_DONE ? check_files(&survival) : status;
    if (status == RECIST_EXIT_DONE) {
        status = prepare_and_answer(command, &survival);
    }
    recist_endpoint_choice_destroy(&survival.choice);
    return status;
}

const struct recist_command recist_command_survival = {
    .name = "survival",
    .arguments = "[FILE...]",
    .summary = "times to an endpoint: median, quartiles, rates, log-rank test",
    .help = "Reads measurements or assessed responses, and a courses file; for os the courses file\n"
            "is enough. Times are counted from the first to the last day, both included, as the\n"
            "definitions of --endpoints say (docs/survival.md). A row for each group: Kaplan and\n"
            "Meier's median and quartiles, and the rates at the times of --at with their intervals\n"
            "(METHOD is log, log-log or plain); the log-rank test below two groups or more.\n"
            "FORMAT is table, csv, json, or adtte: the times themselves, with ADaM's names.\n",
    .example = "  recist survival lesions.csv --courses courses.csv --endpoint pfs --by group\n",
    .options = RECIST_OPTIONS_OF_MEASUREMENTS | RECIST_OPTION_BIT(COURSES) |
               RECIST_OPTION_BIT(BY) | RECIST_OPTION_BIT(WHERE) | RECIST_OPTION_BIT(READER) |
               RECIST_OPTION_BIT(INTERVAL) | RECIST_OPTION_BIT(LEVEL) |
               RECIST_OPTION_BIT(ENDPOINT) | RECIST_OPTION_BIT(ENDPOINTS) |
               RECIST_OPTION_BIT(SCHEDULE_DAYS) | RECIST_OPTION_BIT(WINDOW_DAYS) |
               RECIST_OPTION_BIT(AT) | RECIST_OPTION_BIT(UNIT) | RECIST_OPTION_BIT(STRATA) |
               RECIST_OPTION_BIT(CURVE) | RECIST_OPTION_BIT(FOLLOW_UP) |
               RECIST_OPTION_BIT(AT_RISK) | RECIST_OPTION_BIT(PER),
    .own_format = RECIST_CHOICE_ADTTE,
    .run = run,
};
