/* SPDX-License-Identifier: MIT
 * From a merged criteria file to compiled criteria: every part in turn, all findings of all parts. */
#include <stdlib.h>
#include <string.h>

#include "criteria/compiler.h"

static void read_identity(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    static const char *const statuses[] = {"confirmed", "partly confirmed", "unconfirmed"};
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_reader *yaml = &compiler->yaml;
    recist_yaml_require(yaml, root, "criteria", "a criteria file");
    recist_yaml_require(yaml, root, "title", "a criteria file");
    recist_yaml_require(yaml, root, "version", "a criteria file");
    recist_yaml_require(yaml, root, "source", "a criteria file");
    criteria->id = recist_compiler_text(compiler, root, "criteria");
    criteria->title = recist_compiler_text(compiler, root, "title");
    criteria->version = recist_compiler_text(compiler, root, "version");
    criteria->source = recist_compiler_text(compiler, root, "source");
    criteria->cite_as = recist_compiler_text(compiler, root, "cite_as");
    size_t status = 0;
    recist_yaml_choice(yaml, recist_yaml_require(yaml, root, "status", "a criteria file"),
                       statuses, sizeof statuses / sizeof *statuses, &status);
    criteria->status = statuses[status];
}

/* A component that is forgotten in the table would have no say. */
static void warn_unused_components(struct recist_compiler *compiler)
{
    const struct recist_criteria *criteria = compiler->criteria;
    for (size_t i = 0; i < criteria->component_count; i++) {
        const struct recist_component *component = &criteria->components[i];
        if (!component->used && !component->beside) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNUSED), component->place,
                                   "the component %s stands in no column of the decision table "
                                   "and in no condition",
                                   component->name);
        }
    }
}

/* Columns and states. */
static void warn_unused_recorded(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    const struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *columns = recist_yaml_get(&compiler->yaml, root, "columns");
    for (size_t i = 0; i < criteria->column_count; i++) {
        if (!criteria->columns[i].used) {
            const char *name = criteria->vocabulary.columns[i].name;
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNUSED),
                                   recist_yaml_get(&compiler->yaml, columns, name)->key->place,
                                   "the column %s is never asked for", name);
        }
    }
    for (size_t i = 0; i < criteria->state_count; i++) {
        if (!criteria->states[i].used) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNUSED), criteria->states[i].place,
                                   "the state %s is never asked for", criteria->states[i].name);
        }
    }
}

static void warn_unused(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct recist_criteria *criteria = compiler->criteria;
    struct recist_yaml_node *conventions = recist_yaml_get(&compiler->yaml, root, "conventions");
    for (size_t i = 0; i < criteria->convention_count; i++) {
        if (!criteria->conventions[i].used) {
            const struct recist_yaml_node *node = recist_yaml_get(
                &compiler->yaml, conventions, criteria->conventions[i].name);
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNUSED), node->key->place,
                                   "the convention %s is never asked for",
                                   criteria->conventions[i].name);
        }
    }
    for (size_t i = 0; i < compiler->definition_count; i++) {
        if (!compiler->definitions[i].used) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNUSED),
                                   compiler->definitions[i].text->key->place,
                                   "the definition %s is never used",
                                   compiler->definitions[i].name);
        }
    }
    struct recist_yaml_node *measures = recist_yaml_get(&compiler->yaml, root, "measures");
    for (size_t i = 1; i < criteria->measure_count; i++) {
        if (!criteria->measures[i].used && !criteria->measures[i].shown) {
            const struct recist_yaml_node *node =
                recist_yaml_get(&compiler->yaml, measures, criteria->measures[i].name);
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNUSED), node->key->place,
                                   "the measure %s is never asked for",
                                   criteria->measures[i].name);
        }
    }
    warn_unused_recorded(compiler, root);
    warn_unused_components(compiler);
}

static void compile(struct recist_compiler *compiler, struct recist_yaml_node *root,
                    const struct recist_setting *settings, size_t setting_count)
{
    read_identity(compiler, root);
    recist_declare_units(compiler, root);
    recist_compile_conventions(compiler, root, settings, setting_count);
    recist_compile_vocabulary(compiler, root);
    recist_compile_columns(compiler, root);
    recist_compile_visits(compiler, root);
    recist_compile_organs(compiler, root);
    recist_declare_measures(compiler, root);
    recist_declare_definitions(compiler, root);
    recist_declare_states(compiler, root);
    recist_declare_components(compiler, root);
    recist_declare_overall(compiler, root);
    recist_declare_best_response(compiler, root);
    recist_compile_measures(compiler, root);
    recist_compile_components(compiler, root);
    recist_compile_overall(compiler, root);
    recist_compile_states(compiler, root);
    recist_compile_best_response(compiler, root);
    recist_compile_checks(compiler, root);
    recist_refuse_stray_conventions(compiler, root);
    recist_yaml_refuse_unused(&compiler->yaml, root, "a criteria file");
    if (compiler->yaml.errors == 0) {
        warn_unused(compiler, root);
    }
}

static enum recist_outcome load(struct recist_criteria *criteria, const char *name_or_path,
                                const char *const *directories, size_t directory_count,
                                const struct recist_setting *settings, size_t setting_count,
                                struct recist_findings *findings)
{
    size_t errors = recist_findings_count_of(findings, RECIST_ERROR);
    enum recist_outcome outcome =
        recist_criteria_source_load(name_or_path, directories, directory_count, &criteria->arena,
                                    findings, &criteria->file);
    if (!criteria->file || outcome == RECIST_NO_MEMORY || outcome == RECIST_UNREADABLE) {
        return outcome == RECIST_DONE ? RECIST_INVALID : outcome;
    }
    struct recist_compiler compiler = {
        .yaml = {.arena = &criteria->arena, .findings = findings},
        .criteria = criteria,
        .values_known = SIZE_MAX,
        .measures_known = SIZE_MAX};
    compile(&compiler, criteria->file->root, settings, setting_count);
    if (compiler.yaml.no_memory || recist_findings_lost(findings)) {
        return RECIST_NO_MEMORY;
    }
    return recist_findings_count_of(findings, RECIST_ERROR) > errors ? RECIST_INVALID : outcome;
}

enum recist_outcome recist_criteria_load(const char *name_or_path, const char *const *directories,
                                         size_t directory_count,
                                         const struct recist_setting *settings,
                                         size_t setting_count, struct recist_findings *findings,
                                         struct recist_criteria **criteria)
{
    *criteria = NULL;
    struct recist_criteria *loaded = calloc(1, sizeof *loaded);
    if (!loaded) {
        return RECIST_NO_MEMORY;
    }
    recist_arena_init(&loaded->arena, 0);
    loaded->words[0] = "";
    loaded->word_count = 1;
    loaded->organs = recist_organ_map_create();
    enum recist_outcome outcome =
        loaded->organs ? load(loaded, name_or_path, directories, directory_count, settings,
                              setting_count, findings)
                       : RECIST_NO_MEMORY;
    if (outcome != RECIST_DONE) {
        recist_criteria_destroy(loaded);
        return outcome;
    }
    *criteria = loaded;
    return RECIST_DONE;
}
