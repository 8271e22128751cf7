/* SPDX-License-Identifier: MIT */
#include "base/recent_texts.h"

/* Room for a number is more than what is copied here. */
static bool keep(struct recist_recent_text *text, const char *from, const char *end)
{
    size_t length = (size_t)(end - from);
    if (length >= sizeof *text) {
        return false;
    }
    memcpy(text, from, sizeof *text);
    text->length = (uint8_t)length;
    return true;
}

char *recist_recent_write_length(struct recist_recent_length *place, char *at, recist_wide value)
{
    if (value != (int64_t)value) {
        return recist_decimal_write(at, value, RECIST_ONE, RECIST_DECIMALS);
    }
    char *end = recist_decimal_write_millionths(at, (int64_t)value);
    if (keep(&place->text, at, end)) {
        place->value = (int64_t)value;
    }
    return end;
}

char *recist_recent_write_ratio(struct recist_recent_ratio *place, char *at, recist_wide numerator,
                                recist_wide denominator)
{
    int64_t narrow = (int64_t)numerator;
    if (narrow != numerator || denominator != (int64_t)denominator) {
        return recist_decimal_write(at, numerator, denominator, RECIST_RATIO_DECIMALS);
    }
    char *end = recist_decimal_write_ratio(at, narrow, (int64_t)denominator);
    const char *digits = at + (*at == '-');
    if (keep(&place->text, digits, end)) {
        place->size = narrow < 0 ? -(uint64_t)narrow : (uint64_t)narrow;
        place->denominator = (int64_t)denominator;
        place->has_sign = !(end - digits == 1 && *digits == '0');
    }
    return end;
}
