/* SPDX-License-Identifier: MIT
 * What criteria decide about a course: which visits count, and the rules for the best response. */
#include "criteria/describe.h"

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)
#define WIDTH(list) (sizeof(list) / sizeof *(list))

static void describe_window(struct recist_document *document,
                            const struct recist_best_response *best)
{
    recist_document_section(document, "window", "Visits that count");
    recist_document_fact(document, "until", "up to the first visit with",
                         recist_item_code(best->until_text));
    recist_document_fact(document, "before", "and before", recist_item_code(best->before_text));
    recist_document_section_end(document);
}

static struct recist_item set_item(struct recist_document *document,
                                   const struct recist_criteria *criteria, enum recist_word_set set)
{
    struct recist_item item = {.kind = RECIST_ITEM_LIST};
    item.list =
        recist_describe_words(document, criteria, criteria->best.word_sets[set], &item.count);
    return item;
}

/* From the best to the worst. */
static struct recist_item ranking_item(struct recist_document *document,
                                       const struct recist_criteria *criteria)
{
    struct recist_item item = {.kind = RECIST_ITEM_LIST};
    const char **words =
        recist_arena_take_zeroed(&document->arena, RECIST_WORD_LIMIT, sizeof *words);
    document->failed = document->failed || !words;
    for (unsigned rank = 1; words && rank < RECIST_WORD_LIMIT; rank++) {
        for (size_t word = 1; word < criteria->word_count; word++) {
            if (criteria->best.ranks[word] == rank) {
                words[item.count++] = criteria->words[word];
            }
        }
    }
    item.list = words;
    return item;
}

static void describe_counts(struct recist_document *document,
                            const struct recist_criteria *criteria)
{
    recist_document_section(document, "counts", "What responses count as");
    recist_document_fact(document, "response", "response",
                         set_item(document, criteria, RECIST_WORDS_RESPONSE));
    recist_document_fact(document, "control", "disease control",
                         set_item(document, criteria, RECIST_WORDS_CONTROL));
    recist_document_fact(document, "progression", "progression",
                         set_item(document, criteria, RECIST_WORDS_PROGRESSION));
    recist_document_fact(document, "not_evaluable", "no adequate assessment",
                         set_item(document, criteria, RECIST_WORDS_NOT_EVALUABLE));
    recist_document_fact(document, "ranking", "from best to worst",
                         ranking_item(document, criteria));
    recist_document_section_end(document);
}

static void describe_assessed(struct recist_document *document,
                              const struct recist_criteria *criteria)
{
    const struct recist_best_response *best = &criteria->best;
    recist_document_section(document, "assessed", "Responses read as assessed");
    if (best->history_count + best->amendment_count == 0) {
        recist_document_paragraph(document, "They are taken as they are.");
    }
    recist_describe_changes(document, criteria, "history",
                            "What earlier responses change in a response", best->history,
                            best->history_count);
    recist_describe_changes(document, criteria, "amendments",
                            "What later responses change in a response", best->amendments,
                            best->amendment_count);
    recist_document_section_end(document);
}

static void fill_rule(struct recist_document *document, const struct recist_criteria *criteria,
                      const struct recist_course_rule *rule, bool reached, struct recist_item *row)
{
    row[0] = recist_item_code(rule->rule.id);
    row[1] = recist_item_text(criteria->words[rule->rule.word]);
    row[2] = recist_describe_sentence(document, rule->rule.say_text);
    row[3] = recist_describe_condition(rule->rule.when_text);
    row[4] = recist_item_code(rule->date_text);
    row[5] = recist_describe_force(reached && !recist_condition_is_never(rule->rule.when));
    row[6] = recist_item_text(rule->rule.cite);
}

static void describe_course_rules(struct recist_document *document,
                                  const struct recist_criteria *criteria, const char *name,
                                  const char *title, const struct recist_course_rules *rules)
{
    static const struct recist_document_column columns[] = {
        {"rule", "rule"}, {"response", "response"}, {"say", "in words"}, {"when", "when"},
        {"date", "date"}, {"in_force", "in force"}, {"cite", "section"},
    };
    bool reached = true;
    struct recist_item *items = recist_document_items(document, rules->count, WIDTH(columns));
    for (size_t i = 0; items && i < rules->count; i++) {
        fill_rule(document, criteria, &rules->rules[i], reached, &items[i * WIDTH(columns)]);
        reached = reached && !recist_condition_is_always(rules->rules[i].rule.when);
    }
    recist_document_section(document, NULL, title);
    recist_document_table(
        document, &(struct recist_document_table){
                      .name = name, COLUMNS(columns), .items = items, .row_count = rules->count});
    recist_document_section_end(document);
}

void recist_describe_best_response(struct recist_document *document,
                                   const struct recist_criteria *criteria)
{
    const struct recist_best_response *best = &criteria->best;
    if (!best->declared) {
        recist_document_fact(document, "best_response", "", recist_item_absent(""));
        return;
    }
    recist_document_section(document, "best_response", "Best response of a course");
    recist_document_paragraph(document, "Without confirmation and with it, the first rule that "
                                        "holds gives the response.");
    describe_window(document, best);
    describe_counts(document, criteria);
    recist_document_fact(document, "progression_date", "date of progression",
                         recist_item_code(best->progression_date ? best->progression_date_text : ""));
    describe_assessed(document, criteria);
    describe_course_rules(document, criteria, "unconfirmed", "Without confirmation",
                          &best->unconfirmed);
    describe_course_rules(document, criteria, "confirmed", "With confirmation", &best->confirmed);
    recist_document_section_end(document);
}
