/* SPDX-License-Identifier: MIT
 * Conditions about lesions, for up to 64 lesions at a time: what is so of a lesion is a bit, and
 * `and`, `or`, `not`, any(), all(), count() are a few operations on words.
 *
 * A block is 64 lesions of a series in their order: bit i of block b is lesion 64 * b + i. A series
 * has as many blocks as it needs, so that there is one way for any number of lesions. What rows and
 * lesions say is gathered once for each series; what a condition says of a set of lesions is the
 * same as what it says of each of them, since no lesion sees another one. */
#ifndef RECIST_ASSESS_LESION_SETS_H
#define RECIST_ASSESS_LESION_SETS_H

#include <recist/assessment.h>

#include "base/arena.h"
#include "criteria/criteria.h"

struct recist_evaluation;

#define RECIST_BLOCK 64

/* Facts of a lesion, and after them one for each role. */
enum recist_lesion_fact {
    RECIST_LESION_EXISTS,
    RECIST_LESION_NODAL,
    RECIST_LESION_PRIOR_THERAPY,
    RECIST_LESION_PROGRESSED_SINCE,
    RECIST_LESION_ROLES,
};

/* Facts of a lesion at a visit, and after them one for each status: that of its row. */
enum recist_visit_fact {
    RECIST_VISIT_RECORDED,
    RECIST_VISIT_EVALUATED,
    RECIST_VISIT_MEASURED,
    RECIST_VISIT_MASS,
    RECIST_VISIT_STATUSES,
};

/* Of which lesions a value was asked for, and is known: it is worked out at most once. */
struct recist_known_values {
    uint64_t asked;
    uint64_t known;
};

/* What is kept of the lesions of a series. */
struct recist_lesion_sets {
    size_t blocks;
    size_t lesion_width; /* facts of a lesion */
    size_t visit_width;
    const uint64_t *lesions;            /* [block * lesion_width + fact] */
    const uint64_t *visits;             /* [(visit * blocks + block) * visit_width + fact] */
    struct recist_known_values *known;  /* [(visit * values + value) * blocks + block] */
    recist_wide *values;                /* [(visit * values + value) * lesions + lesion] */
};

/* Gathers what lesions and rows say; no value is worked out. False when memory is out. */
bool recist_lesion_sets_gather(struct recist_lesion_sets *sets,
                               const struct recist_criteria *criteria,
                               const struct recist_series *series, struct recist_arena *arena);

/* Those of `among` of which a condition is true at the visit looked at, or, where `wanted` is not,
 * false; see recist_is(). */
uint64_t recist_lesions_that(struct recist_evaluation *evaluation,
                             const struct recist_node *condition, bool wanted, size_t block,
                             uint64_t among);

/* Those of `among` whose value is to a number as recist_relation_signs() says. */
uint64_t recist_lesions_by_value(struct recist_evaluation *evaluation, size_t index,
                                 recist_wide number, unsigned signs, size_t block, uint64_t among);

/* Of a mask of roles or statuses, those that there are. */
static inline uint64_t recist_facts_in(uint64_t mask, size_t count)
{
    return count < 64 ? mask & ((UINT64_C(1) << count) - 1) : mask;
}

/* The lesions of which one of the facts in `mask` is so. */
static inline uint64_t recist_with_facts(const uint64_t *facts, uint64_t mask)
{
    uint64_t set = 0;
    for (; mask; mask &= mask - 1) {
        set |= facts[__builtin_ctzll(mask)];
    }
    return set;
}

/* Works out a value (that is not another one under a second name) of lesions of which it was not
 * asked yet. */
void recist_work_out_lesion_values(struct recist_evaluation *evaluation, size_t index,
                                   size_t block, uint64_t among);

/* RECIST_OP_AXIS and RECIST_OP_LARGEST_AXIS of the lesion looked at, or RECIST_MISSING. */
int64_t recist_axis_of_lesion(const struct recist_evaluation *evaluation,
                              const struct recist_node *node);

#endif
