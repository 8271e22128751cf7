/* SPDX-License-Identifier: MIT */
#include "base/recent_texts.h"

char *recist_recent_write_new(struct recist_recent_texts *recent, char *at, int64_t numerator,
                              uint64_t form)
{
    char *end = recist_decimal_write_narrow(at, numerator, (int64_t)(form >> 4), (int)(form & 15));
    bool negative = numerator < 0;
    const char *digits = at + (*at == '-');
    size_t length = (size_t)(end - digits);
    if (length <= RECIST_RECENT_SIGNED) {
        uint64_t size = negative ? -(uint64_t)numerator : (uint64_t)numerator;
        struct recist_recent_number *kept = recist_recent_place(recent, size, form);
        kept->size = size;
        kept->form = form;
        memcpy(kept->text, digits, RECIST_RECENT_TEXT_SIZE);
        kept->text[RECIST_RECENT_SIGNED] = !(length == 1 && digits[0] == '0');
        kept->text[RECIST_RECENT_LENGTH] = (char)length;
    }
    return end;
}
