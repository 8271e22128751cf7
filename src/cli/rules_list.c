/* SPDX-License-Identifier: MIT
 * recist rules list: the criteria that are found by name. */
#include <stdlib.h>

#include "cli/command.h"
#include "cli/criteria_choice.h"
#include "cli/message.h"
#include "cli/table_output.h"

static const struct recist_table_column columns[] = {
    {"id", RECIST_CELL_TEXT},     {"title", RECIST_CELL_TEXT}, {"version", RECIST_CELL_TEXT},
    {"status", RECIST_CELL_TEXT}, {"path", RECIST_CELL_TEXT},
};

static void append_sound(struct recist_row *row, const struct recist_criteria *criteria)
{
    recist_row_string(row, recist_criteria_id(criteria));
    recist_row_string(row, recist_criteria_title(criteria));
    recist_row_string(row, recist_criteria_version(criteria));
    recist_row_string(row, recist_criteria_status(criteria));
    recist_row_string(row, recist_criteria_path(criteria));
}

static const struct recist_finding *first_error(const struct recist_findings *findings)
{
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        if (finding->kind->severity == RECIST_ERROR) {
            return finding;
        }
    }
    return NULL;
}

/* `not sound: 12:3: MESSAGE (and 2 more)` */
static void append_error(struct recist_text *text, const struct recist_finding *error, size_t more)
{
    recist_text_append_string(text, "not sound: ");
    if (error->place.line > 0) {
        recist_text_format(text, "%llu:%u: ", (unsigned long long)error->place.line,
                           error->place.column);
    }
    recist_text_append_slice(text, error->message);
    if (more > 0) {
        recist_text_format(text, " (and %zu more)", more);
    }
}

static void append_unsound(struct recist_row *row, const char *name,
                           struct recist_findings *findings)
{
    recist_findings_sort(findings);
    const struct recist_finding *error = first_error(findings);
    recist_row_string(row, name);
    recist_row_empty(row);
    recist_row_empty(row);
    recist_row_open_cell(row);
    if (error) {
        append_error(row->text, error, recist_findings_count_of(findings, RECIST_ERROR) - 1);
    }
    recist_row_close_cell(row);
    recist_row_string(row, error ? error->place.file : NULL);
}

/* Adds a row; a file that is not sound stands there with its first error. */
static enum recist_exit list_one(const struct recist_rules_path *path, const char *name,
                                 const struct recist_table *table, struct recist_text *text)
{
    struct recist_findings *findings = recist_findings_create();
    struct recist_criteria *criteria = NULL;
    struct recist_row row = recist_table_row(table, text);
    if (!findings) {
        return recist_message_no_memory();
    }
    bool sound = recist_criteria_load(name, recist_rules_path_directories(path), path->count, NULL,
                                      0, findings, &criteria) == RECIST_DONE;
    recist_row_begin(&row);
    if (sound) {
        append_sound(&row, criteria);
    } else {
        append_unsound(&row, name, findings);
        recist_message("%s is not sound; see `recist rules check %s`", name, name);
    }
    recist_row_end(&row);
    recist_criteria_destroy(criteria);
    recist_findings_destroy(findings);
    return sound ? RECIST_EXIT_DONE : RECIST_EXIT_INPUT_ERRORS;
}

static enum recist_exit list_all(const struct recist_rules_path *path, char *const *names,
                                 size_t count, const struct recist_table *table,
                                 struct recist_text *text)
{
    enum recist_exit status = RECIST_EXIT_DONE;
    for (size_t i = 0; i < count; i++) {
        enum recist_exit one = list_one(path, names[i], table, text);
        status = one > status ? one : status;
    }
    return status;
}

static enum recist_exit list(struct recist_table_output *output)
{
    struct recist_rules_path path;
    struct recist_text text;
    char **names = NULL;
    size_t count = 0;
    enum recist_exit status = RECIST_EXIT_FILE;
    recist_text_init(&text);
    if (!recist_rules_path_find(&path) ||
        !recist_criteria_names(recist_rules_path_directories(&path), path.count, &names, &count)) {
        status = recist_message_no_memory();
    } else {
        status = list_all(&path, names, count, &output->table, &text);
    }
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
    recist_rules_path_free(&path);
    if (status != RECIST_EXIT_FILE) {
        recist_table_begin(&output->table);
        recist_table_append(&output->table, &text);
        enum recist_exit written = recist_table_output_finish(output);
        status = written != RECIST_EXIT_DONE ? written : status;
    }
    recist_text_destroy(&text);
    return status;
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct recist_table_output output;
    if (options->argument_count > 0) {
        recist_message("%s takes no file; see `recist rules check`", command->name);
        return RECIST_EXIT_USAGE;
    }
    enum recist_exit status =
        recist_table_output_open(&output, options, NULL, recist_options_table_format(options),
                                 columns, sizeof columns / sizeof *columns);
    if (status == RECIST_EXIT_DONE) {
        status = list(&output);
    }
    recist_table_output_close(&output);
    return status;
}

const struct recist_command recist_command_rules_list = {
    .name = "rules list",
    .arguments = "",
    .summary = "the criteria that --rules knows by name",
    .help = "Looks in the directories of $RECIST_RULES_PATH (separated by colons), and then in\n"
            "the installed ones. FORMAT is table, csv or json.\n",
    .example = "  recist rules list\n",
    .options = RECIST_OPTION_BIT(FORMAT) | RECIST_OPTION_BIT(OUTPUT) |
               RECIST_OPTION_BIT(PROVENANCE) | RECIST_OPTION_BIT(HELP),
    .run = run,
};
