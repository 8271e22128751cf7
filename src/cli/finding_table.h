/* SPDX-License-Identifier: MIT
 * Findings as rows of a table. */
#ifndef RECIST_CLI_FINDING_TABLE_H
#define RECIST_CLI_FINDING_TABLE_H

#include "output/table.h"

#define RECIST_FINDING_COLUMNS 9
extern const struct recist_table_column recist_finding_columns[RECIST_FINDING_COLUMNS];

void recist_finding_append_row(const struct recist_table *table, struct recist_text *text,
                               const struct recist_finding *finding);

#endif
