/* SPDX-License-Identifier: MIT
 * The order of rows makes no difference to a study, nor does their number. */
#include "study_rows.h"

/* Numbers for made-up patients: the same from the same seed. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static void make_lesion_rows(struct recist_text *text, uint64_t *state, int visit, int lesion)
{
    static const char *const sites[] = {"", "axilla", "right lung", "Tongue"};
    static const char *const words[] = {"absent", "too small", "not evaluable"};
    const char *site = sites[next_random(state) % 4];
    int parts = visit > 0 && next_random(state) % 4 == 0 ? 1 + (int)(next_random(state) % 3) : 0;
    for (int part = 0; part <= parts; part++) {
        if (parts > 0 && part == 0) {
            continue;
        }
        recist_text_format(text, "2024-%02d-%02d,%s%d,T%d", visit + 1,
                           1 + (int)(next_random(state) % 28), next_random(state) % 2 ? "V" : "v",
                           visit, lesion);
        if (parts > 0) {
            recist_text_format(text, ".%d", part);
        }
        if (next_random(state) % 6 == 0) {
            recist_text_format(text, ",target,,%s,%s\n", words[next_random(state) % 3], site);
        } else {
            recist_text_format(text, ",target,%u,,%s\n", next_random(state) % 60, site);
        }
    }
}

/* Samples on days of their own, with the label of the visit or without; and doses. */
static void make_patient_rows(struct recist_text *text, uint64_t *state, int visit)
{
    unsigned day = 0;
    for (uint32_t samples = next_random(state) % 4; samples > 0; samples--) {
        day += 1 + next_random(state) % 9;
        recist_text_format(text, "2024-%02d-%02u,", visit + 1, day);
        if (next_random(state) % 3 == 0) {
            recist_text_format(text, "V%d", visit);
        }
        recist_text_format(text, ",,CA.125,,,,,,,,,,,%u\n", next_random(state) % 900);
    }
    if (next_random(state) % 2) {
        recist_text_format(text, "2024-%02d-%02u,%s%d,,steroids,,%s\n", visit + 1,
                           1 + next_random(state) % 28, next_random(state) % 4 ? "v" : "extra ",
                           visit, next_random(state) % 2 ? "stable" : "increased");
    }
}

static void make_patient(struct recist_text *text, uint64_t *state)
{
    int visits = 2 + (int)(next_random(state) % 5);
    int lesions = 1 + (int)(next_random(state) % 6);
    for (int visit = 0; visit < visits; visit++) {
        bool merged = visit > 0 && lesions > 2 && next_random(state) % 5 == 0;
        for (int lesion = merged ? 2 : 0; lesion < lesions; lesion++) {
            if (visit == 0 || next_random(state) % 8 > 0) {
                make_lesion_rows(text, state, visit, lesion);
            }
        }
        if (next_random(state) % 2) {
            make_patient_rows(text, state, visit);
        }
        if (merged) {
            recist_text_format(text, "2024-%02d-11,V%d,T1+T0,target,%u\n", visit + 1, visit,
                               next_random(state) % 60);
        }
    }
    recist_text_append_char(text, '\0');
}

static void shuffle(struct rows *rows, uint64_t *state)
{
    for (size_t i = rows->count; i > 1; i--) {
        size_t other = next_random(state) % i;
        struct recist_reading kept = rows->readings[i - 1];
        rows->readings[i - 1] = rows->readings[other];
        rows->readings[other] = kept;
    }
}

static int compare_lines(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* The study, and what each finding is about, sorted. */
static void tell_all(struct recist_text *text, const struct recist_patient *patient,
                     const struct recist_findings *findings)
{
    tell(text, patient);
    size_t count = recist_findings_count(findings);
    char **lines = calloc(count + 1, sizeof *lines);
    ck_assert_ptr_nonnull(lines);
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        ck_assert_int_gt(asprintf(&lines[i], "%s %.*s\n", finding->kind->code,
                                  (int)finding->lesion.length, finding->lesion.text),
                         0);
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++) {
        recist_text_append_string(text, lines[i]);
        free(lines[i]);
    }
    free(lines);
    recist_text_append_char(text, '\0');
}

START_TEST(rows_in_any_order_give_the_same_study)
{
    struct recist_study_builder *builder = make_builder();
    uint64_t state = 20240325 + (uint64_t)_i;
    for (int i = 0; i < 100; i++) {
        struct recist_text text;
        struct recist_text first;
        recist_text_init(&text);
        recist_text_init(&first);
        make_patient(&text, &state);
        struct rows rows;
        read_rows(text.bytes, &rows);
        for (int order = 0; order < 5; order++) {
            struct recist_findings *findings = recist_findings_create();
            const struct recist_patient *patient = NULL;
            build(builder, &rows, findings, &patient);
            struct recist_text told;
            recist_text_init(&told);
            tell_all(order == 0 ? &first : &told, patient, findings);
            if (order > 0) {
                ck_assert_msg(strcmp(told.bytes, first.bytes) == 0, "%s\n%s\nand then\n%s",
                              text.bytes, first.bytes, told.bytes);
            }
            recist_text_destroy(&told);
            recist_findings_destroy(findings);
            shuffle(&rows, &state);
        }
        recist_text_destroy(&first);
        recist_text_destroy(&text);
    }
    recist_study_builder_destroy(builder);
}
END_TEST

/* A patient with `visits` visits, each with all of `lesions` lesions, far above the number from
 * which a table is used; and the texts of its ids. */
static struct recist_reading *many_readings(size_t visits, size_t lesions, char (*ids)[16])
{
    struct recist_reading *readings = calloc(visits * lesions, sizeof *readings);
    ck_assert_ptr_nonnull(readings);
    for (size_t lesion = 0; lesion < lesions; lesion++) {
        snprintf(ids[lesion], sizeof *ids, "T%05zu", lesion);
    }
    for (size_t i = 0; i < visits * lesions; i++) {
        readings[i] = (struct recist_reading){
            .lesion = slice(ids[i % lesions]),
            .axis = {(int64_t)(20 + i / lesions) * RECIST_MILLIMETRE, RECIST_MISSING,
                     RECIST_MISSING},
            .date = (int32_t)(19000 + i / lesions),
            .role = 1,
            .line = i + 2,
        };
    }
    return readings;
}

START_TEST(a_patient_with_many_rows)
{
    enum { VISITS = 100, LESIONS = 100 };
    static char ids[LESIONS][16];
    struct recist_reading *readings = many_readings(VISITS, LESIONS, ids);
    uint64_t state = 7;
    for (size_t i = VISITS * LESIONS; i > 1; i--) {
        size_t other = next_random(&state) % i;
        struct recist_reading kept = readings[i - 1];
        readings[i - 1] = readings[other];
        readings[other] = kept;
    }
    struct recist_study_builder *builder = make_builder();
    struct recist_findings *findings = recist_findings_create();
    const struct recist_patient *patient = NULL;
    struct recist_patient_readings all = {
        .patient = slice("P1"), .readings = readings, .count = VISITS * LESIONS};
    ck_assert_int_eq(recist_study_build(builder, &all, NULL, findings, &patient), RECIST_DONE);
    const struct recist_series *series = &patient->series[0];
    ck_assert_uint_eq(series->visit_count, VISITS);
    ck_assert_uint_eq(series->lesion_count, LESIONS);
    for (size_t visit = 0; visit < VISITS; visit++) {
        for (size_t lesion = 0; lesion < LESIONS; lesion++) {
            const struct recist_observation *seen =
                recist_series_observation(series, visit, lesion);
            ck_assert_int_eq(seen->axis[RECIST_DIAMETER],
                             (int64_t)(20 + visit) * RECIST_MILLIMETRE);
            ck_assert(equals(seen->reading->lesion, ids[lesion]));
        }
    }
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
    free(readings);
}
END_TEST

START_TEST(a_patient_beyond_all_bounds)
{
    enum { ROWS = 3000 };
    static char ids[ROWS][16];
    struct recist_reading *readings = many_readings(1, ROWS, ids);
    for (int i = 0; i < ROWS; i++) {
        readings[i].date = 19000 + i;
        readings[i].role = i == 0 ? 1 : 3;
    }
    struct recist_study_builder *builder = make_builder();
    struct recist_findings *findings = recist_findings_create();
    const struct recist_patient *patient = NULL;
    struct recist_patient_readings all = {
        .patient = slice("P1"), .readings = readings, .count = ROWS};
    ck_assert_int_eq(recist_study_build(builder, &all, NULL, findings, &patient), RECIST_INVALID);
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    ck_assert_str_eq(finding->kind->code, "patient-too-large");
    ck_assert_uint_eq(finding->place.line, 2);
    ck_assert_uint_eq(patient->series[0].lesion_count, 0);
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
    free(readings);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("study order");
    TCase *studies = tcase_create("studies");
    tcase_add_loop_test(studies, rows_in_any_order_give_the_same_study, 0, 5);
    tcase_add_test(studies, a_patient_with_many_rows);
    tcase_add_test(studies, a_patient_beyond_all_bounds);
    suite_add_tcase(suite, studies);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
