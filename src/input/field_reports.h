/* SPDX-License-Identifier: MIT
 * What can be wrong with the fields of a row, and how it is said. Few rows come here, so all of it
 * stands out of the way of the reading. */
#ifndef RECIST_INPUT_FIELD_REPORTS_H
#define RECIST_INPUT_FIELD_REPORTS_H

#include "base/date.h"
#include "base/decimal.h"
#include "input/fields.h"

/* One row on its way to a reading. */
struct recist_field_work {
    struct recist_field_reader *reader;
    const struct recist_row *row;
    struct recist_reading *reading;
    struct recist_findings *findings;
    const struct recist_role_word *role; /* NULL: not known, or none */
    bool has_number;                     /* some text stands in a column for lengths */
    bool has_bad_number;
    /* The same of further columns: in that of the patient's own values, in another for numbers, in
     * one for answers. Then whether that is a reading in this row. */
    bool has_value;
    bool has_further;
    bool has_answer;
    bool reads_further;
};

/* The column of each axis. */
extern const enum recist_column recist_axis_columns[RECIST_AXIS_COUNT];

/* Those that return something say whether the row is still sound. */
bool recist_field_report_date(const struct recist_field_work *work,
                              enum recist_date_problem problem);
void recist_field_report_partial_date(const struct recist_field_work *work,
                                      struct recist_slice text,
                                      enum recist_date_precision precision);
bool recist_field_report_role(const struct recist_field_work *work, struct recist_slice text);
/* Of a row whose role says that there is no lesion. */
bool recist_field_report_unexpected(const struct recist_field_work *work, bool has_lesion);
void recist_field_report_nameless(const struct recist_field_work *work);
/* Whether the number can be used all the same. */
bool recist_field_report_number(const struct recist_field_work *work, enum recist_column column,
                                enum recist_decimal_problem problem, int limit);
/* The same of a further column. */
bool recist_field_report_further_number(const struct recist_field_work *work,
                                        enum recist_column column,
                                        enum recist_decimal_problem problem);
/* Of a row about the patient: what of a lesion stands in `column`. */
bool recist_field_report_of_lesion(const struct recist_field_work *work,
                                   enum recist_column column);
/* A value of the patient's own in a row of a role without one, and in the row of a lesion. */
bool recist_field_report_value(const struct recist_field_work *work);
void recist_field_report_value_of_lesion(const struct recist_field_work *work);
/* Whether the lengths of a row agree with each other. */
bool recist_field_check_axes(const struct recist_field_work *work);
/* `known`: it is a word for lesions of another role. */
bool recist_field_report_status(const struct recist_field_work *work, bool known);
/* Whether a status may stand beside the numbers of the row. */
bool recist_field_check_number_and_status(const struct recist_field_work *work, uint8_t number);
/* ... beside those of further columns. */
bool recist_field_check_further_and_status(const struct recist_field_work *work, uint8_t number);
bool recist_field_report_no_reading(const struct recist_field_work *work);
bool recist_field_report_answer(const struct recist_field_work *work, enum recist_column column,
                                struct recist_slice text);
bool recist_field_report_nobody(const struct recist_field_work *work);

#endif
