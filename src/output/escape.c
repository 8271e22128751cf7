/* SPDX-License-Identifier: MIT */
#include "output/escape.h"

#include "base/quoting.h"
#include "base/utf8.h"

#define LONGEST_ESCAPE 8

/* Writes what stands for the next character, and says how many bytes of input it used. */
typedef size_t (*escape_one)(const char *at, size_t left, char out[LONGEST_ESCAPE], size_t *used);

static size_t escaped_length(const char *at, size_t length, escape_one escape)
{
    size_t total = 0;
    for (size_t i = 0, used = 0; i < length; i += used) {
        char out[LONGEST_ESCAPE];
        total += escape(at + i, length - i, out, &used);
    }
    return total;
}

/* Rewrites from a copy at the end of the room: what is written cannot overtake what is read,
 * since no escape is shorter than what it stands for. */
static void rewrite(struct recist_text *text, size_t start, escape_one escape)
{
    size_t length = text->length > start ? text->length - start : 0;
    if (length == 0) {
        return;
    }
    size_t total = escaped_length(text->bytes + start, length, escape);
    if (total == length || !recist_text_reserve(text, total - length)) {
        return;
    }
    const char *source = text->bytes + start + (total - length);
    memmove(text->bytes + start + (total - length), text->bytes + start, length);
    char *target = text->bytes + start;
    for (size_t i = 0, used = 0; i < length; i += used) {
        char out[LONGEST_ESCAPE];
        size_t count = escape(source + i, length - i, out, &used);
        memcpy(target, out, count);
        target += count;
    }
    text->length = start + total;
}

/* All that is special stands before the letters, the digits, and most other characters. */
static inline uint64_t csv_special(uint64_t eight)
{
    if (!recist_bytes_below(eight, ',' + 1)) {
        return 0;
    }
    return recist_bytes_equal(eight, ',') | recist_bytes_equal(eight, '"') |
           recist_bytes_equal(eight, '\n') | recist_bytes_equal(eight, '\r');
}

/* Not what must be escaped, but what has to be looked at: all that is not ASCII too. */
static inline uint64_t json_special(uint64_t eight)
{
    return recist_bytes_below(eight, 0x20) | recist_bytes_equal(eight, '"') |
           recist_bytes_equal(eight, '\\') | (eight & recist_every_byte(0x80));
}

static inline uint64_t terminal_special(uint64_t eight)
{
    return recist_bytes_below(eight, 0x20) | recist_bytes_equal(eight, 0x7F) |
           (eight & recist_every_byte(0x80));
}

static inline bool has_special(const char *at, size_t length, uint64_t (*special)(uint64_t))
{
    uint64_t eight;
    if (length < 8) {
        return special(recist_load_few(at, length)) != 0;
    }
    for (size_t i = 0; i + 8 < length; i += 8) {
        memcpy(&eight, at + i, 8);
        if (special(eight)) {
            return true;
        }
    }
    memcpy(&eight, at + length - 8, 8);
    return special(eight) != 0;
}

static size_t double_quotes(const char *at, size_t left, char out[LONGEST_ESCAPE], size_t *used)
{
    *used = 1;
    out[0] = out[1] = at[0];
    return at[0] == '"' ? 2 : 1;
}

void recist_escape_csv(struct recist_text *text, size_t start)
{
    size_t length = text->length > start ? text->length - start : 0;
    if (length == 0 || !has_special(text->bytes + start, length, csv_special) ||
        !recist_text_reserve(text, 2)) {
        return;
    }
    memmove(text->bytes + start + 1, text->bytes + start, length);
    text->bytes[start] = '"';
    text->length++;
    rewrite(text, start + 1, double_quotes);
    recist_text_append_char(text, '"');
}

void recist_escape_csv_quoted(struct recist_text *text, size_t start, unsigned quoting)
{
    if (quoting & RECIST_HAS_QUOTE) {
        rewrite(text, start + 1, double_quotes);
    }
    if (quoting) {
        recist_text_append_char(text, '"');
    } else if (text->length > start) {
        text->length--;
        memmove(text->bytes + start, text->bytes + start + 1, text->length - start);
    }
}

void recist_escape_append_csv(struct recist_text *text, struct recist_slice field)
{
    if (!has_special(field.text, field.length, csv_special)) {
        recist_text_append_slice(text, field);
        return;
    }
    recist_text_append_char(text, '"');
    size_t start = text->length;
    recist_text_append_slice(text, field);
    if (memchr(field.text, '"', field.length)) {
        rewrite(text, start, double_quotes);
    }
    recist_text_append_char(text, '"');
}

/* The letter of a short escape such as \n, or 0. */
static char short_escape(unsigned char byte)
{
    switch (byte) {
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

static char hexadecimal(unsigned number)
{
    return "0123456789abcdef"[number & 15];
}

static size_t escape_json_character(const char *at, size_t left, char out[LONGEST_ESCAPE],
                                    size_t *used)
{
    unsigned char byte = (unsigned char)at[0];
    uint32_t code = 0;
    *used = 1;
    if (byte == '"' || byte == '\\' || short_escape(byte)) {
        out[0] = '\\';
        out[1] = short_escape(byte) ? short_escape(byte) : (char)byte;
        return 2;
    }
    if (byte < 0x20) {
        memcpy(out, "\\u00", 4);
        out[4] = hexadecimal(byte >> 4);
        out[5] = hexadecimal(byte);
        return 6;
    }
    *used = recist_utf8_decode(at, left, &code);
    if (*used == 0) {
        *used = 1;
        memcpy(out, "\xEF\xBF\xBD", 3);
        return 3;
    }
    memcpy(out, at, *used);
    return *used;
}

/* Whether there is anything to look at from `start` on. */
static bool is_special_from(const struct recist_text *text, size_t start,
                            uint64_t (*special)(uint64_t))
{
    return text->length > start &&
           has_special(text->bytes + start, text->length - start, special);
}

void recist_escape_json(struct recist_text *text, size_t start)
{
    if (is_special_from(text, start, json_special)) {
        rewrite(text, start, escape_json_character);
    }
}

void recist_escape_append_json(struct recist_text *text, struct recist_slice string)
{
    size_t start = text->length;
    recist_text_append_slice(text, string);
    recist_escape_json(text, start);
}

static size_t escape_terminal_character(const char *at, size_t left, char out[LONGEST_ESCAPE],
                                        size_t *used)
{
    unsigned char byte = (unsigned char)at[0];
    uint32_t code = byte;
    *used = recist_utf8_decode(at, left, &code);
    /* C1 control characters move terminals too. */
    bool control = *used == 0 || code < 0x20 || (code >= 0x7F && code < 0xA0);
    if (!control) {
        memcpy(out, at, *used);
        return *used;
    }
    bool as_code_point = *used == 2;
    *used = *used ? *used : 1;
    out[0] = '\\';
    if (short_escape(byte)) {
        out[1] = short_escape(byte);
        return 2;
    }
    out[1] = 'x';
    out[2] = hexadecimal((as_code_point ? code : byte) >> 4);
    out[3] = hexadecimal(as_code_point ? code : byte);
    return 4;
}

void recist_escape_terminal(struct recist_text *text, size_t start)
{
    if (is_special_from(text, start, terminal_special)) {
        rewrite(text, start, escape_terminal_character);
    }
}

void recist_escape_append_terminal(struct recist_text *text, struct recist_slice line)
{
    size_t start = text->length;
    recist_text_append_slice(text, line);
    recist_escape_terminal(text, start);
}
