/* SPDX-License-Identifier: MIT
 * A course as endpoints look at it. */
#ifndef RECIST_CLI_ENDPOINT_CASE_H
#define RECIST_CLI_ENDPOINT_CASE_H

#include "cli/course_run.h"
#include "cli/endpoint_choice.h"

/* A case without any response yet; the caller sets `facts` and dates. */
struct recist_endpoint_case recist_endpoint_case_begin(const struct recist_criteria *criteria,
                                                       const struct recist_endpoint_choice *choice);

/* Takes the responses and the progression of a course. Endpoints can tell what was assessed from
 * the progression that the courses file reports: `with_reported` keeps the latter among the
 * responses. The points belong to the job's resolver, whose reasons may be gone afterwards. False
 * when memory is out. */
bool recist_endpoint_case_take(struct recist_endpoint_case *course,
                               const struct recist_criteria *criteria,
                               const struct recist_course_job *job, bool with_reported);

#endif
