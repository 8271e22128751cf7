/* SPDX-License-Identifier: MIT */
#ifndef RECIST_CLI_HELP_H
#define RECIST_CLI_HELP_H

#include "cli/command.h"

/* All commands, one line each. */
void recist_help_append_overview(struct recist_text *text);
void recist_help_append_command(struct recist_text *text, const struct recist_command *command);
/* The version, and the criteria that are found. */
void recist_help_append_version(struct recist_text *text);

/* Writes a text to standard output. RECIST_EXIT_DONE, or RECIST_EXIT_FILE after a message. The
 * text is destroyed. */
enum recist_exit recist_help_print(struct recist_text *text);

#endif
