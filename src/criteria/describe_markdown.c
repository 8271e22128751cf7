/* SPDX-License-Identifier: MIT
 * Criteria as Markdown, with tables as GitHub and Pandoc read them. */
#include "criteria/describe_document.h"

#define SPECIAL "\\`*<>[]|&"

static bool is_of_a_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

/* An underscore within a word is no emphasis. */
static bool needs_escape(const char *words, size_t at)
{
    if (words[at] == '_') {
        return at == 0 || !is_of_a_word(words[at - 1]) || !is_of_a_word(words[at + 1]);
    }
    return strchr(SPECIAL, words[at]) != NULL;
}

static void append_prose(struct recist_text *text, const char *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (words[i] == '\n') {
            recist_text_append_string(text, "<br>");
            continue;
        }
        recist_text_append_string(text, needs_escape(words, i) ? "\\" : "");
        recist_text_append_char(text, words[i]);
    }
}

/* Between more backticks than stand in a row in it. A bar would end the cell. */
static void append_code(struct recist_text *text, const char *words)
{
    size_t longest = 0;
    size_t run = 0;
    for (const char *at = words; *at; at++) {
        run = *at == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    const char *space = longest > 0 ? " " : "";
    for (size_t i = 0; i <= longest; i++) {
        recist_text_append_char(text, '`');
    }
    recist_text_append_string(text, space);
    for (const char *at = words; *at; at++) {
        recist_text_append_string(text, *at == '|' ? "\\" : "");
        recist_text_append_char(text, *at);
    }
    recist_text_append_string(text, space);
    for (size_t i = 0; i <= longest; i++) {
        recist_text_append_char(text, '`');
    }
}

static void append_item(struct recist_document *document, const struct recist_item *item)
{
    const char *words = recist_item_words(document, item);
    if (item->kind == RECIST_ITEM_CODE && words[0]) {
        append_code(&document->text, words);
    } else {
        append_prose(&document->text, words);
    }
}

static void append_heading(struct recist_document *document, size_t level, const char *title)
{
    recist_text_append_string(&document->text, level > 1 ? "\n" : "");
    for (size_t i = 0; i < level; i++) {
        recist_text_append_char(&document->text, '#');
    }
    recist_text_append_char(&document->text, ' ');
    append_prose(&document->text, recist_document_clean(document, title));
    recist_text_append_char(&document->text, '\n');
}

static void begin(struct recist_document *document, const char *title)
{
    append_heading(document, 1, title);
}

static void section(struct recist_document *document, const char *name, const char *title)
{
    (void)name;
    append_heading(document, document->depth + 2, title);
}

static void end_section(struct recist_document *document, bool named)
{
    (void)document;
    (void)named;
}

static void paragraph(struct recist_document *document, const char *text)
{
    recist_text_append_char(&document->text, '\n');
    append_prose(&document->text, recist_document_clean(document, text));
    recist_text_append_char(&document->text, '\n');
}

static void fact(struct recist_document *document, const char *name, const char *title,
                 const struct recist_item *item)
{
    (void)name;
    if (!recist_item_words(document, item)[0]) {
        return;
    }
    recist_text_append_string(&document->text, document->in_facts ? "" : "\n");
    document->in_facts = true;
    recist_text_format(&document->text, "- %s: ", title);
    append_item(document, item);
    recist_text_append_char(&document->text, '\n');
}

static void table(struct recist_document *document, const struct recist_document_table *table)
{
    struct recist_text *text = &document->text;
    recist_text_append_string(text, "\n|");
    for (size_t i = 0; i < table->column_count; i++) {
        recist_text_append_char(text, ' ');
        append_prose(text, recist_document_clean(document, table->columns[i].title));
        recist_text_append_string(text, " |");
    }
    recist_text_append_string(text, "\n|");
    for (size_t i = 0; i < table->column_count; i++) {
        recist_text_append_string(text, "---|");
    }
    for (size_t row = 0; row < table->row_count; row++) {
        recist_text_append_string(text, "\n|");
        for (size_t i = 0; i < table->column_count; i++) {
            recist_text_append_char(text, ' ');
            append_item(document, &table->items[row * table->column_count + i]);
            recist_text_append_string(text, " |");
        }
    }
    recist_text_append_char(text, '\n');
}

static void end(struct recist_document *document)
{
    (void)document;
}

const struct recist_document_writer recist_markdown_writer = {
    .begin = begin,
    .section = section,
    .end_section = end_section,
    .paragraph = paragraph,
    .fact = fact,
    .table = table,
    .end = end,
};
