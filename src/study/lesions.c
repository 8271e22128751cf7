/* SPDX-License-Identifier: MIT
 * What is known of each lesion: its role, site, organ and the like from its earliest visit that
 * says so; and whether its other rows agree. */
#include "base/excerpt.h"
#include "study/series_draft.h"
#include "study/spelling.h"

static bool contains_folded(struct recist_slice text, const char *part)
{
    size_t length = strlen(part);
    for (size_t from = 0; from + length <= text.length; from++) {
        if (recist_spelling_is((struct recist_slice){text.text + from, length}, part)) {
            return true;
        }
    }
    return false;
}

/* Words of the column `prior_therapy` that say that there was none. */
static bool says_no(struct recist_slice text)
{
    static const char *const no[] = {"no", "none", "n", "0", "false"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        if (recist_spelling_is(text, no[i])) {
            return true;
        }
    }
    return text.length == 0;
}

static void describe_therapy(struct recist_lesion *lesion, struct recist_slice text)
{
    if (text.length > 0 && !says_no(text)) {
        lesion->prior_therapy = true;
        lesion->progressed_since =
            contains_folded(text, "progress") && !contains_folded(text, "no progress") &&
            !contains_folded(text, "not progress") && !contains_folded(text, "without progress") &&
            !contains_folded(text, "no evidence");
    }
}

/* Whether a row can say anything that is not known of its lesion yet. */
static inline bool says_more(const struct recist_lesion *lesion,
                             const struct recist_lesion_draft *known,
                             const struct recist_reading *row)
{
    return !known->first || (!known->sited && row->site.length > 0) ||
           (!known->called && row->nodal != RECIST_UNSAID) ||
           (row->more && lesion->kind.length == 0 && row->more->kind.length > 0);
}

static void read_row(struct recist_lesion *lesion, struct recist_lesion_draft *known,
                     const struct recist_reading *row, size_t visit)
{
    const struct recist_reading_more *more = recist_reading_more(row);
    if (!known->first) {
        known->first = row;
        known->first_visit = visit;
        lesion->role = row->role;
        lesion->method = more->method;
        lesion->slice_thickness = more->slice_thickness;
        describe_therapy(lesion, more->prior_therapy);
    }
    if (!known->sited && row->site.length > 0) {
        known->sited = row;
        lesion->site = row->site;
    }
    if (!known->called && row->nodal != RECIST_UNSAID) {
        known->called = row;
    }
    if (lesion->kind.length == 0) {
        lesion->kind = more->kind;
    }
}

/* Visit by visit, so that "first" does not depend on the order of rows. */
static void read_rows(struct recist_series_draft *draft)
{
    struct recist_series *series = draft->series;
    const struct recist_observation *observation = series->observations;
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        for (size_t i = 0; i < series->lesion_count; i++, observation++) {
            if (observation->reading &&
                says_more(&series->lesions[i], &draft->lesions[i], observation->reading)) {
                read_row(&series->lesions[i], &draft->lesions[i], observation->reading, visit);
            }
        }
    }
}

static const char *role_word(const struct recist_study_builder *builder, uint8_t role)
{
    return builder->rules.vocabulary->roles[role].word;
}

static void report_role(struct recist_study_builder *builder, const struct recist_reading *row,
                        const struct recist_lesion_draft *known)
{
    recist_shape_report(builder, RECIST_KIND(ROLE_CHANGES), row, RECIST_COLUMN_ROLE,
                        "role \"%s\" of lesion \"%s\" was \"%s\"%s; a lesion keeps its role",
                        role_word(builder, row->role), RECIST_SHOWN(row->lesion),
                        role_word(builder, known->first->role),
                        RECIST_LINE_OF(builder, known->first, row));
}

static void report_nodal(struct recist_study_builder *builder, const struct recist_reading *row,
                         const struct recist_lesion_draft *known)
{
    recist_shape_report(builder, RECIST_KIND(NODAL_CHANGES), row, RECIST_COLUMN_NODAL,
                        "nodal is \"%s\" for lesion \"%s\", and the opposite%s; a lesion is a "
                        "lymph node at every visit or at none",
                        row->nodal == RECIST_YES ? "yes" : "no", RECIST_SHOWN(row->lesion),
                        RECIST_LINE_OF(builder, known->called, row));
}

static void report_site(struct recist_study_builder *builder,
                        const struct recist_lesion_draft *known)
{
    const struct recist_reading *row = known->resited;
    recist_shape_report(builder, RECIST_KIND(SITE_CHANGES), row, RECIST_COLUMN_SITE,
                        "site \"%s\" of lesion \"%s\" was \"%s\"%s; the first is used",
                        RECIST_SHOWN(row->site), RECIST_SHOWN(row->lesion),
                        RECIST_SHOWN(known->sited->site),
                        RECIST_LINE_OF(builder, known->sited, row));
}

/* Whether the row agrees with what is known. */
static bool compare_row(struct recist_study_builder *builder, struct recist_lesion_draft *known,
                        const struct recist_reading *row)
{
    bool agrees = row->role == known->first->role;
    if (!agrees) {
        report_role(builder, row, known);
    }
    if (row->nodal != RECIST_UNSAID && !recist_is_of_patient(builder, row)) {
        if (!known->called) {
            known->called = row; /* only another part than the first says so */
        } else if (row->nodal != known->called->nodal) {
            report_nodal(builder, row, known);
            agrees = false;
        }
    }
    return agrees;
}

/* Keeps the earliest row with another site, for one finding: a site that is spelt in another way
 * is mostly spelt so from then on. */
static bool compare_site(struct recist_lesion_draft *known, const struct recist_reading *row,
                         uint32_t visit)
{
    if (row->site.length == 0 || !known->sited || recist_spelling_same_site(row->site, known->sited->site)) {
        return true;
    }
    if (!known->resited || visit < known->resited_visit ||
        (visit == known->resited_visit &&
         recist_spelling_order(row->lesion, known->resited->lesion) < 0)) {
        known->resited = row;
        known->resited_visit = visit;
    }
    return false;
}

static bool compare(struct recist_series_draft *draft, size_t row)
{
    uint32_t name = draft->row_name[row];
    if (name == RECIST_NO_NAME || draft->names[name].lesion == RECIST_NO_LESION) {
        return true;
    }
    struct recist_lesion_draft *known = &draft->lesions[draft->names[name].lesion];
    const struct recist_reading *reading = draft->rows[row];
    if (known->first == reading || !known->first) {
        return true;
    }
    bool agrees = compare_row(draft->builder, known, reading);
    return (recist_is_of_patient(draft->builder, reading) ||
            compare_site(known, reading, draft->row_visit[row])) &&
           agrees;
}

/* Rows that say the same as one that agrees agree too: of most rows the reader knows as much. */
static void compare_rows(struct recist_series_draft *draft)
{
    bool *agrees = recist_arena_take(&draft->builder->arena, draft->row_count * sizeof *agrees);
    if (!agrees) {
        draft->builder->failed = true;
        return;
    }
    for (size_t i = 0; i < draft->row_count; i++) {
        size_t like = recist_row_like(draft, i);
        agrees[i] = (like > 0 && agrees[i - like]) || compare(draft, i);
    }
}

/* `called`: a row that says whether it is a node, or NULL. */
static inline void find_organ(struct recist_study_builder *builder, struct recist_lesion *lesion,
                              const struct recist_reading *called)
{
    if (lesion->site.length > 0) {
        const struct recist_organ_slot *known_site =
            recist_organ_cache_find(&builder->organs, &builder->rules, lesion->site);
        lesion->organ = known_site->organ.length > 0 ? known_site->organ : lesion->site;
        lesion->nodal = known_site->nodal;
    }
    if (called) {
        lesion->nodal = called->nodal == RECIST_YES;
        if (lesion->nodal && builder->rules.nodal_organ.length > 0) {
            lesion->organ = builder->rules.nodal_organ;
        }
    }
}

void recist_lesion_describe_first(struct recist_study_builder *builder,
                                  struct recist_lesion *lesion, const struct recist_reading *row)
{
    const struct recist_reading_more *more = recist_reading_more(row);
    /* One by one: compilers fill a struct of this size with zeros by a slow instruction first. */
    lesion->id = row->lesion;
    lesion->site = row->site;
    lesion->organ = (struct recist_slice){NULL, 0};
    lesion->method = more->method;
    lesion->kind = more->kind;
    lesion->slice_thickness = more->slice_thickness;
    lesion->role = row->role;
    lesion->nodal = lesion->prior_therapy = lesion->progressed_since = false;
    if (more->prior_therapy.length > 0) {
        describe_therapy(lesion, more->prior_therapy);
    }
    find_organ(builder, lesion, row->nodal != RECIST_UNSAID ? row : NULL);
}

/* Another lesion whose id differs in case or hyphens only, for the message. */
static const struct recist_lesion *lookalike(const struct recist_series *series,
                                             const struct recist_lesion *lesion)
{
    for (size_t i = 0; i < series->lesion_count; i++) {
        const struct recist_lesion *other = &series->lesions[i];
        if (other != lesion && recist_spelling_same(other->id, lesion->id)) {
            return other;
        }
    }
    return NULL;
}

static void report_after_baseline(struct recist_series_draft *draft,
                                  const struct recist_lesion *lesion,
                                  const struct recist_lesion_draft *known)
{
    struct recist_study_builder *builder = draft->builder;
    const struct recist_lesion *like = lookalike(draft->series, lesion);
    recist_shape_report(
        builder, RECIST_KIND(LESION_AFTER_BASELINE), known->first, RECIST_COLUMN_LESION,
        "lesion \"%s\" has role \"%s\" and first appears at visit %s; expected it "
        "at the baseline of %s%s%s%s",
        RECIST_SHOWN(lesion->id), role_word(builder, lesion->role),
        RECIST_VISIT_NAME(builder, known->first),
        RECIST_DAY(draft->visits[recist_series_baseline(draft)].first_date),
        like ? ", where \"" : "", like ? RECIST_SHOWN(like->id) : "", like ? "\" stands" : "");
}

static void report_at_baseline(struct recist_series_draft *draft,
                               const struct recist_lesion *lesion,
                               const struct recist_lesion_draft *known)
{
    struct recist_study_builder *builder = draft->builder;
    recist_shape_report(builder, RECIST_KIND(NEW_AT_BASELINE), known->first, RECIST_COLUMN_ROLE,
                        "role \"%s\" of lesion \"%s\" stands at the baseline of %s; expected a "
                        "role of the baseline, or a later visit",
                        role_word(builder, lesion->role), RECIST_SHOWN(lesion->id),
                        RECIST_DAY(draft->visits[recist_series_baseline(draft)].first_date));
}

static void check_first_visit(struct recist_series_draft *draft, const struct recist_lesion *lesion,
                              const struct recist_lesion_draft *known)
{
    bool belongs = draft->builder->rules.vocabulary->roles[lesion->role].at_baseline;
    bool stands = known->first_visit == recist_series_baseline(draft);
    if (draft->labels_missing || draft->builder->rules.vocabulary->roles[lesion->role].any_time) {
        return; /* reported, and the rows may belong to other visits; or there is nothing to say */
    }
    if (belongs && !stands) {
        report_after_baseline(draft, lesion, known);
    } else if (!belongs && stands) {
        report_at_baseline(draft, lesion, known);
    }
}

void recist_lesions_describe(struct recist_series_draft *draft)
{
    struct recist_series *series = draft->series;
    read_rows(draft);
    compare_rows(draft);
    for (size_t i = 0; i < series->lesion_count; i++) {
        if (draft->lesions[i].first &&
            !recist_is_of_patient(draft->builder, draft->lesions[i].first)) {
            find_organ(draft->builder, &series->lesions[i], draft->lesions[i].called);
        }
        if (draft->lesions[i].resited) {
            report_site(draft->builder, &draft->lesions[i]);
        }
        if (!series->without_baseline) {
            check_first_visit(draft, &series->lesions[i], &draft->lesions[i]);
        }
    }
}
