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

static void declare_component(struct recist_compiler *compiler, struct recist_yaml_node *node,
                              struct recist_component *component)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    component->name = node->key->text;
    component->title = recist_compiler_text(compiler, node, "title");
    struct recist_yaml_node *rules = recist_yaml_require(yaml, node, "rules", "a component");
    if (!recist_yaml_expect(yaml, rules, RECIST_YAML_MAPPING)) {
        return;
    }
    recist_yaml_use_all(rules);
    struct recist_rule *list = recist_compiler_take(compiler, rules->count + 1, sizeof *list);
    for (struct recist_yaml_node *child = rules->first; child && list; child = child->next) {
        if (!recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
            continue;
        }
        struct recist_rule *rule = &list[component->rule_count++];
        rule->id = child->key->text;
        rule->word = (uint16_t)recist_compiler_word(
            compiler, recist_yaml_require(yaml, child, "response", "a rule"));
        component->words |= rule->word ? UINT64_C(1) << rule->word : 0;
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
        return;
    }
    criteria->components =
        recist_compiler_take(compiler, node->count + 1, sizeof *criteria->components);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && criteria->components;
         child = child->next) {
        if (recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
            declare_component(compiler, child,
                              &criteria->components[criteria->component_count]);
            criteria->component_count++;
        }
    }
}

/* Something must decide at last: the last rule has no condition, and no other has none. */
static void check_end(struct recist_compiler *compiler, const struct recist_yaml_node *rules,
                      const struct recist_component *component)
{
    for (size_t i = 0; i < component->rule_count; i++) {
        const struct recist_rule *rule = &component->rules[i];
        bool last = i + 1 == component->rule_count;
        bool conditional = rule->when_text[0] != '\0';
        if (last && conditional) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNDECIDED), rule->place,
                                   "the last rule of %s has a condition, so that no rule may hold",
                                   component->name);
        } else if (!last && !conditional) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNREACHABLE),
                                   component->rules[i + 1].place,
                                   "the rule %s is never reached: %s before it always holds",
                                   component->rules[i + 1].id, rule->id);
            return;
        }
    }
    if (component->rule_count == 0) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNDECIDED), rules->place,
                               "%s has no rules", component->name);
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
    if (rules && list) {
        check_end(compiler, rules, component);
    }
    recist_yaml_refuse_unused(yaml, node, "a component");
}

void recist_compile_components(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *node = recist_yaml_get(&compiler->yaml, root, "components");
    for (size_t i = 0; i < criteria->component_count; i++) {
        compile_component(
            compiler, recist_yaml_get(&compiler->yaml, node, criteria->components[i].name), i);
    }
}
