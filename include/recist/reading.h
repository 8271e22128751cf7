/* SPDX-License-Identifier: MIT
 *
 * A reading: what one row of a measurement file says of one lesion at one visit.
 *
 * Lengths are integers of a millionth of a millimetre. Slices point into memory of whoever made
 * the reading (a batch of the measurement reader, or the library's user).
 */
#ifndef RECIST_READING_H
#define RECIST_READING_H

#include <recist/finding.h>

/* No number stands there. Never zero: a missing reading is not a reading of zero. */
#define RECIST_MISSING INT64_MIN
/* Units of the scaled integers: one millimetre. */
#define RECIST_MILLIMETRE INT64_C(1000000)
/* One of whatever a further column counts. */
#define RECIST_ONE_UNIT INT64_C(1000000)
/* The most that can stand in a further column: a thousand million of its unit. */
#define RECIST_LARGEST_NUMBER (INT64_C(1000000000) * RECIST_ONE_UNIT)
/* The most a length can be: ten metres. Sums of a thousand such still fit in 64 bits. */
#define RECIST_LARGEST_LENGTH (INT64_C(10000) * RECIST_MILLIMETRE)

/* How much of a date was written. The day number of a partial date is the first of its month or
 * year; the criteria's convention says which day stands for it. */
enum recist_date_precision { RECIST_DATE_DAY, RECIST_DATE_MONTH, RECIST_DATE_YEAR };

enum recist_answer { RECIST_UNSAID, RECIST_YES, RECIST_NO };

/* Columns of a measurement file, in the order of docs/measurements.md. */
enum recist_column {
    RECIST_COLUMN_PATIENT,
    RECIST_COLUMN_DATE,
    RECIST_COLUMN_LESION,
    RECIST_COLUMN_ROLE,
    RECIST_COLUMN_DIAMETER,
    RECIST_COLUMN_LONG_AXIS,
    RECIST_COLUMN_SHORT_AXIS,
    RECIST_COLUMN_STATUS,
    RECIST_COLUMN_SITE,
    RECIST_COLUMN_NODAL,
    RECIST_COLUMN_VISIT,
    RECIST_COLUMN_STUDY,
    RECIST_COLUMN_COURSE,
    RECIST_COLUMN_READER,
    RECIST_COLUMN_METHOD,
    RECIST_COLUMN_SLICE,
    RECIST_COLUMN_PRIOR_THERAPY,
    RECIST_COLUMN_KIND,
    RECIST_COLUMN_COMMENT,
    RECIST_COLUMN_COUNT
};

/* The criteria may name so many further columns; they follow those above. */
#define RECIST_MOST_COLUMNS 16

/* The column of the criteria's further column `index` (vocabulary->columns), for places. */
static inline enum recist_column recist_further_column(size_t index)
{
    return (enum recist_column)(RECIST_COLUMN_COUNT + index);
}

/* The three numbers a row can carry for a lesion. */
enum recist_axis { RECIST_DIAMETER, RECIST_LONG_AXIS, RECIST_SHORT_AXIS, RECIST_AXIS_COUNT };

/* Role 0 is the file's own word `none`: the visit took place and shows no lesion. Other roles and
 * all statuses are words of the criteria: indices into the vocabulary, status 0 being blank. */
#define RECIST_ROLE_NONE 0
#define RECIST_STATUS_BLANK 0

/* What few files have columns for. */
struct recist_reading_more {
    struct recist_slice reader;
    struct recist_slice course;
    struct recist_slice method;
    struct recist_slice kind;
    struct recist_slice prior_therapy;
    struct recist_slice comment;
    int64_t slice_thickness; /* RECIST_MISSING where the field is empty */
};

struct recist_reading {
    struct recist_slice lesion;
    struct recist_slice visit;
    struct recist_slice site;
    const struct recist_reading_more *more; /* NULL: nothing of it; see recist_reading_more() */
    int64_t axis[RECIST_AXIS_COUNT]; /* RECIST_MISSING where the field is empty */
    int32_t date;                    /* days since 1970-01-01, proleptic Gregorian */
    uint8_t date_precision;          /* enum recist_date_precision */
    uint8_t role;
    uint8_t status;
    uint8_t nodal; /* enum recist_answer */
    uint32_t file; /* index of the file among those read */
    /* What the reader knows of other readings of the patient without looking at words again. The
     * reading so many places before this one names the same lesion in the same role, at the same
     * site, and says the same of all else that a lesion keeps; 0: not known. */
    uint16_t like;
    bool same_visit; /* the reading before this one has the same visit and date */
    uint64_t line; /* of the row's first character, from 1 */
    /* The row as it stands in the file, for places in messages; empty when not from a file. */
    struct recist_slice row;
    /* What stands in the columns that the criteria name (vocabulary->columns), in millionths of
     * their unit, an answer being 0 or RECIST_ONE_UNIT; RECIST_MISSING where a field is empty. NULL
     * where the row has none of them. That of value_column stands in rows of the patient only. */
    const int64_t *numbers;
};

/* What the reading says beside, empty where it says nothing. */
static inline const struct recist_reading_more *
recist_reading_more(const struct recist_reading *reading)
{
    static const struct recist_reading_more nothing = {
        {"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}, RECIST_MISSING};
    return reading->more ? reading->more : &nothing;
}

/* The words a measurement file may use; made by the criteria (recist_criteria_vocabulary). */
struct recist_status_word {
    const char *word;  /* canonical spelling, such as "too small to measure" */
    bool evaluated;    /* false: the lesion was not evaluable at this visit */
    int64_t stands_for; /* the length the criteria put in place of a number, or RECIST_MISSING */
    bool merged;        /* the lesion has grown into another, and is measured as part of it */
    /* The lesion was treated locally: it is not evaluated from here on, for the rest of the
     * course, whatever later rows say. */
    bool lasting;
    /* Of a lesion in parts, what one part has the lesion has, whatever the others have. */
    bool prevails;
};

struct recist_role_word {
    const char *word;    /* canonical spelling, such as "non-target" */
    bool at_baseline;    /* lesions of this role are recorded at baseline; else after it only */
    bool needs_reading;  /* a row needs a number or a status */
    /* The status of a row without one, or 0. It applies beside a number too when it may stand
     * there: a measured new lesion without a status is unequivocal. */
    uint8_t blank_means;
    const uint8_t *statuses; /* the statuses this role may have: indices into the status words */
    size_t status_count;
    bool any_time; /* may first be recorded at any visit */
    /* What is recorded is no lesion but the patient's own: a dose, a marker. The row's `lesion` is
     * empty, and the reading's is the role's word. */
    bool of_patient;
    bool own_schedule; /* ... and is taken on days of its own, which are visits without scans */
    bool of_scan;      /* ... and is read from a scan: its visits are imaged */
    bool has_value;    /* ... and its rows may have a number in vocabulary->value_column */
};

/* A further numeric column of measurement files, named by the criteria. */
struct recist_number_column {
    const char *name; /* as in the header of a file, such as "density_hu" */
    bool answer;      /* yes or no in place of a number */
};

struct recist_vocabulary {
    const struct recist_role_word *roles; /* [0] is `none` */
    size_t role_count;
    const struct recist_status_word *statuses; /* [0] is blank */
    size_t status_count;
    const struct recist_number_column *columns;
    size_t column_count;
    size_t value_column; /* the number of what is the patient's own; SIZE_MAX without one */
};

#endif
