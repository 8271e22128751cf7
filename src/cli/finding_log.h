/* SPDX-License-Identifier: MIT
 * The findings of a run, kept until its end for standard error: every error; of each kind of
 * warning and note the first, and how many there were. */
#ifndef RECIST_CLI_FINDING_LOG_H
#define RECIST_CLI_FINDING_LOG_H

#include <recist/finding.h>

#include "base/text_buffer.h"

struct recist_finding_tally {
    const struct recist_finding_kind *kind;
    size_t count;
};

struct recist_finding_log {
    struct recist_findings *shown;
    struct recist_finding_tally *tallies; /* of warnings and notes */
    size_t tally_count;
    size_t counts[3]; /* by severity */
    size_t opening_taken;
    /* Rows of a file are lost, and nobody knows whose: no patient is known to be whole. */
    bool rows_lost;
    bool failed;      /* memory ran out: a finding may be missing */
};

bool recist_finding_log_init(struct recist_finding_log *log);
void recist_finding_log_destroy(struct recist_finding_log *log);
/* Forgets everything. */
void recist_finding_log_clear(struct recist_finding_log *log);
void recist_finding_log_add(struct recist_finding_log *log, const struct recist_finding *finding);
void recist_finding_log_add_all(struct recist_finding_log *log,
                                const struct recist_findings *findings);
/* Adds what the opening of files found since the last call; all of it after a clear. */
void recist_finding_log_add_opening(struct recist_finding_log *log,
                                    const struct recist_findings *opening);
/* Prints by file and line, then `left_out` (or NULL), and the counts last. `quiet`: errors only. */
void recist_finding_log_print(struct recist_finding_log *log, const struct recist_text *left_out,
                              bool quiet);

/* Whether rows could not be read because of it, and nobody knows whose: what follows in a file, or a
 * row whose patient is not known. */
bool recist_finding_loses_rows(const struct recist_finding *finding);

/* Adds a copy of a finding to another collector. */
bool recist_finding_copy(struct recist_findings *findings, const struct recist_finding *finding);
/* Prints all findings of a collector in full, by file and line. */
void recist_findings_print(struct recist_findings *findings);

#endif
