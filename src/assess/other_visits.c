/* SPDX-License-Identifier: MIT
 * Conditions about other visits than the one looked at: ever(), later(), at(), and states. */
#include "assess/other_visits.h"

/* The first visit after baseline is number 1: the baseline has no responses. */
bool recist_held_ever(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    size_t present = evaluation->visit;
    size_t origin = evaluation->origin;
    bool held = false;
    evaluation->origin = present;
    for (size_t visit = 1; visit < present && !held; visit++) {
        evaluation->visit = visit;
        held = recist_holds(evaluation, node->left);
    }
    evaluation->visit = present;
    evaluation->origin = origin;
    return held;
}

bool recist_holds_later(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    size_t present = evaluation->visit;
    size_t origin = evaluation->origin;
    bool holds = false;
    evaluation->origin = present;
    for (size_t visit = present + 1; visit < evaluation->series->visit_count && !holds; visit++) {
        evaluation->visit = visit;
        if (node->right && recist_holds(evaluation, node->right)) {
            break;
        }
        holds = recist_holds(evaluation, node->left);
    }
    evaluation->visit = present;
    evaluation->origin = origin;
    return holds;
}

bool recist_go_to_visit(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    if (node->index == RECIST_AT_NOW) {
        evaluation->visit = evaluation->origin;
        return true;
    }
    bool baseline = node->index == RECIST_AT_BASELINE;
    size_t visit = baseline ? 0 : recist_state_entry(evaluation, node->index);
    if (visit == 0 && !baseline) {
        return false;
    }
    evaluation->visit = visit;
    return true;
}

bool recist_is_at(struct recist_evaluation *evaluation, const struct recist_node *node,
                  bool wanted)
{
    size_t present = evaluation->visit;
    bool is = recist_go_to_visit(evaluation, node) && recist_is(evaluation, node->left, wanted);
    evaluation->visit = present;
    return is;
}

bool recist_value_at(struct recist_evaluation *evaluation, const struct recist_node *node,
                     recist_wide *value)
{
    size_t present = evaluation->visit;
    bool known = recist_go_to_visit(evaluation, node) &&
                 recist_evaluate_value(evaluation, node->left, value);
    evaluation->visit = present;
    return known;
}

unsigned recist_word_at(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    size_t present = evaluation->visit;
    unsigned word = recist_go_to_visit(evaluation, node)
                        ? recist_evaluate_word(evaluation, node->left)
                        : 0;
    evaluation->visit = present;
    return word;
}

static bool value_at_visit(struct recist_evaluation *evaluation, const struct recist_node *value,
                           size_t visit, recist_wide *found)
{
    size_t present = evaluation->visit;
    evaluation->visit = visit;
    bool known = recist_evaluate_value(evaluation, value, found);
    evaluation->visit = present;
    return known;
}

bool recist_value_before(struct recist_evaluation *evaluation, const struct recist_node *node,
                         recist_wide *value)
{
    if (node->operation == RECIST_OP_AT_BASELINE) {
        return value_at_visit(evaluation, node->left, 0, value);
    }
    bool known = false;
    for (size_t visit = evaluation->visit; visit-- > 0;) {
        recist_wide one = 0;
        if (!value_at_visit(evaluation, node->left, visit, &one)) {
            continue;
        }
        *value = !known || one < *value ? one : *value;
        known = true;
        if (node->operation == RECIST_OP_LAST_BEFORE) {
            break;
        }
    }
    return known;
}
