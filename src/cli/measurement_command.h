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
    struct recist_findings *opening; /* findings about files and headers */
    struct recist_finding_log log;
    struct recist_text left_out;
    atomic_bool no_memory;
};

/* Checks that there are files to read, and loads the criteria. End it in any case. */
enum recist_exit recist_measurement_command_begin(struct recist_measurement_command *shared,
                                                  const struct recist_command *command,
                                                  const struct recist_options *options);
void recist_measurement_command_end(struct recist_measurement_command *shared);

enum recist_outcome recist_measurement_command_run(struct recist_measurement_command *shared,
                                                   const struct recist_measurement_task *task,
                                                   unsigned threads);

/* The status that the findings and the outcome of a run call for; says it when memory was out. */
enum recist_exit recist_measurement_command_status(const struct recist_measurement_command *shared,
                                                   enum recist_outcome outcome, size_t errors);

/* CDISC's study day: the reference is day 1, the day before is -1, and there is no day 0. */
int32_t recist_study_day(const struct recist_series *series,
                         const struct recist_series_result *result, int32_t date);

/* The cell that names a visit: its label, or its date where it has none. */
void recist_row_visit(struct recist_row *row, const struct recist_visit *visit);

#endif
