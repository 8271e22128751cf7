/* SPDX-License-Identifier: MIT
 * The time to an endpoint of every course: evaluated as the courses come by, and kept. */
#ifndef RECIST_CLI_COURSE_TIMES_H
#define RECIST_CLI_COURSE_TIMES_H

#include "base/arena.h"
#include "cli/course_conditions.h"
#include "cli/course_run.h"
#include "cli/endpoint_choice.h"

struct recist_course_time {
    const struct recist_course *facts; /* NULL: not in the courses file */
    enum recist_endpoint_verdict verdict;
    struct recist_event_time time;
    struct recist_slice study;
    struct recist_slice patient;
    struct recist_slice number; /* of the course */
    struct recist_slice reader;
};

struct recist_course_times {
    struct recist_course_run *run;
    const struct recist_endpoint_choice *choice;
    const struct recist_course_conditions *conditions;
    const char *reader;     /* only this one, or NULL */
    const size_t *group_of; /* of each course of the courses file */
    bool per_patient;       /* only the first course of each patient in a group */
    bool confirmed_only;    /* responders are those with a confirmed response */
    uint64_t response;      /* words of the criteria that are a response */
    bool needs_responses;   /* of the endpoint */
    struct recist_arena arena; /* of everything below */
    struct recist_course_time *list;
    size_t count;
    size_t capacity;
    bool *seen; /* courses of the courses file, by index */
    bool has_study;
    bool several_readers; /* read a course, and none was chosen */
    bool reader_found;    /* some course has a reader's name: the chosen one's, if one was chosen */
    bool no_memory;
};

/* Goes over all courses. RECIST_EXIT_DONE, RECIST_EXIT_INPUT_ERRORS and so on, after messages;
 * *write says whether there are times to show all the same. Destroy in any case. */
enum recist_exit recist_course_times_gather(struct recist_course_times *times,
                                            struct recist_course_run *run,
                                            const struct recist_endpoint_choice *choice,
                                            const struct recist_course_conditions *conditions,
                                            const size_t *group_of, bool per_patient, bool *write);
void recist_course_times_destroy(struct recist_course_times *times);

/* Whether a course is the first of its patient among those that meet the conditions, and that are
 * of the same group where groups are given (which must then be known for every course). */
bool recist_course_is_first(const struct recist_courses *courses,
                            const struct recist_course *course,
                            const struct recist_course_conditions *conditions,
                            const size_t *group_of);

#endif
