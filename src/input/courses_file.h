/* SPDX-License-Identifier: MIT
 * What the parts of the reader of courses files share. */
#ifndef RECIST_INPUT_COURSES_FILE_H
#define RECIST_INPUT_COURSES_FILE_H

#include <recist/courses.h>

#include "base/arena.h"
#include "base/finding_kinds.h"
#include "input/csv.h"
#include "input/source.h"

/* Columns with a meaning; all others are for grouping only. */
enum recist_course_column {
    RECIST_COURSE_PATIENT,
    RECIST_COURSE_STUDY,
    RECIST_COURSE_NUMBER,
    RECIST_COURSE_START,
    RECIST_COURSE_END,
    RECIST_COURSE_EVALUABLE,
    RECIST_COURSE_NEXT_THERAPY,
    RECIST_COURSE_PROGRESSION,
    RECIST_COURSE_DEATH,
    RECIST_COURSE_LAST_CONTACT,
    RECIST_COURSE_COLUMN_COUNT
};

/* The courses of one patient: a stretch of `ordered`. */
struct recist_course_group {
    size_t first;
    size_t count;
};

struct recist_courses {
    struct recist_source source;
    char *bytes; /* of the whole file, and slack for the scanner */
    size_t length;
    struct recist_arena arena;
    struct recist_slice *columns;
    size_t column_count;
    size_t field_of[RECIST_COURSE_COLUMN_COUNT]; /* SIZE_MAX: the file has no such column */
    struct recist_course *list; /* in the order of the file */
    size_t count;
    size_t capacity;
    const struct recist_course **ordered; /* by study, patient, start, line */
    struct recist_course_group *groups;   /* in the same order */
    size_t group_count;
};

const char *recist_course_column_name(enum recist_course_column column);
/* The dates of a course by their columns. */
int32_t recist_course_date(const struct recist_course *course, enum recist_course_column column);

/* courses_header.c: the columns. `line` is that of the header. False when memory is out. */
bool recist_courses_read_header(struct recist_courses *courses, const struct recist_csv_row *row, uint64_t line,
                                struct recist_findings *findings);

/* courses_row.c: one row to one course. False when memory is out. */
bool recist_courses_read_row(struct recist_courses *courses, const struct recist_csv_row *row, uint64_t line,
                             struct recist_findings *findings);

/* courses_checks.c: dates of one course, and the courses of one patient, against each other. */
void recist_courses_check_dates(const struct recist_courses *courses,
                                const struct recist_course *course,
                                struct recist_findings *findings);
bool recist_courses_check_patients(const struct recist_courses *courses,
                                   struct recist_findings *findings);

/* Bytewise by study and patient. */
int recist_courses_compare_patients(const struct recist_course *one,
                                    const struct recist_course *other);

/* Reports at the field of a column; about the course's patient. */
void recist_courses_report(const struct recist_courses *courses, const struct recist_course *course,
                           enum recist_course_column column, const struct recist_finding_kind *kind,
                           struct recist_findings *findings, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

#endif
