/* SPDX-License-Identifier: MIT */
#include "cli/endpoint_case.h"

struct recist_endpoint_case recist_endpoint_case_begin(const struct recist_criteria *criteria,
                                                       const struct recist_endpoint_choice *choice)
{
    return (struct recist_endpoint_case){
        .start = RECIST_NO_DATE,
        .progression = recist_criteria_word_set(criteria, RECIST_WORDS_PROGRESSION),
        .not_evaluable = recist_criteria_word_set(criteria, RECIST_WORDS_NOT_EVALUABLE),
        .has_progression_date = recist_criteria_has_progression_date(criteria),
        .progression_date = RECIST_NO_DATE,
        .response_date = RECIST_NO_DATE,
        .schedule = choice->schedule,
    };
}

/* A new therapy closes the window of the best response, and with it the rule that dates the
 * progression; an endpoint asks for progressions after it, too, and then decides itself. */
static bool resolve_again(struct recist_endpoint_case *course, const struct recist_course_job *job,
                          bool with_reported)
{
    struct recist_best best;
    struct recist_timeline timeline = *job->timeline;
    struct recist_course facts;
    if (timeline.facts) {
        facts = *timeline.facts;
        facts.progression = with_reported ? facts.progression : RECIST_NO_DATE;
        if (course->has_progression_date) {
            facts.next_therapy = RECIST_NO_DATE;
        }
        timeline.facts = &facts;
    }
    if (recist_best_resolve(job->resolver, &timeline, &best) != RECIST_DONE) {
        return false;
    }
    course->progression_date = best.progression_date;
    return true;
}

bool recist_endpoint_case_take(struct recist_endpoint_case *course,
                               const struct recist_criteria *criteria,
                               const struct recist_course_job *job, bool with_reported)
{
    bool as_it_was = with_reported && !recist_criteria_has_progression_date(criteria);
    course->start = job->timeline->start;
    course->has_baseline = job->timeline->has_baseline;
    course->facts = job->timeline->facts;
    if (!as_it_was && !resolve_again(course, job, with_reported)) {
        return false;
    }
    course->points = recist_best_points(job->resolver, &course->point_count);
    return true;
}
