/* SPDX-License-Identifier: MIT
 * Truth of three values (Kleene) and comparisons, for all conditions. */
#ifndef RECIST_ASSESS_TRUTH_H
#define RECIST_ASSESS_TRUTH_H

#include "criteria/expression.h"

static inline enum recist_truth recist_truth_of(bool holds)
{
    return holds ? RECIST_TRUE : RECIST_FALSE;
}

static inline enum recist_truth recist_truth_negation(enum recist_truth operand)
{
    return operand == RECIST_UNKNOWN ? RECIST_UNKNOWN : recist_truth_of(operand == RECIST_FALSE);
}

/* A false operand settles `and`, a true one settles `or`; else what is unknown stays so. */
static inline enum recist_truth recist_truth_join(enum recist_truth left, enum recist_truth right,
                                                  enum recist_truth settles)
{
    if (left == settles || right == settles) {
        return settles;
    }
    return left == RECIST_UNKNOWN ? left : right;
}

/* Factors of a criteria file may make of a value what no number holds: then it is not known, and
 * *product is unchanged. */
static inline bool recist_times(recist_wide value, recist_wide factor, recist_wide *product)
{
    bool small = value >= -INT64_MAX && value <= INT64_MAX && factor >= -INT64_MAX &&
                 factor <= INT64_MAX;
    if (!small && factor != 0) {
        recist_wide most = ((recist_wide)1 << 120) / (factor < 0 ? -factor : factor);
        if (value > most || value < -most) {
            return false;
        }
    }
    *product = value * factor;
    return true;
}

static inline bool recist_relate(recist_wide left, enum recist_relation relation,
                                 recist_wide right)
{
    switch (relation) {
    case RECIST_LESS:
        return left < right;
    case RECIST_LESS_OR_EQUAL:
        return left <= right;
    case RECIST_EQUAL:
        return left == right;
    case RECIST_NOT_EQUAL:
        return left != right;
    case RECIST_GREATER_OR_EQUAL:
        return left >= right;
    case RECIST_GREATER:
    default:
        return left > right;
    }
}

#endif
