/* SPDX-License-Identifier: MIT
 * What the columns of a courses file say of groups of courses or patients: counts of categories,
 * samples of numbers. */
#ifndef RECIST_CLI_CHARACTERISTICS_H
#define RECIST_CLI_CHARACTERISTICS_H

#include "base/arena.h"
#include "cli/course_conditions.h"
#include "cli/grouping.h"
#include "output/table.h"
#include "statistics/sample.h"

struct recist_characteristic {
    size_t column; /* of the courses file */
    struct recist_slice name;
    bool is_number;
    struct recist_slice *levels; /* of a category, in order of their bytes; in the arena */
    size_t level_count;
};

struct recist_characteristics {
    const struct recist_courses *courses;
    const struct recist_course_groups *groups;
    const struct recist_course_conditions *conditions;
    bool per_patient;
    enum recist_quantile_type quartiles;
    struct recist_arena arena;
    struct recist_characteristic *list;
    size_t count;
    double *values; /* room for a sample of all courses */
};

/* The group of everybody, beside those of `groups`. */
#define RECIST_EVERYBODY SIZE_MAX

/* Chooses the columns: `wanted`, separated by commas (`NAME:category` counts numbers as they
 * stand), or NULL for all but identifiers, dates, and the columns of the groups. Destroy in any
 * case. */
enum recist_exit recist_characteristics_choose(struct recist_characteristics *characteristics,
                                               const char *wanted);
void recist_characteristics_destroy(struct recist_characteristics *characteristics);

/* Whether a course counts in a group: with each patient counted once, by his first course. */
bool recist_characteristics_has(const struct recist_characteristics *characteristics, size_t group,
                                const struct recist_course *course);
size_t recist_characteristics_size(const struct recist_characteristics *characteristics,
                                   size_t group);
/* How many of a group have this value, which may be the empty one. */
size_t recist_characteristics_count(const struct recist_characteristics *characteristics,
                                    size_t group, size_t column, struct recist_slice value);
struct recist_sample recist_characteristics_sample(struct recist_characteristics *characteristics,
                                                   size_t group, size_t column);

/* Rows for every characteristic, the number of courses or patients first; `shown` groups, then
 * everybody. Tables join statistics in one cell, "31 (22-46)"; CSV and JSON have a row for each. */
void recist_characteristics_append(struct recist_characteristics *characteristics,
                                   const size_t *shown, size_t shown_count, struct recist_row *row);

#endif
