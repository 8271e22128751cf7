/* SPDX-License-Identifier: MIT
 * Digits of small numbers, two at a time from a table, and without branches on how many there are,
 * which cannot be foreseen: what is left out is shifted away, or written over by what follows. So
 * there must be room for eight bytes wherever these write; all return where they ended. */
#ifndef RECIST_BASE_DIGITS_H
#define RECIST_BASE_DIGITS_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* "00" to "99". */
extern const char recist_digit_pairs[200];

/* The two digits of a number below 100 as they stand in memory, the first in the lowest byte. */
static inline uint64_t recist_digit_pair(uint64_t number)
{
    uint16_t digits;
    memcpy(&digits, recist_digit_pairs + 2 * number, sizeof digits);
    return le16toh(digits);
}

/* A number below 1000. */
static inline char *recist_digits_write(char *at, uint32_t number)
{
    uint32_t hundreds = number / 100;
    unsigned left_out = (unsigned)(number < 100) + (number < 10);
    uint32_t digits =
        ('0' + hundreds) | (uint32_t)recist_digit_pair(number - hundreds * 100) << 8;
    digits = htole32(digits >> (8 * left_out));
    memcpy(at, &digits, sizeof digits);
    return at + 3 - left_out;
}

/* A point and hundredths, without the zeros at their end; nothing for zero. */
static inline char *recist_digits_write_hundredths(char *at, uint32_t number)
{
    uint32_t digits = (uint32_t)recist_digit_pair(number) << 8 | '.';
    unsigned shown = (unsigned)(number > 0) + (digits >> 16 > '0');
    digits = htole32(digits);
    memcpy(at, &digits, sizeof digits);
    return at + shown + (shown > 0);
}

/* A point and millionths, in the same way. The quotient by 10000, with 32 bits behind its point, is
 * rounded up by less than one millionth, so each hundredfold of what is behind the point has the next
 * two digits before it. */
static inline char *recist_digits_write_millionths(char *at, uint32_t number)
{
    uint64_t first = number * UINT64_C(429497);
    uint64_t second = (first & UINT32_MAX) * 100;
    uint64_t third = (second & UINT32_MAX) * 100;
    uint64_t digits = recist_digit_pair(first >> 32) << 8 | recist_digit_pair(second >> 32) << 24 |
                      recist_digit_pair(third >> 32) << 40;
    uint64_t others = digits ^ UINT64_C(0x30303030303000);
    unsigned shown = (63 - (unsigned)__builtin_clzll(others | 1)) / 8;
    digits = htole64(digits | '.');
    memcpy(at, &digits, sizeof digits);
    return at + shown + (shown > 0);
}

#endif
