/* SPDX-License-Identifier: MIT */
#include "input/row.h"

#include <string.h>

#include "base/utf8.h"

static inline bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static inline struct recist_slice trim(const char *begin, const char *end)
{
    while (begin < end && is_blank(*begin)) {
        begin++;
    }
    while (begin < end && is_blank(end[-1])) {
        end--;
    }
    return (struct recist_slice){begin, (size_t)(end - begin)};
}

/* Puts the text of a quoted field together: two quotes are one, a single one closes the field,
 * and what stands after that (it is reported elsewhere) belongs to the text as it is. */
static bool resolve_quotes(const char *begin, const char *end, struct recist_arena *texts,
                           struct recist_slice *text)
{
    size_t size = (size_t)(end - begin) + RECIST_CSV_SLACK;
    char *copy = recist_arena_take(texts, size);
    if (!copy) {
        return false;
    }
    char *to = copy;
    bool open = true;
    for (const char *at = begin + 1; at < end; at++) {
        if (open && *at == '"') {
            open = at + 1 < end && at[1] == '"';
            at += open;
            if (!open) {
                continue;
            }
        }
        *to++ = *at;
    }
    memset(to, 0, (size_t)(copy + size - to));
    *text = trim(copy, to);
    return true;
}

bool recist_field_text(const char *begin, const char *end, struct recist_arena *texts,
                       struct recist_slice *text)
{
    if (begin == end || *begin != '"') {
        *text = trim(begin, end);
        return true;
    }
    const char *quote = memchr(begin + 1, '"', (size_t)(end - begin - 1));
    if (quote && quote + 1 < end) {
        return resolve_quotes(begin, end, texts, text);
    }
    *text = trim(begin + 1, quote ? quote : end);
    return true;
}

static bool has_stray_quote(struct recist_slice bytes)
{
    bool quoted = bytes.length > 0 && *bytes.text == '"';
    bool open = quoted;
    for (size_t i = quoted; i < bytes.length; i++) {
        bool quote = bytes.text[i] == '"';
        if (!open) {
            if (quote || quoted) {
                return true;
            }
        } else if (quote && i + 1 < bytes.length && bytes.text[i + 1] == '"') {
            i++;
        } else {
            open = !quote;
        }
    }
    return false;
}

bool recist_field_is_sound(struct recist_slice bytes)
{
    for (size_t i = 0; i < bytes.length;) {
        uint32_t character = 0;
        size_t length = recist_utf8_decode(bytes.text + i, bytes.length - i, &character);
        if (length == 0 || character == 0) {
            return false;
        }
        i += length;
    }
    return !has_stray_quote(bytes);
}

void recist_row_start_file(struct recist_row *row, const char *file,
                           const struct recist_columns *columns)
{
    *row = (struct recist_row){.file = file, .columns = columns};
    for (size_t i = 0; i < RECIST_ALL_COLUMNS; i++) {
        row->cells[i] = (struct recist_slice){"", 0};
    }
}

static bool read_cells(struct recist_row *row, struct recist_arena *texts)
{
    for (size_t i = 0; i < row->columns->used_count; i++) {
        uint32_t column = row->columns->used[i].column;
        uint32_t field = row->columns->used[i].field;
        row->cells[column] = (struct recist_slice){"", 0};
        if (field < row->field_count) {
            struct recist_slice bytes = recist_csv_field(row->csv, field);
            if (!recist_field_text(bytes.text, bytes.text + bytes.length, texts,
                                   &row->cells[column])) {
                return false;
            }
        }
    }
    return true;
}

static size_t longest_text(size_t column)
{
    switch (column) {
    case RECIST_COLUMN_SITE:
    case RECIST_COLUMN_METHOD:
    case RECIST_COLUMN_PRIOR_THERAPY:
    case RECIST_COLUMN_COMMENT:
        return RECIST_LONGEST_TEXT;
    default:
        return RECIST_LONGEST_NAME;
    }
}

static void leave_out_long_texts(struct recist_row *row)
{
    for (size_t i = 0; i < row->columns->used_count; i++) {
        uint32_t column = row->columns->used[i].column;
        if (row->cells[column].length > longest_text(column)) {
            row->columns_too_long |= UINT64_C(1) << column;
            row->cells[column] = (struct recist_slice){"", 0};
        }
    }
}

bool recist_row_fill(struct recist_row *row, struct recist_arena *texts)
{
    if (!read_cells(row, texts)) {
        return false;
    }
    if (row->csv->end - row->csv->begin > RECIST_LONGEST_NAME) {
        leave_out_long_texts(row);
    }
    return true;
}

bool recist_row_is_blank(const struct recist_csv_row *csv)
{
    const char *at = csv->begin;
    while (at < csv->end && (is_blank(*at) || *at == ',' || *at == '"')) {
        at++;
    }
    return at == csv->end;
}

struct recist_place recist_row_place_of(const char *file, uint64_t line, const char *begin,
                                        const char *at)
{
    struct recist_place place = {.file = file, .line = line, .column = 1};
    for (const char *before = begin; before < at; before++) {
        if (*before == '\n' || (*before == '\r' && before[1] != '\n')) {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)*before & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

/* Skips the blanks before a field's text. */
static const char *text_begin(const char *at, const char *end)
{
    const char *text = at;
    while (text < end && is_blank(*text)) {
        text++;
    }
    return text < end && *text != ',' ? text : at;
}

struct recist_place recist_row_place(const struct recist_row *row, enum recist_column column)
{
    const char *at = row->csv->begin;
    uint32_t field = row->columns->field_of[column];
    if (field < row->field_count) {
        struct recist_slice bytes = recist_csv_field(row->csv, field);
        at = text_begin(bytes.text, bytes.text + bytes.length);
    }
    return recist_row_place_of(row->file, row->line, row->csv->begin, at);
}

const char *recist_row_find_field(struct recist_slice row, size_t field)
{
    const char *end = row.text + row.length;
    const char *begin = row.text;
    bool quoted = false;
    for (const char *at = row.text; field > 0 && at < end; at++) {
        if (*at == '"' && (quoted || at == begin)) {
            quoted = !quoted;
            /* The second of two quotes opens the field again. */
            if (!quoted && at + 1 < end && at[1] == '"') {
                quoted = true;
                at++;
            }
        } else if (*at == ',' && !quoted) {
            begin = at + 1;
            field--;
        }
    }
    return field > 0 ? row.text : text_begin(begin, end);
}
