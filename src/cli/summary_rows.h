/* SPDX-License-Identifier: MIT
 * The columns and rows of `recist summarize`. */
#ifndef RECIST_CLI_SUMMARY_ROWS_H
#define RECIST_CLI_SUMMARY_ROWS_H

#include "cli/column_list.h"
#include "cli/response_tally.h"
#include "timeline/best_words.h"

struct recist_summary_columns {
    struct recist_arena arena;
    struct recist_column_list list;
    struct recist_best_words words; /* those that have a column */
    bool reader; /* stands in front */
};

/* Makes out the columns. False when memory is out. Destroy in any case. */
bool recist_summary_columns_make(struct recist_summary_columns *columns,
                                 const struct recist_criteria *criteria, enum recist_format format,
                                 const struct recist_response_tallies *tallies);
void recist_summary_columns_destroy(struct recist_summary_columns *columns);

/* Appends a row. False when memory is out. */
bool recist_summary_row_append(const struct recist_summary_columns *columns,
                               const struct recist_response_tallies *tallies, size_t block,
                               size_t number, struct recist_row *row);

#endif
