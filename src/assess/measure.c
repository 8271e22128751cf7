/* SPDX-License-Identifier: MIT
 * Measures at a visit, and their references. */
#include "assess/assessor.h"
#include "base/decimal.h"

static recist_wide gather(enum recist_aggregate aggregate, recist_wide so_far, recist_wide value)
{
    if (so_far == RECIST_WIDE_MISSING) {
        return value;
    }
    switch (aggregate) {
    case RECIST_AGGREGATE_MAXIMUM:
        return value > so_far ? value : so_far;
    case RECIST_AGGREGATE_MINIMUM:
        return value < so_far ? value : so_far;
    case RECIST_AGGREGATE_SUM:
    case RECIST_AGGREGATE_MEAN:
    case RECIST_AGGREGATE_COUNT:
    default:
        return so_far + value;
    }
}

/* How many of the lesions fulfil the condition; complete when it is known of each. */
static void count(struct recist_evaluation *evaluation, const struct recist_measure *of,
                  struct recist_measure_result *result)
{
    struct recist_node selector = {.left = of->over, .role = of->role};
    bool complete = true;
    size_t next = 0;
    result->evaluated = 0;
    while (recist_next_selected(evaluation, &selector, &next)) {
        enum recist_truth holds = recist_evaluate_condition(evaluation, of->counted);
        result->evaluated += holds == RECIST_TRUE ? RECIST_ONE : 0;
        complete = complete && holds != RECIST_UNKNOWN;
    }
    result->complete = complete ? result->evaluated : RECIST_WIDE_MISSING;
}

/* From a sum to the mean; of more lesions than the scale allows it could not be exact. */
static recist_wide mean(recist_wide sum, size_t lesions)
{
    return sum == RECIST_WIDE_MISSING || lesions > RECIST_MEAN_MOST_LESIONS
               ? RECIST_WIDE_MISSING
               : sum * (RECIST_MEAN_SCALE / (int64_t)lesions);
}

static void measure(struct recist_evaluation *evaluation, const struct recist_measure *of,
                    struct recist_measure_result *result)
{
    struct recist_node selector = {.left = of->over, .role = of->role};
    bool complete = true;
    size_t next = 0;
    size_t known = 0;
    while (recist_next_selected(evaluation, &selector, &next)) {
        recist_wide value = 0;
        if (recist_evaluate_lesion_value(evaluation, of->of, &value)) {
            known++;
            result->evaluated = gather(of->aggregate, result->evaluated, value);
        } else {
            complete = false;
        }
    }
    if (of->aggregate == RECIST_AGGREGATE_MEAN) {
        result->evaluated = mean(result->evaluated, known);
    }
    result->complete = complete ? result->evaluated : RECIST_WIDE_MISSING;
}

/* Only complete values can be a nadir: an incomplete sum is too small. A visit joins
 * the nadir of the visits after it. */
static void refer(const struct recist_measure_result *previous, size_t previous_visit,
                  struct recist_measure_result *result)
{
    bool lower = previous->complete != RECIST_WIDE_MISSING && previous->complete < previous->nadir;
    result->baseline = previous_visit == 0 ? previous->complete : previous->baseline;
    result->nadir = lower ? previous->complete : previous->nadir;
    result->nadir_visit = lower ? (uint32_t)previous_visit : previous->nadir_visit;
}

void recist_measure_visit(struct recist_assessor *assessor, size_t visit)
{
    struct recist_evaluation *evaluation = &assessor->evaluation;
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_visit_result *visits = assessor->result.visits;
    evaluation->visit = visit;
    for (size_t i = 0; i < criteria->measure_count; i++) {
        struct recist_measure_result *result = &visits[visit].measures[i];
        if (criteria->measures[i].same_as != i) {
            *result = visits[visit].measures[criteria->measures[i].same_as];
            continue;
        }
        *result = (struct recist_measure_result){.complete = RECIST_WIDE_MISSING,
                                                 .evaluated = RECIST_WIDE_MISSING,
                                                 .baseline = RECIST_WIDE_MISSING,
                                                 .nadir = RECIST_WIDE_MISSING};
        if (criteria->measures[i].aggregate == RECIST_AGGREGATE_COUNT) {
            count(evaluation, &criteria->measures[i], result);
        } else {
            measure(evaluation, &criteria->measures[i], result);
        }
        if (visit > 0) {
            refer(&visits[visit - 1].measures[i], visit - 1, result);
        } else {
            result->baseline = result->complete;
        }
    }
}
