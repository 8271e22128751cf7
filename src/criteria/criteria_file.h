/* SPDX-License-Identifier: MIT
 * A criteria file with all that it extends, merged into one tree. */
#ifndef RECIST_CRITERIA_CRITERIA_FILE_H
#define RECIST_CRITERIA_CRITERIA_FILE_H

#include "criteria/yaml_document.h"

/* The most files that extend one another, the first and the last included. */
#define RECIST_CRITERIA_LONGEST_CHAIN 8
#define RECIST_CRITERIA_SHA256_SIZE 65

struct recist_criteria_ancestor {
    const char *id;   /* its `criteria`; empty where it has none */
    const char *path; /* as found */
};

struct recist_criteria_source {
    struct recist_yaml_node *root; /* a mapping, without `extends` */
    const char *path;
    /* [0] is the file itself, then the one it extends, and so on to the most basic. */
    const struct recist_criteria_ancestor *chain;
    size_t chain_length;
    /* Hexadecimal, over the bytes of all files of the chain, the most basic first. */
    char sha256[RECIST_CRITERIA_SHA256_SIZE];
};

/* Finds a file as recist_criteria_load() says, reads it and what it extends, and merges them. All
 * memory is the arena's; strings given must live as long. RECIST_DONE with *source set;
 * RECIST_UNREADABLE (also where there is no file of that name); RECIST_NO_MEMORY; or
 * RECIST_INVALID: *source is then set all the same when a tree could be made, so that the
 * compiler can look for further findings in it, else NULL. */
enum recist_outcome recist_criteria_source_load(const char *name_or_path,
                                                const char *const *directories,
                                                size_t directory_count, struct recist_arena *arena,
                                                struct recist_findings *findings,
                                                struct recist_criteria_source **source);

#endif
