/* SPDX-License-Identifier: MIT
 * What is written in a quick way is what the long way writes. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/digits.h"
#include "base/quoting.h"
#include "base/recent_texts.h"
#include "cli/measure_cells.h"
#include "output/escape.h"
#include "output/quick_row.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint64_t random_number(void)
{
    static uint64_t state = 20261121;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return state >> 16;
}

static struct recist_slice slice(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

/* ---- digits ---- */

START_TEST(digits_are_those_of_printf)
{
    for (uint32_t number = 0; number < 1000; number++) {
        char text[16];
        char expected[16];
        *recist_digits_write(text, number) = '\0';
        snprintf(expected, sizeof expected, "%u", number);
        ck_assert_str_eq(text, expected);
    }
}
END_TEST

/* "0.5" without the whole part, and zeros at the end. */
static void fraction(char *expected, size_t size, uint32_t number, int decimals)
{
    int length = snprintf(expected, size, ".%0*u", decimals, number);
    while (length > 0 && expected[length - 1] == '0') {
        length--;
    }
    expected[length > 1 ? length : 0] = '\0';
}

START_TEST(fractions_are_those_of_printf)
{
    for (uint32_t number = 0; number < 1000000; number++) {
        char text[16];
        char expected[16];
        *recist_digits_write_millionths(text, number) = '\0';
        fraction(expected, sizeof expected, number, 6);
        ck_assert_str_eq(text, expected);
        if (number < 100) {
            *recist_digits_write_hundredths(text, number) = '\0';
            fraction(expected, sizeof expected, number, 2);
            ck_assert_str_eq(text, expected);
        }
    }
}
END_TEST

/* ---- what was written lately ---- */

static void assert_written(const char *text, const char *end, recist_wide numerator,
                           recist_wide denominator, int decimals)
{
    char expected[RECIST_DECIMAL_TEXT_SIZE];
    size_t length = recist_decimal_format(numerator, denominator, decimals, expected);
    ck_assert_msg((size_t)(end - text) == length && memcmp(text, expected, length) == 0,
                  "%.*s, expected %s", (int)(end - text), text, expected);
}

/* Few different numbers, so that many are remembered and many push out others: whole, with
 * decimals, of either sign, that round to zero, and that are too long to be remembered. */
static recist_wide some_number(void)
{
    static const recist_wide factors[] = {0, 1, 7, 4999, 5000, 250000, RECIST_ONE, 12345678901,
                                          INT64_C(99999999999999), (recist_wide)1 << 70};
    recist_wide number = factors[random_number() % COUNT(factors)] *
                         (recist_wide)(random_number() % 12 + 1);
    return random_number() % 2 ? number : -number;
}

START_TEST(numbers_are_remembered_as_they_are_written)
{
    static struct recist_recent_texts recent;
    for (int i = 0; i < 300000; i++) {
        char text[RECIST_DECIMAL_TEXT_SIZE + RECIST_RECENT_SIZE];
        recist_wide number = some_number();
        recist_wide denominator = some_number();
        denominator = denominator > 0 ? denominator : 1 - denominator;
        assert_written(text, recist_recent_length(&recent, text, number), number, RECIST_ONE,
                       RECIST_DECIMALS);
        assert_written(text, recist_recent_ratio(&recent, text, number, denominator), number,
                       denominator, RECIST_RATIO_DECIMALS);
        assert_written(text, recist_recent_ratio(&recent, text, -number, denominator), -number,
                       denominator, RECIST_RATIO_DECIMALS);
    }
}
END_TEST

START_TEST(dates_are_remembered_as_they_are_written)
{
    static struct recist_recent_texts recent;
    for (int i = 0; i < 20000; i++) {
        int32_t date = (int32_t)(random_number() % 200) - 100;
        date *= i % 2 ? 1 : 300;
        char text[RECIST_DATE_TEXT_SIZE + 2];
        char expected[RECIST_DATE_TEXT_SIZE];
        size_t length = recist_date_format(date, expected);
        ck_assert_uint_eq((size_t)(recist_recent_date(&recent, text, date) - text), length);
        ck_assert_mem_eq(text, expected, length);
    }
}
END_TEST

/* ---- rows ---- */

static const struct recist_table_column columns[] = {
    {"first", RECIST_CELL_TEXT},     {"name", RECIST_CELL_TEXT},    {"date", RECIST_CELL_TEXT},
    {"day", RECIST_CELL_NUMBER},     {"word", RECIST_CELL_TEXT},    {"sum", RECIST_CELL_NUMBER},
    {"baseline", RECIST_CELL_NUMBER}, {"nadir", RECIST_CELL_NUMBER}, {"a", RECIST_CELL_NUMBER},
    {"b", RECIST_CELL_NUMBER},       {"c", RECIST_CELL_NUMBER},     {"reason", RECIST_CELL_TEXT},
    {"further", RECIST_CELL_NUMBER}, {"last", RECIST_CELL_TEXT},
};

static const char *const names[] = {
    "", "V1", "a,b", "\"", "C1 W009", "two\nlines", "cr\r", "Müller", "seven77", "eight888",
    "a name that is longer than any cell of limited length is, and it has a comma in it as well, as "
    "far as that goes",
    "and one without a comma that is longer than any cell of limited length is, as far as that goes",
};

struct cells {
    struct recist_slice name;
    int32_t date;
    int64_t day;
    struct recist_measure_result measure;
    recist_wide denominator;
    bool baseline;
    struct recist_slice reason;
};

static recist_wide some_value(void)
{
    recist_wide number = some_number();
    return random_number() % 6 == 0 ? RECIST_WIDE_MISSING : number < 0 ? -number : number;
}

static struct cells some_cells(void)
{
    return (struct cells){
        .name = slice(names[random_number() % COUNT(names)]),
        .date = (int32_t)(random_number() % 40000),
        .day = (int64_t)(random_number() % 3000) - 1000,
        .measure = {.complete = some_value(), .baseline = some_value(), .nadir = some_value()},
        .denominator = random_number() % 4 ? RECIST_ONE : (recist_wide)RECIST_ONE * RECIST_ONE,
        .baseline = random_number() % 5 == 0,
        .reason = slice(names[random_number() % COUNT(names)]),
    };
}

static void begin(struct recist_row *row)
{
    recist_row_begin(row);
    recist_row_slice(row, slice("P1"));
}

/* Cell by cell, as any other command writes them. */
static void write_long(struct recist_row *row, const struct cells *cells)
{
    const struct recist_measure_result *measure = &cells->measure;
    recist_wide nadir = cells->baseline ? RECIST_WIDE_MISSING : measure->nadir;
    recist_wide first = cells->baseline ? RECIST_WIDE_MISSING : measure->baseline;
    const recist_wide values[] = {measure->complete, measure->baseline, nadir};
    const recist_wide references[] = {first, nadir};
    begin(row);
    recist_row_slice(row, cells->name);
    recist_row_date(row, cells->date);
    recist_row_integer(row, cells->day);
    recist_row_string(row, "word");
    for (size_t i = 0; i < COUNT(values); i++) {
        if (values[i] == RECIST_WIDE_MISSING) {
            recist_row_empty(row);
        } else {
            recist_row_decimal(row, values[i], cells->denominator);
        }
    }
    for (size_t i = 0; i < COUNT(references); i++) {
        if (measure->complete == RECIST_WIDE_MISSING || references[i] == RECIST_WIDE_MISSING ||
            references[i] == 0) {
            recist_row_empty(row);
        } else {
            recist_row_ratio(row, 100 * (measure->complete - references[i]), references[i]);
        }
    }
    if (measure->complete == RECIST_WIDE_MISSING || nadir == RECIST_WIDE_MISSING) {
        recist_row_empty(row);
    } else {
        recist_row_ratio(row, measure->complete - nadir, cells->denominator);
    }
    recist_row_slice(row, cells->reason);
    if (measure->complete == RECIST_WIDE_MISSING) {
        recist_row_empty(row);
    } else {
        recist_row_decimal(row, measure->complete, cells->denominator);
    }
    recist_row_empty(row);
    recist_row_end(row);
}

static void write_quickly(struct recist_row *row, struct recist_recent_texts *recent,
                          const struct cells *cells)
{
    struct recist_shown_measure list[2] = {{.index = 0, .denominator = cells->denominator},
                                           {.index = 0, .denominator = cells->denominator}};
    const struct recist_shown_measures measures = {.list = list, .count = 2};
    struct recist_measure_result measure = cells->measure;
    const struct recist_visit_result result = {.measures = &measure};
    static const char word[3][RECIST_TEXT_PADDING] = {
        [RECIST_FORMAT_CSV] = ",word", [RECIST_FORMAT_JSON] = "\"word\"",
        [RECIST_FORMAT_TABLE] = "word"};
    struct recist_quick_row quick = {.row = row,
                                     .recent = recent,
                                     .room = COUNT(columns) * RECIST_QUICK_CELL_ROOM +
                                             RECIST_TEXT_PADDING};
    begin(row);
    recist_quick_row_resume(&quick);
    recist_quick_row_slice(&quick, cells->name);
    recist_quick_row_date(&quick, cells->date);
    recist_quick_row_integer(&quick, cells->day);
    recist_quick_row_encoded(&quick, slice(word[row->format]));
    recist_shown_measures_append(&measures, &quick, &result, cells->baseline);
    recist_quick_row_open_sentence(&quick);
    recist_text_append_slice(row->text, cells->reason);
    recist_quick_row_close_sentence(&quick, recist_quoting_of(cells->reason));
    recist_shown_measures_append_further(&measures, &quick, &result);
    recist_quick_row_empty(&quick);
    recist_quick_row_end(&quick);
}

static const enum recist_format formats[] = {RECIST_FORMAT_CSV, RECIST_FORMAT_JSON,
                                             RECIST_FORMAT_TABLE};

START_TEST(quick_rows_are_the_rows_of_the_long_way)
{
    static struct recist_recent_texts recent;
    struct recist_text quick;
    struct recist_text expected;
    recist_text_init(&quick);
    recist_text_init(&expected);
    for (int i = 0; i < 60000; i++) {
        struct cells cells = some_cells();
        struct recist_row row = {.columns = columns, .format = formats[_i], .text = &quick};
        struct recist_row long_row = {.columns = columns, .format = formats[_i], .text = &expected};
        if (i % 7 == 0) {
            recist_text_destroy(&quick); /* so that there is no room yet */
        }
        quick.length = expected.length = 0;
        write_quickly(&row, &recent, &cells);
        write_long(&long_row, &cells);
        ck_assert_msg(quick.length == expected.length &&
                          memcmp(quick.bytes, expected.bytes, quick.length) == 0,
                      "%.*sexpected %.*s", (int)quick.length, quick.bytes, (int)expected.length,
                      expected.bytes);
    }
    recist_text_destroy(&quick);
    recist_text_destroy(&expected);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("quick rows");
    TCase *cases = tcase_create("the same as the long way");
    tcase_set_timeout(cases, 60); /* under sanitizers, on a busy machine */
    tcase_add_test(cases, digits_are_those_of_printf);
    tcase_add_test(cases, fractions_are_those_of_printf);
    tcase_add_test(cases, numbers_are_remembered_as_they_are_written);
    tcase_add_test(cases, dates_are_remembered_as_they_are_written);
    tcase_add_loop_test(cases, quick_rows_are_the_rows_of_the_long_way, 0, (int)COUNT(formats));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
