/* SPDX-License-Identifier: MIT
 * Visits, organs, values of lesions, measures and definitions. */
#include <string.h>

#include "criteria/compiler.h"

static int32_t read_days(struct recist_compiler *compiler, struct recist_yaml_node *mapping,
                         const char *key)
{
    struct recist_yaml_node *node =
        recist_yaml_require(&compiler->yaml, mapping, key, "the section `visits`");
    recist_wide days = 0;
    if (!node) {
        return 0;
    }
    enum recist_type type = recist_compiler_quantity(compiler, node, &days);
    if (type != RECIST_TYPE_DAYS || days > 36525) {
        if (type != RECIST_TYPE_NONE) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_UNIT), node->place,
                                   "a number of days is expected, below 100 years");
        }
        return 0;
    }
    return (int32_t)days;
}

/* The convention must offer first, middle and last, as these are what the program can do. */
static void read_partial_date(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    static const char *const days[] = {"first", "middle", "last"};
    struct recist_criteria *criteria = compiler->criteria;
    if (!recist_yaml_expect(&compiler->yaml, node, RECIST_YAML_SCALAR)) {
        return;
    }
    for (size_t i = 0; i < criteria->convention_count; i++) {
        struct recist_convention *convention = &criteria->conventions[i];
        if (!recist_yaml_equals(node, convention->name)) {
            continue;
        }
        convention->used = true;
        criteria->partial_date_convention = i;
        bool fits = convention->choice_count > 0 || convention->type == RECIST_TYPE_NONE;
        for (size_t k = 0; k < convention->choice_count; k++) {
            const char *value = convention->choices[k].value;
            fits = fits && (strcmp(value, days[0]) == 0 || strcmp(value, days[1]) == 0 ||
                            strcmp(value, days[2]) == 0);
        }
        if (!fits) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), node->place,
                                   "the convention for partial dates chooses among first, middle "
                                   "and last");
        }
        return;
    }
    if (!compiler->names_incomplete) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_NAME), node->place,
                               "there is no convention \"%s\"", node->text);
    }
}

void recist_compile_visits(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *visits = recist_yaml_require(yaml, root, "visits", "a criteria file");
    if (!recist_yaml_expect(yaml, visits, RECIST_YAML_MAPPING)) {
        return;
    }
    read_partial_date(compiler,
                      recist_yaml_require(yaml, visits, "partial_date", "the section `visits`"));
    compiler->criteria->visit_span = read_days(compiler, visits, "span");
    compiler->criteria->baseline_window = read_days(compiler, visits, "baseline_window");
    recist_yaml_refuse_unused(yaml, visits, "the section `visits`");
}

static enum recist_type read_unit(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    return recist_compile_unit(
        compiler, recist_yaml_require(&compiler->yaml, node, "unit", "a value of a lesion"));
}

static void declare_lesion_values(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    struct recist_criteria *criteria = compiler->criteria;
    criteria->lesion_values =
        recist_compiler_take(compiler, node->count + 1, sizeof *criteria->lesion_values);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && criteria->lesion_values;
         child = child->next) {
        bool readable = recist_yaml_expect(&compiler->yaml, child, RECIST_YAML_MAPPING);
        recist_compiler_check_name(compiler, child->key);
        criteria->lesion_values[criteria->lesion_value_count] = (struct recist_lesion_value){
            .name = child->key->text,
            .title = recist_compiler_text(compiler, child, "title"),
            .type = readable ? read_unit(compiler, child) : RECIST_TYPE_NONE,
            .same_as = criteria->lesion_value_count,
        };
        criteria->lesion_value_count++;
    }
}

static const char *const aggregates[] = {"sum", "maximum", "minimum", "mean"};
#define AGGREGATE_COUNT (sizeof aggregates / sizeof *aggregates)

/* `count: CONDITION` is compiled with what it is over. */
static size_t declare_count(struct recist_compiler *compiler, struct recist_yaml_node *node,
                            struct recist_measure *measure)
{
    struct recist_yaml_node *counted = recist_yaml_get(&compiler->yaml, node, "count");
    if (!counted) {
        return 0;
    }
    measure->aggregate = RECIST_AGGREGATE_COUNT;
    measure->type = RECIST_TYPE_NUMBER;
    measure->counted_text = counted->text ? counted->text : "";
    return 1;
}

/* `sum: size` names at once how and what a measure gathers. */
static void declare_measure(struct recist_compiler *compiler, struct recist_yaml_node *node,
                            struct recist_measure *measure)
{
    struct recist_criteria *criteria = compiler->criteria;
    *measure = (struct recist_measure){
        .name = node->key->text,
        .title = recist_compiler_text(compiler, node, "title"),
        .cite = recist_compiler_text(compiler, node, "cite"),
        .same_as = (size_t)(measure - criteria->measures),
    };
    if (!recist_yaml_expect(&compiler->yaml, node, RECIST_YAML_MAPPING)) {
        return; /* its type is none, which what names it takes as said */
    }
    recist_yaml_truth(&compiler->yaml, recist_yaml_get(&compiler->yaml, node, "shown"),
                      &measure->shown);
    recist_yaml_truth(&compiler->yaml, recist_yaml_get(&compiler->yaml, node, "same_lesions"),
                      &measure->same_lesions);
    size_t given = declare_count(compiler, node, measure);
    for (size_t i = 0; i < AGGREGATE_COUNT; i++) {
        struct recist_yaml_node *of = recist_yaml_get(&compiler->yaml, node, aggregates[i]);
        if (!of) {
            continue;
        }
        given++;
        measure->aggregate = (enum recist_aggregate)i;
        measure->of = SIZE_MAX;
        for (size_t k = 0; k < criteria->lesion_value_count; k++) {
            if (recist_yaml_equals(of, criteria->lesion_values[k].name)) {
                measure->of = k;
                measure->type = criteria->lesion_values[k].type;
                criteria->lesion_values[k].used = true;
            }
        }
        if (measure->of == SIZE_MAX) {
            measure->of = 0;
            if (compiler->names_incomplete) {
                continue;
            }
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_NAME), of->place,
                                   "\"%s\" is not a value of a lesion", of->text ? of->text : "");
        }
    }
    if (measure->aggregate == RECIST_AGGREGATE_MEAN && measure->type == RECIST_TYPE_AREA) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_UNIT), node->key->place,
                               "a mean of areas cannot be followed; follow their sum");
    }
    if (given != 1) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_MISSING_KEY), node->key->place,
                               "a measure has one of the keys sum, maximum, minimum, mean and count, "
                               "and this one has %zu",
                               given);
    }
}

void recist_declare_measures(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *values = recist_yaml_get(yaml, root, "lesion_values");
    if (values && recist_yaml_expect(yaml, values, RECIST_YAML_MAPPING)) {
        declare_lesion_values(compiler, values);
    } else {
        compiler->names_incomplete = compiler->names_incomplete || values;
    }
    struct recist_yaml_node *measures = recist_yaml_get(yaml, root, "measures");
    if (!measures || !recist_yaml_expect(yaml, measures, RECIST_YAML_MAPPING)) {
        compiler->names_incomplete = compiler->names_incomplete || measures;
        return;
    }
    criteria->measures =
        recist_compiler_take(compiler, measures->count + 1, sizeof *criteria->measures);
    recist_yaml_use_all(measures);
    for (struct recist_yaml_node *child = measures->first; child && criteria->measures;
         child = child->next) {
        recist_compiler_check_name(compiler, child->key);
        declare_measure(compiler, child, &criteria->measures[criteria->measure_count]);
        criteria->measure_count++;
    }
}

void recist_declare_definitions(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *node = recist_yaml_get(yaml, root, "definitions");
    if (!node || !recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        compiler->names_incomplete = compiler->names_incomplete || node;
        return;
    }
    compiler->definitions =
        recist_compiler_take(compiler, node->count + 1, sizeof *compiler->definitions);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && compiler->definitions;
         child = child->next) {
        bool readable = recist_yaml_expect(yaml, child, RECIST_YAML_SCALAR);
        recist_compiler_check_name(compiler, child->key);
        compiler->definitions[compiler->definition_count++] = (struct recist_definition){
            .name = child->key->text, .text = child, .failed = !readable};
    }
}

static void compile_case(struct recist_compiler *compiler, struct recist_yaml_node *node,
                         enum recist_type type, struct recist_value_case *value_case)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_expression_context context = {.scope = RECIST_SCOPE_LESION, .data_only = true};
    struct recist_yaml_node *when = recist_yaml_get(yaml, node, "when");
    struct recist_yaml_node *value = recist_yaml_require(yaml, node, "value", "a case");
    *value_case = (struct recist_value_case){.when_text = when && when->text ? when->text : "",
                                             .value_text = value && value->text ? value->text : "",
                                             .cite = recist_compiler_text(compiler, node, "cite")};
    if (when && recist_yaml_expect(yaml, when, RECIST_YAML_SCALAR)) {
        value_case->when = recist_condition_compile(compiler, when, context);
    }
    if (recist_yaml_expect(yaml, value, RECIST_YAML_SCALAR)) {
        value_case->value = recist_value_compile(compiler, value, context, type);
    }
    recist_yaml_refuse_unused(yaml, node, "a case");
}

/* What conventions switch off is left out, and a value that is just another one is that one. */
static void simplify(struct recist_criteria *criteria, struct recist_lesion_value *value,
                     struct recist_value_case *cases)
{
    size_t kept = 0;
    for (size_t i = 0; i < value->case_count; i++) {
        if (recist_condition_is_never(cases[i].when)) {
            continue;
        }
        cases[kept++] = cases[i];
        if (recist_condition_is_always(cases[i].when)) {
            break;
        }
    }
    value->case_count = kept;
    const struct recist_node *only = kept == 1 ? cases[0].value : NULL;
    if (only && recist_condition_is_always(cases[0].when) &&
        only->operation == RECIST_OP_LESION_VALUE &&
        only->index < (size_t)(value - criteria->lesion_values)) {
        value->same_as = criteria->lesion_values[only->index].same_as;
    }
}

static void compile_lesion_value(struct recist_compiler *compiler, struct recist_yaml_node *node,
                                 struct recist_lesion_value *value)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *list = recist_yaml_require(yaml, node, "cases", "a value of a lesion");
    size_t errors_before = yaml->errors;
    if (recist_yaml_expect(yaml, list, RECIST_YAML_SEQUENCE)) {
        struct recist_value_case *cases =
            recist_compiler_take(compiler, list->count + 1, sizeof *cases);
        for (struct recist_yaml_node *child = list->first; child && cases; child = child->next) {
            if (recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
                compile_case(compiler, child, value->type, &cases[value->case_count++]);
            }
        }
        value->cases = cases;
        if (cases) {
            simplify(compiler->criteria, value, cases);
        }
        if (value->case_count == 0 && yaml->errors == errors_before) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNREACHABLE), node->key->place,
                                   "no case of %s can hold with these conventions, so that it "
                                   "never has a value",
                                   value->name);
        }
    }
    recist_yaml_refuse_unused(yaml, node, "a value of a lesion");
}

/* A condition about the visit that is to become the baseline of later ones. */
static void compile_new_baseline(struct recist_compiler *compiler, struct recist_yaml_node *node,
                                 struct recist_measure *measure)
{
    struct recist_yaml_node *text = recist_yaml_get(&compiler->yaml, node, "new_baseline");
    struct recist_expression_context context = {.scope = RECIST_SCOPE_VISIT, .data_only = true};
    measure->new_baseline_text = "";
    if (text && recist_yaml_expect(&compiler->yaml, text, RECIST_YAML_SCALAR)) {
        measure->new_baseline_text = text->text;
        measure->new_baseline = recist_condition_compile(compiler, text, context);
    }
}

static void compile_over(struct recist_compiler *compiler, struct recist_yaml_node *node,
                         struct recist_measure *measure)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *over = recist_yaml_require(yaml, node, "over", "a measure");
    struct recist_expression_context context = {.scope = RECIST_SCOPE_LESION, .data_only = true};
    struct recist_yaml_node *counted = recist_yaml_get(yaml, node, "count");
    if (counted && recist_yaml_expect(yaml, counted, RECIST_YAML_SCALAR)) {
        measure->counted = recist_condition_compile(compiler, counted, context);
    }
    if (recist_yaml_expect(yaml, over, RECIST_YAML_SCALAR)) {
        measure->over_text = over->text;
        measure->over = recist_condition_compile(compiler, over, context);
        if (measure->over) {
            measure->over =
                recist_condition_select(compiler, over, measure->over, &measure->role);
            measure->over = recist_condition_is_always(measure->over) ? NULL : measure->over;
        }
    }
    compile_new_baseline(compiler, node, measure);
    recist_yaml_refuse_unused(yaml, node, "a measure");
}

/* Two measures over the same lesions of values that are the same are one. */
static void share(struct recist_criteria *criteria, struct recist_measure *measure)
{
    for (struct recist_measure *other = criteria->measures; other < measure; other++) {
        if (measure->type != RECIST_TYPE_NONE && other->type != RECIST_TYPE_NONE &&
            measure->over_text && other->over_text && other->aggregate == measure->aggregate &&
            measure->aggregate != RECIST_AGGREGATE_COUNT &&
            strcmp(other->over_text, measure->over_text) == 0 &&
            other->same_lesions == measure->same_lesions &&
            strcmp(other->new_baseline_text, measure->new_baseline_text) == 0 &&
            criteria->lesion_values[other->of].same_as ==
                criteria->lesion_values[measure->of].same_as) {
            measure->same_as = other->same_as;
            return;
        }
    }
}

void recist_compile_measures(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *values = recist_yaml_get(yaml, root, "lesion_values");
    /* Each is worked out from those before it, and measures from values. */
    compiler->measures_known = 0;
    for (size_t i = 0; i < criteria->lesion_value_count; i++) {
        compiler->values_known = i;
        compile_lesion_value(compiler,
                             recist_yaml_get(yaml, values, criteria->lesion_values[i].name),
                             &criteria->lesion_values[i]);
    }
    compiler->values_known = SIZE_MAX;
    struct recist_yaml_node *measures = recist_yaml_get(yaml, root, "measures");
    for (size_t i = 0; i < criteria->measure_count; i++) {
        compiler->measures_known = i;
        struct recist_measure *measure = &criteria->measures[i];
        compile_over(compiler, recist_yaml_get(yaml, measures, measure->name), measure);
        share(criteria, measure);
    }
    compiler->measures_known = SIZE_MAX;
}
