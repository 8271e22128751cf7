/* SPDX-License-Identifier: MIT
 * Runs programs. Each step is a function that ends by calling the next one, which compilers make a
 * jump of: so every step has a jump of its own, and processors foresee where it leads by what was
 * there before. One jump for all steps, as a loop over them has, took twice the time. */
#include "assess/program.h"

#include "assess/other_visits.h"
#include "assess/truth.h"

static inline uint64_t as_wanted(uint64_t set, bool wanted)
{
    return set ^ (wanted ? 0 : ~UINT64_C(0));
}

/* What a program works on, at one visit. */
struct recist_program_run {
    struct recist_evaluation *evaluation;
    const uint64_t *lesions; /* facts */
    const uint64_t *now;     /* facts of the visit */
    const struct recist_measure_result *measures;
    const struct recist_visit_result *result;
    struct recist_known_values *known; /* where what is known of the values stands */
    struct recist_visit_result *deciding;
    uint64_t sets[RECIST_PROGRAM_SETS];
};

static inline uint64_t go_on(struct recist_program_run *run, const struct recist_step *step,
                             bool answer)
{
    const struct recist_step *next = step->next[answer];
    return next->run(run, next);
}

/* The answer is whether there are any. */
static inline uint64_t keep(struct recist_program_run *run, const struct recist_step *step,
                            uint64_t taken)
{
    run->sets[step->set] = taken;
    return go_on(run, step, taken != 0);
}

/* Those of `from` that are in a set, or, where it is not wanted, those that are not. */
static inline uint64_t keep_of(struct recist_program_run *run, const struct recist_step *step,
                               uint64_t set)
{
    return keep(run, step, run->sets[step->from] & as_wanted(set, step->wanted));
}

/* Those of `from` of which the value is known, for a series of one block. */
static inline uint64_t with_value(struct recist_program_run *run, const struct recist_step *step)
{
    struct recist_known_values *known = &run->known[step->index];
    uint64_t among = run->sets[step->from];
    uint64_t open = among & ~known->asked;
    if (open) {
        recist_work_out_lesion_values(run->evaluation, step->index, 0, open, known);
    }
    return known->known & among;
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

static uint64_t run_select_lesions(struct recist_program_run *run, const struct recist_step *step)
{
    return keep(run, step, run->lesions[step->index]);
}

static uint64_t run_lesion_fact(struct recist_program_run *run, const struct recist_step *step)
{
    return keep_of(run, step, run->lesions[step->index]);
}

static uint64_t run_visit_fact(struct recist_program_run *run, const struct recist_step *step)
{
    return keep_of(run, step, run->now[step->index]);
}

static uint64_t run_statuses(struct recist_program_run *run, const struct recist_step *step)
{
    return keep_of(run, step, recist_with_facts(run->now + RECIST_VISIT_STATUSES, step->mask));
}

static uint64_t run_known(struct recist_program_run *run, const struct recist_step *step)
{
    return keep_of(run, step, with_value(run, step));
}

static uint64_t run_compare_values(struct recist_program_run *run, const struct recist_step *step)
{
    return keep(run, step,
                recist_lesions_by_value(recist_lesion_values_at(run->evaluation, step->index),
                                        with_value(run, step), step->constant, step->signs));
}

static uint64_t run_ask_lesions(struct recist_program_run *run, const struct recist_step *step)
{
    return keep(run, step,
                recist_lesions_that(run->evaluation, step->node, step->wanted, 0,
                                    run->sets[step->from]));
}

static uint64_t run_unite(struct recist_program_run *run, const struct recist_step *step)
{
    return keep(run, step, run->sets[step->from] | run->sets[step->other]);
}

static uint64_t run_without(struct recist_program_run *run, const struct recist_step *step)
{
    return keep(run, step, run->sets[step->from] & ~run->sets[step->other]);
}

static uint64_t run_same(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, run->sets[step->from] == run->sets[step->other]);
}

static uint64_t run_any_lesion(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, run->lesions[step->index] != 0);
}

static uint64_t run_any_with_fact(struct recist_program_run *run, const struct recist_step *step)
{
    uint64_t set = as_wanted(run->now[step->other], step->wanted);
    return go_on(run, step, (run->lesions[step->index] & set) != 0);
}

static uint64_t run_count(struct recist_program_run *run, const struct recist_step *step)
{
    recist_wide count = (recist_wide)recist_lesion_count(run->sets[step->from]) * RECIST_ONE;
    return go_on(run, step, recist_sign_is_in(count, step->constant, step->signs));
}

static uint64_t run_measure_known(struct recist_program_run *run, const struct recist_step *step)
{
    bool is_known = *number(run->measures, step->left) != RECIST_WIDE_MISSING;
    return go_on(run, step, is_known == step->wanted);
}

static uint64_t run_measure(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, number_is(run->measures, step));
}

static uint64_t run_difference(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, difference_is(run->measures, step));
}

static uint64_t run_percent(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, percent_is(run->measures, step));
}

static uint64_t run_growth(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, ratio_is(run->measures, step, true));
}

static uint64_t run_shrinkage(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, ratio_is(run->measures, step, false));
}

static uint64_t run_word(struct recist_program_run *run, const struct recist_step *step)
{
    bool is_in = (step->mask >> run->result->components[step->index].word) & 1;
    return go_on(run, step, is_in == step->wanted);
}

static uint64_t run_overall(struct recist_program_run *run, const struct recist_step *step)
{
    bool is_in = (step->mask >> run->result->overall) & 1;
    return go_on(run, step, is_in == step->wanted);
}

static uint64_t run_ever_word(struct recist_program_run *run, const struct recist_step *step)
{
    bool had = recist_had_word(run->evaluation, step->index, step->mask);
    return go_on(run, step, had == step->wanted);
}

static uint64_t run_state(struct recist_program_run *run, const struct recist_step *step)
{
    bool lasts = recist_state_entry(run->evaluation, step->index) > 0;
    return go_on(run, step, lasts == step->wanted);
}

static uint64_t run_ask(struct recist_program_run *run, const struct recist_step *step)
{
    return go_on(run, step, recist_is(run->evaluation, step->node, step->wanted));
}

static uint64_t run_decide(struct recist_program_run *run, const struct recist_step *step)
{
    run->deciding->components[step->index] = step->decided;
    return go_on(run, step, false);
}

static uint64_t run_table(struct recist_program_run *run, const struct recist_step *step)
{
    recist_look_up_table(run->evaluation->criteria, run->deciding);
    return go_on(run, step, false);
}

static uint64_t run_lesions(struct recist_program_run *run, const struct recist_step *step)
{
    return run->sets[step->from];
}

static uint64_t run_end(struct recist_program_run *run, const struct recist_step *step)
{
    return step->index;
}

recist_step_run *recist_step_run_of(enum recist_step_operation operation)
{
    static recist_step_run *const runs[] = {
        [RECIST_STEP_SELECT] = run_select_lesions,
        [RECIST_STEP_LESION_FACT] = run_lesion_fact,
        [RECIST_STEP_VISIT_FACT] = run_visit_fact,
        [RECIST_STEP_STATUSES] = run_statuses,
        [RECIST_STEP_KNOWN] = run_known,
        [RECIST_STEP_COMPARE_VALUES] = run_compare_values,
        [RECIST_STEP_ASK_LESIONS] = run_ask_lesions,
        [RECIST_STEP_UNITE] = run_unite,
        [RECIST_STEP_WITHOUT] = run_without,
        [RECIST_STEP_SAME] = run_same,
        [RECIST_STEP_ANY_LESION] = run_any_lesion,
        [RECIST_STEP_ANY_WITH_FACT] = run_any_with_fact,
        [RECIST_STEP_COUNT] = run_count,
        [RECIST_STEP_MEASURE_KNOWN] = run_measure_known,
        [RECIST_STEP_MEASURE] = run_measure,
        [RECIST_STEP_DIFFERENCE] = run_difference,
        [RECIST_STEP_PERCENT] = run_percent,
        [RECIST_STEP_GROWTH] = run_growth,
        [RECIST_STEP_SHRINKAGE] = run_shrinkage,
        [RECIST_STEP_WORD] = run_word,
        [RECIST_STEP_OVERALL] = run_overall,
        [RECIST_STEP_EVER_WORD] = run_ever_word,
        [RECIST_STEP_STATE] = run_state,
        [RECIST_STEP_ASK] = run_ask,
        [RECIST_STEP_DECIDE] = run_decide,
        [RECIST_STEP_TABLE] = run_table,
        [RECIST_STEP_LESIONS] = run_lesions,
        [RECIST_STEP_END] = run_end,
    };
    return runs[operation];
}

uint64_t recist_program_run(struct recist_evaluation *evaluation, const struct recist_step *steps,
                            struct recist_visit_result *deciding)
{
    struct recist_program_run run;
    run.evaluation = evaluation;
    run.lesions = recist_lesion_facts(evaluation, 0);
    run.now = recist_visit_facts(evaluation, evaluation->visit, 0);
    run.measures = recist_measure_at(evaluation, evaluation->visit, 0);
    run.result = &evaluation->visits[evaluation->visit];
    run.known = recist_known_values_at(evaluation, 0, 0);
    run.deciding = deciding;
    return steps->run(&run, steps);
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
