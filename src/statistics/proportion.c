/* SPDX-License-Identifier: MIT */
#include "statistics/proportion.h"

#include "statistics/distribution.h"

/* The limit on the far side is written down, not computed: rounding must not make it 1e-18. */
static struct recist_interval close_ends(struct recist_interval interval, uint32_t successes,
                                         uint32_t trials)
{
    if (successes == 0) {
        interval.low = 0;
    }
    if (successes == trials) {
        interval.high = 1;
    }
    return interval;
}

/* Clopper-Pearson and Jeffreys differ by what is added to successes and failures: Clopper-Pearson
 * adds 1 to failures for the lower limit and to successes for the upper one, Jeffreys adds a half
 * to both. */
static struct recist_interval bound_by_beta(uint32_t successes, uint32_t trials, double level,
                                            double add_near, double add_far)
{
    const double tail = (1 - level) / 2;
    const double failures = (double)(trials - successes);
    struct recist_interval interval = {.low = 0, .high = 1};
    if (successes > 0) {
        interval.low = recist_beta_quantile(tail, successes + add_near, failures + add_far);
    }
    if (successes < trials) {
        interval.high = recist_beta_quantile(1 - tail, successes + add_far, failures + add_near);
    }
    return interval;
}

static struct recist_interval bound_by_wilson(uint32_t successes, uint32_t trials, double level)
{
    const double reach = recist_normal_reach(level);
    const double square = reach * reach;
    const double count = trials;
    const double middle = (successes + square / 2) / (count + square);
    const double spread = successes * (count - successes) / count + square / 4;
    const double half = reach * sqrt(spread) / (count + square);
    return close_ends((struct recist_interval){.low = middle - half, .high = middle + half},
                      successes, trials);
}

static struct recist_interval bound_by_agresti_coull(uint32_t successes, uint32_t trials,
                                                     double level)
{
    const double reach = recist_normal_reach(level);
    const double square = reach * reach;
    const double count = trials + square;
    const double middle = (successes + square / 2) / count;
    const double half = reach * sqrt(middle * (1 - middle) / count);
    return (struct recist_interval){.low = fmax(0, middle - half), .high = fmin(1, middle + half)};
}

struct recist_interval recist_proportion_bound(enum recist_proportion_method method,
                                               uint32_t successes, uint32_t trials, double level)
{
    if (trials == 0 || successes > trials || !recist_level_is_valid(level)) {
        return recist_interval_none();
    }
    switch (method) {
    case RECIST_PROPORTION_CLOPPER_PEARSON:
        return bound_by_beta(successes, trials, level, 0, 1);
    case RECIST_PROPORTION_WILSON:
        return bound_by_wilson(successes, trials, level);
    case RECIST_PROPORTION_AGRESTI_COULL:
        return bound_by_agresti_coull(successes, trials, level);
    case RECIST_PROPORTION_JEFFREYS:
        return bound_by_beta(successes, trials, level, 0.5, 0.5);
    default:
        return recist_interval_none();
    }
}
