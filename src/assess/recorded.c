/* SPDX-License-Identifier: MIT
 * What rows record beside diameters: further columns, both axes as an area, and what is the
 * patient's own. */
#include "assess/recorded.h"

static bool recorded(const struct recist_observation *observation, size_t column,
                     recist_wide *value)
{
    if (observation->parts == 0 || !observation->reading->numbers ||
        observation->reading->numbers[column] == RECIST_MISSING) {
        return false;
    }
    *value = observation->reading->numbers[column];
    return true;
}

/* Of a lesion in parts no single number is known, and of one that was not evaluated none. */
static bool number(const struct recist_observation *observation, size_t column, recist_wide *value)
{
    return observation->parts == 1 && observation->evaluated &&
           recorded(observation, column, value);
}

/* An answer, such as whether the lesion is treated, is known whether or not it was evaluated. */
bool recist_number_of_lesion(const struct recist_evaluation *evaluation, size_t column,
                             recist_wide *value)
{
    const struct recist_observation *observation = recist_observation_now(evaluation);
    return evaluation->criteria->vocabulary.columns[column].answer
               ? recorded(observation, column, value)
               : number(observation, column, value);
}

/* The length on an axis, else what the status stands for. */
static bool axis_or_status(const struct recist_evaluation *evaluation,
                           const struct recist_observation *observation, int64_t length,
                           recist_wide *value)
{
    if (length == RECIST_MISSING) {
        length = evaluation->criteria->vocabulary.statuses[observation->status].stands_for;
    }
    if (!observation->evaluated || length == RECIST_MISSING) {
        return false;
    }
    *value = length;
    return true;
}

bool recist_perpendicular(const struct recist_evaluation *evaluation, recist_wide *value)
{
    const struct recist_observation *observation = recist_observation_now(evaluation);
    return axis_or_status(evaluation, observation, observation->axis[RECIST_SHORT_AXIS], value);
}

bool recist_product(const struct recist_evaluation *evaluation, recist_wide *value)
{
    const struct recist_observation *observation = recist_observation_now(evaluation);
    if (observation->product_of_parts) {
        *value = *observation->product_of_parts;
        return observation->evaluated && *value != RECIST_WIDE_MISSING;
    }
    recist_wide longest = 0;
    recist_wide perpendicular = 0;
    int64_t length = observation->axis[RECIST_LONG_AXIS] != RECIST_MISSING
                         ? observation->axis[RECIST_LONG_AXIS]
                         : observation->axis[RECIST_DIAMETER];
    if (!axis_or_status(evaluation, observation, length, &longest) ||
        !recist_perpendicular(evaluation, &perpendicular)) {
        return false;
    }
    *value = longest * perpendicular;
    return true;
}

/* There is at most one for each role. NULL: nothing is recorded at this visit. */
static const struct recist_observation *observed(const struct recist_evaluation *evaluation,
                                                 size_t role)
{
    for (size_t block = 0; block < evaluation->sets.blocks; block++) {
        uint64_t of_role = recist_lesion_facts(evaluation, block)[RECIST_LESION_ROLES + role];
        if (of_role) {
            const struct recist_observation *observation = recist_series_observation(
                evaluation->series, evaluation->visit, recist_first_lesion(block, of_role));
            return observation->parts > 0 ? observation : NULL;
        }
    }
    return NULL;
}

bool recist_observed_status_is(const struct recist_evaluation *evaluation,
                               const struct recist_node *node, bool wanted)
{
    const struct recist_observation *observation = observed(evaluation, node->role);
    if (!observation) {
        return false;
    }
    bool in = (node->mask >> observation->status) & 1;
    return wanted ? in : !in && observation->evaluated;
}

bool recist_observed_known(const struct recist_evaluation *evaluation,
                           const struct recist_node *node)
{
    const struct recist_observation *observation = observed(evaluation, node->role);
    return observation && observation->evaluated;
}

const char *recist_observed_word(const struct recist_evaluation *evaluation,
                                 const struct recist_node *node)
{
    const struct recist_observation *observation = observed(evaluation, node->role);
    return observation ? evaluation->criteria->vocabulary.statuses[observation->status].word : "";
}

bool recist_observed_value(const struct recist_evaluation *evaluation,
                           const struct recist_node *node, recist_wide *value)
{
    const struct recist_observation *observation = observed(evaluation, node->role);
    return observation &&
           number(observation, evaluation->criteria->vocabulary.value_column, value);
}
