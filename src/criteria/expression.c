/* SPDX-License-Identifier: MIT */
#include "criteria/expression_parser.h"

static void start(struct recist_parser *parser, struct recist_compiler *compiler,
                  const struct recist_yaml_node *text, struct recist_expression_context context)
{
    struct recist_slice all = {text->text, text->length};
    recist_parser_start(parser, compiler, text, all, 0, context);
}

const struct recist_node *recist_condition_compile(struct recist_compiler *compiler,
                                                   const struct recist_yaml_node *text,
                                                   struct recist_expression_context context)
{
    struct recist_parser parser;
    start(&parser, compiler, text, context);
    const struct recist_node *condition = recist_parse_truth(&parser);
    if (!parser.failed) {
        recist_parser_expect(&parser, RECIST_TOKEN_END, "`and`, `or` or the end of the condition");
    }
    return parser.failed ? NULL : condition;
}

const struct recist_node *recist_condition_select(struct recist_compiler *compiler,
                                                  const struct recist_yaml_node *text,
                                                  const struct recist_node *selector,
                                                  uint16_t *role)
{
    struct recist_parser parser;
    start(&parser, compiler, text, (struct recist_expression_context){0});
    return recist_node_select(&parser, selector, role);
}

const struct recist_node *recist_value_compile(struct recist_compiler *compiler,
                                               const struct recist_yaml_node *text,
                                               struct recist_expression_context context,
                                               enum recist_type type)
{
    struct recist_parser parser;
    start(&parser, compiler, text, context);
    struct recist_operand value = recist_parse_expression(&parser);
    if (!parser.failed) {
        recist_parser_expect(&parser, RECIST_TOKEN_END, "the end of the value");
    }
    if (!parser.failed && type != RECIST_TYPE_NONE && value.type != type) {
        recist_parser_report(&parser, RECIST_KIND(RULES_WRONG_UNIT), 0,
                             "%s stands where %s is expected", recist_type_name(parser.compiler->criteria, value.type),
                             recist_type_name(parser.compiler->criteria, type));
    }
    return parser.failed ? NULL : value.node;
}
