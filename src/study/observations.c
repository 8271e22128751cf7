/* SPDX-License-Identifier: MIT
 * One observation for each visit and lesion, from the rows that record a lesion by its own id. */
#include "base/excerpt.h"
#include "study/series_draft.h"

uint8_t recist_observed_status(const struct recist_study_builder *builder,
                               const struct recist_reading *reading)
{
    if ((reading->status != RECIST_STATUS_BLANK) | recist_reading_measured(reading)) {
        return reading->status;
    }
    return builder->rules.vocabulary->roles[reading->role].blank_means;
}

bool recist_status_evaluated(const struct recist_study_builder *builder, uint8_t status)
{
    return (status == RECIST_STATUS_BLANK) | builder->rules.vocabulary->statuses[status].evaluated;
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
        series->observations[i] = (struct recist_observation){
            .axis = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING},
            .largest = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING},
        };
    }
    return true;
}

static void observe(const struct recist_study_builder *builder,
                    struct recist_observation *observation, const struct recist_reading *row)
{
    uint8_t status = recist_observed_status(builder, row);
    for (size_t i = 0; i < RECIST_AXIS_COUNT; i++) {
        observation->axis[i] = observation->largest[i] = row->axis[i];
    }
    observation->reading = row;
    observation->date = recist_scan_date(builder, row);
    observation->parts = 1;
    observation->status = status;
    observation->evaluated = recist_status_evaluated(builder, status);
    observation->measured = recist_reading_measured(row);
}

void recist_report_twice(struct recist_study_builder *builder, const struct recist_reading *row,
                         const struct recist_reading *other, struct recist_slice lesion)
{
    bool later = row->file != other->file ? row->file > other->file : row->line > other->line;
    const struct recist_reading *second = later ? row : other;
    const struct recist_reading *first = later ? other : row;
    recist_shape_report(builder, RECIST_KIND(LESION_TWICE), second, RECIST_COLUMN_LESION,
                        "lesion \"%s\" is recorded a second time at visit %s, after the row%s; "
                        "expected one row for each lesion and visit of a reader",
                        RECIST_SHOWN(lesion), RECIST_VISIT_NAME(builder, second),
                        RECIST_LINE_OF(builder, first, second));
}

bool recist_observations_fill(struct recist_series_draft *draft)
{
    if (!make_room(draft)) {
        return false;
    }
    struct recist_series *series = draft->series;
    for (size_t i = 0; i < draft->row_count; i++) {
        if (draft->row_name[i] == RECIST_NO_NAME) {
            continue;
        }
        const struct recist_lesion_name *name = &draft->names[draft->row_name[i]];
        if (name->form != RECIST_NAME_WHOLE) {
            continue;
        }
        struct recist_observation *observation =
            &series->observations[draft->row_visit[i] * series->lesion_count + name->lesion];
        if (observation->reading) {
            recist_report_twice(draft->builder, draft->rows[i], observation->reading, name->id);
        } else {
            observe(draft->builder, observation, draft->rows[i]);
            draft->lasting |= !observation->evaluated &&
                              recist_status_lasting(draft->builder, observation->status);
        }
    }
    return true;
}
