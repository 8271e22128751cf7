/* SPDX-License-Identifier: MIT */
#include "timeline/best_words.h"

#include "criteria/criteria.h"

#define BIT(word) (UINT64_C(1) << (word))

static uint64_t all_sets(const struct recist_criteria *criteria)
{
    uint64_t set = 0;
    for (unsigned i = 0; i < RECIST_WORD_SET_COUNT; i++) {
        set |= recist_criteria_word_set(criteria, (enum recist_word_set)i);
    }
    return set;
}

/* A word may stand in several rules (what is not evaluable is asked for first and comes out last):
 * its place is that of the last one. Found from the end, and so the wrong way round. */
static size_t list_backwards(const struct recist_criteria *criteria, uint16_t words[64])
{
    const struct recist_course_rules *lists[] = {&criteria->best.confirmed,
                                                 &criteria->best.unconfirmed};
    uint64_t listed = 0;
    size_t count = 0;
    for (size_t list = 2; list-- > 0;) {
        for (size_t i = lists[list]->count; i-- > 0;) {
            uint16_t word = lists[list]->rules[i].rule.word;
            if (word && !(listed & BIT(word))) {
                listed |= BIT(word);
                words[count++] = word;
            }
        }
    }
    return count;
}

void recist_best_words_list(const struct recist_criteria *criteria,
                            struct recist_best_words *words)
{
    uint16_t backwards[64];
    size_t count = list_backwards(criteria, backwards);
    uint64_t counted = all_sets(criteria);
    *words = (struct recist_best_words){.count = 0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = count; i-- > 0;) {
            if (((counted & BIT(backwards[i])) != 0) == (pass == 0)) {
                words->words[words->count++] = backwards[i];
            }
        }
        words->counted = pass == 0 ? words->count : words->counted;
    }
}

uint16_t recist_best_not_evaluable(const struct recist_criteria *criteria)
{
    uint64_t set = recist_criteria_word_set(criteria, RECIST_WORDS_NOT_EVALUABLE);
    return set ? (uint16_t)__builtin_ctzll(set) : 0;
}
