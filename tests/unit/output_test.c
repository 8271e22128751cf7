/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/decimal.h"
#include "output/display_width.h"
#include "output/escape.h"
#include "output/number.h"
#include "output/table.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct recist_slice slice(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

static void assert_text(struct recist_text *text, const char *expected)
{
    recist_text_append_char(text, '\0');
    ck_assert(!text->failed);
    ck_assert_str_eq(text->bytes, expected);
    recist_text_destroy(text);
}

/* ---- escaping ---- */

struct escape_case {
    const char *text;
    const char *csv;
    const char *json;
    const char *terminal;
};

static const struct escape_case escape_cases[] = {
    {.text = "", .csv = "", .json = "", .terminal = ""},
    {.text = "liver", .csv = "liver", .json = "liver", .terminal = "liver"},
    {.text = "liver, left",
     .csv = "\"liver, left\"",
     .json = "liver, left",
     .terminal = "liver, left"},
    {.text = "eight by", .csv = "eight by", .json = "eight by", .terminal = "eight by"},
    {.text = "a comma after eight bytes,",
     .csv = "\"a comma after eight bytes,\"",
     .json = "a comma after eight bytes,",
     .terminal = "a comma after eight bytes,"},
    {.text = "\"12,5\"", .csv = "\"\"\"12,5\"\"\"", .json = "\\\"12,5\\\"", .terminal = "\"12,5\""},
    {.text = "\"", .csv = "\"\"\"\"", .json = "\\\"", .terminal = "\""},
    {.text = "two\nlines",
     .csv = "\"two\nlines\"",
     .json = "two\\nlines",
     .terminal = "two\\nlines"},
    {.text = "cr\r", .csv = "\"cr\r\"", .json = "cr\\r", .terminal = "cr\\r"},
    {.text = "tab\t", .csv = "tab\t", .json = "tab\\t", .terminal = "tab\\t"},
    {.text = "\x1b[2J", .csv = "\x1b[2J", .json = "\\u001b[2J", .terminal = "\\x1b[2J"},
    {.text = "back\\slash",
     .csv = "back\\slash",
     .json = "back\\\\slash",
     .terminal = "back\\slash"},
    {.text = "Müller 肝", .csv = "Müller 肝", .json = "Müller 肝", .terminal = "Müller 肝"},
    {.text = "\xc2\x9b"
             "31m",
     .csv = "\xc2\x9b"
            "31m",
     .json = "\xc2\x9b"
             "31m",
     .terminal = "\\x9b31m"},
    {.text = "bad\xff!", .csv = "bad\xff!", .json = "bad\xEF\xBF\xBD!", .terminal = "bad\\xff!"},
};

static void assert_escaped(const char *text, const char *expected,
                           void (*append)(struct recist_text *, struct recist_slice))
{
    struct recist_text buffer;
    char whole[128];
    recist_text_init(&buffer);
    recist_text_append_string(&buffer, "\",\n|");
    append(&buffer, slice(text));
    snprintf(whole, sizeof whole, "\",\n|%s", expected);
    assert_text(&buffer, whole);
}

START_TEST(escapes_what_is_appended)
{
    const struct escape_case *expected = &escape_cases[_i];
    assert_escaped(expected->text, expected->csv, recist_escape_append_csv);
    assert_escaped(expected->text, expected->json, recist_escape_append_json);
    assert_escaped(expected->text, expected->terminal, recist_escape_append_terminal);
}
END_TEST

/* Wherever it stands, and whatever the length. */
START_TEST(nothing_special_is_overlooked)
{
    static const char specials[] = {',',  '"',    '\n',   '\r',   '\\',
                                    '\t', '\x01', '\x1f', '\x7f', '\xff'};
    for (size_t length = 1; length <= 40; length++) {
        for (size_t at = 0; at < length; at++) {
            char text[41];
            memset(text, 'a', length);
            text[at] = specials[(length + at) % sizeof specials];
            struct recist_slice field = {text, length};
            struct recist_text buffer;
            recist_text_init(&buffer);
            recist_escape_append_csv(&buffer, field);
            bool quoted = memchr(",\"\n\r", text[at], 4) != NULL;
            ck_assert_uint_eq(buffer.length, length + (quoted ? 2 : 0) + (text[at] == '"'));
            buffer.length = 0;
            recist_escape_append_terminal(&buffer, field);
            bool control = (unsigned char)text[at] < 0x20 || (unsigned char)text[at] >= 0x7F;
            ck_assert_int_eq(buffer.length > length, control);
            buffer.length = 0;
            recist_escape_append_json(&buffer, field);
            bool escaped = text[at] != ',' && text[at] != '\x7f';
            ck_assert_int_eq(buffer.length > length, escaped);
            recist_text_destroy(&buffer);
        }
    }
}
END_TEST

static void assert_escaped_after(const char *text, const char *expected,
                                 void (*escape)(struct recist_text *, size_t))
{
    struct recist_text buffer;
    char whole[128];
    recist_text_init(&buffer);
    recist_text_append_string(&buffer, "\",\n|");
    recist_text_append_string(&buffer, text);
    escape(&buffer, 4);
    snprintf(whole, sizeof whole, "\",\n|%s", expected);
    assert_text(&buffer, whole);
}

START_TEST(escapes_what_was_appended_last)
{
    const struct escape_case *expected = &escape_cases[_i];
    assert_escaped_after(expected->text, expected->csv, recist_escape_csv);
    assert_escaped_after(expected->text, expected->json, recist_escape_json);
    assert_escaped_after(expected->text, expected->terminal, recist_escape_terminal);
}
END_TEST

/* ---- numbers ---- */

START_TEST(json_has_fifteen_significant_digits)
{
    ck_assert_int_eq(recist_number_json_decimals(0, 1), 15);
    ck_assert_int_eq(recist_number_json_decimals(-1, 3), 15);
    ck_assert_int_eq(recist_number_json_decimals(-3750, 100), 13);
    ck_assert_int_eq(recist_number_json_decimals(INT64_MAX, 1), 0);
}
END_TEST

START_TEST(width_is_what_a_terminal_shows)
{
    ck_assert_uint_eq(recist_display_width(slice("")), 0);
    ck_assert_uint_eq(recist_display_width(slice("liver")), 5);
    ck_assert_uint_eq(recist_display_width(slice("Müller")), 6);
    ck_assert_uint_eq(recist_display_width(slice("Mu\xCC\x88ller")), 6);
    ck_assert_uint_eq(recist_display_width(slice("肝臓")), 4);
    ck_assert_uint_eq(recist_display_width(slice("\xff\xff")), 2);
}
END_TEST

/* ---- tables ---- */

static char directory[] = "/tmp/recist-output-XXXXXX";

static char *in_directory(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

/* The whole file, terminated; NULL when there is none. */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    static char content[1 << 17];
    size_t length = fread(content, 1, sizeof content - 1, file);
    content[length] = '\0';
    fclose(file);
    return content;
}

static void make_directory(void)
{
    strcpy(directory, "/tmp/recist-output-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void remove_directory(void)
{
    char command[160];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

static const struct recist_table_column columns[] = {
    {"patient", RECIST_CELL_TEXT},
    {"sum_mm", RECIST_CELL_NUMBER},
    {"change_pct", RECIST_CELL_NUMBER},
    {"site", RECIST_CELL_TEXT},
};

static void append_example_rows(const struct recist_table *table, struct recist_text *text)
{
    struct recist_row row = recist_table_row(table, text);
    recist_row_begin(&row);
    recist_row_string(&row, "Müller");
    recist_row_decimal(&row, 50500000, RECIST_ONE);
    recist_row_ratio(&row, -1, 3);
    recist_row_string(&row, "liver, \"left\"");
    recist_row_end(&row);
    recist_row_begin(&row);
    recist_row_string(&row, "P2");
    recist_row_integer(&row, 7);
    recist_row_empty(&row);
    recist_row_string(&row, "");
    recist_row_end(&row);
}

struct table_case {
    enum recist_format format;
    bool empty;
    const char *expected;
};

static const struct table_case table_cases[] = {
    {.format = RECIST_FORMAT_CSV,
     .expected = "patient,sum_mm,change_pct,site\n"
                 "Müller,50.5,-0.33,\"liver, \"\"left\"\"\"\n"
                 "P2,7,,\n"},
    {.format = RECIST_FORMAT_CSV, .empty = true, .expected = "patient,sum_mm,change_pct,site\n"},
    {.format = RECIST_FORMAT_JSON,
     .expected = "{\n  \"rows\": [\n"
                 "    {\"patient\": \"Müller\", \"sum_mm\": 50.5, "
                 "\"change_pct\": -0.333333333333333, \"site\": \"liver, \\\"left\\\"\"},\n"
                 "    {\"patient\": \"P2\", \"sum_mm\": 7, \"change_pct\": null, "
                 "\"site\": null}\n  ]\n}\n"},
    {.format = RECIST_FORMAT_JSON, .empty = true, .expected = "{\n  \"rows\": []\n}\n"},
    {.format = RECIST_FORMAT_TABLE,
     .expected = "patient  sum_mm  change_pct  site\n"
                 "Müller     50.5       -0.33  liver, \"left\"\n"
                 "P2            7\n"},
    {.format = RECIST_FORMAT_TABLE,
     .empty = true,
     .expected = "patient  sum_mm  change_pct  site\n"},
};

START_TEST(writes_tables)
{
    const struct table_case *expected = &table_cases[_i];
    struct recist_sink sink;
    struct recist_text text;
    struct recist_table table = {.sink = &sink,
                                 .columns = columns,
                                 .column_count = COUNT(columns),
                                 .format = expected->format};
    recist_text_init(&text);
    ck_assert(recist_sink_open(&sink, in_directory("table"), false));
    recist_table_begin(&table);
    if (!expected->empty) {
        append_example_rows(&table, &text);
        recist_table_append(&table, &text);
    }
    recist_table_end(&table);
    ck_assert(!table.failed);
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    recist_table_destroy(&table);
    recist_text_destroy(&text);
    ck_assert_str_eq(read_file(in_directory("table")), expected->expected);
}
END_TEST

/* A wide cell after the measured rows moves its row and stays whole. */
START_TEST(table_cuts_nothing)
{
    static const struct recist_table_column two[] = {{"a", RECIST_CELL_TEXT},
                                                     {"b", RECIST_CELL_TEXT}};
    struct recist_sink sink;
    struct recist_text text;
    struct recist_table table = {.sink = &sink, .columns = two, .column_count = 2};
    recist_text_init(&text);
    ck_assert(recist_sink_open(&sink, in_directory("wide"), false));
    recist_table_begin(&table);
    for (int i = 0; i < RECIST_TABLE_ROWS_MEASURED + 1; i++) {
        struct recist_row row = recist_table_row(&table, &text);
        text.length = 0;
        recist_row_begin(&row);
        recist_row_string(&row, i < RECIST_TABLE_ROWS_MEASURED ? "xy" : "wider than any");
        recist_row_string(&row, "end");
        recist_row_end(&row);
        recist_table_append(&table, &text);
    }
    recist_table_end(&table);
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    recist_table_destroy(&table);
    recist_text_destroy(&text);
    const char *content = read_file(in_directory("wide"));
    ck_assert_int_eq(strncmp(content, "a   b\nxy  end\n", 14), 0);
    ck_assert_str_eq(strrchr(content, 'x') + 8, "wider than any  end\n");
}
END_TEST

/* What is done so that a table fits, one step after the other as the terminal gets narrower. */
static const struct {
    size_t fit;
    const char *expected;
} fit_cases[] = {
    {.fit = 85,
     .expected = "id  empty_column  nadir_of_the_sum  why\n"
                 "P1                            1234  one two three four five six seven eight nine\n"
                 "P2                               5\n"},
    {.fit = 70,
     .expected = "id  nadir_of_the_sum  why\n"
                 "P1              1234  one two three four five six seven eight nine\n"
                 "P2                 5\n"},
    {.fit = 60,
     .expected = "      nadir_\n"
                 "     of_the_\n"
                 "id       sum  why\n"
                 "P1      1234  one two three four five six seven eight nine\n"
                 "P2         5\n"},
    {.fit = 50,
     .expected = "      nadir_\n"
                 "     of_the_\n"
                 "id       sum  why\n"
                 "P1      1234  one two three four five six seven\n"
                 "              eight nine\n"
                 "P2         5\n"},
    {.fit = 30,
     .expected = "      nadir_\n"
                 "     of_the_\n"
                 "id       sum\n"
                 "    why\n"
                 "P1      1234\n"
                 "    one two three four five\n"
                 "    six seven eight nine\n"
                 "P2         5\n"},
    {.fit = 10,
     .expected = "id\n"
                 "      nadir_\n"
                 "     of_the_\n"
                 "         sum\n"
                 "    why\n"
                 "P1\n"
                 "        1234\n"
                 "    one\n"
                 "    two\n"
                 "    three\n"
                 "    four\n"
                 "    five\n"
                 "    six\n"
                 "    seven\n"
                 "    eight\n"
                 "    nine\n"
                 "P2\n"
                 "           5\n"},
};

START_TEST(table_is_made_to_fit)
{
    static const struct recist_table_column four[] = {{"id", RECIST_CELL_TEXT},
                                                      {"empty_column", RECIST_CELL_TEXT},
                                                      {"nadir_of_the_sum", RECIST_CELL_NUMBER},
                                                      {"why", RECIST_CELL_TEXT}};
    struct recist_sink sink;
    struct recist_text text;
    struct recist_table table = {
        .sink = &sink, .columns = four, .column_count = 4, .fit = fit_cases[_i].fit};
    recist_text_init(&text);
    ck_assert(recist_sink_open(&sink, in_directory("fit"), false));
    recist_table_begin(&table);
    for (int i = 0; i < 2; i++) {
        struct recist_row row = recist_table_row(&table, &text);
        recist_row_begin(&row);
        recist_row_string(&row, i == 0 ? "P1" : "P2");
        recist_row_empty(&row);
        recist_row_integer(&row, i == 0 ? 1234 : 5);
        recist_row_string(&row, i == 0 ? "one two three four five six seven eight nine" : "");
        recist_row_end(&row);
    }
    recist_table_append(&table, &text);
    recist_table_end(&table);
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    recist_table_destroy(&table);
    recist_text_destroy(&text);
    ck_assert_str_eq(read_file(in_directory("fit")), fit_cases[_i].expected);
}
END_TEST

static Suite *output_suite(void)
{
    Suite *suite = suite_create("output");
    TCase *text = tcase_create("text");
    tcase_add_loop_test(text, escapes_what_is_appended, 0, COUNT(escape_cases));
    tcase_add_loop_test(text, escapes_what_was_appended_last, 0, COUNT(escape_cases));
    tcase_add_test(text, nothing_special_is_overlooked);
    tcase_add_test(text, json_has_fifteen_significant_digits);
    tcase_add_test(text, width_is_what_a_terminal_shows);
    suite_add_tcase(suite, text);
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_directory, remove_directory);
    tcase_add_loop_test(files, writes_tables, 0, COUNT(table_cases));
    tcase_add_test(files, table_cuts_nothing);
    tcase_add_loop_test(files, table_is_made_to_fit, 0, COUNT(fit_cases));
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(output_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
