/* SPDX-License-Identifier: MIT
 * What of a text matters when it becomes a field of CSV (RFC 4180): found out while a sentence is
 * composed, of its literals once, so that what was written need not be looked at again. */
#ifndef RECIST_BASE_QUOTING_H
#define RECIST_BASE_QUOTING_H

#include "base/eight_bytes.h"
#include "base/text_buffer.h"

enum {
    RECIST_HAS_SEPARATOR = 1, /* a comma or a line's end: the field must be quoted */
    RECIST_HAS_QUOTE = 2,     /* and its quotes doubled */
};

/* The same as recist_quoting_of(), of any text. */
unsigned recist_quoting_look(struct recist_slice text);

/* All that matters stands before the letters, the digits and most other characters of names. */
static inline unsigned recist_quoting_of(struct recist_slice text)
{
    bool plain = text.length < 8 &&
                 !recist_bytes_below(recist_load_few(text.text, text.length), ',' + 1);
    return plain ? 0 : recist_quoting_look(text);
}

#endif
