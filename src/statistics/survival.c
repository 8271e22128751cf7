/* SPDX-License-Identifier: MIT */
#include "statistics/survival.h"

#include <stdlib.h>
#include <string.h>

#include "statistics/distribution.h"

static int compare_days(const void *left, const void *right)
{
    const struct recist_survival_observation *first = left;
    const struct recist_survival_observation *second = right;
    return (first->days > second->days) - (first->days < second->days);
}

/* A sorted copy, with events and censorings exchanged if `exchanged`. */
static struct recist_survival_observation *
copy_sorted(const struct recist_survival_observation *observations, size_t count, bool exchanged,
            struct recist_arena *arena)
{
    struct recist_survival_observation *sorted =
        recist_arena_take_zeroed(arena, count, sizeof *sorted);
    if (!sorted) {
        return NULL;
    }
    memcpy(sorted, observations, count * sizeof *sorted);
    for (size_t index = 0; exchanged && index < count; index++) {
        sorted[index].event = !sorted[index].event;
    }
    qsort(sorted, count, sizeof *sorted, compare_days);
    return sorted;
}

/* Counts what happened on the day of `sorted[0]`; returns how many observations that were. */
static size_t count_day(const struct recist_survival_observation *sorted, size_t count,
                        struct recist_survival_step *step)
{
    *step = (struct recist_survival_step){.days = sorted[0].days, .at_risk = count};
    size_t used = 0;
    while (used < count && sorted[used].days == step->days) {
        step->events += sorted[used].event;
        step->censored += !sorted[used].event;
        used++;
    }
    return used;
}

static void estimate_step(struct recist_survival_step *step, double survival, double log_variance)
{
    const double at_risk = (double)step->at_risk;
    const double events = (double)step->events;
    if (step->events > 0) {
        survival *= (at_risk - events) / at_risk;
        log_variance += events / (at_risk * (at_risk - events)); /* infinite if all had it */
    }
    step->survival = survival;
    step->log_variance = log_variance;
    step->standard_error = survival > 0 ? survival * sqrt(log_variance) : (double)NAN;
}

static enum recist_statistics_problem
estimate(const struct recist_survival_observation *observations, size_t count, bool exchanged,
         struct recist_arena *arena, struct recist_survival_curve *curve)
{
    *curve = (struct recist_survival_curve){.observations = count};
    if (count == 0) {
        return RECIST_STATISTICS_OK;
    }
    const struct recist_survival_observation *sorted =
        copy_sorted(observations, count, exchanged, arena);
    struct recist_survival_step *steps = recist_arena_take_zeroed(arena, count, sizeof *steps);
    if (!sorted || !steps) {
        return RECIST_STATISTICS_MEMORY;
    }
    if (sorted[0].days < 0) {
        return RECIST_STATISTICS_BAD_INPUT;
    }
    double survival = 1;
    double log_variance = 0;
    for (size_t used = 0; used < count;) {
        struct recist_survival_step *step = &steps[curve->step_count++];
        used += count_day(sorted + used, count - used, step);
        estimate_step(step, survival, log_variance);
        survival = step->survival;
        log_variance = step->log_variance;
        curve->events += step->events;
    }
    curve->steps = steps;
    return RECIST_STATISTICS_OK;
}

enum recist_statistics_problem
recist_survival_estimate(const struct recist_survival_observation *observations, size_t count,
                         struct recist_arena *arena, struct recist_survival_curve *curve)
{
    return estimate(observations, count, false, arena, curve);
}

enum recist_statistics_problem
recist_survival_estimate_follow_up(const struct recist_survival_observation *observations,
                                   size_t count, struct recist_arena *arena,
                                   struct recist_survival_curve *curve)
{
    return estimate(observations, count, true, arena, curve);
}

static struct recist_interval bound_by_log(double survival, double reach)
{
    return (struct recist_interval){.low = survival * exp(-reach),
                                    .high = fmin(1, survival * exp(reach))};
}

static struct recist_interval bound_by_log_log(double survival, double reach)
{
    if (!(survival < 1)) {
        return recist_interval_none();
    }
    const double log_survival = log(survival);
    return (struct recist_interval){.low = exp(log_survival * exp(-reach / log_survival)),
                                    .high = exp(log_survival * exp(reach / log_survival))};
}

static struct recist_interval bound_plainly(double survival, double reach)
{
    return (struct recist_interval){.low = fmax(0, survival - survival * reach),
                                    .high = fmin(1, survival + survival * reach)};
}

struct recist_interval recist_survival_bound(const struct recist_survival_step *step,
                                             enum recist_survival_scale scale, double level)
{
    if (!(step->survival > 0) || !recist_level_is_valid(level)) {
        return recist_interval_none();
    }
    const double reach = recist_normal_reach(level) * sqrt(step->log_variance);
    switch (scale) {
    case RECIST_SURVIVAL_LOG:
        return bound_by_log(step->survival, reach);
    case RECIST_SURVIVAL_LOG_LOG:
        return bound_by_log_log(step->survival, reach);
    case RECIST_SURVIVAL_PLAIN:
        return bound_plainly(step->survival, reach);
    default:
        return recist_interval_none();
    }
}

/* The number of steps before this time (`with_equal`: up to it). */
static size_t count_steps(const struct recist_survival_curve *curve, double days, bool with_equal)
{
    size_t low = 0;
    size_t high = curve->step_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const double step_days = curve->steps[middle].days;
        if (step_days < days || (with_equal && step_days <= days)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t recist_survival_count_at_risk(const struct recist_survival_curve *curve, double days)
{
    const size_t before = count_steps(curve, days, false);
    return before < curve->step_count ? curve->steps[before].at_risk : 0;
}

struct recist_survival_rate recist_survival_read_at(const struct recist_survival_curve *curve,
                                                    double days, enum recist_survival_scale scale,
                                                    double level)
{
    struct recist_survival_rate rate = {.survival = (double)NAN,
                                        .standard_error = (double)NAN,
                                        .interval = recist_interval_none(),
                                        .at_risk = recist_survival_count_at_risk(curve, days)};
    if (curve->step_count == 0 || !(days <= curve->steps[curve->step_count - 1].days)) {
        return rate;
    }
    rate.estimable = true;
    const size_t reached = count_steps(curve, days, true);
    if (reached == 0) {
        rate.survival = 1;
        rate.standard_error = 0;
        if (recist_level_is_valid(level)) {
            rate.interval = (struct recist_interval){.low = 1, .high = 1};
        }
        return rate;
    }
    const struct recist_survival_step *step = &curve->steps[reached - 1];
    rate.survival = step->survival;
    rate.standard_error = step->standard_error;
    rate.interval = recist_survival_bound(step, scale, level);
    return rate;
}
