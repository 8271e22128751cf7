/* SPDX-License-Identifier: MIT
 * Conditions and values over the responses of a course (criteria's `best_response`). */
#ifndef RECIST_ASSESS_COURSE_EVALUATION_H
#define RECIST_ASSESS_COURSE_EVALUATION_H

#include <recist/timeline.h>

#include "assess/evaluation.h"

struct recist_course_evaluation {
    const struct recist_criteria *criteria;
    const struct recist_timeline *timeline;
    const struct recist_response_point *points;
    size_t point_count;
    size_t window; /* points that count: [0, window) */
    size_t point;  /* the one looked at, in conditions about a visit */
    size_t origin; /* the one from which ever() or later() looks */
};

enum recist_truth recist_course_condition(struct recist_course_evaluation *course,
                                          const struct recist_node *condition);
static inline bool recist_course_holds(struct recist_course_evaluation *course,
                                       const struct recist_node *condition)
{
    return !condition || recist_course_condition(course, condition) == RECIST_TRUE;
}

/* False: the value is missing, *value is unchanged. */
bool recist_course_value(struct recist_course_evaluation *course, const struct recist_node *node,
                         recist_wide *value);

#endif
