/* SPDX-License-Identifier: MIT
 * The study builder: readings of one patient to series, and the steps for each series. */
#include <stdlib.h>

#include "base/excerpt.h"
#include "study/series_draft.h"
#include "study/spelling.h"

/* Holds a patient of some hundred rows. */
#define ARENA_BLOCK ((size_t)64 * 1024)

static uint8_t traits_of(const struct recist_status_word *status, bool blank)
{
    return (uint8_t)((blank || status->evaluated ? RECIST_EVALUATED : 0) |
                     (status->lasting ? RECIST_LASTING : 0) |
                     (status->merged ? RECIST_MERGED : 0) |
                     (!blank && recist_status_says_seen(status) ? RECIST_SEEN_ANY_SIZE : 0));
}

struct recist_study_builder *
recist_study_builder_create_from(const struct recist_study_rules *rules)
{
    struct recist_study_builder *builder = calloc(1, sizeof *builder);
    if (!builder) {
        if (rules->release) {
            rules->release(rules->context);
        }
        return NULL;
    }
    builder->rules = *rules;
    for (size_t i = 0; i < rules->vocabulary->role_count; i++) {
        const struct recist_role_word *role = &rules->vocabulary->roles[i];
        bool of_lesion = i != RECIST_ROLE_NONE && !role->of_patient;
        builder->some_of_patient |= role->of_patient;
        builder->role_of_lesion[i & UINT8_MAX] = of_lesion;
        builder->may_begin[0][i & UINT8_MAX] = of_lesion && recist_role_at_baseline(role);
        builder->may_begin[1][i & UINT8_MAX] = of_lesion && (!role->at_baseline || role->any_time);
    }
    for (size_t i = 0; i < rules->vocabulary->status_count; i++) {
        builder->status_traits[i & UINT8_MAX] =
            traits_of(&rules->vocabulary->statuses[i], i == RECIST_STATUS_BLANK);
    }
    recist_arena_init(&builder->arena, ARENA_BLOCK);
    return builder;
}

void recist_study_builder_destroy(struct recist_study_builder *builder)
{
    if (!builder) {
        return;
    }
    if (builder->rules.release) {
        builder->rules.release(builder->rules.context);
    }
    recist_arena_destroy(&builder->arena);
    free(builder);
}

void recist_study_builder_set_courses(struct recist_study_builder *builder,
                                      const struct recist_courses *courses)
{
    builder->courses = courses;
}

void recist_study_builder_go_long_way(struct recist_study_builder *builder)
{
    builder->only_long_way = true;
}

void recist_study_builder_trust(struct recist_study_builder *builder)
{
    builder->trusting = true;
}

static bool in_series(const struct recist_series *series, const struct recist_reading *row)
{
    const struct recist_reading_more *more = recist_reading_more(row);
    return recist_spelling_identical(series->reader, more->reader) &&
           recist_spelling_identical(series->course, more->course);
}

static bool entry_is_series_of(const void *entries, uint32_t entry, const void *key)
{
    const struct recist_series *series = entries;
    return in_series(&series[entry], key);
}

static uint32_t series_hash(const struct recist_reading *row)
{
    const struct recist_reading_more *more = recist_reading_more(row);
    return recist_key_hash(more->reader, recist_key_hash(more->course, 0));
}

/* Which series each row belongs to, while the series are found. */
struct series_split {
    struct recist_series *series;
    uint32_t *row_series;
    struct recist_key_index index;
    uint32_t count;
};

static uint32_t search_series(struct series_split *split, const struct recist_reading *row)
{
    if (!split->index.slots) {
        for (uint32_t i = 0; i < split->count; i++) {
            if (in_series(&split->series[i], row)) {
                return i;
            }
        }
    } else {
        uint32_t hash = series_hash(row);
        uint32_t found =
            recist_key_index_find(&split->index, hash, entry_is_series_of, split->series, row);
        if (found != RECIST_KEY_NOT_FOUND) {
            return found;
        }
        recist_key_index_add(&split->index, hash, split->count);
    }
    split->series[split->count] =
        (struct recist_series){.course = recist_reading_more(row)->course,
                               .reader = recist_reading_more(row)->reader};
    return split->count++;
}

/* Most patients have one reader and one course. */
static bool one_series(const struct recist_patient_readings *readings)
{
    const struct recist_reading *rows = readings->readings;
    const struct recist_reading_more *first = recist_reading_more(&rows[0]);
    for (size_t i = 1; i < readings->count; i++) {
        if (rows[i].more == rows[0].more) {
            continue;
        }
        const struct recist_reading_more *more = recist_reading_more(&rows[i]);
        if (!recist_spelling_identical(more->reader, first->reader) ||
            !recist_spelling_identical(more->course, first->course)) {
            return false;
        }
    }
    return readings->count > 0;
}

static bool take_one_series(struct recist_arena *arena,
                            const struct recist_patient_readings *readings,
                            struct series_split *split)
{
    split->series = recist_arena_take(arena, sizeof *split->series);
    if (!split->series) {
        return false;
    }
    const struct recist_reading_more *more = recist_reading_more(&readings->readings[0]);
    *split->series = (struct recist_series){.course = more->course, .reader = more->reader};
    split->count = 1;
    return true;
}

static bool find_series(struct recist_arena *arena, const struct recist_patient_readings *readings,
                        struct series_split *split)
{
    if (one_series(readings)) {
        return take_one_series(arena, readings, split);
    }
    split->row_series = recist_arena_take(arena, readings->count * sizeof *split->row_series);
    split->series = recist_arena_take(arena, readings->count * sizeof *split->series);
    if (!split->row_series || !split->series ||
        (readings->count > RECIST_LINEAR_ROWS &&
         !recist_key_index_init(&split->index, arena, readings->count))) {
        return false;
    }
    uint32_t last = 0;
    for (size_t i = 0; i < readings->count; i++) {
        const struct recist_reading *row = &readings->readings[i];
        if (split->count == 0 || !in_series(&split->series[last], row)) {
            last = search_series(split, row);
        }
        split->row_series[i] = last;
    }
    return true;
}

/* Rows of several series: each draft gets its own, which keep their order. */
static void deal_rows(const struct recist_patient_readings *readings,
                      const struct series_split *split, struct recist_series_draft *drafts,
                      const struct recist_reading **rows)
{
    for (size_t i = 0; i < readings->count; i++) {
        drafts[split->row_series[i]].row_count++;
    }
    for (uint32_t i = 0; i < split->count; i++) {
        drafts[i].rows = rows;
        rows += drafts[i].row_count;
        drafts[i].row_count = 0;
    }
    for (size_t i = 0; i < readings->count; i++) {
        struct recist_series_draft *draft = &drafts[split->row_series[i]];
        draft->rows[draft->row_count++] = &readings->readings[i];
    }
}

static struct recist_series_draft *make_drafts(struct recist_study_builder *builder,
                                               const struct recist_patient_readings *readings,
                                               const struct series_split *split)
{
    struct recist_series_draft *drafts =
        recist_arena_take_zeroed(&builder->arena, split->count, sizeof *drafts);
    const struct recist_reading **rows =
        recist_arena_take(&builder->arena, readings->count * sizeof *rows);
    if (!drafts || !rows) {
        return NULL;
    }
    for (uint32_t i = 0; i < split->count; i++) {
        drafts[i].builder = builder;
        drafts[i].series = &split->series[i];
    }
    if (split->count != 1) {
        deal_rows(readings, split, drafts, rows);
        return drafts;
    }
    for (size_t i = 0; i < readings->count; i++) {
        rows[i] = &readings->readings[i];
    }
    drafts[0].rows = rows;
    drafts[0].row_count = readings->count;
    drafts[0].readings = readings->readings;
    return drafts;
}

bool recist_series_fill(struct recist_series_draft *draft)
{
    if (!recist_names_gather(draft) || !recist_observations_fill(draft) ||
        !recist_composites_fill(draft)) {
        return false;
    }
    if (draft->lasting) {
        recist_local_treatment_apply(draft);
    }
    recist_lesions_describe(draft);
    if (draft->builder->trusting) {
        return true;
    }
    recist_visit_statements_check(draft);
    if (!recist_similar_lesions_check(draft)) {
        return false;
    }
    return draft->series->without_baseline || recist_lengths_check(draft);
}

static bool build_series(struct recist_series_draft *draft)
{
    if (!recist_visits_gather(draft) || !recist_patient_rows_join(draft)) {
        return false;
    }
    if (!draft->builder->trusting) {
        if (!recist_visits_check(draft)) {
            return false;
        }
        recist_visits_check_count(draft);
    }
    return recist_series_fill(draft);
}

/* Whether the courses file has the patient; if not, that is reported. */
static bool find_courses(struct recist_study_builder *builder,
                         const struct recist_patient_readings *readings,
                         const struct recist_course *const **courses, size_t *count)
{
    if (!builder->courses || readings->count == 0) {
        return false;
    }
    *courses = recist_courses_of(builder->courses, readings->study, readings->patient, count);
    if (!*courses) {
        recist_shape_report(builder, RECIST_KIND(PATIENT_WITHOUT_COURSE), &readings->readings[0],
                            RECIST_COLUMN_PATIENT,
                            "patient \"%s\" has no course in the courses file, and is assessed "
                            "from the first visit on",
                            RECIST_SHOWN(readings->patient));
    }
    return *courses != NULL;
}

static bool build(struct recist_study_builder *builder,
                  const struct recist_patient_readings *readings)
{
    struct series_split split = {.count = 0};
    if (!find_series(&builder->arena, readings, &split)) {
        return false;
    }
    struct recist_series_draft *drafts = make_drafts(builder, readings, &split);
    if (!drafts) {
        return false;
    }
    recist_patient_rows_check_reader(builder, drafts, split.count);
    if (!recist_readers_check(builder, drafts, split.count)) {
        return false;
    }
    const struct recist_course *const *courses = NULL;
    size_t course_count = 0;
    if (find_courses(builder, readings, &courses, &course_count)) {
        recist_courses_check_scans(builder, readings, courses, course_count);
        return recist_courses_deal(builder, drafts, split.count, courses, course_count);
    }
    for (uint32_t i = 0; i < split.count; i++) {
        if (!build_series(&drafts[i])) {
            return false;
        }
    }
    builder->patient.series = split.series;
    builder->patient.series_count = split.count;
    return true;
}

enum recist_outcome recist_study_build(struct recist_study_builder *builder,
                                       const struct recist_patient_readings *readings,
                                       const struct recist_measurements *places,
                                       struct recist_findings *findings,
                                       const struct recist_patient **patient)
{
    recist_arena_reset(&builder->arena);
    builder->patient = (struct recist_patient){.study = readings->study, .id = readings->patient};
    builder->places = places;
    builder->findings = findings;
    builder->first_finding = recist_findings_count(findings);
    builder->errors = 0;
    builder->failed = false;
    builder->was_plain = !builder->only_long_way && recist_plain_patient_build(builder, readings);
    if ((!builder->was_plain && !build(builder, readings)) || builder->failed) {
        return RECIST_NO_MEMORY;
    }
    if (builder->rules.undecided && !builder->trusting) {
        recist_pattern_limits_check(builder);
    }
    *patient = &builder->patient;
    return builder->errors > 0 ? RECIST_INVALID : RECIST_DONE;
}
