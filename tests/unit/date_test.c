/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>

#include "base/date.h"

struct date_case {
    const char *text;
    enum recist_date_problem problem;
    int32_t date;
    enum recist_date_precision precision;
};

static const struct date_case cases[] = {
    {.text = "1970-01-01", .problem = RECIST_DATE_OK, .date = 0},
    {.text = "1969-12-31", .problem = RECIST_DATE_OK, .date = -1},
    {.text = "2000-02-29", .problem = RECIST_DATE_OK, .date = 11016},
    {.text = "2024-03-25", .problem = RECIST_DATE_OK, .date = 19807},
    {.text = "2024-02", .problem = RECIST_DATE_OK, .date = 19754, .precision = RECIST_DATE_MONTH},
    {.text = "2024", .problem = RECIST_DATE_OK, .date = 19723, .precision = RECIST_DATE_YEAR},
    {.text = "2024-02-30", .problem = RECIST_DATE_IMPOSSIBLE},
    {.text = "2023-02-29", .problem = RECIST_DATE_IMPOSSIBLE},
    {.text = "1900-02-29", .problem = RECIST_DATE_IMPOSSIBLE},
    {.text = "2024-13-01", .problem = RECIST_DATE_IMPOSSIBLE},
    {.text = "2024-00-01", .problem = RECIST_DATE_IMPOSSIBLE},
    {.text = "25.03.2024", .problem = RECIST_DATE_FORM},
    {.text = "2024/03/25", .problem = RECIST_DATE_FORM},
    {.text = "24-03-25", .problem = RECIST_DATE_FORM},
    {.text = "2024-3-25", .problem = RECIST_DATE_FORM},
    {.text = "2024-03-25T10:00", .problem = RECIST_DATE_FORM},
    {.text = "", .problem = RECIST_DATE_FORM},
    {.text = "0224-03-25", .problem = RECIST_DATE_FAR},
    {.text = "2924-03-25", .problem = RECIST_DATE_FAR},
};

START_TEST(reads_iso_8601)
{
    const struct date_case *expected = &cases[_i];
    int32_t date = 12345;
    enum recist_date_precision precision = RECIST_DATE_YEAR;
    struct recist_slice text = {expected->text, strlen(expected->text)};
    ck_assert_int_eq(recist_date_parse(text, &date, &precision), expected->problem);
    if (expected->problem == RECIST_DATE_OK) {
        ck_assert_int_eq(date, expected->date);
        ck_assert_int_eq(precision, expected->precision);
    }
}
END_TEST

START_TEST(every_day_of_three_centuries_comes_back)
{
    int32_t previous = recist_date_from_calendar(1899, 12, 31);
    for (int year = 1900; year < 2200; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= recist_date_days_in_month(year, month); day++) {
                int32_t date = recist_date_from_calendar(year, month, day);
                ck_assert_int_eq(date, previous + 1);
                struct recist_calendar_date back = recist_date_to_calendar(date);
                ck_assert(back.year == year && back.month == month && back.day == day);
                char text[RECIST_DATE_TEXT_SIZE];
                enum recist_date_precision precision;
                int32_t read = 0;
                size_t length = recist_date_format(date, text);
                ck_assert_int_eq(
                    recist_date_parse((struct recist_slice){text, length}, &read, &precision),
                    RECIST_DATE_OK);
                ck_assert_int_eq(read, date);
                ck_assert(recist_date_parse_day(text, &read));
                ck_assert_int_eq(read, date);
                previous = date;
            }
        }
    }
}
END_TEST

/* Ten bytes are a day exactly when they are one where more may be written. */
START_TEST(nothing_else_is_a_day)
{
    static const char *const days[] = {"2024-02-29", "1900-12-31", "2199-01-01", "2023-11-30"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        for (size_t at = 0; at < RECIST_DAY_LENGTH; at++) {
            for (int byte = 0; byte < 256; byte++) {
                char text[RECIST_DAY_LENGTH + 1];
                memcpy(text, days[i], sizeof text);
                text[at] = (char)byte;
                int32_t date = 0;
                int32_t expected = 0;
                enum recist_date_precision precision;
                bool day = recist_date_parse((struct recist_slice){text, RECIST_DAY_LENGTH},
                                             &expected, &precision) == RECIST_DATE_OK;
                ck_assert_msg(recist_date_parse_day(text, &date) == day, "%s", text);
                ck_assert(!day || date == expected);
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("date");
    TCase *dates = tcase_create("dates");
    tcase_add_loop_test(dates, reads_iso_8601, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(dates, every_day_of_three_centuries_comes_back);
    tcase_add_test(dates, nothing_else_is_a_day);
    suite_add_tcase(suite, dates);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
