/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/nearest_name.h"
#include "criteria/expression_parser.h"

typedef struct recist_operand (*call_reader)(struct recist_parser *parser, unsigned variant);

/* any(SELECTOR, CONDITION), all(...), count(SELECTOR), lesions(...), first_scan(), ... */
static struct recist_operand read_quantifier(struct recist_parser *parser, unsigned operation)
{
    static const enum recist_type types[] = {
        [RECIST_OP_ANY] = RECIST_TYPE_TRUTH,       [RECIST_OP_ALL] = RECIST_TYPE_TRUTH,
        [RECIST_OP_COUNT] = RECIST_TYPE_NUMBER,    [RECIST_OP_LESIONS] = RECIST_TYPE_LESIONS,
        [RECIST_OP_FIRST_SCAN] = RECIST_TYPE_DATE, [RECIST_OP_LAST_SCAN] = RECIST_TYPE_DATE,
    };
    struct recist_node node = {.operation = (uint8_t)operation};
    enum recist_scope outer = parser->context.scope;
    parser->context.scope = RECIST_SCOPE_LESION;
    const struct recist_node *selector = NULL;
    if (parser->token.kind != RECIST_TOKEN_CLOSE) {
        selector = recist_parse_truth(parser);
    }
    if (operation == RECIST_OP_ANY || operation == RECIST_OP_ALL) {
        recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and a condition");
        node.right = parser->failed ? NULL : recist_parse_truth(parser);
    } else if (recist_parser_accept(parser, RECIST_TOKEN_COMMA)) {
        node.right = recist_parse_truth(parser);
    }
    parser->context.scope = outer;
    if (parser->failed) {
        return recist_operand_none();
    }
    node.left = recist_node_select(parser, selector, &node.role);
    if (node.left && recist_condition_is_always(node.left)) {
        node.left = NULL;
    }
    return recist_node_operand(parser, types[operation], node);
}

static bool is_quantity(enum recist_type type)
{
    return recist_type_is_measured(type) || type == RECIST_TYPE_DAYS || type == RECIST_TYPE_DATE;
}

/* smallest(SELECTOR, VALUE), largest(SELECTOR, VALUE): of a value that each lesion has. */
static struct recist_operand read_among(struct recist_parser *parser, unsigned operation)
{
    struct recist_node node = {.operation = (uint8_t)operation};
    enum recist_scope outer = parser->context.scope;
    parser->context.scope = RECIST_SCOPE_LESION;
    const struct recist_node *selector = recist_parse_truth(parser);
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and a value");
    size_t offset = parser->token.offset;
    struct recist_operand value =
        parser->failed ? recist_operand_none() : recist_parse_expression(parser);
    parser->context.scope = outer;
    if (!parser->failed && !recist_type_is_measured(value.type) &&
        value.type != RECIST_TYPE_DATE) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "%s stands where a value of a lesion is expected",
                             recist_type_name(parser->compiler->criteria, value.type));
    }
    if (parser->failed) {
        return recist_operand_none();
    }
    node.left = recist_node_select(parser, selector, &node.role);
    node.right = value.node;
    return recist_node_operand(parser, value.type, node);
}

/* A measure or a lesion value as the argument of baseline(), nadir(), last(). */
static struct recist_operand read_followed(struct recist_parser *parser)
{
    size_t offset = parser->token.offset;
    struct recist_expression_context outer = parser->context;
    parser->context.what_was_evaluated = false; /* references rest on complete sums only */
    parser->context.components_known = SIZE_MAX; /* so that what is said of one is that it is none */
    parser->context.overall_known = true;
    struct recist_operand of = recist_parse_expression(parser);
    parser->context = outer;
    if (!parser->failed &&
        (!of.node || (of.node->operation != RECIST_OP_MEASURE &&
                      of.node->operation != RECIST_OP_LESION_VALUE &&
                      of.node->operation != RECIST_OP_NUMBER &&
                      of.node->operation != RECIST_OP_OBSERVED_VALUE))) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), offset,
                             "a measure, a value of a lesion or what is recorded of the patient "
                             "is expected here");
    }
    return of;
}

/* Only measures know at which visit they were smallest. */
static struct recist_operand read_followed_measure(struct recist_parser *parser)
{
    size_t offset = parser->token.offset;
    struct recist_operand of = read_followed(parser);
    if (!parser->failed && of.node->operation != RECIST_OP_MEASURE) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), offset,
                             "a measure is expected here, not a value of a lesion");
    }
    return of;
}

enum reference { REFERENCE_BASELINE, REFERENCE_NADIR, REFERENCE_LAST };

static struct recist_operand reference_to(struct recist_parser *parser,
                                          const struct recist_operand *of, unsigned reference)
{
    static const enum recist_operation operations[][2] = {
        [REFERENCE_BASELINE] = {RECIST_OP_MEASURE_BASELINE, RECIST_OP_LESION_BASELINE},
        [REFERENCE_NADIR] = {RECIST_OP_MEASURE_NADIR, RECIST_OP_LESION_NADIR},
        [REFERENCE_LAST] = {RECIST_OP_MEASURE_PREVIOUS, RECIST_OP_LESION_LAST},
    };
    if (parser->failed) {
        return recist_operand_none();
    }
    static const enum recist_operation plain[] = {
        [REFERENCE_BASELINE] = RECIST_OP_AT_BASELINE,
        [REFERENCE_NADIR] = RECIST_OP_SMALLEST_BEFORE,
        [REFERENCE_LAST] = RECIST_OP_LAST_BEFORE,
    };
    bool lesion = of->node->operation == RECIST_OP_LESION_VALUE;
    if (!lesion && of->node->operation != RECIST_OP_MEASURE) {
        return recist_node_operand(parser, of->type,
                                   (struct recist_node){.operation = (uint8_t)plain[reference],
                                                        .left = of->node});
    }
    return recist_node_operand(parser, of->type,
                (struct recist_node){.operation = (uint8_t)operations[reference][lesion],
                                     .mean = of->node->mean,
                                     .index = of->node->index});
}

static struct recist_operand read_reference(struct recist_parser *parser, unsigned reference)
{
    struct recist_operand of = read_followed(parser);
    return reference_to(parser, &of, reference);
}

/* The name of a component, or `overall`; its word need not be decided yet. */
static struct recist_operand read_component(struct recist_parser *parser)
{
    struct recist_expression_context outer = parser->context;
    parser->context.components_known = SIZE_MAX;
    parser->context.overall_known = true;
    size_t offset = parser->token.offset;
    struct recist_operand component = recist_parse_expression(parser);
    parser->context = outer;
    if (!parser->failed && component.type != RECIST_TYPE_WORD) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), offset,
                             "the name of a component is expected here, not %s",
                             recist_type_name(parser->compiler->criteria, component.type));
    }
    return component;
}

static bool names_component(const struct recist_parser *parser)
{
    const struct recist_criteria *criteria = parser->compiler->criteria;
    struct recist_slice text = parser->token.text;
    bool found = text.length == 7 && memcmp(text.text, "overall", 7) == 0;
    for (size_t i = 0; i < criteria->component_count && !found; i++) {
        found = strlen(criteria->components[i].name) == text.length &&
                memcmp(criteria->components[i].name, text.text, text.length) == 0;
    }
    return found;
}

/* last(MEASURE), last(LESION VALUE), or last(COMPONENT, [WORDS]): the last of these words. */
static struct recist_operand read_last(struct recist_parser *parser, unsigned variant)
{
    if (!names_component(parser)) {
        return read_reference(parser, variant);
    }
    struct recist_operand component = read_component(parser);
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and the words that count");
    uint64_t mask = parser->failed ? 0 : recist_parse_word_set(parser, &component);
    struct recist_operand last =
        recist_node_operand(parser, RECIST_TYPE_WORD,
             (struct recist_node){.operation = RECIST_OP_LAST_WORD,
                                  .index = (uint16_t)component.index,
                                  .mask = mask});
    last.index = component.index;
    return last;
}

/* at_nadir(MEASURE, COMPONENT): the response at the visit of the smallest value. */
static struct recist_operand read_at_nadir(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    struct recist_operand measure = read_followed_measure(parser);
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and a component");
    if (parser->failed) {
        return recist_operand_none();
    }
    struct recist_operand component = read_component(parser);
    struct recist_operand word =
        recist_node_operand(parser, RECIST_TYPE_WORD,
             (struct recist_node){.operation = RECIST_OP_WORD_AT_NADIR,
                                  .index = (uint16_t)component.index,
                                  .measure = measure.node->index});
    word.index = component.index;
    return word;
}

static struct recist_operand read_nadir_date(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    struct recist_operand measure = read_followed_measure(parser);
    if (parser->failed) {
        return recist_operand_none();
    }
    return recist_node_operand(parser, RECIST_TYPE_DATE,
                (struct recist_node){.operation = RECIST_OP_NADIR_DATE,
                                     .index = measure.node->index});
}

/* increase(VALUE, REFERENCE), decrease(...), change(...). */
static struct recist_operand read_change(struct recist_parser *parser, unsigned direction)
{
    size_t offset = parser->token.offset;
    struct recist_operand value = recist_parse_expression(parser);
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and what it is compared with");
    struct recist_operand reference =
        parser->failed ? recist_operand_none() : recist_parse_expression(parser);
    if (parser->failed) {
        return recist_operand_none();
    }
    if (value.type != reference.type || !recist_type_is_measured(value.type)) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "a change from %s to %s cannot be worked out",
                             recist_type_name(parser->compiler->criteria, reference.type), recist_type_name(parser->compiler->criteria, value.type));
        return recist_operand_none();
    }
    recist_nodes_align(parser, &value.node, &reference.node);
    struct recist_operand change =
        recist_node_operand(parser, RECIST_TYPE_CHANGE,
             (struct recist_node){.operation = RECIST_OP_CHANGE,
                                  .direction = (uint8_t)direction,
                                  .left = value.node,
                                  .right = reference.node});
    change.unit = value.type;
    return change;
}

/* min(A, B, ...) and max(...): of what is known among them. */
static struct recist_operand read_extreme(struct recist_parser *parser, unsigned operation)
{
    struct recist_operand left = recist_parse_expression(parser);
    do {
        recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and a second value");
        size_t offset = parser->token.offset;
        struct recist_operand right =
            parser->failed ? recist_operand_none() : recist_parse_expression(parser);
        if (!parser->failed && (left.type != right.type || !is_quantity(left.type))) {
            recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                                 "%s stands beside %s", recist_type_name(parser->compiler->criteria, left.type),
                                 recist_type_name(parser->compiler->criteria, right.type));
        }
        if (parser->failed) {
            return recist_operand_none();
        }
        recist_nodes_align(parser, &left.node, &right.node);
        left = recist_node_operand(parser, left.type,
                    (struct recist_node){.operation = (uint8_t)operation,
                                         .left = left.node,
                                         .right = right.node});
    } while (parser->token.kind == RECIST_TOKEN_COMMA);
    return left;
}

static struct recist_operand read_if(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    const struct recist_node *condition = recist_parse_truth(parser);
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and a value");
    size_t offset = parser->token.offset;
    struct recist_operand value =
        parser->failed ? recist_operand_none() : recist_parse_expression(parser);
    if (!parser->failed && !is_quantity(value.type)) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "%s stands where a quantity or a date is expected",
                             recist_type_name(parser->compiler->criteria, value.type));
    }
    if (parser->failed) {
        return recist_operand_none();
    }
    return recist_node_operand(parser, value.type,
                (struct recist_node){
                    .operation = RECIST_OP_IF, .left = condition, .right = value.node});
}

static struct recist_operand read_known(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    size_t offset = parser->token.offset;
    struct recist_operand value = recist_parse_expression(parser);
    bool observed = recist_operand_is_observed(&value);
    /* Of data a condition may be unknown; a convention and what is said of a course never are. */
    if (value.type == RECIST_TYPE_TRUTH && value.node &&
        value.node->operation != RECIST_OP_TRUTH &&
        (parser->context.scope == RECIST_SCOPE_VISIT ||
         parser->context.scope == RECIST_SCOPE_LESION)) {
        return recist_node_operand(parser, RECIST_TYPE_TRUTH,
                    (struct recist_node){.operation = RECIST_OP_TOLD, .left = value.node});
    }
    if (!parser->failed && !observed &&
        (value.type == RECIST_TYPE_TRUTH || value.type == RECIST_TYPE_TEXT ||
         value.type == RECIST_TYPE_ROLE || value.type == RECIST_TYPE_STATUS)) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "known() asks whether there is a value, and %s is none",
                             recist_type_name(parser->compiler->criteria, value.type));
    }
    return recist_node_operand(parser, RECIST_TYPE_TRUTH,
                (struct recist_node){.operation = RECIST_OP_KNOWN, .left = value.node});
}

/* merged_into(CONDITION): what the lesion has grown into. */
static struct recist_operand read_merged_into(struct recist_parser *parser, unsigned operation)
{
    if (!recist_parser_is_about_lesion(parser)) {
        return recist_operand_none();
    }
    const struct recist_node *condition = recist_parse_truth(parser);
    return recist_node_operand(
        parser, RECIST_TYPE_TRUTH,
        (struct recist_node){.operation = (uint8_t)operation, .left = condition});
}

/* A condition about one visit of the course, the responses of which are all decided. */
static const struct recist_node *read_point_condition(struct recist_parser *parser)
{
    struct recist_expression_context outer = parser->context;
    parser->context.scope = RECIST_SCOPE_POINT;
    parser->context.overall_known = true;
    parser->context.later_known = true;
    const struct recist_node *condition = parser->failed ? NULL : recist_parse_truth(parser);
    parser->context = outer;
    return condition;
}

/* some(CONDITION), days_to(CONDITION), first_date(CONDITION), visits(CONDITION). */
static struct recist_operand read_over_points(struct recist_parser *parser, unsigned operation)
{
    enum recist_type type = operation == RECIST_OP_SOME         ? RECIST_TYPE_TRUTH
                            : operation == RECIST_OP_DAYS_TO    ? RECIST_TYPE_DAYS
                            : operation == RECIST_OP_FIRST_DATE ? RECIST_TYPE_DATE
                            : operation == RECIST_OP_LAST_DATE  ? RECIST_TYPE_DATE
                                                                : RECIST_TYPE_NUMBER;
    const struct recist_node *condition = NULL;
    if (operation != RECIST_OP_VISITS || parser->token.kind != RECIST_TOKEN_CLOSE) {
        condition = read_point_condition(parser);
    }
    return recist_node_operand(parser, type,
                (struct recist_node){.operation = (uint8_t)operation, .left = condition});
}

static struct recist_operand read_had(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    struct recist_operand role = {.type = RECIST_TYPE_ROLE};
    uint64_t mask = recist_parse_word_set(parser, &role);
    return recist_node_operand(parser, RECIST_TYPE_TRUTH,
                (struct recist_node){.operation = RECIST_OP_HAD, .mask = mask});
}

#define MOST_LIMITS 4

static const struct recist_node *read_amount(struct recist_parser *parser, enum recist_type type,
                                             const char *what)
{
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, what);
    size_t offset = parser->token.offset;
    struct recist_operand amount =
        parser->failed ? recist_operand_none() : recist_parse_expression(parser);
    if (!parser->failed && amount.type != type) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), offset,
                             "%s stands where %s is expected", recist_type_name(parser->compiler->criteria, amount.type),
                             recist_type_name(parser->compiler->criteria, type));
    }
    return parser->failed ? NULL : amount.node;
}

/* confirmation(FIRST, BY, DAYS, BETWEEN, CONDITION, MOST, ...): the date of the first visit that
 * fulfils FIRST and is followed, at least DAYS later, by one that fulfils BY, with nothing between
 * but BETWEEN, and of each CONDITION no more than MOST. */
static struct recist_operand read_confirmation(struct recist_parser *parser, unsigned variant)
{
    (void)variant;
    const struct recist_node *more[2 + 2 * MOST_LIMITS] = {NULL};
    size_t count = 2;
    const struct recist_node *first = read_point_condition(parser);
    recist_parser_expect(parser, RECIST_TOKEN_COMMA, "a comma and what confirms it");
    const struct recist_node *by = read_point_condition(parser);
    more[0] = read_amount(parser, RECIST_TYPE_DAYS, "a comma and a number of days");
    if (!parser->failed && recist_parser_accept(parser, RECIST_TOKEN_COMMA)) {
        more[1] = read_point_condition(parser);
    }
    while (!parser->failed && count < 2 + 2 * MOST_LIMITS &&
           recist_parser_accept(parser, RECIST_TOKEN_COMMA)) {
        more[count++] = read_point_condition(parser);
        more[count++] = read_amount(parser, RECIST_TYPE_NUMBER, "a comma and a number of visits");
    }
    const struct recist_node **kept =
        parser->failed ? NULL : recist_compiler_take(parser->compiler, count, sizeof *kept);
    if (!kept) {
        parser->failed = true;
        return recist_operand_none();
    }
    memcpy(kept, more, count * sizeof *kept);
    return recist_node_operand(parser, RECIST_TYPE_DATE,
                (struct recist_node){.operation = RECIST_OP_CONFIRMATION,
                                     .left = first,
                                     .right = by,
                                     .more = kept,
                                     .more_count = count});
}

#define OF_VISITS (1U << RECIST_SCOPE_VISIT | 1U << RECIST_SCOPE_LESION)
#define OF_COURSES (1U << RECIST_SCOPE_COURSE | 1U << RECIST_SCOPE_POINT)
#define ANYWHERE (OF_VISITS | OF_COURSES)

static const struct {
    const char *name;
    call_reader read;
    unsigned variant;
    unsigned scopes; /* bits of enum recist_scope */
} functions[] = {
    {"any", read_quantifier, RECIST_OP_ANY, OF_VISITS},
    {"all", read_quantifier, RECIST_OP_ALL, OF_VISITS},
    {"count", read_quantifier, RECIST_OP_COUNT, OF_VISITS},
    {"lesions", read_quantifier, RECIST_OP_LESIONS, OF_VISITS},
    {"first_scan", read_quantifier, RECIST_OP_FIRST_SCAN, OF_VISITS},
    {"last_scan", read_quantifier, RECIST_OP_LAST_SCAN, OF_VISITS},
    {"baseline", read_reference, REFERENCE_BASELINE, OF_VISITS},
    {"nadir", read_reference, REFERENCE_NADIR, OF_VISITS},
    {"last", read_last, REFERENCE_LAST, OF_VISITS},
    {"at_nadir", read_at_nadir, 0, OF_VISITS},
    {"nadir_date", read_nadir_date, 0, OF_VISITS},
    {"increase", read_change, RECIST_INCREASE, ANYWHERE},
    {"decrease", read_change, RECIST_DECREASE, ANYWHERE},
    {"change", read_change, RECIST_CHANGE, ANYWHERE},
    {"min", read_extreme, RECIST_OP_MINIMUM, ANYWHERE},
    {"max", read_extreme, RECIST_OP_MAXIMUM, ANYWHERE},
    {"if", read_if, 0, ANYWHERE},
    {"known", read_known, 0, ANYWHERE},
    {"ever", recist_read_ever, 0, ANYWHERE},
    {"later", recist_read_later, 0, ANYWHERE},
    {"at", recist_read_at, 0, ANYWHERE},
    {"otherwise", read_extreme, RECIST_OP_OTHERWISE, ANYWHERE},
    {"becomes", recist_read_status_run, RECIST_OP_BECOMES, OF_VISITS},
    {"unbroken_since", recist_read_status_run, RECIST_OP_UNBROKEN_SINCE, OF_VISITS},
    {"merged_into", read_merged_into, RECIST_OP_MERGED_INTO, OF_VISITS},
    {"smallest", read_among, RECIST_OP_SMALLEST, OF_VISITS},
    {"largest", read_among, RECIST_OP_LARGEST, OF_VISITS},
    {"some", read_over_points, RECIST_OP_SOME, OF_COURSES},
    {"days_to", read_over_points, RECIST_OP_DAYS_TO, OF_COURSES},
    {"first_date", read_over_points, RECIST_OP_FIRST_DATE, OF_COURSES},
    {"last_date", read_over_points, RECIST_OP_LAST_DATE, OF_COURSES},
    {"visits", read_over_points, RECIST_OP_VISITS, OF_COURSES},
    {"had", read_had, 0, OF_COURSES},
    {"confirmation", read_confirmation, 0, OF_COURSES},
};

#define FUNCTION_COUNT (sizeof functions / sizeof *functions)

struct recist_operand recist_parse_call(struct recist_parser *parser, struct recist_token name)
{
    const char *names[FUNCTION_COUNT];
    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        names[i] = functions[i].name;
        if (strlen(names[i]) == name.text.length &&
            memcmp(names[i], name.text.text, name.text.length) == 0) {
            if (!((functions[i].scopes >> parser->context.scope) & 1)) {
                recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), name.offset,
                                     "%s() has no meaning here", functions[i].name);
                return recist_operand_none();
            }
            recist_parser_advance(parser);
            struct recist_operand result = functions[i].read(parser, functions[i].variant);
            if (!parser->failed) {
                recist_parser_expect(parser, RECIST_TOKEN_CLOSE, "a closing parenthesis");
            }
            return parser->failed ? recist_operand_none() : result;
        }
    }
    const char *nearest = recist_nearest_name(name.text, names, FUNCTION_COUNT);
    recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), name.offset,
                         "there is no function \"%.*s\"%s%s%s", (int)name.text.length,
                         name.text.text, nearest ? "; did you mean \"" : "",
                         nearest ? nearest : "", nearest ? "\"?" : "");
    return recist_operand_none();
}
