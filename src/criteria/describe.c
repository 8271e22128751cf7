/* SPDX-License-Identifier: MIT
 * Criteria as a reader wants them: who they are, and the points on which they can be read two
 * ways. */
#include "criteria/describe.h"

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)

struct recist_item recist_describe_condition(const char *text)
{
    return text && text[0] ? recist_item_code(text) : recist_item_absent("otherwise");
}

struct recist_item recist_describe_force(bool in_force)
{
    return recist_item_truth(in_force, "", "no: switched off by the conventions in force");
}

static void describe_files(struct recist_document *document, const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {{"name", "extended file"},
                                                            {"path", "path"}};
    const struct recist_criteria_source *file = criteria->file;
    size_t count = file->chain_length - 1;
    struct recist_item *items = recist_document_items(document, count, 2);
    for (size_t i = 0; items && i < count; i++) {
        items[2 * i] = recist_item_text(file->chain[i + 1].id);
        items[2 * i + 1] = recist_item_code(file->chain[i + 1].path);
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "extends", COLUMNS(columns), .items = items, .row_count = count});
}

static void describe_identity(struct recist_document *document,
                              const struct recist_criteria *criteria)
{
    recist_document_section(document, "criteria", "Criteria");
    recist_document_fact(document, "name", "name", recist_item_code(criteria->id));
    recist_document_fact(document, "title", "title", recist_item_text(criteria->title));
    recist_document_fact(document, "version", "version", recist_item_text(criteria->version));
    recist_document_fact(document, "status", "status", recist_item_text(criteria->status));
    recist_document_fact(document, "source", "source", recist_item_text(criteria->source));
    recist_document_fact(document, "cite_as", "sections cited are of",
                         recist_item_text(criteria->cite_as));
    recist_document_fact(document, "path", "file", recist_item_code(criteria->file->path));
    recist_document_fact(document, "sha256", "SHA-256", recist_item_code(criteria->file->sha256));
    describe_files(document, criteria);
    recist_document_section_end(document);
}

static void fill_convention(struct recist_document *document,
                            const struct recist_convention *convention, struct recist_item *items)
{
    bool changed = strcmp(convention->value, convention->declared) != 0;
    *items++ = recist_item_code(convention->name);
    *items++ = recist_item_text(convention->question);
    *items++ = recist_item_code(convention->value);
    *items++ = recist_item_truth(
        changed,
        changed ? recist_document_format(document, "the file that declares it says %s",
                                         convention->declared)
                : "",
        "");
    *items++ = (struct recist_item){.kind = RECIST_ITEM_CHOICES,
                                    .choices = convention->choices,
                                    .count = convention->choice_count};
    *items++ = recist_item_exact(convention->declared);
    *items++ = recist_item_text(convention->cite);
    *items++ = recist_item_code(convention->also);
}

void recist_describe_conventions(struct recist_document *document,
                                 const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {
        {"name", "convention"}, {"question", "question"}, {"value", "in force"},
        {"changed", "changed"}, {"choices", "choices"},   {"declared", "declared"},
        {"cite", "section"},    {"also", "also called"},
    };
    size_t width = sizeof columns / sizeof *columns;
    size_t count = criteria->convention_count;
    struct recist_item *items = recist_document_items(document, count, width);
    for (size_t i = 0; items && i < count; i++) {
        fill_convention(document, &criteria->conventions[i], &items[i * width]);
    }
    recist_document_section(document, NULL, "Conventions");
    recist_document_paragraph(document, count > 0
                                            ? "Where the guideline can be read two ways. A trial's "
                                              "charter, or --set NAME=VALUE, chooses another "
                                              "reading."
                                            : "None.");
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "conventions", COLUMNS(columns), .items = items, .row_count = count});
    recist_document_section_end(document);
}

static void describe_visits(struct recist_document *document,
                            const struct recist_criteria *criteria)
{
    recist_document_section(document, "visits", "Visits");
    struct recist_item span = recist_item_number((size_t)criteria->visit_span);
    span.text = recist_document_format(document, "lie at most %zu days apart", span.number);
    recist_document_fact(document, "span_days", "scans of one visit", span);
    struct recist_item window = recist_item_number((size_t)criteria->baseline_window);
    window.text =
        recist_document_format(document, "at most %zu days before treatment starts", window.number);
    recist_document_fact(document, "baseline_window_days", "baseline", window);
    const struct recist_convention *partial =
        &criteria->conventions[criteria->partial_date_convention];
    struct recist_item convention = recist_item_text(recist_document_format(
        document, "%s, as the convention %s says", partial->value, partial->name));
    convention.exact = partial->name;
    recist_document_fact(document, "partial_date", "a date without a day", convention);
    recist_document_section_end(document);
}

const struct recist_document_writer *
recist_describe_writer(enum recist_description_format format)
{
    switch (format) {
    case RECIST_DESCRIPTION_JSON:
        return &recist_json_writer;
    case RECIST_DESCRIPTION_MARKDOWN:
        return &recist_markdown_writer;
    case RECIST_DESCRIPTION_TEXT:
    default:
        return &recist_text_writer;
    }
}

bool recist_criteria_describe(const struct recist_criteria *criteria,
                              enum recist_description_format format, recist_append append, void *to)
{
    struct recist_document document;
    recist_document_begin(&document, recist_describe_writer(format), criteria->title);
    describe_identity(&document, criteria);
    recist_describe_conventions(&document, criteria);
    describe_visits(&document, criteria);
    recist_describe_lesions(&document, criteria);
    recist_describe_rules(&document, criteria);
    bool done =
        recist_document_end(&document) && append(to, document.text.bytes, document.text.length);
    recist_document_destroy(&document);
    return done;
}
