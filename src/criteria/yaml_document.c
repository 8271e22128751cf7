/* SPDX-License-Identifier: MIT */
#include "criteria/yaml_document.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/utf8.h"
#include "criteria/yaml_problem.h"
#include "criteria/yaml_text.h"

/* A sequence or mapping whose end has not been read yet. */
struct open_node {
    struct recist_yaml_node *node;
    struct recist_yaml_node *last;      /* child */
    const struct recist_yaml_node *key; /* of the value to come; NULL where it was refused */
    bool expects_value;
};

struct builder {
    struct recist_slice bytes;
    const char *file;
    struct recist_arena *arena;
    struct recist_findings *findings;
    struct recist_yaml_node *root;
    struct open_node open[RECIST_YAML_DEEPEST];
    size_t depth;
    size_t events;
    size_t documents;
    size_t refusals;
    bool stopped; /* nothing more is read */
    bool broken;  /* the tree lacks parts that stand in the file */
    bool no_memory;
    /* A position in `bytes`, as characters (libyaml's count) and bytes. */
    size_t cursor_index;
    size_t cursor_offset;
};

static struct recist_place place_of(const struct builder *builder, yaml_mark_t mark)
{
    return (struct recist_place){
        .file = builder->file, .line = mark.line + 1, .column = (uint32_t)mark.column + 1};
}

static void stop(struct builder *builder)
{
    builder->stopped = true;
    builder->broken = true;
}

static void refuse(struct builder *builder, const struct recist_finding_kind *kind,
                   struct recist_place place, const char *message)
{
    if (++builder->refusals == RECIST_YAML_MOST_FINDINGS) {
        message = "too much in this file is wrong; what follows was not read";
        stop(builder);
    }
    recist_findings_report(builder->findings, kind, place, (struct recist_subject){0}, "%s",
                           message);
}

/* libyaml counts characters; the byte order mark is none of them. */
static size_t byte_offset(struct builder *builder, size_t index)
{
    uint32_t character = 0;
    while (builder->cursor_index < index && builder->cursor_offset < builder->bytes.length) {
        size_t length =
            recist_utf8_decode(builder->bytes.text + builder->cursor_offset,
                               builder->bytes.length - builder->cursor_offset, &character);
        builder->cursor_offset += length > 0 ? length : 1;
        builder->cursor_index++;
    }
    return builder->cursor_offset;
}

static struct recist_slice source_between(struct builder *builder, yaml_mark_t start,
                                          yaml_mark_t end)
{
    if (start.index < builder->cursor_index) {
        return (struct recist_slice){0}; /* an empty value: it has no characters of its own */
    }
    size_t from = byte_offset(builder, start.index);
    size_t to = byte_offset(builder, end.index);
    return (struct recist_slice){.text = builder->bytes.text + from, .length = to - from};
}

static struct recist_yaml_node *new_node(struct builder *builder, enum recist_yaml_kind kind,
                                         yaml_mark_t mark)
{
    struct recist_yaml_node *node = recist_arena_take_zeroed(builder->arena, 1, sizeof *node);
    if (!node) {
        builder->no_memory = true;
        stop(builder);
        return NULL;
    }
    node->kind = kind;
    node->place = place_of(builder, mark);
    return node;
}

static void link_child(struct open_node *parent, struct recist_yaml_node *node)
{
    if (parent->last) {
        parent->last->next = node;
    } else {
        parent->node->first = node;
    }
    parent->last = node;
    parent->node->count++;
}

static void place_key(struct builder *builder, struct open_node *parent,
                      const struct recist_yaml_node *node)
{
    parent->expects_value = true;
    parent->key = NULL;
    if (node && node->kind == RECIST_YAML_SCALAR) {
        parent->key = node;
    } else if (node) {
        refuse(builder, RECIST_KIND(RULES_WRONG_KIND), node->place,
               "a list or mapping stands in the place of a key; expected a word");
    }
}

/* Puts a node where it belongs; NULL for an alias, which was refused and leaves a gap. */
static void place_node(struct builder *builder, struct recist_yaml_node *node)
{
    if (builder->depth == 0) {
        builder->root = node;
        return;
    }
    struct open_node *parent = &builder->open[builder->depth - 1];
    if (parent->node->kind == RECIST_YAML_SEQUENCE) {
        if (node) {
            link_child(parent, node);
        }
        return;
    }
    if (!parent->expects_value) {
        place_key(builder, parent, node);
        return;
    }
    parent->expects_value = false;
    if (parent->key && node) {
        node->key = parent->key;
        link_child(parent, node);
    }
}

static void refuse_properties(struct builder *builder, const yaml_char_t *anchor,
                              const yaml_char_t *tag, yaml_mark_t mark)
{
    if (anchor) {
        refuse(builder, RECIST_KIND(RULES_UNSAFE), place_of(builder, mark),
               "an anchor (&) stands here; criteria files may not use anchors and aliases");
    }
    if (tag) {
        refuse(builder, RECIST_KIND(RULES_UNSAFE), place_of(builder, mark),
               "a tag (!) stands here; criteria files may not use tags");
    }
}

static enum recist_yaml_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return RECIST_YAML_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return RECIST_YAML_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        return RECIST_YAML_BLOCK;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
    default:
        return RECIST_YAML_PLAIN;
    }
}

static void read_scalar(struct builder *builder, const yaml_event_t *event)
{
    refuse_properties(builder, event->data.scalar.anchor, event->data.scalar.tag,
                      event->start_mark);
    struct recist_yaml_node *node = new_node(builder, RECIST_YAML_SCALAR, event->start_mark);
    if (!node) {
        return;
    }
    node->style = style_of(event->data.scalar.style);
    node->quoted = node->style != RECIST_YAML_PLAIN;
    node->length = event->data.scalar.length;
    node->text =
        recist_arena_copy(builder->arena, (const char *)event->data.scalar.value, node->length);
    node->source = source_between(builder, event->start_mark, event->end_mark);
    if (!node->text) {
        builder->no_memory = true;
        stop(builder);
        return;
    }
    if (memchr(node->text, '\0', node->length)) {
        refuse(builder, RECIST_KIND(NUL_BYTE), node->place,
               "an escape writes a NUL character; expected text");
    }
    place_node(builder, node);
}

static void open_collection(struct builder *builder, enum recist_yaml_kind kind,
                            const yaml_event_t *event)
{
    struct recist_yaml_node *node = new_node(builder, kind, event->start_mark);
    if (!node) {
        return;
    }
    if (builder->depth == RECIST_YAML_DEEPEST) {
        refuse(builder, RECIST_KIND(RULES_UNSAFE), node->place,
               "lists and mappings stand more than 16 deep in one another");
        stop(builder);
        return;
    }
    place_node(builder, node);
    builder->open[builder->depth++] = (struct open_node){.node = node};
}

static int compare_keys(const void *one, const void *other)
{
    const struct recist_yaml_node *a = (*(struct recist_yaml_node *const *)one)->key;
    const struct recist_yaml_node *b = (*(struct recist_yaml_node *const *)other)->key;
    if (a->length != b->length) {
        return a->length < b->length ? -1 : 1;
    }
    int order = memcmp(a->text, b->text, a->length);
    if (order != 0) {
        return order;
    }
    if (a->place.line != b->place.line) {
        return a->place.line < b->place.line ? -1 : 1;
    }
    return a->place.column < b->place.column ? -1 : a->place.column > b->place.column;
}

static bool same_key(const struct recist_yaml_node *one, const struct recist_yaml_node *other)
{
    return one->key->length == other->key->length &&
           memcmp(one->key->text, other->key->text, one->key->length) == 0;
}

static void report_duplicate(struct builder *builder, const struct recist_yaml_node *child,
                             const struct recist_yaml_node *first)
{
    if (builder->stopped) {
        return;
    }
    if (builder->refusals + 1 == RECIST_YAML_MOST_FINDINGS) {
        refuse(builder, RECIST_KIND(RULES_DUPLICATE_KEY), child->key->place, "");
        return;
    }
    builder->refusals++;
    struct recist_slice key = {child->key->text, child->key->length};
    recist_findings_report(builder->findings, RECIST_KIND(RULES_DUPLICATE_KEY), child->key->place,
                           (struct recist_subject){0},
                           "\"%s\" stands here again; it has a value already on line %llu",
                           RECIST_SHOWN(key), (unsigned long long)first->key->place.line);
}

static void drop_children_without_key(struct recist_yaml_node *mapping)
{
    for (struct recist_yaml_node **at = &mapping->first; *at;) {
        if ((*at)->key) {
            at = &(*at)->next;
        } else {
            *at = (*at)->next;
            mapping->count--;
        }
    }
}

/* Sorts instead of comparing each with each: a mapping may have 25,000 keys. */
static void refuse_duplicate_keys(struct builder *builder, struct recist_yaml_node *mapping)
{
    if (mapping->count < 2) {
        return;
    }
    struct recist_yaml_node **children = calloc(mapping->count, sizeof(struct recist_yaml_node *));
    if (!children) {
        builder->no_memory = true;
        stop(builder);
        return;
    }
    size_t count = 0;
    for (struct recist_yaml_node *child = mapping->first; child; child = child->next) {
        children[count++] = child;
    }
    qsort(children, count, sizeof *children, compare_keys);
    bool dropped = false;
    for (size_t first = 0, i = 1; i < count; i++) {
        if (!same_key(children[first], children[i])) {
            first = i;
        } else {
            report_duplicate(builder, children[i], children[first]);
            children[i]->key = NULL;
            dropped = true;
        }
    }
    free(children);
    if (dropped) {
        drop_children_without_key(mapping);
    }
}

static void close_collection(struct builder *builder)
{
    struct recist_yaml_node *node = builder->open[--builder->depth].node;
    if (node->kind == RECIST_YAML_MAPPING) {
        refuse_duplicate_keys(builder, node);
    }
}

static void start_document(struct builder *builder, const yaml_event_t *event)
{
    if (++builder->documents > 1) {
        refuse(builder, RECIST_KIND(RULES_UNSAFE), place_of(builder, event->start_mark),
               "a second document starts here; a criteria file is one document");
        stop(builder);
    }
    if (event->data.document_start.tag_directives.start !=
        event->data.document_start.tag_directives.end) {
        refuse(builder, RECIST_KIND(RULES_UNSAFE), place_of(builder, event->start_mark),
               "a %TAG line stands before the document; criteria files may not use tags");
    }
}

static void read_alias(struct builder *builder, const yaml_event_t *event)
{
    refuse(builder, RECIST_KIND(RULES_UNSAFE), place_of(builder, event->start_mark),
           "an alias (*) stands here; criteria files may not use anchors and aliases");
    builder->broken = true;
    place_node(builder, NULL);
}

static void read_event(struct builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        start_document(builder, event);
        break;
    case YAML_ALIAS_EVENT:
        read_alias(builder, event);
        break;
    case YAML_SCALAR_EVENT:
        read_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        refuse_properties(builder, event->data.sequence_start.anchor,
                          event->data.sequence_start.tag, event->start_mark);
        open_collection(builder, RECIST_YAML_SEQUENCE, event);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_properties(builder, event->data.mapping_start.anchor, event->data.mapping_start.tag,
                          event->start_mark);
        open_collection(builder, RECIST_YAML_MAPPING, event);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(builder);
        break;
    case YAML_STREAM_END_EVENT:
        builder->stopped = true;
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    default:
        break;
    }
}

static void parse_next(struct builder *builder, yaml_parser_t *parser)
{
    yaml_event_t event;
    if (!yaml_parser_parse(parser, &event)) {
        builder->no_memory = parser->error == YAML_MEMORY_ERROR;
        if (!builder->no_memory) {
            recist_yaml_report_problem(parser, builder->bytes, builder->file, builder->findings);
            builder->refusals++;
        }
        stop(builder);
        return;
    }
    if (++builder->events > RECIST_YAML_MOST_EVENTS) {
        refuse(builder, RECIST_KIND(RULES_UNSAFE), place_of(builder, event.start_mark),
               "the file has more than 50,000 keys, values and brackets");
        stop(builder);
    } else {
        read_event(builder, &event);
    }
    yaml_event_delete(&event);
}

static bool build(struct builder *builder)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return false;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)builder->bytes.text,
                                 builder->bytes.length);
    while (!builder->stopped) {
        parse_next(builder, &parser);
    }
    yaml_parser_delete(&parser);
    return !builder->no_memory;
}

static bool has_acceptable_size(struct recist_slice bytes, const char *file,
                                struct recist_findings *findings)
{
    struct recist_place whole = {.file = file};
    struct recist_subject none = {0};
    if (bytes.length > RECIST_YAML_LARGEST_FILE) {
        recist_findings_report(findings, RECIST_KIND(RULES_UNSAFE), whole, none,
                               "the file is larger than 1 MiB; a criteria file has a few pages");
        return false;
    }
    if (bytes.length == 0) {
        recist_findings_report(findings, RECIST_KIND(FILE_EMPTY), whole, none,
                               "the file has no bytes; expected criteria");
        return false;
    }
    return true;
}

static struct recist_slice without_byte_order_mark(struct recist_slice bytes)
{
    if (bytes.length >= 3 && memcmp(bytes.text, "\xEF\xBB\xBF", 3) == 0) {
        return (struct recist_slice){bytes.text + 3, bytes.length - 3};
    }
    return bytes;
}

enum recist_outcome recist_yaml_parse(struct recist_slice bytes, const char *file,
                                      struct recist_arena *arena, struct recist_findings *findings,
                                      struct recist_yaml_node **root)
{
    *root = NULL;
    if (!has_acceptable_size(bytes, file, findings) ||
        recist_yaml_check_text(bytes, file, findings) > 0) {
        return RECIST_INVALID;
    }
    struct builder builder = {.bytes = without_byte_order_mark(bytes),
                              .file = file,
                              .arena = arena,
                              .findings = findings};
    if (!build(&builder)) {
        return RECIST_NO_MEMORY;
    }
    if (builder.documents == 0 && builder.refusals == 0) {
        recist_findings_report(findings, RECIST_KIND(RULES_SYNTAX),
                               (struct recist_place){.file = file, .line = 1, .column = 1},
                               (struct recist_subject){0},
                               "the file has comments or blank lines only; expected criteria");
        return RECIST_INVALID;
    }
    if (!builder.broken) {
        *root = builder.root;
    }
    return builder.refusals == 0 ? RECIST_DONE : RECIST_INVALID;
}
