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

/* The same of up to eight characters, of which one is a point: its digits are moved together and
 * read at once. */
static inline bool recist_plain_short_number(struct recist_slice text, int64_t *value)
{
    static const int32_t scale[RECIST_DECIMALS + 1] = {1000000, 100000, 10000, 1000, 100, 10, 1};
    uint64_t word = 0;
    memcpy(&word, text.text, sizeof word);
    uint64_t digits = word ^ UINT64_C(0x3030303030303030);
    uint64_t inside = UINT64_MAX >> (64 - 8 * text.length);
    uint64_t others = ((digits + UINT64_C(0x7676767676767676)) | digits) &
                      UINT64_C(0x8080808080808080) & inside;
    if (others == 0) {
        *value = recist_plain_sum(digits << (64 - 8 * text.length)) * RECIST_ONE;
        return text.length < 8;
    }
    unsigned point = (unsigned)__builtin_ctzll(others) / 8;
    size_t decimals = text.length - point - 1;
    if ((others & (others - 1)) != 0 || text.text[point] != '.' || point == 0 ||
        decimals - 1 > RECIST_DECIMALS - 1) {
        return false;
    }
    uint64_t before = (UINT64_C(1) << (8 * point)) - 1;
    uint64_t together = (digits & before) | (digits >> 8 & ~before);
    *value = recist_plain_sum(together << (72 - 8 * text.length)) * scale[decimals];
    return true;
}

/* Reads such a length, in millionths. False: it is written in another way, or wrong, which
 * recist_decimal_parse() finds out. 16 bytes at the text must be readable, and what follows it be
 * no digit. Without a loop over the characters, whose number cannot be foreseen. */
static inline bool recist_plain_number(struct recist_slice text, int64_t *value)
{
    if (text.length - 1 < 8) {
        return recist_plain_short_number(text, value);
    }
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

/* As recist_plain_number_at(), of any length. */
static inline const char *recist_plain_long_number_at(const char *at, int64_t *value)
{
    unsigned whole = 0;
    unsigned decimals = 0;
    recist_plain_digits(at, &whole);
    recist_plain_digits(at + whole + 1, &decimals);
    size_t length = at[whole] == '.' ? whole + 1 + decimals : whole;
    return recist_plain_number((struct recist_slice){at, length}, value) ? at + length : NULL;
}

/* Reads a length whose end is not known, and returns the first byte that does not belong to it; NULL:
 * it is not plain. 24 bytes must be readable. Nearly all end within eight bytes; where there is a
 * point, the next that is no digit is the end. */
static inline const char *recist_plain_number_at(const char *at, int64_t *value)
{
    /* By how far after the point the end is. */
    static const int32_t scale[] = {0, 0, 100000, 10000, 1000, 100, 10, 1};
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    uint64_t digits = word ^ UINT64_C(0x3030303030303030);
    uint64_t others =
        ((digits + UINT64_C(0x7676767676767676)) | digits) & UINT64_C(0x8080808080808080);
    uint64_t after_first = others & (others - 1);
    if (after_first == 0) {
        return recist_plain_long_number_at(at, value);
    }
    unsigned point = (unsigned)__builtin_ctzll(others) / 8;
    unsigned length = (unsigned)__builtin_ctzll(after_first) / 8;
    if (at[point] != '.') {
        *value = recist_plain_sum(digits << 8 << (56 - 8 * point)) * RECIST_ONE;
        return point > 0 ? at + point : NULL;
    }
    if (point == 0 || length - point == 1) {
        return NULL;
    }
    uint64_t before = (others ^ (others - 1)) >> 8;
    uint64_t together = (digits & before) | (digits >> 8 & ~before);
    *value = recist_plain_sum(together << (72 - 8 * length)) * scale[length - point];
    return at + length;
}

#else

static inline bool recist_plain_number(struct recist_slice text, int64_t *value)
{
    (void)text;
    (void)value;
    return false;
}

static inline const char *recist_plain_number_at(const char *at, int64_t *value)
{
    (void)at;
    (void)value;
    return NULL;
}

#endif

#endif
