/* SPDX-License-Identifier: MIT
 * Remembers which organ a site text names: matching patterns is costly, and a study has a few
 * dozen spellings of sites. Of fixed size; texts that fall on the same slot replace each other. */
#ifndef RECIST_STUDY_ORGAN_CACHE_H
#define RECIST_STUDY_ORGAN_CACHE_H

#include "study/spelling.h"
#include "study/study_rules.h"

#define RECIST_ORGAN_CACHE_SLOTS 256
#define RECIST_ORGAN_CACHE_TEXT 64 /* longer texts are not remembered */

struct recist_organ_slot {
    char site[RECIST_ORGAN_CACHE_TEXT];
    size_t length; /* 0: free */
    struct recist_slice organ;
    bool nodal;
};

struct recist_organ_cache {
    struct recist_organ_slot slots[RECIST_ORGAN_CACHE_SLOTS];
    struct recist_organ_slot too_long; /* the last text that is not remembered */
};

/* Asks rules->organ, and remembers what it says. */
const struct recist_organ_slot *recist_organ_cache_ask(struct recist_organ_cache *cache,
                                                       struct recist_organ_slot *slot,
                                                       const struct recist_study_rules *rules,
                                                       struct recist_slice site);

/* The first and the last bytes tell sites apart well enough. */
static inline size_t recist_organ_cache_place(struct recist_slice site)
{
    uint64_t word[2] = {0, 0};
    if (site.length >= 8) {
        memcpy(&word[0], site.text, 8);
        memcpy(&word[1], site.text + site.length - 8, 8);
    } else if (site.length >= 4) {
        memcpy(&word[0], site.text, 4);
        memcpy(&word[1], site.text + site.length - 4, 4);
    } else {
        word[0] = (unsigned char)site.text[0];
        word[1] = (unsigned char)site.text[site.length - 1];
    }
    uint64_t hash = (word[0] ^ word[1] << 1 ^ site.length) * UINT64_C(0x9E3779B97F4A7C15);
    return hash >> 32 & (RECIST_ORGAN_CACHE_SLOTS - 1);
}

/* What rules->organ says of a site that is not empty; valid until the next question. */
static inline const struct recist_organ_slot *
recist_organ_cache_find(struct recist_organ_cache *cache, const struct recist_study_rules *rules,
                        struct recist_slice site)
{
    struct recist_organ_slot *slot = &cache->slots[recist_organ_cache_place(site)];
    if (recist_spelling_identical((struct recist_slice){slot->site, slot->length}, site)) {
        return slot;
    }
    return recist_organ_cache_ask(cache, slot, rules, site);
}

#endif
