/* SPDX-License-Identifier: MIT
 * The overall response: decision table, what history changes, what later visits change, dates. */
#include "criteria/compiler.h"

static struct recist_yaml_node *overall_section(struct recist_compiler *compiler,
                                                struct recist_yaml_node *root)
{
    struct recist_yaml_node *node = recist_yaml_get(&compiler->yaml, root, "overall");
    return node && node->kind == RECIST_YAML_MAPPING ? node : NULL;
}

struct recist_rule *recist_declare_changes(struct recist_compiler *compiler,
                                           struct recist_yaml_node *node, size_t *count)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    if (!node) {
        return NULL;
    }
    struct recist_rule *rules = recist_compiler_take(compiler, node->count + 1, sizeof *rules);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && rules; child = child->next) {
        if (!recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
            compiler->overall_responses_incomplete = true;
            continue;
        }
        struct recist_rule *rule = &rules[(*count)++];
        rule->id = child->key->text;
        rule->word = (uint16_t)recist_compiler_word(
            compiler, recist_yaml_require(yaml, child, "response", "a rule"));
        compiler->criteria->overall_words |= rule->word ? UINT64_C(1) << rule->word : 0;
        compiler->overall_responses_incomplete |= !rule->word;
    }
    return rules;
}

void recist_declare_overall(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *overall =
        recist_yaml_require(yaml, root, "overall", "a criteria file");
    if (!recist_yaml_expect(yaml, overall, RECIST_YAML_MAPPING)) {
        compiler->overall_responses_incomplete = true;
        return;
    }
    criteria->overall_title = recist_compiler_text(compiler, overall, "title");
    struct recist_yaml_node *table =
        recist_yaml_require(yaml, overall, "table", "the section `overall`");
    if (recist_yaml_expect(yaml, table, RECIST_YAML_MAPPING)) {
        recist_compile_table(compiler, table);
    }
    compiler->overall_responses_incomplete |= criteria->table.outcome == NULL;
    criteria->history =
        recist_declare_changes(compiler, recist_yaml_get_mapping(yaml, overall, "history"),
                      &criteria->history_count);
    criteria->amendments =
        recist_declare_changes(compiler, recist_yaml_get_mapping(yaml, overall, "amendments"),
                      &criteria->amendment_count);
}

void recist_compile_changes(struct recist_compiler *compiler, struct recist_yaml_node *node,
                            struct recist_expression_context context, struct recist_rule *rules)
{
    size_t count = 0;
    for (struct recist_yaml_node *child = node ? node->first : NULL; child && rules;
         child = child->next) {
        if (child->kind != RECIST_YAML_MAPPING) {
            continue;
        }
        recist_yaml_require(&compiler->yaml, child, "when", "a rule that changes a response");
        recist_compile_rule(compiler, child, context, &rules[count++]);
        recist_yaml_refuse_unused(&compiler->yaml, child, "a rule");
    }
}

static void compile_date_rule(struct recist_compiler *compiler, struct recist_yaml_node *node,
                              struct recist_expression_context context,
                              struct recist_date_rule *rule)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *when = recist_yaml_get(yaml, node, "when");
    struct recist_yaml_node *value = recist_yaml_require(yaml, node, "value", "a date rule");
    *rule = (struct recist_date_rule){.when_text = when && when->text ? when->text : "",
                                      .value_text = value && value->text ? value->text : ""};
    if (when && recist_yaml_expect(yaml, when, RECIST_YAML_SCALAR)) {
        rule->when = recist_condition_compile(compiler, when, context);
    }
    if (recist_yaml_expect(yaml, value, RECIST_YAML_SCALAR)) {
        rule->value = recist_value_compile(compiler, value, context, RECIST_TYPE_DATE);
    }
    recist_yaml_refuse_unused(yaml, node, "a date rule");
}

static void compile_dates(struct recist_compiler *compiler, struct recist_yaml_node *node,
                          struct recist_expression_context context)
{
    struct recist_criteria *criteria = compiler->criteria;
    if (!node) {
        return;
    }
    criteria->date_rules =
        recist_compiler_take(compiler, node->count + 1, sizeof *criteria->date_rules);
    for (struct recist_yaml_node *child = node->first; child && criteria->date_rules;
         child = child->next) {
        if (recist_yaml_expect(&compiler->yaml, child, RECIST_YAML_MAPPING)) {
            compile_date_rule(compiler, child, context,
                              &criteria->date_rules[criteria->date_rule_count++]);
        }
    }
}

void recist_compile_overall(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *overall = overall_section(compiler, root);
    if (!overall) {
        return;
    }
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_expression_context context = {
        .scope = RECIST_SCOPE_VISIT, .components_known = SIZE_MAX, .overall_known = true};
    recist_compile_changes(compiler, recist_yaml_get_mapping(yaml, overall, "history"), context,
                  criteria->history);
    context.later_known = true;
    recist_compile_changes(compiler, recist_yaml_get_mapping(yaml, overall, "amendments"), context,
                  criteria->amendments);
    compile_dates(compiler, recist_yaml_get_sequence(yaml, overall, "date"), context);
    recist_yaml_refuse_unused(yaml, overall, "the section `overall`");
}
