/* SPDX-License-Identifier: MIT */
#include "base/recent_texts.h"

/* Room for a number is more than what is copied here. */
static bool keep(struct recist_recent_text *text, const char *from, const char *end)
{
    size_t length = (size_t)(end - from);
    if (length > RECIST_RECENT_SIZE) {
        return false;
    }
    memcpy(text, from, sizeof *text);
    text->length = (uint8_t)length;
    return true;
}

char *recist_recent_write_length(struct recist_recent_length *place, char *at, int64_t value)
{
    char *end = recist_decimal_write_millionths(at, value);
    if (keep(&place->text, at, end)) {
        place->value = value;
    }
    return end;
}

char *recist_recent_write_ratio(struct recist_recent_ratio *place, char *at, int64_t numerator,
                                int64_t denominator)
{
    char *end = recist_decimal_write_ratio(at, numerator, denominator);
    const char *digits = at + (*at == '-');
    if (keep(&place->text, digits, end)) {
        place->size = numerator < 0 ? -(uint64_t)numerator : (uint64_t)numerator;
        place->denominator = denominator;
        place->text.has_sign = !(end - digits == 1 && *digits == '0');
    }
    return end;
}
