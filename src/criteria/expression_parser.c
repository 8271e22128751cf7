/* SPDX-License-Identifier: MIT */
#include "criteria/expression_parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "criteria/pattern.h"

#define DEEPEST_EXPRESSION 32

void recist_parser_advance(struct recist_parser *parser)
{
    parser->token = recist_token_next(parser->condition, parser->next, &parser->next);
    if (parser->token.kind == RECIST_TOKEN_WRONG) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             parser->token.text.text[0] == '"'
                                 ? "a quoted word does not end: %.*s"
                                 : "\"%.*s\" has no place in a condition",
                             (int)parser->token.text.length, parser->token.text.text);
    }
}

void recist_parser_start(struct recist_parser *parser, struct recist_compiler *compiler,
                         const struct recist_yaml_node *text, struct recist_slice part,
                         size_t base, struct recist_expression_context context)
{
    *parser = (struct recist_parser){
        .compiler = compiler, .text = text, .condition = part, .base = base, .context = context};
    recist_parser_advance(parser);
}

void recist_parser_report(struct recist_parser *parser, const struct recist_finding_kind *kind,
                          size_t offset, const char *format, ...)
{
    if (parser->failed) {
        return;
    }
    parser->failed = true;
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    recist_compiler_report(parser->compiler, kind,
                           recist_yaml_place_within(parser->text, parser->base + offset), "%s",
                           message);
}

bool recist_parser_accept(struct recist_parser *parser, enum recist_token_kind kind)
{
    if (parser->token.kind != kind) {
        return false;
    }
    recist_parser_advance(parser);
    return true;
}

bool recist_parser_expect(struct recist_parser *parser, enum recist_token_kind kind,
                          const char *what)
{
    if (recist_parser_accept(parser, kind)) {
        return true;
    }
    if (parser->token.kind == RECIST_TOKEN_END) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             "the condition ends where %s is expected", what);
    } else {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             "\"%.*s\" stands where %s is expected",
                             (int)parser->token.text.length, parser->token.text.text, what);
    }
    return false;
}

bool recist_token_is(const struct recist_token *token, const char *text)
{
    return strlen(text) == token->text.length &&
           memcmp(token->text.text, text, token->text.length) == 0;
}

static bool at_word(const struct recist_parser *parser, const char *word)
{
    return parser->token.kind == RECIST_TOKEN_NAME && recist_token_is(&parser->token, word);
}

static bool accept_word(struct recist_parser *parser, const char *word)
{
    if (!at_word(parser, word)) {
        return false;
    }
    recist_parser_advance(parser);
    return true;
}

/* The unit behind a number, consumed if it is there. Days must be whole. */
static enum recist_type parse_unit(struct recist_parser *parser, recist_wide *value)
{
    size_t offset = parser->token.offset;
    if (recist_parser_accept(parser, RECIST_TOKEN_PERCENT)) {
        return RECIST_TYPE_PERCENT;
    }
    if (accept_word(parser, "mm")) {
        return RECIST_TYPE_LENGTH;
    }
    if (accept_word(parser, "mm2")) {
        *value *= RECIST_ONE; /* areas count in the square of a millionth of a millimetre */
        return RECIST_TYPE_AREA;
    }
    bool weeks = at_word(parser, "weeks") || at_word(parser, "week");
    if (weeks || at_word(parser, "days") || at_word(parser, "day")) {
        recist_parser_advance(parser);
        *value *= weeks ? 7 : 1;
        if (*value % RECIST_ONE != 0) {
            recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                                 "days are counted whole");
        }
        *value /= RECIST_ONE;
        return RECIST_TYPE_DAYS;
    }
    const struct recist_criteria *criteria = parser->compiler->criteria;
    for (size_t i = 0; i < criteria->unit_count; i++) {
        if (accept_word(parser, criteria->units[i])) {
            return (enum recist_type)(RECIST_TYPE_OWN_UNIT + i);
        }
    }
    if (parser->token.kind == RECIST_TOKEN_NAME && !at_word(parser, "and") &&
        !at_word(parser, "or") && !at_word(parser, "in")) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "\"%.*s\" is not a unit; units are mm, mm2, %%, days, weeks, and those "
                             "of the file's columns and roles",
                             (int)parser->token.text.length, parser->token.text.text);
    }
    return RECIST_TYPE_NUMBER;
}

static struct recist_operand parse_number(struct recist_parser *parser)
{
    int64_t scaled = 0;
    if (recist_decimal_parse(parser->token.text, &scaled) != RECIST_DECIMAL_OK) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             "\"%.*s\" is not a number with at most six decimals",
                             (int)parser->token.text.length, parser->token.text.text);
    }
    recist_parser_advance(parser);
    recist_wide value = scaled;
    enum recist_type type = parse_unit(parser, &value);
    return recist_operand_of(
        type, recist_node_make(parser, (struct recist_node){.operation = RECIST_OP_VALUE,
                                                            .type = (uint8_t)type,
                                                            .constant = value}));
}

static struct recist_operand parse_primary(struct recist_parser *parser)
{
    if (parser->token.kind == RECIST_TOKEN_NUMBER) {
        return parse_number(parser);
    }
    if (parser->token.kind == RECIST_TOKEN_NAME) {
        return recist_parse_name(parser);
    }
    if (recist_parser_accept(parser, RECIST_TOKEN_OPEN)) {
        struct recist_operand inner = recist_parse_expression(parser);
        recist_parser_expect(parser, RECIST_TOKEN_CLOSE, "a closing parenthesis");
        return inner;
    }
    recist_parser_expect(parser, RECIST_TOKEN_NAME, "a name, a number or a parenthesis");
    return recist_operand_none();
}

static bool is_amount(enum recist_type type)
{
    return recist_type_is_measured(type) || type == RECIST_TYPE_DAYS;
}

static struct recist_operand parse_product(struct recist_parser *parser)
{
    struct recist_operand left = parse_primary(parser);
    size_t offset = parser->token.offset;
    if (!recist_parser_accept(parser, RECIST_TOKEN_TIMES)) {
        return left;
    }
    struct recist_operand right = parse_primary(parser);
    if (parser->failed) {
        return recist_operand_none();
    }
    /* Whole factors only: anything else would have to be rounded. */
    if (left.type != RECIST_TYPE_NUMBER || left.node->operation != RECIST_OP_VALUE ||
        left.node->constant % RECIST_ONE != 0 || !is_amount(right.type)) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "only a whole number may stand before *, and a quantity behind it");
        return recist_operand_none();
    }
    return recist_operand_of(right.type,
                             recist_node_make(parser, (struct recist_node){
                                                          .operation = RECIST_OP_TIMES,
                                                          .type = (uint8_t)right.type,
                                                          .left = right.node,
                                                          .constant = left.node->constant / RECIST_ONE}));
}

static struct recist_operand parse_sum(struct recist_parser *parser)
{
    struct recist_operand left = parse_product(parser);
    while (parser->token.kind == RECIST_TOKEN_PLUS || parser->token.kind == RECIST_TOKEN_MINUS) {
        bool plus = parser->token.kind == RECIST_TOKEN_PLUS;
        size_t offset = parser->token.offset;
        recist_parser_advance(parser);
        struct recist_operand right = parse_product(parser);
        if (parser->failed) {
            return recist_operand_none();
        }
        bool days = !plus && left.type == RECIST_TYPE_DATE && right.type == RECIST_TYPE_DATE;
        if (left.type != right.type || (!is_amount(left.type) && !days)) {
            recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                                 "%s and %s cannot be added or subtracted",
                                 recist_type_name(parser->compiler->criteria, left.type), recist_type_name(parser->compiler->criteria, right.type));
            return recist_operand_none();
        }
        recist_nodes_align(parser, &left.node, &right.node);
        left = recist_node_operand(parser, days ? RECIST_TYPE_DAYS : left.type,
                                   (struct recist_node){
                                       .operation = plus ? RECIST_OP_ADD : RECIST_OP_SUBTRACT,
                                       .left = left.node,
                                       .right = right.node});
    }
    return left;
}

static bool is_wordlike(enum recist_type type)
{
    return type == RECIST_TYPE_WORD || type == RECIST_TYPE_ROLE || type == RECIST_TYPE_STATUS ||
           type == RECIST_TYPE_CHOICE;
}

/* left is one of the words in mask, as a condition. */
static const struct recist_node *word_test(struct recist_parser *parser,
                                           const struct recist_operand *left, uint64_t mask)
{
    struct recist_node node = {.type = RECIST_TYPE_TRUTH, .mask = mask, .left = left->node};
    if (left->type == RECIST_TYPE_CHOICE) {
        const struct recist_convention *convention =
            &parser->compiler->criteria->conventions[left->index];
        return recist_node_truth(parser, (mask >> convention->chosen) & 1);
    }
    if (recist_operand_is_observed(left)) {
        node.operation = RECIST_OP_OBSERVED;
        node.role = left->node->role;
        node.left = NULL;
        return recist_node_make(parser, node);
    }
    node.operation = left->type == RECIST_TYPE_ROLE     ? RECIST_OP_ROLE
                     : left->type == RECIST_TYPE_STATUS ? RECIST_OP_STATUS
                                                        : RECIST_OP_WORD_IN;
    return recist_node_make(parser, node);
}

static struct recist_operand parse_word_comparison(struct recist_parser *parser,
                                                   const struct recist_operand *left, bool list)
{
    bool negated = !list && parser->token.kind == RECIST_TOKEN_NOT_EQUAL;
    if (!list && !negated && parser->token.kind != RECIST_TOKEN_EQUAL) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), parser->token.offset,
                             "%s can only be compared with =, != or in",
                             recist_type_name(parser->compiler->criteria, left->type));
        return recist_operand_none();
    }
    recist_parser_advance(parser);
    if (!parser->failed && list != (parser->token.kind == RECIST_TOKEN_OPEN_LIST)) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             list ? "a list of words in brackets is expected behind `in`"
                                  : "a list of words stands behind `in`, not behind = or !=");
    }
    uint64_t mask = parser->failed ? 0 : recist_parse_word_set(parser, left);
    if (parser->failed) {
        return recist_operand_none();
    }
    const struct recist_node *test = word_test(parser, left, mask);
    return recist_operand_of(RECIST_TYPE_TRUTH, negated ? recist_node_not(parser, test) : test);
}

static enum recist_relation mirrored(enum recist_relation relation)
{
    static const enum recist_relation mirror[] = {
        [RECIST_LESS] = RECIST_GREATER,
        [RECIST_LESS_OR_EQUAL] = RECIST_GREATER_OR_EQUAL,
        [RECIST_EQUAL] = RECIST_EQUAL,
        [RECIST_NOT_EQUAL] = RECIST_NOT_EQUAL,
        [RECIST_GREATER_OR_EQUAL] = RECIST_LESS_OR_EQUAL,
        [RECIST_GREATER] = RECIST_LESS,
    };
    return mirror[relation];
}

/* increase(a, b) >= 20 %: the change stays apart from its limit, so that it can be compared by
 * cross-multiplication (DESIGN, exactness). */
static struct recist_operand percent_test(struct recist_parser *parser,
                                          const struct recist_operand *change,
                                          const struct recist_operand *limit,
                                          enum recist_relation relation, size_t offset)
{
    if (limit->node->operation != RECIST_OP_VALUE || relation == RECIST_EQUAL ||
        relation == RECIST_NOT_EQUAL || change->node->direction == RECIST_CHANGE) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), offset,
                             "increase() and decrease() can be compared with a fixed percentage, "
                             "by <, <=, >= or >");
        return recist_operand_none();
    }
    struct recist_node node = *change->node;
    node.operation = RECIST_OP_PERCENT;
    node.type = RECIST_TYPE_TRUTH;
    node.relation = (uint8_t)relation;
    node.constant = limit->node->constant;
    return recist_operand_of(RECIST_TYPE_TRUTH, recist_node_make(parser, node));
}

static struct recist_operand compare(struct recist_parser *parser, struct recist_operand left,
                                     struct recist_operand right, enum recist_relation relation,
                                     size_t offset)
{
    if (left.type == RECIST_TYPE_PERCENT && right.type == RECIST_TYPE_CHANGE) {
        return percent_test(parser, &right, &left, mirrored(relation), offset);
    }
    if (left.type == RECIST_TYPE_CHANGE && right.type == RECIST_TYPE_PERCENT) {
        return percent_test(parser, &left, &right, relation, offset);
    }
    enum recist_type left_type = left.type == RECIST_TYPE_CHANGE ? left.unit : left.type;
    enum recist_type right_type = right.type == RECIST_TYPE_CHANGE ? right.unit : right.type;
    bool comparable = left_type == right_type &&
                      (is_amount(left_type) || left_type == RECIST_TYPE_DATE ||
                       left_type == RECIST_TYPE_PERCENT);
    if (!comparable) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "%s is compared with %s", recist_type_name(parser->compiler->criteria, left.type),
                             recist_type_name(parser->compiler->criteria, right.type));
        return recist_operand_none();
    }
    recist_nodes_align(parser, &left.node, &right.node);
    return recist_operand_of(RECIST_TYPE_TRUTH,
                             recist_node_make(parser, (struct recist_node){
                                                          .operation = RECIST_OP_COMPARE,
                                                          .type = RECIST_TYPE_TRUTH,
                                                          .relation = (uint8_t)relation,
                                                          .left = left.node,
                                                          .right = right.node}));
}

static struct recist_operand parse_match(struct recist_parser *parser,
                                         const struct recist_operand *left)
{
    struct recist_token pattern = parser->token;
    if (left->type != RECIST_TYPE_TEXT) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), pattern.offset,
                             "%s cannot match a pattern; texts can",
                             recist_type_name(parser->compiler->criteria, left->type));
        return recist_operand_none();
    }
    if (!recist_parser_expect(parser, RECIST_TOKEN_STRING, "a pattern in double quotes")) {
        return recist_operand_none();
    }
    const struct recist_pattern *compiled = recist_pattern_compile_part(
        parser->compiler->criteria->organs, parser->text, parser->base + pattern.offset + 1,
        pattern.text, parser->compiler->yaml.findings);
    if (!compiled || !recist_organ_map_note_condition(parser->compiler->criteria->organs, compiled,
                                                      left->node->index)) {
        parser->compiler->yaml.errors++;
        parser->failed = true;
        return recist_operand_none();
    }
    struct recist_node node = *left->node;
    node.operation = RECIST_OP_MATCHES;
    node.type = RECIST_TYPE_TRUTH;
    node.pattern = compiled;
    return recist_operand_of(RECIST_TYPE_TRUTH, recist_node_make(parser, node));
}

static bool at_relation(const struct recist_parser *parser, enum recist_relation *relation)
{
    static const struct {
        enum recist_token_kind token;
        enum recist_relation relation;
    } relations[] = {
        {RECIST_TOKEN_LESS, RECIST_LESS},
        {RECIST_TOKEN_LESS_OR_EQUAL, RECIST_LESS_OR_EQUAL},
        {RECIST_TOKEN_EQUAL, RECIST_EQUAL},
        {RECIST_TOKEN_NOT_EQUAL, RECIST_NOT_EQUAL},
        {RECIST_TOKEN_GREATER_OR_EQUAL, RECIST_GREATER_OR_EQUAL},
        {RECIST_TOKEN_GREATER, RECIST_GREATER},
    };
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
        if (parser->token.kind == relations[i].token) {
            *relation = relations[i].relation;
            return true;
        }
    }
    return false;
}

static struct recist_operand parse_comparison(struct recist_parser *parser)
{
    struct recist_operand left = parse_sum(parser);
    if (parser->failed) {
        return recist_operand_none();
    }
    if (at_word(parser, "matches")) {
        recist_parser_advance(parser);
        return parse_match(parser, &left);
    }
    bool list = at_word(parser, "in");
    enum recist_relation relation = RECIST_EQUAL;
    if (!list && !at_relation(parser, &relation)) {
        return left;
    }
    if (is_wordlike(left.type)) {
        return parse_word_comparison(parser, &left, list);
    }
    size_t offset = parser->token.offset;
    if (left.type == RECIST_TYPE_TEXT) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "a text can only be compared with a pattern: matches \"...\"");
        return recist_operand_none();
    }
    if (list) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "%s cannot be one of a list of words", recist_type_name(parser->compiler->criteria, left.type));
        return recist_operand_none();
    }
    recist_parser_advance(parser);
    struct recist_operand right = parse_sum(parser);
    return parser->failed ? recist_operand_none() : compare(parser, left, right, relation, offset);
}

/* Reports when an operand of and, or, not is no condition. */
static const struct recist_node *as_truth(struct recist_parser *parser, struct recist_operand operand,
                                          size_t offset)
{
    if (!parser->failed && operand.type != RECIST_TYPE_TRUTH) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), offset,
                             "%s stands where a condition is expected",
                             recist_type_name(parser->compiler->criteria, operand.type));
    }
    return parser->failed ? NULL : operand.node;
}

static struct recist_operand parse_not(struct recist_parser *parser)
{
    if (!at_word(parser, "not")) {
        return parse_comparison(parser);
    }
    if (parser->depth >= DEEPEST_EXPRESSION) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             "the condition is nested too deeply");
        return recist_operand_none();
    }
    parser->depth++;
    recist_parser_advance(parser);
    size_t offset = parser->token.offset;
    const struct recist_node *truth = as_truth(parser, parse_not(parser), offset);
    parser->depth--;
    return recist_operand_of(RECIST_TYPE_TRUTH, recist_node_not(parser, truth));
}

static struct recist_operand parse_and(struct recist_parser *parser)
{
    size_t offset = parser->token.offset;
    struct recist_operand left = parse_not(parser);
    while (at_word(parser, "and") && !parser->failed) {
        recist_parser_advance(parser);
        const struct recist_node *first = as_truth(parser, left, offset);
        offset = parser->token.offset;
        const struct recist_node *second = as_truth(parser, parse_not(parser), offset);
        left = recist_operand_of(RECIST_TYPE_TRUTH, recist_node_and(parser, first, second));
    }
    return left;
}

struct recist_operand recist_parse_expression(struct recist_parser *parser)
{
    if (parser->depth >= DEEPEST_EXPRESSION) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), parser->token.offset,
                             "the condition is nested too deeply");
        return recist_operand_none();
    }
    parser->depth++;
    size_t offset = parser->token.offset;
    struct recist_operand left = parse_and(parser);
    while (at_word(parser, "or") && !parser->failed) {
        recist_parser_advance(parser);
        const struct recist_node *first = as_truth(parser, left, offset);
        offset = parser->token.offset;
        const struct recist_node *second = as_truth(parser, parse_and(parser), offset);
        left = recist_operand_of(RECIST_TYPE_TRUTH, recist_node_or(parser, first, second));
    }
    parser->depth--;
    return parser->failed ? recist_operand_none() : left;
}

const struct recist_node *recist_parse_truth(struct recist_parser *parser)
{
    size_t offset = parser->token.offset;
    return as_truth(parser, recist_parse_expression(parser), offset);
}
