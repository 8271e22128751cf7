/* SPDX-License-Identifier: MIT
 * What `recist survival` writes: a row for each group, or the steps of its curve. */
#ifndef RECIST_CLI_SURVIVAL_TABLE_H
#define RECIST_CLI_SURVIVAL_TABLE_H

#include "cli/column_list.h"
#include "cli/course_times.h"
#include "cli/grouping.h"
#include "cli/survival_options.h"
#include "output/table.h"
#include "statistics/survival.h"

struct recist_survival_table {
    const struct recist_survival_options *options;
    const struct recist_course_times *times;
    struct recist_course_groups *groups;
    struct recist_course_groups *strata;
    const char *endpoint; /* as the column says it */
    struct recist_arena arena;
    struct recist_survival_curve *curves; /* one per group */
    bool *shown; /* groups with a course that meets --where */
};

/* Estimates the curves. False when memory is out. Destroy in any case. */
bool recist_survival_table_make(struct recist_survival_table *table);
void recist_survival_table_destroy(struct recist_survival_table *table);

void recist_survival_table_columns(const struct recist_survival_table *table,
                                   struct recist_column_list *columns);
void recist_survival_table_rows(const struct recist_survival_table *table, struct recist_row *row);

/* The log-rank test of the groups: a line, or a member of a JSON document. Nothing with fewer than
 * two groups. False when memory is out. */
bool recist_survival_table_compare(const struct recist_survival_table *table,
                                   enum recist_format format, struct recist_text *text);

#endif
