/* SPDX-License-Identifier: MIT
 * What rows record beside diameters, at the visit (and lesion) looked at. A value that is not there
 * gives false and leaves *value alone. */
#ifndef RECIST_ASSESS_RECORDED_H
#define RECIST_ASSESS_RECORDED_H

#include "assess/evaluation.h"

/* Of the lesion looked at. */
bool recist_number_of_lesion(const struct recist_evaluation *evaluation, size_t column,
                             recist_wide *value);
bool recist_perpendicular(const struct recist_evaluation *evaluation, recist_wide *value);
bool recist_product(const struct recist_evaluation *evaluation, recist_wide *value);

/* What is the patient's own: RECIST_OP_OBSERVED and RECIST_OP_OBSERVED_VALUE. Whether the status is
 * one of those asked for, or is known to be none of them; see recist_is(). */
bool recist_observed_status_is(const struct recist_evaluation *evaluation,
                               const struct recist_node *node, bool wanted);
bool recist_observed_known(const struct recist_evaluation *evaluation,
                           const struct recist_node *node);
const char *recist_observed_word(const struct recist_evaluation *evaluation,
                                 const struct recist_node *node);
bool recist_observed_value(const struct recist_evaluation *evaluation,
                           const struct recist_node *node, recist_wide *value);

#endif
