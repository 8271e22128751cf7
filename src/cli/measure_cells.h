/* SPDX-License-Identifier: MIT
 * Measures in tables of results: the first of the criteria with its references and changes, and one
 * column for each other that the criteria show. Which and in which unit is decided once. */
#ifndef RECIST_CLI_MEASURE_CELLS_H
#define RECIST_CLI_MEASURE_CELLS_H

#include <recist/assessment.h>

#include "cli/column_list.h"
#include "output/quick_row.h"

struct recist_shown_measure {
    size_t index; /* among the measures of the criteria */
    recist_wide denominator;
};

struct recist_shown_measures {
    const struct recist_criteria *criteria;
    const struct recist_shown_measure *list; /* the first of the criteria is the first here */
    size_t count;                            /* 0 when the criteria have none */
};

/* False when memory is out. */
bool recist_shown_measures_make(struct recist_shown_measures *measures,
                                const struct recist_criteria *criteria,
                                struct recist_arena *arena);

/* The columns of the first measure, and the cells of a visit in them. */
void recist_shown_measures_add_columns(const struct recist_shown_measures *measures,
                                       struct recist_column_list *columns);
void recist_shown_measures_append(const struct recist_shown_measures *measures,
                                  struct recist_quick_row *row,
                                  const struct recist_visit_result *result, bool baseline);

/* The columns of the others, and their cells. */
void recist_shown_measures_add_further_columns(const struct recist_shown_measures *measures,
                                               struct recist_column_list *columns);
void recist_shown_measures_append_further(const struct recist_shown_measures *measures,
                                          struct recist_quick_row *row,
                                          const struct recist_visit_result *result);

#endif
