/* SPDX-License-Identifier: MIT
 * Criteria for somebody at a terminal. A table whose columns fit stands aligned, its last column
 * wrapped; else each of its rows is a paragraph of its own. */
#include "base/utf8.h"
#include "criteria/describe_document.h"

#define LINE_WIDTH 100
#define INDENT 2
#define BETWEEN 2
/* A last column narrower than this is not worth wrapping. */
#define NARROWEST 40
#define FACT_WIDTH 24
#define MOST_COLUMNS 16

static size_t width_of(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t i = 0; i < length; i++) {
        width += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return width;
}

/* Of the longest line of a text. */
static size_t widest_line(const char *text)
{
    size_t widest = 0;
    for (;;) {
        size_t length = strcspn(text, "\n");
        size_t width = width_of(text, length);
        widest = width > widest ? width : widest;
        if (!text[length]) {
            return widest;
        }
        text += length + 1;
    }
}

static void append_spaces(struct recist_text *text, size_t count)
{
    while (count-- > 0) {
        recist_text_append_char(text, ' ');
    }
}

static void new_line(struct recist_text *text, size_t hanging)
{
    recist_text_append_char(text, '\n');
    append_spaces(text, hanging);
}

/* A word that no line holds is broken where the line ends. */
static size_t append_broken(struct recist_text *text, const char *word, size_t length,
                            size_t hanging, size_t column)
{
    for (size_t i = 0; i < length; i++) {
        bool starts_character = ((unsigned char)word[i] & 0xC0) != 0x80;
        if (starts_character && column == LINE_WIDTH) {
            new_line(text, hanging);
            column = hanging;
        }
        column += starts_character;
        recist_text_append_char(text, word[i]);
    }
    return column;
}

/* Words from `column` on, lines after the first from `hanging` on. */
static void append_wrapped(struct recist_text *text, const char *words, size_t hanging)
{
    size_t column = hanging;
    bool first = true;
    while (*words) {
        if (*words == '\n') {
            new_line(text, hanging);
            column = hanging;
            first = true;
            words++;
            continue;
        }
        size_t length = strcspn(words, " \n");
        size_t width = width_of(words, length);
        if (!first && column + 1 + width > LINE_WIDTH) {
            new_line(text, hanging);
            column = hanging;
        } else if (!first) {
            recist_text_append_char(text, ' ');
            column++;
        }
        column = append_broken(text, words, length, hanging, column);
        first = false;
        words += length + (words[length] == ' ');
    }
}

/* A label and, from `column` on, what belongs to it. */
static void append_labelled(struct recist_text *text, size_t indent, const char *label,
                            size_t column, const char *words)
{
    append_spaces(text, indent);
    recist_text_append_string(text, label);
    size_t width = indent + width_of(label, strlen(label));
    append_spaces(text, width < column ? column - width : 1);
    append_wrapped(text, words, column);
    recist_text_append_char(text, '\n');
}

static void append_heading(struct recist_document *document, const char *title, char underline)
{
    const char *words = recist_document_clean(document, title);
    recist_text_format(&document->text, "%s\n", words);
    for (size_t i = width_of(words, strlen(words)); i > 0; i--) {
        recist_text_append_char(&document->text, underline);
    }
    recist_text_append_char(&document->text, '\n');
}

static void begin(struct recist_document *document, const char *title)
{
    append_heading(document, title, '=');
}

static void section(struct recist_document *document, const char *name, const char *title)
{
    (void)name;
    recist_text_append_char(&document->text, '\n');
    if (document->depth == 0) {
        append_heading(document, title, '-');
    } else {
        recist_text_format(&document->text, "%s\n", recist_document_clean(document, title));
    }
}

static void end_section(struct recist_document *document, bool named)
{
    (void)document;
    (void)named;
}

static void paragraph(struct recist_document *document, const char *text)
{
    append_wrapped(&document->text, recist_document_clean(document, text), 0);
    recist_text_append_char(&document->text, '\n');
}

static void fact(struct recist_document *document, const char *name, const char *title,
                 const struct recist_item *item)
{
    (void)name;
    const char *words = recist_item_words(document, item);
    if (words[0]) {
        append_labelled(&document->text, INDENT, title, FACT_WIDTH, words);
    }
}

/* A table as texts, measured. */
struct layout {
    const struct recist_document_table *table;
    const char **cells;
    const char **titles;
    size_t widths[MOST_COLUMNS];
};

static const char *cell(const struct layout *layout, size_t row, size_t column)
{
    return layout->cells[row * layout->table->column_count + column];
}

static bool lay_out(struct recist_document *document, const struct recist_document_table *table,
                    struct layout *layout)
{
    size_t columns = table->column_count;
    size_t cells = columns * table->row_count;
    *layout = (struct layout){
        .table = table,
        .cells = recist_arena_take_zeroed(&document->arena, cells + 1, sizeof(char *)),
        .titles = recist_arena_take_zeroed(&document->arena, columns + 1, sizeof(char *))};
    if (!layout->cells || !layout->titles || columns > MOST_COLUMNS) {
        document->failed = true;
        return false;
    }
    for (size_t i = 0; i < columns; i++) {
        layout->titles[i] = recist_document_clean(document, table->columns[i].title);
        layout->widths[i] = widest_line(layout->titles[i]);
    }
    for (size_t i = 0; i < cells; i++) {
        layout->cells[i] = recist_item_words(document, &table->items[i]);
        size_t width = widest_line(layout->cells[i]);
        if (width > layout->widths[i % columns]) {
            layout->widths[i % columns] = width;
        }
    }
    return true;
}

/* The column at which the last one of an aligned table begins. */
static size_t last_column(const struct layout *layout)
{
    size_t column = INDENT;
    for (size_t i = 0; i + 1 < layout->table->column_count; i++) {
        column += layout->widths[i] + BETWEEN;
    }
    return column;
}

/* Only the last column may have several lines. */
static bool fits(const struct layout *layout)
{
    size_t columns = layout->table->column_count;
    for (size_t i = 0; i < columns * layout->table->row_count; i++) {
        if (i % columns + 1 < columns && strchr(layout->cells[i], '\n')) {
            return false;
        }
    }
    size_t last = layout->widths[columns - 1];
    return last_column(layout) + (last < NARROWEST ? last : NARROWEST) <= LINE_WIDTH;
}

static void append_aligned_row(struct recist_text *text, const struct layout *layout,
                               const char *const *cells)
{
    size_t columns = layout->table->column_count;
    size_t length = text->length;
    append_spaces(text, INDENT);
    for (size_t i = 0; i + 1 < columns; i++) {
        recist_text_append_string(text, cells[i]);
        append_spaces(text, layout->widths[i] + BETWEEN - width_of(cells[i], strlen(cells[i])));
    }
    append_wrapped(text, cells[columns - 1], last_column(layout));
    while (text->length > length && text->bytes[text->length - 1] == ' ') {
        text->length--;
    }
    recist_text_append_char(text, '\n');
}

static void append_aligned(struct recist_text *text, const struct layout *layout)
{
    append_aligned_row(text, layout, layout->titles);
    append_spaces(text, INDENT);
    size_t last = layout->widths[layout->table->column_count - 1];
    size_t width = last_column(layout) + last;
    width = width > LINE_WIDTH ? LINE_WIDTH : width;
    for (size_t i = INDENT; i < width; i++) {
        recist_text_append_char(text, '-');
    }
    recist_text_append_char(text, '\n');
    for (size_t row = 0; row < layout->table->row_count; row++) {
        append_aligned_row(text, layout, &layout->cells[row * layout->table->column_count]);
    }
}

/* One row: its first cell as a heading, the others below, each with its title. */
static void append_record(struct recist_text *text, const struct layout *layout, size_t row,
                          size_t column)
{
    append_spaces(text, INDENT);
    append_wrapped(text, cell(layout, row, 0), INDENT);
    recist_text_append_char(text, '\n');
    for (size_t i = 1; i < layout->table->column_count; i++) {
        if (cell(layout, row, i)[0]) {
            append_labelled(text, 2 * INDENT, layout->titles[i], column, cell(layout, row, i));
        }
    }
}

static void append_records(struct recist_text *text, const struct layout *layout)
{
    size_t widest = 0;
    for (size_t i = 1; i < layout->table->column_count; i++) {
        size_t width = widest_line(layout->titles[i]);
        widest = width > widest ? width : widest;
    }
    for (size_t row = 0; row < layout->table->row_count; row++) {
        recist_text_append_string(text, row > 0 ? "\n" : "");
        append_record(text, layout, row, 2 * INDENT + widest + BETWEEN);
    }
}

static void table(struct recist_document *document, const struct recist_document_table *table)
{
    struct layout layout;
    if (!lay_out(document, table, &layout)) {
        return;
    }
    recist_text_append_char(&document->text, '\n');
    if (fits(&layout)) {
        append_aligned(&document->text, &layout);
    } else {
        append_records(&document->text, &layout);
    }
}

static void end(struct recist_document *document)
{
    (void)document;
}

const struct recist_document_writer recist_text_writer = {
    .begin = begin,
    .section = section,
    .end_section = end_section,
    .paragraph = paragraph,
    .fact = fact,
    .table = table,
    .end = end,
};
