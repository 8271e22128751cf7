/* SPDX-License-Identifier: MIT */
#include "assess/lesion_sets.h"

#include "assess/evaluation.h"
#include "assess/truth.h"

static uint64_t bit(bool set, size_t lesion)
{
    return (uint64_t)set << lesion % RECIST_BLOCK;
}

static void gather_lesions(const struct recist_series *series, size_t width, uint64_t *facts)
{
    for (size_t i = 0; i < series->lesion_count; i++) {
        const struct recist_lesion *lesion = &series->lesions[i];
        uint64_t *of = facts + i / RECIST_BLOCK * width;
        of[RECIST_LESION_EXISTS] |= bit(true, i);
        of[RECIST_LESION_NODAL] |= bit(lesion->nodal, i);
        of[RECIST_LESION_PRIOR_THERAPY] |= bit(lesion->prior_therapy, i);
        of[RECIST_LESION_PROGRESSED_SINCE] |= bit(lesion->progressed_since, i);
        of[RECIST_LESION_ROLES + lesion->role] |= bit(true, i);
    }
}

/* From `first` on as many lesions as make a block, or are left. */
static void gather_block(const struct recist_observation *observations, size_t first, size_t end,
                         uint64_t *facts)
{
    uint64_t recorded = 0;
    uint64_t evaluated = 0;
    uint64_t measured = 0;
    uint64_t mass = 0;
    uint64_t one = 1;
    for (size_t i = first; i < end; i++, one <<= 1) {
        const struct recist_observation *observation = &observations[i];
        evaluated |= observation->evaluated ? one : 0;
        measured |= observation->measured ? one : 0;
        mass |= observation->mass ? one : 0;
        if (observation->parts > 0) {
            recorded |= one;
            facts[RECIST_VISIT_STATUSES + observation->status] |= one;
        }
    }
    facts[RECIST_VISIT_RECORDED] = recorded;
    facts[RECIST_VISIT_EVALUATED] = evaluated;
    facts[RECIST_VISIT_MEASURED] = measured;
    facts[RECIST_VISIT_MASS] = mass;
}

static void gather_visits(const struct recist_series *series, size_t width, uint64_t *facts)
{
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        const struct recist_observation *observations =
            recist_series_observation(series, visit, 0);
        size_t first = 0;
        do {
            size_t left = series->lesion_count - first;
            size_t end = left > RECIST_BLOCK ? first + RECIST_BLOCK : series->lesion_count;
            gather_block(observations, first, end, facts);
            facts += width;
            first = end;
        } while (first < series->lesion_count);
    }
}

bool recist_lesion_sets_gather(struct recist_lesion_sets *sets,
                               const struct recist_criteria *criteria,
                               const struct recist_series *series, struct recist_arena *arena)
{
    size_t blocks = series->lesion_count / RECIST_BLOCK + (series->lesion_count % RECIST_BLOCK > 0);
    blocks = blocks ? blocks : 1;
    size_t lesion_width = RECIST_LESION_ROLES + criteria->vocabulary.role_count;
    size_t visit_width = RECIST_VISIT_STATUSES + criteria->vocabulary.status_count;
    size_t values = series->visit_count * criteria->lesion_value_count;
    uint64_t *facts = recist_arena_take_zeroed(
        arena, blocks * (lesion_width + series->visit_count * visit_width), sizeof *facts);
    *sets = (struct recist_lesion_sets){
        .blocks = blocks,
        .lesion_width = lesion_width,
        .visit_width = visit_width,
        .lesions = facts,
        .visits = facts + blocks * lesion_width,
        .known = recist_arena_take_zeroed(arena, values * blocks + 1, sizeof *sets->known),
        .values = recist_arena_take(arena, (values * series->lesion_count + 1) *
                                               sizeof *sets->values),
    };
    if (!facts || !sets->known || !sets->values) {
        return false;
    }
    gather_lesions(series, lesion_width, facts);
    gather_visits(series, visit_width, facts + blocks * lesion_width);
    return true;
}

/* It has had a row at this visit or before. */
RECIST_OUTLINED uint64_t seen(const struct recist_evaluation *evaluation, size_t block)
{
    uint64_t set = 0;
    for (size_t visit = 0; visit <= evaluation->visit; visit++) {
        set |= recist_visit_facts(evaluation, visit, block)[RECIST_VISIT_RECORDED];
    }
    return set;
}

/* What has no shorter way is asked of one lesion after the other. */
RECIST_OUTLINED uint64_t each(struct recist_evaluation *evaluation, const struct recist_node *node,
                              bool wanted, size_t block, uint64_t among)
{
    size_t outer = evaluation->lesion;
    uint64_t set = 0;
    for (uint64_t left = among; left; left &= left - 1) {
        evaluation->lesion = recist_first_lesion(block, left);
        set |= bit(recist_is(evaluation, node, wanted), evaluation->lesion);
    }
    evaluation->lesion = outer;
    return set;
}

uint64_t recist_lesions_by_value(struct recist_evaluation *evaluation, size_t index,
                                 recist_wide number, unsigned signs, size_t block, uint64_t among)
{
    uint64_t known = recist_known_lesion_values(evaluation, index, block, among);
    const recist_wide *values = recist_lesion_values_at(evaluation, index);
    uint64_t set = 0;
    for (; known; known &= known - 1) {
        size_t lesion = recist_first_lesion(block, known);
        set |= recist_sign_is_in(values[lesion], number, signs) ? known & -known : 0;
    }
    return set;
}

/* A value of the lesions against one number. */
RECIST_OUTLINED uint64_t compare_values(struct recist_evaluation *evaluation,
                                        const struct recist_node *node, bool wanted, size_t block,
                                        uint64_t among)
{
    unsigned signs = recist_relation_signs((enum recist_relation)node->relation, wanted);
    return recist_lesions_by_value(evaluation, node->left->index, node->right->constant, signs,
                                   block, among);
}

/* `and` narrows what the right side is asked of to those of which the left side is so; `or` to those
 * of which it is not. Of what is false it is the other way round. */
RECIST_OUTLINED uint64_t join(struct recist_evaluation *evaluation,
                                 const struct recist_node *node, bool wanted, size_t block,
                                 uint64_t among)
{
    uint64_t left = recist_lesions_that(evaluation, node->left, wanted, block, among);
    if ((node->operation == RECIST_OP_AND) == wanted) {
        return left ? recist_lesions_that(evaluation, node->right, wanted, block, left) : 0;
    }
    uint64_t open = among & ~left;
    return open ? left | recist_lesions_that(evaluation, node->right, wanted, block, open) : left;
}

RECIST_OUTLINED uint64_t with_value(struct recist_evaluation *evaluation,
                                    const struct recist_node *node, bool wanted, size_t block,
                                    uint64_t among)
{
    uint64_t known = recist_known_lesion_values(evaluation, node->index, block, among);
    return wanted ? known : among & ~known;
}

/* What is asked of the visit or the patient has one answer for all lesions. */
RECIST_OUTLINED uint64_t for_all(struct recist_evaluation *evaluation,
                                 const struct recist_node *node, bool wanted, uint64_t among)
{
    return recist_is(evaluation, node, wanted) ? among : 0;
}

static inline uint64_t as_wanted(uint64_t set, bool wanted)
{
    return wanted ? set : ~set;
}

static inline uint64_t of_lesion(const struct recist_evaluation *evaluation, size_t block,
                                 enum recist_lesion_fact fact)
{
    return recist_lesion_facts(evaluation, block)[fact];
}

static inline uint64_t of_visit(const struct recist_evaluation *evaluation, size_t block,
                                enum recist_visit_fact fact)
{
    return recist_visit_facts(evaluation, evaluation->visit, block)[fact];
}

static inline uint64_t with_role(const struct recist_evaluation *evaluation, uint64_t mask,
                                 size_t block)
{
    return recist_with_facts(recist_lesion_facts(evaluation, block) + RECIST_LESION_ROLES,
                             recist_facts_in(mask, evaluation->criteria->vocabulary.role_count));
}

static inline uint64_t with_status(const struct recist_evaluation *evaluation, uint64_t mask,
                                   size_t block)
{
    return recist_with_facts(recist_visit_facts(evaluation, evaluation->visit, block) +
                                 RECIST_VISIT_STATUSES,
                             recist_facts_in(mask, evaluation->criteria->vocabulary.status_count));
}

uint64_t recist_lesions_that(struct recist_evaluation *evaluation,
                             const struct recist_node *node, bool wanted, size_t block,
                             uint64_t among)
{
    switch (node->operation) {
    case RECIST_OP_NOT:
        return recist_lesions_that(evaluation, node->left, !wanted, block, among);
    case RECIST_OP_AND:
    case RECIST_OP_OR:
        return join(evaluation, node, wanted, block, among);
    case RECIST_OP_ROLE:
        return among & as_wanted(with_role(evaluation, node->mask, block), wanted);
    case RECIST_OP_NODAL:
        return among & as_wanted(of_lesion(evaluation, block, RECIST_LESION_NODAL), wanted);
    case RECIST_OP_PRIOR_THERAPY:
        return among & as_wanted(of_lesion(evaluation, block, RECIST_LESION_PRIOR_THERAPY), wanted);
    case RECIST_OP_PROGRESSED_SINCE:
        return among &
               as_wanted(of_lesion(evaluation, block, RECIST_LESION_PROGRESSED_SINCE), wanted);
    case RECIST_OP_STATUS:
        return among & as_wanted(with_status(evaluation, node->mask, block), wanted);
    case RECIST_OP_EVALUATED:
        return among & as_wanted(of_visit(evaluation, block, RECIST_VISIT_EVALUATED), wanted);
    case RECIST_OP_RECORDED:
        return among & as_wanted(of_visit(evaluation, block, RECIST_VISIT_RECORDED), wanted);
    case RECIST_OP_MEASURED:
        return among & as_wanted(of_visit(evaluation, block, RECIST_VISIT_MEASURED), wanted);
    case RECIST_OP_MASS:
        return among & as_wanted(of_visit(evaluation, block, RECIST_VISIT_MASS), wanted);
    case RECIST_OP_SEEN:
        return among & as_wanted(seen(evaluation, block), wanted);
    case RECIST_OP_KNOWN:
        return node->left->operation == RECIST_OP_LESION_VALUE
                   ? with_value(evaluation, node->left, wanted, block, among)
                   : each(evaluation, node, wanted, block, among);
    case RECIST_OP_COMPARE:
        return node->left->operation == RECIST_OP_LESION_VALUE &&
                       node->right->operation == RECIST_OP_VALUE
                   ? compare_values(evaluation, node, wanted, block, among)
                   : each(evaluation, node, wanted, block, among);
    case RECIST_OP_TRUTH:
    case RECIST_OP_ANY:
    case RECIST_OP_ALL:
    case RECIST_OP_WORD_IN:
    case RECIST_OP_STATE:
    case RECIST_OP_OBSERVED:
    case RECIST_OP_IMAGED:
        return for_all(evaluation, node, wanted, among);
    default:
        return each(evaluation, node, wanted, block, among);
    }
}

/* The axis asked for, else the one diameter given, else what the status stands for. */
static inline int64_t axis(const struct recist_criteria *criteria,
                           const struct recist_observation *observation, const int64_t *axes,
                           size_t asked)
{
    if (axes[asked] != RECIST_MISSING) {
        return axes[asked];
    }
    return axes[RECIST_DIAMETER] != RECIST_MISSING
               ? axes[RECIST_DIAMETER]
               : criteria->vocabulary.statuses[observation->status].stands_for;
}

static inline const int64_t *axes_of(const struct recist_observation *observation, bool largest)
{
    return largest ? observation->largest : observation->axis;
}

int64_t recist_axis_of_lesion(const struct recist_evaluation *evaluation,
                              const struct recist_node *node)
{
    const struct recist_observation *observation = recist_observation_now(evaluation);
    bool largest = node->operation == RECIST_OP_LARGEST_AXIS;
    return observation->evaluated ? axis(evaluation->criteria, observation,
                                         axes_of(observation, largest), node->index)
                                  : RECIST_MISSING;
}

/* Returns those of `among` that have a length, which goes to *values. */
static inline uint64_t axes(const struct recist_evaluation *evaluation,
                            const struct recist_node *node, bool largest, size_t block,
                            uint64_t among, recist_wide *values)
{
    const struct recist_observation *observations = recist_series_observation(
        evaluation->series, evaluation->visit, block * RECIST_BLOCK);
    size_t asked = node->index;
    uint64_t known = 0;
    values += block * RECIST_BLOCK;
    among &= recist_visit_facts(evaluation, evaluation->visit, block)[RECIST_VISIT_EVALUATED];
    for (; among; among &= among - 1) {
        size_t lesion = (size_t)__builtin_ctzll(among);
        int64_t length = axis(evaluation->criteria, &observations[lesion],
                              axes_of(&observations[lesion], largest), asked);
        values[lesion] = length;
        known |= length != RECIST_MISSING ? among & -among : 0;
    }
    return known;
}

/* The same for any value. */
RECIST_OUTLINED uint64_t evaluate_each(struct recist_evaluation *evaluation,
                                       const struct recist_node *node, size_t block,
                                       uint64_t among, recist_wide *values)
{
    size_t outer = evaluation->lesion;
    uint64_t known = 0;
    for (; among; among &= among - 1) {
        size_t lesion = recist_first_lesion(block, among);
        evaluation->lesion = lesion;
        known |= bit(recist_evaluate_value(evaluation, node, &values[lesion]), lesion);
    }
    evaluation->lesion = outer;
    return known;
}

static uint64_t take_values(struct recist_evaluation *evaluation, const struct recist_node *node,
                            size_t block, uint64_t among, recist_wide *values)
{
    switch (node->operation) {
    case RECIST_OP_AXIS:
        return axes(evaluation, node, false, block, among, values);
    case RECIST_OP_LARGEST_AXIS:
        return axes(evaluation, node, true, block, among, values);
    default:
        return evaluate_each(evaluation, node, block, among, values);
    }
}

void recist_work_out_lesion_values(struct recist_evaluation *evaluation, size_t index,
                                   size_t block, uint64_t among)
{
    const struct recist_lesion_value *of = &evaluation->criteria->lesion_values[index];
    const struct recist_value_case *end = of->cases + of->case_count;
    recist_wide *values = recist_lesion_values_at(evaluation, index);
    struct recist_known_values *known = recist_known_values_at(evaluation, index, block);
    known->asked |= among;
    for (const struct recist_value_case *one = of->cases; one < end && among; one++) {
        uint64_t chosen =
            one->when ? recist_lesions_that(evaluation, one->when, true, block, among) : among;
        if (chosen) {
            known->known |= take_values(evaluation, one->value, block, chosen, values);
            among &= ~chosen;
        }
    }
}
