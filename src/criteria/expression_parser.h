/* SPDX-License-Identifier: MIT
 * The parser of conditions: grammar in expression_parser.c, what names and functions mean in
 * expression_names.c and expression_functions.c, nodes in expression_nodes.c. */
#ifndef RECIST_CRITERIA_EXPRESSION_PARSER_H
#define RECIST_CRITERIA_EXPRESSION_PARSER_H

#include "criteria/compiler.h"
#include "criteria/expression_lexer.h"

/* Something that has been parsed. Type RECIST_TYPE_NONE: it could not be, and a finding says so. */
struct recist_operand {
    enum recist_type type;
    enum recist_type unit; /* of a change: the type of what changes */
    unsigned index;        /* of a word: component, or RECIST_OVERALL_INDEX; of a choice: convention */
    const struct recist_node *node;
};

struct recist_parser {
    struct recist_compiler *compiler;
    const struct recist_yaml_node *text;
    struct recist_slice condition; /* the part of the text that is parsed */
    size_t base;                   /* offset of that part within the text */
    struct recist_token token;     /* the one to look at */
    size_t next;
    struct recist_expression_context context;
    unsigned depth;
    bool failed;
};

void recist_parser_start(struct recist_parser *parser, struct recist_compiler *compiler,
                         const struct recist_yaml_node *text, struct recist_slice part,
                         size_t base, struct recist_expression_context context);
void recist_parser_advance(struct recist_parser *parser);
bool recist_parser_accept(struct recist_parser *parser, enum recist_token_kind kind);
/* Reports unless the token is of this kind. */
bool recist_parser_expect(struct recist_parser *parser, enum recist_token_kind kind,
                          const char *what);
/* Only the first error of a condition is reported: those after it are mostly its echoes. */
void recist_parser_report(struct recist_parser *parser, const struct recist_finding_kind *kind,
                          size_t offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A whole condition (or, and, not, comparison), of type truth or value. */
struct recist_operand recist_parse_expression(struct recist_parser *parser);
/* The same, and it must be a truth; NULL otherwise. */
const struct recist_node *recist_parse_truth(struct recist_parser *parser);
/* `WORD` or `[WORD, WORD]`, as a set of what `of` can be. */
uint64_t recist_parse_word_set(struct recist_parser *parser, const struct recist_operand *of);

/* What a name means here; the name is the current token and is consumed. */
struct recist_operand recist_parse_name(struct recist_parser *parser);
/* A call; the name is consumed, the current token is the open parenthesis. */
struct recist_operand recist_parse_call(struct recist_parser *parser, struct recist_token name);

/* Nodes: constants are folded, so what a convention switches off costs nothing. */
const struct recist_node *recist_node_make(struct recist_parser *parser, struct recist_node node);
const struct recist_node *recist_node_truth(struct recist_parser *parser, bool truth);
const struct recist_node *recist_node_and(struct recist_parser *parser,
                                          const struct recist_node *left,
                                          const struct recist_node *right);
const struct recist_node *recist_node_or(struct recist_parser *parser,
                                         const struct recist_node *left,
                                         const struct recist_node *right);
const struct recist_node *recist_node_not(struct recist_parser *parser,
                                          const struct recist_node *operand);
/* Splits "role = X and ..." off a selector, so that only lesions of that role are visited. */
const struct recist_node *recist_node_select(struct recist_parser *parser,
                                             const struct recist_node *selector, uint16_t *role);

/* Brings two quantities to the same scale, where one of them is a mean. */
void recist_nodes_align(struct recist_parser *parser, const struct recist_node **left,
                        const struct recist_node **right);
/* The node as an operand of its type; none where parsing has failed. */
struct recist_operand recist_node_operand(struct recist_parser *parser, enum recist_type type,
                                          struct recist_node node);

/* Functions about other visits (expression_visits.c). */
struct recist_operand recist_read_ever(struct recist_parser *parser, unsigned variant);
struct recist_operand recist_read_later(struct recist_parser *parser, unsigned variant);
struct recist_operand recist_read_status_run(struct recist_parser *parser, unsigned operation);
/* Reports it where no lesion is looked at. */
bool recist_parser_is_about_lesion(struct recist_parser *parser);
struct recist_operand recist_read_at(struct recist_parser *parser, unsigned variant);
/* Reports where a condition may not ask for states. */
bool recist_states_allowed(struct recist_parser *parser, struct recist_token name);

/* The operand is a status of what is recorded of the patient. */
bool recist_operand_is_observed(const struct recist_operand *operand);
bool recist_token_is(const struct recist_token *token, const char *text);
struct recist_operand recist_operand_none(void);
struct recist_operand recist_operand_of(enum recist_type type, const struct recist_node *node);

#endif
