/* SPDX-License-Identifier: MIT */
#include <recist/measurements.h>

#include <stdlib.h>
#include <string.h>

#include "base/finding_kinds.h"
#include "input/reader.h"

#define MOST_FILES 65535
/* One patient's rows must fit in memory together. */
#define LARGEST_BATCH ((size_t)1 << 30)

static void go_to_start(struct recist_measurements *reader)
{
    reader->ended = false;
    reader->file = 0;
    reader->offset = reader->files[0].first_offset;
    reader->line = reader->files[0].first_line;
    reader->bytes_before = 0;
    reader->next_patient = 0;
    reader->indexed_bytes_read = 0;
    reader->known_to_be_grouped = false;
    recist_seen_patients_clear(&reader->seen);
}

static enum recist_outcome start(struct recist_measurements *reader, enum recist_grouping grouping,
                                 struct recist_findings *findings)
{
    reader->grouping = grouping;
    go_to_start(reader);
    for (size_t i = 0; i < reader->file_count; i++) {
        recist_source_unmap(&reader->files[i].source);
    }
    if (grouping == RECIST_GROUPED) {
        return RECIST_DONE;
    }
    recist_run_index_destroy(&reader->index);
    enum recist_outcome outcome =
        recist_run_index_build(&reader->index, reader->files, reader->file_count,
                               reader->field_ends, reader->piece_size, findings);
    for (size_t i = 0; i < reader->file_count; i++) {
        recist_source_map(&reader->files[i].source);
    }
    return outcome;
}

static enum recist_outcome graver(enum recist_outcome one, enum recist_outcome other)
{
    static const int gravity[] = {
        [RECIST_DONE] = 0, [RECIST_INVALID] = 1, [RECIST_UNREADABLE] = 2, [RECIST_NO_MEMORY] = 3,
    };
    return gravity[one] >= gravity[other] ? one : other;
}

/* Opens all files, also when one is bad: every finding at once. */
static enum recist_outcome open_files(struct recist_measurements *reader, const char *const *paths,
                                      size_t path_count, struct recist_findings *findings)
{
    enum recist_outcome outcome = RECIST_DONE;
    size_t most_fields = 0;
    reader->files = calloc(path_count, sizeof *reader->files);
    if (!reader->files) {
        return RECIST_NO_MEMORY;
    }
    for (size_t i = 0; i < path_count; i++) {
        struct recist_input_file *file = &reader->files[i];
        reader->file_count = i + 1;
        outcome = graver(outcome, recist_input_file_open(file, paths[i], reader->fields.vocabulary,
                                                         findings));
        reader->bytes_total += file->source.size;
        if (file->columns.field_count > most_fields) {
            most_fields = file->columns.field_count;
        }
    }
    reader->field_ends = calloc(most_fields + 2, sizeof *reader->field_ends);
    return reader->field_ends ? outcome : RECIST_NO_MEMORY;
}

static bool check_path_count(size_t path_count, struct recist_findings *findings)
{
    if (path_count == 0 || path_count > MOST_FILES) {
        recist_findings_report(findings, RECIST_KIND(FILE_UNREADABLE), (struct recist_place){0},
                               (struct recist_subject){0}, "%zu files; from 1 to %d can be read",
                               path_count, MOST_FILES);
        return false;
    }
    return true;
}

enum recist_outcome recist_measurements_open_in_pieces(
    const char *const *paths, size_t path_count, const struct recist_vocabulary *vocabulary,
    enum recist_grouping grouping, size_t piece_size, struct recist_findings *findings,
    struct recist_measurements **reader)
{
    if (!check_path_count(path_count, findings)) {
        return RECIST_UNREADABLE;
    }
    struct recist_measurements *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return RECIST_NO_MEMORY;
    }
    opened->piece_size = piece_size;
    opened->scan = recist_plain_scan_choose();
    recist_known_words_clear(opened->roles);
    recist_known_words_clear(opened->last_statuses);
    enum recist_outcome outcome = recist_fields_init(&opened->fields, vocabulary)
                                      ? open_files(opened, paths, path_count, findings)
                                      : RECIST_NO_MEMORY;
    if (outcome == RECIST_DONE) {
        outcome = start(opened, grouping, findings);
    }
    if (outcome != RECIST_DONE) {
        recist_measurements_close(opened);
        return outcome;
    }
    *reader = opened;
    return RECIST_DONE;
}

enum recist_outcome recist_measurements_open(const char *const *paths, size_t path_count,
                                             const struct recist_vocabulary *vocabulary,
                                             enum recist_grouping grouping,
                                             struct recist_findings *findings,
                                             struct recist_measurements **reader)
{
    return recist_measurements_open_in_pieces(paths, path_count, vocabulary, grouping,
                                              RECIST_PIECE_SIZE, findings, reader);
}

void recist_measurements_close(struct recist_measurements *reader)
{
    if (!reader) {
        return;
    }
    for (size_t i = 0; i < reader->file_count; i++) {
        recist_input_file_close(&reader->files[i]);
    }
    free(reader->files);
    free(reader->field_ends);
    recist_fields_destroy(&reader->fields);
    recist_seen_patients_destroy(&reader->seen);
    recist_run_index_destroy(&reader->index);
    free(reader);
}

static bool all_unchanged(const struct recist_measurements *reader,
                          struct recist_findings *findings)
{
    bool unchanged = true;
    for (size_t i = 0; i < reader->file_count; i++) {
        unchanged &= recist_source_unchanged(&reader->files[i].source, findings);
    }
    return unchanged;
}

enum recist_outcome recist_measurements_rewind(struct recist_measurements *reader,
                                               enum recist_grouping grouping,
                                               struct recist_findings *findings)
{
    return all_unchanged(reader, findings) ? start(reader, grouping, findings)
                                           : RECIST_UNREADABLE;
}

static struct recist_measurements_point present_point(const struct recist_measurements *reader)
{
    return (struct recist_measurements_point){.file = reader->file,
                                              .offset = reader->offset,
                                              .line = reader->line,
                                              .bytes_before = reader->bytes_before,
                                              .next_patient = reader->next_patient,
                                              .indexed_bytes_read = reader->indexed_bytes_read};
}

enum recist_outcome recist_measurements_resume(struct recist_measurements *reader,
                                               const struct recist_measurements_point *point,
                                               struct recist_findings *findings)
{
    if (!all_unchanged(reader, findings)) {
        return RECIST_UNREADABLE;
    }
    reader->ended = false;
    reader->file = point->file;
    reader->offset = point->offset;
    reader->line = point->line;
    reader->bytes_before = point->bytes_before;
    reader->next_patient = point->next_patient;
    reader->indexed_bytes_read = point->indexed_bytes_read;
    reader->known_to_be_grouped = true;
    recist_seen_patients_clear(&reader->seen);
    return RECIST_DONE;
}

/* What filling a batch came to; GROW: the piece does not hold one whole patient. */
enum filling { FILLED, GROW, FAILED_TO_READ, NO_MEMORY };

/* The next batch begins with the patient who is not whole yet, or with the row that is not. */
static enum filling stop_within_file(struct recist_rows *rows)
{
    struct recist_measurements *reader = rows->reader;
    bool named = rows->in_run && rows->patient.length > 0;
    uint64_t row = rows->shift + (uint64_t)(rows->bytes.begin - rows->batch->bytes);
    uint64_t next = named ? rows->run_offset : row;
    if (next == reader->offset) {
        return GROW;
    }
    reader->offset = next;
    reader->line = named ? rows->run_line : rows->row.line;
    if (named) {
        recist_batch_drop_patient(rows->batch);
    }
    return FILLED;
}

/* Goes past a row that is too long, and leaves its bytes out of the batch. */
static bool leave_row_out(struct recist_rows *rows, size_t *filled)
{
    size_t row = (size_t)(rows->bytes.begin - rows->batch->bytes);
    uint64_t next = 0;
    if (!recist_input_file_skip_line(&rows->reader->files[rows->file],
                                     rows->shift + row + RECIST_CSV_ROW_LIMIT, &next,
                                     rows->batch->findings)) {
        return false;
    }
    *filled = row;
    rows->shift = next - row;
    return true;
}

static enum filling fill_piece(struct recist_measurements *reader, struct recist_batch *batch,
                               size_t piece_size)
{
    const struct recist_source *source = &reader->files[reader->file].source;
    struct recist_rows rows = {.reader = reader, .batch = batch, .shift = reader->offset};
    size_t filled = 0;
    recist_batch_clear(batch);
    if (!recist_batch_reserve_bytes(batch, piece_size)) {
        return NO_MEMORY;
    }
    recist_rows_start_file(&rows, reader->file);
    rows.row.line = reader->line;
    for (;;) {
        char *begin = batch->bytes + filled;
        uint64_t left = source->size - (rows.shift + filled);
        size_t length = piece_size - filled < left ? piece_size - filled : (size_t)left;
        if (!recist_source_read(source, rows.shift + filled, begin, length, batch->findings)) {
            return FAILED_TO_READ;
        }
        memset(begin + length, ' ', RECIST_CSV_SLACK);
        recist_csv_set(&rows.csv, begin, begin + length, length == left);
        switch (recist_rows_read(&rows)) {
        case RECIST_CSV_MORE:
            return stop_within_file(&rows);
        case RECIST_CSV_TOO_LONG:
            if (!leave_row_out(&rows, &filled)) {
                return FAILED_TO_READ;
            }
            break;
        case RECIST_CSV_END:
        case RECIST_CSV_UNCLOSED:
            reader->offset = source->size;
            return FILLED;
        case RECIST_CSV_ROW:
        default:
            return NO_MEMORY;
        }
    }
}

static enum recist_outcome report_no_memory(struct recist_measurements *reader,
                                            struct recist_batch *batch)
{
    reader->ended = true;
    recist_findings_report(batch->findings, RECIST_KIND(OUT_OF_MEMORY), (struct recist_place){0},
                           (struct recist_subject){0},
                           "memory is out while rows of one patient are read");
    return RECIST_NO_MEMORY;
}

/* A batch from the file at hand; larger than usual when a patient needs it. */
static enum recist_outcome fill_from_file(struct recist_measurements *reader,
                                          struct recist_batch *batch)
{
    for (size_t size = reader->piece_size; size <= LARGEST_BATCH; size *= 2) {
        switch (fill_piece(reader, batch, size)) {
        case FILLED:
            recist_batch_complete(batch);
            return RECIST_DONE;
        case FAILED_TO_READ:
            reader->ended = true;
            return RECIST_UNREADABLE;
        case NO_MEMORY:
            return report_no_memory(reader, batch);
        case GROW:
        default:
            break;
        }
    }
    return report_no_memory(reader, batch);
}

/* Whether the patients of a batch were met before. */
static enum recist_outcome remember_patients(struct recist_measurements *reader,
                                             struct recist_batch *batch)
{
    for (size_t i = 0; i < batch->entry_count; i++) {
        const struct recist_patient_readings *patient = &batch->entries[i].patient;
        batch->entries[i].hash = recist_patient_hash(patient->study, patient->patient);
        recist_seen_patients_expect(&reader->seen, batch->entries[i].hash);
    }
    for (size_t i = 0; i < batch->entry_count; i++) {
        bool known = false;
        if (!recist_seen_patients_add(&reader->seen, batch->entries[i].hash, &known)) {
            return report_no_memory(reader, batch);
        }
        if (known) {
            reader->ended = true;
            recist_batch_clear(batch);
            return RECIST_NOT_GROUPED;
        }
    }
    return RECIST_DONE;
}

static bool holds_something(const struct recist_batch *batch)
{
    return batch->entry_count > 0 || recist_findings_count(batch->findings) > 0;
}

static bool next_file(struct recist_measurements *reader, struct recist_findings *findings)
{
    const struct recist_source *source = &reader->files[reader->file].source;
    reader->bytes_before += source->size;
    reader->file++;
    reader->offset = 0;
    if (reader->file < reader->file_count) {
        reader->offset = reader->files[reader->file].first_offset;
        reader->line = reader->files[reader->file].first_line;
    }
    return recist_source_unchanged(source, findings);
}

static enum recist_outcome next_grouped(struct recist_measurements *reader,
                                        struct recist_batch *batch)
{
    while (reader->file < reader->file_count) {
        if (reader->offset >= reader->files[reader->file].source.size) {
            if (!next_file(reader, batch->findings)) {
                reader->ended = true;
                return RECIST_UNREADABLE;
            }
            continue;
        }
        enum recist_outcome outcome = fill_from_file(reader, batch);
        if (outcome == RECIST_DONE && !reader->known_to_be_grouped) {
            outcome = remember_patients(reader, batch);
        }
        if (outcome != RECIST_DONE || holds_something(batch)) {
            return outcome;
        }
    }
    return RECIST_END;
}

static enum filling read_run(struct recist_rows *rows, const struct recist_run *run, char *at)
{
    struct recist_measurements *reader = rows->reader;
    struct recist_findings *findings = rows->batch->findings;
    if (!recist_source_read(&reader->files[run->file].source, run->offset, at, run->length,
                            findings)) {
        return FAILED_TO_READ;
    }
    memset(at + run->length, ' ', RECIST_CSV_SLACK);
    if (rows->file != run->file) {
        recist_rows_start_file(rows, run->file);
    }
    rows->row.line = run->line;
    recist_csv_set(&rows->csv, at, at + run->length, true);
    reader->indexed_bytes_read += run->length;
    return recist_rows_read(rows) == RECIST_CSV_ROW ? NO_MEMORY : FILLED;
}

/* Rows of one patient may stand anywhere: their bytes are asked for before they are needed. */
#define RUNS_AHEAD 8

static void expect_run(const struct recist_measurements *reader, uint64_t number)
{
    if (number < reader->index.run_count) {
        const struct recist_run *run = &reader->index.runs[number];
        recist_source_expect(&reader->files[run->file].source, run->offset);
    }
}

/* Reads the next patients, run by run; together not more bytes than a piece, but at least one. */
static enum filling fill_indexed(struct recist_measurements *reader, struct recist_batch *batch)
{
    const struct recist_run_index *index = &reader->index;
    uint64_t bytes = 0;
    size_t end = reader->next_patient;
    while (end < index->patient_count &&
           (end == reader->next_patient ||
            bytes + index->patients[end].length <= reader->piece_size)) {
        bytes += index->patients[end++].length;
    }
    if (bytes > LARGEST_BATCH || !recist_batch_reserve_bytes(batch, (size_t)bytes)) {
        return NO_MEMORY;
    }
    struct recist_rows rows = {.reader = reader, .batch = batch};
    recist_rows_start_file(&rows, 0);
    char *at = batch->bytes;
    for (; reader->next_patient < end; reader->next_patient++) {
        rows.in_run = rows.sound_before = false;
        const struct recist_indexed_patient *patient = &index->patients[reader->next_patient];
        for (uint32_t i = 0; i < patient->run_count; i++) {
            expect_run(reader, (uint64_t)patient->first_run + i + RUNS_AHEAD);
            enum filling filling = read_run(&rows, &index->runs[patient->first_run + i], at);
            if (filling != FILLED) {
                return filling;
            }
            at += index->runs[patient->first_run + i].length;
        }
    }
    recist_batch_complete(batch);
    return FILLED;
}

static enum recist_outcome check_unchanged(struct recist_measurements *reader,
                                           struct recist_batch *batch)
{
    bool unchanged = all_unchanged(reader, batch->findings);
    reader->ended = true;
    return unchanged ? RECIST_END : RECIST_UNREADABLE;
}

static enum recist_outcome next_indexed(struct recist_measurements *reader,
                                        struct recist_batch *batch)
{
    while (reader->next_patient < reader->index.patient_count) {
        if (!all_unchanged(reader, batch->findings)) {
            reader->ended = true;
            return RECIST_UNREADABLE;
        }
        switch (fill_indexed(reader, batch)) {
        case FAILED_TO_READ:
            reader->ended = true;
            return RECIST_UNREADABLE;
        case NO_MEMORY:
            return report_no_memory(reader, batch);
        case FILLED:
        case GROW:
        default:
            break;
        }
        if (holds_something(batch)) {
            return RECIST_DONE;
        }
    }
    return check_unchanged(reader, batch);
}

enum recist_outcome recist_measurements_next(struct recist_measurements *reader,
                                             struct recist_batch *batch)
{
    recist_batch_clear(batch);
    batch->start = present_point(reader);
    if (reader->ended) {
        return RECIST_END;
    }
    enum recist_outcome outcome = reader->grouping == RECIST_GROUPED ? next_grouped(reader, batch)
                                                                     : next_indexed(reader, batch);
    return recist_findings_lost(batch->findings) ? RECIST_NO_MEMORY : outcome;
}

uint64_t recist_measurements_bytes_read(const struct recist_measurements *reader)
{
    return reader->grouping == RECIST_GROUPED ? reader->bytes_before + reader->offset
                                              : reader->indexed_bytes_read;
}

uint64_t recist_measurements_bytes_total(const struct recist_measurements *reader)
{
    return reader->bytes_total;
}

bool recist_measurements_has_column(const struct recist_measurements *reader,
                                    enum recist_column column)
{
    for (size_t i = 0; i < reader->file_count; i++) {
        if (reader->files[i].columns.field_of[column] != RECIST_NO_FIELD) {
            return true;
        }
    }
    return false;
}

struct recist_place recist_measurements_place(const struct recist_measurements *reader,
                                              const struct recist_reading *reading,
                                              enum recist_column column)
{
    const struct recist_input_file *file = &reader->files[reading->file];
    uint32_t field = file->columns.field_of[column];
    const char *at = reading->row.text;
    if (field != RECIST_NO_FIELD) {
        at = recist_row_find_field(reading->row, field);
    }
    return recist_row_place_of(file->source.name, reading->line, reading->row.text, at);
}
