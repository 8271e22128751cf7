/* SPDX-License-Identifier: MIT
 * What `recist survival` was asked for: units, times, intervals. */
#ifndef RECIST_CLI_SURVIVAL_OPTIONS_H
#define RECIST_CLI_SURVIVAL_OPTIONS_H

#include "cli/options.h"
#include "statistics/survival.h"

#define RECIST_MOST_TIMES 32

struct recist_survival_time {
    struct recist_slice written; /* as in --at; part of the names of columns */
    double days;
};

struct recist_survival_options {
    enum recist_survival_scale scale;
    double level;
    const char *unit;
    double unit_days;
    struct recist_survival_time times[RECIST_MOST_TIMES];
    size_t time_count;
    bool curve;
    bool follow_up;
    bool at_risk;
    bool per_patient;
};

/* RECIST_EXIT_DONE, or RECIST_EXIT_USAGE after a message. */
enum recist_exit recist_survival_options_read(struct recist_survival_options *survival,
                                              const struct recist_options *options);

/* --level: a fraction such as 0.95. */
enum recist_exit recist_level_read(const struct recist_options *options, double *level);
/* --per patient or course. */
enum recist_exit recist_per_patient_read(const struct recist_options *options, bool *per_patient);

#endif
