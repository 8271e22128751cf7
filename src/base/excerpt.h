/* SPDX-License-Identifier: MIT
 * Text of an input as a message may show it: short, on one line, without anything that could act
 * on a terminal. */
#ifndef RECIST_BASE_EXCERPT_H
#define RECIST_BASE_EXCERPT_H

#include <recist/finding.h>

/* Characters shown before the text is cut with an ellipsis. */
#define RECIST_EXCERPT_LENGTH 40

struct recist_excerpt {
    char text[RECIST_EXCERPT_LENGTH * 6 + 4];
};

/* Fills `excerpt` and returns its text, terminated. Control characters, marks that turn the
 * direction of writing, and bytes that are not UTF-8 are shown as escapes. */
const char *recist_excerpt(struct recist_slice slice, struct recist_excerpt *excerpt);

/* For the arguments of a message: RECIST_SHOWN(slice), RECIST_SHOWN_STRING(string). Lives as long
 * as the block it stands in. */
#define RECIST_SHOWN(slice) recist_excerpt((slice), &(struct recist_excerpt){.text = ""})
#define RECIST_SHOWN_STRING(string)                                                                \
    RECIST_SHOWN(((struct recist_slice){(string), __builtin_strlen(string)}))

#endif
