/* SPDX-License-Identifier: MIT
 * recist rules check: whether criteria files are sound. */
#include "cli/command.h"
#include "cli/criteria_choice.h"
#include "cli/finding_table.h"
#include "cli/message.h"
#include "cli/table_output.h"

struct check {
    const struct recist_options *options;
    struct recist_table_output output;
    struct recist_rules_path path;
    struct recist_text text;
    bool as_text;
};

static void append_findings(struct check *check, struct recist_findings *findings)
{
    recist_findings_sort(findings);
    size_t count = recist_findings_count(findings);
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        if (check->as_text) {
            recist_finding_append_line(&check->text, finding);
        } else {
            recist_finding_append_row(&check->output.table, &check->text, finding);
        }
    }
}

static void append_verdict(struct check *check, const char *file,
                           const struct recist_criteria *criteria,
                           const struct recist_findings *findings)
{
    size_t errors = recist_findings_count_of(findings, RECIST_ERROR);
    if (!check->as_text) {
        return;
    }
    if (criteria) {
        recist_text_format(&check->text, "%s: sound; every combination of responses is decided\n",
                           file);
    } else {
        recist_text_format(&check->text, "%s: not sound, %zu error%s\n", file, errors,
                           errors == 1 ? "" : "s");
    }
}

static bool is_unknown_name(const struct recist_findings *findings)
{
    return recist_findings_count(findings) > 0 &&
           strcmp(recist_findings_at(findings, 0)->kind->code, "rules-not-found") == 0;
}

static enum recist_exit status_of(enum recist_outcome outcome,
                                  const struct recist_findings *findings)
{
    if (outcome == RECIST_DONE) {
        return RECIST_EXIT_DONE;
    }
    if (outcome == RECIST_NO_MEMORY) {
        return recist_message_no_memory();
    }
    if (is_unknown_name(findings)) {
        return RECIST_EXIT_USAGE;
    }
    return outcome == RECIST_UNREADABLE ? RECIST_EXIT_FILE : RECIST_EXIT_INPUT_ERRORS;
}

static enum recist_exit check_file(struct check *check, const char *file)
{
    const struct recist_options *options = check->options;
    struct recist_findings *findings = recist_findings_create();
    struct recist_criteria *criteria = NULL;
    if (!findings) {
        return recist_message_no_memory();
    }
    enum recist_outcome outcome = recist_criteria_load(
        file, recist_rules_path_directories(&check->path), check->path.count, options->settings,
        options->setting_count, findings, &criteria);
    append_findings(check, findings);
    append_verdict(check, file, criteria, findings);
    enum recist_exit status = status_of(outcome, findings);
    recist_criteria_destroy(criteria);
    recist_findings_destroy(findings);
    return status;
}

static enum recist_exit write_text(struct check *check)
{
    if (check->text.failed) {
        return recist_message_no_memory();
    }
    if (check->as_text) {
        recist_sink_write(&check->output.sink, check->text.bytes, check->text.length);
        return recist_sink_finish_with_message(&check->output.sink);
    }
    recist_table_begin(&check->output.table);
    recist_table_append(&check->output.table, &check->text);
    return recist_table_output_finish(&check->output);
}

static enum recist_exit check_all(struct check *check)
{
    enum recist_exit status = RECIST_EXIT_DONE;
    for (size_t i = 0; i < check->options->argument_count; i++) {
        enum recist_exit one = check_file(check, check->options->arguments[i]);
        status = one > status ? one : status;
    }
    enum recist_exit written = write_text(check);
    return written != RECIST_EXIT_DONE ? written : status;
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct check check = {.options = options};
    if (options->argument_count == 0) {
        recist_message("%s needs a criteria file; see `recist rules check --help`", command->name);
        return RECIST_EXIT_USAGE;
    }
    check.as_text = recist_options_text_format(options) == RECIST_CHOICE_TEXT;
    enum recist_exit status = recist_table_output_open(
        &check.output, options, NULL, recist_options_table_format(options),
        recist_finding_columns, RECIST_FINDING_COLUMNS);
    if (status == RECIST_EXIT_DONE) {
        status = recist_rules_path_find(&check.path) ? check_all(&check)
                                                     : recist_message_no_memory();
    }
    recist_text_destroy(&check.text);
    recist_rules_path_free(&check.path);
    recist_table_output_close(&check.output);
    return status;
}

const struct recist_command recist_command_rules_check = {
    .name = "rules check",
    .arguments = "FILE|NAME...",
    .summary = "proof that criteria files are complete and without contradiction",
    .help = "Says everything that is wrong with criteria files, each with file, line and column:\n"
            "keys, units, patterns, and the decision table, of which every combination must be\n"
            "decided by exactly one row. FORMAT is text (the default), or table, csv or json\n"
            "with one row for each finding.\n",
    .example = "  recist rules check recist-1.1\n",
    .options = RECIST_OPTION_BIT(SET) | RECIST_OPTION_BIT(FORMAT) | RECIST_OPTION_BIT(OUTPUT) |
               RECIST_OPTION_BIT(PROVENANCE) | RECIST_OPTION_BIT(HELP),
    .run = run,
};
