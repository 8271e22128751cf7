/* SPDX-License-Identifier: MIT
 * The courses of one patient, one after the other: which of them come, for which readers, and their
 * timelines. */
#ifndef RECIST_CLI_COURSE_LISTING_H
#define RECIST_CLI_COURSE_LISTING_H

#include "cli/course_run.h"
#include "timeline/responses.h"

/* Each gives the courses of a patient to the run's task. False when memory is out. Any thread. */
bool recist_course_listing_of_series(struct recist_course_run *run,
                                     const struct recist_patient *patient,
                                     struct recist_assessor *assessor, struct recist_text *output);
bool recist_course_listing_of_responses(struct recist_course_run *run,
                                        const struct recist_responses *responses,
                                        const struct recist_response_patient *patient,
                                        struct recist_text *output);
/* The courses that have not come yet. */
bool recist_course_listing_of_rest(struct recist_course_run *run, bool from_measurements,
                                   struct recist_text *output);
/* The courses of this patient are not to come: he is left out. */
void recist_course_listing_pass_over(struct recist_course_run *run, struct recist_slice study,
                                     struct recist_slice patient);
void recist_course_listing_destroy(struct recist_course_run *run);

#endif
