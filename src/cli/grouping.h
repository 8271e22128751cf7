/* SPDX-License-Identifier: MIT
 * Groups of courses: those that have the same values in the columns that --by names. */
#ifndef RECIST_CLI_GROUPING_H
#define RECIST_CLI_GROUPING_H

#include <string.h>

#include <recist/courses.h>

#include "cli/exit_status.h"

/* What stands for an empty field. */
#define RECIST_GROUP_MISSING "(missing)"
/* The row of all courses together. */
#define RECIST_GROUP_ALL "All"

struct recist_course_groups {
    const struct recist_courses *courses; /* NULL without a courses file */
    size_t *columns;                      /* of the courses file */
    char **names;                         /* of these columns, as in the file's header */
    size_t column_count;
    size_t *group_of;            /* of each course, by its index in the file */
    struct recist_slice *values; /* [group * column_count + column] */
    size_t group_count;          /* in order of first appearance in the courses file */
    size_t capacity;
};

/* Makes the groups; `by` is a list of columns separated by commas, or NULL: one group of all.
 * RECIST_EXIT_USAGE, after a message with the nearest name, for a column that is not there.
 * Destroy the groups in any case. */
enum recist_exit recist_course_groups_make(struct recist_course_groups *groups,
                                           const struct recist_courses *courses, const char *by);
void recist_course_groups_destroy(struct recist_course_groups *groups);

/* The group of a course; NULL is a course that is not in the courses file: the group without any
 * value, which is made when it is missing. SIZE_MAX when memory is out. */
size_t recist_course_groups_of(struct recist_course_groups *groups,
                               const struct recist_course *course);
struct recist_slice recist_course_groups_value(const struct recist_course_groups *groups,
                                               size_t group, size_t column);

/* Whether two texts are the same, byte by byte. */
static inline bool recist_values_equal(struct recist_slice one, struct recist_slice other)
{
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.text, other.text, one.length) == 0);
}

/* Index of a course in its file. */
size_t recist_course_index(const struct recist_courses *courses,
                           const struct recist_course *course);

#endif
