/* SPDX-License-Identifier: MIT
 * Evaluation of compiled conditions and values over one series. */
#ifndef RECIST_ASSESS_EVALUATION_H
#define RECIST_ASSESS_EVALUATION_H

#include <recist/assessment.h>

#include "assess/lesion_sets.h"
#include "assess/pattern_memo.h"
#include "criteria/criteria.h"

/* Functions of rarer operations stand apart from the switch over all, so that what is simple and
 * frequent needs no frame on the stack. */
#define RECIST_OUTLINED __attribute__((noinline)) static

struct recist_evaluation {
    const struct recist_criteria *criteria;
    const struct recist_series *series;
    const struct recist_visit_result *visits; /* decided so far */
    const struct recist_measure_result *measures; /* [visit * measures + measure] */
    struct recist_lesion_sets sets;
    size_t visit;                             /* the visit looked at */
    size_t lesion;                            /* within any(), all(), ...: the lesion looked at */
    struct recist_slice organ;                /* in checks of an organ */
    size_t origin; /* the visit from which ever() or later() looks */
    /* [visit * states + state]: the visit that entered a state which lasts there, or 0. */
    uint32_t *states;
    struct recist_pattern_memo *patterns; /* or NULL */
};

/* Whether a condition is true, or, where `wanted` is not, whether it is false. One that is unknown
 * is neither, so that nothing has three values here: `a and b` is true when both are, and false when
 * one of them is (Kleene). */
bool recist_is(struct recist_evaluation *evaluation, const struct recist_node *condition,
               bool wanted);
/* A rule holds when its condition is true; unknown is not enough. */
static inline bool recist_holds(struct recist_evaluation *evaluation,
                                const struct recist_node *condition)
{
    return !condition || recist_is(evaluation, condition, true);
}

/* The same at another visit, from which the present one is `now`. */
static inline bool recist_holds_at(struct recist_evaluation *evaluation,
                                   const struct recist_node *condition, size_t visit)
{
    size_t present = evaluation->visit;
    size_t origin = evaluation->origin;
    evaluation->origin = present;
    evaluation->visit = visit;
    bool holds = recist_holds(evaluation, condition);
    evaluation->visit = present;
    evaluation->origin = origin;
    return holds;
}

/* False: the value is missing, *value is unchanged. */
bool recist_evaluate_value(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value);
/* The response a node names at this point; 0 where there is none. */
unsigned recist_evaluate_word(struct recist_evaluation *evaluation, const struct recist_node *node);

static inline const struct recist_observation *
recist_observation_now(const struct recist_evaluation *evaluation)
{
    return recist_series_observation(evaluation->series, evaluation->visit, evaluation->lesion);
}

static inline const uint64_t *recist_lesion_facts(const struct recist_evaluation *evaluation,
                                                  size_t block)
{
    return evaluation->sets.lesions + block * evaluation->sets.lesion_width;
}

static inline const uint64_t *recist_visit_facts(const struct recist_evaluation *evaluation,
                                                 size_t visit, size_t block)
{
    const struct recist_lesion_sets *sets = &evaluation->sets;
    return sets->visits + (visit * sets->blocks + block) * sets->visit_width;
}

/* How many lesions a set has: few. */
static inline size_t recist_lesion_count(uint64_t set)
{
    size_t count = 0;
    for (; set; set &= set - 1) {
        count++;
    }
    return count;
}

/* The first lesion of a set that is not empty, as its number in the series. */
static inline size_t recist_first_lesion(size_t block, uint64_t set)
{
    return block * RECIST_BLOCK + (size_t)__builtin_ctzll(set);
}

/* A value at the visit looked at, as an array over the lesions of the series. Here and below
 * `index` is that of a value which is no other one under a second name. */
static inline recist_wide *recist_lesion_values_at(const struct recist_evaluation *evaluation,
                                                   size_t index)
{
    return evaluation->sets.values +
           (evaluation->visit * evaluation->criteria->lesion_value_count + index) *
               evaluation->series->lesion_count;
}

static inline struct recist_known_values *
recist_known_values_at(const struct recist_evaluation *evaluation, size_t index, size_t block)
{
    return &evaluation->sets.known[(evaluation->visit * evaluation->criteria->lesion_value_count +
                                    index) *
                                       evaluation->sets.blocks +
                                   block];
}

/* Those of `among` of which a value is known at the visit looked at: then it stands in
 * recist_lesion_values_at(). */
static inline uint64_t recist_known_lesion_values(struct recist_evaluation *evaluation,
                                                  size_t index, size_t block, uint64_t among)
{
    struct recist_known_values *values = recist_known_values_at(evaluation, index, block);
    uint64_t open = among & ~values->asked;
    if (open) {
        recist_work_out_lesion_values(evaluation, index, block, open, values);
    }
    return values->known & among;
}

static inline bool recist_lesion_value_is_known(struct recist_evaluation *evaluation, size_t index)
{
    size_t lesion = evaluation->lesion;
    return recist_known_lesion_values(evaluation, index, lesion / RECIST_BLOCK,
                                      UINT64_C(1) << lesion % RECIST_BLOCK) != 0;
}

/* A value of the lesion looked at, at the visit looked at. */
static inline bool recist_evaluate_lesion_value(struct recist_evaluation *evaluation, size_t index,
                                                recist_wide *value)
{
    bool known = recist_lesion_value_is_known(evaluation, index);
    if (known) {
        *value = recist_lesion_values_at(evaluation, index)[evaluation->lesion];
    }
    return known;
}

/* The lesions of a block that a quantifier selects: of a role (0: of any), that fulfil `left`. */
static inline uint64_t recist_selected_lesions(struct recist_evaluation *evaluation, size_t role,
                                               const struct recist_node *left, size_t block)
{
    const uint64_t *facts = recist_lesion_facts(evaluation, block);
    uint64_t selected = facts[role ? RECIST_LESION_ROLES + role : RECIST_LESION_EXISTS];
    return selected && left ? recist_lesions_that(evaluation, left, true, block, selected)
                            : selected;
}

/* Those of them that fulfil the condition on the right too. */
static inline uint64_t recist_fulfilling_lesions(struct recist_evaluation *evaluation,
                                                 const struct recist_node *node, size_t block)
{
    uint64_t selected = recist_selected_lesions(evaluation, node->role, node->left, block);
    return selected && node->right
               ? recist_lesions_that(evaluation, node->right, true, block, selected)
               : selected;
}

/* Goes through the lesions that a quantifier selects: start with *next = 0. */
static inline bool recist_next_selected(struct recist_evaluation *evaluation,
                                        const struct recist_node *node, size_t *next)
{
    while (*next < evaluation->series->lesion_count) {
        size_t block = *next / RECIST_BLOCK;
        uint64_t left = recist_selected_lesions(evaluation, node->role, node->left, block) &
                        ~UINT64_C(0) << *next % RECIST_BLOCK;
        if (left) {
            evaluation->lesion = recist_first_lesion(block, left);
            *next = evaluation->lesion + 1;
            return true;
        }
        *next = (block + 1) * RECIST_BLOCK;
    }
    return false;
}

static inline const struct recist_measure_result *
recist_measure_at(const struct recist_evaluation *evaluation, size_t visit, size_t index)
{
    return &evaluation->measures[visit * evaluation->criteria->measure_count + index];
}

/* RECIST_OP_MEASURE, RECIST_OP_MEASURE_BASELINE, RECIST_OP_MEASURE_NADIR. */
static inline bool recist_value_of_measure(const struct recist_evaluation *evaluation,
                                           const struct recist_node *node, recist_wide *value)
{
    const struct recist_measure_result *measure =
        recist_measure_at(evaluation, evaluation->visit, node->index);
    const recist_wide *found = node->operation == RECIST_OP_MEASURE_BASELINE ? &measure->baseline
                               : node->operation == RECIST_OP_MEASURE_NADIR  ? &measure->nadir
                               : node->evaluated                             ? &measure->evaluated
                                                                             : &measure->complete;
    if (*found == RECIST_WIDE_MISSING) {
        return false;
    }
    *value = *found;
    return true;
}

/* A value that does not stand ready. */
bool recist_work_out_value(struct recist_evaluation *evaluation, const struct recist_node *node,
                           recist_wide *value);
/* The same as recist_evaluate_value(), where the value is likely to stand ready. */
static inline bool recist_find_value(struct recist_evaluation *evaluation,
                                     const struct recist_node *node, recist_wide *value)
{
    switch (node->operation) {
    case RECIST_OP_VALUE:
        *value = node->constant;
        return true;
    case RECIST_OP_MEASURE:
    case RECIST_OP_MEASURE_BASELINE:
    case RECIST_OP_MEASURE_NADIR:
        return recist_value_of_measure(evaluation, node, value);
    default:
        return recist_work_out_value(evaluation, node, value);
    }
}

/* The last complete value of a measure before the visit looked at; false when there is none. */
bool recist_measure_before(struct recist_evaluation *evaluation, size_t index, recist_wide *value);

#endif
