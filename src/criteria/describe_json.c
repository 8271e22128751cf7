/* SPDX-License-Identifier: MIT
 * Criteria for a program: everything, as it stands in the file. */
#include "base/utf8.h"
#include "criteria/describe_document.h"

static void append_character(struct recist_text *text, const char *at, size_t left, size_t *used)
{
    unsigned char byte = (unsigned char)*at;
    uint32_t character = 0;
    *used = 1;
    if (byte == '"' || byte == '\\') {
        recist_text_format(text, "\\%c", byte);
    } else if (byte < 0x20) {
        recist_text_format(text, "\\u%04x", byte);
    } else {
        size_t length = recist_utf8_decode(at, left, &character);
        *used = length > 0 ? length : 1;
        recist_text_append(text, length > 0 ? at : "\xEF\xBF\xBD", length > 0 ? length : 3);
    }
}

static void append_quoted(struct recist_text *text, const char *value)
{
    size_t left = strlen(value);
    recist_text_append_char(text, '"');
    while (left > 0) {
        size_t used = 0;
        append_character(text, value, left, &used);
        value += used;
        left -= used;
    }
    recist_text_append_char(text, '"');
}

static void append_list(struct recist_text *text, const struct recist_item *item)
{
    recist_text_append_char(text, '[');
    for (size_t i = 0; i < item->count; i++) {
        recist_text_append_string(text, i > 0 ? ", " : "");
        append_quoted(text, item->list[i]);
    }
    recist_text_append_char(text, ']');
}

static void append_choices(struct recist_text *text, const struct recist_item *item)
{
    recist_text_append_char(text, '{');
    for (size_t i = 0; i < item->count; i++) {
        recist_text_append_string(text, i > 0 ? ", " : "");
        append_quoted(text, item->choices[i].value);
        recist_text_append_string(text, ": ");
        append_quoted(text, item->choices[i].meaning);
    }
    recist_text_append_char(text, '}');
}

static void append_item(struct recist_text *text, const struct recist_item *item)
{
    if (recist_item_is_absent(item)) {
        recist_text_append_string(text, "null");
        return;
    }
    switch (item->kind) {
    case RECIST_ITEM_TRUTH:
        recist_text_append_string(text, item->truth ? "true" : "false");
        break;
    case RECIST_ITEM_NUMBER:
        recist_text_format(text, "%zu", item->number);
        break;
    case RECIST_ITEM_LIST:
        append_list(text, item);
        break;
    case RECIST_ITEM_CHOICES:
        append_choices(text, item);
        break;
    case RECIST_ITEM_TEXT:
    case RECIST_ITEM_CODE:
    case RECIST_ITEM_ABSENT:
    default:
        append_quoted(text, item->exact ? item->exact : item->text);
        break;
    }
}

/* How deep objects are nested here: headings that are for people only do not count. */
static size_t level(const struct recist_document *document)
{
    size_t named = 1;
    for (size_t i = 1; i <= document->depth; i++) {
        named += document->named[i];
    }
    return named;
}

static void begin_line(struct recist_document *document, size_t levels)
{
    recist_text_append_char(&document->text, '\n');
    while (levels-- > 0) {
        recist_text_append_string(&document->text, "  ");
    }
}

/* The innermost object that is open. */
static bool *object_begun(struct recist_document *document)
{
    size_t depth = document->depth;
    while (depth > 0 && !document->named[depth]) {
        depth--;
    }
    return &document->begun[depth];
}

static void append_member(struct recist_document *document, const char *name)
{
    bool *begun = object_begun(document);
    recist_text_append_string(&document->text, *begun ? "," : "");
    *begun = true;
    begin_line(document, level(document));
    append_quoted(&document->text, name);
    recist_text_append_string(&document->text, ": ");
}

static void begin(struct recist_document *document, const char *title)
{
    (void)title;
    recist_text_append_char(&document->text, '{');
}

static void section(struct recist_document *document, const char *name, const char *title)
{
    (void)title;
    if (name) {
        append_member(document, name);
        recist_text_append_char(&document->text, '{');
    }
}

static void end_section(struct recist_document *document, bool named)
{
    if (named) {
        begin_line(document, level(document) - 1);
        recist_text_append_char(&document->text, '}');
    }
}

static void paragraph(struct recist_document *document, const char *text)
{
    (void)document;
    (void)text;
}

static void fact(struct recist_document *document, const char *name, const char *title,
                 const struct recist_item *item)
{
    (void)title;
    append_member(document, name);
    append_item(&document->text, item);
}

static void append_row(struct recist_document *document, const struct recist_document_table *table,
                       const struct recist_item *items)
{
    recist_text_append_char(&document->text, '{');
    for (size_t i = 0; i < table->column_count; i++) {
        recist_text_append_string(&document->text, i > 0 ? ", " : "");
        append_quoted(&document->text, table->columns[i].name);
        recist_text_append_string(&document->text, ": ");
        append_item(&document->text, &items[i]);
    }
    recist_text_append_char(&document->text, '}');
}

static void table(struct recist_document *document, const struct recist_document_table *table)
{
    append_member(document, table->name);
    recist_text_append_char(&document->text, '[');
    for (size_t row = 0; row < table->row_count; row++) {
        recist_text_append_string(&document->text, row > 0 ? "," : "");
        begin_line(document, level(document) + 1);
        append_row(document, table, &table->items[row * table->column_count]);
    }
    if (table->row_count > 0) {
        begin_line(document, level(document));
    }
    recist_text_append_char(&document->text, ']');
}

static void end(struct recist_document *document)
{
    recist_text_append_string(&document->text, "\n}\n");
}

const struct recist_document_writer recist_json_writer = {
    .begin = begin,
    .section = section,
    .end_section = end_section,
    .paragraph = paragraph,
    .fact = fact,
    .table = table,
    .end = end,
};
