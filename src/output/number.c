/* SPDX-License-Identifier: MIT */
#include "output/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"

#define SIGNIFICANT_DIGITS 15

/* Nearly all numbers fit into 64 bits, where they are divided at once. */
static recist_wide whole_part(recist_wide numerator, recist_wide denominator)
{
    recist_wide size = numerator < 0 ? -numerator : numerator;
    return size <= INT64_MAX && denominator <= INT64_MAX ? (int64_t)size / (int64_t)denominator
                                                         : size / denominator;
}

int recist_number_json_decimals(recist_wide numerator, recist_wide denominator)
{
    recist_wide whole = whole_part(numerator, denominator);
    int decimals = SIGNIFICANT_DIGITS;
    for (; whole > INT64_MAX && decimals > 0; decimals--) {
        whole /= 10;
    }
    for (uint64_t left = (uint64_t)whole; left > 0 && decimals > 0; decimals--) {
        left /= 10;
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
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++) {
        scale *= 10;
    }
    recist_decimal_append(text, llround(value * (double)scale), scale, decimals);
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
