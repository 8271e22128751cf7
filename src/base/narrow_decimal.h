/* SPDX-License-Identifier: MIT
 * The decimals that nearly all numbers of a table are, in 64 bits and in place: for recent_texts.c and
 * decimal_format.c, which have a name for each. */
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

/* recist_decimal_write_millionths() */
static inline char *recist_millionths_write(char *at, int64_t millionths)
{
    uint64_t size = recist_size_of(millionths);
    uint64_t whole = size / RECIST_ONE;
    *at = '-';
    at = recist_digits_write_whole(at + (millionths < 0), whole);
    return recist_digits_write_millionths(at, (uint32_t)(size - whole * RECIST_ONE));
}

/* 100 times the numerator is wider than 64 bits. */
char *recist_decimal_write_ratio_long(char *at, int64_t numerator, int64_t denominator);

/* recist_decimal_write_ratio(): without a sign where it is rounded to zero. */
static inline char *recist_ratio_write(char *at, int64_t numerator, int64_t denominator)
{
    uint64_t size = recist_size_of(numerator);
    uint64_t hundredths = 0;
    if (denominator == RECIST_ONE) { /* a length: constants are divided by without a division */
        hundredths = recist_rounded(size, RECIST_ONE / 100);
    } else if (size <= UINT64_MAX / 100) {
        hundredths = recist_rounded(100 * size, (uint64_t)denominator);
    } else {
        return recist_decimal_write_ratio_long(at, numerator, denominator);
    }
    uint64_t whole = hundredths / 100;
    *at = '-';
    at = recist_digits_write_percent(at + (numerator < 0 && hundredths > 0), whole);
    return recist_digits_write_hundredths(at, (uint32_t)(hundredths - whole * 100));
}

#endif
