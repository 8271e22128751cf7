/* SPDX-License-Identifier: MIT
 * From conditions about lesions to steps over sets of them. */
#include "assess/program_draft.h"

static uint64_t statuses_of(const struct recist_draft *to, const struct recist_node *node)
{
    return recist_facts_in(node->mask, to->criteria->vocabulary.status_count);
}

/* The facts of lesions and visits that conditions ask for; false for what is none. */
static bool find_fact(const struct recist_draft *to, const struct recist_node *node,
                      struct recist_step *step)
{
    static const struct {
        uint8_t operation;
        uint8_t step;
        uint8_t fact;
    } facts[] = {
        {RECIST_OP_PRIOR_THERAPY, RECIST_STEP_LESION_FACT, RECIST_LESION_PRIOR_THERAPY},
        {RECIST_OP_PROGRESSED_SINCE, RECIST_STEP_LESION_FACT, RECIST_LESION_PROGRESSED_SINCE},
        {RECIST_OP_KNOWN_ORGAN, RECIST_STEP_LESION_FACT, RECIST_LESION_KNOWN_ORGAN},
        {RECIST_OP_EVALUATED, RECIST_STEP_VISIT_FACT, RECIST_VISIT_EVALUATED},
        {RECIST_OP_RECORDED, RECIST_STEP_VISIT_FACT, RECIST_VISIT_RECORDED},
        {RECIST_OP_MEASURED, RECIST_STEP_VISIT_FACT, RECIST_VISIT_MEASURED},
        {RECIST_OP_MASS, RECIST_STEP_VISIT_FACT, RECIST_VISIT_MASS},
        {RECIST_OP_NODAL, RECIST_STEP_VISIT_FACT, RECIST_VISIT_NODAL},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].operation == node->operation) {
            step->operation = facts[i].step;
            step->index = facts[i].fact;
            return true;
        }
    }
    uint64_t statuses = node->operation == RECIST_OP_STATUS ? statuses_of(to, node) : 0;
    if (statuses == 0 || (statuses & (statuses - 1)) != 0) {
        return false;
    }
    step->operation = RECIST_STEP_VISIT_FACT;
    step->index = (uint16_t)(RECIST_VISIT_STATUSES + __builtin_ctzll(statuses));
    return true;
}

static bool is_value_against_number(const struct recist_node *node)
{
    return node->operation == RECIST_OP_COMPARE &&
           node->left->operation == RECIST_OP_LESION_VALUE &&
           node->right->operation == RECIST_OP_VALUE;
}

static bool is_connective(const struct recist_node *node)
{
    return node->operation == RECIST_OP_AND || node->operation == RECIST_OP_OR;
}

/* What it takes to answer a condition about lesions. Values that a measure needs are known already.
 */
enum cost { COST_FACT, COST_MEASURED_VALUE, COST_VALUE, COST_LONG_WAY };

static enum cost cost_of_value(const struct recist_draft *to, size_t index)
{
    const struct recist_criteria *criteria = to->criteria;
    for (size_t i = 0; i < criteria->measure_count; i++) {
        const struct recist_measure *measure = &criteria->measures[i];
        if (measure->aggregate != RECIST_AGGREGATE_COUNT &&
            criteria->lesion_values[measure->of].same_as == index) {
            return COST_MEASURED_VALUE;
        }
    }
    return COST_VALUE;
}

static enum cost cost_of(const struct recist_draft *to, const struct recist_node *node)
{
    struct recist_step step = {0};
    if (is_connective(node)) {
        enum cost left = cost_of(to, node->left);
        enum cost right = cost_of(to, node->right);
        return left > right ? left : right;
    }
    if (node->operation == RECIST_OP_NOT) {
        return cost_of(to, node->left);
    }
    if (find_fact(to, node, &step) || node->operation == RECIST_OP_STATUS) {
        return COST_FACT;
    }
    bool of_value =
        is_value_against_number(node) ||
        (node->operation == RECIST_OP_KNOWN && node->left->operation == RECIST_OP_LESION_VALUE);
    return of_value ? cost_of_value(to, node->left->index) : COST_LONG_WAY;
}

/* Of a connective, what is asked first. Nothing that is asked of lesions leaves a trace, so that
 * the order is free. */
struct sides {
    const struct recist_node *first;
    const struct recist_node *second;
};

static struct sides sides_of(const struct recist_draft *to, const struct recist_node *node)
{
    bool swap = cost_of(to, node->right) < cost_of(to, node->left);
    return swap ? (struct sides){node->right, node->left} : (struct sides){node->left, node->right};
}

/* Takes from `from` into `set` those of which one condition that is no connective is so. */
static void add_lesions_asked(struct recist_draft *to, const struct recist_node *node, bool wanted,
                              uint8_t from, uint8_t set, struct recist_jump jump)
{
    struct recist_step step = {.operation = RECIST_STEP_ASK_LESIONS,
                               .set = set,
                               .from = from,
                               .wanted = wanted,
                               .node = node};
    if (find_fact(to, node, &step)) {
        recist_draft_test(to, step, jump);
        return;
    }
    if (node->operation == RECIST_OP_STATUS) {
        step.operation = RECIST_STEP_STATUSES;
        step.mask = statuses_of(to, node);
    } else if (node->operation == RECIST_OP_KNOWN &&
               node->left->operation == RECIST_OP_LESION_VALUE) {
        step.operation = RECIST_STEP_KNOWN;
        step.index = node->left->index;
    } else if (is_value_against_number(node)) {
        step.operation = RECIST_STEP_COMPARE_VALUES;
        step.index = node->left->index;
        step.constant = node->right->constant;
        step.signs = (uint8_t)recist_relation_signs((enum recist_relation)node->relation, wanted);
    }
    recist_draft_test(to, step, jump);
}

static void add_without(struct recist_draft *to, uint8_t set, uint8_t from, uint8_t other,
                        struct recist_jump jump)
{
    recist_draft_test(
        to,
        (struct recist_step){
            .operation = RECIST_STEP_WITHOUT, .set = set, .from = from, .other = other},
        jump);
}

/* Whether the first thing asked is a fact, which costs nothing. */
static bool begins_with_fact(const struct recist_draft *to, struct sides sides)
{
    const struct recist_node *node = sides.second;
    struct recist_step step = {0};
    while (node->operation == RECIST_OP_NOT || is_connective(node)) {
        node = node->operation == RECIST_OP_NOT ? node->left : sides_of(to, node).first;
    }
    return find_fact(to, node, &step);
}

/* Takes from `from` into `set`, which may be the same, those of which the condition is as wanted;
 * jumps by whether there are any. */
void recist_draft_lesions(struct recist_draft *to, const struct recist_node *node, bool wanted,
                          uint8_t from, uint8_t set, struct recist_jump jump)
{
    while (node->operation == RECIST_OP_NOT) {
        node = node->left;
        wanted = !wanted;
    }
    if (!is_connective(node)) {
        add_lesions_asked(to, node, wanted, from, set, jump);
        return;
    }
    struct sides sides = sides_of(to, node);
    if ((node->operation == RECIST_OP_AND) == wanted) {
        uint16_t end = recist_draft_label(to); /* where none is left, none is in `set` */
        struct recist_jump none =
            jump.label != RECIST_NO_LABEL && !jump.when ? jump : (struct recist_jump){.label = end};
        recist_draft_lesions(to, sides.first, wanted, from, set, none);
        recist_draft_lesions(to, sides.second, wanted, set, set, jump);
        recist_draft_put(to, end);
        return;
    }
    const struct recist_jump on = {.label = RECIST_NO_LABEL};
    unsigned outer = to->sets;
    uint8_t first = recist_draft_set(to);
    uint8_t second = recist_draft_set(to);
    uint8_t open = from;
    recist_draft_lesions(to, sides.first, wanted, from, first, on);
    if (!begins_with_fact(to, sides)) {
        open = second; /* to leave out what was found is less than to ask of it */
        add_without(to, second, from, first, on);
    }
    recist_draft_lesions(to, sides.second, wanted, open, second, on);
    recist_draft_test(
        to,
        (struct recist_step){
            .operation = RECIST_STEP_UNITE, .set = set, .from = first, .other = second},
        jump);
    to->sets = outer;
}

/* One condition that is no connective must be so of all in `set`: what has two values only, of none
 * it may be otherwise. */
static void add_of_all_asked(struct recist_draft *to, const struct recist_node *node, bool wanted,
                             uint8_t set, uint16_t fails)
{
    struct recist_step fact = {0};
    unsigned outer = to->sets;
    uint8_t so = recist_draft_set(to);
    if (find_fact(to, node, &fact) || node->operation == RECIST_OP_STATUS ||
        node->operation == RECIST_OP_KNOWN) {
        add_lesions_asked(to, node, !wanted, set, so,
                          (struct recist_jump){.label = fails, .when = true});
    } else {
        add_lesions_asked(to, node, wanted, set, so,
                          (struct recist_jump){.label = RECIST_NO_LABEL});
        recist_draft_test(
            to, (struct recist_step){.operation = RECIST_STEP_SAME, .from = set, .other = so},
            (struct recist_jump){.label = fails});
    }
    to->sets = outer;
}

/* Goes on where the condition is as wanted of all in `set`, else to `fails`, as soon as that is
 * known. */
static void add_of_all(struct recist_draft *to, const struct recist_node *node, bool wanted,
                       uint8_t set, uint16_t fails)
{
    while (node->operation == RECIST_OP_NOT) {
        node = node->left;
        wanted = !wanted;
    }
    if (!is_connective(node)) {
        add_of_all_asked(to, node, wanted, set, fails);
        return;
    }
    struct sides sides = sides_of(to, node);
    if ((node->operation == RECIST_OP_AND) == wanted) {
        add_of_all(to, sides.first, wanted, set, fails);
        add_of_all(to, sides.second, wanted, set, fails);
        return;
    }
    unsigned outer = to->sets;
    uint8_t first = recist_draft_set(to);
    uint8_t open = recist_draft_set(to);
    uint16_t end = recist_draft_label(to);
    recist_draft_lesions(to, sides.first, wanted, set, first,
                         (struct recist_jump){.label = RECIST_NO_LABEL});
    add_without(to, open, set, first, (struct recist_jump){.label = end});
    add_of_all(to, sides.second, wanted, open, fails);
    recist_draft_put(to, end);
    to->sets = outer;
}

/* Takes the lesions that a quantifier selects into `set`, and jumps where there are none. */
void recist_draft_select(struct recist_draft *to, const struct recist_node *node, uint8_t set,
                         uint16_t none)
{
    struct recist_jump jump = {.label = none};
    recist_draft_test(to,
                      (struct recist_step){.operation = RECIST_STEP_SELECT,
                                           .set = set,
                                           .index = recist_selecting_fact(node)},
                      jump);
    if (node->left) {
        recist_draft_lesions(to, node->left, true, set, set, jump);
    }
}

/* any() of lesions that have one fact, or all() of those that have not: no set is kept. */
static bool add_quantified_fact(struct recist_draft *to, const struct recist_node *node,
                                bool one_is_enough, struct recist_step test,
                                struct recist_jump jump)
{
    const struct recist_node *right = node->right;
    struct recist_step fact = {0};
    while (right->operation == RECIST_OP_NOT) {
        right = right->left;
        test.wanted = !test.wanted;
    }
    if (node->left || !find_fact(to, right, &fact) || fact.operation != RECIST_STEP_VISIT_FACT) {
        return false;
    }
    test.operation = RECIST_STEP_ANY_WITH_FACT;
    test.index = recist_selecting_fact(node);
    test.other = (uint8_t)fact.index;
    test.wanted = test.wanted == one_is_enough;
    jump.when = jump.when == one_is_enough;
    recist_draft_test(to, test, jump);
    return true;
}

void recist_draft_quantify(struct recist_draft *to, const struct recist_node *node,
                           struct recist_step test, struct recist_jump jump)
{
    bool one_is_enough = (node->operation == RECIST_OP_ANY) == test.wanted;
    if (add_quantified_fact(to, node, one_is_enough, test, jump)) {
        return;
    }
    unsigned outer = to->sets;
    uint8_t selected = recist_draft_set(to);
    uint8_t so = recist_draft_set(to);
    uint16_t end = recist_draft_label(to);
    uint16_t if_so = jump.when ? jump.label : end;
    uint16_t if_not = jump.when ? end : jump.label;
    recist_draft_select(to, node, selected, one_is_enough ? if_not : if_so);
    if (one_is_enough) {
        recist_draft_lesions(to, node->right, test.wanted, selected, so, jump);
    } else {
        add_of_all(to, node->right, test.wanted, selected, if_not);
        if (jump.when) {
            recist_draft_test(to,
                              (struct recist_step){.operation = RECIST_STEP_SAME,
                                                   .from = selected,
                                                   .other = selected},
                              jump); /* whatever the lesions, as nothing failed */
        }
    }
    recist_draft_put(to, end);
    to->sets = outer;
}
