/* SPDX-License-Identifier: MIT
 * What is usual is written here without a call; the rest, which is not remembered, by
 * decimal_format.c. */
#include "base/recent_texts.h"

#include "base/narrow_decimal.h"

#define BEYOND_THREE_DIGITS 1000

/* Room for a number is more than what is copied here. */
static inline void keep(struct recist_recent_text *text, const char *from, const char *end,
                        bool has_sign)
{
    memcpy(text, from, sizeof *text);
    text->has_sign = has_sign;
    text->length = (uint8_t)(end - from);
}

char *recist_recent_write_length(struct recist_recent_length *place, char *at, int64_t value)
{
    uint64_t size = (uint64_t)value; /* too large where it is negative */
    uint64_t whole = size / RECIST_ONE;
    if (whole >= BEYOND_THREE_DIGITS) {
        return recist_decimal_write_millionths(at, value);
    }
    char *end = recist_digits_write(at, (uint32_t)whole);
    end = recist_digits_write_millionths(end, (uint32_t)(size - whole * RECIST_ONE));
    place->value = value;
    keep(&place->text, at, end, false);
    return end;
}

char *recist_recent_write_ratio(struct recist_recent_ratio *place, char *at, int64_t numerator,
                                int64_t denominator)
{
    uint64_t size = recist_size_of(numerator);
    uint64_t hundredths = 0;
    if (!recist_hundredths(size, denominator, &hundredths) ||
        hundredths >= 100 * BEYOND_THREE_DIGITS) {
        return recist_decimal_write_ratio(at, numerator, denominator);
    }
    uint32_t whole = (uint32_t)hundredths / 100;
    bool has_sign = hundredths > 0;
    *at = '-';
    at += numerator < 0 && has_sign;
    char *end = recist_digits_write(at, whole);
    end = recist_digits_write_hundredths(end, (uint32_t)hundredths - whole * 100);
    place->size = size;
    place->denominator = denominator;
    keep(&place->text, at, end, has_sign);
    return end;
}
