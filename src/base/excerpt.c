/* SPDX-License-Identifier: MIT */
#include "base/excerpt.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define LONGEST_ESCAPE 6 /* \u202e */

static bool acts_on_display(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x200E ||
           character == 0x200F || (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF;
}

static const char *short_escape(uint32_t character)
{
    switch (character) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

/* Writes one escape (at most LONGEST_ESCAPE bytes and a terminator) and returns its length. */
static size_t write_escape(char *to, uint32_t character)
{
    const char *known = short_escape(character);
    int length = known ? snprintf(to, LONGEST_ESCAPE + 1, "%s", known)
                 : character < 0x80
                     ? snprintf(to, LONGEST_ESCAPE + 1, "\\x%02x", character)
                     : snprintf(to, LONGEST_ESCAPE + 1, "\\u%04x", character & 0xFFFF);
    return length > 0 ? (size_t)length : 0;
}

/* Shows the character that starts at `slice`, and returns how many bytes of it that were. */
static size_t show_character(struct recist_slice slice, char **to)
{
    uint32_t character = 0;
    size_t bytes = recist_utf8_decode(slice.text, slice.length, &character);
    if (bytes == 0) {
        int length = snprintf(*to, LONGEST_ESCAPE + 1, "\\x%02x", (unsigned char)slice.text[0]);
        *to += length > 0 ? length : 0;
        return 1;
    }
    if (acts_on_display(character)) {
        *to += write_escape(*to, character);
    } else {
        memcpy(*to, slice.text, bytes);
        *to += bytes;
    }
    return bytes;
}

const char *recist_excerpt(struct recist_slice slice, struct recist_excerpt *excerpt)
{
    char *to = excerpt->text;
    for (int shown = 0; slice.length > 0; shown++) {
        if (shown == RECIST_EXCERPT_LENGTH) {
            memcpy(to, "…", strlen("…"));
            to += strlen("…");
            break;
        }
        size_t bytes = show_character(slice, &to);
        slice.text += bytes;
        slice.length -= bytes;
    }
    *to = '\0';
    return excerpt->text;
}
