/* SPDX-License-Identifier: MIT
 *
 * The study as the criteria see it: readings of one patient put in order, by series (one reader's
 * readings of one treatment course), visit and lesion.
 *
 * Everything hangs in the builder's memory and stays valid until the builder is given the next
 * patient. A builder belongs to one thread; make one for each.
 */
#ifndef RECIST_STUDY_H
#define RECIST_STUDY_H

#include <recist/courses.h>
#include <recist/criteria.h>
#include <recist/measurements.h>

/* Wide enough for sums of products of two lengths, and for cross-multiplying them. */
__extension__ typedef __int128 recist_wide;
#define RECIST_WIDE_MISSING ((recist_wide)1 << 126)

struct recist_lesion {
    struct recist_slice id;
    struct recist_slice site;  /* as first recorded; empty where never recorded */
    struct recist_slice organ; /* of the criteria's organ map, else the site; empty without */
    struct recist_slice method;
    struct recist_slice kind;
    int64_t slice_thickness; /* at the first recorded visit, or RECIST_MISSING */
    uint8_t role;            /* index into the vocabulary's roles */
    bool nodal;
    bool known_organ;      /* the organ is one of the criteria's */
    bool prior_therapy;    /* treated locally before baseline */
    bool progressed_since; /* ... and has progressed since */
};

/* One lesion at one visit. A lesion that fragmented has the sums of its parts in `axis`, and its
 * largest part in `largest`; else the two are the same. A lesion in a mass whose size is that of
 * another, and for which the criteria have no status of merged ones, has that size in `largest`
 * alone, to be judged as a node by. What stands in further columns is in
 * reading->numbers, of a lesion that is evaluated and whole (parts <= 1): the numbers of one part
 * are not those of the lesion. */
struct recist_observation {
    int64_t axis[RECIST_AXIS_COUNT];
    int64_t largest[RECIST_AXIS_COUNT];
    const struct recist_reading *reading; /* NULL: the visit has no row for this lesion */
    /* Of a lesion in parts: the sum over its parts of long times short axis, in the square of a
     * millionth of a millimetre, or RECIST_WIDE_MISSING. NULL where the lesion is whole, or where
     * one status is said of all its parts. */
    const recist_wide *product_of_parts;
    int32_t date;    /* scan date of that row (the latest of its parts) */
    uint16_t parts;  /* rows that make it up: 0 without a row, 2 or more when fragmented */
    uint8_t status;  /* index into the vocabulary's statuses; RECIST_STATUS_BLANK: a number */
    bool evaluated;  /* there is a row, and its status does not say otherwise */
    bool measured;   /* a length stands in the row */
    bool mass;       /* ... which measures another lesion too, grown together with this one */
    bool mixed;      /* ... of nodes and of what is none: it is not judged as a node */
};

struct recist_visit {
    struct recist_slice label; /* empty: the date is the visit */
    int32_t first_date;        /* of its scans, where it is imaged; days since 1970-01-01 */
    int32_t last_date;
    bool partial_date; /* some scan date is partial, and a convention chose the day */
    bool imaged; /* some row is about lesions, or says that there are none */
    const struct recist_reading *reading; /* its first row in the input, of a scan if imaged */
};

/* What is assessed by itself: one reader's readings of one course. visits[0] is the baseline: the
 * first imaged visit, or the first of all where none is. What is the patient's own stands among the
 * lesions, with a role that is of_patient. */
struct recist_series {
    struct recist_slice course; /* empty without courses */
    struct recist_slice reader; /* empty without readers */
    bool has_start;
    int32_t start; /* of the course, where has_start */
    const struct recist_course *facts; /* of the courses file, or NULL */
    /* A course without a visit that can be its baseline: it is not assessed, and visits are then
     * those after its start. */
    bool without_baseline;
    struct recist_lesion *lesions;
    size_t lesion_count;
    struct recist_visit *visits; /* by date */
    size_t visit_count;
    struct recist_observation *observations; /* [visit * lesion_count + lesion] */
};

struct recist_patient {
    struct recist_slice study;
    struct recist_slice id;
    struct recist_series *series; /* in order of first appearance */
    size_t series_count;
};

struct recist_study_builder;

/* `criteria` gives roles, statuses, organs and the convention for partial dates, and must outlive
 * the builder. NULL when memory is out. */
RECIST_API struct recist_study_builder *
recist_study_builder_create(const struct recist_criteria *criteria);
RECIST_API void recist_study_builder_destroy(struct recist_study_builder *builder);

/* Splits what follows by the courses of the file: each course is a series of its own, with its own
 * baseline. NULL: no courses. `courses` must outlive the builder. */
RECIST_API void recist_study_builder_set_courses(struct recist_study_builder *builder,
                                                 const struct recist_courses *courses);

/* What follows was built before, and nothing in it is an error: findings are not looked for again
 * where that takes time. */
RECIST_API void recist_study_builder_trust(struct recist_study_builder *builder);

/* Puts the readings of one patient in order. Findings about the shape of the study (a lesion twice
 * in one visit, a role that changes, a target after baseline, ...) go to `findings`; `places`
 * finds their positions and may be NULL when the readings do not come from files.
 * RECIST_DONE with *patient set; RECIST_INVALID when a finding is an error: *patient is set as
 * far as it could be built, for validation, and must not be assessed; RECIST_NO_MEMORY. */
RECIST_API enum recist_outcome
recist_study_build(struct recist_study_builder *builder,
                   const struct recist_patient_readings *readings,
                   const struct recist_measurements *places, struct recist_findings *findings,
                   const struct recist_patient **patient);

static inline const struct recist_observation *
recist_series_observation(const struct recist_series *series, size_t visit, size_t lesion)
{
    return &series->observations[visit * series->lesion_count + lesion];
}

#endif
