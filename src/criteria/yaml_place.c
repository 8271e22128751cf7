/* SPDX-License-Identifier: MIT
 * From a character of a scalar's text back to where it stands in the file.
 *
 * Folding and block indentation change white space only. So the n-th character of the text that
 * is not white space is the n-th such character of the source, once escapes and doubled quotes
 * are counted as the characters they stand for. */
#include <string.h>

#include "base/utf8.h"
#include "criteria/yaml_document.h"

struct source_cursor {
    struct recist_slice rest;
    struct recist_place place;
};

static bool is_blank(uint32_t character)
{
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

static size_t character_length(struct recist_slice text)
{
    uint32_t character = 0;
    size_t length = recist_utf8_decode(text.text, text.length, &character);
    return length > 0 ? length : 1;
}

/* Steps over one character of the file. */
static void step(struct source_cursor *cursor)
{
    if (cursor->rest.length == 0) {
        return;
    }
    size_t length = character_length(cursor->rest);
    char byte = cursor->rest.text[0];
    bool pair = byte == '\r' && cursor->rest.length > 1 && cursor->rest.text[1] == '\n';
    cursor->rest.text += length;
    cursor->rest.length -= length;
    if ((byte == '\n' || byte == '\r') && !pair) {
        cursor->place.line++;
        cursor->place.column = 1;
    } else {
        cursor->place.column++;
    }
}

static void step_over(struct source_cursor *cursor, size_t count)
{
    while (count-- > 0) {
        step(cursor);
    }
}

static char at(const struct source_cursor *cursor, size_t index)
{
    return index < cursor->rest.length ? cursor->rest.text[index] : '\0';
}

/* Characters of a double-quoted escape, and whether what it stands for is white space. */
static size_t escape_length(const struct source_cursor *cursor, bool *blank)
{
    char letter = at(cursor, 1);
    size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    *blank = letter != '\0' && strchr(" tnr\t\n\r", letter) != NULL;
    if (digits > 0) {
        uint32_t value = 0;
        for (size_t i = 0; i < digits; i++) {
            char digit = at(cursor, 2 + i);
            value = value << 4 | (uint32_t)((digit & 0xF) + (digit > '9' ? 9 : 0));
        }
        *blank = is_blank(value);
    }
    return 2 + digits;
}

/* Steps over what stands for one character of the text, or over white space. Returns whether it
 * was a character that counts. */
static bool step_over_one(struct source_cursor *cursor, enum recist_yaml_style style)
{
    char byte = at(cursor, 0);
    if (style == RECIST_YAML_DOUBLE_QUOTED && byte == '\\') {
        bool blank = false;
        step_over(cursor, escape_length(cursor, &blank));
        return !blank;
    }
    if (style == RECIST_YAML_SINGLE_QUOTED && byte == '\'') {
        step_over(cursor, 2);
        return true;
    }
    step(cursor);
    return !is_blank((unsigned char)byte);
}

/* To the first character of the text: past the quote, or past the line of | or >. */
static void step_into(struct source_cursor *cursor, enum recist_yaml_style style)
{
    if (style == RECIST_YAML_BLOCK) {
        uint64_t line = cursor->place.line;
        while (cursor->rest.length > 0 && cursor->place.line == line) {
            step(cursor);
        }
    } else if (style != RECIST_YAML_PLAIN) {
        step(cursor);
    }
}

static size_t characters_that_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        bool first_byte = ((unsigned char)text[i] & 0xC0) != 0x80;
        count += first_byte && !is_blank((unsigned char)text[i]);
    }
    return count;
}

struct recist_place recist_yaml_place_within(const struct recist_yaml_node *node, size_t offset)
{
    if (node->kind != RECIST_YAML_SCALAR || node->source.length == 0) {
        return node->place;
    }
    size_t before =
        characters_that_count(node->text, offset < node->length ? offset : node->length);
    bool on_character = offset < node->length && !is_blank((unsigned char)node->text[offset]);
    struct source_cursor cursor = {.rest = node->source, .place = node->place};
    step_into(&cursor, node->style);
    while (before > 0 && cursor.rest.length > 0) {
        before -= step_over_one(&cursor, node->style);
    }
    while (on_character && cursor.rest.length > 0) {
        struct source_cursor ahead = cursor;
        if (step_over_one(&ahead, node->style)) {
            break;
        }
        cursor = ahead;
    }
    return cursor.place;
}
