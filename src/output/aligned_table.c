/* SPDX-License-Identifier: MIT */
#include "output/aligned_table.h"

#include "output/display_width.h"
#include "output/table_layout.h"

static struct recist_slice whole(const struct recist_text *text)
{
    return (struct recist_slice){text->bytes, text->length};
}

static void pad(struct recist_text *line, size_t count)
{
    while (count-- > 0) {
        recist_text_append_char(line, ' ');
    }
}

static void append_aligned(const struct recist_table *table, struct recist_text *line,
                           size_t column, struct recist_slice cell)
{
    size_t width = recist_display_width(cell);
    size_t wanted = table->layout->columns[column].width;
    size_t missing = width < wanted ? wanted - width : 0;
    bool right = table->columns[column].kind == RECIST_CELL_NUMBER;
    pad(line, right ? missing : 0);
    recist_text_append_slice(line, cell);
    pad(line, !right ? missing : 0);
    pad(line, RECIST_TABLE_GAP);
}

/* No line ends with spaces. */
static void end_line(struct recist_text *lines, size_t start)
{
    while (lines->length > start && lines->bytes[lines->length - 1] == ' ') {
        lines->length--;
    }
    recist_text_append_char(lines, '\n');
}

static bool stands_in_line(const struct recist_table_layout *layout, size_t column, size_t line)
{
    const struct recist_column_shape *shape = &layout->columns[column];
    return shape->line == line && !shape->left_out &&
           !(layout->below && column == layout->wrapped);
}

/* Where the column begins whose texts are broken. */
static size_t find_indent(const struct recist_table_layout *layout)
{
    size_t indent = 0;
    for (size_t i = 0; i < layout->wrapped; i++) {
        indent += stands_in_line(layout, i, 0) ? layout->columns[i].width + RECIST_TABLE_GAP : 0;
    }
    return layout->below ? RECIST_TABLE_INDENT : indent;
}

/* What is left of a broken text goes onto lines of its own. */
static void append_rest(const struct recist_table_layout *layout, struct recist_text *lines,
                        struct recist_slice rest)
{
    while (rest.length > 0) {
        pad(lines, find_indent(layout));
        recist_text_append_slice(lines,
                                 recist_table_layout_take_line(&rest, ' ', layout->wrap_width));
        recist_text_append_char(lines, '\n');
    }
}

static void start_line(struct recist_text *lines, size_t line)
{
    pad(lines, line > 0 ? RECIST_TABLE_INDENT : 0);
}

/* The row whose cells the layout holds. */
static void append_row(const struct recist_table *table, struct recist_text *lines)
{
    const struct recist_table_layout *layout = table->layout;
    struct recist_slice rest = {"", 0};
    if (layout->wrapped < layout->column_count) {
        struct recist_slice *cell = &layout->cells[layout->wrapped];
        rest = *cell;
        if (!layout->below) {
            *cell = recist_table_layout_take_line(&rest, ' ', layout->wrap_width);
        }
    }
    for (size_t line = 0; line < layout->line_count; line++) {
        size_t start = lines->length;
        start_line(lines, line);
        for (size_t i = 0; i < layout->column_count; i++) {
            if (stands_in_line(layout, i, line)) {
                append_aligned(table, lines, i, layout->cells[i]);
            }
        }
        end_line(lines, start);
        if (line > 0 && lines->length == start + 1) {
            lines->length = start; /* nothing stands there */
        }
    }
    append_rest(layout, lines, rest);
}

static size_t count_name_lines(const struct recist_table *table, size_t column)
{
    struct recist_slice rest = {table->columns[column].name, strlen(table->columns[column].name)};
    size_t count = 0;
    for (; rest.length > 0; count++) {
        recist_table_layout_take_line(&rest, '_', table->layout->columns[column].name_width);
    }
    return count;
}

/* Line `number`, counted from the last one upwards. */
static struct recist_slice name_line(const struct recist_table *table, size_t column, size_t number)
{
    struct recist_slice rest = {table->columns[column].name, strlen(table->columns[column].name)};
    struct recist_slice line = rest;
    size_t count = table->layout->breaks_names ? count_name_lines(table, column) : 1;
    if (number >= count) {
        return (struct recist_slice){"", 0};
    }
    for (size_t i = 0; table->layout->breaks_names && i < count - number; i++) {
        line = recist_table_layout_take_line(&rest, '_',
                                             table->layout->columns[column].name_width);
    }
    return line;
}

/* The names above one line of the rows. */
static void append_names(const struct recist_table *table, struct recist_text *lines, size_t line)
{
    const struct recist_table_layout *layout = table->layout;
    size_t height = 1;
    for (size_t i = 0; layout->breaks_names && i < layout->column_count; i++) {
        size_t count = stands_in_line(layout, i, line) ? count_name_lines(table, i) : 0;
        height = count > height ? count : height;
    }
    for (size_t number = height; number-- > 0;) {
        size_t start = lines->length;
        start_line(lines, line);
        for (size_t i = 0; i < layout->column_count; i++) {
            if (stands_in_line(layout, i, line)) {
                append_aligned(table, lines, i, name_line(table, i, number));
            }
        }
        end_line(lines, start);
    }
}

static void append_header(const struct recist_table *table, struct recist_text *lines)
{
    const struct recist_table_layout *layout = table->layout;
    for (size_t line = 0; line < layout->line_count; line++) {
        append_names(table, lines, line);
    }
    if (layout->below) {
        pad(lines, RECIST_TABLE_INDENT);
        recist_text_append_string(lines, table->columns[layout->wrapped].name);
        recist_text_append_char(lines, '\n');
    }
}

static void write_rows(struct recist_table *table, struct recist_slice rows, bool header)
{
    struct recist_text lines;
    recist_text_init(&lines);
    if (header) {
        append_header(table, &lines);
    }
    while (rows.length > 0) {
        recist_table_layout_take_row(table->layout, &rows);
        append_row(table, &lines);
    }
    table->failed = table->failed || lines.failed;
    recist_sink_write(table->sink, lines.bytes, lines.length);
    recist_text_destroy(&lines);
}

/* What comes later could fill a column that is empty so far: only a table that is whole is made to
 * fit. */
static void fix_widths(struct recist_table *table, bool complete)
{
    table->layout = table->held.failed
                        ? NULL
                        : recist_table_layout_make(table, whole(&table->held),
                                                   complete ? table->fit : 0);
    if (!table->layout) {
        table->failed = true;
        return;
    }
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
    if (table->layout) {
        write_rows(table, whole(rows), false);
        return;
    }
    recist_text_append(&table->held, rows->bytes, rows->length);
    table->rows_held += count_rows(whole(rows));
    if (table->rows_held >= RECIST_TABLE_ROWS_MEASURED) {
        fix_widths(table, false);
    }
}

void recist_aligned_table_end(struct recist_table *table)
{
    if (!table->layout) {
        fix_widths(table, true);
    }
}
