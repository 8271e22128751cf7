/* SPDX-License-Identifier: MIT
 * A plain patient is built in a short way (src/study/plain_patient.c). Here generated patients of
 * all kinds are built in it and in the long way: the study and the findings are the same. */
#include "study_rows.h"

#include "study/series_draft.h"

/* Numbers for made-up patients: the same from the same seed. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* A row before it is written as text. */
struct made_row {
    char fields[FIELD_COUNT][24];
    int visit; /* number of the visit that it was made for */
};
struct made_patient {
    struct made_row rows[MOST_ROWS];
    int count;
    int visits;
    uint64_t state;
};

static const char *const ids[] = {"T1", "T10", "L-upper-1", "L-upper-2", "NT1", "x", "t1"};
static const char *const sites[] = {"right lung", "axilla", "", "Liver", "left lung", "bone", "x"};
#define ID_COUNT ((int)(sizeof ids / sizeof *ids))

static struct made_row *add_row(struct made_patient *made, int visit, const char *lesion,
                                const char *role)
{
    struct made_row *row = &made->rows[made->count++];
    *row = (struct made_row){.visit = visit};
    snprintf(row->fields[FIELD_DATE], 24, "2024-%02d-10", visit + 1);
    snprintf(row->fields[FIELD_VISIT], 24, "V%d", visit);
    snprintf(row->fields[FIELD_LESION], 24, "%s", lesion);
    snprintf(row->fields[FIELD_ROLE], 24, "%s", role);
    return row;
}

static void set_length(struct made_row *row, enum field field, uint32_t tenths)
{
    snprintf(row->fields[field], 24, "%u.%u", tenths / 10, tenths % 10);
}

/* A patient of two to seven visits with nothing unusual. */
static void make_plain(struct made_patient *made)
{
    uint64_t *state = &made->state;
    int lesions = 2 + (int)(next_random(state) % (ID_COUNT - 1));
    made->count = 0;
    made->visits = 2 + (int)(next_random(state) % 6);
    for (int visit = 0; visit < made->visits; visit++) {
        for (int i = 0; i < lesions; i++) {
            if (visit > 0 && i > 0 && next_random(state) % 9 == 0) {
                continue;
            }
            bool target = i % 3 != 2;
            struct made_row *row = add_row(made, visit, ids[i], target ? "target" : "non-target");
            snprintf(row->fields[FIELD_SITE], 24, "%s", sites[i]);
            if (!target) {
                snprintf(row->fields[FIELD_STATUS], 24, "%s",
                         next_random(state) % 4 ? "present" : "not evaluable");
            } else if (next_random(state) % 6 == 0) {
                snprintf(row->fields[FIELD_STATUS], 24, "%s",
                         next_random(state) % 2 ? "absent" : "too small");
            } else {
                set_length(row, FIELD_DIAMETER, 150 + next_random(state) % 600);
            }
        }
        if (visit > 1) {
            add_row(made, visit, "N1", "new");
        }
    }
}

/* Some row of a visit after the baseline, if there is one. */
static struct made_row *row_after(struct made_patient *made)
{
    int i = 0;
    for (int tries = 0; tries < 50 && made->rows[i].visit == 0; tries++) {
        i = (int)(next_random(&made->state) % (uint32_t)made->count);
    }
    return &made->rows[i];
}

static struct made_row *row_before(struct made_patient *made)
{
    return &made->rows[0];
}

static struct made_row *any_row(struct made_patient *made)
{
    return next_random(&made->state) % 3 ? row_after(made) : row_before(made);
}

static void put(struct made_row *row, enum field field, const char *text)
{
    snprintf(row->fields[field], sizeof row->fields[field], "%s", text);
}

static void put_everywhere(struct made_patient *made, enum field field, const char *text)
{
    for (int i = 0; i < made->count; i++) {
        put(&made->rows[i], field, text);
    }
}

static void put_in_visit(struct made_patient *made, int visit, enum field field, const char *text)
{
    for (int i = 0; i < made->count; i++) {
        if (made->rows[i].visit == visit) {
            put(&made->rows[i], field, text);
        }
    }
}

static void swap(struct made_patient *made, int one, int other)
{
    struct made_row kept = made->rows[one];
    made->rows[one] = made->rows[other];
    made->rows[other] = kept;
}

static void without_labels(struct made_patient *made)
{
    put_everywhere(made, FIELD_VISIT, "");
}

static void some_visit_without_label(struct made_patient *made)
{
    put_in_visit(made, made->visits - 1, FIELD_VISIT, "");
}

static void some_row_without_label(struct made_patient *made)
{
    put(any_row(made), FIELD_VISIT, "");
}

static void label_in_another_case(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    row->fields[FIELD_VISIT][0] = 'v';
}

static void label_comes_back(struct made_patient *made)
{
    put_in_visit(made, made->visits - 1, FIELD_VISIT, next_random(&made->state) % 2 ? "V0" : "v0");
}

static void two_days_in_a_visit(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    snprintf(row->fields[FIELD_DATE], 24, "2024-%02d-%02u", row->visit + 1,
             6 + next_random(&made->state) % 9);
}

static void days_far_apart(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    snprintf(row->fields[FIELD_DATE], 24, "2024-%02d-26", row->visit + 1);
}

static void a_day_of_another_visit(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    snprintf(row->fields[FIELD_DATE], 24, "2024-%02d-10", (row->visit + 1) % made->visits + 1);
}

/* The last two visits stand a few days apart, and a row of the later before the earlier. */
static void visits_close_together(struct made_patient *made)
{
    char day[24];
    bool moved = false;
    snprintf(day, sizeof day, "2024-%02d-13", made->visits - 1);
    put_in_visit(made, made->visits - 1, FIELD_DATE, day);
    snprintf(day, sizeof day, "2024-%02d-%s", made->visits - 1,
             next_random(&made->state) % 2 ? "11" : "09");
    for (int i = made->count - 1; i >= 0 && !moved; i--) {
        if (made->rows[i].visit == made->visits - 1 && next_random(&made->state) % 2) {
            put(&made->rows[i], FIELD_DATE, day);
            moved = true;
        }
    }
}

static void partial_date(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    row->fields[FIELD_DATE][7] = '\0';
}

static void visits_on_one_day(struct made_patient *made)
{
    put_in_visit(made, made->visits - 1, FIELD_DATE, "2024-01-10");
}

static void visits_out_of_order(struct made_patient *made)
{
    put_in_visit(made, made->visits - 1, FIELD_DATE, "2023-12-01");
}

static void two_rows_change_places(struct made_patient *made)
{
    swap(made, (int)(next_random(&made->state) % (uint32_t)made->count),
         (int)(next_random(&made->state) % (uint32_t)made->count));
}

static void rows_of_a_visit_in_another_order(struct made_patient *made)
{
    for (int i = 1; i < made->count; i++) {
        if (made->rows[i].visit == made->rows[i - 1].visit && next_random(&made->state) % 2) {
            swap(made, i, i - 1);
        }
    }
}

static void rows_by_lesion(struct made_patient *made)
{
    for (int i = 1; i < made->count; i++) {
        for (int k = i; k > 0 && strcmp(made->rows[k].fields[FIELD_LESION],
                                        made->rows[k - 1].fields[FIELD_LESION]) < 0;
             k--) {
            swap(made, k, k - 1);
        }
    }
}

static void repeat_row(struct made_patient *made, struct made_row *row)
{
    int at = (int)(row - made->rows);
    memmove(row + 1, row, (size_t)(made->count - at) * sizeof *row);
    made->count++;
}

static void lesion_twice_after_baseline(struct made_patient *made)
{
    repeat_row(made, row_after(made));
}

static void lesion_twice_at_baseline(struct made_patient *made)
{
    repeat_row(made, row_before(made));
}

static void lesion_twice_for_another(struct made_patient *made)
{
    struct made_row *row = row_after(made);
    if (row > made->rows && row[-1].visit == row->visit) {
        put(row, FIELD_LESION, row[-1].fields[FIELD_LESION]);
    }
}

static void role_changes(struct made_patient *made)
{
    put(row_after(made), FIELD_ROLE, "cyst");
}

static void site_changes(struct made_patient *made)
{
    put(row_after(made), FIELD_SITE, "spleen");
}

static void site_in_another_case(struct made_patient *made)
{
    struct made_row *row = row_after(made);
    row->fields[FIELD_SITE][0] = (char)(row->fields[FIELD_SITE][0] & ~0x20);
}

static void site_left_out(struct made_patient *made)
{
    put(row_after(made), FIELD_SITE, "");
}

static void site_later_only(struct made_patient *made)
{
    put(row_before(made), FIELD_SITE, "");
}

static void nodes_from_the_first(struct made_patient *made)
{
    put_everywhere(made, FIELD_NODAL, next_random(&made->state) % 2 ? "yes" : "no");
}

static void node_at_baseline_only(struct made_patient *made)
{
    put(row_before(made), FIELD_NODAL, "yes");
}

static void node_later_only(struct made_patient *made)
{
    put(row_after(made), FIELD_NODAL, "yes");
}

static void node_changes(struct made_patient *made)
{
    put_everywhere(made, FIELD_NODAL, "no");
    put(row_after(made), FIELD_NODAL, "yes");
}

static void target_after_baseline(struct made_patient *made)
{
    put(add_row(made, made->visits - 1, "T7", "target"), FIELD_DIAMETER, "20");
}

static void new_at_baseline(struct made_patient *made)
{
    repeat_row(made, row_before(made));
    put(row_before(made), FIELD_LESION, "N0");
    put(row_before(made), FIELD_ROLE, "new");
}

static void cyst_after_baseline(struct made_patient *made)
{
    add_row(made, made->visits - 1, "C1", "cyst");
}

static void part(struct made_patient *made)
{
    put(row_after(made), FIELD_LESION, "T1.1");
}

static void merged(struct made_patient *made)
{
    put(row_after(made), FIELD_LESION, "T1+T10");
}

static void points_and_signs_at_baseline(struct made_patient *made)
{
    for (int i = 0; i < made->count; i++) {
        if (strcmp(made->rows[i].fields[FIELD_LESION], "T1") == 0) {
            put(&made->rows[i], FIELD_LESION, "T1.1");
        } else if (strcmp(made->rows[i].fields[FIELD_LESION], "T10") == 0) {
            put(&made->rows[i], FIELD_LESION, "a+b");
        }
    }
}

static void put_status(struct made_row *row, const char *status)
{
    put(row, FIELD_STATUS, status);
    put(row, FIELD_DIAMETER, "");
}

static void status_merged(struct made_patient *made)
{
    put_status(row_after(made), "merged");
}

static void status_lasting(struct made_patient *made)
{
    put_status(any_row(made), "resected");
}

static void lasting_when_blank(struct made_patient *made)
{
    add_row(made, made->visits - 1, "A1", "ablation");
}

static void no_lesion(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    put_status(row, "");
    put(row, FIELD_ROLE, "none");
    put(row, FIELD_LESION, "");
}

static void no_lesion_at_a_visit(struct made_patient *made)
{
    add_row(made, made->visits, "", "none");
}

static void of_patient(struct made_patient *made)
{
    static const char *const words[] = {"steroids", "CA.125", "bone"};
    struct made_row *row = any_row(made);
    repeat_row(made, row);
    put_status(row, "");
    put(row, FIELD_LESION, "");
    put(row, FIELD_ROLE, words[next_random(&made->state) % 3]);
}

static void all_in_centimetres(struct made_patient *made)
{
    for (int i = 0; i < made->count; i++) {
        if (made->rows[i].fields[FIELD_DIAMETER][0] != '\0') {
            set_length(&made->rows[i], FIELD_DIAMETER, 15 + next_random(&made->state) % 40);
        }
    }
}

static void one_length_a_tenth(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    if (row->fields[FIELD_DIAMETER][0] != '\0') {
        set_length(row, FIELD_DIAMETER, 15 + next_random(&made->state) % 60);
    }
}

static void one_length_large(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    set_length(row, FIELD_DIAMETER, 2000 + next_random(&made->state) % 4000);
}

/* Lengths at which one is just eight times another, or just not. */
static void lengths_at_the_limit(struct made_patient *made)
{
    for (int i = 0; i < made->count; i++) {
        if (made->rows[i].fields[FIELD_DIAMETER][0] != '\0') {
            set_length(&made->rows[i], FIELD_DIAMETER,
                       next_random(&made->state) % 2 ? 799 + next_random(&made->state) % 3 : 100);
        }
    }
}

static void lengths_of_zero(struct made_patient *made)
{
    put(any_row(made), FIELD_DIAMETER, "0");
    put(any_row(made), FIELD_DIAMETER, "0.000001");
}

static void other_axes(struct made_patient *made)
{
    for (int i = 0; i < made->count; i++) {
        struct made_row *row = &made->rows[i];
        if (row->fields[FIELD_DIAMETER][0] != '\0' && next_random(&made->state) % 2) {
            put(row, FIELD_LONG_AXIS, row->fields[FIELD_DIAMETER]);
            set_length(row, FIELD_SHORT_AXIS, 20 + next_random(&made->state) % 200);
            put(row, FIELD_DIAMETER, next_random(&made->state) % 4 ? "" : "33");
        } else if (row->fields[FIELD_DIAMETER][0] != '\0' && next_random(&made->state) % 2) {
            put(row, FIELD_SHORT_AXIS, row->fields[FIELD_DIAMETER]);
            put(row, FIELD_DIAMETER, "");
        }
    }
}

static void blank_rows(struct made_patient *made)
{
    put_status(any_row(made), "");
    put_status(any_row(made), "");
}

static void number_and_status(struct made_patient *made)
{
    struct made_row *row = any_row(made);
    put(row, FIELD_DIAMETER, "12");
    put(row, FIELD_STATUS, strcmp(row->fields[FIELD_ROLE], "target") == 0 ? "too small" : "");
}

static void further_numbers(struct made_patient *made)
{
    for (int i = 0; i < made->count; i++) {
        if (next_random(&made->state) % 2) {
            put(&made->rows[i], next_random(&made->state) % 2 ? FIELD_UPTAKE : FIELD_INJECTED, "1");
        }
        if (strcmp(made->rows[i].fields[FIELD_ROLE], "new") == 0) {
            put(&made->rows[i], FIELD_UPTAKE, "3.5");
        }
    }
}

static void one_reader(struct made_patient *made)
{
    put_everywhere(made, FIELD_READER, "A");
    put_everywhere(made, FIELD_COURSE, "c 2");
}

static void two_readers(struct made_patient *made)
{
    one_reader(made);
    put(any_row(made), FIELD_READER, "B");
}

static void two_courses(struct made_patient *made)
{
    put(any_row(made), FIELD_COURSE, "2");
}

static void treated_before(struct made_patient *made)
{
    put(row_before(made), FIELD_PRIOR_THERAPY, "radiation; progressed");
    put(row_after(made), FIELD_PRIOR_THERAPY, "surgery");
}

static void one_visit(struct made_patient *made)
{
    while (made->rows[made->count - 1].visit > 0) {
        made->count--;
    }
}

static void many_lesions(struct made_patient *made)
{
    char id[24];
    int more = 60 + (int)(next_random(&made->state) % 8);
    made->count = 0;
    for (int i = 0; i < more; i++) {
        snprintf(id, sizeof id, "lesion %d", i);
        put(add_row(made, 0, id, "target"), FIELD_DIAMETER, "20");
    }
    for (int i = 0; i < more; i++) {
        snprintf(id, sizeof id, "lesion %d", i);
        put(add_row(made, 1, id, "target"), FIELD_DIAMETER, "20");
    }
}

static void only_non_targets(struct made_patient *made)
{
    for (int i = 0; i < made->count; i++) {
        if (strcmp(made->rows[i].fields[FIELD_ROLE], "target") == 0) {
            put(&made->rows[i], FIELD_ROLE, "non-target");
            put_status(&made->rows[i], "present");
        }
    }
}

/* What can be unusual, and whether such a patient can still be a plain one. */
enum expectation { NEVER_PLAIN, SOMETIMES_PLAIN, ALWAYS_PLAIN };
static const struct oddity {
    const char *name;
    void (*make)(struct made_patient *made);
    enum expectation expected;
} oddities[] = {
#define ODDITY(function, expected) {#function, function, expected}
    ODDITY(without_labels, ALWAYS_PLAIN),
    ODDITY(some_visit_without_label, NEVER_PLAIN),
    ODDITY(some_row_without_label, NEVER_PLAIN),
    ODDITY(label_in_another_case, SOMETIMES_PLAIN),
    ODDITY(label_comes_back, NEVER_PLAIN),
    ODDITY(two_days_in_a_visit, ALWAYS_PLAIN),
    ODDITY(days_far_apart, SOMETIMES_PLAIN),
    ODDITY(a_day_of_another_visit, NEVER_PLAIN),
    ODDITY(visits_close_together, SOMETIMES_PLAIN),
    ODDITY(partial_date, NEVER_PLAIN),
    ODDITY(visits_on_one_day, NEVER_PLAIN),
    ODDITY(visits_out_of_order, NEVER_PLAIN),
    ODDITY(two_rows_change_places, SOMETIMES_PLAIN),
    ODDITY(rows_of_a_visit_in_another_order, ALWAYS_PLAIN),
    ODDITY(rows_by_lesion, NEVER_PLAIN),
    ODDITY(lesion_twice_after_baseline, NEVER_PLAIN),
    ODDITY(lesion_twice_at_baseline, NEVER_PLAIN),
    ODDITY(lesion_twice_for_another, SOMETIMES_PLAIN),
    ODDITY(role_changes, SOMETIMES_PLAIN),
    ODDITY(site_changes, SOMETIMES_PLAIN),
    ODDITY(site_in_another_case, ALWAYS_PLAIN),
    ODDITY(site_left_out, ALWAYS_PLAIN),
    ODDITY(site_later_only, NEVER_PLAIN),
    ODDITY(nodes_from_the_first, ALWAYS_PLAIN),
    ODDITY(node_at_baseline_only, ALWAYS_PLAIN),
    ODDITY(node_later_only, SOMETIMES_PLAIN),
    ODDITY(node_changes, SOMETIMES_PLAIN),
    ODDITY(target_after_baseline, NEVER_PLAIN),
    ODDITY(new_at_baseline, NEVER_PLAIN),
    ODDITY(cyst_after_baseline, ALWAYS_PLAIN),
    ODDITY(part, NEVER_PLAIN),
    ODDITY(merged, NEVER_PLAIN),
    ODDITY(points_and_signs_at_baseline, ALWAYS_PLAIN),
    ODDITY(status_merged, NEVER_PLAIN),
    ODDITY(status_lasting, NEVER_PLAIN),
    ODDITY(lasting_when_blank, NEVER_PLAIN),
    ODDITY(no_lesion, NEVER_PLAIN),
    ODDITY(no_lesion_at_a_visit, NEVER_PLAIN),
    ODDITY(of_patient, NEVER_PLAIN),
    ODDITY(all_in_centimetres, ALWAYS_PLAIN),
    ODDITY(one_length_a_tenth, ALWAYS_PLAIN),
    ODDITY(one_length_large, ALWAYS_PLAIN),
    ODDITY(lengths_at_the_limit, ALWAYS_PLAIN),
    ODDITY(lengths_of_zero, ALWAYS_PLAIN),
    ODDITY(other_axes, ALWAYS_PLAIN),
    ODDITY(blank_rows, ALWAYS_PLAIN),
    ODDITY(number_and_status, ALWAYS_PLAIN),
    ODDITY(further_numbers, ALWAYS_PLAIN),
    ODDITY(one_reader, ALWAYS_PLAIN),
    ODDITY(two_readers, NEVER_PLAIN),
    ODDITY(two_courses, NEVER_PLAIN),
    ODDITY(treated_before, ALWAYS_PLAIN),
    ODDITY(one_visit, NEVER_PLAIN),
    ODDITY(many_lesions, SOMETIMES_PLAIN),
    ODDITY(only_non_targets, ALWAYS_PLAIN),
};
#define ODDITY_COUNT ((uint32_t)(sizeof oddities / sizeof *oddities))

static bool same_text(struct recist_slice one, struct recist_slice other)
{
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.text, other.text, one.length) == 0);
}

static bool keep_alike(const struct recist_reading *one, const struct recist_reading *other)
{
    const struct recist_reading_more *more = recist_reading_more(one);
    const struct recist_reading_more *of_other = recist_reading_more(other);
    return same_text(one->lesion, other->lesion) && same_text(one->site, other->site) &&
           one->role == other->role && one->nodal == other->nodal &&
           same_text(more->kind, of_other->kind) && same_text(more->method, of_other->method) &&
           same_text(more->prior_therapy, of_other->prior_therapy);
}

/* What the reader may know of other rows, and need not. */
static void give_hints(struct rows *rows, uint64_t *state)
{
    uint32_t often = next_random(state) % 5; /* 0: never, 4: always */
    rows->readings[0].same_visit = often > 0; /* with nothing before it, this means nothing */
    for (size_t i = 1; i < rows->count; i++) {
        struct recist_reading *row = &rows->readings[i];
        row->same_visit = same_text(row->visit, row[-1].visit) && row->date == row[-1].date &&
                          row->date_precision == row[-1].date_precision &&
                          next_random(state) % 4 < often;
        for (size_t back = 1; back <= i && row->like == 0; back++) {
            if (keep_alike(row, row - back) && next_random(state) % 4 < often) {
                row->like = (uint16_t)back;
            }
        }
    }
}

/* Kinds and methods have no field in a line. */
static void give_more(struct rows *rows, uint64_t *state)
{
    uint32_t what = next_random(state) % 4;
    for (size_t i = 0; i < rows->count; i++) {
        const struct recist_reading_more *more = recist_reading_more(&rows->readings[i]);
        if (what == 0 && more->reader.length + more->course.length + more->prior_therapy.length == 0) {
            rows->readings[i].more = NULL;
        } else if (what == 1 && next_random(state) % 8 == 0) {
            rows->more[i].kind = slice(next_random(state) % 2 ? "node" : "cystic");
            rows->more[i].method = slice("CT");
            rows->more[i].slice_thickness = 5 * RECIST_MILLIMETRE;
        }
    }
}

static char *text_of(const struct made_patient *made)
{
    struct recist_text text;
    recist_text_init(&text);
    for (int i = 0; i < made->count; i++) {
        for (int field = 0; field < FIELD_COUNT; field++) {
            recist_text_append_string(&text, made->rows[i].fields[field]);
            recist_text_append_char(&text, field + 1 < FIELD_COUNT ? ',' : '\n');
        }
    }
    recist_text_append_char(&text, '\0');
    return text.bytes;
}

static void assert_same_lesion(const struct recist_lesion *one, const struct recist_lesion *other,
                               const char *rows)
{
    ck_assert_msg(same_text(one->id, other->id), "id\n%s", rows);
    ck_assert_msg(same_text(one->site, other->site), "site\n%s", rows);
    ck_assert_msg(same_text(one->organ, other->organ), "organ\n%s", rows);
    ck_assert_msg(same_text(one->method, other->method), "method\n%s", rows);
    ck_assert_msg(same_text(one->kind, other->kind), "kind\n%s", rows);
    ck_assert_msg(one->slice_thickness == other->slice_thickness, "slice\n%s", rows);
    ck_assert_msg(one->role == other->role, "role\n%s", rows);
    ck_assert_msg(one->nodal == other->nodal, "nodal\n%s", rows);
    ck_assert_msg(one->prior_therapy == other->prior_therapy, "therapy\n%s", rows);
    ck_assert_msg(one->progressed_since == other->progressed_since, "progressed\n%s", rows);
}

static void assert_same_visit(const struct recist_visit *one, const struct recist_visit *other,
                              const char *rows)
{
    ck_assert_msg(same_text(one->label, other->label), "label\n%s", rows);
    ck_assert_msg(one->first_date == other->first_date, "first date\n%s", rows);
    ck_assert_msg(one->last_date == other->last_date, "last date\n%s", rows);
    ck_assert_msg(one->partial_date == other->partial_date, "partial date\n%s", rows);
    ck_assert_msg(one->imaged == other->imaged, "imaged\n%s", rows);
    ck_assert_msg(one->reading == other->reading, "row of visit\n%s", rows);
}

static void assert_same_observation(const struct recist_observation *one,
                                    const struct recist_observation *other, const char *rows)
{
    ck_assert_msg(memcmp(one->axis, other->axis, sizeof one->axis) == 0, "axis\n%s", rows);
    ck_assert_msg(memcmp(one->largest, other->largest, sizeof one->largest) == 0, "largest\n%s",
                  rows);
    /* Of a lesion in parts both are made anew. */
    ck_assert_msg(one->reading == other->reading ||
                      (one->reading && other->reading && one->parts > 1 &&
                       one->reading->line == other->reading->line),
                  "row\n%s", rows);
    ck_assert_msg((one->product_of_parts == NULL) == (other->product_of_parts == NULL),
                  "product\n%s", rows);
    ck_assert_msg(!one->product_of_parts || *one->product_of_parts == *other->product_of_parts,
                  "product\n%s", rows);
    ck_assert_msg(one->date == other->date, "date\n%s", rows);
    ck_assert_msg(one->parts == other->parts, "parts\n%s", rows);
    ck_assert_msg(one->status == other->status, "status\n%s", rows);
    ck_assert_msg(one->evaluated == other->evaluated, "evaluated\n%s", rows);
    ck_assert_msg(one->measured == other->measured, "measured\n%s", rows);
    ck_assert_msg(one->mass == other->mass, "mass\n%s", rows);
}

static void assert_same_series(const struct recist_series *one, const struct recist_series *other,
                               const char *rows)
{
    ck_assert_msg(same_text(one->course, other->course), "course\n%s", rows);
    ck_assert_msg(same_text(one->reader, other->reader), "reader\n%s", rows);
    ck_assert_msg(one->has_start == other->has_start && one->start == other->start &&
                      one->facts == other->facts &&
                      one->without_baseline == other->without_baseline,
                  "course\n%s", rows);
    ck_assert_msg(one->lesion_count == other->lesion_count, "lesions\n%s", rows);
    ck_assert_msg(one->visit_count == other->visit_count, "visits\n%s", rows);
    for (size_t i = 0; i < one->lesion_count; i++) {
        assert_same_lesion(&one->lesions[i], &other->lesions[i], rows);
    }
    for (size_t i = 0; i < one->visit_count; i++) {
        assert_same_visit(&one->visits[i], &other->visits[i], rows);
    }
    for (size_t i = 0; i < one->visit_count * one->lesion_count; i++) {
        assert_same_observation(&one->observations[i], &other->observations[i], rows);
    }
}

static void assert_same_findings(const struct recist_findings *one,
                                 const struct recist_findings *other, const char *rows)
{
    ck_assert_msg(recist_findings_count(one) == recist_findings_count(other),
                  "%zu and %zu findings\n%s", recist_findings_count(one),
                  recist_findings_count(other), rows);
    for (size_t i = 0; i < recist_findings_count(one); i++) {
        const struct recist_finding *a = recist_findings_at(one, i);
        const struct recist_finding *b = recist_findings_at(other, i);
        ck_assert_msg(a->kind == b->kind && a->place.line == b->place.line &&
                          a->place.column == b->place.column &&
                          same_text(a->message, b->message) && same_text(a->patient, b->patient) &&
                          same_text(a->visit, b->visit) && same_text(a->lesion, b->lesion),
                      "finding %zu: %s and %s\n%s", i, a->kind->code, b->kind->code, rows);
    }
}

/* What builds in both ways. */
struct builders {
    struct recist_study_builder *usual;
    struct recist_study_builder *in_the_long_way;
};

static struct builders make_builders(void)
{
    struct builders builders = {make_builder(), make_builder()};
    recist_study_builder_go_long_way(builders.in_the_long_way);
    return builders;
}

static void destroy_builders(struct builders *builders)
{
    recist_study_builder_destroy(builders->usual);
    recist_study_builder_destroy(builders->in_the_long_way);
}

/* Builds the rows in both ways; gives whether the patient was a plain one. */
static bool compare_ways(struct builders *builders, const struct rows *rows, const char *text,
                         size_t *finding_count)
{
    struct recist_findings *findings[2] = {recist_findings_create(), recist_findings_create()};
    const struct recist_patient *patients[2] = {NULL, NULL};
    enum recist_outcome outcomes[2] = {
        build(builders->usual, rows, findings[0], &patients[0]),
        build(builders->in_the_long_way, rows, findings[1], &patients[1])};
    ck_assert_int_eq(outcomes[0], outcomes[1]);
    ck_assert(!builders->in_the_long_way->was_plain);
    assert_same_findings(findings[0], findings[1], text);
    ck_assert(same_text(patients[0]->id, patients[1]->id));
    ck_assert_uint_eq(patients[0]->series_count, patients[1]->series_count);
    for (size_t i = 0; i < patients[0]->series_count; i++) {
        assert_same_series(&patients[0]->series[i], &patients[1]->series[i], text);
    }
    *finding_count = recist_findings_count(findings[0]);
    recist_findings_destroy(findings[0]);
    recist_findings_destroy(findings[1]);
    return builders->usual->was_plain;
}

/* What became of patients. */
struct tally {
    size_t plain;
    size_t not_plain;
    size_t plain_with_findings;
};

static void compare_patient(struct builders *builders, struct made_patient *made, bool with_more,
                            struct tally *tally)
{
    static struct rows rows;
    size_t findings = 0;
    char *text = text_of(made);
    read_rows(text, &rows);
    if (with_more) {
        give_more(&rows, &made->state);
    }
    give_hints(&rows, &made->state);
    bool plain = compare_ways(builders, &rows, text, &findings);
    tally->plain += plain;
    tally->not_plain += !plain;
    tally->plain_with_findings += plain && findings > 0;
    free(text);
}

START_TEST(a_patient_with_one_oddity)
{
    const struct oddity *oddity = &oddities[_i];
    struct builders builders = make_builders();
    struct tally tally = {.plain = 0};
    struct made_patient made = {.state = 7 + (uint64_t)_i};
    for (int i = 0; i < 200; i++) {
        make_plain(&made);
        oddity->make(&made);
        compare_patient(&builders, &made, false, &tally);
    }
    ck_assert_msg(oddity->expected == NEVER_PLAIN || tally.plain > 0, "%s: none was plain",
                  oddity->name);
    ck_assert_msg(oddity->expected == ALWAYS_PLAIN || tally.not_plain > 0, "%s: all were plain",
                  oddity->name);
    ck_assert_msg(oddity->expected != NEVER_PLAIN || tally.plain == 0, "%s: %zu were plain",
                  oddity->name, tally.plain);
    ck_assert_msg(oddity->expected != ALWAYS_PLAIN || tally.not_plain == 0, "%s: %zu were not",
                  oddity->name, tally.not_plain);
    destroy_builders(&builders);
}
END_TEST

START_TEST(patients_of_all_kinds)
{
    struct builders builders = make_builders();
    struct tally tally = {.plain = 0};
    struct made_patient made = {.state = 20240401 + (uint64_t)_i};
    if (_i % 2) {
        recist_study_builder_trust(builders.usual);
        recist_study_builder_trust(builders.in_the_long_way);
    }
    for (int i = 0; i < 1500; i++) {
        make_plain(&made);
        for (uint32_t count = next_random(&made.state) % 4; count > 0; count--) {
            oddities[next_random(&made.state) % ODDITY_COUNT].make(&made);
        }
        compare_patient(&builders, &made, true, &tally);
    }
    ck_assert_uint_gt(tally.plain, 300);
    ck_assert_uint_gt(tally.not_plain, 300);
    ck_assert(tally.plain_with_findings > 0 || _i % 2);
    destroy_builders(&builders);
}
END_TEST

/* As many rows as a plain patient may have, and one more. */
START_TEST(patients_with_many_rows)
{
    enum { MOST = 4096 };
    struct recist_reading *readings = calloc(MOST + 1, sizeof *readings);
    struct builders builders = make_builders();
    ck_assert_ptr_nonnull(readings);
    for (int i = 0; i <= MOST; i++) {
        readings[i] = (struct recist_reading){
            .lesion = slice(i % 2 ? "T2" : "T1"),
            .axis = {(20 + i / 300) * RECIST_MILLIMETRE, RECIST_MISSING, RECIST_MISSING},
            .date = 19000 + i / 2,
            .role = 1,
            .like = (uint16_t)(i > 1 ? 2 : 0),
            .same_visit = i % 2,
            .line = (uint64_t)i + 2,
        };
    }
    for (size_t count = MOST; count <= MOST + 1; count++) {
        struct recist_patient_readings all = {
            .patient = slice("P1"), .readings = readings, .count = count};
        struct recist_findings *findings = recist_findings_create();
        const struct recist_patient *patients[2] = {NULL, NULL};
        ck_assert_int_eq(recist_study_build(builders.usual, &all, NULL, findings, &patients[0]),
                         RECIST_DONE);
        ck_assert_int_eq(
            recist_study_build(builders.in_the_long_way, &all, NULL, findings, &patients[1]),
            RECIST_DONE);
        ck_assert(builders.usual->was_plain == (count == MOST));
        assert_same_series(&patients[0]->series[0], &patients[1]->series[0], "many rows");
        ck_assert_uint_eq(recist_findings_count(findings), 0);
        recist_findings_destroy(findings);
    }
    destroy_builders(&builders);
    free(readings);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("study plain");
    TCase *ways = tcase_create("ways");
    tcase_set_timeout(ways, 60);
    tcase_add_loop_test(ways, a_patient_with_one_oddity, 0, (int)ODDITY_COUNT);
    tcase_add_loop_test(ways, patients_of_all_kinds, 0, 6);
    tcase_add_test(ways, patients_with_many_rows);
    suite_add_tcase(suite, ways);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
