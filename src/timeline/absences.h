/* SPDX-License-Identifier: MIT
 * Words by which a component says that no lesions of a role stood at baseline, such as NA. */
#ifndef RECIST_TIMELINE_ABSENCES_H
#define RECIST_TIMELINE_ABSENCES_H

#include <recist/criteria.h>

#define RECIST_MOST_ABSENCES 4

struct recist_absence {
    const char *component;
    const char *word;
    uint64_t role; /* its bit */
};

/* Fills `absences` and returns how many there are: one for each component whose rules have one that
 * says that there are no lesions of a role, and nothing else. */
size_t recist_absences_find(const struct recist_criteria *criteria,
                            struct recist_absence absences[static RECIST_MOST_ABSENCES]);

#endif
