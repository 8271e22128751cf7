/* SPDX-License-Identifier: MIT */
#include "statistics/distribution.h"

#include <math.h>

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

double recist_normal_reach(double level)
{
    return qnorm(1 - (1 - level) / 2, 0, 1, 1, 0);
}

double recist_beta_quantile(double probability, double a, double b)
{
    return qbeta(probability, a, b, 1, 0);
}

double recist_chi_square_tail(double value, double degrees)
{
    if (isnan(value) || !(degrees > 0)) {
        return (double)NAN;
    }
    return pchisq(value, degrees, 0, 0);
}
