/* SPDX-License-Identifier: MIT
 * The study's rules as compiled criteria give them. */
#include <stdlib.h>
#include <string.h>

#include "criteria/criteria.h"
#include "study/spelling.h"
#include "study/study_rules.h"

#define LONGEST_REMEMBERED 64

/* A text that no pattern was given up over. */
struct sound_text {
    char text[LONGEST_REMEMBERED];
    size_t length;
};

struct criteria_context {
    const struct recist_criteria *criteria;
    /* Asked for the organ of each site once; knows whether a pattern was given up over any. */
    struct recist_organ_scratch *scratch;
    struct recist_organ_scratch *again; /* asked lesion by lesion */
    unsigned looked_at;                 /* by conditions; bit per enum recist_text_column */
    struct sound_text methods;          /* the last of each */
    struct sound_text kinds;
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
    const struct recist_organ_map *organs = from->criteria->organs;
    recist_criteria_organ(from->criteria, from->scratch, site, organ, nodal);
    recist_organ_map_try_conditions(organs, from->scratch, RECIST_TEXT_SITE, site);
    recist_organ_map_try_conditions(organs, from->scratch, RECIST_TEXT_ORGAN,
                                    organ->length > 0 ? *organ : site);
}

static bool is_hard(const struct criteria_context *from, unsigned text, struct recist_slice value)
{
    recist_organ_scratch_forget_limits(from->again);
    recist_organ_map_try_conditions(from->criteria->organs, from->again, text, value);
    return recist_organ_scratch_limited(from->again);
}

static bool is_hard_site(const struct criteria_context *from, const struct recist_lesion *lesion)
{
    struct recist_slice organ = {0};
    bool nodal = false;
    if (!recist_organ_scratch_limited(from->scratch)) {
        return false;
    }
    recist_organ_scratch_forget_limits(from->again);
    recist_criteria_organ(from->criteria, from->again, lesion->site, &organ, &nodal);
    return recist_organ_scratch_limited(from->again) ||
           is_hard(from, RECIST_TEXT_SITE, lesion->site) ||
           is_hard(from, RECIST_TEXT_ORGAN, lesion->organ);
}

/* Methods and kinds are few, and mostly the same again. */
static bool is_hard_word(struct criteria_context *from, unsigned text, struct recist_slice value,
                         struct sound_text *sound)
{
    if (value.length == 0 || !(from->looked_at >> text & 1) ||
        recist_spelling_identical(value, (struct recist_slice){sound->text, sound->length})) {
        return false;
    }
    bool hard = is_hard(from, text, value);
    if (!hard && value.length <= sizeof sound->text) {
        memcpy(sound->text, value.text, value.length);
        sound->length = value.length;
    }
    return hard;
}

static bool undecided(void *context, const struct recist_lesion *lesion, enum recist_column *column)
{
    struct criteria_context *from = context;
    if (is_hard_site(from, lesion)) {
        *column = RECIST_COLUMN_SITE;
    } else if (is_hard_word(from, RECIST_TEXT_METHOD, lesion->method, &from->methods)) {
        *column = RECIST_COLUMN_METHOD;
    } else if (is_hard_word(from, RECIST_TEXT_KIND, lesion->kind, &from->kinds)) {
        *column = RECIST_COLUMN_KIND;
    } else if ((from->looked_at >> RECIST_TEXT_LESION & 1) &&
               is_hard(from, RECIST_TEXT_LESION, lesion->id)) {
        *column = RECIST_COLUMN_LESION;
    } else {
        return false;
    }
    return true;
}

static void release(void *context)
{
    struct criteria_context *from = context;
    recist_organ_scratch_destroy(from->scratch);
    recist_organ_scratch_destroy(from->again);
    free(from);
}

struct recist_study_builder *recist_study_builder_create(const struct recist_criteria *criteria)
{
    struct criteria_context *context = malloc(sizeof *context);
    if (!context) {
        return NULL;
    }
    *context = (struct criteria_context){
        .criteria = criteria,
        .scratch = recist_organ_scratch_create(),
        .again = recist_organ_scratch_create(),
        .looked_at = recist_organ_map_texts_looked_at(criteria->organs),
    };
    if (!context->scratch || !context->again) {
        release(context);
        return NULL;
    }
    return recist_study_builder_create_from(&(struct recist_study_rules){
        .vocabulary = recist_criteria_vocabulary(criteria),
        .nodal_organ = recist_criteria_nodal_organ(criteria),
        .visit_span = recist_criteria_visit_span(criteria),
        .complete_date = complete_date,
        .organ = organ_of_site,
        .undecided = undecided,
        .place = recist_measurements_place,
        .release = release,
        .context = context,
    });
}
