/* SPDX-License-Identifier: MIT */
#include "output/number.h"

#include <math.h>
#include <stdio.h>

#define LONGEST_INTEGER 20
#define SIGNIFICANT_DIGITS 15
#define MOST_FAST_DECIMALS 6

static const uint64_t powers_of_ten[] = {1, 10, 100, 1000, 10000, 100000, 1000000};

/* Writes digits up to `end`, backwards; returns where they begin. */
static char *write_backwards(char *end, uint64_t value)
{
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    return end;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

void recist_number_append_integer(struct recist_text *text, int64_t value)
{
    char digits[LONGEST_INTEGER + 1];
    char *end = digits + sizeof digits;
    char *start = write_backwards(end, magnitude(value));
    if (value < 0) {
        *--start = '-';
    }
    recist_text_append(text, start, (size_t)(end - start));
}

static bool fits(recist_wide value, recist_wide limit)
{
    return value <= limit && value >= -limit;
}

/* `scaled` is the number times ten to the power of `decimals`. */
static void append_scaled(struct recist_text *text, bool negative, uint64_t scaled, int decimals)
{
    char digits[LONGEST_INTEGER + MOST_FAST_DECIMALS + 2];
    char *end = digits + sizeof digits;
    char *start = end;
    uint64_t whole = scaled / powers_of_ten[decimals];
    uint64_t fraction = scaled % powers_of_ten[decimals];
    for (; decimals > 0 && fraction % 10 == 0; decimals--) {
        fraction /= 10;
    }
    if (decimals > 0) {
        for (int i = 0; i < decimals; i++) {
            *--start = (char)('0' + fraction % 10);
            fraction /= 10;
        }
        *--start = '.';
    }
    start = write_backwards(start, whole);
    if (negative && scaled > 0) {
        *--start = '-';
    }
    recist_text_append(text, start, (size_t)(end - start));
}

/* Rounds half away from zero: numerator and denominator are both positive here. */
static uint64_t divide_rounded(uint64_t numerator, uint64_t denominator)
{
    uint64_t whole = numerator / denominator;
    uint64_t rest = numerator % denominator;
    return rest >= denominator - rest ? whole + 1 : whole;
}

void recist_number_append_ratio(struct recist_text *text, recist_wide numerator,
                                recist_wide denominator, int decimals)
{
    if (decimals <= MOST_FAST_DECIMALS && denominator <= INT64_MAX &&
        fits(numerator, (recist_wide)(INT64_MAX / (int64_t)powers_of_ten[decimals]))) {
        uint64_t scaled = divide_rounded(magnitude((int64_t)numerator) * powers_of_ten[decimals],
                                         (uint64_t)denominator);
        append_scaled(text, numerator < 0, scaled, decimals);
        return;
    }
    char formatted[RECIST_DECIMAL_TEXT_SIZE];
    size_t length = recist_decimal_format(numerator, denominator, decimals, formatted);
    recist_text_append(text, formatted, length);
}

int recist_number_json_decimals(recist_wide numerator, recist_wide denominator)
{
    recist_wide whole = (numerator < 0 ? -numerator : numerator) / denominator;
    int decimals = SIGNIFICANT_DIGITS;
    for (; whole > 0 && decimals > 0; decimals--) {
        whole /= 10;
    }
    return decimals;
}

/* Beyond this all digits before the point are shown, and none after it. */
#define LARGEST_ROUNDED 1e12

void recist_number_append_rounded(struct recist_text *text, double value, int decimals)
{
    if (fabs(value) >= LARGEST_ROUNDED) {
        recist_number_append_digits(text, value, RECIST_JSON_DIGITS);
        return;
    }
    uint64_t scale = powers_of_ten[decimals];
    recist_number_append_ratio(text, llround(value * (double)scale), (int64_t)scale, decimals);
}

void recist_number_append_digits(struct recist_text *text, double value, int digits)
{
    char formatted[40];
    int length = snprintf(formatted, sizeof formatted, "%.*g", digits, value);
    for (int i = 0; i < length; i++) {
        /* Whatever the locale puts between whole and fraction. */
        if (!strchr("0123456789+-e", formatted[i])) {
            formatted[i] = '.';
        }
    }
    recist_text_append(text, formatted, (size_t)length);
}
