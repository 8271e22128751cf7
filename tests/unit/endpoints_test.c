/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "endpoints/endpoints.h"

static struct recist_findings *findings;
static struct recist_endpoints *set;
static char path[] = "/tmp/recist-endpoints-XXXXXX.yaml";

static void set_up(void)
{
    findings = recist_findings_create();
    set = NULL;
}

static void tear_down(void)
{
    recist_endpoints_destroy(set);
    recist_findings_destroy(findings);
}

/* Loads a text as a file. */
static enum recist_outcome load(const char *text)
{
    memcpy(strstr(path, "endpoints-") + strlen("endpoints-"), "XXXXXX", 6);
    int descriptor = mkstemps(path, (int)strlen(".yaml"));
    ck_assert_int_ge(descriptor, 0);
    FILE *file = fdopen(descriptor, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    enum recist_outcome outcome = recist_endpoints_load(path, NULL, 0, findings, &set);
    unlink(path);
    return outcome;
}

#define HEAD "endpoints: own\ntitle: Own\nsource: protocol\n"
#define OS                                                                                         \
    "definitions:\n"                                                                               \
    "  os:\n"                                                                                      \
    "    title: Overall survival\n"                                                                \
    "    start: course start\n"                                                                    \
    "    courses: all\n"                                                                           \
    "    events: [{event: death, description: DEATH}]\n"                                           \
    "    censor: {at: last contact, description: ALIVE, date: LAST CONTACT}\n"
#define TTP                                                                                        \
    "definitions:\n"                                                                               \
    "  ttp:\n"                                                                                     \
    "    title: Time to progression\n"                                                             \
    "    start: course start\n"                                                                    \
    "    courses: all\n"                                                                           \
    "    events: [{event: progression, description: PROGRESSION}]\n"                               \
    "    censor: {at: last evaluable assessment, description: NONE, date: LAST ASSESSMENT}\n"      \
    "    no_assessment: {description: NO ASSESSMENT, date: START}\n"                               \
    "    new_therapy: ignore\n"                                                                    \
    "    missed_visits: ignore\n"

START_TEST(a_file_says_what_an_endpoint_is)
{
    ck_assert_int_eq(load(HEAD "schedule: {interval_days: 42, window_days: 5}\n" OS), RECIST_DONE);
    ck_assert_str_eq(recist_endpoints_id(set), "own");
    ck_assert_uint_eq(recist_endpoints_schedule(set).interval, 42);
    ck_assert_uint_eq(recist_endpoints_schedule(set).window, 5);
    ck_assert_uint_eq(recist_endpoints_count(set), 1);
    const struct recist_endpoint *os = recist_endpoints_find(set, "os");
    ck_assert_ptr_nonnull(os);
    ck_assert_ptr_null(recist_endpoints_find(set, "pfs"));
    ck_assert_str_eq(os->title, "Overall survival");
    ck_assert_uint_eq(os->event_count, 1);
    ck_assert_int_eq(os->events[0].source, RECIST_EVENT_DEATH);
    ck_assert_int_eq(os->censor_date, RECIST_LAST_CONTACT);
    ck_assert_ptr_null(os->new_therapy.description);
    ck_assert(!recist_endpoint_needs_responses(os));
}
END_TEST

static const struct {
    const char *text;
    const char *code;
    uint64_t line;
    uint32_t column;
} refused[] = {
    {.text = HEAD OS "    cencor: x\n", .code = "rules-unknown-key", .line = 11, .column = 5},
    {.text = HEAD OS "color: red\n", .code = "rules-unknown-key", .line = 11, .column = 1},
    {.text = HEAD OS "    new_therapy: {description: T, date: D, then: x}\n",
     .code = "rules-unknown-key",
     .line = 11,
     .column = 44},
    {.text = HEAD OS "    missed_visits: {most: two, description: M, date: D}\n",
     .code = "rules-wrong-kind",
     .line = 11,
     .column = 27},
    /* Censoring at an assessment needs to say what holds where there is none. */
    {.text = HEAD OS "    new_therapy: {description: T, date: D}\n",
     .code = "rules-missing-key",
     .line = 5,
     .column = 3},
    {.text = HEAD "definitions:\n  os: {title: t, start: course begin, courses: all,\n"
                  "    events: [{event: death, description: D}],\n"
                  "    censor: {at: last contact, description: A, date: L}}\n",
     .code = "rules-unknown-word",
     .line = 5,
     .column = 25},
    {.text = HEAD "definitions:\n  os: {title: t, start: course start, courses: all,\n"
                  "    events: [{event: relapse, description: D}],\n"
                  "    censor: {at: last contact, description: A, date: L}}\n",
     .code = "rules-unknown-word",
     .line = 6,
     .column = 22},
    {.text = HEAD "definitions:\n  os: {title: t, start: course start, courses: all, events: [],\n"
                  "    censor: {at: last contact, description: A, date: L}}\n",
     .code = "rules-wrong-kind",
     .line = 5,
     .column = 61},
    /* All courses cannot be counted from a response. */
    {.text = HEAD "definitions:\n  dor: {title: t, start: first response, courses: all,\n"
                  "    events: [{event: death, description: D}],\n"
                  "    censor: {at: last contact, description: A, date: L}}\n",
     .code = "rules-wrong-kind",
     .line = 5,
     .column = 3},
    {.text = HEAD, .code = "rules-missing-key", .line = 1, .column = 1},
    {.text = "endpoints: own\nendpoints: own\n", .code = "rules-duplicate-key", .line = 2, .column = 1},
};

START_TEST(a_file_that_is_wrong_is_refused_at_its_place)
{
    ck_assert_int_eq(load(refused[_i].text), RECIST_INVALID);
    ck_assert_ptr_null(set);
    ck_assert_uint_ge(recist_findings_count(findings), 1);
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    ck_assert_str_eq(finding->kind->code, refused[_i].code);
    ck_assert_uint_eq(finding->place.line, refused[_i].line);
    ck_assert_uint_eq(finding->place.column, refused[_i].column);
}
END_TEST

START_TEST(a_name_that_is_not_there_is_said)
{
    const char *directory = "/nowhere";
    ck_assert_int_eq(recist_endpoints_load("fdaa", &directory, 1, findings, &set),
                     RECIST_UNREADABLE);
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    ck_assert_str_eq(finding->kind->code, "rules-not-found");
    ck_assert_ptr_nonnull(strstr(finding->message.text, "did you mean \"fda\"?"));
}
END_TEST

/* What no courses file lets through, and a library's user can ask all the same. */
START_TEST(the_last_contact_may_not_lie_before_the_start)
{
    ck_assert_int_eq(load(HEAD OS), RECIST_DONE);
    struct recist_course facts = {.end = RECIST_NO_DATE,
                                  .next_therapy = RECIST_NO_DATE,
                                  .progression = RECIST_NO_DATE,
                                  .death = RECIST_NO_DATE,
                                  .last_contact = 99};
    struct recist_endpoint_case course = {
        .start = 100, .facts = &facts, .response_date = RECIST_NO_DATE};
    struct recist_event_time time;
    const struct recist_endpoint *os = recist_endpoints_at(set, 0);
    ck_assert_int_eq(recist_endpoint_evaluate(os, &course, &time), RECIST_ENDPOINT_BEFORE_START);
    facts.last_contact = 100;
    ck_assert_int_eq(recist_endpoint_evaluate(os, &course, &time), RECIST_ENDPOINT_APPLIES);
    ck_assert_int_eq(time.days, 1);
    ck_assert(!time.event);
    course.start = RECIST_NO_DATE;
    ck_assert_int_eq(recist_endpoint_evaluate(os, &course, &time), RECIST_ENDPOINT_NO_START);
}
END_TEST

/* Where the criteria say when a course progressed, the words of its visits do not. */
START_TEST(the_criteria_can_date_the_progression)
{
    enum { SUSPECTED = 1, CONFIRMED = 2 };
    const struct recist_response_point points[] = {{.date = 130, .word = SUSPECTED},
                                                   {.date = 160, .word = SUSPECTED},
                                                   {.date = 190, .word = CONFIRMED}};
    struct recist_endpoint_case course = {.start = 100,
                                          .has_baseline = true,
                                          .points = points,
                                          .point_count = sizeof points / sizeof *points,
                                          .progression = UINT64_C(1) << CONFIRMED,
                                          .progression_date = 130,
                                          .response_date = RECIST_NO_DATE};
    struct recist_event_time time;
    ck_assert_int_eq(load(HEAD TTP), RECIST_DONE);
    const struct recist_endpoint *ttp = recist_endpoints_at(set, 0);
    ck_assert_int_eq(recist_endpoint_evaluate(ttp, &course, &time), RECIST_ENDPOINT_APPLIES);
    ck_assert(time.event);
    ck_assert_int_eq(time.date, 190);
    course.has_progression_date = true;
    ck_assert_int_eq(recist_endpoint_evaluate(ttp, &course, &time), RECIST_ENDPOINT_APPLIES);
    ck_assert(time.event);
    ck_assert_int_eq(time.date, 130);
    course.progression_date = RECIST_NO_DATE; /* no progression, whatever the words */
    ck_assert_int_eq(recist_endpoint_evaluate(ttp, &course, &time), RECIST_ENDPOINT_APPLIES);
    ck_assert(!time.event);
    ck_assert_int_eq(time.date, 190);
    course.progression_date = 99; /* before the time that the endpoint counts */
    ck_assert_int_eq(recist_endpoint_evaluate(ttp, &course, &time), RECIST_ENDPOINT_APPLIES);
    ck_assert(!time.event);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("endpoints");
    TCase *cases = tcase_create("endpoints");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_file_says_what_an_endpoint_is);
    tcase_add_loop_test(cases, a_file_that_is_wrong_is_refused_at_its_place, 0,
                        (int)(sizeof refused / sizeof *refused));
    tcase_add_test(cases, a_name_that_is_not_there_is_said);
    tcase_add_test(cases, the_last_contact_may_not_lie_before_the_start);
    tcase_add_test(cases, the_criteria_can_date_the_progression);
    suite_add_tcase(made, cases);
    return made;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
