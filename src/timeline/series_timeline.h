/* SPDX-License-Identifier: MIT
 * Timelines from assessed series of visits. */
#ifndef RECIST_TIMELINE_SERIES_TIMELINE_H
#define RECIST_TIMELINE_SERIES_TIMELINE_H

#include <recist/timeline.h>

/* Room for the points of one timeline at a time. Begin with zeros. */
struct recist_timeline_room {
    struct recist_response_point *points;
    size_t capacity;
};

void recist_timeline_room_free(struct recist_timeline_room *room);
/* False when memory is out. */
bool recist_timeline_room_reserve(struct recist_timeline_room *room, size_t count);

/* The timeline of a series; `result` is NULL for a series without a baseline, which has not been
 * assessed. Slices are those of the patient. False when memory is out. */
bool recist_timeline_from_series(struct recist_timeline_room *room,
                                 const struct recist_criteria *criteria,
                                 const struct recist_patient *patient,
                                 const struct recist_series *series,
                                 const struct recist_series_result *result,
                                 struct recist_timeline *timeline);
/* The timeline of a course of which there is no data. */
void recist_timeline_without_data(const struct recist_course *course, bool from_measurements,
                                  struct recist_timeline *timeline);

#endif
