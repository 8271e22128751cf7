/* SPDX-License-Identifier: MIT
 * One observation for each visit and lesion, from the rows that record a lesion by its own id. */
#include "base/excerpt.h"
#include "study/series_draft.h"

/* Whether a number stands in a further column; an answer is none. */
static bool has_further_number(const struct recist_vocabulary *vocabulary,
                               const struct recist_reading *reading)
{
    for (size_t i = 0; reading->numbers && i < vocabulary->column_count; i++) {
        if (!vocabulary->columns[i].answer && reading->numbers[i] != RECIST_MISSING) {
            return true;
        }
    }
    return false;
}

uint8_t recist_status_of_blank(const struct recist_study_builder *builder,
                               const struct recist_reading *reading)
{
    return has_further_number(builder->rules.vocabulary, reading)
               ? RECIST_STATUS_BLANK
               : builder->rules.vocabulary->roles[reading->role].blank_means;
}

static void report_too_large(struct recist_series_draft *draft)
{
    recist_shape_report(draft->builder, RECIST_KIND(PATIENT_TOO_LARGE), draft->rows[0],
                        RECIST_COLUMN_PATIENT,
                        "patient \"%s\" has %zu visits and %zu lesions; expected at most %zu "
                        "readings of one patient by one reader",
                        RECIST_SHOWN(draft->builder->patient.id), draft->series->visit_count,
                        draft->series->lesion_count, RECIST_MOST_OBSERVATIONS);
    draft->series->lesion_count = 0;
    draft->row_count = 0;
    draft->compound = false;
}

static bool too_large(const struct recist_series *series)
{
    return series->lesion_count > 0 &&
           series->visit_count > RECIST_MOST_OBSERVATIONS / series->lesion_count;
}

static bool make_room(struct recist_series_draft *draft)
{
    struct recist_series *series = draft->series;
    if (too_large(series)) {
        report_too_large(draft);
    }
    size_t count = series->visit_count * series->lesion_count;
    series->observations =
        recist_arena_take(&draft->builder->arena, count * sizeof *series->observations);
    if (!series->observations) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        series->observations[i].reading = NULL;
    }
    return true;
}

/* Makes out what no row says. */
static void fill_gaps(const struct recist_series *series)
{
    size_t count = series->visit_count * series->lesion_count;
    for (size_t i = 0; i < count; i++) {
        if (!series->observations[i].reading) {
            recist_observe_nothing(&series->observations[i]);
        }
    }
}

void recist_report_twice(struct recist_study_builder *builder, const struct recist_reading *row,
                         const struct recist_reading *other, struct recist_slice lesion)
{
    bool later = row->file != other->file ? row->file > other->file : row->line > other->line;
    const struct recist_reading *second = later ? row : other;
    const struct recist_reading *first = later ? other : row;
    if (recist_is_of_patient(builder, row)) {
        recist_shape_report(builder, RECIST_KIND(LESION_TWICE), second, RECIST_COLUMN_ROLE,
                            "%s is recorded a second time at visit %s, after the row%s; expected "
                            "one row for each visit of a reader",
                            RECIST_SHOWN(lesion), RECIST_VISIT_NAME(builder, second),
                            RECIST_LINE_OF(builder, first, second));
        return;
    }
    recist_shape_report(builder, RECIST_KIND(LESION_TWICE), second, RECIST_COLUMN_LESION,
                        "lesion \"%s\" is recorded a second time at visit %s, after the row%s; "
                        "expected one row for each lesion and visit of a reader",
                        RECIST_SHOWN(lesion), RECIST_VISIT_NAME(builder, second),
                        RECIST_LINE_OF(builder, first, second));
}

static inline struct recist_observation *
observation_of(struct recist_series_draft *draft, size_t row,
               const struct recist_lesion_name *name)
{
    return &draft->series->observations[draft->row_visit[row] * draft->series->lesion_count +
                                        name->lesion];
}

static inline void observe_row(struct recist_series_draft *draft,
                               struct recist_observation *observation,
                               const struct recist_reading *row)
{
    uint8_t traits = recist_observe(draft->builder, observation, row,
                                    recist_scan_date(draft->builder, row));
    draft->lasting |= (traits & (RECIST_EVALUATED | RECIST_LASTING)) == RECIST_LASTING;
}

/* The row counts unless the visit has a later one. */
static void observe_latest(struct recist_series_draft *draft, size_t row)
{
    const struct recist_reading *reading = draft->rows[row];
    struct recist_observation *observation =
        observation_of(draft, row, &draft->names[draft->row_name[row]]);
    if (!observation->reading ||
        recist_scan_date(draft->builder, reading) > observation->date) {
        observe_row(draft, observation, reading);
    }
}

static void check_latest(struct recist_series_draft *draft, size_t row)
{
    const struct recist_reading *reading = draft->rows[row];
    const struct recist_lesion_name *name = &draft->names[draft->row_name[row]];
    const struct recist_reading *latest = observation_of(draft, row, name)->reading;
    if (latest != reading &&
        !recist_patient_row_is_replaced(draft, draft->row_visit[row], reading, latest)) {
        recist_report_twice(draft->builder, reading, latest, name->id);
    }
}

/* What is the patient's own: once the latest of each visit is known, the others are judged. */
static void observe_patient(struct recist_series_draft *draft)
{
    for (size_t i = 0; i < draft->row_count; i++) {
        if (recist_is_of_patient(draft->builder, draft->rows[i])) {
            observe_latest(draft, i);
        }
    }
    for (size_t i = 0; i < draft->row_count; i++) {
        if (recist_is_of_patient(draft->builder, draft->rows[i])) {
            check_latest(draft, i);
        }
    }
}

bool recist_observations_fill(struct recist_series_draft *draft)
{
    if (!make_room(draft)) {
        return false;
    }
    if (draft->builder->some_of_patient) {
        observe_patient(draft);
    }
    for (size_t i = 0; i < draft->row_count; i++) {
        if (draft->row_name[i] == RECIST_NO_NAME ||
            recist_is_of_patient(draft->builder, draft->rows[i])) {
            continue;
        }
        const struct recist_lesion_name *name = &draft->names[draft->row_name[i]];
        if (name->form != RECIST_NAME_WHOLE) {
            continue;
        }
        struct recist_observation *observation = observation_of(draft, i, name);
        if (observation->reading) {
            recist_report_twice(draft->builder, draft->rows[i], observation->reading, name->id);
        } else {
            observe_row(draft, observation, draft->rows[i]);
        }
    }
    fill_gaps(draft->series);
    return true;
}
