/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/finding_kinds.h"

static struct recist_findings *findings;

static void setup(void)
{
    findings = recist_findings_create();
    ck_assert_ptr_nonnull(findings);
}

static void teardown(void)
{
    recist_findings_destroy(findings);
}

static void report(const char *file, uint64_t line, uint32_t column, const char *message)
{
    struct recist_place place = {file, line, column};
    ck_assert(recist_findings_report(findings, RECIST_KIND(NUMBER_BAD), place,
                                     (struct recist_subject){0}, "%s", message));
}

static const char *message_at(size_t index)
{
    return recist_findings_at(findings, index)->message.text;
}

START_TEST(copies_everything)
{
    char file[] = "a.csv";
    char patient[] = "P1";
    struct recist_subject subject = {.patient = {patient, 2}};
    recist_findings_report(findings, RECIST_KIND(DATE_PARTIAL), (struct recist_place){file, 3, 4},
                           subject, "date %d", 5);
    memset(file, 'x', sizeof file - 1);
    memset(patient, 'x', sizeof patient - 1);
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    ck_assert_str_eq(finding->kind->code, "partial-date");
    ck_assert_str_eq(finding->place.file, "a.csv");
    ck_assert_uint_eq(finding->place.line, 3);
    ck_assert_uint_eq(finding->place.column, 4);
    ck_assert_str_eq(finding->patient.text, "P1");
    ck_assert_uint_eq(finding->visit.length, 0);
    ck_assert_str_eq(finding->message.text, "date 5");
    ck_assert_uint_eq(finding->message.length, 6);
}
END_TEST

START_TEST(keeps_long_messages_whole)
{
    char *text = malloc(100001);
    memset(text, 'm', 100000);
    text[100000] = '\0';
    report("a.csv", 1, 1, text);
    ck_assert_str_eq(message_at(0), text);
    ck_assert_uint_eq(recist_findings_at(findings, 0)->message.length, 100000);
    free(text);
}
END_TEST

START_TEST(counts_by_severity)
{
    struct recist_place nowhere = {0};
    struct recist_subject nobody = {0};
    recist_findings_report(findings, RECIST_KIND(NUMBER_BAD), nowhere, nobody, "1");
    recist_findings_report(findings, RECIST_KIND(DATE_PARTIAL), nowhere, nobody, "2");
    recist_findings_report(findings, RECIST_KIND(COLUMN_UNKNOWN), nowhere, nobody, "3");
    recist_findings_report(findings, RECIST_KIND(COLUMN_UNKNOWN), nowhere, nobody, "4");
    ck_assert_uint_eq(recist_findings_count_of(findings, RECIST_ERROR), 1);
    ck_assert_uint_eq(recist_findings_count_of(findings, RECIST_WARNING), 1);
    ck_assert_uint_eq(recist_findings_count_of(findings, RECIST_NOTE), 2);
    recist_findings_truncate(findings, 1);
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    ck_assert_uint_eq(recist_findings_count_of(findings, RECIST_ERROR), 1);
    ck_assert_uint_eq(recist_findings_count_of(findings, RECIST_NOTE), 0);
    recist_findings_truncate(findings, 0);
    ck_assert_uint_eq(recist_findings_count_of(findings, RECIST_ERROR), 0);
    report("b.csv", 1, 1, "again");
    ck_assert_str_eq(message_at(0), "again");
    ck_assert(!recist_findings_lost(findings));
}
END_TEST

START_TEST(sorts_by_place_and_is_stable)
{
    report("b.csv", 2, 1, "b2");
    report("a.csv", 1, 1, "a1");
    report("b.csv", 1, 9, "b1 first");
    report("b.csv", 1, 9, "b1 second");
    report("b.csv", 1, 2, "b1 column 2");
    report(NULL, 0, 0, "nowhere");
    const struct recist_finding *kept = recist_findings_at(findings, 0);
    recist_findings_sort(findings);
    const char *const expected[] = {"b1 column 2", "b1 first", "b1 second", "b2", "a1", "nowhere"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        ck_assert_str_eq(message_at(i), expected[i]);
    }
    ck_assert_str_eq(kept->message.text, "b2");
}
END_TEST

START_TEST(pointers_outlive_later_reports)
{
    report("a.csv", 1, 1, "first");
    const struct recist_finding *first = recist_findings_at(findings, 0);
    for (unsigned i = 0; i < 10000; i++) {
        report("a.csv", i, 1, "another");
    }
    ck_assert_str_eq(first->message.text, "first");
    ck_assert_ptr_eq(first, recist_findings_at(findings, 0));
    ck_assert_uint_eq(recist_findings_count(findings), 10001);
}
END_TEST

START_TEST(destroying_nothing_is_fine)
{
    recist_findings_destroy(NULL);
    ck_assert_str_eq(recist_severity_word(RECIST_ERROR), "error");
    ck_assert_str_eq(recist_severity_word(RECIST_WARNING), "warning");
    ck_assert_str_eq(recist_severity_word(RECIST_NOTE), "note");
}
END_TEST

START_TEST(codes_are_unique)
{
    for (size_t i = 0; i < RECIST_FINDING_KIND_COUNT; i++) {
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(recist_finding_kinds[i].code, recist_finding_kinds[j].code);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("findings");
    TCase *tests = tcase_create("collector");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, copies_everything);
    tcase_add_test(tests, keeps_long_messages_whole);
    tcase_add_test(tests, counts_by_severity);
    tcase_add_test(tests, sorts_by_place_and_is_stable);
    tcase_add_test(tests, pointers_outlive_later_reports);
    tcase_add_test(tests, destroying_nothing_is_fine);
    tcase_add_test(tests, codes_are_unique);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
