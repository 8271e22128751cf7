/* SPDX-License-Identifier: MIT
 * One endpoint of one course: event or censoring, and when. */
#include "endpoints/endpoints.h"

static bool is_in(uint64_t words, uint16_t word)
{
    return word < 64 && (words >> word & 1) != 0;
}

static int32_t first_progression(const struct recist_endpoint_case *course, int32_t start)
{
    if (course->has_progression_date) {
        return course->progression_date >= start ? course->progression_date : RECIST_NO_DATE;
    }
    for (size_t i = 0; i < course->point_count; i++) {
        const struct recist_response_point *point = &course->points[i];
        if (is_in(course->progression, point->word) && point->date >= start) {
            return point->date;
        }
    }
    return RECIST_NO_DATE;
}

/* The last evaluable assessment from `start` on and before `limit` (which may be no date). */
static int32_t last_evaluable(const struct recist_endpoint_case *course, int32_t start,
                              int32_t limit)
{
    int32_t last = RECIST_NO_DATE;
    for (size_t i = 0; i < course->point_count; i++) {
        const struct recist_response_point *point = &course->points[i];
        bool before = limit == RECIST_NO_DATE || point->date < limit;
        if (before && point->date >= start && !is_in(course->not_evaluable, point->word) &&
            point->date > last) {
            last = point->date;
        }
    }
    return last;
}

static int32_t date_of_event(enum recist_event_source source,
                             const struct recist_endpoint_case *course, int32_t start)
{
    int32_t date = RECIST_NO_DATE;
    switch (source) {
    case RECIST_EVENT_PROGRESSION:
        return first_progression(course, start);
    case RECIST_EVENT_RESPONSE:
        return course->response_date;
    case RECIST_EVENT_REPORTED:
        date = course->facts ? course->facts->progression : RECIST_NO_DATE;
        break;
    case RECIST_EVENT_DEATH:
        date = course->facts ? course->facts->death : RECIST_NO_DATE;
        break;
    case RECIST_EVENT_SOURCE_COUNT:
    default:
        break;
    }
    return date >= start ? date : RECIST_NO_DATE;
}

/* The earliest event; of several on one day the one that the definition names first. */
static const struct recist_endpoint_event *first_event(const struct recist_endpoint *endpoint,
                                                       const struct recist_endpoint_case *course,
                                                       int32_t start, int32_t *date)
{
    const struct recist_endpoint_event *first = NULL;
    *date = RECIST_NO_DATE;
    for (size_t i = 0; i < endpoint->event_count; i++) {
        int32_t when = date_of_event(endpoint->events[i].source, course, start);
        if (when != RECIST_NO_DATE && (!first || when < *date)) {
            first = &endpoint->events[i];
            *date = when;
        }
    }
    return first;
}

static int32_t later(int32_t one, int32_t other)
{
    return one > other ? one : other; /* no date is before every date */
}

/* Last contact; where the file does not say, the last day of which anything is known. */
static int32_t last_contact(const struct recist_endpoint_case *course)
{
    const struct recist_course *facts = course->facts;
    int32_t last = course->start;
    /* Nobody is followed beyond death, where death is no event of the endpoint. */
    if (facts && facts->death != RECIST_NO_DATE) {
        return facts->death;
    }
    if (facts && facts->last_contact != RECIST_NO_DATE) {
        return facts->last_contact;
    }
    if (facts) {
        last = later(last, later(facts->end, facts->next_therapy));
        last = later(last, facts->progression);
    }
    if (course->point_count > 0) {
        last = later(last, course->points[course->point_count - 1].date);
    }
    return last;
}

/* Scheduled days that passed without a visit between two days counted from the start. */
static uint32_t count_missed(struct recist_visit_schedule schedule, int64_t last, int64_t event)
{
    uint32_t missed = 0;
    if (schedule.interval == 0) {
        return 0;
    }
    for (int64_t due = schedule.interval; due + schedule.window < event; due += schedule.interval) {
        missed += due - schedule.window > last;
    }
    return missed;
}

static void set(struct recist_event_time *time, int32_t date, bool event, const char *description,
                const char *date_description)
{
    time->date = date;
    time->event = event;
    time->description = description;
    time->date_description = date_description;
}

/* Censored at the last evaluable assessment before a day, or at the start where there is none. */
static void censor_before(struct recist_event_time *time, const struct recist_endpoint *endpoint,
                          const struct recist_endpoint_case *course, int32_t limit,
                          const struct recist_censoring *why)
{
    int32_t last = last_evaluable(course, time->start, limit);
    if (last == RECIST_NO_DATE) {
        set(time, time->start, false, why->description, endpoint->no_assessment.date_description);
    } else {
        set(time, last, false, why->description, why->date_description);
    }
}

static void censor_without_event(struct recist_event_time *time,
                                 const struct recist_endpoint *endpoint,
                                 const struct recist_endpoint_case *course)
{
    int32_t last = endpoint->censor_date == RECIST_LAST_CONTACT
                       ? last_contact(course)
                       : last_evaluable(course, time->start, RECIST_NO_DATE);
    if (last == RECIST_NO_DATE) {
        set(time, time->start, false, endpoint->no_assessment.description,
            endpoint->no_assessment.date_description);
    } else {
        set(time, last, false, endpoint->censor.description, endpoint->censor.date_description);
    }
}

static bool comes_too_late(const struct recist_endpoint *endpoint,
                           const struct recist_endpoint_case *course, int32_t start, int32_t event)
{
    int32_t last = last_evaluable(course, start, event);
    if (!endpoint->missed_visits.description || course->start == RECIST_NO_DATE) {
        return false;
    }
    last = last == RECIST_NO_DATE ? start : last;
    return count_missed(course->schedule, (int64_t)last - course->start,
                        (int64_t)event - course->start) > endpoint->most_missed;
}

static void decide(const struct recist_endpoint *endpoint,
                   const struct recist_endpoint_case *course, struct recist_event_time *time)
{
    int32_t date = RECIST_NO_DATE;
    int32_t therapy = course->facts ? course->facts->next_therapy : RECIST_NO_DATE;
    const struct recist_endpoint_event *event = first_event(endpoint, course, time->start, &date);
    if (endpoint->without_baseline.description && !course->has_baseline) {
        set(time, time->start, false, endpoint->without_baseline.description,
            endpoint->without_baseline.date_description);
    } else if (endpoint->new_therapy.description && therapy != RECIST_NO_DATE &&
               (!event || therapy < date)) {
        censor_before(time, endpoint, course, therapy, &endpoint->new_therapy);
    } else if (event && comes_too_late(endpoint, course, time->start, date)) {
        censor_before(time, endpoint, course, date, &endpoint->missed_visits);
    } else if (event) {
        set(time, date, true, event->description, NULL);
    } else {
        censor_without_event(time, endpoint, course);
    }
}

enum recist_endpoint_verdict recist_endpoint_evaluate(const struct recist_endpoint *endpoint,
                                                      const struct recist_endpoint_case *course,
                                                      struct recist_event_time *time)
{
    *time = (struct recist_event_time){.start = endpoint->start == RECIST_FROM_FIRST_RESPONSE
                                                    ? course->response_date
                                                    : course->start};
    if (endpoint->courses != RECIST_ALL_COURSES && course->response_date == RECIST_NO_DATE) {
        return RECIST_ENDPOINT_NO_RESPONDER;
    }
    if (time->start == RECIST_NO_DATE) {
        return RECIST_ENDPOINT_NO_START;
    }
    decide(endpoint, course, time);
    if (time->date < time->start) {
        return RECIST_ENDPOINT_BEFORE_START;
    }
    time->days = time->date - time->start + 1;
    return RECIST_ENDPOINT_APPLIES;
}

bool recist_endpoint_needs_responses(const struct recist_endpoint *endpoint)
{
    bool progression = false;
    bool reported = false;
    bool response = false;
    for (size_t i = 0; i < endpoint->event_count; i++) {
        progression = progression || endpoint->events[i].source == RECIST_EVENT_PROGRESSION;
        reported = reported || endpoint->events[i].source == RECIST_EVENT_REPORTED;
        response = response || endpoint->events[i].source == RECIST_EVENT_RESPONSE;
    }
    return (progression && !reported) || response || endpoint->courses != RECIST_ALL_COURSES ||
           endpoint->censor_date == RECIST_LAST_EVALUABLE_ASSESSMENT ||
           endpoint->without_baseline.description || endpoint->new_therapy.description ||
           endpoint->missed_visits.description;
}
