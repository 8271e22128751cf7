/* SPDX-License-Identifier: MIT
 * A table on its way out: CSV, JSON, or aligned text for a reader's eyes. */
#ifndef RECIST_OUTPUT_TABLE_H
#define RECIST_OUTPUT_TABLE_H

#include "output/provenance.h"
#include "output/row.h"
#include "output/sink.h"

/* Widths of an aligned table come from its first rows, so that the memory it takes is bounded;
 * a wider cell further down moves its row, and is never cut. */
#define RECIST_TABLE_ROWS_MEASURED 1000

struct recist_table_layout;

struct recist_table {
    struct recist_sink *sink;
    const struct recist_table_column *columns;
    size_t column_count;
    enum recist_format format;
    /* Columns of the terminal that aligned text should not exceed; 0: it is as wide as it comes. Only
     * tables of less than RECIST_TABLE_ROWS_MEASURED rows are made to fit. */
    size_t fit;
    /* NULL: not shown. JSON shows it always, so it must be given there. */
    const struct recist_provenance *provenance;
    /* What follows the rows, or NULL: in JSON members of the document (`"name": value`), else
     * whole lines. Set before the end. */
    const struct recist_text *after;

    /* The table's own. */
    struct recist_text held; /* rows that wait for the widths */
    size_t rows_held;
    struct recist_table_layout *layout; /* of aligned text; NULL until it is known */
    bool any_rows;
    bool failed; /* memory ran out */
};

/* Begins (or begins again: what was there before is forgotten). */
void recist_table_begin(struct recist_table *table);
/* Appends rows that recist_row_*() encoded with the same columns and format. */
void recist_table_append(struct recist_table *table, const struct recist_text *rows);
void recist_table_end(struct recist_table *table);
void recist_table_destroy(struct recist_table *table);

/* A row encoder for this table that appends to `text`. */
struct recist_row recist_table_row(const struct recist_table *table, struct recist_text *text);

#endif
