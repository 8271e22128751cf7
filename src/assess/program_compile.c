/* SPDX-License-Identifier: MIT
 * From the nodes of conditions to the steps of a program. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

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

static uint8_t add_set(struct compilation *to, struct recist_step step)
{
    step.set = new_set(to);
    add(to, step);
    return step.set;
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
        {RECIST_OP_NODAL, RECIST_STEP_LESION_FACT, RECIST_LESION_NODAL},
        {RECIST_OP_PRIOR_THERAPY, RECIST_STEP_LESION_FACT, RECIST_LESION_PRIOR_THERAPY},
        {RECIST_OP_PROGRESSED_SINCE, RECIST_STEP_LESION_FACT, RECIST_LESION_PROGRESSED_SINCE},
        {RECIST_OP_EVALUATED, RECIST_STEP_VISIT_FACT, RECIST_VISIT_EVALUATED},
        {RECIST_OP_RECORDED, RECIST_STEP_VISIT_FACT, RECIST_VISIT_RECORDED},
        {RECIST_OP_MEASURED, RECIST_STEP_VISIT_FACT, RECIST_VISIT_MEASURED},
        {RECIST_OP_MASS, RECIST_STEP_VISIT_FACT, RECIST_VISIT_MASS},
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

/* Those in the set `from` of which one condition that is no connective is so. */
static uint8_t add_lesions_asked(struct compilation *to, const struct recist_node *node,
                                 bool wanted, uint8_t from)
{
    struct recist_step step = {.operation = RECIST_STEP_ASK_LESIONS,
                               .from = from,
                               .wanted = wanted,
                               .node = node};
    if (find_fact(to, node, &step)) {
        return add_set(to, step);
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
    return add_set(to, step);
}

/* Returns the set of those in `from` of which the condition is as wanted. */
static uint8_t add_lesions(struct compilation *to, const struct recist_node *node, bool wanted,
                           uint8_t from)
{
    while (node->operation == RECIST_OP_NOT) {
        node = node->left;
        wanted = !wanted;
    }
    if (node->operation != RECIST_OP_AND && node->operation != RECIST_OP_OR) {
        return add_lesions_asked(to, node, wanted, from);
    }
    uint8_t left = add_lesions(to, node->left, wanted, from);
    if ((node->operation == RECIST_OP_AND) == wanted) {
        return add_lesions(to, node->right, wanted, left);
    }
    uint8_t open = add_set(to, (struct recist_step){.operation = RECIST_STEP_WITHOUT,
                                                    .from = from,
                                                    .other = left});
    uint8_t right = add_lesions(to, node->right, wanted, open);
    return add_set(to, (struct recist_step){.operation = RECIST_STEP_UNITE,
                                            .from = left,
                                            .other = right});
}

static uint16_t selecting_fact(const struct recist_node *node)
{
    return node->role ? (uint16_t)(RECIST_LESION_ROLES + node->role) : RECIST_LESION_EXISTS;
}

/* The lesions that a quantifier selects. */
static uint8_t add_selected(struct compilation *to, const struct recist_node *node,
                            enum recist_step_operation operation, struct jump jump)
{
    uint8_t selected = new_set(to);
    add_jump(to,
             (struct recist_step){.operation = (uint8_t)operation,
                                  .set = selected,
                                  .index = selecting_fact(node)},
             jump);
    return node->left ? add_lesions(to, node->left, true, selected) : selected;
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
    uint16_t end = new_label(to);
    struct jump without = {.label = jump.when != one_is_enough ? jump.label : end};
    test.other = add_selected(to, node, RECIST_STEP_SELECT_SOME, without);
    test.from = add_lesions(to, node->right, test.wanted, test.other);
    test.operation = one_is_enough ? RECIST_STEP_SOME : RECIST_STEP_SAME;
    add_jump(to, test, jump);
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
        test->from =
            add_selected(to, node, RECIST_STEP_SELECT, (struct jump){.label = no_label});
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
    if (node->operation != RECIST_OP_WORD_IN || (node->left->operation != RECIST_OP_COMPONENT &&
                                                 node->left->operation != RECIST_OP_OVERALL)) {
        return false;
    }
    bool overall = node->left->index == RECIST_OVERALL_INDEX;
    test->operation = earlier ? overall ? RECIST_STEP_EVER_OVERALL : RECIST_STEP_EVER_WORD
                      : overall ? RECIST_STEP_OVERALL
                                : RECIST_STEP_WORD;
    test->index = node->left->index;
    test->mask = node->mask & ~UINT64_C(1); /* 0 is no word */
    return true;
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
        if (find_measure(node->left, &test.left) && find_measure(node->right, &test.right)) {
            test.operation = RECIST_STEP_PERCENT;
        }
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

const struct recist_step *recist_program_of_rules(const struct recist_criteria *criteria,
                                                  const struct recist_live_rules *rules,
                                                  struct recist_arena *arena)
{
    struct compilation to = begin(criteria);
    for (size_t i = 0; i < rules->count && !to.failed; i++) {
        uint16_t next = new_label(&to);
        if (rules->rules[i].when) {
            add_condition(&to, rules->rules[i].when, true, (struct jump){.label = next});
        }
        add_end(&to, i);
        put_label(&to, next);
    }
    if (!to.failed) {
        add_end(&to, rules->count);
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
                 (struct recist_step){.operation = RECIST_STEP_DECIDE,
                                      .index = (uint16_t)index,
                                      .decided = {.word = component->rules[number].word,
                                                  .rule = (uint16_t)number}},
                 (struct jump){.label = end});
        put_label(to, next);
    }
    put_label(to, end);
}

const struct recist_step *recist_program_of_components(const struct recist_criteria *criteria,
                                                       const struct recist_live_rules *rules,
                                                       struct recist_arena *arena)
{
    struct compilation to = begin(criteria);
    for (size_t i = 0; i < criteria->component_count && !to.failed; i++) {
        add_component(&to, i, &rules[i]);
    }
    if (!to.failed) {
        add_end(&to, 0);
    }
    return finish(&to, arena);
}
