/* SPDX-License-Identifier: MIT
 * Files of assessed responses: which they are, their headers, their rows one by one. */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "base/text_buffer.h"
#include "input/reader.h"
#include "timeline/measure_column.h"
#include "timeline/responses.h"

static const char *const names[RECIST_RESPONSE_COLUMN_COUNT] = {
    [RECIST_RESPONSE_PATIENT] = "patient", [RECIST_RESPONSE_DATE] = "date",
    [RECIST_RESPONSE_OVERALL] = "overall", [RECIST_RESPONSE_STUDY] = "study",
    [RECIST_RESPONSE_COURSE] = "course",   [RECIST_RESPONSE_READER] = "reader",
    [RECIST_RESPONSE_VISIT] = "visit",     [RECIST_RESPONSE_RULE] = "rule",
};
/* A file with this column holds measurements. */
static const char lesion_column[] = "lesion";
/* Headers are looked for in so many bytes. */
#define BEGINNING ((size_t)64 * 1024)

bool recist_response_columns_name(struct recist_responses *responses)
{
    const struct recist_criteria *criteria = responses->criteria;
    memcpy(responses->column_names, names, sizeof names);
    responses->absence_count = recist_absences_find(criteria, responses->absences);
    for (size_t i = 0; i < responses->absence_count; i++) {
        responses->column_names[RECIST_RESPONSE_ABSENCE + i] = responses->absences[i].component;
    }
    if (recist_criteria_measure_count(criteria) == 0) {
        return true;
    }
    struct recist_text name;
    recist_text_init(&name);
    recist_measure_column_append(&name, criteria, 0);
    const char *kept =
        name.failed ? NULL : recist_arena_copy(&responses->arena, name.bytes, name.length);
    recist_text_destroy(&name);
    responses->column_names[RECIST_RESPONSE_MEASURE] = kept;
    responses->measure_factor = recist_criteria_measure_denominator(criteria, 0) / RECIST_ONE;
    return kept != NULL;
}

/* The scanner over a file, and where it is. */
struct scan {
    struct recist_csv csv;
    struct recist_csv_row row;
    uint64_t line; /* of `row` */
    bool begun;
};

/* How the comments begin that --provenance writes before the header (src/output/provenance.c). */
static const char provenance[] = "# program: recist";

/* Goes past them: how many lines they are. */
static uint64_t skip_provenance(const char **at, const char *end)
{
    uint64_t lines = 0;
    if ((size_t)(end - *at) < sizeof provenance ||
        memcmp(*at, provenance, sizeof provenance - 1) != 0) {
        return 0;
    }
    while (end - *at >= 2 && memcmp(*at, "# ", 2) == 0) {
        const char *line_end = memchr(*at, '\n', (size_t)(end - *at));
        *at = line_end ? line_end + 1 : end;
        lines++;
    }
    return lines;
}

static void start_scan(struct scan *scan, const char *bytes, size_t length, bool final,
                       uint32_t *field_ends, size_t capacity)
{
    size_t mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const char *begin = bytes + mark;
    uint64_t skipped = skip_provenance(&begin, bytes + length);
    *scan = (struct scan){.line = 1 + skipped};
    recist_csv_init(&scan->csv, field_ends, capacity);
    recist_csv_set(&scan->csv, begin, bytes + length, final);
}

/* The next row that is not blank. */
static enum recist_csv_result next_row(struct scan *scan)
{
    for (;;) {
        scan->line += scan->begun ? 1 + (uint64_t)scan->row.line_ends : 0;
        scan->begun = true;
        enum recist_csv_result result = recist_csv_next(&scan->csv, &scan->row);
        if (result != RECIST_CSV_ROW || !recist_row_is_blank(&scan->row)) {
            return result;
        }
    }
}

static struct recist_slice slice_of(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

static bool header_name(const struct recist_csv_row *row, size_t field,
                        struct recist_arena *arena, struct recist_slice *name)
{
    struct recist_slice bytes = recist_csv_field(row, field);
    return recist_field_text(bytes.text, bytes.text + bytes.length, arena, name);
}

struct header_look {
    bool lesion;
    bool overall;
    size_t columns;
    uint64_t line;
};

static bool look_at_names(const struct scan *scan,
                          struct header_look *look)
{
    struct recist_arena arena;
    recist_arena_init(&arena, 0);
    bool done = true;
    look->columns = scan->row.field_count;
    look->line = scan->line;
    for (size_t i = 0; done && i < scan->row.field_count; i++) {
        struct recist_slice name = {"", 0};
        done = header_name(&scan->row, i, &arena, &name);
        look->lesion |= recist_words_equal(name, slice_of(lesion_column));
        look->overall |= recist_words_equal(name, slice_of(names[RECIST_RESPONSE_OVERALL]));
    }
    recist_arena_destroy(&arena);
    return done;
}

/* Columns that could not be counted are none: the reader of measurements says what is wrong. */
static enum recist_outcome look_at_header(const struct recist_source *source, char *bytes,
                                          struct recist_findings *findings,
                                          struct header_look *look)
{
    size_t length = source->size < BEGINNING ? (size_t)source->size : BEGINNING;
    struct scan scan;
    uint32_t no_ends[2];
    memset(bytes + length, 0, RECIST_CSV_SLACK);
    if (!recist_source_read(source, 0, bytes, length, findings)) {
        return RECIST_UNREADABLE;
    }
    start_scan(&scan, bytes, length, length == source->size, no_ends, 0);
    if (recist_input_names_separator(bytes, length) || next_row(&scan) != RECIST_CSV_ROW) {
        return RECIST_DONE;
    }
    uint32_t *field_ends = calloc(scan.row.field_count + 2, sizeof *field_ends);
    if (!field_ends) {
        return RECIST_NO_MEMORY;
    }
    start_scan(&scan, bytes, length, length == source->size, field_ends, scan.row.field_count);
    next_row(&scan);
    bool done = look_at_names(&scan, look);
    free(field_ends);
    return done ? RECIST_DONE : RECIST_NO_MEMORY;
}

static enum recist_outcome look_at_file(const char *path, struct recist_findings *findings,
                                        struct header_look *look)
{
    struct recist_source source;
    enum recist_outcome outcome = recist_source_open(&source, path, findings);
    char *bytes = malloc(BEGINNING + RECIST_CSV_SLACK);
    if (outcome == RECIST_DONE) {
        outcome = bytes ? look_at_header(&source, bytes, findings, look) : RECIST_NO_MEMORY;
    }
    free(bytes);
    recist_source_close(&source);
    return outcome;
}

enum recist_outcome recist_file_kind_find(const char *const *paths, size_t path_count,
                                          struct recist_findings *findings,
                                          enum recist_file_kind *kind)
{
    *kind = RECIST_FILE_OF_MEASUREMENTS;
    for (size_t i = 0; i < path_count; i++) {
        struct header_look look = {0};
        struct recist_subject nobody = {0};
        enum recist_outcome outcome = look_at_file(paths[i], findings, &look);
        if (outcome != RECIST_DONE) {
            return outcome;
        }
        struct recist_place place = {paths[i], look.line, 1};
        if (look.columns > 1 && !look.lesion && !look.overall) {
            recist_findings_report(findings, RECIST_KIND(NEITHER_KIND), place, nobody,
                                   "the header has neither a column %s, as measurements, nor a "
                                   "column %s, as assessed responses",
                                   lesion_column, names[RECIST_RESPONSE_OVERALL]);
            return RECIST_INVALID;
        }
        enum recist_file_kind own = look.overall && !look.lesion ? RECIST_FILE_OF_RESPONSES
                                                                 : RECIST_FILE_OF_MEASUREMENTS;
        if (i > 0 && own != *kind) {
            recist_findings_report(findings, RECIST_KIND(KINDS_MIXED), place, nobody,
                                   "one file holds measurements and another assessed responses; "
                                   "read them apart");
            return RECIST_INVALID;
        }
        *kind = own;
    }
    return RECIST_DONE;
}

static enum recist_outcome read_bytes(struct recist_response_file *file,
                                      struct recist_findings *findings)
{
    file->length = (size_t)file->source.size;
    file->bytes = malloc(file->length + RECIST_CSV_SLACK);
    if (!file->bytes) {
        return RECIST_NO_MEMORY;
    }
    memset(file->bytes + file->length, 0, RECIST_CSV_SLACK);
    if (!recist_source_read(&file->source, 0, file->bytes, file->length, findings) ||
        !recist_source_unchanged(&file->source, findings)) {
        return RECIST_UNREADABLE;
    }
    return recist_input_check_beginning(&file->source, file->bytes, file->length, findings)
               ? RECIST_DONE
               : RECIST_INVALID;
}

static size_t find_column(const struct recist_responses *responses, struct recist_slice name)
{
    const char *const *known = responses->column_names;
    for (size_t i = 0; i < RECIST_RESPONSE_COLUMN_COUNT; i++) {
        if (known[i] && recist_words_equal(name, slice_of(known[i]))) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void check_required(const struct recist_response_file *file, uint64_t line,
                           struct recist_findings *findings)
{
    struct recist_place place = {file->source.name, line, 1};
    for (size_t i = RECIST_RESPONSE_PATIENT; i <= RECIST_RESPONSE_OVERALL; i++) {
        if (file->field_of[i] == SIZE_MAX) {
            recist_findings_report(findings, RECIST_KIND(COLUMN_MISSING), place,
                                   (struct recist_subject){0}, "the header has no column %s",
                                   names[i]);
        }
    }
}

/* Other columns are welcome (`recist assess` writes many), but a misspelt one is not. */
static void check_similar(const struct recist_responses *responses,
                          const struct recist_response_file *file, struct recist_slice name,
                          struct recist_place place, struct recist_findings *findings)
{
    const char *const *known = responses->column_names;
    for (size_t i = 0; i < RECIST_RESPONSE_COLUMN_COUNT; i++) {
        /* What the program alone writes is not misspelt; but `role` may stand beside responses. */
        bool written = i == RECIST_RESPONSE_RULE || i >= RECIST_RESPONSE_ABSENCE;
        if (known[i] && !written && file->field_of[i] == SIZE_MAX && name.length > 0 &&
            recist_name_distance(name, slice_of(known[i])) == 1) {
            recist_findings_report(findings, RECIST_KIND(COLUMN_UNKNOWN), place,
                                   (struct recist_subject){0},
                                   "column \"%s\" is not known and is not used; was %s meant?",
                                   RECIST_SHOWN(name), known[i]);
        }
    }
}

static bool take_columns(struct recist_responses *responses, struct recist_response_file *file,
                         const struct scan *scan, struct recist_findings *findings)
{
    struct recist_arena *arena = &responses->arena;
    struct recist_slice name = {"", 0};
    for (size_t i = 0; i < file->column_count; i++) {
        if (!header_name(&scan->row, i, arena, &name)) {
            return false;
        }
        size_t column = find_column(responses, name);
        if (column == SIZE_MAX) {
            continue;
        }
        if (file->field_of[column] != SIZE_MAX) {
            recist_findings_report(findings, RECIST_KIND(COLUMN_REPEATED),
                                   (struct recist_place){file->source.name, scan->line, 1},
                                   (struct recist_subject){0},
                                   "column \"%s\" stands twice, as column %zu and column %zu",
                                   responses->column_names[column], file->field_of[column] + 1,
                                   i + 1);
        } else {
            file->field_of[column] = i;
        }
    }
    for (size_t i = 0; i < file->column_count; i++) {
        const char *begin = recist_csv_field(&scan->row, i).text;
        if (!header_name(&scan->row, i, arena, &name)) {
            return false;
        }
        check_similar(responses, file, name,
                      recist_row_place_of(file->source.name, scan->line, scan->row.begin, begin),
                      findings);
    }
    return true;
}

static void report_end(const struct recist_response_file *file, const struct scan *scan,
                       enum recist_csv_result result, size_t rows,
                       struct recist_findings *findings)
{
    struct recist_place place = {file->source.name, scan->line, 1};
    struct recist_subject nobody = {0};
    if (result == RECIST_CSV_UNCLOSED) {
        place = recist_row_place_of(file->source.name, scan->line, scan->row.begin,
                                    scan->row.unclosed);
        recist_findings_report(findings, RECIST_KIND(UNCLOSED_QUOTE), place, nobody,
                               "the quote that opens here does not close; the rest of the file "
                               "cannot be read");
    } else if (result != RECIST_CSV_END) {
        recist_findings_report(findings, RECIST_KIND(FIELD_TOO_LONG), place, nobody,
                               "the row goes on for more than %zu bytes", RECIST_CSV_ROW_LIMIT);
    } else if (rows == 0) {
        recist_findings_report(findings, RECIST_KIND(NO_ROWS), place, nobody,
                               "the file has a header and no rows");
    }
}

/* RECIST_INVALID: nothing of the file, or not all of it, could be read. */
static enum recist_outcome read_rows(struct recist_responses *responses, size_t number,
                                     struct scan *scan,
                                     struct recist_findings *findings)
{
    struct recist_response_file *file = &responses->files[number];
    size_t errors = recist_findings_count_of(findings, RECIST_ERROR);
    struct recist_row_scope scope = {
        .file = file->source.name, .line = scan->line, .findings = findings};
    recist_row_check_bytes(&scope, &scan->row);
    recist_row_check_quotes(&scope, &scan->row);
    if (!take_columns(responses, file, scan, findings)) {
        return RECIST_NO_MEMORY;
    }
    check_required(file, scan->line, findings);
    if (recist_findings_count_of(findings, RECIST_ERROR) > errors) {
        return RECIST_INVALID;
    }
    size_t rows = 0;
    enum recist_csv_result result = next_row(scan);
    for (; result == RECIST_CSV_ROW; result = next_row(scan), rows++) {
        if (!recist_response_row_read(responses, number, &scan->row, scan->line,
                                      findings)) {
            return RECIST_NO_MEMORY;
        }
    }
    report_end(file, scan, result, rows, findings);
    return result == RECIST_CSV_END && rows > 0 ? RECIST_DONE : RECIST_INVALID;
}

enum recist_outcome recist_response_file_read(struct recist_responses *responses, size_t number,
                                              const char *path, struct recist_findings *findings)
{
    struct recist_response_file *file = &responses->files[number];
    enum recist_outcome outcome = recist_source_open(&file->source, path, findings);
    if (outcome == RECIST_DONE) {
        outcome = read_bytes(file, findings);
    }
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    struct scan scan;
    uint32_t no_ends[2];
    start_scan(&scan, file->bytes, file->length, true, no_ends, 0);
    enum recist_csv_result result = next_row(&scan);
    if (result != RECIST_CSV_ROW) {
        report_end(file, &scan, result, 0, findings);
        return RECIST_INVALID;
    }
    file->column_count = scan.row.field_count;
    uint32_t *field_ends = calloc(file->column_count + 2, sizeof *field_ends);
    if (!field_ends) {
        return RECIST_NO_MEMORY;
    }
    memset(file->field_of, 0xFF, sizeof file->field_of);
    start_scan(&scan, file->bytes, file->length, true, field_ends, file->column_count);
    next_row(&scan);
    outcome = read_rows(responses, number, &scan, findings);
    free(field_ends);
    return outcome;
}

void recist_response_file_close(struct recist_response_file *file)
{
    recist_source_close(&file->source);
    free(file->bytes);
}
