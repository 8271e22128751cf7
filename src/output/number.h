/* SPDX-License-Identifier: MIT
 * Numbers as text, from integers only. The common case, a number that fits in 64 bits, is
 * formatted here by hand; all others go to recist_decimal_format(), with the same text. */
#ifndef RECIST_OUTPUT_NUMBER_H
#define RECIST_OUTPUT_NUMBER_H

#include "base/decimal.h"
#include "base/text_buffer.h"

void recist_number_append_integer(struct recist_text *text, int64_t value);

/* numerator / denominator with at most `decimals` decimals, half away from zero. The denominator
 * must be positive. */
void recist_number_append_ratio(struct recist_text *text, recist_wide numerator,
                                recist_wide denominator, int decimals);

/* A statistic, which must be finite: with at most `decimals` decimals (up to 6), half away from zero;
 * or with so many significant digits, as JSON writes numbers (1.5e-07). */
void recist_number_append_rounded(struct recist_text *text, double value, int decimals);
#define RECIST_JSON_DIGITS 15
void recist_number_append_digits(struct recist_text *text, double value, int digits);

/* As many decimals as fifteen significant digits leave room for: what JSON carries. */
int recist_number_json_decimals(recist_wide numerator, recist_wide denominator);

#endif
