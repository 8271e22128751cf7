/* SPDX-License-Identifier: MIT
 * The study's rules as compiled criteria give them. */
#include <stdlib.h>

#include "study/study_rules.h"

struct criteria_context {
    const struct recist_criteria *criteria;
    struct recist_organ_scratch *scratch;
};

static int32_t complete_date(const void *context, int32_t first_day,
                             enum recist_date_precision precision)
{
    const struct criteria_context *from = context;
    return recist_criteria_complete_date(from->criteria, first_day, precision);
}

static void organ_of_site(const void *context, struct recist_slice site, struct recist_slice *organ,
                          bool *nodal)
{
    const struct criteria_context *from = context;
    recist_criteria_organ(from->criteria, from->scratch, site, organ, nodal);
}

static void release(void *context)
{
    struct criteria_context *from = context;
    recist_organ_scratch_destroy(from->scratch);
    free(from);
}

struct recist_study_builder *recist_study_builder_create(const struct recist_criteria *criteria)
{
    struct criteria_context *context = malloc(sizeof *context);
    if (!context) {
        return NULL;
    }
    *context = (struct criteria_context){criteria, recist_organ_scratch_create()};
    if (!context->scratch) {
        free(context);
        return NULL;
    }
    return recist_study_builder_create_from(&(struct recist_study_rules){
        .vocabulary = recist_criteria_vocabulary(criteria),
        .nodal_organ = recist_criteria_nodal_organ(criteria),
        .visit_span = recist_criteria_visit_span(criteria),
        .complete_date = complete_date,
        .organ = organ_of_site,
        .place = recist_measurements_place,
        .release = release,
        .context = context,
    });
}
