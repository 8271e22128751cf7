/* SPDX-License-Identifier: MIT
 * Confidence intervals of a proportion, and of the difference of two: a response rate, and by how
 * much the rates of two groups differ.
 *
 * Counts are numbers of courses; levels, proportions and limits are fractions (0.95, not 95).
 * Nothing is allocated. */
#ifndef RECIST_STATISTICS_PROPORTION_H
#define RECIST_STATISTICS_PROPORTION_H

#include <stdint.h>

#include "statistics/interval.h"

enum recist_proportion_method {
    /* Exact: each limit is the proportion at which the tail beyond what was seen has half of what
     * the level leaves. 0 at no success, 1 at nothing but successes, where the other limit still
     * uses half. Clopper and Pearson, Biometrika 1934;26:404-413. R: binom.test(). */
    RECIST_PROPORTION_CLOPPER_PEARSON,
    /* The proportions that a score test does not reject; no continuity correction. Wilson, J Am
     * Stat Assoc 1927;22:209-212. R: prop.test(correct = FALSE). */
    RECIST_PROPORTION_WILSON,
    /* Wald's formula around Wilson's midpoint, cut to the range from 0 to 1 (as DescTools does; the
     * package binom does not cut). Agresti and Coull, Am Stat 1998;52:119-126. */
    RECIST_PROPORTION_AGRESTI_COULL,
    /* Equal tails of the posterior under Jeffreys' prior, Beta(1/2, 1/2). At the ends the
     * convention of Brown, Cai and DasGupta, Stat Sci 2001;16:101-133: the lower limit is 0 at no
     * success, the upper limit is 1 at nothing but successes, the other limit stays as it is. R:
     * DescTools::BinomCI(method = "jeffreys"); the package binom prints the highest density
     * interval by default, which is another one. */
    RECIST_PROPORTION_JEFFREYS,
};

/* The interval of successes / trials. None if there are no trials, more successes than trials, or
 * no valid level. */
struct recist_interval recist_proportion_bound(enum recist_proportion_method method,
                                               uint32_t successes, uint32_t trials, double level);

struct recist_proportion {
    uint32_t successes;
    uint32_t trials;
};

enum recist_difference_method {
    /* Newcombe's hybrid score interval, his method 10: Wilson's limits of the two proportions,
     * squared and added; no continuity correction. Stat Med 1998;17:873-890. R:
     * DescTools::BinomDiffCI(method = "score"). */
    RECIST_DIFFERENCE_NEWCOMBE,
    /* The differences that a score test does not reject, its variance estimated under the
     * difference in question and multiplied by N / (N - 1), N being both groups together. Miettinen
     * and Nurminen, Stat Med 1985;4:213-226 (Newcombe's method 6). R:
     * DescTools::BinomDiffCI(method = "mn"); SAS: RISKDIFF(CL=MN). */
    RECIST_DIFFERENCE_MIETTINEN_NURMINEN,
};

/* The interval of first - second, between -1 and 1. None if one of the groups is empty or has more
 * successes than trials, or no valid level. */
struct recist_interval recist_proportion_bound_difference(enum recist_difference_method method,
                                                          struct recist_proportion first,
                                                          struct recist_proportion second,
                                                          double level);

#endif
