/* SPDX-License-Identifier: MIT
 *
 * Criteria: a YAML file (docs/criteria-language.md) compiled once into an immutable object that
 * any number of threads may use together.
 */
#ifndef RECIST_CRITERIA_H
#define RECIST_CRITERIA_H

#include <recist/reading.h>

struct recist_criteria;

/* One `--set NAME=VALUE`: overrides a convention of the criteria. */
struct recist_setting {
    const char *name;
    const char *value;
};

/* Loads criteria by name ("recist-1.1", found in the directories given, then in the installed
 * ones) or by path (anything with a slash or ending in .yaml), follows `extends`, applies the
 * settings, checks and compiles. Every reason for refusal goes to `findings`, each with file,
 * line and column. RECIST_DONE, RECIST_INVALID, RECIST_UNREADABLE or RECIST_NO_MEMORY;
 * *criteria is set on RECIST_DONE only, and destroyed by the caller. */
RECIST_API enum recist_outcome
recist_criteria_load(const char *name_or_path, const char *const *directories,
                     size_t directory_count, const struct recist_setting *settings,
                     size_t setting_count, struct recist_findings *findings,
                     struct recist_criteria **criteria);
RECIST_API void recist_criteria_destroy(struct recist_criteria *criteria);

/* The names of all criteria in the given and the installed directories, sorted, without doubles.
 * The caller frees the array and each name with free(). Returns false when memory is out. */
RECIST_API bool recist_criteria_names(const char *const *directories, size_t directory_count,
                                      char ***names, size_t *count);

/* What the file says of itself; never NULL, empty where it says nothing. */
RECIST_API const char *recist_criteria_id(const struct recist_criteria *criteria);
RECIST_API const char *recist_criteria_title(const struct recist_criteria *criteria);
RECIST_API const char *recist_criteria_version(const struct recist_criteria *criteria);
/* "confirmed", "partly confirmed" or "unconfirmed": whether its rules were checked against the
 * source. */
RECIST_API const char *recist_criteria_status(const struct recist_criteria *criteria);
RECIST_API const char *recist_criteria_source(const struct recist_criteria *criteria);
/* How the source is named in a citation, such as "Eisenhauer 2009". */
RECIST_API const char *recist_criteria_cite_as(const struct recist_criteria *criteria);
RECIST_API const char *recist_criteria_path(const struct recist_criteria *criteria);
/* SHA-256 over the file and all that it extends, 64 hexadecimal digits. */
RECIST_API const char *recist_criteria_sha256(const struct recist_criteria *criteria);

/* The words of measurement files under these criteria. */
RECIST_API const struct recist_vocabulary *
recist_criteria_vocabulary(const struct recist_criteria *criteria);

/* Response words are small numbers; 0 is no word. */
RECIST_API const char *recist_criteria_word(const struct recist_criteria *criteria, unsigned word);

/* The components of a visit's response ("target", "non_target", "new_lesion"), in the order of
 * the file; the overall response is not among them. */
RECIST_API size_t recist_criteria_component_count(const struct recist_criteria *criteria);
RECIST_API const char *recist_criteria_component_name(const struct recist_criteria *criteria,
                                                      size_t component);

/* Measures, in the order of the file; the first is what result tables show, the others where the
 * file says so. `unit` is "mm", "mm2", "" (a number without unit) or a unit of the file's own.
 * A value of a measure times 1 / denominator is in that unit. */
RECIST_API size_t recist_criteria_measure_count(const struct recist_criteria *criteria);
RECIST_API const char *recist_criteria_measure_name(const struct recist_criteria *criteria,
                                                    size_t measure);
RECIST_API const char *recist_criteria_measure_title(const struct recist_criteria *criteria,
                                                     size_t measure);
RECIST_API const char *recist_criteria_measure_unit(const struct recist_criteria *criteria,
                                                    size_t measure);
RECIST_API int64_t recist_criteria_measure_denominator(const struct recist_criteria *criteria,
                                                       size_t measure);
RECIST_API bool recist_criteria_measure_shown(const struct recist_criteria *criteria,
                                              size_t measure);

/* Conventions, in the order of the file, with the values in force. */
RECIST_API size_t recist_criteria_convention_count(const struct recist_criteria *criteria);
RECIST_API const char *recist_criteria_convention_name(const struct recist_criteria *criteria,
                                                       size_t convention);
RECIST_API const char *recist_criteria_convention_value(const struct recist_criteria *criteria,
                                                        size_t convention);
/* True when --set or a charter changed it from the value of the file that declares it. */
RECIST_API bool recist_criteria_convention_changed(const struct recist_criteria *criteria,
                                                   size_t convention);
/* The value that the file says, before any --set. */
RECIST_API const char *recist_criteria_convention_written(const struct recist_criteria *criteria,
                                                          size_t convention);
/* The convention of this name, or that `--set` takes by it; SIZE_MAX without. */
RECIST_API size_t recist_criteria_find_convention(const struct recist_criteria *criteria,
                                                  const char *name);
/* The values a convention can have; none for a quantity, such as 28 days. */
RECIST_API size_t recist_criteria_choice_count(const struct recist_criteria *criteria,
                                               size_t convention);
RECIST_API const char *recist_criteria_choice(const struct recist_criteria *criteria,
                                              size_t convention, size_t choice);

/* What was gone through when the criteria were loaded: every combination of the responses that
 * stand in the columns of the decision table is decided, and by one row only. */
struct recist_criteria_proof {
    size_t combinations;
    size_t columns; /* at most RECIST_TABLE_COLUMNS */
    size_t rows;
    size_t components;
    size_t rules; /* of all components */
    size_t best_response_rules; /* without and with confirmation, and for assessed responses */
    size_t conventions;
};
RECIST_API struct recist_criteria_proof
recist_criteria_proof(const struct recist_criteria *criteria);

#define RECIST_TABLE_COLUMNS 8
/* One combination; the texts belong to the criteria. */
struct recist_combination {
    const char *words[RECIST_TABLE_COLUMNS]; /* one for each column */
    const char *row;
    const char *response;
};
/* The component that a column of the decision table is about. */
RECIST_API size_t recist_criteria_table_column(const struct recist_criteria *criteria,
                                               size_t column);
/* False when there are not so many combinations. */
RECIST_API bool recist_criteria_combination(const struct recist_criteria *criteria, size_t number,
                                            struct recist_combination *combination);

/* Terminals get lines of at most 100 columns. */
enum recist_description_format {
    RECIST_DESCRIPTION_TEXT,
    RECIST_DESCRIPTION_MARKDOWN,
    RECIST_DESCRIPTION_JSON,
};
/* Writes all that criteria say, for a reader, with the values of conventions in force. False when
 * memory is out or `append` says so. */
RECIST_API bool recist_criteria_describe(const struct recist_criteria *criteria,
                                         enum recist_description_format format,
                                         recist_append append, void *to);
/* Writes what `to` says otherwise than `from`: conventions by the values in force, all else as it
 * stands in the files with what they extend. */
RECIST_API bool recist_criteria_describe_difference(const struct recist_criteria *from,
                                                    const struct recist_criteria *to,
                                                    enum recist_description_format format,
                                                    recist_append append, void *context);

/* The organ a site text names, and whether it is a lymph node. `organ` is empty where no pattern
 * matches. Thread-safe; `scratch` keeps what a match needs and belongs to the calling thread. */
struct recist_organ_scratch;
RECIST_API struct recist_organ_scratch *recist_organ_scratch_create(void);
RECIST_API void recist_organ_scratch_destroy(struct recist_organ_scratch *scratch);
RECIST_API void recist_criteria_organ(const struct recist_criteria *criteria,
                                      struct recist_organ_scratch *scratch,
                                      struct recist_slice site, struct recist_slice *organ,
                                      bool *nodal);
/* The organ that lymph nodes belong to, for lesions that a `nodal` column calls a node. */
RECIST_API struct recist_slice recist_criteria_nodal_organ(const struct recist_criteria *criteria);

/* Which day stands for a partial date. */
RECIST_API int32_t recist_criteria_complete_date(const struct recist_criteria *criteria,
                                                 int32_t first_day,
                                                 enum recist_date_precision precision);
/* Scans of one visit label that lie further apart than this many days are doubtful. */
RECIST_API int32_t recist_criteria_visit_span(const struct recist_criteria *criteria);
/* The most days a baseline may lie before the start of a course (inclusive). */
RECIST_API int32_t recist_criteria_baseline_window(const struct recist_criteria *criteria);

#endif
