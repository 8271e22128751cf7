/* SPDX-License-Identifier: MIT
 * What the study builder needs to know of the criteria, and no more. The builder is tested with
 * rules of the test's own; recist_study_builder_create() fills them from criteria. */
#ifndef RECIST_STUDY_STUDY_RULES_H
#define RECIST_STUDY_STUDY_RULES_H

#include <recist/study.h>

struct recist_study_rules {
    const struct recist_vocabulary *vocabulary;
    struct recist_slice nodal_organ; /* of lesions that a `nodal` column calls a node */
    int32_t visit_span;              /* days; scans of a visit further apart are doubtful */
    /* The day that stands for a partial date. */
    int32_t (*complete_date)(const void *context, int32_t first_day,
                             enum recist_date_precision precision);
    /* As recist_criteria_organ(): `organ` is empty, or text that lives as long as the rules. */
    void (*organ)(const void *context, struct recist_slice site, struct recist_slice *organ,
                  bool *nodal);
    /* Whether a pattern takes too many steps over a text of this lesion, so that it was given up; then
     * `column` has the text. May be NULL. */
    bool (*undecided)(void *context, const struct recist_lesion *lesion,
                      enum recist_column *column);
    /* As recist_measurements_place(). */
    struct recist_place (*place)(const struct recist_measurements *places,
                                 const struct recist_reading *reading, enum recist_column column);
    void (*release)(void *context); /* called once by destroy; may be NULL */
    void *context;
};

/* Takes over `rules->context`, also when it fails. NULL when memory is out. */
struct recist_study_builder *
recist_study_builder_create_from(const struct recist_study_rules *rules);

/* For tests: no patient that follows is taken as a plain one (plain_patient.c). */
void recist_study_builder_go_long_way(struct recist_study_builder *builder);

#endif
