/* SPDX-License-Identifier: MIT */
#include "criteria/describe_document.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/utf8.h"

void recist_document_begin(struct recist_document *document,
                           const struct recist_document_writer *writer, const char *title)
{
    *document = (struct recist_document){.writer = writer};
    recist_text_init(&document->text);
    recist_arena_init(&document->arena, 0);
    writer->begin(document, title);
}

bool recist_document_end(struct recist_document *document)
{
    document->writer->end(document);
    return !document->failed && !document->text.failed;
}

void recist_document_destroy(struct recist_document *document)
{
    recist_text_destroy(&document->text);
    recist_arena_destroy(&document->arena);
}

void recist_document_section(struct recist_document *document, const char *name, const char *title)
{
    document->writer->section(document, name, title);
    document->in_facts = false;
    document->depth++;
    document->named[document->depth] = name != NULL;
    document->begun[document->depth] = false;
}

void recist_document_section_end(struct recist_document *document)
{
    document->in_facts = false;
    document->writer->end_section(document, document->named[document->depth]);
    document->depth--;
}

void recist_document_paragraph(struct recist_document *document, const char *text)
{
    document->writer->paragraph(document, text);
    document->in_facts = false;
}

void recist_document_fact(struct recist_document *document, const char *name, const char *title,
                          struct recist_item item)
{
    document->writer->fact(document, name, title, &item);
}

/* Whether people find anything in a column. */
static bool column_says_something(struct recist_document *document,
                                  const struct recist_document_table *table, size_t column)
{
    for (size_t row = 0; row < table->row_count; row++) {
        const struct recist_item *item = &table->items[row * table->column_count + column];
        if (recist_item_words(document, item)[0]) {
            return true;
        }
    }
    return false;
}

static void write_for_people(struct recist_document *document,
                             const struct recist_document_table *table)
{
    struct recist_document_column *columns =
        recist_arena_take_zeroed(&document->arena, table->column_count, sizeof *columns);
    struct recist_item *items =
        recist_document_items(document, table->row_count, table->column_count);
    if (!columns || !items) {
        document->failed = true;
        return;
    }
    struct recist_document_table shown = {
        .name = table->name, .columns = columns, .items = items, .row_count = table->row_count};
    for (size_t i = 0; i < table->column_count; i++) {
        if (column_says_something(document, table, i)) {
            columns[shown.column_count++] = table->columns[i];
        }
    }
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t i = 0, kept = 0; i < table->column_count && kept < shown.column_count; i++) {
            if (columns[kept].name == table->columns[i].name) {
                items[row * shown.column_count + kept++] =
                    table->items[row * table->column_count + i];
            }
        }
    }
    document->writer->table(document, &shown);
}

void recist_document_table(struct recist_document *document,
                           const struct recist_document_table *table)
{
    if (!table->items && table->row_count > 0) {
        return; /* memory is out, and the document says so */
    }
    if (document->writer == &recist_json_writer) {
        document->writer->table(document, table);
    } else if (table->row_count > 0) {
        write_for_people(document, table);
    }
    document->in_facts = false;
}

struct recist_item *recist_document_items(struct recist_document *document, size_t rows,
                                          size_t columns)
{
    struct recist_item *items =
        recist_arena_take_zeroed(&document->arena, rows * columns + 1, sizeof *items);
    document->failed = document->failed || !items;
    return items;
}

const char *recist_document_format(struct recist_document *document, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *made = length < 0 ? NULL : recist_arena_take(&document->arena, (size_t)length + 1);
    if (made) {
        vsnprintf(made, (size_t)length + 1, format, again);
    }
    va_end(arguments);
    va_end(again);
    document->failed = document->failed || !made;
    return made ? made : "";
}

struct recist_item recist_item_text(const char *text)
{
    return (struct recist_item){.kind = RECIST_ITEM_TEXT, .text = text ? text : ""};
}

struct recist_item recist_item_code(const char *text)
{
    return (struct recist_item){.kind = RECIST_ITEM_CODE, .text = text ? text : ""};
}

struct recist_item recist_item_exact(const char *text)
{
    return (struct recist_item){.kind = RECIST_ITEM_TEXT, .text = "", .exact = text};
}

struct recist_item recist_item_number(size_t number)
{
    return (struct recist_item){.kind = RECIST_ITEM_NUMBER, .number = number};
}

struct recist_item recist_item_truth(bool truth, const char *yes, const char *no)
{
    return (struct recist_item){
        .kind = RECIST_ITEM_TRUTH, .truth = truth, .text = truth ? yes : no};
}

struct recist_item recist_item_absent(const char *why)
{
    return (struct recist_item){.kind = RECIST_ITEM_ABSENT, .text = why};
}

bool recist_item_is_absent(const struct recist_item *item)
{
    bool text = item->kind == RECIST_ITEM_TEXT || item->kind == RECIST_ITEM_CODE;
    return item->kind == RECIST_ITEM_ABSENT || (text && !item->exact && !item->text[0]);
}

/* Appends the character that `text` begins with as a reader may see it. Returns its bytes. */
static size_t append_clean(struct recist_text *to, const char *text, size_t left)
{
    uint32_t character = 0;
    size_t length = recist_utf8_decode(text, left, &character);
    length = length > 0 ? length : 1;
    if (*text == '\n' || *text == '\t' || *text == '\r') {
        recist_text_append_char(to, ' ');
    } else if (*text >= ' ' && *text < 0x7F) {
        recist_text_append_char(to, *text);
    } else {
        recist_text_append_string(to, RECIST_SHOWN(((struct recist_slice){text, length})));
    }
    return length;
}

static void append_all_clean(struct recist_text *to, const char *text)
{
    size_t left = strlen(text);
    /* The line's end of a block is none of the text. */
    while (left > 0 && text[left - 1] == '\n') {
        left--;
    }
    while (left > 0) {
        size_t length = append_clean(to, text, left);
        text += length;
        left -= length;
    }
}

static const char *keep(struct recist_document *document, struct recist_text *text)
{
    char *kept = NULL;
    recist_text_append_char(text, '\0');
    if (!text->failed) {
        kept = recist_arena_copy(&document->arena, text->bytes, text->length - 1);
    }
    recist_text_destroy(text);
    document->failed = document->failed || !kept;
    return kept ? kept : "";
}

const char *recist_document_clean(struct recist_document *document, const char *text)
{
    struct recist_text clean;
    recist_text_init(&clean);
    append_all_clean(&clean, text);
    return keep(document, &clean);
}

const char *recist_item_words(struct recist_document *document, const struct recist_item *item)
{
    struct recist_text text;
    recist_text_init(&text);
    if (item->text) {
        append_all_clean(&text, item->text);
    } else if (item->kind == RECIST_ITEM_NUMBER) {
        recist_text_format(&text, "%zu", item->number);
    } else if (item->kind == RECIST_ITEM_LIST) {
        for (size_t i = 0; i < item->count; i++) {
            recist_text_append_string(&text, i > 0 ? ", " : "");
            append_all_clean(&text, item->list[i]);
        }
    } else if (item->kind == RECIST_ITEM_CHOICES) {
        for (size_t i = 0; i < item->count; i++) {
            recist_text_append_string(&text, i > 0 ? "\n" : "");
            append_all_clean(&text, item->choices[i].value);
            recist_text_append_string(&text, ": ");
            append_all_clean(&text, item->choices[i].meaning);
        }
    }
    return keep(document, &text);
}
