/* SPDX-License-Identifier: MIT
 * What an assessor keeps between its calls. */
#ifndef RECIST_ASSESS_ASSESSOR_H
#define RECIST_ASSESS_ASSESSOR_H

#include "assess/evaluation.h"
#include "assess/live_rules.h"
#include "base/arena.h"
#include "base/recent_texts.h"

struct recist_assessor {
    const struct recist_criteria *criteria;
    struct recist_arena lasting;          /* of the live rules */
    struct recist_live_rules *components; /* one list for each */
    struct recist_live_rules history;
    struct recist_live_rules amendments;
    struct recist_live_rules dates;
    struct recist_live_rules *enter; /* of each state: one rule, or none where it never holds */
    struct recist_live_rules *leave;
    const struct recist_step *decide; /* the program of all components, or NULL */
    struct recist_pattern_memo patterns;
    struct recist_arena arena; /* of the results, one series at a time */
    struct recist_evaluation evaluation;
    struct recist_series_result result;
    struct recist_text text; /* sentences of the last explanation */
    size_t reason_room; /* recist_reason_room() */
    struct recist_recent_texts recent; /* of numbers and dates in sentences and rows */
};

/* Points the assessor at a series: lesions by role, nothing decided. */
bool recist_assessor_begin(struct recist_assessor *assessor, const struct recist_series *series);

/* Values of all measures at every visit, with baseline and nadir as they stand before it: they rest
 * on data only, and a condition may look at those of later visits. */
void recist_measure_visits(struct recist_assessor *assessor);

/* Where values come from and where sentences go. */
struct recist_saying {
    const struct recist_criteria *criteria;
    struct recist_evaluation *evaluation; /* of a visit, and of a lesion; NULL for quantities */
    struct recist_recent_texts *recent;
    struct recist_text *text;
    unsigned quoting; /* what of all that was said matters in CSV (base/quoting.h) */
    /* Its own. */
    const struct recist_measure_result *measures; /* of the visit */
    size_t room;
};

static inline struct recist_saying recist_assessor_saying(struct recist_assessor *assessor,
                                                          struct recist_text *text)
{
    return (struct recist_saying){.criteria = assessor->criteria,
                                  .evaluation = &assessor->evaluation,
                                  .recent = &assessor->recent,
                                  .text = text};
}

/* Writes a sentence of the criteria with its values at the visit (and lesion) looked at. */
void recist_say(struct recist_saying *saying, const struct recist_sentence *sentence);

/* Writes the reason for the response at the visit looked at: the sentences of the rules that gave it.
 * `room` is recist_reason_room(). */
void recist_say_reason(struct recist_saying *saying, const struct recist_visit_result *result,
                       size_t room);
/* What a reason takes at most, but for texts of any length. */
size_t recist_reason_room(const struct recist_criteria *criteria);

/* Writes a value in the unit of its node: "63 mm", "28 days", "2024-02-26". */
void recist_say_quantity(struct recist_saying *saying, const struct recist_node *node,
                         recist_wide value);

#endif
