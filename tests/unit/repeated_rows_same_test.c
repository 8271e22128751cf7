/* SPDX-License-Identifier: MIT
 * The fast way through rows (repeated_rows.c) and the long one give the same readings and findings,
 * whatever stands in the rows and wherever a piece ends; and what the fast way says beside, which
 * reading is like which and of whose visit, is true. */
#include "base/decimal.h"
#include "input/plain_number.h"
#include "measurements_support.h"

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static uint64_t below(uint64_t *state, uint64_t end)
{
    return (next_random(state) >> 16) % end;
}

/* Letters that stand for columns, in the order of a file. */
static const struct {
    char letter;
    const char *name;
} columns[] = {
    {'p', "patient"},     {'v', "visit"},        {'d', "date"},          {'l', "lesion"},
    {'r', "role"},        {'s', "site"},         {'m', "diameter_mm"},   {'t', "status"},
    {'u', "study"},       {'k', "kind"},         {'c', "comment"},       {'a', "reader"},
    {'x', "long_axis_mm"}, {'y', "short_axis_mm"}, {'n', "nodal"},       {'i', "slice_mm"},
    {'?', "unknown"},     {'o', "method"},
};
#define COLUMN_COUNT (sizeof columns / sizeof *columns)

static const char *const layouts[] = {
    "pvdlrsmt",   "pdvlrsmt", "vdplrst",  "pvdslrmt", "pvdlrtms", "pdlrm",     "pvdlrsmtc",
    "updvlrsmxt", "pavdlrsmt", "pvdlramt", "pvdlrskmt", "pvdlrmtko", "pvd?lrs?m?t?", "pvdlnrsxyt",
    "pvdlrisxyt", "pdculrsmt", "psvdlrmt", "pokvdlrsmt", "lrpvdsmt",
};

static const char *choose(uint64_t *state, const char *const *choices, size_t count, size_t usual)
{
    return choices[below(state, below(state, 12) == 0 ? count : usual)];
}

#define CHOOSE(state, usual, ...)                                                                  \
    choose(state, (const char *const[]){__VA_ARGS__},                                              \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), usual)

static void add_number(struct recist_text *text, uint64_t *state)
{
    if (below(state, 3) > 0) {
        recist_text_format(text, "%u.%0*u", (unsigned)below(state, 150), 1 + (int)below(state, 6),
                           (unsigned)below(state, 10));
        return;
    }
    recist_text_append_string(
        text, CHOOSE(state, 3, "", "7", "101.25", "12.", ".5", ".", "1e3", "10000.000001", "10000",
                     "9999999", "123456789", "0012.5", "12.1234567", "1.2.3", "-4", " 5", "5 ",
                     "\"6.5\"", "\"6,5\"", "5mm", "12345.123456", "\xD9\xA1"));
}

/* Of most rows nothing is odd: then a lesion with a number has no other status, and one without has
 * one that its role may have. */
struct row {
    const char *layout;
    unsigned patient;
    unsigned visit;
    unsigned lesion;
    bool odd;
    bool measured;
};

static void add_status(struct recist_text *text, uint64_t *state, const struct row *row)
{
    if (!row->odd) {
        const char *seen = CHOOSE(state, 1, "absent", "Absent", "too small to measure");
        recist_text_append_string(text, row->measured ? "" : row->lesion % 3 ? seen : "present");
        return;
    }
    recist_text_append_string(
        text, CHOOSE(state, 6, "", "", "", "absent", "present", "too small to measure", "PRESENT",
                     "not-evaluable", "gone", "unequivocal progression", " absent", "\"absent\"",
                     "equivocal", "present\t"));
}

static void add_length(struct recist_text *text, uint64_t *state, const struct row *row,
                       char column)
{
    bool first = column == (strchr(row->layout, 'm') ? 'm' : 'x');
    if (row->odd && below(state, 2) == 0) {
        add_number(text, state);
    } else if (first && row->measured) {
        recist_text_format(text, below(state, 4) ? "%u.%u" : "%u.%06u", (unsigned)below(state, 150),
                           (unsigned)below(state, 10));
    }
}

static void add_field(struct recist_text *text, uint64_t *state, const struct row *row, char column)
{
    static const char *const sites[] = {"liver", "left lung", "bone", "mediastinal lymph node"};
    bool odd = row->odd && below(state, 8) == 0;
    unsigned place = row->layout[1] == 's' ? row->visit / 2 : row->lesion;
    switch (column) {
    case 'p':
        recist_text_format(text,
                           odd ? "\"P%u\"" : row->patient % 3 == 2 ? "a-long-name-of-%u" : "P%u",
                           row->patient);
        return;
    case 'v':
        if (odd) {
            recist_text_append_string(
                text, CHOOSE(state, 6, " V1", "V,1", "V\"1", "V 1", "V1 ", "\xC3\xA4""1"));
            return;
        }
        recist_text_format(text, row->patient / 2 % 2 ? "V%02u" : "Visit number %02u",
                           row->visit * 3);
        return;
    case 'd':
        recist_text_format(text, odd ? "2024-%02u" : "2024-%02u-05", 1 + row->visit % 12);
        return;
    case 'l':
        recist_text_format(text, odd ? "\"T%u\"" : "T%u", row->lesion);
        if (odd && below(state, 2) == 0) {
            text->length -= strlen("\"T1\"") + (row->lesion > 9) + (row->lesion > 99);
        }
        return;
    case 'r':
        recist_text_append_string(
            text, odd ? CHOOSE(state, 6, "Target", "NON_TARGET", "none", "", "tarjet", "new")
                      : row->lesion % 3 ? "target" : "non-target");
        return;
    case 's':
        recist_text_append_string(text, odd ? "L\xC3\xA4mina" : sites[place % 4]);
        return;
    case 't':
        add_status(text, state, row);
        return;
    case 'm':
    case 'x':
    case 'y':
        add_length(text, state, row, column);
        return;
    case 'u':
        recist_text_append_string(text, row->patient % 2 ? "A" : "");
        return;
    case 'n':
        recist_text_append_string(text, odd ? "maybe" : row->lesion % 5 ? "" : "yes");
        return;
    case 'i':
        recist_text_append_string(text, odd ? "500" : "5");
        return;
    default:
        recist_text_append_string(
            text, odd ? CHOOSE(state, 5, "\"a, b\"", "tab\there", "x ", "\xE4", "other", "a, b")
                      : row->lesion % 2 ? "one" : "two words");
        return;
    }
}

static void add_row(struct recist_text *text, uint64_t *state, const struct row *row)
{
    for (const char *column = row->layout; *column; column++) {
        if (column > row->layout) {
            bool wrong = row->odd && column > row->layout + 4 && below(state, 90) == 0;
            recist_text_append_char(text, wrong ? ';' : ',');
        }
        add_field(text, state, row, *column);
    }
    const char *odd_end = CHOOSE(state, 1, "\n", "\n", "\n\n", "\r", ",\n");
    const char *end = below(state, 20) == 0 ? "\r\n" : "\n";
    recist_text_append_string(text, row->odd ? odd_end : end);
}

static void add_header(struct recist_text *text, const char *layout)
{
    int unknown = 0;
    for (const char *column = layout; *column; column++) {
        size_t i = 0;
        while (columns[i].letter != *column) {
            i++;
        }
        ck_assert_uint_lt(i, COLUMN_COUNT);
        recist_text_format(text, column > layout ? ",%s" : "%s", columns[i].name);
        if (*column == '?') {
            recist_text_format(text, "_%d", unknown++);
        }
    }
    recist_text_append_char(text, '\n');
}

/* Visits of some patients: most have the lesions of the one before, in the same order. */
static void make_file_of(struct recist_text *text, uint64_t *state, const char *layout)
{
    unsigned lesions[80];
    add_header(text, layout);
    for (unsigned patient = 0; patient < 5; patient++) {
        unsigned count = patient == 4 ? 75 : 1 + (unsigned)below(state, 6);
        for (unsigned i = 0; i < count; i++) {
            lesions[i] = i;
        }
        for (unsigned visit = 0; visit < 5; visit++) {
            for (unsigned i = 0; i < count; i++) {
                struct row row = {.layout = layout,
                                  .patient = patient,
                                  .visit = visit,
                                  .lesion = lesions[i],
                                  .odd = below(state, 12) == 0};
                row.measured =
                    row.lesion % 3 != 0 && strpbrk(layout, "mx") && below(state, 6) > 0;
                if (below(state, 30) > 0) {
                    add_row(text, state, &row);
                }
            }
            if (below(state, 3) == 0) {
                lesions[below(state, count)] = 100 + visit;
            }
        }
    }
}

static struct outcome read_as(const struct memory_file *file, bool fast,
                              enum recist_grouping grouping, size_t piece)
{
    const char *path = file->path;
    struct outcome result = {.findings = recist_findings_create()};
    struct recist_measurements *reader = NULL;
    ck_assert_int_eq(recist_measurements_open_in_pieces(&path, 1, words, grouping, piece,
                                                        result.findings, &reader),
                     RECIST_DONE);
    if (!fast) {
        reader->scan = NULL; /* no row is known to be plain, and only such are repeated */
    }
    read_all(&result, reader);
    recist_measurements_close(reader);
    recist_findings_sort(result.findings);
    return result;
}

static void assert_same_findings(const struct recist_findings *one,
                                 const struct recist_findings *other)
{
    size_t count = recist_findings_count(one);
    ck_assert_uint_eq(count, recist_findings_count(other));
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding *a = recist_findings_at(one, i);
        const struct recist_finding *b = recist_findings_at(other, i);
        ck_assert_str_eq(a->kind->code, b->kind->code);
        ck_assert_str_eq(a->message.text, b->message.text);
        ck_assert_uint_eq(a->place.line, b->place.line);
        ck_assert_uint_eq(a->place.column, b->place.column);
    }
}

static void assert_same_text(const struct recist_text *one, const struct recist_text *other)
{
    size_t length = one->length < other->length ? one->length : other->length;
    for (size_t i = 0; i < length; i++) {
        if (one->bytes[i] != other->bytes[i]) {
            size_t begin = i < 200 ? 0 : i - 200;
            ck_abort_msg("%.*s\n---\n%.*s", (int)(i + 50 - begin), one->bytes + begin,
                         (int)(i + 50 - begin), other->bytes + begin);
        }
    }
    ck_assert_uint_eq(one->length, other->length);
}

START_TEST(both_ways_read_the_same)
{
    uint64_t state = 4711 + (uint64_t)_i * 7919;
    const char *layout = layouts[(size_t)_i % (sizeof layouts / sizeof *layouts)];
    struct recist_text text = {0};
    make_file_of(&text, &state, layout);
    if (_i % 5 == 0) {
        text.length -= below(&state, 20); /* it ends anywhere */
    }
    struct memory_file file = make_file(text.bytes, text.length);
    enum recist_grouping grouping = _i / 19 % 2 ? RECIST_INDEXED : RECIST_GROUPED;
    struct outcome slow = read_as(&file, false, grouping, RECIST_PIECE_SIZE);
    if (slow.outcome == RECIST_DONE) {
        ck_assert_uint_gt(slow.patients.length, 1000);
    }
    for (size_t piece = 0; piece < PIECE_COUNT; piece++) {
        struct outcome fast = read_as(&file, true, grouping, pieces[piece]);
        ck_assert_int_eq(fast.outcome, slow.outcome);
        if (slow.outcome == RECIST_DONE) { /* else batches end where they do */
            assert_same_text(&fast.patients, &slow.patients);
            assert_same_findings(fast.findings, slow.findings);
        }
        forget(&fast);
    }
    forget(&slow);
    close(file.descriptor);
    recist_text_destroy(&text);
}
END_TEST

/* A number with what follows it, and as many bytes after that as are looked at. */
static const char *read_number(char at[static 64], const char *text, char after, int64_t *value)
{
    memset(at, ' ', 64);
    size_t length = strlen(text);
    memcpy(at, text, length);
    at[length] = after;
    const char *end = recist_plain_number_at(at, value);
    return end == at + length ? end : NULL;
}

/* Where bytes stand in another order, all numbers are left to the long way. */
static bool reads_numbers(void)
{
    char bytes[64];
    int64_t value = 0;
    return read_number(bytes, "7", ',', &value) != NULL;
}

static void assert_same_words(struct recist_slice one, struct recist_slice other)
{
    ck_assert(recist_text_equal(one, other));
}

static void assert_like(const struct recist_reading *reading, const struct recist_reading *like)
{
    const struct recist_reading_more *one = recist_reading_more(reading);
    const struct recist_reading_more *other = recist_reading_more(like);
    assert_same_words(reading->lesion, like->lesion);
    assert_same_words(reading->site, like->site);
    assert_same_words(one->kind, other->kind);
    assert_same_words(one->method, other->method);
    ck_assert_int_eq(one->slice_thickness, other->slice_thickness);
    ck_assert_int_eq(reading->role, like->role);
    ck_assert_int_eq(reading->nodal, like->nodal);
}

START_TEST(what_is_said_beside_is_true)
{
    uint64_t state = 815 + (uint64_t)_i * 7919;
    const char *layout = layouts[(size_t)_i % (sizeof layouts / sizeof *layouts)];
    struct recist_text text = {0};
    make_file_of(&text, &state, layout);
    struct memory_file file = make_file(text.bytes, text.length);
    const char *path = file.path;
    struct recist_findings *findings = recist_findings_create();
    struct recist_batch *batch = recist_batch_create();
    struct recist_measurements *reader = NULL;
    ck_assert_int_eq(recist_measurements_open(&path, 1, words, RECIST_INDEXED, findings, &reader),
                     RECIST_DONE);
    size_t like = 0;
    while (recist_measurements_next(reader, batch) == RECIST_DONE) {
        for (size_t i = 0; i < recist_batch_patient_count(batch); i++) {
            const struct recist_patient_readings *patient = recist_batch_patient(batch, i);
            for (size_t j = 0; j < patient->count; j++) {
                const struct recist_reading *reading = &patient->readings[j];
                ck_assert_uint_le(reading->like, j);
                assert_like(reading, reading - reading->like);
                like += reading->like > 0;
                if (reading->same_visit) {
                    ck_assert_uint_gt(j, 0);
                    assert_same_words(reading->visit, reading[-1].visit);
                    ck_assert_int_eq(reading->date, reading[-1].date);
                    ck_assert_int_eq(reading->date_precision, reading[-1].date_precision);
                }
            }
        }
    }
    bool in_order = strcmp(layout, "lrpvdsmt") != 0;
    if (recist_plain_scan_choose() && reads_numbers() && in_order) {
        ck_assert_uint_gt(like, 50); /* the fast way was taken */
    }
    recist_measurements_close(reader);
    recist_batch_destroy(batch);
    recist_findings_destroy(findings);
    close(file.descriptor);
    recist_text_destroy(&text);
}
END_TEST

/* They are not what a word looks like that was never met. */
START_TEST(no_word_is_not_many_nul_bytes)
{
    static const char text[] = "patient,visit,date,lesion,role,site,diameter_mm,status\n"
                               "P1,V0,2024-01-01,T1,target,liver,30,\n"
                               "P1,V0,2024-01-01,T2,target,lung,20,"
                               "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                               "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\n"
                               "P1,V0,2024-01-01,T3,target,lung,20,\n";
    struct outcome result = read_bytes(text, sizeof text - 1, RECIST_GROUPED, RECIST_PIECE_SIZE);
    assert_findings(result.findings, "nul-byte 3:36, unknown-status 3:36", "many NULs");
    forget(&result);
}
END_TEST

START_TEST(usual_numbers_are_read)
{
    uint64_t state = 11;
    for (int i = 0; i < 20000 && reads_numbers(); i++) {
        char text[32];
        char bytes[64];
        int whole = 1 + (int)below(&state, 7);
        int decimals = (int)below(&state, 7);
        int length = snprintf(text, sizeof text, "%0*u", whole,
                              (unsigned)(below(&state, 10000000) >> below(&state, 24)));
        text[whole] = '\0';
        if (decimals > 0) {
            snprintf(text + whole, sizeof text - (size_t)length, ".%0*u", decimals,
                     (unsigned)below(&state, 1000000));
            text[whole + 1 + decimals] = '\0';
        }
        int64_t expected = 0;
        int64_t value = 0;
        ck_assert_int_eq(recist_decimal_parse((struct recist_slice){text, strlen(text)}, &expected),
                         RECIST_DECIMAL_OK);
        ck_assert_msg(read_number(bytes, text, ',', &value) != NULL, "%s", text);
        ck_assert_msg(value == expected, "%s", text);
    }
}
END_TEST

START_TEST(other_numbers_are_not_mistaken)
{
    static const char alphabet[] = "0123456789...,-e \xB9\xF0";
    uint64_t state = 12;
    for (int i = 0; i < 200000; i++) {
        char text[32] = {0};
        char bytes[64];
        size_t length = 1 + below(&state, 18);
        for (size_t j = 0; j < length; j++) {
            text[j] = alphabet[below(&state, sizeof alphabet - 1)];
        }
        int64_t expected = 0;
        int64_t value = 0;
        if (read_number(bytes, text, ",\n\r"[i % 3], &value)) {
            ck_assert_int_eq(
                recist_decimal_parse((struct recist_slice){text, length}, &expected),
                RECIST_DECIMAL_OK);
            ck_assert_msg(value == expected, "%s", text);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("repeated_rows_same");
    TCase *tests = tcase_create("rows");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, both_ways_read_the_same, 0, 190);
    tcase_add_loop_test(tests, what_is_said_beside_is_true, 0, 38);
    tcase_add_test(tests, no_word_is_not_many_nul_bytes);
    tcase_add_test(tests, usual_numbers_are_read);
    tcase_add_test(tests, other_numbers_are_not_mistaken);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
