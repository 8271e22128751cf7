/* SPDX-License-Identifier: MIT
 * Why a response is what it is: the reason in a row of the table, and the steps of `explain`. */
#include "assess/reason.h"

#include "assess/assessor.h"

unsigned recist_reason_write(struct recist_assessor *assessor, size_t visit,
                             struct recist_text *text)
{
    if (visit == 0 || visit >= assessor->result.visit_count) {
        return 0;
    }
    /* Looking at a visit leaves nothing behind in the assessor. */
    size_t before = assessor->evaluation.visit;
    assessor->evaluation.visit = visit;
    struct recist_saying saying = recist_assessor_saying(assessor, text);
    recist_say_reason(&saying, &assessor->result.visits[visit], assessor->reason_room);
    assessor->evaluation.visit = before;
    return saying.quoting;
}

struct recist_recent_texts *recist_assessor_recent_texts(struct recist_assessor *assessor)
{
    return &assessor->recent;
}

bool recist_reason(struct recist_assessor *assessor, size_t visit, recist_append append, void *to)
{
    struct recist_text *text = &assessor->text;
    if (visit == 0 || visit >= assessor->result.visit_count) {
        return true;
    }
    text->length = 0;
    recist_reason_write(assessor, visit, text);
    return !text->failed && append(to, text->bytes ? text->bytes : "", text->length);
}

/* Steps point into the text, which may move while it grows: offsets first, addresses at the end. */
struct steps {
    struct recist_explanation_step *steps;
    size_t capacity;
    size_t count;
    size_t offsets[32];
};

static void add(struct steps *steps, struct recist_text *text,
                struct recist_explanation_step step, size_t offset)
{
    recist_text_append_char(text, '\0');
    if (steps->count < steps->capacity && steps->count < sizeof steps->offsets / sizeof(size_t)) {
        steps->steps[steps->count] = step;
        steps->offsets[steps->count] = offset;
    }
    steps->count++;
}

static void add_rule(struct steps *steps, struct recist_assessor *assessor, const char *subject,
                     const struct recist_rule *rule, struct recist_text *text)
{
    size_t offset = text->length;
    struct recist_saying saying = recist_assessor_saying(assessor, text);
    recist_say(&saying, &rule->say);
    add(steps, text,
        (struct recist_explanation_step){.subject = subject,
                                         .word = assessor->criteria->words[rule->word],
                                         .rule = rule->id,
                                         .cite = rule->cite},
        offset);
}

static void add_table(struct steps *steps, const struct recist_criteria *criteria,
                      const struct recist_visit_result *result, struct recist_text *text)
{
    const struct recist_decision_table *table = &criteria->table;
    size_t offset = text->length;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct recist_component *component = &criteria->components[table->columns[i]];
        recist_text_format(text, "%s%s %s", i ? ", " : "", component->title,
                           criteria->words[result->components[table->columns[i]].word]);
    }
    add(steps, text,
        (struct recist_explanation_step){.subject = criteria->overall_title,
                                         .word = criteria->words[result->table_word],
                                         .rule = table->rows[result->table_row].id,
                                         .cite = table->cite},
        offset);
}

size_t recist_explain(struct recist_assessor *assessor, size_t visit,
                      struct recist_explanation_step *steps, size_t capacity)
{
    if (visit == 0 || visit >= assessor->result.visit_count) {
        return 0;
    }
    const struct recist_criteria *criteria = assessor->criteria;
    const struct recist_visit_result *result = &assessor->result.visits[visit];
    size_t before = assessor->evaluation.visit;
    struct recist_text *text = &assessor->text;
    struct steps made = {.steps = steps, .capacity = capacity};
    assessor->evaluation.visit = visit;
    text->length = 0;
    for (size_t i = 0; i < criteria->component_count; i++) {
        const struct recist_component *component = &criteria->components[i];
        add_rule(&made, assessor, component->title,
                 &component->rules[result->components[i].rule], text);
    }
    add_table(&made, criteria, result, text);
    const struct recist_rule *changed =
        recist_criteria_overall_rule(criteria, result->overall_rule);
    if (changed) {
        add_rule(&made, assessor, criteria->overall_title, changed, text);
    }
    assessor->evaluation.visit = before;
    for (size_t i = 0; i < made.count && i < capacity; i++) {
        steps[i].say = text->failed ? "" : text->bytes + made.offsets[i];
    }
    return made.count;
}
