/* SPDX-License-Identifier: MIT
 * The quantiles and tails of distributions that the statistics need. This is the only door to
 * libRmath: whoever must do without it (it is under the GPL) replaces distribution.c alone.
 *
 * These functions of libRmath keep no state, so threads may share them. It prints a warning where
 * it does not trust a result, which it never did for up to a million trials; arguments that make no
 * sense must not come here. */
#ifndef RECIST_STATISTICS_DISTRIBUTION_H
#define RECIST_STATISTICS_DISTRIBUTION_H

/* The multiple of a standard error that a two-sided interval reaches to each side: 1.95996... for
 * level 0.95. R: qnorm(1 - (1 - level) / 2). The level is above 0 and below 1. */
double recist_normal_reach(double level);

/* The value below which a beta variable falls with this probability. R: qbeta(probability, a, b).
 * The probability lies between 0 and 1, both shapes are above 0. */
double recist_beta_quantile(double probability, double a, double b);

/* The probability of a chi-square value at least this large. R: pchisq(value, degrees,
 * lower.tail = FALSE). NaN for a NaN value or no degree of freedom. */
double recist_chi_square_tail(double value, double degrees);

#endif
