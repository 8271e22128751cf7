/* SPDX-License-Identifier: MIT
 * What the files of this folder share: an interval, and how a calculation can fail.
 *
 * A statistic that the data do not determine is NaN here, never zero: the printer shows it as not
 * estimable. Every function of this folder is pure or works on what it is given: it may be called
 * from any number of threads at once, with an arena for each. */
#ifndef RECIST_STATISTICS_INTERVAL_H
#define RECIST_STATISTICS_INTERVAL_H

#include <math.h>
#include <stdbool.h>

enum recist_statistics_problem {
    RECIST_STATISTICS_OK,
    RECIST_STATISTICS_MEMORY,    /* the arena could not grow */
    RECIST_STATISTICS_BAD_INPUT, /* a time below zero, a group number out of range, ... */
    RECIST_STATISTICS_TOO_LARGE, /* exact enumeration would take too long */
};

/* Both limits are NaN where no interval is defined. */
struct recist_interval {
    double low;
    double high;
};

static inline struct recist_interval recist_interval_none(void)
{
    return (struct recist_interval){.low = (double)NAN, .high = (double)NAN};
}

static inline bool recist_interval_is_defined(struct recist_interval interval)
{
    return !isnan(interval.low) && !isnan(interval.high);
}

/* A confidence level is a fraction such as 0.95; 95 is none. */
static inline bool recist_level_is_valid(double level)
{
    return level > 0 && level < 1;
}

#endif
