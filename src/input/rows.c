/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/utf8.h"
#include "input/reader.h"

static struct recist_subject subject(const struct recist_row *row)
{
    return (struct recist_subject){.patient = recist_row_cell(row, RECIST_COLUMN_PATIENT),
                                   .visit = recist_row_cell(row, RECIST_COLUMN_VISIT),
                                   .lesion = recist_row_cell(row, RECIST_COLUMN_LESION)};
}

#define REPORT_IN(scope, begin, name, at, ...)                                                     \
    ((void)recist_findings_report(                                                                 \
        (scope)->findings, RECIST_KIND(name),                                                      \
        recist_row_place_of((scope)->file, (scope)->line, (begin), (at)), (scope)->subject,        \
        __VA_ARGS__))

#define REPORT(rows, name, at, ...)                                                                \
    do {                                                                                           \
        struct recist_row_scope scope = scope_of(rows);                                            \
        REPORT_IN(&scope, (rows)->bytes.begin, name, at, __VA_ARGS__);                             \
    } while (false)

bool recist_row_check_bytes(const struct recist_row_scope *scope, const struct recist_csv_row *csv)
{
    const char *begin = csv->begin;
    const char *end = csv->end;
    const char *nul = memchr(begin, '\0', (size_t)(end - begin));
    if (nul) {
        REPORT_IN(scope, begin, NUL_BYTE, nul,
                  "a NUL byte stands in the row; the file is damaged or no text");
    }
    for (const char *at = begin; at < end;) {
        uint32_t character = 0;
        size_t length = (unsigned char)*at < 0x80
                            ? 1
                            : recist_utf8_decode(at, (size_t)(end - at), &character);
        if (length == 0) {
            REPORT_IN(scope, begin, INVALID_UTF8, at,
                      "byte %02X is not UTF-8 here; save the file as UTF-8, not as Latin-1 or "
                      "Windows-1252",
                      (unsigned)(unsigned char)*at);
            return false;
        }
        at += length;
    }
    return !nul;
}

bool recist_row_check_quotes(const struct recist_row_scope *scope, const struct recist_csv_row *csv)
{
    const char *stray = csv->stray;
    if (!stray) {
        return true;
    }
    if (*stray == '"') {
        REPORT_IN(scope, csv->begin, STRAY_QUOTE, stray,
                  "a quote stands within a field that does not begin with one; put the field in "
                  "quotes and double those within it");
    } else if (*stray == ' ' || *stray == '\t') {
        REPORT_IN(scope, csv->begin, STRAY_QUOTE, stray,
                  "a space stands after a closing quote, where the comma or the line end is expected; "
                  "remove it, or double the quotes within a quoted field");
    } else {
        REPORT_IN(scope, csv->begin, STRAY_QUOTE, stray,
                  "text stands after a closing quote; double the quotes within a quoted field");
    }
    return false;
}

/* Where in a file, and about whom, the row at hand is. */
static struct recist_row_scope scope_of(const struct recist_rows *rows)
{
    return (struct recist_row_scope){.file = rows->row.file,
                                     .line = rows->row.line,
                                     .subject = subject(&rows->row),
                                     .findings = rows->batch->findings};
}

void recist_rows_start_file(struct recist_rows *rows, size_t file)
{
    const struct recist_input_file *input = &rows->reader->files[file];
    rows->file = file;
    rows->sound_before = false;
    recist_rows_forget_lesions(rows);
    rows->reader->fields.memory = &rows->batch->texts;
    recist_row_start_file(&rows->row, input->source.name, &input->columns);
    recist_csv_init(&rows->csv, rows->reader->field_ends, input->columns.field_count);
    recist_csv_expect(&rows->csv, rows->reader->scan);
}

size_t recist_row_known_fields(const struct recist_csv_row *csv, size_t capacity)
{
    size_t count = csv->field_count < capacity ? csv->field_count : capacity;
    size_t known = 0;
    while (known < count && csv->field_ends[known] <= RECIST_CSV_ROW_LIMIT) {
        known++;
    }
    return known;
}

bool recist_rows_begin_patient(struct recist_rows *rows, const char *begin,
                               struct recist_slice study, struct recist_slice patient)
{
    rows->in_run = true;
    recist_rows_forget_lesions(rows);
    rows->study = study;
    rows->patient = patient;
    rows->run_begin = begin;
    rows->run_offset = rows->shift + (uint64_t)(begin - rows->batch->bytes);
    rows->run_line = rows->row.line;
    recist_fields_start_patient(&rows->reader->fields);
    return patient.length == 0 || recist_batch_add_patient(rows->batch, study, patient);
}

/* Begins a new run when the row is not of the patient at hand. */
static inline bool follow_patient(struct recist_rows *rows)
{
    struct recist_slice study = recist_row_cell(&rows->row, RECIST_COLUMN_STUDY);
    struct recist_slice patient = recist_row_cell(&rows->row, RECIST_COLUMN_PATIENT);
    if (rows->in_run && recist_text_equal(rows->patient, patient) &&
        (patient.length == 0 || recist_text_equal(rows->study, study))) {
        return true;
    }
    return recist_rows_begin_patient(rows, rows->bytes.begin, study, patient);
}

static void count_error(struct recist_rows *rows)
{
    if (rows->patient.length > 0) {
        rows->batch->entries[rows->batch->entry_count - 1].patient.errors++;
    }
}

static bool check_field_count(struct recist_rows *rows)
{
    size_t expected = rows->row.columns->field_count;
    size_t count = rows->bytes.field_count;
    if (count < expected) {
        REPORT(rows, ROW_TOO_SHORT, rows->bytes.end, "the row has %zu field%s, the header %zu",
               count, count == 1 ? "" : "s", expected);
        return false;
    }
    if (count > expected) {
        const char *extra = rows->bytes.origin + rows->bytes.field_ends[expected - 1] + 1;
        REPORT(rows, ROW_TOO_LONG, extra,
               "the row has %zu fields, the header %zu; a text or number with a comma in it must "
               "stand in quotes",
               count, expected);
        return false;
    }
    return true;
}

static bool report_long_texts(struct recist_rows *rows)
{
    for (size_t i = 0; i < RECIST_ALL_COLUMNS; i++) {
        if (rows->row.columns_too_long >> i & 1) {
            struct recist_place place = recist_row_place(&rows->row, (enum recist_column)i);
            recist_findings_report(rows->batch->findings, RECIST_KIND(FIELD_TOO_LONG), place,
                                   subject(&rows->row),
                                   "%s is far too long; names may have %d bytes, texts %d",
                                   recist_fields_column_name(&rows->reader->fields,
                                                             (enum recist_column)i),
                                   RECIST_LONGEST_NAME, RECIST_LONGEST_TEXT);
        }
    }
    return false;
}

static inline bool check_long_texts(struct recist_rows *rows)
{
    return rows->row.columns_too_long == 0 || report_long_texts(rows);
}

/* Whether the row is plain and begins with the bytes of the row before, up to the end of its head. */
static inline bool repeats_head(const struct recist_rows *rows)
{
    size_t count = rows->row.columns->head_count;
    if (!rows->sound_before || count == 0 || !rows->row.plain) {
        return false;
    }
    const struct recist_reading *before =
        &rows->batch->readings[rows->batch->reading_count - 1];
    size_t length = rows->bytes.field_ends[count - 1] - (rows->bytes.field_ends - 1)[0];
    return recist_text_equal((struct recist_slice){before->row.text, length},
                             (struct recist_slice){rows->bytes.begin, length});
}

/* A row of the same visit as the one before. */
static bool take_next_row(struct recist_rows *rows)
{
    struct recist_batch *batch = rows->batch;
    struct recist_reading *reading = recist_batch_next_reading(batch);
    if (!reading) {
        return false;
    }
    rows->sound_before = recist_fields_read_next(&rows->reader->fields, &rows->row, reading - 1,
                                                 reading, batch->findings);
    if (rows->sound_before) {
        batch->reading_count++;
        recist_rows_go_on_with_visit(rows);
    } else {
        count_error(rows);
    }
    return !rows->reader->fields.failed;
}

/* Whether the names of the patient and the study are what was written there. */
static bool names_are_sound(const struct recist_rows *rows)
{
    static const enum recist_column names[] = {RECIST_COLUMN_PATIENT, RECIST_COLUMN_STUDY};
    const struct recist_row *row = &rows->row;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t field = row->columns->field_of[names[i]];
        if ((row->columns_too_long >> names[i] & 1) ||
            (field < row->field_count && !recist_field_is_sound(recist_csv_field(row->csv, field)))) {
            return false;
        }
    }
    return true;
}

/* In a row with more or fewer fields than the header they may all stand elsewhere: what is read as the
 * patient is one if nothing stands before it, or the rows before are the same patient's. A quote astray
 * leaves all fields in their places but its own, unless it took lines for text: they may be rows. */
static bool patient_is_known(const struct recist_rows *rows)
{
    const struct recist_columns *columns = rows->row.columns;
    const struct recist_csv_row *csv = &rows->bytes;
    bool counted = csv->field_count == columns->field_count;
    struct recist_slice patient = recist_row_cell(&rows->row, RECIST_COLUMN_PATIENT);
    struct recist_slice study = recist_row_cell(&rows->row, RECIST_COLUMN_STUDY);
    if ((rows->row.columns_too_long > 0 || csv->unusual || csv->stray) &&
        (!names_are_sound(rows) || (csv->line_ends > 0 && (csv->stray || !counted)))) {
        return false;
    }
    return counted || patient.length == 0 ||
           (rows->in_run && recist_text_equal(rows->patient, patient) &&
            recist_text_equal(rows->study, study)) ||
           (columns->field_of[RECIST_COLUMN_PATIENT] == 0 &&
            columns->field_of[RECIST_COLUMN_STUDY] == RECIST_NO_FIELD);
}

/* The row may be anybody's: no cell of it is believed, and what is found names nobody. It stays where
 * the index of runs has it, with the patient that was read. */
static void forget_cells(struct recist_row *row)
{
    row->plain = false;
    for (size_t i = 0; i < RECIST_ALL_COLUMNS; i++) {
        row->cells[i] = (struct recist_slice){"", 0};
    }
}

/* A row that the scanner could delimit. False when memory is out. */
static bool take_row(struct recist_rows *rows)
{
    struct recist_batch *batch = rows->batch;
    if (!recist_row_read(&rows->row, &rows->bytes, rows->bytes.field_count, &batch->texts)) {
        return false;
    }
    if (repeats_head(rows)) {
        return take_next_row(rows);
    }
    rows->sound_before = false;
    if (recist_row_cell(&rows->row, RECIST_COLUMN_PATIENT).length == 0 && recist_row_is_blank(&rows->bytes)) {
        return true;
    }
    bool known = patient_is_known(rows);
    struct recist_reading *reading = recist_batch_next_reading(batch);
    if (!follow_patient(rows) || !reading) {
        return false;
    }
    if (!known) {
        forget_cells(&rows->row);
    }
    bool sound = true;
    if (rows->bytes.unusual || rows->bytes.stray) {
        struct recist_row_scope scope = scope_of(rows);
        sound = recist_row_check_bytes(&scope, &rows->bytes);
        sound &= recist_row_check_quotes(&scope, &rows->bytes);
    }
    if (check_field_count(rows) && check_long_texts(rows) && known) {
        sound &= recist_fields_read(&rows->reader->fields, &rows->row, reading, batch->findings);
    } else {
        sound = false;
    }
    if (sound) {
        reading->file = (uint32_t)rows->file;
        batch->reading_count++;
        rows->sound_before = true;
        recist_rows_begin_visit(rows);
    } else {
        count_error(rows);
    }
    return !rows->reader->fields.failed;
}

/* The part of a row that could be read, so that its patient can be named. */
static bool take_part(struct recist_rows *rows)
{
    rows->sound_before = false;
    size_t known = recist_row_known_fields(&rows->bytes, rows->csv.capacity);
    if (!recist_row_read(&rows->row, &rows->bytes, known, &rows->batch->texts) ||
        !follow_patient(rows)) {
        return false;
    }
    if (!names_are_sound(rows) || rows->bytes.line_ends > 0) {
        forget_cells(&rows->row);
    }
    count_error(rows);
    return true;
}

static bool take_unclosed(struct recist_rows *rows)
{
    if (!take_part(rows)) {
        return false;
    }
    REPORT(rows, UNCLOSED_QUOTE, rows->bytes.unclosed,
           "the quote that opens here does not close; the rest of the file cannot be read");
    return true;
}

/* The bytes of the row are about to be dropped, so what is kept of them is copied. */
static bool take_too_long(struct recist_rows *rows)
{
    if (!take_part(rows)) {
        return false;
    }
    size_t known = rows->row.field_count;
    const char *field =
        rows->bytes.begin + (known > 0 ? rows->bytes.field_ends[known - 1] + 1 : 0);
    REPORT(rows, FIELD_TOO_LONG, field,
           "the row goes on for more than %zu bytes, and this field with it; it is left out",
           RECIST_CSV_ROW_LIMIT);
    rows->row.line += rows->bytes.line_ends + 1;
    if (rows->run_begin != rows->bytes.begin || rows->patient.length == 0) {
        return true;
    }
    struct recist_patient_readings *patient =
        &rows->batch->entries[rows->batch->entry_count - 1].patient;
    rows->study = patient->study = recist_arena_copy_slice(&rows->batch->texts, rows->study);
    rows->patient = patient->patient = recist_arena_copy_slice(&rows->batch->texts, rows->patient);
    return rows->study.text && rows->patient.text;
}

enum recist_csv_result recist_rows_read(struct recist_rows *rows)
{
    for (;;) {
        recist_rows_take_repeated(rows);
        enum recist_csv_result result = recist_csv_next(&rows->csv, &rows->bytes);
        if (result == RECIST_CSV_ROW) {
            if (rows->bytes.end != rows->bytes.begin && !take_row(rows)) {
                return RECIST_CSV_ROW;
            }
            rows->row.line += 1 + rows->bytes.line_ends;
            continue;
        }
        if ((result == RECIST_CSV_UNCLOSED && !take_unclosed(rows)) ||
            (result == RECIST_CSV_TOO_LONG && !take_too_long(rows))) {
            return RECIST_CSV_ROW;
        }
        return result;
    }
}
