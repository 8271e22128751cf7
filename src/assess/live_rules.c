/* SPDX-License-Identifier: MIT */
#include "assess/live_rules.h"

bool recist_live_rules_select(struct recist_live_rules *live, const struct recist_rule *rules,
                              size_t count, struct recist_arena *arena)
{
    live->count = 0;
    live->rules = recist_arena_take_zeroed(arena, count + 1, sizeof *live->rules);
    if (!live->rules) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (recist_condition_is_never(rules[i].when)) {
            continue;
        }
        bool always = recist_condition_is_always(rules[i].when);
        live->rules[live->count++] =
            (struct recist_live_rule){.when = always ? NULL : rules[i].when, .number = (uint16_t)i};
        if (always) {
            break; /* nothing after it is reached */
        }
    }
    return true;
}
