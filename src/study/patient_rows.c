/* SPDX-License-Identifier: MIT
 * Rows that are about the patient and no lesion: which visit they belong to. They stand at the
 * visit of their label, else at that of their date. What is dated before the first scan belongs to
 * the visit of the first scan, which is the baseline; a sample has days of its own, so that several
 * may be taken before a scan, of which the latest counts. */
#include "base/excerpt.h"
#include "study/series_draft.h"

#define NO_VISIT UINT32_MAX

/* The imaged visits, in order of date. */
struct imaged_visits {
    uint32_t *list;
    size_t count;
};

static bool list_imaged(struct recist_series_draft *draft, struct imaged_visits *imaged)
{
    imaged->list = recist_arena_take(&draft->builder->arena,
                                     (draft->visit_count + 1) * sizeof *imaged->list);
    imaged->count = 0;
    for (uint32_t i = 0; imaged->list && i < draft->visit_count; i++) {
        if (draft->visits[i].imaged) {
            imaged->list[imaged->count++] = i;
        }
    }
    return imaged->list != NULL;
}

/* The imaged visit that the day lies in, or NO_VISIT. */
static uint32_t visit_on(const struct recist_series_draft *draft,
                         const struct imaged_visits *imaged, int32_t day)
{
    size_t low = 0;
    size_t high = imaged->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (draft->visits[imaged->list[middle]].first_date <= day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool within = low > 0 && draft->visits[imaged->list[low - 1]].last_date >= day;
    return within ? imaged->list[low - 1] : NO_VISIT;
}

static void report_without_scan(struct recist_study_builder *builder,
                                const struct recist_reading *row, bool joins)
{
    recist_shape_report(builder, RECIST_KIND(VISIT_WITHOUT_SCAN), row,
                        row->visit.length > 0 ? RECIST_COLUMN_VISIT : RECIST_COLUMN_DATE,
                        "%s is recorded at visit %s, which has no scan%s; give the row the label "
                        "or the date of the visit it belongs to",
                        builder->rules.vocabulary->roles[row->role].word,
                        RECIST_VISIT_NAME(builder, row),
                        joins ? ", and is taken to the baseline" : "");
}

/* The visit that a row of a visit without scans joins, or NO_VISIT. */
static uint32_t visit_to_join(struct recist_series_draft *draft,
                              const struct imaged_visits *imaged, size_t row)
{
    struct recist_study_builder *builder = draft->builder;
    const struct recist_reading *reading = draft->rows[row];
    struct recist_visit_draft *visit = &draft->visits[draft->row_visit[row]];
    int32_t date = recist_scan_date(builder, reading);
    uint32_t same_day = reading->visit.length == 0 ? visit_on(draft, imaged, date) : NO_VISIT;
    if (same_day != NO_VISIT) {
        return same_day;
    }
    bool before = date < draft->visits[imaged->list[0]].first_date;
    if (!builder->rules.vocabulary->roles[reading->role].own_schedule && !visit->without_scan) {
        report_without_scan(builder, reading, before);
        visit->without_scan = true;
    }
    return before ? imaged->list[0] : NO_VISIT;
}

/* The visits that still have rows, numbered anew. */
static bool renumber(struct recist_series_draft *draft)
{
    uint32_t *numbers = recist_arena_take(&draft->builder->arena,
                                          (draft->visit_count + 1) * sizeof *numbers);
    if (!numbers) {
        return false;
    }
    for (uint32_t i = 0; i < draft->visit_count; i++) {
        numbers[i] = NO_VISIT;
    }
    uint32_t count = 0;
    for (size_t i = 0; i < draft->row_count; i++) {
        uint32_t *number = &numbers[draft->row_visit[i]];
        *number = *number == NO_VISIT ? count++ : *number;
        draft->row_visit[i] = *number;
    }
    return recist_visits_regather(draft, count);
}

bool recist_patient_rows_join(struct recist_series_draft *draft)
{
    struct imaged_visits imaged;
    if (!draft->some_of_patient) {
        return true;
    }
    if (!list_imaged(draft, &imaged)) {
        return false;
    }
    if (imaged.count == 0 || imaged.count == draft->visit_count) {
        return true;
    }
    bool some_join = false;
    for (size_t i = 0; i < draft->row_count; i++) {
        uint32_t joins = draft->visits[draft->row_visit[i]].imaged
                             ? NO_VISIT
                             : visit_to_join(draft, &imaged, i);
        if (joins != NO_VISIT) {
            draft->row_visit[i] = joins;
            some_join = true;
        }
    }
    return !some_join || renumber(draft);
}

bool recist_patient_row_is_replaced(const struct recist_series_draft *draft, uint32_t visit,
                                    const struct recist_reading *row,
                                    const struct recist_reading *latest)
{
    const struct recist_study_builder *builder = draft->builder;
    bool several = builder->rules.vocabulary->roles[row->role].own_schedule ||
                   visit == recist_series_baseline(draft);
    int32_t date = recist_scan_date(builder, latest);
    return several && draft->visits[visit].imaged && date <= draft->visits[visit].first_date &&
           recist_scan_date(builder, row) < date;
}

bool recist_series_has_scans(const struct recist_series_draft *draft)
{
    for (size_t i = 0; i < draft->row_count; i++) {
        if (!recist_is_of_patient(draft->builder, draft->rows[i])) {
            return true;
        }
    }
    return false;
}

void recist_patient_rows_check_reader(struct recist_study_builder *builder,
                                      const struct recist_series_draft *drafts, size_t count)
{
    bool read = false;
    for (size_t i = 0; builder->some_of_patient && i < count && !read; i++) {
        read = drafts[i].series->reader.length > 0 && recist_series_has_scans(&drafts[i]);
    }
    for (size_t i = 0; read && i < count; i++) {
        if (drafts[i].series->reader.length > 0 || recist_series_has_scans(&drafts[i])) {
            continue;
        }
        const struct recist_reading *row = drafts[i].rows[0];
        recist_shape_report(builder, RECIST_KIND(PATIENT_ROW_WITHOUT_READER), row,
                            RECIST_COLUMN_READER,
                            "%s is recorded without a reader, and counts for none of the readers "
                            "of this patient's scans; repeat the row with each reader for whom it "
                            "counts",
                            builder->rules.vocabulary->roles[row->role].word);
    }
}
