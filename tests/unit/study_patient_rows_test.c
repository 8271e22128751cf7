/* SPDX-License-Identifier: MIT
 * Rows that are about the patient and no lesion: which visit they belong to, and what they change.
 * Further columns, and products of lesions in parts. */
#include "study_rows.h"

#define B "2024-01-10,"  /* baseline */
#define W8 "2024-03-06," /* eight weeks later */
#define TARGETS B ",T1,target,30\n" W8 ",T1,target,20\n"
#define LABELLED B "B,T1,target,30\n" W8 "W8,T1,target,20\n"
#define MARKER ",,CA.125,,,,,,,,,,," /* after a date or a label, and before the value */

static const struct study_case cases[] = {
    {
        .name = "rows of the patient join the visit of their date",
        .rows = TARGETS B ",,steroids,,stable\n" W8 ",,steroids,,increased\n" W8 MARKER "35",
        .study = "2024-01-10; 2024-03-06; \nCA.125 CA.125: ? |  value 35\n"
                 "T1 target: 30 | 20\nsteroids steroids: stable | increased\n",
    },
    {
        .name = "... or of their label, and change no date of a scan",
        .rows = LABELLED "2024-01-02,b,,steroids,,stable\n2024-03-20,W8,,steroids,,increased\n"
                         "2024-03,W8" MARKER "35",
        .study = "B 2024-01-10; W8 2024-03-06; \nCA.125 CA.125: ? |  value 35 @2024-03-15\n"
                 "T1 target: 30 | 20\n"
                 "steroids steroids: stable @2024-01-02 | increased @2024-03-20\n",
    },
    {
        .name = "... without a label too, where the day is one of a scan",
        .rows = "2024-01-10,B,T1,target,30\n2024-01-12,B,T2,target,30\n" W8 "W8,T1,target,20\n" W8
                "W8,T2,target,20\n2024-01-11,,,steroids,,stable\n" W8 ",,steroids,,increased\n" W8
                MARKER "7",
        .study = "B 2024-01-10..2024-01-12; W8 2024-03-06; \n"
                 "CA.125 CA.125: ? |  value 7\nT1 target: 30 | 20\nT2 target: 30 | 20\n"
                 "steroids steroids: stable @2024-01-11 | increased\n",
    },
    {
        .name = "samples have days of their own, which are visits without scans",
        .rows = TARGETS "2024-02-01," MARKER "40\n2024-04-01," MARKER "20",
        .study = "2024-01-10; 2024-02-01 (no scan); 2024-03-06; 2024-04-01 (no scan); \n"
                 "CA.125 CA.125: ? |  value 40 | ? |  value 20\nT1 target: 30 | ? | 20 | ?\n",
    },
    {
        .name = "what is counted on a scan makes a visit with a scan, the first one a baseline",
        .rows = B ",,bone,,,,,,,,,,,0\n2024-02-01," MARKER "9\n" W8 ",,bone,,,,,,,,,,,2",
        .study = "2024-01-10; 2024-02-01 (no scan); 2024-03-06; \nCA.125 CA.125: ? |  value 9 | ?\n"
                 "bone bone:  value 0 | ? |  value 2\n",
    },
    {
        .name = "a baseline and samples after it are no single visit",
        .rows = B ",T1,target,30\n2024-04-01," MARKER "20",
        .study = "2024-01-10; 2024-04-01 (no scan); \nCA.125 CA.125: ? |  value 20\n"
                 "T1 target: 30 | ?\n",
    },
    {
        .name = "samples before the first scan belong to the baseline, where the latest counts",
        .rows = "2024-01-01," MARKER "90\n2024-01-08," MARKER "80\n2023-12-01," MARKER "10\n" TARGETS,
        .study = "2024-01-10; 2024-03-06; \nCA.125 CA.125:  value 80 @2024-01-08 | ?\n"
                 "T1 target: 30 | 20\n",
    },
    {
        .name = "... whatever their label, unless it is that of another scan",
        .rows = LABELLED "2024-01-01,lab" MARKER "90\n2024-02-01,lab" MARKER
                         "70\n2024-01-08,W8" MARKER "60",
        .study = "B 2024-01-10; lab 2024-02-01 (no scan); W8 2024-03-06; \n"
                 "CA.125 CA.125:  value 90 @2024-01-01 |  value 70 |  value 60 @2024-01-08\n"
                 "T1 target: 30 | ? | 20\n",
    },
    {
        .name = "the label of a visit is that of its scans",
        .rows = "2024-01-01,A" MARKER "90\n2024-01-02,B" MARKER
                "80\n2024-01-10,b,T1,target,30\n2024-03-06,W8,T1,target,20",
        .study = "b 2024-01-10; W8 2024-03-06; \nCA.125 CA.125:  value 80 @2024-01-02 | ?\n"
                 "T1 target: 30 | 20\n",
    },
    {
        .name = "two samples before the scan of a later visit",
        .rows = LABELLED "2024-03-01,W8" MARKER "50\n2024-03-06,W8" MARKER
                         "40\n2024-03-04,W8" MARKER "45",
        .study = "B 2024-01-10; W8 2024-03-06; \nCA.125 CA.125: ? |  value 40\n"
                 "T1 target: 30 | 20\n",
    },
    {
        .name = "two samples of one visit, one of them after its scan",
        .rows = LABELLED "2024-03-01,W8" MARKER "50\n2024-03-07,W8" MARKER "40",
        .findings = "lesion-twice 5 role\n",
        .invalid = true,
    },
    {
        .name = "two samples of one day",
        .rows = "2024-01-01," MARKER "90\n" TARGETS "2024-01-01," MARKER "91",
        .findings = "lesion-twice 5 role\n",
        .invalid = true,
    },
    {
        .name = "two samples of a day before the one that counts",
        .rows = "2024-01-01," MARKER "90\n2024-01-01," MARKER "91\n2024-01-02," MARKER "92\n" TARGETS,
        .study = "2024-01-10; 2024-03-06; \nCA.125 CA.125:  value 92 @2024-01-02 | ?\n"
                 "T1 target: 30 | 20\n",
    },
    {
        .name = "a dose has no days of its own",
        .rows = TARGETS "2024-02-01,,,steroids,,stable\n2024-02-01,,,steroids,,stable",
        .study = "2024-01-10; 2024-02-01 (no scan); 2024-03-06; \n"
                 "T1 target: 30 | ? | 20\nsteroids steroids: ? | stable | ?\n",
        .findings = "visit-without-scan 4 date\nlesion-twice 5 role\n",
        .invalid = true,
    },
    {
        .name = "... not under a label either; what is before the first scan is the baseline's",
        .rows = LABELLED "2024-01-01,screening,,steroids,,stable\n"
                         "2024-01-04,screening,,steroids,,increased\n"
                         "2024-05-01,end,,steroids,,stable",
        .study = "B 2024-01-10; W8 2024-03-06; end 2024-05-01 (no scan); \n"
                 "T1 target: 30 | 20 | ?\n"
                 "steroids steroids: increased @2024-01-04 | ? | stable\n",
        .findings = "visit-without-scan 4 visit\nvisit-without-scan 6 visit\n",
    },
    {
        .name = "a dose twice at a later visit",
        .rows = LABELLED "2024-03-01,W8,,steroids,,stable\n2024-03-02,W8,,steroids,,stable",
        .findings = "lesion-twice 5 role\n",
        .invalid = true,
    },
    {
        .name = "without any scan the first visit is the baseline",
        .rows = "2024-01-01," MARKER "90\n2024-02-01," MARKER "80\n2024-02-01,,,steroids,,stable",
        .study = "2024-01-01 (no scan); 2024-02-01 (no scan); \n"
                 "CA.125 CA.125:  value 90 |  value 80\nsteroids steroids: ? | stable\n",
    },
    {
        .name = "a visit that shows no lesion is imaged",
        .rows = B ",,none\n" W8 ",,none\n2024-01-01," MARKER "90\n" W8 ",,steroids,,stable",
        .study = "2024-01-10; 2024-03-06; \nCA.125 CA.125:  value 90 @2024-01-01 | ?\n"
                 "steroids steroids: ? | stable\n",
    },
    {
        .name = "... also where a dose stands beside it, and lesions that come at any time",
        .rows = TARGETS W8 ",C1,cyst,,present\n2024-05-01,,,none\n2024-05-01,,,steroids,,stable",
        .study = "2024-01-10; 2024-03-06; 2024-05-01; \nC1 cyst: ? | present | ?\n"
                 "T1 target: 30 | 20 | ?\nsteroids steroids: ? | ? | stable\n",
        .findings = "none-with-known-lesions 5 role\n",
    },
    {
        .name = "no lesion is known where only the dose is",
        .rows = B ",,none\n" B ",,steroids,,stable\n" W8 ",,none",
    },
    {
        .name = "what is recorded at any time may be so at baseline, and after it",
        .rows = TARGETS B ",C1,cyst,,present\n" W8 ",C1,cyst,,present\n" W8 ",C2,cyst,,present\n" W8
                        ",,steroids,,stable",
        .study = "2024-01-10; 2024-03-06; \nC1 cyst: present | present\nC2 cyst: ? | present\n"
                 "T1 target: 30 | 20\nsteroids steroids: ? | stable\n",
    },
    {
        .name = "sites of the patient's rows are nobody's",
        .rows = TARGETS B ",,steroids,,stable,axilla,yes\n" W8 ",,steroids,,stable,neck,no",
        .study = "2024-01-10; 2024-03-06; \nT1 target: 30 | 20\n"
                 "steroids steroids: stable | stable\n",
    },
    {
        .name = "the word of a role makes no parts, and has none",
        .rows = B ",CA,target,30\n" W8 ",CA,target,20\n" B MARKER "7\n" W8 MARKER "8\n" W8
                  ",CA.125.1,new",
        .study = "2024-01-10; 2024-03-06; \nCA target: 30 | 20\n"
                 "CA.125 CA.125:  value 7 |  value 8\nCA.125.1 new: ? | unequivocal\n",
    },
    {
        .name = "a lesion that is called like a role",
        .rows = B ",CA.125,target,30\n" W8 ",CA.125,target,20\n" W8 MARKER "8",
        .findings = "lesion-twice 4 lesion\nrole-changes 4 role\n",
        .invalid = true,
    },
    {
        .name = "a label that is missing",
        .rows = B ",T1,target,30\n" W8 ",T1,target,20\n" W8 "W8,,steroids,,stable",
        .findings = "visit-without-scan 4 visit\nvisit-unlabelled 3 visit\n",
        .invalid = true,
    },
    {
        .name = "a sample of a scan's day under a label of its own",
        .rows = LABELLED W8 "lab" MARKER "8",
        .findings = "visits-overlap 4 date\n",
        .invalid = true,
    },
    {
        .name = "a row with nothing but uptake is evaluated, with nothing but an answer it is not",
        .rows = B ",T1,target,,,,,,,,,,,,7.5\n" W8 ",T1,target,,,,,,,,,,,,2\n" B
                  ",C1,cyst,,,,,,,,,,,,3\n" W8 ",C1,cyst,,,,,,,,,,,,,1",
        .study = "2024-01-10; 2024-03-06; \nC1 cyst:  uptake 3 | not evaluable injected 1\n"
                 "T1 target:  uptake 7.5 |  uptake 2\n",
    },
    {
        .name = "products of parts",
        .rows = B ",T1,target,,,,,,30,20\n" B ",T2,target,,,,,,30,20\n" B ",T3,target,,,,,,30,20\n" B
                  ",T4,target,,,,,,30,20\n" W8 ",T1.1,target,,,,,,10,8\n" W8
                  ",T1.2,target,,too small\n" W8 ",T2.1,target,10,,,,,10,8\n" W8
                  ",T2.2,target,9\n" W8 ",T3.1,target,,absent\n" W8 ",T3.2,target,,,,,,9,4.5\n" W8
                  ",T4.1,target,,too small\n" W8 ",T4.2,target,,too small",
        .study = "2024-01-10; 2024-03-06; \n"
                 "T1 target: -/30/20 | -/15/13 of 2, largest -/10/8, product 105\n"
                 "T2 target: -/30/20 | 19 of 2, largest 10\n"
                 "T3 target: -/30/20 | -/9/4.5 of 2, largest -/9/4.5, product 40.5\n"
                 "T4 target: -/30/20 | 10too small of 2, largest 5, product 50\n",
    },
    {
        .name = "products of parts and of the mass that they grew into",
        .rows = B ",T1,target,,,,,,30,20\n" B ",T2,target,,,,,,20,10\n" W8
                  ",T1.1,target,,,,,,10,8\n" W8 ",T1.2,target,,,,,,6,5\n" W8
                  ",T2,target,,,,,,20,10\n2024-05-01,,T1.1+T2,target,,,,,,30,20\n"
                  "2024-05-01,,T1.2,target,,,,,,6,5",
        .study = "2024-01-10; 2024-03-06; 2024-05-01; \n"
                 "T1 target: -/30/20 | -/16/13 of 2, largest -/10/8, product 110 | "
                 "-/36/25 of 2, largest -/30/20, mass, product 630\n"
                 "T2 target: -/20/10 | -/20/10 | merged\n",
    },
};

START_TEST(builds)
{
    assert_study(&cases[_i]);
}
END_TEST

static void assert_message(const char *text, const char *expected)
{
    struct recist_study_builder *builder = make_builder();
    struct recist_findings *findings = recist_findings_create();
    const struct recist_patient *patient = NULL;
    struct rows rows;
    read_rows(text, &rows);
    build(builder, &rows, findings, &patient);
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    struct recist_slice message = recist_findings_at(findings, 0)->message;
    ck_assert_msg(equals(message, expected), "%.*s", (int)message.length, message.text);
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
}

START_TEST(messages_say_what_was_read)
{
    assert_message(TARGETS "2024-02-01,,,steroids,,stable",
                   "steroids is recorded at visit of 2024-02-01, which has no scan; give the row "
                   "the label or the date of the visit it belongs to");
    assert_message(LABELLED "2024-01-01,early,,steroids,,stable",
                   "steroids is recorded at visit \"early\", which has no scan, and is taken to "
                   "the baseline; give the row the label or the date of the visit it belongs to");
    assert_message(TARGETS B ",,steroids,,stable\n" B ",,steroids,,stable",
                   "steroids is recorded a second time at visit of 2024-01-10, after the row in "
                   "line 4; expected one row for each visit of a reader");
    assert_message("2024-01-10,,,CA.125,,resected\n2024-02-01," MARKER "40",
                   "CA.125 is recorded at visit of 2024-02-01 and was \"resected\" before in line "
                   "2; it is not evaluated for the rest of the course");
}
END_TEST

/* More rows than are searched one by one, and samples on days and between days of scans. */
START_TEST(many_samples)
{
    struct recist_study_builder *builder = make_builder();
    struct recist_findings *findings = recist_findings_create();
    const struct recist_patient *patient = NULL;
    size_t count = 0;
    static struct recist_reading readings[6000];
    static const int64_t value[FURTHER_COUNT] = {7, RECIST_MISSING, RECIST_MISSING};
    for (int day = 0; day < 5000; day++) {
        readings[count] = (struct recist_reading){
            .lesion = slice("CA.125"),
            .axis = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING},
            .date = 19000 + day,
            .role = role_in(slice("CA.125")),
            .numbers = value,
            .line = count + 2,
        };
        count++;
        if (day % 50 == 10) {
            readings[count] = (struct recist_reading){
                .lesion = slice("T1"),
                .axis = {20 * RECIST_MILLIMETRE, RECIST_MISSING, RECIST_MISSING},
                .date = 19000 + day,
                .role = role_in(slice("target")),
                .line = count + 2,
            };
            count++;
        }
    }
    struct recist_patient_readings all = {.patient = slice("P1"), .readings = readings,
                                          .count = count};
    ck_assert_int_eq(recist_study_build(builder, &all, NULL, findings, &patient), RECIST_DONE);
    ck_assert_uint_eq(recist_findings_count(findings), 0);
    const struct recist_series *series = &patient->series[0];
    ck_assert_uint_eq(series->visit_count, 4990);
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        ck_assert_int_eq(series->visits[visit].first_date, 19010 + (int)visit);
        ck_assert(series->visits[visit].imaged == (visit % 50 == 0));
        ck_assert_int_eq(recist_series_observation(series, visit, 0)->date, 19010 + (int)visit);
    }
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("study_patient_rows");
    TCase *all = tcase_create("study_patient_rows");
    tcase_add_loop_test(all, builds, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(all, messages_say_what_was_read);
    tcase_add_test(all, many_samples);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
