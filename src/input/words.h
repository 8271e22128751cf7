/* SPDX-License-Identifier: MIT
 * Words of a closed list (roles, statuses, answers), found without regard to case; a space, a
 * hyphen and an underscore are the same. Spellings met before are found at once. */
#ifndef RECIST_INPUT_WORDS_H
#define RECIST_INPUT_WORDS_H

#include <recist/finding.h>

#define RECIST_WORD_MEMO_SIZE 64
#define RECIST_WORD_MEMO_LENGTH 32

/* One spelling; its bytes are read in pieces that may overlap, so that equal keys are equal text. */
struct recist_word_memo {
    uint64_t key[4];
    size_t length; /* 0: nothing is remembered here */
    int index;
};

struct recist_words {
    const char **words; /* the first `skipped` are no words of a file */
    size_t count;
    size_t skipped;
    struct recist_word_memo memo[RECIST_WORD_MEMO_SIZE];
};

/* The table takes the array over; the words stay the caller's. */
void recist_words_init(struct recist_words *table, const char **words, size_t count,
                       size_t skipped);
void recist_words_destroy(struct recist_words *table);
/* Index of the word, or -1. */
int recist_words_find(struct recist_words *table, struct recist_slice text);
bool recist_words_equal(struct recist_slice one, struct recist_slice other);

#endif
