/* SPDX-License-Identifier: MIT
 * The study of a plain patient, as most are: one series without courses, whole dates, the rows of a
 * visit together and the visits in order of date, lesions by their own ids that keep what was first
 * said of them, and nothing to report but lengths. It is made in two passes over the rows: the
 * first finds visits and lesions, the second writes the observations.
 *
 * Whether a patient is plain is seen on the way; nothing is reported before it is certain. Any other
 * is built by the steps of series_draft.h, which would give the same study for these too. What is
 * relied on are the reader's hints: a row that is `like` another names its lesion and says the same
 * of it, and one of the `same_visit` has visit, date and precision of the row before. A row without
 * hints is looked at by itself. */
#include "study/series_draft.h"
#include "study/spelling.h"

/* As many as a word has bits. Patients with more are few, and take the long way. */
#define MOST_LESIONS 64
/* Keeps visits times lesions far below RECIST_MOST_OBSERVATIONS. */
#define MOST_ROWS 4096

struct plain_lesion {
    const struct recist_reading *first;
    uint64_t key; /* recist_spelling_order_key() of its id */
    /* Bit n: some length is n bits long, bit 0 being for those that are missing or zero. Stands
     * under the lesion's place in order of id. */
    uint64_t lengths;
};

struct plain_patient {
    struct recist_study_builder *builder;
    const struct recist_reading *rows;
    size_t row_count;
    struct recist_series *series;
    uint8_t *row_lesion;     /* number of each row's lesion, in order of appearance */
    uint64_t label_marks;    /* of the visits so far: where none has a label's, it is new */
    size_t lesion_count;
    struct plain_lesion lesions[MOST_LESIONS]; /* in order of appearance */
    uint8_t place[MOST_LESIONS]; /* of each lesion, in order of id */
};

/* One of 64 marks, the same for all spellings of a label. */
static uint64_t mark_of(struct recist_slice label)
{
    const unsigned char *end = (const unsigned char *)label.text + label.length;
    unsigned number = recist_spelling_fold(end[-1]);
    if (label.length > 1) {
        number += 5U * recist_spelling_fold(end[-2]);
    }
    return UINT64_C(1) << (number & 63);
}

/* Whether an earlier visit has the label, in any spelling. */
static bool label_comes_back(struct plain_patient *plain, struct recist_slice label)
{
    uint64_t mark = mark_of(label);
    bool possible = (plain->label_marks & mark) != 0;
    plain->label_marks |= mark;
    for (size_t i = 0; possible && i < plain->series->visit_count; i++) {
        if (recist_spelling_same(plain->series->visits[i].label, label)) {
            return true;
        }
    }
    return false;
}

/* A row with the label of the visit at hand, on another day. */
static bool extend_visit(struct plain_patient *plain, struct recist_visit *visit, int32_t date)
{
    visit->first_date = date < visit->first_date ? date : visit->first_date;
    visit->last_date = date > visit->last_date ? date : visit->last_date;
    bool first = visit == plain->series->visits;
    return visit->last_date - visit->first_date <= plain->builder->rules.visit_span &&
           (first || visit[-1].last_date < visit->first_date);
}

/* Finds the visit of a row of which it is not known to be that of the row before. */
static bool find_visit(struct plain_patient *plain, const struct recist_reading *row)
{
    struct recist_series *series = plain->series;
    struct recist_visit *visit = &series->visits[series->visit_count];
    bool labelled = row->visit.length > 0;
    if (row->date_precision != RECIST_DATE_DAY) {
        return false;
    }
    if (series->visit_count > 0) {
        if ((visit[-1].label.length > 0) != labelled) {
            return false;
        }
        if (labelled ? recist_spelling_identical(visit[-1].label, row->visit)
                     : visit[-1].last_date == row->date) {
            return extend_visit(plain, visit - 1, row->date);
        }
        if (row->date <= visit[-1].last_date) {
            return false;
        }
    }
    if (labelled && label_comes_back(plain, row->visit)) {
        return false;
    }
    *visit = (struct recist_visit){
        .label = row->visit,
        .first_date = row->date,
        .last_date = row->date,
        .imaged = true,
        .reading = row,
    };
    series->visit_count++;
    return true;
}

/* Whether the row adds nothing to what the first of its lesion says, and agrees with it. */
static bool says_nothing_new(const struct recist_reading *row, const struct recist_reading *first)
{
    return row->role == first->role &&
           (row->nodal == RECIST_UNSAID || row->nodal == first->nodal) &&
           (row->site.length == 0 || recist_spelling_same_site(row->site, first->site)) &&
           (recist_reading_more(row)->kind.length == 0 ||
            recist_reading_more(first)->kind.length > 0);
}

/* Whether the id may be that of a part or of lesions grown together. */
static bool may_be_compound(struct recist_slice id)
{
    return memchr(id.text, '.', id.length) || memchr(id.text, '+', id.length);
}

/* A lesion that no row before names; at the first visit that shows once they are in order. */
static bool add_lesion(struct plain_patient *plain, const struct recist_reading *row, uint64_t key)
{
    const struct recist_role_word *role = &plain->builder->rules.vocabulary->roles[row->role];
    bool at_baseline = plain->series->visit_count == 1;
    if (!plain->builder->role_of_lesion[row->role] || plain->lesion_count == MOST_LESIONS ||
        row->lesion.length == 0 || (!role->any_time && role->at_baseline != at_baseline) ||
        (!at_baseline && may_be_compound(row->lesion))) {
        return false;
    }
    plain->lesions[plain->lesion_count++] = (struct plain_lesion){.first = row, .key = key};
    return true;
}

/* The lesion of a row of which the reader does not know a like one. */
static bool find_lesion(struct plain_patient *plain, size_t row)
{
    const struct recist_reading *reading = &plain->rows[row];
    uint64_t key = recist_spelling_order_key(reading->lesion);
    size_t count = plain->series->visit_count > 1 ? plain->lesion_count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct plain_lesion *lesion = &plain->lesions[i];
        if (lesion->key == key &&
            recist_spelling_identical(lesion->first->lesion, reading->lesion)) {
            plain->row_lesion[row] = (uint8_t)i;
            return says_nothing_new(reading, lesion->first);
        }
    }
    plain->row_lesion[row] = (uint8_t)plain->lesion_count;
    return add_lesion(plain, reading, key);
}

static bool same_series(const struct recist_reading *row, const struct recist_reading *other)
{
    const struct recist_reading_more *one = recist_reading_more(row);
    const struct recist_reading_more *two = recist_reading_more(other);
    return recist_spelling_identical(one->reader, two->reader) &&
           recist_spelling_identical(one->course, two->course);
}

/* The first pass. */
static bool find_visits_and_lesions(struct plain_patient *plain)
{
    for (size_t i = 0; i < plain->row_count; i++) {
        const struct recist_reading *row = &plain->rows[i];
        if ((!row->same_visit || i == 0) && !find_visit(plain, row)) {
            return false;
        }
        if (row->like > 0) {
            plain->row_lesion[i] = plain->row_lesion[i - row->like];
        } else if (!find_lesion(plain, i)) {
            return false;
        }
        if (row->more != plain->rows[0].more && !same_series(row, plain->rows)) {
            return false;
        }
    }
    return true;
}

/* Puts the lesions in order of id; false when two have the same. */
static bool order_lesions(struct plain_patient *plain, uint8_t order[static MOST_LESIONS])
{
    for (size_t i = 0; i < plain->lesion_count; i++) {
        const struct plain_lesion *lesion = &plain->lesions[i];
        size_t to = i;
        for (; to > 0; to--) {
            const struct plain_lesion *before = &plain->lesions[order[to - 1]];
            int difference =
                recist_spelling_keyed_order(before->key, before->first->lesion, lesion->key,
                                            lesion->first->lesion);
            if (difference == 0) {
                return false;
            }
            if (difference < 0) {
                break;
            }
            order[to] = order[to - 1];
        }
        order[to] = (uint8_t)i;
    }
    return true;
}

static bool describe_lesions(struct plain_patient *plain)
{
    struct recist_series *series = plain->series;
    uint8_t order[MOST_LESIONS];
    series->lesion_count = plain->lesion_count;
    series->lesions = recist_arena_take(&plain->builder->arena,
                                        plain->lesion_count * sizeof *series->lesions);
    if (!series->lesions || !order_lesions(plain, order)) {
        return false;
    }
    for (size_t i = 0; i < plain->lesion_count; i++) {
        plain->place[order[i]] = (uint8_t)i;
        recist_lesion_describe_first(plain->builder, &series->lesions[i],
                                     plain->lesions[order[i]].first);
    }
    return true;
}

static inline void note_length(struct plain_lesion *lesion, const struct recist_observation *seen)
{
    uint64_t doubled = (uint64_t)recist_observed_length(seen) << 1 | 1;
    lesion->lengths |= UINT64_C(1) << (63 - __builtin_clzll(doubled));
}

static void observe_gaps(struct recist_observation *observations, uint64_t missing)
{
    for (; missing != 0; missing &= missing - 1) {
        recist_observe_nothing(&observations[__builtin_ctzll(missing)]);
    }
}

/* The observations of a visit, whose rows are those up to `end`; false when a lesion is there twice,
 * or a status has consequences for other visits or lesions. */
static bool observe_visit(struct plain_patient *plain, size_t visit,
                          const struct recist_reading *end)
{
    const struct recist_study_builder *builder = plain->builder;
    size_t lesion_count = plain->series->lesion_count;
    const struct recist_reading *row = plain->series->visits[visit].reading;
    const uint8_t *number = plain->row_lesion + (row - plain->rows);
    struct recist_observation *observations = plain->series->observations + visit * lesion_count;
    uint64_t seen = 0;
    uint64_t again = 0;
    uint8_t traits = 0;
    for (; row < end; row++, number++) {
        size_t place = plain->place[*number];
        struct recist_observation *observation = &observations[place];
        recist_observe(builder, observation, row, row->date);
        note_length(&plain->lesions[place], observation);
        traits |= builder->status_traits[observation->status];
        again |= seen & UINT64_C(1) << place;
        seen |= UINT64_C(1) << place;
    }
    observe_gaps(observations, (~UINT64_C(0) >> (MOST_LESIONS - lesion_count)) & ~seen);
    return again == 0 && (traits & (RECIST_LASTING | RECIST_MERGED)) == 0;
}

/* The second pass. */
static bool observe_visits(struct plain_patient *plain)
{
    struct recist_series *series = plain->series;
    size_t count = series->visit_count * series->lesion_count;
    series->observations =
        recist_arena_take(&plain->builder->arena, count * sizeof *series->observations);
    bool plain_so_far = series->observations != NULL;
    for (size_t i = 0; plain_so_far && i < series->visit_count; i++) {
        plain_so_far = observe_visit(plain, i,
                                     i + 1 < series->visit_count ? series->visits[i + 1].reading
                                                                 : plain->rows + plain->row_count);
    }
    return plain_so_far;
}

/* Whether one length of some lesion may be eight times another: three bits longer. */
static bool lengths_vary(const struct plain_patient *plain)
{
    for (size_t i = 0; i < plain->lesion_count; i++) {
        uint64_t lengths = plain->lesions[i].lengths & ~UINT64_C(1);
        if (lengths >> 3 >= (lengths & -lengths) && lengths != 0) {
            return true;
        }
    }
    return false;
}

static bool baseline_is_small(const struct recist_series *series)
{
    int64_t longest = 0;
    for (size_t i = 0; i < series->lesion_count; i++) {
        int64_t length = recist_observed_length(&series->observations[i]);
        longest = length > longest ? length : longest;
    }
    return recist_length_is_small(longest);
}

/* Nothing else is reported of a plain patient, so that the findings are in order. */
static void check_lengths(struct plain_patient *plain)
{
    struct recist_series_draft draft = {.builder = plain->builder, .series = plain->series};
    if (!plain->builder->trusting && (lengths_vary(plain) || baseline_is_small(plain->series)) &&
        !recist_lengths_check(&draft)) {
        plain->builder->failed = true;
    }
}

static bool make_room(struct plain_patient *plain)
{
    struct recist_arena *arena = &plain->builder->arena;
    struct recist_series *series = recist_arena_take(arena, sizeof *series);
    plain->row_lesion = recist_arena_take(arena, plain->row_count);
    plain->series = series;
    if (!series || !plain->row_lesion) {
        return false;
    }
    const struct recist_reading_more *more = recist_reading_more(plain->rows);
    *series = (struct recist_series){.course = more->course, .reader = more->reader};
    series->visits = recist_arena_take(arena, plain->row_count * sizeof *series->visits);
    return series->visits != NULL;
}

bool recist_plain_patient_build(struct recist_study_builder *builder,
                                const struct recist_patient_readings *readings)
{
    struct plain_patient plain;
    plain.builder = builder;
    plain.rows = readings->readings;
    plain.row_count = readings->count;
    plain.label_marks = 0;
    plain.lesion_count = 0;
    if (builder->courses || readings->count == 0 || readings->count > MOST_ROWS ||
        !make_room(&plain) || !find_visits_and_lesions(&plain) || plain.series->visit_count < 2 ||
        !describe_lesions(&plain) || !observe_visits(&plain)) {
        return false;
    }
    check_lengths(&plain);
    builder->patient.series = plain.series;
    builder->patient.series_count = 1;
    return true;
}
