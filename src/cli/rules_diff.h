/* SPDX-License-Identifier: MIT
 * recist rules diff with measurements: everybody assessed by two criteria. */
#ifndef RECIST_CLI_RULES_DIFF_H
#define RECIST_CLI_RULES_DIFF_H

#include "cli/rules_pair.h"

/* Goes over the measurement files, which are the arguments after the first two, and writes what
 * differs. */
enum recist_exit recist_rules_diff_answers(const struct recist_options *options,
                                           const struct recist_rules_pair *pair);

#endif
