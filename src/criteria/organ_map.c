/* SPDX-License-Identifier: MIT */
#include "criteria/organ_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"

struct organ {
    struct recist_slice name;
    struct recist_slice text; /* of the pattern */
    const struct recist_pattern *pattern;
    bool nodal;
};

struct recist_organ_map {
    struct recist_arena arena;
    struct organ *organs;
    size_t organ_count;
    size_t organ_capacity;
    struct condition {
        const struct recist_pattern *pattern;
        unsigned text;
    } *conditions;
    size_t condition_count;
    size_t condition_capacity;
    struct recist_pattern **patterns; /* all that the map owns */
    size_t pattern_count;
    size_t pattern_capacity;
};

struct recist_organ_map *recist_organ_map_create(void)
{
    struct recist_organ_map *map = calloc(1, sizeof *map);
    if (map) {
        recist_arena_init(&map->arena, 0);
    }
    return map;
}

void recist_organ_map_destroy(struct recist_organ_map *map)
{
    if (!map) {
        return;
    }
    for (size_t i = 0; i < map->pattern_count; i++) {
        recist_pattern_destroy(map->patterns[i]);
    }
    free(map->patterns);
    free(map->organs);
    free(map->conditions);
    recist_arena_destroy(&map->arena);
    free(map);
}

/* Makes room for one more element; returns the array, or NULL when memory is out. */
static void *make_room(void *array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return array;
    }
    size_t larger = *capacity > 0 ? *capacity * 2 : 32;
    void *grown = reallocarray(array, larger, size);
    if (grown) {
        *capacity = larger;
    }
    return grown;
}

static void report_no_memory(struct recist_findings *findings,
                             const struct recist_yaml_node *scalar)
{
    recist_findings_report(findings, RECIST_KIND(OUT_OF_MEMORY), scalar->place,
                           (struct recist_subject){0}, "no memory is left for this pattern");
}

const struct recist_pattern *recist_pattern_compile_part(struct recist_organ_map *map,
                                                         const struct recist_yaml_node *scalar,
                                                         size_t offset, struct recist_slice pattern,
                                                         struct recist_findings *findings)
{
    struct recist_pattern **patterns =
        make_room(map->patterns, map->pattern_count, &map->pattern_capacity, sizeof *patterns);
    if (!patterns) {
        report_no_memory(findings, scalar);
        return NULL;
    }
    map->patterns = patterns;
    struct recist_pattern *compiled = recist_pattern_compile(scalar, offset, pattern, findings);
    if (compiled) {
        map->patterns[map->pattern_count++] = compiled;
    }
    return compiled;
}

static bool append_organ(struct recist_organ_map *map, const struct organ *organ)
{
    struct organ *organs =
        make_room(map->organs, map->organ_count, &map->organ_capacity, sizeof *organs);
    if (!organs) {
        return false;
    }
    map->organs = organs;
    struct organ *added = &organs[map->organ_count];
    *added = *organ;
    added->name = recist_arena_copy_slice(&map->arena, organ->name);
    added->text = recist_arena_copy_slice(&map->arena, organ->text);
    map->organ_count += added->name.text && added->text.text;
    return added->name.text && added->text.text;
}

bool recist_organ_map_add(struct recist_organ_map *map, struct recist_slice organ, bool nodal,
                          const struct recist_yaml_node *pattern, struct recist_findings *findings)
{
    struct recist_slice text = {pattern->text, pattern->length};
    const struct recist_pattern *compiled =
        recist_pattern_compile_part(map, pattern, 0, text, findings);
    if (!compiled) {
        return false;
    }
    if (recist_pattern_matches(compiled, (struct recist_slice){0})) {
        recist_findings_report(findings, RECIST_KIND(RULES_BAD_PATTERN), pattern->place,
                               (struct recist_subject){0},
                               "the pattern \"%s\" fits an empty text; expected one that only fits "
                               "the organ",
                               RECIST_SHOWN(text));
        return false;
    }
    struct organ added = {.name = organ, .text = text, .pattern = compiled, .nodal = nodal};
    if (!append_organ(map, &added)) {
        report_no_memory(findings, pattern);
        return false;
    }
    return true;
}

/* A space, a hyphen and an underscore are the same in every word of a file; to a pattern an
 * underscore would be a letter. */
static struct recist_slice without_underscores(struct recist_slice site,
                                               char text[static RECIST_PATTERN_LONGEST_TEXT])
{
    if (site.length == 0 || !memchr(site.text, '_', site.length)) {
        return site;
    }
    size_t length = site.length < RECIST_PATTERN_LONGEST_TEXT ? site.length
                                                              : RECIST_PATTERN_LONGEST_TEXT;
    for (size_t i = 0; i < length; i++) {
        text[i] = site.text[i] == '_' ? ' ' : site.text[i];
    }
    return (struct recist_slice){text, length};
}

void recist_organ_map_find(const struct recist_organ_map *map, struct recist_organ_scratch *scratch,
                           struct recist_slice site, struct recist_slice *organ, bool *nodal)
{
    char text[RECIST_PATTERN_LONGEST_TEXT];
    site = without_underscores(site, text);
    *organ = (struct recist_slice){0};
    *nodal = false;
    for (size_t i = 0; i < map->organ_count; i++) {
        if (recist_pattern_match(map->organs[i].pattern, scratch, site)) {
            *organ = map->organs[i].name;
            *nodal = map->organs[i].nodal;
            return;
        }
    }
}

bool recist_organ_map_note_condition(struct recist_organ_map *map,
                                     const struct recist_pattern *pattern, unsigned text)
{
    struct condition *conditions = make_room(map->conditions, map->condition_count,
                                             &map->condition_capacity, sizeof *conditions);
    if (conditions) {
        map->conditions = conditions;
        conditions[map->condition_count++] = (struct condition){pattern, text};
    }
    return conditions != NULL;
}

unsigned recist_organ_map_texts_looked_at(const struct recist_organ_map *map)
{
    unsigned texts = 0;
    for (size_t i = 0; i < map->condition_count; i++) {
        texts |= 1U << map->conditions[i].text;
    }
    return texts;
}

void recist_organ_map_try_conditions(const struct recist_organ_map *map,
                                     struct recist_organ_scratch *scratch, unsigned text,
                                     struct recist_slice value)
{
    for (size_t i = 0; i < map->condition_count; i++) {
        if (map->conditions[i].text == text) {
            recist_pattern_match(map->conditions[i].pattern, scratch, value);
        }
    }
}

struct recist_slice recist_organ_map_nodal_organ(const struct recist_organ_map *map)
{
    for (size_t i = 0; i < map->organ_count; i++) {
        if (map->organs[i].nodal) {
            return map->organs[i].name;
        }
    }
    return (struct recist_slice){0};
}

size_t recist_organ_map_count(const struct recist_organ_map *map)
{
    return map->organ_count;
}

struct recist_slice recist_organ_map_name(const struct recist_organ_map *map, size_t index)
{
    return map->organs[index].name;
}

bool recist_organ_map_is_nodal(const struct recist_organ_map *map, size_t index)
{
    return map->organs[index].nodal;
}

struct recist_slice recist_organ_map_pattern(const struct recist_organ_map *map, size_t index)
{
    return map->organs[index].text;
}
