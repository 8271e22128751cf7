/* SPDX-License-Identifier: MIT
 * What two entries of the same name say otherwise, in parts: `when`, `response`, `cite`, ... */
#include <string.h>

#include "criteria/difference.h"

/* One side's parts, by their keys. */
struct side {
    struct recist_choice *parts;
    size_t count;
    size_t capacity;
};

struct comparison {
    struct recist_document *document;
    const struct recist_difference_nodes *nodes;
    struct side sides[2];
};

enum { FROM, TO };

static void add(struct comparison *comparison, int side, const char *key, const char *text)
{
    struct side *to = &comparison->sides[side];
    if (to->count == to->capacity) {
        size_t capacity = to->capacity ? 2 * to->capacity : 16;
        struct recist_choice *parts =
            recist_arena_take_zeroed(&comparison->document->arena, capacity, sizeof *parts);
        if (!parts) {
            comparison->document->failed = true;
            return;
        }
        if (to->count > 0) {
            memcpy(parts, to->parts, to->count * sizeof *parts);
        }
        to->parts = parts;
        to->capacity = capacity;
    }
    to->parts[to->count++] = (struct recist_choice){key, text};
}

static bool is_list_of_scalars(const struct recist_yaml_node *node)
{
    if (node->kind != RECIST_YAML_SEQUENCE) {
        return false;
    }
    for (const struct recist_yaml_node *child = node->first; child; child = child->next) {
        if (child->kind != RECIST_YAML_SCALAR) {
            return false;
        }
    }
    return true;
}

/* Without the line's end of a block. */
static size_t length_of(const struct recist_yaml_node *scalar)
{
    size_t length = scalar->length;
    while (length > 0 && scalar->text[length - 1] == '\n') {
        length--;
    }
    return length;
}

/* A node in one line: scalars as they are, `key: value; ...`, `a, b`. */
static void append_line(struct recist_text *text, const struct recist_yaml_node *node, bool nested)
{
    bool mapping = node->kind == RECIST_YAML_MAPPING;
    bool brackets = nested && node->kind != RECIST_YAML_SCALAR;
    if (node->kind == RECIST_YAML_SCALAR) {
        recist_text_append(text, node->text, length_of(node));
        return;
    }
    recist_text_append_string(text, !brackets ? "" : mapping ? "{" : "[");
    for (const struct recist_yaml_node *child = node->first; child; child = child->next) {
        if (mapping) {
            recist_text_append_string(text, child->key->text);
            recist_text_append_string(text, ": ");
        }
        append_line(text, child, true);
        recist_text_append_string(text, !child->next ? "" : mapping ? "; " : ", ");
    }
    recist_text_append_string(text, !brackets ? "" : mapping ? "}" : "]");
}

static const char *line_of(struct recist_document *document, const struct recist_yaml_node *node)
{
    struct recist_text text;
    recist_text_init(&text);
    append_line(&text, node, false);
    char *line = text.failed ? NULL
                             : recist_arena_copy(&document->arena, text.length ? text.bytes : "",
                                                 text.length);
    recist_text_destroy(&text);
    document->failed = document->failed || !line;
    return line ? line : "";
}

static const char *child_key(struct comparison *comparison, const char *key, const char *child)
{
    return key[0] ? recist_document_format(comparison->document, "%s.%s", key, child) : child;
}

static bool is_skipped(const struct comparison *comparison, const char *key, const char *child)
{
    const struct recist_difference_nodes *nodes = comparison->nodes;
    return !key[0] && nodes->skip && nodes->skip(nodes->context, child);
}

/* All that a node says, where the other side has none or one of another kind. */
static void add_all(struct comparison *comparison, int side, const char *key,
                    const struct recist_yaml_node *node)
{
    if (node->kind != RECIST_YAML_MAPPING) {
        add(comparison, side, key, line_of(comparison->document, node));
        return;
    }
    if (!node->first && key[0]) {
        add(comparison, side, key, "{}");
    }
    for (const struct recist_yaml_node *child = node->first; child; child = child->next) {
        if (!is_skipped(comparison, key, child->key->text)) {
            add_all(comparison, side, child_key(comparison, key, child->key->text), child);
        }
    }
}

/* Items of a list between those with which both begin and those with which both end. */
static void add_items(struct comparison *comparison, int side, const char *key,
                      const struct recist_yaml_node *list, size_t first, size_t end)
{
    size_t number = 0;
    for (const struct recist_yaml_node *child = list->first; child; child = child->next) {
        if (++number > first && number <= end) {
            add(comparison, side,
                recist_document_format(comparison->document, "%s%s%zu", key, key[0] ? " " : "",
                                       number),
                line_of(comparison->document, child));
        }
    }
}

static const struct recist_yaml_node *item_at(const struct recist_yaml_node *list, size_t index)
{
    const struct recist_yaml_node *child = list->first;
    while (index-- > 0) {
        child = child->next;
    }
    return child;
}

static bool is_same(const struct recist_yaml_node *one, const struct recist_yaml_node *other);

static bool are_same_children(const struct recist_yaml_node *one,
                              const struct recist_yaml_node *other)
{
    const struct recist_yaml_node *of_other = other->first;
    for (const struct recist_yaml_node *child = one->first; child; child = child->next) {
        if (one->kind == RECIST_YAML_MAPPING) {
            of_other = other->first;
            while (of_other && strcmp(of_other->key->text, child->key->text) != 0) {
                of_other = of_other->next;
            }
        }
        if (!of_other || !is_same(child, of_other)) {
            return false;
        }
        of_other = of_other->next;
    }
    return true;
}

/* The order of a mapping's keys does not matter here. */
static bool is_same(const struct recist_yaml_node *one, const struct recist_yaml_node *other)
{
    if (one->kind != other->kind || one->count != other->count) {
        return false;
    }
    if (one->kind == RECIST_YAML_SCALAR) {
        return length_of(one) == length_of(other) &&
               memcmp(one->text, other->text, length_of(one)) == 0;
    }
    return are_same_children(one, other);
}

static void compare_lists(struct comparison *comparison, const char *key,
                          const struct recist_yaml_node *from, const struct recist_yaml_node *to)
{
    size_t fewer = from->count < to->count ? from->count : to->count;
    size_t first = 0;
    size_t last = 0;
    while (first < fewer && is_same(item_at(from, first), item_at(to, first))) {
        first++;
    }
    while (last < fewer - first &&
           is_same(item_at(from, from->count - 1 - last), item_at(to, to->count - 1 - last))) {
        last++;
    }
    add_items(comparison, FROM, key, from, first, from->count - last);
    add_items(comparison, TO, key, to, first, to->count - last);
}

static void compare(struct comparison *comparison, const char *key,
                    const struct recist_yaml_node *from, const struct recist_yaml_node *to);

static void compare_mappings(struct comparison *comparison, const char *key,
                             const struct recist_yaml_node *from, const struct recist_yaml_node *to)
{
    size_t count = 0;
    struct recist_difference_pair *pairs =
        recist_difference_pairs(comparison->document, from, to, &count);
    for (size_t i = 0; i < count; i++) {
        const char *child = (pairs[i].from ? pairs[i].from : pairs[i].to)->key->text;
        if (!is_skipped(comparison, key, child)) {
            compare(comparison, child_key(comparison, key, child), pairs[i].from, pairs[i].to);
        }
    }
}

static void compare(struct comparison *comparison, const char *key,
                    const struct recist_yaml_node *from, const struct recist_yaml_node *to)
{
    bool both = from && to && from->kind == to->kind;
    if (both && from->kind == RECIST_YAML_MAPPING) {
        compare_mappings(comparison, key, from, to);
        return;
    }
    if (both && is_same(from, to)) {
        return;
    }
    if (both && from->kind == RECIST_YAML_SEQUENCE &&
        !(is_list_of_scalars(from) && is_list_of_scalars(to))) {
        compare_lists(comparison, key, from, to);
        return;
    }
    if (from) {
        add_all(comparison, FROM, key, from);
    }
    if (to) {
        add_all(comparison, TO, key, to);
    }
}

static struct recist_item list_item(struct recist_document *document,
                                    const struct recist_yaml_node *node)
{
    struct recist_item item = {.kind = RECIST_ITEM_LIST, .count = node->count};
    const char **list = recist_arena_take_zeroed(&document->arena, node->count + 1, sizeof *list);
    document->failed = document->failed || !list;
    size_t count = 0;
    for (const struct recist_yaml_node *child = node->first; list && child; child = child->next) {
        list[count++] = child->text;
    }
    item.count = count;
    item.list = list;
    return item;
}

/* The parts of a side; what is no mapping is not in parts. */
static struct recist_item item_of(const struct comparison *comparison, int side,
                                  const struct recist_yaml_node *node)
{
    const struct side *of = &comparison->sides[side];
    if (!node) {
        return recist_item_absent("");
    }
    if (is_list_of_scalars(node)) {
        return list_item(comparison->document, node);
    }
    if (node->kind == RECIST_YAML_SCALAR) {
        return recist_item_code(line_of(comparison->document, node));
    }
    return (struct recist_item){
        .kind = RECIST_ITEM_CHOICES, .choices = of->parts, .count = of->count};
}

bool recist_difference_items(struct recist_document *document,
                             const struct recist_difference_nodes *nodes, struct recist_item *from,
                             struct recist_item *to)
{
    struct comparison comparison = {.document = document, .nodes = nodes};
    compare(&comparison, "", nodes->from, nodes->to);
    *from = item_of(&comparison, FROM, nodes->from);
    *to = item_of(&comparison, TO, nodes->to);
    return comparison.sides[FROM].count + comparison.sides[TO].count > 0 || !nodes->from ||
           !nodes->to;
}

static const char *meaning_of(const struct recist_convention *convention)
{
    return convention->choice_count > 0 ? convention->choices[convention->chosen].meaning : "";
}

/* People read the choice with its meaning, a program both by their names. */
static struct recist_item convention_item(struct recist_document *document,
                                          const struct recist_convention *convention,
                                          const struct side *others)
{
    bool json = document->writer == &recist_json_writer;
    const char *meaning = meaning_of(convention);
    if (!json && others->count == 0 && !meaning[0]) {
        return recist_item_code(convention->value);
    }
    struct recist_choice *parts =
        recist_arena_take_zeroed(&document->arena, others->count + 2, sizeof *parts);
    if (!parts) {
        document->failed = true;
        return recist_item_absent("");
    }
    size_t count = 0;
    bool in_one = !json && meaning[0];
    parts[count++] = (struct recist_choice){in_one ? convention->value : "value",
                                            in_one ? meaning : convention->value};
    if (json && meaning[0]) {
        parts[count++] = (struct recist_choice){"meaning", meaning};
    }
    if (others->count > 0) {
        memcpy(parts + count, others->parts, others->count * sizeof *parts);
    }
    return (struct recist_item){
        .kind = RECIST_ITEM_CHOICES, .choices = parts, .count = count + others->count};
}

bool recist_difference_of_conventions(struct recist_document *document,
                                      const struct recist_difference_nodes *nodes,
                                      const struct recist_convention *from,
                                      const struct recist_convention *to, struct recist_item *one,
                                      struct recist_item *other)
{
    struct comparison comparison = {.document = document, .nodes = nodes};
    compare(&comparison, "", nodes->from, nodes->to);
    *one = from ? convention_item(document, from, &comparison.sides[FROM]) : recist_item_absent("");
    *other = to ? convention_item(document, to, &comparison.sides[TO]) : recist_item_absent("");
    return !from || !to || comparison.sides[FROM].count + comparison.sides[TO].count > 0 ||
           strcmp(from->value, to->value) != 0;
}

/* `target CR, non_target CR or NA, new_lesion not yes: CR` */
static void append_row(struct recist_text *text, const struct recist_choice *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count;
        recist_text_append_string(text, i == 0 ? "" : last ? ": " : ", ");
        if (!last) {
            recist_text_append_string(text, cells[i].value);
            recist_text_append_char(text, ' ');
        }
        for (const char *at = cells[i].meaning; *at; at++) {
            bool comma = *at == ',' && !last;
            recist_text_append_string(text, comma ? " or" : "");
            recist_text_append(text, at, !comma);
        }
    }
    recist_text_append_char(text, '\0');
}

struct recist_item recist_difference_of_row(struct recist_document *document,
                                            const struct recist_criteria *criteria,
                                            const struct recist_yaml_node *row)
{
    const struct recist_decision_table *table = &criteria->table;
    if (!row) {
        return recist_item_absent("");
    }
    struct recist_choice *cells =
        recist_arena_take_zeroed(&document->arena, row->count + 1, sizeof *cells);
    size_t count = 0;
    document->failed = document->failed || !cells;
    for (const struct recist_yaml_node *cell = row->first; cells && cell; cell = cell->next) {
        bool last = count == table->column_count;
        cells[count] = (struct recist_choice){
            last || count > table->column_count ? "response"
                                                : criteria->components[table->columns[count]].name,
            line_of(document, cell)};
        count++;
    }
    struct recist_text text;
    recist_text_init(&text);
    append_row(&text, cells, count);
    struct recist_item item = {.kind = RECIST_ITEM_CHOICES, .choices = cells, .count = count};
    item.text = text.failed ? "" : recist_document_format(document, "%s", text.bytes);
    document->failed = document->failed || text.failed;
    recist_text_destroy(&text);
    return item;
}
