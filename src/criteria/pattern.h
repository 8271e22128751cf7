/* SPDX-License-Identifier: MIT
 *
 * Regular expressions of criteria files (PCRE2, Unicode). What a match may cost is limited: a
 * pattern that reaches a limit does not match, and the scratch remembers it. */
#ifndef RECIST_CRITERIA_PATTERN_H
#define RECIST_CRITERIA_PATTERN_H

#include <recist/criteria.h>

#include "criteria/yaml_document.h"

/* More text than this is not looked at. */
#define RECIST_PATTERN_LONGEST_TEXT 1000
#define RECIST_PATTERN_LONGEST 4000

struct recist_pattern; /* immutable, for any number of threads */
struct recist_organ_map;

/* Compiles `pattern`, which starts at byte `offset` of the text of `scalar`. NULL after a finding
 * at the character that is wrong. The caller destroys it. */
struct recist_pattern *recist_pattern_compile(const struct recist_yaml_node *scalar, size_t offset,
                                              struct recist_slice pattern,
                                              struct recist_findings *findings);
void recist_pattern_destroy(struct recist_pattern *pattern);

/* The same for a pattern within a condition; `map` owns it. */
const struct recist_pattern *recist_pattern_compile_part(struct recist_organ_map *map,
                                                         const struct recist_yaml_node *scalar,
                                                         size_t offset, struct recist_slice pattern,
                                                         struct recist_findings *findings);

/* Whether the pattern fits anywhere in the text. Text that is not UTF-8 matches nothing. `scratch`
 * belongs to the calling thread. */
bool recist_pattern_match(const struct recist_pattern *pattern,
                          struct recist_organ_scratch *scratch, struct recist_slice text);
/* The same with a scratch of its own for each call: slower. */
bool recist_pattern_matches(const struct recist_pattern *pattern, struct recist_slice text);

/* Whether a match with this scratch reached a limit, or found no memory, since it was made or
 * forgot. */
bool recist_organ_scratch_limited(const struct recist_organ_scratch *scratch);
void recist_organ_scratch_forget_limits(struct recist_organ_scratch *scratch);

#endif
