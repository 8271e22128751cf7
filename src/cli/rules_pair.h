/* SPDX-License-Identifier: MIT
 * Two criteria files that are compared. */
#ifndef RECIST_CLI_RULES_PAIR_H
#define RECIST_CLI_RULES_PAIR_H

#include <recist/criteria.h>

#include "cli/exit_status.h"
#include "cli/options.h"

struct recist_rules_pair {
    struct recist_criteria *criteria[2];
    const char *names[2]; /* as they were asked for */
};

/* Loads the files named first and second in the arguments. Each gets the settings of --set whose
 * conventions it has; a setting that neither knows is an error. Everything wrong with either file
 * is printed. Free the pair in any case. */
enum recist_exit recist_rules_pair_load(struct recist_rules_pair *pair,
                                        const struct recist_options *options);
void recist_rules_pair_free(struct recist_rules_pair *pair);

#endif
