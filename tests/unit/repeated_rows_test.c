/* SPDX-License-Identifier: MIT
 * Rows that say what one of the visit before said: what the reader tells of them is true. That they
 * are read as all others are is tested in measurements_reading_test.c. And going on from where a
 * batch began. */
#include "measurements_support.h"

#define COLUMNS "patient,visit,date,lesion,role,site,diameter_mm,status\n"

/* `likes`: of each row, how far before it stands the one that it is like; `visits`: 1 where the row
 * before is known to be of the same visit. */
static const struct {
    const char *name;
    const char *rows;
    const char *likes;
    const char *visits;
} cases[] = {
    {"the same lesions in the same order",
     "P1,V0,2024-01-01,T1,target,liver,30,\nP1,V0,2024-01-01,T2,target,lung,20.25,\n"
     "P1,V1,2024-02-01,T1,target,liver,,absent\nP1,V1,2024-02-01,T2,target,lung,20,\n",
     "0 0 2 2", "0 1 0 1"},
    {"one left out, and a new one",
     "P1,V0,2024-01-01,T1,target,liver,30,\nP1,V0,2024-01-01,T2,target,lung,20,\n"
     "P1,V1,2024-02-01,T2,target,lung,20,\nP1,V1,2024-02-01,N1,new,bone,,\n"
     "P1,V2,2024-03-01,T2,target,lung,2,\nP1,V2,2024-03-01,N1,new,bone,,equivocal\n",
     "0 0 1 0 2 2", "0 1 0 1 0 1"},
    {"another site, another role",
     "P1,V0,2024-01-01,T1,target,liver,30,\nP1,V0,2024-01-01,T2,target,lung,20,\n"
     "P1,V1,2024-02-01,T1,target,Liver,30,\nP1,V1,2024-02-01,T2,non-target,lung,,present\n",
     "0 0 0 0", "0 1 0 1"},
    {"another patient has lesions of his own",
     "P1,V0,2024-01-01,T1,target,liver,30,\nP2,V0,2024-01-01,T1,target,liver,30,\n"
     "P2,V1,2024-02-01,T1,target,liver,30,\n",
     "0 0 1", "0 0 0"},
    {"a word that does not belong is left to the others",
     "P1,V0,2024-01-01,T1,target,liver,30,\nP1,V1,2024-02-01,T1,target,liver,30,\n"
     "P1,V2,2024-03-01,T1,target,liver,,TOO-SMALL_to measure\n"
     "P1,V3,2024-04,T1,target,liver,1,\n",
     "0 1 1 0", "0 0 0 0"},
    {"one left out once",
     "P1,V0,2024-01-01,T1,target,liver,30,\nP1,V0,2024-01-01,T2,target,lung,20,\n"
     "P1,V1,2024-02-01,T1,target,liver,30,\n"
     "P1,V2,2024-03-01,T1,target,liver,30,\nP1,V2,2024-03-01,T2,target,lung,20,\n",
     "0 0 2 1 3", "0 1 0 0 1"},
    {"a new one between the others",
     "P1,V0,2024-01-01,T1,target,liver,30,\nP1,V0,2024-01-01,T2,target,lung,20,\n"
     "P1,V1,2024-02-01,T1,target,liver,30,\nP1,V1,2024-02-01,N1,new,bone,,\n"
     "P1,V1,2024-02-01,T2,target,lung,20,\n"
     "P1,V2,2024-03-01,T1,target,liver,30,\nP1,V2,2024-03-01,N1,new,bone,,\n"
     "P1,V2,2024-03-01,T2,target,lung,20,\n",
     "0 0 2 0 3 3 3 3", "0 1 0 1 1 0 1 1"},
    {"lines end with CR and LF",
     "P1,V0,2024-01-01,T1,target,liver,30,\r\nP1,V1,2024-02-01,T1,target,liver,,absent\r\n",
     "0 1", "0 0"},
};

/* Nothing is found in the files of these tests, whatever the pieces that they are read in. */
static void assert_sound(const char *text)
{
    for (size_t i = 0; i < PIECE_COUNT; i++) {
        struct outcome result = read_bytes(text, strlen(text), RECIST_INDEXED, pieces[i]);
        ck_assert_int_eq(result.outcome, RECIST_DONE);
        ck_assert_uint_eq(recist_findings_count_of(result.findings, RECIST_ERROR), 0);
        forget(&result);
    }
}

static struct recist_batch *read_batch(const char *text, struct recist_measurements **reader)
{
    assert_sound(text);
    struct memory_file file = make_file(text, strlen(text));
    const char *path = file.path;
    struct recist_findings *findings = recist_findings_create();
    struct recist_batch *batch = recist_batch_create();
    ck_assert_int_eq(recist_measurements_open(&path, 1, &vocabulary, RECIST_GROUPED, findings,
                                              reader),
                     RECIST_DONE);
    ck_assert_int_eq(recist_measurements_next(*reader, batch), RECIST_DONE);
    recist_findings_destroy(findings);
    close(file.descriptor);
    return batch;
}

static void assert_same(struct recist_slice one, struct recist_slice other)
{
    ck_assert(recist_text_equal(one, other));
}

START_TEST(what_the_reader_tells_is_true)
{
    char text[1024];
    struct recist_text likes = {0};
    struct recist_text visits = {0};
    struct recist_measurements *reader = NULL;
    snprintf(text, sizeof text, COLUMNS "%s", cases[_i].rows);
    struct recist_batch *batch = read_batch(text, &reader);
    for (size_t i = 0; i < recist_batch_patient_count(batch); i++) {
        const struct recist_patient_readings *patient = recist_batch_patient(batch, i);
        for (size_t j = 0; j < patient->count; j++) {
            const struct recist_reading *reading = &patient->readings[j];
            recist_text_format(&likes, likes.length > 0 ? " %d" : "%d", reading->like);
            recist_text_format(&visits, visits.length > 0 ? " %d" : "%d", reading->same_visit);
            ck_assert_uint_le(reading->like, j);
            assert_same(reading->lesion, reading[-reading->like].lesion);
            assert_same(reading->site, reading[-reading->like].site);
            ck_assert_int_eq(reading->role, reading[-reading->like].role);
            if (reading->same_visit) {
                assert_same(reading->visit, reading[-1].visit);
                ck_assert_int_eq(reading->date, reading[-1].date);
            }
        }
    }
    recist_text_append_char(&likes, '\0');
    recist_text_append_char(&visits, '\0');
    if (recist_plain_scan_choose()) { /* else no row is compared */
        ck_assert_msg(strcmp(likes.bytes, cases[_i].likes) == 0, "%s: likes %s", cases[_i].name,
                      likes.bytes);
    }
    ck_assert_msg(strcmp(visits.bytes, cases[_i].visits) == 0, "%s: visits %s", cases[_i].name,
                  visits.bytes);
    recist_text_destroy(&likes);
    recist_text_destroy(&visits);
    recist_batch_destroy(batch);
    recist_measurements_close(reader);
}
END_TEST

/* In pieces so small that every patient has a batch; `_i`: rows of a patient stand apart. */
START_TEST(reading_goes_on_from_any_batch)
{
    enum { PATIENTS = 20 };
    struct recist_text text = {0};
    recist_text_format(&text, COLUMNS);
    for (int i = 0; i < (_i + 1) * PATIENTS; i++) {
        recist_text_format(&text, "P%d,V%d,2024-01-%02d,T1,target,liver,%d,\n", i % PATIENTS,
                           i / PATIENTS, 1 + i / PATIENTS, 10 + i);
    }
    struct memory_file file = make_file(text.bytes, text.length);
    const char *path = file.path;
    struct outcome whole = {.findings = recist_findings_create()};
    struct recist_measurements *reader = NULL;
    struct recist_batch *batch = recist_batch_create();
    struct recist_measurements_point starts[PATIENTS];
    size_t lengths[PATIENTS];
    size_t count = 0;
    ck_assert_int_eq(recist_measurements_open_in_pieces(&path, 1, &vocabulary,
                                                        _i ? RECIST_INDEXED : RECIST_GROUPED, 80,
                                                        whole.findings, &reader),
                     RECIST_DONE);
    while (recist_measurements_next(reader, batch) == RECIST_DONE) {
        ck_assert_uint_lt(count, PATIENTS);
        starts[count] = recist_batch_start(batch);
        lengths[count++] = whole.patients.length;
        take_batch(&whole, batch);
    }
    ck_assert_uint_gt(count, PATIENTS / 2 - 1);
    for (size_t i = 0; i < count; i++) {
        struct outcome rest = {.findings = recist_findings_create()};
        ck_assert_int_eq(recist_measurements_resume(reader, &starts[i], rest.findings),
                         RECIST_DONE);
        read_all(&rest, reader);
        ck_assert_int_eq(rest.outcome, RECIST_DONE);
        ck_assert_uint_eq(rest.patients.length, whole.patients.length - lengths[i]);
        ck_assert_int_eq(memcmp(rest.patients.bytes, whole.patients.bytes + lengths[i],
                                rest.patients.length),
                         0);
        forget(&rest);
    }
    ck_assert_int_eq(write(file.descriptor, "P", 1), 1);
    ck_assert_int_eq(recist_measurements_resume(reader, &starts[0], whole.findings),
                     RECIST_UNREADABLE);
    assert_findings(whole.findings, "file-changed 0:0", "resume");
    recist_batch_destroy(batch);
    recist_measurements_close(reader);
    forget(&whole);
    recist_text_destroy(&text);
    close(file.descriptor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("repeated_rows");
    TCase *tests = tcase_create("rows");
    tcase_add_loop_test(tests, what_the_reader_tells_is_true, 0,
                        (int)(sizeof cases / sizeof *cases));
    tcase_add_loop_test(tests, reading_goes_on_from_any_batch, 0, 2);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
