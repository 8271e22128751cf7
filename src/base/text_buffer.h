/* SPDX-License-Identifier: MIT
 * A growing text. Running out of memory is remembered, so that it can be asked about once at the
 * end instead of after every piece. */
#ifndef RECIST_BASE_TEXT_BUFFER_H
#define RECIST_BASE_TEXT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <recist/finding.h>

struct recist_text {
    char *bytes; /* not terminated */
    size_t length;
    size_t capacity;
    bool failed; /* memory ran out: what came after is missing */
};

void recist_text_init(struct recist_text *text);
void recist_text_destroy(struct recist_text *text);
/* Makes room for `more` bytes; false when memory is out. */
bool recist_text_reserve(struct recist_text *text, size_t more);
void recist_text_format(struct recist_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* memcpy() for what is short nearly always, without a call: two copies that overlap. */
static inline void recist_text_copy_short(char *to, const char *from, size_t length)
{
    /* Without this, compilers warn of branches for lengths that a small array cannot have. */
    __asm__("" : "+r"(from));
    if (length > 32) {
        memcpy(to, from, length);
    } else if (length >= 16) {
        memcpy(to, from, 16);
        memcpy(to + length - 16, from + length - 16, 16);
    } else if (length >= 8) {
        memcpy(to, from, 8);
        memcpy(to + length - 8, from + length - 8, 8);
    } else if (length >= 4) {
        memcpy(to, from, 4);
        memcpy(to + length - 4, from + length - 4, 4);
    } else if (length > 0) {
        to[0] = from[0];
        to[length / 2] = from[length / 2];
        to[length - 1] = from[length - 1];
    }
}

/* Where the next bytes go, with room for `more`: what is short can be written there by a bare pointer,
 * and its end told once. NULL when memory is out. */
static inline char *recist_text_room(struct recist_text *text, size_t more)
{
    if (text->capacity - text->length < more && !recist_text_reserve(text, more)) {
        return NULL;
    }
    return text->bytes + text->length;
}

static inline void recist_text_end_at(struct recist_text *text, const char *end)
{
    text->length = (size_t)(end - text->bytes);
}

/* Texts that are copied often are kept with so many bytes behind them that can be read. */
#define RECIST_TEXT_PADDING 16

/* Copies a padded text, in steps of as many bytes: what is copied to must have room for as many more.
 * Returns where the copy ends. */
static inline char *recist_text_copy_padded(char *to, struct recist_slice padded)
{
    memcpy(to, padded.text, RECIST_TEXT_PADDING);
    for (size_t i = RECIST_TEXT_PADDING; i < padded.length; i += RECIST_TEXT_PADDING) {
        memcpy(to + i, padded.text + i, RECIST_TEXT_PADDING);
    }
    return to + padded.length;
}

static inline void recist_text_append(struct recist_text *text, const char *bytes, size_t length)
{
    if (text->capacity - text->length < length && !recist_text_reserve(text, length)) {
        return;
    }
    if (length > 0) {
        recist_text_copy_short(text->bytes + text->length, bytes, length);
        text->length += length;
    }
}

static inline void recist_text_append_slice(struct recist_text *text, struct recist_slice slice)
{
    recist_text_append(text, slice.text, slice.length);
}

static inline void recist_text_append_string(struct recist_text *text, const char *string)
{
    recist_text_append(text, string, strlen(string));
}

static inline void recist_text_append_char(struct recist_text *text, char byte)
{
    if (text->capacity == text->length && !recist_text_reserve(text, 1)) {
        return;
    }
    text->bytes[text->length++] = byte;
}

static inline uint64_t recist_text_difference_8(const char *one, const char *other)
{
    uint64_t words[2];
    memcpy(&words[0], one, 8);
    memcpy(&words[1], other, 8);
    return words[0] ^ words[1];
}

/* Whether two texts are the same. Identifiers are short, so a call of memcmp would cost more than
 * the comparison. */
static inline bool recist_text_equal(struct recist_slice one, struct recist_slice other)
{
    if (one.length != other.length) {
        return false;
    }
    if (one.length >= 8) {
        uint64_t difference = 0;
        for (size_t i = 0; i + 8 < one.length; i += 8) {
            difference |= recist_text_difference_8(one.text + i, other.text + i);
        }
        size_t last = one.length - 8; /* some bytes are compared twice */
        return (difference | recist_text_difference_8(one.text + last, other.text + last)) == 0;
    }
    for (size_t i = 0; i < one.length; i++) {
        if (one.text[i] != other.text[i]) {
            return false;
        }
    }
    return true;
}

#endif
