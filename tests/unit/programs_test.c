/* SPDX-License-Identifier: MIT
 * Programs of rules say what the rules say: every family of criteria, over series made at random,
 * with much that is missing; and series with more lesions than a program can see. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assessor.h"
#include "assess/program.h"
#include "base/decimal.h"

#define MOST_VISITS 7
#define MOST_LESIONS 200
#define MOST_COLUMNS 64
#define SERIES_PER_FAMILY 300

static const char *const families[] = {
    "choi",
    "choi-modified",
    "gcig-ca125",
    "gcig-recist-ca125",
    "imrecist",
    "inrc-2017",
    "irecist",
    "irrc",
    "irrecist",
    "itrecist",
    "lugano-2014-ct",
    "mesothelioma-mrecist-1.1",
    "mesothelioma-mrecist-2004",
    "mrecist-hcc",
    "pcwg3",
    "pcwg3-bone",
    "pcwg3-soft-tissue",
    "percist-1.0",
    "rano-2.0",
    "rano-hgg-2010",
    "recist-1.0",
    "recist-1.1",
    "recist-1.1-admiralonco",
    "recist-1.1-eortc",
    "recist-1.1-fda",
    "who",
};

static uint64_t state = 20260101;

static unsigned below(unsigned end)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33) % end;
}

struct made {
    struct recist_series series;
    struct recist_lesion lesions[MOST_LESIONS];
    struct recist_visit visits[MOST_VISITS];
    struct recist_observation observations[MOST_VISITS * MOST_LESIONS];
    struct recist_reading readings[MOST_VISITS * MOST_LESIONS];
    int64_t numbers[MOST_VISITS * MOST_LESIONS][MOST_COLUMNS];
};

static struct recist_criteria *load(const char *name)
{
    struct recist_criteria *criteria = NULL;
    struct recist_findings *findings = recist_findings_create();
    char directory[4096];
    snprintf(directory, sizeof directory, "%s", getenv("RECIST_TEST_RULES"));
    *strrchr(directory, '/') = '\0';
    const char *directories[] = {directory};
    ck_assert_int_eq(recist_criteria_load(name, directories, 1, NULL, 0, findings, &criteria),
                     RECIST_DONE);
    recist_findings_destroy(findings);
    return criteria;
}

/* Around the limits of the criteria, and the same length again and again. */
static int64_t random_length(void)
{
    static const int64_t lengths[] = {0, 5, 9, 10, 12, 13, 15, 16, 20, 24, 30, 40, 60};
    int64_t length = lengths[below(sizeof lengths / sizeof *lengths)] * RECIST_MILLIMETRE;
    return below(3) == 0 && length > 0 ? length - 1 + below(3) : length;
}

static void observe(struct made *made, const struct recist_vocabulary *vocabulary, size_t place,
                    const struct recist_lesion *lesion, int32_t date)
{
    const struct recist_role_word *role = &vocabulary->roles[lesion->role];
    struct recist_observation *observation = &made->observations[place];
    struct recist_reading *reading = &made->readings[place];
    *observation = (struct recist_observation){.date = date};
    for (int i = 0; i < RECIST_AXIS_COUNT; i++) {
        observation->axis[i] = observation->largest[i] = RECIST_MISSING;
    }
    if (below(8) == 0) {
        return;
    }
    *reading = (struct recist_reading){.numbers = made->numbers[place], .line = place + 2};
    for (size_t i = 0; i < vocabulary->column_count; i++) {
        made->numbers[place][i] = below(4) ? (int64_t)below(50) * RECIST_ONE : RECIST_MISSING;
    }
    observation->reading = reading;
    observation->parts = 1;
    if (role->status_count > 0 && below(3) == 0) {
        observation->status = role->statuses[below((unsigned)role->status_count)];
    } else {
        observation->axis[below(RECIST_AXIS_COUNT)] = random_length();
        observation->axis[below(RECIST_AXIS_COUNT)] = random_length();
        memcpy(observation->largest, observation->axis, sizeof observation->axis);
        observation->measured = true;
        observation->mass = below(20) == 0;
    }
    observation->evaluated = observation->status == RECIST_STATUS_BLANK ||
                             vocabulary->statuses[observation->status].evaluated;
}

/* Two letters for each. */
static const char names[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

static void make_lesions(struct made *made, const struct recist_vocabulary *vocabulary)
{
    static const char *const sites[] = {"lung", "liver", "axilla", "bone"};
    uint64_t taken = 0;
    made->series.lesion_count = below(20);
    for (size_t i = 0; i < made->series.lesion_count; i++) {
        size_t role = 1 + below((unsigned)vocabulary->role_count - 1);
        while (vocabulary->roles[role].of_patient && ((taken >> role) & 1)) {
            role = 1 + below((unsigned)vocabulary->role_count - 1);
        }
        taken |= UINT64_C(1) << role;
        const char *site = sites[below(4)];
        made->lesions[i] = (struct recist_lesion){.id = {names + 2 * i, 2},
                                                  .site = {site, strlen(site)},
                                                  .organ = {site, strlen(site)},
                                                  .slice_thickness = RECIST_MISSING,
                                                  .role = (uint8_t)role,
                                                  .nodal = strcmp(site, "axilla") == 0,
                                                  .prior_therapy = below(6) == 0,
                                                  .progressed_since = below(6) == 0};
    }
}

static void make_series(struct made *made, const struct recist_criteria *criteria)
{
    made->series = (struct recist_series){.lesions = made->lesions,
                                          .visits = made->visits,
                                          .visit_count = 1 + below(MOST_VISITS),
                                          .observations = made->observations,
                                          .has_start = below(2),
                                          .start = 17990};
    make_lesions(made, &criteria->vocabulary);
    size_t count = made->series.lesion_count;
    int32_t date = 18000;
    for (size_t visit = 0; visit < made->series.visit_count; visit++) {
        made->visits[visit] = (struct recist_visit){
            .first_date = date, .last_date = date + (int32_t)below(4), .imaged = below(8) > 0};
        for (size_t i = 0; i < count; i++) {
            observe(made, &criteria->vocabulary, visit * count + i, &made->lesions[i],
                    date + (int32_t)below(3));
        }
        date += 7 + (int32_t)below(60);
    }
}

/* The same with lesions of no role that were never seen in between, more than a program can see. */
static void spread(const struct made *made, struct made *wide)
{
    size_t count = made->series.lesion_count;
    size_t wide_count = MOST_LESIONS - below(100);
    wide->series = made->series;
    wide->series.lesions = wide->lesions;
    wide->series.observations = wide->observations;
    wide->series.lesion_count = wide_count;
    memset(wide->lesions, 0, sizeof wide->lesions);
    for (size_t i = 0; i < MOST_VISITS * MOST_LESIONS; i++) {
        wide->observations[i] = (struct recist_observation){
            .axis = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING},
            .largest = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING}};
    }
    for (size_t i = 0, place = 0; i < count; i++, place++) {
        place += below((unsigned)((wide_count - place) / (count - i)));
        wide->lesions[place] = made->lesions[i];
        for (size_t visit = 0; visit < made->series.visit_count; visit++) {
            wide->observations[visit * wide_count + place] = made->observations[visit * count + i];
        }
    }
}

static void forget_steps(struct recist_live_rules *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rules[i].steps = NULL;
    }
}

/* An assessor that has no programs goes the long way. */
static void forget_programs(struct recist_assessor *assessor)
{
    ck_assert_ptr_nonnull(assessor->decide);
    assessor->decide = NULL;
    forget_steps(&assessor->amendments, 1);
    forget_steps(&assessor->dates, 1);
    forget_steps(assessor->enter, assessor->criteria->state_count);
    forget_steps(assessor->leave, assessor->criteria->state_count);
    for (size_t i = 0; i < assessor->criteria->list_count; i++) {
        assessor->lists[i] = (struct recist_said_list){.compiled = true};
    }
}

static void assert_same_measures(const struct recist_measure_result *one,
                                 const struct recist_measure_result *other, const char *family)
{
    bool same = one->complete == other->complete && one->evaluated == other->evaluated &&
                one->baseline == other->baseline && one->nadir == other->nadir &&
                one->baseline_visit == other->baseline_visit &&
                (one->nadir == RECIST_WIDE_MISSING || one->nadir_visit == other->nadir_visit);
    ck_assert_msg(same, "%s: a measure differs", family);
}

static void assert_same(const struct recist_criteria *criteria,
                        const struct recist_series_result *one,
                        const struct recist_series_result *other, const char *family)
{
    ck_assert_uint_eq(one->visit_count, other->visit_count);
    for (size_t visit = 0; visit < one->visit_count; visit++) {
        const struct recist_visit_result *first = &one->visits[visit];
        const struct recist_visit_result *second = &other->visits[visit];
        for (size_t i = 0; i < criteria->component_count; i++) {
            ck_assert_msg(first->components[i].rule == second->components[i].rule &&
                              first->components[i].word == second->components[i].word,
                          "%s, visit %zu, %s: rule %u and %u", family, visit,
                          criteria->components[i].name, first->components[i].rule,
                          second->components[i].rule);
        }
        for (size_t i = 0; i < criteria->measure_count; i++) {
            assert_same_measures(&first->measures[i], &second->measures[i], family);
        }
        ck_assert_msg(
            first->overall == second->overall && first->overall_rule == second->overall_rule &&
                first->table_row == second->table_row && first->date == second->date,
            "%s, visit %zu: rule %u and %u, date %d and %d", family, visit, first->overall_rule,
            second->overall_rule, (int)first->date, (int)second->date);
    }
}

static bool append(void *to, const char *text, size_t length)
{
    recist_text_append(to, text, length);
    return true;
}

/* Sentences of two assessors about their series, with lists of lesions. */
static void assert_same_reasons(struct recist_assessor *one, struct recist_assessor *other,
                                size_t visits, const char *family)
{
    struct recist_text texts[2] = {{0}, {0}};
    for (size_t visit = 1; visit < visits; visit++) {
        texts[0].length = texts[1].length = 0;
        ck_assert(recist_reason(one, visit, append, &texts[0]));
        ck_assert(recist_reason(other, visit, append, &texts[1]));
        ck_assert_msg(texts[0].length == texts[1].length &&
                          memcmp(texts[0].bytes, texts[1].bytes, texts[0].length) == 0,
                      "%s: %.*s, but %.*s", family, (int)texts[0].length, texts[0].bytes,
                      (int)texts[1].length, texts[1].bytes);
    }
    recist_text_destroy(&texts[0]);
    recist_text_destroy(&texts[1]);
}

/* What was decided at all, so that a test of nothing is not taken for a proof. */
static uint64_t words_of(const struct recist_series_result *result)
{
    uint64_t words = 0;
    for (size_t visit = 1; visit < result->visit_count; visit++) {
        words |= UINT64_C(1) << result->visits[visit].overall;
    }
    return words;
}

static void compare(const char *family, bool many_lesions)
{
    static struct made made;
    static struct made wide;
    struct recist_criteria *criteria = load(family);
    struct recist_assessor *quick = recist_assessor_create(criteria);
    struct recist_assessor *other = recist_assessor_create(criteria);
    ck_assert_uint_le(criteria->vocabulary.column_count, MOST_COLUMNS);
    if (!many_lesions) {
        forget_programs(other);
    }
    uint64_t words = 0;
    for (int i = 0; i < SERIES_PER_FAMILY; i++) {
        const struct recist_series_result *one = NULL;
        const struct recist_series_result *two = NULL;
        make_series(&made, criteria);
        if (many_lesions) {
            spread(&made, &wide);
        }
        ck_assert_int_eq(recist_assess(quick, &made.series, &one), RECIST_DONE);
        ck_assert_int_eq(recist_assess(other, many_lesions ? &wide.series : &made.series, &two),
                         RECIST_DONE);
        ck_assert(recist_program_fits(&quick->evaluation, quick->decide));
        ck_assert(!recist_program_fits(&other->evaluation, other->decide));
        assert_same(criteria, one, two, family);
        assert_same_reasons(quick, other, one->visit_count, family);
        words |= words_of(one);
    }
    ck_assert_msg((words & (words - 1)) != 0, "%s: always the same response", family);
    recist_assessor_destroy(quick);
    recist_assessor_destroy(other);
    recist_criteria_destroy(criteria);
}

START_TEST(programs_say_what_the_rules_say)
{
    compare(families[_i], false);
}
END_TEST

START_TEST(more_lesions_than_a_program_sees)
{
    compare(families[_i], true);
}
END_TEST

int main(void)
{
    const int count = sizeof families / sizeof *families;
    Suite *suite = suite_create("programs");
    TCase *both = tcase_create("both ways");
    tcase_add_loop_test(both, programs_say_what_the_rules_say, 0, count);
    tcase_add_loop_test(both, more_lesions_than_a_program_sees, 0, count);
    suite_add_tcase(suite, both);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
