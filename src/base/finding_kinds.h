/* SPDX-License-Identifier: MIT
 * The registry of findings: one line each in finding_kinds.def, from which this list, the messages
 * and the check of docs/findings.md are made. */
#ifndef RECIST_BASE_FINDING_KINDS_H
#define RECIST_BASE_FINDING_KINDS_H

#include <recist/finding.h>

enum recist_finding_number {
#define RECIST_FINDING(name, code, severity, meaning) RECIST_FINDING_##name,
#include "base/finding_kinds.def"
#undef RECIST_FINDING
    RECIST_FINDING_KIND_COUNT
};

extern const struct recist_finding_kind recist_finding_kinds[RECIST_FINDING_KIND_COUNT];

/* The kind by its short name: RECIST_KIND(BAD_NUMBER). */
#define RECIST_KIND(name) (&recist_finding_kinds[RECIST_FINDING_##name])

#endif
