/* SPDX-License-Identifier: MIT
 * Findings of one run under two criteria. */
#ifndef RECIST_CLI_RULES_DIFF_FINDINGS_H
#define RECIST_CLI_RULES_DIFF_FINDINGS_H

#include "cli/finding_log.h"

/* Adds to `both`: what both logs show once, what only one of them shows with its name before it. */
void recist_finding_logs_unite(struct recist_finding_log *both,
                               const struct recist_finding_log logs[2], const char *const names[2]);

#endif
