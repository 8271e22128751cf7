/* SPDX-License-Identifier: MIT
 *
 * What one criteria file says otherwise than another. The merged trees are compared, entry by
 * entry, so that a section that is new to the language is compared as well. */
#ifndef RECIST_CRITERIA_DIFFERENCE_H
#define RECIST_CRITERIA_DIFFERENCE_H

#include "criteria/describe_document.h"

enum recist_difference_kind {
    RECIST_DIFFERENCE_ADDED,
    RECIST_DIFFERENCE_REMOVED,
    RECIST_DIFFERENCE_CHANGED,
    RECIST_DIFFERENCE_MOVED, /* nothing but its place in the order */
};

struct recist_difference_section {
    const char *path;    /* such as "components/NAME/rules" */
    const char *heading; /* for people */
    const char *noun;    /* what its entries are */
};

/* An entry of a section: a rule, a definition, a row of the table, a convention. */
struct recist_difference {
    const struct recist_difference_section *section;
    const char *entry;
    enum recist_difference_kind kind;
    struct recist_item title; /* in words: its question, title or sentence */
    struct recist_item from;  /* what differs, as it stands in either file */
    struct recist_item to;
    struct recist_item uses; /* the entries whose conditions name this one: a list */
    const char *place;       /* where the order counts, of what was added or moved; else "" */
    const char *cite;
    struct recist_difference *next;
};

struct recist_differences {
    struct recist_difference *first;
    size_t count;
};

/* In the order of the files, what `from` has and `to` has not at its place in `from`. Who the
 * files are is not compared. All memory is the document's, which is marked when it runs out. */
struct recist_differences recist_differences_find(struct recist_document *document,
                                                  const struct recist_criteria *from,
                                                  const struct recist_criteria *to);

/* Two mappings, child by child: difference_pairs.c. */
struct recist_difference_pair {
    const struct recist_yaml_node *from; /* NULL: only in the other */
    const struct recist_yaml_node *to;
    bool moved;
    const char *before; /* the key that follows in `to`; NULL at the end, and without `to` */
};
/* Either may be NULL, or no mapping, and has no children then. NULL when memory is out. */
struct recist_difference_pair *recist_difference_pairs(struct recist_document *document,
                                                       const struct recist_yaml_node *from,
                                                       const struct recist_yaml_node *to,
                                                       size_t *count);

/* What two nodes say otherwise, as items: difference_items.c. `skip` says of a child of the nodes
 * that it is compared elsewhere; or NULL. False when they say the same. */
struct recist_difference_nodes {
    const struct recist_yaml_node *from;
    const struct recist_yaml_node *to;
    bool (*skip)(const void *context, const char *key);
    const void *context;
};
bool recist_difference_items(struct recist_document *document,
                             const struct recist_difference_nodes *nodes, struct recist_item *from,
                             struct recist_item *to);

/* Entries that name another one, as people call them: difference_uses.c. */
struct recist_difference_uses {
    const char *name; /* looked for */
    const char **list;
    size_t count;
    size_t capacity;
};
/* Whether some condition or value of an entry has this name in it. */
bool recist_difference_names(const struct recist_yaml_node *entry, const char *name);
/* `rule growth of target`; `owner` may be "". An entry does not use itself. */
void recist_difference_add_use(struct recist_document *document,
                               struct recist_difference_uses *uses, const char *noun,
                               const char *entry, const char *owner);

/* A convention with the values in force; either may be NULL. */
bool recist_difference_of_conventions(struct recist_document *document,
                                      const struct recist_difference_nodes *nodes,
                                      const struct recist_convention *from,
                                      const struct recist_convention *to, struct recist_item *one,
                                      struct recist_item *other);
/* A row of the decision table, with the names of its columns. */
struct recist_item recist_difference_of_row(struct recist_document *document,
                                            const struct recist_criteria *criteria,
                                            const struct recist_yaml_node *row);

#endif
