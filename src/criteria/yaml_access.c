/* SPDX-License-Identifier: MIT */
#include "criteria/yaml_access.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "base/text_buffer.h"

/* More names than any mapping of the language has. */
#define MOST_NAMES 64

struct recist_yaml_asked {
    struct recist_yaml_asked *next;
    const char *name;
};

void recist_yaml_report(struct recist_yaml_reader *reader, const struct recist_finding_kind *kind,
                        struct recist_place place, const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    reader->errors += kind->severity == RECIST_ERROR;
    if (length < 0 || !recist_findings_report(reader->findings, kind, place,
                                              (struct recist_subject){0}, "%s", message)) {
        reader->no_memory = true;
    }
}

static struct recist_yaml_node *find_child(const struct recist_yaml_node *mapping, const char *key)
{
    for (struct recist_yaml_node *child = mapping->first; child; child = child->next) {
        if (recist_yaml_equals(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

static void remember(struct recist_yaml_reader *reader, struct recist_yaml_node *mapping,
                     const char *name)
{
    for (const struct recist_yaml_asked *asked = mapping->asked; asked; asked = asked->next) {
        if (strcmp(asked->name, name) == 0) {
            return;
        }
    }
    struct recist_yaml_asked *asked = recist_arena_take(reader->arena, sizeof *asked);
    if (!asked) {
        reader->no_memory = true;
        return;
    }
    *asked = (struct recist_yaml_asked){.next = mapping->asked, .name = name};
    mapping->asked = asked;
}

struct recist_yaml_node *recist_yaml_get(struct recist_yaml_reader *reader,
                                         struct recist_yaml_node *mapping, const char *key)
{
    if (!mapping || mapping->kind != RECIST_YAML_MAPPING) {
        return NULL;
    }
    remember(reader, mapping, key);
    struct recist_yaml_node *child = find_child(mapping, key);
    if (child) {
        child->used = true;
    }
    return child;
}

/* The keys that a finding about a node may call it by. */
static const char *name_of(const struct recist_yaml_node *node, struct recist_excerpt *excerpt)
{
    return node->key ? recist_excerpt(recist_yaml_slice(node->key), excerpt) : "this item";
}

struct recist_yaml_node *recist_yaml_require(struct recist_yaml_reader *reader,
                                             struct recist_yaml_node *mapping, const char *key,
                                             const char *what)
{
    struct recist_yaml_node *child = recist_yaml_get(reader, mapping, key);
    if (child || !mapping || mapping->kind != RECIST_YAML_MAPPING) {
        return child;
    }
    struct recist_place place = mapping->key ? mapping->key->place : mapping->place;
    recist_yaml_report(reader, RECIST_KIND(RULES_MISSING_KEY), place,
                       "%s has no \"%s\"; it needs one", what, key);
    return NULL;
}

static const char *kind_words(enum recist_yaml_kind kind)
{
    switch (kind) {
    case RECIST_YAML_SEQUENCE:
        return "a list";
    case RECIST_YAML_MAPPING:
        return "a mapping";
    case RECIST_YAML_SCALAR:
    default:
        return "a word or number";
    }
}

/* Says what stands there instead of what was expected. */
static void report_wrong(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                         const char *expected)
{
    struct recist_excerpt name;
    struct recist_excerpt value;
    const char *called = name_of(node, &name);
    if (node->kind != RECIST_YAML_SCALAR) {
        recist_yaml_report(reader, RECIST_KIND(RULES_WRONG_KIND), node->place,
                           "\"%s\" is %s; expected %s", called, kind_words(node->kind), expected);
    } else if (recist_yaml_is_null(node)) {
        recist_yaml_report(reader, RECIST_KIND(RULES_WRONG_KIND), node->place,
                           "\"%s\" has no value; expected %s", called, expected);
    } else {
        recist_yaml_report(reader, RECIST_KIND(RULES_WRONG_KIND), node->place,
                           "\"%s\" is \"%s\"; expected %s", called,
                           recist_excerpt(recist_yaml_slice(node), &value), expected);
    }
}

bool recist_yaml_expect(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                        enum recist_yaml_kind kind)
{
    if (!node || node->kind == kind) {
        return node != NULL;
    }
    report_wrong(reader, node, kind_words(kind));
    return false;
}

struct recist_yaml_node *recist_yaml_get_mapping(struct recist_yaml_reader *reader,
                                                 struct recist_yaml_node *mapping, const char *key)
{
    struct recist_yaml_node *child = recist_yaml_get(reader, mapping, key);
    return recist_yaml_expect(reader, child, RECIST_YAML_MAPPING) ? child : NULL;
}

struct recist_yaml_node *recist_yaml_get_sequence(struct recist_yaml_reader *reader,
                                                  struct recist_yaml_node *mapping, const char *key)
{
    struct recist_yaml_node *child = recist_yaml_get(reader, mapping, key);
    return recist_yaml_expect(reader, child, RECIST_YAML_SEQUENCE) ? child : NULL;
}

bool recist_yaml_text(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                      struct recist_slice *text)
{
    if (!node) {
        return false;
    }
    if (node->kind != RECIST_YAML_SCALAR || recist_yaml_is_null(node)) {
        report_wrong(reader, node, "text");
        return false;
    }
    *text = recist_yaml_slice(node);
    return true;
}

static bool parse_count(struct recist_slice digits, uint32_t *count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.length; i++) {
        unsigned digit = (unsigned char)digits.text[i] - (unsigned)'0';
        value = value * 10 + digit;
        if (digit > 9 || value > UINT32_MAX) {
            return false;
        }
    }
    *count = (uint32_t)value;
    return digits.length > 0;
}

bool recist_yaml_count(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                       uint32_t *count)
{
    if (!node) {
        return false;
    }
    uint32_t value = 0;
    if (node->kind != RECIST_YAML_SCALAR || !parse_count(recist_yaml_slice(node), &value)) {
        report_wrong(reader, node, "a whole number, such as 5");
        return false;
    }
    *count = value;
    return true;
}

bool recist_yaml_truth(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                       bool *truth)
{
    if (!node) {
        return false;
    }
    if (recist_yaml_equals(node, "yes") || recist_yaml_equals(node, "true")) {
        *truth = true;
        return true;
    }
    if (recist_yaml_equals(node, "no") || recist_yaml_equals(node, "false")) {
        *truth = false;
        return true;
    }
    report_wrong(reader, node, "yes or no");
    return false;
}

static void report_unknown_word(struct recist_yaml_reader *reader,
                                const struct recist_yaml_node *node, const char *const *words,
                                size_t word_count)
{
    struct recist_excerpt name;
    const char *called = name_of(node, &name);
    const char *read = RECIST_SHOWN(recist_yaml_slice(node));
    const char *nearest = recist_nearest_name(recist_yaml_slice(node), words, word_count);
    if (nearest) {
        recist_yaml_report(reader, RECIST_KIND(RULES_UNKNOWN_WORD), node->place,
                           "\"%s\" is \"%s\"; did you mean \"%s\"?", called, read, nearest);
        return;
    }
    struct recist_text expected;
    recist_text_init(&expected);
    for (size_t i = 0; i < word_count; i++) {
        const char *between = i == 0 ? "" : i + 1 == word_count ? " or " : ", ";
        recist_text_format(&expected, "%s%s", between, words[i]);
    }
    recist_text_append_char(&expected, '\0');
    recist_yaml_report(reader, RECIST_KIND(RULES_UNKNOWN_WORD), node->place,
                       "\"%s\" is \"%s\"; expected %s", called, read,
                       expected.failed ? "another word" : expected.bytes);
    recist_text_destroy(&expected);
}

bool recist_yaml_choice(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                        const char *const *words, size_t word_count, size_t *choice)
{
    struct recist_slice text;
    if (!recist_yaml_text(reader, node, &text)) {
        return false;
    }
    for (size_t i = 0; i < word_count; i++) {
        if (recist_yaml_equals(node, words[i])) {
            *choice = i;
            return true;
        }
    }
    report_unknown_word(reader, node, words, word_count);
    return false;
}

bool recist_yaml_is_null(const struct recist_yaml_node *node)
{
    if (!node || node->kind != RECIST_YAML_SCALAR || node->quoted) {
        return false;
    }
    return node->length == 0 || recist_yaml_equals(node, "~") || recist_yaml_equals(node, "null") ||
           recist_yaml_equals(node, "Null") || recist_yaml_equals(node, "NULL");
}

bool recist_yaml_equals(const struct recist_yaml_node *node, const char *text)
{
    return node && node->kind == RECIST_YAML_SCALAR && node->length == strlen(text) &&
           memcmp(node->text, text, node->length) == 0;
}

struct recist_slice recist_yaml_slice(const struct recist_yaml_node *scalar)
{
    return (struct recist_slice){.text = scalar->text, .length = scalar->length};
}

void recist_yaml_use_all(struct recist_yaml_node *mapping)
{
    for (struct recist_yaml_node *child = mapping ? mapping->first : NULL; child;
         child = child->next) {
        child->used = true;
    }
}

/* The names that were asked for, in that order (they are remembered the last one first). */
static size_t list_names(const struct recist_yaml_node *mapping, const char *names[MOST_NAMES])
{
    size_t count = 0;
    for (const struct recist_yaml_asked *asked = mapping->asked; asked && count < MOST_NAMES;
         asked = asked->next) {
        names[count++] = asked->name;
    }
    for (size_t i = 0; i < count / 2; i++) {
        const char *name = names[i];
        names[i] = names[count - 1 - i];
        names[count - 1 - i] = name;
    }
    return count;
}

static void report_unknown_key(struct recist_yaml_reader *reader,
                               const struct recist_yaml_node *mapping,
                               const struct recist_yaml_node *key, const char *what)
{
    const char *names[MOST_NAMES];
    size_t count = list_names(mapping, names);
    const char *nearest = recist_nearest_name(recist_yaml_slice(key), names, count);
    if (nearest) {
        recist_yaml_report(reader, RECIST_KIND(RULES_UNKNOWN_KEY), key->place,
                           "\"%s\" is not known in %s; did you mean \"%s\"?",
                           RECIST_SHOWN(recist_yaml_slice(key)), what, nearest);
        return;
    }
    struct recist_text known;
    recist_text_init(&known);
    for (size_t i = 0; i < count; i++) {
        recist_text_format(&known, "%s%s", i == 0 ? "; known are " : ", ", names[i]);
    }
    recist_text_append_char(&known, '\0');
    recist_yaml_report(reader, RECIST_KIND(RULES_UNKNOWN_KEY), key->place,
                       "\"%s\" is not known in %s%s", RECIST_SHOWN(recist_yaml_slice(key)), what,
                       known.failed ? "" : known.bytes);
    recist_text_destroy(&known);
}

void recist_yaml_refuse_unused(struct recist_yaml_reader *reader,
                               const struct recist_yaml_node *mapping, const char *what)
{
    if (!mapping || mapping->kind != RECIST_YAML_MAPPING) {
        return;
    }
    for (const struct recist_yaml_node *child = mapping->first; child; child = child->next) {
        if (!child->used) {
            report_unknown_key(reader, mapping, child->key, what);
        }
    }
}
