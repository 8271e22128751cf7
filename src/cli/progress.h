/* SPDX-License-Identifier: MIT
 * One line on a terminal that says how far long work has come. */
#ifndef RECIST_CLI_PROGRESS_H
#define RECIST_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct recist_progress {
    bool wanted;
    bool shown;
    int64_t begun; /* milliseconds of a clock that never goes back */
    int64_t last;
};

/* Nothing is ever shown when `quiet`, or when standard error is no terminal. */
void recist_progress_begin(struct recist_progress *progress, bool quiet);
void recist_progress_show(struct recist_progress *progress, uint64_t done, uint64_t all);
/* Clears the line. */
void recist_progress_end(struct recist_progress *progress);

#endif
