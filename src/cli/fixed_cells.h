/* SPDX-License-Identifier: MIT
 * Texts of the criteria that stand in many rows, encoded once as the format's cells. */
#ifndef RECIST_CLI_FIXED_CELLS_H
#define RECIST_CLI_FIXED_CELLS_H

#include <recist/criteria.h>

#include "base/arena.h"
#include "output/row.h"

struct recist_fixed_cells {
    struct recist_slice *cells;
    size_t count;
};

/* One cell for each number from `first` on, up to that without a text. The memory is the arena's;
 * false when it is out. */
bool recist_fixed_cells_make(struct recist_fixed_cells *fixed, const struct recist_criteria *criteria,
                             const char *(*text_of)(const struct recist_criteria *, unsigned),
                             unsigned first, enum recist_format format,
                             struct recist_arena *arena);
/* The next cell of the row; empty where there is none. */
static inline void recist_row_fixed(struct recist_row *row, const struct recist_fixed_cells *fixed,
                                    unsigned number)
{
    recist_row_encoded(row, number < fixed->count ? fixed->cells[number]
                                                  : (struct recist_slice){"", 0});
}

#endif
