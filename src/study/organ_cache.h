/* SPDX-License-Identifier: MIT
 * Remembers which organ a site text names: matching patterns is costly, and a study has a few
 * dozen spellings of sites. Of fixed size; texts that fall on the same slot replace each other. */
#ifndef RECIST_STUDY_ORGAN_CACHE_H
#define RECIST_STUDY_ORGAN_CACHE_H

#include "study/study_rules.h"

#define RECIST_ORGAN_CACHE_SLOTS 256
#define RECIST_ORGAN_CACHE_TEXT 64 /* longer texts are not remembered */

struct recist_organ_slot {
    char site[RECIST_ORGAN_CACHE_TEXT];
    struct recist_slice organ;
    uint8_t length; /* 0: free */
    bool nodal;
};

struct recist_organ_cache {
    struct recist_organ_slot slots[RECIST_ORGAN_CACHE_SLOTS];
};

/* As rules->organ, for a site that is not empty. */
void recist_organ_cache_find(struct recist_organ_cache *cache,
                             const struct recist_study_rules *rules, struct recist_slice site,
                             struct recist_slice *organ, bool *nodal);

#endif
