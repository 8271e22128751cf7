/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/nearest_name.h"
#include "criteria/expression_parser.h"

/* The fixed names of the language; all others are declared in the criteria file. */
struct builtin {
    const char *name;
    unsigned scopes; /* bits of enum recist_scope */
    enum recist_type type;
    enum recist_operation operation;
    uint16_t index;
};

#define LESION (1U << RECIST_SCOPE_LESION)
#define VISIT (1U << RECIST_SCOPE_VISIT | LESION)
#define POINT (1U << RECIST_SCOPE_POINT)
#define COURSE (1U << RECIST_SCOPE_COURSE | POINT)

static const struct builtin builtins[] = {
    {"role", LESION, RECIST_TYPE_ROLE, RECIST_OP_ROLE, 0},
    {"status", LESION, RECIST_TYPE_STATUS, RECIST_OP_STATUS, 0},
    {"nodal", LESION, RECIST_TYPE_TRUTH, RECIST_OP_NODAL, 0},
    {"evaluated", LESION, RECIST_TYPE_TRUTH, RECIST_OP_EVALUATED, 0},
    {"recorded", LESION, RECIST_TYPE_TRUTH, RECIST_OP_RECORDED, 0},
    {"measured", LESION, RECIST_TYPE_TRUTH, RECIST_OP_MEASURED, 0},
    {"mass", LESION, RECIST_TYPE_TRUTH, RECIST_OP_MASS, 0},
    {"prior_therapy", LESION, RECIST_TYPE_TRUTH, RECIST_OP_PRIOR_THERAPY, 0},
    {"progressed_since", LESION, RECIST_TYPE_TRUTH, RECIST_OP_PROGRESSED_SINCE, 0},
    {"same_organ", LESION, RECIST_TYPE_TRUTH, RECIST_OP_SAME_ORGAN, 0},
    {"site", LESION, RECIST_TYPE_TEXT, RECIST_OP_MATCHES, RECIST_TEXT_SITE},
    {"method", LESION, RECIST_TYPE_TEXT, RECIST_OP_MATCHES, RECIST_TEXT_METHOD},
    {"kind", LESION, RECIST_TYPE_TEXT, RECIST_OP_MATCHES, RECIST_TEXT_KIND},
    {"lesion", LESION, RECIST_TYPE_TEXT, RECIST_OP_MATCHES, RECIST_TEXT_LESION},
    {"longest_diameter", LESION, RECIST_TYPE_LENGTH, RECIST_OP_AXIS,
     RECIST_LONG_AXIS},
    {"short_axis", LESION, RECIST_TYPE_LENGTH, RECIST_OP_AXIS, RECIST_SHORT_AXIS},
    {"largest_part_longest_diameter", LESION, RECIST_TYPE_LENGTH,
     RECIST_OP_LARGEST_AXIS, RECIST_LONG_AXIS},
    {"largest_part_short_axis", LESION, RECIST_TYPE_LENGTH, RECIST_OP_LARGEST_AXIS,
     RECIST_SHORT_AXIS},
    {"perpendicular", LESION, RECIST_TYPE_LENGTH, RECIST_OP_PERPENDICULAR, 0},
    {"product", LESION, RECIST_TYPE_AREA, RECIST_OP_PRODUCT, 0},
    {"seen", LESION, RECIST_TYPE_TRUTH, RECIST_OP_SEEN, 0},
    {"slice_thickness", LESION, RECIST_TYPE_LENGTH, RECIST_OP_SLICE, 0},
    {"organ", VISIT, RECIST_TYPE_TEXT, RECIST_OP_ORGAN, RECIST_TEXT_ORGAN},
    {"date", VISIT | POINT, RECIST_TYPE_DATE, RECIST_OP_VISIT_DATE, 0},
    {"imaged", VISIT, RECIST_TYPE_TRUTH, RECIST_OP_IMAGED, 0},
    {"baseline_date", VISIT, RECIST_TYPE_DATE, RECIST_OP_BASELINE_DATE, 0},
    {"days_before_start", VISIT, RECIST_TYPE_DAYS, RECIST_OP_DAYS_BEFORE_START, 0},
    {"has_baseline", COURSE, RECIST_TYPE_TRUTH, RECIST_OP_HAS_BASELINE, 0},
    {"evaluable", COURSE, RECIST_TYPE_TRUTH, RECIST_OP_EVALUABLE, 0},
    {"days_on_study", POINT, RECIST_TYPE_DAYS, RECIST_OP_DAYS_ON_STUDY, 0},
    {"days_from_baseline", POINT, RECIST_TYPE_DAYS, RECIST_OP_DAYS_FROM_BASELINE, 0},
    {"all_visits", COURSE, RECIST_TYPE_NUMBER, RECIST_OP_ALL_VISITS, 0},
    {"start", COURSE, RECIST_TYPE_DATE, RECIST_OP_COURSE_DATE, RECIST_COURSE_START},
    {"end", COURSE, RECIST_TYPE_DATE, RECIST_OP_COURSE_DATE, RECIST_COURSE_END},
    {"next_therapy", COURSE, RECIST_TYPE_DATE, RECIST_OP_COURSE_DATE, RECIST_COURSE_NEXT_THERAPY},
    {"death", COURSE, RECIST_TYPE_DATE, RECIST_OP_COURSE_DATE, RECIST_COURSE_DEATH},
    {"last_contact", COURSE, RECIST_TYPE_DATE, RECIST_OP_COURSE_DATE, RECIST_COURSE_LAST_CONTACT},
};

#define BUILTIN_COUNT (sizeof builtins / sizeof *builtins)
#define MOST_CANDIDATES 256

static bool is(struct recist_slice text, const char *name)
{
    return strlen(name) == text.length && memcmp(name, text.text, text.length) == 0;
}

static struct recist_operand read_builtin(struct recist_parser *parser,
                                          const struct builtin *builtin)
{
    bool of_check = builtin->operation == RECIST_OP_ORGAN &&
                    parser->context.scope == RECIST_SCOPE_VISIT;
    uint16_t index = of_check ? RECIST_TEXT_CHECKED_ORGAN : builtin->index;
    return recist_operand_of(builtin->type,
                             recist_node_make(parser, (struct recist_node){
                                                          .operation = (uint8_t)builtin->operation,
                                                          .type = (uint8_t)builtin->type,
                                                          .index = index}));
}

static struct recist_operand read_lesion_value(struct recist_parser *parser, size_t index,
                                               size_t offset)
{
    struct recist_lesion_value *value = &parser->compiler->criteria->lesion_values[index];
    value->used = true;
    if (index >= parser->compiler->values_known) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), offset,
                             "%s is not worked out yet where this stands; a value of a lesion can "
                             "use those above it",
                             value->name);
        return recist_operand_none();
    }
    return recist_operand_of(value->type,
                             recist_node_make(parser, (struct recist_node){
                                                          .operation = RECIST_OP_LESION_VALUE,
                                                          .type = (uint8_t)value->type,
                                                          .index = (uint16_t)value->same_as}));
}

static struct recist_operand read_measure(struct recist_parser *parser, size_t index,
                                          size_t offset)
{
    struct recist_measure *measure = &parser->compiler->criteria->measures[index];
    measure->used = true;
    if (index >= parser->compiler->measures_known) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), offset,
                             "%s is not worked out yet where this stands; values of a lesion use "
                             "no measure, and a measure those above it",
                             measure->name);
        return recist_operand_none();
    }
    return recist_operand_of(
        measure->type,
        recist_node_make(parser,
                         (struct recist_node){.operation = RECIST_OP_MEASURE,
                                              .type = (uint8_t)measure->type,
                                              .evaluated = parser->context.what_was_evaluated,
                                              .mean = measure->aggregate == RECIST_AGGREGATE_MEAN,
                                              .index = (uint16_t)index}));
}

static bool in_course(const struct recist_parser *parser)
{
    return parser->context.scope == RECIST_SCOPE_COURSE ||
           parser->context.scope == RECIST_SCOPE_POINT;
}

static struct recist_operand name_outside(struct recist_parser *parser, struct recist_token name)
{
    static const char *const places[] = {
        [RECIST_SCOPE_VISIT] = "a condition about a visit",
        [RECIST_SCOPE_LESION] = "a condition about a lesion",
        [RECIST_SCOPE_COURSE] = "a condition about a course",
        [RECIST_SCOPE_POINT] = "a condition about a visit of a course",
    };
    recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), name.offset,
                         "\"%.*s\" has no meaning in %s; what belongs to a lesion stands within "
                         "any(), all() or count(), and what belongs to a course in `best_response`",
                         (int)name.text.length, name.text.text, places[parser->context.scope]);
    return recist_operand_none();
}

/* A column with answers is a condition: the answer is yes. */
static struct recist_operand read_column(struct recist_parser *parser, size_t index)
{
    struct recist_column_meaning *column = &parser->compiler->criteria->columns[index];
    column->used = true;
    bool answer = column->type == RECIST_TYPE_TRUTH;
    enum recist_type type = answer ? RECIST_TYPE_NUMBER : column->type;
    struct recist_operand number = recist_node_operand(
        parser, type,
        (struct recist_node){.operation = RECIST_OP_NUMBER, .index = (uint16_t)index});
    if (!answer) {
        return number;
    }
    struct recist_operand yes = recist_node_operand(
        parser, type, (struct recist_node){.operation = RECIST_OP_VALUE, .constant = RECIST_ONE});
    return recist_node_operand(parser, RECIST_TYPE_TRUTH,
                               (struct recist_node){.operation = RECIST_OP_COMPARE,
                                                    .relation = RECIST_EQUAL,
                                                    .left = number.node,
                                                    .right = yes.node});
}

/* What is recorded of the patient: a number where its role has a unit, else a status. */
static struct recist_operand read_observed(struct recist_parser *parser, size_t role)
{
    const struct recist_criteria *criteria = parser->compiler->criteria;
    enum recist_type unit = criteria->role_types[role];
    bool number = unit != RECIST_TYPE_NONE;
    return recist_node_operand(
        parser, number ? unit : RECIST_TYPE_STATUS,
        (struct recist_node){.operation = number ? RECIST_OP_OBSERVED_VALUE : RECIST_OP_OBSERVED,
                             .mask = UINT64_MAX,
                             .role = (uint16_t)role});
}

bool recist_states_allowed(struct recist_parser *parser, struct recist_token name)
{
    if (in_course(parser)) {
        name_outside(parser, name);
    } else if (parser->context.data_only) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), name.offset,
                             "the state %.*s follows from responses, and values, measures, "
                             "checks and what later visits show rest on data only",
                             (int)name.text.length, name.text.text);
    }
    return !parser->failed;
}

static struct recist_operand read_state(struct recist_parser *parser, size_t index,
                                        struct recist_token name)
{
    parser->compiler->criteria->states[index].used = true;
    if (!recist_states_allowed(parser, name)) {
        return recist_operand_none();
    }
    return recist_node_operand(
        parser, RECIST_TYPE_TRUTH,
        (struct recist_node){.operation = RECIST_OP_STATE, .index = (uint16_t)index});
}

static struct recist_operand read_convention(struct recist_parser *parser, size_t index)
{
    struct recist_convention *convention = &parser->compiler->criteria->conventions[index];
    convention->used = true;
    if (convention->type == RECIST_TYPE_TRUTH) {
        return recist_operand_of(
            RECIST_TYPE_TRUTH,
            recist_node_truth(parser, strcmp(convention->value, "yes") == 0));
    }
    struct recist_operand operand = recist_operand_of(
        convention->type,
        recist_node_make(parser, (struct recist_node){.operation = RECIST_OP_VALUE,
                                                      .type = (uint8_t)convention->type,
                                                      .constant = convention->quantity}));
    operand.index = (unsigned)index;
    return operand;
}

/* A response of this visit may be asked for only once it is decided. */
static struct recist_operand read_response(struct recist_parser *parser, unsigned component,
                                           struct recist_token name)
{
    bool overall = component == RECIST_OVERALL_INDEX;
    /* What a component itself showed before is no say in anything else. */
    if (!overall && component + 1 != parser->compiler->component_number) {
        parser->compiler->criteria->components[component].used = true;
    }
    bool known = overall ? parser->context.overall_known
                         : component < parser->context.components_known;
    if (parser->context.data_only) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), name.offset,
                             "%.*s is a response, and values, measures, checks and what later "
                             "visits show rest on data only; amendments may look at later responses",
                             (int)name.text.length, name.text.text);
        return recist_operand_none();
    }
    if (!known) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), name.offset,
                             "%.*s of this visit is not decided yet where this condition stands; "
                             "ever() and last() look at earlier visits",
                             (int)name.text.length, name.text.text);
        return recist_operand_none();
    }
    struct recist_operand operand = recist_operand_of(
        RECIST_TYPE_WORD,
        recist_node_make(parser,
                         (struct recist_node){.operation = overall ? RECIST_OP_OVERALL
                                                                   : RECIST_OP_COMPONENT,
                                              .type = RECIST_TYPE_WORD,
                                              .index = (uint16_t)component}));
    operand.index = component;
    return operand;
}

/* A definition is compiled in the place of its name, in the context found there. */
static struct recist_operand read_definition(struct recist_parser *parser,
                                             struct recist_definition *definition,
                                             struct recist_token name)
{
    definition->used = true;
    if (definition->open) {
        recist_parser_report(parser, RECIST_KIND(RULES_CONDITION), name.offset,
                             "the definition of %s leads back to itself", definition->name);
        return recist_operand_none();
    }
    if (definition->failed) {
        parser->failed = true; /* reported where the definition stands */
        return recist_operand_none();
    }
    definition->open = true;
    struct recist_parser inner;
    struct recist_slice text = {definition->text->text, definition->text->length};
    recist_parser_start(&inner, parser->compiler, definition->text, text, 0, parser->context);
    inner.depth = parser->depth + 1;
    struct recist_operand operand = recist_parse_expression(&inner);
    if (!inner.failed) {
        recist_parser_expect(&inner, RECIST_TOKEN_END, "the end of the definition");
    }
    definition->open = false;
    definition->failed = inner.failed;
    parser->failed = parser->failed || inner.failed;
    return inner.failed ? recist_operand_none() : operand;
}

/* Everything that could have been meant, for the nearest name in a message. */
static size_t candidates(const struct recist_parser *parser, const char **names)
{
    const struct recist_compiler *compiler = parser->compiler;
    const struct recist_criteria *criteria = compiler->criteria;
    size_t count = 0;
    for (size_t i = 0; i < BUILTIN_COUNT && count < MOST_CANDIDATES; i++) {
        names[count++] = builtins[i].name;
    }
    for (size_t i = 0; i < criteria->lesion_value_count && count < MOST_CANDIDATES; i++) {
        names[count++] = criteria->lesion_values[i].name;
    }
    for (size_t i = 0; i < criteria->measure_count && count < MOST_CANDIDATES; i++) {
        names[count++] = criteria->measures[i].name;
    }
    for (size_t i = 0; i < criteria->convention_count && count < MOST_CANDIDATES; i++) {
        names[count++] = criteria->conventions[i].name;
    }
    for (size_t i = 0; i < compiler->definition_count && count < MOST_CANDIDATES; i++) {
        names[count++] = compiler->definitions[i].name;
    }
    for (size_t i = 0; i < criteria->component_count && count < MOST_CANDIDATES; i++) {
        names[count++] = criteria->components[i].name;
    }
    for (size_t i = 0; i < criteria->column_count && count < MOST_CANDIDATES; i++) {
        names[count++] = criteria->vocabulary.columns[i].name;
    }
    for (size_t i = 0; i < criteria->state_count && count < MOST_CANDIDATES; i++) {
        names[count++] = criteria->states[i].name;
    }
    for (size_t i = 0; i < criteria->vocabulary.role_count && count < MOST_CANDIDATES; i++) {
        if (criteria->vocabulary.roles[i].of_patient) {
            names[count++] = criteria->vocabulary.roles[i].word;
        }
    }
    return count;
}

static struct recist_operand unknown_name(struct recist_parser *parser, struct recist_token name)
{
    if (parser->compiler->names_incomplete) {
        parser->failed = true; /* it may be declared in what could not be read */
        return recist_operand_none();
    }
    const char *names[MOST_CANDIDATES];
    const char *nearest = recist_nearest_name(name.text, names, candidates(parser, names));
    recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), name.offset,
                         "\"%.*s\" is not a name known here%s%s%s", (int)name.text.length,
                         name.text.text, nearest ? "; did you mean \"" : "",
                         nearest ? nearest : "", nearest ? "\"?" : "");
    return recist_operand_none();
}

static bool find_builtin(struct recist_slice text, size_t *index)
{
    for (*index = 0; *index < BUILTIN_COUNT; ++*index) {
        if (is(text, builtins[*index].name)) {
            return true;
        }
    }
    return false;
}

bool recist_name_is_reserved(struct recist_slice name)
{
    static const char *const words[] = {"and", "or", "not", "in", "matches", "overall", "any",
                                        "yes", "no", "now"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is(name, words[i])) {
            return true;
        }
    }
    size_t index = 0;
    return find_builtin(name, &index);
}

/* Columns, what is recorded of the patient, and states. False: the name is none of them. */
static bool read_recorded(struct recist_parser *parser, struct recist_token name,
                          struct recist_operand *operand)
{
    const struct recist_criteria *criteria = parser->compiler->criteria;
    for (size_t i = 0; i < criteria->column_count; i++) {
        if (is(name.text, criteria->vocabulary.columns[i].name)) {
            *operand = parser->context.scope == RECIST_SCOPE_LESION ? read_column(parser, i)
                                                                    : name_outside(parser, name);
            return true;
        }
    }
    for (size_t i = 0; i < criteria->vocabulary.role_count; i++) {
        if (criteria->vocabulary.roles[i].of_patient &&
            is(name.text, criteria->vocabulary.roles[i].word)) {
            *operand = in_course(parser) ? name_outside(parser, name) : read_observed(parser, i);
            return true;
        }
    }
    for (size_t i = 0; i < criteria->state_count; i++) {
        if (is(name.text, criteria->states[i].name)) {
            *operand =
                in_course(parser) ? name_outside(parser, name) : read_state(parser, i, name);
            return true;
        }
    }
    return false;
}

static struct recist_operand read_declared(struct recist_parser *parser, struct recist_token name)
{
    struct recist_compiler *compiler = parser->compiler;
    const struct recist_criteria *criteria = compiler->criteria;
    for (size_t i = 0; i < criteria->lesion_value_count; i++) {
        if (is(name.text, criteria->lesion_values[i].name)) {
            return parser->context.scope == RECIST_SCOPE_LESION
                       ? read_lesion_value(parser, i, name.offset)
                       : name_outside(parser, name);
        }
    }
    for (size_t i = 0; i < criteria->measure_count; i++) {
        if (is(name.text, criteria->measures[i].name)) {
            return in_course(parser) ? name_outside(parser, name)
                                     : read_measure(parser, i, name.offset);
        }
    }
    struct recist_operand recorded = recist_operand_none();
    if (read_recorded(parser, name, &recorded)) {
        return recorded;
    }
    for (size_t i = 0; i < criteria->convention_count; i++) {
        if (is(name.text, criteria->conventions[i].name)) {
            return read_convention(parser, i);
        }
    }
    for (size_t i = 0; i < compiler->definition_count; i++) {
        if (is(name.text, compiler->definitions[i].name)) {
            return read_definition(parser, &compiler->definitions[i], name);
        }
    }
    for (size_t i = 0; i < criteria->component_count; i++) {
        if (is(name.text, criteria->components[i].name)) {
            return in_course(parser) ? name_outside(parser, name)
                                     : read_response(parser, (unsigned)i, name);
        }
    }
    if (is(name.text, "overall") && parser->context.scope == RECIST_SCOPE_COURSE) {
        return name_outside(parser, name);
    }
    return is(name.text, "overall") ? read_response(parser, RECIST_OVERALL_INDEX, name)
                                    : unknown_name(parser, name);
}

/* What is declared and could not be read has been reported there. */
static struct recist_operand unless_none(struct recist_parser *parser,
                                         struct recist_operand operand)
{
    if (operand.type == RECIST_TYPE_NONE) {
        parser->failed = true;
    }
    return operand;
}

/* The organ of a check; that of a lesion can be matched anywhere. */
static bool needs_organ(const struct recist_parser *parser, const struct builtin *builtin)
{
    bool of_check = builtin->operation == RECIST_OP_SAME_ORGAN ||
                    (builtin->operation == RECIST_OP_ORGAN &&
                     parser->context.scope == RECIST_SCOPE_VISIT);
    return of_check && !parser->context.organ_known;
}

struct recist_operand recist_parse_name(struct recist_parser *parser)
{
    struct recist_token name = parser->token;
    recist_parser_advance(parser);
    if (parser->token.kind == RECIST_TOKEN_OPEN) {
        return recist_parse_call(parser, name);
    }
    size_t index = 0;
    if (find_builtin(name.text, &index)) {
        if (needs_organ(parser, &builtins[index])) {
            recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_NAME), name.offset,
                                 "\"%.*s\" is known in checks of an organ only",
                                 (int)name.text.length, name.text.text);
            return recist_operand_none();
        }
        bool inside = (builtins[index].scopes >> parser->context.scope) & 1;
        return inside ? read_builtin(parser, &builtins[index]) : name_outside(parser, name);
    }
    return unless_none(parser, read_declared(parser, name));
}
