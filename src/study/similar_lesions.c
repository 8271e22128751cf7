/* SPDX-License-Identifier: MIT
 * Lesions whose ids differ in case or hyphens only: they are two, and may be meant as one. */
#include <stdlib.h>

#include "base/excerpt.h"
#include "study/series_draft.h"
#include "study/spelling.h"

/* Up to so many lesions, comparing each with each is the quickest. */
#define FEW_LESIONS 64

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

static void report(struct recist_series_draft *draft, size_t one, size_t other)
{
    struct recist_study_builder *builder = draft->builder;
    const struct recist_role_word *roles = builder->rules.vocabulary->roles;
    if (!stands_later(&draft->lesions[one], &draft->lesions[other])) {
        size_t earlier = one;
        one = other;
        other = earlier;
    }
    const struct recist_lesion *later = &draft->series->lesions[one];
    const struct recist_lesion *earlier = &draft->series->lesions[other];
    const struct recist_reading *row = draft->lesions[one].first;
    if (is_misplaced(draft, one)) {
        return;
    }
    recist_shape_report(builder, RECIST_KIND(LESION_SIMILAR), row, RECIST_COLUMN_LESION,
                        "%s lesion \"%s\" is named almost like the %s lesion \"%s\"%s, and counts "
                        "as another one; write the id of a lesion the same at every visit",
                        roles[later->role].word, RECIST_SHOWN(later->id),
                        roles[earlier->role].word, RECIST_SHOWN(earlier->id),
                        RECIST_LINE_OF(builder, draft->lesions[other].first, row));
}

static int compare_folded(const void *one, const void *other, void *lesions)
{
    struct recist_slice a = ((const struct recist_lesion *)lesions)[*(const uint32_t *)one].id;
    struct recist_slice b = ((const struct recist_lesion *)lesions)[*(const uint32_t *)other].id;
    if (a.length != b.length) {
        return a.length < b.length ? -1 : 1;
    }
    for (size_t i = 0; i < a.length; i++) {
        int difference = recist_spelling_fold((unsigned char)a.text[i]) -
                         recist_spelling_fold((unsigned char)b.text[i]);
        if (difference != 0) {
            return difference;
        }
    }
    return 0;
}

static bool check_many(struct recist_series_draft *draft)
{
    struct recist_lesion *lesions = draft->series->lesions;
    size_t count = draft->series->lesion_count;
    uint32_t *order = recist_arena_take(&draft->builder->arena, count * sizeof *order);
    if (!order) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        order[i] = i;
    }
    qsort_r(order, count, sizeof *order, compare_folded, lesions);
    for (size_t i = 1; i < count; i++) {
        if (compare_folded(&order[i - 1], &order[i], lesions) == 0 &&
            of_lesion(draft, order[i - 1]) && of_lesion(draft, order[i])) {
            report(draft, order[i - 1], order[i]);
        }
    }
    return true;
}

bool recist_similar_lesions_check(struct recist_series_draft *draft)
{
    const struct recist_lesion *lesions = draft->series->lesions;
    size_t count = draft->series->lesion_count;
    if (count > FEW_LESIONS) {
        return check_many(draft);
    }
    for (size_t i = 1; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (recist_spelling_same(lesions[k].id, lesions[i].id) && of_lesion(draft, k) &&
                of_lesion(draft, i)) {
                report(draft, k, i);
            }
        }
    }
    return true;
}
