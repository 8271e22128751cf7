/* SPDX-License-Identifier: MIT
 * Going over treatment courses: the one driver of the commands about courses (best, summarize,
 * survival). Measurements are assessed, assessed responses are taken as they are; either way each
 * course is a timeline with its best response.
 *
 * With a courses file every course of it comes once for each reader, those without data too (once,
 * without a reader, when its patient has no data at all); patients in the order of the input, then
 * those without data in the order of the courses file; courses of a patient by their start.
 * Without a courses file every series of visits comes as it is. */
#ifndef RECIST_CLI_COURSE_RUN_H
#define RECIST_CLI_COURSE_RUN_H

#include <pthread.h>

#include <recist/courses.h>
#include <recist/timeline.h>

#include "cli/measurement_command.h"
#include "cli/repeatable_input.h"

struct recist_course_job {
    const struct recist_timeline *timeline;
    const struct recist_best *best;
    struct recist_best_resolver *resolver; /* for reasons and points */
    struct recist_text *output;            /* takes whatever the task makes of the course */
};

/* Every function returns false to stop the run when memory is out. */
struct recist_course_task {
    void *context;
    /* Before each pass: forget everything. */
    bool (*begin)(void *context, bool has_study);
    bool (*course)(void *context, const struct recist_course_job *job); /* any thread */
    /* What courses made, in order, one at a time; never when the input has errors, unless it is
     * to keep going. */
    bool (*deliver)(void *context, const struct recist_text *output);
    bool (*again)(void *context); /* or NULL: whether everything is to be gone over once more */
};

struct recist_course_resolver; /* one of the run's resolvers, with its room for a timeline */

struct recist_course_run {
    struct recist_measurement_command shared;
    const struct recist_courses *courses; /* NULL without --courses */
    const struct recist_course_task *task;

    /* The run's own. */
    struct recist_repeatable_inputs inputs;
    atomic_bool *listed;   /* courses that came, or were left out, by their index */
    atomic_bool *left_out; /* those whose patient has errors */
    atomic_bool hopeless; /* an error was found: nothing will be written */
    bool rest_listed;
    bool rest_named; /* a finding named the patients without data */
    pthread_mutex_t mutex; /* guards the idle resolvers */
    struct recist_course_resolver *idle;
};

/* Reads options, criteria and courses file. `files_optional`: the courses file is enough.
 * RECIST_EXIT_DONE or another status after a message; end it in any case. */
enum recist_exit recist_course_run_begin(struct recist_course_run *run,
                                         const struct recist_command *command,
                                         const struct recist_options *options,
                                         bool files_optional);
/* Goes over everything, and prints the findings. RECIST_EXIT_DONE, RECIST_EXIT_INPUT_ERRORS, ... ;
 * *write says whether there is something to write out all the same. */
enum recist_exit recist_course_run_go(struct recist_course_run *run,
                                      const struct recist_course_task *task, bool *write);
void recist_course_run_end(struct recist_course_run *run);

/* The course's number: of the courses file, else as the readings name it. */
struct recist_slice recist_course_number(const struct recist_timeline *timeline);

#endif
