/* SPDX-License-Identifier: MIT
 * The header of a measurement file: which column stands where. */
#ifndef RECIST_INPUT_HEADER_H
#define RECIST_INPUT_HEADER_H

#include "input/row.h"

/* A header row as the scanner found it. */
struct recist_header_row {
    const char *file;
    uint64_t line;
    const struct recist_csv_row *csv;
};

/* Makes out the columns; `vocabulary` names the further ones. Everything that is wrong is reported.
 * RECIST_DONE, RECIST_INVALID or RECIST_NO_MEMORY. */
enum recist_outcome recist_header_read(const struct recist_header_row *header,
                                       const struct recist_vocabulary *vocabulary,
                                       struct recist_columns *columns,
                                       struct recist_findings *findings);

#endif
