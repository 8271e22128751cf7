/* SPDX-License-Identifier: MIT */
#ifndef RECIST_OUTPUT_ALIGNED_TABLE_H
#define RECIST_OUTPUT_ALIGNED_TABLE_H

#include "output/table.h"

/* Takes encoded rows: holds them until the widths are known, then writes them aligned. */
void recist_aligned_table_append(struct recist_table *table, const struct recist_text *rows);
/* Writes what is still held, at least the header. */
void recist_aligned_table_end(struct recist_table *table);

#endif
