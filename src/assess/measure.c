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

/* From a sum to the mean; of more lesions than the scale allows it could not be exact. */
static recist_wide mean(recist_wide sum, size_t lesions)
{
    return sum == RECIST_WIDE_MISSING || lesions > RECIST_MEAN_MOST_LESIONS
               ? RECIST_WIDE_MISSING
               : sum * (RECIST_MEAN_SCALE / (int64_t)lesions);
}

/* What is gathered of the lesions of a measure. */
struct gathering {
    recist_wide so_far;
    size_t known;
    bool complete;
};

static void gather_values(struct recist_evaluation *evaluation, const struct recist_measure *of,
                          size_t block, uint64_t selected, struct gathering *gathering)
{
    size_t index = evaluation->criteria->lesion_values[of->of].same_as;
    uint64_t known = recist_known_lesion_values(evaluation, index, block, selected);
    const recist_wide *values = recist_lesion_values_at(evaluation, index);
    gathering->complete = gathering->complete && known == selected;
    if (of->aggregate == RECIST_AGGREGATE_SUM && known) {
        recist_wide sum = gathering->so_far == RECIST_WIDE_MISSING ? 0 : gathering->so_far;
        for (; known; known &= known - 1) {
            sum += values[recist_first_lesion(block, known)];
        }
        gathering->so_far = sum;
        return;
    }
    for (; known; known &= known - 1) {
        recist_wide value = values[recist_first_lesion(block, known)];
        gathering->so_far = gather(of->aggregate, gathering->so_far, value);
        gathering->known++;
    }
}

/* How many fulfil the condition. */
static void gather_number(struct recist_evaluation *evaluation, const struct recist_measure *of,
                          size_t block, uint64_t selected, struct gathering *gathering)
{
    uint64_t holds = recist_lesions_that(evaluation, of->counted, true, block, selected);
    uint64_t fails = recist_lesions_that(evaluation, of->counted, false, block, selected);
    gathering->complete = gathering->complete && (holds | fails) == selected;
    gathering->so_far += (recist_wide)recist_lesion_count(holds) * RECIST_ONE;
}

/* Over the lesions that it selects at the visit looked at, what they were at `visit`. */
static void measure(struct recist_evaluation *evaluation, const struct recist_measure *of,
                    size_t visit, struct recist_measure_result *result)
{
    size_t present = evaluation->visit;
    bool counts = of->aggregate == RECIST_AGGREGATE_COUNT;
    struct gathering gathering = {.so_far = counts ? 0 : RECIST_WIDE_MISSING, .complete = true};
    for (size_t block = 0; block < evaluation->sets.blocks; block++) {
        uint64_t selected = recist_selected_lesions(evaluation, of->role, of->over, block);
        if (!selected) {
            continue;
        }
        evaluation->visit = visit;
        if (counts) {
            gather_number(evaluation, of, block, selected, &gathering);
        } else {
            gather_values(evaluation, of, block, selected, &gathering);
        }
        evaluation->visit = present;
    }
    result->evaluated = of->aggregate == RECIST_AGGREGATE_MEAN
                            ? mean(gathering.so_far, gathering.known)
                            : gathering.so_far;
    result->complete = gathering.complete ? result->evaluated : RECIST_WIDE_MISSING;
}

/* A visit whose measure is complete can be the baseline of those after it. */
static bool begins_anew(struct recist_evaluation *evaluation, const struct recist_measure *of,
                        recist_wide complete, size_t visit)
{
    if (!of->new_baseline || complete == RECIST_WIDE_MISSING) {
        return false;
    }
    size_t present = evaluation->visit;
    evaluation->visit = visit;
    bool holds = recist_holds(evaluation, of->new_baseline);
    evaluation->visit = present;
    return holds;
}

/* Only complete values can be a nadir: an incomplete sum is too small. A visit joins
 * the nadir of the visits after it. */
static void take_reference(recist_wide complete, size_t visit, struct recist_measure_result *result)
{
    if (visit == result->baseline_visit) {
        result->baseline = complete;
        result->nadir = RECIST_WIDE_MISSING;
    }
    if (complete != RECIST_WIDE_MISSING && complete < result->nadir) {
        result->nadir = complete;
        result->nadir_visit = (uint32_t)visit;
    }
}

/* From the references of the visit before, and what it was itself. */
static void refer(struct recist_evaluation *evaluation, const struct recist_measure *of,
                  const struct recist_measure_result *previous, size_t previous_visit,
                  struct recist_measure_result *result)
{
    result->baseline = previous->baseline;
    result->nadir = previous->nadir;
    result->nadir_visit = previous->nadir_visit;
    result->baseline_visit = begins_anew(evaluation, of, previous->complete, previous_visit)
                                 ? (uint32_t)previous_visit
                                 : previous->baseline_visit;
    if (!of->same_lesions) {
        take_reference(previous->complete, previous_visit, result);
        return;
    }
    for (size_t visit = result->baseline_visit; visit <= previous_visit; visit++) {
        struct recist_measure_result again;
        measure(evaluation, of, visit, &again);
        take_reference(again.complete, visit, result);
    }
}

bool recist_measure_before(struct recist_evaluation *evaluation, size_t index, recist_wide *value)
{
    const struct recist_measure *of = &evaluation->criteria->measures[index];
    for (size_t visit = evaluation->visit; visit-- > 0;) {
        struct recist_measure_result earlier = evaluation->visits[visit].measures[index];
        if (of->same_lesions) {
            measure(evaluation, of, visit, &earlier);
        }
        if (earlier.complete != RECIST_WIDE_MISSING) {
            *value = earlier.complete;
            return true;
        }
    }
    return false;
}

static void measure_visit(struct recist_assessor *assessor, size_t index, size_t visit)
{
    struct recist_evaluation *evaluation = &assessor->evaluation;
    const struct recist_measure *of = &assessor->criteria->measures[index];
    struct recist_visit_result *visits = assessor->result.visits;
    struct recist_measure_result *result = &visits[visit].measures[index];
    evaluation->visit = visit;
    *result = (struct recist_measure_result){.complete = RECIST_WIDE_MISSING,
                                             .evaluated = RECIST_WIDE_MISSING,
                                             .baseline = RECIST_WIDE_MISSING,
                                             .nadir = RECIST_WIDE_MISSING};
    measure(evaluation, of, visit, result);
    if (visit > 0) {
        refer(evaluation, of, &visits[visit - 1].measures[index], visit - 1, result);
    } else {
        result->baseline = result->complete;
    }
}

void recist_measure_visits(struct recist_assessor *assessor)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_visit_result *visits = assessor->result.visits;
    size_t visit_count = assessor->evaluation.series->visit_count;
    for (size_t i = 0; i < criteria->measure_count; i++) {
        size_t same = criteria->measures[i].same_as;
        for (size_t visit = 0; visit < visit_count; visit++) {
            if (same == i) {
                measure_visit(assessor, i, visit);
            } else {
                visits[visit].measures[i] = visits[visit].measures[same];
            }
        }
    }
}
