/* SPDX-License-Identifier: MIT
 * What one criteria file changes against another, for people section by section, for a program as
 * one list. */
#include <stdio.h>
#include <string.h>

#include "criteria/describe.h"
#include "criteria/difference.h"

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)
#define WIDTH(list) (sizeof(list) / sizeof *(list))

struct pair {
    struct recist_document *document;
    const struct recist_criteria *from;
    const struct recist_criteria *to;
    const char *names[2]; /* as people read them */
    struct recist_differences differences;
};

/* Two files may have the same name. */
static void name_both(struct pair *pair)
{
    const struct recist_criteria *from = pair->from;
    const struct recist_criteria *to = pair->to;
    pair->names[0] = from->id;
    pair->names[1] = to->id;
    if (strcmp(from->id, to->id) != 0) {
        return;
    }
    pair->names[0] = from->file->path;
    pair->names[1] = to->file->path;
    if (strcmp(from->file->path, to->file->path) == 0) {
        pair->names[0] = "the first";
        pair->names[1] = "the second";
    }
}

static void describe_file(struct recist_document *document, const char *name,
                          const struct recist_criteria *criteria)
{
    recist_document_section(document, name, "");
    recist_document_fact(document, "name", "", recist_item_exact(criteria->id));
    recist_document_fact(document, "title", "", recist_item_exact(criteria->title));
    recist_document_fact(document, "version", "", recist_item_exact(criteria->version));
    recist_document_fact(document, "status", "", recist_item_exact(criteria->status));
    recist_document_fact(document, "path", "", recist_item_exact(criteria->file->path));
    recist_document_fact(document, "sha256", "", recist_item_exact(criteria->file->sha256));
    recist_document_section_end(document);
}

static void introduce(const struct pair *pair, const char *name,
                      const struct recist_criteria *criteria)
{
    recist_document_fact(pair->document, "", name,
                         recist_item_text(recist_document_format(
                             pair->document, "%s, version %s, %s", criteria->title,
                             criteria->version, criteria->status)));
}

static bool is_json(const struct pair *pair)
{
    return pair->document->writer == &recist_json_writer;
}

static struct recist_item kind_item(struct recist_document *document,
                                    const struct recist_difference *difference)
{
    static const char *const words[] = {"added", "taken away", "changed", "moved"};
    static const char *const exact[] = {"added", "removed", "changed", "moved"};
    bool both = difference->kind == RECIST_DIFFERENCE_CHANGED && difference->place[0];
    const char *place =
        difference->place[0]
            ? recist_document_format(document, both ? " and moved: %s" : ": %s", difference->place)
            : "";
    struct recist_item item =
        recist_item_text(recist_document_format(document, "%s%s", words[difference->kind], place));
    item.exact = exact[difference->kind];
    return item;
}

#define ITEM_COLUMNS 9

static void fill(const struct pair *pair, const struct recist_difference *difference,
                 struct recist_item *row)
{
    row[0] = recist_item_exact(difference->section->path);
    row[1] = recist_item_code(difference->entry);
    row[2] = kind_item(pair->document, difference);
    row[3] = recist_item_exact(difference->place[0] ? difference->place : NULL);
    row[4] = difference->title;
    row[5] = difference->from;
    row[6] = difference->to;
    row[7] = difference->uses;
    row[8] = recist_item_text(difference->cite);
}

/* From `first` on those of one section, or all; returns the one after them. */
static const struct recist_difference *
add_table(const struct pair *pair, const struct recist_difference *first, const char *noun)
{
    const struct recist_document_column columns[ITEM_COLUMNS] = {
        {"section", ""},        {"entry", noun},        {"change", "change"},
        {"place", ""},          {"title", "in words"},  {"from", pair->names[0]},
        {"to", pair->names[1]}, {"used_by", "used by"}, {"cite", "section"},
    };
    const struct recist_difference *end = first;
    size_t count = 0;
    while (end && (is_json(pair) || end->section == first->section)) {
        end = end->next;
        count++;
    }
    struct recist_item *items = recist_document_items(pair->document, count, ITEM_COLUMNS);
    for (size_t i = 0; items && i < count; i++, first = first->next) {
        fill(pair, first, &items[i * ITEM_COLUMNS]);
    }
    recist_document_table(pair->document, &(struct recist_document_table){.name = "differences",
                                                                          COLUMNS(columns),
                                                                          .items = items,
                                                                          .row_count = count});
    return end;
}

static void describe_differences(const struct pair *pair)
{
    const struct recist_difference *next = pair->differences.first;
    if (is_json(pair)) {
        add_table(pair, next, "");
        return;
    }
    while (next) {
        recist_document_section(pair->document, NULL, next->section->heading);
        next = add_table(pair, next, next->section->noun);
        recist_document_section_end(pair->document);
    }
}

static bool has_word(const struct recist_criteria *criteria, const char *word)
{
    return recist_criteria_find_word(criteria, (struct recist_slice){word, strlen(word)}) > 0;
}

/* The responses of one that the other does not know. */
static struct recist_item words_only_in(struct recist_document *document,
                                        const struct recist_criteria *criteria,
                                        const struct recist_criteria *other)
{
    struct recist_item item = {.kind = RECIST_ITEM_LIST};
    const char **list =
        recist_arena_take_zeroed(&document->arena, criteria->word_count + 1, sizeof *list);
    document->failed = document->failed || !list;
    for (size_t i = 1; list && i < criteria->word_count; i++) {
        if (!has_word(other, criteria->words[i])) {
            list[item.count++] = criteria->words[i];
        }
    }
    item.list = list;
    return item;
}

static void describe_words(const struct pair *pair)
{
    struct recist_item added = words_only_in(pair->document, pair->to, pair->from);
    struct recist_item removed = words_only_in(pair->document, pair->from, pair->to);
    if (is_json(pair)) {
        recist_document_fact(pair->document, "words_added", "", added);
        recist_document_fact(pair->document, "words_removed", "", removed);
    } else if (added.count + removed.count > 0) {
        recist_document_section(pair->document, NULL, "Words for responses");
        recist_document_fact(pair->document, "", "added", added);
        recist_document_fact(pair->document, "", "taken away", removed);
        recist_document_section_end(pair->document);
    }
}

struct identity_field {
    const char *name;
    const char *from;
    const char *to;
};

static void describe_identity(const struct pair *pair)
{
    const struct recist_document_column columns[] = {
        {"field", "field"},
        {"from", pair->names[0]},
        {"to", pair->names[1]},
    };
    const struct identity_field fields[] = {
        {"name", pair->from->id, pair->to->id},
        {"title", pair->from->title, pair->to->title},
        {"version", pair->from->version, pair->to->version},
        {"status", pair->from->status, pair->to->status},
        {"source", pair->from->source, pair->to->source},
        {"sections cited are of", pair->from->cite_as, pair->to->cite_as},
    };
    struct recist_item *items =
        recist_document_items(pair->document, WIDTH(fields), WIDTH(columns));
    size_t count = 0;
    for (size_t i = 0; items && i < WIDTH(fields); i++) {
        if (strcmp(fields[i].from, fields[i].to) != 0) {
            struct recist_item *row = &items[WIDTH(columns) * count++];
            row[0] = recist_item_text(fields[i].name);
            row[1] = recist_item_text(fields[i].from);
            row[2] = recist_item_text(fields[i].to);
        }
    }
    if (count > 0) {
        recist_document_section(pair->document, NULL, "Who they are");
    }
    recist_document_table(pair->document, &(struct recist_document_table){.name = "identity",
                                                                          COLUMNS(columns),
                                                                          .items = items,
                                                                          .row_count = count});
    if (count > 0) {
        recist_document_section_end(pair->document);
    }
}

/* `12 differences: 9 changed, 2 added, 1 taken away.` */
static const char *verdict(const struct pair *pair)
{
    static const char *const words[] = {"added", "taken away", "changed", "moved"};
    static const enum recist_difference_kind order[] = {
        RECIST_DIFFERENCE_CHANGED, RECIST_DIFFERENCE_ADDED, RECIST_DIFFERENCE_REMOVED,
        RECIST_DIFFERENCE_MOVED};
    size_t counts[WIDTH(words)] = {0};
    size_t all = pair->differences.count;
    if (all == 0) {
        return "They say the same: nothing that decides a response or a finding differs.";
    }
    for (const struct recist_difference *at = pair->differences.first; at; at = at->next) {
        counts[at->kind]++;
    }
    const char *text =
        recist_document_format(pair->document, "%zu difference%s", all, all == 1 ? "" : "s");
    const char *separator = ": ";
    for (size_t i = 0; i < WIDTH(order); i++) {
        if (counts[order[i]] > 0) {
            text = recist_document_format(pair->document, "%s%s%zu %s", text, separator,
                                          counts[order[i]], words[order[i]]);
            separator = ", ";
        }
    }
    return recist_document_format(pair->document, "%s.", text);
}

static void describe_opening(const struct pair *pair)
{
    struct recist_document *document = pair->document;
    if (is_json(pair)) {
        describe_file(document, "from", pair->from);
        describe_file(document, "to", pair->to);
        recist_document_fact(document, "same", "",
                             recist_item_truth(pair->differences.count == 0, "", ""));
        return;
    }
    recist_document_paragraph(document, verdict(pair));
    introduce(pair, pair->names[0], pair->from);
    introduce(pair, pair->names[1], pair->to);
}

bool recist_criteria_describe_difference(const struct recist_criteria *from,
                                         const struct recist_criteria *to,
                                         enum recist_description_format format,
                                         recist_append append, void *context)
{
    struct recist_document document;
    struct pair pair = {.document = &document, .from = from, .to = to};
    char title[256];
    name_both(&pair);
    snprintf(title, sizeof title, "What %s changes in %s", pair.names[1], pair.names[0]);
    recist_document_begin(&document, recist_describe_writer(format), title);
    pair.differences = recist_differences_find(&document, from, to);
    describe_opening(&pair);
    describe_differences(&pair);
    describe_words(&pair);
    describe_identity(&pair);
    bool done = recist_document_end(&document) &&
                append(context, document.text.bytes, document.text.length);
    recist_document_destroy(&document);
    return done;
}
