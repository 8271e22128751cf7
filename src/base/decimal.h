/* SPDX-License-Identifier: MIT
 * Exact decimals: a number with six decimals is an integer of millionths. No floating point. */
#ifndef RECIST_BASE_DECIMAL_H
#define RECIST_BASE_DECIMAL_H

#include <recist/assessment.h>

#include "base/text_buffer.h"

#define RECIST_DECIMALS 6
#define RECIST_ONE INT64_C(1000000)

enum recist_decimal_problem {
    RECIST_DECIMAL_OK,
    RECIST_DECIMAL_ROUNDED,       /* more than six decimals: rounded at the sixth, value usable */
    RECIST_DECIMAL_EMPTY,         /* nothing there: the value is missing */
    RECIST_DECIMAL_COMMA,         /* 12,5 */
    RECIST_DECIMAL_SIGN,          /* -12.5 or +12.5 */
    RECIST_DECIMAL_EXPONENT,      /* 1.2e1 */
    RECIST_DECIMAL_UNIT,          /* 12.5 mm */
    RECIST_DECIMAL_NOT_A_NUMBER,  /* NaN, inf, and every other word */
    RECIST_DECIMAL_TOO_LARGE,     /* does not fit in 64 bits of millionths */
};

/* Reads digits with at most one point (`12`, `12.5`, `.5`, `12.`), nothing else, in millionths. Half a millionth
 * rounds up. */
enum recist_decimal_problem recist_decimal_parse(struct recist_slice text, int64_t *value);

/* Room for any number written, and for bytes behind its end that are written over. */
#define RECIST_DECIMAL_TEXT_SIZE 64
/* Writes numerator / denominator with at most `decimals` decimals (up to 15), rounded half away
 * from zero, trailing zeros left out ("-37.5", "100"), and returns where the text ends. The
 * denominator must be positive; at `at` must be room for RECIST_DECIMAL_TEXT_SIZE bytes. */
char *recist_decimal_write(char *at, recist_wide numerator, recist_wide denominator, int decimals);
/* The same of what fits into 64 bits, as nearly all numbers do: a number of millionths with all its
 * decimals, a quotient with up to RECIST_RATIO_DECIMALS, a whole number. */
char *recist_decimal_write_millionths(char *at, int64_t millionths);
#define RECIST_RATIO_DECIMALS 2
char *recist_decimal_write_ratio(char *at, int64_t numerator, int64_t denominator);
char *recist_decimal_write_whole(char *at, int64_t number);
/* The same, terminated; returns the length. */
size_t recist_decimal_format(recist_wide numerator, recist_wide denominator, int decimals,
                             char text[static RECIST_DECIMAL_TEXT_SIZE]);
/* How many decimals, from `decimals` to 15, a number takes so that it is not written as a whole one
 * unless it is: limits are whole numbers, and what lies beside one must not be read as lying on it. The
 * denominator must be positive, and below 10^37. */
int recist_decimal_places_beside_whole(recist_wide numerator, recist_wide denominator, int decimals);
/* The same at the end of a text. */
static inline void recist_decimal_append(struct recist_text *text, recist_wide numerator,
                                         recist_wide denominator, int decimals)
{
    char *at = recist_text_room(text, RECIST_DECIMAL_TEXT_SIZE);
    if (at) {
        recist_text_end_at(text, recist_decimal_write(at, numerator, denominator, decimals));
    }
}

#endif
