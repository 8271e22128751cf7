/* SPDX-License-Identifier: MIT
 * What a visit says that cannot be, or may not be meant: a lesion that is there and measures
 * nothing, a merged lesion without its mass, and no lesion at all where lesions are known. */
#include "base/excerpt.h"
#include "study/series_draft.h"

/* Whether a lesion of the role is seen at the visit, with a size or a status that does not stand
 * for nothing. */
static bool mass_is_seen(const struct recist_series_draft *draft, size_t visit, uint8_t role)
{
    const struct recist_series *series = draft->series;
    const struct recist_status_word *statuses = draft->builder->rules.vocabulary->statuses;
    for (size_t i = 0; i < series->lesion_count; i++) {
        const struct recist_observation *seen = recist_series_observation(series, visit, i);
        if (series->lesions[i].role != role || !seen->evaluated ||
            statuses[seen->status].merged) {
            continue;
        }
        for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
            if (seen->axis[axis] > 0) {
                return true;
            }
        }
        if (!seen->measured && seen->status != RECIST_STATUS_BLANK &&
            statuses[seen->status].stands_for != 0) {
            return true;
        }
    }
    return false;
}

static bool some_row_is_merged(const struct recist_series_draft *draft)
{
    const struct recist_status_word *statuses = draft->builder->rules.vocabulary->statuses;
    for (size_t i = 0; i < draft->row_count; i++) {
        if (statuses[draft->rows[i]->status].merged) {
            return true;
        }
    }
    return false;
}

static void check_merged(struct recist_series_draft *draft)
{
    const struct recist_series *series = draft->series;
    const struct recist_status_word *statuses = draft->builder->rules.vocabulary->statuses;
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        for (size_t i = 0; i < series->lesion_count; i++) {
            const struct recist_observation *seen = recist_series_observation(series, visit, i);
            if (seen->reading && statuses[seen->status].merged &&
                statuses[seen->reading->status].merged &&
                !mass_is_seen(draft, visit, series->lesions[i].role)) {
                recist_shape_report(draft->builder, RECIST_KIND(MERGED_ALONE), seen->reading,
                                    RECIST_COLUMN_STATUS,
                                    "lesion \"%s\" has merged with another, and no other lesion of "
                                    "its role is seen at visit %s; record the mass, or the lesion "
                                    "as absent",
                                    RECIST_SHOWN(series->lesions[i].id),
                                    RECIST_VISIT_NAME(draft->builder, seen->reading));
            }
        }
    }
}

/* Of a new lesion the criteria may leave it to the size whether it is one. */
static bool seen_without_size(const struct recist_study_builder *builder,
                              const struct recist_reading *row)
{
    const struct recist_vocabulary *vocabulary = builder->rules.vocabulary;
    bool zero = false;
    bool more = false;
    for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
        zero |= row->axis[axis] == 0;
        more |= row->axis[axis] > 0;
    }
    return zero && !more && recist_status_says_seen(&vocabulary->statuses[row->status]) &&
           recist_role_at_baseline(&vocabulary->roles[row->role]);
}

static void check_sizes(struct recist_series_draft *draft)
{
    for (size_t i = 0; i < draft->row_count; i++) {
        const struct recist_reading *row = draft->rows[i];
        if (row->status != RECIST_STATUS_BLANK && seen_without_size(draft->builder, row)) {
            recist_shape_report(draft->builder, RECIST_KIND(NUMBER_WITH_STATUS), row,
                                RECIST_COLUMN_STATUS,
                                "lesion \"%s\" is said to be \"%s\" and measures 0 mm; give its size, "
                                "or say that it is gone",
                                RECIST_SHOWN(row->lesion),
                                draft->builder->rules.vocabulary->statuses[row->status].word);
        }
    }
}

/* Lesions of the baseline without a row were not evaluated; who writes that the visit shows no
 * lesion may mean that all are gone. */
static void check_empty_visits(struct recist_series_draft *draft)
{
    const struct recist_series *series = draft->series;
    bool known = false;
    for (size_t i = 0; i < series->lesion_count && !known; i++) {
        const struct recist_role_word *role =
            &draft->builder->rules.vocabulary->roles[series->lesions[i].role];
        known = role->at_baseline && !role->of_patient;
    }
    for (uint32_t visit = 1; known && visit < draft->visit_count; visit++) {
        const struct recist_visit_draft *of = &draft->visits[visit];
        if (of->no_lesion && !of->has_lesions) {
            recist_shape_report(draft->builder, RECIST_KIND(NONE_WITH_KNOWN), of->no_lesion,
                                RECIST_COLUMN_ROLE,
                                "visit %s is said to show no lesion, and the lesions of the "
                                "baseline count as not evaluated there; record each as absent if "
                                "they are gone",
                                RECIST_VISIT_NAME(draft->builder, of->no_lesion));
        }
    }
}

void recist_visit_statements_check(struct recist_series_draft *draft)
{
    if (some_row_is_merged(draft)) {
        check_merged(draft);
    }
    check_sizes(draft);
    check_empty_visits(draft);
}
