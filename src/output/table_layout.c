/* SPDX-License-Identifier: MIT */
#include "output/table_layout.h"

#include <stdlib.h>

#include "output/display_width.h"

/* Broken names are not made narrower than this, nor texts beside other columns. */
#define NARROWEST_NAME 8
#define NARROWEST_TEXT 30

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

void recist_table_layout_take_row(struct recist_table_layout *layout, struct recist_slice *rest)
{
    bool last = false;
    for (size_t i = 0; i < layout->column_count; i++) {
        layout->cells[i] = last ? (struct recist_slice){"", 0} : take_cell(rest, &last);
    }
}

struct recist_slice recist_table_layout_take_line(struct recist_slice *rest, char mark,
                                                  size_t width)
{
    struct recist_slice line = {rest->text, 0};
    size_t next = 0;
    for (size_t at = 0; at < rest->length;) {
        size_t end = at;
        while (end < rest->length && rest->text[end] != mark) {
            end++;
        }
        size_t whole = mark == ' ' || end == rest->length ? end : end + 1;
        if (line.length > 0 &&
            recist_display_width((struct recist_slice){rest->text, whole}) > width) {
            break;
        }
        line.length = whole;
        at = end < rest->length ? end + 1 : end;
        next = at;
    }
    rest->text += next;
    rest->length -= next;
    return line;
}

static size_t larger(size_t one, size_t other)
{
    return one > other ? one : other;
}

static struct recist_slice name_of(const struct recist_table *table, size_t column)
{
    const char *name = table->columns[column].name;
    return (struct recist_slice){name, strlen(name)};
}

static void measure(struct recist_table_layout *layout, const struct recist_table *table,
                    struct recist_slice rows)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        layout->columns[i].name_width = recist_display_width(name_of(table, i));
    }
    while (rows.length > 0) {
        recist_table_layout_take_row(layout, &rows);
        for (size_t i = 0; i < layout->column_count; i++) {
            size_t width = recist_display_width(layout->cells[i]);
            layout->columns[i].cell_width = larger(layout->columns[i].cell_width, width);
        }
    }
}

/* Sets the widths, and gives the width of the table without `except`. */
static size_t set_widths(struct recist_table_layout *layout, size_t except)
{
    size_t total = 0;
    for (size_t i = 0; i < layout->column_count; i++) {
        struct recist_column_shape *column = &layout->columns[i];
        column->width = larger(column->name_width, column->cell_width);
        if (i != except && !column->left_out) {
            total += column->width + (total > 0 ? RECIST_TABLE_GAP : 0);
        }
    }
    return total;
}

static void leave_out_empty(struct recist_table_layout *layout)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        layout->columns[i].left_out = layout->columns[i].cell_width == 0;
    }
}

static void break_names(struct recist_table_layout *layout, const struct recist_table *table)
{
    layout->breaks_names = true;
    for (size_t i = 0; i < layout->column_count; i++) {
        struct recist_column_shape *column = &layout->columns[i];
        struct recist_slice rest = name_of(table, i);
        size_t longest = larger(column->cell_width, NARROWEST_NAME);
        while (rest.length > 0) {
            struct recist_slice piece = recist_table_layout_take_line(&rest, '_', 0);
            longest = larger(longest, recist_display_width(piece));
        }
        column->name_width = longest < column->name_width ? longest : column->name_width;
    }
}

static size_t widest_text(const struct recist_table_layout *layout,
                          const struct recist_table *table)
{
    size_t widest = SIZE_MAX;
    for (size_t i = 0; i < layout->column_count; i++) {
        if (table->columns[i].kind == RECIST_CELL_TEXT && !layout->columns[i].left_out &&
            (widest == SIZE_MAX || layout->columns[i].width > layout->columns[widest].width)) {
            widest = i;
        }
    }
    return widest;
}

static void wrap_widest(struct recist_table_layout *layout, const struct recist_table *table,
                        size_t fit)
{
    size_t wrapped = widest_text(layout, table);
    if (wrapped == SIZE_MAX || layout->columns[wrapped].width <= NARROWEST_TEXT) {
        return;
    }
    size_t others = set_widths(layout, wrapped) + RECIST_TABLE_GAP;
    layout->wrapped = wrapped;
    layout->below = others + NARROWEST_TEXT > fit;
    if (layout->below) {
        layout->wrap_width = fit > RECIST_TABLE_INDENT ? fit - RECIST_TABLE_INDENT : 1;
    } else {
        layout->wrap_width = fit - others;
        layout->columns[wrapped].width = fit - others;
    }
}

static bool stands_in_row(const struct recist_table_layout *layout, size_t column)
{
    return !layout->columns[column].left_out && !(layout->below && column == layout->wrapped);
}

/* A column that is wider than the terminal has a line to itself. */
static void fold(struct recist_table_layout *layout, size_t fit)
{
    size_t taken = 0;
    for (size_t i = 0; i < layout->column_count; i++) {
        size_t width = layout->columns[i].width;
        if (!stands_in_row(layout, i)) {
            continue;
        }
        if (taken > 0 && taken + RECIST_TABLE_GAP + width > fit) {
            layout->line_count++;
            taken = RECIST_TABLE_INDENT + width;
        } else {
            taken += (taken > 0 ? RECIST_TABLE_GAP : 0) + width;
        }
        layout->columns[i].line = layout->line_count - 1;
    }
}

static void decide(struct recist_table_layout *layout, const struct recist_table *table,
                   bool any_rows, size_t fit)
{
    if (set_widths(layout, SIZE_MAX) <= fit || fit == 0 || !any_rows) {
        return;
    }
    leave_out_empty(layout);
    if (set_widths(layout, SIZE_MAX) <= fit) {
        return;
    }
    break_names(layout, table);
    if (set_widths(layout, SIZE_MAX) > fit) {
        wrap_widest(layout, table, fit);
        fold(layout, fit);
    }
}

struct recist_table_layout *recist_table_layout_make(const struct recist_table *table,
                                                     struct recist_slice rows, size_t fit)
{
    struct recist_table_layout *layout = calloc(1, sizeof *layout);
    if (!layout) {
        return NULL;
    }
    layout->column_count = table->column_count;
    layout->line_count = 1;
    layout->wrapped = SIZE_MAX;
    layout->columns = calloc(table->column_count + 1, sizeof *layout->columns);
    layout->cells = calloc(table->column_count + 1, sizeof *layout->cells);
    if (!layout->columns || !layout->cells) {
        recist_table_layout_destroy(layout);
        return NULL;
    }
    measure(layout, table, rows);
    decide(layout, table, rows.length > 0, fit);
    return layout;
}

void recist_table_layout_destroy(struct recist_table_layout *layout)
{
    if (layout) {
        free(layout->columns);
        free(layout->cells);
        free(layout);
    }
}
