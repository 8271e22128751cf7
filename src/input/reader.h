/* SPDX-License-Identifier: MIT
 * What the parts of the measurement reader share. */
#ifndef RECIST_INPUT_READER_H
#define RECIST_INPUT_READER_H

#include "input/batch.h"
#include "input/fields.h"
#include "input/plain_fields.h"
#include "input/row.h"
#include "input/run_index.h"
#include "input/seen_patients.h"
#include "input/source.h"

/* Bytes of a batch, about. */
#define RECIST_PIECE_SIZE ((size_t)256 * 1024)

struct recist_input_file {
    struct recist_source source;
    struct recist_columns columns;
    uint64_t first_offset; /* of what comes after the header */
    uint64_t first_line;
};

/* A field with a word of a closed list, as it was written before, and what ends it. */
struct recist_known_word {
    uint64_t bytes[3];   /* 0: there is nothing here; all bits are set after what ends it ... */
    uint64_t outside[3]; /* ... as they are here, and no others */
    uint32_t word;
    uint16_t length; /* of the field */
    uint16_t next;   /* where what follows begins */
};
#define RECIST_KNOWN_WORDS 16

struct recist_measurements {
    struct recist_input_file *files;
    size_t file_count;
    enum recist_grouping grouping;
    size_t piece_size;
    uint64_t bytes_total;
    struct recist_field_reader fields;
    uint32_t *field_ends; /* room for the widest file */
    recist_plain_scan *scan;
    struct recist_known_word last_statuses[RECIST_KNOWN_WORDS]; /* with the line end */
    struct recist_known_word roles[RECIST_KNOWN_WORDS];         /* with the comma */
    bool ended;           /* a finding ended the reading early */

    /* Grouped: where the next batch begins. */
    size_t file;
    uint64_t offset;
    uint64_t line;
    uint64_t bytes_before; /* sizes of the files that are done */
    struct recist_seen_patients seen;
    bool known_to_be_grouped;

    /* Indexed: the next patient. */
    struct recist_run_index index;
    size_t next_patient;
    uint64_t indexed_bytes_read;
};

/* Opens with batches of another size; tests use small ones, and the result must not differ. */
enum recist_outcome recist_measurements_open_in_pieces(
    const char *const *paths, size_t path_count, const struct recist_vocabulary *vocabulary,
    enum recist_grouping grouping, size_t piece_size, struct recist_findings *findings,
    struct recist_measurements **reader);

/* Opens one file and reads its header. */
enum recist_outcome recist_input_file_open(struct recist_input_file *file, const char *path,
                                           const struct recist_vocabulary *vocabulary,
                                           struct recist_findings *findings);
void recist_input_file_close(struct recist_input_file *file);
/* Whether the first line is one by which spreadsheet programs name the separator: `sep=;`. */
bool recist_input_names_separator(const char *bytes, size_t length);
/* Whether a file that begins like this can be text in UTF-8, and begins with its header; if not, reports
 * what it is. */
bool recist_input_check_beginning(const struct recist_source *source, const char *bytes,
                                  size_t length, struct recist_findings *findings);

/* Where the line ends that `offset` lies in: the offset after its line end, or the file's size.
 * False, with a finding, when reading fails. */
bool recist_input_file_skip_line(const struct recist_input_file *file, uint64_t offset,
                                 uint64_t *next, struct recist_findings *findings);

/* How many of a row's fields are known when the row itself is too long or does not end. */
size_t recist_row_known_fields(const struct recist_csv_row *csv, size_t capacity);

/* Where in a file, and about whom, a row is. */
struct recist_row_scope {
    const char *file;
    uint64_t line;
    struct recist_subject subject;
    struct recist_findings *findings;
};

/* Reports NUL, and what is not UTF-8: the first of each. False when there is any. */
bool recist_row_check_bytes(const struct recist_row_scope *scope,
                            const struct recist_csv_row *csv);
/* Reports the first quote that stands where none may. False when there is one. */
bool recist_row_check_quotes(const struct recist_row_scope *scope,
                             const struct recist_csv_row *csv);

/* A lesion as rows of the patient name it: the bytes between the head of a row and what changes. */
struct recist_named_lesion {
    struct recist_known_text kept;
    uint32_t reading; /* the last of it, in the batch */
};
/* Lesions of a patient beyond so many are not remembered. */
#define RECIST_NAMED_LESIONS 64

/* What rows of the patient at hand are like, as far as they are plain and of this file. */
struct recist_repetition {
    struct recist_known_text head; /* of the visit's rows, with its comma; length 0: not known */
    uint32_t may_change; /* bytes of the head that tell visits of a patient apart; 0: not known */
    uint32_t date;       /* where in the head the date begins, if they are known */
    struct recist_named_lesion lesions[RECIST_NAMED_LESIONS]; /* in the order of the visits' rows */
    size_t count;
    size_t next; /* which of them comes next, if rows repeat those of the visit before */
};

/* Rows of one file, one after the other, into a batch. */
struct recist_rows {
    struct recist_measurements *reader;
    struct recist_batch *batch;
    size_t file;
    struct recist_row row;
    struct recist_csv csv;
    struct recist_csv_row bytes; /* of the row at hand */
    /* The patient (or, with an empty name, nobody) that the rows at hand belong to. */
    bool in_run;
    bool sound_before; /* the row before is of that patient and of this file, and is a reading */
    struct recist_repetition repetition;
    struct recist_slice study;
    struct recist_slice patient;
    const char *run_begin;
    uint64_t run_offset; /* in the file */
    uint64_t run_line;
    uint64_t shift; /* offset in the file of the batch's first byte, as if without gaps */
};

/* repeated_rows.c: reads the rows that follow, as far as there is nothing unusual in them. The others
 * are read field by field. */
void recist_rows_take_repeated(struct recist_rows *rows);
/* Remembers the row read last: as the first of a visit ... */
void recist_rows_begin_visit(struct recist_rows *rows);
/* ... or as another of the visit at hand. */
void recist_rows_go_on_with_visit(struct recist_rows *rows);
/* The rows that follow are of another patient, or of another file. */
void recist_rows_forget_lesions(struct recist_rows *rows);
/* A row that begins at `begin` is the first of a patient's. False when memory is out. */
bool recist_rows_begin_patient(struct recist_rows *rows, const char *begin,
                               struct recist_slice study, struct recist_slice patient);

void recist_rows_start_file(struct recist_rows *rows, size_t file);
/* Reads rows until the piece `csv` is set to gives no more, and says why. RECIST_CSV_ROW means
 * that memory is out. Findings go to the batch. */
enum recist_csv_result recist_rows_read(struct recist_rows *rows);

#endif
