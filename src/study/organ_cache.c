/* SPDX-License-Identifier: MIT */
#include "study/organ_cache.h"

#include <string.h>

#include "study/key_index.h"

void recist_organ_cache_find(struct recist_organ_cache *cache,
                             const struct recist_study_rules *rules, struct recist_slice site,
                             struct recist_slice *organ, bool *nodal)
{
    if (site.length > RECIST_ORGAN_CACHE_TEXT) {
        rules->organ(rules->context, site, organ, nodal);
        return;
    }
    struct recist_organ_slot *slot =
        &cache->slots[recist_key_hash(site, 0) % RECIST_ORGAN_CACHE_SLOTS];
    if (slot->length != site.length || memcmp(slot->site, site.text, site.length) != 0) {
        memcpy(slot->site, site.text, site.length);
        slot->length = (uint8_t)site.length;
        rules->organ(rules->context, site, &slot->organ, &slot->nodal);
    }
    *organ = slot->organ;
    *nodal = slot->nodal;
}
