/* SPDX-License-Identifier: MIT */
#include "assess/evaluation.h"
#include "assess/other_visits.h"
#include "assess/recorded.h"
#include "assess/truth.h"
#include "base/decimal.h"

static bool give(recist_wide found, recist_wide *value)
{
    if (found == RECIST_WIDE_MISSING) {
        return false;
    }
    *value = found;
    return true;
}

static bool give_length(int64_t found, recist_wide *value)
{
    if (found == RECIST_MISSING) {
        return false;
    }
    *value = found;
    return true;
}

RECIST_OUTLINED bool lesion_value_at(struct recist_evaluation *evaluation, size_t index,
                                     size_t visit, recist_wide *value)
{
    size_t present = evaluation->visit;
    evaluation->visit = visit;
    bool known = recist_evaluate_lesion_value(evaluation, index, value);
    evaluation->visit = present;
    return known;
}

RECIST_OUTLINED bool lesion_last(struct recist_evaluation *evaluation, size_t index,
                                 recist_wide *value)
{
    for (size_t visit = evaluation->visit; visit-- > 0;) {
        if (lesion_value_at(evaluation, index, visit, value)) {
            return true;
        }
    }
    return false;
}

RECIST_OUTLINED bool lesion_nadir(struct recist_evaluation *evaluation, size_t index,
                                  recist_wide *value)
{
    recist_wide smallest = RECIST_WIDE_MISSING;
    for (size_t visit = 0; visit < evaluation->visit; visit++) {
        recist_wide one = 0;
        if (lesion_value_at(evaluation, index, visit, &one) && one < smallest) {
            smallest = one;
        }
    }
    return give(smallest, value);
}

RECIST_OUTLINED bool nadir_date(const struct recist_evaluation *evaluation, size_t index,
                                recist_wide *value)
{
    const struct recist_measure_result *measure = recist_measure_at(evaluation, evaluation->visit, index);
    if (measure->nadir == RECIST_WIDE_MISSING) {
        return false;
    }
    *value = evaluation->series->visits[measure->nadir_visit].last_date;
    return true;
}

RECIST_OUTLINED bool count(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value)
{
    recist_wide number = 0;
    for (size_t block = 0; block < evaluation->sets.blocks; block++) {
        number += (recist_wide)recist_lesion_count(
            recist_fulfilling_lesions(evaluation, node, block));
    }
    *value = number * RECIST_ONE;
    return true;
}

RECIST_OUTLINED bool axis(const struct recist_evaluation *evaluation,
                          const struct recist_node *node, recist_wide *value)
{
    return give_length(recist_axis_of_lesion(evaluation, node), value);
}

RECIST_OUTLINED bool lesion_value(struct recist_evaluation *evaluation, size_t index,
                                  recist_wide *value)
{
    return recist_evaluate_lesion_value(evaluation, index, value);
}

/* Scan dates of the rows of the lesions selected. */
RECIST_OUTLINED bool scan_date(struct recist_evaluation *evaluation, const struct recist_node *node,
                               bool first, recist_wide *value)
{
    bool known = false;
    for (size_t block = 0; block < evaluation->sets.blocks; block++) {
        uint64_t set = recist_fulfilling_lesions(evaluation, node, block) &
                       recist_visit_facts(evaluation, evaluation->visit,
                                          block)[RECIST_VISIT_RECORDED];
        for (; set; set &= set - 1) {
            recist_wide date = recist_series_observation(evaluation->series, evaluation->visit,
                                                         recist_first_lesion(block, set))
                                   ->date;
            *value = !known || (first ? date < *value : date > *value) ? date : *value;
            known = true;
        }
    }
    return known;
}

/* The smallest or largest of a value among lesions. */
RECIST_OUTLINED bool among(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value)
{
    size_t outer = evaluation->lesion;
    bool smallest = node->operation == RECIST_OP_SMALLEST;
    bool known = false;
    size_t next = 0;
    while (recist_next_selected(evaluation, node, &next)) {
        recist_wide one = 0;
        if (recist_evaluate_value(evaluation, node->right, &one)) {
            *value = !known || (smallest ? one < *value : one > *value) ? one : *value;
            known = true;
        }
    }
    evaluation->lesion = outer;
    return known;
}

/* Back from the visit before this one, as long as the lesion has a status in mask; a visit without a
 * scan says nothing of it. */
RECIST_OUTLINED bool unbroken_since(struct recist_evaluation *evaluation,
                                    const struct recist_node *node, recist_wide *value)
{
    uint64_t mask = node->mask;
    bool known = false;
    for (size_t visit = evaluation->visit; visit-- > 0;) {
        const struct recist_observation *observation =
            recist_series_observation(evaluation->series, visit, evaluation->lesion);
        if (observation->parts == 0 && !evaluation->series->visits[visit].imaged) {
            continue;
        }
        if (observation->parts == 0 || !((mask >> observation->status) & 1) ||
            !recist_holds_at(evaluation, node->left, visit)) {
            break;
        }
        *value = observation->date;
        known = true;
    }
    return known;
}

RECIST_OUTLINED bool extreme(struct recist_evaluation *evaluation, const struct recist_node *node,
                             recist_wide *value)
{
    recist_wide left = 0;
    recist_wide right = 0;
    bool left_known = recist_find_value(evaluation, node->left, &left);
    bool right_known = recist_find_value(evaluation, node->right, &right);
    if (!left_known || !right_known) {
        *value = left_known ? left : right;
        return left_known || right_known;
    }
    *value = (node->operation == RECIST_OP_MINIMUM) == (left < right) ? left : right;
    return true;
}

RECIST_OUTLINED bool otherwise(struct recist_evaluation *evaluation,
                               const struct recist_node *node, recist_wide *value)
{
    return recist_find_value(evaluation, node->left, value) ||
           recist_find_value(evaluation, node->right, value);
}

RECIST_OUTLINED bool where(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value)
{
    return recist_holds(evaluation, node->left) &&
           recist_find_value(evaluation, node->right, value);
}

RECIST_OUTLINED bool arithmetic(struct recist_evaluation *evaluation,
                                const struct recist_node *node, recist_wide *value)
{
    recist_wide left = 0;
    recist_wide right = 0;
    if (!recist_find_value(evaluation, node->left, &left)) {
        return false;
    }
    if (node->operation == RECIST_OP_TIMES) {
        return recist_times(left, node->constant, value);
    }
    if (!recist_find_value(evaluation, node->right, &right)) {
        return false;
    }
    bool reverse = node->operation == RECIST_OP_CHANGE && node->direction == RECIST_DECREASE;
    *value = node->operation == RECIST_OP_ADD ? left + right
             : reverse                        ? right - left
                                              : left - right;
    return true;
}

RECIST_OUTLINED bool days_before_start(const struct recist_evaluation *evaluation,
                                       recist_wide *value)
{
    const struct recist_series *series = evaluation->series;
    if (!series->has_start || series->visit_count == 0) {
        return false;
    }
    *value = (recist_wide)series->start - series->visits[0].first_date;
    return true;
}

unsigned recist_evaluate_word(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    size_t visit = evaluation->visit;
    if (node->operation == RECIST_OP_AT) {
        return recist_word_at(evaluation, node);
    }
    if (node->operation == RECIST_OP_WORD_AT_NADIR) {
        const struct recist_measure_result *measure = recist_measure_at(evaluation, visit, node->measure);
        if (measure->nadir == RECIST_WIDE_MISSING) {
            return 0;
        }
        visit = measure->nadir_visit;
    }
    const struct recist_visit_result *results = evaluation->visits;
    if (node->operation == RECIST_OP_LAST_WORD) {
        while (visit-- > 1) {
            unsigned word = node->index == RECIST_OVERALL_INDEX
                                ? results[visit].overall
                                : results[visit].components[node->index].word;
            if ((node->mask >> word) & 1) {
                return word;
            }
        }
        return 0;
    }
    return node->index == RECIST_OVERALL_INDEX ? results[visit].overall
                                               : results[visit].components[node->index].word;
}

bool recist_evaluate_value(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value)
{
    return recist_find_value(evaluation, node, value);
}

bool recist_work_out_value(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value)
{
    switch (node->operation) {
    case RECIST_OP_MEASURE_PREVIOUS:
        return recist_measure_before(evaluation, node->index, value);
    case RECIST_OP_NADIR_DATE:
        return nadir_date(evaluation, node->index, value);
    case RECIST_OP_AXIS:
    case RECIST_OP_LARGEST_AXIS:
        return axis(evaluation, node, value);
    case RECIST_OP_LESION_VALUE:
        return lesion_value(evaluation, node->index, value);
    case RECIST_OP_LESION_BASELINE:
        return lesion_value_at(evaluation, node->index, 0, value);
    case RECIST_OP_LESION_NADIR:
        return lesion_nadir(evaluation, node->index, value);
    case RECIST_OP_LESION_LAST:
        return lesion_last(evaluation, node->index, value);
    case RECIST_OP_SLICE:
        return give_length(evaluation->series->lesions[evaluation->lesion].slice_thickness, value);
    case RECIST_OP_COUNT:
        return count(evaluation, node, value);
    case RECIST_OP_MINIMUM:
    case RECIST_OP_MAXIMUM:
        return extreme(evaluation, node, value);
    case RECIST_OP_IF:
        return where(evaluation, node, value);
    case RECIST_OP_ADD:
    case RECIST_OP_SUBTRACT:
    case RECIST_OP_TIMES:
    case RECIST_OP_CHANGE:
        return arithmetic(evaluation, node, value);
    case RECIST_OP_FIRST_SCAN:
    case RECIST_OP_LAST_SCAN:
        if (!node->role && !node->left && !node->right) {
            const struct recist_visit *visit = &evaluation->series->visits[evaluation->visit];
            *value = node->operation == RECIST_OP_FIRST_SCAN ? visit->first_date
                                                             : visit->last_date;
            return true; /* of all scans of the visit */
        }
        return scan_date(evaluation, node, node->operation == RECIST_OP_FIRST_SCAN, value);
    case RECIST_OP_SMALLEST:
    case RECIST_OP_LARGEST:
        return among(evaluation, node, value);
    case RECIST_OP_UNBROKEN_SINCE:
        return unbroken_since(evaluation, node, value);
    case RECIST_OP_AT:
        return recist_value_at(evaluation, node, value);
    case RECIST_OP_AT_BASELINE:
    case RECIST_OP_SMALLEST_BEFORE:
    case RECIST_OP_LAST_BEFORE:
        return recist_value_before(evaluation, node, value);
    case RECIST_OP_NUMBER:
        return recist_number_of_lesion(evaluation, node->index, value);
    case RECIST_OP_PERPENDICULAR:
        return recist_perpendicular(evaluation, value);
    case RECIST_OP_PRODUCT:
        return recist_product(evaluation, value);
    case RECIST_OP_OBSERVED_VALUE:
        return recist_observed_value(evaluation, node, value);
    case RECIST_OP_OTHERWISE:
        return otherwise(evaluation, node, value);
    case RECIST_OP_VISIT_DATE:
        *value = evaluation->series->visits[evaluation->visit].last_date;
        return true;
    case RECIST_OP_BASELINE_DATE:
        *value = evaluation->series->visits[0].last_date;
        return true;
    case RECIST_OP_DAYS_BEFORE_START:
        return days_before_start(evaluation, value);
    default:
        return false;
    }
}
