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

/* As many decimals as fifteen significant digits leave room for: what JSON carries. */
int recist_number_json_decimals(recist_wide numerator, recist_wide denominator);

#endif
