/* SPDX-License-Identifier: MIT
 * Units of the file's own, and further columns of the measurement file. */
#include <recist/measurements.h>
#include <string.h>

#include "base/excerpt.h"
#include "criteria/compiler.h"

static const struct {
    const char *word;
    enum recist_type type;
} known_units[] = {
    {"mm", RECIST_TYPE_LENGTH},
    {"mm2", RECIST_TYPE_AREA},
    {"none", RECIST_TYPE_NUMBER},
};
#define KNOWN_UNIT_COUNT (sizeof known_units / sizeof *known_units)
#define ANSWER_UNIT "yes/no"
#define VALUE_COLUMN "value" /* of roles of the patient that have a number */

static bool is_word_of_language(const struct recist_yaml_node *unit)
{
    static const char *const words[] = {"and",  "or",   "not",  "in",    "matches",
                                        "days", "day",  "week", "weeks", ANSWER_UNIT};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (recist_yaml_equals(unit, words[i])) {
            return true;
        }
    }
    return false;
}

static bool may_be_unit(const struct recist_yaml_node *unit)
{
    bool letters = unit->length > 0 && unit->length <= 16;
    for (size_t i = 0; letters && i < unit->length; i++) {
        char c = unit->text[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        letters = letter || (i > 0 && ((c >= '0' && c <= '9') || c == '/'));
    }
    return letters && !is_word_of_language(unit);
}

static enum recist_type find_unit(const struct recist_criteria *criteria,
                                  const struct recist_yaml_node *unit)
{
    for (size_t i = 0; i < KNOWN_UNIT_COUNT; i++) {
        if (recist_yaml_equals(unit, known_units[i].word)) {
            return known_units[i].type;
        }
    }
    for (size_t i = 0; i < criteria->unit_count; i++) {
        if (recist_yaml_equals(unit, criteria->units[i])) {
            return (enum recist_type)(RECIST_TYPE_OWN_UNIT + i);
        }
    }
    return RECIST_TYPE_NONE;
}

enum recist_type recist_compile_unit(struct recist_compiler *compiler,
                                     const struct recist_yaml_node *unit)
{
    if (!unit || !recist_yaml_expect(&compiler->yaml, unit, RECIST_YAML_SCALAR)) {
        return RECIST_TYPE_NONE;
    }
    enum recist_type type = find_unit(compiler->criteria, unit);
    if (type == RECIST_TYPE_NONE) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_WORD), unit->place,
                               "\"%s\" is not a unit; units are mm, mm2, none, and at most %d "
                               "short words that columns and roles bring, such as HU or U/ml",
                               RECIST_SHOWN(recist_yaml_slice(unit)), RECIST_MOST_UNITS);
    }
    return type;
}

static void declare_unit(struct recist_compiler *compiler, const struct recist_yaml_node *unit)
{
    struct recist_criteria *criteria = compiler->criteria;
    if (!unit || unit->kind != RECIST_YAML_SCALAR || recist_yaml_equals(unit, ANSWER_UNIT) ||
        find_unit(criteria, unit) != RECIST_TYPE_NONE) {
        return;
    }
    if (may_be_unit(unit) && criteria->unit_count < RECIST_MOST_UNITS) {
        criteria->units[criteria->unit_count++] = unit->text;
    }
}

static void declare_units_of(struct recist_compiler *compiler, struct recist_yaml_node *root,
                             const char *section)
{
    struct recist_yaml_node *node = recist_yaml_get(&compiler->yaml, root, section);
    if (!node || node->kind != RECIST_YAML_MAPPING) {
        return;
    }
    for (struct recist_yaml_node *child = node->first; child; child = child->next) {
        if (child->kind == RECIST_YAML_MAPPING) {
            declare_unit(compiler, recist_yaml_get(&compiler->yaml, child, "unit"));
        }
    }
}

/* Before conventions, which may be quantities in these units. */
void recist_declare_units(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    declare_units_of(compiler, root, "columns");
    declare_units_of(compiler, root, "roles");
}

static void compile_column(struct recist_compiler *compiler, struct recist_yaml_node *node,
                           struct recist_number_column *column,
                           struct recist_column_meaning *meaning)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    column->name = node->key->text;
    if (!recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        compiler->names_incomplete = true;
        return;
    }
    meaning->title = recist_compiler_text(compiler, node, "title");
    struct recist_yaml_node *unit = recist_yaml_require(yaml, node, "unit", "a column");
    column->answer = unit && recist_yaml_equals(unit, ANSWER_UNIT);
    meaning->type = column->answer ? RECIST_TYPE_TRUTH : recist_compile_unit(compiler, unit);
    recist_yaml_refuse_unused(yaml, node, "a column");
}

/* A file has one column of a name. */
static void check_header(struct recist_compiler *compiler, const struct recist_yaml_node *key,
                         const struct recist_number_column *columns, size_t count, bool has_value)
{
    bool taken = has_value && recist_compiler_same_word(key->text, VALUE_COLUMN);
    for (size_t i = 0; i < RECIST_COLUMN_COUNT; i++) {
        taken = taken || recist_compiler_same_word(key->text, recist_column_name((enum recist_column)i));
    }
    for (size_t i = 0; i < count; i++) {
        taken = taken || recist_compiler_same_word(key->text, columns[i].name);
    }
    if (taken) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_DUPLICATE_KEY), key->place,
                               "measurement files have a column \"%s\" already",
                               RECIST_SHOWN(recist_yaml_slice(key)));
    }
}

static bool any_role_has_value(const struct recist_vocabulary *vocabulary)
{
    bool any = false;
    for (size_t i = 0; i < vocabulary->role_count; i++) {
        any = any || vocabulary->roles[i].has_value;
    }
    return any;
}

void recist_compile_columns(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *node = recist_yaml_get_mapping(&compiler->yaml, root, "columns");
    size_t count = node ? node->count : 0;
    struct recist_number_column *columns =
        recist_compiler_take(compiler, count + 1, sizeof *columns);
    criteria->columns = recist_compiler_take(compiler, count + 1, sizeof *criteria->columns);
    if (!columns || !criteria->columns) {
        return;
    }
    if (count >= RECIST_MOST_COLUMNS) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), node->place,
                               "there are %zu further columns; at most %d can be named", count,
                               RECIST_MOST_COLUMNS - 1);
        return;
    }
    if (node) {
        recist_yaml_use_all(node);
    }
    bool has_value = any_role_has_value(&criteria->vocabulary);
    for (struct recist_yaml_node *child = node ? node->first : NULL; child; child = child->next) {
        recist_compiler_check_name(compiler, child->key);
        check_header(compiler, child->key, columns, criteria->column_count, has_value);
        compile_column(compiler, child, &columns[criteria->column_count],
                       &criteria->columns[criteria->column_count]);
        criteria->column_count++;
    }
    criteria->vocabulary.columns = columns;
    criteria->vocabulary.column_count = criteria->column_count;
    if (has_value) {
        columns[criteria->column_count] = (struct recist_number_column){.name = VALUE_COLUMN};
        criteria->vocabulary.value_column = criteria->vocabulary.column_count++;
    }
}
