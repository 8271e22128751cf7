/* SPDX-License-Identifier: MIT */
#include "statistics/sample.h"

#include <float.h>
#include <stdlib.h>

static int compare_values(const void *left, const void *right)
{
    const double first = *(const double *)left;
    const double second = *(const double *)right;
    return (first > second) - (first < second);
}

void recist_sample_sort(double *values, size_t count)
{
    if (count > 1) {
        qsort(values, count, sizeof *values, compare_values);
    }
}

/* The value at a rank counted from 1; ranks outside are those of the ends. */
static double value_at(const double *sorted, size_t count, double rank)
{
    if (rank <= 1) {
        return sorted[0];
    }
    return rank >= (double)count ? sorted[count - 1] : sorted[(size_t)rank - 1];
}

/* Between the value at a rank and the next. Equal values stay what they are, to the last bit. */
static double mix(const double *sorted, size_t count, double rank, double weight)
{
    const double low = value_at(sorted, count, rank);
    const double high = value_at(sorted, count, rank + 1);
    if (weight <= 0 || low == high) {
        return low;
    }
    return weight >= 1 ? high : (1 - weight) * low + weight * high;
}

/* Types 1 to 3: the value below or above, or for type 2 the middle of both. */
static double find_stepped(const double *sorted, size_t count, double fraction,
                           enum recist_quantile_type type)
{
    const double half = type == RECIST_QUANTILE_NEAREST_EVEN ? 0.5 : 0;
    const double position = (double)count * fraction - half;
    const double rank = floor(position);
    const bool between = position > rank;
    double weight = between ? 1 : 0;
    if (!between && type == RECIST_QUANTILE_INVERTED_AVERAGED) {
        weight = 0.5;
    }
    if (!between && type == RECIST_QUANTILE_NEAREST_EVEN && fmod(rank, 2) != 0) {
        weight = 1;
    }
    return mix(sorted, count, rank, weight);
}

/* Types 4 to 9 place rank k at the fraction (k - a) / (n + 1 - a - b) and draw straight lines. A
 * position that rounding alone keeps from a rank is that rank. */
static double find_linear(const double *sorted, size_t count, double fraction, double a, double b)
{
    const double fuzz = 4 * DBL_EPSILON;
    const double position = a + fraction * ((double)count + 1 - a - b);
    const double rank = floor(position + fuzz);
    const double weight = position - rank;
    return mix(sorted, count, rank, fabs(weight) < fuzz ? 0 : weight);
}

double recist_sample_find_quantile(const double *sorted, size_t count, double fraction,
                                   enum recist_quantile_type type)
{
    if (count == 0 || !(fraction >= 0 && fraction <= 1)) {
        return (double)NAN;
    }
    switch (type) {
    case RECIST_QUANTILE_INVERTED:
    case RECIST_QUANTILE_INVERTED_AVERAGED:
    case RECIST_QUANTILE_NEAREST_EVEN:
        return find_stepped(sorted, count, fraction, type);
    case RECIST_QUANTILE_INVERTED_LINEAR:
        return find_linear(sorted, count, fraction, 0, 1);
    case RECIST_QUANTILE_MIDPOINTS:
        return find_linear(sorted, count, fraction, 0.5, 0.5);
    case RECIST_QUANTILE_EXPECTED:
        return find_linear(sorted, count, fraction, 0, 0);
    case RECIST_QUANTILE_SPREADSHEET:
        return find_linear(sorted, count, fraction, 1, 1);
    case RECIST_QUANTILE_MEDIAN_UNBIASED:
        return find_linear(sorted, count, fraction, 1.0 / 3, 1.0 / 3);
    case RECIST_QUANTILE_NORMAL_UNBIASED:
        return find_linear(sorted, count, fraction, 3.0 / 8, 3.0 / 8);
    default:
        return (double)NAN;
    }
}

static double find_mean(const double *values, size_t count)
{
    long double sum = 0;
    for (size_t index = 0; index < count; index++) {
        sum += values[index];
    }
    return (double)(sum / (long double)count);
}

static double find_standard_deviation(const double *values, size_t count, double mean)
{
    if (count < 2) {
        return (double)NAN;
    }
    long double sum = 0;
    for (size_t index = 0; index < count; index++) {
        const long double deviation = (long double)values[index] - mean;
        sum += deviation * deviation;
    }
    return sqrt((double)(sum / (long double)(count - 1)));
}

struct recist_sample recist_sample_describe(const double *sorted, size_t count,
                                            enum recist_quantile_type type)
{
    const double none = (double)NAN;
    struct recist_sample sample = {.mean = none,
                                   .standard_deviation = none,
                                   .lowest = none,
                                   .first_quartile = none,
                                   .median = none,
                                   .third_quartile = none,
                                   .highest = none};
    if (count == 0) {
        return sample;
    }
    sample.count = count;
    sample.mean = find_mean(sorted, count);
    sample.standard_deviation = find_standard_deviation(sorted, count, sample.mean);
    sample.lowest = sorted[0];
    sample.first_quartile = recist_sample_find_quantile(sorted, count, 0.25, type);
    sample.median = recist_sample_find_quantile(sorted, count, 0.5, RECIST_QUANTILE_R);
    sample.third_quartile = recist_sample_find_quantile(sorted, count, 0.75, type);
    sample.highest = sorted[count - 1];
    return sample;
}
