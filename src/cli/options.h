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
    RECIST_OPTION_COURSES,
    RECIST_OPTION_BY,
    RECIST_OPTION_WHERE,
    RECIST_OPTION_RESPONSE,
    RECIST_OPTION_DENOMINATOR,
    RECIST_OPTION_BENEFIT_WEEKS,
    RECIST_OPTION_COMPARE,
    RECIST_OPTION_DURATIONS,
    RECIST_OPTION_INTERVAL,
    RECIST_OPTION_LEVEL,
    RECIST_OPTION_ENDPOINT,
    RECIST_OPTION_ENDPOINTS,
    RECIST_OPTION_SCHEDULE_DAYS,
    RECIST_OPTION_WINDOW_DAYS,
    RECIST_OPTION_AT,
    RECIST_OPTION_UNIT,
    RECIST_OPTION_STRATA,
    RECIST_OPTION_CURVE,
    RECIST_OPTION_FOLLOW_UP,
    RECIST_OPTION_AT_RISK,
    RECIST_OPTION_COLUMNS,
    RECIST_OPTION_QUARTILES,
    RECIST_OPTION_PER,
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

#define RECIST_OPTION_BIT(name) (UINT64_C(1) << RECIST_OPTION_##name)
/* What every command that goes over measurement files takes. */
#define RECIST_OPTIONS_OF_MEASUREMENTS                                                             \
    (RECIST_OPTION_BIT(RULES) | RECIST_OPTION_BIT(SET) | RECIST_OPTION_BIT(FORMAT) |               \
     RECIST_OPTION_BIT(OUTPUT) | RECIST_OPTION_BIT(PROVENANCE) | RECIST_OPTION_BIT(KEEP_GOING) |   \
     RECIST_OPTION_BIT(COURSES) | RECIST_OPTION_BIT(THREADS) | RECIST_OPTION_BIT(QUIET) |          \
     RECIST_OPTION_BIT(HELP))

/* `text` is for reading: an explanation, or criteria as a page. */
enum recist_format_choice {
    RECIST_CHOICE_DEFAULT,
    RECIST_CHOICE_TABLE,
    RECIST_CHOICE_CSV,
    RECIST_CHOICE_JSON,
    RECIST_CHOICE_TEXT,
    RECIST_CHOICE_MARKDOWN,
    RECIST_CHOICE_ADRS,  /* CSV with the names of ADaM's response data set */
    RECIST_CHOICE_ADTTE, /* of its time-to-event data set */
};

struct recist_options {
    const char *rules;
    struct recist_setting *settings;
    size_t setting_count;
    const char *patient; /* NULL where not given, as the next three */
    const char *study;
    const char *course;
    const char *reader;
    /* Every option as given, the last one counts; "" for a switch, NULL where not given. For those
     * that only one or two commands take, and read themselves. */
    const char *values[RECIST_OPTION_COUNT];
    const char **conditions; /* of --where, COLUMN=VALUE */
    size_t condition_count;
    char *by; /* what values[] has of --by, where it was given more than once */
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
void recist_options_append_help(struct recist_text *text, uint64_t options);

/* Whether an option was given, and its value (NULL where not). */
#define RECIST_OPTION_VALUE(options, name) ((options)->values[RECIST_OPTION_##name])

/* The format of a table: as chosen, else by the ending of -o FILE, else for a terminal or not. */
enum recist_format recist_options_table_format(const struct recist_options *options);
/* The same for commands whose default is text to be read; RECIST_CHOICE_DEFAULT never comes out. */
enum recist_format_choice recist_options_text_format(const struct recist_options *options);

#endif
