/* SPDX-License-Identifier: MIT
 * Words of a closed list (roles, statuses, answers), found without regard to case; a space, a
 * hyphen and an underscore are the same. Spellings met before are found at once. */
#ifndef RECIST_INPUT_WORDS_H
#define RECIST_INPUT_WORDS_H

#include <string.h>

#include <recist/finding.h>

#define RECIST_WORD_MEMO_SIZE 64
#define RECIST_WORD_MEMO_LENGTH 32

/* One spelling, with zeros after it. */
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
/* The same the slow way; remembers it in `memo`, unless that is NULL. */
int recist_words_search(struct recist_words *table, struct recist_slice text,
                        struct recist_word_memo *memo, const uint64_t key[4]);

/* As many bytes of ones as a word may have, and then zeros. */
extern const char recist_words_inside[2 * RECIST_WORD_MEMO_LENGTH];

static inline uint64_t recist_words_load(const char *at)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    return word;
}

/* Index of the word, or -1. RECIST_WORD_MEMO_LENGTH bytes must be readable at the text: it is cut
 * off without a jump, as lengths change from row to row, and a wrong guess would cost more than all
 * the rest. */
static inline int recist_words_find(struct recist_words *table, struct recist_slice text)
{
    if (text.length - 1 >= RECIST_WORD_MEMO_LENGTH) {
        return recist_words_search(table, text, NULL, NULL);
    }
    const char *mask = recist_words_inside + RECIST_WORD_MEMO_LENGTH - text.length;
    const uint64_t key[4] = {
        recist_words_load(text.text) & recist_words_load(mask),
        recist_words_load(text.text + 8) & recist_words_load(mask + 8),
        recist_words_load(text.text + 16) & recist_words_load(mask + 16),
        recist_words_load(text.text + 24) & recist_words_load(mask + 24),
    };
    uint64_t hash = (key[0] ^ (key[1] + text.length)) * UINT64_C(0x9E3779B97F4A7C15);
    struct recist_word_memo *memo = &table->memo[hash >> 58];
    if (memo->length == text.length && ((memo->key[0] ^ key[0]) | (memo->key[1] ^ key[1]) |
                                        (memo->key[2] ^ key[2]) | (memo->key[3] ^ key[3])) == 0) {
        return memo->index;
    }
    return recist_words_search(table, text, memo, key);
}
bool recist_words_equal(struct recist_slice one, struct recist_slice other);

#endif
