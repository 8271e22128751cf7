/* SPDX-License-Identifier: MIT */
#include "statistics/fisher.h"

/* One cell decides the rest, so the tables are a row of numbers. */

struct margins {
    double successes;
    double first;
    double second;
};

/* log(P(cell + 1) / P(cell)) of the hypergeometric distribution. */
static double log_ratio(const struct margins *margins, double cell)
{
    return log((margins->first - cell) * (margins->successes - cell)) -
           log((cell + 1) * (margins->second - margins->successes + cell + 1));
}

double recist_fisher_test(uint32_t first_successes, uint32_t first_trials,
                          uint32_t second_successes, uint32_t second_trials)
{
    if (first_successes > first_trials || second_successes > second_trials) {
        return (double)NAN;
    }
    const struct margins margins = {.successes = (double)first_successes + second_successes,
                                    .first = first_trials,
                                    .second = second_trials};
    const double lowest = fmax(0, margins.successes - margins.second);
    const double highest = fmin(margins.successes, margins.first);
    /* Logarithms relative to the lowest table, then to the most probable one. */
    double log_weight = 0;
    double log_seen = 0;
    double log_most = 0;
    for (double cell = lowest; cell < highest; cell++) {
        log_weight += log_ratio(&margins, cell);
        log_most = fmax(log_most, log_weight);
        if (cell + 1 <= first_successes) {
            log_seen = log_weight;
        }
    }
    const double limit = log_seen + log1p(RECIST_FISHER_TOLERANCE);
    double all = 0;
    double improbable = 0;
    log_weight = 0;
    for (double cell = lowest; cell <= highest; cell++) {
        const double weight = exp(log_weight - log_most);
        all += weight;
        improbable += log_weight <= limit ? weight : 0;
        if (cell < highest) {
            log_weight += log_ratio(&margins, cell);
        }
    }
    return fmin(1, improbable / all);
}
