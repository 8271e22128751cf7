/* SPDX-License-Identifier: MIT */
#include "study/organ_cache.h"

const struct recist_organ_slot *recist_organ_cache_ask(struct recist_organ_cache *cache,
                                                       struct recist_organ_slot *slot,
                                                       const struct recist_study_rules *rules,
                                                       struct recist_slice site)
{
    if (site.length > RECIST_ORGAN_CACHE_TEXT) {
        slot = &cache->too_long;
    } else {
        memcpy(slot->site, site.text, site.length);
        slot->length = site.length;
    }
    rules->organ(rules->context, site, &slot->organ, &slot->nodal);
    return slot;
}
