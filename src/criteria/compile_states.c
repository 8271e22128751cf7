/* SPDX-License-Identifier: MIT
 * States: what a visit enters, what lasts over the visits after it, and what another visit leaves
 * again. */
#include "criteria/compiler.h"

void recist_declare_states(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *node = recist_yaml_get(yaml, root, "states");
    if (!node || !recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        compiler->names_incomplete = compiler->names_incomplete || node;
        return;
    }
    criteria->states = recist_compiler_take(compiler, node->count + 1, sizeof *criteria->states);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && criteria->states;
         child = child->next) {
        recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING);
        recist_compiler_check_name(compiler, child->key);
        criteria->states[criteria->state_count++] = (struct recist_state){
            .name = child->key->text, .title = "", .cite = "", .place = child->key->place};
    }
}

static const struct recist_node *compile_when(struct recist_compiler *compiler,
                                              const struct recist_yaml_node *text)
{
    struct recist_expression_context context = {
        .scope = RECIST_SCOPE_VISIT, .components_known = SIZE_MAX, .overall_known = true};
    return text && recist_yaml_expect(&compiler->yaml, text, RECIST_YAML_SCALAR)
               ? recist_condition_compile(compiler, text, context)
               : NULL;
}

/* A state that nothing leaves would hold for ever without anybody having said so. */
static void check_leaving(struct recist_compiler *compiler, const struct recist_yaml_node *leave,
                          bool lasting, const struct recist_state *state)
{
    if (leave && lasting) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_STATE), leave->place,
                               "the state %s is said to be lasting, and to be left", state->name);
    } else if (!leave && !lasting) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_STATE), state->place,
                               "the state %s can never be left; say when with leave, or add "
                               "lasting: \"yes\"",
                               state->name);
    } else if (recist_condition_is_never(state->leave)) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_STATE), leave->place,
                               "the state %s can never be left with these conventions",
                               state->name);
    }
    if (recist_condition_is_never(state->enter)) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNUSED), state->place,
                               "the state %s is never entered with these conventions",
                               state->name);
    }
}

static void compile_state(struct recist_compiler *compiler, struct recist_yaml_node *node,
                          struct recist_state *state)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    size_t errors = yaml->errors;
    bool lasting = false;
    state->title = recist_compiler_text(compiler, node, "title");
    state->cite = recist_compiler_text(compiler, node, "cite");
    struct recist_yaml_node *enter = recist_yaml_require(yaml, node, "enter", "a state");
    struct recist_yaml_node *leave = recist_yaml_get(yaml, node, "leave");
    recist_yaml_truth(yaml, recist_yaml_get(yaml, node, "lasting"), &lasting);
    state->enter_text = enter && enter->text ? enter->text : "";
    state->leave_text = leave && leave->text ? leave->text : "";
    state->enter = compile_when(compiler, enter);
    state->leave = compile_when(compiler, leave);
    if (yaml->errors == errors) {
        check_leaving(compiler, leave, lasting, state);
    }
    recist_yaml_refuse_unused(yaml, node, "a state");
}

void recist_compile_states(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *node = recist_yaml_get(&compiler->yaml, root, "states");
    for (size_t i = 0; i < criteria->state_count; i++) {
        struct recist_yaml_node *state =
            recist_yaml_get(&compiler->yaml, node, criteria->states[i].name);
        if (state && state->kind == RECIST_YAML_MAPPING) {
            compile_state(compiler, state, &criteria->states[i]);
        }
    }
}
