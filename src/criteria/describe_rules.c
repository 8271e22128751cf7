/* SPDX-License-Identifier: MIT
 * What criteria decide at a visit: components and the overall response; and the checks of
 * `validate`. */
#include "criteria/describe.h"

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)
#define WIDTH(list) (sizeof(list) / sizeof *(list))

struct recist_item recist_describe_sentence(struct recist_document *document, const char *say)
{
    struct recist_text words;
    recist_text_init(&words);
    for (const char *at = say; *at;) {
        size_t length = strcspn(at, "{");
        recist_text_append(&words, at, length);
        at += length;
        if (*at) {
            recist_text_append_string(&words, "…");
            at += strcspn(at, "}");
            at += *at == '}';
        }
    }
    recist_text_append_char(&words, '\0');
    struct recist_item item =
        recist_item_text(words.failed ? "" : recist_document_format(document, "%s", words.bytes));
    item.exact = say[0] ? say : NULL;
    document->failed = document->failed || words.failed;
    recist_text_destroy(&words);
    return item;
}

static const struct recist_document_column rule_columns[] = {
    {"rule", "rule"},   {"response", "response"}, {"say", "in words"}, {"when", "when"},
    {"needs", "needs"}, {"in_force", "in force"}, {"cite", "section"},
};

static void fill_rule(struct recist_document *document, const struct recist_criteria *criteria,
                      const struct recist_rule *rule, bool reached, struct recist_item *row)
{
    row[0] = recist_item_code(rule->id);
    row[1] = recist_item_text(criteria->words[rule->word]);
    row[2] = recist_describe_sentence(document, rule->say_text);
    row[3] = recist_describe_condition(rule->when_text);
    row[4] = recist_item_text(rule->what_was_evaluated ? "what was evaluated" : "");
    row[4].exact = rule->what_was_evaluated ? "what was evaluated" : "every lesion";
    row[5] = recist_describe_force(reached && !recist_condition_is_never(rule->when));
    row[6] = recist_item_text(rule->cite);
}

static void describe_rules(struct recist_document *document, const struct recist_criteria *criteria,
                           const char *name, const struct recist_rule *rules, size_t count)
{
    size_t width = WIDTH(rule_columns);
    bool reached = true; /* conventions can make a rule hold always, and leave those after it out */
    struct recist_item *items = recist_document_items(document, count, width);
    for (size_t i = 0; items && i < count; i++) {
        fill_rule(document, criteria, &rules[i], reached, &items[i * width]);
        reached = reached && !recist_condition_is_always(rules[i].when);
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = name, COLUMNS(rule_columns), .items = items, .row_count = count});
}

static const char *title_of(const struct recist_component *component)
{
    return component->title[0] ? component->title : component->name;
}

static void describe_components(struct recist_document *document,
                                const struct recist_criteria *criteria)
{
    recist_document_section(document, "components", "Components of the response");
    recist_document_paragraph(document, "Of each component the first rule that holds gives the "
                                        "response.");
    for (size_t i = 0; i < criteria->component_count; i++) {
        const struct recist_component *component = &criteria->components[i];
        recist_document_section(
            document, component->name,
            component->title[0]
                ? recist_document_format(document, "%s (%s)", component->title, component->name)
                : component->name);
        recist_document_fact(document, "title", "", recist_item_exact(component->title));
        if (component->beside) {
            recist_document_fact(document, "decides", "decides",
                                 recist_item_text("nothing: it stands beside the overall response"));
        }
        describe_rules(document, criteria, "rules", component->rules, component->rule_count);
        recist_document_section_end(document);
    }
    recist_document_section_end(document);
}

const char *const *recist_describe_words(struct recist_document *document,
                                         const struct recist_criteria *criteria, uint64_t set,
                                         size_t *count)
{
    const char **words =
        recist_arena_take_zeroed(&document->arena, RECIST_WORD_LIMIT, sizeof *words);
    *count = 0;
    document->failed = document->failed || !words;
    for (size_t word = 1; words && word < criteria->word_count; word++) {
        if ((set >> word) & 1) {
            words[(*count)++] = criteria->words[word];
        }
    }
    return words;
}

/* A cell as the guideline prints it: any, not X, or the words; JSON has all words. */
static struct recist_item cell_item(struct recist_document *document,
                                    const struct recist_criteria *criteria, size_t column,
                                    uint64_t cell)
{
    uint64_t all = criteria->components[criteria->table.columns[column]].words;
    struct recist_item item = {.kind = RECIST_ITEM_LIST};
    size_t missing = 0;
    const char *const *others = recist_describe_words(document, criteria, all & ~cell, &missing);
    item.list = recist_describe_words(document, criteria, cell, &item.count);
    if (missing == 0) {
        item.text = "any";
    } else if (missing == 1 && item.count > 1) {
        item.text = recist_document_format(document, "not %s", others[0]);
    }
    return item;
}

static void describe_table(struct recist_document *document, const struct recist_criteria *criteria)
{
    const struct recist_decision_table *table = &criteria->table;
    struct recist_document_column columns[RECIST_TABLE_COLUMNS + 2] = {{"row", "row"}};
    size_t width = table->column_count + 2;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct recist_component *component = &criteria->components[table->columns[i]];
        columns[i + 1] = (struct recist_document_column){component->name, title_of(component)};
    }
    columns[width - 1] = (struct recist_document_column){
        "response", criteria->overall_title[0] ? criteria->overall_title : "overall response"};
    struct recist_item *items = recist_document_items(document, table->row_count, width);
    for (size_t i = 0; items && i < table->row_count; i++) {
        struct recist_item *row = &items[i * width];
        row[0] = recist_item_code(table->rows[i].id);
        for (size_t k = 0; k < table->column_count; k++) {
            row[k + 1] = cell_item(document, criteria, k, table->rows[i].cells[k]);
        }
        row[width - 1] = recist_item_text(criteria->words[table->rows[i].word]);
    }
    recist_document_table(document, &(struct recist_document_table){.name = "rows",
                                                                    .columns = columns,
                                                                    .column_count = width,
                                                                    .items = items,
                                                                    .row_count = table->row_count});
}

static void describe_decision(struct recist_document *document,
                              const struct recist_criteria *criteria)
{
    recist_document_section(document, "table", "Decision table");
    recist_document_paragraph(document,
                              recist_document_format(document, "%s, each by one row only.",
                                                     recist_describe_proof(document, criteria)));
    recist_document_fact(document, "cite", "section", recist_item_text(criteria->table.cite));
    struct recist_item combinations = recist_item_number(criteria->table.combination_count);
    combinations.text = ""; /* people have read it above */
    recist_document_fact(document, "combinations", "", combinations);
    describe_table(document, criteria);
    recist_document_section_end(document);
}

static void describe_dates(struct recist_document *document, const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {{"value", "date"}, {"when", "when"}};
    size_t count = criteria->date_rule_count;
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    for (size_t i = 0; items && i < count; i++) {
        items[2 * i] = recist_item_code(criteria->date_rules[i].value_text);
        items[2 * i + 1] = recist_describe_condition(criteria->date_rules[i].when_text);
    }
    recist_document_section(document, NULL, "Date of the response");
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "date", COLUMNS(columns), .items = items, .row_count = count});
    recist_document_section_end(document);
}

void recist_describe_changes(struct recist_document *document,
                             const struct recist_criteria *criteria, const char *name,
                             const char *title, const struct recist_rule *rules, size_t count)
{
    if (count > 0) {
        recist_document_section(document, NULL, title);
    }
    describe_rules(document, criteria, name, rules, count);
    if (count > 0) {
        recist_document_section_end(document);
    }
}

static void describe_overall(struct recist_document *document,
                             const struct recist_criteria *criteria)
{
    recist_document_section(document, "overall",
                            criteria->overall_title[0] ? criteria->overall_title
                                                       : "Overall response");
    recist_document_fact(document, "title", "", recist_item_exact(criteria->overall_title));
    describe_decision(document, criteria);
    recist_describe_changes(document, criteria, "history", "What earlier visits change in this one",
                            criteria->history, criteria->history_count);
    recist_describe_changes(document, criteria, "amendments",
                            "What later visits change in this one", criteria->amendments,
                            criteria->amendment_count);
    describe_dates(document, criteria);
    recist_document_section_end(document);
}

static void describe_states(struct recist_document *document,
                            const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {
        {"state", "state"},     {"title", "title"},  {"enter", "entered when"},
        {"leave", "left when"}, {"cite", "section"},
    };
    size_t count = criteria->state_count;
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    for (size_t i = 0; items && i < count; i++) {
        const struct recist_state *state = &criteria->states[i];
        struct recist_item *row = &items[i * WIDTH(columns)];
        row[0] = recist_item_code(state->name);
        row[1] = recist_item_text(state->title);
        row[2] = recist_item_code(state->enter_text);
        row[3] = state->leave ? recist_item_code(state->leave_text) : recist_item_absent("never");
        row[4] = recist_item_text(state->cite);
    }
    if (count > 0) {
        recist_document_section(document, NULL, "States");
        recist_document_paragraph(document, "A visit enters a state once its response is decided; "
                                            "the state lasts until a visit leaves it.");
    }
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "states", COLUMNS(columns), .items = items, .row_count = count});
    if (count > 0) {
        recist_document_section_end(document);
    }
}

static void fill_check(struct recist_document *document, const struct recist_check *check,
                       struct recist_item *row)
{
    static const char *const subjects[] = {"series", "organ", "lesion"};
    row[0] = recist_item_code(check->kind.code);
    row[1] = recist_item_text(recist_severity_word(check->kind.severity));
    row[2] = recist_describe_sentence(document, check->rule.say_text);
    row[3] = recist_item_text(check->help);
    row[4] = recist_item_text(subjects[check->of]);
    row[5] = recist_item_text(check->every_visit ? "every visit" : "baseline");
    row[6] = recist_describe_condition(check->rule.when_text);
    row[7] = recist_describe_force(!recist_condition_is_never(check->rule.when));
    row[8] = recist_item_text(check->rule.cite);
}

static void describe_checks(struct recist_document *document,
                            const struct recist_criteria *criteria)
{
    static const struct recist_document_column columns[] = {
        {"code", "code"}, {"severity", "severity"}, {"say", "in words"},
        {"help", "help"}, {"of", "looks at each"},  {"at", "at"},
        {"when", "when"}, {"in_force", "in force"}, {"cite", "section"},
    };
    size_t count = criteria->check_count;
    struct recist_item *items = recist_document_items(document, count, WIDTH(columns));
    for (size_t i = 0; items && i < count; i++) {
        fill_check(document, &criteria->checks[i], &items[i * WIDTH(columns)]);
    }
    recist_document_section(document, NULL, "Checks of measurement files");
    recist_document_paragraph(document, count > 0 ? "Findings of `recist validate`. None of them "
                                                    "changes a response."
                                                  : "None.");
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = "checks", COLUMNS(columns), .items = items, .row_count = count});
    recist_document_section_end(document);
}

void recist_describe_rules(struct recist_document *document, const struct recist_criteria *criteria)
{
    describe_states(document, criteria);
    describe_components(document, criteria);
    describe_overall(document, criteria);
    recist_describe_best_response(document, criteria);
    describe_checks(document, criteria);
}
