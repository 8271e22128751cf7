/* SPDX-License-Identifier: MIT */
#include "study/organ_cache.h"

#include <string.h>

static uint64_t load_8(const char *at)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint32_t load_4(const char *at)
{
    uint32_t word = 0;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The first and the last bytes tell sites apart well enough. */
static size_t slot_of(struct recist_slice site)
{
    uint64_t hash = site.length;
    if (site.length >= 8) {
        hash += load_8(site.text) ^ (load_8(site.text + site.length - 8) << 1);
    } else if (site.length >= 4) {
        hash += load_4(site.text) ^ ((uint64_t)load_4(site.text + site.length - 4) << 32);
    } else {
        for (size_t i = 0; i < site.length; i++) {
            hash = hash << 8 ^ (unsigned char)site.text[i];
        }
    }
    return hash * UINT64_C(0x9E3779B97F4A7C15) >> 32 & (RECIST_ORGAN_CACHE_SLOTS - 1);
}

void recist_organ_cache_find(struct recist_organ_cache *cache,
                             const struct recist_study_rules *rules, struct recist_slice site,
                             struct recist_slice *organ, bool *nodal)
{
    if (site.length > RECIST_ORGAN_CACHE_TEXT) {
        rules->organ(rules->context, site, organ, nodal);
        return;
    }
    struct recist_organ_slot *slot = &cache->slots[slot_of(site)];
    if (slot->length != site.length || memcmp(slot->site, site.text, site.length) != 0) {
        memcpy(slot->site, site.text, site.length);
        slot->length = (uint8_t)site.length;
        rules->organ(rules->context, site, &slot->organ, &slot->nodal);
    }
    *organ = slot->organ;
    *nodal = slot->nodal;
}
