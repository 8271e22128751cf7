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
/* The columns of the others, and their cells. */
void recist_shown_measures_add_further_columns(const struct recist_shown_measures *measures,
                                               struct recist_column_list *columns);

static inline void recist_quick_row_value(struct recist_quick_row *row, recist_wide value,
                                          recist_wide denominator)
{
    if (value != RECIST_WIDE_MISSING) {
        recist_quick_row_decimal(row, value, denominator);
    } else {
        recist_quick_row_empty(row);
    }
}

/* The difference, 100 times in percent; empty where a number is missing, and in percent of zero, as
 * there is no such number. */
static inline void recist_quick_row_change(struct recist_quick_row *row, recist_wide value,
                                           recist_wide reference, int64_t times,
                                           recist_wide denominator)
{
    if (value != RECIST_WIDE_MISSING && reference != RECIST_WIDE_MISSING && denominator > 0) {
        recist_quick_row_ratio(row, times * (value - reference), denominator);
    } else {
        recist_quick_row_empty(row);
    }
}

/* Loops, so that each kind of cell is compiled once and in place. */
static inline void recist_shown_measures_append(const struct recist_shown_measures *measures,
                                                struct recist_quick_row *row,
                                                const struct recist_visit_result *result,
                                                bool baseline)
{
    if (measures->count == 0) {
        return;
    }
    const struct recist_measure_result *measure = &result->measures[measures->list[0].index];
    recist_wide denominator = measures->list[0].denominator;
    recist_wide nadir = baseline ? RECIST_WIDE_MISSING : measure->nadir;
    recist_wide first = baseline ? RECIST_WIDE_MISSING : measure->baseline;
    const recist_wide values[] = {measure->complete, measure->baseline, nadir};
    for (size_t i = 0; i < 3; i++) {
        recist_quick_row_value(row, values[i], denominator);
    }
    const recist_wide references[] = {first, nadir, nadir};
    const recist_wide denominators[] = {first, nadir, denominator};
    for (size_t i = 0; i < 3; i++) {
        recist_quick_row_change(row, measure->complete, references[i], i < 2 ? 100 : 1,
                                denominators[i]);
    }
}

static inline void recist_shown_measures_append_further(const struct recist_shown_measures *measures,
                                                        struct recist_quick_row *row,
                                                        const struct recist_visit_result *result)
{
    for (size_t i = 1; i < measures->count; i++) {
        recist_quick_row_value(row, result->measures[measures->list[i].index].complete,
                               measures->list[i].denominator);
    }
}

#endif
