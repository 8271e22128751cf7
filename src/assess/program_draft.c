/* SPDX-License-Identifier: MIT */
#include "assess/program_draft.h"

#include <stdlib.h>
#include <string.h>

void recist_draft_test(struct recist_draft *to, struct recist_step step, struct recist_jump jump)
{
    if (to->count == RECIST_DRAFT_STEPS) {
        to->failed = true;
        to->count = 0; /* what follows is thrown away */
    }
    step.run = recist_step_run_of((enum recist_step_operation)step.operation);
    to->jumps[to->count] = jump;
    to->steps[to->count++] = step;
}

void recist_draft_add(struct recist_draft *to, struct recist_step step)
{
    recist_draft_test(to, step, (struct recist_jump){.label = RECIST_NO_LABEL});
}

uint16_t recist_draft_label(struct recist_draft *to)
{
    if (to->label_count == RECIST_DRAFT_LABELS) {
        to->failed = true;
        to->label_count = 0;
    }
    return (uint16_t)to->label_count++;
}

void recist_draft_put(struct recist_draft *to, uint16_t label)
{
    to->labels[label] = (uint16_t)to->count;
}

uint8_t recist_draft_set(struct recist_draft *to)
{
    if (to->sets == RECIST_PROGRAM_SETS) {
        to->failed = true;
        to->sets = 0;
    }
    return (uint8_t)to->sets++;
}

/* Where each step goes on, now that all have their places. */
static void join_steps(const struct recist_draft *from, struct recist_step *steps)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct recist_jump *jump = &from->jumps[i];
        steps[i].next[0] = steps[i].next[1] = &steps[i + 1];
        if (jump->label != RECIST_NO_LABEL) {
            steps[i].next[jump->when] = &steps[from->labels[jump->label]];
        }
    }
}

const struct recist_step *recist_draft_finish(struct recist_draft *draft,
                                              struct recist_arena *arena)
{
    struct recist_step *steps =
        draft->failed ? NULL : recist_arena_take(arena, draft->count * sizeof *steps);
    if (steps) {
        memcpy(steps, draft->steps, draft->count * sizeof *steps);
        join_steps(draft, steps);
    }
    free(draft->steps);
    free(draft->jumps);
    return steps;
}

struct recist_draft recist_draft_begin(const struct recist_criteria *criteria)
{
    struct recist_draft begun = {.criteria = criteria,
                                 .steps = malloc(RECIST_DRAFT_STEPS * sizeof *begun.steps),
                                 .jumps = malloc(RECIST_DRAFT_STEPS * sizeof *begun.jumps)};
    begun.failed = !begun.steps || !begun.jumps;
    return begun;
}
