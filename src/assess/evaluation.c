/* SPDX-License-Identifier: MIT
 * The walk over the nodes of a condition, which can answer any; program.h is a shorter way for the
 * rules of a visit, and asks here for what it does not know. */
#include "assess/evaluation.h"

#include "assess/other_visits.h"
#include "assess/recorded.h"
#include "assess/truth.h"
#include "base/decimal.h"
#include "criteria/pattern.h"

static const struct recist_lesion *lesion(const struct recist_evaluation *evaluation)
{
    return &evaluation->series->lesions[evaluation->lesion];
}

RECIST_OUTLINED bool compare(struct recist_evaluation *evaluation, const struct recist_node *node,
                             bool wanted)
{
    recist_wide left = 0;
    recist_wide right = 0;
    return recist_find_value(evaluation, node->left, &left) &&
           recist_find_value(evaluation, node->right, &right) &&
           recist_sign_is_in(left, right,
                             recist_relation_signs((enum recist_relation)node->relation, wanted));
}

RECIST_OUTLINED bool compare_percent(struct recist_evaluation *evaluation,
                                     const struct recist_node *node, bool wanted)
{
    recist_wide value = 0;
    recist_wide reference = 0;
    return recist_find_value(evaluation, node->left, &value) &&
           recist_find_value(evaluation, node->right, &reference) &&
           recist_percent_is(node, value, reference, wanted);
}

/* any() is true, and all() is false, when one lesion is so; the other way round all must be. */
RECIST_OUTLINED bool quantify(struct recist_evaluation *evaluation, const struct recist_node *node,
                              bool wanted)
{
    bool one_is_enough = (node->operation == RECIST_OP_ANY) == wanted;
    for (size_t block = 0; block < evaluation->sets.blocks; block++) {
        uint64_t selected = recist_selected_lesions(evaluation, node->role, node->left, block);
        uint64_t so = recist_lesions_that(evaluation, node->right, wanted, block, selected);
        if (one_is_enough ? so != 0 : so != selected) {
            return one_is_enough;
        }
    }
    return !one_is_enough;
}

/* The status stays until it becomes one of those asked for. A scan without a row for the lesion
 * interrupts: what was not seen again was not confirmed. */
RECIST_OUTLINED bool becomes(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    const struct recist_series *series = evaluation->series;
    const struct recist_observation *now = recist_observation_now(evaluation);
    bool runs = now->parts > 0 && recist_holds_at(evaluation, node->left, evaluation->visit);
    for (size_t visit = evaluation->visit + 1; runs && visit < series->visit_count; visit++) {
        const struct recist_observation *later =
            recist_series_observation(series, visit, evaluation->lesion);
        if (later->parts == 0 && series->visits[visit].imaged) {
            return false;
        }
        if (later->parts > 0 && later->status != now->status) {
            return (node->mask >> later->status) & 1;
        }
        runs = later->parts == 0 || recist_holds_at(evaluation, node->left, visit);
    }
    return false;
}

/* Whether the lesion may be what a merged one of the same role and visit has grown into. */
static bool may_be_mass(const struct recist_evaluation *evaluation, size_t number)
{
    const struct recist_status_word *statuses = evaluation->criteria->vocabulary.statuses;
    const struct recist_series *series = evaluation->series;
    const struct recist_observation *of =
        recist_series_observation(series, evaluation->visit, number);
    if (series->lesions[number].role != lesion(evaluation)->role || !of->evaluated ||
        statuses[of->status].merged) {
        return false;
    }
    const struct recist_reading *row = recist_observation_now(evaluation)->reading;
    if (!statuses[row->status].merged) { /* it names the mass */
        return of->mass && of->reading->line == row->line && of->reading->file == row->file;
    }
    bool gone = statuses[of->status].stands_for == 0;
    for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
        gone = of->axis[axis] == RECIST_MISSING ? gone : of->axis[axis] == 0;
    }
    return !gone;
}

/* Whether the lesion is in a mass that has its size under another name, of which the condition holds.
 * Where the row does not name the mass, it must hold of all that it may be. */
RECIST_OUTLINED bool merged_into(struct recist_evaluation *evaluation,
                                 const struct recist_node *condition)
{
    const struct recist_status_word *statuses = evaluation->criteria->vocabulary.statuses;
    const struct recist_observation *now = recist_observation_now(evaluation);
    size_t merged = evaluation->lesion;
    bool some = false;
    bool all =
        now->parts > 0 && (statuses[now->status].merged || (now->mass && !now->measured));
    for (size_t i = 0; all && i < evaluation->series->lesion_count; i++) {
        if (i != merged && may_be_mass(evaluation, i)) {
            evaluation->lesion = i;
            some = true;
            all = recist_holds(evaluation, condition);
            evaluation->lesion = merged;
        }
    }
    return some && all;
}

static struct recist_slice text_of(const struct recist_evaluation *evaluation, unsigned column)
{
    if (column == RECIST_TEXT_CHECKED_ORGAN) {
        return evaluation->organ;
    }
    const struct recist_lesion *of = lesion(evaluation);
    switch ((enum recist_text_column)column) {
    case RECIST_TEXT_SITE:
        return of->site;
    case RECIST_TEXT_ORGAN:
        return of->organ;
    case RECIST_TEXT_METHOD:
        return of->method;
    case RECIST_TEXT_KIND:
        return of->kind;
    case RECIST_TEXT_CHECKED_ORGAN:
    case RECIST_TEXT_LESION:
    default:
        return of->id;
    }
}

static bool same_text(struct recist_slice one, struct recist_slice other)
{
    if (one.length != other.length || one.length == 0) {
        return false;
    }
    for (size_t i = 0; i < one.length; i++) {
        unsigned char a = (unsigned char)one.text[i];
        unsigned char b = (unsigned char)other.text[i];
        a = a >= 'A' && a <= 'Z' ? (unsigned char)(a | 0x20) : a;
        b = b >= 'A' && b <= 'Z' ? (unsigned char)(b | 0x20) : b;
        if (a != b) {
            return false;
        }
    }
    return true;
}

static bool matches(const struct recist_evaluation *evaluation,
                    const struct recist_pattern *pattern, struct recist_slice text)
{
    return evaluation->patterns ? recist_pattern_memo_matches(evaluation->patterns, pattern, text)
                                : recist_pattern_matches(pattern, text);
}

RECIST_OUTLINED bool about_text(const struct recist_evaluation *evaluation,
                                const struct recist_node *node)
{
    return node->operation == RECIST_OP_SAME_ORGAN
               ? same_text(lesion(evaluation)->organ, evaluation->organ)
               : matches(evaluation, node->pattern, text_of(evaluation, node->index));
}

/* What is kept in sets is looked up there. */
RECIST_OUTLINED bool of_lesion(struct recist_evaluation *evaluation,
                               const struct recist_node *node, bool wanted)
{
    size_t number = evaluation->lesion;
    uint64_t alone = UINT64_C(1) << number % RECIST_BLOCK;
    return recist_lesions_that(evaluation, node, wanted, number / RECIST_BLOCK, alone) != 0;
}

RECIST_OUTLINED bool known(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    recist_wide value = 0;
    if (node->operation == RECIST_OP_OBSERVED) {
        return recist_observed_known(evaluation, node);
    }
    return node->type == RECIST_TYPE_WORD ? recist_evaluate_word(evaluation, node) != 0
                                          : recist_find_value(evaluation, node, &value);
}

static inline bool word_is_in(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    unsigned word = recist_evaluate_word(evaluation, node->left);
    return word != 0 && ((node->mask >> word) & 1);
}

/* `and` is true, and `or` is false, when both sides are; else one is enough. */
RECIST_OUTLINED bool join(struct recist_evaluation *evaluation, const struct recist_node *node,
                             bool wanted)
{
    bool both = (node->operation == RECIST_OP_AND) == wanted;
    return recist_is(evaluation, node->left, wanted) == both
               ? recist_is(evaluation, node->right, wanted)
               : !both;
}

/* It is true or false, and not unknown. */
RECIST_OUTLINED bool told(struct recist_evaluation *evaluation, const struct recist_node *node)
{
    return recist_is(evaluation, node, true) || recist_is(evaluation, node, false);
}

bool recist_is(struct recist_evaluation *evaluation, const struct recist_node *condition,
               bool wanted)
{
    /* Operations are few and fixed; those of values never stand here (types are checked). */
    switch (condition->operation) {
    case RECIST_OP_TRUTH:
        return (condition->constant == RECIST_TRUE) == wanted;
    case RECIST_OP_NOT:
        return recist_is(evaluation, condition->left, !wanted);
    case RECIST_OP_AND:
    case RECIST_OP_OR:
        return join(evaluation, condition, wanted);
    case RECIST_OP_COMPARE:
        return compare(evaluation, condition, wanted);
    case RECIST_OP_PERCENT:
        return compare_percent(evaluation, condition, wanted);
    case RECIST_OP_KNOWN:
        return known(evaluation, condition->left) == wanted;
    case RECIST_OP_TOLD:
        return told(evaluation, condition->left) == wanted;
    case RECIST_OP_ANY:
    case RECIST_OP_ALL:
        return quantify(evaluation, condition, wanted);
    case RECIST_OP_WORD_IN:
        return word_is_in(evaluation, condition) == wanted;
    case RECIST_OP_EVER:
        return recist_held_ever(evaluation, condition) == wanted;
    case RECIST_OP_LATER:
        return recist_holds_later(evaluation, condition) == wanted;
    case RECIST_OP_AT:
        return recist_is_at(evaluation, condition, wanted);
    case RECIST_OP_STATE:
        return (recist_state_entry(evaluation, condition->index) > 0) == wanted;
    case RECIST_OP_OBSERVED:
        return recist_observed_status_is(evaluation, condition, wanted);
    case RECIST_OP_IMAGED:
        return evaluation->series->visits[evaluation->visit].imaged == wanted;
    case RECIST_OP_SAME_ORGAN:
    case RECIST_OP_MATCHES:
        return about_text(evaluation, condition) == wanted;
    case RECIST_OP_BECOMES:
        return becomes(evaluation, condition) == wanted;
    case RECIST_OP_MERGED_INTO:
        return merged_into(evaluation, condition->left) == wanted;
    case RECIST_OP_ROLE:
    case RECIST_OP_STATUS:
    case RECIST_OP_NODAL:
    case RECIST_OP_EVALUATED:
    case RECIST_OP_RECORDED:
    case RECIST_OP_MEASURED:
    case RECIST_OP_MASS:
    case RECIST_OP_PRIOR_THERAPY:
    case RECIST_OP_PROGRESSED_SINCE:
    case RECIST_OP_KNOWN_ORGAN:
    case RECIST_OP_SEEN:
        return of_lesion(evaluation, condition, wanted);
    default:
        return false;
    }
}
