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

/* Values below, in millionths, have changes that fit into 64 bits 100 times. */
#define RECIST_SMALL_VALUE (INT64_C(1) << 54)

static inline bool recist_are_small(recist_wide one, recist_wide two, recist_wide three)
{
    return (one | two | three) >= 0 && (one | two | three) < RECIST_SMALL_VALUE;
}

/* The same six cells as below, where none of them is empty. Each kind of cell is compiled once. */
static inline void recist_quick_row_small_lengths(struct recist_quick_row *row, int64_t complete,
                                                  int64_t baseline, int64_t nadir)
{
    struct recist_recent_texts *recent = row->recent;
    const int64_t values[] = {complete, baseline, nadir};
    const int64_t differences[] = {100 * (complete - baseline), 100 * (complete - nadir),
                                   complete - nadir};
    const int64_t denominators[] = {baseline, nadir, RECIST_ONE};
    char *at = row->at;
    for (size_t i = 0; i < 3; i++) {
        *at = ',';
        at = recist_recent_narrow_length(recent, at + 1, values[i]);
    }
    for (size_t i = 0; i < 3; i++) {
        *at = ',';
        at = recist_recent_narrow_ratio(recent, at + 1, differences[i], denominators[i]);
    }
    row->at = at;
}

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
    recist_wide value = measure->complete;
    if (row->at && denominator == RECIST_ONE && recist_are_small(value, first, nadir) &&
        first > 0 && nadir > 0) {
        recist_quick_row_small_lengths(row, (int64_t)value, (int64_t)first, (int64_t)nadir);
        return;
    }
    recist_quick_row_value(row, value, denominator);
    recist_quick_row_value(row, measure->baseline, denominator);
    recist_quick_row_value(row, nadir, denominator);
    recist_quick_row_change(row, value, first, 100, first);
    recist_quick_row_change(row, value, nadir, 100, nadir);
    recist_quick_row_change(row, value, nadir, 1, denominator);
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
