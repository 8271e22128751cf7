/* SPDX-License-Identifier: MIT
 * Conditions cut into tokens. */
#ifndef RECIST_CRITERIA_EXPRESSION_LEXER_H
#define RECIST_CRITERIA_EXPRESSION_LEXER_H

#include <recist/finding.h>

enum recist_token_kind {
    RECIST_TOKEN_END,
    RECIST_TOKEN_NAME,   /* also words such as non-target and NON-CR/NON-PD */
    RECIST_TOKEN_NUMBER, /* digits, perhaps with a point */
    RECIST_TOKEN_STRING, /* between double quotes; text is what stands between them */
    RECIST_TOKEN_LESS,
    RECIST_TOKEN_LESS_OR_EQUAL,
    RECIST_TOKEN_EQUAL,
    RECIST_TOKEN_NOT_EQUAL,
    RECIST_TOKEN_GREATER_OR_EQUAL,
    RECIST_TOKEN_GREATER,
    RECIST_TOKEN_PLUS,
    RECIST_TOKEN_MINUS,
    RECIST_TOKEN_TIMES,
    RECIST_TOKEN_PERCENT,
    RECIST_TOKEN_OPEN,
    RECIST_TOKEN_CLOSE,
    RECIST_TOKEN_OPEN_LIST,
    RECIST_TOKEN_CLOSE_LIST,
    RECIST_TOKEN_COMMA,
    RECIST_TOKEN_WRONG, /* a character that has no place in a condition, or an open string */
};

struct recist_token {
    enum recist_token_kind kind;
    struct recist_slice text;
    size_t offset; /* of its first character within the condition */
};

/* The token at or after `offset`; `*next` is where to go on. */
struct recist_token recist_token_next(struct recist_slice condition, size_t offset, size_t *next);

#endif
