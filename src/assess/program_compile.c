/* SPDX-License-Identifier: MIT
 * From the nodes of conditions to the steps of a program. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "assess/other_visits.h"
#include "assess/program.h"
#include "assess/truth.h"

/* More steps than these are not worth their memory; more labels are not needed for them. */
#define MOST_STEPS 1024
#define MOST_LABELS 1024

/* A test goes to the label when the answer is `when`, else on. */
struct jump {
    uint16_t label;
    bool when;
};

struct compilation {
    const struct recist_criteria *criteria;
    struct recist_step *steps;
    struct jump *jumps; /* one beside each step */
    size_t count;
    uint16_t labels[MOST_LABELS]; /* the step at which each stands */
    size_t label_count;
    unsigned sets; /* in use */
    bool failed;
};

static const uint16_t no_label = UINT16_MAX;

static void add_jump(struct compilation *to, struct recist_step step, struct jump jump)
{
    if (to->count == MOST_STEPS) {
        to->failed = true;
        to->count = 0; /* what follows is thrown away */
    }
    step.run = recist_step_run_of((enum recist_step_operation)step.operation);
    to->jumps[to->count] = jump;
    to->steps[to->count++] = step;
}

static void add(struct compilation *to, struct recist_step step)
{
    add_jump(to, step, (struct jump){.label = no_label});
}

static uint16_t new_label(struct compilation *to)
{
    if (to->label_count == MOST_LABELS) {
        to->failed = true;
        to->label_count = 0;
    }
    return (uint16_t)to->label_count++;
}

static void put_label(struct compilation *to, uint16_t label)
{
    to->labels[label] = (uint16_t)to->count;
}

static uint8_t new_set(struct compilation *to)
{
    if (to->sets == RECIST_PROGRAM_SETS) {
        to->failed = true;
        to->sets = 0;
    }
    return (uint8_t)to->sets++;
}

static uint64_t statuses_of(const struct compilation *to, const struct recist_node *node)
{
    return recist_facts_in(node->mask, to->criteria->vocabulary.status_count);
}

/* The facts of lesions and visits that conditions ask for; false for what is none. */
static bool find_fact(const struct compilation *to, const struct recist_node *node,
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

static enum cost cost_of_value(const struct compilation *to, size_t index)
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

static enum cost cost_of(const struct compilation *to, const struct recist_node *node)
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

static struct sides sides_of(const struct compilation *to, const struct recist_node *node)
{
    bool swap = cost_of(to, node->right) < cost_of(to, node->left);
    return swap ? (struct sides){node->right, node->left} : (struct sides){node->left, node->right};
}

/* Takes from `from` into `set` those of which one condition that is no connective is so. */
static void add_lesions_asked(struct compilation *to, const struct recist_node *node, bool wanted,
                              uint8_t from, uint8_t set, struct jump jump)
{
    struct recist_step step = {.operation = RECIST_STEP_ASK_LESIONS,
                               .set = set,
                               .from = from,
                               .wanted = wanted,
                               .node = node};
    if (find_fact(to, node, &step)) {
        add_jump(to, step, jump);
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
    add_jump(to, step, jump);
}

static void add_without(struct compilation *to, uint8_t set, uint8_t from, uint8_t other,
                        struct jump jump)
{
    add_jump(to,
             (struct recist_step){
                 .operation = RECIST_STEP_WITHOUT, .set = set, .from = from, .other = other},
             jump);
}

/* Whether the first thing asked is a fact, which costs nothing. */
static bool begins_with_fact(const struct compilation *to, struct sides sides)
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
static void add_lesions(struct compilation *to, const struct recist_node *node, bool wanted,
                        uint8_t from, uint8_t set, struct jump jump)
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
        uint16_t end = new_label(to); /* where none is left, none is in `set` */
        struct jump none =
            jump.label != no_label && !jump.when ? jump : (struct jump){.label = end};
        add_lesions(to, sides.first, wanted, from, set, none);
        add_lesions(to, sides.second, wanted, set, set, jump);
        put_label(to, end);
        return;
    }
    const struct jump on = {.label = no_label};
    unsigned outer = to->sets;
    uint8_t first = new_set(to);
    uint8_t second = new_set(to);
    uint8_t open = from;
    add_lesions(to, sides.first, wanted, from, first, on);
    if (!begins_with_fact(to, sides)) {
        open = second; /* to leave out what was found is less than to ask of it */
        add_without(to, second, from, first, on);
    }
    add_lesions(to, sides.second, wanted, open, second, on);
    add_jump(to,
             (struct recist_step){
                 .operation = RECIST_STEP_UNITE, .set = set, .from = first, .other = second},
             jump);
    to->sets = outer;
}

/* One condition that is no connective must be so of all in `set`: what has two values only, of none
 * it may be otherwise. */
static void add_of_all_asked(struct compilation *to, const struct recist_node *node, bool wanted,
                             uint8_t set, uint16_t fails)
{
    struct recist_step fact = {0};
    unsigned outer = to->sets;
    uint8_t so = new_set(to);
    if (find_fact(to, node, &fact) || node->operation == RECIST_OP_STATUS ||
        node->operation == RECIST_OP_KNOWN) {
        add_lesions_asked(to, node, !wanted, set, so, (struct jump){.label = fails, .when = true});
    } else {
        add_lesions_asked(to, node, wanted, set, so, (struct jump){.label = no_label});
        add_jump(to, (struct recist_step){.operation = RECIST_STEP_SAME, .from = set, .other = so},
                 (struct jump){.label = fails});
    }
    to->sets = outer;
}

/* Goes on where the condition is as wanted of all in `set`, else to `fails`, as soon as that is
 * known. */
static void add_of_all(struct compilation *to, const struct recist_node *node, bool wanted,
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
    uint8_t first = new_set(to);
    uint8_t open = new_set(to);
    uint16_t end = new_label(to);
    add_lesions(to, sides.first, wanted, set, first, (struct jump){.label = no_label});
    add_without(to, open, set, first, (struct jump){.label = end});
    add_of_all(to, sides.second, wanted, open, fails);
    put_label(to, end);
    to->sets = outer;
}

static uint16_t selecting_fact(const struct recist_node *node)
{
    return node->role ? (uint16_t)(RECIST_LESION_ROLES + node->role) : RECIST_LESION_EXISTS;
}

/* Takes the lesions that a quantifier selects into `set`, and jumps where there are none. */
static void add_selected(struct compilation *to, const struct recist_node *node, uint8_t set,
                         uint16_t none)
{
    struct jump jump = {.label = none};
    add_jump(to,
             (struct recist_step){
                 .operation = RECIST_STEP_SELECT, .set = set, .index = selecting_fact(node)},
             jump);
    if (node->left) {
        add_lesions(to, node->left, true, set, set, jump);
    }
}

/* any() of lesions that have one fact, or all() of those that have not: no set is kept. */
static bool add_quantified_fact(struct compilation *to, const struct recist_node *node,
                                bool one_is_enough, struct recist_step test, struct jump jump)
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
    test.index = selecting_fact(node);
    test.other = (uint8_t)fact.index;
    test.wanted = test.wanted == one_is_enough;
    jump.when = jump.when == one_is_enough;
    add_jump(to, test, jump);
    return true;
}

static void add_quantifier(struct compilation *to, const struct recist_node *node,
                           struct recist_step test, struct jump jump)
{
    bool one_is_enough = (node->operation == RECIST_OP_ANY) == test.wanted;
    if (add_quantified_fact(to, node, one_is_enough, test, jump)) {
        return;
    }
    unsigned outer = to->sets;
    uint8_t selected = new_set(to);
    uint8_t so = new_set(to);
    uint16_t end = new_label(to);
    uint16_t if_so = jump.when ? jump.label : end;
    uint16_t if_not = jump.when ? end : jump.label;
    add_selected(to, node, selected, one_is_enough ? if_not : if_so);
    if (one_is_enough) {
        add_lesions(to, node->right, test.wanted, selected, so, jump);
    } else {
        add_of_all(to, node->right, test.wanted, selected, if_not);
        if (jump.when) {
            add_jump(to,
                     (struct recist_step){
                         .operation = RECIST_STEP_SAME, .from = selected, .other = selected},
                     jump); /* whatever the lesions, as nothing failed */
        }
    }
    put_label(to, end);
    to->sets = outer;
}

/* Where among the numbers of a visit's measures one stands; false for other values. */
static bool find_measure(const struct recist_node *node, uint16_t *place)
{
    size_t offset = 0;
    switch (node->operation) {
    case RECIST_OP_MEASURE:
        offset = node->evaluated ? offsetof(struct recist_measure_result, evaluated)
                                 : offsetof(struct recist_measure_result, complete);
        break;
    case RECIST_OP_MEASURE_BASELINE:
        offset = offsetof(struct recist_measure_result, baseline);
        break;
    case RECIST_OP_MEASURE_NADIR:
        offset = offsetof(struct recist_measure_result, nadir);
        break;
    default:
        return false;
    }
    offset += node->index * sizeof(struct recist_measure_result);
    *place = (uint16_t)offset;
    return offset <= UINT16_MAX;
}

/* increase(), decrease(), change() and differences of two measures: right from left, or left from
 * right. */
static bool find_difference(const struct recist_node *node, struct recist_step *step)
{
    if (node->operation != RECIST_OP_CHANGE && node->operation != RECIST_OP_SUBTRACT) {
        return false;
    }
    bool reverse = node->operation == RECIST_OP_CHANGE && node->direction == RECIST_DECREASE;
    return find_measure(node->left, reverse ? &step->right : &step->left) &&
           find_measure(node->right, reverse ? &step->left : &step->right);
}

/* How many lesions there are, of which it mostly is asked whether there are any. */
static void find_count(struct compilation *to, const struct recist_node *node,
                       struct recist_step *test, struct jump *jump)
{
    if (node->operation != RECIST_OP_COUNT || node->right) {
        return;
    }
    bool none = test->signs == RECIST_SIGN_EQUAL;
    if (!node->left && test->constant == 0 && (none || test->signs == RECIST_SIGN_MORE)) {
        test->operation = RECIST_STEP_ANY_LESION;
        test->index = selecting_fact(node);
        jump->when = jump->when != none;
    } else {
        test->from = new_set(to);
        add_selected(to, node, test->from, no_label);
        test->operation = RECIST_STEP_COUNT;
    }
}

static void add_comparison(struct compilation *to, const struct recist_node *node,
                           struct recist_step test, struct jump jump)
{
    unsigned outer = to->sets;
    if (node->right->operation == RECIST_OP_VALUE) {
        test.constant = node->right->constant;
        test.signs =
            (uint8_t)recist_relation_signs((enum recist_relation)node->relation, test.wanted);
        if (find_measure(node->left, &test.left)) {
            test.operation = RECIST_STEP_MEASURE;
        } else if (find_difference(node->left, &test)) {
            test.operation = RECIST_STEP_DIFFERENCE;
        } else {
            find_count(to, node->left, &test, &jump);
        }
    }
    add_jump(to, test, jump);
    to->sets = outer;
}

/* The word of a component or the overall response; the same of earlier visits for ever(). */
static bool find_word(const struct recist_node *node, bool earlier, struct recist_step *test)
{
    if (!recist_asks_for_word(node)) {
        return false;
    }
    bool overall = node->left->index == RECIST_OVERALL_INDEX;
    test->operation = earlier   ? RECIST_STEP_EVER_WORD
                      : overall ? RECIST_STEP_OVERALL
                                : RECIST_STEP_WORD;
    test->index = node->left->index;
    test->mask = node->mask & ~UINT64_C(1); /* 0 is no word */
    return true;
}

static uint64_t greatest_divisor(uint64_t one, uint64_t other)
{
    while (other) {
        uint64_t rest = one % other;
        one = other;
        other = rest;
    }
    return one;
}

/* A change in percent of two measures; most have factors so small that 64 bits suffice. */
static void find_percent(const struct recist_node *node, struct recist_step *test)
{
    const uint64_t whole = UINT64_C(100) * RECIST_ONE;
    const enum recist_relation relation = (enum recist_relation)node->relation;
    const bool upward = relation == RECIST_GREATER_OR_EQUAL || relation == RECIST_GREATER;
    const bool at_limit = relation == RECIST_GREATER_OR_EQUAL || relation == RECIST_LESS;
    if (!find_measure(node->left, &test->left) || !find_measure(node->right, &test->right)) {
        return;
    }
    test->operation = RECIST_STEP_PERCENT;
    if (node->constant < 0 || node->constant > INT64_MAX) {
        return;
    }
    uint64_t divisor = greatest_divisor(whole, (uint64_t)node->constant);
    uint64_t of_difference = whole / divisor;
    uint64_t of_reference = (uint64_t)node->constant / divisor;
    if ((of_difference | of_reference) >> 21) {
        return;
    }
    test->operation =
        node->direction == RECIST_DECREASE ? RECIST_STEP_SHRINKAGE : RECIST_STEP_GROWTH;
    test->ratio = (struct recist_ratio_test){.of_difference = (uint32_t)of_difference,
                                             .of_reference = (uint32_t)of_reference,
                                             .least = !at_limit,
                                             .wanted = test->wanted == upward};
}

/* What is neither connective nor quantifier. */
static void add_test(struct compilation *to, const struct recist_node *node,
                     struct recist_step test, struct jump jump)
{
    test.operation = RECIST_STEP_ASK;
    test.node = node;
    switch (node->operation) {
    case RECIST_OP_COMPARE:
        add_comparison(to, node, test, jump);
        return;
    case RECIST_OP_PERCENT:
        find_percent(node, &test);
        break;
    case RECIST_OP_KNOWN:
        if (find_measure(node->left, &test.left)) {
            test.operation = RECIST_STEP_MEASURE_KNOWN;
        }
        break;
    case RECIST_OP_STATE:
        test.operation = RECIST_STEP_STATE;
        test.index = node->index;
        break;
    case RECIST_OP_EVER:
        find_word(node->left, true, &test);
        break;
    default:
        find_word(node, false, &test);
        break;
    }
    add_jump(to, test, jump);
}

/* Jumps by the answer to whether the condition is as wanted. */
static void add_condition(struct compilation *to, const struct recist_node *node, bool wanted,
                          struct jump jump)
{
    while (node->operation == RECIST_OP_NOT) {
        node = node->left;
        wanted = !wanted;
    }
    struct recist_step test = {.wanted = wanted};
    if (node->operation == RECIST_OP_ANY || node->operation == RECIST_OP_ALL) {
        add_quantifier(to, node, test, jump);
        return;
    }
    if (node->operation != RECIST_OP_AND && node->operation != RECIST_OP_OR) {
        add_test(to, node, test, jump);
        return;
    }
    /* Where one side alone can decide for the jump, the left one does as the right one; else it can
     * only decide against it. */
    bool both = (node->operation == RECIST_OP_AND) == wanted;
    uint16_t end = new_label(to);
    add_condition(to, node->left, wanted,
                  both != jump.when ? jump : (struct jump){.label = end, .when = !jump.when});
    add_condition(to, node->right, wanted, jump);
    put_label(to, end);
}

/* Where each step goes on, now that all have their places. */
static void join_steps(const struct compilation *from, struct recist_step *steps)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct jump *jump = &from->jumps[i];
        steps[i].next[0] = steps[i].next[1] = &steps[i + 1];
        if (jump->label != no_label) {
            steps[i].next[jump->when] = &steps[from->labels[jump->label]];
        }
    }
}

static const struct recist_step *finish(struct compilation *compilation, struct recist_arena *arena)
{
    struct recist_step *steps =
        compilation->failed ? NULL : recist_arena_take(arena, compilation->count * sizeof *steps);
    if (steps) {
        memcpy(steps, compilation->steps, compilation->count * sizeof *steps);
        join_steps(compilation, steps);
    }
    free(compilation->steps);
    free(compilation->jumps);
    return steps;
}

static struct compilation begin(const struct recist_criteria *criteria)
{
    struct compilation begun = {.criteria = criteria,
                                .steps = malloc(MOST_STEPS * sizeof *begun.steps),
                                .jumps = malloc(MOST_STEPS * sizeof *begun.jumps)};
    begun.failed = !begun.steps || !begun.jumps;
    return begun;
}

static void add_end(struct compilation *to, size_t number)
{
    add(to, (struct recist_step){.operation = RECIST_STEP_END, .index = (uint16_t)number});
}

static void add_rules(struct compilation *to, const struct recist_live_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        uint16_t next = new_label(to);
        if (rules->rules[i].when) {
            add_condition(to, rules->rules[i].when, true, (struct jump){.label = next});
        }
        add_end(to, i);
        put_label(to, next);
    }
    add_end(to, rules->count);
}

const struct recist_step *recist_program_of_rules(const struct recist_criteria *criteria,
                                                  const struct recist_live_rules *rules,
                                                  struct recist_arena *arena)
{
    struct compilation to = begin(criteria);
    if (!to.failed) {
        add_rules(&to, rules);
    }
    return finish(&to, arena);
}

static void add_component(struct compilation *to, size_t index,
                          const struct recist_live_rules *rules)
{
    const struct recist_component *component = &to->criteria->components[index];
    uint16_t end = new_label(to);
    size_t last = component->rule_count - 1;
    for (size_t i = 0; i <= rules->count; i++) {
        size_t number = i < rules->count ? rules->rules[i].number : last;
        uint16_t next = new_label(to);
        if (i < rules->count && rules->rules[i].when) {
            add_condition(to, rules->rules[i].when, true, (struct jump){.label = next});
        }
        add_jump(to,
                 (struct recist_step){
                     .operation = RECIST_STEP_DECIDE,
                     .index = (uint16_t)index,
                     .decided = {.word = component->rules[number].word, .rule = (uint16_t)number}},
                 (struct jump){.label = end});
        put_label(to, next);
    }
    put_label(to, end);
}

const struct recist_step *recist_program_of_visit(const struct recist_criteria *criteria,
                                                  const struct recist_live_rules *components,
                                                  const struct recist_live_rules *history,
                                                  struct recist_arena *arena)
{
    struct compilation to = begin(criteria);
    for (size_t i = 0; i < criteria->component_count && !to.failed; i++) {
        add_component(&to, i, &components[i]);
    }
    if (!to.failed) {
        add(&to, (struct recist_step){.operation = RECIST_STEP_TABLE});
        add_rules(&to, history);
    }
    return finish(&to, arena);
}

const struct recist_step *recist_program_of_lesions(const struct recist_criteria *criteria,
                                                    const struct recist_node *node,
                                                    struct recist_arena *arena)
{
    struct compilation to = begin(criteria);
    if (!to.failed) {
        uint8_t set = new_set(&to);
        uint16_t none = new_label(&to);
        add_selected(&to, node, set, none);
        if (node->right) {
            add_lesions(&to, node->right, true, set, set, (struct jump){.label = none});
        }
        add(&to, (struct recist_step){.operation = RECIST_STEP_LESIONS, .from = set});
        put_label(&to, none);
        add_end(&to, 0);
    }
    return finish(&to, arena);
}
