/* SPDX-License-Identifier: MIT
 * Courses files: read whole, then ordered by patient and start. */
#include <stdlib.h>
#include <string.h>

#include "input/courses_file.h"
#include "input/reader.h"
#include "input/words.h"

static enum recist_outcome read_bytes(struct recist_courses *courses,
                                      struct recist_findings *findings)
{
    if (courses->source.size > SIZE_MAX - RECIST_CSV_SLACK) {
        return RECIST_NO_MEMORY;
    }
    courses->length = (size_t)courses->source.size;
    courses->bytes = malloc(courses->length + RECIST_CSV_SLACK);
    if (!courses->bytes) {
        return RECIST_NO_MEMORY;
    }
    memset(courses->bytes + courses->length, 0, RECIST_CSV_SLACK);
    if (!recist_source_read(&courses->source, 0, courses->bytes, courses->length, findings) ||
        !recist_source_unchanged(&courses->source, findings)) {
        return RECIST_UNREADABLE;
    }
    return recist_input_check_beginning(&courses->source, courses->bytes, courses->length, findings)
               ? RECIST_DONE
               : RECIST_INVALID;
}

/* The scanner over the file, and where it is. */
struct scan {
    struct recist_csv csv;
    struct recist_csv_row row;
    uint64_t line; /* of `row` */
};

static void start_scan(const struct recist_courses *courses, struct scan *scan,
                       uint32_t *field_ends, size_t capacity)
{
    size_t mark =
        courses->length >= 3 && memcmp(courses->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *scan = (struct scan){.line = 1};
    recist_csv_init(&scan->csv, field_ends, capacity);
    recist_csv_set(&scan->csv, courses->bytes + mark, courses->bytes + courses->length, true);
}

/* The next row that is not blank. */
static enum recist_csv_result next_row(struct scan *scan, bool first)
{
    for (;;) {
        scan->line += first ? 0 : 1 + (uint64_t)scan->row.line_ends;
        first = false;
        enum recist_csv_result result = recist_csv_next(&scan->csv, &scan->row);
        if (result != RECIST_CSV_ROW || !recist_row_is_blank(&scan->row)) {
            return result;
        }
    }
}

/* What ended the reading before the end of the file; the rest cannot be told apart. */
static void report_broken(const struct recist_courses *courses, const struct scan *scan,
                          enum recist_csv_result result, struct recist_findings *findings)
{
    const char *name = courses->source.name;
    struct recist_subject nobody = {0};
    if (result == RECIST_CSV_UNCLOSED) {
        recist_findings_report(
            findings, RECIST_KIND(UNCLOSED_QUOTE),
            recist_row_place_of(name, scan->line, scan->row.begin, scan->row.unclosed), nobody,
            "the quote that opens here does not close; the rest of the file cannot be read");
    } else {
        recist_findings_report(findings, RECIST_KIND(FIELD_TOO_LONG),
                               (struct recist_place){name, scan->line, 1}, nobody,
                               "the row goes on for more than %zu bytes", RECIST_CSV_ROW_LIMIT);
    }
}

static enum recist_outcome count_columns(struct recist_courses *courses, struct scan *scan,
                                         struct recist_findings *findings)
{
    uint32_t no_ends[2];
    start_scan(courses, scan, no_ends, 0);
    enum recist_csv_result result = next_row(scan, true);
    if (result == RECIST_CSV_ROW) {
        courses->column_count = scan->row.field_count;
        return RECIST_DONE;
    }
    if (result == RECIST_CSV_END) {
        recist_findings_report(findings, RECIST_KIND(FILE_EMPTY),
                               (struct recist_place){.file = courses->source.name},
                               (struct recist_subject){0},
                               "the file is empty; a header and rows are expected");
    } else {
        report_broken(courses, scan, result, findings);
    }
    return RECIST_INVALID;
}

static enum recist_outcome read_rows(struct recist_courses *courses, struct scan *scan, struct recist_findings *findings)
{
    size_t rows = 0;
    enum recist_csv_result result = next_row(scan, false);
    for (; result == RECIST_CSV_ROW; result = next_row(scan, false), rows++) {
        if (!recist_courses_read_row(courses, &scan->row, scan->line, findings)) {
            return RECIST_NO_MEMORY;
        }
    }
    if (result != RECIST_CSV_END) {
        report_broken(courses, scan, result, findings);
    } else if (rows == 0) {
        recist_findings_report(findings, RECIST_KIND(NO_ROWS),
                               (struct recist_place){courses->source.name, scan->line, 1},
                               (struct recist_subject){0}, "the file has a header and no rows");
    }
    return RECIST_DONE;
}

static enum recist_outcome read_table(struct recist_courses *courses,
                                      struct recist_findings *findings)
{
    struct scan scan;
    enum recist_outcome outcome = count_columns(courses, &scan, findings);
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    uint32_t *field_ends = calloc(courses->column_count + 2, sizeof *field_ends);
    if (!field_ends) {
        return RECIST_NO_MEMORY;
    }
    size_t errors = recist_findings_count_of(findings, RECIST_ERROR);
    start_scan(courses, &scan, field_ends, courses->column_count);
    next_row(&scan, true);
    if (!recist_courses_read_header(courses, &scan.row, scan.line, findings)) {
        outcome = RECIST_NO_MEMORY;
    } else if (recist_findings_count_of(findings, RECIST_ERROR) > errors) {
        outcome = RECIST_INVALID;
    } else {
        outcome = read_rows(courses, &scan, findings);
    }
    free(field_ends);
    return outcome;
}

int recist_courses_compare_patients(const struct recist_course *one,
                                    const struct recist_course *other)
{
    const struct recist_slice *const keys[][2] = {{&one->study, &other->study},
                                                  {&one->patient, &other->patient}};
    for (size_t i = 0; i < 2; i++) {
        struct recist_slice a = *keys[i][0];
        struct recist_slice b = *keys[i][1];
        size_t shared = a.length < b.length ? a.length : b.length;
        int order = shared > 0 ? memcmp(a.text, b.text, shared) : 0;
        order = order != 0 ? order : (a.length > b.length) - (a.length < b.length);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

static int compare_courses(const void *one, const void *other)
{
    const struct recist_course *a = *(const struct recist_course *const *)one;
    const struct recist_course *b = *(const struct recist_course *const *)other;
    int order = recist_courses_compare_patients(a, b);
    if (order != 0) {
        return order;
    }
    if (a->start != b->start) {
        bool later = b->start == RECIST_NO_DATE || (a->start != RECIST_NO_DATE && a->start < b->start);
        return later ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static bool order_courses(struct recist_courses *courses)
{
    struct recist_arena *arena = &courses->arena;
    courses->ordered = recist_arena_take_zeroed(arena, courses->count + 1, sizeof *courses->ordered);
    courses->groups = recist_arena_take_zeroed(arena, courses->count + 1, sizeof *courses->groups);
    if (!courses->ordered || !courses->groups) {
        return false;
    }
    for (size_t i = 0; i < courses->count; i++) {
        courses->ordered[i] = &courses->list[i];
    }
    qsort(courses->ordered, courses->count, sizeof *courses->ordered, compare_courses);
    for (size_t i = 0; i < courses->count; i++) {
        if (i == 0 ||
            recist_courses_compare_patients(courses->ordered[i - 1], courses->ordered[i]) != 0) {
            courses->groups[courses->group_count++] = (struct recist_course_group){.first = i};
        }
        courses->groups[courses->group_count - 1].count++;
    }
    return true;
}

static enum recist_outcome read_courses(struct recist_courses *courses, const char *path,
                                        struct recist_findings *findings)
{
    size_t errors = recist_findings_count_of(findings, RECIST_ERROR);
    enum recist_outcome outcome = recist_source_open(&courses->source, path, findings);
    if (outcome == RECIST_DONE) {
        outcome = read_bytes(courses, findings);
    }
    if (outcome == RECIST_DONE) {
        outcome = read_table(courses, findings);
    }
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    for (size_t i = 0; i < courses->count; i++) {
        recist_courses_check_dates(courses, &courses->list[i], findings);
    }
    if (!order_courses(courses) || !recist_courses_check_patients(courses, findings)) {
        return RECIST_NO_MEMORY;
    }
    recist_findings_sort(findings);
    return recist_findings_count_of(findings, RECIST_ERROR) > errors ? RECIST_INVALID : RECIST_DONE;
}

enum recist_outcome recist_courses_open(const char *path, struct recist_findings *findings,
                                        struct recist_courses **courses)
{
    *courses = NULL;
    struct recist_courses *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return RECIST_NO_MEMORY;
    }
    opened->source.descriptor = -1;
    recist_arena_init(&opened->arena, 0);
    enum recist_outcome outcome = read_courses(opened, path, findings);
    if (recist_findings_lost(findings)) {
        outcome = RECIST_NO_MEMORY;
    }
    if (outcome == RECIST_DONE) {
        *courses = opened;
    } else {
        recist_courses_close(opened);
    }
    return outcome;
}

void recist_courses_close(struct recist_courses *courses)
{
    if (courses) {
        recist_source_close(&courses->source);
        recist_arena_destroy(&courses->arena);
        free(courses->list);
        free(courses->bytes);
        free(courses);
    }
}

size_t recist_courses_count(const struct recist_courses *courses)
{
    return courses->count;
}

const struct recist_course *recist_courses_at(const struct recist_courses *courses, size_t index)
{
    return &courses->list[index];
}

const struct recist_course *const *recist_courses_of(const struct recist_courses *courses,
                                                     struct recist_slice study,
                                                     struct recist_slice patient, size_t *count)
{
    struct recist_course wanted = {.patient = patient};
    if (courses->field_of[RECIST_COURSE_STUDY] != SIZE_MAX) {
        wanted.study = study;
    }
    size_t low = 0;
    size_t high = courses->group_count;
    *count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct recist_course_group *group = &courses->groups[middle];
        int order = recist_courses_compare_patients(&wanted, courses->ordered[group->first]);
        if (order == 0) {
            *count = group->count;
            return &courses->ordered[group->first];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

size_t recist_courses_column_count(const struct recist_courses *courses)
{
    return courses->column_count;
}

struct recist_slice recist_courses_column(const struct recist_courses *courses, size_t column)
{
    return courses->columns[column];
}

size_t recist_courses_find_column(const struct recist_courses *courses, struct recist_slice name)
{
    for (size_t i = 0; i < courses->column_count && name.length > 0; i++) {
        if (recist_words_equal(courses->columns[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

struct recist_place recist_courses_place(const struct recist_courses *courses,
                                         const struct recist_course *course, const char *column)
{
    struct recist_slice name = {column, strlen(column)};
    size_t field = recist_courses_find_column(courses, name);
    const char *at =
        field == SIZE_MAX ? course->row.text : recist_row_find_field(course->row, field);
    return recist_row_place_of(courses->source.name, course->line, course->row.text, at);
}
