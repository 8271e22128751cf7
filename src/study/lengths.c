/* SPDX-License-Identifier: MIT
 * Lengths that look like a slip. Suspicions only: the numbers are used as they were read.
 *
 * centimetres, once for each lesion:
 *   - every length of the baseline (zeros left out) is below 10 mm, and one is below 5 mm. Lesions
 *     that are measured at baseline are larger, unless they were written in centimetres;
 *   - or a length is 8 to 12.5 times smaller than the lengths of the same lesion both before and
 *     after it. A lesion that shrank so much does not come back to its old size.
 * tenfold-change: from one measured visit to the next a length changes by a factor of 8 or more
 * and by 20 mm or more. One length that is too large between two others is reported once.
 *
 * A length of zero is never suspect, nor its neighbours for its sake: lesions do disappear. Nor is
 * the length that a status stands for (a lesion too small to measure) a suspect small one. */
#include "base/decimal.h"
#include "base/excerpt.h"
#include "study/series_draft.h"

#define SMALL_BASELINE (10 * RECIST_MILLIMETRE)
#define TINY_BASELINE (5 * RECIST_MILLIMETRE)
#define LARGE_STEP (20 * RECIST_MILLIMETRE)

/* One measured, non-zero length of a lesion in order of visits. */
struct measured_length {
    const struct recist_observation *observation;
    bool suspect; /* reported */
};

struct lesion_lengths {
    struct recist_study_builder *builder;
    const struct recist_lesion *lesion;
    struct measured_length *list;
    size_t count;
};

struct length_text {
    char text[RECIST_DECIMAL_TEXT_SIZE];
};

static const char *length_text(int64_t length, struct length_text *text)
{
    recist_decimal_format(length, RECIST_ONE, RECIST_DECIMALS, text->text);
    return text->text;
}
#define LENGTH(length) length_text((length), &(struct length_text){.text = ""})

/* The first number that a lesion has, or RECIST_AXIS_COUNT. */
static size_t first_axis(const struct recist_observation *observation)
{
    size_t axis = 0;
    while (axis < RECIST_AXIS_COUNT && observation->axis[axis] == RECIST_MISSING) {
        axis++;
    }
    return axis;
}

static enum recist_column column_of(size_t axis)
{
    static const enum recist_column columns[] = {RECIST_COLUMN_DIAMETER, RECIST_COLUMN_LONG_AXIS,
                                                 RECIST_COLUMN_SHORT_AXIS};
    return columns[axis];
}

bool recist_length_is_small(int64_t longest)
{
    return longest < SMALL_BASELINE;
}

static bool baseline_in_centimetres(const struct recist_series *series, size_t baseline)
{
    bool tiny = false;
    for (size_t i = 0; i < series->lesion_count; i++) {
        int64_t length = recist_observed_length(recist_series_observation(series, baseline, i));
        if (!recist_length_is_small(length)) {
            return false;
        }
        tiny |= length > 0 && length < TINY_BASELINE;
    }
    return tiny;
}

static void report_baseline(struct recist_series_draft *draft)
{
    for (size_t i = 0; i < draft->series->lesion_count; i++) {
        const struct recist_observation *observation =
            recist_series_observation(draft->series, recist_series_baseline(draft), i);
        int64_t length = recist_observed_length(observation);
        if (length > 0) {
            enum recist_column column = column_of(first_axis(observation));
            recist_shape_report(
                draft->builder, RECIST_KIND(CENTIMETRES), observation->reading, column,
                "%s of lesion \"%s\" is %s, and no length of this baseline reaches "
                "10 mm; if these are centimetres, write %s",
                recist_column_name(column), RECIST_SHOWN(draft->series->lesions[i].id),
                LENGTH(length), LENGTH(length * 10));
        }
    }
}

/* The length of `here` on an axis that `other` has too; both 0 where they share none. */
static size_t pair_of_lengths(const struct measured_length *here,
                              const struct measured_length *other, int64_t pair[static 2])
{
    pair[0] = pair[1] = 0;
    for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
        int64_t one = here->observation->axis[axis];
        int64_t two = other->observation->axis[axis];
        if (one != RECIST_MISSING && two != RECIST_MISSING && one > 0 && two > 0) {
            pair[0] = one;
            pair[1] = two;
            return axis;
        }
    }
    return RECIST_AXIS_COUNT;
}

static bool tenth_of(const struct measured_length *here, const struct measured_length *other)
{
    int64_t pair[2];
    return pair_of_lengths(here, other, pair) < RECIST_AXIS_COUNT && pair[1] / 8 >= pair[0] &&
           pair[1] <= pair[0] * 25 / 2;
}

static bool status_stands_for(const struct recist_study_builder *builder, int64_t length)
{
    const struct recist_vocabulary *vocabulary = builder->rules.vocabulary;
    for (size_t i = 1; i < vocabulary->status_count; i++) {
        if (vocabulary->statuses[i].stands_for == length) {
            return true;
        }
    }
    return false;
}

static bool large_step(const struct lesion_lengths *lengths, size_t from, size_t to)
{
    int64_t pair[2];
    if (pair_of_lengths(&lengths->list[to], &lengths->list[from], pair) == RECIST_AXIS_COUNT) {
        return false;
    }
    int64_t small = pair[0] < pair[1] ? pair[0] : pair[1];
    int64_t large = pair[0] < pair[1] ? pair[1] : pair[0];
    return large / 8 >= small && large - small >= LARGE_STEP &&
           !status_stands_for(lengths->builder, small);
}

static void report_tenth(const struct lesion_lengths *lengths, size_t at)
{
    int64_t pair[2];
    size_t axis = pair_of_lengths(&lengths->list[at], &lengths->list[at - 1], pair);
    enum recist_column column = column_of(axis);
    recist_shape_report(lengths->builder, RECIST_KIND(CENTIMETRES),
                        lengths->list[at].observation->reading, column,
                        "%s of lesion \"%s\" is %s, a tenth of what it is at the visits before and "
                        "after (%s before); if it is centimetres, write %s",
                        recist_column_name(column), RECIST_SHOWN(lengths->lesion->id),
                        LENGTH(pair[0]), LENGTH(pair[1]), LENGTH(pair[0] * 10));
}

static void report_step(const struct lesion_lengths *lengths, size_t from, size_t to)
{
    int64_t pair[2];
    size_t axis = pair_of_lengths(&lengths->list[to], &lengths->list[from], pair);
    enum recist_column column = column_of(axis);
    recist_shape_report(
        lengths->builder, RECIST_KIND(STEP_SUSPECT), lengths->list[to].observation->reading, column,
        "%s of lesion \"%s\" is %s, and was %s at visit %s; check unit and decimal "
        "point",
        recist_column_name(column), RECIST_SHOWN(lengths->lesion->id), LENGTH(pair[0]),
        LENGTH(pair[1]),
        RECIST_VISIT_NAME(lengths->builder, lengths->list[from].observation->reading));
}

static void mark_tenths(struct lesion_lengths *lengths)
{
    bool reported = false;
    for (size_t i = 1; i + 1 < lengths->count; i++) {
        struct measured_length *here = &lengths->list[i];
        if (tenth_of(here, here - 1) && tenth_of(here, here + 1)) {
            here->suspect = true;
            if (!reported) {
                report_tenth(lengths, i);
                reported = true;
            }
        }
    }
}

/* Steps from and to a suspect length say nothing new. */
static void check_steps(struct lesion_lengths *lengths)
{
    size_t last = 0; /* the last length that is not suspect */
    for (size_t i = 1; i < lengths->count; i++) {
        if (lengths->list[i].suspect) {
            continue;
        }
        if (large_step(lengths, last, i)) {
            report_step(lengths, last, i);
            bool returns = i + 1 < lengths->count && large_step(lengths, i, i + 1) &&
                           !large_step(lengths, last, i + 1);
            lengths->list[i].suspect = returns;
        }
        last = lengths->list[i].suspect ? last : i;
    }
}

/* Whether it is worth looking at a lesion at all. */
static bool varies_much(const struct recist_series *series, size_t lesion)
{
    int64_t smallest = INT64_MAX;
    int64_t largest = 0;
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        int64_t length = recist_observed_length(recist_series_observation(series, visit, lesion));
        int64_t counted = length > 0 ? length : INT64_MAX;
        smallest = counted < smallest ? counted : smallest;
        largest = length > largest ? length : largest;
    }
    return largest / 8 >= smallest;
}

static bool check_lesion(struct recist_series_draft *draft, size_t lesion)
{
    const struct recist_series *series = draft->series;
    struct lesion_lengths lengths = {
        .builder = draft->builder,
        .lesion = &series->lesions[lesion],
        .list =
            recist_arena_take(&draft->builder->arena, series->visit_count * sizeof *lengths.list),
    };
    for (size_t visit = 0; lengths.list && visit < series->visit_count; visit++) {
        const struct recist_observation *observation =
            recist_series_observation(series, visit, lesion);
        if (recist_observed_length(observation) > 0) {
            lengths.list[lengths.count++] = (struct measured_length){observation, false};
        }
    }
    mark_tenths(&lengths);
    check_steps(&lengths);
    return lengths.list != NULL;
}

bool recist_lengths_check(struct recist_series_draft *draft)
{
    if (draft->series->lesion_count == 0) {
        return true;
    }
    if (baseline_in_centimetres(draft->series, recist_series_baseline(draft))) {
        report_baseline(draft);
        return true;
    }
    for (size_t i = 0; i < draft->series->lesion_count; i++) {
        if (varies_much(draft->series, i) && !check_lesion(draft, i)) {
            return false;
        }
    }
    return true;
}
