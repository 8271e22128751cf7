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
    if (decimals == 2) {
        at[0] = '.';
        write_two(at + 1, number);
        return at + 2 + (at[2] != '0');
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

/* Writes what is `scaled` by ten to the power of `decimals`, which is `power`. Where these are
 * constants, divisions are cheap. */
static inline char *write_scaled(char *at, bool negative, uint64_t scaled, uint64_t power,
                                 int decimals)
{
    *at = '-';
    at += negative && scaled > 0;
    uint64_t whole = scaled / power;
    return write_decimals(write_whole(at, whole), scaled - whole * power, decimals);
}

/* The digits of nearly all numbers; NULL: they are wider than 64 bits. */
static inline char *write_narrow(char *at, recist_wide numerator, recist_wide denominator,
                                 int decimals)
{
    int64_t narrow = (int64_t)numerator;
    bool negative = narrow < 0;
    uint64_t size = negative ? -(uint64_t)narrow : (uint64_t)narrow;
    if (numerator != narrow || denominator > INT64_MAX) {
        return NULL;
    }
    if (denominator == RECIST_ONE && decimals == RECIST_DECIMALS) {
        return write_scaled(at, negative, size, RECIST_ONE, RECIST_DECIMALS);
    }
    if (denominator == 1 && decimals == 0) {
        return write_scaled(at, negative, size, 1, 0);
    }
    uint64_t scaled = 0;
    uint64_t divisor = (uint64_t)denominator;
    if (__builtin_mul_overflow(size, ten_to_the[decimals], &scaled)) {
        return NULL;
    }
    uint64_t quotient = scaled / divisor;
    uint64_t rest = scaled - quotient * divisor;
    uint64_t rounded = quotient + (rest >= divisor - rest);
    return decimals == 2 ? write_scaled(at, negative, rounded, 100, 2)
                         : write_scaled(at, negative, rounded, ten_to_the[decimals], decimals);
}

static inline int within_limits(int decimals)
{
    return decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
}

size_t recist_decimal_format(recist_wide numerator, recist_wide denominator, int decimals,
                             char text[static RECIST_DECIMAL_TEXT_SIZE])
{
    decimals = within_limits(decimals);
    char *end = write_narrow(text, numerator, denominator, decimals);
    return end ? finish(text, end) : format_wide(numerator, denominator, decimals, text);
}

void recist_decimal_append(struct recist_text *text, recist_wide numerator, recist_wide denominator,
                           int decimals)
{
    if (text->capacity - text->length < RECIST_DECIMAL_TEXT_SIZE &&
        !recist_text_reserve(text, RECIST_DECIMAL_TEXT_SIZE)) {
        return;
    }
    char *at = text->bytes + text->length;
    decimals = within_limits(decimals);
    char *end = write_narrow(at, numerator, denominator, decimals);
    text->length += end ? (size_t)(end - at) : format_wide(numerator, denominator, decimals, at);
}

int recist_decimal_places_beside_whole(recist_wide numerator, recist_wide denominator, int decimals)
{
    recist_wide rest = (numerator < 0 ? -numerator : numerator) % denominator;
    bool upwards = rest > denominator - rest;
    recist_wide twice = 2 * (upwards ? denominator - rest : rest);
    int places = 0;
    while (twice > 0 && places < MOST_DECIMALS &&
           (twice < denominator || (twice == denominator && upwards))) {
        twice *= 10;
        places++;
    }
    return places > decimals ? places : decimals;
}
