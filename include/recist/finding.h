/* SPDX-License-Identifier: MIT
 *
 * Findings: what is wrong or doubtful in an input, where it stands, and how grave it is.
 *
 * A collector owns copies of everything that is reported to it; pointers into a finding stay
 * valid until the collector is cleared, truncated below it, or destroyed. A collector belongs to
 * one thread at a time.
 */
#ifndef RECIST_FINDING_H
#define RECIST_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <recist/export.h>

/* Bytes that belong to somebody else; not terminated. A slice without text has length 0. */
struct recist_slice {
    const char *text;
    size_t length;
};

/* Appends text to something of the caller's; returns false to stop. */
typedef bool (*recist_append)(void *to, const char *text, size_t length);

enum recist_severity {
    RECIST_ERROR,   /* the input cannot be classified as it is */
    RECIST_WARNING, /* doubtful: classified as read, and named */
    RECIST_NOTE,    /* worth knowing */
};

/* One kind of finding. The code is stable: it keeps its meaning for ever. */
struct recist_finding_kind {
    const char *code; /* such as "bad-number" */
    enum recist_severity severity;
    const char *meaning; /* one line, as in docs/findings.md */
};

/* Where in an input something was read. Lines and columns count from 1; 0 means unknown.
 * Columns count characters, not bytes. */
struct recist_place {
    const char *file; /* as the caller named it; NULL where there is none */
    uint64_t line;
    uint32_t column;
};

struct recist_finding {
    const struct recist_finding_kind *kind;
    struct recist_place place;
    struct recist_slice patient; /* empty where the finding concerns no patient */
    struct recist_slice visit;
    struct recist_slice lesion;
    struct recist_slice message; /* what was read and what was expected, one sentence */
};

/* What a finding is about; any member may be empty. */
struct recist_subject {
    struct recist_slice patient;
    struct recist_slice visit;
    struct recist_slice lesion;
};

struct recist_findings;

/* Makes an empty collector. NULL when memory is out. The caller destroys it. */
RECIST_API struct recist_findings *recist_findings_create(void);
/* Frees a collector and all its findings; NULL is allowed. */
RECIST_API void recist_findings_destroy(struct recist_findings *findings);

RECIST_API size_t recist_findings_count(const struct recist_findings *findings);
RECIST_API size_t recist_findings_count_of(const struct recist_findings *findings,
                                           enum recist_severity severity);
/* The finding at `index`, in order of report; `index` must be below the count. */
RECIST_API const struct recist_finding *recist_findings_at(const struct recist_findings *findings,
                                                           size_t index);
/* Forgets every finding from `count` on. */
RECIST_API void recist_findings_truncate(struct recist_findings *findings, size_t count);
/* Orders by file (as first reported), line, column; findings of one place keep their order. */
RECIST_API void recist_findings_sort(struct recist_findings *findings);

/* Adds a finding; `format` is printf's. Returns false when memory is out, and remembers it:
 * recist_findings_lost() then says so, because a finding must never vanish silently. */
RECIST_API bool recist_findings_report(struct recist_findings *findings,
                                       const struct recist_finding_kind *kind,
                                       struct recist_place place, struct recist_subject subject,
                                       const char *format, ...)
    __attribute__((format(printf, 5, 6)));
RECIST_API bool recist_findings_lost(const struct recist_findings *findings);

/* The word for a severity: "error", "warning", "note". */
RECIST_API const char *recist_severity_word(enum recist_severity severity);

#endif
