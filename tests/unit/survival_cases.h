/* SPDX-License-Identifier: MIT
 * The data sets of statistics_expected/survival.R, and a fixture that estimates their curves. */
#ifndef RECIST_TESTS_SURVIVAL_CASES_H
#define RECIST_TESTS_SURVIVAL_CASES_H

#include "statistics/survival.h"
#include "statistics_close.h"

static const struct {
    size_t count;
    struct recist_survival_observation observations[228];
} data_sets[] = {
#define OBSERVATIONS
#include "statistics_expected/survival.inc"
#undef OBSERVATIONS
};

static struct recist_arena arena;
static struct recist_survival_curve curves[COUNT(data_sets)][2]; /* [1]: reverse */

static inline void estimate_all(void)
{
    recist_arena_init(&arena, 0);
    for (size_t index = 0; index < COUNT(data_sets); index++) {
        ck_assert_int_eq(recist_survival_estimate(data_sets[index].observations,
                                                  data_sets[index].count, &arena,
                                                  &curves[index][0]),
                         RECIST_STATISTICS_OK);
        ck_assert_int_eq(recist_survival_estimate_follow_up(data_sets[index].observations,
                                                            data_sets[index].count, &arena,
                                                            &curves[index][1]),
                         RECIST_STATISTICS_OK);
    }
}

static inline void forget_all(void)
{
    recist_arena_destroy(&arena);
}

#endif
