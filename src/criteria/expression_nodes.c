/* SPDX-License-Identifier: MIT */
#include "criteria/expression_parser.h"

/* Definitions are written out wherever they are used, and could grow without end. */
#define MOST_NODES 100000

struct recist_operand recist_operand_none(void)
{
    return (struct recist_operand){.type = RECIST_TYPE_NONE};
}

bool recist_operand_is_observed(const struct recist_operand *operand)
{
    return operand->type == RECIST_TYPE_STATUS && operand->node &&
           operand->node->operation == RECIST_OP_OBSERVED;
}

struct recist_operand recist_operand_of(enum recist_type type, const struct recist_node *node)
{
    return (struct recist_operand){.type = node ? type : RECIST_TYPE_NONE, .node = node};
}

const struct recist_node *recist_node_make(struct recist_parser *parser, struct recist_node node)
{
    if (++parser->compiler->node_count > MOST_NODES) {
        if (parser->compiler->node_count == MOST_NODES + 1) {
            recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                                 "the conditions of the file are too long, once their definitions "
                                 "are written out");
        }
        parser->failed = true;
        return NULL;
    }
    struct recist_node *made = recist_compiler_take(parser->compiler, 1, sizeof *made);
    if (made) {
        *made = node;
        made->mean = node.type != RECIST_TYPE_TRUTH && node.type != RECIST_TYPE_WORD &&
                     (node.mean || (node.left && node.left->mean) ||
                      (node.right && node.right->mean));
    }
    return made;
}

struct recist_operand recist_node_operand(struct recist_parser *parser, enum recist_type type,
                                          struct recist_node node)
{
    if (parser->failed) {
        return recist_operand_none();
    }
    node.type = (uint8_t)type;
    return recist_operand_of(type, recist_node_make(parser, node));
}

static const struct recist_node *scaled(struct recist_parser *parser,
                                        const struct recist_node *node)
{
    return recist_node_make(parser, (struct recist_node){.operation = RECIST_OP_TIMES,
                                                         .type = node->type,
                                                         .mean = true,
                                                         .left = node,
                                                         .constant = RECIST_MEAN_SCALE});
}

void recist_nodes_align(struct recist_parser *parser, const struct recist_node **left,
                        const struct recist_node **right)
{
    if (*left && *right && (*left)->mean != (*right)->mean) {
        const struct recist_node **plain = (*left)->mean ? right : left;
        *plain = scaled(parser, *plain);
    }
}

const struct recist_node *recist_node_truth(struct recist_parser *parser, bool truth)
{
    return recist_node_make(parser, (struct recist_node){.operation = RECIST_OP_TRUTH,
                                                         .type = RECIST_TYPE_TRUTH,
                                                         .constant = truth});
}

bool recist_condition_is_always(const struct recist_node *node)
{
    return !node || (node->operation == RECIST_OP_TRUTH && node->constant == RECIST_TRUE);
}

bool recist_condition_is_never(const struct recist_node *node)
{
    return node && node->operation == RECIST_OP_TRUTH && node->constant == RECIST_FALSE;
}

static const struct recist_node *pair(struct recist_parser *parser, enum recist_operation operation,
                                      const struct recist_node *left,
                                      const struct recist_node *right)
{
    if (!left || !right) {
        return NULL;
    }
    return recist_node_make(parser, (struct recist_node){.operation = (uint8_t)operation,
                                                         .type = RECIST_TYPE_TRUTH,
                                                         .left = left,
                                                         .right = right});
}

const struct recist_node *recist_node_and(struct recist_parser *parser,
                                          const struct recist_node *left,
                                          const struct recist_node *right)
{
    if (!left || !right || recist_condition_is_never(left) || recist_condition_is_always(right)) {
        return right ? left : NULL;
    }
    if (recist_condition_is_always(left) || recist_condition_is_never(right)) {
        return right;
    }
    return pair(parser, RECIST_OP_AND, left, right);
}

const struct recist_node *recist_node_or(struct recist_parser *parser,
                                         const struct recist_node *left,
                                         const struct recist_node *right)
{
    if (!left || !right || recist_condition_is_always(left) || recist_condition_is_never(right)) {
        return right ? left : NULL;
    }
    if (recist_condition_is_never(left) || recist_condition_is_always(right)) {
        return right;
    }
    return pair(parser, RECIST_OP_OR, left, right);
}

const struct recist_node *recist_node_not(struct recist_parser *parser,
                                          const struct recist_node *operand)
{
    if (!operand) {
        return NULL;
    }
    if (operand->operation == RECIST_OP_TRUTH) {
        return recist_node_truth(parser, operand->constant == RECIST_FALSE);
    }
    if (operand->operation == RECIST_OP_NOT) {
        return operand->left;
    }
    return recist_node_make(parser, (struct recist_node){.operation = RECIST_OP_NOT,
                                                         .type = RECIST_TYPE_TRUTH,
                                                         .left = operand});
}

static bool selects_one_role(const struct recist_node *node)
{
    return node->operation == RECIST_OP_ROLE && node->mask != 0 &&
           (node->mask & (node->mask - 1)) == 0;
}

const struct recist_node *recist_node_select(struct recist_parser *parser,
                                             const struct recist_node *selector, uint16_t *role)
{
    *role = 0;
    if (!selector) {
        return NULL;
    }
    if (selects_one_role(selector)) {
        *role = (uint16_t)__builtin_ctzll(selector->mask);
        return recist_node_truth(parser, true);
    }
    if (selector->operation == RECIST_OP_AND) {
        const struct recist_node *rest = recist_node_select(parser, selector->left, role);
        return *role ? recist_node_and(parser, rest, selector->right) : selector;
    }
    return selector;
}
