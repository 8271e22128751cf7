/* SPDX-License-Identifier: MIT
 * Evaluation of compiled conditions and values over one series. */
#ifndef RECIST_ASSESS_EVALUATION_H
#define RECIST_ASSESS_EVALUATION_H

#include <recist/assessment.h>

#include "assess/pattern_memo.h"
#include "criteria/criteria.h"

/* The lesions of one role, as indices into series->lesions. */
struct recist_role_lesions {
    const uint32_t *lesions;
    size_t count;
};

/* What is known of a value of a lesion at a visit, which is worked out at most once. */
enum recist_value_state { RECIST_VALUE_NOT_ASKED, RECIST_VALUE_MISSING, RECIST_VALUE_KNOWN };

/* Functions of rarer operations stand apart from the switch over all, so that what is simple and
 * frequent needs no frame on the stack. */
#define RECIST_OUTLINED __attribute__((noinline)) static

struct recist_evaluation {
    const struct recist_criteria *criteria;
    const struct recist_series *series;
    const struct recist_visit_result *visits; /* decided so far */
    const struct recist_role_lesions *roles;  /* one per role of the vocabulary */
    recist_wide *values;                      /* [(visit * values + value) * lesions + lesion] */
    uint8_t *value_states;                    /* enum recist_value_state, in the same order */
    size_t visit;                             /* the visit looked at */
    size_t lesion;                            /* within any(), all(), ...: the lesion looked at */
    struct recist_slice organ;                /* in checks of an organ */
    size_t origin; /* the visit from which ever() or later() looks */
    /* [visit * states + state]: the visit that entered a state which lasts there, or 0. */
    uint32_t *states;
    struct recist_pattern_memo *patterns; /* or NULL */
};

enum recist_truth recist_evaluate_condition(struct recist_evaluation *evaluation,
                                            const struct recist_node *condition);
/* A rule holds when its condition is true; unknown is not enough. */
static inline bool recist_holds(struct recist_evaluation *evaluation,
                                const struct recist_node *condition)
{
    if (!condition || condition->operation == RECIST_OP_TRUTH) {
        return !condition || condition->constant == RECIST_TRUE;
    }
    return recist_evaluate_condition(evaluation, condition) == RECIST_TRUE;
}

/* False: the value is missing, *value is unchanged. */
bool recist_evaluate_value(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value);
/* The response a node names at this point; 0 where there is none. */
unsigned recist_evaluate_word(struct recist_evaluation *evaluation, const struct recist_node *node);
/* Works out a value of the lesion looked at, and keeps it in its place. */
bool recist_work_out_lesion_value(struct recist_evaluation *evaluation, size_t index,
                                  size_t place, recist_wide *value);

static inline const struct recist_observation *
recist_observation_now(const struct recist_evaluation *evaluation)
{
    return recist_series_observation(evaluation->series, evaluation->visit, evaluation->lesion);
}

/* A value of the lesion looked at, at the visit looked at. */
static inline bool recist_evaluate_lesion_value(struct recist_evaluation *evaluation, size_t index,
                                                recist_wide *value)
{
    const struct recist_criteria *criteria = evaluation->criteria;
    size_t same = criteria->lesion_values[index].same_as;
    size_t place = (evaluation->visit * criteria->lesion_value_count + same) *
                       evaluation->series->lesion_count +
                   evaluation->lesion;
    uint8_t state = evaluation->value_states[place];
    if (state == RECIST_VALUE_NOT_ASKED) {
        return recist_work_out_lesion_value(evaluation, same, place, value);
    }
    if (state == RECIST_VALUE_KNOWN) {
        *value = evaluation->values[place];
    }
    return state == RECIST_VALUE_KNOWN;
}

static inline bool recist_lesion_value_is_known(struct recist_evaluation *evaluation, size_t index)
{
    recist_wide value = 0;
    return recist_evaluate_lesion_value(evaluation, index, &value);
}

/* Goes through the lesions that a quantifier selects: start with *next = 0. */
static inline bool recist_next_selected(struct recist_evaluation *evaluation,
                                        const struct recist_node *node, size_t *next)
{
    const struct recist_role_lesions *members = &evaluation->roles[node->role];
    size_t count = node->role ? members->count : evaluation->series->lesion_count;
    while (*next < count) {
        size_t index = (*next)++;
        evaluation->lesion = node->role ? members->lesions[index] : index;
        if (!node->left || recist_holds(evaluation, node->left)) {
            return true;
        }
    }
    return false;
}

/* The last complete value of a measure before the visit looked at; false when there is none. */
bool recist_measure_before(struct recist_evaluation *evaluation, size_t index, recist_wide *value);

/* Numerator and denominator of a change in percent, denominator positive; false when a value is
 * missing. A change from zero has the denominator 0. */
bool recist_evaluate_percent(struct recist_evaluation *evaluation, const struct recist_node *node,
                             recist_wide *numerator, recist_wide *denominator);

#endif
