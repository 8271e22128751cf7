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
 * bytes are compared together with some of those before them. Rows of one visit often share one
 * text, as the reader leaves it. */
static inline bool recist_spelling_identical(struct recist_slice one, struct recist_slice other)
{
    size_t length = one.length;
    if (length != other.length) {
        return false;
    }
    if (length == 0 || one.text == other.text) {
        return true;
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
    /* One to three bytes: first, middle and last are all of them. */
    int difference = (one.text[0] ^ other.text[0]) | (one.text[length / 2] ^ other.text[length / 2]) |
                     (one.text[length - 1] ^ other.text[length - 1]);
    return difference == 0;
}

static inline unsigned char recist_spelling_fold(unsigned char byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return (unsigned char)(byte - 'A' + 'a');
    }
    return byte == '-' || byte == '_' ? ' ' : byte;
}

/* Whether texts of one length are the same without regard to case; few are compared so. */
__attribute__((noinline, cold, unused)) static bool
recist_spelling_same_folded(struct recist_slice one, struct recist_slice other)
{
    for (size_t i = 0; i < one.length; i++) {
        if (one.text[i] != other.text[i] &&
            recist_spelling_fold((unsigned char)one.text[i]) !=
                recist_spelling_fold((unsigned char)other.text[i])) {
            return false;
        }
    }
    return true;
}

static inline bool recist_spelling_same(struct recist_slice one, struct recist_slice other)
{
    if (one.length != other.length || one.length == 0) {
        return one.length == other.length;
    }
    /* Numbered labels differ in their last byte. */
    size_t last = one.length - 1;
    return recist_spelling_fold((unsigned char)one.text[last]) ==
               recist_spelling_fold((unsigned char)other.text[last]) &&
           (recist_spelling_identical(one, other) || recist_spelling_same_folded(one, other));
}

/* Lengths of sites change from lesion to lesion: memcmp() goes by them without jumps. */
static inline bool recist_spelling_same_site(struct recist_slice one, struct recist_slice other)
{
    return one.length == other.length && (memcmp(one.text, other.text, one.length) == 0 ||
                                           recist_spelling_same_folded(one, other));
}

static inline bool recist_spelling_is(struct recist_slice text, const char *word)
{
    return recist_spelling_same(text, (struct recist_slice){word, strlen(word)});
}

/* The first eight bytes as a number in whose order they stand; zeros after a shorter text. */
static inline uint64_t recist_spelling_order_key(struct recist_slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.text;
    size_t length = text.length;
    if (length - 1 < 3) { /* one to three: first, middle and last are all of them */
        return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[length / 2] << (56 - 8 * (length / 2)) |
               (uint64_t)bytes[length - 1] << (56 - 8 * (length - 1));
    }
    uint64_t key = 0;
    for (size_t i = 0; i < length && i < 8; i++) {
        key |= (uint64_t)bytes[i] << (56 - 8 * i);
    }
    return key;
}

/* Bytewise order; a text stands before those it begins. */
static inline int recist_spelling_order(struct recist_slice one, struct recist_slice other)
{
    size_t shared = one.length < other.length ? one.length : other.length;
    int order = shared > 0 ? memcmp(one.text, other.text, shared) : 0;
    return order != 0 ? order : (one.length > other.length) - (one.length < other.length);
}

/* The same of texts whose keys are known. */
static inline int recist_spelling_keyed_order(uint64_t key, struct recist_slice one,
                                              uint64_t other_key, struct recist_slice other)
{
    if (key != other_key) {
        return key < other_key ? -1 : 1;
    }
    return recist_spelling_order(one, other);
}

#endif
