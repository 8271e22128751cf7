/* SPDX-License-Identifier: MIT
 * One row of a file of assessed responses. */
#include <stdlib.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "base/text_buffer.h"
#include "criteria/criteria.h"
#include "input/reader.h"
#include "timeline/responses.h"

/* What stands in `overall` at baseline, as in the output of `recist assess`. */
static const struct recist_slice baseline_word = {"baseline", 8};

/* A row on its way. */
struct work {
    struct recist_responses *responses;
    const struct recist_response_file *file;
    struct recist_findings *findings;
    struct recist_response_row row;
    struct recist_slice cells[RECIST_RESPONSE_COLUMN_COUNT];
    bool sound;
};

struct recist_place recist_response_place(const struct recist_responses *responses,
                                          const struct recist_response_row *row,
                                          enum recist_response_column column)
{
    const struct recist_response_file *file = &responses->files[row->file];
    size_t field = file->field_of[column];
    const char *at =
        field == SIZE_MAX ? row->bytes.text : recist_row_find_field(row->bytes, field);
    return recist_row_place_of(file->source.name, row->line, row->bytes.text, at);
}

#define REPORT(work, column, kind, ...)                                                            \
    ((void)recist_findings_report(                                                                 \
        (work)->findings, RECIST_KIND(kind),                                                       \
        recist_response_place((work)->responses, &(work)->row, (column)),                          \
        (struct recist_subject){.patient = (work)->row.patient, .visit = (work)->row.visit},       \
        __VA_ARGS__))

static bool read_cells(struct work *work, const struct recist_csv_row *csv)
{
    for (size_t i = 0; i < RECIST_RESPONSE_COLUMN_COUNT; i++) {
        size_t field = work->file->field_of[i];
        work->cells[i] = (struct recist_slice){"", 0};
        if (field == SIZE_MAX || field >= csv->field_count) {
            continue;
        }
        struct recist_slice bytes = recist_csv_field(csv, field);
        if (!recist_field_text(bytes.text, bytes.text + bytes.length, &work->responses->arena,
                               &work->cells[i])) {
            return false;
        }
    }
    return true;
}

static void read_date(struct work *work)
{
    struct recist_slice text = work->cells[RECIST_RESPONSE_DATE];
    enum recist_date_precision precision = RECIST_DATE_DAY;
    int32_t date = 0;
    if (text.length == 0) {
        REPORT(work, RECIST_RESPONSE_DATE, DATE_MISSING, "the row has no date");
        work->sound = false;
        return;
    }
    enum recist_date_problem problem = recist_date_parse(text, &date, &precision);
    if (problem == RECIST_DATE_FORM) {
        REPORT(work, RECIST_RESPONSE_DATE, DATE_BAD,
               "date \"%s\" is not a date; write it as 2024-03-25", RECIST_SHOWN(text));
    } else if (problem != RECIST_DATE_OK) {
        REPORT(work, RECIST_RESPONSE_DATE, DATE_IMPOSSIBLE,
               "date \"%s\" does not exist, or lies outside the years 1900 to 2199",
               RECIST_SHOWN(text));
    }
    work->sound &= problem == RECIST_DATE_OK;
    if (work->sound && precision != RECIST_DATE_DAY) {
        REPORT(work, RECIST_RESPONSE_DATE, DATE_PARTIAL,
               "date \"%s\" has no day; the convention partial_date chooses it",
               RECIST_SHOWN(text));
    }
    work->row.date = recist_criteria_complete_date(work->responses->criteria, date, precision);
}

static uint64_t possible_words(const struct recist_criteria *criteria)
{
    return criteria->overall_words | criteria->best.words;
}

static bool equal_without_case(struct recist_slice one, const char *other)
{
    struct recist_slice slice = {other, strlen(other)};
    return recist_words_equal(one, slice);
}

static void report_unknown(struct work *work, struct recist_slice text)
{
    const struct recist_criteria *criteria = work->responses->criteria;
    const char *names[RECIST_WORD_LIMIT];
    size_t count = 0;
    struct recist_text list;
    recist_text_init(&list);
    for (size_t i = 1; i < criteria->word_count; i++) {
        if (possible_words(criteria) >> i & 1) {
            names[count] = criteria->words[i];
            recist_text_append_string(&list, count > 0 ? ", " : "");
            recist_text_append_string(&list, names[count++]);
        }
    }
    recist_text_append_char(&list, '\0');
    const char *near = recist_nearest_name(text, names, count);
    REPORT(work, RECIST_RESPONSE_OVERALL, RESPONSE_UNKNOWN,
           "overall \"%s\" is not known%s%s; it may be %s, or baseline", RECIST_SHOWN(text),
           near ? ", was meant: " : "", near ? near : "", list.failed ? "" : list.bytes);
    recist_text_destroy(&list);
    work->sound = false;
}

static void read_word(struct work *work)
{
    const struct recist_criteria *criteria = work->responses->criteria;
    struct recist_slice text = work->cells[RECIST_RESPONSE_OVERALL];
    if (text.length == 0) {
        REPORT(work, RECIST_RESPONSE_OVERALL, RESPONSE_MISSING,
               "the row has no overall response; what could not be evaluated has a word, too");
        work->sound = false;
        return;
    }
    if (recist_words_equal(text, baseline_word)) {
        return;
    }
    for (size_t i = 1; i < criteria->word_count; i++) {
        if ((possible_words(criteria) >> i & 1) && equal_without_case(text, criteria->words[i])) {
            work->row.word = (uint16_t)i;
            return;
        }
    }
    report_unknown(work, text);
}

/* A response that these criteria gave, by the id of the rule: what they say of other visits is in it
 * already. */
static void read_rule(struct work *work)
{
    const struct recist_criteria *criteria = work->responses->criteria;
    struct recist_slice text = work->cells[RECIST_RESPONSE_RULE];
    const char *id = "";
    for (unsigned i = 0; text.length > 0 && !work->row.settled; i++) {
        id = recist_overall_rule_id(criteria, i);
        if (id[0] == '\0') {
            break;
        }
        work->row.settled = recist_text_equal(text, (struct recist_slice){id, strlen(id)});
    }
}

/* A component that says anything but that there are no such lesions has such. */
static void read_absences(struct work *work)
{
    const struct recist_responses *responses = work->responses;
    for (size_t i = 0; i < responses->absence_count && work->row.settled; i++) {
        const struct recist_absence *absence = &responses->absences[i];
        struct recist_slice text = work->cells[RECIST_RESPONSE_ABSENCE + i];
        if (text.length > 0 && !equal_without_case(text, absence->word)) {
            work->row.roles |= absence->role;
        }
    }
}

static void read_measure(struct work *work)
{
    struct recist_slice text = work->cells[RECIST_RESPONSE_MEASURE];
    int64_t value = 0;
    work->row.measure = RECIST_WIDE_MISSING;
    enum recist_decimal_problem problem = recist_decimal_parse(text, &value);
    if (problem == RECIST_DECIMAL_EMPTY) {
        return;
    }
    if (problem != RECIST_DECIMAL_OK && problem != RECIST_DECIMAL_ROUNDED) {
        REPORT(work, RECIST_RESPONSE_MEASURE, NUMBER_BAD,
               "%s \"%s\" is not a plain decimal such as 62.5",
               work->responses->column_names[RECIST_RESPONSE_MEASURE], RECIST_SHOWN(text));
        work->sound = false;
        return;
    }
    work->row.measure = value * work->responses->measure_factor;
}

static bool is_sound(const struct work *work, const struct recist_csv_row *csv,
                     enum recist_response_column column)
{
    size_t field = work->file->field_of[column];
    return field == SIZE_MAX || field >= csv->field_count ||
           recist_field_is_sound(recist_csv_field(csv, field));
}

/* In a row with more or fewer fields than the header they may all stand elsewhere, but for the first;
 * and the lines that a quote astray took for text may be rows. */
static bool patient_is_known(const struct work *work, const struct recist_csv_row *csv)
{
    bool counted = csv->field_count == work->file->column_count;
    bool first = work->file->field_of[RECIST_RESPONSE_PATIENT] == 0 &&
                 work->file->field_of[RECIST_RESPONSE_STUDY] == SIZE_MAX;
    return (counted || first) && is_sound(work, csv, RECIST_RESPONSE_PATIENT) &&
           is_sound(work, csv, RECIST_RESPONSE_STUDY) &&
           (csv->line_ends == 0 || (counted && !csv->stray));
}

static void take_names(struct work *work, const struct recist_csv_row *csv)
{
    if (!patient_is_known(work, csv)) {
        return;
    }
    work->row.study = work->cells[RECIST_RESPONSE_STUDY];
    work->row.patient = work->cells[RECIST_RESPONSE_PATIENT];
    work->row.course = work->cells[RECIST_RESPONSE_COURSE];
    work->row.reader = work->cells[RECIST_RESPONSE_READER];
    work->row.visit = work->cells[RECIST_RESPONSE_VISIT];
    if (work->row.patient.length == 0) {
        REPORT(work, RECIST_RESPONSE_PATIENT, PATIENT_MISSING, "the row has no patient");
        work->sound = false;
    }
}

static void check_field_count(struct work *work, const struct recist_csv_row *csv)
{
    struct recist_place place = {work->file->source.name, work->row.line, 1};
    size_t expected = work->file->column_count;
    if (csv->field_count != expected) {
        bool less = csv->field_count < expected;
        recist_findings_report(work->findings,
                               less ? RECIST_KIND(ROW_TOO_SHORT) : RECIST_KIND(ROW_TOO_LONG),
                               place, (struct recist_subject){.patient = work->row.patient},
                               "the row has %zu fields, the header %zu", csv->field_count,
                               expected);
        work->sound = false;
    }
}

static bool keep(struct recist_responses *responses, const struct recist_response_row *row)
{
    if (responses->count == responses->capacity) {
        size_t capacity = responses->capacity ? 2 * responses->capacity : 256;
        struct recist_response_row *grown =
            realloc(responses->rows, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        responses->rows = grown;
        responses->capacity = capacity;
    }
    responses->rows[responses->count++] = *row;
    return true;
}

bool recist_response_row_read(struct recist_responses *responses, size_t file,
                              const struct recist_csv_row *csv,
                              uint64_t line, struct recist_findings *findings)
{
    struct work work = {
        .responses = responses,
        .file = &responses->files[file],
        .findings = findings,
        .row = {.file = file,
                .line = line,
                .bytes = {csv->begin, (size_t)(csv->end - csv->begin)}},
        .sound = true,
    };
    if (!read_cells(&work, csv)) {
        return false;
    }
    take_names(&work, csv);
    struct recist_row_scope scope = {.file = work.file->source.name,
                                     .line = line,
                                     .subject = {.patient = work.row.patient},
                                     .findings = findings};
    work.sound &= recist_row_check_bytes(&scope, csv);
    work.sound &= recist_row_check_quotes(&scope, csv);
    check_field_count(&work, csv);
    if (work.sound) {
        read_date(&work);
        read_word(&work);
        read_rule(&work);
        read_absences(&work);
        read_measure(&work);
    }
    work.row.unsound = !work.sound;
    return work.row.patient.length == 0 || keep(responses, &work.row);
}
