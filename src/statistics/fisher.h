/* SPDX-License-Identifier: MIT
 * Fisher's exact test: could the groups of a table of counts differ this much by chance?
 *
 * Two-sided: the p value is the probability, all margins given, of every table that is at most as
 * probable as the one seen. Tables are taken as equally probable if they agree to one part in ten
 * million, as R does, since rounding would otherwise decide ties. No odds ratio is estimated. */
#ifndef RECIST_STATISTICS_FISHER_H
#define RECIST_STATISTICS_FISHER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "statistics/interval.h"

#define RECIST_FISHER_TOLERANCE 1e-7

/* Two groups, success or not. R: fisher.test(matrix(c(a, b, c, d), 2))$p.value. 1 if a margin is
 * zero; NaN if a group has more successes than trials. Fisher, J R Stat Soc 1935;98:39-82. */
double recist_fisher_test(uint32_t first_successes, uint32_t first_trials,
                          uint32_t second_successes, uint32_t second_trials);

/* Any number of groups and categories, in `counts[row * column_count + column]`: Freeman and
 * Halton, Biometrika 1951;38:141-149. R: fisher.test(table)$p.value. Writes 1 if fewer than two
 * rows or columns have a count. TOO_LARGE (and NaN) if there are more than RECIST_FISHER_TOTAL
 * counts or if the tables with these margins need more steps or paths than given here: about a
 * second, and a hundred megabytes, which come from the arena. */
#define RECIST_FISHER_PATHS (1u << 18)
#define RECIST_FISHER_STEPS 20000000
#define RECIST_FISHER_TOTAL 100000
enum recist_statistics_problem recist_fisher_test_table(const uint32_t *counts, size_t row_count,
                                                        size_t column_count,
                                                        struct recist_arena *arena,
                                                        double *p_value);

#endif
