/* SPDX-License-Identifier: MIT
 * Components of the response: ordered rules, the first that holds decides. */
#include <string.h>

#include "criteria/compiler.h"

static const char *const needs_words[] = {"every lesion", "what was evaluated"};

void recist_compile_rule(struct recist_compiler *compiler, struct recist_yaml_node *text,
                         struct recist_expression_context context, struct recist_rule *rule)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    size_t needs = 0;
    recist_yaml_choice(yaml, recist_yaml_get(yaml, text, "needs"), needs_words, 2, &needs);
    rule->what_was_evaluated = needs == 1;
    context.what_was_evaluated = rule->what_was_evaluated;
    rule->place = text->key ? text->key->place : text->place;
    rule->cite = recist_compiler_text(compiler, text, "cite");
    struct recist_yaml_node *when = recist_yaml_get(yaml, text, "when");
    rule->when_text = "";
    if (when && recist_yaml_expect(yaml, when, RECIST_YAML_SCALAR)) {
        rule->when_text = when->text;
        rule->when = recist_condition_compile(compiler, when, context);
    }
    struct recist_yaml_node *say = recist_yaml_get(yaml, text, "say");
    rule->say_text = "";
    if (say && recist_yaml_expect(yaml, say, RECIST_YAML_SCALAR)) {
        rule->say_text = say->text;
        recist_sentence_compile(compiler, say, context, &rule->say);
    }
}

/* Reads the id and the response of a rule. */
static void declare_rule(struct recist_compiler *compiler, struct recist_yaml_node *node,
                         struct recist_component *component, struct recist_rule *rule)
{
    rule->id = node->key->text;
    rule->word = (uint16_t)recist_compiler_word(
        compiler, recist_yaml_require(&compiler->yaml, node, "response", "a rule"));
    component->words |= rule->word ? UINT64_C(1) << rule->word : 0;
    compiler->responses_incomplete = compiler->responses_incomplete || !rule->word;
}

/* A component that cannot be read has its name all the same, so that nobody misses it. */
static void declare_component(struct recist_compiler *compiler, struct recist_yaml_node *node,
                              struct recist_component *component)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    component->name = node->key->text;
    component->place = node->key->place;
    component->title = "";
    compiler->responses_incomplete =
        compiler->responses_incomplete || node->kind != RECIST_YAML_MAPPING;
    if (!recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        return;
    }
    component->title = recist_compiler_text(compiler, node, "title");
    bool decides = true;
    recist_yaml_truth(yaml, recist_yaml_get(yaml, node, "decides"), &decides);
    component->beside = !decides;
    struct recist_yaml_node *rules = recist_yaml_require(yaml, node, "rules", "a component");
    if (!recist_yaml_expect(yaml, rules, RECIST_YAML_MAPPING) || rules->count == 0) {
        compiler->responses_incomplete = true;
        return;
    }
    recist_yaml_use_all(rules);
    struct recist_rule *list = recist_compiler_take(compiler, rules->count + 1, sizeof *list);
    for (struct recist_yaml_node *child = rules->first; child && list; child = child->next) {
        if (recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
            declare_rule(compiler, child, component, &list[component->rule_count++]);
        } else {
            compiler->responses_incomplete = true;
        }
    }
    component->rules = list;
}

void recist_declare_components(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *node =
        recist_yaml_require(yaml, root, "components", "a criteria file");
    if (!recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        compiler->names_incomplete = true;
        compiler->responses_incomplete = true;
        return;
    }
    criteria->components =
        recist_compiler_take(compiler, node->count + 1, sizeof *criteria->components);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && criteria->components;
         child = child->next) {
        recist_compiler_check_name(compiler, child->key);
        declare_component(compiler, child, &criteria->components[criteria->component_count++]);
    }
}

static bool has_condition(struct recist_compiler *compiler, struct recist_yaml_node *rule)
{
    return recist_yaml_get(&compiler->yaml, rule, "when") != NULL;
}

/* Something must decide at last: the last rule has no condition, and no other has none. */
static void check_end(struct recist_compiler *compiler, const struct recist_yaml_node *rules,
                      const struct recist_component *component)
{
    if (component->rule_count < rules->count) {
        return; /* a rule could not be read: it may be the one */
    }
    for (struct recist_yaml_node *rule = rules->first; rule; rule = rule->next) {
        bool conditional = has_condition(compiler, rule);
        if (!rule->next && conditional) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNDECIDED), rule->key->place,
                                   "the last rule of %s has a condition, so that no rule may hold",
                                   component->name);
        } else if (rule->next && !conditional) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNREACHABLE),
                                   rule->next->key->place,
                                   "the rule %s is never reached: %s before it always holds",
                                   rule->next->key->text, rule->key->text);
            return;
        }
    }
}

static void compile_component(struct recist_compiler *compiler, struct recist_yaml_node *node,
                              size_t index)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_component *component = &compiler->criteria->components[index];
    struct recist_expression_context context = {.scope = RECIST_SCOPE_VISIT,
                                                .components_known = index};
    struct recist_yaml_node *rules = recist_yaml_get(yaml, node, "rules");
    size_t count = 0;
    struct recist_rule *list = component->rules;
    for (struct recist_yaml_node *child = rules ? rules->first : NULL; child && list;
         child = child->next) {
        if (child->kind == RECIST_YAML_MAPPING) {
            recist_compile_rule(compiler, child, context, &list[count++]);
            recist_yaml_refuse_unused(yaml, child, "a rule");
        }
    }
    if (rules && rules->kind == RECIST_YAML_MAPPING && rules->count == 0) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNDECIDED), rules->place,
                               "%s has no rules", component->name);
    } else if (rules && list) {
        check_end(compiler, rules, component);
    }
    recist_yaml_refuse_unused(yaml, node, "a component");
}

void recist_compile_components(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *node = recist_yaml_get(&compiler->yaml, root, "components");
    for (size_t i = 0; i < criteria->component_count; i++) {
        compiler->component_number = i + 1;
        compile_component(
            compiler, recist_yaml_get(&compiler->yaml, node, criteria->components[i].name), i);
    }
    compiler->component_number = 0;
}
