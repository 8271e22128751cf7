/* SPDX-License-Identifier: MIT
 * Lesions in parts and merged lesions. Every row with such an id is one mention of a lesion, or
 * several; the mentions of one lesion at one visit make its observation. */
#include <stdlib.h>

#include "base/excerpt.h"
#include "study/composites.h"
#include "study/spelling.h"

struct mentions {
    struct mention *list;
    size_t count;
};

static size_t count_mentions(const struct recist_series_draft *draft)
{
    size_t count = 0;
    for (size_t i = 0; i < draft->row_count; i++) {
        if (draft->row_name[i] != RECIST_NO_NAME) {
            const struct recist_lesion_name *name = &draft->names[draft->row_name[i]];
            count += name->form == RECIST_NAME_PART ? 1 : name->member_count;
        }
    }
    return count;
}

static void mention(struct recist_series_draft *draft, struct mentions *mentions, size_t row,
                    uint32_t name, bool merged)
{
    mentions->list[mentions->count++] = (struct mention){
        .row = draft->rows[row],
        .visit = draft->row_visit[row],
        .lesion = draft->names[name].lesion,
        .name = name,
        .merged = merged,
    };
}

/* Parts of one lesion that touch again are no mass. */
static bool names_several_lesions(const struct recist_series_draft *draft,
                                  const struct recist_lesion_name *name)
{
    bool several = false;
    for (uint32_t k = 1; k < name->member_count; k++) {
        several = several || draft->names[name->members[k]].lesion !=
                                 draft->names[name->members[0]].lesion;
    }
    return several;
}

static uint8_t merged_status(const struct recist_study_builder *builder, uint8_t role)
{
    const struct recist_vocabulary *vocabulary = builder->rules.vocabulary;
    const struct recist_role_word *word = &vocabulary->roles[role];
    for (size_t i = 0; i < word->status_count; i++) {
        if (vocabulary->statuses[word->statuses[i]].merged) {
            return word->statuses[i];
        }
    }
    return RECIST_STATUS_BLANK;
}

uint8_t recist_drafted_role(const struct recist_series_draft *draft, uint32_t lesion)
{
    const struct recist_series *series = draft->series;
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        const struct recist_reading *row =
            recist_series_observation(series, visit, lesion)->reading;
        if (row) {
            return row->role;
        }
    }
    return RECIST_ROLE_NONE;
}

/* The mass is measured once for each role: as the first of its lesions that has the role. A lesion
 * of another role than the first is seen where the mass is, and not gone. A new lesion that grew
 * together with one of the baseline is not: where criteria add new lesions to targets, the mass would
 * count twice. It has no reading. */
static bool stands_for_mass(const struct recist_series_draft *draft,
                            const struct recist_lesion_name *name, uint32_t member)
{
    if (member == 0) {
        return true;
    }
    uint32_t lesion = draft->names[name->members[member]].lesion;
    uint8_t role = recist_drafted_role(draft, lesion);
    for (uint32_t k = 0; k < member; k++) {
        uint32_t other = draft->names[name->members[k]].lesion;
        if (other == lesion || recist_drafted_role(draft, other) == role) {
            return false;
        }
    }
    return recist_role_at_baseline(&draft->builder->rules.vocabulary->roles[role]) &&
           merged_status(draft->builder, role) != RECIST_STATUS_BLANK;
}

/* A mass that counts for a lesion of the baseline has the role of one: that of a new lesion would
 * count twice where the criteria add new lesions to targets. */
static void check_first(struct recist_series_draft *draft, size_t row,
                        const struct recist_lesion_name *name, uint32_t member)
{
    const struct recist_role_word *roles = draft->builder->rules.vocabulary->roles;
    const struct recist_lesion_name *first = &draft->names[name->members[0]];
    const struct recist_lesion_name *here = &draft->names[name->members[member]];
    const struct recist_role_word *role = &roles[recist_drafted_role(draft, here->lesion)];
    if (recist_role_at_baseline(role) &&
        !recist_role_at_baseline(&roles[recist_drafted_role(draft, first->lesion)])) {
        recist_shape_report(draft->builder, RECIST_KIND(MERGED_ALONE), draft->rows[row],
                            RECIST_COLUMN_LESION,
                            "lesion \"%s\" has merged with \"%s\", which was not there at baseline; "
                            "name \"%s\" first, with the role \"%s\"",
                            RECIST_SHOWN(here->id), RECIST_SHOWN(first->id),
                            RECIST_SHOWN(here->id), role->word);
    }
}

static bool gather_mentions(struct recist_series_draft *draft, struct mentions *mentions)
{
    size_t count = count_mentions(draft);
    mentions->list = recist_arena_take(&draft->builder->arena, count * sizeof *mentions->list);
    for (size_t i = 0; mentions->list && i < draft->row_count; i++) {
        if (draft->row_name[i] == RECIST_NO_NAME) {
            continue;
        }
        const struct recist_lesion_name *name = &draft->names[draft->row_name[i]];
        if (name->form == RECIST_NAME_PART) {
            mention(draft, mentions, i, draft->row_name[i], false);
        }
        for (uint32_t k = 0; k < name->member_count; k++) {
            bool counts = stands_for_mass(draft, name, k);
            mention(draft, mentions, i, name->members[k], !counts);
            if (counts && k > 0) {
                check_first(draft, i, name, k);
            }
            mentions->list[mentions->count - 1].mass = counts && names_several_lesions(draft, name);
        }
    }
    return mentions->list != NULL;
}

/* By visit, lesion, name; of one name the measured mention first, then by line. */
static int compare_mentions(const void *one, const void *other, void *names)
{
    const struct mention *a = one;
    const struct mention *b = other;
    const struct recist_lesion_name *all = names;
    if (a->visit != b->visit) {
        return a->visit < b->visit ? -1 : 1;
    }
    if (a->lesion != b->lesion) {
        return a->lesion < b->lesion ? -1 : 1;
    }
    if (a->name != b->name) {
        return recist_spelling_order(all[a->name].id, all[b->name].id);
    }
    if (a->merged != b->merged) {
        return a->merged ? 1 : -1;
    }
    return (a->row->line > b->row->line) - (a->row->line < b->row->line);
}

static void check_repeats(struct recist_series_draft *draft, struct mention_group *group)
{
    for (size_t i = 1; i < group->count; i++) {
        struct mention *here = &group->list[i];
        if (here->name == group->list[i - 1].name) {
            here->again = true;
            recist_report_twice(draft->builder, here->row, group->list[i - 1].row,
                                draft->names[here->name].id);
        }
    }
}

static void report_with_parts(struct recist_study_builder *builder,
                              const struct recist_reading *part, struct recist_slice whole,
                              const struct recist_reading *whole_row)
{
    recist_shape_report(builder, RECIST_KIND(PARENT_WITH_PARTS), part, RECIST_COLUMN_LESION,
                        "lesion \"%s\" is a part of \"%s\", which is recorded at the same visit%s; "
                        "record the parts or the whole",
                        RECIST_SHOWN(part->lesion), RECIST_SHOWN(whole),
                        whole_row ? RECIST_LINE_OF(builder, whole_row, part) : "");
}

/* Whether the whole of some part is mentioned in the group too. */
static void check_wholes(struct recist_series_draft *draft, const struct mention_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        draft->names[group->list[i].name].group = group->number;
    }
    for (size_t i = 0; i < group->count; i++) {
        const struct recist_lesion_name *name = &draft->names[group->list[i].name];
        while (name->form == RECIST_NAME_PART) {
            name = &draft->names[name->parent];
            if (name->group == group->number) {
                report_with_parts(draft->builder, group->list[i].row, name->id, NULL);
                break;
            }
        }
    }
}

/* The lesion is recorded under its own id at this visit: its parts are too much. */
static void check_against_whole(struct recist_series_draft *draft,
                                const struct mention_group *group,
                                const struct recist_reading *whole)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct recist_lesion_name *name = &draft->names[group->list[i].name];
        if (name->form == RECIST_NAME_WHOLE) {
            recist_report_twice(draft->builder, group->list[i].row, whole, name->id);
        } else {
            report_with_parts(draft->builder, group->list[i].row, whole->lesion, whole);
        }
    }
}

/* Without a status for merged lesions it is said of each what is said of the mass, whose size is that
 * of the lesion named first. So it matters to none which that is: a mass of 0 mm is none, and whether
 * a node is normal is asked of the largest part. */
static void observe_as_mass(const struct recist_reading *row,
                            struct recist_observation *observation)
{
    int64_t length = recist_reading_length(row->axis);
    for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
        observation->axis[axis] = length == 0 ? row->axis[axis] : RECIST_MISSING;
        observation->largest[axis] = row->axis[axis];
    }
    observation->measured = length == 0;
    observation->mass = true;
}

static void observe_merged(struct recist_series_draft *draft, const struct mention *mention,
                           struct recist_observation *observation)
{
    uint8_t role = recist_drafted_role(draft, mention->lesion);
    uint8_t status = merged_status(draft->builder, role);
    if (role != mention->row->role &&
        (status == RECIST_STATUS_BLANK ||
         !recist_role_at_baseline(&draft->builder->rules.vocabulary->roles[role]))) {
        return;
    }
    if (status == RECIST_STATUS_BLANK) {
        status = recist_observed_status(draft->builder, mention->row);
        observe_as_mass(mention->row, observation);
        draft->lasting |= recist_status_lasting(draft->builder, status);
    }
    observation->reading = mention->row;
    observation->date = recist_scan_date(draft->builder, mention->row);
    observation->parts = 1;
    observation->status = status;
    observation->evaluated = recist_status_evaluated(draft->builder, status);
}

static void observe_group(struct recist_series_draft *draft, struct mention_group *group)
{
    struct recist_series *series = draft->series;
    const struct mention *first = &group->list[0];
    struct recist_observation *observation =
        &series->observations[first->visit * series->lesion_count + first->lesion];
    check_repeats(draft, group);
    if (observation->reading) {
        check_against_whole(draft, group, observation->reading);
        return;
    }
    check_wholes(draft, group);
    for (size_t i = 0; i < group->count; i++) {
        if (!group->list[i].merged) {
            recist_parts_observe(draft, group, observation);
            return;
        }
    }
    observe_merged(draft, first, observation);
}

static size_t group_length(const struct mentions *mentions, size_t from)
{
    const struct mention *first = &mentions->list[from];
    size_t to = from + 1;
    while (to < mentions->count && mentions->list[to].visit == first->visit &&
           mentions->list[to].lesion == first->lesion) {
        to++;
    }
    return to - from;
}

bool recist_composites_fill(struct recist_series_draft *draft)
{
    if (!draft->compound) {
        return true;
    }
    struct mentions mentions = {.count = 0};
    if (!gather_mentions(draft, &mentions)) {
        return false;
    }
    qsort_r(mentions.list, mentions.count, sizeof *mentions.list, compare_mentions, draft->names);
    uint32_t number = 0;
    for (size_t from = 0; from < mentions.count;) {
        size_t length = group_length(&mentions, from);
        struct mention_group group = {&mentions.list[from], length, ++number};
        observe_group(draft, &group);
        from += length;
    }
    return true;
}
