/* SPDX-License-Identifier: MIT */
#include "output/row.h"

#include <math.h>

#include "base/date.h"
#include "output/escape.h"
#include "output/number.h"

static void append_name(struct recist_row *row)
{
    recist_text_append(row->text, row->column > 0 ? ", \"" : "\"", row->column > 0 ? 3 : 1);
    recist_text_append_string(row->text, row->columns[row->column].name);
    recist_text_append(row->text, "\": ", 3);
}

/* What stands before the next cell. */
static inline void next_cell(struct recist_row *row)
{
    if (row->format == RECIST_FORMAT_JSON) {
        append_name(row);
    } else if (row->column > 0) {
        recist_text_append_char(row->text,
                                row->format == RECIST_FORMAT_CSV ? ',' : RECIST_CELL_SEPARATOR);
    }
    row->column++;
}

void recist_row_begin(struct recist_row *row)
{
    row->column = 0;
    if (row->format == RECIST_FORMAT_JSON) {
        /* The first comma of the document is taken off by recist_table_append(). */
        recist_text_append(row->text, ",\n    {", 7);
    }
}

void recist_row_end(struct recist_row *row)
{
    recist_text_append_char(row->text, row->format == RECIST_FORMAT_JSON ? '}' : '\n');
}

void recist_row_empty(struct recist_row *row)
{
    next_cell(row);
    if (row->format == RECIST_FORMAT_JSON) {
        recist_text_append(row->text, "null", 4);
    }
}

void recist_row_open_cell(struct recist_row *row)
{
    next_cell(row);
    row->cell_start = row->text->length;
}

void recist_row_open_sentence(struct recist_row *row)
{
    recist_row_open_cell(row);
    if (row->format != RECIST_FORMAT_TABLE) {
        recist_text_append_char(row->text, '"');
    }
}

/* What was composed stands behind its opening quote. */
static void close_json_string(struct recist_row *row)
{
    struct recist_text *text = row->text;
    if (text->length == row->cell_start + 1) {
        text->length = row->cell_start;
        recist_text_append(text, "null", 4);
        return;
    }
    recist_escape_json(text, row->cell_start + 1);
    recist_text_append_char(text, '"');
}

void recist_row_close_sentence(struct recist_row *row, unsigned quoting)
{
    if (row->text->failed) {
        return;
    }
    switch (row->format) {
    case RECIST_FORMAT_CSV:
        recist_escape_csv_quoted(row->text, row->cell_start, quoting);
        break;
    case RECIST_FORMAT_JSON:
        close_json_string(row);
        break;
    case RECIST_FORMAT_TABLE:
    default:
        recist_escape_terminal(row->text, row->cell_start);
        break;
    }
}

static void close_json_cell(struct recist_row *row)
{
    struct recist_text *text = row->text;
    size_t length = text->length - row->cell_start;
    if (!recist_text_reserve(text, 1)) {
        return;
    }
    memmove(text->bytes + row->cell_start + 1, text->bytes + row->cell_start, length);
    text->bytes[row->cell_start] = '"';
    text->length++;
    close_json_string(row);
}

void recist_row_close_cell(struct recist_row *row)
{
    if (row->text->failed) {
        return;
    }
    switch (row->format) {
    case RECIST_FORMAT_CSV:
        recist_escape_csv(row->text, row->cell_start);
        break;
    case RECIST_FORMAT_JSON:
        close_json_cell(row);
        break;
    case RECIST_FORMAT_TABLE:
    default:
        recist_escape_terminal(row->text, row->cell_start);
        break;
    }
}

void recist_row_slice(struct recist_row *row, struct recist_slice slice)
{
    struct recist_text *text = row->text;
    if (slice.length == 0) {
        recist_row_empty(row);
        return;
    }
    next_cell(row);
    recist_cell_encode(text, row->format, slice);
}

void recist_cell_encode(struct recist_text *text, enum recist_format format,
                        struct recist_slice slice)
{
    switch (format) {
    case RECIST_FORMAT_CSV:
        recist_escape_append_csv(text, slice);
        break;
    case RECIST_FORMAT_JSON:
        recist_text_append_char(text, '"');
        recist_escape_append_json(text, slice);
        recist_text_append_char(text, '"');
        break;
    case RECIST_FORMAT_TABLE:
    default:
        recist_escape_append_terminal(text, slice);
        break;
    }
}

void recist_row_encoded(struct recist_row *row, struct recist_slice cell)
{
    if (cell.length == 0) {
        recist_row_empty(row);
        return;
    }
    next_cell(row);
    recist_text_append_slice(row->text, cell);
}

void recist_row_string(struct recist_row *row, const char *string)
{
    if (!string || !*string) {
        recist_row_empty(row);
        return;
    }
    recist_row_slice(row, (struct recist_slice){string, strlen(string)});
}

void recist_row_date(struct recist_row *row, int32_t date)
{
    bool quoted = row->format == RECIST_FORMAT_JSON;
    next_cell(row);
    recist_text_append(row->text, "\"", quoted);
    recist_date_append(row->text, date);
    recist_text_append(row->text, "\"", quoted);
}

void recist_row_integer(struct recist_row *row, int64_t value)
{
    next_cell(row);
    recist_decimal_append(row->text, value, 1, 0);
}

void recist_row_decimal(struct recist_row *row, recist_wide numerator, recist_wide denominator)
{
    next_cell(row);
    recist_decimal_append(row->text, numerator, denominator, RECIST_DECIMALS);
}

void recist_row_ratio(struct recist_row *row, recist_wide numerator, recist_wide denominator)
{
    next_cell(row);
    int decimals = row->format == RECIST_FORMAT_JSON
                       ? recist_number_json_decimals(numerator, denominator)
                       : RECIST_RATIO_DECIMALS;
    recist_decimal_append(row->text, numerator, denominator, decimals);
}

void recist_row_statistic(struct recist_row *row, double value, int decimals)
{
    if (!isfinite(value)) {
        recist_row_empty(row);
        return;
    }
    next_cell(row);
    if (row->format == RECIST_FORMAT_JSON) {
        recist_number_append_digits(row->text, value, RECIST_JSON_DIGITS);
    } else {
        recist_number_append_rounded(row->text, value, decimals);
    }
}
