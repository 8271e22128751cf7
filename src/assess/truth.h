/* SPDX-License-Identifier: MIT
 * Truth of three values (Kleene) and comparisons, for all conditions. */
#ifndef RECIST_ASSESS_TRUTH_H
#define RECIST_ASSESS_TRUTH_H

#include "base/decimal.h"
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

static inline bool recist_is_short(recist_wide value)
{
    return value == (int64_t)value;
}

/* Factors of a criteria file may make of a value what no number holds: then it is not known, and
 * *product is unchanged. */
static inline bool recist_times(recist_wide value, recist_wide factor, recist_wide *product)
{
    if (recist_is_short(value) && recist_is_short(factor)) {
        *product = (recist_wide)(int64_t)value * (int64_t)factor;
        return true;
    }
    if (factor != 0) {
        recist_wide most = ((recist_wide)1 << 120) / (factor < 0 ? -factor : factor);
        if (value > most || value < -most) {
            return false;
        }
    }
    *product = value * factor;
    return true;
}

/* A change of at least p percent, by cross-multiplication: difference * 100 >= p * reference. No
 * change is never an increase or decrease, so that zero after zero is neither. A part of a negative
 * reference is none: it is neither so nor not so. */
static inline bool recist_percent_is(const struct recist_node *node, recist_wide value,
                                     recist_wide reference, bool wanted)
{
    const enum recist_relation relation = (enum recist_relation)node->relation;
    const bool at_limit = relation == RECIST_GREATER_OR_EQUAL || relation == RECIST_LESS;
    const bool upward = relation == RECIST_GREATER_OR_EQUAL || relation == RECIST_GREATER;
    recist_wide difference =
        node->direction == RECIST_DECREASE ? reference - value : value - reference;
    recist_wide scaled = 0;
    recist_wide limit = 0;
    if (reference < 0 || !recist_times(difference, 100 * RECIST_ONE, &scaled) ||
        !recist_times(reference, node->constant, &limit)) {
        return false;
    }
    bool reached = difference > 0 && (at_limit ? scaled >= limit : scaled > limit);
    return reached == (upward == wanted);
}

/* Signs of left - right. */
enum recist_sign { RECIST_SIGN_LESS = 1U << 0, RECIST_SIGN_EQUAL = 1U << 1, RECIST_SIGN_MORE = 1U << 2 };

/* Those that a relation allows, or those that it does not. */
static inline unsigned recist_relation_signs(enum recist_relation relation, bool wanted)
{
    static const uint8_t signs[] = {
        [RECIST_LESS] = RECIST_SIGN_LESS,
        [RECIST_LESS_OR_EQUAL] = RECIST_SIGN_LESS | RECIST_SIGN_EQUAL,
        [RECIST_EQUAL] = RECIST_SIGN_EQUAL,
        [RECIST_NOT_EQUAL] = RECIST_SIGN_LESS | RECIST_SIGN_MORE,
        [RECIST_GREATER_OR_EQUAL] = RECIST_SIGN_EQUAL | RECIST_SIGN_MORE,
        [RECIST_GREATER] = RECIST_SIGN_MORE,
    };
    const unsigned all = RECIST_SIGN_LESS | RECIST_SIGN_EQUAL | RECIST_SIGN_MORE;
    return wanted ? signs[relation] : all & ~(unsigned)signs[relation];
}

static inline bool recist_sign_is_in(recist_wide left, recist_wide right, unsigned signs)
{
    unsigned sign = left < right ? RECIST_SIGN_LESS
                    : left == right ? RECIST_SIGN_EQUAL
                                    : RECIST_SIGN_MORE;
    return (signs & sign) != 0;
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
