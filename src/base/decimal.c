/* SPDX-License-Identifier: MIT */
#include "base/decimal.h"

#include <stdbool.h>
#include <string.h>

static const int64_t powers_of_ten[RECIST_DECIMALS + 1] = {1000000, 100000, 10000, 1000,
                                                           100,     10,     1};

static bool is_digit(char byte)
{
    return (unsigned char)(byte - '0') <= 9;
}

static bool is_letter(char byte)
{
    return (unsigned char)((byte | 0x20) - 'a') < 26;
}

/* What stands after the digits, of which there is at least one. */
static enum recist_decimal_problem judge_rest(const char *at, const char *end)
{
    if (*at == ',') {
        return end - at > 1 && is_digit(at[1]) ? RECIST_DECIMAL_COMMA : RECIST_DECIMAL_NOT_A_NUMBER;
    }
    if (*at == 'e' || *at == 'E') {
        const char *exponent = at + 1;
        exponent += exponent < end && (*exponent == '+' || *exponent == '-');
        if (exponent < end && is_digit(*exponent)) {
            return RECIST_DECIMAL_EXPONENT;
        }
    }
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    /* A unit may be any word, per cent sign or Greek letter, but it holds no further number. */
    bool unit = at < end && (is_letter(*at) || *at == '%' || (unsigned char)*at >= 0x80);
    for (; unit && at < end; at++) {
        unit = !is_digit(*at);
    }
    return unit ? RECIST_DECIMAL_UNIT : RECIST_DECIMAL_NOT_A_NUMBER;
}

/* The number of bytes of a sign before a number: plus, hyphen or the typographic minus. */
static size_t sign_length(const char *at, size_t length)
{
    size_t sign = 0;
    if (length > 0 && (*at == '+' || *at == '-')) {
        sign = 1;
    } else if (length > 3 && memcmp(at, "\xE2\x88\x92", 3) == 0) {
        sign = 3;
    }
    bool number = sign > 0 && length > sign && (is_digit(at[sign]) || at[sign] == '.');
    return number ? sign : 0;
}

/* Reads any text, one character after the other, and finds out what is wrong with it. */
static enum recist_decimal_problem parse_slowly(const char *at, size_t length, int64_t *value)
{
    const char *end = at + length;
    if (sign_length(at, length) > 0) {
        return RECIST_DECIMAL_SIGN;
    }
    int64_t number = 0;
    bool too_large = false;
    bool any_digit = false;
    for (; at < end && is_digit(*at); at++, any_digit = true) {
        too_large |= __builtin_mul_overflow(number, 10, &number) ||
                     __builtin_add_overflow(number, *at - '0', &number);
    }
    too_large |= __builtin_mul_overflow(number, RECIST_ONE, &number);
    int decimals = 0;
    bool round_up = false;
    if (at < end && *at == '.') {
        for (at++; at < end && is_digit(*at); at++, any_digit = true) {
            if (decimals < RECIST_DECIMALS) {
                too_large |= __builtin_add_overflow(
                    number, (*at - '0') * powers_of_ten[decimals + 1], &number);
            } else if (decimals == RECIST_DECIMALS) {
                round_up = *at >= '5';
            }
            decimals += decimals <= RECIST_DECIMALS;
        }
    }
    if (!any_digit) {
        return RECIST_DECIMAL_NOT_A_NUMBER;
    }
    if (at < end) {
        return judge_rest(at, end);
    }
    too_large |= __builtin_add_overflow(number, round_up, &number);
    if (too_large) {
        return RECIST_DECIMAL_TOO_LARGE;
    }
    *value = number;
    return decimals > RECIST_DECIMALS ? RECIST_DECIMAL_ROUNDED : RECIST_DECIMAL_OK;
}

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* The 1 to 8 bytes at `at` in one word, the first in the lowest byte, zeros above. Reads that
 * overlap keep within the text. */
static uint64_t load_word(const char *at, size_t length)
{
    if (length >= 4) {
        uint32_t first = 0;
        uint32_t last = 0;
        memcpy(&first, at, 4);
        memcpy(&last, at + length - 4, 4);
        return first | (uint64_t)last << (8 * (length - 4));
    }
    uint64_t first = (unsigned char)at[0];
    uint64_t middle = (unsigned char)at[length / 2];
    uint64_t last = (unsigned char)at[length - 1];
    return first | middle << (8 * (length / 2)) | last << (8 * (length - 1));
}

/* The number that eight digits write; `digits` has the digit values, the first in the lowest
 * byte. Three multiplications add up neighbours. */
static uint64_t add_up_digits(uint64_t digits)
{
    digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
    digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
    return (digits * 10000 + (digits >> 32)) & UINT64_C(0xFFFFFFFF);
}

/* Texts of 1 to 8 characters, which nearly all are: digits with at most one point. False when
 * the text is something else. */
static bool parse_short(const char *at, size_t length, int64_t *value)
{
    uint64_t word = load_word(at, length);
    uint64_t inside = ~UINT64_C(0) >> (8 * (8 - length));
    uint64_t digits = (word ^ UINT64_C(0x3030303030303030)) & inside;
    /* The top bit of each byte that is no digit. A carry can only disturb bytes after one. */
    uint64_t others = ((digits + UINT64_C(0x7676767676767676)) | digits) &
                      UINT64_C(0x8080808080808080);
    size_t digit_count = length;
    size_t decimals = 0;
    if (others != 0) {
        unsigned point = (unsigned)__builtin_ctzll(others) & ~7u;
        if ((others & (others - 1)) != 0 || ((word >> point) & 0xFF) != '.') {
            return false;
        }
        uint64_t before = (UINT64_C(1) << point) - 1;
        digits = (digits & before) | ((digits >> 8) & ~before);
        digit_count = length - 1;
        decimals = digit_count - point / 8;
        if (digit_count == 0 || decimals > RECIST_DECIMALS) {
            return false;
        }
    }
    digits <<= 8 * (8 - digit_count);
    *value = (int64_t)add_up_digits(digits) * powers_of_ten[decimals];
    return true;
}

#else

static bool parse_short(const char *at, size_t length, int64_t *value)
{
    return parse_slowly(at, length, value) == RECIST_DECIMAL_OK;
}

#endif

enum recist_decimal_problem recist_decimal_parse(struct recist_slice text, int64_t *value)
{
    if (text.length == 0) {
        return RECIST_DECIMAL_EMPTY;
    }
    if (text.length <= 8 && parse_short(text.text, text.length, value)) {
        return RECIST_DECIMAL_OK;
    }
    return parse_slowly(text.text, text.length, value);
}
