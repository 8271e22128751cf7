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
    for (size_t i = first; i < end; i++) {
        const struct recist_observation *observation = &observations[i];
        uint64_t present = bit(observation->parts > 0, i);
        recorded |= present;
        evaluated |= bit(observation->evaluated, i);
        measured |= bit(observation->measured, i);
        mass |= bit(observation->mass, i);
        facts[RECIST_VISIT_STATUSES + observation->status] |= present;
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

static struct recist_lesion_truth those(uint64_t holds)
{
    return (struct recist_lesion_truth){.holds = holds};
}

/* Those of which one of `count` facts in `mask` is so. */
static uint64_t with_facts(const uint64_t *facts, size_t count, uint64_t mask)
{
    uint64_t set = 0;
    mask &= count < 64 ? (UINT64_C(1) << count) - 1 : ~UINT64_C(0);
    for (; mask; mask &= mask - 1) {
        set |= facts[__builtin_ctzll(mask)];
    }
    return set;
}

/* The right side is asked only of those whose answer it can change. */
RECIST_OUTLINED struct recist_lesion_truth both(struct recist_evaluation *evaluation,
                                                const struct recist_node *node, size_t block,
                                                uint64_t among)
{
    struct recist_lesion_truth left =
        recist_evaluate_lesions(evaluation, node->left, block, among);
    uint64_t open = left.holds | left.unknown;
    if (!open) {
        return those(0);
    }
    struct recist_lesion_truth right =
        recist_evaluate_lesions(evaluation, node->right, block, open);
    uint64_t holds = left.holds & right.holds;
    return (struct recist_lesion_truth){.holds = holds,
                                        .unknown = open & (right.holds | right.unknown) & ~holds};
}

RECIST_OUTLINED struct recist_lesion_truth either(struct recist_evaluation *evaluation,
                                                  const struct recist_node *node, size_t block,
                                                  uint64_t among)
{
    struct recist_lesion_truth left =
        recist_evaluate_lesions(evaluation, node->left, block, among);
    uint64_t open = among & ~left.holds;
    if (!open) {
        return left;
    }
    struct recist_lesion_truth right =
        recist_evaluate_lesions(evaluation, node->right, block, open);
    return (struct recist_lesion_truth){.holds = left.holds | right.holds,
                                        .unknown = (left.unknown | right.unknown) & ~right.holds};
}

RECIST_OUTLINED struct recist_lesion_truth neither(struct recist_evaluation *evaluation,
                                                   const struct recist_node *node, size_t block,
                                                   uint64_t among)
{
    struct recist_lesion_truth of = recist_evaluate_lesions(evaluation, node->left, block, among);
    return (struct recist_lesion_truth){.holds = among & ~(of.holds | of.unknown),
                                        .unknown = of.unknown};
}

/* What has no shorter way is asked of one lesion after the other. */
RECIST_OUTLINED struct recist_lesion_truth each(struct recist_evaluation *evaluation,
                                                const struct recist_node *node, size_t block,
                                                uint64_t among)
{
    size_t outer = evaluation->lesion;
    struct recist_lesion_truth truth = {0};
    for (uint64_t left = among; left; left &= left - 1) {
        evaluation->lesion = recist_first_lesion(block, left);
        enum recist_truth one = recist_evaluate_condition(evaluation, node);
        truth.holds |= bit(one == RECIST_TRUE, evaluation->lesion);
        truth.unknown |= bit(one == RECIST_UNKNOWN, evaluation->lesion);
    }
    evaluation->lesion = outer;
    return truth;
}

/* A value of the lesions against one number. */
RECIST_OUTLINED struct recist_lesion_truth compare_values(struct recist_evaluation *evaluation,
                                                          const struct recist_node *node,
                                                          size_t block, uint64_t among)
{
    size_t index = node->left->index;
    recist_wide limit = node->right->constant;
    uint64_t known = recist_known_lesion_values(evaluation, index, block, among);
    const recist_wide *values = recist_lesion_values_at(evaluation, index);
    uint64_t less = 0;
    uint64_t equal = 0;
    for (uint64_t left = known; left; left &= left - 1) {
        size_t lesion = recist_first_lesion(block, left);
        less |= bit(values[lesion] < limit, lesion);
        equal |= bit(values[lesion] == limit, lesion);
    }
    struct recist_lesion_truth truth = {.unknown = among & ~known};
    switch ((enum recist_relation)node->relation) {
    case RECIST_LESS:
        truth.holds = less;
        break;
    case RECIST_LESS_OR_EQUAL:
        truth.holds = less | equal;
        break;
    case RECIST_EQUAL:
        truth.holds = equal;
        break;
    case RECIST_NOT_EQUAL:
        truth.holds = known & ~equal;
        break;
    case RECIST_GREATER_OR_EQUAL:
        truth.holds = known & ~less;
        break;
    case RECIST_GREATER:
    default:
        truth.holds = known & ~(less | equal);
        break;
    }
    return truth;
}

/* What is asked of the visit or the patient has one answer for all lesions. */
RECIST_OUTLINED struct recist_lesion_truth for_all(struct recist_evaluation *evaluation,
                                                   const struct recist_node *node, uint64_t among)
{
    enum recist_truth truth = recist_evaluate_condition(evaluation, node);
    return (struct recist_lesion_truth){.holds = truth == RECIST_TRUE ? among : 0,
                                        .unknown = truth == RECIST_UNKNOWN ? among : 0};
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

struct recist_lesion_truth recist_evaluate_lesions(struct recist_evaluation *evaluation,
                                                   const struct recist_node *condition,
                                                   size_t block, uint64_t among)
{
    const struct recist_vocabulary *vocabulary = &evaluation->criteria->vocabulary;
    const uint64_t *of_lesion = recist_lesion_facts(evaluation, block);
    const uint64_t *now = recist_visit_facts(evaluation, evaluation->visit, block);
    switch (condition->operation) {
    case RECIST_OP_AND:
        return both(evaluation, condition, block, among);
    case RECIST_OP_OR:
        return either(evaluation, condition, block, among);
    case RECIST_OP_NOT:
        return neither(evaluation, condition, block, among);
    case RECIST_OP_ROLE:
        return those(among & with_facts(of_lesion + RECIST_LESION_ROLES, vocabulary->role_count,
                                        condition->mask));
    case RECIST_OP_NODAL:
        return those(among & of_lesion[RECIST_LESION_NODAL]);
    case RECIST_OP_PRIOR_THERAPY:
        return those(among & of_lesion[RECIST_LESION_PRIOR_THERAPY]);
    case RECIST_OP_PROGRESSED_SINCE:
        return those(among & of_lesion[RECIST_LESION_PROGRESSED_SINCE]);
    case RECIST_OP_STATUS:
        return those(among & with_facts(now + RECIST_VISIT_STATUSES, vocabulary->status_count,
                                        condition->mask));
    case RECIST_OP_EVALUATED:
        return those(among & now[RECIST_VISIT_EVALUATED]);
    case RECIST_OP_RECORDED:
        return those(among & now[RECIST_VISIT_RECORDED]);
    case RECIST_OP_MEASURED:
        return those(among & now[RECIST_VISIT_MEASURED]);
    case RECIST_OP_MASS:
        return those(among & now[RECIST_VISIT_MASS]);
    case RECIST_OP_SEEN:
        return those(among & seen(evaluation, block));
    case RECIST_OP_KNOWN:
        return condition->left->operation == RECIST_OP_LESION_VALUE
                   ? those(recist_known_lesion_values(evaluation, condition->left->index, block,
                                                      among))
                   : each(evaluation, condition, block, among);
    case RECIST_OP_COMPARE:
        return condition->left->operation == RECIST_OP_LESION_VALUE &&
                       condition->right->operation == RECIST_OP_VALUE
                   ? compare_values(evaluation, condition, block, among)
                   : each(evaluation, condition, block, among);
    case RECIST_OP_TRUTH:
    case RECIST_OP_ANY:
    case RECIST_OP_ALL:
    case RECIST_OP_WORD_IN:
    case RECIST_OP_STATE:
    case RECIST_OP_OBSERVED:
    case RECIST_OP_IMAGED:
        return for_all(evaluation, condition, among);
    default:
        return each(evaluation, condition, block, among);
    }
}

/* The axis asked for, else the one diameter given, else what the status stands for. */
static inline int64_t axis(const struct recist_criteria *criteria,
                           const struct recist_observation *observation,
                           const struct recist_node *node)
{
    if (!observation->evaluated) {
        return RECIST_MISSING;
    }
    const int64_t *axes =
        node->operation == RECIST_OP_LARGEST_AXIS ? observation->largest : observation->axis;
    int64_t length = axes[node->index];
    if (length == RECIST_MISSING) {
        length = axes[RECIST_DIAMETER];
    }
    return length == RECIST_MISSING
               ? criteria->vocabulary.statuses[observation->status].stands_for
               : length;
}

int64_t recist_axis_of_lesion(const struct recist_evaluation *evaluation,
                              const struct recist_node *node)
{
    return axis(evaluation->criteria, recist_observation_now(evaluation), node);
}

/* Returns those of `among` that have a length, which goes to *values. */
static uint64_t axes(const struct recist_evaluation *evaluation, const struct recist_node *node,
                     size_t block, uint64_t among, recist_wide *values)
{
    uint64_t known = 0;
    for (; among; among &= among - 1) {
        size_t lesion = recist_first_lesion(block, among);
        int64_t length = axis(evaluation->criteria,
                              recist_series_observation(evaluation->series, evaluation->visit,
                                                        lesion),
                              node);
        values[lesion] = length;
        known |= bit(length != RECIST_MISSING, lesion);
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

static uint64_t evaluate_case(struct recist_evaluation *evaluation, const struct recist_node *node,
                              size_t block, uint64_t among, recist_wide *values)
{
    return node->operation == RECIST_OP_AXIS || node->operation == RECIST_OP_LARGEST_AXIS
               ? axes(evaluation, node, block, among, values)
               : evaluate_each(evaluation, node, block, among, values);
}

void recist_work_out_lesion_values(struct recist_evaluation *evaluation, size_t index,
                                   size_t block, uint64_t among)
{
    const struct recist_criteria *criteria = evaluation->criteria;
    const struct recist_lesion_value *of = &criteria->lesion_values[index];
    recist_wide *values = recist_lesion_values_at(evaluation, index);
    struct recist_known_values *known =
        &evaluation->sets.known[(evaluation->visit * criteria->lesion_value_count + index) *
                                    evaluation->sets.blocks +
                                block];
    known->asked |= among;
    for (size_t i = 0; i < of->case_count && among; i++) {
        const struct recist_node *when = of->cases[i].when;
        uint64_t chosen =
            when ? recist_evaluate_lesions(evaluation, when, block, among).holds : among;
        if (chosen) {
            known->known |=
                evaluate_case(evaluation, of->cases[i].value, block, chosen, values);
            among &= ~chosen;
        }
    }
}
