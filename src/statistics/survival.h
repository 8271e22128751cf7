/* SPDX-License-Identifier: MIT
 * The Kaplan-Meier estimate of one group: how many are still without the event as time goes by.
 * Kaplan and Meier, J Am Stat Assoc 1958;53:457-481. R: survival::survfit(Surv(time, event) ~ 1).
 *
 * Times are whole days. Whoever shows months divides what comes out (also quantiles and their
 * limits) by the days of a month; so ties are exact, and R's tolerance for nearly equal times
 * (timefix) has nothing to do: it gives the same on these numbers.
 *
 * Where events and censorings share a day, the events come first: those censored on a day were at
 * risk on it. */
#ifndef RECIST_STATISTICS_SURVIVAL_H
#define RECIST_STATISTICS_SURVIVAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "statistics/interval.h"

struct recist_survival_observation {
    int32_t days; /* from the start to the event or to the last time known without it; from 0 */
    bool event;   /* otherwise censored */
};

/* One per day on which somebody had the event or was censored. */
struct recist_survival_step {
    int32_t days;
    size_t at_risk; /* just before this day's events */
    size_t events;
    size_t censored;
    double survival; /* from this day until the next step; a fraction */
    /* The variance of log(survival): Greenwood's sum of events / (at risk * (at risk - events)).
     * Its root is survfit's std.err. Infinite once survival is 0. */
    double log_variance;
    /* Greenwood's standard error of survival itself, as summary(survfit) prints it; NaN once
     * survival is 0. */
    double standard_error;
};

/* The steps live in the arena that they were made with. */
struct recist_survival_curve {
    const struct recist_survival_step *steps; /* by rising days */
    size_t step_count;
    size_t observations;
    size_t events;
};

/* Estimates the curve; the order of the observations does not matter. No observation gives a curve
 * without steps, of which nothing can be read. BAD_INPUT if a time is below zero. The arena also
 * serves for scratch. */
enum recist_statistics_problem
recist_survival_estimate(const struct recist_survival_observation *observations, size_t count,
                         struct recist_arena *arena, struct recist_survival_curve *curve);

/* The same with events and censorings exchanged: how long those without the event were followed
 * (reverse Kaplan-Meier; Schemper and Smith, Control Clin Trials 1996;17:343-346). Its median is
 * the median follow-up. Exchanged throughout, as R's survfit(Surv(time, 1 - event) ~ 1): on a
 * shared day the censorings now come first, and those with the event are still at risk. */
enum recist_statistics_problem
recist_survival_estimate_follow_up(const struct recist_survival_observation *observations,
                                   size_t count, struct recist_arena *arena,
                                   struct recist_survival_curve *curve);

/* The scale on which the interval is symmetric; survfit's conf.type. */
enum recist_survival_scale {
    RECIST_SURVIVAL_LOG,     /* R's default; cut at 1 */
    RECIST_SURVIVAL_LOG_LOG, /* log(-log(survival)): SAS's default, never leaves the range */
    RECIST_SURVIVAL_PLAIN,   /* cut at 0 and 1 */
};

/* The pointwise interval of a step, as in survfit. None where survival is 0 (all scales) and, on
 * the log-log scale, where it is still 1. `level` is a fraction. */
struct recist_interval recist_survival_bound(const struct recist_survival_step *step,
                                             enum recist_survival_scale scale, double level);

struct recist_survival_rate {
    bool estimable; /* false after the last observation, as summary(extend = FALSE) leaves it out */
    double survival;
    double standard_error;
    struct recist_interval interval;
    size_t
        at_risk; /* observed to this time or longer; also known where survival is not estimable */
};

/* Survival at a time in days, which need not be whole (12 months are 365.25). Before the first step
 * survival is 1 with the interval from 1 to 1, as in summary.survfit. */
struct recist_survival_rate recist_survival_read_at(const struct recist_survival_curve *curve,
                                                    double days, enum recist_survival_scale scale,
                                                    double level);

/* How many were observed to this time or longer: the row of numbers under a figure. 0 after the
 * last observation. R: n.risk of summary(survfit, times, extend = TRUE). */
size_t recist_survival_count_at_risk(const struct recist_survival_curve *curve, double days);

struct recist_survival_quantile {
    double days; /* NaN: not reached */
    /* Each limit for itself: NaN where the curve of the confidence limits does not reach the
     * quantile, which happens often for the high limit. */
    struct recist_interval interval;
};

/* The day by which a fraction (0.5 for the median, 0.25 for the first quartile) has had the event.
 * Limits by Brookmeyer and Crowley, Biometrics 1982;38:29-41: where the pointwise limits of the
 * chosen scale cross the fraction. R: quantile(survfit).
 *
 * If the curve is flat exactly at the quantile, the result is the middle of the flat piece, or, if
 * the curve ends there, the middle between its last event and the last observation. Exactly means
 * within sqrt(2^-52), as in R, since 1 - 2/3 - 1/3 is not 0 in binary.
 *
 * The fraction is above 0 and at most 1; otherwise everything is NaN. */
struct recist_survival_quantile
recist_survival_find_quantile(const struct recist_survival_curve *curve, double fraction,
                              enum recist_survival_scale scale, double level);

#endif
