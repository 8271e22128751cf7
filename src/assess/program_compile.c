/* SPDX-License-Identifier: MIT
 * From the nodes of conditions to the steps of a program. */
#include <stddef.h>

#include "assess/other_visits.h"
#include "assess/program_draft.h"
#include "assess/truth.h"

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
static void find_count(struct recist_draft *to, const struct recist_node *node,
                       struct recist_step *test, struct recist_jump *jump)
{
    if (node->operation != RECIST_OP_COUNT || node->right) {
        return;
    }
    bool none = test->signs == RECIST_SIGN_EQUAL;
    if (!node->left && test->constant == 0 && (none || test->signs == RECIST_SIGN_MORE)) {
        test->operation = RECIST_STEP_ANY_LESION;
        test->index = recist_selecting_fact(node);
        jump->when = jump->when != none;
    } else {
        test->from = recist_draft_set(to);
        recist_draft_select(to, node, test->from, RECIST_NO_LABEL);
        test->operation = RECIST_STEP_COUNT;
    }
}

static void add_comparison(struct recist_draft *to, const struct recist_node *node,
                           struct recist_step test, struct recist_jump jump)
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
    recist_draft_test(to, test, jump);
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
static void add_test(struct recist_draft *to, const struct recist_node *node,
                     struct recist_step test, struct recist_jump jump)
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
    recist_draft_test(to, test, jump);
}

/* Jumps by the answer to whether the condition is as wanted. */
static void add_condition(struct recist_draft *to, const struct recist_node *node, bool wanted,
                          struct recist_jump jump)
{
    while (node->operation == RECIST_OP_NOT) {
        node = node->left;
        wanted = !wanted;
    }
    struct recist_step test = {.wanted = wanted};
    if (node->operation == RECIST_OP_ANY || node->operation == RECIST_OP_ALL) {
        recist_draft_quantify(to, node, test, jump);
        return;
    }
    if (node->operation != RECIST_OP_AND && node->operation != RECIST_OP_OR) {
        add_test(to, node, test, jump);
        return;
    }
    /* Where one side alone can decide for the jump, the left one does as the right one; else it can
     * only decide against it. */
    bool both = (node->operation == RECIST_OP_AND) == wanted;
    uint16_t end = recist_draft_label(to);
    add_condition(to, node->left, wanted,
                  both != jump.when ? jump
                                    : (struct recist_jump){.label = end, .when = !jump.when});
    add_condition(to, node->right, wanted, jump);
    recist_draft_put(to, end);
}

static void add_end(struct recist_draft *to, size_t number)
{
    recist_draft_add(to,
                     (struct recist_step){.operation = RECIST_STEP_END, .index = (uint16_t)number});
}

static void add_rules(struct recist_draft *to, const struct recist_live_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        uint16_t next = recist_draft_label(to);
        if (rules->rules[i].when) {
            add_condition(to, rules->rules[i].when, true, (struct recist_jump){.label = next});
        }
        add_end(to, i);
        recist_draft_put(to, next);
    }
    add_end(to, rules->count);
}

const struct recist_step *recist_program_of_rules(const struct recist_criteria *criteria,
                                                  const struct recist_live_rules *rules,
                                                  struct recist_arena *arena)
{
    struct recist_draft to = recist_draft_begin(criteria);
    if (!to.failed) {
        add_rules(&to, rules);
    }
    return recist_draft_finish(&to, arena);
}

static void add_component(struct recist_draft *to, size_t index,
                          const struct recist_live_rules *rules)
{
    const struct recist_component *component = &to->criteria->components[index];
    uint16_t end = recist_draft_label(to);
    size_t last = component->rule_count - 1;
    for (size_t i = 0; i <= rules->count; i++) {
        size_t number = i < rules->count ? rules->rules[i].number : last;
        uint16_t next = recist_draft_label(to);
        if (i < rules->count && rules->rules[i].when) {
            add_condition(to, rules->rules[i].when, true, (struct recist_jump){.label = next});
        }
        recist_draft_test(to,
                          (struct recist_step){.operation = RECIST_STEP_DECIDE,
                                               .index = (uint16_t)index,
                                               .decided = {.word = component->rules[number].word,
                                                           .rule = (uint16_t)number}},
                          (struct recist_jump){.label = end});
        recist_draft_put(to, next);
    }
    recist_draft_put(to, end);
}

const struct recist_step *recist_program_of_visit(const struct recist_criteria *criteria,
                                                  const struct recist_live_rules *components,
                                                  const struct recist_live_rules *history,
                                                  struct recist_arena *arena)
{
    struct recist_draft to = recist_draft_begin(criteria);
    for (size_t i = 0; i < criteria->component_count && !to.failed; i++) {
        add_component(&to, i, &components[i]);
    }
    if (!to.failed) {
        recist_draft_add(&to, (struct recist_step){.operation = RECIST_STEP_TABLE});
        add_rules(&to, history);
    }
    return recist_draft_finish(&to, arena);
}

const struct recist_step *recist_program_of_lesions(const struct recist_criteria *criteria,
                                                    const struct recist_node *node,
                                                    struct recist_arena *arena)
{
    struct recist_draft to = recist_draft_begin(criteria);
    if (!to.failed) {
        uint8_t set = recist_draft_set(&to);
        uint16_t none = recist_draft_label(&to);
        recist_draft_select(&to, node, set, none);
        if (node->right) {
            recist_draft_lesions(&to, node->right, true, set, set,
                                 (struct recist_jump){.label = none});
        }
        recist_draft_add(&to, (struct recist_step){.operation = RECIST_STEP_LESIONS, .from = set});
        recist_draft_put(&to, none);
        add_end(&to, 0);
    }
    return recist_draft_finish(&to, arena);
}
