/* SPDX-License-Identifier: MIT
 * What a measure is called as a column of a table: its name and its unit, such as `sum_mm`. */
#ifndef RECIST_TIMELINE_MEASURE_COLUMN_H
#define RECIST_TIMELINE_MEASURE_COLUMN_H

#include <recist/criteria.h>

#include "base/text_buffer.h"

void recist_measure_column_append(struct recist_text *text, const struct recist_criteria *criteria,
                                  size_t measure);
/* The end of it: `_mm`, `_u_ml`; nothing for a measure without unit. */
void recist_measure_column_append_unit(struct recist_text *text,
                                       const struct recist_criteria *criteria, size_t measure);

#endif
