/* SPDX-License-Identifier: MIT
 * Which entries of a file name another one in their conditions and values. */
#include <string.h>

#include "criteria/difference.h"

static bool is_of_a_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

/* Whole names only. */
static bool has_name(const char *text, const char *name)
{
    size_t length = strlen(name);
    const char *at = length > 0 ? strstr(text, name) : NULL;
    while (at) {
        bool begins = at == text || !is_of_a_name(at[-1]);
        if (begins && !is_of_a_name(at[length])) {
            return true;
        }
        at = strstr(at + 1, name);
    }
    return false;
}

/* What is written for people, and words that are no names. */
static bool is_no_condition(const struct recist_yaml_node *node)
{
    static const char *const keys[] = {"cite",     "title", "question", "help", "say",
                                       "response", "match", "unit",     "cites"};
    for (size_t i = 0; node->key && i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(node->key->text, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool names_within(const struct recist_yaml_node *node, const char *name)
{
    if (node->kind == RECIST_YAML_SCALAR) {
        return has_name(node->text, name);
    }
    for (const struct recist_yaml_node *child = node->first; child; child = child->next) {
        if (!is_no_condition(child) && names_within(child, name)) {
            return true;
        }
    }
    return false;
}

/* The rules of a component are entries of their own. */
bool recist_difference_names(const struct recist_yaml_node *entry, const char *name)
{
    if (strcmp(entry->key->text, name) == 0 && entry->kind == RECIST_YAML_SCALAR) {
        return false;
    }
    if (entry->kind != RECIST_YAML_MAPPING) {
        return names_within(entry, name);
    }
    for (const struct recist_yaml_node *child = entry->first; child; child = child->next) {
        bool section = child->kind == RECIST_YAML_MAPPING;
        if (!section && !is_no_condition(child) && names_within(child, name)) {
            return true;
        }
    }
    return false;
}

static bool make_room(struct recist_document *document, struct recist_difference_uses *uses)
{
    if (uses->count < uses->capacity) {
        return true;
    }
    size_t capacity = uses->capacity ? 2 * uses->capacity : 16;
    const char **list = recist_arena_take_zeroed(&document->arena, capacity, sizeof *list);
    if (!list) {
        document->failed = true;
        return false;
    }
    for (size_t i = 0; i < uses->count; i++) {
        list[i] = uses->list[i];
    }
    uses->list = list;
    uses->capacity = capacity;
    return true;
}

void recist_difference_add_use(struct recist_document *document,
                               struct recist_difference_uses *uses, const char *noun,
                               const char *entry, const char *owner)
{
    if (make_room(document, uses)) {
        uses->list[uses->count++] = recist_document_format(
            document, owner[0] ? "%s %s of %s" : "%s %s%s", noun, entry, owner);
    }
}
