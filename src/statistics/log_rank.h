/* SPDX-License-Identifier: MIT
 * The log-rank test: do two or more groups differ in their time to the event? With strata, groups
 * are compared within each stratum and the differences added up. Mantel, Cancer Chemother Rep
 * 1966;50:163-170. R: survival::survdiff(Surv(time, event) ~ group + strata(stratum)). */
#ifndef RECIST_STATISTICS_LOG_RANK_H
#define RECIST_STATISTICS_LOG_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "statistics/interval.h"

struct recist_log_rank_observation {
    int32_t days; /* as in struct recist_survival_observation */
    bool event;
    uint32_t group;   /* from 0 to group_count - 1 */
    uint32_t stratum; /* any number; the same one for all where there are no strata */
};

/* The arrays live in the arena that they were made with, one element per group. */
struct recist_log_rank {
    size_t group_count;
    size_t *counts;    /* observations */
    double *observed;  /* events, over all strata */
    double *expected;  /* events, if the groups did not differ */
    double *variance;  /* of observed - expected: group_count rows of group_count */
    unsigned degrees;  /* of freedom: groups that could have had an event, less one */
    double chi_square; /* NaN if nothing can be compared: see below */
    double p_value;
};

/* The test. A group in which no event was expected (nobody in it, or all censored before the first
 * event) does not count, as in survdiff.
 *
 * Chi-square and p are NaN, and R stops or prints -1 degrees of freedom, if fewer than two groups
 * count (degrees 0), or if the groups are never at risk together where it matters, so that the
 * variance has no inverse. No observation and no event are among these cases.
 *
 * BAD_INPUT if a time is below zero or a group is not below `group_count`. `group_count` is at most
 * RECIST_LOG_RANK_GROUPS (TOO_LARGE), since memory grows with its square. */
#define RECIST_LOG_RANK_GROUPS 1000
enum recist_statistics_problem
recist_log_rank_test(const struct recist_log_rank_observation *observations, size_t count,
                     size_t group_count, struct recist_arena *arena,
                     struct recist_log_rank *result);

#endif
