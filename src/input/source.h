/* SPDX-License-Identifier: MIT
 * A source: one input that can be read at any position, and more than once. Standard input, pipes
 * and other inputs without positions are first copied into memory. */
#ifndef RECIST_INPUT_SOURCE_H
#define RECIST_INPUT_SOURCE_H

#include <time.h>

#include <recist/finding.h>

struct recist_source {
    char *name; /* as the caller named it */
    int descriptor;
    bool copied; /* lives in memory: nobody else can change it */
    uint64_t size;
    struct timespec modified;
    const char *mapped; /* all of it, or NULL */
};

/* Opens a file; "-" is standard input. Reports why not. RECIST_DONE, RECIST_UNREADABLE or
 * RECIST_NO_MEMORY; closed by the caller in any case. */
enum recist_outcome recist_source_open(struct recist_source *source, const char *path,
                                       struct recist_findings *findings);
void recist_source_close(struct recist_source *source);

/* Reads exactly `length` bytes from `offset`, which must lie within the size found at opening.
 * False, with a finding, when that fails or the file has become shorter. */
bool recist_source_read(const struct recist_source *source, uint64_t offset, char *to,
                        size_t length, struct recist_findings *findings);

/* Maps the input into memory, if that is possible, for reading many short pieces from anywhere. A
 * mapped file must not become shorter: ask recist_source_unchanged() before pieces are read. */
void recist_source_map(struct recist_source *source);
void recist_source_unmap(struct recist_source *source);
/* A piece will be read soon. */
static inline void recist_source_expect(const struct recist_source *source, uint64_t offset)
{
    if (source->mapped) {
        __builtin_prefetch(source->mapped + offset);
    }
}

/* Whether size and time of change are still those found at opening; if not, reports it. */
bool recist_source_unchanged(const struct recist_source *source, struct recist_findings *findings);

#endif
