/* SPDX-License-Identifier: MIT
 * A course as rows of ADaM's response data set (docs/adam.md). */
#ifndef RECIST_CLI_BEST_ADRS_H
#define RECIST_CLI_BEST_ADRS_H

#include "cli/course_run.h"

/* Appends all rows of a course. The row's columns are recist_adrs_columns, without the first when
 * the input has no study. */
void recist_best_append_adrs(struct recist_row *row, const struct recist_criteria *criteria,
                             const struct recist_course_job *job, bool has_study);

#endif
