/* SPDX-License-Identifier: MIT
 *
 * A timeline: the responses of one treatment course in order of date, wherever they come from -
 * assessed from measurements, or read as assessed responses. Best response, response rates and
 * times to events all start here.
 */
#ifndef RECIST_TIMELINE_H
#define RECIST_TIMELINE_H

#include <recist/assessment.h>
#include <recist/courses.h>

struct recist_response_point {
    struct recist_slice visit; /* label; may be empty */
    int32_t date;              /* that the response carries */
    int32_t last_scan;         /* of the visit; the date where nothing else is known */
    uint16_t word;             /* overall response; after history and amendments */
    recist_wide sum;           /* first measure, complete, or RECIST_WIDE_MISSING */
    bool settled; /* the criteria's rules about other visits have been applied to it already */
};

struct recist_timeline {
    struct recist_slice study;
    struct recist_slice patient;
    struct recist_slice course; /* empty without courses */
    struct recist_slice reader; /* empty without readers */
    const struct recist_course *facts; /* of the courses file, or NULL */
    bool from_measurements;            /* else from assessed responses */
    bool has_baseline;   /* assessed responses: taken as given */
    int32_t start;       /* course start, else baseline date, else first response; or NO_DATE */
    int32_t baseline_date; /* RECIST_NO_DATE without */
    recist_wide baseline_sum; /* RECIST_WIDE_MISSING when incomplete or unknown */
    uint64_t baseline_roles;  /* bit r: lesions of role r are known to stand at baseline */
    const struct recist_response_point *points; /* post-baseline, by date */
    size_t point_count;
};

/* The best response of a course, without and with confirmation. */
struct recist_best {
    uint16_t word;
    uint16_t confirmed_word;
    uint16_t rule; /* of the criteria's `best_response`; see recist_best_rule_id */
    uint16_t confirmed_rule;
    /* The date that the deciding rule gives (for RECIST 1.1 the first complete or partial
     * response, with confirmation the first that is confirmed), or RECIST_NO_DATE. */
    int32_t response_date;
    int32_t confirmed_response_date;
    /* First progression in the window, or what the criteria's rule for it says where they have one
     * (recist_criteria_has_progression_date); RECIST_NO_DATE without. */
    int32_t progression_date;
    /* Best change of the first measure: smallest complete sum in the window against baseline. */
    recist_wide best_sum; /* RECIST_WIDE_MISSING without */
    size_t window;        /* points that count: [0, window) */
    int32_t last_evaluated; /* date of the last point in the window that was evaluable */
};

struct recist_best_resolver;

/* One thread, one resolver. NULL when memory is out. */
RECIST_API struct recist_best_resolver *
recist_best_resolver_create(const struct recist_criteria *criteria);
RECIST_API void recist_best_resolver_destroy(struct recist_best_resolver *resolver);

/* Applies the criteria's `best_response` (CRITERIA: window, minimum duration, confirmation).
 * Responses that were read as assessed and are not settled first go through the criteria's
 * `assessed` rules (such as disease after complete response); the timeline itself is not changed. */
RECIST_API enum recist_outcome recist_best_resolve(struct recist_best_resolver *resolver,
                                                   const struct recist_timeline *timeline,
                                                   struct recist_best *best);
/* The sentence that says why, of the timeline resolved last; `confirmed`: of the confirmed one. */
RECIST_API bool recist_best_reason(struct recist_best_resolver *resolver, bool confirmed,
                                   recist_append append, void *to);
RECIST_API const char *recist_best_rule_id(const struct recist_criteria *criteria, bool confirmed,
                                           unsigned rule);
/* The points as the resolver counted them (assessed rules applied), for endpoints. */
RECIST_API const struct recist_response_point *
recist_best_points(const struct recist_best_resolver *resolver, size_t *count);

/* What a response word counts as, from the criteria's `counts` (response, control, ...); every
 * set is a bit mask over words. */
enum recist_word_set {
    RECIST_WORDS_RESPONSE,      /* counted in the objective response rate */
    RECIST_WORDS_CONTROL,       /* counted in the disease control rate */
    RECIST_WORDS_PROGRESSION,   /* ends the window; an event of progression-free survival */
    RECIST_WORDS_NOT_EVALUABLE, /* no adequate assessment */
    RECIST_WORD_SET_COUNT
};
RECIST_API uint64_t recist_criteria_word_set(const struct recist_criteria *criteria,
                                             enum recist_word_set set);
/* Whether the criteria say themselves when a course progressed (`progression_date`): then it is
 * recist_best.progression_date, and not the first point whose word counts as progression. */
RECIST_API bool recist_criteria_has_progression_date(const struct recist_criteria *criteria);

/* The word of a progression that is certain: the first of those that count as progression. It is what
 * the progression of a courses file stands for. 0: there is none. */
RECIST_API unsigned recist_criteria_progression_word(const struct recist_criteria *criteria);
/* The place of a response from the best (1) to the worst, from the criteria's `ranking`; 0 where
 * the criteria do not rank it. */
RECIST_API unsigned recist_criteria_word_rank(const struct recist_criteria *criteria,
                                              unsigned word);

#endif
