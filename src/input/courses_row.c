/* SPDX-License-Identifier: MIT
 * One row of a courses file to one course. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/excerpt.h"
#include "input/courses_file.h"
#include "input/reader.h"
#include "input/words.h"

static const struct recist_slice first_course = {"1", 1};

void recist_courses_report(const struct recist_courses *courses, const struct recist_course *course,
                           enum recist_course_column column, const struct recist_finding_kind *kind,
                           struct recist_findings *findings, const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    recist_findings_report(findings, kind,
                           recist_courses_place(courses, course, recist_course_column_name(column)),
                           (struct recist_subject){.patient = course->patient}, "%s", message);
}

static struct recist_slice text_of(const struct recist_courses *courses,
                                   const struct recist_course *course,
                                   enum recist_course_column column)
{
    size_t field = courses->field_of[column];
    return field == SIZE_MAX ? (struct recist_slice){"", 0} : course->fields[field];
}

static void report_date(const struct recist_courses *courses, const struct recist_course *course,
                        enum recist_course_column column, enum recist_date_problem problem,
                        struct recist_findings *findings)
{
    const char *name = recist_course_column_name(column);
    struct recist_slice text = text_of(courses, course, column);
    switch (problem) {
    case RECIST_DATE_IMPOSSIBLE:
        recist_courses_report(courses, course, column, RECIST_KIND(DATE_IMPOSSIBLE), findings,
                              "%s \"%s\" does not exist", name, RECIST_SHOWN(text));
        break;
    case RECIST_DATE_FAR:
        recist_courses_report(courses, course, column, RECIST_KIND(DATE_IMPOSSIBLE), findings,
                              "%s \"%s\" cannot be; years from 1900 to 2199 are read", name,
                              RECIST_SHOWN(text));
        break;
    case RECIST_DATE_OK:
        recist_courses_report(courses, course, column, RECIST_KIND(COURSE_DATE_PARTIAL), findings,
                              "%s \"%s\" has no day, which durations need; write year, month and "
                              "day, or leave the field empty",
                              name, RECIST_SHOWN(text));
        break;
    case RECIST_DATE_FORM:
    default:
        recist_courses_report(courses, course, column, RECIST_KIND(DATE_BAD), findings,
                              "%s \"%s\" is not a date; write it as 2024-03-25", name,
                              RECIST_SHOWN(text));
        break;
    }
}

static int32_t read_date(const struct recist_courses *courses, const struct recist_course *course,
                         enum recist_course_column column, struct recist_findings *findings)
{
    struct recist_slice text = text_of(courses, course, column);
    int32_t date = RECIST_NO_DATE;
    enum recist_date_precision precision = RECIST_DATE_DAY;
    if (text.length == 0) {
        return RECIST_NO_DATE;
    }
    enum recist_date_problem problem = recist_date_parse(text, &date, &precision);
    if (problem == RECIST_DATE_OK && precision == RECIST_DATE_DAY) {
        return date;
    }
    report_date(courses, course, column, problem, findings);
    return RECIST_NO_DATE;
}

static enum recist_answer read_evaluable(const struct recist_courses *courses,
                                         const struct recist_course *course,
                                         struct recist_findings *findings)
{
    /* The first half means yes. */
    static const char *const answers[] = {"yes", "y", "true", "1", "no", "n", "false", "0"};
    const size_t count = sizeof answers / sizeof *answers;
    struct recist_slice text = text_of(courses, course, RECIST_COURSE_EVALUABLE);
    if (text.length == 0) {
        return RECIST_UNSAID;
    }
    for (size_t i = 0; i < count; i++) {
        if (recist_words_equal(text, (struct recist_slice){answers[i], strlen(answers[i])})) {
            return i < count / 2 ? RECIST_YES : RECIST_NO;
        }
    }
    recist_courses_report(courses, course, RECIST_COURSE_EVALUABLE, RECIST_KIND(ANSWER_UNKNOWN),
                          findings, "evaluable \"%s\" is neither yes nor no", RECIST_SHOWN(text));
    return RECIST_UNSAID;
}

static bool read_fields(struct recist_courses *courses, const struct recist_csv_row *row, struct recist_course *course)
{
    struct recist_slice *fields =
        recist_arena_take_zeroed(&courses->arena, courses->column_count, sizeof *fields);
    course->fields = fields;
    for (size_t i = 0; fields && i < courses->column_count; i++) {
        struct recist_slice bytes = recist_csv_field(row, i);
        if (!recist_field_text(bytes.text, bytes.text + bytes.length, &courses->arena,
                               &fields[i])) {
            return false;
        }
    }
    return fields != NULL;
}

static void understand(const struct recist_courses *courses, struct recist_course *course,
                       struct recist_findings *findings)
{
    course->study = text_of(courses, course, RECIST_COURSE_STUDY);
    course->patient = text_of(courses, course, RECIST_COURSE_PATIENT);
    course->number = text_of(courses, course, RECIST_COURSE_NUMBER);
    if (course->number.length == 0) {
        course->number = first_course;
    }
    course->start = read_date(courses, course, RECIST_COURSE_START, findings);
    course->end = read_date(courses, course, RECIST_COURSE_END, findings);
    course->next_therapy = read_date(courses, course, RECIST_COURSE_NEXT_THERAPY, findings);
    course->progression = read_date(courses, course, RECIST_COURSE_PROGRESSION, findings);
    course->death = read_date(courses, course, RECIST_COURSE_DEATH, findings);
    course->last_contact = read_date(courses, course, RECIST_COURSE_LAST_CONTACT, findings);
    course->evaluable = (uint8_t)read_evaluable(courses, course, findings);
}

static bool keep(struct recist_courses *courses, const struct recist_course *course)
{
    if (courses->count == courses->capacity) {
        size_t capacity = courses->capacity ? courses->capacity * 2 : 64;
        struct recist_course *grown = realloc(courses->list, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        courses->list = grown;
        courses->capacity = capacity;
    }
    courses->list[courses->count++] = *course;
    return true;
}

static bool check_field_count(const struct recist_courses *courses,
                              const struct recist_csv_row *row,
                              const struct recist_row_scope *scope)
{
    size_t count = row->field_count;
    size_t expected = courses->column_count;
    if (count < expected) {
        recist_findings_report(scope->findings, RECIST_KIND(ROW_TOO_SHORT),
                               recist_row_place_of(scope->file, scope->line, row->begin, row->end),
                               scope->subject, "the row has %zu field%s, the header %zu", count,
                               count == 1 ? "" : "s", expected);
    } else if (count > expected) {
        recist_findings_report(scope->findings, RECIST_KIND(ROW_TOO_LONG),
                               recist_row_place_of(scope->file, scope->line, row->begin,
                                                   row->origin + row->field_ends[expected - 1] + 1),
                               scope->subject,
                               "the row has %zu fields, the header %zu; a text with a comma in it "
                               "must stand in quotes",
                               count, expected);
    }
    return count == expected;
}

bool recist_courses_read_row(struct recist_courses *courses, const struct recist_csv_row *row, uint64_t line,
                             struct recist_findings *findings)
{
    struct recist_row_scope scope = {
        .file = courses->source.name, .line = line, .findings = findings};
    struct recist_course course = {
        .line = line, .row = {row->begin, (size_t)(row->end - row->begin)}};
    bool sound = recist_row_check_bytes(&scope, row);
    sound = recist_row_check_quotes(&scope, row) && sound;
    sound = check_field_count(courses, row, &scope) && sound;
    if (!sound) {
        return true;
    }
    if (!read_fields(courses, row, &course)) {
        return false;
    }
    understand(courses, &course, findings);
    if (course.patient.length == 0) {
        recist_courses_report(courses, &course, RECIST_COURSE_PATIENT, RECIST_KIND(PATIENT_MISSING),
                              findings, "the row has no patient");
        return true;
    }
    return keep(courses, &course);
}
