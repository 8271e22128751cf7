/* SPDX-License-Identifier: MIT
 * Conditions that look at other visits: ever(), later(), at(), becomes(), unbroken_since(). */
#include <string.h>

#include "criteria/expression_parser.h"

/* Each one inside another looks at every visit once more for every visit. */
#define DEEPEST_LOOK 4

/* The condition of ever() or later() is about other visits than `outer`. Their sums are complete
 * ones: the least that one can be proves nothing when another is compared with it. */
static void look_from(struct recist_parser *parser, const struct recist_expression_context *outer)
{
    if (++parser->context.looks > DEEPEST_LOOK) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             "more than %d of ever() and later() stand one inside another",
                             DEEPEST_LOOK);
    }
    parser->context.origin = outer;
    parser->context.what_was_evaluated = false;
}

/* ever(CONDITION): it held at an earlier visit, where every response is decided. */
struct recist_operand recist_read_ever(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    struct recist_expression_context outer = parser->context;
    parser->context.components_known = SIZE_MAX;
    parser->context.overall_known = true;
    look_from(parser, &outer);
    const struct recist_node *condition = recist_parse_truth(parser);
    parser->context = outer;
    return recist_node_operand(parser, RECIST_TYPE_TRUTH,
                               (struct recist_node){.operation = RECIST_OP_EVER, .left = condition});
}

/* later(CONDITION, UNTIL): it holds at a later visit, before UNTIL does. Amendments know the
 * responses of later visits; everywhere else it can look at data only. */
struct recist_operand recist_read_later(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    struct recist_expression_context outer = parser->context;
    parser->context.data_only = outer.data_only || !outer.later_known;
    look_from(parser, &outer);
    const struct recist_node *condition = recist_parse_truth(parser);
    const struct recist_node *until = NULL;
    if (recist_parser_accept(parser, RECIST_TOKEN_COMMA)) {
        until = recist_parse_truth(parser);
    }
    parser->context = outer;
    return recist_node_operand(
        parser, RECIST_TYPE_TRUTH,
        (struct recist_node){.operation = RECIST_OP_LATER, .left = condition, .right = until});
}

bool recist_parser_is_about_lesion(struct recist_parser *parser)
{
    if (parser->context.scope != RECIST_SCOPE_LESION) {
        recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), parser->token.offset,
                             "this asks about a lesion, and stands outside any(), all() and "
                             "count()");
        return false;
    }
    return true;
}

/* becomes(STATUS, WHILE) and unbroken_since(STATUS, WHILE): how the status of a lesion runs on, at
 * visits at which WHILE holds, of which the data alone are known. */
struct recist_operand recist_read_status_run(struct recist_parser *parser, unsigned operation)
{
    if (!recist_parser_is_about_lesion(parser)) {
        return recist_operand_none();
    }
    struct recist_operand status = {.type = RECIST_TYPE_STATUS};
    uint64_t mask = recist_parse_word_set(parser, &status);
    const struct recist_node *meanwhile = NULL;
    if (!parser->failed && recist_parser_accept(parser, RECIST_TOKEN_COMMA)) {
        struct recist_expression_context outer = parser->context;
        parser->context.data_only = true;
        look_from(parser, &outer);
        meanwhile = recist_parse_truth(parser);
        parser->context = outer;
    }
    return recist_node_operand(
        parser, operation == RECIST_OP_BECOMES ? RECIST_TYPE_TRUTH : RECIST_TYPE_DATE,
        (struct recist_node){.operation = (uint8_t)operation, .mask = mask, .left = meanwhile});
}

/* The visit that is meant: `now`, `baseline`, or that at which a state was entered. */
static bool read_visit(struct recist_parser *parser, uint16_t *index)
{
    const struct recist_criteria *criteria = parser->compiler->criteria;
    struct recist_token name = parser->token;
    if (!recist_parser_expect(parser, RECIST_TOKEN_NAME, "now, baseline or the name of a state")) {
        return false;
    }
    if (recist_token_is(&name, "baseline")) {
        *index = RECIST_AT_BASELINE;
        if (parser->context.scope == RECIST_SCOPE_COURSE ||
            parser->context.scope == RECIST_SCOPE_POINT) {
            recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), name.offset,
                                 "what was recorded at baseline cannot be asked of a course");
        }
        return !parser->failed;
    }
    if (name.text.length == 3 && memcmp(name.text.text, "now", 3) == 0) {
        *index = RECIST_AT_NOW;
        if (!parser->context.origin) {
            recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), name.offset,
                                 "now is the visit from which ever() or later() looks, and has no "
                                 "meaning outside them");
        }
        return !parser->failed;
    }
    for (size_t i = 0; i < criteria->state_count; i++) {
        if (recist_token_is(&name, criteria->states[i].name)) {
            criteria->states[i].used = true;
            *index = (uint16_t)i;
            return recist_states_allowed(parser, name);
        }
    }
    recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), name.offset,
                         "there is no state \"%.*s\"", (int)name.text.length, name.text.text);
    return false;
}

/* at(STATE, X): what X was at the visit that entered the state, where every response is decided;
 * at(baseline, X): what X, which is data, was there; at(now, X): what it is at the visit from which
 * ever() or later() looks. */
struct recist_operand recist_read_at(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    uint16_t index = 0;
    if (!read_visit(parser, &index)) {
        return recist_operand_none();
    }
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and what is asked of that visit");
    struct recist_expression_context outer = parser->context;
    if (index == RECIST_AT_NOW) {
        const struct recist_expression_context *origin = outer.origin;
        enum recist_scope scope = outer.scope;
        parser->context = *origin;
        parser->context.scope = scope;
        parser->context.looks = outer.looks;
        parser->context.origin = NULL; /* there is one now, also for what is asked of it */
    } else if (index == RECIST_AT_BASELINE) {
        parser->context.data_only = true; /* the baseline has no responses */
        parser->context.what_was_evaluated = false; /* references rest on complete sums only */
    } else {
        parser->context.components_known = SIZE_MAX;
        parser->context.overall_known = true;
        parser->context.what_was_evaluated = false; /* references rest on complete sums only */
    }
    struct recist_operand of =
        parser->failed ? recist_operand_none() : recist_parse_expression(parser);
    parser->context = outer;
    if (parser->failed) {
        return recist_operand_none();
    }
    if (!recist_type_is_measured(of.type) && of.type != RECIST_TYPE_TRUTH &&
        of.type != RECIST_TYPE_WORD && of.type != RECIST_TYPE_DATE &&
        of.type != RECIST_TYPE_DAYS) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), parser->token.offset,
                             "%s cannot be asked of another visit",
                             recist_type_name(parser->compiler->criteria, of.type));
        return recist_operand_none();
    }
    struct recist_operand at =
        recist_node_operand(parser, of.type,
                            (struct recist_node){
                                .operation = RECIST_OP_AT, .index = index, .left = of.node});
    at.index = of.index;
    return at;
}
