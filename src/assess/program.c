/* SPDX-License-Identifier: MIT
 * Runs programs. */
#include "assess/program.h"

#include "assess/other_visits.h"
#include "assess/truth.h"

static inline uint64_t as_wanted(uint64_t set, bool wanted)
{
    return set ^ (wanted ? 0 : ~UINT64_C(0));
}

static uint64_t compare_values(struct recist_evaluation *evaluation, const struct recist_step *step,
                               uint64_t among)
{
    return recist_lesions_by_value(evaluation, step->index, step->constant, step->signs, 0, among);
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

static bool number_is(const struct recist_measure_result *measures, const struct recist_step *step)
{
    recist_wide value = *number(measures, step->left);
    return value != RECIST_WIDE_MISSING && recist_sign_is_in(value, step->constant, step->signs);
}

static bool had_word(const struct recist_evaluation *evaluation, const struct recist_step *step)
{
    const struct recist_visit_result *visits = evaluation->visits;
    for (size_t visit = 1; visit < evaluation->visit; visit++) {
        if ((step->mask >> visits[visit].components[step->index].word) & 1) {
            return true;
        }
    }
    return false;
}

static bool had_overall(const struct recist_evaluation *evaluation, const struct recist_step *step)
{
    const struct recist_visit_result *visits = evaluation->visits;
    for (size_t visit = 1; visit < evaluation->visit; visit++) {
        if ((step->mask >> visits[visit].overall) & 1) {
            return true;
        }
    }
    return false;
}

size_t recist_program_run(struct recist_evaluation *evaluation, const struct recist_step *steps,
                          struct recist_component_result *decided)
{
    const uint64_t *lesions = recist_lesion_facts(evaluation, 0);
    const uint64_t *now = recist_visit_facts(evaluation, evaluation->visit, 0);
    const struct recist_measure_result *measures =
        recist_measure_at(evaluation, evaluation->visit, 0);
    const struct recist_visit_result *result = &evaluation->visits[evaluation->visit];
    const struct recist_step *step = steps;
    uint64_t sets[RECIST_PROGRAM_SETS];
    bool answer = false;
    for (;;) {
        switch ((enum recist_step_operation)step->operation) {
        case RECIST_STEP_SELECT:
            sets[step->set] = lesions[step->index];
            step++;
            continue;
        case RECIST_STEP_SELECT_SOME:
            sets[step->set] = lesions[step->index];
            answer = lesions[step->index] != 0;
            break;
        case RECIST_STEP_LESION_FACT:
            sets[step->set] = sets[step->from] & as_wanted(lesions[step->index], step->wanted);
            step++;
            continue;
        case RECIST_STEP_VISIT_FACT:
            sets[step->set] = sets[step->from] & as_wanted(now[step->index], step->wanted);
            step++;
            continue;
        case RECIST_STEP_STATUSES:
            sets[step->set] =
                sets[step->from] &
                as_wanted(recist_with_facts(now + RECIST_VISIT_STATUSES, step->mask), step->wanted);
            step++;
            continue;
        case RECIST_STEP_KNOWN:
            sets[step->set] =
                sets[step->from] & as_wanted(recist_known_lesion_values(evaluation, step->index, 0,
                                                                        sets[step->from]),
                                             step->wanted);
            step++;
            continue;
        case RECIST_STEP_COMPARE_VALUES:
            sets[step->set] = sets[step->from]
                                  ? compare_values(evaluation, step, sets[step->from])
                                  : 0;
            step++;
            continue;
        case RECIST_STEP_ASK_LESIONS:
            sets[step->set] = sets[step->from]
                                  ? recist_lesions_that(evaluation, step->node, step->wanted, 0,
                                                        sets[step->from])
                                  : 0;
            step++;
            continue;
        case RECIST_STEP_UNITE:
            sets[step->set] = sets[step->from] | sets[step->other];
            step++;
            continue;
        case RECIST_STEP_WITHOUT:
            sets[step->set] = sets[step->from] & ~sets[step->other];
            step++;
            continue;
        case RECIST_STEP_SOME:
            answer = sets[step->from] != 0;
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
            answer = recist_sign_is_in(
                (recist_wide)recist_lesion_count(sets[step->from]) * RECIST_ONE, step->constant,
                step->signs);
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
        case RECIST_STEP_WORD:
            answer = ((step->mask >> result->components[step->index].word) & 1) == step->wanted;
            break;
        case RECIST_STEP_OVERALL:
            answer = ((step->mask >> result->overall) & 1) == step->wanted;
            break;
        case RECIST_STEP_EVER_WORD:
            answer = had_word(evaluation, step) == step->wanted;
            break;
        case RECIST_STEP_EVER_OVERALL:
            answer = had_overall(evaluation, step) == step->wanted;
            break;
        case RECIST_STEP_STATE:
            answer = (recist_state_entry(evaluation, step->index) > 0) == step->wanted;
            break;
        case RECIST_STEP_ASK:
            answer = recist_is(evaluation, step->node, step->wanted);
            break;
        case RECIST_STEP_DECIDE:
            decided[step->index] = step->decided;
            step = step->next[0];
            continue;
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
