/* SPDX-License-Identifier: MIT
 * What the parts of dealing visits to courses share (docs/courses.md has the rules).
 *
 * A part is what one reader's rows with one value in the column `course` come to: the part without
 * a course, whose visits are dealt by date, and one for each course that rows name. */
#ifndef RECIST_STUDY_COURSES_H
#define RECIST_STUDY_COURSES_H

#include "study/series_draft.h"

/* What the rows of a lesion say, in the course at hand. */
struct recist_name_state {
    uint32_t stamp;          /* of the course at hand, or old */
    uint32_t roles_at_start; /* bit per role, in the baseline visit */
    uint32_t roles_at_end;   /* the same, in a visit that is the next course's baseline */
    uint8_t later_role;      /* first role of the baseline that it has after the baseline, or 0 */
    uint8_t role;            /* that it has in this course, once known */
    bool known;              /* recorded in this course before the visit at hand */
    bool read;               /* some row does not just say that it was treated locally */
};

struct recist_course_part {
    struct recist_series_draft *draft;
    uint32_t *rows;        /* numbers of rows, visit by visit */
    uint32_t *first_row;   /* of each visit in `rows`, and one more */
    bool *baseline_of_any; /* per visit */
    uint32_t *imaged_before; /* of the first visits, how many up to the last imaged one */
    uint32_t *name_visit;  /* per name: its first visit */
    struct recist_name_state *states; /* per name */
    uint32_t stamp;
};

struct recist_course_visit {
    struct recist_course_part *part;
    uint32_t visit;
};

/* The visits of one course, in order of date. */
struct recist_course_visits {
    const struct recist_course *course;
    struct recist_course_visit *list;
    size_t count;
    bool baseline; /* the first is the baseline */
    bool shared;   /* ... and a later visit of an earlier course */
    bool mixed;    /* of several parts: rows stand with and without a course */
};

/* courses_visits.c: visits of a part; a label that comes again in another course is another
 * visit. False when memory is out, as with all of these. */
bool recist_course_part_gather(struct recist_course_part *part,
                               const struct recist_course *const *courses, size_t course_count);
/* The first visit of the part with its first scan after this day, or their number. The baseline of
 * a course that starts on this day is the last imaged one before: visit imaged_before[that] - 1,
 * where that is not 0. */
uint32_t recist_course_part_after(const struct recist_course_part *part, int32_t day);

/* courses_rows.c: the rows of the visits, without those that are another course's, to a draft. */
bool recist_course_rows_take(struct recist_series_draft *draft,
                             const struct recist_course_visits *visits);

#endif
