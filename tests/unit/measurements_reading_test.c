/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "measurements_support.h"

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void assert_same(const struct outcome *one, const struct outcome *other)
{
    ck_assert_int_eq(one->outcome, other->outcome);
    ck_assert_uint_eq(one->patients.length, other->patients.length);
    if (one->patients.length > 0) {
        ck_assert_int_eq(
            memcmp(one->patients.bytes, other->patients.bytes, one->patients.length), 0);
    }
    size_t count = recist_findings_count(one->findings);
    ck_assert_uint_eq(count, recist_findings_count(other->findings));
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding *a = recist_findings_at(one->findings, i);
        const struct recist_finding *b = recist_findings_at(other->findings, i);
        ck_assert_str_eq(a->kind->code, b->kind->code);
        ck_assert_uint_eq(a->place.line, b->place.line);
        ck_assert_uint_eq(a->place.column, b->place.column);
        ck_assert_str_eq(a->message.text, b->message.text);
        ck_assert_str_eq(a->patient.text, b->patient.text);
    }
}

/* Rows of which some are broken in one way or another. */
static size_t make_rows(uint64_t *state, char *text, size_t size, bool grouped)
{
    static const char *const rows[] = {
        "%s,2024-03-25,T1,target,12.5,,,,,,V1\n",
        "%s,2024-03-25,T1,target,12.5,,,,,,V1\r\n",
        "%s,2024-03,T1,target,12.5,,,,,,V1\r",
        "%s,2024-03,T1,target,12.5,,,,,,V2\n",
        "%s,2024-03-25,\"T\"\"1\",target,12.5,,,,,,\"V\n1\"\n",
        "%s,2024-03-25,T1\n",
        "\"%s\",2024-03-25,T1,target,\"1,5\",,,,,,V1\n",
        "%s,2024-03-25,T1,target,12.5,,,,,,V1,\n",
        "\n",
        "%s,2024-03-25,T\xC3\xA4,target,12.5,,,,,,V1\n",
        "%s,2024-03-25,T\xE4,target,12.5,,,,,,V1\n",
        "%s,2024-03-25,T\"1,target,12.5,,,,,,V1\n",
        ",2024-03-25,T1,target,12.5,,,,,,V1\n",
    };
    size_t length = (size_t)snprintf(text, size, "%s", HEADER);
    unsigned patient = 0;
    while (length + 100 < size) {
        char name[16];
        uint64_t random = next_random(state);
        patient = grouped ? patient + (random % 4 == 0) : (unsigned)(random % 5);
        snprintf(name, sizeof name, "P%u", patient);
        /* The last kind names no patient, so it parts the rows of one. */
        const char *row = rows[next_random(state) % (sizeof rows / sizeof *rows - grouped)];
        for (; *row; row++) {
            if (row[0] == '%') {
                length += (size_t)snprintf(text + length, size - length, "%s", name);
                row++;
            } else {
                text[length++] = *row;
            }
        }
    }
    return length;
}

START_TEST(pieces_and_grouping_make_no_difference)
{
    uint64_t state = 77 + (uint64_t)_i;
    char text[3000];
    bool grouped = _i % 2 == 0;
    size_t length = make_rows(&state, text, 200 + next_random(&state) % 2700, grouped);
    struct outcome whole = read_bytes(text, length, RECIST_INDEXED, RECIST_PIECE_SIZE);
    ck_assert_int_eq(whole.outcome, RECIST_DONE);
    for (size_t i = 0; i < PIECE_COUNT; i++) {
        struct outcome result = read_bytes(text, length, RECIST_INDEXED, pieces[i]);
        assert_same(&result, &whole);
        forget(&result);
        result = read_bytes(text, length, RECIST_GROUPED, pieces[i]);
        if (result.outcome != RECIST_NOT_GROUPED) {
            assert_same(&result, &whole);
        }
        ck_assert(!grouped || result.outcome == RECIST_DONE);
        forget(&result);
    }
    forget(&whole);
}
END_TEST

/* One field of a row; now and then one that is wrong. */
static const char *choose_field(uint64_t *state, size_t column)
{
    static const char *const fields[][6] = {
        {"V1", "V1", "V1", "V1", "V1", "V2"},
        {"2024-03-25", "2024-03-25", "2024-03-25", "2024-03-25", "2024-03", "2024-02-30"},
        {"T1", "T2", "N", "lesion with a long name", "T1", ""},
        {"target", "target", "Non-Target", "new", "none", "tarjet"},
        {"12.5", "7", "0.123456", "12.1234567", "", "1000.5"},
        {"", "", "", "", "30.25", "1e3"},
        {"", "", "", "", "20.", "400"},
        {"", "", "", "present", "too small to measure", "gone"},
        {"", "", "", "yes", "no", "maybe"},
        {"", "", "", "5", "2.5", "500"},
    };
    uint64_t random = next_random(state);
    bool wrong = random % 64 == 0;
    return fields[column][wrong ? 5 : random / 64 % 5];
}

static size_t write_row(char *to, unsigned patient, uint64_t state, const char *quote)
{
    size_t length = (size_t)sprintf(to, "%sP%u%s", quote, patient, quote);
    for (size_t column = 0; column < 10; column++) {
        length += (size_t)sprintf(to + length, ",%s%s%s", quote, choose_field(&state, column), quote);
    }
    return length + (size_t)sprintf(to + length, "\n");
}

/* The rows themselves differ in their quotes only. */
static void drop_quotes(struct recist_text *text)
{
    size_t length = 0;
    for (size_t i = 0; i < text->length; i++) {
        text->bytes[length] = text->bytes[i];
        length += text->bytes[i] != '"';
    }
    text->length = length;
}

START_TEST(plain_rows_read_like_quoted_ones)
{
    static const char header[] = "patient,visit,date,lesion,role,diameter_mm,long_axis_mm,"
                                 "short_axis_mm,status,nodal,slice_mm\n";
    uint64_t state = 7 + (uint64_t)_i;
    char plain[16384];
    char quoted[16384];
    size_t plain_length = (size_t)sprintf(plain, "%s", header);
    size_t quoted_length = (size_t)sprintf(quoted, "%s", header);
    for (unsigned row = 0; row < 80; row++) {
        for (int i = 0; i < 16; i++) {
            next_random(&state);
        }
        plain_length += write_row(plain + plain_length, row / 20, state, "");
        quoted_length += write_row(quoted + quoted_length, row / 20, state, "\"");
    }
    struct outcome one = read_bytes(plain, plain_length, RECIST_GROUPED, RECIST_PIECE_SIZE);
    struct outcome other = read_bytes(quoted, quoted_length, RECIST_GROUPED, RECIST_PIECE_SIZE);
    drop_quotes(&other.patients);
    ck_assert_uint_gt(one.patients.length, 1000);
    ck_assert_uint_eq(one.patients.length, other.patients.length);
    ck_assert_int_eq(memcmp(one.patients.bytes, other.patients.bytes, one.patients.length), 0);
    size_t count = recist_findings_count(one.findings);
    ck_assert_uint_eq(count, recist_findings_count(other.findings));
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding *a = recist_findings_at(one.findings, i);
        const struct recist_finding *b = recist_findings_at(other.findings, i);
        ck_assert_str_eq(a->message.text, b->message.text);
        ck_assert_uint_eq(a->place.line, b->place.line);
    }
    forget(&one);
    forget(&other);
}
END_TEST

START_TEST(random_bytes_do_no_harm)
{
    static const char alphabet[] = "P1,,,,\"\"\n\r T2024-03-25target.5\xC3\xA4";
    uint64_t state = 991 + (uint64_t)_i;
    char text[1200];
    for (int round = 0; round < 20; round++) {
        size_t length = strlen(HEADER) + next_random(&state) % (sizeof text - strlen(HEADER));
        memcpy(text, HEADER, strlen(HEADER));
        for (size_t i = strlen(HEADER); i < length; i++) {
            uint64_t random = next_random(&state);
            text[i] = round % 4 == 0 ? (char)random : alphabet[random % (sizeof alphabet - 1)];
        }
        struct outcome whole = read_bytes(text, length, RECIST_INDEXED, RECIST_PIECE_SIZE);
        for (size_t i = 0; i < PIECE_COUNT; i++) {
            struct outcome result = read_bytes(text, length, RECIST_INDEXED, pieces[i]);
            assert_same(&result, &whole);
            forget(&result);
            result = read_bytes(text, length, RECIST_GROUPED, pieces[i]);
            if (result.outcome != RECIST_NOT_GROUPED) {
                assert_same(&result, &whole);
            }
            forget(&result);
        }
        forget(&whole);
    }
}
END_TEST

START_TEST(patients_come_in_order_of_first_appearance)
{
    static const char text[] = "study,patient,date,lesion,role,status\n"
                               "A,P2,2024-01-01,T1,target,absent\n"
                               "A,P1,2024-01-01,T1,target,absent\n"
                               "B,P2,2024-01-01,T1,target,absent\n"
                               "A,P2,2024-01-01,T2,target,absent\n";
    struct outcome result = read_bytes(text, sizeof text - 1, RECIST_GROUPED, RECIST_PIECE_SIZE);
    ck_assert_int_eq(result.outcome, RECIST_NOT_GROUPED);
    ck_assert_uint_eq(result.patients.length, 0);
    forget(&result);
    result = read_bytes(text, sizeof text - 1, RECIST_INDEXED, RECIST_PIECE_SIZE);
    recist_text_append_char(&result.patients, '\0');
    const char *first = strstr(result.patients.bytes, "A/P2");
    const char *second = strstr(result.patients.bytes, "A/P1");
    const char *third = strstr(result.patients.bytes, "B/P2");
    ck_assert(first && second && third && first < second && second < third);
    ck_assert(strstr(first, ":5") < second);
    forget(&result);
}
END_TEST

START_TEST(files_are_read_as_one)
{
    static const char one[] = "patient,date,lesion,role,status\nP1,2024-01-01,T1,target,absent\n";
    static const char other[] = "date,status,role,lesion,patient\n"
                                "2024-02-01,absent,target,T1,P2\n2024-02-30,absent,target,T1,P1";
    struct memory_file files[] = {make_file(one, sizeof one - 1),
                                  make_file(other, sizeof other - 1)};
    const char *const paths[] = {files[0].path, files[1].path};
    struct outcome result = read_paths(paths, 2, RECIST_GROUPED, RECIST_PIECE_SIZE);
    ck_assert_int_eq(result.outcome, RECIST_NOT_GROUPED);
    forget(&result);
    result = read_paths(paths, 2, RECIST_INDEXED, RECIST_PIECE_SIZE);
    ck_assert_int_eq(result.outcome, RECIST_DONE);
    assert_findings(result.findings, "impossible-date 3:1", "two files");
    const struct recist_finding *finding = recist_findings_at(result.findings, 0);
    ck_assert_str_eq(finding->place.file, paths[1]);
    ck_assert_str_eq(finding->patient.text, "P1");
    ck_assert_str_eq(finding->lesion.text, "T1");
    recist_text_append_char(&result.patients, '\0');
    ck_assert(strstr(result.patients.bytes, "/P1 1 errors\n") == result.patients.bytes);
    ck_assert(strstr(result.patients.bytes, "/P2 0 errors\n") != NULL);
    forget(&result);
    close(files[0].descriptor);
    close(files[1].descriptor);
}
END_TEST

START_TEST(a_file_can_be_read_twice_unless_it_changes)
{
    static const char text[] = "patient,date,lesion,role,status\nP1,2024-01-01,T1,target,absent\n"
                               "P2,2024-01-01,T1,target,absent\nP1,2024-02-01,T1,target,absent\n";
    struct memory_file file = make_file(text, sizeof text - 1);
    const char *path = file.path;
    struct outcome result = {.findings = recist_findings_create()};
    struct recist_measurements *reader = NULL;
    ck_assert_int_eq(recist_measurements_open(&path, 1, &vocabulary, RECIST_GROUPED,
                                              result.findings, &reader),
                     RECIST_DONE);
    read_all(&result, reader);
    ck_assert_int_eq(result.outcome, RECIST_NOT_GROUPED);
    ck_assert_int_eq(recist_measurements_rewind(reader, RECIST_INDEXED, result.findings),
                     RECIST_DONE);
    read_all(&result, reader);
    ck_assert_int_eq(result.outcome, RECIST_DONE);
    size_t once = result.patients.length;
    ck_assert_int_eq(recist_measurements_rewind(reader, RECIST_INDEXED, result.findings),
                     RECIST_DONE);
    read_all(&result, reader);
    ck_assert_uint_eq(result.patients.length, 2 * once);
    ck_assert_uint_eq(recist_findings_count(result.findings), 0);

    ck_assert_int_eq(write(file.descriptor, "P", 1), 1);
    ck_assert_int_eq(recist_measurements_rewind(reader, RECIST_INDEXED, result.findings),
                     RECIST_UNREADABLE);
    assert_findings(result.findings, "file-changed 0:0", "rewind");
    recist_measurements_close(reader);
    forget(&result);
    close(file.descriptor);
}
END_TEST

START_TEST(a_file_that_shrinks_is_noticed)
{
    static const char text[] = "patient,date,lesion,role,status\nP1,2024-01-01,T1,target,absent\n";
    struct memory_file file = make_file(text, sizeof text - 1);
    const char *path = file.path;
    struct outcome result = {.findings = recist_findings_create()};
    struct recist_measurements *reader = NULL;
    recist_measurements_open(&path, 1, &vocabulary, RECIST_GROUPED, result.findings, &reader);
    ck_assert_int_eq(ftruncate(file.descriptor, 40), 0);
    read_all(&result, reader);
    ck_assert_int_eq(result.outcome, RECIST_UNREADABLE);
    assert_findings(result.findings, "file-changed 0:0", "shrunk");
    recist_measurements_close(reader);
    forget(&result);
    close(file.descriptor);
}
END_TEST

/* Opens a path that a child writes `text` to. */
static void read_from_child(const char *path, int write_to, const char *text)
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        int to = write_to >= 0 ? write_to : open(path, O_WRONLY);
        ssize_t written = write(to, text, strlen(text));
        close(to);
        _exit(written == (ssize_t)strlen(text) ? 0 : 1);
    }
    if (write_to >= 0) {
        close(write_to);
    }
    struct outcome result = read_paths(&path, 1, RECIST_INDEXED, 16);
    ck_assert_int_eq(result.outcome, RECIST_DONE);
    assert_findings(result.findings, "impossible-date 3:4", path);
    ck_assert_str_eq(recist_findings_at(result.findings, 0)->place.file, path);
    forget(&result);
    int status = 1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}

static const char two_rows[] = "patient,date,lesion,role,status\nP1,2024-01-01,T1,target,absent\n"
                               "P1,2024-02-30,T1,target,absent\n";

START_TEST(a_fifo_is_read_like_a_file)
{
    char directory[] = "/tmp/recist-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(directory));
    char path[64];
    snprintf(path, sizeof path, "%s/fifo", directory);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    read_from_child(path, -1, two_rows);
    unlink(path);
    rmdir(directory);
}
END_TEST

START_TEST(standard_input_is_read_like_a_file)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    read_from_child("-", ends[1], two_rows);
}
END_TEST

/* A file of one row whose comment is as long as 100 MB, between two sound rows. The bytes are a
 * hole of NULs in the file, so that nothing is written. */
static struct memory_file make_long_file(const char *open_field)
{
    static const char begin[] = "patient,date,lesion,role,status,comment\n"
                                "P1,2024-01-01,T1,target,absent,\nP1,2024-01-02,T1,target,absent,";
    struct memory_file file = make_file(begin, sizeof begin - 1);
    ck_assert_int_eq(write(file.descriptor, open_field, strlen(open_field)),
                     (ssize_t)strlen(open_field));
    ck_assert_int_eq(lseek(file.descriptor, 100000000, SEEK_CUR) > 0, 1);
    static const char end[] = "\nP1,2024-02-30,T1,target,absent,\nP2,2024-03-01,T1,target,absent,\n";
    ck_assert_int_eq(write(file.descriptor, end, sizeof end - 1), (ssize_t)sizeof end - 1);
    return file;
}

static size_t peak_memory_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (size_t)usage.ru_maxrss;
}

START_TEST(a_field_of_100_megabytes_takes_no_memory)
{
    struct memory_file file = make_long_file(_i < 2 ? "" : "\"");
    const char *path = file.path;
    size_t before = peak_memory_kib();
    struct outcome result =
        read_paths(&path, 1, _i % 2 == 0 ? RECIST_GROUPED : RECIST_INDEXED, RECIST_PIECE_SIZE);
    ck_assert_uint_lt(peak_memory_kib() - before, 20 * 1024);
    ck_assert_int_eq(result.outcome, RECIST_DONE);
    recist_text_append_char(&result.patients, '\0');
    if (_i < 2) {
        assert_findings(result.findings, "field-too-long 3:32, impossible-date 4:4", "long");
        ck_assert(strstr(result.patients.bytes, "/P1 2 errors\n") == result.patients.bytes);
        ck_assert(strstr(result.patients.bytes, "/P2 0 errors\n") != NULL);
    } else {
        assert_findings(result.findings, "unclosed-quote 3:32", "long");
        ck_assert(strstr(result.patients.bytes, "/P1 1 errors\n") == result.patients.bytes);
        ck_assert(strstr(result.patients.bytes, "P2") == NULL);
    }
    ck_assert_str_eq(recist_findings_at(result.findings, 0)->patient.text, "P1");
    forget(&result);
    close(file.descriptor);
}
END_TEST

START_TEST(a_name_can_be_too_long)
{
    static const char header[] = "patient,date,lesion,role,status\n";
    char text[4000];
    size_t length = (size_t)snprintf(text, sizeof text, "%sP1,2024-01-01,", header);
    memset(text + length, 'T', 1001);
    length += 1001;
    length += (size_t)snprintf(text + length, sizeof text - length, ",target,absent\n");
    for (size_t i = 0; i < PIECE_COUNT; i++) {
        struct outcome result = read_bytes(text, length, RECIST_GROUPED, pieces[i]);
        assert_findings(result.findings, "field-too-long 2:15", "name");
        ck_assert(strstr(recist_findings_at(result.findings, 0)->message.text, "lesion"));
        forget(&result);
    }
}
END_TEST

START_TEST(many_rows_stay_in_little_memory)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_text_append_string(&text, "patient,date,lesion,role,status\n");
    size_t patients = 0;
    while (text.length < 40000000) {
        recist_text_format(&text, "P%zu,2024-01-01,T1,target,absent\n", patients++);
    }
    struct memory_file file = make_file(text.bytes, text.length);
    const char *path = file.path;
    struct recist_findings *findings = recist_findings_create();
    struct recist_measurements *reader = NULL;
    struct recist_batch *batch = recist_batch_create();
    size_t before = peak_memory_kib();
    recist_measurements_open(&path, 1, &vocabulary, RECIST_GROUPED, findings, &reader);
    size_t count = 0;
    while (recist_measurements_next(reader, batch) == RECIST_DONE) {
        count += recist_batch_patient_count(batch);
    }
    ck_assert_uint_eq(count, patients);
    ck_assert_uint_eq(recist_measurements_bytes_read(reader), text.length);
    ck_assert_uint_lt(peak_memory_kib() - before, (20 << 10) + patients * 48 / 1024);
    recist_batch_destroy(batch);
    recist_measurements_close(reader);
    recist_findings_destroy(findings);
    recist_text_destroy(&text);
    close(file.descriptor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measurements_reading");
    TCase *tests = tcase_create("reading");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, pieces_and_grouping_make_no_difference, 0, 40);
    tcase_add_loop_test(tests, plain_rows_read_like_quoted_ones, 0, 40);
    tcase_add_loop_test(tests, random_bytes_do_no_harm, 0, 20);
    tcase_add_test(tests, patients_come_in_order_of_first_appearance);
    tcase_add_test(tests, files_are_read_as_one);
    tcase_add_test(tests, a_file_can_be_read_twice_unless_it_changes);
    tcase_add_test(tests, a_file_that_shrinks_is_noticed);
    tcase_add_test(tests, a_fifo_is_read_like_a_file);
    tcase_add_test(tests, standard_input_is_read_like_a_file);
    tcase_add_loop_test(tests, a_field_of_100_megabytes_takes_no_memory, 0, 4);
    tcase_add_test(tests, a_name_can_be_too_long);
    tcase_add_test(tests, many_rows_stay_in_little_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
