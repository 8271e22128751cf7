/* SPDX-License-Identifier: MIT
 * Rows to visits: by label where there is one, else by date; in order of first date. */
#include <stdlib.h>

#include "study/series_draft.h"
#include "study/spelling.h"

static bool same_day_unlabelled(const struct recist_visit_draft *visit,
                                const struct recist_reading *row)
{
    return visit->label.length == 0 && visit->first_row->date == row->date &&
           visit->first_row->date_precision == row->date_precision;
}

/* Quick, for guesses: may say no where another spelling of the label is meant. */
static bool surely_in_visit(const struct recist_visit_draft *visit,
                            const struct recist_reading *row)
{
    return row->visit.length > 0 ? recist_spelling_identical(visit->label, row->visit)
                                 : same_day_unlabelled(visit, row);
}

static bool in_visit(const struct recist_visit_draft *visit, const struct recist_reading *row)
{
    return row->visit.length > 0 ? recist_spelling_same(visit->label, row->visit)
                                 : same_day_unlabelled(visit, row);
}

static bool entry_is_visit_of(const void *entries, uint32_t entry, const void *key)
{
    const struct recist_visit_draft *visits = entries;
    return in_visit(&visits[entry], key);
}

static uint32_t visit_hash(const struct recist_reading *row)
{
    return row->visit.length > 0
               ? recist_key_hash_folded(row->visit, 1)
               : recist_key_hash(row->visit, (uint32_t)row->date * 4 + row->date_precision);
}

static void begin_visit(struct recist_series_draft *draft, uint32_t visit,
                        const struct recist_reading *row)
{
    int32_t date = recist_scan_date(draft->builder, row);
    draft->visits[visit] = (struct recist_visit_draft){
        .label = row->visit,
        .first_row = row,
        .earliest = row,
        .latest = row,
        .first_date = date,
        .last_date = date,
        .first_row_date = date,
        .last_row_date = date,
    };
}

static uint32_t add_visit(struct recist_series_draft *draft, const struct recist_reading *row)
{
    begin_visit(draft, draft->visit_count, row);
    return draft->visit_count++;
}

/* One of 64 marks that a row of the visit may have: where no visit has a row's, it has no visit yet. */
static uint64_t mark_of(const struct recist_reading *row)
{
    size_t length = row->visit.length;
    unsigned number = length > 0 ? recist_spelling_fold((unsigned char)row->visit.text[length - 1])
                                 : (unsigned)row->date;
    return UINT64_C(1) << (number & 63);
}

static uint32_t search_visit(struct recist_series_draft *draft, struct recist_key_index *index,
                             const struct recist_reading *row)
{
    uint64_t mark = mark_of(row);
    bool known = (draft->visit_marks & mark) != 0;
    draft->visit_marks |= mark;
    if (!index->slots) {
        for (uint32_t i = 0; known && i < draft->visit_count; i++) {
            if (in_visit(&draft->visits[i], row)) {
                return i;
            }
        }
        return add_visit(draft, row);
    }
    uint32_t hash = visit_hash(row);
    uint32_t found = recist_key_index_find(index, hash, entry_is_visit_of, draft->visits, row);
    if (found == RECIST_KEY_NOT_FOUND) {
        found = add_visit(draft, row);
        recist_key_index_add(index, hash, found);
    }
    return found;
}

/* Of several spellings the same is kept, whichever row comes first. */
static void choose_label(struct recist_visit_draft *visit, const struct recist_reading *row)
{
    if (row->visit.text != visit->label.text &&
        recist_spelling_order(row->visit, visit->label) < 0) {
        visit->label = row->visit;
    }
}

/* Rows mostly stand visit by visit, or lesion by lesion with the visits in order. */
static uint32_t visit_of_row(struct recist_series_draft *draft, struct recist_key_index *index,
                             const struct recist_reading *row, uint32_t last)
{
    if (last < draft->visit_count && surely_in_visit(&draft->visits[last], row)) {
        return last;
    }
    if (last + 1 < draft->visit_count && surely_in_visit(&draft->visits[last + 1], row)) {
        return last + 1;
    }
    uint32_t found = search_visit(draft, index, row);
    choose_label(&draft->visits[found], row);
    return found;
}

/* The first row about a scan: what rows about the patient said of the dates does not count. */
static void begin_images(struct recist_visit_draft *visit, const struct recist_reading *row,
                         int32_t date)
{
    visit->imaged = true;
    visit->first_row = visit->earliest = visit->latest = row;
    visit->first_date = visit->last_date = date;
    visit->partial = NULL;
}

static void add_row(struct recist_series_draft *draft, struct recist_visit_draft *visit,
                    const struct recist_reading *row)
{
    int32_t date = recist_scan_date(draft->builder, row);
    bool of_patient = recist_is_of_patient(draft->builder, row);
    visit->first_row_date = date < visit->first_row_date ? date : visit->first_row_date;
    visit->last_row_date = date > visit->last_row_date ? date : visit->last_row_date;
    draft->some_labelled |= row->visit.length > 0;
    draft->some_unlabelled |= row->visit.length == 0;
    draft->some_of_patient |= of_patient;
    bool of_scan = recist_is_of_scan(draft->builder, row);
    if (!of_scan && visit->imaged) {
        return;
    }
    if (of_scan && !visit->imaged) {
        begin_images(visit, row, date);
    }
    if (date < visit->first_date) {
        visit->first_date = date;
        visit->earliest = row;
    }
    if (date > visit->last_date) {
        visit->last_date = date;
        visit->latest = row;
    }
    if (row->date_precision != RECIST_DATE_DAY && !visit->partial) {
        visit->partial = row;
    }
    if (row->role != RECIST_ROLE_NONE) {
        visit->has_lesions |= !of_patient;
    } else if (!visit->no_lesion) {
        visit->no_lesion = row;
    }
}

/* Whether add_row() has nothing to add: the row before said the same of the visit. */
static inline bool repeats_visit(const struct recist_study_builder *builder,
                                 const struct recist_reading *row,
                                 const struct recist_reading *before)
{
    return row->date == before->date && row->date_precision == before->date_precision &&
           row->role != RECIST_ROLE_NONE && before->role != RECIST_ROLE_NONE &&
           !recist_is_of_patient(builder, row) && !recist_is_of_patient(builder, before) &&
           recist_spelling_identical(row->visit, before->visit);
}

static int order_of_visits(const struct recist_visit_draft *one,
                           const struct recist_visit_draft *other)
{
    if (one->first_date != other->first_date) {
        return one->first_date < other->first_date ? -1 : 1;
    }
    /* Only visits that are in error share a day; their order must still not depend on the rows'. */
    int order = recist_spelling_order(one->label, other->label);
    return order != 0 ? order
                      : (int)one->first_row->date_precision - (int)other->first_row->date_precision;
}

static int compare_visits(const void *one, const void *other, void *visits)
{
    const struct recist_visit_draft *drafts = visits;
    return order_of_visits(&drafts[*(const uint32_t *)one], &drafts[*(const uint32_t *)other]);
}

static bool visits_in_order(const struct recist_series_draft *draft)
{
    for (uint32_t i = 1; i < draft->visit_count; i++) {
        if (order_of_visits(&draft->visits[i - 1], &draft->visits[i]) > 0) {
            return false;
        }
    }
    return true;
}

static bool sort_visits(struct recist_series_draft *draft)
{
    struct recist_arena *arena = &draft->builder->arena;
    size_t count = draft->visit_count;
    uint32_t *order = recist_arena_take(arena, count * sizeof *order);
    uint32_t *place = recist_arena_take(arena, count * sizeof *place);
    struct recist_visit_draft *sorted = recist_arena_take(arena, count * sizeof *sorted);
    if (!order || !place || !sorted) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        order[i] = i;
    }
    qsort_r(order, count, sizeof *order, compare_visits, draft->visits);
    for (uint32_t i = 0; i < count; i++) {
        place[order[i]] = i;
        sorted[i] = draft->visits[order[i]];
    }
    for (size_t i = 0; i < draft->row_count; i++) {
        draft->row_visit[i] = place[draft->row_visit[i]];
    }
    draft->visits = sorted;
    return true;
}

bool recist_visits_hand_out(struct recist_series_draft *draft)
{
    struct recist_series *series = draft->series;
    series->visits =
        recist_arena_take(&draft->builder->arena, draft->visit_count * sizeof *series->visits);
    if (!series->visits) {
        return false;
    }
    series->visit_count = draft->visit_count;
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        const struct recist_visit_draft *visit = &draft->visits[i];
        series->visits[i] = (struct recist_visit){
            .label = visit->label,
            .first_date = visit->first_date,
            .last_date = visit->last_date,
            .partial_date = visit->partial != NULL,
            .imaged = visit->imaged,
            .reading = visit->first_row,
        };
    }
    return true;
}

bool recist_visits_gather(struct recist_series_draft *draft)
{
    struct recist_arena *arena = &draft->builder->arena;
    struct recist_key_index index = {.slots = NULL};
    draft->row_visit = recist_arena_take(arena, draft->row_count * sizeof *draft->row_visit);
    draft->visits = recist_arena_take(arena, draft->row_count * sizeof *draft->visits);
    if (!draft->row_visit || !draft->visits ||
        (draft->row_count > RECIST_LINEAR_ROWS &&
         !recist_key_index_init(&index, arena, draft->row_count))) {
        return false;
    }
    uint32_t visit = 0;
    for (size_t i = 0; i < draft->row_count; i++) {
        if (!recist_row_repeats_visit(draft, i) &&
            (i == 0 || !repeats_visit(draft->builder, draft->rows[i], draft->rows[i - 1]))) {
            visit = visit_of_row(draft, &index, draft->rows[i], visit);
            add_row(draft, &draft->visits[visit], draft->rows[i]);
        }
        draft->row_visit[i] = visit;
    }
    if (!visits_in_order(draft) && !sort_visits(draft)) {
        return false;
    }
    return recist_visits_hand_out(draft);
}

/* Rows about the patient may have joined a visit of another label, so that those about its scans
 * have the say. */
static void choose_label_again(const struct recist_study_builder *builder,
                               struct recist_visit_draft *visit, const struct recist_reading *row)
{
    bool of_scan = recist_is_of_scan(builder, row);
    if (!visit->imaged && of_scan) {
        visit->label = row->visit;
    } else if (visit->imaged == of_scan) {
        choose_label(visit, row);
    }
}

bool recist_visits_regather(struct recist_series_draft *draft, uint32_t count)
{
    draft->visits =
        recist_arena_take_zeroed(&draft->builder->arena, count, sizeof *draft->visits);
    if (!draft->visits) {
        return false;
    }
    draft->visit_count = count;
    for (size_t i = 0; i < draft->row_count; i++) {
        uint32_t visit = draft->row_visit[i];
        if (!draft->visits[visit].first_row) {
            begin_visit(draft, visit, draft->rows[i]);
        }
        choose_label_again(draft->builder, &draft->visits[visit], draft->rows[i]);
        add_row(draft, &draft->visits[visit], draft->rows[i]);
    }
    return (visits_in_order(draft) || sort_visits(draft)) && recist_visits_hand_out(draft);
}
