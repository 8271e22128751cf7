/* SPDX-License-Identifier: MIT */
#include <recist/finding.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define SEVERITY_COUNT 3
#define FIRST_CAPACITY 16

/* What a finding carries besides itself, for sorting. */
struct record {
    struct recist_finding finding;
    size_t file;   /* in order of first report */
    size_t number; /* in order of report */
};

struct recist_findings {
    struct recist_arena arena;
    struct record **records;
    size_t count;
    size_t capacity;
    const char **files; /* copies of the names, in order of first report; NULL is one of them */
    size_t file_count;
    size_t file_capacity;
    size_t last_file;
    size_t reported; /* numbers given out so far */
    size_t counts[SEVERITY_COUNT];
    bool lost;
};

struct recist_findings *recist_findings_create(void)
{
    struct recist_findings *findings = calloc(1, sizeof *findings);
    if (findings) {
        recist_arena_init(&findings->arena, 0);
    }
    return findings;
}

void recist_findings_destroy(struct recist_findings *findings)
{
    if (!findings) {
        return;
    }
    recist_arena_destroy(&findings->arena);
    free(findings->records);
    free(findings->files);
    free(findings);
}

size_t recist_findings_count(const struct recist_findings *findings)
{
    return findings->count;
}

size_t recist_findings_count_of(const struct recist_findings *findings,
                                enum recist_severity severity)
{
    return findings->counts[severity];
}

const struct recist_finding *recist_findings_at(const struct recist_findings *findings,
                                                size_t index)
{
    return &findings->records[index]->finding;
}

bool recist_findings_lost(const struct recist_findings *findings)
{
    return findings->lost;
}

void recist_findings_truncate(struct recist_findings *findings, size_t count)
{
    while (findings->count > count) {
        findings->count--;
        findings->counts[findings->records[findings->count]->finding.kind->severity]--;
    }
    if (findings->count == 0) {
        recist_arena_reset(&findings->arena);
        findings->file_count = 0;
        findings->last_file = 0;
    }
}

static int compare(const void *one, const void *other)
{
    const struct record *a = *(struct record *const *)one;
    const struct record *b = *(struct record *const *)other;
    const uint64_t keys[][2] = {
        {a->file, b->file},
        {a->finding.place.line, b->finding.place.line},
        {a->finding.place.column, b->finding.place.column},
        {a->number, b->number},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

void recist_findings_sort(struct recist_findings *findings)
{
    if (findings->count > 1) {
        qsort(findings->records, findings->count, sizeof *findings->records, compare);
    }
}

/* Doubles an array of pointers when it is full; false when memory is out. */
static bool make_room(void **array, size_t count, size_t *capacity)
{
    if (count < *capacity) {
        return true;
    }
    size_t larger = *capacity ? *capacity * 2 : FIRST_CAPACITY;
    void *grown = larger <= SIZE_MAX / sizeof(void *) ? realloc(*array, larger * sizeof(void *))
                                                      : NULL;
    if (!grown) {
        return false;
    }
    *array = grown;
    *capacity = larger;
    return true;
}

static bool same_file(const char *one, const char *other)
{
    return one == other || (one && other && strcmp(one, other) == 0);
}

/* Finds or adds the file's name. Findings come file by file, so the last one is tried first. */
static bool find_file(struct recist_findings *findings, const char *name, size_t *index)
{
    if (findings->file_count > 0 && same_file(findings->files[findings->last_file], name)) {
        *index = findings->last_file;
        return true;
    }
    size_t i = 0;
    while (i < findings->file_count && !same_file(findings->files[i], name)) {
        i++;
    }
    if (i == findings->file_count) {
        void *files = findings->files;
        char *copy = name ? recist_arena_copy(&findings->arena, name, strlen(name)) : NULL;
        if ((name && !copy) || !make_room(&files, i, &findings->file_capacity)) {
            return false;
        }
        findings->files = files;
        findings->files[i] = copy;
        findings->file_count++;
    }
    findings->last_file = i;
    *index = i;
    return true;
}

static bool copy_slice(struct recist_findings *findings, struct recist_slice *slice)
{
    if (slice->length > 0) {
        *slice = recist_arena_copy_slice(&findings->arena, *slice);
        return slice->text != NULL;
    }
    *slice = (struct recist_slice){"", 0};
    return true;
}

__attribute__((format(printf, 2, 0))) static bool
write_message(struct recist_findings *findings, const char *format, va_list arguments,
              struct recist_slice *message)
{
    char text[512];
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(text, sizeof text, format, arguments);
    char *copy = NULL;
    if (length >= 0 && (size_t)length < sizeof text) {
        copy = recist_arena_copy(&findings->arena, text, (size_t)length);
    } else if (length >= 0) {
        copy = recist_arena_take(&findings->arena, (size_t)length + 1);
        if (copy) {
            vsnprintf(copy, (size_t)length + 1, format, again);
        }
    }
    va_end(again);
    *message = (struct recist_slice){copy, copy ? (size_t)length : 0};
    return copy != NULL;
}

__attribute__((format(printf, 3, 0))) static bool
add(struct recist_findings *findings, const struct recist_finding *finding, const char *format,
    va_list arguments)
{
    void *records = findings->records;
    if (!make_room(&records, findings->count, &findings->capacity)) {
        return false;
    }
    findings->records = records;
    struct record *record = recist_arena_take(&findings->arena, sizeof *record);
    if (!record) {
        return false;
    }
    *record = (struct record){.finding = *finding, .number = findings->reported};
    struct recist_finding *copy = &record->finding;
    if (!find_file(findings, finding->place.file, &record->file) ||
        !copy_slice(findings, &copy->patient) || !copy_slice(findings, &copy->visit) ||
        !copy_slice(findings, &copy->lesion) ||
        !write_message(findings, format, arguments, &copy->message)) {
        return false;
    }
    copy->place.file = findings->files[record->file];
    findings->records[findings->count++] = record;
    findings->reported++;
    findings->counts[copy->kind->severity]++;
    return true;
}

bool recist_findings_report(struct recist_findings *findings,
                            const struct recist_finding_kind *kind, struct recist_place place,
                            struct recist_subject subject, const char *format, ...)
{
    const struct recist_finding finding = {
        .kind = kind,
        .place = place,
        .patient = subject.patient,
        .visit = subject.visit,
        .lesion = subject.lesion,
    };
    va_list arguments;
    va_start(arguments, format);
    bool added = add(findings, &finding, format, arguments);
    va_end(arguments);
    findings->lost |= !added;
    return added;
}

const char *recist_severity_word(enum recist_severity severity)
{
    switch (severity) {
    case RECIST_ERROR:
        return "error";
    case RECIST_WARNING:
        return "warning";
    case RECIST_NOTE:
        return "note";
    default:
        return "unknown";
    }
}
