/* SPDX-License-Identifier: MIT
 * Courses counted by their best response, for each reader and group. */
#ifndef RECIST_CLI_RESPONSE_TALLY_H
#define RECIST_CLI_RESPONSE_TALLY_H

#include "cli/grouping.h"
#include "cli/response_outcomes.h"

struct recist_response_tally {
    uint32_t courses;
    uint32_t evaluable;
    uint32_t counted; /* the denominator of all rates */
    uint32_t words[64];
    uint32_t responders;
    uint32_t controlled;
    uint32_t benefiting;
};

struct recist_response_tallies {
    const struct recist_response_outcomes *outcomes;
    struct recist_course_groups *groups;
    size_t *group_of;   /* of each outcome */
    size_t block_count; /* one for each reader; one when there are none */
    size_t row_count;   /* of a block: the groups, and last all courses together */
    struct recist_response_tally *list; /* [block * row_count + row] */
};

/* False when memory is out. Destroy in any case. */
bool recist_response_tallies_make(struct recist_response_tallies *tallies,
                                  const struct recist_response_outcomes *outcomes,
                                  struct recist_course_groups *groups);
void recist_response_tallies_destroy(struct recist_response_tallies *tallies);

/* Whether an outcome stands in this block and row. */
bool recist_response_tallies_hold(const struct recist_response_tallies *tallies, size_t block,
                                  size_t row, size_t outcome);

static inline const struct recist_response_tally *
recist_response_tallies_at(const struct recist_response_tallies *tallies, size_t block, size_t row)
{
    return &tallies->list[block * tallies->row_count + row];
}

#endif
