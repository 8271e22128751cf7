/* SPDX-License-Identifier: MIT
 *
 * A document for three kinds of readers: somebody at a terminal, somebody who reads Markdown, and a
 * program that reads JSON. What is written is said once, as sections, facts and tables; how it
 * looks is the affair of one writer for each kind. */
#ifndef RECIST_CRITERIA_DESCRIBE_DOCUMENT_H
#define RECIST_CRITERIA_DESCRIBE_DOCUMENT_H

#include "base/arena.h"
#include "base/text_buffer.h"
#include "criteria/criteria.h"

enum recist_item_kind {
    RECIST_ITEM_TEXT,
    RECIST_ITEM_CODE, /* names and conditions, as they stand in the file */
    RECIST_ITEM_TRUTH,
    RECIST_ITEM_NUMBER,
    RECIST_ITEM_LIST,
    RECIST_ITEM_CHOICES,
    RECIST_ITEM_ABSENT, /* null in JSON; people may be told why */
};

/* A fact, or a cell of a table. An empty text is absent too. */
struct recist_item {
    enum recist_item_kind kind;
    const char *text;  /* for people; NULL: made of the members below */
    const char *exact; /* for JSON, where a text for people leaves something out; else NULL */
    size_t number;
    bool truth;
    const char *const *list;
    const struct recist_choice *choices;
    size_t count; /* of list or choices */
};

struct recist_document_column {
    const char *name;  /* in JSON */
    const char *title; /* for people */
};

struct recist_document_table {
    const char *name; /* in JSON */
    const struct recist_document_column *columns;
    size_t column_count;
    const struct recist_item *items; /* row by row */
    size_t row_count;
};

struct recist_document;

struct recist_document_writer {
    void (*begin)(struct recist_document *document, const char *title);
    void (*section)(struct recist_document *document, const char *name, const char *title);
    void (*end_section)(struct recist_document *document, bool named);
    void (*paragraph)(struct recist_document *document, const char *text);
    void (*fact)(struct recist_document *document, const char *name, const char *title,
                 const struct recist_item *item);
    void (*table)(struct recist_document *document, const struct recist_document_table *table);
    void (*end)(struct recist_document *document);
};

extern const struct recist_document_writer recist_text_writer;
extern const struct recist_document_writer recist_markdown_writer;
extern const struct recist_document_writer recist_json_writer;

#define RECIST_DOCUMENT_DEEPEST 8

struct recist_document {
    const struct recist_document_writer *writer;
    struct recist_text text;
    struct recist_arena arena; /* of texts that are made for the document */
    size_t depth;              /* sections that are open */
    bool named[RECIST_DOCUMENT_DEEPEST];
    bool begun[RECIST_DOCUMENT_DEEPEST]; /* JSON: a member stands before the next one */
    bool in_facts;                       /* Markdown: a list of facts is open */
    bool failed;                         /* memory ran out; so text.failed */
};

void recist_document_begin(struct recist_document *document,
                           const struct recist_document_writer *writer, const char *title);
/* False when memory ran out. The text is then complete, and is destroyed with the document. */
bool recist_document_end(struct recist_document *document);
void recist_document_destroy(struct recist_document *document);

/* `name` NULL: a heading for people; in JSON, what is in the section stands around it. */
void recist_document_section(struct recist_document *document, const char *name, const char *title);
void recist_document_section_end(struct recist_document *document);
/* For people only. */
void recist_document_paragraph(struct recist_document *document, const char *text);
void recist_document_fact(struct recist_document *document, const char *name, const char *title,
                          struct recist_item item);
/* A table with `row_count` rows of items. People are not shown tables without rows, nor columns in
 * which nothing stands. */
void recist_document_table(struct recist_document *document,
                           const struct recist_document_table *table);
/* Room for the items of a table; NULL when memory is out. */
struct recist_item *recist_document_items(struct recist_document *document, size_t rows,
                                          size_t columns);

/* A text made for the document, "" when memory is out. */
const char *recist_document_format(struct recist_document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct recist_item recist_item_text(const char *text);
struct recist_item recist_item_code(const char *text);
/* For JSON only. */
struct recist_item recist_item_exact(const char *text);
struct recist_item recist_item_number(size_t number);
/* People read `yes` or `no`, either of which may be empty. */
struct recist_item recist_item_truth(bool truth, const char *yes, const char *no);
struct recist_item recist_item_absent(const char *why);

/* What an item says to people: one line, or several for choices. In the document's arena. Control
 * characters are shown escaped. */
const char *recist_item_words(struct recist_document *document, const struct recist_item *item);
/* The same of a plain text. */
const char *recist_document_clean(struct recist_document *document, const char *text);
bool recist_item_is_absent(const struct recist_item *item);

#endif
