/* SPDX-License-Identifier: MIT
 * Assessed responses: files of CSV with one row for each patient and visit, whose response somebody
 * has given already (docs/best-response.md). Read whole; immutable afterwards. */
#ifndef RECIST_TIMELINE_RESPONSES_H
#define RECIST_TIMELINE_RESPONSES_H

#include <recist/timeline.h>

#include "base/arena.h"
#include "input/csv.h"
#include "input/source.h"
#include "timeline/absences.h"
#include "timeline/series_timeline.h"

enum recist_response_column {
    RECIST_RESPONSE_PATIENT,
    RECIST_RESPONSE_DATE,
    RECIST_RESPONSE_OVERALL,
    RECIST_RESPONSE_STUDY,
    RECIST_RESPONSE_COURSE,
    RECIST_RESPONSE_READER,
    RECIST_RESPONSE_VISIT,
    RECIST_RESPONSE_RULE, /* that decided, as `recist assess` names it */
    RECIST_RESPONSE_MEASURE, /* the first of the criteria, such as sum_mm */
    RECIST_RESPONSE_ABSENCE, /* and on: components that tell which lesions stood at baseline */
    RECIST_RESPONSE_COLUMN_COUNT = RECIST_RESPONSE_ABSENCE + RECIST_MOST_ABSENCES
};

/* One file: its bytes, and which field holds which column (SIZE_MAX: none). */
struct recist_response_file {
    struct recist_source source;
    char *bytes;
    size_t length;
    size_t column_count;
    size_t field_of[RECIST_RESPONSE_COLUMN_COUNT];
};

struct recist_response_row {
    struct recist_slice study;
    struct recist_slice patient;
    struct recist_slice course; /* as written; empty where nothing is */
    struct recist_slice reader;
    struct recist_slice visit;
    const struct recist_course *facts; /* that it was dealt to, or NULL */
    int32_t date;
    uint16_t word;   /* 0: the baseline */
    bool unsound;    /* has an error: read as far as it went, and in no series */
    bool unused;     /* belongs to no course, and is in no series */
    uint64_t roles;  /* bit r: lesions of role r stood at baseline, as a settled row tells */
    bool settled;    /* `rule` is one of these criteria: they gave the response */
    uint32_t series; /* of its patient */
    recist_wide measure;
    size_t file;
    uint64_t line;
    struct recist_slice bytes;
};

/* One reader's responses of one course: a stretch of `ordered`, by date, the baseline first. */
struct recist_response_series {
    struct recist_slice course;
    struct recist_slice reader;
    const struct recist_course *facts;
    size_t first;
    size_t count;
};

struct recist_response_patient {
    struct recist_slice study;
    struct recist_slice patient;
    size_t first; /* of its rows in `ordered` */
    size_t count;
    const struct recist_response_series *series; /* in order of first appearance */
    size_t series_count;
    size_t errors; /* findings of severity error about these rows */
};

struct recist_responses {
    const struct recist_criteria *criteria;
    const struct recist_courses *courses; /* or NULL */
    const char *column_names[RECIST_RESPONSE_COLUMN_COUNT]; /* NULL: there is no such column */
    struct recist_absence absences[RECIST_MOST_ABSENCES];
    size_t absence_count;
    recist_wide measure_factor; /* from millionths to a value of the measure */
    struct recist_response_file *files;
    size_t file_count;
    struct recist_arena arena;
    struct recist_response_row *rows; /* in the order of the input */
    size_t count;
    size_t capacity;
    struct recist_response_row **ordered;     /* patient by patient */
    struct recist_response_patient *patients; /* in order of first appearance */
    size_t patient_count;
    bool has_study;
};

/* What a file holds, by its header. */
enum recist_file_kind { RECIST_FILE_OF_MEASUREMENTS, RECIST_FILE_OF_RESPONSES };

/* Looks at the headers of files. What cannot be made out is taken for measurements, whose reader
 * then says what is wrong. RECIST_DONE with *kind set, RECIST_INVALID for a header that is neither
 * or files of both kinds, RECIST_UNREADABLE, RECIST_NO_MEMORY. */
enum recist_outcome recist_file_kind_find(const char *const *paths, size_t path_count,
                                          struct recist_findings *findings,
                                          enum recist_file_kind *kind);

/* Reads files and deals the responses to the courses (or NULL). RECIST_DONE also when rows have
 * errors: their patients are unsound; RECIST_INVALID, RECIST_UNREADABLE, RECIST_NO_MEMORY. Close it
 * in any case; criteria and courses must outlive it. */
enum recist_outcome recist_responses_open(const char *const *paths, size_t path_count,
                                          const struct recist_criteria *criteria,
                                          const struct recist_courses *courses,
                                          struct recist_findings *findings,
                                          struct recist_responses *responses);
void recist_responses_close(struct recist_responses *responses);

/* The timeline of one series of a patient. False when memory is out. */
bool recist_timeline_from_responses(struct recist_timeline_room *room,
                                    const struct recist_responses *responses,
                                    const struct recist_response_patient *patient,
                                    const struct recist_response_series *series,
                                    struct recist_timeline *timeline);

/* The names of the columns under these criteria; false when memory is out. */
bool recist_response_columns_name(struct recist_responses *responses);

/* response_file.c: opening, and rows one by one; response_rows.c: one row. */
enum recist_outcome recist_response_file_read(struct recist_responses *responses, size_t file,
                                              const char *path, struct recist_findings *findings);
void recist_response_file_close(struct recist_response_file *file);
/* False when memory is out. */
bool recist_response_row_read(struct recist_responses *responses, size_t file,
                              const struct recist_csv_row *csv,
                              uint64_t line, struct recist_findings *findings);
struct recist_place recist_response_place(const struct recist_responses *responses,
                                          const struct recist_response_row *row,
                                          enum recist_response_column column);

/* response_courses.c: the course of each row of a patient. Counts the errors it reports. */
void recist_responses_deal(struct recist_responses *responses,
                           struct recist_response_patient *patient,
                           struct recist_findings *findings);

#endif
