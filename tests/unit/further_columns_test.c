/* SPDX-License-Identifier: MIT
 * Columns that the criteria name, and rows that are about the patient and no lesion. */
#include "measurements_support.h"

enum { DENSITY, UPTAKE, VALUE, INJECTED, COLUMNS };
static const struct recist_number_column columns[COLUMNS] = {
    [DENSITY] = {.name = "density_hu"},
    [UPTAKE] = {.name = "uptake_sul"},
    [VALUE] = {.name = "value"},
    [INJECTED] = {.name = "injected", .answer = true},
};

enum { NONE_GIVEN = 8, DECREASED, STABLE, STATUSES };
enum { STEROIDS = 4, CA125, CYST, ROLES };

static struct recist_status_word further_statuses[STATUSES];
static struct recist_role_word further_roles[ROLES];
static const uint8_t steroid_statuses[] = {NONE_GIVEN, DECREASED, STABLE, NOT_EVALUABLE};
static const uint8_t marker_statuses[] = {NOT_EVALUABLE};
static const uint8_t cyst_statuses[] = {NOT_EVALUABLE, PRESENT};
static const struct recist_vocabulary further = {
    .roles = further_roles,
    .role_count = ROLES,
    .statuses = further_statuses,
    .status_count = STATUSES,
    .columns = columns,
    .column_count = COLUMNS,
    .value_column = VALUE,
};

static void set_up(void)
{
    static const char *const more[] = {"not given", "decreased", "stable"};
    memcpy(further_statuses, statuses, sizeof statuses);
    further_statuses[0].stands_for = RECIST_MISSING;
    for (size_t i = 0; i < 3; i++) {
        further_statuses[NONE_GIVEN + i] = (struct recist_status_word){
            .word = more[i], .evaluated = true, .stands_for = RECIST_MISSING};
    }
    memcpy(further_roles, roles, sizeof roles);
    further_roles[STEROIDS] = (struct recist_role_word){.word = "steroids",
                                                        .statuses = steroid_statuses,
                                                        .status_count = 4,
                                                        .any_time = true,
                                                        .of_patient = true};
    further_roles[CA125] = (struct recist_role_word){.word = "ca125",
                                                     .statuses = marker_statuses,
                                                     .status_count = 1,
                                                     .any_time = true,
                                                     .of_patient = true,
                                                     .own_schedule = true,
                                                     .has_value = true};
    /* A lesion whose blank status says that it was not evaluated. */
    further_roles[CYST] = (struct recist_role_word){.word = "cyst",
                                                    .blank_means = NOT_EVALUABLE,
                                                    .statuses = cyst_statuses,
                                                    .status_count = 2,
                                                    .any_time = true};
    words = &further;
}

#define FURTHER_HEADER                                                                             \
    "patient,date,lesion,role,diameter_mm,status,Density-HU,uptake_sul,value,injected,comment\n"
#define P "P1,2024-03-25,"

struct further_case {
    const char *row;
    const char *findings; /* "code line:column, ..." */
    const char *says;     /* part of the first message; or NULL */
    /* Of the first reading; "" without numbers, NULL without a reading. */
    const char *numbers;
    const char *lesion;
    int status;
};

#define D " density_hu "
#define U " uptake_sul "
#define V " value "
#define I " injected "
#define STATUS(word) .status = (word)

static const struct further_case further_cases[] = {
    {.row = P "T1,target,12,,,,,,", .numbers = "", .lesion = "T1"},
    {.row = P "T1,target,12,,43.5,,,,",
     .numbers = D "43500000" U "-" V "-" I "-",
     .lesion = "T1"},
    {.row = P "T1,target,,,-112.25,,,,",
     .numbers = D "-112250000" U "-" V "-" I "-",
     .lesion = "T1"},
    {.row = P "T1,target,,,-.5,0,,Y,",
     .numbers = D "-500000" U "0" V "-" I "1000000",
     .lesion = "T1"},
    {.row = P "T1,target,12,,,,,no,", .numbers = D "-" U "-" V "-" I "0", .lesion = "T1"},
    {.row = P "T1,target,12,,,1000000000,,,",
     .numbers = D "-" U "1000000000000000" V "-" I "-",
     .lesion = "T1"},
    {.row = P "T1,target,,absent,,,,yes,",
     .numbers = D "-" U "-" V "-" I "1000000",
     .lesion = "T1",
     STATUS(ABSENT)},
    {.row = P "T1,target,,not evaluable,,,,yes,",
     .numbers = D "-" U "-" V "-" I "1000000",
     .lesion = "T1",
     STATUS(NOT_EVALUABLE)},
    {.row = P "T1,non-target,,present,,3.5,,,",
     .numbers = D "-" U "3500000" V "-" I "-",
     .lesion = "T1",
     STATUS(PRESENT)},
    {.row = P "C1,cyst,,,,,,,", .numbers = "", .lesion = "C1", STATUS(NOT_EVALUABLE)},
    {.row = P "C1,cyst,,,,2,,,", .numbers = D "-" U "2000000" V "-" I "-", .lesion = "C1"},
    {.row = P ",steroids,,stable,,,,,", .numbers = "", .lesion = "steroids", STATUS(STABLE)},
    {.row = P "Steroids,steroids,,not given,,,,,",
     .numbers = "",
     .lesion = "steroids",
     STATUS(NONE_GIVEN)},
    {.row = P "\"\",\"steroids\",,\"stable\",,,,,",
     .numbers = "",
     .lesion = "steroids",
     STATUS(STABLE)},
    {.row = P ",ca125,,,,,72.5,,", .numbers = D "-" U "-" V "72500000" I "-", .lesion = "ca125"},
    {.row = P ",ca125,,not evaluable,,,,,",
     .numbers = "",
     .lesion = "ca125",
     STATUS(NOT_EVALUABLE)},
    /* numbers */
    {.row = P "T1,target,12,,\"43,5\",,,,",
     .findings = "bad-number 2:29",
     .says = "density_hu \"43,5\" has a decimal comma; write 43.5"},
    {.row = P "T1,target,12,,\"-43,5\",,,,",
     .findings = "bad-number 2:29",
     .says = "write a plain number"},
    {.row = P "T1,target,12,,+43,,,,",
     .findings = "bad-number 2:29",
     .says = "density_hu \"+43\" has a sign; write a plain number, or one that begins with -"},
    {.row = P "T1,target,12,,\xE2\x88\x92" "43,,,,",
     .findings = "bad-number 2:29",
     .says = "has a sign"},
    {.row = P "T1,target,12,,--43,,,,", .findings = "bad-number 2:29", .says = "not a number"},
    {.row = P "T1,target,12,,-,,,,", .findings = "bad-number 2:29", .says = "not a number"},
    {.row = P "T1,target,12,,43 HU,,,,",
     .findings = "bad-number 2:29",
     .says = "has a unit; write the number alone"},
    {.row = P "T1,target,12,,,1e3,,,",
     .findings = "bad-number 2:30",
     .says = "uptake_sul \"1e3\" has an exponent"},
    {.row = P "T1,target,12,,,1000000000.000001,,,",
     .findings = "number-out-of-range 2:30",
     .says = "at most 1000000000 are read"},
    {.row = P "T1,target,12,,,-99999999999999999999,,,", .findings = "number-out-of-range 2:30"},
    {.row = P "T1,target,12,,,-0.1234565,,,",
     .findings = "rounded-number 2:30",
     .numbers = D "-" U "-123457" V "-" I "-",
     .lesion = "T1"},
    {.row = P "T1,target,12,,,,,perhaps,",
     .findings = "unknown-answer 2:32",
     .says = "injected \"perhaps\" is neither yes nor no"},
    {.row = P "T1,target,12x,,a,b,,,",
     .findings = "bad-number 2:25, bad-number 2:30, bad-number 2:32"},
    /* readings */
    {.row = P "T1,target,,,,,,yes,",
     .findings = "missing-reading 2:25",
     .says = "neither a number nor a status"},
    {.row = P "T1,target,,not evaluable,43,,,,",
     .findings = "number-with-status 2:26",
     .says = "status \"not evaluable\" contradicts density_hu \"43\"; give one of them"},
    {.row = P "T1,target,,absent,,2.5,,,",
     .findings = "number-with-status 2:26",
     .says = "status \"absent\" contradicts uptake_sul \"2.5\""},
    {.row = P "T1,target,12,absent,,2.5,,,",
     .findings = "number-with-status 2:28",
     .says = "contradicts diameter_mm \"12\""},
    {.row = P ",none,,,,2.5,,,",
     .findings = "unexpected-lesion 2:24",
     .says = "uptake_sul \"2.5\""},
    {.row = P ",none,,,,,7,,", .findings = "unexpected-lesion 2:25", .says = "value \"7\""},
    {.row = P ",none,,,,,,no,", .findings = "unexpected-lesion 2:26", .says = "injected \"no\""},
    /* what is the patient's own */
    {.row = P "T1,target,12,,,,35,,",
     .findings = "value-of-lesion 2:31",
     .says = "value \"35\" stands in the row of a target lesion and is not used",
     .numbers = "",
     .lesion = "T1"},
    {.row = P "T1,target,12,,,3,35,,",
     .findings = "value-of-lesion 2:32",
     .numbers = D "-" U "3000000" V "-" I "-",
     .lesion = "T1"},
    {.row = P "T1,target,,,,,35,,", .findings = "missing-reading 2:25, value-of-lesion 2:29"},
    {.row = P ",steroids,,stable,,,4,,",
     .findings = "unexpected-value 2:35",
     .says = "role steroids has a status and no number, and value \"4\" stands beside it"},
    {.row = P "T1,steroids,,stable,,,,,",
     .findings = "patient-row-with-lesion 2:15",
     .says = "role steroids is of the patient and of no lesion, and lesion \"T1\" stands"},
    {.row = P ",steroids,12,stable,,,,,",
     .findings = "patient-row-with-lesion 2:25",
     .says = "diameter_mm \"12\""},
    {.row = P ",steroids,,stable,40,,,,",
     .findings = "patient-row-with-lesion 2:33",
     .says = "density_hu \"40\""},
    {.row = P ",ca125,,,,,40,yes,",
     .findings = "patient-row-with-lesion 2:29",
     .says = "injected \"yes\""},
    {.row = P ",ca125,,not evaluable,,,40,,",
     .findings = "number-with-status 2:23",
     .says = "status \"not evaluable\" contradicts value \"40\""},
    {.row = P ",ca125,,,,,,,",
     .findings = "missing-reading 2:26",
     .says = "a row of ca125 has neither a number in value nor a status"},
    {.row = P ",steroids,,,,,,,",
     .findings = "missing-reading 2:26",
     .says = "a row of steroids has no status"},
    {.row = P ",steroids,,absent,,,,,",
     .findings = "status-of-other-role 2:26",
     .says = "does not belong to the role steroids; it may be not given, decreased, stable, "
             "not evaluable"},
};

/* What stands in `patients` of the first reading. */
static void assert_reading(const struct outcome *result, const struct further_case *expected)
{
    char start[64];
    char numbers[256];
    snprintf(start, sizeof start, "s%d n0", expected->status);
    snprintf(numbers, sizeof numbers, " -%s|%s|", expected->numbers, expected->lesion);
    ck_assert_msg(strstr(result->patients.bytes, start) != NULL, "%s: %s", expected->row,
                  result->patients.bytes);
    ck_assert_msg(strstr(result->patients.bytes, numbers) != NULL, "%s: %s", expected->row,
                  result->patients.bytes);
}

/* A row after another of its visit takes a shorter way, and the index another. */
START_TEST(reads_further_columns)
{
    const struct further_case *expected = &further_cases[_i];
    for (size_t i = 0; i < 2 * PIECE_COUNT; i++) {
        char text[1024];
        snprintf(text, sizeof text, FURTHER_HEADER "%s\n", expected->row);
        struct outcome result = read_bytes(text, strlen(text),
                                           i % 2 ? RECIST_INDEXED : RECIST_GROUPED, pieces[i / 2]);
        recist_text_append_char(&result.patients, '\0');
        ck_assert_int_eq(result.outcome, RECIST_DONE);
        assert_findings(result.findings, expected->findings ? expected->findings : "",
                        expected->row);
        if (expected->says) {
            const char *message = recist_findings_at(result.findings, 0)->message.text;
            ck_assert_msg(strstr(message, expected->says) != NULL, "%s: %s", message,
                          expected->says);
        }
        if (expected->numbers) {
            assert_reading(&result, expected);
        } else {
            ck_assert_ptr_null(strstr(result.patients.bytes, "s0"));
        }
        forget(&result);
    }
}
END_TEST

/* All rows that are sound in one file, whatever stands before and after each. */
START_TEST(rows_do_not_touch_each_other)
{
    struct recist_text text;
    struct recist_text expected;
    recist_text_init(&text);
    recist_text_init(&expected);
    recist_text_append_string(&text, FURTHER_HEADER);
    for (size_t i = 0; i < 400; i++) {
        const struct further_case *row =
            &further_cases[i * 7 % (sizeof further_cases / sizeof *further_cases)];
        recist_text_format(&text, "%s\n", row->row);
        if (row->numbers) {
            recist_text_format(&expected, "%s|%s\n", row->numbers, row->lesion);
        }
    }
    recist_text_append_char(&expected, '\0');
    for (size_t i = 0; i < 2 * PIECE_COUNT; i++) {
        struct outcome result = read_bytes(text.bytes, text.length,
                                           i % 2 ? RECIST_INDEXED : RECIST_GROUPED, pieces[i / 2]);
        recist_text_append_char(&result.patients, '\0');
        struct recist_text read;
        recist_text_init(&read);
        const char *line = strchr(result.patients.bytes, '\n') + 1;
        for (; *line; line = strchr(line, '\n') + 1) {
            const char *bar = strchr(line, '|');
            const char *numbers = bar;
            while (strncmp(numbers, " -", 2) != 0 || (numbers[2] != '|' && numbers[2] != ' ')) {
                numbers--;
            }
            const char *first = strstr(line, D);
            numbers = first && first < bar ? first : numbers + 2;
            const char *end = strchr(bar + 1, '|');
            recist_text_format(&read, "%.*s\n", (int)(end - numbers), numbers);
        }
        recist_text_append_char(&read, '\0');
        ck_assert_str_eq(read.bytes, expected.bytes);
        recist_text_destroy(&read);
        forget(&result);
    }
    recist_text_destroy(&text);
    recist_text_destroy(&expected);
}
END_TEST

struct header_case {
    const char *header;
    const char *findings;
    const char *says;
};

static const struct header_case header_cases[] = {
    {"patient,date,lesion,role,density_hu", "", NULL},
    {"Density HU,INJECTED,patient,date,lesion,role,value", "", NULL},
    {"patient,date,lesion,role,status,densty_hu",
     "unknown-column 1:33",
     "column \"densty_hu\" is not known and is not used; was density_hu meant?"},
    {"patient,date,lesion,role,status,density_hu,densty_hu", "unknown-column 1:44",
     "column \"densty_hu\" is not known and is not used"},
    {"patient,date,lesion,role,value,status,Value", "repeated-column 1:39",
     "column \"Value\" stands twice, as column 5 and column 7"},
    {"patient,date,lesion,role,comment", "missing-column 1:1", "no column for readings"},
    {"patient;date;lesion;density_hu", "not-comma-separated 1:1", "semicolons"},
};

START_TEST(headers_name_further_columns)
{
    const struct header_case *expected = &header_cases[_i];
    char text[512];
    size_t commas = 0;
    for (const char *at = expected->header; *at; at++) {
        commas += *at == ',';
    }
    snprintf(text, sizeof text, "%s\n%.*s\n", expected->header, (int)commas, ",,,,,,,,,,");
    strcat(text, "x\n");
    struct outcome result = read_bytes(text, strlen(text), RECIST_GROUPED, 4096);
    char *found = list_findings(result.findings);
    char first[64];
    snprintf(first, sizeof first, "%s", expected->findings);
    ck_assert_msg(strncmp(found, first, strlen(first)) == 0, "%s: %s", expected->header, found);
    if (expected->says) {
        ck_assert_ptr_nonnull(
            strstr(recist_findings_at(result.findings, 0)->message.text, expected->says));
    }
    free(found);
    forget(&result);
}
END_TEST

START_TEST(places_of_further_columns)
{
    static const char text[] = "value,patient,date,lesion,role,\"density_hu\",uptake_sul\n"
                               ",P1,2024-01-01,\"T,1\",target,\"-12\",  4\n";
    struct memory_file file = make_file(text, sizeof text - 1);
    const char *path = file.path;
    struct recist_findings *findings = recist_findings_create();
    struct recist_measurements *reader = NULL;
    struct recist_batch *batch = recist_batch_create();
    recist_measurements_open(&path, 1, words, RECIST_INDEXED, findings, &reader);
    ck_assert_int_eq(recist_measurements_next(reader, batch), RECIST_DONE);
    const struct recist_reading *reading = recist_batch_patient(batch, 0)->readings;
    static const uint32_t places[COLUMNS] = {29, 37, 1, 1};
    for (size_t i = 0; i < COLUMNS; i++) {
        struct recist_place place =
            recist_measurements_place(reader, reading, recist_further_column(i));
        ck_assert_uint_eq(place.line, 2);
        ck_assert_uint_eq(place.column, places[i]);
        ck_assert(recist_measurements_has_column(reader, recist_further_column(i)) ==
                  (i != INJECTED));
    }
    ck_assert_str_eq(recist_column_name(recist_further_column(0)), "");
    recist_batch_destroy(batch);
    recist_measurements_close(reader);
    recist_findings_destroy(findings);
    close(file.descriptor);
}
END_TEST

/* A name may have 1000 bytes; so may what should be a number. */
START_TEST(a_field_that_is_far_too_long)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_text_append_string(&text, FURTHER_HEADER P "T1,target,12,,,,,");
    for (size_t i = 0; i < 1001; i++) {
        recist_text_append_char(&text, 'y');
    }
    recist_text_append_string(&text, ",\n");
    struct outcome result = read_bytes(text.bytes, text.length, RECIST_GROUPED, 4096);
    assert_findings(result.findings, "field-too-long 2:32", "long");
    ck_assert_ptr_nonnull(
        strstr(recist_findings_at(result.findings, 0)->message.text, "injected is far too long"));
    forget(&result);
    recist_text_destroy(&text);
}
END_TEST

/* Criteria without further columns do not know them. */
START_TEST(other_criteria_do_not_know_them)
{
    words = &vocabulary;
    static const char text[] = "patient,date,lesion,role,diameter_mm,density_hu\n" P
                               "T1,target,12,x\n";
    struct outcome result = read_bytes(text, sizeof text - 1, RECIST_GROUPED, 4096);
    assert_findings(result.findings, "unknown-column 1:38", "unknown");
    ck_assert_uint_eq(result.outcome, RECIST_DONE);
    forget(&result);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("further_columns");
    TCase *tests = tcase_create("further_columns");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_loop_test(tests, reads_further_columns, 0,
                        (int)(sizeof further_cases / sizeof *further_cases));
    tcase_add_test(tests, rows_do_not_touch_each_other);
    tcase_add_loop_test(tests, headers_name_further_columns, 0,
                        (int)(sizeof header_cases / sizeof *header_cases));
    tcase_add_test(tests, places_of_further_columns);
    tcase_add_test(tests, a_field_that_is_far_too_long);
    tcase_add_test(tests, other_criteria_do_not_know_them);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
