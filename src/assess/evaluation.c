/* SPDX-License-Identifier: MIT */
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

/* Kleene: a false operand settles `and`, a true one settles `or`. */
RECIST_OUTLINED enum recist_truth connective(struct recist_evaluation *evaluation,
                                             const struct recist_node *node,
                                             enum recist_truth settles)
{
    enum recist_truth left = recist_evaluate_condition(evaluation, node->left);
    if (left == settles) {
        return settles;
    }
    enum recist_truth right = recist_evaluate_condition(evaluation, node->right);
    return recist_truth_join(left, right, settles);
}

RECIST_OUTLINED enum recist_truth compare(struct recist_evaluation *evaluation,
                                          const struct recist_node *node)
{
    recist_wide left = 0;
    recist_wide right = 0;
    if (!recist_evaluate_value(evaluation, node->left, &left) ||
        !recist_evaluate_value(evaluation, node->right, &right)) {
        return RECIST_UNKNOWN;
    }
    return recist_truth_of(recist_relate(left, (enum recist_relation)node->relation, right));
}

/* A change of at least p percent, by cross-multiplication: difference * 100 >= p * reference. No
 * change is never an increase or decrease, so that zero after zero is neither. A part of a negative
 * reference is none. */
RECIST_OUTLINED enum recist_truth compare_percent(struct recist_evaluation *evaluation,
                                                  const struct recist_node *node)
{
    recist_wide value = 0;
    recist_wide reference = 0;
    if (!recist_evaluate_value(evaluation, node->left, &value) ||
        !recist_evaluate_value(evaluation, node->right, &reference) || reference < 0) {
        return RECIST_UNKNOWN;
    }
    recist_wide difference =
        node->direction == RECIST_DECREASE ? reference - value : value - reference;
    recist_wide scaled = 0;
    recist_wide limit = 0;
    if (!recist_times(difference, 100 * RECIST_ONE, &scaled) ||
        !recist_times(reference, node->constant, &limit)) {
        return RECIST_UNKNOWN;
    }
    switch ((enum recist_relation)node->relation) {
    case RECIST_GREATER_OR_EQUAL:
        return recist_truth_of(difference > 0 && scaled >= limit);
    case RECIST_GREATER:
        return recist_truth_of(difference > 0 && scaled > limit);
    case RECIST_LESS:
        return recist_truth_of(!(difference > 0 && scaled >= limit));
    case RECIST_LESS_OR_EQUAL:
    case RECIST_EQUAL:
    case RECIST_NOT_EQUAL:
    default:
        return recist_truth_of(!(difference > 0 && scaled > limit));
    }
}

/* `any` is settled by a lesion that fulfils the condition, `all` by one that does not. */
RECIST_OUTLINED enum recist_truth quantify(struct recist_evaluation *evaluation,
                                           const struct recist_node *node,
                                           enum recist_truth settles)
{
    size_t outer = evaluation->lesion;
    enum recist_truth result = recist_truth_negation(settles);
    bool negated = node->right->operation == RECIST_OP_NOT;
    const struct recist_node *condition = negated ? node->right->left : node->right;
    size_t next = 0;
    while (recist_next_selected(evaluation, node, &next)) {
        enum recist_truth one = recist_evaluate_condition(evaluation, condition);
        one = negated ? recist_truth_negation(one) : one;
        if (one == settles) {
            result = settles;
            break;
        }
        result = one == RECIST_UNKNOWN ? RECIST_UNKNOWN : result;
    }
    evaluation->lesion = outer;
    return result;
}

/* The status stays until it becomes one of those asked for. A scan without a row for the lesion
 * interrupts: what was not seen again was not confirmed. */
RECIST_OUTLINED enum recist_truth becomes(const struct recist_evaluation *evaluation, uint64_t mask)
{
    const struct recist_series *series = evaluation->series;
    const struct recist_observation *now = recist_observation_now(evaluation);
    for (size_t visit = evaluation->visit + 1; now->parts > 0 && visit < series->visit_count;
         visit++) {
        const struct recist_observation *later =
            recist_series_observation(series, visit, evaluation->lesion);
        if (later->parts == 0 && series->visits[visit].imaged) {
            return RECIST_FALSE;
        }
        if (later->parts > 0 && later->status != now->status) {
            return recist_truth_of((mask >> later->status) & 1);
        }
    }
    return RECIST_FALSE;
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

RECIST_OUTLINED enum recist_truth about_text(const struct recist_evaluation *evaluation,
                                             const struct recist_node *node)
{
    return recist_truth_of(node->operation == RECIST_OP_SAME_ORGAN
                     ? same_text(lesion(evaluation)->organ, evaluation->organ)
                     : matches(evaluation, node->pattern, text_of(evaluation, node->index)));
}

static inline enum recist_truth about_lesion(const struct recist_evaluation *evaluation,
                                             const struct recist_node *node)
{
    const struct recist_observation *observation = recist_observation_now(evaluation);
    switch (node->operation) {
    case RECIST_OP_ROLE:
        return recist_truth_of((node->mask >> lesion(evaluation)->role) & 1);
    case RECIST_OP_STATUS:
        return recist_truth_of(observation->parts > 0 && ((node->mask >> observation->status) & 1));
    case RECIST_OP_NODAL:
        return recist_truth_of(lesion(evaluation)->nodal && !observation->mixed);
    case RECIST_OP_EVALUATED:
        return recist_truth_of(observation->evaluated);
    case RECIST_OP_RECORDED:
        return recist_truth_of(observation->parts > 0);
    case RECIST_OP_MEASURED:
        return recist_truth_of(observation->measured);
    case RECIST_OP_MASS:
        return recist_truth_of(observation->mass);
    case RECIST_OP_PRIOR_THERAPY:
        return recist_truth_of(lesion(evaluation)->prior_therapy);
    case RECIST_OP_KNOWN_ORGAN:
        return recist_truth_of(lesion(evaluation)->known_organ);
    case RECIST_OP_PROGRESSED_SINCE:
        return recist_truth_of(lesion(evaluation)->progressed_since);
    case RECIST_OP_SAME_ORGAN:
    case RECIST_OP_MATCHES:
        return about_text(evaluation, node);
    case RECIST_OP_BECOMES:
    default:
        return becomes(evaluation, node->mask);
    }
}

RECIST_OUTLINED enum recist_truth known(struct recist_evaluation *evaluation,
                                        const struct recist_node *node)
{
    recist_wide value = 0;
    if (node->operation == RECIST_OP_OBSERVED) {
        return recist_truth_of(recist_observed_known(evaluation, node));
    }
    return recist_truth_of(node->type == RECIST_TYPE_WORD ? recist_evaluate_word(evaluation, node) != 0
                                                : recist_evaluate_value(evaluation, node, &value));
}

RECIST_OUTLINED enum recist_truth word_is_in(struct recist_evaluation *evaluation,
                                             const struct recist_node *node)
{
    unsigned word = recist_evaluate_word(evaluation, node->left);
    return recist_truth_of(word != 0 && ((node->mask >> word) & 1));
}

RECIST_OUTLINED enum recist_truth not(struct recist_evaluation * evaluation,
                                      const struct recist_node *node) {
    return recist_truth_negation(recist_evaluate_condition(evaluation, node->left));
}

enum recist_truth recist_evaluate_condition(struct recist_evaluation *evaluation,
                                            const struct recist_node *condition)
{
    /* Operations are few and fixed; those of values never stand here (types are checked). */
    switch (condition->operation) {
    case RECIST_OP_TRUTH:
        return recist_truth_of(condition->constant == RECIST_TRUE);
    case RECIST_OP_AND:
        return connective(evaluation, condition, RECIST_FALSE);
    case RECIST_OP_OR:
        return connective(evaluation, condition, RECIST_TRUE);
    case RECIST_OP_NOT:
        return not(evaluation, condition);
    case RECIST_OP_COMPARE:
        return compare(evaluation, condition);
    case RECIST_OP_PERCENT:
        return compare_percent(evaluation, condition);
    case RECIST_OP_KNOWN:
        return condition->left->operation == RECIST_OP_LESION_VALUE
                   ? recist_truth_of(recist_lesion_value_is_known(evaluation, condition->left->index))
                   : known(evaluation, condition->left);
    case RECIST_OP_TOLD:
        return recist_truth_of(recist_evaluate_condition(evaluation, condition->left) !=
                               RECIST_UNKNOWN);
    case RECIST_OP_ANY:
        return quantify(evaluation, condition, RECIST_TRUE);
    case RECIST_OP_ALL:
        return quantify(evaluation, condition, RECIST_FALSE);
    case RECIST_OP_WORD_IN:
        return word_is_in(evaluation, condition);
    case RECIST_OP_EVER:
        return recist_held_ever(evaluation, condition);
    case RECIST_OP_LATER:
        return recist_holds_later(evaluation, condition);
    case RECIST_OP_AT:
        return recist_held_at(evaluation, condition);
    case RECIST_OP_STATE:
        return recist_in_state(evaluation, condition);
    case RECIST_OP_OBSERVED:
        return recist_observed_status_in(evaluation, condition);
    case RECIST_OP_SEEN:
        return recist_seen(evaluation);
    case RECIST_OP_IMAGED:
        return recist_truth_of(evaluation->series->visits[evaluation->visit].imaged);
    default:
        return about_lesion(evaluation, condition);
    }
}
