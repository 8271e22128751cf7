/* SPDX-License-Identifier: MIT
 * Rows of a table, cell by cell, appended to a text of the caller's: threads encode their rows
 * apart, and recist_table_append() puts the texts one after the other. */
#ifndef RECIST_OUTPUT_ROW_H
#define RECIST_OUTPUT_ROW_H

#include "base/decimal.h"
#include "base/text_buffer.h"

enum recist_format { RECIST_FORMAT_TABLE, RECIST_FORMAT_CSV, RECIST_FORMAT_JSON };

enum recist_cell_kind { RECIST_CELL_TEXT, RECIST_CELL_NUMBER };

struct recist_table_column {
    const char *name;
    enum recist_cell_kind kind; /* numbers stand to the right, and unquoted in JSON */
};

/* Between the cells of a row that waits for the table's widths; escaping keeps it out of cells. */
#define RECIST_CELL_SEPARATOR '\x1f'

struct recist_row {
    struct recist_text *text;
    const struct recist_table_column *columns;
    enum recist_format format;
    size_t column;     /* of the next cell */
    size_t cell_start; /* of the cell that is open */
};

/* Begins a row; then exactly one call for each column, in their order; then the end. */
void recist_row_begin(struct recist_row *row);
void recist_row_end(struct recist_row *row);

void recist_row_empty(struct recist_row *row);
void recist_row_slice(struct recist_row *row, struct recist_slice slice);
/* Of a text that is written often: once as a cell has it, then as often as needed. */
void recist_cell_encode(struct recist_text *text, enum recist_format format,
                        struct recist_slice slice);
void recist_row_encoded(struct recist_row *row, struct recist_slice cell);
void recist_row_string(struct recist_row *row, const char *string); /* NULL is empty */
void recist_row_date(struct recist_row *row, int32_t date);
void recist_row_integer(struct recist_row *row, int64_t value);
/* At most six decimals, half away from zero; so millionths are exact. The denominator must be
 * positive. */
void recist_row_decimal(struct recist_row *row, recist_wide numerator, recist_wide denominator);
/* At most two decimals, half away from zero; in JSON unrounded, that is to 15 digits. The
 * denominator must be positive. */
void recist_row_ratio(struct recist_row *row, recist_wide numerator, recist_wide denominator);

/* A statistic with at most `decimals` decimals (up to 6), half away from zero; in JSON unrounded,
 * to 15 digits. NaN and infinity are empty: not estimable is not a number. */
void recist_row_statistic(struct recist_row *row, double value, int decimals);

/* A text cell that is composed in place: append to row->text between the two calls. */
void recist_row_open_cell(struct recist_row *row);
void recist_row_close_cell(struct recist_row *row);
/* The same for a text that will be quoted nearly always: the quote stands already, and is taken off
 * again where it is not needed. `quoting` says what of the text matters (base/quoting.h). */
void recist_row_open_sentence(struct recist_row *row);
void recist_row_close_sentence(struct recist_row *row, unsigned quoting);

#endif
