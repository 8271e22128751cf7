/* SPDX-License-Identifier: MIT
 * Rules as flat programs.
 *
 * A condition becomes tests that jump: as it is only asked whether a condition is true (or false,
 * under `not`), `and` and `or` are where a test jumps to, and cost nothing. A condition about
 * lesions becomes operations on sets of lesions, a register for each set. What has no operation of
 * its own here is asked of recist_is() and recist_lesions_that(), which are the long way for any
 * condition, with the same result. A program sees one block of lesions: a
 * series with more than 64 goes the long way. */
#ifndef RECIST_ASSESS_PROGRAM_H
#define RECIST_ASSESS_PROGRAM_H

#include "assess/evaluation.h"
#include "assess/live_rules.h"

/* Sets at a time; a condition that needs more goes the long way. */
#define RECIST_PROGRAM_SETS 32

enum recist_step_operation {
    /* Sets, and tests: `set` becomes what is taken from `from`; the answer is whether it has any.
     */
    RECIST_STEP_SELECT,      /* all lesions with fact `index` */
    RECIST_STEP_LESION_FACT, /* those in `from` with it */
    RECIST_STEP_VISIT_FACT,
    RECIST_STEP_STATUSES,       /* those with a status in `mask` */
    RECIST_STEP_KNOWN,          /* those of which the value `index` is known */
    RECIST_STEP_COMPARE_VALUES, /* those whose value `index` is to `constant` as `signs` says */
    RECIST_STEP_ASK_LESIONS,    /* those that fulfil `node`, the long way */
    RECIST_STEP_UNITE,          /* with `other` */
    RECIST_STEP_WITHOUT,        /* without `other` */
    /* Tests. */
    RECIST_STEP_SAME,          /* `from` is `other` */
    RECIST_STEP_ANY_LESION,    /* some lesion has fact `index` */
    RECIST_STEP_ANY_WITH_FACT, /* some lesion with it has fact `other` of the visit */
    RECIST_STEP_COUNT,         /* as many lesions in `from` are to `constant` as `signs` says */
    RECIST_STEP_MEASURE_KNOWN, /* a number of a measure */
    RECIST_STEP_MEASURE,       /* it is to `constant` as `signs` says */
    RECIST_STEP_DIFFERENCE,    /* of two such numbers, the same */
    RECIST_STEP_PERCENT,       /* the change that `node` says, of two such numbers */
    RECIST_STEP_GROWTH,    /* the same: an increase of at least, or more than, so many percent */
    RECIST_STEP_SHRINKAGE, /* the same for a decrease */
    RECIST_STEP_WORD,      /* the word of component `index` is in `mask` */
    RECIST_STEP_OVERALL,
    RECIST_STEP_EVER_WORD, /* it was so at an earlier visit */
    RECIST_STEP_STATE,     /* state `index` lasts */
    RECIST_STEP_ASK,       /* `node`, the long way */
    /* What comes out. */
    RECIST_STEP_DECIDE, /* component `index` has the response `decided` */
    RECIST_STEP_TABLE,  /* the overall response is what the table says of them */
    RECIST_STEP_END,    /* with number `index` */
    RECIST_STEP_LESIONS, /* the set `from` is the number */
};

/* A percentage in lowest terms: whether difference * `of_difference` lies beyond reference *
 * `of_reference` by `least` (0 or 1), or, where it is not wanted, that it does not. */
struct recist_ratio_test {
    uint32_t of_difference;
    uint32_t of_reference;
    uint8_t least;
    bool wanted;
};

struct recist_step;
struct recist_program_run;
/* Carries out a step and those that follow; gives the number at the end of the program. */
typedef uint64_t recist_step_run(struct recist_program_run *run, const struct recist_step *step);

struct recist_step {
    recist_step_run *run; /* as the operation says */
    uint8_t operation; /* enum recist_step_operation */
    uint8_t set;
    uint8_t from;
    uint8_t other;
    bool wanted; /* else what is false is asked for */
    uint8_t signs;
    uint16_t index;
    uint16_t left; /* bytes from the first measure of the visit to a number of one */
    uint16_t right;
    struct recist_component_result decided;
    const struct recist_step *next[2]; /* by the answer; the same where there is none */
    uint64_t mask;
    const struct recist_node *node;
    union {
        recist_wide constant;
        struct recist_ratio_test ratio;
    };
};

/* Each gives the steps, in the arena; NULL when memory is out or they are too many. */

/* Finds the first rule that holds: the number at the end is its index in rules->rules, or
 * rules->count. */
const struct recist_step *recist_program_of_rules(const struct recist_criteria *criteria,
                                                  const struct recist_live_rules *rules,
                                                  struct recist_arena *arena);
/* The same for the rules of history, after all components are decided, one after the other, and the
 * table is looked up. `components` has the rules of each, of which the last is for whatever no
 * other one is for. */
const struct recist_step *recist_program_of_visit(const struct recist_criteria *criteria,
                                                  const struct recist_live_rules *components,
                                                  const struct recist_live_rules *history,
                                                  struct recist_arena *arena);

/* Finds the lesions that a quantifier selects and that fulfil its condition: the number at the end is
 * their set. */
const struct recist_step *recist_program_of_lesions(const struct recist_criteria *criteria,
                                                    const struct recist_node *node,
                                                    struct recist_arena *arena);

recist_step_run *recist_step_run_of(enum recist_step_operation operation);

/* Runs a program at the visit looked at, and returns the number at its end. What it decides goes to
 * `deciding`, the result of that visit. */
uint64_t recist_program_run(struct recist_evaluation *evaluation, const struct recist_step *steps,
                            struct recist_visit_result *deciding);

/* The overall response by the table, once the components are decided. */
static inline void recist_look_up_table(const struct recist_criteria *criteria,
                                        struct recist_visit_result *result)
{
    const struct recist_decision_table *table = &criteria->table;
    size_t number = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        unsigned word = result->components[table->columns[i]].word;
        number = number * table->radix[i] + table->digit[i][word];
    }
    unsigned row = table->outcome[number];
    result->table_row = (uint16_t)row;
    result->table_word = table->rows[row].word;
    result->overall = result->table_word;
    result->overall_rule = (uint16_t)row;
}

static inline bool recist_program_fits(const struct recist_evaluation *evaluation,
                                       const struct recist_step *steps)
{
    return steps && evaluation->sets.blocks == 1;
}

/* The first rule that holds at the visit looked at, as an index into rules->rules, or rules->count:
 * the long way. */
size_t recist_rules_first(struct recist_evaluation *evaluation,
                          const struct recist_live_rules *rules);
/* The same, by a program where there is one that can see all lesions. */
static inline size_t recist_first_rule(struct recist_evaluation *evaluation,
                                       const struct recist_live_rules *rules)
{
    return recist_program_fits(evaluation, rules->steps)
               ? (size_t)recist_program_run(evaluation, rules->steps, NULL)
               : recist_rules_first(evaluation, rules);
}

#endif
