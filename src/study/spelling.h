/* SPDX-License-Identifier: MIT
 * When two spellings are the same: identifiers byte by byte, words and labels without regard to
 * case, a space, a hyphen and an underscore being one. */
#ifndef RECIST_STUDY_SPELLING_H
#define RECIST_STUDY_SPELLING_H

#include <string.h>

#include <recist/finding.h>

static inline bool recist_spelling_differ_8(const char *one, const char *other)
{
    uint64_t bytes[2];
    memcpy(&bytes[0], one, 8);
    memcpy(&bytes[1], other, 8);
    return bytes[0] != bytes[1];
}

static inline bool recist_spelling_differ_4(const char *one, const char *other)
{
    uint32_t bytes[2];
    memcpy(&bytes[0], one, 4);
    memcpy(&bytes[1], other, 4);
    return bytes[0] != bytes[1];
}

/* Identifiers are so short that calling memcmp() would cost more than the comparison. The last
 * bytes are compared together with some of those before them. */
static inline bool recist_spelling_identical(struct recist_slice one, struct recist_slice other)
{
    size_t length = one.length;
    if (length != other.length) {
        return false;
    }
    if (length >= 8) {
        for (size_t i = 0; i + 8 < length; i += 8) {
            if (recist_spelling_differ_8(one.text + i, other.text + i)) {
                return false;
            }
        }
        return !recist_spelling_differ_8(one.text + length - 8, other.text + length - 8);
    }
    if (length >= 4) {
        return !recist_spelling_differ_4(one.text, other.text) &&
               !recist_spelling_differ_4(one.text + length - 4, other.text + length - 4);
    }
    for (size_t i = 0; i < length; i++) {
        if (one.text[i] != other.text[i]) {
            return false;
        }
    }
    return true;
}

static inline unsigned char recist_spelling_fold(unsigned char byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return (unsigned char)(byte - 'A' + 'a');
    }
    return byte == '-' || byte == '_' ? ' ' : byte;
}

static inline bool recist_spelling_same(struct recist_slice one, struct recist_slice other)
{
    if (one.length != other.length) {
        return false;
    }
    if (recist_spelling_identical(one, other)) {
        return true;
    }
    for (size_t i = 0; i < one.length; i++) {
        if (one.text[i] != other.text[i] &&
            recist_spelling_fold((unsigned char)one.text[i]) !=
                recist_spelling_fold((unsigned char)other.text[i])) {
            return false;
        }
    }
    return true;
}

static inline bool recist_spelling_is(struct recist_slice text, const char *word)
{
    return recist_spelling_same(text, (struct recist_slice){word, strlen(word)});
}

/* Bytewise order; a text stands before those it begins. */
static inline int recist_spelling_order(struct recist_slice one, struct recist_slice other)
{
    size_t shared = one.length < other.length ? one.length : other.length;
    int order = shared > 0 ? memcmp(one.text, other.text, shared) : 0;
    return order != 0 ? order : (one.length > other.length) - (one.length < other.length);
}

#endif
