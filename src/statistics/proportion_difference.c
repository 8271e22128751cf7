/* SPDX-License-Identifier: MIT */
#include "statistics/distribution.h"
#include "statistics/proportion.h"

static double share(struct recist_proportion proportion)
{
    return (double)proportion.successes / (double)proportion.trials;
}

static struct recist_interval bound_by_newcombe(struct recist_proportion first,
                                                struct recist_proportion second, double level)
{
    const struct recist_interval of_first =
        recist_proportion_bound(RECIST_PROPORTION_WILSON, first.successes, first.trials, level);
    const struct recist_interval of_second =
        recist_proportion_bound(RECIST_PROPORTION_WILSON, second.successes, second.trials, level);
    const double first_share = share(first);
    const double second_share = share(second);
    const double difference = first_share - second_share;
    return (struct recist_interval){
        .low = difference - hypot(first_share - of_first.low, of_second.high - second_share),
        .high = difference + hypot(of_first.high - first_share, second_share - of_second.low)};
}

/* The slope of the log likelihood of one group at this proportion. */
static double slope(struct recist_proportion group, double proportion)
{
    const uint32_t failures = group.trials - group.successes;
    double sum = 0;
    if (group.successes > 0) {
        sum += group.successes / proportion;
    }
    if (failures > 0) {
        sum -= failures / (1 - proportion);
    }
    return sum;
}

/* The most likely proportion of the second group if the first one's is larger by `difference`. The
 * log likelihood is concave, so its slope is halved in on; the closed form (a cubic solved by
 * cosines) loses half of the digits where two of its roots meet. */
static double fit_second(struct recist_proportion first, struct recist_proportion second,
                         double difference)
{
    double low = fmax(0, -difference);
    double high = fmin(1, 1 - difference);
    for (;;) {
        const double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high)) {
            return middle;
        }
        if (slope(first, middle + difference) + slope(second, middle) > 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

static double variance_under(struct recist_proportion first, struct recist_proportion second,
                             double difference)
{
    const double of_second = fit_second(first, second, difference);
    const double of_first = fmin(1, fmax(0, of_second + difference));
    const double both = (double)first.trials + (double)second.trials;
    return (of_first * (1 - of_first) / first.trials +
            of_second * (1 - of_second) / second.trials) *
           both / (both - 1);
}

/* Halves in on the difference at which the score test begins to reject, between one that it
 * accepts and one that it rejects. */
static double find_limit(struct recist_proportion first, struct recist_proportion second,
                         double accepted, double rejected, double reach)
{
    const double seen = share(first) - share(second);
    for (;;) {
        const double middle = accepted + (rejected - accepted) / 2;
        if (!(middle < fmax(accepted, rejected) && middle > fmin(accepted, rejected))) {
            return middle;
        }
        if (fabs(seen - middle) > reach * sqrt(variance_under(first, second, middle))) {
            rejected = middle;
        } else {
            accepted = middle;
        }
    }
}

static struct recist_interval bound_by_miettinen_nurminen(struct recist_proportion first,
                                                          struct recist_proportion second,
                                                          double level)
{
    const double reach = recist_normal_reach(level);
    const double seen = share(first) - share(second);
    return (struct recist_interval){.low = find_limit(first, second, seen, -1, reach),
                                    .high = find_limit(first, second, seen, 1, reach)};
}

static bool is_usable(struct recist_proportion proportion)
{
    return proportion.trials > 0 && proportion.successes <= proportion.trials;
}

struct recist_interval recist_proportion_bound_difference(enum recist_difference_method method,
                                                          struct recist_proportion first,
                                                          struct recist_proportion second,
                                                          double level)
{
    if (!is_usable(first) || !is_usable(second) || !recist_level_is_valid(level)) {
        return recist_interval_none();
    }
    switch (method) {
    case RECIST_DIFFERENCE_NEWCOMBE:
        return bound_by_newcombe(first, second, level);
    case RECIST_DIFFERENCE_MIETTINEN_NURMINEN:
        return bound_by_miettinen_nurminen(first, second, level);
    default:
        return recist_interval_none();
    }
}
