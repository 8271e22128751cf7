/* SPDX-License-Identifier: MIT
 * --where COLUMN=VALUE: only the courses that meet every condition. Several values of one column
 * are a choice: any of them will do. */
#ifndef RECIST_CLI_COURSE_CONDITIONS_H
#define RECIST_CLI_COURSE_CONDITIONS_H

#include <recist/courses.h>

#include "cli/options.h"

struct recist_course_condition {
    size_t column; /* of the courses file */
    struct recist_slice value;
};

struct recist_course_conditions {
    struct recist_course_condition *list;
    size_t count;
};

/* RECIST_EXIT_USAGE, after a message, for a column that is not there or a value that no course has.
 * Without --where there is nothing to meet, and `courses` may be NULL. Destroy in any case. */
enum recist_exit recist_course_conditions_make(struct recist_course_conditions *conditions,
                                               const struct recist_courses *courses,
                                               const struct recist_options *options);
void recist_course_conditions_destroy(struct recist_course_conditions *conditions);

/* NULL, a course that is not in the courses file, meets nothing but no condition at all. */
bool recist_course_conditions_hold(const struct recist_course_conditions *conditions,
                                   const struct recist_course *course);

/* Says that a courses file has no column of this name, and which one is near. */
enum recist_exit recist_course_column_refuse(const struct recist_courses *courses,
                                             const char *option, struct recist_slice name);

#endif
