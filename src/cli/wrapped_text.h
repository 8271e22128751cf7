/* SPDX-License-Identifier: MIT
 * Paragraphs for a reader: broken between words on a terminal, whole lines elsewhere. */
#ifndef RECIST_CLI_WRAPPED_TEXT_H
#define RECIST_CLI_WRAPPED_TEXT_H

#include "base/text_buffer.h"

/* Columns to wrap at: those of the terminal, 100 at most; 0 (no wrapping) when standard output is
 * none. */
size_t recist_wrapping_width(void);
/* The columns of the terminal that standard output is; 0 when it is none or does not say. */
size_t recist_terminal_width(void);

/* Rewrites the bytes of `text` from `start` on as one paragraph, whose first line begins with
 * `indent` spaces and the others with `hanging`, and ends it with a line's end. */
void recist_wrap_paragraph(struct recist_text *text, size_t start, size_t indent, size_t hanging,
                           size_t width);

#endif
