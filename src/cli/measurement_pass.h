/* SPDX-License-Identifier: MIT */
#ifndef RECIST_CLI_MEASUREMENT_PASS_H
#define RECIST_CLI_MEASUREMENT_PASS_H

#include "cli/measurement_run.h"
#include "cli/progress.h"

/* Goes once through the files with as many threads as the run asks for, of which the caller's is
 * one. As recist_measurement_run(), and RECIST_NOT_GROUPED. */
enum recist_outcome recist_measurement_pass(struct recist_measurements *reader,
                                            const struct recist_measurement_run *run,
                                            const struct recist_measurement_task *task,
                                            struct recist_progress *progress);

#endif
