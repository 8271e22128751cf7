/* SPDX-License-Identifier: MIT
 * Quantiles of a survival curve the way R's quantile.survfit finds them, so that results can be
 * compared digit by digit; also where the curve is flat at the quantile, or ends there, or where a
 * confidence limit rises again (it can, when few are left). */
#include "statistics/survival.h"

#include <float.h>

/* Which curve is asked: survival itself, or one of its limits. */
enum curve_line {
    LINE_SURVIVAL,
    LINE_LOW,
    LINE_HIGH,
};

struct search {
    const struct recist_survival_curve *curve;
    enum curve_line line;
    enum recist_survival_scale scale;
    double level;
};

static double read_line(const struct search *search, size_t index)
{
    const struct recist_survival_step *step = &search->curve->steps[index];
    if (search->line == LINE_SURVIVAL) {
        return step->survival;
    }
    const struct recist_interval bound = recist_survival_bound(step, search->scale, search->level);
    return search->line == LINE_LOW ? bound.low : bound.high;
}

/* The day on which the fraction below the line, moved by `shift`, is at least the one asked for,
 * and of these days that of the smallest fraction; NaN if there is none. Survival only falls, so
 * there it is the first day; a high limit may rise again, and R then takes the later, closer one.
 */
static double find_crossing(const struct search *search, double fraction, double shift)
{
    double smallest = shift; /* the line starts at fraction 0 on day 0 */
    double days = 0;
    bool found = smallest >= fraction;
    for (size_t index = 0; index < search->curve->step_count; index++) {
        const double here = 1 - read_line(search, index) + shift;
        if (here >= fraction && (!found || here < smallest)) {
            smallest = here;
            days = search->curve->steps[index].days;
            found = true;
        }
    }
    return found ? days : (double)NAN;
}

static double find_day(const struct search *search, double fraction)
{
    const double tolerance = sqrt(DBL_EPSILON);
    const size_t last = search->curve->step_count - 1;
    const double reached = find_crossing(search, fraction, tolerance);
    if (fabs(fraction - (1 - read_line(search, last))) < tolerance) {
        return (reached + search->curve->steps[last].days) / 2; /* the line ends here */
    }
    return (reached + find_crossing(search, fraction, -tolerance)) / 2;
}

struct recist_survival_quantile
recist_survival_find_quantile(const struct recist_survival_curve *curve, double fraction,
                              enum recist_survival_scale scale, double level)
{
    struct recist_survival_quantile quantile = {.days = (double)NAN,
                                                .interval = recist_interval_none()};
    if (curve->step_count == 0 || !(fraction > 0 && fraction <= 1)) {
        return quantile;
    }
    struct search search = {.curve = curve, .line = LINE_SURVIVAL, .scale = scale, .level = level};
    quantile.days = find_day(&search, fraction);
    if (recist_level_is_valid(level)) {
        search.line = LINE_LOW;
        quantile.interval.low = find_day(&search, fraction);
        search.line = LINE_HIGH;
        quantile.interval.high = find_day(&search, fraction);
    }
    return quantile;
}
