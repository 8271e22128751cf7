/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/csv.h"

#define CAPACITY 8

struct csv_case {
    const char *bytes;
    size_t length; /* 0: up to the terminator */
    /* Rows as the scanner tells them: fields in brackets, `~` for unusual bytes, `!n` for a stray
     * quote at offset n of its row, `+n` for n line ends within; then how it ended. */
    const char *rows;
};

static const struct csv_case cases[] = {
    {.bytes = "", .rows = "end"},
    {.bytes = "a,b\n", .rows = "[a][b] end"},
    {.bytes = "a,b", .rows = "[a][b] end"},
    {.bytes = "a,\n,b\n", .rows = "[a][] [][b] end"},
    {.bytes = "a\r\nb\rc\n", .rows = "[a] [b] [c] end"},
    {.bytes = "a\r", .rows = "[a] end"},
    {.bytes = "a\n\n\r\n\rb\n", .rows = "[a] [] [] [] [b] end"},
    {.bytes = "a\r\r\nb", .rows = "[a] [] [b] end"},
    {.bytes = "\"a,b\",c\n", .rows = "[\"a,b\"][c] end"},
    {.bytes = "\"a\"\"b\",c\n", .rows = "[\"a\"\"b\"][c] end"},
    {.bytes = "\"\"\n", .rows = "[\"\"] end"},
    {.bytes = "\"\"\"\"\n", .rows = "[\"\"\"\"] end"},
    {.bytes = "x,\"a\nb\r\nc\rd\"\ny", .rows = "[x][\"a\nb\r\nc\rd\"]+3 [y] end"},
    {.bytes = "\"a\"", .rows = "[\"a\"] end"},
    {.bytes = "\"a\"b,c\n", .rows = "[\"a\"b][c]!3 end"},
    {.bytes = "a\"b\",c\nd", .rows = "[a\"b\"][c]!1 [d] end"},
    {.bytes = "a, \"b\"\n", .rows = "[a][ \"b\"]!3 end"},
    {.bytes = "a,\"b\nc", .rows = "unclosed at 2"},
    {.bytes = "a,\"b\"\"", .rows = "unclosed at 2"},
    {.bytes = "1,2,3,4,5,6,7,8,9,10\nx\n", .rows = "[1][2][3][4][5][6][7][8]... 10 [x] end"},
    {.bytes = "a\0b,c\n", .length = 6, .rows = "[a\\0b][c]~ end"},
    {.bytes = "\xC3\xA4,c\n", .rows = "[\xC3\xA4][c]~ end"},
};

static void describe_row(const struct recist_csv *csv, const struct recist_csv_row *row, char *to)
{
    for (size_t i = 0; i < row->field_count && i < csv->capacity; i++) {
        struct recist_slice field = recist_csv_field(row, i);
        to += sprintf(to, "[");
        for (const char *at = field.text; at < field.text + field.length; at++) {
            to += *at ? sprintf(to, "%c", *at) : sprintf(to, "\\0");
        }
        to += sprintf(to, "]");
    }
    if (row->field_count > csv->capacity) {
        to += sprintf(to, "... %zu", row->field_count);
    }
    if (row->line_ends > 0) {
        to += sprintf(to, "+%u", row->line_ends);
    }
    if (row->stray) {
        to += sprintf(to, "!%d", (int)(row->stray - row->begin));
    }
    bool unusual = false;
    for (const char *at = row->begin; at < row->end; at++) {
        unusual |= *at == 0 || (unsigned char)*at >= 0x80;
    }
    /* The scanner may suspect a row because of its neighbours, but may not miss one. */
    if (unusual) {
        to += sprintf(to, row->unusual ? "~" : " missed!");
    }
    sprintf(to, " ");
}

/* Scans the text in pieces of `piece` bytes: when a row is not whole, one more piece is added.
 * Returns how many rows were found as plain ones. */
static size_t describe_as(const char *bytes, size_t length, size_t piece, size_t capacity,
                          recist_plain_scan *scan, char *to)
{
    char *copy = calloc(1, length + RECIST_CSV_SLACK);
    size_t plain = 0;
    uint32_t field_ends[CAPACITY + 2];
    struct recist_csv csv;
    struct recist_csv_row row;
    size_t end = piece < length ? piece : length;
    memcpy(copy, bytes, length);
    recist_csv_init(&csv, field_ends, capacity);
    recist_csv_expect(&csv, scan);
    recist_csv_set(&csv, copy, copy + end, end == length);
    *to = '\0';
    for (;;) {
        switch (recist_csv_next(&csv, &row)) {
        case RECIST_CSV_ROW:
            plain += row.plain;
            to += strlen(to);
            describe_row(&csv, &row, to);
            continue;
        case RECIST_CSV_MORE:
            end = end + piece < length ? end + piece : length;
            recist_csv_set(&csv, row.begin, copy + end, end == length);
            continue;
        case RECIST_CSV_UNCLOSED:
            sprintf(to + strlen(to), "unclosed at %d", (int)(row.unclosed - row.begin));
            break;
        case RECIST_CSV_TOO_LONG:
            strcat(to, "too long");
            break;
        case RECIST_CSV_END:
        default:
            strcat(to, "end");
        }
        break;
    }
    free(copy);
    return plain;
}

static void describe(const char *bytes, size_t length, size_t piece, char *to)
{
    describe_as(bytes, length, piece, CAPACITY, NULL, to);
}

START_TEST(finds_rows_and_fields)
{
    const struct csv_case *expected = &cases[_i];
    size_t length = expected->length ? expected->length : strlen(expected->bytes);
    char found[1024];
    for (size_t piece = 1; piece <= length + 1; piece++) {
        describe(expected->bytes, length, piece, found);
        ck_assert_str_eq(found, expected->rows);
    }
}
END_TEST

struct plain_case {
    const char *bytes;
    size_t plain; /* rows of two fields that are found as plain ones */
    const char *rows;
};

static const struct plain_case plain_cases[] = {
    {"a,b\n,\nc,d\n", 3, "[a][b] [][] [c][d] end"},
    {"a,b\r\n,\r\nc,d\r\n", 3, "[a][b] [][] [c][d] end"},
    {"a,b\nc,d", 1, "[a][b] [c][d] end"},
    {"a b,c\nd,e f\n", 2, "[a b][c] [d][e f] end"},
    {"a,b\nc\n\nd,e,f\ng,h\n", 2, "[a][b] [c] [] [d][e]... 3 [g][h] end"},
    {" a,b\n", 0, "[ a][b] end"},
    {"a ,b\n", 0, "[a ][b] end"},
    {"a,\tb\n", 0, "[a][\tb] end"},
    {"a,b \r\n", 0, "[a][b ] end"},
    {"a,b\rc,d\n", 1, "[a][b] [c][d] end"},
    {"a,b\r\r\n", 0, "[a][b] [] end"},
    {"a,\"b\"\n", 0, "[a][\"b\"] end"},
    {"\xC3\xA4,b\n", 0, "[\xC3\xA4][b]~ end"},
};

START_TEST(plain_rows_are_found_by_every_scan)
{
    const struct plain_case *expected = &plain_cases[_i];
    size_t length = strlen(expected->bytes);
    char found[1024];
    recist_plain_scan *scan = NULL;
    for (size_t i = 0; (scan = recist_plain_scan_at(i)); i++) {
        ck_assert_uint_eq(describe_as(expected->bytes, length, length, 2, scan, found),
                          expected->plain);
        ck_assert_str_eq(found, expected->rows);
    }
    describe_as(expected->bytes, length, length, 2, NULL, found);
    ck_assert_str_eq(found, expected->rows);
}
END_TEST

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

START_TEST(vector_and_plain_marks_agree)
{
    static const char alphabet[] = ",\"\n\r ab\x7F\x80\xFF-,./!#\x0B\x0C\x0E+2";
    uint64_t state = 88172645463325252;
    char block[64];
    for (int round = 0; round < 100000; round++) {
        for (size_t i = 0; i < sizeof block; i++) {
            uint64_t random = next_random(&state);
            block[i] = round % 3 == 0 ? (char)random : alphabet[random % (sizeof alphabet - 1)];
        }
        if (round % 3 == 2) {
            for (size_t i = 0; i < sizeof block; i++) {
                block[i] = (char)(block[i] & 0x7F);
            }
        }
        bool unusual = false;
        bool unusual_portable = false;
        ck_assert_uint_eq(recist_csv_marks(block, &unusual),
                          recist_csv_marks_portable(block, &unusual_portable));
        ck_assert_int_eq(unusual, unusual_portable);
    }
}
END_TEST

START_TEST(random_text_gives_the_same_rows_in_every_piece)
{
    static const char alphabet[] = "aaab,,\"\"\n\r";
    uint64_t state = 1 + (uint64_t)_i;
    char text[201];
    char whole[8192];
    char found[8192];
    for (int round = 0; round < 200; round++) {
        size_t length = next_random(&state) % sizeof text;
        for (size_t i = 0; i < length; i++) {
            text[i] = alphabet[next_random(&state) % (sizeof alphabet - 1)];
        }
        describe(text, length, sizeof text, whole);
        for (size_t piece = 1; piece < 70; piece += 1 + next_random(&state) % 9) {
            describe(text, length, piece, found);
            ck_assert_str_eq(found, whole);
        }
    }
}
END_TEST

#define PLAIN_TEXT 6000

/* Rows of mostly `fields` fields, of which about one in `rare` is spoilt. */
static size_t write_rows(uint64_t *state, size_t fields, uint64_t rare, char text[PLAIN_TEXT])
{
    static const char *const spoilt[] = {"\"x,\"", " ",    "\t", "\r",   "\n",
                                         ",",       "\xC3", "\"", "\r\n", " ,"};
    const char *line_end = next_random(state) % 2 ? "\n" : "\r\n";
    size_t length = 0;
    while (length < PLAIN_TEXT - 200) {
        for (size_t i = 0; i < fields; i++) {
            length += (size_t)sprintf(text + length, "%s%.*s", i ? "," : "",
                                      (int)(next_random(state) % 12), "abc-d.e+fgh");
            if (next_random(state) % rare == 0) {
                size_t which = next_random(state) % (sizeof spoilt / sizeof *spoilt);
                length += (size_t)sprintf(text + length, "%s", spoilt[which]);
            }
        }
        length += (size_t)sprintf(text + length, "%s", line_end);
    }
    return length;
}

START_TEST(every_scan_gives_the_same_rows)
{
    uint64_t state = 77 + (uint64_t)_i;
    char text[PLAIN_TEXT];
    char *expected = malloc(PLAIN_TEXT * 8);
    char *found = malloc(PLAIN_TEXT * 8);
    for (int round = 0; round < 40; round++) {
        size_t fields = 1 + next_random(&state) % CAPACITY;
        uint64_t rare = round % 4 == 0 ? UINT64_MAX : 1 + next_random(&state) % 300;
        size_t length = write_rows(&state, fields, rare, text);
        size_t piece = round % 2 ? length : 1 + next_random(&state) % 500;
        describe_as(text, length, piece, fields, NULL, expected);
        recist_plain_scan *scan = NULL;
        for (size_t i = 0; (scan = recist_plain_scan_at(i)); i++) {
            size_t plain = describe_as(text, length, piece, fields, scan, found);
            ck_assert_str_eq(found, expected);
            ck_assert_msg(rare != UINT64_MAX || plain > 0, "no plain row was found");
        }
    }
    free(expected);
    free(found);
}
END_TEST

struct limit_case {
    const char *name;
    bool quoted;
    size_t length; /* of the field with its quotes */
    enum recist_csv_result result;
};

static const struct limit_case limit_cases[] = {
    {"plain, at the limit", false, RECIST_CSV_ROW_LIMIT, RECIST_CSV_ROW},
    {"plain, beyond the limit", false, RECIST_CSV_ROW_LIMIT + 1, RECIST_CSV_TOO_LONG},
    {"quoted, at the limit", true, RECIST_CSV_ROW_LIMIT, RECIST_CSV_ROW},
    {"quoted, beyond the limit", true, RECIST_CSV_ROW_LIMIT + 1, RECIST_CSV_UNCLOSED},
    {"quoted, far beyond the limit", true, RECIST_CSV_ROW_LIMIT * 2, RECIST_CSV_UNCLOSED},
};

START_TEST(a_row_has_a_limit)
{
    const struct limit_case *limit = &limit_cases[_i];
    size_t length = limit->length + 3;
    char *text = calloc(1, length + RECIST_CSV_SLACK);
    memset(text, 'x', limit->length);
    text[0] = limit->quoted ? '"' : 'x';
    text[limit->length - 1] = text[0];
    memcpy(text + limit->length, "\ny\n", 3);
    /* Whether all of it is there, or just enough to tell. */
    for (size_t end = RECIST_CSV_ROW_LIMIT + 2; end <= length; end += length - end ? length - end : 1) {
        uint32_t field_ends[3];
        struct recist_csv csv;
        struct recist_csv_row row;
        recist_csv_init(&csv, field_ends, 1);
        recist_csv_expect(&csv, recist_plain_scan_choose());
        recist_csv_set(&csv, text, text + end, false);
        ck_assert_msg(recist_csv_next(&csv, &row) == limit->result, "%s", limit->name);
    }
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv");
    TCase *tests = tcase_create("scanner");
    tcase_add_loop_test(tests, finds_rows_and_fields, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_loop_test(tests, plain_rows_are_found_by_every_scan, 0,
                        (int)(sizeof plain_cases / sizeof *plain_cases));
    tcase_add_loop_test(tests, every_scan_gives_the_same_rows, 0, 20);
    tcase_add_test(tests, vector_and_plain_marks_agree);
    tcase_add_loop_test(tests, random_text_gives_the_same_rows_in_every_piece, 0, 20);
    tcase_add_loop_test(tests, a_row_has_a_limit, 0,
                        (int)(sizeof limit_cases / sizeof *limit_cases));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
