/* SPDX-License-Identifier: MIT
 * Inputs that can be opened more than once. Which kind of file it is shows only in its header, and
 * after that it is read by whoever reads that kind; a pipe would be empty by then. */
#ifndef RECIST_CLI_REPEATABLE_INPUT_H
#define RECIST_CLI_REPEATABLE_INPUT_H

#include "input/source.h"

struct recist_repeatable_inputs {
    const char **paths; /* to be opened in place of those given */
    size_t count;
    struct recist_source *copies; /* of inputs that can be read only once */
};

/* Copies pipes into memory. RECIST_DONE, RECIST_UNREADABLE with a finding, RECIST_NO_MEMORY;
 * destroy in any case. Standard input itself becomes the copy of what was in it. */
enum recist_outcome recist_repeatable_inputs_make(struct recist_repeatable_inputs *inputs,
                                                  const char *const *paths, size_t count,
                                                  struct recist_findings *findings);
void recist_repeatable_inputs_destroy(struct recist_repeatable_inputs *inputs);

#endif
