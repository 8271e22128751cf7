/* SPDX-License-Identifier: MIT
 *
 * Reading measurement files (docs/measurements.md): CSV text to readings, patient by patient.
 *
 * A reader goes once through its files, in order. It hands out batches of whole patients; each
 * batch owns the bytes, readings and findings in it, so batches can be worked on by other threads
 * while the reader goes on. The reader itself belongs to one thread; recist_measurements_place()
 * may be called from any.
 */
#ifndef RECIST_MEASUREMENTS_H
#define RECIST_MEASUREMENTS_H

#include <recist/reading.h>

struct recist_measurements;

/* All readings of one patient of one study, in the order of the input. */
struct recist_patient_readings {
    struct recist_slice study; /* empty without a study column */
    struct recist_slice patient;
    const struct recist_reading *readings;
    size_t count;
    size_t errors; /* rows of this patient with a finding of severity error */
};

struct recist_batch; /* opaque: bytes, readings, findings of some whole patients */

/* Makes an empty batch, to be filled again and again. NULL when memory is out. */
RECIST_API struct recist_batch *recist_batch_create(void);
RECIST_API void recist_batch_destroy(struct recist_batch *batch);
RECIST_API size_t recist_batch_patient_count(const struct recist_batch *batch);
RECIST_API const struct recist_patient_readings *
recist_batch_patient(const struct recist_batch *batch, size_t index);
/* What was found while these rows were read, in file order. The consumer may add to it. */
RECIST_API struct recist_findings *recist_batch_findings(const struct recist_batch *batch);
/* Where the reader stood before it read the batch. */
struct recist_measurements_point {
    size_t file;
    uint64_t offset;
    uint64_t line;
    uint64_t bytes_before;
    size_t next_patient;
    uint64_t indexed_bytes_read;
};
RECIST_API struct recist_measurements_point recist_batch_start(const struct recist_batch *batch);
/* Number of findings that were there before patient `index`: those of patient i are the range
 * from first_finding(i) up to first_finding(i + 1). */
RECIST_API size_t recist_batch_first_finding(const struct recist_batch *batch, size_t index);

/* Whether rows of one patient must stand together. */
enum recist_grouping {
    RECIST_GROUPED, /* one pass; a patient that comes back ends with RECIST_NOT_GROUPED */
    RECIST_INDEXED, /* first an index of where each patient's rows stand, then patient by patient,
                       in order of first appearance */
};

/* Opens files; "-" is standard input. Standard input and pipes are first copied into memory, as
 * every input is gone through twice when output must wait until all of it is known to be sound.
 * `vocabulary` must outlive the reader. Findings about opening and headers go to `findings`.
 * Returns RECIST_DONE, RECIST_INVALID (bad header: all files' findings), RECIST_UNREADABLE or
 * RECIST_NO_MEMORY; *reader is set on RECIST_DONE only. */
RECIST_API enum recist_outcome
recist_measurements_open(const char *const *paths, size_t path_count,
                         const struct recist_vocabulary *vocabulary, enum recist_grouping grouping,
                         struct recist_findings *findings, struct recist_measurements **reader);
RECIST_API void recist_measurements_close(struct recist_measurements *reader);

/* Goes back to the first row of the first file, with the same or another grouping. Ends with
 * RECIST_UNREADABLE, and a finding, when a file has changed since it was opened. */
RECIST_API enum recist_outcome recist_measurements_rewind(struct recist_measurements *reader,
                                                          enum recist_grouping grouping,
                                                          struct recist_findings *findings);

/* Goes back to where a batch began, with the same grouping. What was gone through from there on
 * must have been gone through to its end: whether rows are grouped is not looked at again. Ends
 * with RECIST_UNREADABLE, and a finding, when a file has changed since it was opened. */
RECIST_API enum recist_outcome
recist_measurements_resume(struct recist_measurements *reader,
                           const struct recist_measurements_point *point,
                           struct recist_findings *findings);

/* Fills `batch` with the next patients; what it held before is gone. RECIST_DONE: there is
 * something in it (patients, findings, or both); RECIST_END: nothing was left. Rows that cannot
 * be read are findings of the batch, and do not end the reading; an unclosed quote does end it,
 * as the rest of the file cannot be told apart. */
RECIST_API enum recist_outcome recist_measurements_next(struct recist_measurements *reader,
                                                        struct recist_batch *batch);

/* Bytes read so far and in all, for showing progress. */
RECIST_API uint64_t recist_measurements_bytes_read(const struct recist_measurements *reader);
RECIST_API uint64_t recist_measurements_bytes_total(const struct recist_measurements *reader);

/* Whether the files have this column (any of them); of further columns too
 * (recist_further_column()). */
RECIST_API bool recist_measurements_has_column(const struct recist_measurements *reader,
                                               enum recist_column column);

/* Where the field of `column` stands in the row of `reading`; the row's start when the file has
 * no such column. Works the position out from the row's bytes: for findings, not for speed. */
RECIST_API struct recist_place recist_measurements_place(const struct recist_measurements *reader,
                                                         const struct recist_reading *reading,
                                                         enum recist_column column);

/* The name of a column as in the header of a file; empty for further columns, whose names the
 * criteria's vocabulary has. */
RECIST_API const char *recist_column_name(enum recist_column column);

#endif
