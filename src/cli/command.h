/* SPDX-License-Identifier: MIT
 * The commands of the program: one file each, one table in commands.c. */
#ifndef RECIST_CLI_COMMAND_H
#define RECIST_CLI_COMMAND_H

#include <stddef.h>

#include "cli/exit_status.h"
#include "cli/options.h"

struct recist_command {
    const char *name;
    const char *arguments; /* as in the usage line */
    const char *summary;   /* one line of the overview */
    const char *help;      /* paragraphs between the usage line and the options */
    const char *example;   /* can be pasted into a shell */
    uint64_t options;      /* RECIST_OPTION_BIT() of those it takes */
    enum recist_format_choice own_format; /* that no other command writes; default: none */
    enum recist_exit (*run)(const struct recist_command *command, struct recist_options *options);
};

extern const struct recist_command recist_command_assess;
extern const struct recist_command recist_command_validate;
extern const struct recist_command recist_command_explain;
extern const struct recist_command recist_command_best;
extern const struct recist_command recist_command_summarize;
extern const struct recist_command recist_command_survival;
extern const struct recist_command recist_command_describe;
extern const struct recist_command recist_command_rules_list;
extern const struct recist_command recist_command_rules_show;
extern const struct recist_command recist_command_rules_check;
extern const struct recist_command recist_command_rules_diff;

/* All of them, in the order of the overview. */
extern const struct recist_command *const recist_commands[];
extern const size_t recist_command_count;

#endif
