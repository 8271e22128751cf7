/* SPDX-License-Identifier: MIT
 *
 * A criteria file laid over the one it extends. Mappings merge key by key, at every depth: what
 * the file says replaces what the base says, at the position in the base; new keys come last. A
 * scalar or list replaces. `~` removes. An entry that is a mapping may say `before: KEY`, and then
 * stands before that sibling. Every node keeps its place in the file it came from; a mapping that
 * both files have takes the place in the extending file. */
#ifndef RECIST_CRITERIA_CRITERIA_MERGE_H
#define RECIST_CRITERIA_CRITERIA_MERGE_H

#include "criteria/yaml_document.h"

/* Lays `extension` over `base`, both mappings, and changes both: the merged tree is `base`, made
 * of nodes of the two. Returns the number of findings; what they are about is left as it was in
 * the base. */
size_t recist_criteria_merge(struct recist_yaml_node *base, struct recist_yaml_node *extension,
                             struct recist_findings *findings);

/* Takes the entry out of a mapping and returns its value; NULL when there is none. */
struct recist_yaml_node *recist_yaml_take_out(struct recist_yaml_node *mapping, const char *key);

#endif
