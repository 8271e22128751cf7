/* SPDX-License-Identifier: MIT
 * A program while it is written: steps one after the other, and labels for where tests lead. What
 * does not fit is remembered as a failure, so that it can be asked about once, at the end. */
#ifndef RECIST_ASSESS_PROGRAM_DRAFT_H
#define RECIST_ASSESS_PROGRAM_DRAFT_H

#include "assess/program.h"

/* More steps than these are not worth their memory; more labels are not needed for them. */
#define RECIST_DRAFT_STEPS 1024
#define RECIST_DRAFT_LABELS 1024
#define RECIST_NO_LABEL UINT16_MAX

/* A test goes to the label when the answer is `when`, else on. */
struct recist_jump {
    uint16_t label;
    bool when;
};

struct recist_draft {
    const struct recist_criteria *criteria;
    struct recist_step *steps;
    struct recist_jump *jumps; /* one beside each step */
    size_t count;
    uint16_t labels[RECIST_DRAFT_LABELS]; /* the step at which each stands */
    size_t label_count;
    unsigned sets; /* in use */
    bool failed;
};

/* Without memory it has failed already; it is to be finished in any case. */
struct recist_draft recist_draft_begin(const struct recist_criteria *criteria);
/* The steps, in the arena; NULL where it failed. */
const struct recist_step *recist_draft_finish(struct recist_draft *draft,
                                              struct recist_arena *arena);

void recist_draft_add(struct recist_draft *to, struct recist_step step);
void recist_draft_test(struct recist_draft *to, struct recist_step step, struct recist_jump jump);
/* A label, which stands nowhere until it is put before the next step. */
uint16_t recist_draft_label(struct recist_draft *to);
void recist_draft_put(struct recist_draft *to, uint16_t label);
/* A set that is not in use. */
uint8_t recist_draft_set(struct recist_draft *to);

/* program_lesions.c: conditions about lesions. */

/* Takes from `from` into `set`, which may be the same, those of which the condition is as wanted,
 * and jumps by whether there are any. */
void recist_draft_lesions(struct recist_draft *to, const struct recist_node *node, bool wanted,
                          uint8_t from, uint8_t set, struct recist_jump jump);
/* Takes the lesions that a quantifier selects into `set`, and jumps where there are none. */
void recist_draft_select(struct recist_draft *to, const struct recist_node *node, uint8_t set,
                         uint16_t none);
/* The fact that lesions of the role, or of any, have which a quantifier selects first. */
static inline uint16_t recist_selecting_fact(const struct recist_node *node)
{
    return node->role ? (uint16_t)(RECIST_LESION_ROLES + node->role) : RECIST_LESION_EXISTS;
}
/* Jumps by the answer of any() or all(); what is wanted is said by `test`. */
void recist_draft_quantify(struct recist_draft *to, const struct recist_node *node,
                           struct recist_step test, struct recist_jump jump);

#endif
