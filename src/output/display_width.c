/* SPDX-License-Identifier: MIT */
#include "output/display_width.h"

#include "base/utf8.h"

struct range {
    uint32_t first;
    uint32_t last;
};

static const struct range no_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

static const struct range double_width[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool within(const struct range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

static size_t character_width(uint32_t code)
{
    if (code < 0x300) {
        return 1;
    }
    if (within(no_width, sizeof no_width / sizeof *no_width, code)) {
        return 0;
    }
    return within(double_width, sizeof double_width / sizeof *double_width, code) ? 2 : 1;
}

size_t recist_display_width(struct recist_slice text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t code = 0;
        size_t used = recist_utf8_decode(text.text + at, text.length - at, &code);
        width += used ? character_width(code) : 1;
        at += used ? used : 1;
    }
    return width;
}
