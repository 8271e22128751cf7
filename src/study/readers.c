/* SPDX-License-Identifier: MIT
 * Readers who may be one: each is assessed apart, so that a name that is left out, or written in two
 * ways, takes visits from a reader and leaves two with half of them. */
#include <stdlib.h>

#include "base/excerpt.h"
#include "study/series_draft.h"
#include "study/spelling.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '-' || byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* What counts of a name from *at on: neither case nor blanks, but that blanks stand between digits, which
 * are two numbers. -1 at its end. */
static int next_sign(struct recist_slice name, size_t *at)
{
    size_t begin = *at;
    while (*at < name.length && is_blank(name.text[*at])) {
        (*at)++;
    }
    if (*at == name.length) {
        return -1;
    }
    if (*at > begin && begin > 0 && is_digit(name.text[begin - 1]) && is_digit(name.text[*at])) {
        return ' ';
    }
    return recist_spelling_fold((unsigned char)name.text[(*at)++]);
}

static int compare_loosely(struct recist_slice one, struct recist_slice other)
{
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        int a = next_sign(one, &i);
        int b = next_sign(other, &j);
        if (a != b || a < 0) {
            return a - b;
        }
    }
}

/* Loosely, then exactly, then by first appearance. */
static int compare_drafts(const void *one, const void *other)
{
    const struct recist_series_draft *a = *(const struct recist_series_draft *const *)one;
    const struct recist_series_draft *b = *(const struct recist_series_draft *const *)other;
    int order = compare_loosely(a->series->reader, b->series->reader);
    order = order != 0 ? order : recist_spelling_order(a->series->reader, b->series->reader);
    return order != 0 ? order : (a > b) - (a < b);
}

static void report_unnamed(struct recist_study_builder *builder,
                           const struct recist_series_draft *draft)
{
    recist_shape_report(builder, RECIST_KIND(READER_MISSING), draft->rows[0],
                        RECIST_COLUMN_READER,
                        "the row has no reader, and other rows of the patient have one; rows without "
                        "a reader are assessed apart, as those of one more reader");
}

static void report_similar(struct recist_study_builder *builder,
                           const struct recist_series_draft *draft,
                           const struct recist_series_draft *other)
{
    recist_shape_report(builder, RECIST_KIND(READERS_SIMILAR), draft->rows[0],
                        RECIST_COLUMN_READER,
                        "readers \"%s\" and \"%s\" are assessed apart; write the name in one way if "
                        "they are one",
                        RECIST_SHOWN(other->series->reader), RECIST_SHOWN(draft->series->reader));
}

bool recist_readers_check(struct recist_study_builder *builder,
                          const struct recist_series_draft *drafts, size_t count)
{
    if (count < 2) {
        return true;
    }
    const struct recist_series_draft **sorted =
        recist_arena_take(&builder->arena, count * sizeof(struct recist_series_draft *));
    size_t named = 0;
    for (size_t i = 0; sorted && i < count; i++) {
        if (drafts[i].series->reader.length > 0) {
            sorted[named++] = &drafts[i];
        }
    }
    if (named == 0) {
        return sorted != NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (drafts[i].series->reader.length == 0 && recist_series_has_scans(&drafts[i])) {
            report_unnamed(builder, &drafts[i]);
        }
    }
    qsort(sorted, named, sizeof(struct recist_series_draft *), compare_drafts);
    for (size_t i = 1; i < named; i++) {
        struct recist_slice one = sorted[i - 1]->series->reader;
        struct recist_slice other = sorted[i]->series->reader;
        bool later = sorted[i] > sorted[i - 1];
        if (compare_loosely(one, other) == 0 && !recist_spelling_identical(one, other)) {
            report_similar(builder, sorted[later ? i : i - 1], sorted[later ? i - 1 : i]);
        }
    }
    return true;
}
