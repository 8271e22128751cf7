/* SPDX-License-Identifier: MIT
 *
 * Treatment courses: the courses file (docs/courses.md), one row per patient and course. It is
 * read whole and stays in memory; immutable afterwards, so any thread may use it.
 */
#ifndef RECIST_COURSES_H
#define RECIST_COURSES_H

#include <recist/reading.h>

/* No date stands there. */
#define RECIST_NO_DATE INT32_MIN

struct recist_course {
    struct recist_slice study; /* empty without a study column */
    struct recist_slice patient;
    struct recist_slice number; /* "1" when the file has no course column or the field is empty */
    int32_t start;              /* dates: days since 1970-01-01, or RECIST_NO_DATE */
    int32_t end;
    int32_t next_therapy;
    int32_t progression;
    int32_t death;
    int32_t last_contact;
    uint8_t evaluable;                 /* enum recist_answer; RECIST_UNSAID where empty */
    const struct recist_slice *fields; /* of all columns of the file, trimmed, in its order */
    uint64_t line;
    struct recist_slice row; /* the row as it stands in the file, for places */
};

struct recist_courses;

/* Reads a courses file ("-" is standard input). Findings about it go to `findings`: those of CSV
 * and header as for measurement files; dates; a course twice; a course that ends before it starts;
 * courses of one patient that overlap; a death, progression or last contact before the start; a
 * death after the last contact; deaths or last contacts that differ between courses of a patient.
 * RECIST_DONE, RECIST_INVALID, RECIST_UNREADABLE, RECIST_NO_MEMORY; *courses on RECIST_DONE only. */
RECIST_API enum recist_outcome recist_courses_open(const char *path,
                                                   struct recist_findings *findings,
                                                   struct recist_courses **courses);
RECIST_API void recist_courses_close(struct recist_courses *courses);

/* All courses, in the order of the file. */
RECIST_API size_t recist_courses_count(const struct recist_courses *courses);
RECIST_API const struct recist_course *recist_courses_at(const struct recist_courses *courses,
                                                         size_t index);
/* The courses of one patient, by start (those without a start last, in file order); NULL and 0
 * when the file has none. A file without a study column answers for every study. */
RECIST_API const struct recist_course *const *
recist_courses_of(const struct recist_courses *courses, struct recist_slice study,
                  struct recist_slice patient, size_t *count);

/* Columns of the file, for --by: all of them, known ones too. */
RECIST_API size_t recist_courses_column_count(const struct recist_courses *courses);
RECIST_API struct recist_slice recist_courses_column(const struct recist_courses *courses,
                                                     size_t column);
/* The column of this name (compared as in headers), or SIZE_MAX. */
RECIST_API size_t recist_courses_find_column(const struct recist_courses *courses,
                                             struct recist_slice name);
/* Where a column stands in the row of a course. */
RECIST_API struct recist_place recist_courses_place(const struct recist_courses *courses,
                                                    const struct recist_course *course,
                                                    const char *column);

#endif
