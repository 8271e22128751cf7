/* SPDX-License-Identifier: MIT
 * Texts of the criteria that stand in many rows, encoded once as the format's cells: for
 * recist_quick_row_encoded(). */
#ifndef RECIST_CLI_FIXED_CELLS_H
#define RECIST_CLI_FIXED_CELLS_H

#include <recist/criteria.h>

#include "base/arena.h"
#include "output/quick_row.h"

struct recist_fixed_cells {
    struct recist_slice *cells;
    size_t count;
    size_t longest;
};

/* One cell for each number from `first` on, up to that without a text. The memory is the arena's;
 * false when it is out. */
bool recist_fixed_cells_make(struct recist_fixed_cells *fixed, const struct recist_criteria *criteria,
                             const char *(*text_of)(const struct recist_criteria *, unsigned),
                             unsigned first, enum recist_format format,
                             struct recist_arena *arena);
/* One such cell. */
bool recist_fixed_cell_make(struct recist_slice *cell, const char *string,
                            enum recist_format format, struct recist_arena *arena);
/* The next cell of the row; empty where there is none. */
static inline void recist_quick_row_fixed(struct recist_quick_row *quick,
                                          const struct recist_fixed_cells *fixed, unsigned number)
{
    if (number < fixed->count) {
        recist_quick_row_encoded(quick, fixed->cells[number]);
    } else {
        recist_quick_row_empty(quick);
    }
}

#endif
