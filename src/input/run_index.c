/* SPDX-License-Identifier: MIT */
#include "input/run_index.h"

#include <stdlib.h>
#include <string.h>

#include "input/reader.h"

#define FIRST_SLOTS 1024
#define FIRST_CAPACITY 256
/* A longer stretch of one patient is several runs, so that its length fits. */
#define LONGEST_RUN ((uint64_t)1 << 30)

/* The pass over one file. */
struct pass {
    struct recist_run_index *index;
    const struct recist_input_file *file;
    size_t file_number;
    size_t piece_size; /* rows that name no patient are cut into runs of about this size */
    struct recist_row row;
    struct recist_csv csv;
    struct recist_csv_row bytes;
    struct recist_arena texts;
    const char *window;
    uint64_t window_offset;
    bool in_run; /* the last run goes on while rows of its patient follow */
    uint32_t patient;
};

static bool make_room(void **array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    size_t larger = *capacity ? *capacity * 2 : FIRST_CAPACITY;
    void *grown = larger <= SIZE_MAX / size ? realloc(*array, larger * size) : NULL;
    if (!grown) {
        return false;
    }
    *array = grown;
    *capacity = larger;
    return true;
}

static bool is_patient(const struct recist_indexed_patient *known, struct recist_slice study,
                       struct recist_slice patient)
{
    return known->study_length == study.length && known->patient_length == patient.length &&
           memcmp(known->study, study.text, study.length) == 0 &&
           memcmp(known->study + study.length, patient.text, patient.length) == 0;
}

static void put(struct recist_run_index *index, uint32_t patient)
{
    size_t slot = index->patients[patient].hash & (index->slot_count - 1);
    while (index->slots[slot] != 0) {
        slot = (slot + 1) & (index->slot_count - 1);
    }
    index->slots[slot] = patient + 1;
}

static bool grow_slots(struct recist_run_index *index)
{
    size_t count = index->slot_count ? index->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    free(index->slots);
    index->slots = slots;
    index->slot_count = count;
    for (uint32_t i = 0; i < index->patient_count; i++) {
        if (index->patients[i].study) {
            put(index, i);
        }
    }
    return true;
}

/* A new entry; without a name for rows that name no patient, which are not looked up again. */
static bool add_patient(struct recist_run_index *index, struct recist_slice study,
                        struct recist_slice patient, uint64_t hash)
{
    void *patients = index->patients;
    if (index->patient_count >= UINT32_MAX - 1 ||
        !make_room(&patients, index->patient_count, &index->patient_capacity,
                   sizeof *index->patients)) {
        return false;
    }
    index->patients = patients;
    struct recist_indexed_patient *added = &index->patients[index->patient_count];
    *added = (struct recist_indexed_patient){
        .hash = hash, .last_run = RECIST_NO_RUN};
    if (patient.length > 0) {
        char *key = recist_arena_take(&index->keys, study.length + patient.length);
        if (!key) {
            return false;
        }
        memcpy(key, study.text, study.length);
        memcpy(key + study.length, patient.text, patient.length);
        added->study = key;
        added->study_length = (uint32_t)study.length;
        added->patient_length = (uint32_t)patient.length;
    }
    index->patient_count++;
    return true;
}

static bool find_patient(struct recist_run_index *index, struct recist_slice study,
                         struct recist_slice patient, uint32_t *number)
{
    if (index->patient_count >= index->slot_count / 2 && !grow_slots(index)) {
        return false;
    }
    uint64_t hash = recist_patient_hash(study, patient);
    for (size_t slot = hash & (index->slot_count - 1); index->slots[slot] != 0;
         slot = (slot + 1) & (index->slot_count - 1)) {
        *number = index->slots[slot] - 1;
        if (index->patients[*number].hash == hash &&
            is_patient(&index->patients[*number], study, patient)) {
            return true;
        }
    }
    *number = (uint32_t)index->patient_count;
    if (!add_patient(index, study, patient, hash)) {
        return false;
    }
    put(index, *number);
    return true;
}

static bool add_run(struct pass *pass, uint32_t patient, uint64_t offset)
{
    struct recist_run_index *index = pass->index;
    void *runs = index->runs;
    if (index->run_count >= RECIST_NO_RUN ||
        !make_room(&runs, index->run_count, &index->run_capacity, sizeof *index->runs)) {
        return false;
    }
    index->runs = runs;
    uint32_t number = (uint32_t)index->run_count++;
    index->runs[number] = (struct recist_run){.offset = offset,
                                              .line = pass->row.line & 0xFFFFFFFFFFFF,
                                              .file = pass->file_number & 0xFFFF,
                                              .patient = patient};
    struct recist_indexed_patient *owner = &index->patients[patient];
    owner->run_count++;
    owner->last_run = number;
    pass->patient = patient;
    pass->in_run = true;
    return true;
}

/* Whether the row goes on with the patient of the run at hand. */
static bool continues(const struct pass *pass, struct recist_slice study,
                      struct recist_slice patient, uint64_t offset)
{
    if (!pass->in_run) {
        return false;
    }
    const struct recist_indexed_patient *last = &pass->index->patients[pass->patient];
    uint64_t length = offset - pass->index->runs[last->last_run].offset;
    if (patient.length == 0) {
        return !last->study && length < pass->piece_size;
    }
    return last->study && length < LONGEST_RUN && is_patient(last, study, patient);
}

/* Adds the row, or as much of it as shall be read, to the run of its patient. */
static bool take_row(struct pass *pass, size_t field_count, size_t length)
{
    recist_arena_reset(&pass->texts);
    if (!recist_row_read(&pass->row, &pass->bytes, field_count, &pass->texts)) {
        return false;
    }
    struct recist_slice study = recist_row_cell(&pass->row, RECIST_COLUMN_STUDY);
    struct recist_slice patient = recist_row_cell(&pass->row, RECIST_COLUMN_PATIENT);
    if (patient.length == 0 && length > 0 && recist_row_is_blank(&pass->bytes) &&
        !pass->bytes.unclosed) {
        return true;
    }
    struct recist_run_index *index = pass->index;
    uint64_t offset = pass->window_offset + (uint64_t)(pass->bytes.begin - pass->window);
    if (!continues(pass, study, patient, offset)) {
        uint32_t number = (uint32_t)index->patient_count;
        bool found = patient.length > 0 ? find_patient(index, study, patient, &number)
                                        : add_patient(index, study, patient, 0);
        if (!found || !add_run(pass, number, offset)) {
            return false;
        }
    }
    struct recist_indexed_patient *owner = &index->patients[pass->patient];
    struct recist_run *run = &index->runs[owner->last_run];
    uint32_t run_length = (uint32_t)(offset + length - run->offset);
    owner->length += run_length - run->length;
    run->length = run_length;
    return true;
}

/* A row that does not end, or is too long: as much of it as it takes to find that out again. */
static bool take_part(struct pass *pass)
{
    size_t known = recist_row_known_fields(&pass->bytes, pass->csv.capacity);
    size_t left = (size_t)(pass->csv.end - pass->bytes.begin);
    size_t length = left <= RECIST_CSV_ROW_LIMIT ? left : RECIST_CSV_ROW_LIMIT + 1;
    bool taken = take_row(pass, known, length);
    pass->in_run = false;
    return taken;
}

static enum recist_csv_result take_rows(struct pass *pass, bool *memory)
{
    for (;;) {
        enum recist_csv_result result = recist_csv_next(&pass->csv, &pass->bytes);
        if (result == RECIST_CSV_UNCLOSED || result == RECIST_CSV_TOO_LONG) {
            *memory = take_part(pass);
            return result;
        }
        if (result != RECIST_CSV_ROW) {
            return result;
        }
        if (pass->bytes.end != pass->bytes.begin &&
            !take_row(pass, pass->bytes.field_count,
                      (size_t)(pass->bytes.next - pass->bytes.begin))) {
            *memory = false;
            return result;
        }
        pass->row.line += 1 + pass->bytes.line_ends;
    }
}

/* Where the next window begins after one that ended so; false when reading fails. */
static bool move_on(struct pass *pass, enum recist_csv_result result, uint64_t *offset,
                    struct recist_findings *findings)
{
    uint64_t row = pass->window_offset + (uint64_t)(pass->bytes.begin - pass->window);
    *offset = result == RECIST_CSV_MORE ? row : pass->file->source.size;
    if (result == RECIST_CSV_TOO_LONG) {
        pass->row.line += 1 + pass->bytes.line_ends;
        return recist_input_file_skip_line(pass->file, row + RECIST_CSV_ROW_LIMIT, offset,
                                           findings);
    }
    return true;
}

static enum recist_outcome index_file(struct pass *pass, struct recist_findings *findings)
{
    const struct recist_source *source = &pass->file->source;
    enum recist_outcome outcome = RECIST_DONE;
    size_t size = pass->piece_size;
    char *window = malloc(size + RECIST_CSV_SLACK);
    uint64_t offset = pass->file->first_offset;
    while (offset < source->size && outcome == RECIST_DONE) {
        uint64_t left = source->size - offset;
        size_t length = left < size ? (size_t)left : size;
        if (!window) {
            outcome = RECIST_NO_MEMORY;
            break;
        }
        if (!recist_source_read(source, offset, window, length, findings)) {
            outcome = RECIST_UNREADABLE;
            break;
        }
        memset(window + length, ' ', RECIST_CSV_SLACK);
        pass->window = window;
        pass->window_offset = offset;
        recist_csv_set(&pass->csv, window, window + length, length == left);
        bool memory = true;
        enum recist_csv_result result = take_rows(pass, &memory);
        uint64_t next = offset;
        if (!memory) {
            outcome = RECIST_NO_MEMORY;
        } else if (!move_on(pass, result, &next, findings)) {
            outcome = RECIST_UNREADABLE;
        } else if (next == offset) {
            /* Not even one row: the row limit is reached before long. */
            size *= 2;
            free(window);
            window = malloc(size + RECIST_CSV_SLACK);
        }
        offset = next;
    }
    free(window);
    return outcome;
}

/* Puts the runs of each patient together, in their order: reading them must not wait for one
 * memory access after the other, as following links through all memory would. */
static bool sort_runs(struct recist_run_index *index)
{
    struct recist_run *sorted = malloc((index->run_count + 1) * sizeof *sorted);
    if (!sorted) {
        return false;
    }
    uint32_t first = 0;
    for (size_t i = 0; i < index->patient_count; i++) {
        index->patients[i].first_run = first;
        index->patients[i].last_run = first; /* where the next one goes */
        first += index->patients[i].run_count;
    }
    for (size_t i = 0; i < index->run_count; i++) {
        sorted[index->patients[index->runs[i].patient].last_run++] = index->runs[i];
    }
    free(index->runs);
    index->runs = sorted;
    index->run_capacity = index->run_count + 1;
    return true;
}

enum recist_outcome recist_run_index_build(struct recist_run_index *index,
                                           const struct recist_input_file *files,
                                           size_t file_count, uint32_t *field_ends,
                                           size_t piece_size, struct recist_findings *findings)
{
    *index = (struct recist_run_index){0};
    recist_arena_init(&index->keys, 0);
    enum recist_outcome outcome = RECIST_DONE;
    for (size_t i = 0; i < file_count && outcome == RECIST_DONE; i++) {
        struct pass pass = {
            .index = index, .file = &files[i], .file_number = i, .piece_size = piece_size};
        recist_arena_init(&pass.texts, 0);
        recist_row_start_file(&pass.row, files[i].source.name, &files[i].columns);
        pass.row.line = files[i].first_line;
        recist_csv_init(&pass.csv, field_ends, files[i].columns.field_count);
        recist_csv_expect(&pass.csv, recist_plain_scan_choose());
        outcome = index_file(&pass, findings);
        recist_arena_destroy(&pass.texts);
    }
    return outcome == RECIST_DONE && !sort_runs(index) ? RECIST_NO_MEMORY : outcome;
}

void recist_run_index_destroy(struct recist_run_index *index)
{
    recist_arena_destroy(&index->keys);
    free(index->runs);
    free(index->patients);
    free(index->slots);
    *index = (struct recist_run_index){0};
}
