/* SPDX-License-Identifier: MIT
 * For the tests of the study builder: rows are written as short lines of text, and a study is
 * compared as text, one line for the visits and one for each lesion. */
#ifndef RECIST_TESTS_STUDY_ROWS_H
#define RECIST_TESTS_STUDY_ROWS_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/text_buffer.h"
#include "study/study_rules.h"

/* Fields of a line; those at the end may be left out. */
enum field {
    FIELD_DATE,
    FIELD_VISIT,
    FIELD_LESION,
    FIELD_ROLE,
    FIELD_DIAMETER,
    FIELD_STATUS,
    FIELD_SITE,
    FIELD_NODAL,
    FIELD_READER,
    FIELD_LONG_AXIS,
    FIELD_SHORT_AXIS,
    FIELD_PRIOR_THERAPY,
    FIELD_COURSE,
    FIELD_PATIENT,
    FIELD_VALUE,
    FIELD_UPTAKE,
    FIELD_INJECTED,
    FIELD_COUNT
};

static const struct {
    const char *name;
    enum recist_column column;
} fields[FIELD_COUNT] = {
    [FIELD_DATE] = {"date", RECIST_COLUMN_DATE},
    [FIELD_VISIT] = {"visit", RECIST_COLUMN_VISIT},
    [FIELD_LESION] = {"lesion", RECIST_COLUMN_LESION},
    [FIELD_ROLE] = {"role", RECIST_COLUMN_ROLE},
    [FIELD_DIAMETER] = {"diameter", RECIST_COLUMN_DIAMETER},
    [FIELD_STATUS] = {"status", RECIST_COLUMN_STATUS},
    [FIELD_SITE] = {"site", RECIST_COLUMN_SITE},
    [FIELD_NODAL] = {"nodal", RECIST_COLUMN_NODAL},
    [FIELD_READER] = {"reader", RECIST_COLUMN_READER},
    [FIELD_LONG_AXIS] = {"long", RECIST_COLUMN_LONG_AXIS},
    [FIELD_SHORT_AXIS] = {"short", RECIST_COLUMN_SHORT_AXIS},
    [FIELD_PRIOR_THERAPY] = {"prior", RECIST_COLUMN_PRIOR_THERAPY},
    [FIELD_COURSE] = {"course", RECIST_COLUMN_COURSE},
    [FIELD_PATIENT] = {"patient", RECIST_COLUMN_PATIENT},
    [FIELD_VALUE] = {"value", (enum recist_column)RECIST_COLUMN_COUNT},
    [FIELD_UPTAKE] = {"uptake", (enum recist_column)(RECIST_COLUMN_COUNT + 1)},
    [FIELD_INJECTED] = {"injected", (enum recist_column)(RECIST_COLUMN_COUNT + 2)},
};
#define FURTHER_COUNT 3

/* The words of these tests. */
enum { ABSENT = 1, TOO_SMALL, MERGED, NOT_EVALUABLE, PRESENT, PROGRESSION, UNEQUIVOCAL, RESECTED,
       STABLE, INCREASED };
static const struct recist_status_word statuses[] = {
    {.word = "", .evaluated = true, .stands_for = RECIST_MISSING},
    [ABSENT] = {.word = "absent", .evaluated = true, .stands_for = 0},
    [TOO_SMALL] = {.word = "too small",
                   .evaluated = true,
                   .stands_for = 5 * RECIST_MILLIMETRE},
    [MERGED] = {.word = "merged", .evaluated = true, .stands_for = 0, .merged = true},
    [NOT_EVALUABLE] = {.word = "not evaluable", .stands_for = RECIST_MISSING},
    [PRESENT] = {.word = "present", .evaluated = true, .stands_for = RECIST_MISSING},
    [PROGRESSION] = {.word = "progression",
                     .evaluated = true,
                     .stands_for = RECIST_MISSING,
                     .prevails = true},
    [UNEQUIVOCAL] = {.word = "unequivocal", .evaluated = true, .stands_for = RECIST_MISSING},
    [RESECTED] = {.word = "resected", .stands_for = RECIST_MISSING, .lasting = true},
    [STABLE] = {.word = "stable", .evaluated = true, .stands_for = RECIST_MISSING},
    [INCREASED] = {.word = "increased", .evaluated = true, .stands_for = RECIST_MISSING},
};
static const uint8_t target_statuses[] = {ABSENT, TOO_SMALL, MERGED, NOT_EVALUABLE, RESECTED};
static const uint8_t other_statuses[] = {PRESENT, PROGRESSION, NOT_EVALUABLE, RESECTED};
static const uint8_t new_statuses[] = {UNEQUIVOCAL, NOT_EVALUABLE};
static const uint8_t dose_statuses[] = {STABLE, INCREASED, NOT_EVALUABLE};
static const uint8_t marker_statuses[] = {NOT_EVALUABLE};
static const struct recist_role_word roles[] = {
    {.word = "none"},
    {.word = "target",
     .at_baseline = true,
     .needs_reading = true,
     .blank_means = 0,
     .statuses = target_statuses,
     .status_count = sizeof target_statuses},
    {.word = "non-target",
     .at_baseline = true,
     .needs_reading = true,
     .blank_means = 0,
     .statuses = other_statuses,
     .status_count = sizeof other_statuses},
    {.word = "new",
     .at_baseline = false,
     .needs_reading = false,
     .blank_means = UNEQUIVOCAL,
     .statuses = new_statuses,
     .status_count = sizeof new_statuses},
    /* Of the patient: a dose, a marker whose name looks like a part of something. */
    {.word = "steroids",
     .any_time = true,
     .of_patient = true,
     .statuses = dose_statuses,
     .status_count = sizeof dose_statuses},
    {.word = "CA.125",
     .any_time = true,
     .of_patient = true,
     .own_schedule = true,
     .has_value = true,
     .statuses = marker_statuses,
     .status_count = sizeof marker_statuses},
    /* ... and what is counted on a scan. */
    {.word = "bone",
     .any_time = true,
     .of_patient = true,
     .of_scan = true,
     .has_value = true,
     .statuses = marker_statuses,
     .status_count = sizeof marker_statuses},
    /* A lesion that may be recorded whenever it is seen. */
    {.word = "cyst",
     .any_time = true,
     .blank_means = NOT_EVALUABLE,
     .statuses = other_statuses,
     .status_count = sizeof other_statuses},
    /* ... and one that is named when it was treated. */
    {.word = "ablation",
     .any_time = true,
     .blank_means = RESECTED,
     .statuses = other_statuses,
     .status_count = sizeof other_statuses},
};
static const struct recist_number_column number_columns[FURTHER_COUNT] = {
    {.name = "value"}, {.name = "uptake"}, {.name = "injected", .answer = true}};
static const struct recist_vocabulary vocabulary = {
    .roles = roles,
    .role_count = sizeof roles / sizeof *roles,
    .statuses = statuses,
    .status_count = sizeof statuses / sizeof *statuses,
    .columns = number_columns,
    .column_count = FURTHER_COUNT,
    .value_column = 0,
};

static inline struct recist_slice slice(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

static inline bool equals(struct recist_slice text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

static inline struct recist_slice field_of(struct recist_slice row, enum field field)
{
    for (int i = 0; i < (int)field; i++) {
        const char *comma = row.length > 0 ? memchr(row.text, ',', row.length) : NULL;
        size_t taken = comma ? (size_t)(comma - row.text) + 1 : row.length;
        row = (struct recist_slice){row.text + taken, row.length - taken};
    }
    const char *comma = row.length > 0 ? memchr(row.text, ',', row.length) : NULL;
    return (struct recist_slice){row.text, comma ? (size_t)(comma - row.text) : row.length};
}

static inline enum field field_of_column(enum recist_column column)
{
    int field = 0;
    while (field < FIELD_COUNT && fields[field].column != column) {
        field++;
    }
    ck_assert_msg(field < FIELD_COUNT, "a finding stands at column %d", (int)column);
    return (enum field)field;
}

/* Columns count from 1. */
static inline uint32_t position(struct recist_slice row, enum field field)
{
    return (uint32_t)(field_of(row, field).text - row.text) + 1;
}

static inline struct recist_place place(const struct recist_measurements *places,
                                        const struct recist_reading *reading,
                                        enum recist_column column)
{
    static const char *const names[] = {"rows.csv", "more.csv"};
    return (struct recist_place){names[reading->file], reading->line,
                                 position(reading->row, field_of_column(column))};
}

/* The middle of the month or year. */
static inline int32_t complete_date(const void *context, int32_t first_day,
                                    enum recist_date_precision precision)
{
    return first_day + (precision == RECIST_DATE_MONTH ? 14 : 181);
}

static int organ_questions;

static inline void organ(const void *context, struct recist_slice site, struct recist_slice *organ,
                         bool *nodal)
{
    organ_questions++;
    *organ = (struct recist_slice){NULL, 0};
    *nodal = equals(site, "axilla");
    if (*nodal) {
        *organ = slice("lymph node");
    } else if (equals(site, "right lung") || equals(site, "left lung")) {
        *organ = slice("lung");
    }
}

static inline struct recist_study_builder *make_builder(void)
{
    struct recist_study_builder *builder =
        recist_study_builder_create_from(&(struct recist_study_rules){
            .vocabulary = &vocabulary,
            .nodal_organ = slice("lymph node"),
            .visit_span = 14,
            .complete_date = complete_date,
            .organ = organ,
            .place = place,
        });
    ck_assert_ptr_nonnull(builder);
    return builder;
}

static inline int64_t length_in(struct recist_slice text)
{
    int64_t length = RECIST_MISSING;
    if (text.length > 0) {
        ck_assert_int_eq(recist_decimal_parse(text, &length), RECIST_DECIMAL_OK);
    }
    return length;
}

static inline uint8_t role_in(struct recist_slice text)
{
    uint8_t role = 0;
    while (role < vocabulary.role_count && !equals(text, roles[role].word)) {
        role++;
    }
    ck_assert_uint_lt(role, vocabulary.role_count);
    return role;
}

static inline uint8_t status_in(struct recist_slice text)
{
    uint8_t status = 0;
    while (status < vocabulary.status_count && !equals(text, statuses[status].word)) {
        status++;
    }
    ck_assert_uint_lt(status, vocabulary.status_count);
    return status;
}

/* The numbers of further columns; NULL where there is none. */
static inline const int64_t *numbers_in(struct recist_slice row, int64_t numbers[FURTHER_COUNT])
{
    bool any = false;
    for (int i = 0; i < FURTHER_COUNT; i++) {
        struct recist_slice text = field_of(row, (enum field)(FIELD_VALUE + i));
        numbers[i] = length_in(text);
        any |= text.length > 0;
    }
    return any ? numbers : NULL;
}

static inline struct recist_reading reading_in(struct recist_slice row, uint64_t line)
{
    enum recist_date_precision precision = RECIST_DATE_DAY;
    struct recist_slice nodal = field_of(row, FIELD_NODAL);
    struct recist_reading reading = {
        .lesion = field_of(row, FIELD_LESION),
        .visit = field_of(row, FIELD_VISIT),
        .site = field_of(row, FIELD_SITE),
        .axis = {length_in(field_of(row, FIELD_DIAMETER)),
                 length_in(field_of(row, FIELD_LONG_AXIS)),
                 length_in(field_of(row, FIELD_SHORT_AXIS))},
        .role = role_in(field_of(row, FIELD_ROLE)),
        .status = status_in(field_of(row, FIELD_STATUS)),
        .nodal = equals(nodal, "yes")  ? RECIST_YES
                 : equals(nodal, "no") ? RECIST_NO
                                       : RECIST_UNSAID,
        .line = line,
        .row = row,
    };
    ck_assert_int_eq(recist_date_parse(field_of(row, FIELD_DATE), &reading.date, &precision),
                     RECIST_DATE_OK);
    reading.date_precision = (uint8_t)precision;
    if (roles[reading.role].of_patient) {
        reading.lesion = slice(roles[reading.role].word);
    }
    return reading;
}

#define MOST_ROWS 256
struct rows {
    struct recist_reading readings[MOST_ROWS];
    int64_t numbers[MOST_ROWS][FURTHER_COUNT];
    struct recist_reading_more more[MOST_ROWS];
    size_t count;
};

static inline struct recist_reading_more more_in(struct recist_slice row)
{
    return (struct recist_reading_more){
        .reader = field_of(row, FIELD_READER),
        .course = field_of(row, FIELD_COURSE),
        .prior_therapy = field_of(row, FIELD_PRIOR_THERAPY),
        .slice_thickness = RECIST_MISSING,
    };
}

/* The first line is line 2, as in a file with a header. */
static inline void read_rows(const char *text, struct rows *rows)
{
    rows->count = 0;
    while (*text) {
        const char *end = strchr(text, '\n');
        size_t length = end ? (size_t)(end - text) : strlen(text);
        ck_assert_uint_lt(rows->count, MOST_ROWS);
        rows->readings[rows->count] =
            reading_in((struct recist_slice){text, length}, rows->count + 2);
        rows->more[rows->count] = more_in((struct recist_slice){text, length});
        rows->readings[rows->count].more = &rows->more[rows->count];
        rows->readings[rows->count].numbers =
            numbers_in((struct recist_slice){text, length}, rows->numbers[rows->count]);
        rows->count++;
        text += end ? length + 1 : length;
    }
}

static inline enum recist_outcome build(struct recist_study_builder *builder,
                                        const struct rows *rows, struct recist_findings *findings,
                                        const struct recist_patient **patient)
{
    struct recist_patient_readings readings = {
        .patient = slice("P1"), .readings = rows->readings, .count = rows->count};
    static const char token;
    return recist_study_build(builder, &readings, (const struct recist_measurements *)&token,
                              findings, patient);
}

static inline void tell_length(struct recist_text *text, int64_t length)
{
    char number[RECIST_DECIMAL_TEXT_SIZE];
    if (length == RECIST_MISSING) {
        recist_text_append_char(text, '-');
        return;
    }
    recist_decimal_format(length, RECIST_ONE, RECIST_DECIMALS, number);
    recist_text_append_string(text, number);
}

static inline void tell_lengths(struct recist_text *text, const int64_t length[RECIST_AXIS_COUNT])
{
    tell_length(text, length[RECIST_DIAMETER]);
    if (length[RECIST_LONG_AXIS] != RECIST_MISSING || length[RECIST_SHORT_AXIS] != RECIST_MISSING) {
        recist_text_append_char(text, '/');
        tell_length(text, length[RECIST_LONG_AXIS]);
        recist_text_append_char(text, '/');
        tell_length(text, length[RECIST_SHORT_AXIS]);
    }
}

static inline void tell_day(struct recist_text *text, int32_t date)
{
    char day[RECIST_DATE_TEXT_SIZE];
    recist_text_append(text, day, recist_date_format(date, day));
}

static inline void tell_day(struct recist_text *text, int32_t date);

/* " value 35", " uptake 3.5"; and the product of parts, where it is known. */
static inline void tell_numbers(struct recist_text *text, const struct recist_observation *seen)
{
    for (int i = 0; seen->reading->numbers && i < FURTHER_COUNT; i++) {
        if (seen->reading->numbers[i] != RECIST_MISSING) {
            recist_text_format(text, " %s ", number_columns[i].name);
            tell_length(text, seen->reading->numbers[i]);
        }
    }
    ck_assert((seen->parts > 1 && seen->measured) <= (seen->product_of_parts != NULL));
    if (seen->product_of_parts && *seen->product_of_parts != RECIST_WIDE_MISSING) {
        recist_text_append_string(text, ", product ");
        recist_decimal_append(text, *seen->product_of_parts,
                              (recist_wide)RECIST_ONE * RECIST_ONE, RECIST_DECIMALS);
    }
}

/* "30", "45, mass", "absent", "18 of 2, largest 10", "?" for a visit without a row; with the date of a lesion
 * in parts, where the visit has more than one. */
static inline void tell_observation(struct recist_text *text, const struct recist_visit *visit,
                                    const struct recist_observation *seen)
{
    if (!seen->reading) {
        ck_assert(!seen->evaluated && !seen->measured && seen->parts == 0);
        recist_text_append_char(text, '?');
        return;
    }
    ck_assert(seen->evaluated == (seen->status == 0 || statuses[seen->status].evaluated));
    ck_assert(seen->measured ==
              (seen->axis[0] != RECIST_MISSING || seen->axis[1] != RECIST_MISSING ||
               seen->axis[2] != RECIST_MISSING));
    if (seen->measured) {
        tell_lengths(text, seen->axis);
    }
    recist_text_append_string(text, statuses[seen->status].word);
    if (seen->parts > 1) {
        recist_text_format(text, " of %u", seen->parts);
    }
    bool in_mass = seen->mass && !seen->measured;
    if ((seen->parts > 1 && seen->measured) ||
        (in_mass && memcmp(seen->axis, seen->largest, sizeof seen->axis) != 0)) {
        recist_text_append_string(text, ", largest ");
        tell_lengths(text, seen->largest);
    } else {
        ck_assert(memcmp(seen->axis, seen->largest, sizeof seen->axis) == 0);
    }
    if (seen->mass) {
        recist_text_append_string(text, seen->mixed ? ", mixed mass" : ", mass");
    }
    tell_numbers(text, seen);
    bool of_patient = roles[seen->reading->role].of_patient;
    ck_assert(of_patient ||
              (seen->date >= visit->first_date && seen->date <= visit->last_date));
    if (of_patient && seen->date != visit->first_date) {
        recist_text_append_string(text, " @");
        tell_day(text, seen->date);
    }
    if (seen->parts > 1 && visit->first_date != visit->last_date) {
        recist_text_append_string(text, " @");
        tell_day(text, seen->date);
    }
}

static inline void tell_visit(struct recist_text *text, const struct recist_visit *visit)
{
    recist_text_append_slice(text, visit->label);
    recist_text_append_string(text, visit->label.length > 0 ? " " : "");
    tell_day(text, visit->first_date);
    if (visit->last_date != visit->first_date) {
        recist_text_append_string(text, "..");
        tell_day(text, visit->last_date);
    }
    recist_text_append_string(text, visit->partial_date ? "~" : "");
    recist_text_append_string(text, visit->imaged ? "; " : " (no scan); ");
}

static inline void tell_lesion(struct recist_text *text, const struct recist_series *series,
                               size_t lesion)
{
    const struct recist_lesion *told = &series->lesions[lesion];
    recist_text_append_slice(text, told->id);
    recist_text_format(text, " %s", roles[told->role].word);
    if (told->organ.length > 0) {
        recist_text_append_string(text, " in ");
        recist_text_append_slice(text, told->organ);
    }
    recist_text_append_string(text, told->nodal ? " (node)" : "");
    recist_text_append_string(text, told->prior_therapy ? " (treated)" : "");
    recist_text_append_string(text, told->progressed_since ? " (progressed)" : "");
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        recist_text_append_string(text, visit == 0 ? ": " : " | ");
        tell_observation(text, &series->visits[visit],
                         recist_series_observation(series, visit, lesion));
    }
    recist_text_append_char(text, '\n');
}

/* A study as text. */
static inline void tell(struct recist_text *text, const struct recist_patient *patient)
{
    for (size_t i = 0; i < patient->series_count; i++) {
        const struct recist_series *series = &patient->series[i];
        if (series->reader.length > 0 || series->course.length > 0) {
            recist_text_append_slice(text, series->reader);
            recist_text_append_slice(text, series->course);
            recist_text_append_string(text, ": ");
        }
        for (size_t visit = 0; visit < series->visit_count; visit++) {
            tell_visit(text, &series->visits[visit]);
        }
        recist_text_append_char(text, '\n');
        for (size_t lesion = 0; lesion < series->lesion_count; lesion++) {
            tell_lesion(text, series, lesion);
        }
    }
}

/* Findings as "code line field", one a line. */
static inline void tell_findings(struct recist_text *text, const struct recist_findings *findings,
                                 const struct rows *rows)
{
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        size_t row = 0;
        while (row < rows->count && rows->readings[row].line != finding->place.line) {
            row++;
        }
        ck_assert_uint_lt(row, rows->count);
        int field = 0;
        while (field < FIELD_COUNT &&
               position(rows->readings[row].row, (enum field)field) != finding->place.column) {
            field++;
        }
        ck_assert_int_lt(field, FIELD_COUNT);
        ck_assert(equals(finding->patient, "P1"));
        ck_assert_uint_gt(finding->visit.length, 0);
        recist_text_format(text, "%s %d %s\n", finding->kind->code, (int)finding->place.line,
                           fields[field].name);
    }
}

struct study_case {
    const char *name;
    const char *rows;
    const char *study;    /* NULL: not looked at */
    const char *findings; /* NULL: none */
    bool invalid;
};

static inline void assert_text(struct recist_text *text, const char *expected, const char *what)
{
    recist_text_append_char(text, '\0');
    ck_assert_msg(strcmp(text->bytes, expected) == 0, "%s: got\n%s\nexpected\n%s", what,
                  text->bytes, expected);
    recist_text_destroy(text);
}

static inline void assert_study(const struct study_case *expected)
{
    struct recist_study_builder *builder = make_builder();
    struct recist_findings *findings = recist_findings_create();
    const struct recist_patient *patient = NULL;
    struct rows rows;
    read_rows(expected->rows, &rows);
    enum recist_outcome outcome = build(builder, &rows, findings, &patient);
    struct recist_text found;
    struct recist_text told;
    recist_text_init(&found);
    recist_text_init(&told);
    tell_findings(&found, findings, &rows);
    assert_text(&found, expected->findings ? expected->findings : "", expected->name);
    if (expected->study) {
        tell(&told, patient);
        assert_text(&told, expected->study, expected->name);
    }
    ck_assert_int_eq(outcome, expected->invalid ? RECIST_INVALID : RECIST_DONE);
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
}

#endif
