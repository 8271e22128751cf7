/* SPDX-License-Identifier: MIT
 * Conventions: points where a guideline can be read two ways, with the reading in force. */
#include <string.h>

#include "base/excerpt.h"
#include "base/nearest_name.h"
#include "criteria/compiler.h"
#include "criteria/expression_parser.h"

static const struct recist_place setting_place = {.file = "--set"};

/* yes and true, no and false mean the same. */
static const char *canonical(const char *value)
{
    if (strcmp(value, "true") == 0) {
        return "yes";
    }
    return strcmp(value, "false") == 0 ? "no" : value;
}

static bool is_answer(const char *value)
{
    return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
}

static void read_choices(struct recist_compiler *compiler, struct recist_yaml_node *choices,
                         struct recist_convention *convention)
{
    struct recist_choice *list = recist_compiler_take(compiler, choices->count, sizeof *list);
    if (!list || choices->count > RECIST_WORD_LIMIT) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), choices->place,
                               "a convention has at most %d choices", RECIST_WORD_LIMIT);
        return;
    }
    size_t answers = 0;
    for (struct recist_yaml_node *child = choices->first; child; child = child->next) {
        struct recist_slice meaning;
        child->used = true;
        const char *value = canonical(child->key->text);
        answers += is_answer(value);
        recist_yaml_text(&compiler->yaml, child, &meaning);
        list[convention->choice_count++] =
            (struct recist_choice){.value = value, .meaning = child->text ? child->text : ""};
    }
    convention->choices = list;
    convention->type = answers == convention->choice_count && answers > 0 ? RECIST_TYPE_TRUTH
                                                                          : RECIST_TYPE_CHOICE;
    if (convention->choice_count < 2) {
        convention->type = RECIST_TYPE_NONE;
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), choices->place,
                               "%s is no convention: it has fewer than two choices",
                               convention->name);
    }
}

static bool choose(struct recist_convention *convention, const char *value)
{
    for (unsigned i = 0; i < convention->choice_count; i++) {
        if (strcmp(convention->choices[i].value, canonical(value)) == 0) {
            convention->value = convention->choices[i].value;
            convention->chosen = i;
            return true;
        }
    }
    return false;
}

static const char *list_of_choices(const struct recist_convention *convention, char *list,
                                   size_t size)
{
    size_t length = 0;
    list[0] = '\0';
    for (size_t i = 0; i < convention->choice_count; i++) {
        size_t word = strlen(convention->choices[i].value);
        if (length + word + 3 > size) {
            break;
        }
        memcpy(list + length, i ? ", " : "", i ? 2 : 0);
        length += i ? 2 : 0;
        memcpy(list + length, convention->choices[i].value, word + 1);
        length += word;
    }
    return list;
}

/* The type of what a file that is extended gave the convention, and of what that one extends. */
static enum recist_type type_before(struct recist_compiler *compiler,
                                    const struct recist_yaml_node *value)
{
    struct recist_findings *findings = compiler->yaml.findings;
    size_t count = recist_findings_count(findings);
    size_t errors = compiler->yaml.errors;
    recist_wide quantity = 0;
    enum recist_type type = recist_compiler_quantity(compiler, value->replaced, &quantity);
    recist_findings_truncate(findings, count);
    compiler->yaml.errors = errors;
    return type;
}

/* What is wrong is the charter's value, and not the rules of the file that it extends. */
static void compare_with_replaced(struct recist_compiler *compiler,
                                  struct recist_convention *convention,
                                  const struct recist_yaml_node *value)
{
    enum recist_type before = type_before(compiler, value);
    if (before != RECIST_TYPE_NONE && convention->type != RECIST_TYPE_NONE &&
        before != convention->type) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_UNIT), value->place,
                               "%s is %s, as %s is; \"%s\" is %s", convention->name,
                               recist_type_name(compiler->criteria, before),
                               RECIST_SHOWN(recist_yaml_slice(value->replaced)),
                               RECIST_SHOWN(recist_yaml_slice(value)),
                               recist_type_name(compiler->criteria, convention->type));
        convention->type = RECIST_TYPE_NONE; /* what names it takes it as said */
    }
}

static void set_value(struct recist_compiler *compiler, struct recist_convention *convention,
                      const struct recist_yaml_node *value)
{
    if (convention->choice_count == 0) {
        convention->value = value->text;
        convention->type = recist_compiler_quantity(compiler, value, &convention->quantity);
        if (value->replaced && value->replaced->kind == RECIST_YAML_SCALAR) {
            compare_with_replaced(compiler, convention, value);
        }
        return;
    }
    char list[256];
    if (!choose(convention, value->text)) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_WORD), value->place,
                               "\"%s\" is not a choice of %s; expected one of %s",
                               RECIST_SHOWN(recist_yaml_slice(value)),
                               convention->name,
                               list_of_choices(convention, list, sizeof list));
    }
}

/* `reported`: what is wrong with it was said already. */
static void compile_convention(struct recist_compiler *compiler, struct recist_yaml_node *node,
                               bool reported, struct recist_convention *convention)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    convention->name = node->key->text;
    convention->value = convention->written = convention->declared = "";
    convention->question = convention->cite = convention->also = "";
    if (reported || !recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        return; /* its type is none, which what names it takes as said */
    }
    convention->question = recist_compiler_text(compiler, node, "question");
    convention->cite = recist_compiler_text(compiler, node, "cite");
    convention->also = recist_compiler_text(compiler, node, "also");
    struct recist_yaml_node *choices = recist_yaml_get(yaml, node, "choices");
    struct recist_yaml_node *value = recist_yaml_require(yaml, node, "value", "a convention");
    bool readable = !choices || recist_yaml_expect(yaml, choices, RECIST_YAML_MAPPING);
    if (choices && readable) {
        read_choices(compiler, choices, convention);
    }
    struct recist_slice text;
    if (readable && recist_yaml_text(yaml, value, &text)) {
        set_value(compiler, convention, value);
    }
    convention->written = convention->value;
    const struct recist_yaml_node *declared = value;
    while (declared && declared->replaced) {
        declared = declared->replaced;
    }
    convention->declared = declared && declared->text ? canonical(declared->text) : "";
    recist_yaml_refuse_unused(yaml, node, "a convention");
}

/* A quantity of the same type as the file's; what is wrong is the setting, not a condition. */
static void set_quantity(struct recist_compiler *compiler, struct recist_convention *convention,
                         const struct recist_yaml_node *value)
{
    struct recist_findings *findings = compiler->yaml.findings;
    size_t count = recist_findings_count(findings);
    size_t errors = compiler->yaml.errors;
    enum recist_type type = convention->type;
    if (type == RECIST_TYPE_NONE) {
        return;
    }
    set_value(compiler, convention, value);
    recist_findings_truncate(findings, count);
    compiler->yaml.errors = errors;
    if (convention->type != type) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_SETTING), value->place,
                               "%s is %s, and \"%s\" is not", convention->name,
                               recist_type_name(compiler->criteria, type), RECIST_SHOWN_STRING(value->text));
        convention->type = RECIST_TYPE_NONE; /* what names it takes it as said */
    }
}

/* `--set confirmation_interval=28`: the unit may be left out. */
static const char *with_unit(struct recist_compiler *compiler,
                             const struct recist_convention *convention, const char *text)
{
    size_t length = strspn(text, "0123456789.");
    const char *unit = convention->type == RECIST_TYPE_DAYS
                           ? "days"
                           : recist_type_unit(compiler->criteria, convention->type);
    if (length == 0 || text[length] != '\0' || unit[0] == '\0') {
        return text;
    }
    size_t unit_length = strlen(unit);
    char *whole = recist_compiler_take(compiler, length + unit_length + 2, 1);
    if (!whole) {
        return text;
    }
    char *to = mempcpy(whole, text, length);
    *to++ = ' ';
    memcpy(to, unit, unit_length);
    return whole;
}

static void set_convention(struct recist_compiler *compiler, struct recist_convention *convention,
                           const char *text)
{
    text = with_unit(compiler, convention, text);
    struct recist_yaml_node value = {.kind = RECIST_YAML_SCALAR,
                                     .place = setting_place,
                                     .text = recist_arena_copy(compiler->yaml.arena, text,
                                                               strlen(text)),
                                     .length = strlen(text)};
    char list[256];
    if (!value.text) {
        compiler->yaml.no_memory = true;
    } else if (convention->choice_count == 0) {
        set_quantity(compiler, convention, &value);
    } else if (!choose(convention, value.text)) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_SETTING), setting_place,
                               "\"%s\" is not a choice of %s; expected one of %s",
                               RECIST_SHOWN_STRING(text), convention->name,
                               list_of_choices(convention, list, sizeof list));
    }
}

static void apply_setting(struct recist_compiler *compiler, const struct recist_setting *setting)
{
    struct recist_criteria *criteria = compiler->criteria;
    const char *names[RECIST_WORD_LIMIT * 2];
    size_t count = 0;
    for (size_t i = 0; i < criteria->convention_count; i++) {
        struct recist_convention *convention = &criteria->conventions[i];
        if (count < sizeof names / sizeof *names) {
            names[count++] = convention->name;
        }
        if (strcmp(convention->name, setting->name) != 0 &&
            (!*convention->also || strcmp(convention->also, setting->name) != 0)) {
            continue;
        }
        set_convention(compiler, convention, setting->value);
        return;
    }
    struct recist_slice name = {setting->name, strlen(setting->name)};
    const char *nearest = recist_nearest_name(name, names, count);
    recist_compiler_report(compiler, RECIST_KIND(RULES_SETTING), setting_place,
                           "%s has no convention \"%s\"%s%s%s", criteria->id, setting->name,
                           nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                           nearest ? "\"?" : "");
}

/* The convention that has this name as another one; or NULL. */
static const char *convention_also_called(const struct recist_yaml_node *conventions,
                                          const struct recist_yaml_node *name)
{
    for (const struct recist_yaml_node *child = conventions->first; child; child = child->next) {
        const struct recist_yaml_node *part = child->kind == RECIST_YAML_MAPPING ? child->first : NULL;
        for (; part; part = part->next) {
            if (recist_yaml_equals(part->key, "also") && part->kind == RECIST_YAML_SCALAR &&
                recist_yaml_equals(part, name->text)) {
                return child->key->text;
            }
        }
    }
    return NULL;
}

/* A charter's `name: value` where the file that it extends has no such convention, but one of nearly this
 * name, or that is called so too. */
static bool report_misspelt(struct recist_compiler *compiler,
                                 const struct recist_yaml_node *conventions,
                                 const struct recist_yaml_node *node)
{
    const char *names[RECIST_WORD_LIMIT * 2];
    size_t count = 0;
    for (const struct recist_yaml_node *child = conventions->first;
         child && count < sizeof names / sizeof *names; child = child->next) {
        if (child->kind == RECIST_YAML_MAPPING) {
            names[count++] = child->key->text;
        }
    }
    const char *nearest = convention_also_called(conventions, node->key);
    nearest = nearest ? nearest : recist_nearest_name(recist_yaml_slice(node->key), names, count);
    if (nearest) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_KEY), node->key->place,
                               "there is no convention \"%s\" that \"%s\" could be the value of; did "
                               "you mean \"%s\"?",
                               RECIST_SHOWN(recist_yaml_slice(node->key)),
                               RECIST_SHOWN(recist_yaml_slice(node)), nearest);
    }
    return nearest != NULL;
}

void recist_compile_conventions(struct recist_compiler *compiler, struct recist_yaml_node *root,
                                const struct recist_setting *settings, size_t setting_count)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *node = recist_yaml_get(&compiler->yaml, root, "conventions");
    if (node && !recist_yaml_expect(&compiler->yaml, node, RECIST_YAML_MAPPING)) {
        compiler->names_incomplete = true;
        node = NULL;
    }
    if (node) {
        criteria->conventions =
            recist_compiler_take(compiler, node->count + 1, sizeof *criteria->conventions);
        recist_yaml_use_all(node);
    }
    for (struct recist_yaml_node *child = node ? node->first : NULL;
         child && criteria->conventions; child = child->next) {
        recist_compiler_check_name(compiler, child->key);
        bool misspelt = child->kind == RECIST_YAML_SCALAR && report_misspelt(compiler, node, child);
        compile_convention(compiler, child, misspelt,
                           &criteria->conventions[criteria->convention_count++]);
    }
    for (size_t i = 0; i < setting_count; i++) {
        apply_setting(compiler, &settings[i]);
    }
}

void recist_refuse_stray_conventions(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    const struct recist_criteria *criteria = compiler->criteria;
    for (struct recist_yaml_node *child = root->first; child; child = child->next) {
        for (size_t i = 0; i < criteria->convention_count && !child->used; i++) {
            const struct recist_convention *convention = &criteria->conventions[i];
            if (recist_yaml_equals(child->key, convention->name) ||
                recist_yaml_equals(child->key, convention->also)) {
                child->used = true;
                recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_KEY), child->key->place,
                                       "\"%s\" is a convention; write it under \"conventions\", as %s",
                                       RECIST_SHOWN(recist_yaml_slice(child->key)),
                                       convention->name);
            }
        }
    }
}
