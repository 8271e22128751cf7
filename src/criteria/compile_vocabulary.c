/* SPDX-License-Identifier: MIT
 * Roles and statuses: the words a measurement file may use under these criteria. */
#include <string.h>

#include "base/excerpt.h"
#include "criteria/compiler.h"

#define MOST_STATUSES 64
#define MOST_ROLES 16

struct vocabulary_draft {
    struct recist_role_word roles[MOST_ROLES];
    size_t role_count;
    struct recist_status_word statuses[MOST_STATUSES];
    const char *cites[MOST_STATUSES];
    enum recist_type types[MOST_ROLES];
    size_t status_count;
};

static void read_status(struct recist_compiler *compiler, struct recist_yaml_node *node,
                        struct recist_status_word *status, const char **cite)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    *status = (struct recist_status_word){
        .word = node->key->text, .evaluated = true, .stands_for = RECIST_MISSING};
    recist_yaml_truth(yaml, recist_yaml_get(yaml, node, "evaluated"), &status->evaluated);
    recist_yaml_truth(yaml, recist_yaml_get(yaml, node, "merged"), &status->merged);
    recist_yaml_truth(yaml, recist_yaml_get(yaml, node, "prevails"), &status->prevails);
    struct recist_yaml_node *lasting = recist_yaml_get(yaml, node, "lasting");
    recist_yaml_truth(yaml, lasting, &status->lasting);
    if (status->lasting && status->evaluated) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), lasting->place,
                               "a lasting status says that the lesion is not evaluated any more; "
                               "add evaluated: \"no\"");
    }
    struct recist_yaml_node *value = recist_yaml_get(yaml, node, "value");
    recist_wide length = 0;
    if (value) {
        enum recist_type type = recist_compiler_quantity(compiler, value, &length);
        if (type == RECIST_TYPE_LENGTH && length <= RECIST_LARGEST_LENGTH) {
            status->stands_for = (int64_t)length;
        } else if (type != RECIST_TYPE_NONE) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_UNIT), value->place,
                                   "the value of a status is a length (mm) below 10 m");
        }
    }
    *cite = recist_compiler_text(compiler, node, "cite");
    recist_yaml_refuse_unused(yaml, node, "a status");
}

static bool same_status(const struct recist_status_word *one, const struct recist_status_word *two)
{
    return one->evaluated == two->evaluated && one->merged == two->merged &&
           one->lasting == two->lasting && one->prevails == two->prevails &&
           one->stands_for == two->stands_for;
}

/* The reader of measurement files would take the one for the other. */
static void report_same_word(struct recist_compiler *compiler, const struct recist_yaml_node *key,
                             const char *noun, const char *other)
{
    recist_compiler_report(compiler, RECIST_KIND(RULES_DUPLICATE_KEY), key->place,
                           "in measurement files the %s \"%s\" is the same as \"%s\"", noun,
                           RECIST_SHOWN(recist_yaml_slice(key)), other);
}

/* Roles may share a status, which then means the same in all of them. Returns its number. */
static uint8_t add_status(struct recist_compiler *compiler, struct vocabulary_draft *draft,
                          struct recist_yaml_node *node)
{
    struct recist_status_word status;
    const char *cite = "";
    read_status(compiler, node, &status, &cite);
    for (size_t i = 1; i < draft->status_count; i++) {
        if (strcmp(draft->statuses[i].word, status.word) == 0) {
            if (!same_status(&draft->statuses[i], &status)) {
                recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), node->place,
                                       "the status \"%s\" means something else in another role",
                                       status.word);
            }
            return (uint8_t)i;
        }
        if (recist_compiler_same_word(draft->statuses[i].word, status.word)) {
            report_same_word(compiler, node->key, "status", draft->statuses[i].word);
        }
    }
    if (draft->status_count == MOST_STATUSES) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), node->place,
                               "there are more than %d different statuses", MOST_STATUSES - 1);
        return 0;
    }
    draft->statuses[draft->status_count] = status;
    draft->cites[draft->status_count] = cite;
    return (uint8_t)draft->status_count++;
}

static void read_statuses(struct recist_compiler *compiler, struct vocabulary_draft *draft,
                          struct recist_yaml_node *node, struct recist_role_word *role)
{
    if (!node || !recist_yaml_expect(&compiler->yaml, node, RECIST_YAML_MAPPING)) {
        compiler->vocabulary_incomplete = compiler->vocabulary_incomplete || node;
        return;
    }
    uint8_t *statuses = recist_compiler_take(compiler, node->count + 1, sizeof *statuses);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && statuses; child = child->next) {
        recist_yaml_expect(&compiler->yaml, child, RECIST_YAML_MAPPING);
        statuses[role->status_count++] = add_status(compiler, draft, child);
    }
    role->statuses = statuses;
}

static uint8_t find_status(const struct vocabulary_draft *draft, const struct recist_role_word *role,
                           const char *word)
{
    for (size_t i = 0; i < role->status_count; i++) {
        if (strcmp(draft->statuses[role->statuses[i]].word, word) == 0) {
            return role->statuses[i];
        }
    }
    return RECIST_STATUS_BLANK;
}

/* `of: patient`: what the role records is no lesion's. */
static void read_patient(struct recist_compiler *compiler, struct recist_yaml_node *node,
                         struct recist_role_word *role, enum recist_type *type)
{
    static const char *const whose[] = {"lesion", "patient"};
    struct recist_yaml_reader *yaml = &compiler->yaml;
    size_t of = 0;
    recist_yaml_choice(yaml, recist_yaml_get(yaml, node, "of"), whose, 2, &of);
    role->of_patient = of == 1;
    role->needs_reading = role->needs_reading || role->of_patient;
    struct recist_yaml_node *own_schedule = recist_yaml_get(yaml, node, "own_schedule");
    struct recist_yaml_node *unit = recist_yaml_get(yaml, node, "unit");
    recist_yaml_truth(yaml, own_schedule, &role->own_schedule);
    struct recist_yaml_node *scan = recist_yaml_get(yaml, node, "scan");
    recist_yaml_truth(yaml, scan, &role->of_scan);
    *type = unit ? recist_compile_unit(compiler, unit) : RECIST_TYPE_NONE;
    role->has_value = unit != NULL;
    const struct recist_yaml_node *stray = own_schedule ? own_schedule : unit ? unit : scan;
    if (stray && !role->of_patient) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), stray->place,
                               "only what is recorded of the patient (of: patient) has a schedule, "
                               "a scan or a unit of its own");
        role->own_schedule = role->has_value = role->of_scan = false;
    } else if (role->own_schedule && role->of_scan) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), scan->place,
                               "what is read from a scan has no schedule of its own: its days are "
                               "visits with a scan");
    }
}

static void read_role(struct recist_compiler *compiler, struct vocabulary_draft *draft,
                      struct recist_yaml_node *node)
{
    static const char *const when[] = {"at baseline", "after baseline", "any time"};
    static const char *const readings[] = {"required", "optional"};
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_role_word *role = &draft->roles[draft->role_count++];
    *role = (struct recist_role_word){.word = node->key->text};
    size_t recorded = 0;
    size_t reading = 1;
    recist_yaml_choice(yaml, recist_yaml_require(yaml, node, "recorded", "a role"), when, 3,
                       &recorded);
    recist_yaml_choice(yaml, recist_yaml_get(yaml, node, "reading"), readings, 2, &reading);
    role->at_baseline = recorded != 1;
    role->any_time = recorded == 2;
    role->needs_reading = reading == 0;
    read_patient(compiler, node, role, &draft->types[draft->role_count - 1]);
    read_statuses(compiler, draft, recist_yaml_get(yaml, node, "statuses"), role);
    struct recist_yaml_node *blank = recist_yaml_get(yaml, node, "blank");
    struct recist_slice text;
    if (recist_yaml_text(yaml, blank, &text)) {
        role->blank_means = find_status(draft, role, blank->text);
        if (role->blank_means == RECIST_STATUS_BLANK && !compiler->vocabulary_incomplete) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_WORD), blank->place,
                                   "\"%s\" is not among the statuses of this role", blank->text);
        }
    }
    recist_yaml_refuse_unused(yaml, node, "a role");
}

static void keep(struct recist_compiler *compiler, const struct vocabulary_draft *draft)
{
    struct recist_role_word *roles =
        recist_compiler_take(compiler, draft->role_count, sizeof *roles);
    struct recist_status_word *statuses =
        recist_compiler_take(compiler, draft->status_count, sizeof *statuses);
    const char **cites = recist_compiler_take(compiler, draft->status_count, sizeof *cites);
    enum recist_type *types = recist_compiler_take(compiler, draft->role_count, sizeof *types);
    if (!roles || !statuses || !cites || !types) {
        return;
    }
    memcpy(roles, draft->roles, draft->role_count * sizeof *roles);
    memcpy(statuses, draft->statuses, draft->status_count * sizeof *statuses);
    memcpy(cites, draft->cites, draft->status_count * sizeof *cites);
    memcpy(types, draft->types, draft->role_count * sizeof *types);
    compiler->criteria->role_types = types;
    compiler->criteria->status_cites = cites;
    compiler->criteria->vocabulary = (struct recist_vocabulary){.roles = roles,
                                                                .role_count = draft->role_count,
                                                                .statuses = statuses,
                                                                .status_count =
                                                                    draft->status_count,
                                                                .value_column = SIZE_MAX};
}

static void check_role(struct recist_compiler *compiler, const struct vocabulary_draft *draft,
                       const struct recist_yaml_node *key)
{
    for (size_t i = 0; i < draft->role_count; i++) {
        if (recist_compiler_same_word(draft->roles[i].word, key->text)) {
            report_same_word(compiler, key, "role", draft->roles[i].word);
        }
    }
}

void recist_compile_vocabulary(struct recist_compiler *compiler, struct recist_yaml_node *root)
{
    struct vocabulary_draft draft = {
        .roles = {[RECIST_ROLE_NONE] = {.word = "none", .at_baseline = true}},
        .role_count = 1,
        .statuses = {[RECIST_STATUS_BLANK] = {
                         .word = "", .evaluated = true, .stands_for = RECIST_MISSING}},
        .cites = {""},
        .status_count = 1,
    };
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct recist_yaml_node *node = recist_yaml_require(yaml, root, "roles", "a criteria file");
    if (recist_yaml_expect(yaml, node, RECIST_YAML_MAPPING)) {
        recist_yaml_use_all(node);
        for (struct recist_yaml_node *child = node->first; child; child = child->next) {
            if (draft.role_count == MOST_ROLES) {
                recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), child->place,
                                       "there are more than %d roles", MOST_ROLES - 1);
                break;
            }
            if (!recist_yaml_expect(yaml, child, RECIST_YAML_MAPPING)) {
                compiler->vocabulary_incomplete = true;
            }
            check_role(compiler, &draft, child->key);
            read_role(compiler, &draft, child);
        }
    } else {
        compiler->vocabulary_incomplete = true;
    }
    keep(compiler, &draft);
}
