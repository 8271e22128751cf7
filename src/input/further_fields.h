/* SPDX-License-Identifier: MIT
 * The fields of further columns: those that the criteria name (vocabulary->columns). Only rows of
 * files that have one come here. */
#ifndef RECIST_INPUT_FURTHER_FIELDS_H
#define RECIST_INPUT_FURTHER_FIELDS_H

#include "input/field_reports.h"

/* Both say whether the row is sound. Reads numbers and answers, before the role is known ... */
bool recist_further_read(struct recist_field_work *work);
/* ... and whether they may stand in a row of this role, once it is. */
bool recist_further_check(struct recist_field_work *work);
/* The first further column with a text in it that is, or is not, the patient's own value;
 * RECIST_COLUMN_COUNT where there is none. */
enum recist_column recist_further_first(const struct recist_field_work *work, bool value,
                                        bool answers);
/* Yes or no. */
enum recist_answer recist_answer_find(struct recist_field_reader *reader, struct recist_slice text);

#endif
