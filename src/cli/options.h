/* SPDX-License-Identifier: MIT
 * Options that mean the same in every command. */
#ifndef RECIST_CLI_OPTIONS_H
#define RECIST_CLI_OPTIONS_H

#include <recist/criteria.h>

#include "base/text_buffer.h"
#include "cli/exit_status.h"
#include "output/row.h"

struct recist_command;

enum recist_option {
    RECIST_OPTION_RULES,
    RECIST_OPTION_SET,
    RECIST_OPTION_PATIENT,
    RECIST_OPTION_STUDY,
    RECIST_OPTION_COURSE,
    RECIST_OPTION_READER,
    RECIST_OPTION_FORMAT,
    RECIST_OPTION_OUTPUT,
    RECIST_OPTION_PROVENANCE,
    RECIST_OPTION_EXPLAIN,
    RECIST_OPTION_KEEP_GOING,
    RECIST_OPTION_THREADS,
    RECIST_OPTION_QUIET,
    RECIST_OPTION_HELP,
    RECIST_OPTION_COUNT
};

#define RECIST_OPTION_BIT(name) (1u << RECIST_OPTION_##name)
/* What every command that goes over measurement files takes. */
#define RECIST_OPTIONS_OF_MEASUREMENTS                                                             \
    (RECIST_OPTION_BIT(RULES) | RECIST_OPTION_BIT(SET) | RECIST_OPTION_BIT(FORMAT) |               \
     RECIST_OPTION_BIT(OUTPUT) | RECIST_OPTION_BIT(PROVENANCE) | RECIST_OPTION_BIT(KEEP_GOING) |   \
     RECIST_OPTION_BIT(THREADS) | RECIST_OPTION_BIT(QUIET) | RECIST_OPTION_BIT(HELP))

/* `text` is for reading: an explanation, or criteria as a page. */
enum recist_format_choice {
    RECIST_CHOICE_DEFAULT,
    RECIST_CHOICE_TABLE,
    RECIST_CHOICE_CSV,
    RECIST_CHOICE_JSON,
    RECIST_CHOICE_TEXT,
    RECIST_CHOICE_MARKDOWN,
};

struct recist_options {
    const char *rules;
    struct recist_setting *settings;
    size_t setting_count;
    const char *patient; /* NULL where not given, as the next three */
    const char *study;
    const char *course;
    const char *reader;
    enum recist_format_choice format;
    const char *output; /* NULL: standard output */
    bool provenance;
    bool explain;
    bool keep_going;
    bool quiet;
    bool help;
    unsigned threads;
    const char *const *arguments; /* what is not an option; belongs to argv */
    size_t argument_count;
    const char *command_line; /* for provenance */
    char *setting_texts;      /* what `settings` points into */
};

/* Reads argv, whose first element is the command's name. RECIST_EXIT_DONE, or RECIST_EXIT_USAGE
 * after a message. Destroy the options in any case. */
enum recist_exit recist_options_parse(const struct recist_command *command, int count,
                                      char **arguments, struct recist_options *options);
void recist_options_destroy(struct recist_options *options);

/* Lines that describe the options of a command. */
void recist_options_append_help(struct recist_text *text, unsigned options);

/* The format of a table: as chosen, else by the ending of -o FILE, else for a terminal or not. */
enum recist_format recist_options_table_format(const struct recist_options *options);
/* The same for commands whose default is text to be read; RECIST_CHOICE_DEFAULT never comes out. */
enum recist_format_choice recist_options_text_format(const struct recist_options *options);

#endif
