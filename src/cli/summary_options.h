/* SPDX-License-Identifier: MIT
 * What `recist summarize` was asked for. */
#ifndef RECIST_CLI_SUMMARY_OPTIONS_H
#define RECIST_CLI_SUMMARY_OPTIONS_H

#include "cli/options.h"
#include "statistics/proportion.h"

struct recist_summary_options {
    bool confirmed;   /* count confirmed best responses */
    bool all_courses; /* rates of all courses, not of the evaluable ones */
    bool durations;
    enum recist_proportion_method method;
    double level;
    uint32_t benefit_weeks; /* 0: not asked for */
    const char *compare;    /* or NULL */
    const char *reader;     /* only this one, or NULL */
};

/* RECIST_EXIT_DONE, or RECIST_EXIT_USAGE after a message. */
enum recist_exit recist_summary_options_read(struct recist_summary_options *summary,
                                             const struct recist_options *options);

#endif
