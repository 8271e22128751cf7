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
};

struct plain_patient {
    struct recist_study_builder *builder;
    const struct recist_reading *rows;
    size_t row_count;
    struct recist_series *series;
    uint64_t label_marks; /* of the visits so far: where none has a label's, it is new */
    size_t lesion_count;
    struct plain_lesion lesions[MOST_LESIONS]; /* in order of appearance */
    uint8_t place[MOST_LESIONS]; /* of each lesion, in order of id */
    /* Of the lesion at a place, bit n: some length is n bits long, 0 being for missing and zero. */
    uint64_t lengths[MOST_LESIONS];
    uint8_t row_lesion[MOST_ROWS]; /* the lesion of each row, by order of appearance */
};

/* One of 64 marks, the same for all spellings of a label. Labels mostly end in a number. */
static uint64_t mark_of(struct recist_slice label)
{
    unsigned last = (unsigned char)label.text[label.length - 1];
    unsigned digit = last >= '0' && last <= '9' ? last - '/' : 0;
    return UINT64_C(1) << ((digit + label.length * 11) & 63);
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
    bool later = plain->series->visit_count > 1;
    if (!plain->builder->may_begin[later][row->role] || plain->lesion_count == MOST_LESIONS ||
        row->lesion.length == 0 || (later && may_be_compound(row->lesion))) {
        return false;
    }
    plain->lengths[plain->lesion_count] = 0;
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

/* The rows from `row` on of which the reader knows visit and lesion; gives where they end. */
static inline size_t pass_known_rows(struct plain_patient *plain, size_t row,
                                     const struct recist_reading_more *more)
{
    const struct recist_reading *rows = plain->rows;
    for (size_t count = plain->row_count; row < count && rows[row].same_visit; row++) {
        size_t like = rows[row].like;
        if (like == 0 || rows[row].more != more) {
            break;
        }
        plain->row_lesion[row] = plain->row_lesion[row - like];
    }
    return row;
}

/* The first pass. */
static bool find_visits_and_lesions(struct plain_patient *plain)
{
    const struct recist_reading *rows = plain->rows;
    for (size_t i = 0; i < plain->row_count; i = pass_known_rows(plain, i + 1, rows[0].more)) {
        if ((!rows[i].same_visit || i == 0) && !find_visit(plain, &rows[i])) {
            return false;
        }
        if (rows[i].like > 0) {
            plain->row_lesion[i] = plain->row_lesion[i - rows[i].like];
        } else if (!find_lesion(plain, i)) {
            return false;
        }
        if (rows[i].more != rows[0].more && !same_series(&rows[i], rows)) {
            return false;
        }
    }
    return true;
}

/* Puts the lesions in order of id; false when two have the same. */
static bool order_lesions(const struct plain_patient *plain, uint8_t order[static MOST_LESIONS])
{
    const struct plain_lesion *lesions = plain->lesions;
    for (size_t i = 0; i < plain->lesion_count; i++) {
        size_t to = i;
        for (; to > 0 && lesions[order[to - 1]].key >= lesions[i].key; to--) {
            const struct plain_lesion *before = &lesions[order[to - 1]];
            int difference = before->key > lesions[i].key
                                 ? 1
                                 : recist_spelling_order(before->first->lesion,
                                                         lesions[i].first->lesion);
            if (difference <= 0) {
                if (difference == 0) {
                    return false;
                }
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

/* The bit of a length that is so many bits long, in `lengths`. A missing one is gone when it is doubled. */
static inline uint64_t bit_of_length(int64_t length)
{
    _Static_assert((uint64_t)RECIST_MISSING << 1 == 0, "a missing length has one bit");
    return UINT64_C(1) << (63 ^ __builtin_clzll((uint64_t)length << 1 | 1));
}

static void observe_gaps(struct recist_observation *observations, uint64_t missing)
{
    for (; missing != 0; missing &= missing - 1) {
        recist_observe_nothing(&observations[__builtin_ctzll(missing)]);
    }
}

/* What is known of a visit once its rows are observed. */
struct observed_visit {
    uint64_t seen;   /* bit: place of a lesion */
    unsigned blank;  /* rows without number or status */
    unsigned traits; /* of all statuses */
};

/* Without jumps and calls, as this is done for every row. */
static inline struct observed_visit observe_rows(struct plain_patient *plain,
                                                 const struct recist_reading *row,
                                                 const struct recist_reading *end,
                                                 struct recist_observation *observations)
{
    const struct recist_study_builder *builder = plain->builder;
    const uint8_t *lesion = plain->row_lesion + (row - plain->rows);
    struct observed_visit visit = {.seen = 0};
    for (; row < end; row++, lesion++) {
        size_t place = plain->place[*lesion];
        int64_t length = recist_reading_length(row->axis);
        bool measured = length != RECIST_MISSING;
        uint8_t status = row->status;
        uint8_t traits = builder->status_traits[status];
        plain->lengths[place] |= bit_of_length(length);
        recist_observe_as(&observations[place], row, row->date, measured, status, traits);
        visit.blank += (status | (unsigned)measured) == 0;
        visit.traits |= traits;
        visit.seen |= UINT64_C(1) << place;
    }
    return visit;
}

/* Observes again what has neither a number nor a status; gives the traits of what that means. */
static unsigned observe_blanks(struct plain_patient *plain,
                               struct recist_observation *observations)
{
    unsigned traits = 0;
    for (size_t i = 0; i < plain->lesion_count; i++) {
        const struct recist_reading *row = observations[i].reading;
        if (row && !observations[i].measured && row->status == RECIST_STATUS_BLANK) {
            traits |= recist_observe(plain->builder, &observations[i], row, row->date);
        }
    }
    return traits;
}

/* The rows of a visit are those up to `end`. False when a lesion is there twice, or a status has
 * consequences for other visits or lesions. */
static bool observe_visit(struct plain_patient *plain, const struct recist_visit *visit,
                          const struct recist_reading *end,
                          struct recist_observation *observations)
{
    uint64_t all = ~UINT64_C(0) >> (MOST_LESIONS - plain->lesion_count);
    size_t row_count = (size_t)(end - visit->reading);
    struct observed_visit found = observe_rows(plain, visit->reading, end, observations);
    if (found.seen != all || row_count != plain->lesion_count) {
        if (row_count != (size_t)__builtin_popcountll(found.seen)) {
            return false;
        }
        observe_gaps(observations, all & ~found.seen);
    }
    if (found.blank > 0) {
        found.traits |= observe_blanks(plain, observations);
    }
    return (found.traits & (RECIST_LASTING | RECIST_MERGED)) == 0;
}

/* The second pass. */
static bool observe_visits(struct plain_patient *plain)
{
    struct recist_series *series = plain->series;
    size_t count = series->visit_count * series->lesion_count;
    series->observations =
        recist_arena_take(&plain->builder->arena, count * sizeof *series->observations);
    struct recist_observation *observations = series->observations;
    const struct recist_visit *visit = series->visits;
    for (size_t left = observations ? series->visit_count : 0; left > 0; left--, visit++) {
        const struct recist_reading *end =
            left > 1 ? visit[1].reading : plain->rows + plain->row_count;
        if (!observe_visit(plain, visit, end, observations)) {
            return false;
        }
        observations += series->lesion_count;
    }
    return observations != NULL;
}

/* Whether one length of some lesion may be eight times another: three bits longer. */
static bool lengths_vary(const struct plain_patient *plain)
{
    for (size_t i = 0; i < plain->lesion_count; i++) {
        uint64_t lengths = plain->lengths[i] & ~UINT64_C(1);
        if (lengths >> 3 >= (lengths & -lengths) && lengths != 0) {
            return true;
        }
    }
    return false;
}

static bool baseline_is_small(const struct recist_series *series)
{
    for (size_t i = 0; i < series->lesion_count; i++) {
        if (!recist_length_is_small(recist_observed_length(&series->observations[i]))) {
            return false;
        }
    }
    return true;
}

/* Nothing else is reported of a plain patient, so that the findings are in order. */
static void check_lengths(struct plain_patient *plain)
{
    if (plain->builder->trusting || (!lengths_vary(plain) && !baseline_is_small(plain->series))) {
        return;
    }
    struct recist_series_draft draft = {.builder = plain->builder, .series = plain->series};
    if (!recist_lengths_check(&draft)) {
        plain->builder->failed = true;
    }
}

static bool begin_series(struct plain_patient *plain)
{
    const struct recist_reading_more *more = recist_reading_more(plain->rows);
    struct recist_series *series = &plain->builder->plain_series;
    series->course = more->course;
    series->reader = more->reader;
    series->visit_count = 0;
    series->visits =
        recist_arena_take(&plain->builder->arena, plain->row_count * sizeof *series->visits);
    plain->series = series;
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
        !begin_series(&plain) || !find_visits_and_lesions(&plain) || plain.series->visit_count < 2 ||
        !describe_lesions(&plain) || !observe_visits(&plain)) {
        return false;
    }
    check_lengths(&plain);
    builder->patient.series = plain.series;
    builder->patient.series_count = 1;
    return true;
}
