/* SPDX-License-Identifier: MIT
 * Lengths as they are nearly always written: up to seven digits, and up to six after a point. */
#ifndef RECIST_INPUT_PLAIN_NUMBER_H
#define RECIST_INPUT_PLAIN_NUMBER_H

#include <string.h>

#include "base/decimal.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* Eight characters as digits, the first in the lowest byte; *count is how many of them are digits
 * before the first that is none. */
static inline uint64_t recist_plain_digits(const char *at, unsigned *count)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    uint64_t digits = word ^ UINT64_C(0x3030303030303030);
    /* The top bit of each byte that is no digit. A carry can only disturb bytes after one. */
    uint64_t others =
        ((digits + UINT64_C(0x7676767676767676)) | digits) & UINT64_C(0x8080808080808080);
    *count = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    return digits;
}

/* The number that eight digits write. Three multiplications add up neighbours. */
static inline int64_t recist_plain_sum(uint64_t digits)
{
    digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
    digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
    return (int64_t)((digits * 10000 + (digits >> 32)) & UINT64_C(0xFFFFFFFF));
}

/* Reads such a length, in millionths. False: it is written in another way, or wrong, which
 * recist_decimal_parse() finds out. 16 bytes at the text must be readable, and what follows it be
 * no digit. Without a loop over the characters, whose number cannot be foreseen. */
static inline bool recist_plain_number(struct recist_slice text, int64_t *value)
{
    unsigned whole_count = 0;
    uint64_t whole = recist_plain_digits(text.text, &whole_count);
    if (whole_count - 1 > 6 || whole_count > text.length) {
        return false;
    }
    int64_t number = recist_plain_sum(whole << (8 * (8 - whole_count))) * RECIST_ONE;
    if (whole_count < text.length) {
        size_t decimals = text.length - whole_count - 1;
        unsigned count = 0;
        uint64_t digits = recist_plain_digits(text.text + whole_count + 1, &count);
        if (text.text[whole_count] != '.' || decimals - 1 > RECIST_DECIMALS - 1 ||
            count < decimals) {
            return false;
        }
        /* Two zeros before the digits, and as many after them as make six decimals. */
        digits &= (UINT64_C(1) << (8 * decimals)) - 1;
        number += recist_plain_sum(digits << 16);
    }
    *value = number;
    return true;
}

#else

static inline bool recist_plain_number(struct recist_slice text, int64_t *value)
{
    (void)text;
    (void)value;
    return false;
}

#endif

#endif
