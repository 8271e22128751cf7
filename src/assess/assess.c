/* SPDX-License-Identifier: MIT
 * From a series of visits to its responses: measures, components, decision table, history visit by
 * visit; then what later visits amend; then the dates. */
#include "assess/assessor.h"
#include "assess/program.h"

#include <stdlib.h>

/* The last rule is for whatever no other one is for. */
static bool select_component(struct recist_assessor *assessor, size_t index)
{
    const struct recist_component *component = &assessor->criteria->components[index];
    struct recist_live_rules *live = &assessor->components[index];
    if (!recist_live_rules_select(live, component->rules, component->rule_count,
                                  &assessor->lasting)) {
        return false;
    }
    for (size_t i = 0; i < live->count; i++) {
        if (live->rules[i].number == component->rule_count - 1) {
            live->rules[i].when = NULL;
        }
    }
    return true;
}

static bool select_one(struct recist_live_rules *live, const struct recist_node *when,
                       struct recist_arena *arena)
{
    bool begun = recist_live_rules_begin(live, 1, arena);
    if (begun) {
        recist_live_rules_add(live, when, 0);
    }
    return begun;
}

static bool select_states(struct recist_assessor *assessor)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_arena *arena = &assessor->lasting;
    size_t count = criteria->state_count;
    assessor->enter = recist_arena_take_zeroed(arena, count + 1, sizeof *assessor->enter);
    assessor->leave = recist_arena_take_zeroed(arena, count + 1, sizeof *assessor->leave);
    bool selected = assessor->enter && assessor->leave;
    for (size_t i = 0; i < count && selected; i++) {
        const struct recist_state *state = &criteria->states[i];
        selected = select_one(&assessor->enter[i], state->enter, arena) &&
                   (!state->leave || select_one(&assessor->leave[i], state->leave, arena));
    }
    return selected;
}

static bool select_dates(struct recist_assessor *assessor)
{
    const struct recist_criteria *criteria = assessor->criteria;
    if (!recist_live_rules_begin(&assessor->dates, criteria->date_rule_count,
                                 &assessor->lasting)) {
        return false;
    }
    for (size_t i = 0; i < criteria->date_rule_count; i++) {
        recist_live_rules_add(&assessor->dates, criteria->date_rules[i].when, i);
    }
    return true;
}

static bool select_rules(struct recist_assessor *assessor)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_arena *arena = &assessor->lasting;
    size_t count = criteria->component_count;
    assessor->components = recist_arena_take_zeroed(arena, count + 1, sizeof *assessor->components);
    bool selected = assessor->components && select_states(assessor) && select_dates(assessor) &&
                    recist_live_rules_select(&assessor->history, criteria->history,
                                             criteria->history_count, arena) &&
                    recist_live_rules_select(&assessor->amendments, criteria->amendments,
                                             criteria->amendment_count, arena);
    for (size_t i = 0; i < count && selected; i++) {
        selected = select_component(assessor, i);
    }
    return selected;
}

static void compile(struct recist_assessor *assessor, struct recist_live_rules *rules)
{
    rules->steps = recist_program_of_rules(assessor->criteria, rules, &assessor->lasting);
}

/* Without a program, rules go the long way. */
static void compile_rules(struct recist_assessor *assessor)
{
    const struct recist_criteria *criteria = assessor->criteria;
    assessor->decide =
        recist_program_of_components(criteria, assessor->components, &assessor->lasting);
    for (size_t i = 0; i < criteria->state_count; i++) {
        compile(assessor, &assessor->enter[i]);
        compile(assessor, &assessor->leave[i]);
    }
    compile(assessor, &assessor->history);
    compile(assessor, &assessor->amendments);
    compile(assessor, &assessor->dates);
}

struct recist_assessor *recist_assessor_create(const struct recist_criteria *criteria)
{
    struct recist_assessor *assessor = calloc(1, sizeof *assessor);
    if (!assessor) {
        return NULL;
    }
    assessor->criteria = criteria;
    assessor->reason_room = recist_reason_room(criteria);
    recist_arena_init(&assessor->lasting, 0);
    recist_arena_init(&assessor->arena, 0);
    recist_text_init(&assessor->text);
    if (!select_rules(assessor)) {
        recist_assessor_destroy(assessor);
        return NULL;
    }
    compile_rules(assessor);
    return assessor;
}

void recist_assessor_destroy(struct recist_assessor *assessor)
{
    if (assessor) {
        recist_arena_destroy(&assessor->lasting);
        recist_arena_destroy(&assessor->arena);
        recist_text_destroy(&assessor->text);
        free(assessor);
    }
}

bool recist_assessor_begin(struct recist_assessor *assessor, const struct recist_series *series)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_arena *arena = &assessor->arena;
    size_t visits = series->visit_count;
    recist_arena_reset(arena);
    struct recist_visit_result *results =
        recist_arena_take_zeroed(arena, visits + 1, sizeof *results);
    struct recist_component_result *components =
        recist_arena_take_zeroed(arena, visits * criteria->component_count + 1, sizeof *components);
    struct recist_measure_result *measures =
        recist_arena_take(arena, (visits * criteria->measure_count + 1) * sizeof *measures);
    uint32_t *states = recist_arena_take_zeroed(
        arena, (visits + 1) * criteria->state_count + 1, sizeof *states);
    if (!results || !components || !measures || !states) {
        return false;
    }
    for (size_t visit = 0; visit < visits; visit++) {
        results[visit].components = components + visit * criteria->component_count;
        results[visit].measures = measures + visit * criteria->measure_count;
    }
    assessor->result = (struct recist_series_result){.visits = results, .visit_count = visits};
    assessor->evaluation = (struct recist_evaluation){
        .criteria = criteria, .series = series, .visits = results,
        .measures = measures, .states = states, .patterns = &assessor->patterns};
    return recist_lesion_sets_gather(&assessor->evaluation.sets, criteria, series, arena);
}

static void decide_component(struct recist_assessor *assessor, size_t index,
                             struct recist_component_result *result)
{
    const struct recist_component *component = &assessor->criteria->components[index];
    const struct recist_live_rules *live = &assessor->components[index];
    size_t first = recist_rules_first(&assessor->evaluation, live);
    size_t rule = first < live->count ? live->rules[first].number : component->rule_count - 1;
    *result = (struct recist_component_result){.word = component->rules[rule].word,
                                               .rule = (uint16_t)rule};
}

static void decide_components(struct recist_assessor *assessor,
                              struct recist_component_result *results)
{
    if (recist_program_fits(&assessor->evaluation, assessor->decide)) {
        recist_program_run(&assessor->evaluation, assessor->decide, results);
        return;
    }
    for (size_t i = 0; i < assessor->criteria->component_count; i++) {
        decide_component(assessor, i, &results[i]);
    }
}

static unsigned look_up(const struct recist_decision_table *table,
                        const struct recist_component_result *components)
{
    size_t number = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        number = number * table->radix[i] + table->digit[i][components[table->columns[i]].word];
    }
    return table->outcome[number];
}

/* The first rule of history or amendments that holds replaces the response. */
static void change(struct recist_assessor *assessor, const struct recist_live_rules *live,
                   const struct recist_rule *rules, size_t first_number,
                   struct recist_visit_result *result)
{
    size_t first = recist_first_rule(&assessor->evaluation, live);
    if (first < live->count) {
        size_t number = live->rules[first].number;
        result->overall = rules[number].word;
        result->overall_rule = (uint16_t)(first_number + number);
    }
}

static void decide_visit(struct recist_assessor *assessor, size_t visit)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_visit_result *result = &assessor->result.visits[visit];
    decide_components(assessor, result->components);
    unsigned row = look_up(&criteria->table, result->components);
    result->table_row = (uint16_t)row;
    result->table_word = criteria->table.rows[row].word;
    result->overall = result->table_word;
    result->overall_rule = (uint16_t)row;
    change(assessor, &assessor->history, criteria->history, criteria->table.row_count, result);
}

static bool some_holds(struct recist_evaluation *evaluation, const struct recist_live_rules *rules)
{
    return recist_first_rule(evaluation, rules) < rules->count;
}

/* Which states the visits after this one are in. */
static void follow_states(struct recist_assessor *assessor, size_t visit)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_evaluation *evaluation = &assessor->evaluation;
    size_t count = criteria->state_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t entered = evaluation->states[visit * count + i];
        if (entered == 0) {
            entered = some_holds(evaluation, &assessor->enter[i]) ? (uint32_t)visit : 0;
        } else if (some_holds(evaluation, &assessor->leave[i])) {
            entered = 0;
        }
        evaluation->states[(visit + 1) * count + i] = entered;
    }
}

/* Amendments look at responses as they stood before any of them. */
static bool amend(struct recist_assessor *assessor)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_series_result *result = &assessor->result;
    if (assessor->amendments.count == 0) {
        return true;
    }
    struct recist_visit_result *amended =
        recist_arena_take_zeroed(&assessor->arena, result->visit_count + 1, sizeof *amended);
    if (!amended) {
        return false;
    }
    for (size_t visit = 1; visit < result->visit_count; visit++) {
        amended[visit] = result->visits[visit];
        assessor->evaluation.visit = visit;
        change(assessor, &assessor->amendments, criteria->amendments,
               criteria->table.row_count + criteria->history_count, &amended[visit]);
    }
    for (size_t visit = 1; visit < result->visit_count; visit++) {
        result->visits[visit] = amended[visit];
    }
    return true;
}

static int32_t date_of(struct recist_assessor *assessor, size_t visit)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct recist_evaluation *evaluation = &assessor->evaluation;
    evaluation->visit = visit;
    const struct recist_live_rules *live = &assessor->dates;
    size_t first = recist_first_rule(evaluation, live);
    for (size_t i = first; i < live->count; i++) {
        recist_wide date = 0;
        if ((i == first || recist_holds(evaluation, live->rules[i].when)) &&
            recist_evaluate_value(evaluation, criteria->date_rules[live->rules[i].number].value,
                                  &date)) {
            return (int32_t)date;
        }
    }
    return evaluation->series->visits[visit].last_date;
}

enum recist_outcome recist_assess(struct recist_assessor *assessor,
                                  const struct recist_series *series,
                                  const struct recist_series_result **result)
{
    *result = NULL;
    if (!recist_assessor_begin(assessor, series)) {
        return RECIST_NO_MEMORY;
    }
    recist_measure_visits(assessor);
    for (size_t visit = 1; visit < series->visit_count; visit++) {
        assessor->evaluation.visit = visit;
        decide_visit(assessor, visit);
        follow_states(assessor, visit);
    }
    if (!amend(assessor)) {
        return RECIST_NO_MEMORY;
    }
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        assessor->result.visits[visit].date =
            visit > 0 ? date_of(assessor, visit) : series->visits[0].last_date;
    }
    *result = &assessor->result;
    return RECIST_DONE;
}

const char *recist_overall_rule_id(const struct recist_criteria *criteria, unsigned overall_rule)
{
    if (overall_rule < criteria->table.row_count) {
        return criteria->table.rows[overall_rule].id;
    }
    const struct recist_rule *rule = recist_criteria_overall_rule(criteria, overall_rule);
    return rule ? rule->id : "";
}

const char *recist_component_rule_id(const struct recist_criteria *criteria, size_t component,
                                     unsigned rule)
{
    return component < criteria->component_count &&
                   rule < criteria->components[component].rule_count
               ? criteria->components[component].rules[rule].id
               : "";
}
