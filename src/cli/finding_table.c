/* SPDX-License-Identifier: MIT */
#include "cli/finding_table.h"

const struct recist_table_column recist_finding_columns[RECIST_FINDING_COLUMNS] = {
    {"severity", RECIST_CELL_TEXT}, {"code", RECIST_CELL_TEXT},
    {"file", RECIST_CELL_TEXT},     {"line", RECIST_CELL_NUMBER},
    {"column", RECIST_CELL_NUMBER}, {"patient", RECIST_CELL_TEXT},
    {"visit", RECIST_CELL_TEXT},    {"lesion", RECIST_CELL_TEXT},
    {"message", RECIST_CELL_TEXT},
};

/* Zero is an unknown position. */
static void append_position(struct recist_row *row, uint64_t position)
{
    if (position > 0) {
        recist_row_integer(row, (int64_t)position);
    } else {
        recist_row_empty(row);
    }
}

void recist_finding_append_row(const struct recist_table *table, struct recist_text *text,
                               const struct recist_finding *finding)
{
    struct recist_row row = recist_table_row(table, text);
    recist_row_begin(&row);
    recist_row_string(&row, recist_severity_word(finding->kind->severity));
    recist_row_string(&row, finding->kind->code);
    recist_row_string(&row, finding->place.file);
    append_position(&row, finding->place.line);
    append_position(&row, finding->place.column);
    recist_row_slice(&row, finding->patient);
    recist_row_slice(&row, finding->visit);
    recist_row_slice(&row, finding->lesion);
    recist_row_slice(&row, finding->message);
    recist_row_end(&row);
}
