/* SPDX-License-Identifier: MIT
 * recist describe: the characteristics table, from the courses file. */
#include <stdlib.h>

#include "cli/characteristics.h"
#include "cli/column_list.h"
#include "cli/command.h"
#include "cli/finding_log.h"
#include "cli/message.h"
#include "cli/survival_options.h"
#include "cli/table_output.h"

struct description {
    const struct recist_options *options;
    struct recist_courses *courses;
    struct recist_course_groups groups;
    struct recist_course_conditions conditions;
    struct recist_characteristics characteristics;
    size_t *shown; /* groups with somebody in them, and everybody as the last */
    size_t shown_count;
};

static enum recist_exit read_quartiles(const struct recist_options *options,
                                       enum recist_quantile_type *type)
{
    const char *written = RECIST_OPTION_VALUE(options, QUARTILES);
    *type = RECIST_QUANTILE_R;
    if (!written) {
        return RECIST_EXIT_DONE;
    }
    if (strcmp(written, "sas") == 0) {
        *type = RECIST_QUANTILE_SAS;
        return RECIST_EXIT_DONE;
    }
    if (strlen(written) != 1 || *written < '1' || *written > '9') {
        recist_message("--quartiles is a type from 1 to 9 as R counts them, or sas, not \"%s\"",
                       written);
        return RECIST_EXIT_USAGE;
    }
    *type = (enum recist_quantile_type)(*written - '0');
    return RECIST_EXIT_DONE;
}

static enum recist_exit open_courses(struct description *description)
{
    const struct recist_options *options = description->options;
    const char *path = RECIST_OPTION_VALUE(options, COURSES);
    struct recist_finding_log log;
    struct recist_findings *findings = recist_findings_create();
    if (!findings || !recist_finding_log_init(&log)) {
        recist_findings_destroy(findings);
        return recist_message_no_memory();
    }
    enum recist_outcome outcome = recist_courses_open(path, findings, &description->courses);
    recist_finding_log_add_all(&log, findings);
    recist_finding_log_print(&log, NULL, options->quiet);
    bool errors = recist_findings_count_of(findings, RECIST_ERROR) > 0;
    recist_finding_log_destroy(&log);
    recist_findings_destroy(findings);
    if (outcome == RECIST_DONE && !errors) {
        return RECIST_EXIT_DONE;
    }
    if (outcome == RECIST_NO_MEMORY) {
        return recist_message_no_memory();
    }
    return outcome == RECIST_UNREADABLE ? RECIST_EXIT_FILE : RECIST_EXIT_INPUT_ERRORS;
}

static enum recist_exit find_shown(struct description *description)
{
    size_t groups = description->groups.column_count > 0 ? description->groups.group_count : 0;
    description->shown = calloc(groups + 1, sizeof *description->shown);
    if (!description->shown) {
        return recist_message_no_memory();
    }
    for (size_t i = 0; i < groups; i++) {
        if (recist_characteristics_size(&description->characteristics, i) > 0) {
            description->shown[description->shown_count++] = i;
        }
    }
    description->shown[description->shown_count++] = RECIST_EVERYBODY;
    return RECIST_EXIT_DONE;
}

/* The values of a group, joined: "anthracycline, advanced". */
static void add_group_column(const struct description *description, size_t group,
                             struct recist_column_list *columns)
{
    struct recist_text name;
    recist_text_init(&name);
    for (size_t i = 0; i < description->groups.column_count && group != RECIST_EVERYBODY; i++) {
        recist_text_append_string(&name, i > 0 ? ", " : "");
        recist_text_append_slice(&name, recist_course_groups_value(&description->groups, group, i));
    }
    if (group == RECIST_EVERYBODY) {
        recist_text_append_string(&name, RECIST_GROUP_ALL);
    }
    recist_column_list_add(columns, RECIST_CELL_NUMBER,
                           (struct recist_slice){name.bytes, name.length});
    columns->failed = columns->failed || name.failed;
    recist_text_destroy(&name);
}

static void add_columns(const struct description *description, struct recist_column_list *columns)
{
    recist_column_list_add_string(columns, RECIST_CELL_TEXT, "variable");
    recist_column_list_add_string(columns, RECIST_CELL_TEXT, "level");
    recist_column_list_add_string(columns, RECIST_CELL_TEXT, "statistic");
    for (size_t i = 0; i < description->shown_count; i++) {
        add_group_column(description, description->shown[i], columns);
    }
    /* The column of all keeps its name, whatever groups are called. */
    recist_column_list_make_unique(columns, columns->count - description->shown_count,
                                   columns->count - 1);
}

static enum recist_exit write(struct description *description)
{
    struct recist_table_output output;
    struct recist_text rows;
    enum recist_format format = recist_options_table_format(description->options);
    struct recist_column_list columns = {.arena = &description->characteristics.arena,
                                         .format = format};
    add_columns(description, &columns);
    if (columns.failed) {
        return recist_message_no_memory();
    }
    recist_text_init(&rows);
    enum recist_exit status = recist_table_output_open(&output, description->options, NULL, format,
                                                       columns.columns, columns.count);
    if (status == RECIST_EXIT_DONE) {
        struct recist_row row = recist_table_row(&output.table, &rows);
        recist_characteristics_append(&description->characteristics, description->shown,
                                      description->shown_count, &row);
        recist_table_begin(&output.table);
        recist_table_append(&output.table, &rows);
        status = recist_table_output_finish(&output);
    }
    recist_table_output_close(&output);
    recist_text_destroy(&rows);
    return status;
}

static enum recist_exit describe(struct description *description)
{
    const struct recist_options *options = description->options;
    struct recist_characteristics *characteristics = &description->characteristics;
    enum recist_exit status = recist_course_groups_make(
        &description->groups, description->courses, RECIST_OPTION_VALUE(options, BY));
    if (status == RECIST_EXIT_DONE) {
        status = recist_course_conditions_make(&description->conditions, description->courses,
                                               options);
    }
    characteristics->courses = description->courses;
    characteristics->groups = &description->groups;
    characteristics->conditions = &description->conditions;
    if (status == RECIST_EXIT_DONE) {
        status =
            recist_characteristics_choose(characteristics, RECIST_OPTION_VALUE(options, COLUMNS));
    }
    status = status == RECIST_EXIT_DONE ? find_shown(description) : status;
    return status == RECIST_EXIT_DONE ? write(description) : status;
}

static enum recist_exit check_usage(const struct recist_command *command,
                                    struct description *description)
{
    const struct recist_options *options = description->options;
    struct recist_characteristics *characteristics = &description->characteristics;
    if (options->argument_count > 0) {
        recist_message("%s reads the courses file only: --courses %s", command->name,
                       options->arguments[0]);
        return RECIST_EXIT_USAGE;
    }
    if (!RECIST_OPTION_VALUE(options, COURSES)) {
        recist_message("%s needs --courses FILE", command->name);
        return RECIST_EXIT_USAGE;
    }
    enum recist_exit status = read_quartiles(options, &characteristics->quartiles);
    return status ? status : recist_per_patient_read(options, &characteristics->per_patient);
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct description description = {.options = options};
    enum recist_exit status = check_usage(command, &description);
    status = status == RECIST_EXIT_DONE ? open_courses(&description) : status;
    status = status == RECIST_EXIT_DONE ? describe(&description) : status;
    free(description.shown);
    recist_characteristics_destroy(&description.characteristics);
    recist_course_conditions_destroy(&description.conditions);
    recist_course_groups_destroy(&description.groups);
    recist_courses_close(description.courses);
    return status;
}

const struct recist_command recist_command_describe = {
    .name = "describe",
    .arguments = "",
    .summary = "the characteristics table of a courses file",
    .help = "Reads the courses file: of each column how many have which value, or, where all values\n"
            "are numbers, median, quartiles, range, mean and standard deviation; a column for each\n"
            "group, and one for all. Columns that identify or date are left out unless --columns\n"
            "names them; NAME:category counts numbers as they stand. FORMAT is table, csv or json.\n",
    .example = "  recist describe --courses courses.csv --by group --columns age,sex,stage\n",
    .options = RECIST_OPTION_BIT(COURSES) | RECIST_OPTION_BIT(BY) | RECIST_OPTION_BIT(WHERE) |
               RECIST_OPTION_BIT(COLUMNS) | RECIST_OPTION_BIT(QUARTILES) | RECIST_OPTION_BIT(PER) |
               RECIST_OPTION_BIT(FORMAT) | RECIST_OPTION_BIT(OUTPUT) |
               RECIST_OPTION_BIT(PROVENANCE) | RECIST_OPTION_BIT(QUIET) | RECIST_OPTION_BIT(HELP),
    .run = run,
};
