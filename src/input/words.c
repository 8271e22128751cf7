/* SPDX-License-Identifier: MIT */
#include "input/words.h"

#include <stdlib.h>
#include <string.h>

void recist_words_init(struct recist_words *table, const char **words, size_t count,
                       size_t skipped)
{
    *table = (struct recist_words){.words = words, .count = count, .skipped = skipped};
}

void recist_words_destroy(struct recist_words *table)
{
    free(table->words);
    table->words = NULL;
}

static unsigned char fold(char byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return (unsigned char)(byte - 'A' + 'a');
    }
    return byte == '-' || byte == '_' ? (unsigned char)' ' : (unsigned char)byte;
}

bool recist_words_equal(struct recist_slice one, struct recist_slice other)
{
    if (one.length != other.length) {
        return false;
    }
    for (size_t i = 0; i < one.length; i++) {
        if (fold(one.text[i]) != fold(other.text[i])) {
            return false;
        }
    }
    return true;
}

const char recist_words_inside[2 * RECIST_WORD_MEMO_LENGTH] =
    "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
    "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";

static int search(const struct recist_words *table, struct recist_slice text)
{
    for (size_t i = table->skipped; i < table->count; i++) {
        struct recist_slice word = {table->words[i], strlen(table->words[i])};
        if (recist_words_equal(word, text)) {
            return (int)i;
        }
    }
    return -1;
}

int recist_words_search(struct recist_words *table, struct recist_slice text,
                        struct recist_word_memo *memo, const uint64_t key[4])
{
    int index = search(table, text);
    if (memo) {
        memcpy(memo->key, key, sizeof memo->key);
        memo->length = text.length;
        memo->index = index;
    }
    return index;
}
