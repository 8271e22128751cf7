/* SPDX-License-Identifier: MIT
 * The words that a best response can be, in the order in which the criteria prefer them. */
#ifndef RECIST_TIMELINE_BEST_WORDS_H
#define RECIST_TIMELINE_BEST_WORDS_H

#include <recist/timeline.h>

struct recist_best_words {
    uint16_t words[64];
    size_t count;
    size_t counted; /* the first so many stand in one of the criteria's `counts`; the others do not */
};

void recist_best_words_list(const struct recist_criteria *criteria,
                            struct recist_best_words *words);
/* The word for what could not be evaluated, or 0. */
uint16_t recist_best_not_evaluable(const struct recist_criteria *criteria);

#endif
