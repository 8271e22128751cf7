/* SPDX-License-Identifier: MIT
 * Readings to studies: every form of a study, and every finding about its shape with its place. */
#include "study_rows.h"

#define B "2024-01-01,,"  /* baseline */
#define W8 "2024-02-26,," /* eight weeks later */
#define W16 "2024-04-22,,"

static const struct study_case cases[] = {
    {
        .name = "visits by date, in order, whatever the order of rows",
        .rows = W8 "T2,target,12\n" B "T2,target,20\n" B "T1,target,30\n" W8 "T1,target,20.5",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 20.5\nT2 target: 20 | 12\n",
    },
    {
        .name = "a lesion without a row was not evaluated",
        .rows = B "T1,target,30\n" B "T2,target,20\n" W8 "T2,target,0\n" W16 "T1,target,,absent",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \n"
                 "T1 target: 30 | ? | absent\nT2 target: 20 | 0 | ?\n",
    },
    {
        .name = "labels make visits, without regard to case, hyphen and underscore",
        .rows = "2024-01-01,Screening,T1,target,30\n2024-01-03,SCREENING,T2,target,20\n"
                "2024-02-26,Week 8,T1,target,30\n2024-02-27,week-8,T2,target,20\n"
                "2024-02-28,WEEK_8,T3,new",
        .study = "SCREENING 2024-01-01..2024-01-03; WEEK_8 2024-02-26..2024-02-28; \n"
                 "T1 target: 30 | 30\nT2 target: 20 | 20\nT3 new: ? | unequivocal\n",
    },
    {
        .name = "readers and courses are apart, in order of appearance",
        .rows = B "T1,target,30,,,,R2\n" B "T1,target,31,,,,R1\n" W8 "T1,target,20,,,,R2\n" W8
                  "T1,target,21,,,,R1\n" B "T1,target,40,,,,R1,,,,2\n" W8 "T1,target,39,,,,R1,,,,2",
        .study = "R2: 2024-01-01; 2024-02-26; \nT1 target: 30 | 20\n"
                 "R1: 2024-01-01; 2024-02-26; \nT1 target: 31 | 21\n"
                 "R12: 2024-01-01; 2024-02-26; \nT1 target: 40 | 39\n",
    },
    {
        .name = "no disease at baseline",
        .rows = B ",none\n" W8 ",none\n" W16 "N1,new",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \nN1 new: ? | ? | unequivocal\n",
    },
    {
        .name = "no rows",
        .rows = "",
        .study = "",
    },
    {
        .name = "no lesion at all",
        .rows = B ",none\n" W8 ",none",
        .study = "2024-01-01; 2024-02-26; \n",
    },
    {
        .name = "both axes, and a status that is no reading",
        .rows = B "T1,target,,,,,,30,20\n" W8 "T1,target,,not evaluable",
        .study = "2024-01-01; 2024-02-26; \nT1 target: -/30/20 | not evaluable\n",
    },
    {
        .name = "organs and nodes",
        .rows = B "T1,target,30,,right lung\n" B "T2,target,30,,axilla\n" B
                  "T3,target,30,,hilum,yes\n" B "T4,target,30,,axilla,no\n" B
                  "T5,target,30,,Tongue\n" B "T6,target,30\n" W8 "T6,target,30,,left lung,yes",
        .study = "2024-01-01; 2024-02-26; \nT1 target in lung: 30 | ?\n"
                 "T2 target in lymph node (node): 30 | ?\n"
                 "T3 target in lymph node (node): 30 | ?\n"
                 "T4 target in lymph node: 30 | ?\nT5 target in Tongue: 30 | ?\n"
                 "T6 target in lymph node (node): 30 | 30\n",
    },
    {
        .name = "earlier local therapy",
        .rows = B "T1,target,30,,,,,,,None\n" B "T2,target,30,,,,,,,radiotherapy 2023\n" B
                  "T3,target,30,,,,,,,RT; PROGRESSED since\n" B "T4,target,30,,,,,,,0\n" W8
                  "T1,target,30,,,,,,,surgery",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 30\nT2 target (treated): 30 | ?\n"
                 "T3 target (treated) (progressed): 30 | ?\nT4 target: 30 | ?\n",
    },
    {
        .name = "a partial date is completed",
        .rows = B "T1,target,30\n2024-02,,T1,target,30\n" W16 "T1,target,30",
        .study = "2024-01-01; 2024-02-15~; 2024-04-22; \nT1 target: 30 | 30 | 30\n",
    },
    {
        .name = "a partial date beside another visit of its month",
        .rows = B "T1,target,30\n2024-02,,T1,target,30\n" W8 "T1,target,30",
        .study = "2024-01-01; 2024-02-15~; 2024-02-26; \nT1 target: 30 | 30 | 30\n",
        .findings = "visit-order-unsure 3 date\n",
    },
    {
        .name = "a partial date before the last day of its month",
        .rows = B "T1,target,30\n2024-02,,T1,target,30\n2024-02-29,,T1,target,30",
        .findings = "visit-order-unsure 3 date\n",
    },
    {
        .name = "a partial date before the first day of the next month",
        .rows = B "T1,target,30\n2024-02,,T1,target,30\n2024-03-01,,T1,target,30",
    },
    {
        .name = "a partial date after another visit of its month",
        .rows = B "T1,target,30\n2024-02-03,,T1,target,30\n2024-02,,T1,target,30",
        .findings = "visit-order-unsure 4 date\n",
    },
    {
        .name = "a year alone",
        .rows = "2023-12-31,,T1,target,30\n2024,,T1,target,30\n2025-01-01,,T1,target,30",
        .study = "2023-12-31; 2024-06-30~; 2025-01-01; \nT1 target: 30 | 30 | 30\n",
    },
    {
        .name = "a year alone beside another visit of its year",
        .rows = B "T1,target,30\n2024,,T1,target,30\n2025-01-01,,T1,target,30",
        .findings = "visit-order-unsure 3 date\n",
    },
    {
        .name = "a partial date is a visit of its own, and may fall on the day of another",
        .rows = B "T1,target,30\n2024-02,,T1,target,30\n2024-02-15,,T1,target,31",
        .findings = "visits-overlap 3 date\nvisit-order-unsure 3 date\n",
        .invalid = true,
    },
    {
        .name = "one visit only",
        .rows = B "T1,target,30\n" B "T2,target,30",
        .findings = "one-visit-only 2 date\n",
    },
    {
        .name = "scans of a visit far apart",
        .rows = B "T1,target,30\n" B "T2,target,30\n2024-03-01,W8,T1,target,30\n"
                  "2024-03-16,W8,T2,target,30",
        .findings = "visit-spread 5 date\n",
    },
    {
        .name = "scans of a visit just near enough",
        .rows = B "T1,target,30\n" B "T2,target,30\n2024-03-01,W8,T1,target,30\n"
                  "2024-03-15,W8,T2,target,30",
    },
    {
        .name = "two labels on one day",
        .rows = B "T1,target,30\n2024-03-01,W8,T1,target,30\n2024-03-01,W9,T1,target,30",
        .findings = "visits-overlap 4 date\n",
        .invalid = true,
    },
    {
        .name = "a visit within another",
        .rows = B "T1,target,30\n2024-03-01,W8,T1,target,30\n2024-03-14,W8,T2,new\n"
                  "2024-03-07,W9,T1,target,30\n2024-03-10,,T1,target,30",
        .findings = "visits-overlap 5 date\nvisits-overlap 6 date\n",
        .invalid = true,
    },
    {
        .name = "a row of the day without the label",
        .rows = B "T1,target,30\n" B "T2,target,30\n2024-03-01,W8,T1,target,30\n"
                  "2024-03-01,,T2,target,30",
        .findings = "visit-unlabelled 5 visit\n",
        .invalid = true,
    },
    {
        .name = "none and lesions in one visit",
        .rows = B "T1,target,30\n" B ",none\n" W8 "T1,target,30",
        .findings = "none-with-lesions 3 role\n",
        .invalid = true,
    },
    {
        .name = "none by one reader, lesions by another",
        .rows =
            B ",none,,,,,R1\n" B "T1,target,30,,,,R2\n" W8 ",none,,,,,R1\n" W8 "T1,target,30,,,,R2",
    },
    {
        .name = "a lesion twice",
        .rows = B "T1,target,30\n" W8 "T1,target,30\n" W8 "T1,target,31",
        .findings = "lesion-twice 4 lesion\n",
        .invalid = true,
    },
    {
        .name = "a lesion twice, under two spellings of the visit",
        .rows = B "T1,target,30\n2024-02-26,W 8,T1,target,30\n2024-02-27,w-8,T1,target,30",
        .findings = "lesion-twice 4 lesion\n",
        .invalid = true,
    },
    {
        .name = "role changes, at each row",
        .rows = B "T1,target,30\n" W8 "T1,non-target,,present\n" W16 "T1,new",
        .findings = "role-changes 3 role\nrole-changes 4 role\n",
        .invalid = true,
    },
    {
        .name = "site changes, once, but not in case only",
        .rows = B "T1,target,30,,Liver\n" W8 "T1,target,30,,liver\n" W16 "T1,target,30,,lung\n"
                  "2024-06-01,,T1,target,30,,lung",
        .findings = "site-changes 4 site\n",
    },
    {
        .name = "a node at one visit and not at another",
        .rows = B "T1,target,30,,hilum,yes\n" W8 "T1,target,30,,hilum,no\n" W16 "T1,target,30",
        .findings = "nodal-changes 3 nodal\n",
        .invalid = true,
    },
    {
        .name = "a target after baseline, once",
        .rows = B "T1,target,30\n" W8 "T2,target,30\n" W16 "T2,target,30",
        .findings = "lesion-after-baseline 3 lesion\n",
        .invalid = true,
    },
    {
        .name = "a new lesion at baseline",
        .rows = B "T1,target,30\n" B "N1,new\n" W8 "N1,new",
        .findings = "new-at-baseline 3 role\n",
        .invalid = true,
    },

    /* Parts */
    {
        .name = "parts are added up",
        .rows = B "T1,target,30\n" W8 "T1.1,target,10\n" W8 "T1.2,target,8\n" W16 "T1.2,target,9",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \nT1 target: 30 | 18 of 2, largest 10 | 9\n",
    },
    {
        .name = "a scan date of the parts is the latest",
        .rows = "2024-01-01,B,T1,target,30\n2024-02-26,W8,T1.1,target,10\n"
                "2024-02-28,W8,T1.2,target,8",
        .study = "B 2024-01-01; W8 2024-02-26..2024-02-28; \nT1 target: 30 | 18 of 2, largest 10 "
                 "@2024-02-28\n",
    },
    {
        .name = "a part of a part",
        .rows = B "T1,target,40\n" W8 "T1.1,target,10\n" W8 "T1.2,target,8\n" W16
                  "T1.1.1,target,4\n" W16 "T1.1.2,target,3\n" W16 "T1.2,target,8",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \n"
                 "T1 target: 40 | 18 of 2, largest 10 | 15 of 3, largest 8\n",
    },
    {
        .name = "each axis by itself",
        .rows = B "T1,target,,,,,,30,20\n" W8 "T1.1,target,,,,,,10,8\n" W8 "T1.2,target,,,,,,9,9",
        .study = "2024-01-01; 2024-02-26; \nT1 target: -/30/20 | -/19/17 of 2, largest -/10/9, product 161\n",
    },
    {
        .name = "an axis that one part lacks is missing",
        .rows = B "T1,target,,,,,,30,20\n" W8 "T1.1,target,,,,,,10,8\n" W8 "T1.2,target,,,,,,9",
        .study = "2024-01-01; 2024-02-26; \nT1 target: -/30/20 | -/19/- of 2, largest -/10/-\n",
    },
    {
        .name = "a part with a status that stands for a number",
        .rows = B "T1,target,30\n" W8 "T1.1,target,10\n" W8 "T1.2,target,,too small\n" W16
                  "T1.1,target,,absent\n" W16 "T1.2,target,,too small",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \n"
                 "T1 target: 30 | 15 of 2, largest 10 | 5too small of 2, largest 5, product 25\n",
    },
    {
        .name = "parts that share a status keep it",
        .rows = B "T1,target,30\n" W8 "T1.1,target,,absent\n" W8 "T1.2,target,,absent",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | absent of 2\n",
    },
    {
        .name = "parts too small to measure count one by one",
        .rows = B "T1,target,30\n" W8 "T1.1,target,,too small\n" W8 "T1.2,target,,too small",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 10too small of 2, largest 5, product 50\n",
    },
    {
        .name = "a part that is not evaluated",
        .rows = B "T1,target,30\n" W8 "T1.1,target,20\n" W8 "T1.2,target,,not evaluable",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | not evaluable of 2\n",
    },
    {
        .name = "a status that prevails is that of the lesion, beside a number or without",
        .rows = B "N1,non-target,,present\n" W8 "N1.1,non-target,30,progression\n" W8
                  "N1.2,non-target,10,present\n" W16 "N1.1,non-target,,not evaluable\n" W16
                  "N1.2,non-target,,progression",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \n"
                 "N1 non-target: present | 40progression of 2, largest 30 | "
                 "progression of 2\n",
    },
    {
        .name = "a status that prevails beside one that ends the evaluation",
        .rows = B "N1,non-target,,present\n" W8 "N1.1,non-target,,resected\n" W8
                  "N1.2,non-target,,progression",
        .findings = "parts-disagree 3 status\n",
        .invalid = true,
    },
    {
        .name = "an id with a point that stands at baseline is a lesion's own",
        .rows = B "T1,target,30\n" B "T1.1,target,20\n" W8 "T1,target,30\n" W8 "T1.1,target,20",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 30\nT1.1 target: 20 | 20\n",
    },
    {
        .name = "an id with a point after baseline is a new lesion's own",
        .rows = B "T1,target,30\n" W8 "N1.1,new\n" W8 "N1,new\n" W16 "N1.2,new",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \nN1 new: ? | unequivocal | unequivocal\n"
                 "N1.1 new: ? | unequivocal | ?\nT1 target: 30 | ? | ?\n",
    },
    {
        .name = "a point and letters are no part",
        .rows = B "T1,target,30\n" W8 "T1.a,target,30",
        .findings = "lesion-after-baseline 3 lesion\n",
        .invalid = true,
    },
    {
        .name = "the whole beside its parts",
        .rows = B "T1,target,30\n" W8 "T1,target,30\n" W8 "T1.1,target,20",
        .findings = "parent-with-parts 4 lesion\n",
        .invalid = true,
    },
    {
        .name = "a part beside its own parts",
        .rows =
            B "T1,target,30\n" W8 "T1.1,target,20\n" W16 "T1.1,target,20\n" W16 "T1.1.1,target,10",
        .findings = "parent-with-parts 5 lesion\n",
        .invalid = true,
    },
    {
        .name = "a part twice",
        .rows = B "T1,target,30\n" W8 "T1.1,target,20\n" W8 "T1.1,target,20",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 20\n",
        .findings = "lesion-twice 4 lesion\n",
        .invalid = true,
    },
    {
        .name = "parts of different statuses",
        .rows = B "X,non-target,,present\n" W8 "X.1,non-target,,present\n" W8
                  "X.2,non-target,,stable",
        .findings = "parts-disagree 3 status\n",
        .invalid = true,
    },
    {
        .name = "parts of different numbers",
        .rows = B "T1,target,30\n" W8 "T1.1,target,12\n" W8 "T1.2,target,,,,,,12,10",
        .findings = "parts-disagree 3 status\n",
        .invalid = true,
    },
    {
        .name = "a part of another role",
        .rows = B "T1,target,30\n" W8 "T1.1,new",
        .findings = "role-changes 3 role\n",
        .invalid = true,
    },

    /* Merged lesions */
    {
        .name = "two lesions grown together",
        .rows = B "T1,target,30\n" B "T2,target,20\n" W8 "T1+T2,target,45",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 45, mass\nT2 target: 20 | merged\n",
    },
    {
        .name = "three, the measured one first",
        .rows =
            B "T1,target,30\n" B "T2,target,20\n" B "T3,target,10\n" W8 "T3+T1+T2,target,60\n" W16
              "T1,target,20\n" W16 "T2,target,20\n" W16 "T3,target,,absent",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \nT1 target: 30 | merged | 20\n"
                 "T2 target: 20 | merged | 20\nT3 target: 10 | 60, mass | absent\n",
    },
    {
        .name = "parts that grow together again",
        .rows =
            B "T1,target,30\n" W8 "T1.1,target,10\n" W8 "T1.2,target,8\n" W16 "T1.1+T1.2,target,20",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \n"
                 "T1 target: 30 | 18 of 2, largest 10 | 20\n",
    },
    {
        .name = "a part merges with another lesion",
        .rows = B "T1,target,30\n" B "T2,target,20\n" W8 "T1.1,target,10\n" W8 "T1.2,target,8\n" W8
                  "T2,target,20\n" W16 "T2+T1.1,target,31\n" W16 "T1.2,target,7",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \n"
                 "T1 target: 30 | 18 of 2, largest 10 | 7\nT2 target: 20 | 20 | 31, mass\n",
    },
    {
        .name = "a role without a word for merged lesions",
        .rows = B "T1,target,30\n" B "X,non-target,,present\n" W8 "T1+X,target,45",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 45, mass\nX non-target: present | ?\n",
    },
    {
        .name = "lesions of a role without a word for merged ones are seen in the mass",
        .rows = B "T1,target,30\n" W8 "T1,target,30\n" W8 "N1,new\n" W8 "N2,new\n" W16
                  "T1,target,30\n" W16 "N2+N1,new,9",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \n"
                 "N1 new: ? | unequivocal | , largest 9, mass\n"
                 "N2 new: ? | unequivocal | 9, mass\n"
                 "T1 target: 30 | 30 | 30\n",
    },
    {
        .name = "of a mass of 0 mm nothing is left",
        .rows = B "T1,target,30\n" W8 "T1,target,30\n" W8 "N1,new\n" W8 "N2,new\n" W16
                  "T1,target,30\n" W16 "N2+N1,new,0",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \nN1 new: ? | unequivocal | 0, mass\n"
                 "N2 new: ? | unequivocal | 0, mass\nT1 target: 30 | 30 | 30\n",
    },
    {
        .name = "a mass counts for the first lesion of each role that can be merged",
        .rows = B "T1,target,30\n" B "T2,target,20\n" B "X,non-target,,present\n" W8
                  "X+T1+T2,non-target,45,progression",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 45, mass\nT2 target: 20 | merged\n"
                 "X non-target: present | 45progression, mass\n",
    },
    {
        .name = "a mass without a number says nothing of lesions of another role",
        .rows = B "T1,target,30\n" B "X,non-target,,present\n" W8 "X+T1,non-target,,present",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | , mass\n"
                 "X non-target: present | present, mass\n",
    },
    {
        .name = "a new lesion named before one of the baseline",
        .rows = B "T1,target,30\n" W8 "T1,target,30\n" W8 "N1,new\n" W16 "N1+T1,new,45",
        .findings = "merged-without-mass 5 lesion\n",
        .invalid = true,
    },
    {
        .name = "a mass of nodes and of what is none",
        .rows = B "T1,target,30\n" B "T2,target,20,,,yes\n" W8 "T2+T1,target,9\n" W16 "T2,target,9",
        .study = "2024-01-01; 2024-02-26; 2024-04-22; \nT1 target: 30 | merged | ?\n"
                 "T2 target in lymph node (node): 20 | 9, mixed mass | 9\n",
    },
    {
        .name = "an id with a plus sign that stands at baseline is a lesion's own",
        .rows = B "T1,target,30\n" B "T1+T2,target,20\n" W8 "T1+T2,target,20",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | ?\nT1+T2 target: 20 | 20\n",
    },
    {
        .name = "blanks around the plus sign",
        .rows = B "T1,target,30\n" B "T2,target,20\n" W8 "T1 + T2,target,45",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 45, mass\nT2 target: 20 | merged\n",
    },
    {
        .name = "merged by status, without a mass",
        .rows = B "T1,target,30\n" B "T2,target,20\n" W8 "T1,target,,absent\n" W8
                  "T2,target,,merged",
        .invalid = true,
        .findings = "merged-without-mass 5 status\n",
    },
    {
        .name = "seen, and of no size",
        .rows = B "X,non-target,,present\n" B "Y,non-target,,present\n" W8
                  "X,non-target,0,present\n" W8 "Y,non-target,,progression,,,,0,0",
        .invalid = true,
        .findings = "number-with-status 4 status\nnumber-with-status 5 status\n",
    },
    {
        .name = "seen with one axis, gone with none, and a new lesion that has no size",
        .rows = B "X,non-target,,present\n" B "T1,target,10\n" W8
                  "X,non-target,,present,,,,5,0\n" W8 "T1,target,0,absent\n" W8
                  "N,new,0,unequivocal",
    },
    {
        .name = "no lesion said where lesions are known",
        .rows = B "T1,target,30\n" W8 ",none",
        .findings = "none-with-known-lesions 3 role\n",
    },
    {
        .name = "merged with a lesion that was not there",
        .rows = B "T1,target,30\n" W8 "T1+T9,target,45",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 45\n",
        .findings = "merged-with-unknown 3 lesion\n",
        .invalid = true,
    },
    {
        .name = "merged, none of them known",
        .rows = B "T1,target,30\n" W8 "T8+T9,target,45",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | ?\n",
        .findings = "merged-with-unknown 3 lesion\nmerged-with-unknown 3 lesion\n",
        .invalid = true,
    },
    {
        .name = "merged, and measured by itself",
        .rows = B "T1,target,30\n" B "T2,target,20\n" W8 "T1+T2,target,45\n" W8 "T2,target,20",
        .findings = "lesion-twice 5 lesion\n",
        .invalid = true,
    },
    {
        .name = "merged with two lesions at once",
        .rows = B "T1,target,30\n" B "T2,target,20\n" B "T3,target,20\n" W8 "T1+T2,target,45\n" W8
                  "T2+T3,target,40",
        .study = "2024-01-01; 2024-02-26; \nT1 target: 30 | 45, mass\nT2 target: 20 | 40, mass\n"
                 "T3 target: 20 | merged\n",
        .findings = "lesion-twice 6 lesion\n",
        .invalid = true,
    },
    {
        .name = "merged with itself",
        .rows = B "T1,target,30\n" W8 "T1+T1,target,45",
        .findings = "lesion-twice 3 lesion\n",
        .invalid = true,
    },
    {
        .name = "merged beside a part",
        .rows = B "T1,target,30\n" B "T2,target,20\n" W8 "T1+T2,target,45\n" W8 "T1.1,target,3",
        .findings = "parent-with-parts 5 lesion\n",
        .invalid = true,
    },

    /* Lengths */
    {
        .name = "ids that differ in case or hyphens only",
        .rows = B "T-1,target,30\n" B "T 2,target,30\n" B "T11,target,30\n" W8 "t_2,new\n" W8
                  "t-1,new\n" W8 "T_1,new",
        .findings = "similar-lesion 6 lesion\nsimilar-lesion 7 lesion\n"
                    "similar-lesion 5 lesion\n",
    },
    {
        .name = "an id that looks like one of the baseline, where it is no new lesion's",
        .rows = B "T1,target,30\n" W8 "t1,target,30",
        .findings = "lesion-after-baseline 3 lesion\n",
        .invalid = true,
    },
    {
        .name = "a baseline in centimetres",
        .rows = B "T1,target,3.2\n" B "T2,target,,,,,,5.1,4\n" W8 "T1,target,30\n" W8
                  "T2,target,,,,,,51,40",
        .findings = "centimetres 2 diameter\ncentimetres 3 long\n",
    },
    {
        .name = "small lesions are not centimetres when one reaches 10 mm",
        .rows = B "T1,target,10\n" B "X,non-target,3\n" W8 "T1,target,8\n" W8 "X,non-target,2",
    },
    {
        .name = "a baseline of zeros",
        .rows = B "T1,target,0\n" W8 "T1,target,0",
    },
    {
        .name = "one length in centimetres",
        .rows = B "T1,target,30\n" W8 "T1,target,2.9\n" W16 "T1,target,28",
        .findings = "centimetres 3 diameter\n",
    },
    {
        .name = "a tenfold fall",
        .rows = B "T1,target,30\n" W8 "T1,target,3\n" W16 "T1,target,2",
        .findings = "tenfold-change 3 diameter\n",
    },
    {
        .name = "a fall by far more than ten, and back",
        .rows = B "T1,target,30\n" W8 "T1,target,1\n" W16 "T1,target,30",
        .findings = "tenfold-change 3 diameter\n",
    },
    {
        .name = "a tenfold rise and back",
        .rows = B "T1,target,,,,,,12,11\n" W8 "T1,target,,,,,,120,11\n" W16 "T1,target,,,,,,13,11",
        .findings = "tenfold-change 3 long\n",
    },
    {
        .name = "a fall to a tenth of a small lesion",
        .rows = B "T1,target,20\n" W8 "T1,target,2",
    },
    {
        .name = "complete responses and relapses",
        .rows = B "T1,target,90\n" W8 "T1,target,0\n" W16 "T1,target,90",
    },
    {
        .name = "the length of a lesion too small to measure",
        .rows = B "T1,target,60\n" W8 "T1,target,5\n" W16 "T1,target,,too small",
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
    rows.readings[rows.count - 1].file = 1;
    build(builder, &rows, findings, &patient);
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    struct recist_slice message = recist_findings_at(findings, 0)->message;
    ck_assert_msg(equals(message, expected), "%.*s", (int)message.length, message.text);
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
}

START_TEST(messages_say_what_was_read)
{
    assert_message(B "T1,target,30\n" W8 "T1,target,30\n" W8 "T1,target,31",
                   "lesion \"T1\" is recorded a second time at visit of 2024-02-26, after the row "
                   "in line 3 of rows.csv; expected one row for each lesion and visit of a reader");
    assert_message(B "T-1,target,30\n" W8 "t 1,target,30",
                   "lesion \"t 1\" has role \"target\" and first appears at visit of 2024-02-26; "
                   "expected it at the baseline of 2024-01-01, where \"T-1\" stands");
}
END_TEST

START_TEST(a_reading_without_a_file_has_its_line_for_a_place)
{
    struct recist_study_builder *builder = make_builder();
    struct recist_findings *findings = recist_findings_create();
    const struct recist_patient *patient = NULL;
    struct rows rows;
    read_rows(B "T1,target,30", &rows);
    struct recist_patient_readings readings = {
        .patient = slice("P1"), .readings = rows.readings, .count = rows.count};
    ck_assert_int_eq(recist_study_build(builder, &readings, NULL, findings, &patient), RECIST_DONE);
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    ck_assert_ptr_null(finding->place.file);
    ck_assert_uint_eq(finding->place.line, 2);
    ck_assert_uint_eq(finding->place.column, 0);
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
}
END_TEST

START_TEST(asks_once_for_the_organ_of_a_site)
{
    struct recist_study_builder *builder = make_builder();
    struct recist_findings *findings = recist_findings_create();
    const struct recist_patient *patient = NULL;
    struct rows rows;
    read_rows(B "T1,target,30,,right lung\n" B "T2,target,30,,right lung\n" W8 "T1,target,30",
              &rows);
    organ_questions = 0;
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(build(builder, &rows, findings, &patient), RECIST_DONE);
        ck_assert(equals(patient->series[0].lesions[1].organ, "lung"));
    }
    ck_assert_int_eq(organ_questions, 1);
    recist_findings_destroy(findings);
    recist_study_builder_destroy(builder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("study");
    TCase *studies = tcase_create("studies");
    tcase_add_loop_test(studies, builds, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(studies, messages_say_what_was_read);
    tcase_add_test(studies, a_reading_without_a_file_has_its_line_for_a_place);
    tcase_add_test(studies, asks_once_for_the_organ_of_a_site);
    suite_add_tcase(suite, studies);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
