/* SPDX-License-Identifier: MIT
 * Which rows of its visits belong to a course. Only visits that two courses share leave a choice:
 * the last of one course, and the baseline of the next. */
#include <stdio.h>

#include "base/excerpt.h"
#include "study/courses.h"

/* The course at hand. */
struct taking {
    struct recist_series_draft *draft;
    const struct recist_course_visits *visits;
    const struct recist_role_word *roles;
    const struct recist_reading *next_course; /* first row left out for the next course, or NULL */
    size_t next_course_rows;
};

static struct recist_name_state *state_of(struct recist_course_part *part, uint32_t row)
{
    uint32_t name = part->draft->row_name[row];
    if (name == RECIST_NO_NAME) {
        return NULL;
    }
    struct recist_name_state *state = &part->states[name];
    if (state->stamp != part->stamp) {
        *state = (struct recist_name_state){.stamp = part->stamp};
    }
    return state;
}

/* The last visit of the course, where it is the next one's baseline. A course without a baseline
 * of its own is not assessed, so that nothing has to be told apart. */
static bool ends_shared(const struct recist_course_visits *visits, size_t number)
{
    const struct recist_course_visit *visit = &visits->list[number];
    return number > 0 && visits->baseline && visit->part->baseline_of_any[visit->visit];
}

static void survey_row(const struct taking *taking, size_t number, struct recist_course_part *part,
                       uint32_t row)
{
    const struct recist_reading *reading = part->draft->rows[row];
    struct recist_name_state *state = state_of(part, row);
    uint32_t bit = UINT32_C(1) << (reading->role & 31);
    uint8_t status = recist_observed_status(part->draft->builder, reading);
    if (!state || recist_is_of_patient(part->draft->builder, reading)) {
        return;
    }
    state->read |= !recist_status_lasting(part->draft->builder, status);
    if (number == 0 && taking->visits->baseline) {
        state->roles_at_start |= bit;
    } else if (state->later_role == RECIST_ROLE_NONE &&
               recist_role_at_baseline(&taking->roles[reading->role])) {
        state->later_role = reading->role;
    }
    if (ends_shared(taking->visits, number)) {
        state->roles_at_end |= bit;
    }
}

static void survey(const struct taking *taking)
{
    for (size_t i = 0; i < taking->visits->count; i++) {
        taking->visits->list[i].part->stamp++;
    }
    for (size_t i = 0; i < taking->visits->count; i++) {
        const struct recist_course_visit *visit = &taking->visits->list[i];
        uint32_t end = visit->part->first_row[visit->visit + 1];
        for (uint32_t k = visit->part->first_row[visit->visit]; k < end; k++) {
            survey_row(taking, i, visit->part, visit->part->rows[k]);
        }
    }
}

static bool has_role(uint32_t roles, uint8_t role)
{
    return (roles >> (role & 31) & 1) != 0;
}

static bool role_has_status(const struct recist_role_word *role, uint8_t status)
{
    for (size_t i = 0; i < role->status_count; i++) {
        if (role->statuses[i] == status) {
            return true;
        }
    }
    return false;
}

/* The same reading in the role that its lesion has in this course. NULL when that role has no word
 * for a lesion that was not evaluated, so that it is as good as no row; and when memory is out. */
static const struct recist_reading *in_role(const struct taking *taking,
                                            const struct recist_reading *reading, uint8_t role)
{
    const struct recist_role_word *word = &taking->roles[role];
    uint8_t status = recist_observed_status(taking->draft->builder, reading);
    bool kept = role_has_status(word, status);
    if (!kept && !recist_status_evaluated(taking->draft->builder, status)) {
        return NULL;
    }
    struct recist_reading *copy = recist_arena_take(&taking->draft->builder->arena, sizeof *copy);
    if (!copy) {
        taking->draft->builder->failed = true;
        return NULL;
    }
    *copy = *reading;
    copy->role = role;
    copy->status = kept ? status : word->blank_means;
    return copy;
}

/* A row of a baseline that is a later visit of the course before: its role may be the one that the
 * lesion had there. NULL: the row belongs to that course only. */
static const struct recist_reading *at_baseline(const struct taking *taking,
                                                const struct recist_name_state *state,
                                                const struct recist_reading *reading)
{
    bool belongs = recist_role_at_baseline(&taking->roles[reading->role]);
    if (state->later_role == RECIST_ROLE_NONE) {
        return belongs ? reading : NULL; /* new in the course before, and not followed in this */
    }
    if (state->later_role == reading->role) {
        return reading;
    }
    if (has_role(state->roles_at_start, state->later_role)) {
        return NULL; /* another row of the visit has the role of this course */
    }
    return in_role(taking, reading, state->later_role);
}

static struct recist_slice without_part_number(struct recist_slice id)
{
    size_t length = id.length;
    while (length > 0 && id.text[length - 1] >= '0' && id.text[length - 1] <= '9') {
        length--;
    }
    bool part = length < id.length && length > 1 && id.text[length - 1] == '.';
    return (struct recist_slice){id.text, part ? length - 1 : 0};
}

static bool is_known(const struct recist_course_part *part, struct recist_slice id)
{
    uint32_t name = id.length > 0 ? recist_names_find(part->draft, id) : RECIST_NO_NAME;
    return name != RECIST_NO_NAME && part->states[name].stamp == part->stamp &&
           part->states[name].known;
}

/* Parts of a lesion that the course knows, and lesions grown together of which it knows one. */
static bool is_made_of_known(const struct recist_course_part *part, struct recist_slice id)
{
    struct recist_slice whole = without_part_number(id);
    for (; whole.length > 0; whole = without_part_number(whole)) {
        if (is_known(part, whole)) {
            return true;
        }
    }
    size_t begin = 0;
    for (size_t i = 0; i <= id.length; i++) {
        if (i == id.length || id.text[i] == '+') {
            if (i - begin < id.length &&
                is_known(part, (struct recist_slice){id.text + begin, i - begin})) {
                return true;
            }
            begin = i + 1;
        }
    }
    return false;
}

/* A row of the visit that is the next course's baseline: as this course has it, or NULL when it is
 * not this course's at all. */
static const struct recist_reading *at_end(struct taking *taking,
                                           const struct recist_course_part *part,
                                           const struct recist_name_state *state,
                                           const struct recist_reading *reading)
{
    if (state->known && reading->role != state->role) {
        return has_role(state->roles_at_end, state->role) ? NULL
                                                          : in_role(taking, reading, state->role);
    }
    if (state->known || !taking->roles[reading->role].at_baseline ||
        taking->roles[reading->role].any_time ||
        is_made_of_known(part, reading->lesion)) {
        return reading;
    }
    if (!taking->next_course) {
        taking->next_course = reading;
    }
    taking->next_course_rows++;
    return NULL;
}

/* Every row of this course says that the lesion was treated locally, and it was there before: it
 * is a lesion of an earlier course. */
static bool treated_before(const struct taking *taking, const struct recist_course_part *part,
                           const struct recist_name_state *state, uint32_t row)
{
    const struct recist_course_visits *visits = taking->visits;
    uint32_t first = part->name_visit[part->draft->row_name[row]];
    return !state->read && visits->baseline &&
           (visits->shared ? first <= visits->list[0].visit : first < visits->list[0].visit);
}

/* The row as this course has it, or NULL. */
static const struct recist_reading *choose(struct taking *taking, size_t number, uint32_t row)
{
    struct recist_course_part *part = taking->visits->list[number].part;
    struct recist_name_state *state = state_of(part, row);
    const struct recist_reading *reading = part->draft->rows[row];
    if (!state || taking->visits->mixed || recist_is_of_patient(part->draft->builder, reading)) {
        return reading;
    }
    if (treated_before(taking, part, state, row)) {
        return NULL;
    }
    if (number == 0 && taking->visits->shared) {
        reading = at_baseline(taking, state, reading);
    }
    if (reading && ends_shared(taking->visits, number)) {
        reading = at_end(taking, part, state, reading);
    }
    return reading;
}

static void take_visit(struct taking *taking, size_t number)
{
    struct recist_series_draft *draft = taking->draft;
    const struct recist_course_visit *visit = &taking->visits->list[number];
    struct recist_course_part *part = visit->part;
    size_t first = draft->row_count;
    uint32_t end = part->first_row[visit->visit + 1];
    draft->visits[number] = part->draft->visits[visit->visit];
    for (uint32_t k = part->first_row[visit->visit]; k < end; k++) {
        const struct recist_reading *reading = choose(taking, number, part->rows[k]);
        if (reading) {
            draft->row_visit[draft->row_count] = (uint32_t)number;
            draft->rows[draft->row_count++] = reading;
        }
    }
    /* Known from the next visit on: the rows of one visit do not depend on their order. */
    for (size_t i = first; i < draft->row_count; i++) {
        uint32_t name = draft->rows[i]->role == RECIST_ROLE_NONE
                            ? RECIST_NO_NAME
                            : recist_names_find(part->draft, draft->rows[i]->lesion);
        if (name != RECIST_NO_NAME && !part->states[name].known) {
            part->states[name].known = true;
            part->states[name].role = draft->rows[i]->role;
        }
    }
}

static size_t count_rows(const struct recist_course_visits *visits)
{
    size_t count = 0;
    for (size_t i = 0; i < visits->count; i++) {
        const struct recist_course_visit *visit = &visits->list[i];
        count += visit->part->first_row[visit->visit + 1] - visit->part->first_row[visit->visit];
    }
    return count;
}

static bool make_room(struct recist_series_draft *draft, const struct recist_course_visits *visits)
{
    struct recist_arena *arena = &draft->builder->arena;
    size_t count = count_rows(visits);
    draft->rows = recist_arena_take(arena, (count + 1) * sizeof *draft->rows);
    draft->row_visit = recist_arena_take(arena, (count + 1) * sizeof *draft->row_visit);
    draft->visits = recist_arena_take(arena, (visits->count + 1) * sizeof *draft->visits);
    return draft->rows && draft->row_visit && draft->visits;
}

static void report_next_course(const struct taking *taking)
{
    struct recist_study_builder *builder = taking->draft->builder;
    const struct recist_reading *row = taking->next_course;
    char more[48] = "";
    if (taking->next_course_rows > 1) {
        snprintf(more, sizeof more, " and %zu more", taking->next_course_rows - 1);
    }
    recist_shape_report(builder, RECIST_KIND(NEXT_COURSE_LESIONS), row, RECIST_COLUMN_LESION,
                        "lesion \"%s\"%s at visit %s, the baseline of the next course, is taken as "
                        "chosen for that course and left out of course \"%s\"",
                        RECIST_SHOWN(row->lesion), more, RECIST_VISIT_NAME(builder, row),
                        RECIST_SHOWN(taking->visits->course->number));
}

bool recist_course_rows_take(struct recist_series_draft *draft,
                             const struct recist_course_visits *visits)
{
    struct taking taking = {
        .draft = draft, .visits = visits, .roles = draft->builder->rules.vocabulary->roles};
    if (!make_room(draft, visits)) {
        return false;
    }
    survey(&taking);
    for (size_t i = 0; i < visits->count; i++) {
        take_visit(&taking, i);
    }
    draft->visit_count = (uint32_t)visits->count;
    if (taking.next_course) {
        report_next_course(&taking);
    }
    return !draft->builder->failed;
}
