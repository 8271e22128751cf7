/* SPDX-License-Identifier: MIT */
#include "criteria/criteria_merge.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "criteria/yaml_access.h"

#define BEFORE "before"
/* Names among which a misspelt sibling is looked for. */
#define MOST_SIBLINGS 64

struct merge {
    struct recist_findings *findings;
    size_t problems;
};

static void report(struct merge *merge, const struct recist_finding_kind *kind,
                   struct recist_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report(struct merge *merge, const struct recist_finding_kind *kind,
                   struct recist_place place, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    merge->problems++;
    recist_findings_report(merge->findings, kind, place, (struct recist_subject){0}, "%s", message);
}

static bool same_text(const struct recist_yaml_node *one, const struct recist_yaml_node *other)
{
    return one->length == other->length && memcmp(one->text, other->text, one->length) == 0;
}

/* The link that points to the child with this key; to the end of the list when there is none. */
static struct recist_yaml_node **find_link(struct recist_yaml_node *mapping,
                                           const struct recist_yaml_node *key)
{
    struct recist_yaml_node **link = &mapping->first;
    while (*link && !same_text((*link)->key, key)) {
        link = &(*link)->next;
    }
    return link;
}

static void insert(struct recist_yaml_node *mapping, struct recist_yaml_node **link,
                   struct recist_yaml_node *node)
{
    node->next = *link;
    *link = node;
    mapping->count++;
}

static void take_out(struct recist_yaml_node *mapping, struct recist_yaml_node **link)
{
    struct recist_yaml_node *node = *link;
    *link = node->next;
    node->next = NULL;
    mapping->count--;
}

struct recist_yaml_node *recist_yaml_take_out(struct recist_yaml_node *mapping, const char *key)
{
    for (struct recist_yaml_node **link = &mapping->first; *link; link = &(*link)->next) {
        if (recist_yaml_equals((*link)->key, key)) {
            struct recist_yaml_node *node = *link;
            take_out(mapping, link);
            return node;
        }
    }
    return NULL;
}

/* Only what is written as a removal is one: a value that was forgotten must not remove. */
static bool is_removal(const struct recist_yaml_node *node)
{
    return node->length > 0 && recist_yaml_is_null(node);
}

static const char *nearest_sibling(const struct recist_yaml_node *mapping,
                                   const struct recist_yaml_node *entry, struct recist_slice name)
{
    const char *names[MOST_SIBLINGS];
    size_t count = 0;
    for (const struct recist_yaml_node *child = mapping->first; child && count < MOST_SIBLINGS;
         child = child->next) {
        if (child != entry) {
            names[count++] = child->key->text;
        }
    }
    return recist_nearest_name(name, names, count);
}

static void report_unknown_sibling(struct merge *merge, const struct recist_yaml_node *mapping,
                                   const struct recist_yaml_node *entry,
                                   const struct recist_yaml_node *before)
{
    struct recist_slice name = recist_yaml_slice(before);
    const char *nearest = nearest_sibling(mapping, entry, name);
    report(merge, RECIST_KIND(RULES_UNKNOWN_KEY), before->place,
           nearest ? "there is no \"%s\" that this entry could stand before; did you mean \"%s\"?"
                   : "there is no \"%s\" that this entry could stand before%s",
           RECIST_SHOWN(name), nearest ? nearest : "");
}

/* Moves an entry to where its `before` says. */
static void move_before(struct merge *merge, struct recist_yaml_node *mapping,
                        struct recist_yaml_node *entry, const struct recist_yaml_node *before)
{
    if (before->kind != RECIST_YAML_SCALAR) {
        report(merge, RECIST_KIND(RULES_WRONG_KIND), before->place,
               "\"before\" is a list or mapping; expected the key of a sibling");
        return;
    }
    struct recist_yaml_node **sibling = find_link(mapping, before);
    if (!*sibling || *sibling == entry) {
        report_unknown_sibling(merge, mapping, entry, before);
        return;
    }
    take_out(mapping, find_link(mapping, entry->key));
    insert(mapping, find_link(mapping, before), entry);
}

static void remove_entry(struct merge *merge, struct recist_yaml_node *base,
                         const struct recist_yaml_node *entry)
{
    struct recist_yaml_node **link = find_link(base, entry->key);
    if (*link) {
        take_out(base, link);
    } else {
        report(merge, RECIST_KIND(RULES_UNKNOWN_KEY), entry->place,
               "\"%s\" is not in the file that is extended; nothing to remove",
               RECIST_SHOWN(recist_yaml_slice(entry->key)));
    }
}

static void merge_mappings(struct merge *merge, struct recist_yaml_node *base,
                           struct recist_yaml_node *extension);

static void report_other_kind(struct merge *merge, const struct recist_yaml_node *old,
                              const struct recist_yaml_node *entry)
{
    bool was_mapping = old->kind == RECIST_YAML_MAPPING;
    report(merge, RECIST_KIND(RULES_WRONG_KIND), entry->place,
           "\"%s\" is %s here and %s in the file that is extended",
           RECIST_SHOWN(recist_yaml_slice(entry->key)), was_mapping ? "no mapping" : "a mapping",
           was_mapping ? "a mapping" : "none");
}

static void replace(struct recist_yaml_node **link, struct recist_yaml_node *entry)
{
    struct recist_yaml_node *old = *link;
    entry->next = old->next;
    entry->replaced = old;
    old->next = NULL;
    *link = entry;
}

/* The short form: `name: x` over `name: {value: y, ...}` changes just the value. */
static bool replace_value(struct recist_yaml_node *mapping, struct recist_yaml_node *entry)
{
    for (struct recist_yaml_node **link = &mapping->first; *link; link = &(*link)->next) {
        if (recist_yaml_equals((*link)->key, "value") && (*link)->kind == RECIST_YAML_SCALAR) {
            entry->key = (*link)->key;
            replace(link, entry);
            return true;
        }
    }
    return false;
}

static void override(struct merge *merge, struct recist_yaml_node **link,
                     struct recist_yaml_node *entry)
{
    struct recist_yaml_node *old = *link;
    bool was_mapping = old->kind == RECIST_YAML_MAPPING;
    if (was_mapping && entry->kind == RECIST_YAML_MAPPING) {
        merge_mappings(merge, old, entry);
        old->key = entry->key;
    } else if (was_mapping && entry->kind == RECIST_YAML_SCALAR && replace_value(old, entry)) {
        return;
    } else if (was_mapping || entry->kind == RECIST_YAML_MAPPING) {
        report_other_kind(merge, old, entry);
    } else {
        replace(link, entry);
    }
}

/* Lays one entry over the base, and returns it as it stands there; NULL when it is gone. */
static struct recist_yaml_node *lay(struct merge *merge, struct recist_yaml_node *base,
                                    struct recist_yaml_node *entry)
{
    if (is_removal(entry)) {
        remove_entry(merge, base, entry);
        return NULL;
    }
    struct recist_yaml_node **link = find_link(base, entry->key);
    if (*link) {
        override(merge, link, entry);
    } else {
        insert(base, link, entry);
    }
    return *link;
}

/* Where an entry is to stand; but where the base has a `before` in it, that is what it says. */
static struct recist_yaml_node *take_before(struct recist_yaml_node *base,
                                            struct recist_yaml_node *entry)
{
    static const struct recist_yaml_node before = {.text = BEFORE, .length = sizeof BEFORE - 1};
    struct recist_yaml_node *known = *find_link(base, entry->key);
    bool own = known && known->kind == RECIST_YAML_MAPPING && *find_link(known, &before);
    return entry->kind == RECIST_YAML_MAPPING && !own ? recist_yaml_take_out(entry, BEFORE) : NULL;
}

static void merge_mappings(struct merge *merge, struct recist_yaml_node *base,
                           struct recist_yaml_node *extension)
{
    struct recist_yaml_node *entry = extension->first;
    while (entry) {
        struct recist_yaml_node *next = entry->next;
        struct recist_yaml_node *before = take_before(base, entry);
        entry->next = NULL;
        struct recist_yaml_node *laid = lay(merge, base, entry);
        if (before && laid) {
            move_before(merge, base, laid, before);
        }
        entry = next;
    }
    base->place = extension->place;
}

size_t recist_criteria_merge(struct recist_yaml_node *base, struct recist_yaml_node *extension,
                             struct recist_findings *findings)
{
    struct merge merge = {.findings = findings};
    merge_mappings(&merge, base, extension);
    return merge.problems;
}
