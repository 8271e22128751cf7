/* SPDX-License-Identifier: MIT */
#include "criteria/expression_lexer.h"

#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* A hyphen or slash between letters belongs to the word: non-target, NON-CR/NON-PD. */
static size_t name_length(const char *at, size_t left)
{
    size_t length = 1;
    while (length < left) {
        if (is_letter(at[length]) || is_digit(at[length])) {
            length++;
        } else if ((at[length] == '-' || at[length] == '/') && length + 1 < left &&
                   is_letter(at[length + 1])) {
            length += 2;
        } else {
            break;
        }
    }
    return length;
}

static size_t number_length(const char *at, size_t left)
{
    size_t length = 0;
    bool point = false;
    while (length < left && (is_digit(at[length]) || (at[length] == '.' && !point))) {
        point = point || at[length] == '.';
        length++;
    }
    return length;
}

static enum recist_token_kind symbol(const char *at, size_t left, size_t *length)
{
    static const struct {
        const char *text;
        enum recist_token_kind kind;
    } symbols[] = {
        {"<=", RECIST_TOKEN_LESS_OR_EQUAL}, {">=", RECIST_TOKEN_GREATER_OR_EQUAL},
        {"!=", RECIST_TOKEN_NOT_EQUAL},     {"<", RECIST_TOKEN_LESS},
        {">", RECIST_TOKEN_GREATER},        {"=", RECIST_TOKEN_EQUAL},
        {"+", RECIST_TOKEN_PLUS},           {"-", RECIST_TOKEN_MINUS},
        {"*", RECIST_TOKEN_TIMES},          {"%", RECIST_TOKEN_PERCENT},
        {"(", RECIST_TOKEN_OPEN},           {")", RECIST_TOKEN_CLOSE},
        {"[", RECIST_TOKEN_OPEN_LIST},      {"]", RECIST_TOKEN_CLOSE_LIST},
        {",", RECIST_TOKEN_COMMA},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *length = strlen(symbols[i].text);
        if (*length <= left && memcmp(at, symbols[i].text, *length) == 0) {
            return symbols[i].kind;
        }
    }
    *length = 1;
    return RECIST_TOKEN_WRONG;
}

static struct recist_token string_token(struct recist_slice condition, size_t offset, size_t *next)
{
    const char *start = condition.text + offset + 1;
    const char *end = memchr(start, '"', condition.length - offset - 1);
    if (!end) {
        *next = condition.length;
        return (struct recist_token){RECIST_TOKEN_WRONG,
                                     {condition.text + offset, condition.length - offset},
                                     offset};
    }
    size_t length = (size_t)(end - start);
    *next = offset + length + 2;
    return (struct recist_token){RECIST_TOKEN_STRING, {start, length}, offset};
}

struct recist_token recist_token_next(struct recist_slice condition, size_t offset, size_t *next)
{
    while (offset < condition.length && is_space(condition.text[offset])) {
        offset++;
    }
    *next = offset;
    if (offset == condition.length) {
        return (struct recist_token){RECIST_TOKEN_END, {"", 0}, offset};
    }
    const char *at = condition.text + offset;
    size_t left = condition.length - offset;
    if (*at == '"') {
        return string_token(condition, offset, next);
    }
    size_t length = 0;
    enum recist_token_kind kind = RECIST_TOKEN_NAME;
    if (is_letter(*at)) {
        length = name_length(at, left);
    } else if (is_digit(*at)) {
        kind = RECIST_TOKEN_NUMBER;
        length = number_length(at, left);
    } else {
        kind = symbol(at, left, &length);
    }
    *next = offset + length;
    return (struct recist_token){kind, {at, length}, offset};
}
