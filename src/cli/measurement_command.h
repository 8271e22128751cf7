/* SPDX-License-Identifier: MIT
 * What the commands that go over measurement files have in common: criteria, output, findings. */
#ifndef RECIST_CLI_MEASUREMENT_COMMAND_H
#define RECIST_CLI_MEASUREMENT_COMMAND_H

#include <stdatomic.h>

#include "cli/command.h"
#include "cli/finding_log.h"
#include "cli/measurement_run.h"
#include "cli/table_output.h"

struct recist_measurement_command {
    const struct recist_options *options;
    struct recist_criteria *criteria;
    struct recist_courses *courses;         /* NULL without --courses, or when it has errors */
    enum recist_outcome courses_outcome;    /* RECIST_DONE without --courses */
    atomic_bool *measured; /* by the index of a patient's first course: has measurements */
    struct recist_findings *opening; /* findings about files and headers, and courses */
    struct recist_finding_log log;
    struct recist_text left_out;
    atomic_bool no_memory;
};

/* Checks that there are files to read, and loads the criteria and the courses file. Errors in that
 * keep the run from starting, and are in `opening`. End it in any case. */
enum recist_exit recist_measurement_command_begin(struct recist_measurement_command *shared,
                                                  const struct recist_command *command,
                                                  const struct recist_options *options);
/* The same for what needs no files but the courses file. */
enum recist_exit recist_measurement_command_begin_without(struct recist_measurement_command *shared,
                                                          const struct recist_options *options);
/* And for what has its criteria already: loads the courses file only. */
enum recist_exit
recist_measurement_command_begin_bare(struct recist_measurement_command *shared,
                                      const struct recist_options *options);
void recist_measurement_command_end(struct recist_measurement_command *shared);

enum recist_outcome recist_measurement_command_run(struct recist_measurement_command *shared,
                                                   const struct recist_measurement_task *task,
                                                   unsigned threads);

/* Remembers, on any thread, that a patient has measurements; then says which patients of the
 * courses file have none. */
void recist_measurement_command_meet(struct recist_measurement_command *shared,
                                     const struct recist_patient_readings *readings);
bool recist_measurement_command_met(const struct recist_measurement_command *shared,
                                    const struct recist_course *course);
void recist_measurement_command_name_unmet(struct recist_measurement_command *shared);

/* The status that the findings and the outcome of a run call for; says it when memory was out. */
enum recist_exit recist_measurement_command_status(const struct recist_measurement_command *shared,
                                                   enum recist_outcome outcome, size_t errors);

/* A patient that is left out, because of so many errors. */
struct recist_left_out {
    struct recist_slice study;
    struct recist_slice patient;
    size_t errors;
};
/* The line that names him. */
void recist_left_out_append(struct recist_text *text, const struct recist_left_out *who);

/* CDISC's study day: the reference is day 1, the day before is -1, and there is no day 0. */
int32_t recist_study_day(const struct recist_series *series,
                         const struct recist_series_result *result, int32_t date);

/* The cell that names a visit: its label, or its date where it has none. */
void recist_row_visit(struct recist_row *row, const struct recist_visit *visit);

#endif
