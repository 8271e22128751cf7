/* SPDX-License-Identifier: MIT
 * The header of a courses file: which columns have a meaning, and the names of all. */
#include <string.h>

#include "base/excerpt.h"
#include "base/nearest_name.h"
#include "input/courses_file.h"
#include "input/reader.h"
#include "input/words.h"

/* Bounds the work on the header of a broken file. */
#define MOST_COLUMNS 4096

static const char *const names[RECIST_COURSE_COLUMN_COUNT] = {
    [RECIST_COURSE_PATIENT] = "patient",
    [RECIST_COURSE_STUDY] = "study",
    [RECIST_COURSE_NUMBER] = "course",
    [RECIST_COURSE_START] = "start",
    [RECIST_COURSE_END] = "end",
    [RECIST_COURSE_EVALUABLE] = "evaluable",
    [RECIST_COURSE_NEXT_THERAPY] = "next_therapy",
    [RECIST_COURSE_PROGRESSION] = "progression",
    [RECIST_COURSE_DEATH] = "death",
    [RECIST_COURSE_LAST_CONTACT] = "last_contact",
};

const char *recist_course_column_name(enum recist_course_column column)
{
    return names[column];
}

static struct recist_slice slice_of(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

/* The header as the scanner found it. */
struct header {
    const struct recist_courses *courses;
    const struct recist_csv_row *row;
    uint64_t line;
    struct recist_findings *findings;
};

static struct recist_place place_of(const struct header *header, size_t field)
{
    const char *at = recist_csv_field(header->row, field).text;
    while (at < header->row->end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return recist_row_place_of(header->courses->source.name, header->line, header->row->begin, at);
}

static size_t find(struct recist_slice name)
{
    for (size_t i = 0; i < RECIST_COURSE_COLUMN_COUNT; i++) {
        if (recist_words_equal(name, slice_of(names[i]))) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* A repeated name would leave open which column --by means. */
static void check_repeated(const struct header *header, size_t field)
{
    struct recist_slice name = header->courses->columns[field];
    size_t first = recist_courses_find_column(header->courses, name);
    if (first < field) {
        recist_findings_report(header->findings, RECIST_KIND(COLUMN_REPEATED),
                               place_of(header, field), (struct recist_subject){0},
                               "column \"%s\" stands twice, as column %zu and column %zu",
                               RECIST_SHOWN(name), first + 1, field + 1);
    }
}

/* Any column is welcome, but one that is a letter away from a missing one was probably meant. */
static void check_similar(const struct header *header, size_t field)
{
    const struct recist_courses *courses = header->courses;
    struct recist_slice name = courses->columns[field];
    for (size_t i = 0; i < RECIST_COURSE_COLUMN_COUNT; i++) {
        if (courses->field_of[i] == SIZE_MAX &&
            recist_name_distance(name, slice_of(names[i])) == 1) {
            recist_findings_report(header->findings, RECIST_KIND(COLUMN_SIMILAR),
                                   place_of(header, field), (struct recist_subject){0},
                                   "column \"%s\" is used for grouping only; was %s meant?",
                                   RECIST_SHOWN(name), names[i]);
            return;
        }
    }
}

/* How the columns are separated, when it is not by commas; NULL where that cannot be said. */
static const char *other_separator(const struct recist_csv_row *row)
{
    static const struct {
        char byte;
        const char *name;
    } separators[] = {{';', "semicolons"}, {'\t', "tabs"}};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        const char *at = row->begin;
        while (at < row->end) {
            const char *end = memchr(at, separators[i].byte, (size_t)(row->end - at));
            struct recist_slice field = {at, (size_t)((end ? end : row->end) - at)};
            if (field.length > 1 && field.text[0] == '"') {
                field = (struct recist_slice){field.text + 1, field.length - 2};
            }
            if (recist_words_equal(field, slice_of(names[RECIST_COURSE_PATIENT]))) {
                return separators[i].name;
            }
            at = end ? end + 1 : row->end;
        }
    }
    return NULL;
}

static void check_patient(const struct header *header)
{
    struct recist_place place = {header->courses->source.name, header->line, 1};
    struct recist_subject nobody = {0};
    if (header->courses->field_of[RECIST_COURSE_PATIENT] != SIZE_MAX) {
        return;
    }
    const char *other = other_separator(header->row);
    if (other) {
        recist_findings_report(header->findings, RECIST_KIND(NOT_COMMA), place, nobody,
                               "the columns are separated by %s; save the file with commas", other);
    } else {
        recist_findings_report(header->findings, RECIST_KIND(COLUMN_MISSING), place, nobody,
                               "the header has no column %s", names[RECIST_COURSE_PATIENT]);
    }
}

static bool read_names(struct recist_courses *courses, const struct header *header)
{
    courses->columns =
        recist_arena_take_zeroed(&courses->arena, courses->column_count, sizeof *courses->columns);
    for (size_t i = 0; courses->columns && i < courses->column_count; i++) {
        struct recist_slice bytes = recist_csv_field(header->row, i);
        if (!recist_field_text(bytes.text, bytes.text + bytes.length, &courses->arena,
                               &courses->columns[i])) {
            return false;
        }
        size_t known = find(courses->columns[i]);
        if (known != SIZE_MAX && courses->field_of[known] == SIZE_MAX) {
            courses->field_of[known] = i;
        }
    }
    return courses->columns != NULL;
}

bool recist_courses_read_header(struct recist_courses *courses, const struct recist_csv_row *row, uint64_t line,
                                struct recist_findings *findings)
{
    struct header header = {courses, row, line, findings};
    struct recist_row_scope scope = {
        .file = courses->source.name, .line = line, .findings = findings};
    recist_row_check_bytes(&scope, row);
    recist_row_check_quotes(&scope, row);
    for (size_t i = 0; i < RECIST_COURSE_COLUMN_COUNT; i++) {
        courses->field_of[i] = SIZE_MAX;
    }
    if (!read_names(courses, &header)) {
        return false;
    }
    check_patient(&header);
    if (courses->column_count > MOST_COLUMNS) {
        recist_findings_report(findings, RECIST_KIND(COLUMNS_TOO_MANY),
                               (struct recist_place){scope.file, line, 1},
                               (struct recist_subject){0},
                               "the header has %zu columns; at most %d are read",
                               courses->column_count, MOST_COLUMNS);
        return true;
    }
    for (size_t i = 0; i < courses->column_count; i++) {
        if (courses->columns[i].length > 0) {
            check_repeated(&header, i);
            if (find(courses->columns[i]) == SIZE_MAX) {
                check_similar(&header, i);
            }
        }
    }
    return true;
}
