/* SPDX-License-Identifier: MIT */
#include "timeline/absences.h"

#include "criteria/criteria.h"

/* `count(role = target) = 0`: the bit of the role; 0 for any other condition. */
static uint64_t role_that_is_absent(const struct recist_node *when)
{
    if (!when || when->operation != RECIST_OP_COMPARE || when->relation != RECIST_EQUAL ||
        when->left->operation != RECIST_OP_COUNT || when->left->right ||
        when->right->operation != RECIST_OP_VALUE || when->right->constant != 0) {
        return 0;
    }
    const struct recist_node *more = when->left->left; /* that is asked of lesions of the role */
    bool any = !more || (more->operation == RECIST_OP_TRUTH && more->constant == RECIST_TRUE);
    return when->left->role != 0 && any ? UINT64_C(1) << when->left->role : 0;
}

static bool find_absence(const struct recist_criteria *criteria,
                         const struct recist_component *component, struct recist_absence *absence)
{
    for (size_t i = 0; i < component->rule_count; i++) {
        const struct recist_rule *rule = &component->rules[i];
        uint64_t role = role_that_is_absent(rule->when);
        if (role != 0) {
            *absence = (struct recist_absence){.component = component->name,
                                               .word = criteria->words[rule->word],
                                               .role = role};
            return true;
        }
    }
    return false;
}

size_t recist_absences_find(const struct recist_criteria *criteria,
                            struct recist_absence absences[static RECIST_MOST_ABSENCES])
{
    size_t count = 0;
    for (size_t i = 0; i < criteria->component_count && count < RECIST_MOST_ABSENCES; i++) {
        count += find_absence(criteria, &criteria->components[i], &absences[count]);
    }
    return count;
}
