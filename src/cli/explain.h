/* SPDX-License-Identifier: MIT
 * What the two files of `recist explain` share: who is explained, and how it is written. */
#ifndef RECIST_CLI_EXPLAIN_H
#define RECIST_CLI_EXPLAIN_H

#include "cli/measurement_command.h"

#define RECIST_EXPLANATION_COLUMNS 13

/* One series that is explained, and where its explanation goes. */
struct recist_explained_series {
    const struct recist_criteria *criteria;
    const struct recist_courses *courses; /* or NULL */
    const struct recist_patient *patient;
    const struct recist_series *series;
    const struct recist_series_result *result;
    struct recist_assessor *assessor;
    struct recist_text *output;
    size_t width; /* to wrap at, or 0 */
};

/* With the study column in front, whether used or not. */
extern const struct recist_table_column recist_explanation_columns[RECIST_EXPLANATION_COLUMNS];

/* As a page to be read; false when memory is out. */
bool recist_explanation_append_text(const struct recist_explained_series *explained);
/* As rows, one for each step. */
bool recist_explanation_append_rows(const struct recist_explained_series *explained,
                                    const struct recist_table *table, bool has_study);

#endif
