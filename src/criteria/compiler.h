/* SPDX-License-Identifier: MIT
 * What the parts of the compiler share while one criteria file is compiled. */
#ifndef RECIST_CRITERIA_COMPILER_H
#define RECIST_CRITERIA_COMPILER_H

#include "base/finding_kinds.h"
#include "base/text_buffer.h"
#include "criteria/criteria.h"
#include "criteria/yaml_access.h"

/* A named condition; it is compiled anew wherever it is used, in the scope found there. */
struct recist_definition {
    const char *name;
    const struct recist_yaml_node *text;
    bool used;
    bool failed; /* its findings are reported already */
    bool open;   /* being compiled: a definition must not lead back to itself */
};

struct recist_compiler {
    struct recist_yaml_reader yaml; /* arena of the criteria, findings */
    struct recist_criteria *criteria;
    struct recist_definition *definitions;
    size_t definition_count;
    /* What could not be read: a name or word that seems unknown may be declared there, so that
     * nothing is said of it. */
    bool names_incomplete;
    bool vocabulary_incomplete;
    bool responses_incomplete;         /* of components */
    bool overall_responses_incomplete; /* of the overall response */
    /* As many values of a lesion, and measures, may be named where a condition stands. */
    size_t values_known;
    size_t measures_known;
    size_t node_count;
    size_t component_number; /* of the component whose rules are read, from 1; 0: of none */
};

/* Memory of the criteria, zeroed; NULL is remembered in yaml.no_memory. */
void *recist_compiler_take(struct recist_compiler *compiler, size_t count, size_t size);
/* Reports at a place of the criteria file. */
void recist_compiler_report(struct recist_compiler *compiler,
                            const struct recist_finding_kind *kind, struct recist_place place,
                            const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The text of an optional scalar, "" without one. */
const char *recist_compiler_text(struct recist_compiler *compiler,
                                 struct recist_yaml_node *mapping, const char *key);
/* The quantity (number and unit, or the name of a convention that is one) of a scalar; its type is
 * RECIST_TYPE_NONE after a finding. */
enum recist_type recist_compiler_quantity(struct recist_compiler *compiler,
                                          const struct recist_yaml_node *text, recist_wide *value);

/* The number of the word, made known if it is new; 0 after a finding when there are too many. */
unsigned recist_compiler_word(struct recist_compiler *compiler,
                              const struct recist_yaml_node *word);

/* Reports when a name that is about to be declared means something already. */
void recist_compiler_check_name(struct recist_compiler *compiler,
                                const struct recist_yaml_node *name);

/* Whether measurement files take the two for the same: without regard to case, and a space, a
 * hyphen and an underscore are one. */
bool recist_compiler_same_word(const char *one, const char *other);

/* The parts of a criteria file, in the order in which compile.c needs them. Each reports all
 * findings of its part. Names and words are declared first, conditions compiled after, as
 * conditions refer to names further down. */
void recist_compile_conventions(struct recist_compiler *compiler, struct recist_yaml_node *root,
                                const struct recist_setting *settings, size_t setting_count);
/* Refuses keys of the file that are names of conventions, and stand beside them. */
void recist_refuse_stray_conventions(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_vocabulary(struct recist_compiler *compiler, struct recist_yaml_node *root);
/* Units first, as conventions may be quantities in them; columns after roles. */
void recist_declare_units(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_columns(struct recist_compiler *compiler, struct recist_yaml_node *root);
/* The unit that a scalar names; RECIST_TYPE_NONE after a finding. */
enum recist_type recist_compile_unit(struct recist_compiler *compiler,
                                     const struct recist_yaml_node *unit);
void recist_declare_states(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_states(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_visits(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_organs(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_declare_measures(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_declare_definitions(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_declare_components(struct recist_compiler *compiler, struct recist_yaml_node *root);
/* The whole decision table, and the words of history and amendments. */
void recist_declare_overall(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_measures(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_components(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_overall(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_declare_best_response(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_best_response(struct recist_compiler *compiler, struct recist_yaml_node *root);
void recist_compile_checks(struct recist_compiler *compiler, struct recist_yaml_node *root);
/* The table alone: components and their words are declared. */
void recist_compile_table(struct recist_compiler *compiler, struct recist_yaml_node *table);

/* The rules of history or amendments: names and words; then conditions. */
struct recist_rule *recist_declare_changes(struct recist_compiler *compiler,
                                           struct recist_yaml_node *node, size_t *count);
void recist_compile_changes(struct recist_compiler *compiler, struct recist_yaml_node *node,
                            struct recist_expression_context context, struct recist_rule *rules);

/* One rule: response, when, needs, cite, say. `final` rules need no condition. */
void recist_compile_rule(struct recist_compiler *compiler, struct recist_yaml_node *text,
                         struct recist_expression_context context, struct recist_rule *rule);

/* Whether the language itself uses this name. */
bool recist_name_is_reserved(struct recist_slice name);

#endif
