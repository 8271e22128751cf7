/* SPDX-License-Identifier: MIT
 * Answers by two criteria side by side: what is compared of a patient, and the rows about it. */
#ifndef RECIST_CLI_RULES_DIFF_ANSWERS_H
#define RECIST_CLI_RULES_DIFF_ANSWERS_H

#include <recist/courses.h>
#include <recist/timeline.h>

#include "cli/measurement_run.h"
#include "output/table.h"
#include "timeline/series_timeline.h"

struct recist_answer_totals {
    size_t visits; /* after baseline, by either criteria */
    size_t visits_differing;
    size_t visit_dates_differing; /* where the response is the same */
    size_t courses;               /* for each reader */
    size_t best_differing;
    size_t confirmed_differing;
    size_t best_dates_differing; /* of either, where the response is the same */
    size_t patients;
    size_t patients_differing;
};

struct recist_answers {
    const struct recist_criteria *criteria[2];
    const struct recist_courses *courses; /* or NULL */
    struct recist_best_resolver *resolvers[2];
    struct recist_timeline_room rooms[2];
    bool with_best; /* both criteria have best responses */
    bool has_study;
    const struct recist_table *table; /* whose rows are made */
    struct recist_text visits;        /* rows about visits */
    struct recist_text best;          /* rows about best responses */
    struct recist_answer_totals totals;
};

/* The study column stands first, and is left out where the input has none. */
#define RECIST_ANSWER_COLUMNS 14
extern const struct recist_table_column recist_answer_columns[RECIST_ANSWER_COLUMNS];

/* Appends rows for all that differs of a patient who is sound by both. False without memory. */
bool recist_answers_of_patient(struct recist_answers *answers,
                               const struct recist_patient_job jobs[2]);
/* The same for a course of whose patient there are no measurements. */
bool recist_answers_of_course(struct recist_answers *answers, const struct recist_course *course);

#endif
