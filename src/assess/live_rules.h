/* SPDX-License-Identifier: MIT
 * The rules that conventions leave alive: those that can never hold are passed over once, not at
 * every visit of every patient. */
#ifndef RECIST_ASSESS_LIVE_RULES_H
#define RECIST_ASSESS_LIVE_RULES_H

#include "criteria/criteria.h"

struct recist_live_rule {
    const struct recist_node *when; /* NULL: always */
    uint16_t number;                /* among all rules */
};

struct recist_step;

struct recist_live_rules {
    struct recist_live_rule *rules;
    size_t count;
    const struct recist_step *steps; /* of a program that finds the first that holds, or NULL */
};

/* Room for so many rules in the arena; false when memory is out. */
bool recist_live_rules_begin(struct recist_live_rules *live, size_t count,
                             struct recist_arena *arena);
/* Takes the next rule in, unless it never holds. True when it always does. */
bool recist_live_rules_add(struct recist_live_rules *live, const struct recist_node *when,
                           size_t number);
/* Those that can be reached. False when memory is out. */
bool recist_live_rules_select(struct recist_live_rules *live, const struct recist_rule *rules,
                              size_t count, struct recist_arena *arena);

#endif
