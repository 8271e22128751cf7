/* SPDX-License-Identifier: MIT
 * Decimals as text, from integers only. */
#include <string.h>

#include "base/decimal.h"

__extension__ typedef unsigned __int128 unsigned_wide;

#define MOST_DECIMALS 15

/* A quotient in digits: whole part, decimals, and whether what is left rounds up. */
struct quotient {
    unsigned_wide whole;
    uint64_t decimals;
    bool round_up;
};

static const uint64_t ten_to_the[MOST_DECIMALS + 1] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
};

/* Ten times the rest can be wider than 128 bits, so it is added up ten times instead. */
static struct quotient divide_wide(unsigned_wide numerator, unsigned_wide denominator, int decimals)
{
    struct quotient result = {.whole = numerator / denominator};
    unsigned_wide rest = numerator % denominator;
    for (int place = 0; place < decimals; place++) {
        unsigned_wide ten_rests = 0;
        uint64_t digit = 0;
        for (int i = 0; i < 10; i++) {
            ten_rests += rest;
            if (ten_rests >= denominator) {
                ten_rests -= denominator;
                digit++;
            }
        }
        rest = ten_rests;
        result.decimals = result.decimals * 10 + digit;
    }
    result.round_up = rest >= denominator - rest;
    return result;
}

static const char two_digits[] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

static void write_two(char *at, uint64_t number)
{
    memcpy(at, two_digits + 2 * number, 2);
}

/* Writes the digits of `number` so that they end before `end`; returns where they begin. */
static char *write_backwards(char *end, unsigned_wide number)
{
    while (number > UINT64_MAX) {
        *--end = (char)('0' + (int)(number % 10));
        number /= 10;
    }
    uint64_t small = (uint64_t)number;
    for (; small >= 100; small /= 100) {
        write_two(end -= 2, small % 100);
    }
    if (small >= 10) {
        write_two(end -= 2, small);
    } else {
        *--end = (char)('0' + (int)small);
    }
    return end;
}

/* Writes the digits of `number` at `at`; returns where they end. */
static char *write_wide(char *at, unsigned_wide number)
{
    char digits[RECIST_DECIMAL_TEXT_SIZE];
    char *end = digits + sizeof digits;
    char *start = write_backwards(end, number);
    memcpy(at, start, (size_t)(end - start));
    return at + (end - start);
}

static inline char *write_whole(char *at, uint64_t number)
{
    if (number < 100) {
        memcpy(at, two_digits + 2 * number + (number < 10), 2);
        return at + 1 + (number >= 10);
    }
    if (number < 1000) {
        *at = (char)('0' + (int)(number / 100));
        write_two(at + 1, number % 100);
        return at + 3;
    }
    return write_wide(at, number);
}

/* Writes a point and the decimals, if any is not zero. */
static inline char *write_decimals(char *at, uint64_t number, int decimals)
{
    if (number == 0) {
        return at;
    }
    if (decimals == RECIST_DECIMALS && number % 100000 == 0) {
        at[0] = '.';
        at[1] = (char)('0' + (int)(number / 100000));
        return at + 2;
    }
    char *end = at + 1 + decimals;
    *at = '.';
    char *next = end;
    for (; next - at > 2; number /= 100) {
        write_two(next -= 2, number % 100);
    }
    if (next - at > 1) {
        at[1] = (char)('0' + (int)number);
    }
    while (end[-1] == '0') {
        end--;
    }
    return end;
}

static void carry(struct quotient *quotient, int decimals)
{
    quotient->decimals += quotient->round_up;
    if (quotient->decimals == ten_to_the[decimals]) {
        quotient->decimals = 0;
        quotient->whole++;
    }
}

static size_t finish(char *text, char *at)
{
    *at = '\0';
    return (size_t)(at - text);
}

__attribute__((noinline)) static size_t format_wide(recist_wide numerator, recist_wide denominator,
                                                    int decimals, char *text)
{
    bool negative = numerator < 0;
    unsigned_wide size = negative ? -(unsigned_wide)numerator : (unsigned_wide)numerator;
    struct quotient quotient = divide_wide(size, (unsigned_wide)denominator, decimals);
    carry(&quotient, decimals);
    char *at = text;
    if (negative && (quotient.whole > 0 || quotient.decimals > 0)) {
        *at++ = '-';
    }
    at = write_wide(at, quotient.whole);
    return finish(text, write_decimals(at, quotient.decimals, decimals));
}

/* Divides what is `scaled` by ten to the power of `decimals` already. */
static inline size_t format_scaled(bool negative, uint64_t scaled, uint64_t power, int decimals,
                                   char *text)
{
    char *at = text;
    if (negative && scaled > 0) {
        *at++ = '-';
    }
    at = write_whole(at, scaled / power);
    return finish(text, write_decimals(at, scaled % power, decimals));
}

size_t recist_decimal_format(recist_wide numerator, recist_wide denominator, int decimals,
                             char text[static RECIST_DECIMAL_TEXT_SIZE])
{
    decimals = decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
    bool negative = numerator < 0;
    uint64_t size = negative ? -(uint64_t)numerator : (uint64_t)numerator;
    uint64_t divisor = (uint64_t)denominator;
    uint64_t power = ten_to_the[decimals];
    uint64_t scaled = 0;
    if (denominator == RECIST_ONE && power == RECIST_ONE && numerator == (int64_t)numerator) {
        return format_scaled(negative, size, RECIST_ONE, RECIST_DECIMALS, text);
    }
    if (numerator != (int64_t)numerator || denominator > INT64_MAX ||
        __builtin_mul_overflow(size, power, &scaled)) {
        return format_wide(numerator, denominator, decimals, text);
    }
    uint64_t rest = scaled % divisor;
    uint64_t rounded = scaled / divisor + (rest >= divisor - rest);
    /* Constants, where they are frequent, make divisions cheap. */
    return power == 100 ? format_scaled(negative, rounded, 100, 2, text)
                        : format_scaled(negative, rounded, power, decimals, text);
}

void recist_decimal_append(struct recist_text *text, recist_wide numerator, recist_wide denominator,
                           int decimals)
{
    if (recist_text_reserve(text, RECIST_DECIMAL_TEXT_SIZE)) {
        text->length +=
            recist_decimal_format(numerator, denominator, decimals, text->bytes + text->length);
    }
}
