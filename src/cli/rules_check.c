/* SPDX-License-Identifier: MIT
 * recist rules check: whether criteria files are sound. */
#include <stdlib.h>

#include "cli/command.h"
#include "cli/criteria_choice.h"
#include "cli/finding_table.h"
#include "cli/message.h"
#include "cli/rules_proof.h"
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
                           const struct recist_criteria *criteria, size_t other_settings,
                           const struct recist_findings *findings)
{
    size_t errors = recist_findings_count_of(findings, RECIST_ERROR);
    if (!check->as_text) {
        return;
    }
    if (errors > 0) {
        recist_text_format(&check->text, "%s: not sound, %zu error%s\n", file, errors,
                           errors == 1 ? "" : "s");
        return;
    }
    recist_text_format(&check->text, "%s: sound", file);
    if (!recist_criteria_are_confirmed(criteria)) {
        recist_text_format(&check->text, ", %s", recist_criteria_status(criteria));
    }
    recist_text_append_string(&check->text, "; ");
    recist_proof_append_numbers(&check->text, criteria, other_settings);
    if (check->options->explain) {
        recist_proof_append_combinations(&check->text, criteria);
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
    if (outcome == RECIST_NO_MEMORY) {
        return recist_message_no_memory();
    }
    if (is_unknown_name(findings)) {
        return RECIST_EXIT_USAGE;
    }
    if (outcome == RECIST_UNREADABLE) {
        return RECIST_EXIT_FILE;
    }
    return recist_findings_count_of(findings, RECIST_ERROR) > 0 ? RECIST_EXIT_INPUT_ERRORS
                                                                : RECIST_EXIT_DONE;
}

static enum recist_outcome load(const struct check *check, const char *file,
                                const struct recist_setting *settings, size_t setting_count,
                                struct recist_findings *findings, struct recist_criteria **criteria)
{
    return recist_criteria_load(file, recist_rules_path_directories(&check->path),
                                check->path.count, settings, setting_count, findings, criteria);
}

static bool same_slice(struct recist_slice one, struct recist_slice beginning_of)
{
    return beginning_of.length >= one.length &&
           memcmp(one.text, beginning_of.text, one.length) == 0;
}

static bool is_reported(const struct recist_findings *findings,
                        const struct recist_finding *finding)
{
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        const struct recist_finding *other = recist_findings_at(findings, i);
        if (other->kind == finding->kind && other->place.line == finding->place.line &&
            other->place.column == finding->place.column &&
            same_slice(finding->message, other->message)) {
            return true;
        }
    }
    return false;
}

/* Errors that only a setting brings out, each with the first setting that does. */
static void add_errors_of_setting(struct recist_findings *findings,
                                  const struct recist_setting *setting,
                                  const struct recist_findings *of_setting)
{
    for (size_t i = 0; i < recist_findings_count(of_setting); i++) {
        const struct recist_finding *finding = recist_findings_at(of_setting, i);
        if (finding->kind->severity == RECIST_ERROR && !is_reported(findings, finding)) {
            recist_findings_report(findings, finding->kind, finding->place,
                                   (struct recist_subject){0}, "%.*s (with --set %s=%s)",
                                   (int)finding->message.length, finding->message.text,
                                   setting->name, setting->value);
        }
    }
}

/* The file once more with one convention set to another choice. */
static enum recist_outcome check_setting(const struct check *check, const char *file,
                                         const struct recist_setting *setting,
                                         struct recist_findings *findings)
{
    size_t given = check->options->setting_count;
    struct recist_setting *settings = calloc(given + 1, sizeof *settings);
    struct recist_findings *of_setting = recist_findings_create();
    struct recist_criteria *criteria = NULL;
    enum recist_outcome outcome = RECIST_NO_MEMORY;
    if (settings && of_setting) {
        for (size_t i = 0; i < given; i++) {
            settings[i] = check->options->settings[i];
        }
        settings[given] = *setting;
        outcome = load(check, file, settings, given + 1, of_setting, &criteria);
        add_errors_of_setting(findings, setting, of_setting);
    }
    recist_criteria_destroy(criteria);
    recist_findings_destroy(of_setting);
    free(settings);
    return outcome;
}

/* What conventions switch off could hide an error until somebody switches it on: so every other
 * choice of every convention is tried. */
static enum recist_outcome check_settings(const struct check *check, const char *file,
                                          const struct recist_criteria *criteria,
                                          struct recist_findings *findings, size_t *tried)
{
    for (size_t i = 0; i < recist_criteria_convention_count(criteria); i++) {
        for (size_t k = 0; k < recist_criteria_choice_count(criteria, i); k++) {
            struct recist_setting setting = {recist_criteria_convention_name(criteria, i),
                                             recist_criteria_choice(criteria, i, k)};
            if (strcmp(setting.value, recist_criteria_convention_value(criteria, i)) == 0) {
                continue;
            }
            ++*tried;
            enum recist_outcome outcome = check_setting(check, file, &setting, findings);
            if (outcome == RECIST_NO_MEMORY || outcome == RECIST_UNREADABLE) {
                return outcome;
            }
        }
    }
    return RECIST_DONE;
}

static enum recist_exit check_file(struct check *check, const char *file)
{
    struct recist_findings *findings = recist_findings_create();
    struct recist_criteria *criteria = NULL;
    size_t tried = 0;
    if (!findings) {
        return recist_message_no_memory();
    }
    enum recist_outcome outcome = load(check, file, check->options->settings,
                                       check->options->setting_count, findings, &criteria);
    if (criteria) {
        outcome = check_settings(check, file, criteria, findings, &tried);
    }
    enum recist_exit status = status_of(outcome, findings);
    append_findings(check, findings);
    append_verdict(check, file, criteria, tried, findings);
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
    if (options->explain && !check.as_text) {
        recist_message("%s --explain writes text only", command->name);
        return RECIST_EXIT_USAGE;
    }
    enum recist_exit status =
        recist_table_output_open(&check.output, options, NULL, recist_options_table_format(options),
                                 recist_finding_columns, RECIST_FINDING_COLUMNS);
    if (status == RECIST_EXIT_DONE) {
        status =
            recist_rules_path_find(&check.path) ? check_all(&check) : recist_message_no_memory();
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
    .help =
        "Says everything that is wrong with criteria files, each with file, line and column:\n"
        "keys, units, patterns, and the decision table, of which every combination must be\n"
        "decided by exactly one row. Each file is checked as it is, and once more with every\n"
        "other choice of every convention. FORMAT is text (the default), or table, csv or json\n"
        "with one row for each finding.\n",
    .example = "  recist rules check recist-1.1\n",
    .options = RECIST_OPTION_BIT(SET) | RECIST_OPTION_BIT(EXPLAIN) | RECIST_OPTION_BIT(FORMAT) |
               RECIST_OPTION_BIT(OUTPUT) | RECIST_OPTION_BIT(PROVENANCE) | RECIST_OPTION_BIT(HELP),
    .run = run,
};
