/* SPDX-License-Identifier: MIT
 * A row: the cells of the known columns, and where they stand. */
#ifndef RECIST_INPUT_ROW_H
#define RECIST_INPUT_ROW_H

#include <string.h>

#include <recist/measurements.h>

#include "base/arena.h"
#include "base/text_buffer.h"
#include "input/csv.h"

#define RECIST_NO_FIELD UINT32_MAX
/* With the further columns of the criteria. */
#define RECIST_ALL_COLUMNS (RECIST_COLUMN_COUNT + RECIST_MOST_COLUMNS)
/* The longest identifier (patient, lesion, visit, ...) and the longest other text, in bytes. */
#define RECIST_LONGEST_NAME 1000
#define RECIST_LONGEST_TEXT 32767

/* What a field is to repeated_rows.c. */
enum recist_field_use {
    RECIST_FIELD_SKIPPED, /* of no known column */
    RECIST_FIELD_PATIENT,
    RECIST_FIELD_STUDY,
    RECIST_FIELD_DATE,
    RECIST_FIELD_TEXT, /* `which` is the column ... */
    RECIST_FIELD_KEPT, /* ... and what stands there is the same in all rows of a lesion */
    RECIST_FIELD_ROLE,
    RECIST_FIELD_AXIS, /* `which` is enum recist_axis */
    RECIST_FIELD_STATUS,
    RECIST_FIELD_OTHER,
};
#define RECIST_MOST_STEPS 64

/* Which field of a row holds which column. */
struct recist_columns {
    size_t field_count;                    /* of the header */
    uint32_t field_of[RECIST_ALL_COLUMNS]; /* RECIST_NO_FIELD: the file has no such column */
    struct recist_used_column {
        uint32_t field;
        uint32_t column;
    } used[RECIST_ALL_COLUMNS]; /* the columns that the file has, by field */
    size_t used_count;
    uint8_t axes[RECIST_AXIS_COUNT]; /* the columns for lengths that it has */
    size_t axis_count;
    uint8_t texts[RECIST_COLUMN_COUNT]; /* the columns that a reading keeps as text */
    size_t text_count;
    bool has_more; /* some of what readings say beside (struct recist_reading_more) */
    /* The head of a row: its first fields, when patient, study, visit and date are all among them
     * and nothing that is said of a lesion is. Rows of one visit follow each other, and have the
     * same head. */
    size_t head_count;      /* fields; 0: there is none */
    size_t head_text_count; /* of `texts`, those in the head, which come first */
    /* The fields from the head up to this one name a lesion and say what does not change from
     * visit to visit; 0: not all of that stands there, or there are too many fields. */
    size_t kept_count;
    /* One length and the status follow, and end the row; the head says nothing that a lesion keeps,
     * and nothing but the head says anything beside. */
    bool usual;
    bool own_more; /* readings of one visit may differ in what they say beside */
    struct recist_field_step {
        uint8_t use; /* enum recist_field_use */
        uint8_t which;
    } steps[RECIST_MOST_STEPS]; /* the fields, when kept_count is not 0 */
    uint8_t further[RECIST_MOST_COLUMNS]; /* the criteria's further columns that it has */
    size_t further_count;
};

struct recist_row {
    const char *file;
    uint64_t line;
    const struct recist_columns *columns;
    const struct recist_csv_row *csv;
    size_t field_count;     /* fields whose ends are known, at most those of the header */
    bool plain;             /* its fields are their texts, and the cells are not filled */
    uint64_t columns_too_long; /* bit per column: its text was too long and is left out */
    struct recist_slice cells[RECIST_ALL_COLUMNS]; /* trimmed, quotes resolved; empty if absent */
};

/* Begins a file: no cell holds anything. */
void recist_row_start_file(struct recist_row *row, const char *file,
                           const struct recist_columns *columns);
/* Fills the cells of a row that is not plain. Text with doubled quotes is put together in `texts`.
 * Returns false when memory is out. */
bool recist_row_fill(struct recist_row *row, struct recist_arena *texts);
/* Turns to the next row; false when memory is out. */
static inline bool recist_row_read(struct recist_row *row, const struct recist_csv_row *csv,
                                   size_t field_count, struct recist_arena *texts)
{
    size_t expected = row->columns->field_count;
    row->csv = csv;
    row->field_count = field_count < expected ? field_count : expected;
    row->columns_too_long = 0;
    row->plain = csv->plain && csv->end - csv->begin <= RECIST_LONGEST_NAME;
    return row->plain || recist_row_fill(row, texts);
}

/* The text of a column; empty when it is absent, else RECIST_CSV_SLACK bytes after it can be read. */
static inline struct recist_slice recist_row_cell(const struct recist_row *row,
                                                  enum recist_column column)
{
    if (!row->plain) {
        return row->cells[column];
    }
    uint32_t field = row->columns->field_of[column];
    return field == RECIST_NO_FIELD ? (struct recist_slice){"", 0}
                                    : recist_csv_field(row->csv, field);
}

/* Whether there is nothing in the row but commas, quotes and blanks. */
bool recist_row_is_blank(const struct recist_csv_row *csv);

/* A field's text as a reader means it: quotes resolved, blanks at both ends left out. */
bool recist_field_text(const char *begin, const char *end, struct recist_arena *texts,
                       struct recist_slice *text);
/* Whether a field's bytes can be its text: no quote where none may stand, no NUL, and UTF-8. */
bool recist_field_is_sound(struct recist_slice bytes);
/* The field's bytes, from the offsets that the scanner left. */
struct recist_slice recist_row_field(const struct recist_row *row, size_t field);

/* The place of `at` in a row (or header) that begins at `begin` on line `line`. */
struct recist_place recist_row_place_of(const char *file, uint64_t line, const char *begin,
                                        const char *at);
/* The place of a column's field; of the row's begin when there is none. */
struct recist_place recist_row_place(const struct recist_row *row, enum recist_column column);
/* Where field number `field` begins in the bytes of a row, found without offsets. */
const char *recist_row_find_field(struct recist_slice row, size_t field);

#endif
