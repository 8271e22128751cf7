/* SPDX-License-Identifier: MIT
 * Quantiles, median, mean and standard deviation of a sample, such as the ages of the patients.
 *
 * Values are in whatever unit they came in, and results in the same. They must be finite: missing
 * values are left out, and counted, by the caller. Nothing is allocated. */
#ifndef RECIST_STATISTICS_SAMPLE_H
#define RECIST_STATISTICS_SAMPLE_H

#include <stddef.h>

#include "statistics/interval.h"

/* How a quantile that falls between two values is read: the nine ways of Hyndman and Fan, Am Stat
 * 1996;50:361-365, numbered as there and in R's quantile(type = ). n is the number of values, p the
 * fraction. */
enum recist_quantile_type {
    RECIST_QUANTILE_INVERTED = 1,      /* no averaging; SAS QNTLDEF=3 */
    RECIST_QUANTILE_INVERTED_AVERAGED, /* averaged where n * p is whole; SAS's default, QNTLDEF=5 */
    RECIST_QUANTILE_NEAREST_EVEN,      /* SAS QNTLDEF=2 */
    RECIST_QUANTILE_INVERTED_LINEAR,   /* SAS QNTLDEF=1 */
    RECIST_QUANTILE_MIDPOINTS,         /* hydrologists' */
    RECIST_QUANTILE_EXPECTED,          /* at p * (n + 1); SAS QNTLDEF=4, SPSS, Minitab */
    RECIST_QUANTILE_SPREADSHEET,       /* at 1 + p * (n - 1); R's default, Excel, S */
    RECIST_QUANTILE_MEDIAN_UNBIASED,   /* Hyndman and Fan's advice */
    RECIST_QUANTILE_NORMAL_UNBIASED,
    /* The two that programs of clinical trials use, by the names of those programs. */
    RECIST_QUANTILE_R = RECIST_QUANTILE_SPREADSHEET,
    RECIST_QUANTILE_SAS = RECIST_QUANTILE_INVERTED_AVERAGED,
};

/* Sorts by rising value, in place. */
void recist_sample_sort(double *values, size_t count);

/* The quantile of a sample that is sorted already. `fraction` lies between 0 and 1, both included.
 * NaN without values or with another fraction. R: quantile(values, fraction, type = type), 4.2. */
double recist_sample_find_quantile(const double *sorted, size_t count, double fraction,
                                   enum recist_quantile_type type);

struct recist_sample {
    size_t count;
    double mean;
    double standard_deviation; /* of the sample, divisor count - 1; NaN for fewer than two values */
    double lowest;
    double first_quartile;
    double median; /* the same under every type but 1, 3 and 4; here always that of type 7 */
    double third_quartile;
    double highest;
};

/* Describes a sample that is sorted already. The quartiles are of the given type; the median is
 * R's median(). All but the count is NaN without values. */
struct recist_sample recist_sample_describe(const double *sorted, size_t count,
                                            enum recist_quantile_type type);

#endif
