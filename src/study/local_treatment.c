/* SPDX-License-Identifier: MIT
 * Local treatment of a lesion during a course (surgery, radiotherapy): from the visit that records
 * it on, the lesion says nothing of the course's treatment, whatever it measures. */
#include "base/excerpt.h"
#include "study/series_draft.h"

static void report_reading(struct recist_study_builder *builder,
                           const struct recist_observation *observation, uint8_t status,
                           const struct recist_reading *since)
{
    if (recist_is_of_patient(builder, observation->reading)) {
        recist_shape_report(builder, RECIST_KIND(READING_AFTER_LOCAL_TREATMENT),
                            observation->reading, RECIST_COLUMN_ROLE,
                            "%s is recorded at visit %s and was \"%s\" before%s; it is not "
                            "evaluated for the rest of the course",
                            builder->rules.vocabulary->roles[observation->reading->role].word,
                            RECIST_VISIT_NAME(builder, observation->reading),
                            builder->rules.vocabulary->statuses[status].word,
                            RECIST_LINE_OF(builder, since, observation->reading));
        return;
    }
    recist_shape_report(builder, RECIST_KIND(READING_AFTER_LOCAL_TREATMENT), observation->reading,
                        RECIST_COLUMN_LESION,
                        "lesion \"%s\" is recorded at visit %s and was \"%s\" before%s; it is not "
                        "evaluated for the rest of the course",
                        RECIST_SHOWN(observation->reading->lesion),
                        RECIST_VISIT_NAME(builder, observation->reading),
                        builder->rules.vocabulary->statuses[status].word,
                        RECIST_LINE_OF(builder, since, observation->reading));
}

static void withdraw(struct recist_observation *observation, uint8_t status)
{
    static const recist_wide missing = RECIST_WIDE_MISSING;
    observation->status = status;
    observation->product_of_parts = observation->product_of_parts ? &missing : NULL;
    observation->evaluated = observation->measured = false;
    for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
        observation->axis[axis] = observation->largest[axis] = RECIST_MISSING;
    }
}

static void apply_to_lesion(struct recist_series_draft *draft, size_t lesion)
{
    struct recist_study_builder *builder = draft->builder;
    const struct recist_series *series = draft->series;
    const struct recist_reading *since = NULL;
    uint8_t status = RECIST_STATUS_BLANK;
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        struct recist_observation *observation =
            &series->observations[visit * series->lesion_count + lesion];
        bool treated = observation->reading && !observation->evaluated &&
                       recist_status_lasting(builder, observation->status);
        if (since && observation->reading && !treated) {
            report_reading(builder, observation, status, since);
        }
        if (treated && !since) {
            since = observation->reading;
            status = observation->status;
        }
        if (since) {
            withdraw(observation, treated ? observation->status : status);
        }
    }
}

void recist_local_treatment_apply(struct recist_series_draft *draft)
{
    for (size_t i = 0; i < draft->series->lesion_count; i++) {
        apply_to_lesion(draft, i);
    }
}
