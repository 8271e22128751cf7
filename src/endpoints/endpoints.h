/* SPDX-License-Identifier: MIT
 *
 * Endpoints as data: what a time is counted from, which events end it, and when it is censored.
 * Definitions stand in rules/endpoints/NAME.yaml (docs/survival.md tells how they are written); here
 * they are read, and applied to one treatment course. Dates are day numbers; times are whole days,
 * both ends counted. A set is immutable once loaded: any thread may use it.
 */
#ifndef RECIST_ENDPOINTS_ENDPOINTS_H
#define RECIST_ENDPOINTS_ENDPOINTS_H

#include <recist/timeline.h>

enum recist_event_source {
    RECIST_EVENT_PROGRESSION, /* as the criteria date it, else their first word of progression */
    RECIST_EVENT_REPORTED,    /* the progression (or recurrence) of the courses file */
    RECIST_EVENT_DEATH,
    RECIST_EVENT_RESPONSE, /* the first response of a responder */
    RECIST_EVENT_SOURCE_COUNT
};

enum recist_endpoint_start { RECIST_FROM_COURSE_START, RECIST_FROM_FIRST_RESPONSE };
enum recist_endpoint_courses {
    RECIST_ALL_COURSES,
    RECIST_RESPONDERS,
    RECIST_CONFIRMED_RESPONDERS,
};
enum recist_censor_date { RECIST_LAST_EVALUABLE_ASSESSMENT, RECIST_LAST_CONTACT };

struct recist_endpoint_event {
    enum recist_event_source source;
    const char *description; /* EVNTDESC */
};

/* A way to be censored; NULL descriptions: the rule does not apply. */
struct recist_censoring {
    const char *description;      /* EVNTDESC */
    const char *date_description; /* CNSDTDSC */
};

struct recist_endpoint {
    const char *name;  /* such as "pfs" */
    const char *title; /* such as "Progression-free survival" */
    enum recist_endpoint_start start;
    enum recist_endpoint_courses courses;
    const struct recist_endpoint_event *events; /* on the same day the one further up counts */
    size_t event_count;
    enum recist_censor_date censor_date;
    struct recist_censoring censor;           /* no event happened */
    struct recist_censoring no_assessment;    /* none that is evaluable: censored at the start */
    struct recist_censoring without_baseline; /* censored at the start whatever happened */
    struct recist_censoring new_therapy;      /* at the last evaluable assessment before it */
    struct recist_censoring missed_visits;    /* at the last evaluable assessment before them */
    uint32_t most_missed; /* consecutive visits; with more the event no longer counts */
};

/* Visits are due every `interval` days from the start of the course, `window` days early or late. */
struct recist_visit_schedule {
    uint32_t interval; /* 0: none is known */
    uint32_t window;
};

struct recist_endpoints; /* a set of definitions: a file */

/* Loads a set by name (NAME.yaml in the folder `endpoints` of a directory, the installed one last)
 * or by path. Findings carry line and column. RECIST_DONE with *endpoints set, RECIST_INVALID,
 * RECIST_UNREADABLE (also where there is none of that name) or RECIST_NO_MEMORY. */
enum recist_outcome recist_endpoints_load(const char *name_or_path, const char *const *directories,
                                          size_t directory_count, struct recist_findings *findings,
                                          struct recist_endpoints **endpoints);
void recist_endpoints_destroy(struct recist_endpoints *endpoints);

const char *recist_endpoints_id(const struct recist_endpoints *endpoints);
const char *recist_endpoints_path(const struct recist_endpoints *endpoints);
struct recist_visit_schedule recist_endpoints_schedule(const struct recist_endpoints *endpoints);
size_t recist_endpoints_count(const struct recist_endpoints *endpoints);
const struct recist_endpoint *recist_endpoints_at(const struct recist_endpoints *endpoints,
                                                  size_t index);
/* NULL when the set does not define it. */
const struct recist_endpoint *recist_endpoints_find(const struct recist_endpoints *endpoints,
                                                    const char *name);

/* Whether an endpoint cannot be had from the courses file alone. */
bool recist_endpoint_needs_responses(const struct recist_endpoint *endpoint);

/* What is known of one course. */
struct recist_endpoint_case {
    int32_t start; /* of the course, or RECIST_NO_DATE */
    bool has_baseline;
    const struct recist_course *facts;          /* of the courses file, or NULL */
    const struct recist_response_point *points; /* by date */
    size_t point_count;
    uint64_t progression;    /* responses (bit mask over words) that are progression */
    /* The criteria say themselves when the course progressed: then the words do not. */
    bool has_progression_date;
    int32_t progression_date; /* or RECIST_NO_DATE */
    uint64_t not_evaluable;  /* responses that are no evaluable assessment */
    int32_t response_date;   /* first response of a responder, as the endpoint counts them */
    struct recist_visit_schedule schedule;
};

enum recist_endpoint_verdict {
    RECIST_ENDPOINT_APPLIES,
    RECIST_ENDPOINT_NO_START,      /* the day that time is counted from is not known */
    RECIST_ENDPOINT_NO_RESPONDER,  /* the endpoint is of responders only */
    RECIST_ENDPOINT_BEFORE_START,  /* the last day known lies before the start */
};

struct recist_event_time {
    int32_t start;
    int32_t date;
    int32_t days; /* date - start + 1 */
    bool event;   /* else censored */
    const char *description;      /* of the event, or of why there is none */
    const char *date_description; /* of the day of censoring; NULL for an event */
};

/* *time is set where the endpoint applies. */
enum recist_endpoint_verdict recist_endpoint_evaluate(const struct recist_endpoint *endpoint,
                                                      const struct recist_endpoint_case *course,
                                                      struct recist_event_time *time);

#endif
