/* SPDX-License-Identifier: MIT
 * Rows with the names of CDISC's analysis data sets (ADaM), for those who go on in R or SAS. How
 * each value is derived: docs/adam.md. */
#ifndef RECIST_OUTPUT_ADAM_H
#define RECIST_OUTPUT_ADAM_H

#include "output/row.h"

/* No date stands there; the same as RECIST_NO_DATE. */
#define RECIST_ADAM_NO_DATE INT32_MIN

/* Columns of ADTTE; those of the groups follow. Without STUDYID begin at the second. */
extern const struct recist_table_column recist_adtte_columns[];
extern const size_t recist_adtte_column_count;

struct recist_adtte {
    struct recist_slice study;
    struct recist_slice patient;
    struct recist_slice course;
    const char *endpoint; /* its name in lower case: PARAMCD is the same in upper case */
    const char *title;
    int32_t start;
    int32_t date;
    int32_t days;
    bool event;
    const char *description;
    const char *date_description; /* NULL for an event */
};
/* Appends the cells; the caller begins and ends the row. */
void recist_adtte_append(struct recist_row *row, const struct recist_adtte *record,
                         bool has_study);

/* Columns of ADRS. Without STUDYID begin at the second. */
extern const struct recist_table_column recist_adrs_columns[];
extern const size_t recist_adrs_column_count;

struct recist_adrs {
    struct recist_slice study;
    struct recist_slice patient;
    struct recist_slice course;
    struct recist_slice reader;
    struct recist_slice visit;
    const char *code;  /* PARAMCD, such as OVR */
    const char *title; /* PARAM */
    int32_t date;      /* or RECIST_ADAM_NO_DATE */
    const char *word;  /* AVALC */
    int value;         /* AVAL; below zero: empty */
    bool analysed;     /* ANL01FL */
};
/* A whole row. */
void recist_adrs_append(struct recist_row *row, const struct recist_adrs *record, bool has_study);

#endif
