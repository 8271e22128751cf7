/* SPDX-License-Identifier: MIT */
#include "criteria/compiler.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/excerpt.h"

void *recist_compiler_take(struct recist_compiler *compiler, size_t count, size_t size)
{
    void *taken = recist_arena_take_zeroed(compiler->yaml.arena, count, size);
    compiler->yaml.no_memory = compiler->yaml.no_memory || !taken;
    return taken;
}

void recist_compiler_report(struct recist_compiler *compiler,
                            const struct recist_finding_kind *kind, struct recist_place place,
                            const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    recist_yaml_report(&compiler->yaml, kind, place, "%s", message);
}

const char *recist_compiler_text(struct recist_compiler *compiler,
                                 struct recist_yaml_node *mapping, const char *key)
{
    struct recist_yaml_node *node = recist_yaml_get(&compiler->yaml, mapping, key);
    struct recist_slice text;
    return recist_yaml_text(&compiler->yaml, node, &text) ? node->text : "";
}

enum recist_type recist_compiler_quantity(struct recist_compiler *compiler,
                                          const struct recist_yaml_node *text, recist_wide *value)
{
    if (!recist_yaml_expect(&compiler->yaml, text, RECIST_YAML_SCALAR)) {
        return RECIST_TYPE_NONE;
    }
    struct recist_expression_context context = {.scope = RECIST_SCOPE_VISIT};
    const struct recist_node *node = recist_value_compile(compiler, text, context, RECIST_TYPE_NONE);
    if (!node) {
        return RECIST_TYPE_NONE;
    }
    if (node->operation != RECIST_OP_VALUE || node->type == RECIST_TYPE_CHOICE) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), text->place,
                               "\"%s\" is not a fixed quantity, such as 5 mm or 28 days",
                               text->text);
        return RECIST_TYPE_NONE;
    }
    *value = node->constant;
    return node->type;
}

void recist_compiler_check_name(struct recist_compiler *compiler,
                                const struct recist_yaml_node *name)
{
    const struct recist_criteria *criteria = compiler->criteria;
    bool taken = recist_name_is_reserved(recist_yaml_slice(name));
    for (size_t i = 0; i < criteria->convention_count && !taken; i++) {
        taken = recist_yaml_equals(name, criteria->conventions[i].name);
    }
    for (size_t i = 0; i < criteria->lesion_value_count && !taken; i++) {
        taken = recist_yaml_equals(name, criteria->lesion_values[i].name);
    }
    for (size_t i = 0; i < criteria->measure_count && !taken; i++) {
        taken = recist_yaml_equals(name, criteria->measures[i].name);
    }
    for (size_t i = 0; i < compiler->definition_count && !taken; i++) {
        taken = recist_yaml_equals(name, compiler->definitions[i].name);
    }
    for (size_t i = 0; i < criteria->column_count && !taken; i++) {
        taken = recist_yaml_equals(name, criteria->vocabulary.columns
                                             ? criteria->vocabulary.columns[i].name
                                             : "");
    }
    for (size_t i = 0; i < criteria->state_count && !taken; i++) {
        taken = recist_yaml_equals(name, criteria->states[i].name);
    }
    for (size_t i = 0; i < criteria->vocabulary.role_count && !taken; i++) {
        taken = criteria->vocabulary.roles[i].of_patient &&
                recist_yaml_equals(name, criteria->vocabulary.roles[i].word);
    }
    if (taken) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_DUPLICATE_KEY), name->place,
                               "the name \"%s\" means something else already",
                               RECIST_SHOWN(recist_yaml_slice(name)));
    }
}

/* `any` and `not X` would mean something else in the decision table. */
static bool is_cell_word(struct recist_slice text)
{
    return (text.length == 3 && memcmp(text.text, "any", 3) == 0) ||
           (text.length >= 4 && memcmp(text.text, "not ", 4) == 0);
}

unsigned recist_compiler_word(struct recist_compiler *compiler,
                              const struct recist_yaml_node *word)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_slice text;
    if (!recist_yaml_text(&compiler->yaml, word, &text)) {
        return 0;
    }
    if (text.length == 0 || is_cell_word(text)) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), word->place,
                               "\"%s\" cannot be a response", RECIST_SHOWN(text));
        return 0;
    }
    unsigned known = recist_criteria_find_word(criteria, text);
    if (known) {
        return known;
    }
    if (criteria->word_count == RECIST_WORD_LIMIT) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), word->place,
                               "the response \"%s\" is one too many; %d different ones can be used",
                               word->text, RECIST_WORD_LIMIT - 1);
        return 0;
    }
    criteria->words[criteria->word_count] = word->text;
    return (unsigned)criteria->word_count++;
}

static char folded(char c)
{
    if (c == '-' || c == ' ') {
        return '_';
    }
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool recist_compiler_same_word(const char *one, const char *other)
{
    while (*one && folded(*one) == folded(*other)) {
        one++;
        other++;
    }
    return folded(*one) == folded(*other);
}
