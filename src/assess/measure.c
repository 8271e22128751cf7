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

static inline recist_wide add_all(const recist_wide *values, uint64_t known)
{
    recist_wide sum = 0;
    for (; known; known &= known - 1) {
        sum += values[__builtin_ctzll(known)];
    }
    return sum;
}

/* What is gathered of the lesions of a measure. */
struct gathering {
    recist_wide so_far;
    size_t known;
    bool complete;
};

static inline void gather_values(struct recist_evaluation *evaluation,
                                 const struct recist_measure *of, size_t block, uint64_t selected,
                                 struct gathering *gathering)
{
    size_t index = evaluation->criteria->lesion_values[of->of].same_as;
    uint64_t known = recist_known_lesion_values(evaluation, index, block, selected);
    const recist_wide *values = recist_lesion_values_at(evaluation, index) + block * RECIST_BLOCK;
    gathering->complete = gathering->complete && known == selected;
    for (; known; known &= known - 1) {
        gathering->so_far =
            gather(of->aggregate, gathering->so_far, values[__builtin_ctzll(known)]);
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

static inline void gather_block(struct recist_evaluation *evaluation,
                                const struct recist_measure *of, size_t visit, size_t block,
                                struct gathering *gathering)
{
    size_t present = evaluation->visit;
    uint64_t selected = recist_selected_lesions(evaluation, of->role, of->over, block);
    evaluation->visit = visit;
    if (of->aggregate == RECIST_AGGREGATE_COUNT) {
        gather_number(evaluation, of, block, selected, gathering);
    } else {
        gather_values(evaluation, of, block, selected, gathering);
    }
    evaluation->visit = present;
}

/* Over the lesions that it selects at the visit looked at, what they were at `visit`. */
static void measure(struct recist_evaluation *evaluation, const struct recist_measure *of,
                    size_t visit, struct recist_measure_result *result)
{
    struct gathering gathering = {
        .so_far = of->aggregate == RECIST_AGGREGATE_COUNT ? 0 : RECIST_WIDE_MISSING,
        .complete = true};
    gather_block(evaluation, of, visit, 0, &gathering);
    for (size_t block = 1; block < evaluation->sets.blocks; block++) {
        gather_block(evaluation, of, visit, block, &gathering);
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

/* What most measures are: the sum of a value over a role, in a series of one block. */
static bool is_plain_sum(const struct recist_evaluation *evaluation,
                         const struct recist_measure *of)
{
    return of->aggregate == RECIST_AGGREGATE_SUM && !of->over && evaluation->sets.blocks == 1;
}

/* The same as measure() of it, at the visit looked at. */
static inline void measure_plain_sum(struct recist_evaluation *evaluation, size_t value,
                                     uint64_t selected, struct recist_measure_result *result)
{
    uint64_t known = recist_known_lesion_values(evaluation, value, 0, selected);
    recist_wide sum =
        known ? add_all(recist_lesion_values_at(evaluation, value), known) : RECIST_WIDE_MISSING;
    result->evaluated = sum;
    result->complete = known == selected ? sum : RECIST_WIDE_MISSING;
}

static void refer_to_earlier(struct recist_evaluation *evaluation, const struct recist_measure *of,
                             size_t index, size_t visit, struct recist_measure_result *result)
{
    if (visit > 0) {
        refer(evaluation, of, recist_measure_at(evaluation, visit - 1, index), visit - 1, result);
        return;
    }
    result->baseline = result->complete;
    result->nadir = RECIST_WIDE_MISSING;
    result->nadir_visit = 0;
    result->baseline_visit = 0;
}

static void measure_visits(struct recist_assessor *assessor, size_t index)
{
    struct recist_evaluation *evaluation = &assessor->evaluation;
    const struct recist_measure *of = &assessor->criteria->measures[index];
    size_t visit_count = evaluation->series->visit_count;
    bool plain = is_plain_sum(evaluation, of);
    size_t value = plain ? assessor->criteria->lesion_values[of->of].same_as : 0;
    uint64_t selected = plain ? recist_selected_lesions(evaluation, of->role, NULL, 0) : 0;
    for (size_t visit = 0; visit < visit_count; visit++) {
        struct recist_measure_result *result = &assessor->result.visits[visit].measures[index];
        evaluation->visit = visit;
        if (plain) {
            measure_plain_sum(evaluation, value, selected, result);
        } else {
            measure(evaluation, of, visit, result);
        }
        refer_to_earlier(evaluation, of, index, visit, result);
    }
}

void recist_measure_visits(struct recist_assessor *assessor)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_visit_result *visits = assessor->result.visits;
    size_t visit_count = assessor->evaluation.series->visit_count;
    for (size_t i = 0; i < criteria->measure_count; i++) {
        size_t same = criteria->measures[i].same_as;
        if (same == i) {
            measure_visits(assessor, i);
            continue;
        }
        for (size_t visit = 0; visit < visit_count; visit++) {
            visits[visit].measures[i] = visits[visit].measures[same];
        }
    }
}
