/* SPDX-License-Identifier: MIT */
#include "timeline/series_timeline.h"

#include <stdlib.h>

void recist_timeline_room_free(struct recist_timeline_room *room)
{
    free(room->points);
    *room = (struct recist_timeline_room){0};
}

bool recist_timeline_room_reserve(struct recist_timeline_room *room, size_t count)
{
    if (count <= room->capacity) {
        return true;
    }
    struct recist_response_point *points = realloc(room->points, 2 * count * sizeof *points);
    if (!points) {
        return false;
    }
    room->points = points;
    room->capacity = 2 * count;
    return true;
}

static recist_wide first_measure(const struct recist_criteria *criteria,
                                 const struct recist_visit_result *result)
{
    return recist_criteria_measure_count(criteria) > 0 ? result->measures[0].complete
                                                       : RECIST_WIDE_MISSING;
}

static uint64_t roles_at_baseline(const struct recist_series *series)
{
    uint64_t roles = 0;
    for (size_t i = 0; i < series->lesion_count; i++) {
        if (recist_series_observation(series, 0, i)->reading) {
            roles |= UINT64_C(1) << series->lesions[i].role;
        }
    }
    return roles;
}

static int compare_points(const void *one, const void *other)
{
    const struct recist_response_point *a = one;
    const struct recist_response_point *b = other;
    if (a->date != b->date) {
        return a->date < b->date ? -1 : 1;
    }
    return a->last_scan < b->last_scan ? -1 : a->last_scan > b->last_scan;
}

static void take_visits(struct recist_response_point *points,
                        const struct recist_criteria *criteria, const struct recist_series *series,
                        const struct recist_series_result *result)
{
    bool in_order = true;
    for (size_t i = 1; i < result->visit_count; i++) {
        points[i - 1] = (struct recist_response_point){
            .visit = series->visits[i].label,
            .date = result->visits[i].date,
            .last_scan = series->visits[i].last_date,
            .word = result->visits[i].overall,
            .sum = first_measure(criteria, &result->visits[i]),
            .settled = true,
        };
        in_order &= i == 1 || points[i - 2].date <= points[i - 1].date;
    }
    /* A date that was put back can come before that of an earlier visit; on the same day the order
     * is that of the visits, no two of which share a day. */
    if (!in_order) {
        qsort(points, result->visit_count - 1, sizeof *points, compare_points);
    }
}

bool recist_timeline_from_series(struct recist_timeline_room *room,
                                 const struct recist_criteria *criteria,
                                 const struct recist_patient *patient,
                                 const struct recist_series *series,
                                 const struct recist_series_result *result,
                                 struct recist_timeline *timeline)
{
    *timeline = (struct recist_timeline){
        .study = patient->study,
        .patient = patient->id,
        .course = series->course,
        .reader = series->reader,
        .facts = series->facts,
        .from_measurements = true,
        .start = series->has_start ? series->start : RECIST_NO_DATE,
        .baseline_date = RECIST_NO_DATE,
        .baseline_sum = RECIST_WIDE_MISSING,
    };
    if (!result || result->visit_count == 0) {
        return true;
    }
    if (!recist_timeline_room_reserve(room, result->visit_count)) {
        return false;
    }
    take_visits(room->points, criteria, series, result);
    timeline->has_baseline = true;
    timeline->baseline_date = result->visits[0].date;
    timeline->start = series->has_start ? series->start : timeline->baseline_date;
    timeline->baseline_sum = first_measure(criteria, &result->visits[0]);
    timeline->baseline_roles = roles_at_baseline(series);
    timeline->points = room->points;
    timeline->point_count = result->visit_count - 1;
    return true;
}

void recist_timeline_without_data(const struct recist_course *course, bool from_measurements,
                                  struct recist_timeline *timeline)
{
    *timeline = (struct recist_timeline){
        .study = course->study,
        .patient = course->patient,
        .course = course->number,
        .facts = course,
        .from_measurements = from_measurements,
        .has_baseline = !from_measurements,
        .start = course->start,
        .baseline_date = RECIST_NO_DATE,
        .baseline_sum = RECIST_WIDE_MISSING,
    };
}
