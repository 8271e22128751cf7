/* SPDX-License-Identifier: MIT
 * Visits and rows dealt to treatment courses, and lesions that were treated locally. */
#include <sys/mman.h>
#include <unistd.h>

#include "study_rows.h"

struct dealing_case {
    const char *name;
    const char *courses; /* a courses file without its header; NULL: none */
    const char *rows;
    const char *study;    /* NULL: not looked at */
    const char *findings; /* NULL: none */
    bool invalid;
};

#define HEADER "patient,course,start,end,evaluable,death,last_contact\n"
/* Two courses: the visit of 1 March is the last of the first and the baseline of the second. */
#define TWO "P1,1,2024-01-03,,,,\nP1,2,2024-03-05,,,,\n"
#define V1 "2024-01-01,,"
#define MARKER ",,CA.125,,,,,,,,,,," /* after a date or a label, and before the value */
#define V2 "2024-02-01,,"
#define V3 "2024-03-01,,"
#define V4 "2024-05-01,,"

static const struct dealing_case cases[] = {
    {
        .name = "each course has its own baseline, and a visit can belong to two",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V2 "T1,target,20\n" V3 "T1,target,40\n" V4 "T1,target,10",
        .study = "1: 2024-01-01; 2024-02-01; 2024-03-01; \nT1 target: 30 | 20 | 40\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 target: 40 | 10\n",
    },
    {
        .name = "a visit on the day of the start is the baseline, not the day after",
        .courses = "P1,1,2024-01-01,,,,\nP1,2,2024-02-29,,,,\n",
        .rows = V1 "T1,target,30\n" V2 "T1,target,20\n" V3 "T1,target,40\n" V4 "T1,target,10",
        .study = "1: 2024-01-01; 2024-02-01; \nT1 target: 30 | 20\n"
                 "2: 2024-02-01; 2024-03-01; 2024-05-01; \nT1 target: 20 | 40 | 10\n",
    },
    {
        .name = "a later scan of the baseline may lie after the start",
        .courses = "P1,1,2024-01-03,,,,\n",
        .rows = "2024-01-02,Screening,T1,target,30\n2024-01-05,Screening,T2,target,30\n" V2
                "T1,target,20",
        .study = "1: Screening 2024-01-02..2024-01-05; 2024-02-01; \nT1 target: 30 | 20\n"
                 "T2 target: 30 | ?\n",
    },
    {
        .name = "visits before the first baseline belong to no course",
        .courses = "P1,1,2024-02-03,,,,\n",
        .rows = V1 "T1,target,30\n" V2 "T1,target,20\n" V3 "T1,target,40",
        .study = "1: 2024-02-01; 2024-03-01; \nT1 target: 20 | 40\n",
        .findings = "visit-before-baseline 2 date\n",
    },
    {
        .name = "no baseline: visits are there, roles are not judged",
        .courses = "P1,1,2023-12-01,,,,\n",
        .rows = V1 "T1,target,30\n" V2 "T1,target,20\n" V2 "T2,target,20\n" V1 "N1,new",
        .study = "1 without baseline: 2024-01-01; 2024-02-01; \nN1 new: unequivocal | ?\n"
                 "T1 target: 30 | 20\nT2 target: ? | 20\n",
        .findings = "no-baseline courses:2:6\n",
    },
    {
        .name = "a course without any visit",
        .courses = "P1,1,2020-01-01,,,,\nP1,2,2024-01-03,,,,\nP1,3,2023-12-20,,no,,\n",
        .rows = V1 "T1,target,30\n" V2 "T1,target,20",
        .study = "1 without baseline: \n3 without baseline: 2024-01-01; \nT1 target: 30\n"
                 "2: 2024-01-01; 2024-02-01; \nT1 target: 30 | 20\n",
        .findings = "no-baseline courses:2:6\n",
    },
    {
        .name = "a baseline and nothing after it",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,20",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 20\n2: 2024-03-01; \n"
                 "T1 target: 20\n",
        .findings = "one-visit-only 3 date\n",
    },
    {
        .name = "the next course's choice of lesions",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,30\n" V3 "T2,target,20\n" V3
                   "N1,non-target,,present\n" V4 "T1,target,30\n" V4 "T2,target,20\n" V4
                   "N1,non-target,,present",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 30\n"
                 "2: 2024-03-01; 2024-05-01; \nN1 non-target: present | present\n"
                 "T1 target: 30 | 30\nT2 target: 20 | 20\n",
        .findings = "next-course-lesions 4 lesion\n",
    },
    {
        .name = "a lesion that appears between the baselines is an error all the same",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V2 "T1,target,30\n" V2 "T2,target,20\n" V3 "T1,target,30\n" V3
                   "T2,target,20\n" V4 "T1,target,30\n" V4 "T2,target,20",
        .findings = "lesion-after-baseline 4 lesion\n",
        .invalid = true,
    },
    {
        .name = "a part of a known lesion is no choice of the next course",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1.1,target,10\n" V3 "T1.2,target,11\n" V4
                   "T1.1,target,10\n" V4 "T1.2,target,11",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 21 of 2, largest 11\n"
                 "2: 2024-03-01; 2024-05-01; \nT1.1 target: 10 | 10\nT1.2 target: 11 | 11\n",
    },
    {
        .name = "new in one course, a target of the next with its size there",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,30\n" V3 "X1,new,12\n" V4 "T1,target,30\n" V4
                   "X1,target,15",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 30\nX1 new: ? | 12\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 target: 30 | 30\nX1 target: 12 | 15\n",
    },
    {
        .name = "new in one course, and called a target from its baseline in the next",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V2 "T1,target,30\n" V2 "X1,new,9\n" V3 "T1,target,30\n" V3
                   "X1,target,12\n" V4 "T1,target,30\n" V4 "X1,target,15",
        .study = "1: 2024-01-01; 2024-02-01; 2024-03-01; \nT1 target: 30 | 30 | 30\n"
                 "X1 new: ? | 9 | 12unequivocal\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 target: 30 | 30\nX1 target: 12 | 15\n",
    },
    {
        .name = "new in one course, and not followed in the next",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,30\n" V3 "X1,new,12\n" V4 "T1,target,30",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 30\nX1 new: ? | 12\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 target: 30 | 30\n",
    },
    {
        .name = "a row for each course in the visit that they share",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,30\n" V3 "X1,new\n" V3 "X1,target,12\n" V3
                   "T1,non-target,,present\n" V4 "T1,non-target,,present\n" V4 "X1,target,15",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 30\nX1 new: ? | unequivocal\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 non-target: present | present\n"
                 "X1 target: 12 | 15\n",
        .findings = "next-course-lesions 5 lesion\n",
    },
    {
        .name = "a target of one course, a non-target of the next",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,31\n" V4 "T1,non-target,,present",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 31\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 non-target: 31 | present\n",
    },
    {
        .name = "within a course a role does not change",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V2 "T1,non-target,,present\n" V3 "T1,target,30\n" V4
                   "T1,target,30",
        .findings = "role-changes 3 role\n",
        .invalid = true,
    },
    {
        .name = "new at the baseline of the first course",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V1 "X1,new\n" V3 "T1,target,31\n" V4 "T1,target,31",
        .findings = "new-at-baseline 3 role\n",
        .invalid = true,
    },
    {
        .name = "rows that name their course belong to it only",
        .courses = TWO,
        .rows = V1 "T1,target,30,,,,,,,,1\n" V3 "T1,target,31,,,,,,,,1\n" V3
                   "T1,target,12,,,,,,,,2\n" V4 "T1,target,13,,,,,,,,2",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 31\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 target: 12 | 13\n",
    },
    {
        .name = "some rows name their course, the others are dealt by date",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,31\n" V3 "T1,target,12,,,,,,,,2\n" V4
                   "T1,target,13",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 31\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 target: 12 | 13\n",
    },
    {
        .name = "rows with and without a course on one day",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V4 "T1,target,13\n" V4 "T2,new,13,,,,,,,,2",
        .findings = "one-visit-only 2 date\nvisits-overlap 3 date\n",
        .invalid = true,
    },
    {
        .name = "an unknown course",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,31\n" V4 "T1,target,31,,,,,,,,3\n" V4
                   "T2,target,31,,,,,,,,3",
        .findings = "unknown-course 4 course\none-visit-only 3 date\n",
        .invalid = true,
    },
    {
        .name = "labels that come again in the next course",
        .courses = TWO,
        .rows = "2024-01-01,Baseline,T1,target,30\n2024-02-01,Week 4,T1,target,29\n"
                "2024-02-03,Week 4,N1,new\n2024-03-01,Baseline,T1,target,28\n"
                "2024-04-01,week-4,T1,target,27",
        .study = "1: Baseline 2024-01-01; Week 4 2024-02-01..2024-02-03; Baseline 2024-03-01; \n"
                 "N1 new: ? | unequivocal | ?\nT1 target: 30 | 29 | 28\n"
                 "2: Baseline 2024-03-01; week-4 2024-04-01; \nT1 target: 28 | 27\n",
    },
    {
        .name = "a label that comes again within a course is one visit",
        .courses = TWO,
        .rows = "2024-01-01,Baseline,T1,target,30\n2024-01-10,Week 4,T1,target,29\n"
                "2024-02-20,Week 4,N1,new\n2024-03-01,,T1,target,28\n2024-04-01,,T1,target,27",
        .findings = "visit-spread 4 date\n",
    },
    {
        .name = "readers are apart, each with all courses",
        .courses = TWO,
        .rows = V1 "T1,target,30,,,,R2\n" V3 "T1,target,31,,,,R2\n" V4 "T1,target,32,,,,R2\n" V1
                   "T1,target,20,,,,R1\n" V3 "T1,target,21,,,,R1\n" V4 "T1,target,22,,,,R1",
        .study = "R21: 2024-01-01; 2024-03-01; \nT1 target: 30 | 31\n"
                 "R22: 2024-03-01; 2024-05-01; \nT1 target: 31 | 32\n"
                 "R11: 2024-01-01; 2024-03-01; \nT1 target: 20 | 21\n"
                 "R12: 2024-03-01; 2024-05-01; \nT1 target: 21 | 22\n",
    },
    {
        .name = "one course without a start has all visits",
        .courses = "P1,1,,,,,\n",
        .rows = V1 "T1,target,30\n" V3 "T1,target,31",
        .study = "1: 2024-01-01; 2024-03-01; \nT1 target: 30 | 31\n",
    },
    {
        .name = "one of two courses without a start",
        .courses = "P1,1,,,,,\nP1,2,2024-01-03,,,,\n",
        .rows = V1 "T1,target,30\n" V3 "T1,target,31",
        .findings = "missing-start courses:2:6\n",
        .invalid = true,
    },
    {
        .name = "a finding in a visit of two courses is reported once",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V3 "T1,target,30\n" V3 "T1,target,31\n" V4 "T1,target,31",
        .findings = "lesion-twice 4 lesion\n",
        .invalid = true,
    },
    {
        .name = "a patient who is not in the courses file",
        .courses = "P2,1,2024-01-03,,,,\n",
        .rows = V1 "T1,target,30\n" V3 "T1,target,31",
        .study = "2024-01-01; 2024-03-01; \nT1 target: 30 | 31\n",
        .findings = "patient-without-course 2 patient\n",
    },
    {
        .name = "scans after death, and just before",
        .courses = "P1,1,2024-01-03,,,2024-02-29,2024-02-29\n",
        .rows = V1 "T1,target,30\n" V3 "T1,target,31\n" V2 "T1,target,31",
        .findings = "scan-after-death 3 date\n",
    },
    {
        .name = "scans on the day of death",
        .courses = "P1,1,2024-01-03,,,2024-03-01,2024-03-01\n",
        .rows = V1 "T1,target,30\n" V3 "T1,target,31",
    },
    {
        .name = "scans after the last contact",
        .courses = "P1,1,2024-01-03,,,,2024-02-01\n",
        .rows = V1 "T1,target,30\n" V3 "T1,target,31",
        .findings = "scan-after-last-contact 3 date\n",
    },
    {
        .name = "a lesion that was resected is not evaluated any more",
        .rows = V1 "T1,target,30\n" V2 "T1,target,,resected\n" V3 "T1,target,9\n" V1
                   "T2,target,20\n" V2 "T2,target,20\n" V3 "T2,target,20\n" V4 "T2,target,20",
        .study = "2024-01-01; 2024-02-01; 2024-03-01; 2024-05-01; \n"
                 "T1 target: 30 | resected | resected | ?\nT2 target: 20 | 20 | 20 | 20\n",
        .findings = "reading-after-local-treatment 4 lesion\n",
    },
    {
        .name = "a part that was resected takes its lesion with it",
        .rows = V1 "T1,target,30\n" V2 "T1.1,target,10\n" V2 "T1.2,target,,resected\n" V3
                   "T1.1,target,9",
        .study = "2024-01-01; 2024-02-01; 2024-03-01; \nT1 target: 30 | resected of 2 | resected\n",
        .findings = "reading-after-local-treatment 5 lesion\n",
    },
    {
        .name = "a lesion resected in one course is no lesion of the next",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V1 "T2,target,30\n" V2 "T1,target,,resected\n" V2
                   "T2,target,30\n" V3 "T1,target,,resected\n" V3 "T2,target,30\n" V4
                   "T1,target,,resected\n" V4 "T2,target,30",
        .study = "1: 2024-01-01; 2024-02-01; 2024-03-01; \nT1 target: 30 | resected | resected\n"
                 "T2 target: 30 | 30 | 30\n"
                 "2: 2024-03-01; 2024-05-01; \nT2 target: 30 | 30\n",
    },
    {
        .name = "a lesion resected in one course can be measured in the next",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V2 "T1,target,,resected\n" V3 "T1,target,12\n" V4
                   "T1,target,13",
        .study = "1: 2024-01-01; 2024-02-01; 2024-03-01; \nT1 target: 30 | resected | resected\n"
                 "2: 2024-03-01; 2024-05-01; \nT1 target: 12 | 13\n",
        .findings = "reading-after-local-treatment 4 lesion\n",
    },
    {
        .name = "the baseline is imaged, and what is observed after its scan is the course's",
        .courses = TWO,
        .rows = "2023-12-20," MARKER "99\n" V1 "T1,target,30\n2024-01-02," MARKER "90\n2024-01-20," MARKER
                "80\n" V2 "T1,target,20\n" V3 "T1,target,40\n2024-03-03," MARKER "70\n2024-04-01," MARKER
                "60\n" V4 "T1,target,10",
        .study = "1: 2024-01-01; 2024-01-02 (no scan); 2024-01-20 (no scan); 2024-02-01; 2024-03-01; "
                 "2024-03-03 (no scan); \n"
                 "CA.125 CA.125:  value 99 @2023-12-20 |  value 90 |  value 80 | ? | ? |  value 70\n"
                 "T1 target: 30 | ? | ? | 20 | 40 | ?\n"
                 "2: 2024-03-01; 2024-03-03 (no scan); 2024-04-01 (no scan); 2024-05-01; \n"
                 "CA.125 CA.125: ? |  value 70 |  value 60 | ?\nT1 target: 40 | ? | ? | 10\n",
    },
    {
        .name = "samples before the scan that is the first baseline belong to no course",
        .courses = "P1,1,2024-02-03,,,,\n",
        .rows = V1 "T1,target,30\n2024-01-20," MARKER "80\n" V2 "T1,target,20\n2024-01-30,BL" MARKER
                   "60\n2024-03-01,W4,T1,target,40",
        .study = "1: 2024-02-01; W4 2024-03-01; \nT1 target: 20 | 40\n",
        .findings = "visit-before-baseline 2 date\n",
    },
    {
        .name = "samples alone: the last before the start is the baseline",
        .courses = TWO,
        .rows = "2023-12-20," MARKER "99\n2024-01-02," MARKER "90\n2024-02-01," MARKER "80\n2024-04-01,"
                MARKER "70",
        .study = "1: 2024-01-02 (no scan); 2024-02-01 (no scan); \nCA.125 CA.125:  value 90 |  value 80\n"
                 "2: 2024-02-01 (no scan); 2024-04-01 (no scan); \nCA.125 CA.125:  value 80 |  value 70\n",
        .findings = "visit-before-baseline 2 date\n",
    },
    {
        .name = "no scan at or before the start: samples make no baseline",
        .courses = "P1,1,2023-12-25,,,,\n",
        .rows = "2023-12-20," MARKER "99\n" V1 "T1,target,30\n" V2 "T1,target,20",
        .study = "1 without baseline: 2024-01-01; 2024-02-01; \n"
                 "CA.125 CA.125:  value 99 @2023-12-20 | ?\nT1 target: 30 | 20\n",
        .findings = "no-baseline courses:2:6\n",
    },
    {
        .name = "a visit of two courses: its doses and what comes at any time are both's",
        .courses = TWO,
        .rows = V1 "T1,target,30\n" V1 ",steroids,,stable\n" V3 "T1,target,40\n" V3
                   "T2,target,25\n" V3 "C1,cyst,,present\n" V3 ",steroids,,increased\n" V4
                   "T1,target,10\n" V4 "T2,target,10\n" V4 ",steroids,,stable",
        .study = "1: 2024-01-01; 2024-03-01; \nC1 cyst: ? | present\nT1 target: 30 | 40\n"
                 "steroids steroids: stable | increased\n"
                 "2: 2024-03-01; 2024-05-01; \nC1 cyst: present | ?\nT1 target: 40 | 10\n"
                 "T2 target: 25 | 10\nsteroids steroids: increased | stable\n",
        .findings = "next-course-lesions 5 lesion\n",
    },
    {
        .name = "labels that come again in another course, where only a sample stands",
        .courses = TWO,
        .rows = "2024-01-01,Base,T1,target,30\n2024-02-01,Week 4,T1,target,20\n"
                "2024-03-01,Again,T1,target,25\n2024-04-01,Week 4" MARKER "7\n"
                "2024-05-01,Week 8,T1,target,10",
        .study = "1: Base 2024-01-01; Week 4 2024-02-01; Again 2024-03-01; \nT1 target: 30 | 20 | 25\n"
                 "2: Again 2024-03-01; Week 4 2024-04-01 (no scan); Week 8 2024-05-01; \n"
                 "CA.125 CA.125: ? |  value 7 | ?\nT1 target: 25 | ? | 10\n",
    },
    {
        .name = "a sample after the death",
        .courses = "P1,1,2024-01-03,,,2024-02-03,\n",
        .rows = V1 "T1,target,30\n" V2 "T1,target,20\n2024-02-04," MARKER "7",
        .findings = "scan-after-death 4 date\n",
    },
};

static struct recist_courses *read_courses(const char *rows)
{
    char path[64];
    int descriptor = memfd_create("courses", MFD_CLOEXEC);
    struct recist_findings *findings = recist_findings_create();
    struct recist_courses *courses = NULL;
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, HEADER, strlen(HEADER)), (ssize_t)strlen(HEADER));
    ck_assert_int_eq(write(descriptor, rows, strlen(rows)), (ssize_t)strlen(rows));
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    ck_assert_int_eq(recist_courses_open(path, findings, &courses), RECIST_DONE);
    recist_findings_destroy(findings);
    close(descriptor);
    return courses;
}

static void tell_finding(struct recist_text *text, const struct recist_finding *finding,
                         const struct rows *rows)
{
    if (finding->visit.length == 0) {
        recist_text_format(text, "%s courses:%d:%d\n", finding->kind->code,
                           (int)finding->place.line, (int)finding->place.column);
        return;
    }
    size_t row = (size_t)finding->place.line - 2;
    int field = 0;
    ck_assert_uint_lt(row, rows->count);
    while (field < FIELD_COUNT &&
           position(rows->readings[row].row, (enum field)field) != finding->place.column) {
        field++;
    }
    /* Rows end before the column `patient`. */
    recist_text_format(text, "%s %d %s\n", finding->kind->code, (int)finding->place.line,
                       strcmp(finding->kind->code, "patient-without-course") == 0
                           ? "patient"
                           : fields[field].name);
}

static void tell_courses(struct recist_text *text, const struct recist_patient *patient)
{
    for (size_t i = 0; i < patient->series_count; i++) {
        const struct recist_series *series = &patient->series[i];
        if (series->facts) {
            recist_text_append_slice(text, series->reader);
            recist_text_append_slice(text, series->course);
            recist_text_append_string(text,
                                      series->without_baseline ? " without baseline: " : ": ");
            ck_assert(series->has_start == (series->facts->start != RECIST_NO_DATE));
            ck_assert_int_eq(series->start, series->facts->start);
        }
        for (size_t visit = 0; visit < series->visit_count; visit++) {
            tell_visit(text, &series->visits[visit]);
        }
        recist_text_append_char(text, '\n');
        for (size_t lesion = 0; lesion < series->lesion_count; lesion++) {
            tell_lesion(text, series, lesion);
        }
    }
}

START_TEST(deals)
{
    const struct dealing_case *given = &cases[_i];
    struct rows *rows = calloc(1, sizeof *rows);
    struct recist_courses *courses = given->courses ? read_courses(given->courses) : NULL;
    struct recist_findings *findings = recist_findings_create();
    struct recist_study_builder *builder = make_builder();
    const struct recist_patient *patient = NULL;
    struct recist_text text;
    read_rows(given->rows, rows);
    recist_study_builder_set_courses(builder, courses);
    enum recist_outcome outcome = build(builder, rows, findings, &patient);
    recist_text_init(&text);
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        tell_finding(&text, recist_findings_at(findings, i), rows);
    }
    assert_text(&text, given->findings ? given->findings : "", given->name);
    ck_assert_msg(outcome == (given->invalid ? RECIST_INVALID : RECIST_DONE), "%s", given->name);
    if (given->study) {
        recist_text_init(&text);
        tell_courses(&text, patient);
        assert_text(&text, given->study, given->name);
    }
    recist_study_builder_destroy(builder);
    recist_findings_destroy(findings);
    recist_courses_close(courses);
    free(rows);
}
END_TEST

/* One course that starts with the first visit changes nothing. */
START_TEST(one_course_changes_nothing)
{
    static const char *const studies[] = {
        V1 "T1,target,30\n" V2 "T1,target,20\n" V3 "X1,new,20\n" V4 "T1,target,,absent",
        V1 ",none\n" V3 "X1,new\n" V4 "X1,new,12",
        "2024-01-01,BL,T1,target,30\n2024-01-09,BL,T2,target,30\n2024-05-01,W8,T1+T2,target,40",
        "2024-01,,T1,target,30\n2024-03,,T1,target,30",
        V1 "T1,target,30,,,,R1\n" V1 "T1,target,33,,,,R2\n" V3 "T1,target,30,,,,R2",
    };
    static const char *const starts[] = {"2024-01-01", "2024-01-01", "2024-01-01", "2024-01-15",
                                         "2024-01-01"};
    char line[64];
    struct rows *rows = calloc(1, sizeof *rows);
    snprintf(line, sizeof line, "P1,,%s,,,,\n", starts[_i]);
    struct recist_courses *courses = read_courses(line);
    struct recist_study_builder *builder = make_builder();
    const struct recist_courses *given[2] = {NULL, courses};
    struct recist_text texts[2];
    read_rows(studies[_i], rows);
    for (size_t i = 0; i < 2; i++) {
        struct recist_findings *findings = recist_findings_create();
        const struct recist_patient *patient = NULL;
        recist_study_builder_set_courses(builder, given[i]);
        recist_text_init(&texts[i]);
        recist_text_format(&texts[i], "outcome %d\n", build(builder, rows, findings, &patient));
        for (size_t k = 0; k < patient->series_count; k++) {
            patient->series[k].facts = NULL;
        }
        tell_courses(&texts[i], patient);
        tell_findings(&texts[i], findings, rows);
        recist_findings_destroy(findings);
    }
    recist_text_append_char(&texts[0], '\0');
    assert_text(&texts[1], texts[0].bytes, studies[_i]);
    recist_text_destroy(&texts[0]);
    recist_study_builder_destroy(builder);
    recist_courses_close(courses);
    free(rows);
}
END_TEST

/* A broken file must not ask for any amount of memory: many courses with one visit. */
START_TEST(many_courses_with_one_baseline)
{
    struct recist_text file;
    struct rows *rows = calloc(1, sizeof *rows);
    struct recist_findings *findings = recist_findings_create();
    struct recist_study_builder *builder = make_builder();
    const struct recist_patient *patient = NULL;
    struct recist_text lines;
    recist_text_init(&file);
    recist_text_init(&lines);
    for (int i = 0; i < 20000; i++) {
        char day[RECIST_DATE_TEXT_SIZE + 1] = "";
        recist_date_format(recist_date_from_calendar(2024, 1, 2) + i, day);
        recist_text_format(&file, "P1,%d,%s,,no,,\n", i + 1, day);
    }
    for (int i = 0; i < 250; i++) {
        recist_text_format(&lines, "%s" V1 "T%03d,target,30", i > 0 ? "\n" : "", i);
    }
    recist_text_append_char(&file, '\0');
    recist_text_append_char(&lines, '\0');
    struct recist_courses *courses = read_courses(file.bytes);
    read_rows(lines.bytes, rows);
    recist_study_builder_set_courses(builder, courses);
    ck_assert_int_eq(build(builder, rows, findings, &patient), RECIST_INVALID);
    const struct recist_finding *last =
        recist_findings_at(findings, recist_findings_count(findings) - 1);
    ck_assert_str_eq(last->kind->code, "patient-too-large");
    recist_text_destroy(&file);
    recist_text_destroy(&lines);
    recist_study_builder_destroy(builder);
    recist_findings_destroy(findings);
    recist_courses_close(courses);
    free(rows);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("study_courses");
    TCase *all = tcase_create("study_courses");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, deals, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(all, one_course_changes_nothing, 0, 5);
    tcase_add_test(all, many_courses_with_one_baseline);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
