/* SPDX-License-Identifier: MIT
 *
 * Strict reading of a tree: every key that is not asked for is refused, with the name it was
 * probably meant to be. Names given here must live as long as the arena; literals do. */
#ifndef RECIST_CRITERIA_YAML_ACCESS_H
#define RECIST_CRITERIA_YAML_ACCESS_H

#include "criteria/yaml_document.h"

/* What goes along while a tree is read. */
struct recist_yaml_reader {
    struct recist_arena *arena;
    struct recist_findings *findings;
    size_t errors; /* findings reported through this reader */
    bool no_memory;
};

/* The value of `key`, marked used; NULL when the mapping has none, or is NULL or no mapping. */
struct recist_yaml_node *recist_yaml_get(struct recist_yaml_reader *reader,
                                         struct recist_yaml_node *mapping, const char *key);
/* The same, with a finding when it is missing; `what` the mapping is, such as "a rule". No finding
 * when `mapping` is NULL or no mapping: that was reported before. */
struct recist_yaml_node *recist_yaml_require(struct recist_yaml_reader *reader,
                                             struct recist_yaml_node *mapping, const char *key,
                                             const char *what);

/* Whether a node is of a kind; a finding when it is not. False without a finding for NULL. */
bool recist_yaml_expect(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                        enum recist_yaml_kind kind);
/* get and expect in one: NULL when missing or of another kind (which is a finding). */
struct recist_yaml_node *recist_yaml_get_mapping(struct recist_yaml_reader *reader,
                                                 struct recist_yaml_node *mapping, const char *key);
struct recist_yaml_node *recist_yaml_get_sequence(struct recist_yaml_reader *reader,
                                                  struct recist_yaml_node *mapping,
                                                  const char *key);

/* Scalars. Each gives false for NULL without a finding, false with one where something else
 * stands; the result is then unchanged.
 * Text: a scalar that is not null (an empty one must be quoted). */
bool recist_yaml_text(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                      struct recist_slice *text);
/* Digits, up to 4,294,967,295. */
bool recist_yaml_count(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                       uint32_t *count);
/* yes, no, true or false, in quotes or not. */
bool recist_yaml_truth(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                       bool *truth);
/* One of `words`: its index. The finding names the nearest word, or all of them. */
bool recist_yaml_choice(struct recist_yaml_reader *reader, const struct recist_yaml_node *node,
                        const char *const *words, size_t word_count, size_t *choice);

/* Nothing, ~ or null, not in quotes. */
bool recist_yaml_is_null(const struct recist_yaml_node *node);
/* A scalar with exactly this text, in quotes or not. */
bool recist_yaml_equals(const struct recist_yaml_node *node, const char *text);
struct recist_slice recist_yaml_slice(const struct recist_yaml_node *scalar);

/* Marks every child of a mapping used: for mappings whose keys are names that the file chooses. */
void recist_yaml_use_all(struct recist_yaml_node *mapping);
/* A finding for every child that nobody asked for; `what` the mapping is, such as "a rule". */
void recist_yaml_refuse_unused(struct recist_yaml_reader *reader,
                               const struct recist_yaml_node *mapping, const char *what);

/* Reports a finding at a node, and counts it. */
void recist_yaml_report(struct recist_yaml_reader *reader, const struct recist_finding_kind *kind,
                        struct recist_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
