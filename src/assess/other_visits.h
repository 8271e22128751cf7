/* SPDX-License-Identifier: MIT
 * What conditions ask of other visits than the one looked at. Each leaves the evaluation at the
 * visit where it was. */
#ifndef RECIST_ASSESS_OTHER_VISITS_H
#define RECIST_ASSESS_OTHER_VISITS_H

#include "assess/evaluation.h"

/* The visit that entered a state which lasts at the visit looked at; 0 when none did. */
static inline size_t recist_state_entry(const struct recist_evaluation *evaluation, size_t state)
{
    return evaluation->states[evaluation->visit * evaluation->criteria->state_count + state];
}

/* RECIST_OP_EVER and RECIST_OP_LATER. */
bool recist_held_ever(struct recist_evaluation *evaluation, const struct recist_node *node);
bool recist_holds_later(struct recist_evaluation *evaluation, const struct recist_node *node);

/* RECIST_OP_AT of a condition, a value, a word: neither true nor false, missing, 0 while the
 * state is not in force. */
bool recist_is_at(struct recist_evaluation *evaluation, const struct recist_node *node,
                  bool wanted);
bool recist_value_at(struct recist_evaluation *evaluation, const struct recist_node *node,
                     recist_wide *value);
unsigned recist_word_at(struct recist_evaluation *evaluation, const struct recist_node *node);
/* Moves the evaluation to the visit that RECIST_OP_AT means; false when there is none. */
bool recist_go_to_visit(struct recist_evaluation *evaluation, const struct recist_node *node);

/* RECIST_OP_AT_BASELINE, RECIST_OP_SMALLEST_BEFORE, RECIST_OP_LAST_BEFORE. */
bool recist_value_before(struct recist_evaluation *evaluation, const struct recist_node *node,
                         recist_wide *value);

#endif
