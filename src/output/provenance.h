/* SPDX-License-Identifier: MIT
 * How an output was made: program version, criteria, conventions that were changed, command. */
#ifndef RECIST_OUTPUT_PROVENANCE_H
#define RECIST_OUTPUT_PROVENANCE_H

#include <recist/criteria.h>

#include "base/text_buffer.h"

struct recist_provenance {
    const struct recist_criteria *criteria; /* NULL where none took part */
    const struct recist_criteria *against;  /* NULL, or those they were compared with */
    const char *command_line;
};

/* Lines that start with "# ". */
void recist_provenance_append_comments(struct recist_text *text,
                                       const struct recist_provenance *provenance);
/* A JSON object, without a line's end. */
void recist_provenance_append_json(struct recist_text *text,
                                   const struct recist_provenance *provenance);

/* The command line as it can be pasted into a shell. */
void recist_provenance_append_command(struct recist_text *text, int count,
                                      char *const *arguments);

#endif
