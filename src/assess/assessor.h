/* SPDX-License-Identifier: MIT
 * What an assessor keeps between its calls. */
#ifndef RECIST_ASSESS_ASSESSOR_H
#define RECIST_ASSESS_ASSESSOR_H

#include "assess/evaluation.h"
#include "assess/live_rules.h"
#include "base/arena.h"
#include "base/text_buffer.h"

struct recist_assessor {
    const struct recist_criteria *criteria;
    struct recist_arena lasting;          /* of the live rules */
    struct recist_live_rules *components; /* one list for each */
    struct recist_live_rules history;
    struct recist_live_rules amendments;
    struct recist_live_rules dates;
    struct recist_live_rules *enter; /* of each state: one rule, or none where it never holds */
    struct recist_live_rules *leave;
    const struct recist_step *decide; /* the program of a visit, or NULL */
    struct recist_pattern_memo patterns;
    struct recist_arena arena; /* of the results, one series at a time */
    struct recist_evaluation evaluation;
    struct recist_series_result result;
    struct recist_text text; /* sentences of the last explanation */
};

/* Points the assessor at a series: lesions by role, nothing decided. */
bool recist_assessor_begin(struct recist_assessor *assessor, const struct recist_series *series);

/* Values of all measures at every visit, with baseline and nadir as they stand before it: they rest
 * on data only, and a condition may look at those of later visits. */
void recist_measure_visits(struct recist_assessor *assessor);

/* Writes a sentence of the criteria with its values at the visit (and lesion) looked at. */
void recist_say(struct recist_evaluation *evaluation, const struct recist_sentence *sentence,
                struct recist_text *text);

/* Writes a value in the unit of its node: "63 mm", "28 days", "2024-02-26". */
void recist_say_quantity(const struct recist_criteria *criteria, const struct recist_node *node,
                         recist_wide value, struct recist_text *text);

#endif
