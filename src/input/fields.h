/* SPDX-License-Identifier: MIT
 * Fields to readings: the cells of a row become a reading, and whatever is wrong with them a
 * finding each. */
#ifndef RECIST_INPUT_FIELDS_H
#define RECIST_INPUT_FIELDS_H

#include <stddef.h>

#include "input/row.h"
#include "input/words.h"

/* Beyond these no reading of a human being is possible. */
#define RECIST_LARGEST_DIAMETER_MM 10000
#define RECIST_LARGEST_SLICE_MM 100

/* A partial date of the patient at hand that was reported already. */
struct recist_partial_date {
    struct recist_slice visit;
    struct recist_slice text;
};

/* What stands in nearly all rows of a role: [1] beside a number, [0] without one. */
struct recist_usual_statuses {
    uint64_t written[2]; /* bit per status: it may stand there */
    int16_t blank[2];    /* the status of a row without one; RECIST_NOT_USUAL: none may be missing */
};
#define RECIST_NOT_USUAL (-1)

struct recist_field_reader {
    const struct recist_vocabulary *vocabulary;
    struct recist_usual_statuses *usual; /* one per role */
    struct recist_arena *memory; /* of the batch, for the numbers of further columns */
    bool failed;                 /* ... was out */
    struct recist_words roles;
    struct recist_words statuses;
    struct recist_words answers;
    /* The date read last: rows of one visit follow each other. */
    char last_date_text[10];
    bool last_date_known;
    int32_t last_date;
    struct recist_partial_date *partial_dates;
    size_t partial_date_count;
    size_t partial_date_capacity;
};

/* False when memory is out; destroyed by the caller in any case. */
bool recist_fields_init(struct recist_field_reader *reader,
                        const struct recist_vocabulary *vocabulary);
void recist_fields_destroy(struct recist_field_reader *reader);
/* The name of a column, further ones included. */
static inline const char *recist_fields_column_name(const struct recist_field_reader *reader,
                                                    enum recist_column column)
{
    return (size_t)column < RECIST_COLUMN_COUNT
               ? recist_column_name(column)
               : reader->vocabulary->columns[(size_t)column - RECIST_COLUMN_COUNT].name;
}
/* The status that a row has in which this one is written; RECIST_NOT_USUAL: read the whole row, which
 * may find it wrong. */
static inline int recist_fields_usual_status(const struct recist_field_reader *reader, uint8_t role,
                                             int written, bool has_number)
{
    const struct recist_usual_statuses *usual = &reader->usual[role];
    if (written == RECIST_STATUS_BLANK) {
        return usual->blank[has_number];
    }
    return usual->written[has_number] >> written & 1 ? written : RECIST_NOT_USUAL;
}
/* Gives the reading something of its own to say beside, which is at first what another says (NULL:
 * nothing); the text of a column can be put there then. False when memory is out. */
bool recist_fields_own_more(struct recist_field_reader *reader,
                            const struct recist_reading_more *from,
                            struct recist_reading *reading);
/* Where a reading keeps the text of a column. */
#define RECIST_BESIDE 0x80
static inline struct recist_slice *recist_reading_text(struct recist_reading *reading,
                                                       uint32_t column)
{
    static const uint8_t places[RECIST_COLUMN_COUNT] = {
        [RECIST_COLUMN_LESION] = offsetof(struct recist_reading, lesion),
        [RECIST_COLUMN_VISIT] = offsetof(struct recist_reading, visit),
        [RECIST_COLUMN_SITE] = offsetof(struct recist_reading, site),
        [RECIST_COLUMN_READER] = RECIST_BESIDE | offsetof(struct recist_reading_more, reader),
        [RECIST_COLUMN_COURSE] = RECIST_BESIDE | offsetof(struct recist_reading_more, course),
        [RECIST_COLUMN_METHOD] = RECIST_BESIDE | offsetof(struct recist_reading_more, method),
        [RECIST_COLUMN_KIND] = RECIST_BESIDE | offsetof(struct recist_reading_more, kind),
        [RECIST_COLUMN_PRIOR_THERAPY] =
            RECIST_BESIDE | offsetof(struct recist_reading_more, prior_therapy),
        [RECIST_COLUMN_COMMENT] = RECIST_BESIDE | offsetof(struct recist_reading_more, comment),
    };
    uint8_t place = places[column];
    uintptr_t base =
        place & RECIST_BESIDE ? (uintptr_t)reading->more - RECIST_BESIDE : (uintptr_t)reading;
    return (struct recist_slice *)(base + place);
}
/* The rows that follow are of another patient. */
void recist_fields_start_patient(struct recist_field_reader *reader);

/* Reads a row with as many fields as the header. Returns whether it is free of errors; only then
 * *reading is whole. */
bool recist_fields_read(struct recist_field_reader *reader, const struct recist_row *row,
                        struct recist_reading *reading, struct recist_findings *findings);
/* The same for a plain row whose head (struct recist_columns) is that of `before`, the reading of the row
 * before, byte by byte: patient, visit and date are known. */
bool recist_fields_read_next(struct recist_field_reader *reader, const struct recist_row *row,
                             const struct recist_reading *before, struct recist_reading *reading,
                             struct recist_findings *findings);

#endif
