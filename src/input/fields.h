/* SPDX-License-Identifier: MIT
 * Fields to readings: the cells of a row become a reading, and whatever is wrong with them a
 * finding each. */
#ifndef RECIST_INPUT_FIELDS_H
#define RECIST_INPUT_FIELDS_H

#include "input/row.h"
#include "input/words.h"

/* A partial date of the patient at hand that was reported already. */
struct recist_partial_date {
    struct recist_slice visit;
    struct recist_slice text;
};

struct recist_field_reader {
    const struct recist_vocabulary *vocabulary;
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
