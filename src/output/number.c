/* SPDX-License-Identifier: MIT */
#include "output/number.h"

#define SIGNIFICANT_DIGITS 15

int recist_number_json_decimals(recist_wide numerator, recist_wide denominator)
{
    recist_wide whole = (numerator < 0 ? -numerator : numerator) / denominator;
    int decimals = SIGNIFICANT_DIGITS;
    for (; whole > 0 && decimals > 0; decimals--) {
        whole /= 10;
    }
    return decimals;
}
