/* SPDX-License-Identifier: MIT
 * The visits of a part, before they are dealt to courses. */
#include <stdlib.h>

#include "study/courses.h"

/* A row of a visit that may be several. */
struct dated_row {
    uint32_t visit;
    int32_t date;
    uint32_t row;
};

static int compare_rows(const void *one, const void *other)
{
    const struct dated_row *a = one;
    const struct dated_row *b = other;
    if (a->visit != b->visit) {
        return a->visit < b->visit ? -1 : 1;
    }
    if (a->date != b->date) {
        return a->date < b->date ? -1 : 1;
    }
    return (a->row > b->row) - (a->row < b->row);
}

/* Whether some course starts on `from` or after it, and before `to`. */
static bool starts_between(const struct recist_course *const *courses, size_t count, int32_t from,
                           int32_t to)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int32_t start = courses[middle]->start;
        if (start != RECIST_NO_DATE && start < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && courses[low]->start != RECIST_NO_DATE && courses[low]->start < to;
}

/* Scans far apart with the start of a course between them. */
static bool apart(const struct recist_series_draft *draft,
                  const struct recist_course *const *courses, size_t count, int32_t earlier,
                  int32_t later)
{
    return later - earlier > draft->builder->rules.visit_span &&
           starts_between(courses, count, earlier, later);
}

/* Rows of visits whose label may have come again; NULL when memory is out. */
static struct dated_row *doubtful_rows(const struct recist_series_draft *draft,
                                       const struct recist_course *const *courses,
                                       size_t course_count, size_t *count)
{
    struct dated_row *rows =
        recist_arena_take(&draft->builder->arena, (draft->row_count + 1) * sizeof *rows);
    *count = 0;
    for (size_t i = 0; rows && i < draft->row_count; i++) {
        const struct recist_visit_draft *visit = &draft->visits[draft->row_visit[i]];
        if (visit->label.length > 0 &&
            apart(draft, courses, course_count, visit->first_row_date, visit->last_row_date)) {
            rows[(*count)++] = (struct dated_row){draft->row_visit[i],
                                                  recist_scan_date(draft->builder, draft->rows[i]),
                                                  (uint32_t)i};
        }
    }
    return rows;
}

/* Many studies call the visits of every course alike ("Week 8"). */
static bool split_labels(struct recist_series_draft *draft,
                         const struct recist_course *const *courses, size_t course_count)
{
    size_t count = 0;
    uint32_t visits = draft->visit_count;
    struct dated_row *rows = doubtful_rows(draft, courses, course_count, &count);
    if (!rows) {
        return false;
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    uint32_t visit = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || rows[i].visit != rows[i - 1].visit) {
            visit = rows[i].visit;
        } else if (apart(draft, courses, course_count, rows[i - 1].date, rows[i].date)) {
            visit = visits++;
        }
        draft->row_visit[rows[i].row] = visit;
    }
    return visits == draft->visit_count || recist_visits_regather(draft, visits);
}

/* Sorts the rows by visit; those of a visit keep their order. */
static bool list_rows(struct recist_course_part *part)
{
    const struct recist_series_draft *draft = part->draft;
    struct recist_arena *arena = &draft->builder->arena;
    part->rows = recist_arena_take(arena, draft->row_count * sizeof *part->rows);
    part->first_row =
        recist_arena_take_zeroed(arena, (size_t)draft->visit_count + 2, sizeof *part->first_row);
    if (!part->rows || !part->first_row) {
        return false;
    }
    uint32_t *next = part->first_row + 1; /* so that it ends as the beginnings */
    for (size_t i = 0; i < draft->row_count; i++) {
        next[draft->row_visit[i] + 1]++;
    }
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        next[i + 1] += next[i];
    }
    for (size_t i = 0; i < draft->row_count; i++) {
        part->rows[next[draft->row_visit[i]]++] = (uint32_t)i;
    }
    return true;
}

static bool list_names(struct recist_course_part *part)
{
    struct recist_series_draft *draft = part->draft;
    struct recist_arena *arena = &draft->builder->arena;
    if (!recist_names_list(draft)) {
        return false;
    }
    part->states = recist_arena_take_zeroed(arena, draft->name_count + 1, sizeof *part->states);
    part->name_visit = recist_arena_take(arena, (draft->name_count + 1) * sizeof *part->name_visit);
    if (!part->states || !part->name_visit) {
        return false;
    }
    for (uint32_t i = 0; i < draft->name_count; i++) {
        part->name_visit[i] = UINT32_MAX;
    }
    for (size_t i = 0; i < draft->row_count; i++) {
        uint32_t name = draft->row_name[i];
        if (name != RECIST_NO_NAME && draft->row_visit[i] < part->name_visit[name]) {
            part->name_visit[name] = draft->row_visit[i];
        }
    }
    return true;
}

/* Where no visit is imaged, every visit may be a baseline. */
static bool list_imaged(struct recist_course_part *part)
{
    const struct recist_series_draft *draft = part->draft;
    bool some_imaged = false;
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        some_imaged |= draft->visits[i].imaged;
    }
    part->imaged_before = recist_arena_take_zeroed(
        &draft->builder->arena, (size_t)draft->visit_count + 1, sizeof *part->imaged_before);
    for (uint32_t i = 0; part->imaged_before && i < draft->visit_count; i++) {
        bool possible = draft->visits[i].imaged || !some_imaged;
        part->imaged_before[i + 1] = possible ? i + 1 : part->imaged_before[i];
    }
    return part->imaged_before != NULL;
}

bool recist_course_part_gather(struct recist_course_part *part,
                               const struct recist_course *const *courses, size_t course_count)
{
    struct recist_series_draft *draft = part->draft;
    bool named = draft->series->course.length > 0;
    if (!recist_visits_gather(draft) ||
        (!named && !split_labels(draft, courses, course_count)) ||
        !recist_patient_rows_join(draft) || !recist_visits_check(draft)) {
        return false;
    }
    part->baseline_of_any = recist_arena_take_zeroed(&draft->builder->arena, draft->visit_count,
                                                     sizeof *part->baseline_of_any);
    return part->baseline_of_any && list_imaged(part) && list_rows(part) && list_names(part);
}

uint32_t recist_course_part_after(const struct recist_course_part *part, int32_t day)
{
    uint32_t low = 0;
    uint32_t high = part->draft->visit_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (part->draft->visits[middle].first_date <= day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
