/* SPDX-License-Identifier: MIT
 * Lesions whose ids differ in case or hyphens only: they are two, and may be meant as one. */
#include <stdlib.h>

#include "base/excerpt.h"
#include "study/series_draft.h"
#include "study/spelling.h"

static bool of_lesion(const struct recist_series_draft *draft, size_t lesion)
{
    const struct recist_reading *first = draft->lesions[lesion].first;
    return first && !recist_is_of_patient(draft->builder, first);
}

static bool stands_later(const struct recist_lesion_draft *one,
                         const struct recist_lesion_draft *other)
{
    if (one->first_visit != other->first_visit) {
        return one->first_visit > other->first_visit;
    }
    return one->first->file != other->first->file ? one->first->file > other->first->file
                                                  : one->first->line > other->first->line;
}

/* What first appears after the baseline and may not is an error already, which names the other. */
static bool is_misplaced(const struct recist_series_draft *draft, size_t lesion)
{
    const struct recist_role_word *role =
        &draft->builder->rules.vocabulary->roles[draft->series->lesions[lesion].role];
    return role->at_baseline && !role->any_time &&
           draft->lesions[lesion].first_visit != recist_series_baseline(draft);
}

static void report(struct recist_series_draft *draft, uint32_t earlier_one, uint32_t later_one)
{
    struct recist_study_builder *builder = draft->builder;
    const struct recist_role_word *roles = builder->rules.vocabulary->roles;
    const struct recist_lesion *later = &draft->series->lesions[later_one];
    const struct recist_lesion *earlier = &draft->series->lesions[earlier_one];
    const struct recist_reading *row = draft->lesions[later_one].first;
    if (is_misplaced(draft, later_one)) {
        return;
    }
    recist_shape_report(builder, RECIST_KIND(LESION_SIMILAR), row, RECIST_COLUMN_LESION,
                        "%s lesion \"%s\" is named almost like the %s lesion \"%s\"%s, and counts "
                        "as another one; write the id of a lesion the same at every visit",
                        roles[later->role].word, RECIST_SHOWN(later->id),
                        roles[earlier->role].word, RECIST_SHOWN(earlier->id),
                        RECIST_LINE_OF(builder, draft->lesions[earlier_one].first, row));
}

static int compare_folded(struct recist_slice one, struct recist_slice other)
{
    if (one.length != other.length) {
        return one.length < other.length ? -1 : 1;
    }
    for (size_t i = 0; i < one.length; i++) {
        int difference = recist_spelling_fold((unsigned char)one.text[i]) -
                         recist_spelling_fold((unsigned char)other.text[i]);
        if (difference != 0) {
            return difference;
        }
    }
    return 0;
}

/* Ids that differ in nothing else stand together, in the order of their first rows. */
static int compare_lesions(const void *one, const void *other, void *context)
{
    const struct recist_series_draft *draft = context;
    uint32_t a = *(const uint32_t *)one;
    uint32_t b = *(const uint32_t *)other;
    int difference = compare_folded(draft->series->lesions[a].id, draft->series->lesions[b].id);
    if (difference != 0 || a == b) {
        return difference;
    }
    return stands_later(&draft->lesions[a], &draft->lesions[b]) ? 1 : -1;
}

/* Of several such ids, each is reported with the one before it. */
bool recist_similar_lesions_check(struct recist_series_draft *draft)
{
    const struct recist_lesion *lesions = draft->series->lesions;
    size_t count = 0;
    uint32_t *order =
        recist_arena_take(&draft->builder->arena, draft->series->lesion_count * sizeof *order);
    for (uint32_t i = 0; order && i < draft->series->lesion_count; i++) {
        if (of_lesion(draft, i)) {
            order[count++] = i;
        }
    }
    if (count < 2) {
        return order != NULL;
    }
    qsort_r(order, count, sizeof *order, compare_lesions, draft);
    for (size_t i = 1; i < count; i++) {
        if (compare_folded(lesions[order[i - 1]].id, lesions[order[i]].id) == 0) {
            report(draft, order[i - 1], order[i]);
        }
    }
    return true;
}
