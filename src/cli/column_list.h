/* SPDX-License-Identifier: MIT
 * Columns of a table whose names come from the input: kept in an arena, and escaped as the format
 * needs it, since a table writes its names as they are. */
#ifndef RECIST_CLI_COLUMN_LIST_H
#define RECIST_CLI_COLUMN_LIST_H

#include "base/arena.h"
#include "output/row.h"

struct recist_column_list {
    struct recist_arena *arena; /* of the caller's */
    enum recist_format format;
    struct recist_table_column *columns; /* in the arena */
    size_t count;
    size_t capacity;
    bool failed; /* memory ran out */
};

void recist_column_list_add(struct recist_column_list *list, enum recist_cell_kind kind,
                            struct recist_slice name);
/* The name is made of both: "rate_", "12". */
void recist_column_list_add_joined(struct recist_column_list *list, enum recist_cell_kind kind,
                                   const char *beginning, struct recist_slice name,
                                   const char *ending);
/* Puts a number (`sd_2`) behind the names of those columns from `first` to before `end` that a
 * column before them has, or any column outside. */
void recist_column_list_make_unique(struct recist_column_list *list, size_t first, size_t end);
static inline void recist_column_list_add_string(struct recist_column_list *list,
                                                 enum recist_cell_kind kind, const char *name)
{
    recist_column_list_add(list, kind, (struct recist_slice){name, strlen(name)});
}

#endif
