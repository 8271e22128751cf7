/* SPDX-License-Identifier: MIT */
#include "statistics/log_rank.h"

#include <stdlib.h>
#include <string.h>

#include "statistics/distribution.h"

/* What is at risk in the stratum that is being walked through. */
struct risk {
    size_t group_count;
    size_t *at_risk; /* per group */
    size_t all;
};

/* By stratum, and within it the latest first: then the risk set only grows. */
static int compare_latest_first(const void *left, const void *right)
{
    const struct recist_log_rank_observation *first = left;
    const struct recist_log_rank_observation *second = right;
    if (first->stratum != second->stratum) {
        return first->stratum > second->stratum ? 1 : -1;
    }
    return (first->days < second->days) - (first->days > second->days);
}

static bool is_usable(const struct recist_log_rank_observation *observations, size_t count,
                      size_t group_count)
{
    for (size_t index = 0; index < count; index++) {
        if (observations[index].days < 0 || observations[index].group >= group_count) {
            return false;
        }
    }
    return true;
}

/* Adds what the events of one day make expected: each group its share of the risk set; the
 * variance is that of drawing so many from the risk set without putting back. */
static void add_day(struct recist_log_rank *result, const struct risk *risk, size_t events)
{
    const size_t groups = risk->group_count;
    const double all = (double)risk->all;
    const double drawn = (double)events;
    const double spread = risk->all > 1 ? drawn * (all - drawn) / (all * (all - 1)) : 0;
    for (size_t row = 0; row < groups; row++) {
        const double of_row = (double)risk->at_risk[row];
        if (risk->at_risk[row] == 0) {
            continue;
        }
        result->expected[row] += drawn * of_row / all;
        for (size_t column = 0; column < groups; column++) {
            const double share = (double)risk->at_risk[column] / all;
            result->variance[row * groups + column] +=
                spread * of_row * ((row == column ? 1 : 0) - share);
        }
    }
}

/* Takes in the observations of one day of one stratum; returns how many they were. */
static size_t take_day(struct recist_log_rank *result, struct risk *risk,
                       const struct recist_log_rank_observation *sorted, size_t count)
{
    size_t used = 0;
    size_t events = 0;
    while (used < count && sorted[used].stratum == sorted[0].stratum &&
           sorted[used].days == sorted[0].days) {
        const struct recist_log_rank_observation *observation = &sorted[used++];
        risk->at_risk[observation->group]++;
        risk->all++;
        result->counts[observation->group]++;
        events += observation->event;
        result->observed[observation->group] += observation->event;
    }
    if (events > 0) {
        add_day(result, risk, events);
    }
    return used;
}

static void take_all(struct recist_log_rank *result, struct risk *risk,
                     const struct recist_log_rank_observation *sorted, size_t count)
{
    for (size_t used = 0; used < count;) {
        if (used > 0 && sorted[used].stratum != sorted[used - 1].stratum) {
            memset(risk->at_risk, 0, risk->group_count * sizeof *risk->at_risk);
            risk->all = 0;
        }
        used += take_day(result, risk, sorted + used, count - used);
    }
}

/* The quadratic form difference' * inverse(matrix) * difference by Cholesky's factorization, in
 * place. NaN if the matrix has no inverse. */
static double weigh(double *matrix, double *difference, size_t size)
{
    const double tolerance = 1e-10;
    double sum = 0;
    for (size_t row = 0; row < size; row++) {
        double *of_row = matrix + row * size;
        const double diagonal = of_row[row];
        double rest = difference[row];
        for (size_t column = 0; column < row; column++) {
            const double *of_column = matrix + column * size;
            double value = of_row[column];
            for (size_t inner = 0; inner < column; inner++) {
                value -= of_row[inner] * of_column[inner];
            }
            of_row[column] = value / of_column[column];
            of_row[row] -= of_row[column] * of_row[column];
            rest -= of_row[column] * difference[column];
        }
        if (!(of_row[row] > tolerance * diagonal)) {
            return (double)NAN;
        }
        of_row[row] = sqrt(of_row[row]);
        difference[row] = rest / of_row[row];
        sum += difference[row] * difference[row];
    }
    return sum;
}

/* Compares the groups that count. The first of them is left out: the differences add up to zero. */
static enum recist_statistics_problem compare(struct recist_log_rank *result,
                                              struct recist_arena *arena)
{
    const size_t groups = result->group_count;
    size_t *kept = recist_arena_take_zeroed(arena, groups, sizeof *kept);
    double *difference = recist_arena_take_zeroed(arena, groups, sizeof *difference);
    double *matrix = recist_arena_take_zeroed(arena, groups * groups, sizeof *matrix);
    if (!kept || !difference || !matrix) {
        return RECIST_STATISTICS_MEMORY;
    }
    size_t kept_count = 0;
    for (size_t group = 0; group < groups; group++) {
        if (result->expected[group] > 0) {
            kept[kept_count++] = group;
        }
    }
    if (kept_count < 2) {
        return RECIST_STATISTICS_OK;
    }
    const size_t size = kept_count - 1;
    for (size_t row = 0; row < size; row++) {
        const size_t group = kept[row + 1];
        difference[row] = result->observed[group] - result->expected[group];
        for (size_t column = 0; column < size; column++) {
            matrix[row * size + column] = result->variance[group * groups + kept[column + 1]];
        }
    }
    result->degrees = (unsigned)size;
    result->chi_square = weigh(matrix, difference, size);
    result->p_value = recist_chi_square_tail(result->chi_square, (double)size);
    return RECIST_STATISTICS_OK;
}

static bool take_arrays(struct recist_log_rank *result, struct risk *risk,
                        struct recist_arena *arena)
{
    const size_t groups = result->group_count;
    result->counts = recist_arena_take_zeroed(arena, groups, sizeof *result->counts);
    result->observed = recist_arena_take_zeroed(arena, groups, sizeof *result->observed);
    result->expected = recist_arena_take_zeroed(arena, groups, sizeof *result->expected);
    result->variance = recist_arena_take_zeroed(arena, groups * groups, sizeof *result->variance);
    risk->at_risk = recist_arena_take_zeroed(arena, groups, sizeof *risk->at_risk);
    return result->counts && result->observed && result->expected && result->variance &&
           risk->at_risk;
}

enum recist_statistics_problem
recist_log_rank_test(const struct recist_log_rank_observation *observations, size_t count,
                     size_t group_count, struct recist_arena *arena, struct recist_log_rank *result)
{
    *result = (struct recist_log_rank){
        .group_count = group_count, .chi_square = (double)NAN, .p_value = (double)NAN};
    if (group_count > RECIST_LOG_RANK_GROUPS) {
        return RECIST_STATISTICS_TOO_LARGE;
    }
    if (!is_usable(observations, count, group_count)) {
        return RECIST_STATISTICS_BAD_INPUT;
    }
    struct risk risk = {.group_count = group_count};
    struct recist_log_rank_observation *sorted =
        recist_arena_take_zeroed(arena, count, sizeof *sorted);
    if (!sorted || !take_arrays(result, &risk, arena)) {
        return RECIST_STATISTICS_MEMORY;
    }
    if (count > 0) {
        memcpy(sorted, observations, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_latest_first);
    }
    take_all(result, &risk, sorted, count);
    return compare(result, arena);
}
