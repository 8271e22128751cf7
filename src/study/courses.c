/* SPDX-License-Identifier: MIT
 * Deals a patient's visits to treatment courses, reader by reader: the baseline of a course is the
 * last imaged visit whose first scan lies at or before its start; the visits after its baseline, up
 * to and including the start of the next course, are its later ones. docs/courses.md has all rules. */
#include <stdio.h>
#include <stdlib.h>

#include "base/excerpt.h"
#include "study/courses.h"
#include "study/spelling.h"

/* One patient. */
struct deal {
    struct recist_study_builder *builder;
    const struct recist_course *const *courses; /* by start, those without one last */
    size_t count;
    size_t rows; /* of the patient */
    size_t rows_dealt;
    struct recist_course_part **own;    /* of the reader at hand, per course: its part, or NULL */
    struct recist_course_part *undealt; /* the reader's part without a course, or NULL */
};

/* The parts of one reader stand together, readers in order of first appearance. */
struct reader_part {
    struct recist_series_draft *draft;
    size_t reader; /* first draft of the same reader */
};

static int compare_readers(const void *one, const void *other)
{
    const struct reader_part *a = one;
    const struct reader_part *b = other;
    int order = recist_spelling_order(a->draft->series->reader, b->draft->series->reader);
    return order != 0 ? order : (a->draft > b->draft) - (a->draft < b->draft);
}

static int compare_appearance(const void *one, const void *other)
{
    const struct reader_part *a = one;
    const struct reader_part *b = other;
    if (a->reader != b->reader) {
        return a->reader < b->reader ? -1 : 1;
    }
    return (a->draft > b->draft) - (a->draft < b->draft);
}

static struct reader_part *order_by_reader(struct recist_study_builder *builder,
                                           struct recist_series_draft *drafts, size_t count,
                                           size_t *reader_count)
{
    struct reader_part *parts = recist_arena_take(&builder->arena, (count + 1) * sizeof *parts);
    *reader_count = 0;
    for (size_t i = 0; parts && i < count; i++) {
        parts[i] = (struct reader_part){.draft = &drafts[i]};
    }
    if (!parts) {
        return NULL;
    }
    qsort(parts, count, sizeof *parts, compare_readers);
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && recist_spelling_identical(parts[i - 1].draft->series->reader,
                                                        parts[i].draft->series->reader);
        parts[i].reader = again ? parts[i - 1].reader : (size_t)(parts[i].draft - drafts);
        *reader_count += !again;
    }
    qsort(parts, count, sizeof *parts, compare_appearance);
    return parts;
}

static void report_unknown(const struct deal *deal, const struct recist_series_draft *draft)
{
    const struct recist_course *first = deal->courses[0];
    recist_shape_report(deal->builder, RECIST_KIND(COURSE_UNKNOWN), draft->rows[0],
                        RECIST_COLUMN_COURSE,
                        "course \"%s\" is not in the courses file, which has %zu course%s of this "
                        "patient, the first being \"%s\"",
                        RECIST_SHOWN(draft->series->course), deal->count,
                        deal->count == 1 ? "" : "s", RECIST_SHOWN(first->number));
}

static size_t find_course(const struct deal *deal, struct recist_slice number)
{
    for (size_t i = 0; i < deal->count; i++) {
        if (recist_spelling_identical(deal->courses[i]->number, number)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool take_part(struct deal *deal, struct recist_series_draft *draft)
{
    struct recist_slice number = draft->series->course;
    size_t course = number.length > 0 ? find_course(deal, number) : 0;
    if (course == SIZE_MAX) {
        report_unknown(deal, draft);
        return true;
    }
    struct recist_course_part *part =
        recist_arena_take_zeroed(&deal->builder->arena, 1, sizeof *part);
    if (!part) {
        return false;
    }
    part->draft = draft;
    if (number.length > 0) {
        deal->own[course] = part;
    } else {
        deal->undealt = part;
    }
    return recist_course_part_gather(part, deal->courses, deal->count);
}

static bool has_start(const struct deal *deal, size_t course)
{
    return deal->courses[course]->start != RECIST_NO_DATE;
}

/* The visits of a part for a course: the baseline, if any, is the one before `later`. */
struct stretch {
    struct recist_course_part *part;
    uint32_t later;
    uint32_t end;
    bool baseline;
};

/* A course without a start has all visits, and the earliest is its baseline. What is observed
 * between the scan of the baseline and the start belongs to the course. */
static struct stretch stretch_of(struct recist_course_part *part, int32_t start, int32_t until)
{
    struct stretch stretch = {.part = part, .later = 1, .baseline = part != NULL};
    if (!part) {
        return stretch;
    }
    if (start != RECIST_NO_DATE) {
        uint32_t after = recist_course_part_after(part, start);
        uint32_t imaged = part->imaged_before[after];
        stretch.later = imaged > 0 ? imaged : after;
        stretch.baseline = imaged > 0;
    }
    stretch.end =
        until == INT32_MAX ? part->draft->visit_count : recist_course_part_after(part, until);
    return stretch;
}

static struct stretch stretch_by_date(const struct deal *deal, size_t course)
{
    bool bounded = course + 1 < deal->count && has_start(deal, course + 1);
    if (!has_start(deal, course) && deal->count > 1) {
        return stretch_of(NULL, 0, 0);
    }
    return stretch_of(deal->undealt, deal->courses[course]->start,
                      bounded ? deal->courses[course + 1]->start : INT32_MAX);
}

static struct stretch stretch_of_own(const struct deal *deal, size_t course)
{
    return stretch_of(deal->own[course], deal->courses[course]->start, INT32_MAX);
}

/* A course with a baseline of its own takes none by date. */
static const struct stretch *baseline_of(const struct stretch *own, const struct stretch *by_date)
{
    return own->baseline ? own : by_date->baseline ? by_date : NULL;
}

/* Marks the visits without a course that are the baseline of some course. */
static void mark_baselines(const struct deal *deal)
{
    for (size_t i = 0; i < deal->count; i++) {
        struct stretch own = stretch_of_own(deal, i);
        struct stretch by_date = stretch_by_date(deal, i);
        if (baseline_of(&own, &by_date) == &by_date) {
            by_date.part->baseline_of_any[by_date.later - 1] = true;
        }
    }
}

static void report_before(const struct deal *deal, const struct recist_course_part *part,
                          uint32_t count, const struct recist_course *course)
{
    const struct recist_reading *row = part->draft->visits[0].first_row;
    char more[32] = "";
    if (count > 1) {
        snprintf(more, sizeof more, " and %u more", (unsigned)count - 1);
    }
    recist_shape_report(deal->builder, RECIST_KIND(VISIT_BEFORE_BASELINE), row, RECIST_COLUMN_DATE,
                        "visit %s%s before the baseline of course \"%s\" belongs to no course and "
                        "is not assessed",
                        RECIST_VISIT_NAME(deal->builder, row), more, RECIST_SHOWN(course->number));
}

/* Visits before the first baseline belong to no course. */
static void check_before(const struct deal *deal)
{
    if (deal->undealt && has_start(deal, 0)) {
        struct stretch first = stretch_by_date(deal, 0);
        struct stretch own = stretch_of_own(deal, 0);
        uint32_t used = first.baseline && !own.baseline ? first.later - 1 : first.later;
        if (used > 0) {
            report_before(deal, deal->undealt, used, deal->courses[0]);
        }
    }
    for (size_t i = 0; i < deal->count; i++) {
        struct stretch own = stretch_of_own(deal, i);
        if (own.part && own.baseline && own.later > 1) {
            report_before(deal, own.part, own.later - 1, deal->courses[i]);
        }
    }
}

static void check_starts(const struct deal *deal)
{
    for (size_t i = 0; deal->undealt && deal->count > 1 && i < deal->count; i++) {
        if (!has_start(deal, i)) {
            recist_course_report(deal->builder, deal->courses[i], "start",
                                 RECIST_KIND(START_MISSING),
                                 "course \"%s\" has no start; without one the visits of a patient "
                                 "with several courses cannot be dealt to them",
                                 RECIST_SHOWN(deal->courses[i]->number));
        }
    }
}

static int32_t date_of(const struct recist_course_visit *visit)
{
    return visit->part->draft->visits[visit->visit].first_date;
}

/* The later visits of both, in order of date. */
static void merge(struct recist_course_visits *visits, struct stretch own, struct stretch by_date)
{
    while (own.later < own.end || by_date.later < by_date.end) {
        struct recist_course_visit one = {own.part, own.later};
        struct recist_course_visit other = {by_date.part, by_date.later};
        bool first = by_date.later >= by_date.end ||
                     (own.later < own.end && date_of(&one) <= date_of(&other));
        visits->list[visits->count++] = first ? one : other;
        own.later += first;
        by_date.later += !first;
    }
}

static size_t later_visits(const struct stretch *stretch)
{
    return stretch->end > stretch->later ? stretch->end - stretch->later : 0;
}

static bool choose_visits(const struct deal *deal, size_t course,
                          struct recist_course_visits *visits)
{
    struct stretch own = stretch_of_own(deal, course);
    struct stretch by_date = stretch_by_date(deal, course);
    const struct stretch *baseline = baseline_of(&own, &by_date);
    size_t most = later_visits(&own) + later_visits(&by_date) + 1;
    *visits = (struct recist_course_visits){
        .course = deal->courses[course],
        .list = recist_arena_take(&deal->builder->arena, most * sizeof *visits->list),
    };
    if (!visits->list) {
        return false;
    }
    if (baseline) {
        visits->baseline = true;
        visits->list[visits->count++] =
            (struct recist_course_visit){baseline->part, baseline->later - 1};
        visits->shared = baseline == &by_date && has_start(deal, 0) && course > 0 &&
                         date_of(&visits->list[0]) > deal->courses[0]->start;
    }
    merge(visits, own, by_date);
    for (size_t i = 1; i < visits->count; i++) {
        visits->mixed |= visits->list[i].part != visits->list[0].part;
    }
    return true;
}

static void report_no_baseline(const struct deal *deal, const struct recist_course_visits *visits)
{
    const struct recist_course *course = visits->course;
    bool undealt = course->start == RECIST_NO_DATE && deal->undealt;
    if (course->evaluable == RECIST_NO || undealt) {
        return; /* the courses file says so, or its missing start was reported */
    }
    if (visits->count > 0) {
        int32_t first = date_of(&visits->list[0]);
        recist_course_report(deal->builder, course, "start", RECIST_KIND(NO_BASELINE),
                             "the first scan, of %s, is %d day%s after the start of course \"%s\" "
                             "on %s; a baseline lies at or before the start",
                             RECIST_DAY(first), (int)(first - course->start),
                             first - course->start == 1 ? "" : "s", RECIST_SHOWN(course->number),
                             RECIST_DAY(course->start));
    } else {
        recist_course_report(deal->builder, course, "start", RECIST_KIND(NO_BASELINE),
                             "no visit of patient \"%s\" belongs to course \"%s\"",
                             RECIST_SHOWN(deal->builder->patient.id), RECIST_SHOWN(course->number));
    }
}

/* The same baseline may be that of many courses, so a broken file could ask for any memory. */
static bool too_much(struct deal *deal, const struct recist_series_draft *draft)
{
    deal->rows_dealt += draft->row_count;
    if (deal->rows_dealt <= 2 * deal->rows + RECIST_MOST_OBSERVATIONS) {
        return false;
    }
    recist_shape_report(deal->builder, RECIST_KIND(PATIENT_TOO_LARGE), draft->rows[0],
                        RECIST_COLUMN_PATIENT,
                        "patient \"%s\" has so many courses with the same visits that they cannot "
                        "be assessed",
                        RECIST_SHOWN(deal->builder->patient.id));
    return true;
}

static bool build_course(struct deal *deal, size_t course, struct recist_series *series)
{
    struct recist_course_visits visits;
    struct recist_series_draft *draft =
        recist_arena_take_zeroed(&deal->builder->arena, 1, sizeof *draft);
    if (!draft || !choose_visits(deal, course, &visits)) {
        return false;
    }
    draft->builder = deal->builder;
    draft->series = series;
    series->without_baseline = !visits.baseline;
    if (!visits.baseline) {
        report_no_baseline(deal, &visits);
    }
    if (visits.count == 0) {
        return true;
    }
    if (!recist_course_rows_take(draft, &visits) || (visits.mixed && !recist_visits_check(draft))) {
        return false;
    }
    if (visits.baseline) {
        recist_visits_check_count(draft);
    }
    if (draft->row_count == 0 || too_much(deal, draft)) {
        draft->row_count = 0;
    }
    return recist_visits_hand_out(draft) && recist_series_fill(draft);
}

static bool build_reader(struct deal *deal, struct recist_slice reader,
                         struct recist_series *series)
{
    check_starts(deal);
    mark_baselines(deal);
    check_before(deal);
    for (size_t i = 0; i < deal->count; i++) {
        const struct recist_course *course = deal->courses[i];
        series[i] = (struct recist_series){
            .course = course->number,
            .reader = reader,
            .has_start = course->start != RECIST_NO_DATE,
            .start = course->start,
            .facts = course,
        };
        if (!build_course(deal, i, &series[i])) {
            return false;
        }
    }
    return true;
}

static bool refuse(struct deal *deal, const struct recist_series_draft *draft, size_t parts)
{
    if (parts <= RECIST_MOST_OBSERVATIONS / deal->count) {
        return false;
    }
    recist_shape_report(deal->builder, RECIST_KIND(PATIENT_TOO_LARGE), draft->rows[0],
                        RECIST_COLUMN_PATIENT,
                        "patient \"%s\" has %zu courses and %zu readers or courses among the "
                        "readings; expected far fewer",
                        RECIST_SHOWN(deal->builder->patient.id), deal->count, parts);
    return true;
}

bool recist_courses_deal(struct recist_study_builder *builder, struct recist_series_draft *drafts,
                         size_t draft_count, const struct recist_course *const *courses,
                         size_t course_count)
{
    struct deal deal = {.builder = builder, .courses = courses, .count = course_count};
    size_t readers = 0;
    struct reader_part *parts = order_by_reader(builder, drafts, draft_count, &readers);
    if (!parts) {
        return false;
    }
    if (refuse(&deal, &drafts[0], draft_count)) {
        return true;
    }
    struct recist_series *series =
        recist_arena_take_zeroed(&builder->arena, readers * course_count, sizeof *series);
    deal.own = recist_arena_take(&builder->arena, course_count * sizeof *deal.own);
    if (!series || !deal.own) {
        return false;
    }
    for (size_t i = 0; i < draft_count; i++) {
        deal.rows += drafts[i].row_count;
    }
    builder->patient.series = series;
    for (size_t i = 0; i < draft_count;) {
        size_t reader = parts[i].reader;
        deal.undealt = NULL;
        for (size_t k = 0; k < course_count; k++) {
            deal.own[k] = NULL;
        }
        for (; i < draft_count && parts[i].reader == reader; i++) {
            if (!take_part(&deal, parts[i].draft)) {
                return false;
            }
        }
        if (!build_reader(&deal, drafts[reader].series->reader, series)) {
            return false;
        }
        series += course_count;
        builder->patient.series_count += course_count;
    }
    return true;
}
