/* SPDX-License-Identifier: MIT
 * Checks: what `validate` looks at because these criteria ask for it. */
#include <string.h>

#include "criteria/compiler.h"

static const char *const severities[] = {"error", "warning", "note"};
static const char *const subjects[] = {"series", "organ", "lesion"};
static const char *const times[] = {"baseline", "every visit"};

/* A code of the program's own must not get a second meaning. */
static bool code_is_taken(const struct recist_yaml_node *code)
{
    for (size_t i = 0; i < RECIST_FINDING_KIND_COUNT; i++) {
        if (recist_yaml_equals(code, recist_finding_kinds[i].code)) {
            return true;
        }
    }
    return false;
}

static void compile_check(struct recist_compiler *compiler, struct recist_yaml_node *node,
                          struct recist_check *check)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    size_t severity = RECIST_WARNING;
    size_t subject = 0;
    size_t time = 0;
    recist_yaml_choice(yaml, recist_yaml_require(yaml, node, "severity", "a check"), severities, 3,
                       &severity);
    recist_yaml_choice(yaml, recist_yaml_require(yaml, node, "of", "a check"), subjects, 3,
                       &subject);
    recist_yaml_choice(yaml, recist_yaml_get(yaml, node, "at"), times, 2, &time);
    check->of = (enum recist_check_subject)subject;
    check->every_visit = time == 1;
    check->help = recist_compiler_text(compiler, node, "help");
    check->rule.id = node->key->text;
    recist_yaml_require(yaml, node, "when", "a check");
    struct recist_yaml_node *say = recist_yaml_require(yaml, node, "say", "a check");
    check->kind = (struct recist_finding_kind){.code = node->key->text,
                                               .severity = (enum recist_severity)severity,
                                               .meaning = say && say->text ? say->text : ""};
    struct recist_expression_context context = {.scope = check->of == RECIST_CHECK_LESION
                                                             ? RECIST_SCOPE_LESION
                                                             : RECIST_SCOPE_VISIT,
                                                .data_only = true,
                                                .organ_known = check->of == RECIST_CHECK_ORGAN};
    recist_compile_rule(compiler, node, context, &check->rule);
    if (code_is_taken(node->key)) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_DUPLICATE_KEY), node->key->place,
                               "the code %s belongs to a finding of the program", node->key->text);
    }
    recist_yaml_refuse_unused(yaml, node, "a check");
}

void recist_compile_checks(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *node = recist_yaml_get_mapping(yaml, root, "checks");
    if (!node) {
        return;
    }
    criteria->checks = recist_compiler_take(compiler, node->count + 1, sizeof *criteria->checks);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && criteria->checks;
         child = child->next) {
        if (recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
            compile_check(compiler, child, &criteria->checks[criteria->check_count++]);
        }
    }
}
