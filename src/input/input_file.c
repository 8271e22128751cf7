/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/finding_kinds.h"
#include "input/header.h"
#include "input/reader.h"

#define PIECE ((size_t)64 * 1024)

/* How files that are no UTF-8 text begin. A text without mark shows its width by where the NULs
 * of its first characters stand. */
struct beginning {
    const char *bytes;
    size_t length;
    const char *mask; /* which bytes count: '=' as given, '.' any but NUL */
    const char *name;
    bool text;
};

static const struct beginning beginnings[] = {
    {"\xFF\xFE\0\0", 4, "====", "UTF-32", true},   {"\0\0\xFE\xFF", 4, "====", "UTF-32", true},
    {"\xFF\xFE", 2, "==", "UTF-16", true},         {"\xFE\xFF", 2, "==", "UTF-16", true},
    {"?\0\0\0", 4, ".===", "UTF-32", true},        {"\0\0\0?", 4, "===.", "UTF-32", true},
    {"?\0?\0", 4, ".=.=", "UTF-16", true},         {"\0?\0?", 4, "=.=.", "UTF-16", true},
    {"PK\x03\x04", 4, "====", "a workbook or zip archive", false},
    {"\xD0\xCF\x11\xE0", 4, "====", "an old workbook", false},
    {"\x1F\x8B", 2, "==", "compressed by gzip", false},
    {"%PDF", 4, "====", "a PDF document", false},
};

static bool begins_with(const char *bytes, size_t length, const struct beginning *beginning)
{
    if (length < beginning->length) {
        return false;
    }
    for (size_t i = 0; i < beginning->length; i++) {
        bool holds = beginning->mask[i] == '.' ? bytes[i] != '\0'
                                               : bytes[i] == beginning->bytes[i];
        if (!holds) {
            return false;
        }
    }
    return true;
}

bool recist_input_names_separator(const char *bytes, size_t length)
{
    static const char name[] = "sep=";
    const char *end = bytes + length;
    const char *at = bytes + (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    at += at < end && *at == '"';
    for (const char *letter = name; *letter; letter++, at++) {
        if (at == end || (*at != *letter && (*at < 'A' || *at > 'Z' || *at + 32 != *letter))) {
            return false;
        }
    }
    at += at < end && *at != '\n' && *at != '\r'; /* the separator */
    at += at < end && *at == '"';
    return at == end || *at == '\n' || *at == '\r';
}

bool recist_input_check_beginning(const struct recist_source *source, const char *bytes,
                                  size_t length, struct recist_findings *findings)
{
    struct recist_place place = {.file = source->name, .line = 1, .column = 1};
    struct recist_subject nobody = {0};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (!begins_with(bytes, length, &beginnings[i])) {
            continue;
        }
        if (beginnings[i].text) {
            recist_findings_report(findings, RECIST_KIND(NOT_UTF8_FILE), place, nobody,
                                   "the file is %s; save it as UTF-8", beginnings[i].name);
        } else {
            recist_findings_report(findings, RECIST_KIND(NOT_TEXT), place, nobody,
                                   "the file is %s; export the table as CSV", beginnings[i].name);
        }
        return false;
    }
    if (recist_input_names_separator(bytes, length)) {
        recist_findings_report(findings, RECIST_KIND(NOT_COMMA), place, nobody,
                               "the first line names a separator for a spreadsheet program; remove "
                               "it, and save the file with commas, and numbers with a point");
        return false;
    }
    return true;
}

/* The first bytes of a file, as many as its header needs. */
struct beginning_bytes {
    char *bytes;
    size_t length;
    size_t skipped; /* a mark of UTF-8 */
};

static enum recist_outcome read_beginning(const struct recist_source *source, size_t length,
                                          struct beginning_bytes *beginning,
                                          struct recist_findings *findings)
{
    free(beginning->bytes);
    *beginning = (struct beginning_bytes){
        .length = source->size < length ? (size_t)source->size : length,
    };
    beginning->bytes = malloc(beginning->length + RECIST_CSV_SLACK);
    if (!beginning->bytes) {
        return RECIST_NO_MEMORY;
    }
    memset(beginning->bytes + beginning->length, 0, RECIST_CSV_SLACK);
    if (!recist_source_read(source, 0, beginning->bytes, beginning->length, findings)) {
        return RECIST_UNREADABLE;
    }
    bool marked = beginning->length >= 3 && memcmp(beginning->bytes, "\xEF\xBB\xBF", 3) == 0;
    beginning->skipped = marked ? 3 : 0;
    return RECIST_DONE;
}

/* The header: the first row that is not blank. */
static enum recist_csv_result find_header(const struct beginning_bytes *beginning, bool final,
                                          struct recist_csv *csv, struct recist_csv_row *row,
                                          uint64_t *line)
{
    *line = 1;
    recist_csv_set(csv, beginning->bytes + beginning->skipped,
                   beginning->bytes + beginning->length, final);
    for (;;) {
        enum recist_csv_result result = recist_csv_next(csv, row);
        if (result != RECIST_CSV_ROW || !recist_row_is_blank(row)) {
            return result;
        }
        *line += 1 + row->line_ends;
    }
}

static enum recist_outcome report_header(const struct recist_source *source,
                                         enum recist_csv_result result,
                                         const struct recist_csv_row *row, uint64_t line,
                                         struct recist_findings *findings)
{
    struct recist_subject nobody = {0};
    struct recist_place place = {.file = source->name, .line = line, .column = 1};
    if (result == RECIST_CSV_END) {
        place = (struct recist_place){.file = source->name};
        recist_findings_report(findings, RECIST_KIND(FILE_EMPTY), place, nobody,
                               "the file is empty; a header and rows are expected");
    } else if (result == RECIST_CSV_UNCLOSED) {
        place = recist_row_place_of(source->name, line, row->begin, row->unclosed);
        recist_findings_report(findings, RECIST_KIND(UNCLOSED_QUOTE), place, nobody,
                               "the quote that opens here in the header does not close");
    } else {
        recist_findings_report(findings, RECIST_KIND(FIELD_TOO_LONG), place, nobody,
                               "the header goes on for more than %zu bytes", RECIST_CSV_ROW_LIMIT);
    }
    return RECIST_INVALID;
}

static enum recist_outcome read_columns(struct recist_input_file *file,
                                        const struct recist_vocabulary *vocabulary,
                                        struct recist_csv *csv,
                                        const struct beginning_bytes *beginning, bool final,
                                        size_t field_count, struct recist_findings *findings)
{
    uint32_t *field_ends = calloc(field_count + 2, sizeof *field_ends);
    if (!field_ends) {
        return RECIST_NO_MEMORY;
    }
    struct recist_csv_row row;
    uint64_t line = 1;
    recist_csv_init(csv, field_ends, field_count);
    find_header(beginning, final, csv, &row, &line);
    struct recist_row_scope scope = {.file = file->source.name, .line = line, .findings = findings};
    bool sound = recist_row_check_bytes(&scope, &row);
    sound &= recist_row_check_quotes(&scope, &row);
    struct recist_header_row header = {.file = file->source.name, .line = line, .csv = &row};
    enum recist_outcome outcome = recist_header_read(&header, vocabulary, &file->columns, findings);
    file->first_offset = (uint64_t)(row.next - beginning->bytes);
    file->first_line = line + 1 + row.line_ends;
    free(field_ends);
    return outcome == RECIST_DONE && !sound ? RECIST_INVALID : outcome;
}

static enum recist_outcome read_header(struct recist_input_file *file,
                                       const struct recist_vocabulary *vocabulary,
                                       struct beginning_bytes *beginning,
                                       struct recist_findings *findings)
{
    for (size_t length = PIECE;; length *= 2) {
        enum recist_outcome outcome = read_beginning(&file->source, length, beginning, findings);
        if (outcome != RECIST_DONE) {
            return outcome;
        }
        if (!recist_input_check_beginning(&file->source, beginning->bytes, beginning->length,
                                          findings)) {
            return RECIST_INVALID;
        }
        bool final = beginning->length == file->source.size;
        struct recist_csv csv;
        struct recist_csv_row row;
        uint32_t no_ends[2];
        uint64_t line = 1;
        recist_csv_init(&csv, no_ends, 0);
        enum recist_csv_result result = find_header(beginning, final, &csv, &row, &line);
        if (result == RECIST_CSV_MORE && length > 4 * RECIST_CSV_ROW_LIMIT) {
            result = RECIST_CSV_END; /* blank lines without end */
        }
        if (result == RECIST_CSV_ROW) {
            return read_columns(file, vocabulary, &csv, beginning, final, row.field_count,
                                findings);
        }
        if (result != RECIST_CSV_MORE) {
            return report_header(&file->source, result, &row, line, findings);
        }
    }
}

static bool is_nothing(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!strchr(" \t\r\n,\"", bytes[i]) || bytes[i] == '\0') {
            return false;
        }
    }
    return true;
}

/* Whether anything but blank rows follows the header. */
static enum recist_outcome check_rows(const struct recist_input_file *file, char *piece,
                                      struct recist_findings *findings)
{
    uint64_t offset = file->first_offset;
    while (offset < file->source.size) {
        uint64_t left = file->source.size - offset;
        size_t length = left < PIECE ? (size_t)left : PIECE;
        if (!recist_source_read(&file->source, offset, piece, length, findings)) {
            return RECIST_UNREADABLE;
        }
        if (!is_nothing(piece, length)) {
            return RECIST_DONE;
        }
        offset += length;
    }
    struct recist_place place = {.file = file->source.name, .line = file->first_line, .column = 1};
    recist_findings_report(findings, RECIST_KIND(NO_ROWS), place, (struct recist_subject){0},
                           "the file has a header and no rows");
    return RECIST_INVALID;
}

enum recist_outcome recist_input_file_open(struct recist_input_file *file, const char *path,
                                           const struct recist_vocabulary *vocabulary,
                                           struct recist_findings *findings)
{
    enum recist_outcome outcome = recist_source_open(&file->source, path, findings);
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    struct beginning_bytes beginning = {0};
    outcome = read_header(file, vocabulary, &beginning, findings);
    free(beginning.bytes);
    if (outcome == RECIST_DONE) {
        char *piece = malloc(PIECE);
        outcome = piece ? check_rows(file, piece, findings) : RECIST_NO_MEMORY;
        free(piece);
    }
    return outcome;
}

void recist_input_file_close(struct recist_input_file *file)
{
    recist_source_close(&file->source);
}

static size_t find_line_end(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && bytes[at] != '\n' && bytes[at] != '\r') {
        at++;
    }
    return at;
}

/* Whether the byte at `offset` is LF; false at the end of the file. */
static bool is_line_feed(const struct recist_input_file *file, uint64_t offset,
                         struct recist_findings *findings)
{
    char byte = '\0';
    return offset < file->source.size &&
           recist_source_read(&file->source, offset, &byte, 1, findings) && byte == '\n';
}

bool recist_input_file_skip_line(const struct recist_input_file *file, uint64_t offset,
                                 uint64_t *next, struct recist_findings *findings)
{
    char *piece = malloc(PIECE);
    bool read = piece != NULL;
    bool found = false;
    while (read && !found && offset < file->source.size) {
        uint64_t left = file->source.size - offset;
        size_t length = left < PIECE ? (size_t)left : PIECE;
        read = recist_source_read(&file->source, offset, piece, length, findings);
        if (read) {
            size_t at = find_line_end(piece, length);
            found = at < length;
            offset += at;
            if (found) {
                offset++;
                offset += piece[at] == '\r' && is_line_feed(file, offset, findings);
            }
        }
    }
    free(piece);
    *next = offset;
    return read;
}
