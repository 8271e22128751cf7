/* SPDX-License-Identifier: MIT */
#include "timeline/best_words.h"

#include "criteria/criteria.h"

static uint64_t all_sets(const struct recist_criteria *criteria)
{
    uint64_t set = 0;
    for (unsigned i = 0; i < RECIST_WORD_SET_COUNT; i++) {
        set |= recist_criteria_word_set(criteria, (enum recist_word_set)i);
    }
    return set;
}

/* Those with a rank come first. */
static unsigned place_of(const struct recist_criteria *criteria, uint16_t word)
{
    unsigned rank = recist_criteria_word_rank(criteria, word);
    return rank > 0 ? rank : (unsigned)RECIST_WORD_LIMIT + word;
}

static void add(const struct recist_criteria *criteria, struct recist_best_words *words,
                uint64_t set)
{
    size_t first = words->count;
    for (uint16_t word = 1; word < RECIST_WORD_LIMIT; word++) {
        if (!(set >> word & 1)) {
            continue;
        }
        size_t at = words->count++;
        while (at > first &&
               place_of(criteria, words->words[at - 1]) > place_of(criteria, word)) {
            words->words[at] = words->words[at - 1];
            at--;
        }
        words->words[at] = word;
    }
}

void recist_best_words_list(const struct recist_criteria *criteria,
                            struct recist_best_words *words)
{
    uint64_t counted = all_sets(criteria);
    *words = (struct recist_best_words){.count = 0};
    add(criteria, words, criteria->best.words & counted);
    words->counted = words->count;
    add(criteria, words, criteria->best.words & ~counted);
}

uint16_t recist_best_not_evaluable(const struct recist_criteria *criteria)
{
    uint64_t set = recist_criteria_word_set(criteria, RECIST_WORDS_NOT_EVALUABLE);
    return set ? (uint16_t)__builtin_ctzll(set) : 0;
}
