/* SPDX-License-Identifier: MIT
 *
 * Assessment: criteria applied to a series of visits. What comes out for each visit is the word
 * of each component and of the overall response, the rule that gave it, and the numbers it rests
 * on. No floating point takes part (docs/architecture.md, exactness).
 */
#ifndef RECIST_ASSESSMENT_H
#define RECIST_ASSESSMENT_H

#include <recist/study.h>

struct recist_component_result {
    uint16_t word; /* recist_criteria_word(); 0 at baseline */
    uint16_t rule; /* of the component's rules; see recist_rule_* */
};

/* A measure (such as the sum of diameters) at a visit, in the square of a millionth of a
 * millimetre for areas, in millionths of its unit otherwise. RECIST_WIDE_MISSING: no value. */
struct recist_measure_result {
    recist_wide complete;  /* missing unless every lesion it needs has a value */
    recist_wide evaluated; /* over the lesions that have a value; missing when none has */
    recist_wide baseline;  /* missing when the baseline was incomplete */
    recist_wide nadir;     /* smallest complete value at baseline and before this visit */
    uint32_t nadir_visit; /* the (first) visit at which it stood; meaningless without a nadir */
    uint32_t baseline_visit; /* the visit of the baseline: 0, or one that became a new baseline */
};

struct recist_visit_result {
    int32_t date; /* the date that the response carries (criteria's `date` rules) */
    uint16_t overall; /* word; 0 at baseline */
    uint16_t overall_rule; /* table row, history rule or amendment: see recist_overall_rule_* */
    uint16_t table_word; /* what the decision table said before history and amendments */
    uint16_t table_row;
    struct recist_component_result *components; /* one per component of the criteria */
    struct recist_measure_result *measures;     /* one per measure of the criteria */
};

struct recist_series_result {
    struct recist_visit_result *visits; /* one per visit of the series; [0] is the baseline */
    size_t visit_count;
};

struct recist_assessor;

/* An assessor owns the memory of one result at a time and belongs to one thread. */
RECIST_API struct recist_assessor *recist_assessor_create(const struct recist_criteria *criteria);
RECIST_API void recist_assessor_destroy(struct recist_assessor *assessor);

/* Assesses every visit of a series. The result stays valid until the next call.
 * RECIST_DONE or RECIST_NO_MEMORY. */
RECIST_API enum recist_outcome recist_assess(struct recist_assessor *assessor,
                                             const struct recist_series *series,
                                             const struct recist_series_result **result);

/* The stable id of the rule that decided, such as "progression". */
RECIST_API const char *recist_overall_rule_id(const struct recist_criteria *criteria,
                                              unsigned overall_rule);
RECIST_API const char *recist_component_rule_id(const struct recist_criteria *criteria,
                                                size_t component, unsigned rule);

/* The reason for the response at one visit of the series assessed last, in one sentence with its
 * numbers, appended in one piece. Nothing for the baseline. False when memory is out or `append`
 * says so. */
RECIST_API bool recist_reason(struct recist_assessor *assessor, size_t visit, recist_append append,
                              void *to);

/* One step of an explanation: what was decided, by which rule, why, and where the guideline says
 * so. `say` is text of the assessor, valid until the next call on it. */
struct recist_explanation_step {
    const char *subject; /* title of the component, such as "Target lesions" */
    const char *word;    /* the response, such as the component's word */
    const char *rule;    /* id of the rule */
    const char *cite;    /* section of the guideline; empty where the rule names none */
    const char *say;     /* sentence with the numbers */
};
/* All steps for one visit, components first, then table, history and amendments. Returns their
 * number; steps[] is filled up to `capacity`. */
RECIST_API size_t recist_explain(struct recist_assessor *assessor, size_t visit,
                                 struct recist_explanation_step *steps, size_t capacity);

/* Baseline rules of the criteria (numbers and sizes of targets, ...): findings about a series.
 * `places` may be NULL. Returns false when memory is out. */
RECIST_API bool recist_check_baseline(struct recist_assessor *assessor,
                                      const struct recist_patient *patient,
                                      const struct recist_series *series,
                                      const struct recist_measurements *places,
                                      struct recist_findings *findings);

#endif
