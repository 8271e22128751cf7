/* SPDX-License-Identifier: MIT */
#include "cli/rules_diff.h"

enum recist_exit recist_rules_diff_answers(const struct recist_options *options,
                                           const struct recist_rules_pair *pair)
{
    return RECIST_EXIT_USAGE;
}
