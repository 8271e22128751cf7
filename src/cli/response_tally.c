/* SPDX-License-Identifier: MIT */
#include "cli/response_tally.h"

#include <stdlib.h>

static bool is_in(uint64_t words, uint16_t word)
{
    return word < 64 && (words >> word & 1) != 0;
}

static void count(const struct recist_response_outcomes *outcomes,
                  const struct recist_course_outcome *outcome, struct recist_response_tally *tally)
{
    tally->courses++;
    tally->evaluable += outcome->evaluable;
    if (!outcome->evaluable && !outcomes->options->all_courses) {
        return;
    }
    tally->counted++;
    tally->words[outcome->word]++;
    tally->responders += is_in(outcomes->response, outcome->word);
    tally->controlled += is_in(outcomes->control, outcome->word);
    tally->benefiting += outcome->benefit;
}

bool recist_response_tallies_hold(const struct recist_response_tallies *tallies, size_t block,
                                  size_t row, size_t outcome)
{
    const struct recist_course_outcome *one = &tallies->outcomes->list[outcome];
    return (one->unread || one->reader == block) &&
           (row + 1 == tallies->row_count || tallies->group_of[outcome] == row);
}

/* Groups first: a course that is not in the courses file can add one. */
static bool find_groups(struct recist_response_tallies *tallies)
{
    const struct recist_response_outcomes *outcomes = tallies->outcomes;
    tallies->group_of = calloc(outcomes->count + 1, sizeof *tallies->group_of);
    if (!tallies->group_of) {
        return false;
    }
    for (size_t i = 0; i < outcomes->count; i++) {
        tallies->group_of[i] =
            recist_course_groups_of(tallies->groups, outcomes->list[i].facts);
        if (tallies->group_of[i] == SIZE_MAX) {
            return false;
        }
    }
    return true;
}

bool recist_response_tallies_make(struct recist_response_tallies *tallies,
                                  const struct recist_response_outcomes *outcomes,
                                  struct recist_course_groups *groups)
{
    *tallies = (struct recist_response_tallies){.outcomes = outcomes, .groups = groups};
    if (!find_groups(tallies)) {
        return false;
    }
    size_t own_rows = groups->column_count > 0 ? groups->group_count : 0;
    tallies->block_count = outcomes->reader_count > 0 ? outcomes->reader_count : 1;
    tallies->row_count = own_rows + 1;
    tallies->list = calloc(tallies->block_count * tallies->row_count, sizeof *tallies->list);
    if (!tallies->list) {
        return false;
    }
    for (size_t i = 0; i < outcomes->count; i++) {
        const struct recist_course_outcome *outcome = &outcomes->list[i];
        size_t first = outcome->unread ? 0 : outcome->reader;
        size_t end = outcome->unread ? tallies->block_count : first + 1;
        for (size_t block = first; block < end; block++) {
            struct recist_response_tally *rows = tallies->list + block * tallies->row_count;
            count(outcomes, outcome, &rows[own_rows]);
            if (own_rows > 0) {
                count(outcomes, outcome, &rows[tallies->group_of[i]]);
            }
        }
    }
    return true;
}

void recist_response_tallies_destroy(struct recist_response_tallies *tallies)
{
    free(tallies->group_of);
    free(tallies->list);
}
