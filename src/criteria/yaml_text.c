/* SPDX-License-Identifier: MIT */
#include "criteria/yaml_text.h"

#include <string.h>

#include "base/finding_kinds.h"
#include "base/utf8.h"

/* A binary file has thousands of such places; the first ones tell enough. */
#define MOST_REPORTED 20
#define BYTE_ORDER_MARK 0xFEFF

struct text_cursor {
    struct recist_slice rest;
    struct recist_place place;
    struct recist_findings *findings;
    size_t problems;
};

static void report(struct text_cursor *cursor, const struct recist_finding_kind *kind,
                   const char *what, uint32_t value)
{
    const struct recist_subject none = {0};
    cursor->problems++;
    if (cursor->problems < MOST_REPORTED) {
        recist_findings_report(cursor->findings, kind, cursor->place, none,
                               "%s (%s%02X) stands in the file; expected plain text in UTF-8", what,
                               kind == RECIST_KIND(INVALID_UTF8) ? "0x" : "U+", value);
    } else if (cursor->problems == MOST_REPORTED) {
        recist_findings_report(cursor->findings, kind, cursor->place, none,
                               "more bytes that are not text follow; this is probably not a "
                               "criteria file");
    }
}

static void check_character(struct text_cursor *cursor, uint32_t character)
{
    if (character == 0) {
        report(cursor, RECIST_KIND(NUL_BYTE), "a NUL byte", 0);
    } else if (character == 0x85 || character == 0x2028 || character == 0x2029) {
        report(cursor, RECIST_KIND(RULES_SYNTAX), "an invisible line break", character);
    } else if ((character < 0x20 && !strchr("\t\n\r", (int)character)) ||
               (character >= 0x7F && character < 0xA0)) {
        report(cursor, RECIST_KIND(RULES_SYNTAX), "a control character", character);
    } else if (character == BYTE_ORDER_MARK) {
        report(cursor, RECIST_KIND(RULES_SYNTAX), "a byte order mark", character);
    } else if (character == 0xFFFE || character == 0xFFFF) {
        report(cursor, RECIST_KIND(RULES_SYNTAX), "a character that does not exist", character);
    }
}

/* CR, LF and CR LF end a line, as they do for libyaml. */
static void advance(struct text_cursor *cursor, size_t bytes)
{
    char byte = cursor->rest.text[0];
    bool pair = byte == '\r' && cursor->rest.length > 1 && cursor->rest.text[1] == '\n';
    if ((byte == '\n' || byte == '\r') && !pair) {
        cursor->place.line++;
        cursor->place.column = 1;
    } else {
        cursor->place.column++;
    }
    cursor->rest.text += bytes;
    cursor->rest.length -= bytes;
}

static bool is_wide_encoding(struct recist_slice bytes)
{
    return bytes.length >= 2 &&
           (memcmp(bytes.text, "\xFF\xFE", 2) == 0 || memcmp(bytes.text, "\xFE\xFF", 2) == 0);
}

size_t recist_yaml_check_text(struct recist_slice bytes, const char *file,
                              struct recist_findings *findings)
{
    struct text_cursor cursor = {
        .rest = bytes, .place = {.file = file, .line = 1, .column = 1}, .findings = findings};
    if (is_wide_encoding(bytes)) {
        recist_findings_report(findings, RECIST_KIND(NOT_UTF8_FILE), cursor.place,
                               (struct recist_subject){0},
                               "the file begins like UTF-16 or UTF-32; save it as UTF-8");
        return 1;
    }
    if (bytes.length >= 3 && memcmp(bytes.text, "\xEF\xBB\xBF", 3) == 0) {
        cursor.rest.text += 3;
        cursor.rest.length -= 3;
    }
    while (cursor.rest.length > 0) {
        uint32_t character = 0;
        size_t length = recist_utf8_decode(cursor.rest.text, cursor.rest.length, &character);
        if (length > 0) {
            check_character(&cursor, character);
        } else {
            report(&cursor, RECIST_KIND(INVALID_UTF8), "a byte that is not UTF-8",
                   (unsigned char)cursor.rest.text[0]);
            length = 1;
        }
        advance(&cursor, length);
    }
    return cursor.problems;
}
