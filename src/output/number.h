/* SPDX-License-Identifier: MIT */
#ifndef RECIST_OUTPUT_NUMBER_H
#define RECIST_OUTPUT_NUMBER_H

#include "base/decimal.h"

/* A statistic, which must be finite: with at most `decimals` decimals (up to 6), half away from zero;
 * or with so many significant digits, as JSON writes numbers (1.5e-07). */
void recist_number_append_rounded(struct recist_text *text, double value, int decimals);
#define RECIST_JSON_DIGITS 15
void recist_number_append_digits(struct recist_text *text, double value, int digits);

/* As many decimals as fifteen significant digits leave room for: what JSON carries. */
int recist_number_json_decimals(recist_wide numerator, recist_wide denominator);

#endif
