/* SPDX-License-Identifier: MIT */
#include "measurements_support.h"

struct row_case {
    const char *row;      /* all that follows the header */
    const char *findings; /* "code line:column, ..." */
    const char *says;     /* part of the first message; or NULL */
    size_t readings;      /* rows that are handed on */
    size_t errors;        /* rows of the patients that are not */
};

static const struct row_case row_cases[] = {
    {.row = "P1,2024-03-25,T1,target,12.5,,,,,,\n", .findings = "", .readings = 1},
    {.row = "P1,2024-03-25,T1,target,12.5,,,,,,", .findings = "", .readings = 1},
    {.row = " P1\t, 2024-03-25 ,T1 ,\ttarget,  12.5,,,,,,\n", .findings = "", .readings = 1},
    {.row = "\"P1\",\"2024-03-25\",\"T\"\"1\",\"target\",\"12.5\",,,,,,\n",
     .findings = "",
     .readings = 1},
    {.row = "\nP1,2024-03-25,T1,target,12.5,,,,,,\n  \n,,,,,,,,,,\n,,\n",
     .findings = "",
     .readings = 1},
    {.row = "P1,2024-03-25,T1,Non_Target,,,,UNEQUIVOCAL-PROGRESSION,,,\n",
     .findings = "",
     .readings = 1},
    {.row = "P1,2024-03-25,,none,,,,,,,\n", .findings = "", .readings = 1},
    {.row = "P1,2024-03-25,N1,new,,,,,,,\n", .findings = "", .readings = 1},
    {.row = "P1,2024-03-25,T1,target,0,,,absent,,,\n", .findings = "", .readings = 1},
    {.row = "P1,2024-03-25,T1,target,5.0,,,too small to measure,,,\n",
     .findings = "",
     .readings = 1},
    {.row = "P1,2024-03-25,T1,non-target,12,,,present,yes,5,\n", .findings = "", .readings = 1},
    {.row = "P1,2024-03-25,T1,target,10000,,,,,100,\n", .findings = "", .readings = 1},
    {.row = "P1,2024-03-25,T1,target,20,30,20,,,,\n", .findings = "", .readings = 1},
    /* patient, lesion, role */
    {.row = ",2024-03-25,T1,target,12.5,,,,,,\n",
     .findings = "missing-patient 2:1",
     .says = "no patient"},
    {.row = "P1,2024-03-25,,target,12.5,,,,,,\n",
     .findings = "missing-lesion 2:15",
     .says = "a target lesion has no name",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,none,,,,,,,\n",
     .findings = "unexpected-lesion 2:15",
     .says = "lesion \"T1\"",
     .errors = 1},
    {.row = "P1,2024-03-25,,none,,3,,,,,\n",
     .findings = "unexpected-lesion 2:22",
     .says = "long_axis_mm \"3\"",
     .errors = 1},
    {.row = "P1,2024-03-25,,none,,,,absent,,,\n",
     .findings = "unexpected-lesion 2:24",
     .says = "status \"absent\"",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,,12.5,,,,,,\n",
     .findings = "missing-role 2:18",
     .says = "no role",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,tagret,12.5,,,,,,\n",
     .findings = "unknown-role 2:18",
     .says = "role \"tagret\" is not known, was meant: target; the roles are none, target, "
             "non-target, new",
     .errors = 1},
    /* dates */
    {.row = "P1,,T1,target,12.5,,,,,,\n", .findings = "missing-date 2:4", .errors = 1},
    {.row = "P1,25.03.2024,T1,target,12.5,,,,,,\n",
     .findings = "bad-date 2:4",
     .says = "date \"25.03.2024\"",
     .errors = 1},
    {.row = "P1,2024-02-30,T1,target,12.5,,,,,,\n",
     .findings = "impossible-date 2:4",
     .says = "does not exist",
     .errors = 1},
    {.row = "P1,0224-02-20,T1,target,12.5,,,,,,\n",
     .findings = "impossible-date 2:4",
     .says = "1900 to 2199",
     .errors = 1},
    {.row = "P1,2024-02,T1,target,12.5,,,,,,V1\nP1,2024-02,T2,target,9,,,,,,V1\n"
            "P1,2024-02,T1,target,12.5,,,,,,V2\nP1,2024,T1,target,12.5,,,,,,V2\n"
            "P2,2024,T1,target,12.5,,,,,,V2\n",
     .findings = "partial-date 2:4, partial-date 4:4, partial-date 5:4, partial-date 6:4",
     .says = "has no day",
     .readings = 5},
    /* numbers */
    {.row = "P1,2024-03-25,T1,target,\"12,5\",,,,,,\n",
     .findings = "bad-number 2:25",
     .says = "diameter_mm \"12,5\" has a decimal comma; write 12.5",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12 mm,,,,,,\n",
     .findings = "bad-number 2:25",
     .says = "has a unit",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,-12,,,,,,\n",
     .findings = "bad-number 2:25",
     .says = "has a sign",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,,1.2e1,,,,,\n",
     .findings = "bad-number 2:26",
     .says = "long_axis_mm \"1.2e1\" has an exponent",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,,,NaN,,,,\n",
     .findings = "bad-number 2:27",
     .says = "short_axis_mm \"NaN\" is not a number",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12.1234567,,,,,,\n",
     .findings = "rounded-number 2:25",
     .readings = 1},
    {.row = "P1,2024-03-25,T1,target,10000.000001,,,,,,\n",
     .findings = "number-out-of-range 2:25",
     .says = "at most 10000 mm",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,99999999999999999999,,,,,,\n",
     .findings = "number-out-of-range 2:25",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12,,,,,100.1,\n",
     .findings = "number-out-of-range 2:32",
     .says = "slice_mm \"100.1\" is out of any human scale; at most 100 mm",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12,30,20,,,,\n",
     .findings = "conflicting-diameters 2:25",
     .says = "diameter_mm \"12\" is neither of the axes given beside it: long_axis_mm \"30\", "
             "short_axis_mm \"20\"",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,,20,30,,,,\n",
     .findings = "short-axis-longer 2:29",
     .readings = 1},
    /* status */
    {.row = "P1,2024-03-25,T1,target,,,,absnet,,,\n",
     .findings = "unknown-status 2:28",
     .says = "status \"absnet\" is not known, was meant: absent; it may be absent, too small to "
             "measure, not evaluable",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,,,,present,,,\n",
     .findings = "status-of-other-role 2:28",
     .says = "does not belong to a target lesion",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,,,,,,,\n",
     .findings = "missing-reading 2:25",
     .says = "neither a number nor a status",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12,,,absent,,,\n",
     .findings = "number-with-status 2:30",
     .says = "status \"absent\" contradicts diameter_mm \"12\"",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,,12,,not evaluable,,,\n",
     .findings = "number-with-status 2:30",
     .says = "contradicts long_axis_mm \"12\"",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12,,,,maybe,,\n",
     .findings = "unknown-answer 2:31",
     .says = "nodal \"maybe\"",
     .errors = 1},
    /* several at once, and columns counted in characters */
    {.row = "P1,2024-02-30,,tumor,x,,,gone,perhaps,1e1,\n",
     .findings = "impossible-date 2:4, unknown-role 2:16, bad-number 2:22, unknown-status 2:26, "
                 "unknown-answer 2:31, bad-number 2:39",
     .errors = 1},
    {.row = "\xC3\x84\xE2\x82\xAC\xF0\x9F\x98\x80,2024-02-30,T1,target,12,,,,,,\n",
     .findings = "impossible-date 2:5",
     .errors = 1},
    {.row = "\"P\n1\",2024-02-30,T1,target,12,,,,,,\r\nP2,2024-02-31,T1,target,12,,,,,,\r",
     .findings = "impossible-date 3:4, impossible-date 4:4",
     .errors = 2},
    /* CSV */
    {.row = "P1,2024-03-25,T1\nP1,2024-03-25,T1,target,12,,,,,,\n",
     .findings = "row-too-short 2:17",
     .says = "the row has 3 fields, the header 11",
     .readings = 1,
     .errors = 1},
    {.row = "P1\n", .findings = "row-too-short 2:3", .says = "1 field,", .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12,5,,,,,,,\n",
     .findings = "row-too-long 2:35",
     .says = "the row has 13 fields, the header 11",
     .errors = 1},
    {.row = "P1,2024-03-25,T\"1,target,12,,,,,,\n", .findings = "stray-quote 2:16", .errors = 1},
    {.row = "P1,2024-03-25,\"T\"1,target,12,,,,,,\n",
     .findings = "stray-quote 2:18",
     .says = "text stands after a closing quote",
     .errors = 1},
    {.row = "P1,2024-03-25,T\xE4,target,12,,,,,,\n",
     .findings = "invalid-utf8 2:16",
     .says = "byte E4 is not UTF-8",
     .errors = 1},
    {.row = "P1,2024-03-25,T\xC0\x80,target,12,,,,,,\n",
     .findings = "invalid-utf8 2:16",
     .errors = 1},
    {.row = "P1,2024-03-25,T\xED\xA0\x80,target,12,,,,,,\n",
     .findings = "invalid-utf8 2:16",
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12,,,,,,\nP2,2024-03-25,\"T1,target,12,,,,,,\nP3,x\n",
     .findings = "unclosed-quote 3:15",
     .readings = 1,
     .errors = 1},
    {.row = "P1,2024-03-25,T1,target,12,,,,,,\n\"P2,2024-03-25,T1,target,12,,,,,,\n",
     .findings = "unclosed-quote 3:1",
     .readings = 1},
};

static void count_readings(const struct recist_text *patients, size_t *readings, size_t *errors)
{
    *readings = *errors = 0;
    if (patients->length == 0) {
        return;
    }
    const char *line = patients->bytes;
    const char *end = line + patients->length;
    while (line < end) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        const char *count = line_end - strlen(" 0 errors");
        if (*line == ' ' && strstr(line, "|")) {
            (*readings)++;
        } else if (count > line && memcmp(count + 2, " errors", 7) == 0) {
            *errors += (size_t)(count[1] - '0');
        }
        line = line_end + 1;
    }
}

START_TEST(every_row_finding_has_code_and_place)
{
    const struct row_case *expected = &row_cases[_i];
    char text[2048];
    size_t length = (size_t)snprintf(text, sizeof text, "%s%s", HEADER, expected->row);
    for (size_t i = 0; i < PIECE_COUNT * 2; i++) {
        enum recist_grouping grouping = i % 2 == 0 ? RECIST_GROUPED : RECIST_INDEXED;
        struct outcome result = read_bytes(text, length, grouping, pieces[i / 2]);
        ck_assert_int_eq(result.outcome, RECIST_DONE);
        assert_findings(result.findings, expected->findings, expected->row);
        if (expected->says) {
            const char *message = recist_findings_at(result.findings, 0)->message.text;
            ck_assert_msg(strstr(message, expected->says) != NULL, "%s: %s", message,
                          expected->says);
        }
        size_t readings = 0;
        size_t errors = 0;
        count_readings(&result.patients, &readings, &errors);
        ck_assert_uint_eq(readings, expected->readings);
        ck_assert_uint_eq(errors, expected->errors);
        forget(&result);
    }
}
END_TEST

START_TEST(a_nul_byte_is_found)
{
    static const char text[] = HEADER "P1,2024-03-25,T\0001,target,12,,,,,,\n";
    struct outcome result = read_bytes(text, sizeof text - 1, RECIST_GROUPED, 4096);
    assert_findings(result.findings, "nul-byte 2:16", "NUL");
    ck_assert_uint_eq(recist_findings_at(result.findings, 0)->lesion.length, 3);
    forget(&result);
}
END_TEST

#define ROW "P1,2024-03-25,T1,target,12\n"
#define BYTES(text) .bytes = (text), .length = sizeof(text) - 1

struct file_case {
    const char *what;
    const char *bytes;
    size_t length;
    enum recist_outcome outcome;
    const char *findings;
    const char *says;
};

static const struct file_case file_cases[] = {
    {.what = "a mark of UTF-8 is skipped, and does not count as a column",
     BYTES("\xEF\xBB\xBFpatient,date,lesion,role,diameter_mm,pateint\n" ROW),
     .findings = "unknown-column 1:38, row-too-short 2:27"},
    {.what = "empty", BYTES(""), .outcome = RECIST_INVALID, .findings = "file-empty 0:0"},
    {.what = "mark only",
     BYTES("\xEF\xBB\xBF"),
     .outcome = RECIST_INVALID,
     .findings = "file-empty 0:0"},
    {.what = "blank lines only",
     BYTES("\n  \n\r\n"),
     .outcome = RECIST_INVALID,
     .findings = "file-empty 0:0"},
    {.what = "header only",
     BYTES("patient,date,lesion,role,status"),
     .outcome = RECIST_INVALID,
     .findings = "no-rows 2:1"},
    {.what = "header and blank rows",
     BYTES("\npatient,date,lesion,role,status\n\n,,,,\n  "),
     .outcome = RECIST_INVALID,
     .findings = "no-rows 3:1"},
    {.what = "UTF-16 with mark, low byte first",
     BYTES("\xFF\xFEp\0a\0t\0"),
     .outcome = RECIST_INVALID,
     .findings = "utf-16 1:1",
     .says = "UTF-16"},
    {.what = "UTF-16 with mark, high byte first",
     BYTES("\xFE\xFF\0p\0a\0t"),
     .outcome = RECIST_INVALID,
     .findings = "utf-16 1:1"},
    {.what = "UTF-16 without mark",
     BYTES("p\0a\0t\0i\0"),
     .outcome = RECIST_INVALID,
     .findings = "utf-16 1:1"},
    {.what = "UTF-16 without mark, high byte first",
     BYTES("\0p\0a\0t\0i"),
     .outcome = RECIST_INVALID,
     .findings = "utf-16 1:1"},
    {.what = "UTF-32 with mark",
     BYTES("\xFF\xFE\0\0p\0\0\0"),
     .outcome = RECIST_INVALID,
     .findings = "utf-16 1:1",
     .says = "UTF-32"},
    {.what = "UTF-32 without mark",
     BYTES("\0\0\0p\0\0\0a"),
     .outcome = RECIST_INVALID,
     .findings = "utf-16 1:1",
     .says = "UTF-32"},
    {.what = "workbook",
     BYTES("PK\x03\x04\x14\0\x06\0"),
     .outcome = RECIST_INVALID,
     .findings = "not-text 1:1",
     .says = "workbook"},
    {.what = "compressed",
     BYTES("\x1F\x8B\x08\0"),
     .outcome = RECIST_INVALID,
     .findings = "not-text 1:1"},
    {.what = "semicolons",
     BYTES("patient;date;lesion;role;diameter_mm\nP1;2024-03-25;T1;target;12,5\n"),
     .outcome = RECIST_INVALID,
     .findings = "not-comma-separated 1:1",
     .says = "semicolons"},
    {.what = "tabs",
     BYTES("\npatient\tdate\tlesion\trole\tdiameter_mm\nP1\t2024\tT1\ttarget\t12\n"),
     .outcome = RECIST_INVALID,
     .findings = "not-comma-separated 2:1",
     .says = "tabs"},
    {.what = "columns in any order and spelling",
     BYTES("Status,ROLE,Lesion,Long-Axis mm,date,Patient\n,target,T1,12,2024-03-25,P1\n"),
     .findings = ""},
    {.what = "quoted header over two lines",
     BYTES("patient,date,lesion,role,\"my\nremark\",status\nP1,2024-13-25,T1,target,x,absent\n"),
     .findings = "unknown-column 1:26, impossible-date 3:4"},
    {.what = "missing columns, all of them",
     BYTES("lesion,site\nT1,liver\n"),
     .outcome = RECIST_INVALID,
     .findings = "missing-column 1:1, missing-column 1:1, missing-column 1:1, missing-column 1:1",
     .says = "no column patient"},
    {.what = "missing readings",
     BYTES("patient,date,lesion,role,site\nP1,2024-03-25,T1,target,liver\n"),
     .outcome = RECIST_INVALID,
     .findings = "missing-column 1:1",
     .says = "diameter_mm, long_axis_mm, short_axis_mm or status"},
    {.what = "repeated columns, all of them",
     BYTES("patient,date,lesion,role,status,Date,LESION\n" ROW),
     .outcome = RECIST_INVALID,
     .findings = "repeated-column 1:33, repeated-column 1:38",
     .says = "column \"Date\" stands twice, as column 2 and column 6"},
    {.what = "unknown columns",
     BYTES("patient,date,lesion,role,diamter_mm,status,weight,,\n"
           "P1,2024-03-25,T1,target,,absent,70,,\n"),
     .findings = "unknown-column 1:26, unknown-column 1:44, unknown-column 1:51",
     .says = "column \"diamter_mm\" is not known and is not used; was diameter_mm meant?"},
    {.what = "unknown column and missing column",
     BYTES("pateint,date,lesion,role,status\nP1,2024-03-25,T1,target,absent\n"),
     .outcome = RECIST_INVALID,
     .findings = "unknown-column 1:1, missing-column 1:1",
     .says = "was patient meant?"},
    {.what = "unclosed quote in the header",
     BYTES("patient,\"date,lesion\n" ROW),
     .outcome = RECIST_INVALID,
     .findings = "unclosed-quote 1:9"},
    {.what = "stray quote in the header",
     BYTES("patient,date,lesion,role,status,a\"b\n"),
     .outcome = RECIST_INVALID,
     .findings = "unknown-column 1:33, stray-quote 1:34"},
    {.what = "Latin-1 in the header",
     BYTES("patient,date,lesion,role,status,gr\xF6\xDF"
           "e\n" ROW),
     .outcome = RECIST_INVALID,
     .findings = "unknown-column 1:33, invalid-utf8 1:35"},
};

START_TEST(every_file_finding_has_code_and_place)
{
    const struct file_case *expected = &file_cases[_i];
    for (size_t i = 0; i < PIECE_COUNT; i++) {
        struct outcome result =
            read_bytes(expected->bytes, expected->length, RECIST_GROUPED, pieces[i]);
        assert_findings(result.findings, expected->findings, expected->what);
        ck_assert_msg(result.outcome == expected->outcome, "%s: %d", expected->what,
                      (int)result.outcome);
        if (expected->says) {
            const char *message = recist_findings_at(result.findings, 0)->message.text;
            ck_assert_msg(strstr(message, expected->says) != NULL, "%s: %s", message,
                          expected->says);
        }
        forget(&result);
    }
}
END_TEST

START_TEST(a_directory_or_missing_file_is_named)
{
    const char *const paths[] = {"/proc/self", "/nowhere/lesions.csv"};
    struct outcome result = read_paths(paths, 2, RECIST_GROUPED, RECIST_PIECE_SIZE);
    ck_assert_int_eq(result.outcome, RECIST_UNREADABLE);
    assert_findings(result.findings, "file-is-directory 0:0, file-unreadable 0:0", "paths");
    const struct recist_finding *missing = recist_findings_at(result.findings, 1);
    ck_assert_str_eq(missing->place.file, paths[1]);
    ck_assert(strstr(missing->message.text, "No such file") != NULL);
    forget(&result);
}
END_TEST

/* Words of a status as the row gave them, with what they become. */
struct status_case {
    const char *fields; /* role to nodal */
    int role;
    int status;
    int nodal;
    int64_t diameter;
};

static const struct status_case status_cases[] = {
    {"target,12.5,,,,", TARGET, 0, RECIST_UNSAID, 12500000},
    {"TARGET,,,,Too_Small-to measure,Y", TARGET, TOO_SMALL, RECIST_YES, RECIST_MISSING},
    {"target,5,,,too small to measure,no", TARGET, TOO_SMALL, RECIST_NO, 5000000},
    {"target,0,,,absent,0", TARGET, ABSENT, RECIST_NO, 0},
    {"non target,,,,present,TRUE", NON_TARGET, PRESENT, RECIST_YES, RECIST_MISSING},
    {"non-target,8,,,present,false", NON_TARGET, PRESENT, RECIST_NO, 8000000},
    {"new,,,,,1", NEW, UNEQUIVOCAL, RECIST_YES, RECIST_MISSING},
    {"new,14,,,,n", NEW, UNEQUIVOCAL, RECIST_NO, 14000000},
    {"new,,,,equivocal,", NEW, EQUIVOCAL, RECIST_UNSAID, RECIST_MISSING},
};

START_TEST(words_become_numbers)
{
    const struct status_case *expected = &status_cases[_i];
    char text[512];
    size_t length = (size_t)snprintf(text, sizeof text, "%sP1,2024-03-25,L1,%s,,V1\n", HEADER,
                                     expected->fields);
    struct memory_file file = make_file(text, length);
    const char *path = file.path;
    struct recist_findings *findings = recist_findings_create();
    struct recist_measurements *reader = NULL;
    struct recist_batch *batch = recist_batch_create();
    ck_assert_int_eq(recist_measurements_open(&path, 1, &vocabulary, RECIST_GROUPED, findings,
                                              &reader),
                     RECIST_DONE);
    ck_assert_int_eq(recist_measurements_next(reader, batch), RECIST_DONE);
    ck_assert_uint_eq(recist_findings_count(recist_batch_findings(batch)), 0);
    const struct recist_patient_readings *patient = recist_batch_patient(batch, 0);
    ck_assert_uint_eq(patient->count, 1);
    ck_assert_int_eq(patient->readings->role, expected->role);
    ck_assert_int_eq(patient->readings->status, expected->status);
    ck_assert_int_eq(patient->readings->nodal, expected->nodal);
    ck_assert_int_eq(patient->readings->axis[RECIST_DIAMETER], expected->diameter);
    ck_assert_int_eq(patient->readings->date, 19807);
    struct recist_place place =
        recist_measurements_place(reader, patient->readings, RECIST_COLUMN_DIAMETER);
    ck_assert_str_eq(place.file, path);
    ck_assert_uint_eq(place.line, 2);
    ck_assert_uint_eq(place.column, 18 + strcspn(expected->fields, ",") + 1);
    place = recist_measurements_place(reader, patient->readings, RECIST_COLUMN_COMMENT);
    ck_assert_uint_eq(place.column, 1);
    ck_assert(recist_measurements_has_column(reader, RECIST_COLUMN_NODAL));
    ck_assert(!recist_measurements_has_column(reader, RECIST_COLUMN_COMMENT));
    ck_assert_int_eq(recist_measurements_next(reader, batch), RECIST_END);
    recist_batch_destroy(batch);
    recist_measurements_close(reader);
    recist_findings_destroy(findings);
    close(file.descriptor);
}
END_TEST

START_TEST(places_within_quoted_rows)
{
    static const char text[] = HEADER "\"P\r\n1\",2024-03-25,\"a\"\"b,\nc\",target, \t12,,,,,,V1\n";
    struct memory_file file = make_file(text, sizeof text - 1);
    const char *path = file.path;
    struct recist_findings *findings = recist_findings_create();
    struct recist_measurements *reader = NULL;
    struct recist_batch *batch = recist_batch_create();
    recist_measurements_open(&path, 1, &vocabulary, RECIST_INDEXED, findings, &reader);
    ck_assert_int_eq(recist_measurements_next(reader, batch), RECIST_DONE);
    const struct recist_reading *reading = recist_batch_patient(batch, 0)->readings;
    ck_assert_uint_eq(reading->lesion.length, 6);
    ck_assert_int_eq(memcmp(reading->lesion.text, "a\"b,\nc", 6), 0);
    struct recist_place place = recist_measurements_place(reader, reading, RECIST_COLUMN_LESION);
    ck_assert_uint_eq(place.line, 3);
    ck_assert_uint_eq(place.column, 15);
    place = recist_measurements_place(reader, reading, RECIST_COLUMN_DIAMETER);
    ck_assert_uint_eq(place.line, 4);
    ck_assert_uint_eq(place.column, 13);
    recist_batch_destroy(batch);
    recist_measurements_close(reader);
    recist_findings_destroy(findings);
    close(file.descriptor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measurements");
    TCase *tests = tcase_create("reading");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, every_row_finding_has_code_and_place, 0,
                        (int)(sizeof row_cases / sizeof *row_cases));
    tcase_add_test(tests, a_nul_byte_is_found);
    tcase_add_loop_test(tests, every_file_finding_has_code_and_place, 0,
                        (int)(sizeof file_cases / sizeof *file_cases));
    tcase_add_test(tests, a_directory_or_missing_file_is_named);
    tcase_add_loop_test(tests, words_become_numbers, 0,
                        (int)(sizeof status_cases / sizeof *status_cases));
    tcase_add_test(tests, places_within_quoted_rows);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
