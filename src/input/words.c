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

static uint64_t load_8(const char *at)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t load_4(const char *at)
{
    uint32_t word = 0;
    memcpy(&word, at, sizeof word);
    return word;
}

static inline void make_key(struct recist_slice text, uint64_t key[4])
{
    const char *at = text.text;
    size_t length = text.length;
    key[1] = key[2] = key[3] = 0;
    if (length >= 8) {
        key[0] = load_8(at);
        key[1] = load_8(at + length - 8);
        if (length > 16) {
            key[2] = load_8(at + 8);
            key[3] = load_8(at + length - 16);
        }
    } else if (length >= 4) {
        key[0] = load_4(at) | load_4(at + length - 4) << 32;
    } else {
        key[0] = (uint64_t)(unsigned char)at[0] | (uint64_t)(unsigned char)at[length / 2] << 8 |
                 (uint64_t)(unsigned char)at[length - 1] << 16;
    }
}

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

int recist_words_find(struct recist_words *table, struct recist_slice text)
{
    if (text.length == 0 || text.length > RECIST_WORD_MEMO_LENGTH) {
        return search(table, text);
    }
    uint64_t key[4];
    make_key(text, key);
    uint64_t hash = (key[0] ^ key[1] ^ text.length) * UINT64_C(0x9E3779B97F4A7C15);
    struct recist_word_memo *memo = &table->memo[hash >> 58];
    if (memo->length == text.length && ((memo->key[0] ^ key[0]) | (memo->key[1] ^ key[1]) |
                                        (memo->key[2] ^ key[2]) | (memo->key[3] ^ key[3])) == 0) {
        return memo->index;
    }
    memcpy(memo->key, key, sizeof key);
    memo->length = text.length;
    memo->index = search(table, text);
    return memo->index;
}
