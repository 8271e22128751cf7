/* SPDX-License-Identifier: MIT
 * "Did you mean ...?": the known name that a misspelt one was probably meant to be. */
#ifndef RECIST_BASE_NEAREST_NAME_H
#define RECIST_BASE_NEAREST_NAME_H

#include <recist/finding.h>

/* How many letters must be changed, added, left out or swapped with their neighbour to make one
 * name of the other. Case does not count, and a space, a hyphen and an underscore are the same.
 * SIZE_MAX for names of more than 64 bytes. */
size_t recist_name_distance(struct recist_slice one, struct recist_slice other);

/* Whether a name begins with `beginning`, by the same measure of what is the same. */
bool recist_name_begins_with(struct recist_slice name, struct recist_slice beginning);

/* Whether two names are so alike that one may be a misspelling of the other. */
bool recist_name_is_near(struct recist_slice one, struct recist_slice other);

/* The nearest of `names` (the first of several that are equally near); NULL when none is near. */
const char *recist_nearest_name(struct recist_slice name, const char *const *names, size_t count);

#endif
