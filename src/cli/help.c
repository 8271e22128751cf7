/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include <stdlib.h>

#include <recist/version.h>

#include "cli/criteria_choice.h"
#include "cli/message.h"

#define SUMMARY_COLUMN 16

void recist_help_append_overview(struct recist_text *text)
{
    recist_text_append_string(
        text, "Usage: recist COMMAND [OPTION...] [FILE...]\n"
              "Tumour response from lesion measurements, by criteria that are plain files.\n\n");
    for (size_t i = 0; i < recist_command_count; i++) {
        recist_text_format(text, "  %-*s%s\n", SUMMARY_COLUMN, recist_commands[i]->name,
                           recist_commands[i]->summary);
    }
    recist_text_append_string(
        text, "\n"
              "`recist help COMMAND` shows the options of a command and an example.\n"
              "`recist --version` names the version and the criteria.\n");
}

static void append_exit_statuses(struct recist_text *text)
{
    recist_text_append_string(text,
                              "\nExit status: 0 done; 1 the input has errors; 2 wrong usage;\n"
                              "3 a file could not be read or written, or memory is out.\n");
}

void recist_help_append_command(struct recist_text *text, const struct recist_command *command)
{
    recist_text_format(text, "Usage: recist %s [OPTION...] %s\n\n%s\nOptions:\n", command->name,
                       command->arguments, command->help);
    recist_options_append_help(text, command->options);
    recist_text_format(text, "\nExample:\n%s", command->example);
    append_exit_statuses(text);
}

/* A file that cannot be loaded is named all the same: `recist rules check` says what is wrong. */
static void append_criteria(struct recist_text *text, const struct recist_rules_path *path,
                            const char *name)
{
    struct recist_criteria *criteria = NULL;
    struct recist_findings *findings = recist_findings_create();
    if (findings && recist_criteria_load(name, recist_rules_path_directories(path), path->count,
                                         NULL, 0, findings, &criteria) == RECIST_DONE) {
        recist_text_format(text, "  %s, version %s\n", name, recist_criteria_version(criteria));
    } else {
        recist_text_format(text, "  %s (not sound)\n", name);
    }
    recist_criteria_destroy(criteria);
    recist_findings_destroy(findings);
}

void recist_help_append_version(struct recist_text *text)
{
    struct recist_rules_path path;
    char **names = NULL;
    size_t count = 0;
    recist_text_format(text, "recist %s\ncriteria:\n", recist_version());
    if (!recist_rules_path_find(&path) ||
        !recist_criteria_names(recist_rules_path_directories(&path), path.count, &names, &count)) {
        text->failed = true;
    }
    for (size_t i = 0; i < count; i++) {
        append_criteria(text, &path, names[i]);
        free(names[i]);
    }
    free(names);
    recist_rules_path_free(&path);
}

enum recist_exit recist_help_print(struct recist_text *text)
{
    struct recist_sink sink;
    enum recist_exit status = RECIST_EXIT_FILE;
    if (text->failed) {
        recist_text_destroy(text);
        return recist_message_no_memory();
    }
    bool opened = recist_sink_open(&sink, NULL, false);
    if (opened) {
        recist_sink_write(&sink, text->bytes, text->length);
    }
    if (opened && recist_sink_finish(&sink)) {
        status = RECIST_EXIT_DONE;
    } else {
        status = recist_message_write_failed(&sink);
    }
    recist_sink_close(&sink);
    recist_text_destroy(text);
    return status;
}
