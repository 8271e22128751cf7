/* SPDX-License-Identifier: MIT
 * Best response: which visits of a course count, what assessed responses go through first, and the
 * rules without and with confirmation. */
#include "criteria/compiler.h"

static const char *const set_names[RECIST_WORD_SET_COUNT] = {
    [RECIST_WORDS_RESPONSE] = "response",
    [RECIST_WORDS_CONTROL] = "control",
    [RECIST_WORDS_PROGRESSION] = "progression",
    [RECIST_WORDS_NOT_EVALUABLE] = "not_evaluable",
};

static struct recist_yaml_node *section(struct recist_compiler *compiler,
                                        struct recist_yaml_node *root)
{
    return recist_yaml_get_mapping(&compiler->yaml, root, "best_response");
}

static void declare_rules(struct recist_compiler *compiler, struct recist_yaml_node *node,
                          struct recist_course_rules *rules)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    if (!recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        return;
    }
    recist_yaml_use_all(node);
    rules->rules = recist_compiler_take(compiler, node->count + 1, sizeof *rules->rules);
    for (struct recist_yaml_node *child = node->first; child && rules->rules;
         child = child->next) {
        if (!recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
            continue;
        }
        struct recist_rule *rule = &rules->rules[rules->count++].rule;
        rule->id = child->key->text;
        rule->word = (uint16_t)recist_compiler_word(
            compiler, recist_yaml_require(yaml, child, "response", "a rule"));
        compiler->criteria->best.words |= rule->word ? UINT64_C(1) << rule->word : 0;
    }
}

void recist_declare_best_response(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_best_response *best = &compiler->criteria->best;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *node = section(compiler, root);
    if (!node) {
        return;
    }
    best->declared = true;
    struct recist_yaml_node *assessed = recist_yaml_get_mapping(yaml, node, "assessed");
    best->history = recist_declare_changes(
        compiler, recist_yaml_get_mapping(yaml, assessed, "history"), &best->history_count);
    best->amendments = recist_declare_changes(
        compiler, recist_yaml_get_mapping(yaml, assessed, "amendments"), &best->amendment_count);
    declare_rules(compiler,
                  recist_yaml_require(yaml, node, "unconfirmed", "the section `best_response`"),
                  &best->unconfirmed);
    declare_rules(compiler,
                  recist_yaml_require(yaml, node, "confirmed", "the section `best_response`"),
                  &best->confirmed);
}

/* A list of overall responses; `ranks`, if not NULL, takes the place of each, the first being 1. */
static uint64_t read_set(struct recist_compiler *compiler, struct recist_yaml_node *node,
                         uint8_t *ranks)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    const struct recist_criteria *criteria = compiler->criteria;
    uint64_t set = 0;
    uint8_t rank = 0;
    if (!recist_yaml_expect(yaml, node, RECIST_YAML_SEQUENCE)) {
        return 0;
    }
    for (struct recist_yaml_node *child = node->first; child; child = child->next) {
        struct recist_slice text;
        if (!recist_yaml_text(yaml, child, &text)) {
            continue;
        }
        unsigned word = recist_criteria_find_word(criteria, text);
        uint64_t bit = word ? UINT64_C(1) << word : 0;
        if (!(bit & (criteria->overall_words | criteria->best.words))) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_WORD), child->place,
                                   "\"%s\" is not an overall response", child->text);
        } else if (ranks && rank < RECIST_WORD_LIMIT) {
            ranks[word] = ++rank;
        }
        set |= bit;
    }
    return set;
}

static void compile_sets(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    if (!recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        return;
    }
    for (size_t i = 0; i < RECIST_WORD_SET_COUNT; i++) {
        compiler->criteria->best.word_sets[i] = read_set(
            compiler, recist_yaml_require(yaml, node, set_names[i], "the section `counts`"), NULL);
    }
    const struct recist_yaml_node *progression =
        recist_yaml_get(yaml, node, set_names[RECIST_WORDS_PROGRESSION]);
    const struct recist_yaml_node *first = progression ? progression->first : NULL;
    compiler->criteria->best.progression_word =
        first && first->text
            ? (uint16_t)recist_criteria_find_word(compiler->criteria, recist_yaml_slice(first))
            : 0;
    recist_yaml_refuse_unused(yaml, node, "the section `counts`");
}

static void compile_window(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_best_response *best = &compiler->criteria->best;
    if (!recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        return;
    }
    struct recist_yaml_node *until = recist_yaml_get(yaml, node, "until");
    struct recist_yaml_node *before = recist_yaml_get(yaml, node, "before");
    best->until_text = until && until->text ? until->text : "";
    best->before_text = before && before->text ? before->text : "";
    if (until && recist_yaml_expect(yaml, until, RECIST_YAML_SCALAR)) {
        struct recist_expression_context context = {.scope = RECIST_SCOPE_POINT,
                                                    .overall_known = true};
        best->until = recist_condition_compile(compiler, until, context);
    }
    if (before && recist_yaml_expect(yaml, before, RECIST_YAML_SCALAR)) {
        struct recist_expression_context context = {.scope = RECIST_SCOPE_COURSE};
        best->before = recist_value_compile(compiler, before, context, RECIST_TYPE_DATE);
    }
    recist_yaml_refuse_unused(yaml, node, "the section `window`");
}

/* Without it the first response that counts as progression gives the date. */
static void compile_progression(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    struct recist_best_response *best = &compiler->criteria->best;
    struct recist_expression_context context = {.scope = RECIST_SCOPE_COURSE};
    best->progression_date_text = node && node->text ? node->text : "";
    if (node && recist_yaml_expect(&compiler->yaml, node, RECIST_YAML_SCALAR)) {
        best->progression_date = recist_value_compile(compiler, node, context, RECIST_TYPE_DATE);
    }
}

static void compile_assessed(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_best_response *best = &compiler->criteria->best;
    if (!node) {
        return;
    }
    struct recist_expression_context context = {.scope = RECIST_SCOPE_POINT,
                                                .overall_known = true};
    recist_compile_changes(compiler, recist_yaml_get_mapping(yaml, node, "history"), context,
                           best->history);
    context.later_known = true;
    recist_compile_changes(compiler, recist_yaml_get_mapping(yaml, node, "amendments"), context,
                           best->amendments);
    recist_yaml_refuse_unused(yaml, node, "the section `assessed`");
}

static void check_end(struct recist_compiler *compiler, const struct recist_course_rules *rules,
                      const char *which)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct recist_rule *rule = &rules->rules[i].rule;
        bool last = i + 1 == rules->count;
        bool conditional = rule->when_text[0] != '\0';
        if (last && conditional) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNDECIDED), rule->place,
                                   "the last %s rule has a condition, so that no rule may hold",
                                   which);
        } else if (!last && !conditional) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNREACHABLE),
                                   rules->rules[i + 1].rule.place,
                                   "the rule %s is never reached: %s before it always holds",
                                   rules->rules[i + 1].rule.id, rule->id);
            return;
        }
    }
}

static void compile_rules(struct recist_compiler *compiler, struct recist_yaml_node *node,
                          struct recist_course_rules *rules, const char *which)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_expression_context context = {.scope = RECIST_SCOPE_COURSE};
    size_t count = 0;
    if (!node || node->kind != RECIST_YAML_MAPPING || !rules->rules) {
        return;
    }
    for (struct recist_yaml_node *child = node->first; child; child = child->next) {
        if (child->kind != RECIST_YAML_MAPPING) {
            continue;
        }
        struct recist_course_rule *rule = &rules->rules[count++];
        recist_compile_rule(compiler, child, context, &rule->rule);
        struct recist_yaml_node *date = recist_yaml_get(yaml, child, "date");
        rule->date_text = date && date->text ? date->text : "";
        if (date && recist_yaml_expect(yaml, date, RECIST_YAML_SCALAR)) {
            rule->date = recist_value_compile(compiler, date, context, RECIST_TYPE_DATE);
        }
        recist_yaml_refuse_unused(yaml, child, "a rule");
    }
    check_end(compiler, rules, which);
}

void recist_compile_best_response(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_best_response *best = &compiler->criteria->best;
    struct recist_yaml_node *node = section(compiler, root);
    if (!node) {
        return;
    }
    compile_window(compiler,
                   recist_yaml_require(yaml, node, "window", "the section `best_response`"));
    compile_sets(compiler,
                 recist_yaml_require(yaml, node, "counts", "the section `best_response`"));
    read_set(compiler, recist_yaml_get(yaml, node, "ranking"), best->ranks);
    compile_progression(compiler, recist_yaml_get(yaml, node, "progression_date"));
    compile_assessed(compiler, recist_yaml_get_mapping(yaml, node, "assessed"));
    compile_rules(compiler, recist_yaml_get(yaml, node, "unconfirmed"), &best->unconfirmed,
                  "unconfirmed");
    compile_rules(compiler, recist_yaml_get(yaml, node, "confirmed"), &best->confirmed,
                  "confirmed");
    recist_yaml_refuse_unused(yaml, node, "the section `best_response`");
}
