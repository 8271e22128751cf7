/* SPDX-License-Identifier: MIT
 * Escaping of text, while it is appended, or of what was just appended: then the bytes from `start`
 * on are rewritten in place, so that a sentence can be composed where it will stand. Text without
 * anything to escape, which is nearly all of it, is only looked at. */
#ifndef RECIST_OUTPUT_ESCAPE_H
#define RECIST_OUTPUT_ESCAPE_H

#include "base/text_buffer.h"

/* RFC 4180: quotes the field when it holds a comma, a quote, or a line's end. */
void recist_escape_append_csv(struct recist_text *text, struct recist_slice field);
void recist_escape_csv(struct recist_text *text, size_t start);
/* Of a field that stands behind its opening quote, which is at `start`, and of which is known what
 * matters (base/quoting.h): ends it, or takes the quote off. */
void recist_escape_csv_quoted(struct recist_text *text, size_t start, unsigned quoting);
/* The inside of a JSON string; bytes that are not UTF-8 become U+FFFD. */
void recist_escape_append_json(struct recist_text *text, struct recist_slice string);
void recist_escape_json(struct recist_text *text, size_t start);
/* One line for a terminal: control characters are shown as \n, \t or \x1b. */
void recist_escape_append_terminal(struct recist_text *text, struct recist_slice line);
void recist_escape_terminal(struct recist_text *text, size_t start);

#endif
