/* SPDX-License-Identifier: MIT */
#include "output/aligned_table.h"

#include <stdlib.h>

#include "output/display_width.h"

#define GAP 2

/* The next cell of encoded rows; *last says that its row ends with it. */
static struct recist_slice take_cell(struct recist_slice *rest, bool *last)
{
    struct recist_slice cell = {.text = rest->text};
    while (cell.length < rest->length && cell.text[cell.length] != RECIST_CELL_SEPARATOR &&
           cell.text[cell.length] != '\n') {
        cell.length++;
    }
    *last = cell.length == rest->length || cell.text[cell.length] == '\n';
    size_t used = cell.length < rest->length ? cell.length + 1 : cell.length;
    rest->text += used;
    rest->length -= used;
    return cell;
}

static struct recist_slice whole(const struct recist_text *text)
{
    return (struct recist_slice){text->bytes, text->length};
}

static struct recist_slice column_name(const struct recist_table *table, size_t column)
{
    const char *name = table->columns[column].name;
    return (struct recist_slice){name, strlen(name)};
}

static void widen(size_t *width, struct recist_slice cell)
{
    size_t wanted = recist_display_width(cell);
    if (wanted > *width) {
        *width = wanted;
    }
}

static void measure(struct recist_table *table)
{
    struct recist_slice rest = whole(&table->held);
    bool last = false;
    for (size_t i = 0; i < table->column_count; i++) {
        widen(&table->widths[i], column_name(table, i));
    }
    for (size_t column = 0; rest.length > 0; column = last ? 0 : column + 1) {
        widen(&table->widths[column], take_cell(&rest, &last));
    }
}

static void pad(struct recist_text *line, size_t count)
{
    while (count-- > 0) {
        recist_text_append_char(line, ' ');
    }
}

/* The last column is not filled up, so that no line ends with spaces. */
static void append_aligned(const struct recist_table *table, struct recist_text *line,
                           size_t column, struct recist_slice cell)
{
    size_t width = recist_display_width(cell);
    size_t missing = width < table->widths[column] ? table->widths[column] - width : 0;
    bool right = table->columns[column].kind == RECIST_CELL_NUMBER;
    pad(line, right ? missing : 0);
    recist_text_append_slice(line, cell);
    pad(line, !right ? missing : 0);
    pad(line, GAP);
}

static void end_line(struct recist_text *lines, size_t start)
{
    while (lines->length > start && lines->bytes[lines->length - 1] == ' ') {
        lines->length--;
    }
    recist_text_append_char(lines, '\n');
}

static void append_header(const struct recist_table *table, struct recist_text *lines)
{
    size_t start = lines->length;
    for (size_t i = 0; i < table->column_count; i++) {
        append_aligned(table, lines, i, column_name(table, i));
    }
    end_line(lines, start);
}

static void append_rows(const struct recist_table *table, struct recist_text *lines,
                        struct recist_slice rest)
{
    size_t start = lines->length;
    bool last = false;
    for (size_t column = 0; rest.length > 0; column = last ? 0 : column + 1) {
        append_aligned(table, lines, column, take_cell(&rest, &last));
        if (last) {
            end_line(lines, start);
            start = lines->length;
        }
    }
}

static void write_rows(struct recist_table *table, struct recist_slice rows, bool header)
{
    struct recist_text lines;
    recist_text_init(&lines);
    if (header) {
        append_header(table, &lines);
    }
    append_rows(table, &lines, rows);
    table->failed = table->failed || lines.failed;
    recist_sink_write(table->sink, lines.bytes, lines.length);
    recist_text_destroy(&lines);
}

static void fix_widths(struct recist_table *table)
{
    table->widths = calloc(table->column_count, sizeof *table->widths);
    if (!table->widths || table->held.failed) {
        table->failed = true;
        return;
    }
    measure(table);
    write_rows(table, whole(&table->held), true);
    recist_text_destroy(&table->held);
}

static size_t count_rows(struct recist_slice rows)
{
    size_t count = 0;
    for (size_t i = 0; i < rows.length; i++) {
        count += rows.text[i] == '\n';
    }
    return count;
}

void recist_aligned_table_append(struct recist_table *table, const struct recist_text *rows)
{
    if (table->widths) {
        write_rows(table, whole(rows), false);
        return;
    }
    recist_text_append(&table->held, rows->bytes, rows->length);
    table->rows_held += count_rows(whole(rows));
    if (table->rows_held >= RECIST_TABLE_ROWS_MEASURED) {
        fix_widths(table);
    }
}

void recist_aligned_table_end(struct recist_table *table)
{
    if (!table->widths) {
        fix_widths(table);
    }
}
