/* SPDX-License-Identifier: MIT
 * What came of every course, kept for counting: its best response, and how long it took and held. */
#ifndef RECIST_CLI_RESPONSE_OUTCOMES_H
#define RECIST_CLI_RESPONSE_OUTCOMES_H

#include "base/arena.h"
#include "cli/course_conditions.h"
#include "cli/course_run.h"
#include "cli/endpoint_choice.h"
#include "cli/summary_options.h"
#include "statistics/survival.h"

struct recist_course_duration {
    bool known;
    struct recist_survival_observation observation;
};

struct recist_course_outcome {
    const struct recist_course *facts; /* NULL: not in the courses file */
    size_t reader;                     /* index among the readers; meaningless where unread */
    bool unread;                       /* there are no data, of any reader */
    bool evaluable;                    /* as the courses file says */
    bool benefit;                      /* response, or control that lasted */
    uint16_t word;
    struct recist_course_duration to_response;
    struct recist_course_duration of_response;
};

struct recist_response_outcomes {
    struct recist_course_run *run;
    const struct recist_summary_options *options;
    const struct recist_course_conditions *conditions;
    const struct recist_endpoint_choice *to_response; /* with --durations */
    const struct recist_endpoint_choice *of_response;
    uint64_t response; /* words that are a response, and that are disease control */
    uint64_t control;
    uint16_t not_evaluable;
    struct recist_course_outcome *list;
    size_t count;
    size_t capacity;
    struct recist_slice *readers; /* in order of first appearance */
    size_t reader_count;
    size_t reader_capacity;
    struct recist_arena arena; /* of the names of readers */
};

/* Goes over all courses, of which `outcomes` holds those that meet the conditions. The first
 * members are the caller's to set; destroy in any case. */
enum recist_exit recist_response_outcomes_gather(struct recist_response_outcomes *outcomes,
                                                 bool *write);
void recist_response_outcomes_destroy(struct recist_response_outcomes *outcomes);

#endif
