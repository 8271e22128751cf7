/* SPDX-License-Identifier: MIT
 * Assessed responses: rows in any order to patients, series and timelines. */
#include "timeline/responses.h"

#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "input/row.h"

static int compare_slices(struct recist_slice one, struct recist_slice other)
{
    size_t shared = one.length < other.length ? one.length : other.length;
    int order = shared > 0 ? memcmp(one.text, other.text, shared) : 0;
    return order != 0 ? order : (one.length > other.length) - (one.length < other.length);
}

static int compare_patients(const struct recist_response_row *one,
                            const struct recist_response_row *other)
{
    int order = compare_slices(one->study, other->study);
    return order != 0 ? order : compare_slices(one->patient, other->patient);
}

/* By patient; rows of one patient in the order of the input, which is that of their addresses. */
static int compare_rows(const void *one, const void *other)
{
    const struct recist_response_row *a = *(struct recist_response_row *const *)one;
    const struct recist_response_row *b = *(struct recist_response_row *const *)other;
    int order = compare_patients(a, b);
    return order != 0 ? order : (a > b) - (a < b);
}

/* Rows without a series last; the baseline before all else. */
static int compare_in_patient(const void *one, const void *other)
{
    const struct recist_response_row *a = *(struct recist_response_row *const *)one;
    const struct recist_response_row *b = *(struct recist_response_row *const *)other;
    if (a->series != b->series) {
        return a->series < b->series ? -1 : 1;
    }
    if ((a->word == 0) != (b->word == 0)) {
        return a->word == 0 ? -1 : 1;
    }
    if (a->date != b->date) {
        return a->date < b->date ? -1 : 1;
    }
    return (a > b) - (a < b);
}

static void report(const struct recist_responses *responses, const struct recist_response_row *row,
                   struct recist_response_patient *patient, struct recist_findings *findings,
                   const struct recist_finding_kind *kind, const char *message)
{
    recist_findings_report(
        findings, kind, recist_response_place(responses, row, RECIST_RESPONSE_DATE),
        (struct recist_subject){.patient = row->patient, .visit = row->visit}, "%s", message);
    patient->errors++;
}

/* The series of a row, found among those of its patient or made. */
static void find_series(struct recist_response_series *series, size_t *count,
                        struct recist_response_row *row)
{
    for (uint32_t i = 0; i < *count; i++) {
        bool same_course = row->facts ? series[i].facts == row->facts
                                      : !series[i].facts &&
                                            recist_text_equal(series[i].course, row->course);
        if (same_course && recist_text_equal(series[i].reader, row->reader)) {
            row->series = i;
            return;
        }
    }
    row->series = (uint32_t)*count;
    series[(*count)++] = (struct recist_response_series){
        .course = row->facts ? row->facts->number : row->course,
        .reader = row->reader,
        .facts = row->facts,
    };
}

static bool split_patient(struct recist_responses *responses,
                          struct recist_response_patient *patient)
{
    struct recist_response_row **rows = responses->ordered + patient->first;
    struct recist_response_series *series = recist_arena_take_zeroed(
        &responses->arena, patient->count, sizeof *series);
    if (!series) {
        return false;
    }
    for (size_t i = 0; i < patient->count; i++) {
        rows[i]->series = UINT32_MAX;
        if (!rows[i]->unsound && !rows[i]->unused) {
            find_series(series, &patient->series_count, rows[i]);
        }
    }
    qsort(rows, patient->count, sizeof *rows, compare_in_patient);
    for (size_t i = 0; i < patient->count && rows[i]->series != UINT32_MAX; i++) {
        struct recist_response_series *own = &series[rows[i]->series];
        own->first = own->count == 0 ? patient->first + i : own->first;
        own->count++;
    }
    patient->series = series;
    return true;
}

/* Where the date of a progression is put back to that of an earlier visit, `assess` itself writes two
 * visits on one day. */
static bool visits_apart(const struct recist_response_row *one,
                         const struct recist_response_row *other)
{
    return one->settled && other->settled && !recist_text_equal(one->visit, other->visit);
}

/* What cannot be two: a day's response, a baseline. */
static void check_series(const struct recist_responses *responses,
                         struct recist_response_patient *patient,
                         const struct recist_response_series *series,
                         struct recist_findings *findings)
{
    struct recist_response_row *const *rows = responses->ordered + series->first;
    for (size_t i = 1; i < series->count; i++) {
        const struct recist_response_row *row = rows[i];
        const struct recist_response_row *before = rows[i - 1];
        if (row->word == 0) {
            report(responses, row, patient, findings, RECIST_KIND(RESPONSE_TWICE),
                   "the course has a second baseline; name courses in a column course");
        } else if (before->word != 0 && before->date == row->date &&
                   !visits_apart(before, row)) {
            report(responses, row, patient, findings, RECIST_KIND(RESPONSE_TWICE),
                   "the course has two responses on this day; readers need a column reader");
        } else if (rows[0]->word == 0 && row->date <= rows[0]->date) {
            report(responses, row, patient, findings, RECIST_KIND(RESPONSE_BEFORE_BASELINE),
                   "the response does not lie after the baseline");
        }
    }
}

static bool order_patient(struct recist_responses *responses,
                          struct recist_response_patient *patient,
                          struct recist_findings *findings)
{
    for (size_t i = 0; i < patient->count; i++) {
        patient->errors += responses->ordered[patient->first + i]->unsound;
    }
    recist_responses_deal(responses, patient, findings);
    if (!split_patient(responses, patient)) {
        return false;
    }
    for (size_t i = 0; i < patient->series_count; i++) {
        check_series(responses, patient, &patient->series[i], findings);
    }
    return true;
}

static bool find_patients(struct recist_responses *responses)
{
    size_t count = responses->count;
    struct recist_arena *arena = &responses->arena;
    responses->ordered = recist_arena_take_zeroed(arena, count + 1, sizeof *responses->ordered);
    responses->patients = recist_arena_take_zeroed(arena, count + 1, sizeof *responses->patients);
    /* Of each row, by its number: which patient begins with it. */
    size_t *beginning = calloc(count + 1, sizeof *beginning);
    size_t *sizes = calloc(count + 1, sizeof *sizes);
    bool done = responses->ordered && responses->patients && beginning && sizes;
    for (size_t i = 0; done && i < count; i++) {
        responses->ordered[i] = &responses->rows[i];
    }
    if (done) {
        qsort(responses->ordered, count, sizeof *responses->ordered, compare_rows);
    }
    size_t first = 0;
    for (size_t i = 0; done && i < count; i++) {
        if (i == 0 || compare_patients(responses->ordered[i - 1], responses->ordered[i]) != 0) {
            first = (size_t)(responses->ordered[i] - responses->rows);
            beginning[first] = i;
        }
        sizes[first]++;
    }
    for (size_t i = 0; done && i < count; i++) {
        if (sizes[i] > 0) {
            responses->patients[responses->patient_count++] = (struct recist_response_patient){
                .study = responses->rows[i].study,
                .patient = responses->rows[i].patient,
                .first = beginning[i],
                .count = sizes[i],
            };
        }
    }
    free(beginning);
    free(sizes);
    return done;
}

static enum recist_outcome read_files(struct recist_responses *responses, const char *const *paths,
                                      size_t path_count, struct recist_findings *findings)
{
    enum recist_outcome outcome = RECIST_DONE;
    responses->files = recist_arena_take_zeroed(&responses->arena, path_count + 1,
                                                sizeof *responses->files);
    if (!responses->files) {
        return RECIST_NO_MEMORY;
    }
    for (size_t i = 0; i < path_count; i++) {
        responses->files[i].source.descriptor = -1;
    }
    responses->file_count = path_count;
    for (size_t i = 0; i < path_count; i++) {
        enum recist_outcome own = recist_response_file_read(responses, i, paths[i], findings);
        if (own == RECIST_NO_MEMORY || own == RECIST_UNREADABLE) {
            return own;
        }
        outcome = own == RECIST_DONE ? outcome : own;
        responses->has_study |= own == RECIST_DONE &&
                                responses->files[i].field_of[RECIST_RESPONSE_STUDY] != SIZE_MAX;
    }
    return outcome;
}

enum recist_outcome recist_responses_open(const char *const *paths, size_t path_count,
                                          const struct recist_criteria *criteria,
                                          const struct recist_courses *courses,
                                          struct recist_findings *findings,
                                          struct recist_responses *responses)
{
    *responses = (struct recist_responses){.criteria = criteria, .courses = courses};
    recist_arena_init(&responses->arena, 0);
    if (!recist_response_columns_name(responses)) {
        return RECIST_NO_MEMORY;
    }
    enum recist_outcome outcome = read_files(responses, paths, path_count, findings);
    if (outcome == RECIST_NO_MEMORY || outcome == RECIST_UNREADABLE) {
        return outcome;
    }
    if (!find_patients(responses)) {
        return RECIST_NO_MEMORY;
    }
    for (size_t i = 0; i < responses->patient_count; i++) {
        if (!order_patient(responses, &responses->patients[i], findings)) {
            return RECIST_NO_MEMORY;
        }
    }
    return recist_findings_lost(findings) ? RECIST_NO_MEMORY : outcome;
}

void recist_responses_close(struct recist_responses *responses)
{
    for (size_t i = 0; i < responses->file_count; i++) {
        recist_response_file_close(&responses->files[i]);
    }
    free(responses->rows);
    recist_arena_destroy(&responses->arena);
    *responses = (struct recist_responses){0};
}

static int32_t start_of(const struct recist_response_series *series,
                        struct recist_response_row *const *rows)
{
    if (series->facts && series->facts->start != RECIST_NO_DATE) {
        return series->facts->start;
    }
    return rows[0]->date;
}

bool recist_timeline_from_responses(struct recist_timeline_room *room,
                                    const struct recist_responses *responses,
                                    const struct recist_response_patient *patient,
                                    const struct recist_response_series *series,
                                    struct recist_timeline *timeline)
{
    struct recist_response_row *const *rows = responses->ordered + series->first;
    bool baseline = rows[0]->word == 0;
    if (!recist_timeline_room_reserve(room, series->count)) {
        return false;
    }
    *timeline = (struct recist_timeline){
        .study = patient->study,
        .patient = patient->patient,
        .course = series->course,
        .reader = series->reader,
        .facts = series->facts,
        .has_baseline = true,
        .start = start_of(series, rows),
        .baseline_date = baseline ? rows[0]->date : RECIST_NO_DATE,
        .baseline_sum = baseline ? rows[0]->measure : RECIST_WIDE_MISSING,
        .points = room->points,
        .point_count = series->count - baseline,
    };
    for (size_t i = 0; i < timeline->point_count; i++) {
        const struct recist_response_row *row = rows[i + baseline];
        timeline->baseline_roles |= row->roles;
        room->points[i] = (struct recist_response_point){
            .visit = row->visit,
            .date = row->date,
            .last_scan = row->date,
            .word = row->word,
            .sum = row->measure,
            .settled = row->settled,
        };
    }
    return true;
}
