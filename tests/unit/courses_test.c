/* SPDX-License-Identifier: MIT
 * Courses files: what is read, in which order, and every finding with its place. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <recist/courses.h>

#include "base/date.h"
#include "base/text_buffer.h"

struct file_case {
    const char *name;
    const char *bytes;
    const char *findings; /* "code line:column", one a line; NULL: none */
    enum recist_outcome outcome;
};

#define H "patient,course,start,end,evaluable,next_therapy,progression,death,last_contact,group\n"

static const struct file_case cases[] = {
    {.name = "the least", .bytes = "patient\nP1"},
    {.name = "any columns", .bytes = "Patient,ALK status,Next-Therapy\r\nP1,pos,2024-01-01\r\n\r\n"},
    {.name = "blank rows", .bytes = "\n,,\n" H ",,,,,,,,,\nP1,1,,,,,,,,A\n"},
    {.name = "a mark of UTF-8", .bytes = "\xEF\xBB\xBF" "patient,start\nP1,2024-01-01\n"},
    {
        .name = "no patient column",
        .bytes = "subject,start\nP1,2024-01-01",
        .findings = "missing-column 1:1\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "semicolons",
        .bytes = "patient;start\nP1;2024-01-01",
        .findings = "not-comma-separated 1:1\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "empty",
        .bytes = "",
        .findings = "file-empty 0:0\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "no rows",
        .bytes = H,
        .findings = "no-rows 2:1\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "a workbook",
        .bytes = "PK\x03\x04 and so on",
        .findings = "not-text 1:1\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "a column twice",
        .bytes = "patient,group, GROUP\nP1,A,B",
        .findings = "repeated-column 1:16\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "a column that was meant to be another",
        .bytes = "patient,strat,stage,next_therapie\nP1,,,",
        .findings = "similar-column 1:9\n",
    },
    {
        .name = "a similar column beside the real one",
        .bytes = "patient,start,starts,deaths\nP1,,,",
        .findings = "similar-column 1:22\n",
    },
    {
        .name = "rows too short and too long",
        .bytes = "patient,start\nP1\nP2,2024-01-01,x",
        .findings = "row-too-short 2:3\nrow-too-long 3:15\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "quotes and bytes",
        .bytes = "patient,group\nP1,\"A\"x\nP2,\xC3\nP3,\"A, \"\"B\"\"\"\nP4,\"open\n",
        .findings = "stray-quote 2:7\ninvalid-utf8 3:4\nunclosed-quote 5:4\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "no patient",
        .bytes = H "P1,1,,,,,,,,\n,2,,,,,,,,B",
        .findings = "missing-patient 3:1\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "dates",
        .bytes = "patient,start,end,death\nP1,1.2.2024,2024-02-30,2024\nP2,2024-05,1066-10-14,",
        .findings = "bad-date 2:4\nimpossible-date 2:13\npartial-course-date 2:24\n"
                    "partial-course-date 3:4\nimpossible-date 3:12\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "an answer that is none",
        .bytes = "patient,evaluable\nP1,perhaps\nP2,No\nP3,1",
        .findings = "unknown-answer 2:4\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "a course twice, also without a number",
        .bytes = "patient,course,start\nP1,2,2024-01-01\nP1,,2024-02-01\nP1,1,2024-03-01\n"
                 "P1,2,2024-05-01",
        .findings = "course-twice 4:4\ncourse-twice 5:4\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "a patient twice",
        .bytes = "patient,start\nP1,2024-01-01\nP1,2024-02-01\nP2,2024-02-01",
        .findings = "course-twice 3:1\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "studies are apart",
        .bytes = "patient,study,start\nP1,A,2024-01-01\nP1,B,2024-01-01",
    },
    {
        .name = "two courses on one day",
        .bytes = H "P1,1,2024-01-01,,,,,,,\nP1,2,2024-01-01,,,,,,,",
        .findings = "courses-start-together 3:6\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "ends before it starts",
        .bytes = H "P1,1,2024-01-02,2024-01-01,,,,,,\nP2,1,2024-01-02,2024-01-02,,,,,,",
        .findings = "ends-before-start 2:17\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "overlap with any earlier course",
        .bytes = H "P1,1,2024-01-01,2024-12-31,,,,,,\nP1,2,2024-02-01,2024-03-01,,,,,,\n"
                   "P1,3,2024-12-30,,,,,,,\nP1,4,2024-12-31,,,,,,,",
        .findings = "course-overlap 3:6\ncourse-overlap 4:6\n",
    },
    {
        .name = "events before the start, not on it",
        .bytes = H "P1,1,2024-01-02,,,2024-01-01,2024-01-01,2024-01-01,2024-01-01,\n"
                   "P2,1,2024-01-02,,,2024-01-02,2024-01-02,2024-01-02,2024-01-02,",
        .findings = "event-before-start 2:19\nevent-before-start 2:30\nevent-before-start 2:41\n"
                    "event-before-start 2:52\n",
        .outcome = RECIST_INVALID,
    },
    {
        .name = "after death and last contact",
        .bytes = H "P1,1,2024-01-02,2024-06-01,,2024-06-01,2024-06-01,2024-05-01,2024-05-02,\n"
                   "P2,1,2024-01-02,,,2024-06-01,2024-06-01,2024-06-01,2024-05-01,",
        .findings = "date-after-death 2:17\ndate-after-death 2:29\ndate-after-death 2:40\n"
                    "date-after-death 2:62\ndate-after-last-contact 3:19\n"
                    "date-after-last-contact 3:30\ndate-after-last-contact 3:41\n",
    },
    {
        .name = "courses that disagree about their patient",
        .bytes = H "P1,1,2024-01-01,,,,,2024-09-01,2024-09-01,\n"
                   "P1,2,2024-03-01,,,,,2024-09-02,2024-09-02,\nP1,3,2024-04-01,,,,,,,\n"
                   "P2,1,2024-01-01,,,,,2024-09-09,2024-09-09,",
        .findings = "deaths-differ 3:21\npatient-facts-differ 3:32\npatient-facts-differ 4:21\n",
        .outcome = RECIST_INVALID,
    },
};

static enum recist_outcome open_bytes(const char *bytes, struct recist_findings *findings,
                                      struct recist_courses **courses)
{
    char path[64];
    int descriptor = memfd_create("courses", MFD_CLOEXEC);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    enum recist_outcome outcome = recist_courses_open(path, findings, courses);
    close(descriptor);
    return outcome;
}

START_TEST(finds)
{
    const struct file_case *given = &cases[_i];
    struct recist_findings *findings = recist_findings_create();
    struct recist_courses *courses = NULL;
    struct recist_text text;
    recist_text_init(&text);
    enum recist_outcome outcome = open_bytes(given->bytes, findings, &courses);
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        recist_text_format(&text, "%s %d:%d\n", finding->kind->code, (int)finding->place.line,
                           (int)finding->place.column);
    }
    recist_text_append_char(&text, '\0');
    ck_assert_msg(strcmp(text.bytes, given->findings ? given->findings : "") == 0,
                  "%s: got\n%s", given->name, text.bytes);
    ck_assert_msg(outcome == given->outcome, "%s", given->name);
    ck_assert((courses != NULL) == (outcome == RECIST_DONE));
    recist_text_destroy(&text);
    recist_findings_destroy(findings);
    recist_courses_close(courses);
}
END_TEST

static struct recist_slice slice(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

static bool equals(struct recist_slice text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

static struct recist_courses *open_sound(const char *bytes)
{
    struct recist_findings *findings = recist_findings_create();
    struct recist_courses *courses = NULL;
    ck_assert_int_eq(open_bytes(bytes, findings, &courses), RECIST_DONE);
    recist_findings_destroy(findings);
    return courses;
}

START_TEST(reads_all_fields)
{
    struct recist_courses *courses =
        open_sound("group,last_contact,death,progression,next_therapy,evaluable,end,start,course,"
                   "patient,study\n"
                   "\" A, B \",2024-09-01,2024-08-01,2024-05-01,2024-06-01,no,2024-04-01,"
                   "2024-01-01, 2 ,P1,S\n"
                   ",,,,,,,,,P2,S\n");
    ck_assert_uint_eq(recist_courses_count(courses), 2);
    const struct recist_course *first = recist_courses_at(courses, 0);
    const struct recist_course *second = recist_courses_at(courses, 1);
    ck_assert_int_eq(first->start, recist_date_from_calendar(2024, 1, 1));
    ck_assert_int_eq(first->end, recist_date_from_calendar(2024, 4, 1));
    ck_assert_int_eq(first->next_therapy, recist_date_from_calendar(2024, 6, 1));
    ck_assert_int_eq(first->progression, recist_date_from_calendar(2024, 5, 1));
    ck_assert_int_eq(first->death, recist_date_from_calendar(2024, 8, 1));
    ck_assert_int_eq(first->last_contact, recist_date_from_calendar(2024, 9, 1));
    ck_assert_int_eq(first->evaluable, RECIST_NO);
    ck_assert(equals(first->number, "2") && equals(first->patient, "P1"));
    ck_assert(equals(first->study, "S") && equals(first->fields[0], "A, B"));
    ck_assert(equals(second->number, "1") && second->start == RECIST_NO_DATE);
    ck_assert(second->evaluable == RECIST_UNSAID && second->fields[0].length == 0);
    struct recist_place place = recist_courses_place(courses, first, "death");
    ck_assert_uint_eq(place.line, 2);
    ck_assert_uint_eq(place.column, 21);
    recist_courses_close(courses);
}
END_TEST

START_TEST(finds_columns)
{
    struct recist_courses *courses = open_sound("patient,ALK status, Stage \nP1,+,IV");
    ck_assert_uint_eq(recist_courses_column_count(courses), 3);
    ck_assert(equals(recist_courses_column(courses, 2), "Stage"));
    ck_assert_uint_eq(recist_courses_find_column(courses, slice("alk_status")), 1);
    ck_assert_uint_eq(recist_courses_find_column(courses, slice("stages")), SIZE_MAX);
    ck_assert_uint_eq(recist_courses_find_column(courses, slice("")), SIZE_MAX);
    recist_courses_close(courses);
}
END_TEST

static void assert_order(const struct recist_courses *courses, const char *study,
                         const char *patient, const char *numbers)
{
    size_t count = 0;
    const struct recist_course *const *of =
        recist_courses_of(courses, slice(study), slice(patient), &count);
    ck_assert_uint_eq(count, strlen(numbers));
    ck_assert((of != NULL) == (count > 0));
    for (size_t i = 0; i < count; i++) {
        ck_assert(of[i]->number.text[0] == numbers[i]);
    }
}

/* By start; those without a start last, in the order of the file. */
START_TEST(orders_courses_of_a_patient)
{
    struct recist_courses *courses =
        open_sound("patient,course,start\nP2,1,2024-01-01\nP1,3,\nP1,4,2024-03-01\nP1,1,\n"
                   "P1,2,2024-02-01\nP10,1,2024-01-01\n");
    assert_order(courses, "", "P1", "2431");
    assert_order(courses, "any", "P1", "2431");
    assert_order(courses, "", "P2", "1");
    assert_order(courses, "", "P10", "1");
    assert_order(courses, "", "P", "");
    assert_order(courses, "", "P3", "");
    recist_courses_close(courses);
}
END_TEST

START_TEST(keeps_studies_apart)
{
    struct recist_courses *courses =
        open_sound("study,patient,course\nA,P1,1\nB,P1,2\n,P1,3\n");
    assert_order(courses, "A", "P1", "1");
    assert_order(courses, "B", "P1", "2");
    assert_order(courses, "", "P1", "3");
    assert_order(courses, "C", "P1", "");
    recist_courses_close(courses);
}
END_TEST

START_TEST(says_that_a_file_is_not_there)
{
    struct recist_findings *findings = recist_findings_create();
    struct recist_courses *courses = NULL;
    ck_assert_int_eq(recist_courses_open("/nowhere/courses.csv", findings, &courses),
                     RECIST_UNREADABLE);
    ck_assert_ptr_null(courses);
    ck_assert_str_eq(recist_findings_at(findings, 0)->kind->code, "file-unreadable");
    recist_findings_destroy(findings);
}
END_TEST

START_TEST(refuses_endless_headers)
{
    struct recist_findings *findings = recist_findings_create();
    struct recist_courses *courses = NULL;
    struct recist_text text;
    recist_text_init(&text);
    recist_text_append_string(&text, "patient");
    for (int i = 0; i < 5000; i++) {
        recist_text_format(&text, ",c%d", i);
    }
    recist_text_append_string(&text, "\nP1\n");
    recist_text_append_char(&text, '\0');
    ck_assert_int_eq(open_bytes(text.bytes, findings, &courses), RECIST_INVALID);
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    ck_assert_str_eq(recist_findings_at(findings, 0)->kind->code, "too-many-columns");
    recist_text_destroy(&text);
    recist_findings_destroy(findings);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("courses");
    TCase *all = tcase_create("courses");
    tcase_add_loop_test(all, finds, 0, sizeof cases / sizeof *cases);
    tcase_add_test(all, reads_all_fields);
    tcase_add_test(all, finds_columns);
    tcase_add_test(all, orders_courses_of_a_patient);
    tcase_add_test(all, keeps_studies_apart);
    tcase_add_test(all, says_that_a_file_is_not_there);
    tcase_add_test(all, refuses_endless_headers);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
