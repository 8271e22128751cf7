/* SPDX-License-Identifier: MIT
 * Where criteria files are: in directories, as NAME.yaml. The installed directory is the last. */
#ifndef RECIST_CRITERIA_CRITERIA_SEARCH_H
#define RECIST_CRITERIA_CRITERIA_SEARCH_H

#include <sys/types.h>

#include <recist/criteria.h>

#include "base/arena.h"

/* A file, however it is called. */
struct recist_file_identity {
    dev_t device;
    ino_t number;
};

struct recist_criteria_directories {
    const char *first; /* of the extending file; NULL where nothing extends */
    const char *const *given;
    size_t given_count;
};

/* Whether text is the path of a criteria file rather than a name. */
bool recist_criteria_is_path(const char *name_or_path);

/* False when there is no such file. */
bool recist_file_identify(const char *path, struct recist_file_identity *identity);
bool recist_file_is_same(struct recist_file_identity one, struct recist_file_identity other);

/* The path of the first NAME.yaml other than `except` (which may be NULL): RECIST_DONE with *path
 * in the arena, or NULL where there is none; or RECIST_NO_MEMORY. */
enum recist_outcome recist_criteria_find(const char *name,
                                         const struct recist_criteria_directories *directories,
                                         const struct recist_file_identity *except,
                                         struct recist_arena *arena, const char **path);

/* Says that there are no criteria of this name, and which there are: those of a similar name, or
 * all of them. */
void recist_criteria_report_not_found(const char *name,
                                      const struct recist_criteria_directories *directories,
                                      const struct recist_finding_kind *kind,
                                      struct recist_place place, struct recist_findings *findings);

#endif
