/* SPDX-License-Identifier: MIT
 * What the tests of measurement files share: a vocabulary, files in memory, and all that reading
 * them comes to, in words. */
#ifndef RECIST_TESTS_MEASUREMENTS_SUPPORT_H
#define RECIST_TESTS_MEASUREMENTS_SUPPORT_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/finding_kinds.h"
#include "base/text_buffer.h"
#include "input/reader.h"

/* A vocabulary of these tests; criteria files bring their own. */
enum { ABSENT = 1, TOO_SMALL, NOT_EVALUABLE, PRESENT, PROGRESSION, UNEQUIVOCAL, EQUIVOCAL };
enum { TARGET = 1, NON_TARGET, NEW };

static const struct recist_status_word statuses[] = {
    {.word = ""},
    [ABSENT] = {.word = "absent", .evaluated = true, .stands_for = 0},
    [TOO_SMALL] = {.word = "too small to measure",
                   .evaluated = true,
                   .stands_for = 5 * RECIST_MILLIMETRE},
    [NOT_EVALUABLE] = {.word = "not evaluable", .stands_for = RECIST_MISSING},
    [PRESENT] = {.word = "present", .evaluated = true, .stands_for = RECIST_MISSING},
    [PROGRESSION] = {.word = "unequivocal progression",
                     .evaluated = true,
                     .stands_for = RECIST_MISSING},
    [UNEQUIVOCAL] = {.word = "unequivocal", .evaluated = true, .stands_for = RECIST_MISSING},
    [EQUIVOCAL] = {.word = "equivocal", .evaluated = true, .stands_for = RECIST_MISSING},
};

static const uint8_t target_statuses[] = {ABSENT, TOO_SMALL, NOT_EVALUABLE};
static const uint8_t non_target_statuses[] = {PRESENT, ABSENT, PROGRESSION, NOT_EVALUABLE};
static const uint8_t new_statuses[] = {UNEQUIVOCAL, EQUIVOCAL, ABSENT};

static const struct recist_role_word roles[] = {
    {.word = "none"},
    [TARGET] = {.word = "target",
                .at_baseline = true,
                .needs_reading = true,
                .statuses = target_statuses,
                .status_count = 3},
    [NON_TARGET] = {.word = "non-target",
                    .at_baseline = true,
                    .needs_reading = true,
                    .statuses = non_target_statuses,
                    .status_count = 4},
    [NEW] = {.word = "new",
             .blank_means = UNEQUIVOCAL,
             .statuses = new_statuses,
             .status_count = 3},
};

static const struct recist_vocabulary vocabulary = {
    .roles = roles, .role_count = 4, .statuses = statuses, .status_count = 8, .value_column = SIZE_MAX};

/* The words that files are read by; a test may have others. */
static const struct recist_vocabulary *words = &vocabulary;

/* A file in memory, which can be opened by its path any number of times. */
struct memory_file {
    int descriptor;
    char path[64];
};

static struct memory_file make_file(const char *bytes, size_t length)
{
    struct memory_file file = {.descriptor = memfd_create("test", MFD_CLOEXEC)};
    ck_assert_int_ge(file.descriptor, 0);
    ck_assert_int_eq(write(file.descriptor, bytes, length), (ssize_t)length);
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.descriptor);
    return file;
}

/* Everything that reading some files came to. */
struct outcome {
    enum recist_outcome outcome;
    struct recist_findings *findings; /* of opening and of all batches, by place */
    struct recist_text patients;      /* in words */
};

static void describe_length(struct recist_text *text, int64_t length)
{
    if (length == RECIST_MISSING) {
        recist_text_append_string(text, " -");
    } else {
        recist_text_format(text, " %lld", (long long)length);
    }
}

static void describe_reading(struct recist_text *text, const struct recist_reading *reading)
{
    const struct recist_reading_more *more = recist_reading_more(reading);
    const struct recist_slice texts[] = {reading->lesion, reading->visit,      more->reader,
                                         more->course,    reading->site,       more->method,
                                         more->kind,      more->prior_therapy, more->comment,
                                         reading->row};
    recist_text_format(text, " %d/%d r%d s%d n%d f%u:%llu", reading->date, reading->date_precision,
                       reading->role, reading->status, reading->nodal, reading->file,
                       (unsigned long long)reading->line);
    for (size_t i = 0; i < RECIST_AXIS_COUNT; i++) {
        describe_length(text, reading->axis[i]);
    }
    describe_length(text, more->slice_thickness);
    for (size_t i = 0; reading->numbers && i < words->column_count; i++) {
        recist_text_format(text, " %s", words->columns[i].name);
        describe_length(text, reading->numbers[i]);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        recist_text_append_string(text, "|");
        recist_text_append_slice(text, texts[i]);
    }
    recist_text_append_string(text, "\n");
}

static void take_findings(struct recist_findings *to, const struct recist_findings *from)
{
    for (size_t i = 0; i < recist_findings_count(from); i++) {
        const struct recist_finding *finding = recist_findings_at(from, i);
        struct recist_subject subject = {finding->patient, finding->visit, finding->lesion};
        recist_findings_report(to, finding->kind, finding->place, subject, "%s",
                               finding->message.text);
    }
}

static void take_batch(struct outcome *result, const struct recist_batch *batch)
{
    size_t last = 0;
    for (size_t i = 0; i < recist_batch_patient_count(batch); i++) {
        const struct recist_patient_readings *patient = recist_batch_patient(batch, i);
        recist_text_append_slice(&result->patients, patient->study);
        recist_text_append_string(&result->patients, "/");
        recist_text_append_slice(&result->patients, patient->patient);
        recist_text_format(&result->patients, " %zu errors\n", patient->errors);
        for (size_t j = 0; j < patient->count; j++) {
            describe_reading(&result->patients, &patient->readings[j]);
        }
        size_t first = recist_batch_first_finding(batch, i);
        ck_assert_uint_ge(first, last);
        last = first;
    }
    size_t end = recist_batch_first_finding(batch, recist_batch_patient_count(batch));
    ck_assert_uint_ge(end, last);
    ck_assert_uint_eq(end, recist_findings_count(recist_batch_findings(batch)));
    take_findings(result->findings, recist_batch_findings(batch));
}

static void read_all(struct outcome *result, struct recist_measurements *reader)
{
    struct recist_batch *batch = recist_batch_create();
    enum recist_outcome next;
    while ((next = recist_measurements_next(reader, batch)) == RECIST_DONE) {
        ck_assert(recist_batch_patient_count(batch) > 0 ||
                  recist_findings_count(recist_batch_findings(batch)) > 0);
        take_batch(result, batch);
    }
    take_findings(result->findings, recist_batch_findings(batch));
    result->outcome = next == RECIST_END ? RECIST_DONE : next;
    if (next == RECIST_END) {
        ck_assert_uint_le(recist_measurements_bytes_read(reader),
                          recist_measurements_bytes_total(reader));
    }
    recist_batch_destroy(batch);
}

static struct outcome read_paths(const char *const *paths, size_t count,
                                 enum recist_grouping grouping, size_t piece)
{
    struct outcome result = {.findings = recist_findings_create()};
    struct recist_measurements *reader = NULL;
    result.outcome = recist_measurements_open_in_pieces(paths, count, words, grouping, piece,
                                                        result.findings, &reader);
    if (result.outcome == RECIST_DONE) {
        read_all(&result, reader);
    }
    recist_measurements_close(reader);
    recist_findings_sort(result.findings);
    return result;
}

static void forget(struct outcome *result)
{
    recist_findings_destroy(result->findings);
    recist_text_destroy(&result->patients);
}

static struct outcome read_bytes(const char *bytes, size_t length, enum recist_grouping grouping,
                                 size_t piece)
{
    struct memory_file file = make_file(bytes, length);
    const char *path = file.path;
    struct outcome result = read_paths(&path, 1, grouping, piece);
    close(file.descriptor);
    return result;
}

/* The findings as "code line:column", one after the other. */
static char *list_findings(const struct recist_findings *findings)
{
    struct recist_text text;
    recist_text_init(&text);
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        recist_text_format(&text, "%s%s %llu:%u", i > 0 ? ", " : "", finding->kind->code,
                           (unsigned long long)finding->place.line, finding->place.column);
    }
    recist_text_append_char(&text, '\0');
    return text.bytes;
}

static void assert_findings(const struct recist_findings *findings, const char *expected,
                            const char *what)
{
    char *found = list_findings(findings);
    ck_assert_msg(strcmp(found, expected) == 0, "%s\nfound:    %s\nexpected: %s", what, found,
                  expected);
    free(found);
}

static const size_t pieces[] = {1, 3, 17, 64, 300, RECIST_PIECE_SIZE};
#define PIECE_COUNT (sizeof pieces / sizeof *pieces)

#define HEADER                                                                                     \
    "patient,date,lesion,role,diameter_mm,long_axis_mm,short_axis_mm,status,nodal,slice_mm,visit\n"

#endif
