/* SPDX-License-Identifier: MIT
 * Lesions in parts and merged lesions, while their rows are made observations. */
#ifndef RECIST_STUDY_COMPOSITES_H
#define RECIST_STUDY_COMPOSITES_H

#include "study/series_draft.h"

struct mention {
    const struct recist_reading *row;
    uint32_t visit;
    uint32_t lesion;
    uint32_t name;
    bool merged; /* the row's number is another lesion's */
    bool mass;   /* the row's number is that of several lesions, and counts for this one */
    bool again;  /* the same name was mentioned before at this visit */
};

/* All mentions of one lesion at one visit. */
struct mention_group {
    struct mention *list;
    size_t count;
    uint32_t number; /* from 1 */
};

/* composites.c: the role of a lesion, before recist_lesions_describe() has said it: that of its first
 * row. */
uint8_t recist_drafted_role(const struct recist_series_draft *draft, uint32_t lesion);

/* parts.c: the observation that a group makes of which some mention is measured. */
void recist_parts_observe(struct recist_series_draft *draft, const struct mention_group *group,
                          struct recist_observation *observation);

#endif
