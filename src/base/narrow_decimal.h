/* SPDX-License-Identifier: MIT
 * Decimals in 64 bits, as nearly all numbers of a table are: what decimal_format.c, which writes all,
 * and recent_texts.c, which writes the usual ones, have in common. */
#ifndef RECIST_BASE_NARROW_DECIMAL_H
#define RECIST_BASE_NARROW_DECIMAL_H

#include "base/decimal.h"
#include "base/digits.h"

static inline uint64_t recist_size_of(int64_t number)
{
    return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

static inline uint64_t recist_rounded(uint64_t scaled, uint64_t divisor)
{
    uint64_t quotient = scaled / divisor;
    uint64_t rest = scaled - quotient * divisor;
    return quotient + (rest >= divisor - rest);
}

/* A quotient in hundredths; false: 100 times the numerator is wider than 64 bits. */
static inline bool recist_hundredths(uint64_t numerator, int64_t denominator, uint64_t *hundredths)
{
    if (denominator == RECIST_ONE) { /* a length: constants are divided by without a division */
        *hundredths = recist_rounded(numerator, RECIST_ONE / 100);
        return true;
    }
    if (numerator > UINT64_MAX / 100) {
        return false;
    }
    *hundredths = recist_rounded(100 * numerator, (uint64_t)denominator);
    return true;
}

#endif
