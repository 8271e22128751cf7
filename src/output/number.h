/* SPDX-License-Identifier: MIT */
#ifndef RECIST_OUTPUT_NUMBER_H
#define RECIST_OUTPUT_NUMBER_H

#include "base/decimal.h"

/* As many decimals as fifteen significant digits leave room for: what JSON carries. */
int recist_number_json_decimals(recist_wide numerator, recist_wide denominator);

#endif
