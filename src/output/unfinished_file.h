/* SPDX-License-Identifier: MIT
 * The one file that is being written is removed when a signal ends the program. Signal handlers
 * can reach nothing but global state, so this is the program's only one. */
#ifndef RECIST_OUTPUT_UNFINISHED_FILE_H
#define RECIST_OUTPUT_UNFINISHED_FILE_H

#include <stdbool.h>

/* SIGINT, SIGTERM and SIGHUP remove the file, and then end the program as they would have; those
 * that are ignored stay ignored. SIGPIPE and SIGXFSZ are ignored: a failed write says so itself. */
void recist_unfinished_file_guard(void);
/* False when the name is too long to be remembered. */
bool recist_unfinished_file_set(const char *path);
void recist_unfinished_file_clear(void);

#endif
