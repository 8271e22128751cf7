/* SPDX-License-Identifier: MIT
 * Which criteria, and where they are looked for: the directories of $RECIST_RULES_PATH, those of
 * the source tree when the program runs where it was built, ../share/recist/rules beside an
 * installed program, and then the library's own. */
#ifndef RECIST_CLI_CRITERIA_CHOICE_H
#define RECIST_CLI_CRITERIA_CHOICE_H

#include <recist/criteria.h>

#include "cli/exit_status.h"
#include "cli/options.h"

struct recist_rules_path {
    char **directories;
    size_t count;
};

bool recist_rules_path_find(struct recist_rules_path *path);
void recist_rules_path_free(struct recist_rules_path *path);
/* For the library's functions. */
const char *const *recist_rules_path_directories(const struct recist_rules_path *path);

/* Loads what --rules and --set name; findings are printed. RECIST_EXIT_DONE with *criteria set,
 * RECIST_EXIT_USAGE for a name that does not exist, and so on. */
enum recist_exit recist_criteria_choose(const struct recist_options *options,
                                        struct recist_criteria **criteria);

/* Whether all rules were checked against their source. */
bool recist_criteria_are_confirmed(const struct recist_criteria *criteria);
/* Says on standard error that they were not. */
enum recist_exit recist_criteria_note_status(const struct recist_options *options,
                                             const struct recist_criteria *criteria);

#endif
