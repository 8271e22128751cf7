/* SPDX-License-Identifier: MIT
 * Lesions over whose texts a pattern of the criteria was given up: what it would have said is not
 * known, and "no" would be a guess. */
#include "base/excerpt.h"
#include "study/series_draft.h"

static struct recist_slice text_of(const struct recist_lesion *lesion, enum recist_column column)
{
    return column == RECIST_COLUMN_SITE     ? lesion->site
           : column == RECIST_COLUMN_METHOD ? lesion->method
           : column == RECIST_COLUMN_KIND   ? lesion->kind
                                            : lesion->id;
}

/* The first row of the lesion. */
static const struct recist_reading *row_of(const struct recist_series *series, size_t lesion)
{
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        const struct recist_observation *observation =
            recist_series_observation(series, visit, lesion);
        if (observation->reading) {
            return observation->reading;
        }
    }
    return NULL;
}

void recist_pattern_limits_check(struct recist_study_builder *builder)
{
    enum recist_column column = RECIST_COLUMN_SITE;
    for (size_t i = 0; i < builder->patient.series_count; i++) {
        const struct recist_series *series = &builder->patient.series[i];
        for (size_t j = 0; j < series->lesion_count; j++) {
            const struct recist_lesion *lesion = &series->lesions[j];
            if (!builder->rules.undecided(builder->rules.context, lesion, &column)) {
                continue;
            }
            const struct recist_reading *row = row_of(series, j);
            if (row) {
                recist_shape_report(builder, RECIST_KIND(PATTERN_GIVEN_UP), row, column,
                                    "a pattern of the criteria takes too many steps over %s \"%s\" "
                                    "and was given up; mend the pattern, or write the text "
                                    "another way",
                                    recist_column_name(column),
                                    RECIST_SHOWN(text_of(lesion, column)));
            }
        }
    }
}
