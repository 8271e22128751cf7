/* SPDX-License-Identifier: MIT
 * How criteria look at lesions: roles, statuses, organs, how lesions are measured, and the names
 * that conditions use. */
#include "base/decimal.h"
#include "criteria/describe.h"

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)
#define WIDTH(list) (sizeof(list) / sizeof *(list))

static const char *unit_of(const struct recist_criteria *criteria, enum recist_type type)
{
    return type == RECIST_TYPE_NONE     ? ""
           : type == RECIST_TYPE_NUMBER ? "none"
           : type == RECIST_TYPE_TRUTH  ? "yes/no"
                                        : recist_type_unit(criteria, type);
}

static const char *recorded(const struct recist_role_word *role)
{
    return role->any_time ? "at any time" : role->at_baseline ? "at baseline" : "after baseline";
}

static void describe_roles(struct recist_document *document, const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {
        {"role", "role"},
        {"of", "of"},
        {"recorded", "recorded"},
        {"own_schedule", "on days of its own"},
        {"scan", "read from a scan"},
        {"reading", "number or status"},
        {"unit", "unit of its value"},
        {"blank", "without a status it is"},
    };
    const struct recist_vocabulary *vocabulary = &criteria->vocabulary;
    size_t count = vocabulary->role_count - 1; /* the first is the file's own word `none` */
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    for (size_t i = 0; items && i < count; i++) {
        const struct recist_role_word *role = &vocabulary->roles[i + 1];
        struct recist_item *row = &items[i * WIDTH(columns)];
        row[0] = recist_item_text(role->word);
        row[1] = recist_item_text(role->of_patient ? "patient" : "");
        row[1].exact = role->of_patient ? "patient" : "lesion";
        row[2] = recist_item_text(recorded(role));
        row[3] = recist_item_truth(role->own_schedule, "yes", "");
        row[4] = recist_item_truth(role->of_scan, "yes", "");
        row[5] = recist_item_text(role->needs_reading ? "required" : "optional");
        row[6] = recist_item_text(unit_of(criteria, criteria->role_types[i + 1]));
        row[7] = recist_item_text(vocabulary->statuses[role->blank_means].word);
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "roles", COLUMNS(columns), .items = items, .row_count = count});
}

static struct recist_item length_item(struct recist_document *document, int64_t length)
{
    char text[RECIST_DECIMAL_TEXT_SIZE];
    if (length == RECIST_MISSING) {
        return recist_item_absent("");
    }
    recist_decimal_format(length, RECIST_ONE, RECIST_DECIMALS, text);
    return recist_item_text(recist_document_format(document, "%s mm", text));
}

static void fill_status(struct recist_document *document, const struct recist_criteria *criteria,
                        const struct recist_role_word *role, uint8_t status,
                        struct recist_item *row)
{
    const struct recist_status_word *word = &criteria->vocabulary.statuses[status];
    row[0] = recist_item_text(role->word);
    row[1] = recist_item_text(word->word);
    row[2] = length_item(document, word->stands_for);
    row[3] = recist_item_truth(word->evaluated, "yes", word->lasting ? "no more" : "no");
    row[4] = recist_item_truth(word->merged, "yes", "");
    row[5] = recist_item_truth(word->lasting, "", "");
    row[6] = recist_item_truth(word->prevails, "yes", "");
    row[7] = recist_item_text(criteria->status_cites[status]);
}

static void describe_statuses(struct recist_document *document,
                              const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {
        {"role", "role"},           {"status", "status"},
        {"stands_for", "taken as"}, {"evaluated", "evaluated"},
        {"merged", "merged"},       {"lasting", ""}, /* people read it beside `evaluated` */
        {"prevails", "prevails"},   {"cite", "section"},
    };
    const struct recist_vocabulary *vocabulary = &criteria->vocabulary;
    size_t count = 0;
    for (size_t i = 1; i < vocabulary->role_count; i++) {
        count += vocabulary->roles[i].status_count;
    }
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    struct recist_item *row = items;
    for (size_t i = 1; items && i < vocabulary->role_count; i++) {
        const struct recist_role_word *role = &vocabulary->roles[i];
        for (size_t k = 0; k < role->status_count; k++, row += WIDTH(columns)) {
            fill_status(document, criteria, role, role->statuses[k], row);
        }
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "statuses", COLUMNS(columns), .items = items, .row_count = count});
}

static void describe_columns(struct recist_document *document,
                             const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {
        {"column", "further column"}, {"title", "title"}, {"unit", "unit"}};
    size_t count = criteria->column_count;
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    for (size_t i = 0; items && i < count; i++) {
        struct recist_item *row = &items[i * WIDTH(columns)];
        row[0] = recist_item_code(criteria->vocabulary.columns[i].name);
        row[1] = recist_item_text(criteria->columns[i].title ? criteria->columns[i].title : "");
        row[2] = recist_item_text(unit_of(criteria, criteria->columns[i].type));
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "columns", COLUMNS(columns), .items = items, .row_count = count});
}

static void describe_organs(struct recist_document *document,
                            const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {
        {"organ", "organ"}, {"nodal", "lymph node"}, {"match", "pattern"}};
    const struct recist_organ_map *organs = criteria->organs;
    size_t count = recist_organ_map_count(organs);
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    for (size_t i = 0; items && i < count; i++) {
        struct recist_slice name = recist_organ_map_name(organs, i);
        struct recist_slice pattern = recist_organ_map_pattern(organs, i);
        struct recist_item *row = &items[i * WIDTH(columns)];
        row[0] =
            recist_item_text(recist_document_format(document, "%.*s", (int)name.length, name.text));
        row[1] = recist_item_truth(recist_organ_map_is_nodal(organs, i), "yes", "");
        row[2] = recist_item_code(
            recist_document_format(document, "%.*s", (int)pattern.length, pattern.text));
    }
    recist_document_section(document, NULL, "Organs");
    recist_document_paragraph(
        document,
        count > 0 ? "The first pattern that fits the text of the site names the organ." : "None.");
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "organs", COLUMNS(columns), .items = items, .row_count = count});
    recist_document_section_end(document);
}

/* What a part of the file says, read once more: conditions that conventions switch off have left
 * the compiled criteria. */
static const struct recist_yaml_node *find(const struct recist_yaml_node *mapping, const char *key)
{
    const struct recist_yaml_node *child = mapping ? mapping->first : NULL;
    while (child && (child->key->length != strlen(key) ||
                     memcmp(child->key->text, key, child->key->length) != 0)) {
        child = child->next;
    }
    return child;
}

static const char *text_of(const struct recist_yaml_node *mapping, const char *key)
{
    const struct recist_yaml_node *node = find(mapping, key);
    return node && node->text ? node->text : "";
}

static bool case_is_in_force(const struct recist_lesion_value *value, const char *text)
{
    for (size_t i = 0; i < value->case_count; i++) {
        if (value->cases[i].value_text == text) {
            return true;
        }
    }
    return false;
}

static void describe_cases(struct recist_document *document,
                           const struct recist_lesion_value *value,
                           const struct recist_yaml_node *cases)
{
    static const struct recist_document_column columns[] = {
        {"value", "is"}, {"when", "when"}, {"in_force", "in force"}, {"cite", "section"}};
    size_t count = cases ? cases->count : 0;
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    const struct recist_yaml_node *node = cases ? cases->first : NULL;
    for (size_t i = 0; items && i < count; i++, node = node->next) {
        struct recist_item *row = &items[i * WIDTH(columns)];
        row[0] = recist_item_code(text_of(node, "value"));
        row[1] = recist_describe_condition(text_of(node, "when"));
        row[2] = recist_describe_force(case_is_in_force(value, text_of(node, "value")));
        row[3] = recist_item_text(text_of(node, "cite"));
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "cases", COLUMNS(columns), .items = items, .row_count = count});
}

static void describe_values(struct recist_document *document,
                            const struct recist_criteria *criteria)
{
    const struct recist_yaml_node *values = find(criteria->file->root, "lesion_values");
    recist_document_section(document, "lesion_values", "How a lesion is measured");
    if (criteria->lesion_value_count == 0) {
        recist_document_paragraph(document, "Lesions are not measured.");
    }
    for (size_t i = 0; i < criteria->lesion_value_count; i++) {
        const struct recist_lesion_value *value = &criteria->lesion_values[i];
        const struct recist_lesion_value *same = &criteria->lesion_values[value->same_as];
        recist_document_section(document, value->name,
                                recist_document_format(document, "%s%s%s", value->name,
                                                       value->title[0] ? ": " : "", value->title));
        recist_document_fact(document, "title", "", recist_item_exact(value->title));
        recist_document_fact(document, "unit", "unit", recist_item_text(unit_of(criteria, value->type)));
        recist_document_fact(document, "same_as", "now the same as",
                             recist_item_code(same == value ? "" : same->name));
        describe_cases(document, value, find(find(values, value->name), "cases"));
        recist_document_section_end(document);
    }
    recist_document_section_end(document);
}

static void describe_measures(struct recist_document *document,
                              const struct recist_criteria *criteria)
{
    static const char *const aggregates[] = {"sum", "maximum", "minimum", "mean", "number"};
    static const struct recist_document_column columns[] = {
        {"name", "measure"}, {"title", "title"},  {"aggregate", "is the"},        {"of", "of"},
        {"over", "over"},    {"cite", "section"}, {"same_as", "now the same as"},
        {"references", "baseline and nadir"},     {"new_baseline", "new baseline where"},
    };
    size_t count = criteria->measure_count;
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    for (size_t i = 0; items && i < count; i++) {
        const struct recist_measure *measure = &criteria->measures[i];
        struct recist_item *row = &items[i * WIDTH(columns)];
        row[0] = recist_item_code(measure->name);
        row[1] = recist_item_text(measure->title);
        row[2] = recist_item_text(aggregates[measure->aggregate]);
        row[3] = recist_item_code(measure->aggregate == RECIST_AGGREGATE_COUNT
                                      ? measure->counted_text
                                      : criteria->lesion_values[measure->of].name);
        row[4] = recist_item_code(measure->over_text);
        row[5] = recist_item_text(measure->cite);
        row[6] = recist_item_code(
            measure->same_as == i ? "" : criteria->measures[measure->same_as].name);
        row[7] = recist_item_text(measure->same_lesions ? "of the lesions that it is over now" : "");
        row[8] = recist_item_code(measure->new_baseline_text);
    }
    recist_document_section(document, NULL, "What is followed from visit to visit");
    if (count == 0) {
        recist_document_paragraph(document, "None.");
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "measures", COLUMNS(columns), .items = items, .row_count = count});
    recist_document_section_end(document);
}

static void describe_definitions(struct recist_document *document,
                                 const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {{"name", "name"},
                                                            {"condition", "stands for"}};
    const struct recist_yaml_node *definitions = find(criteria->file->root, "definitions");
    size_t count = definitions ? definitions->count : 0;
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    const struct recist_yaml_node *node = definitions ? definitions->first : NULL;
    for (size_t i = 0; items && i < count; i++, node = node->next) {
        items[2 * i] = recist_item_code(node->key->text);
        items[2 * i + 1] = recist_item_code(node->text);
    }
    recist_document_section(document, NULL, "Names for conditions");
    recist_document_paragraph(document,
                              count > 0 ? "They are used in the conditions below." : "None.");
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "definitions", COLUMNS(columns), .items = items, .row_count = count});
    recist_document_section_end(document);
}

void recist_describe_lesions(struct recist_document *document,
                             const struct recist_criteria *criteria)
{
    recist_document_section(document, NULL, "Roles and statuses of lesions");
    describe_roles(document, criteria);
    describe_statuses(document, criteria);
    describe_columns(document, criteria);
    recist_document_section_end(document);
    describe_organs(document, criteria);
    describe_values(document, criteria);
    describe_measures(document, criteria);
    describe_definitions(document, criteria);
}
