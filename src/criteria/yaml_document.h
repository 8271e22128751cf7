/* SPDX-License-Identifier: MIT
 *
 * The part of YAML that criteria files may use, as a tree with positions. No value is interpreted:
 * a scalar is the text as written. Aliases, anchors, tags, several documents, duplicate keys, keys
 * that are not scalars, and too much depth or size are refused with findings.
 */
#ifndef RECIST_CRITERIA_YAML_DOCUMENT_H
#define RECIST_CRITERIA_YAML_DOCUMENT_H

#include <recist/finding.h>

#include "base/arena.h"

#define RECIST_YAML_LARGEST_FILE ((size_t)1024 * 1024)
#define RECIST_YAML_DEEPEST 16
#define RECIST_YAML_MOST_EVENTS 50000
/* After this many findings in one file the reading of its structure ends. */
#define RECIST_YAML_MOST_FINDINGS 100

enum recist_yaml_kind { RECIST_YAML_SCALAR, RECIST_YAML_SEQUENCE, RECIST_YAML_MAPPING };

enum recist_yaml_style {
    RECIST_YAML_PLAIN,
    RECIST_YAML_SINGLE_QUOTED,
    RECIST_YAML_DOUBLE_QUOTED,
    RECIST_YAML_BLOCK, /* | or > */
};

struct recist_yaml_asked; /* see yaml_access.h */

struct recist_yaml_node {
    enum recist_yaml_kind kind;
    enum recist_yaml_style style; /* of a scalar */
    bool quoted;                  /* scalar in quotes, or a block: never null, even when empty */
    bool used;                    /* yaml_access.h: somebody asked for it */
    struct recist_place place;    /* of the first character */
    const char *text;             /* of a scalar: escapes resolved, terminated; else NULL */
    size_t length;
    struct recist_slice source;     /* of a scalar: its bytes in the file, quotes included */
    struct recist_yaml_node *first; /* children of a sequence or mapping, in file order */
    struct recist_yaml_node *next;
    const struct recist_yaml_node *key; /* of a child of a mapping, else NULL */
    size_t count;                       /* of children */
    struct recist_yaml_asked *asked;    /* yaml_access.h: names asked for in this mapping */
    /* criteria_merge.h: what the extended file says in its place, or NULL; follow it to the end for
     * what the file says that declares the entry. */
    const struct recist_yaml_node *replaced;
};

/* Reads a whole file of at most RECIST_YAML_LARGEST_FILE bytes into the arena. Findings about it
 * stand at `place` (such as an `extends` value), or name just the file where place.file is NULL.
 * RECIST_DONE, RECIST_UNREADABLE, RECIST_INVALID (too large) or RECIST_NO_MEMORY. */
enum recist_outcome recist_yaml_read_file(const char *path, struct recist_place place,
                                          struct recist_arena *arena,
                                          struct recist_findings *findings,
                                          struct recist_slice *bytes);

/* Makes the tree of a document. `file` is the name in all places. Tree and bytes must live as
 * long as each other; `file` too. RECIST_DONE with *root set; RECIST_NO_MEMORY; or
 * RECIST_INVALID: *root is then set all the same when the whole document could be read, so that
 * further findings can be collected (entries that were refused are left out), else NULL. */
enum recist_outcome recist_yaml_parse(struct recist_slice bytes, const char *file,
                                      struct recist_arena *arena, struct recist_findings *findings,
                                      struct recist_yaml_node **root);

/* The place in the file of the character at byte `offset` of a scalar's text, through quotes,
 * escapes and line breaks. At the end of the text, or at white space: just after what stands
 * before. */
struct recist_place recist_yaml_place_within(const struct recist_yaml_node *node, size_t offset);

#endif
