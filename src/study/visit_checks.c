/* SPDX-License-Identifier: MIT
 * What can be wrong with the visits of a series. */
#include "base/date.h"
#include "base/excerpt.h"
#include "study/series_draft.h"
#include "study/spelling.h"

/* The unlabelled visits, which stand in order of date. */
struct unlabelled_visits {
    struct recist_visit_draft **visits;
    size_t count;
};

static size_t first_not_before(const struct unlabelled_visits *among, int32_t date)
{
    size_t low = 0;
    size_t high = among->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (among->visits[middle]->first_date < date) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void mark_unlabelled_on_day_of(const struct unlabelled_visits *among,
                                      const struct recist_study_builder *builder,
                                      const struct recist_reading *labelled)
{
    int32_t date = recist_scan_date(builder, labelled);
    size_t i = first_not_before(among, date);
    for (; i < among->count && among->visits[i]->first_date == date; i++) {
        if (!among->visits[i]->labelled) {
            among->visits[i]->labelled = labelled;
        }
    }
}

static bool check_labels(struct recist_series_draft *draft)
{
    if (!draft->some_labelled || !draft->some_unlabelled) {
        return true;
    }
    struct recist_study_builder *builder = draft->builder;
    struct unlabelled_visits among = {
        .visits = recist_arena_take(&builder->arena, draft->visit_count * sizeof *among.visits)};
    if (!among.visits) {
        return false;
    }
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        if (draft->visits[i].label.length == 0) {
            among.visits[among.count++] = &draft->visits[i];
        }
    }
    for (size_t i = 0; i < draft->row_count; i++) {
        if (draft->rows[i]->visit.length > 0) {
            mark_unlabelled_on_day_of(&among, builder, draft->rows[i]);
        }
    }
    for (size_t i = 0; i < among.count; i++) {
        const struct recist_reading *row = among.visits[i]->first_row;
        const struct recist_reading *labelled = among.visits[i]->labelled;
        if (labelled) {
            draft->labels_missing = true;
            recist_shape_report(builder, RECIST_KIND(VISIT_UNLABELLED), row, RECIST_COLUMN_VISIT,
                                "visit is empty, and the row%s of the same day has \"%s\"; give "
                                "every row of a visit its label",
                                RECIST_LINE_OF(builder, labelled, row),
                                RECIST_SHOWN(labelled->visit));
        }
    }
    return true;
}

static void report_overlap(struct recist_study_builder *builder,
                           const struct recist_visit_draft *earlier,
                           const struct recist_visit_draft *later)
{
    const struct recist_reading *row = later->earliest;
    const char *why = earlier->partial || later->partial ? " (a partial date was completed)" : "";
    recist_shape_report(builder, RECIST_KIND(VISITS_OVERLAP), row, RECIST_COLUMN_DATE,
                        "visit %s begins on %s%s, and visit %s lasts until %s; each visit needs "
                        "days of its own, or one label for both",
                        RECIST_VISIT_NAME(builder, row), RECIST_DAY(later->first_date), why,
                        RECIST_VISIT_NAME(builder, earlier->latest),
                        RECIST_DAY(earlier->last_date));
}

/* In order of first date, a visit that shares a day with any earlier one shares it with the one
 * that lasts longest. What was reported as unlabelled is not reported again. */
static void check_overlaps(struct recist_series_draft *draft)
{
    const struct recist_visit_draft *longest = NULL;
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        const struct recist_visit_draft *visit = &draft->visits[i];
        if (visit->labelled) {
            continue;
        }
        if (longest && visit->first_date <= longest->last_date) {
            report_overlap(draft->builder, longest, visit);
        }
        if (!longest || visit->last_date > longest->last_date) {
            longest = visit;
        }
    }
}

/* The last day of the month or year that a partial date names. */
static int32_t last_day_of(const struct recist_reading *partial)
{
    struct recist_calendar_date date = recist_date_to_calendar(partial->date);
    int month = partial->date_precision == RECIST_DATE_YEAR ? 12 : date.month;
    return recist_date_from_calendar(date.year, month, recist_date_days_in_month(date.year, month));
}

static void report_unsure(struct recist_study_builder *builder,
                          const struct recist_visit_draft *visit,
                          const struct recist_visit_draft *other)
{
    const struct recist_reading *row = visit->partial;
    bool year = row->date_precision == RECIST_DATE_YEAR;
    recist_shape_report(builder, RECIST_KIND(VISIT_ORDER_UNSURE), row, RECIST_COLUMN_DATE,
                        "date is partial and taken as %s, and visit %s has a scan in the same %s; "
                        "write the day, so that the order of visits is certain",
                        RECIST_DAY(recist_scan_date(builder, row)),
                        RECIST_VISIT_NAME(builder, other->earliest), year ? "year" : "month");
}

/* Whether another visit lies in the month or year of the partial date. Its neighbours in order of
 * date are enough: what lies between them and it lies in that month too. */
static void check_order(struct recist_series_draft *draft)
{
    const struct recist_visit_draft *longest = NULL;
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        const struct recist_visit_draft *visit = &draft->visits[i];
        if (visit->partial) {
            if (longest && longest->last_date >= visit->partial->date) {
                report_unsure(draft->builder, visit, longest);
            } else if (i + 1 < draft->visit_count &&
                       draft->visits[i + 1].first_date <= last_day_of(visit->partial)) {
                report_unsure(draft->builder, visit, &draft->visits[i + 1]);
            }
        }
        if (!longest || visit->last_date > longest->last_date) {
            longest = visit;
        }
    }
}

static void check_visit(struct recist_study_builder *builder,
                        const struct recist_visit_draft *visit)
{
    int32_t days = visit->last_date - visit->first_date;
    if (days > builder->rules.visit_span) {
        recist_shape_report(builder, RECIST_KIND(VISIT_SPREAD), visit->latest, RECIST_COLUMN_DATE,
                            "scans of visit %s lie %d days apart, from %s%s to %s; expected at "
                            "most %d days",
                            RECIST_VISIT_NAME(builder, visit->latest), (int)days,
                            RECIST_DAY(visit->first_date),
                            RECIST_LINE_OF(builder, visit->earliest, visit->latest),
                            RECIST_DAY(visit->last_date), (int)builder->rules.visit_span);
    }
    if (visit->no_lesion && visit->has_lesions) {
        recist_shape_report(builder, RECIST_KIND(EMPTY_VISIT_WITH_LESIONS), visit->no_lesion,
                            RECIST_COLUMN_ROLE,
                            "role says that visit %s shows no lesion, and other rows record "
                            "lesions in it; leave this row out, or those",
                            RECIST_VISIT_NAME(builder, visit->no_lesion));
    }
}

bool recist_visits_check(struct recist_series_draft *draft)
{
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        check_visit(draft->builder, &draft->visits[i]);
    }
    if (!check_labels(draft)) {
        return false;
    }
    check_overlaps(draft);
    check_order(draft);
    return true;
}

void recist_visits_check_count(struct recist_series_draft *draft)
{
    if (draft->visit_count == recist_series_baseline(draft) + 1) {
        const struct recist_reading *row = draft->visits[0].first_row;
        recist_shape_report(draft->builder, RECIST_KIND(ONE_VISIT_ONLY), row, RECIST_COLUMN_DATE,
                            "visit %s is the only one; expected a baseline and at least one visit "
                            "after it",
                            RECIST_VISIT_NAME(draft->builder, row));
    }
}
