/* SPDX-License-Identifier: MIT */
#include "assess/pattern_memo.h"

#include <string.h>

static size_t slot_of(const struct recist_pattern *pattern, struct recist_slice text)
{
    uint64_t hash = (uintptr_t)pattern >> 4;
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.text[i]) * UINT64_C(0x9E3779B97F4A7C15);
    }
    return hash >> 32 & (RECIST_PATTERN_MEMO_SLOTS - 1);
}

bool recist_pattern_memo_matches(struct recist_pattern_memo *memo,
                                 const struct recist_pattern *pattern, struct recist_slice text)
{
    if (text.length == 0 || text.length > RECIST_PATTERN_MEMO_TEXT) {
        return recist_pattern_matches(pattern, text);
    }
    struct recist_pattern_memo_slot *slot = &memo->slots[slot_of(pattern, text)];
    if (slot->pattern != pattern || slot->length != text.length ||
        memcmp(slot->text, text.text, text.length) != 0) {
        slot->pattern = pattern;
        slot->length = (uint8_t)text.length;
        slot->matches = recist_pattern_matches(pattern, text);
        memcpy(slot->text, text.text, text.length);
    }
    return slot->matches;
}
