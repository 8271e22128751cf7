/* SPDX-License-Identifier: MIT
 * What the parts of a lesion come to: their sum, and the status that holds for the whole. */
#include "base/excerpt.h"
#include "study/composites.h"

static bool role_has_status(const struct recist_role_word *role, uint8_t status)
{
    for (size_t i = 0; i < role->status_count; i++) {
        if (role->statuses[i] == status) {
            return true;
        }
    }
    return false;
}

/* The status of a mass is one of the role that its row has; for lesions of another role it says
 * something only if they can have it. */
static uint8_t status_of(const struct recist_series_draft *draft, const struct mention *mention)
{
    uint8_t status = recist_observed_status(draft->builder, mention->row);
    const struct recist_role_word *roles = draft->builder->rules.vocabulary->roles;
    uint8_t role = mention->mass ? recist_drafted_role(draft, mention->lesion) : mention->row->role;
    return role == mention->row->role || role_has_status(&roles[role], status)
               ? status
               : RECIST_STATUS_BLANK;
}

/* What the parts of a lesion come to. */
struct sum_of_parts {
    const struct recist_study_builder *builder;
    uint8_t status;                /* of the first part */
    bool same_status;              /* all parts have it */
    bool measured;                 /* some part has a number */
    bool given[RECIST_AXIS_COUNT]; /* some part has this number */
    uint8_t judged;                /* what parts say that is neither a length nor an absence */
    bool judged_apart;             /* ... of which they say different things */
    uint8_t other;                 /* ... such as this */
    bool some_left;                /* some part is not of 0 mm */
    uint8_t left;                  /* the status of those that are not, or RECIST_STATUS_BLANK */
};

static int64_t stands_for(const struct recist_study_builder *builder,
                          const struct recist_reading *row)
{
    uint8_t status = recist_observed_status(builder, row);
    return status == RECIST_STATUS_BLANK ? RECIST_MISSING
                                         : builder->rules.vocabulary->statuses[status].stands_for;
}

/* Statuses that stand for a length are added up; of the others one must hold for the lesion: the
 * only one, or one that prevails. */
static void survey_status(struct sum_of_parts *sum, uint8_t status)
{
    const struct recist_status_word *words = sum->builder->rules.vocabulary->statuses;
    if (status == RECIST_STATUS_BLANK || words[status].stands_for != RECIST_MISSING ||
        !words[status].evaluated || status == sum->judged) {
        return;
    }
    if (sum->judged == RECIST_STATUS_BLANK ||
        words[status].prevails > words[sum->judged].prevails) {
        sum->judged = status;
        sum->judged_apart = false;
    } else if (words[status].prevails == words[sum->judged].prevails) {
        sum->judged_apart = true;
        sum->other = status;
    }
}

/* A part of 0 mm has gone, and what is left is as the others are. */
static void survey_left(struct sum_of_parts *sum, const struct recist_reading *row, uint8_t status)
{
    int64_t length = recist_reading_length(row->axis);
    if ((length == RECIST_MISSING ? stands_for(sum->builder, row) : length) == 0) {
        return;
    }
    sum->left = sum->some_left && status != sum->left ? RECIST_STATUS_BLANK : status;
    sum->some_left = true;
}

static void survey_part(struct sum_of_parts *sum, const struct recist_reading *row, uint8_t status)
{
    sum->same_status = sum->same_status && status == sum->status;
    survey_left(sum, row, status);
    sum->measured |= recist_reading_measured(row);
    survey_status(sum, status);
    for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
        sum->given[axis] |= row->axis[axis] != RECIST_MISSING;
    }
}

/* A part without a number on this axis gives what its status stands for; if that is nothing, the
 * sum is not known. */
static void add_part(struct recist_observation *observation, size_t axis, int64_t length,
                     bool first)
{
    int64_t *sum = &observation->axis[axis];
    int64_t *largest = &observation->largest[axis];
    if (first) {
        *sum = *largest = length;
    } else if (length == RECIST_MISSING || *sum == RECIST_MISSING) {
        *sum = *largest = RECIST_MISSING;
    } else {
        *sum += length;
        *largest = length > *largest ? length : *largest;
    }
}

static void add_up(const struct recist_study_builder *builder, const struct mention_group *group,
                   size_t axis, struct recist_observation *observation)
{
    bool first = true;
    for (size_t i = 0; i < group->count; i++) {
        const struct mention *part = &group->list[i];
        if (part->merged || part->again) {
            continue;
        }
        int64_t length = part->row->axis[axis];
        if (length == RECIST_MISSING && !recist_reading_measured(part->row)) {
            length = stands_for(builder, part->row);
        }
        add_part(observation, axis, length, first);
        first = false;
    }
}

static recist_wide product_of(const struct recist_study_builder *builder,
                              const struct recist_reading *row)
{
    int64_t longest = row->axis[RECIST_LONG_AXIS];
    int64_t across = row->axis[RECIST_SHORT_AXIS];
    if (!recist_reading_measured(row)) {
        longest = across = stands_for(builder, row);
    }
    return longest == RECIST_MISSING || across == RECIST_MISSING ? RECIST_WIDE_MISSING
                                                                 : (recist_wide)longest * across;
}

/* As with lengths, a part without a product leaves the sum unknown. False when memory is out. */
static bool add_products(struct recist_series_draft *draft, const struct mention_group *group,
                         struct recist_observation *observation)
{
    recist_wide *sum = recist_arena_take(&draft->builder->arena, sizeof *sum);
    if (!sum) {
        return false;
    }
    *sum = 0;
    for (size_t i = 0; i < group->count && *sum != RECIST_WIDE_MISSING; i++) {
        const struct mention *part = &group->list[i];
        if (!part->merged && !part->again) {
            recist_wide product = product_of(draft->builder, part->row);
            *sum = product == RECIST_WIDE_MISSING ? product : *sum + product;
        }
    }
    observation->product_of_parts = sum;
    return true;
}

static bool measured(const struct recist_observation *observation)
{
    return observation->axis[RECIST_DIAMETER] != RECIST_MISSING ||
           observation->axis[RECIST_LONG_AXIS] != RECIST_MISSING ||
           observation->axis[RECIST_SHORT_AXIS] != RECIST_MISSING;
}

static void add_numbers(const struct sum_of_parts *sum, const struct mention_group *group,
                        struct recist_observation *observation)
{
    bool any = false;
    for (size_t axis = 0; axis < RECIST_AXIS_COUNT; axis++) {
        if (sum->given[axis]) {
            add_up(sum->builder, group, axis, observation);
            any = true;
        }
    }
    if (!any) {
        add_up(sum->builder, group, RECIST_DIAMETER, observation);
    }
    observation->measured = measured(observation);
}

/* An answer that a later part gives: a yes of one part is a yes of the lesion. */
static bool answers_more(const struct recist_reading *so_far, const struct recist_reading *row,
                         size_t column)
{
    int64_t known = so_far->numbers ? so_far->numbers[column] : RECIST_MISSING;
    return row->numbers[column] != RECIST_MISSING &&
           (known == RECIST_MISSING || row->numbers[column] > known);
}

/* A row with another number in one column; NULL when memory is out. */
static const struct recist_reading *with_number(struct recist_series_draft *draft,
                                                const struct recist_reading *row, size_t column,
                                                int64_t number)
{
    size_t columns = draft->builder->rules.vocabulary->column_count;
    struct recist_arena *arena = &draft->builder->arena;
    struct recist_reading *copy = recist_arena_take(arena, sizeof *copy);
    int64_t *numbers = recist_arena_take(arena, columns * sizeof *numbers);
    if (!copy || !numbers) {
        draft->builder->failed = true;
        return NULL;
    }
    *copy = *row;
    for (size_t i = 0; i < columns; i++) {
        numbers[i] = row->numbers ? row->numbers[i] : RECIST_MISSING;
    }
    numbers[column] = number;
    copy->numbers = numbers;
    return copy;
}

/* The first part's row speaks for the lesion, with the answers of all parts. */
static void join_answers(struct recist_series_draft *draft, const struct recist_reading *row,
                         struct recist_observation *observation)
{
    const struct recist_vocabulary *vocabulary = draft->builder->rules.vocabulary;
    for (size_t i = 0; row->numbers && i < vocabulary->column_count; i++) {
        if (!vocabulary->columns[i].answer || !answers_more(observation->reading, row, i)) {
            continue;
        }
        const struct recist_reading *joined =
            with_number(draft, observation->reading, i, row->numbers[i]);
        if (joined) {
            observation->reading = joined;
        }
    }
}

/* Notes row, date and number of the parts, and a status that says "not evaluated". */
static void survey_parts(struct recist_series_draft *draft, const struct mention_group *group,
                         struct sum_of_parts *sum, struct recist_observation *observation)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct mention *part = &group->list[i];
        if (part->merged || part->again) {
            continue;
        }
        uint8_t status = status_of(draft, part);
        int32_t date = recist_scan_date(draft->builder, part->row);
        if (observation->parts == 0) {
            observation->reading = part->row;
            observation->date = date;
            observation->evaluated = true;
            sum->status = status;
        }
        join_answers(draft, part->row, observation);
        observation->date = date > observation->date ? date : observation->date;
        observation->mass |= part->mass;
        if (observation->parts < UINT16_MAX) {
            observation->parts++;
        }
        if (observation->evaluated && !recist_status_evaluated(draft->builder, status)) {
            observation->evaluated = false;
            observation->status = status;
            draft->lasting |= recist_status_lasting(draft->builder, status);
        }
        survey_part(sum, part->row, status);
    }
}

static void report_sum(struct recist_series_draft *draft, const struct recist_reading *row)
{
    recist_shape_report(draft->builder, RECIST_KIND(PARTS_DISAGREE), row, RECIST_COLUMN_STATUS,
                        "parts of one lesion, of which \"%s\" is the first, cannot be added up at "
                        "visit %s; give each part the same numbers or a status that stands for "
                        "one, or record one status under the id of the whole lesion",
                        RECIST_SHOWN(row->lesion), RECIST_VISIT_NAME(draft->builder, row));
}

static void report_statuses(struct recist_series_draft *draft, const struct recist_reading *row,
                            uint8_t one, uint8_t other)
{
    const struct recist_status_word *words = draft->builder->rules.vocabulary->statuses;
    recist_shape_report(draft->builder, RECIST_KIND(PARTS_DISAGREE), row, RECIST_COLUMN_STATUS,
                        "parts of one lesion, of which \"%s\" is the first, are \"%s\" and \"%s\" at "
                        "visit %s, and neither holds for the whole; record one status under the "
                        "id of the whole lesion",
                        RECIST_SHOWN(row->lesion), words[one].word, words[other].word,
                        RECIST_VISIT_NAME(draft->builder, row));
}

/* A status without any number says all; but of parts that are too small to measure each counts what
 * its status stands for, and so does a mass for a lesion of which its status cannot be said. */
static bool adds_up(const struct sum_of_parts *sum, const struct recist_observation *observation)
{
    if (sum->measured || !sum->same_status) {
        return sum->measured || sum->judged == RECIST_STATUS_BLANK;
    }
    return (observation->parts > 1 || sum->status == RECIST_STATUS_BLANK) &&
           stands_for(sum->builder, observation->reading) > 0;
}

/* Some part could not be evaluated, and so the lesion, unless what is said of another prevails. */
static void observe_unevaluated(struct recist_series_draft *draft, const struct sum_of_parts *sum,
                                struct recist_observation *observation)
{
    if (!draft->builder->rules.vocabulary->statuses[sum->judged].prevails) {
        return;
    }
    bool lasting = recist_status_lasting(draft->builder, observation->status);
    if (sum->judged_apart || lasting) {
        report_statuses(draft, observation->reading, lasting ? observation->status : sum->other,
                        sum->judged);
        return;
    }
    observation->status = sum->judged;
    observation->evaluated = true;
}

void recist_parts_observe(struct recist_series_draft *draft, const struct mention_group *group,
                          struct recist_observation *observation)
{
    struct sum_of_parts sum = {.builder = draft->builder, .same_status = true};
    survey_parts(draft, group, &sum, observation);
    if (!observation->evaluated) {
        observe_unevaluated(draft, &sum, observation);
        return;
    }
    observation->status = sum.same_status                       ? sum.status
                          : sum.judged == RECIST_STATUS_BLANK ? sum.left
                                                              : sum.judged;
    bool adds = adds_up(&sum, observation);
    if (adds) {
        add_numbers(&sum, group, observation);
        if (observation->parts > 1 && !add_products(draft, group, observation)) {
            draft->builder->failed = true;
        }
    }
    if (sum.judged_apart) {
        report_statuses(draft, observation->reading, sum.judged, sum.other);
    } else if (adds && !observation->measured) {
        report_sum(draft, observation->reading);
    }
}
