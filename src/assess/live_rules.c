/* SPDX-License-Identifier: MIT */
#include "assess/live_rules.h"

bool recist_live_rules_begin(struct recist_live_rules *live, size_t count,
                             struct recist_arena *arena)
{
    *live = (struct recist_live_rules){
        .rules = recist_arena_take_zeroed(arena, count + 1, sizeof *live->rules)};
    return live->rules != NULL;
}

bool recist_live_rules_add(struct recist_live_rules *live, const struct recist_node *when,
                           size_t number)
{
    if (recist_condition_is_never(when)) {
        return false;
    }
    bool always = recist_condition_is_always(when);
    live->rules[live->count++] =
        (struct recist_live_rule){.when = always ? NULL : when, .number = (uint16_t)number};
    return always;
}

bool recist_live_rules_select(struct recist_live_rules *live, const struct recist_rule *rules,
                              size_t count, struct recist_arena *arena)
{
    if (!recist_live_rules_begin(live, count, arena)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (recist_live_rules_add(live, rules[i].when, i)) {
            break; /* nothing after it is reached */
        }
    }
    return true;
}
