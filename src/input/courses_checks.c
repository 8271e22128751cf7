/* SPDX-License-Identifier: MIT
 * Dates of a course, and courses of a patient, against each other. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/excerpt.h"
#include "input/courses_file.h"

struct day {
    char text[RECIST_DATE_TEXT_SIZE];
};

static const char *day(int32_t date, struct day *text)
{
    text->text[recist_date_format(date, text->text)] = '\0';
    return text->text;
}
#define DAY(date) day((date), &(struct day){.text = ""})

int32_t recist_course_date(const struct recist_course *course, enum recist_course_column column)
{
    switch (column) {
    case RECIST_COURSE_START:
        return course->start;
    case RECIST_COURSE_END:
        return course->end;
    case RECIST_COURSE_NEXT_THERAPY:
        return course->next_therapy;
    case RECIST_COURSE_PROGRESSION:
        return course->progression;
    case RECIST_COURSE_DEATH:
        return course->death;
    case RECIST_COURSE_LAST_CONTACT:
        return course->last_contact;
    case RECIST_COURSE_PATIENT:
    case RECIST_COURSE_STUDY:
    case RECIST_COURSE_NUMBER:
    case RECIST_COURSE_EVALUABLE:
    case RECIST_COURSE_COLUMN_COUNT:
    default:
        return RECIST_NO_DATE;
    }
}

/* Both dates are given, and the first lies before the other. */
static bool before(int32_t one, int32_t other)
{
    return one != RECIST_NO_DATE && other != RECIST_NO_DATE && one < other;
}

static void check_start(const struct recist_courses *courses, const struct recist_course *course,
                        struct recist_findings *findings)
{
    static const enum recist_course_column events[] = {
        RECIST_COURSE_NEXT_THERAPY, RECIST_COURSE_PROGRESSION, RECIST_COURSE_DEATH,
        RECIST_COURSE_LAST_CONTACT};
    if (before(course->end, course->start)) {
        recist_courses_report(courses, course, RECIST_COURSE_END, RECIST_KIND(ENDS_BEFORE_START),
                              findings, "end %s lies before start %s", DAY(course->end),
                              DAY(course->start));
    }
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        int32_t date = recist_course_date(course, events[i]);
        if (before(date, course->start)) {
            recist_courses_report(courses, course, events[i], RECIST_KIND(EVENT_BEFORE_START),
                                  findings, "%s %s lies before the start of the course, %s",
                                  recist_course_column_name(events[i]), DAY(date),
                                  DAY(course->start));
        }
    }
}

static void check_after_end(const struct recist_courses *courses,
                            const struct recist_course *course, struct recist_findings *findings)
{
    static const enum recist_course_column columns[] = {
        RECIST_COURSE_END, RECIST_COURSE_NEXT_THERAPY, RECIST_COURSE_PROGRESSION,
        RECIST_COURSE_DEATH, RECIST_COURSE_LAST_CONTACT};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        int32_t date = recist_course_date(course, columns[i]);
        const char *name = recist_course_column_name(columns[i]);
        if (before(course->death, date)) {
            recist_courses_report(courses, course, columns[i], RECIST_KIND(DATE_AFTER_DEATH),
                                  findings, "%s %s lies after the death on %s", name, DAY(date),
                                  DAY(course->death));
        } else if (before(course->last_contact, date)) {
            recist_courses_report(courses, course, columns[i], RECIST_KIND(DATE_AFTER_LAST_CONTACT),
                                  findings, "%s %s lies after the last contact on %s", name,
                                  DAY(date), DAY(course->last_contact));
        }
    }
}

void recist_courses_check_dates(const struct recist_courses *courses,
                                const struct recist_course *course,
                                struct recist_findings *findings)
{
    check_start(courses, course, findings);
    check_after_end(courses, course, findings);
}

static void check_overlap(const struct recist_courses *courses, const struct recist_course *longest,
                          const struct recist_course *course, struct recist_findings *findings)
{
    if (before(course->start, longest->end)) {
        recist_courses_report(courses, course, RECIST_COURSE_START, RECIST_KIND(COURSE_OVERLAP),
                              findings,
                              "course \"%s\" starts on %s, before the end of course \"%s\" on %s",
                              RECIST_SHOWN(course->number), DAY(course->start),
                              RECIST_SHOWN(longest->number), DAY(longest->end));
    }
}

static void check_same_start(const struct recist_courses *courses,
                             const struct recist_course *earlier,
                             const struct recist_course *course, struct recist_findings *findings)
{
    if (course->start != RECIST_NO_DATE && course->start == earlier->start) {
        recist_courses_report(courses, course, RECIST_COURSE_START,
                              RECIST_KIND(COURSES_START_TOGETHER), findings,
                              "courses \"%s\" and \"%s\" (line %llu) both start on %s; each course "
                              "needs a start of its own",
                              RECIST_SHOWN(course->number), RECIST_SHOWN(earlier->number),
                              (unsigned long long)earlier->line, DAY(course->start));
    }
}

/* In order of start, a course that overlaps any earlier one overlaps the one that ends last. */
static void check_order(const struct recist_courses *courses,
                        const struct recist_course_group *group, struct recist_findings *findings)
{
    const struct recist_course *const *of = &courses->ordered[group->first];
    const struct recist_course *longest = of[0];
    for (size_t i = 1; i < group->count; i++) {
        check_same_start(courses, of[i - 1], of[i], findings);
        check_overlap(courses, longest, of[i], findings);
        if (longest->end == RECIST_NO_DATE || before(longest->end, of[i]->end)) {
            longest = of[i];
        }
    }
}

static const struct recist_course *first_with(const struct recist_course *const *of, size_t count,
                                              enum recist_course_column column)
{
    for (size_t i = 0; i < count; i++) {
        if (recist_course_date(of[i], column) != RECIST_NO_DATE) {
            return of[i];
        }
    }
    return NULL;
}

static void report_other_date(const struct recist_courses *courses,
                              const struct recist_course *course,
                              const struct recist_course *first, enum recist_course_column column,
                              struct recist_findings *findings)
{
    const struct recist_finding_kind *kind = column == RECIST_COURSE_DEATH
                                                 ? RECIST_KIND(DEATHS_DIFFER)
                                                 : RECIST_KIND(PATIENT_FACTS_DIFFER);
    recist_courses_report(courses, course, column, kind, findings,
                          "%s is %s for course \"%s\", and %s for course \"%s\" (line %llu) of the "
                          "same patient",
                          recist_course_column_name(column),
                          DAY(recist_course_date(course, column)), RECIST_SHOWN(course->number),
                          DAY(recist_course_date(first, column)), RECIST_SHOWN(first->number),
                          (unsigned long long)first->line);
}

/* A death or a last contact is the patient's, so every course must say the same. */
static void check_facts(const struct recist_courses *courses,
                        const struct recist_course_group *group, enum recist_course_column column,
                        struct recist_findings *findings)
{
    const struct recist_course *const *of = &courses->ordered[group->first];
    const struct recist_course *first = first_with(of, group->count, column);
    for (size_t i = 0; first && i < group->count; i++) {
        int32_t date = recist_course_date(of[i], column);
        if (date == RECIST_NO_DATE && column == RECIST_COURSE_DEATH) {
            recist_courses_report(courses, of[i], column, RECIST_KIND(PATIENT_FACTS_DIFFER),
                                  findings,
                                  "death is empty for course \"%s\", and %s for course \"%s\" "
                                  "(line %llu) of the same patient",
                                  RECIST_SHOWN(of[i]->number), DAY(first->death),
                                  RECIST_SHOWN(first->number), (unsigned long long)first->line);
        } else if (date != RECIST_NO_DATE && date != recist_course_date(first, column)) {
            report_other_date(courses, of[i], first, column, findings);
        }
    }
}

static int compare_numbers(const void *one, const void *other)
{
    const struct recist_course *a = *(const struct recist_course *const *)one;
    const struct recist_course *b = *(const struct recist_course *const *)other;
    size_t shared = a->number.length < b->number.length ? a->number.length : b->number.length;
    int order = recist_courses_compare_patients(a, b);
    order = order != 0 ? order : memcmp(a->number.text, b->number.text, shared);
    if (order != 0) {
        return order;
    }
    if (a->number.length != b->number.length) {
        return a->number.length < b->number.length ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static bool same_number(const struct recist_course *one, const struct recist_course *other)
{
    return recist_courses_compare_patients(one, other) == 0 &&
           one->number.length == other->number.length &&
           memcmp(one->number.text, other->number.text, one->number.length) == 0;
}

/* Sorting again keeps this quick, however many courses a broken file gives to one patient. */
static bool check_repeats(const struct recist_courses *courses, struct recist_findings *findings)
{
    const struct recist_course **order = malloc((courses->count + 1) * sizeof *order);
    if (!order) {
        return false;
    }
    memcpy(order, courses->ordered, courses->count * sizeof *order);
    qsort(order, courses->count, sizeof *order, compare_numbers);
    for (size_t i = 1; i < courses->count; i++) {
        if (same_number(order[i - 1], order[i])) {
            bool numbered = courses->field_of[RECIST_COURSE_NUMBER] != SIZE_MAX;
            recist_courses_report(courses, order[i],
                                  numbered ? RECIST_COURSE_NUMBER : RECIST_COURSE_PATIENT,
                                  RECIST_KIND(COURSE_TWICE), findings,
                                  "course \"%s\" of patient \"%s\" stands in line %llu already; "
                                  "expected one row for each patient and course",
                                  RECIST_SHOWN(order[i]->number), RECIST_SHOWN(order[i]->patient),
                                  (unsigned long long)order[i - 1]->line);
        }
    }
    free(order);
    return true;
}

bool recist_courses_check_patients(const struct recist_courses *courses,
                                   struct recist_findings *findings)
{
    for (size_t i = 0; i < courses->group_count; i++) {
        check_order(courses, &courses->groups[i], findings);
        check_facts(courses, &courses->groups[i], RECIST_COURSE_DEATH, findings);
        check_facts(courses, &courses->groups[i], RECIST_COURSE_LAST_CONTACT, findings);
    }
    return check_repeats(courses, findings);
}
