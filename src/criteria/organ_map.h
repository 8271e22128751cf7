/* SPDX-License-Identifier: MIT
 *
 * From the free text of a site to an organ of the criteria: the first pattern that fits decides.
 * Filled while criteria are compiled, immutable after. */
#ifndef RECIST_CRITERIA_ORGAN_MAP_H
#define RECIST_CRITERIA_ORGAN_MAP_H

#include "criteria/pattern.h"

/* NULL when memory is out. */
struct recist_organ_map *recist_organ_map_create(void);
/* NULL is allowed. Also destroys what recist_pattern_compile_part() made for this map. */
void recist_organ_map_destroy(struct recist_organ_map *map);

/* Adds an organ after those there are; `pattern` is a scalar of the criteria file. False after a
 * finding, or when memory is out (which is a finding too). */
bool recist_organ_map_add(struct recist_organ_map *map, struct recist_slice organ, bool nodal,
                          const struct recist_yaml_node *pattern, struct recist_findings *findings);

/* The organ a site names and whether it is a lymph node; empty and false where none fits. The
 * slice points into the map. */
void recist_organ_map_find(const struct recist_organ_map *map, struct recist_organ_scratch *scratch,
                           struct recist_slice site, struct recist_slice *organ, bool *nodal);

/* Notes that a condition looks at a text of lesions (enum recist_text_column) with a pattern. False when
 * memory is out. */
bool recist_organ_map_note_condition(struct recist_organ_map *map,
                                     const struct recist_pattern *pattern, unsigned text);
/* Bit t: some condition looks at text t. */
unsigned recist_organ_map_texts_looked_at(const struct recist_organ_map *map);
/* Matches the patterns of all conditions that look at text `text`: the scratch then knows whether one
 * of them reached a limit. */
void recist_organ_map_try_conditions(const struct recist_organ_map *map,
                                     struct recist_organ_scratch *scratch, unsigned text,
                                     struct recist_slice value);

/* The first organ that is nodal; empty where none is. */
struct recist_slice recist_organ_map_nodal_organ(const struct recist_organ_map *map);

/* Organs in order, for showing. */
size_t recist_organ_map_count(const struct recist_organ_map *map);
struct recist_slice recist_organ_map_name(const struct recist_organ_map *map, size_t index);
bool recist_organ_map_is_nodal(const struct recist_organ_map *map, size_t index);
struct recist_slice recist_organ_map_pattern(const struct recist_organ_map *map, size_t index);

#endif
