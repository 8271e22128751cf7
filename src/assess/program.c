/* SPDX-License-Identifier: MIT
 * Runs programs. */
#include "assess/program.h"

#include "assess/other_visits.h"
#include "assess/truth.h"

static inline uint64_t as_wanted(uint64_t set, bool wanted)
{
    return set ^ (wanted ? 0 : ~UINT64_C(0));
}

/* Whether there are any. */
static inline bool keep(uint64_t *sets, const struct recist_step *step, uint64_t taken)
{
    sets[step->set] = taken;
    return taken != 0;
}

/* Those of `from` that are in a set, or, where it is not wanted, those that are not. */
static inline bool keep_of(uint64_t *sets, const struct recist_step *step, uint64_t set)
{
    return keep(sets, step, sets[step->from] & as_wanted(set, step->wanted));
}

/* Where what is known of the values stands, for a series of one block. */
static inline uint64_t with_value(struct recist_evaluation *evaluation,
                                  struct recist_known_values *known, size_t index, uint64_t among)
{
    uint64_t open = among & ~known[index].asked;
    if (open) {
        recist_work_out_lesion_values(evaluation, index, 0, open, &known[index]);
    }
    return known[index].known & among;
}

static inline const recist_wide *number(const struct recist_measure_result *measures,
                                        uint16_t place)
{
    return (const recist_wide *)(const void *)((const char *)measures + place);
}

static bool difference_is(const struct recist_measure_result *measures,
                          const struct recist_step *step)
{
    recist_wide left = *number(measures, step->left);
    recist_wide right = *number(measures, step->right);
    return left != RECIST_WIDE_MISSING && right != RECIST_WIDE_MISSING &&
           recist_sign_is_in(left - right, step->constant, step->signs);
}

static bool percent_is(const struct recist_measure_result *measures, const struct recist_step *step)
{
    recist_wide value = *number(measures, step->left);
    recist_wide reference = *number(measures, step->right);
    return value != RECIST_WIDE_MISSING && reference != RECIST_WIDE_MISSING &&
           recist_percent_is(step->node, value, reference, step->wanted);
}

/* In 64 bits where both numbers are known and neither negative nor 2^41 or more, which is 2 km: the
 * factors are below 2^21 (see find_percent()), so that no product reaches 2^62. */
static inline bool ratio_is(const struct recist_measure_result *measures,
                            const struct recist_step *step, bool growth)
{
    recist_wide value = *number(measures, step->left);
    recist_wide reference = *number(measures, step->right);
    if ((value | reference) >> 41) {
        return percent_is(measures, step);
    }
    int64_t difference =
        growth ? (int64_t)value - (int64_t)reference : (int64_t)reference - (int64_t)value;
    int64_t beyond =
        difference * step->ratio.of_difference - (int64_t)reference * step->ratio.of_reference;
    return (difference > 0 && beyond >= step->ratio.least) == step->ratio.wanted;
}

static bool number_is(const struct recist_measure_result *measures, const struct recist_step *step)
{
    recist_wide value = *number(measures, step->left);
    return value != RECIST_WIDE_MISSING && recist_sign_is_in(value, step->constant, step->signs);
}

uint64_t recist_program_run(struct recist_evaluation *evaluation, const struct recist_step *steps,
                          struct recist_visit_result *deciding)
{
    const uint64_t *lesions = recist_lesion_facts(evaluation, 0);
    const uint64_t *now = recist_visit_facts(evaluation, evaluation->visit, 0);
    const struct recist_measure_result *measures =
        recist_measure_at(evaluation, evaluation->visit, 0);
    const struct recist_visit_result *result = &evaluation->visits[evaluation->visit];
    struct recist_known_values *known = recist_known_values_at(evaluation, 0, 0);
    uint64_t sets[RECIST_PROGRAM_SETS];
    for (const struct recist_step *step = steps;;) {
        bool answer = false;
        switch ((enum recist_step_operation)step->operation) {
        case RECIST_STEP_SELECT:
            answer = keep(sets, step, lesions[step->index]);
            break;
        case RECIST_STEP_LESION_FACT:
            answer = keep_of(sets, step, lesions[step->index]);
            break;
        case RECIST_STEP_VISIT_FACT:
            answer = keep_of(sets, step, now[step->index]);
            break;
        case RECIST_STEP_STATUSES:
            answer =
                keep_of(sets, step, recist_with_facts(now + RECIST_VISIT_STATUSES, step->mask));
            break;
        case RECIST_STEP_KNOWN:
            answer =
                keep_of(sets, step, with_value(evaluation, known, step->index, sets[step->from]));
            break;
        case RECIST_STEP_COMPARE_VALUES:
            answer = keep(sets, step,
                          recist_lesions_by_value(
                              recist_lesion_values_at(evaluation, step->index),
                              with_value(evaluation, known, step->index, sets[step->from]),
                              step->constant, step->signs));
            break;
        case RECIST_STEP_ASK_LESIONS:
            answer = keep(
                sets, step,
                recist_lesions_that(evaluation, step->node, step->wanted, 0, sets[step->from]));
            break;
        case RECIST_STEP_UNITE:
            answer = keep(sets, step, sets[step->from] | sets[step->other]);
            break;
        case RECIST_STEP_WITHOUT:
            answer = keep(sets, step, sets[step->from] & ~sets[step->other]);
            break;
        case RECIST_STEP_SAME:
            answer = sets[step->from] == sets[step->other];
            break;
        case RECIST_STEP_ANY_LESION:
            answer = lesions[step->index] != 0;
            break;
        case RECIST_STEP_ANY_WITH_FACT:
            answer = (lesions[step->index] & as_wanted(now[step->other], step->wanted)) != 0;
            break;
        case RECIST_STEP_COUNT:
            answer =
                recist_sign_is_in((recist_wide)recist_lesion_count(sets[step->from]) * RECIST_ONE,
                                  step->constant, step->signs);
            break;
        case RECIST_STEP_MEASURE_KNOWN:
            answer = (*number(measures, step->left) != RECIST_WIDE_MISSING) == step->wanted;
            break;
        case RECIST_STEP_MEASURE:
            answer = number_is(measures, step);
            break;
        case RECIST_STEP_DIFFERENCE:
            answer = difference_is(measures, step);
            break;
        case RECIST_STEP_PERCENT:
            answer = percent_is(measures, step);
            break;
        case RECIST_STEP_GROWTH:
            answer = ratio_is(measures, step, true);
            break;
        case RECIST_STEP_SHRINKAGE:
            answer = ratio_is(measures, step, false);
            break;
        case RECIST_STEP_WORD:
            answer = ((step->mask >> result->components[step->index].word) & 1) == step->wanted;
            break;
        case RECIST_STEP_OVERALL:
            answer = ((step->mask >> result->overall) & 1) == step->wanted;
            break;
        case RECIST_STEP_EVER_WORD:
            answer = recist_had_word(evaluation, step->index, step->mask) == step->wanted;
            break;
        case RECIST_STEP_STATE:
            answer = (recist_state_entry(evaluation, step->index) > 0) == step->wanted;
            break;
        case RECIST_STEP_ASK:
            answer = recist_is(evaluation, step->node, step->wanted);
            break;
        case RECIST_STEP_DECIDE:
            deciding->components[step->index] = step->decided;
            break;
        case RECIST_STEP_TABLE:
            recist_look_up_table(evaluation->criteria, deciding);
            break;
        case RECIST_STEP_LESIONS:
            return sets[step->from];
        case RECIST_STEP_END:
            return step->index;
        default:
            __builtin_unreachable(); /* all steps are made by the compiler */
        }
        step = step->next[answer];
    }
}

size_t recist_rules_first(struct recist_evaluation *evaluation,
                          const struct recist_live_rules *rules)
{
    size_t rule = 0;
    while (rule < rules->count && !recist_holds(evaluation, rules->rules[rule].when)) {
        rule++;
    }
    return rule;
}
