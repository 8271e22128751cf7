/* SPDX-License-Identifier: MIT
 * What the program says on standard error. */
#ifndef RECIST_CLI_MESSAGE_H
#define RECIST_CLI_MESSAGE_H

#include <recist/finding.h>

#include "base/text_buffer.h"
#include "cli/exit_status.h"
#include "output/sink.h"

/* One line, with "recist: " before it. Control characters are shown escaped. */
void recist_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
enum recist_exit recist_message_no_memory(void);
/* Says that output could not be written, and where to. A reader that went away (a closed pipe)
 * is nobody to talk to: then nothing is said, and the exit status is the same. */
enum recist_exit recist_message_write_failed(const struct recist_sink *sink);

/* `file:line:column: error[code]: message (patient P, visit V, lesion L)`, with the line's end. */
void recist_finding_append_line(struct recist_text *text, const struct recist_finding *finding);
/* "2 errors, 1 warning"; what is zero is left out. False when all are zero. */
bool recist_finding_append_counts(struct recist_text *text, const size_t counts[static 3]);

/* Writes a text to standard error at once. */
void recist_message_text(const struct recist_text *text);

#endif
