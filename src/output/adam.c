/* SPDX-License-Identifier: MIT */
#include "output/adam.h"

const struct recist_table_column recist_adtte_columns[] = {
    {"STUDYID", RECIST_CELL_TEXT},  {"USUBJID", RECIST_CELL_TEXT},  {"COURSE", RECIST_CELL_TEXT},
    {"PARAMCD", RECIST_CELL_TEXT},  {"PARAM", RECIST_CELL_TEXT},    {"STARTDT", RECIST_CELL_TEXT},
    {"ADT", RECIST_CELL_TEXT},      {"AVAL", RECIST_CELL_NUMBER},   {"CNSR", RECIST_CELL_NUMBER},
    {"EVNTDESC", RECIST_CELL_TEXT}, {"CNSDTDSC", RECIST_CELL_TEXT},
};
const size_t recist_adtte_column_count =
    sizeof recist_adtte_columns / sizeof *recist_adtte_columns;

const struct recist_table_column recist_adrs_columns[] = {
    {"STUDYID", RECIST_CELL_TEXT}, {"USUBJID", RECIST_CELL_TEXT}, {"COURSE", RECIST_CELL_TEXT},
    {"READER", RECIST_CELL_TEXT},  {"VISIT", RECIST_CELL_TEXT},   {"PARAMCD", RECIST_CELL_TEXT},
    {"PARAM", RECIST_CELL_TEXT},   {"ADT", RECIST_CELL_TEXT},     {"AVALC", RECIST_CELL_TEXT},
    {"AVAL", RECIST_CELL_NUMBER},  {"ANL01FL", RECIST_CELL_TEXT},
};
const size_t recist_adrs_column_count = sizeof recist_adrs_columns / sizeof *recist_adrs_columns;

static void append_upper(struct recist_row *row, const char *name)
{
    recist_row_open_cell(row);
    for (; *name; name++) {
        bool lower = *name >= 'a' && *name <= 'z';
        recist_text_append_char(row->text, lower ? (char)(*name - 'a' + 'A') : *name);
    }
    recist_row_close_cell(row);
}

static void append_date(struct recist_row *row, int32_t date)
{
    if (date == RECIST_ADAM_NO_DATE) {
        recist_row_empty(row);
    } else {
        recist_row_date(row, date);
    }
}

void recist_adtte_append(struct recist_row *row, const struct recist_adtte *record,
                         bool has_study)
{
    if (has_study) {
        recist_row_slice(row, record->study);
    }
    recist_row_slice(row, record->patient);
    recist_row_slice(row, record->course);
    append_upper(row, record->endpoint);
    recist_row_string(row, record->title);
    append_date(row, record->start);
    append_date(row, record->date);
    recist_row_integer(row, record->days);
    recist_row_integer(row, record->event ? 0 : 1);
    recist_row_string(row, record->description);
    recist_row_string(row, record->date_description);
}

void recist_adrs_append(struct recist_row *row, const struct recist_adrs *record, bool has_study)
{
    recist_row_begin(row);
    if (has_study) {
        recist_row_slice(row, record->study);
    }
    recist_row_slice(row, record->patient);
    recist_row_slice(row, record->course);
    recist_row_slice(row, record->reader);
    recist_row_slice(row, record->visit);
    recist_row_string(row, record->code);
    recist_row_string(row, record->title);
    append_date(row, record->date);
    recist_row_string(row, record->word);
    if (record->value >= 0) {
        recist_row_integer(row, record->value);
    } else {
        recist_row_empty(row);
    }
    recist_row_string(row, record->analysed ? "Y" : NULL);
    recist_row_end(row);
}
