/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

/* Number of bytes that the first byte announces, and the smallest character that needs so many. */
static size_t sequence_length(unsigned char first, uint32_t *bits, uint32_t *smallest)
{
    if ((first & 0xE0) == 0xC0) {
        *bits = first & 0x1F;
        *smallest = 0x80;
        return 2;
    }
    if ((first & 0xF0) == 0xE0) {
        *bits = first & 0x0F;
        *smallest = 0x800;
        return 3;
    }
    if ((first & 0xF8) == 0xF0) {
        *bits = first & 0x07;
        *smallest = 0x10000;
        return 4;
    }
    return 0;
}

size_t recist_utf8_decode(const char *text, size_t length, uint32_t *character)
{
    if (length == 0) {
        return 0;
    }
    unsigned char first = (unsigned char)text[0];
    if (first < 0x80) {
        *character = first;
        return 1;
    }
    uint32_t value = 0;
    uint32_t smallest = 0;
    size_t count = sequence_length(first, &value, &smallest);
    if (count == 0 || count > length) {
        return 0;
    }
    for (size_t i = 1; i < count; i++) {
        unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (next & 0x3F);
    }
    if (value < smallest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    *character = value;
    return count;
}
