/* SPDX-License-Identifier: MIT
 * How wide the columns of an aligned table are, and what is done so that they fit a terminal: columns
 * that are empty throughout are left out, names are broken behind underscores, the widest text column
 * is broken between words, if need be onto lines of its own, and columns that still find no room go
 * onto further lines of their row. Nothing is cut. */
#ifndef RECIST_OUTPUT_TABLE_LAYOUT_H
#define RECIST_OUTPUT_TABLE_LAYOUT_H

#include "output/table.h"

struct recist_column_shape {
    size_t width;
    size_t name_width; /* of the name, or of its longest line where names are broken */
    size_t cell_width; /* of the widest cell */
    size_t line;       /* of the row, from 0 on */
    bool left_out;
};

struct recist_table_layout {
    struct recist_column_shape *columns;
    struct recist_slice *cells; /* room for those of one row */
    size_t column_count;
    size_t line_count; /* that a row takes, without those that a broken text needs */
    bool breaks_names;
    size_t wrapped;    /* the column whose texts are broken, or SIZE_MAX */
    size_t wrap_width;
    bool below;        /* they stand on lines of their own, below their row */
};

/* Between two columns, and before the further lines of a row. */
#define RECIST_TABLE_GAP 2
#define RECIST_TABLE_INDENT 4

/* Takes the cells of one row off the beginning of encoded rows. */
void recist_table_layout_take_row(struct recist_table_layout *layout, struct recist_slice *rest);

/* NULL when memory is out. `rows` are encoded; `fit` is the width to keep to, or 0. */
struct recist_table_layout *recist_table_layout_make(const struct recist_table *table,
                                                     struct recist_slice rows, size_t fit);
void recist_table_layout_destroy(struct recist_table_layout *layout);

/* The next line of a text of which no line should be wider than `width`: ended behind an underscore
 * (`mark` '_'), or before a space. */
struct recist_slice recist_table_layout_take_line(struct recist_slice *rest, char mark,
                                                  size_t width);

#endif
