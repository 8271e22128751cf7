/* SPDX-License-Identifier: MIT
 * Words of closed lists as they were written before, each with what ends its field: most rows of a
 * file write few words in few ways. Which word stands somewhere, and where its field ends, is then
 * known by comparing bytes, without looking for the end first. */
#ifndef RECIST_INPUT_KNOWN_WORDS_H
#define RECIST_INPUT_KNOWN_WORDS_H

#include "input/words.h"

struct recist_known_word {
    uint64_t bytes[3];   /* all bits are set after what ends it ... */
    uint64_t outside[3]; /* ... as they are here, and no others */
    uint32_t word;
    uint16_t length; /* of the field */
    uint16_t next;   /* where what follows begins */
};
#define RECIST_KNOWN_WORDS 16

/* No bytes are those of an entry with nothing in it: they would have to be none and all at once. */
static inline void recist_known_words_clear(struct recist_known_word words[RECIST_KNOWN_WORDS])
{
    for (size_t i = 0; i < RECIST_KNOWN_WORDS; i++) {
        words[i] = (struct recist_known_word){.outside = {UINT64_MAX}};
    }
}

/* Where the word at `at` is remembered, if it is: *found. 24 bytes must be readable. */
static inline struct recist_known_word *
recist_known_words_find(struct recist_known_word words[RECIST_KNOWN_WORDS], const char *at,
                        bool *found)
{
    uint64_t first = recist_words_load(at);
    struct recist_known_word *known = &words[(first ^ first >> 9) % RECIST_KNOWN_WORDS];
    *found = (((first | known->outside[0]) ^ known->bytes[0]) |
              ((recist_words_load(at + 8) | known->outside[1]) ^ known->bytes[1]) |
              ((recist_words_load(at + 16) | known->outside[2]) ^ known->bytes[2])) == 0;
    return known;
}

/* Remembers a word whose field is so long, and up to what follows so long, unless that is too long
 * for it. */
static inline void recist_known_word_set(struct recist_known_word *known, const char *at,
                                         size_t length, size_t next, int word)
{
    if (next > sizeof known->bytes) {
        return;
    }
    *known = (struct recist_known_word){
        .word = (uint32_t)word, .length = (uint16_t)length, .next = (uint16_t)next};
    memset(known->outside, 0xFF, sizeof known->outside);
    memset(known->outside, 0, next);
    memcpy(known->bytes, known->outside, sizeof known->bytes);
    memcpy(known->bytes, at, next);
}

#endif
