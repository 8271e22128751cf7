/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

struct parse_case {
    const char *text;
    enum recist_decimal_problem problem;
    int64_t value; /* where the problem leaves one */
};

static const struct parse_case parse_cases[] = {
    {.text = "0", .value = 0},
    {.text = "7", .value = 7000000},
    {.text = "30", .value = 30000000},
    {.text = "30.0", .value = 30000000},
    {.text = "30.000000", .value = 30000000},
    {.text = "12.", .value = 12000000},
    {.text = ".5", .value = 500000},
    {.text = "0.000001", .value = 1},
    {.text = ".000001", .value = 1},
    {.text = "1.234567", .value = 1234567},
    {.text = "12345678", .value = INT64_C(12345678000000)},
    {.text = "1234567.", .value = INT64_C(1234567000000)},
    {.text = "123456789", .value = INT64_C(123456789000000)},
    {.text = "007.50", .value = 7500000},
    {.text = "00000000000000000000000000000012.5", .value = 12500000},
    {.text = "9223372036854.775807", .value = INT64_MAX},
    {.text = "1.2345674", .problem = RECIST_DECIMAL_ROUNDED, .value = 1234567},
    {.text = "1.2345675", .problem = RECIST_DECIMAL_ROUNDED, .value = 1234568},
    {.text = "1.23456749999", .problem = RECIST_DECIMAL_ROUNDED, .value = 1234567},
    {.text = ".9999999", .problem = RECIST_DECIMAL_ROUNDED, .value = 1000000},
    {.text = "12.0000000", .problem = RECIST_DECIMAL_ROUNDED, .value = 12000000},
    {.text = "", .problem = RECIST_DECIMAL_EMPTY},
    {.text = "12,5", .problem = RECIST_DECIMAL_COMMA},
    {.text = "1,234.5", .problem = RECIST_DECIMAL_COMMA},
    {.text = "12,5 mm", .problem = RECIST_DECIMAL_COMMA},
    {.text = "-12.5", .problem = RECIST_DECIMAL_SIGN},
    {.text = "+3", .problem = RECIST_DECIMAL_SIGN},
    {.text = "-.5", .problem = RECIST_DECIMAL_SIGN},
    {.text = "\xE2\x88\x92"
             "12",
     .problem = RECIST_DECIMAL_SIGN},
    {.text = "1e3", .problem = RECIST_DECIMAL_EXPONENT},
    {.text = "1.2E+1", .problem = RECIST_DECIMAL_EXPONENT},
    {.text = "12 mm", .problem = RECIST_DECIMAL_UNIT},
    {.text = "12.5mm", .problem = RECIST_DECIMAL_UNIT},
    {.text = "1.2cm", .problem = RECIST_DECIMAL_UNIT},
    {.text = "12 e", .problem = RECIST_DECIMAL_UNIT},
    {.text = "12%", .problem = RECIST_DECIMAL_UNIT},
    {.text = "12 \xC2\xB5m", .problem = RECIST_DECIMAL_UNIT},
    {.text = "NaN", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "inf", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = ".", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "-", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "1.2.3", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "12 13", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "12x13", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "0x10", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "12,", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = ",5", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "<5", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "\xFF\xFF\xFF", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "1/2", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "1:2", .problem = RECIST_DECIMAL_NOT_A_NUMBER},
    {.text = "9223372036854.775808", .problem = RECIST_DECIMAL_TOO_LARGE},
    {.text = "9223372036854.7758075", .problem = RECIST_DECIMAL_TOO_LARGE},
    {.text = "99999999999999999999999", .problem = RECIST_DECIMAL_TOO_LARGE},
};

START_TEST(reads_plain_decimals_and_nothing_else)
{
    const struct parse_case *expected = &parse_cases[_i];
    size_t length = strlen(expected->text);
    /* A copy of exactly this size, so that a read beyond it is caught. */
    char *copy = malloc(length + 1);
    memcpy(copy, expected->text, length);
    int64_t value = -1;
    enum recist_decimal_problem problem =
        recist_decimal_parse((struct recist_slice){copy, length}, &value);
    free(copy);
    ck_assert_msg(problem == expected->problem, "%s: problem %d", expected->text, (int)problem);
    if (problem == RECIST_DECIMAL_OK || problem == RECIST_DECIMAL_ROUNDED) {
        ck_assert_int_eq(value, expected->value);
    }
}
END_TEST

START_TEST(what_is_written_is_read_again)
{
    uint64_t state = 42;
    for (int i = 0; i < 200000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t number = (int64_t)(state >> (20 + i % 43));
        char text[RECIST_DECIMAL_TEXT_SIZE];
        size_t length = recist_decimal_format(number, RECIST_ONE, RECIST_DECIMALS, text);
        int64_t value = -1;
        ck_assert_int_eq(recist_decimal_parse((struct recist_slice){text, length}, &value),
                         RECIST_DECIMAL_OK);
        ck_assert_int_eq(value, number);
    }
}
END_TEST

struct format_case {
    int64_t numerator;
    int64_t denominator;
    int decimals;
    const char *text;
};

static const struct format_case format_cases[] = {
    {.numerator = 0, .denominator = 1, .decimals = 2, .text = "0"},
    {.numerator = 100, .denominator = 1, .decimals = 2, .text = "100"},
    {.numerator = -75, .denominator = 2, .decimals = 2, .text = "-37.5"},
    {.numerator = 1, .denominator = 3, .decimals = 2, .text = "0.33"},
    {.numerator = 2, .denominator = 3, .decimals = 2, .text = "0.67"},
    {.numerator = 5, .denominator = 1000, .decimals = 2, .text = "0.01"},
    {.numerator = -5, .denominator = 1000, .decimals = 2, .text = "-0.01"},
    {.numerator = -4, .denominator = 1000, .decimals = 2, .text = "0"},
    {.numerator = 999, .denominator = 1000, .decimals = 2, .text = "1"},
    {.numerator = -1999, .denominator = 200, .decimals = 1, .text = "-10"},
    {.numerator = 5, .denominator = 2, .decimals = 0, .text = "3"},
    {.numerator = 12500000, .denominator = 1000000, .decimals = 6, .text = "12.5"},
    {.numerator = 9500000, .denominator = 1000000, .decimals = 6, .text = "9.5"},
    {.numerator = 100000000, .denominator = 1000000, .decimals = 6, .text = "100"},
    {.numerator = 124982691, .denominator = 1000000, .decimals = 6, .text = "124.982691"},
    {.numerator = 1234000001, .denominator = 1000000, .decimals = 6, .text = "1234.000001"},
    {.numerator = -1, .denominator = 1000000, .decimals = 6, .text = "-0.000001"},
    {.numerator = -3300000, .denominator = 1000000, .decimals = 6, .text = "-3.3"},
    {.numerator = 29995, .denominator = 1000, .decimals = 2, .text = "30"},
    {.numerator = -29994, .denominator = 1000, .decimals = 2, .text = "-29.99"},
    {.numerator = 457, .denominator = 1, .decimals = 0, .text = "457"},
    {.numerator = INT64_MAX, .denominator = 1000000, .decimals = 6, .text = "9223372036854.775807"},
    {.numerator = 100, .denominator = INT64_MAX, .decimals = 2, .text = "0"},
    {.numerator = 1, .denominator = 3, .decimals = 15, .text = "0.333333333333333"},
    {.numerator = INT64_MIN, .denominator = 1, .decimals = 6, .text = "-9223372036854775808"},
    {.numerator = INT64_MAX - 1, .denominator = INT64_MAX, .decimals = 15, .text = "1"},
    {.numerator = INT64_MAX / 2, .denominator = INT64_MAX, .decimals = 15, .text = "0.5"},
};

START_TEST(writes_quotients)
{
    const struct format_case *expected = &format_cases[_i];
    char text[RECIST_DECIMAL_TEXT_SIZE];
    size_t length = recist_decimal_format(expected->numerator, expected->denominator,
                                          expected->decimals, text);
    ck_assert_str_eq(text, expected->text);
    ck_assert_uint_eq(length, strlen(text));
}
END_TEST

__extension__ typedef unsigned __int128 wide_number;

/* In the plainest way: scaled, rounded, and written digit by digit. */
static void write_plainly(char *text, int64_t numerator, int64_t denominator, int decimals)
{
    wide_number scaled = (wide_number)(numerator < 0 ? -numerator : numerator);
    for (int i = 0; i < decimals; i++) {
        scaled *= 10;
    }
    wide_number divisor = (wide_number)denominator;
    scaled = (scaled + scaled + divisor) / (divisor + divisor);
    char digits[64];
    char *at = digits + sizeof digits;
    *--at = '\0';
    bool zero = scaled == 0;
    bool seen = false;
    for (int place = 0; place < decimals || scaled > 0 || place == decimals; place++) {
        char digit = (char)('0' + (int)(scaled % 10));
        if (place == decimals && seen) {
            *--at = '.';
        }
        seen = seen || digit != '0';
        if (place >= decimals || seen) {
            *--at = digit;
        }
        scaled /= 10;
    }
    if (numerator < 0 && !zero) {
        *--at = '-';
    }
    strcpy(text, at);
}

START_TEST(writes_what_the_plainest_way_writes)
{
    uint64_t state = 20240325;
    struct recist_text appended;
    recist_text_init(&appended);
    for (int i = 0; i < 400000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t numerator = (int64_t)(state >> (1 + i % 60)) * (i % 2 ? 1 : -1);
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t denominator = i % 3 ? (int64_t)(state >> (1 + i % 59)) + 1 : RECIST_ONE;
        int decimals = i % 5 ? (i % 4 ? 2 : 6) : i % 16;
        char plain[RECIST_DECIMAL_TEXT_SIZE];
        char text[RECIST_DECIMAL_TEXT_SIZE];
        write_plainly(plain, numerator, denominator, decimals);
        size_t length = recist_decimal_format(numerator, denominator, decimals, text);
        ck_assert_str_eq(text, plain);
        ck_assert_uint_eq(length, strlen(plain));
        appended.length = 0;
        recist_decimal_append(&appended, numerator, denominator, decimals);
        ck_assert_uint_eq(appended.length, length);
        ck_assert_mem_eq(appended.bytes, plain, length);
    }
    recist_text_destroy(&appended);
}
END_TEST

/* With two decimals at least. */
static const struct format_case beside_cases[] = {
    {.numerator = 30, .denominator = 1, .text = "30"},
    {.numerator = 0, .denominator = 7, .text = "0"},
    {.numerator = 29999999, .denominator = 1000000, .text = "29.999999"},
    {.numerator = -29999999, .denominator = 1000000, .text = "-29.999999"},
    {.numerator = 30000001, .denominator = 1000000, .text = "30.000001"},
    {.numerator = 1, .denominator = 1000000, .text = "0.000001"},
    {.numerator = 1357999999, .denominator = 67900001, .text = "19.9999997"},
    {.numerator = 29995, .denominator = 1000, .text = "29.995"},
    {.numerator = 29994, .denominator = 1000, .text = "29.99"},
    {.numerator = 30005, .denominator = 1000, .text = "30.01"},
    {.numerator = 30004, .denominator = 1000, .text = "30.004"},
    {.numerator = 100, .denominator = 3, .text = "33.33"},
    {.numerator = 59, .denominator = 2, .text = "29.5"},
};

START_TEST(keeps_beside_whole_numbers)
{
    const struct format_case *expected = &beside_cases[_i];
    char text[RECIST_DECIMAL_TEXT_SIZE];
    int places = recist_decimal_places_beside_whole(expected->numerator, expected->denominator, 2);
    recist_decimal_format(expected->numerator, expected->denominator, places, text);
    ck_assert_str_eq(text, expected->text);
}
END_TEST

START_TEST(writes_the_widest_quotients)
{
    char text[RECIST_DECIMAL_TEXT_SIZE];
    recist_wide largest = RECIST_WIDE_MISSING - 1 + RECIST_WIDE_MISSING;
    recist_decimal_format(-largest - 1, 1, 15, text);
    ck_assert_str_eq(text, "-170141183460469231731687303715884105728");
    recist_decimal_format(largest / 3, largest, 15, text);
    ck_assert_str_eq(text, "0.333333333333333");
    recist_decimal_format(largest, 1000000, 6, text);
    ck_assert_str_eq(text, "170141183460469231731687303715884.105727");
    recist_decimal_format(largest, largest - 1, 2, text);
    ck_assert_str_eq(text, "1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decimal");
    TCase *parsing = tcase_create("parsing");
    tcase_add_loop_test(parsing, reads_plain_decimals_and_nothing_else, 0,
                        (int)(sizeof parse_cases / sizeof *parse_cases));
    tcase_add_test(parsing, what_is_written_is_read_again);
    suite_add_tcase(suite, parsing);
    TCase *formatting = tcase_create("formatting");
    tcase_set_timeout(formatting, 60); /* under sanitizers, on a busy machine */
    tcase_add_loop_test(formatting, writes_quotients, 0,
                        (int)(sizeof format_cases / sizeof *format_cases));
    tcase_add_test(formatting, writes_what_the_plainest_way_writes);
    tcase_add_loop_test(formatting, keeps_beside_whole_numbers, 0,
                        (int)(sizeof beside_cases / sizeof *beside_cases));
    tcase_add_test(formatting, writes_the_widest_quotients);
    suite_add_tcase(suite, formatting);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
