/* SPDX-License-Identifier: MIT
 * Decimals as text, from integers only. */
#include <string.h>

#include "base/decimal.h"
#include "base/digits.h"

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

const char recist_digit_pairs[200] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

static void write_two(char *at, uint64_t number)
{
    memcpy(at, recist_digit_pairs + 2 * number, 2);
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

/* Of up to three digits nearly always. */
static inline char *write_whole(char *at, uint64_t number)
{
    return number < 1000 ? recist_digits_write(at, (uint32_t)number) : write_wide(at, number);
}

/* Writes a point and the decimals, if any is not zero. */
static char *write_decimals(char *at, uint64_t number, int decimals)
{
    if (number == 0) {
        return at;
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

__attribute__((noinline)) static char *write_long(char *at, recist_wide numerator,
                                                  recist_wide denominator, int decimals)
{
    bool negative = numerator < 0;
    unsigned_wide size = negative ? -(unsigned_wide)numerator : (unsigned_wide)numerator;
    struct quotient quotient = divide_wide(size, (unsigned_wide)denominator, decimals);
    carry(&quotient, decimals);
    *at = '-';
    at += negative && (quotient.whole > 0 || quotient.decimals > 0);
    return write_decimals(write_wide(at, quotient.whole), quotient.decimals, decimals);
}

/* With the sign of what it was rounded from, unless that is zero now. */
static inline uint64_t size_of(int64_t number)
{
    return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

char *recist_decimal_write_millionths(char *at, int64_t millionths)
{
    uint64_t size = size_of(millionths);
    uint64_t whole = size / RECIST_ONE;
    *at = '-';
    at = write_whole(at + (millionths < 0), whole);
    return recist_digits_write_millionths(at, (uint32_t)(size - whole * RECIST_ONE));
}

/* With the sign of what it was rounded from, unless that is zero now. */
static inline char *write_in_hundredths(char *at, bool negative, uint64_t hundredths)
{
    uint64_t whole = hundredths / 100;
    *at = '-';
    at = write_whole(at + (negative && hundredths > 0), whole);
    return recist_digits_write_hundredths(at, (uint32_t)(hundredths - whole * 100));
}

/* What has more or fewer decimals than most, but fits into 64 bits. */
__attribute__((noinline)) static char *write_scaled(char *at, bool negative, uint64_t scaled,
                                                    int decimals)
{
    *at = '-';
    at += negative && scaled > 0;
    uint64_t whole = scaled / ten_to_the[decimals];
    return write_decimals(write_whole(at, whole), scaled - whole * ten_to_the[decimals], decimals);
}

static inline int within_limits(int decimals)
{
    return decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
}

static inline uint64_t rounded(uint64_t scaled, uint64_t divisor)
{
    uint64_t quotient = scaled / divisor;
    uint64_t rest = scaled - quotient * divisor;
    return quotient + (rest >= divisor - rest);
}

char *recist_decimal_write_ratio(char *at, int64_t numerator, int64_t denominator)
{
    uint64_t size = size_of(numerator);
    uint64_t scaled = 0;
    uint64_t hundredths = 0;
    if (denominator == RECIST_ONE) { /* a length: constants are divided by without a division */
        hundredths = rounded(size, RECIST_ONE / 100);
    } else if (!__builtin_mul_overflow(size, UINT64_C(100), &scaled)) {
        hundredths = rounded(scaled, (uint64_t)denominator);
    } else {
        return write_long(at, numerator, denominator, RECIST_RATIO_DECIMALS);
    }
    return write_in_hundredths(at, numerator < 0, hundredths);
}

char *recist_decimal_write_whole(char *at, int64_t number)
{
    *at = '-';
    return write_whole(at + (number < 0), size_of(number));
}

static char *write_narrow(char *at, int64_t numerator, int64_t denominator, int decimals)
{
    uint64_t scaled = 0;
    if (__builtin_mul_overflow(size_of(numerator), ten_to_the[decimals], &scaled)) {
        return write_long(at, numerator, denominator, decimals);
    }
    return write_scaled(at, numerator < 0, rounded(scaled, (uint64_t)denominator), decimals);
}

char *recist_decimal_write(char *at, recist_wide numerator, recist_wide denominator, int decimals)
{
    int64_t narrow = (int64_t)numerator;
    if (numerator != narrow || denominator > INT64_MAX) {
        return write_long(at, numerator, denominator, within_limits(decimals));
    }
    if (denominator == RECIST_ONE && decimals == RECIST_DECIMALS) {
        return recist_decimal_write_millionths(at, narrow);
    }
    if (decimals == RECIST_RATIO_DECIMALS) {
        return recist_decimal_write_ratio(at, narrow, (int64_t)denominator);
    }
    if (denominator == 1 && decimals == 0) {
        return recist_decimal_write_whole(at, narrow);
    }
    return write_narrow(at, narrow, (int64_t)denominator, within_limits(decimals));
}

size_t recist_decimal_format(recist_wide numerator, recist_wide denominator, int decimals,
                             char text[static RECIST_DECIMAL_TEXT_SIZE])
{
    char *end = recist_decimal_write(text, numerator, denominator, decimals);
    *end = '\0';
    return (size_t)(end - text);
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
