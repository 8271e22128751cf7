/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/excerpt.h"
#include "study/series_draft.h"

/* Findings of a patient that a new one is compared with. */
#define MOST_COMPARED 1000

static struct recist_place place_of(const struct recist_study_builder *builder,
                                    const struct recist_reading *reading, enum recist_column column)
{
    return builder->places ? builder->rules.place(builder->places, reading, column)
                           : (struct recist_place){.line = reading->line};
}

const char *recist_day(int32_t date, struct recist_day_text *text)
{
    text->text[recist_date_format(date, text->text)] = '\0';
    return text->text;
}

/* What is wrong with a date or a label is wrong with the visit. */
static bool concerns_lesion(enum recist_column column)
{
    return column != RECIST_COLUMN_DATE && column != RECIST_COLUMN_VISIT &&
           column != RECIST_COLUMN_PATIENT && column != RECIST_COLUMN_COURSE;
}

static bool same_text(struct recist_slice text, const char *other)
{
    return text.length == strlen(other) && memcmp(text.text, other, text.length) == 0;
}

/* Whether this was said before. A visit can belong to two courses, and readers share courses. */
static bool said_before(const struct recist_study_builder *builder,
                        const struct recist_finding_kind *kind, struct recist_place place,
                        const char *message)
{
    size_t count = recist_findings_count(builder->findings);
    size_t from = builder->first_finding;
    if (!builder->courses) {
        return false;
    }
    if (count - from > MOST_COMPARED) {
        from = count - MOST_COMPARED;
    }
    for (size_t i = from; i < count; i++) {
        const struct recist_finding *finding = recist_findings_at(builder->findings, i);
        if (finding->kind == kind && finding->place.line == place.line &&
            finding->place.column == place.column && same_text(finding->message, message)) {
            return true;
        }
    }
    return false;
}

static void add(struct recist_study_builder *builder, const struct recist_finding_kind *kind,
                struct recist_place place, struct recist_subject subject, const char *message)
{
    if (said_before(builder, kind, place, message)) {
        return;
    }
    builder->errors += kind->severity == RECIST_ERROR;
    if (!recist_findings_report(builder->findings, kind, place, subject, "%s", message)) {
        builder->failed = true;
    }
}

void recist_shape_report(struct recist_study_builder *builder,
                         const struct recist_finding_kind *kind,
                         const struct recist_reading *reading, enum recist_column column,
                         const char *format, ...)
{
    char message[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    struct recist_slice visit = reading->visit;
    struct recist_day_text day;
    if (visit.length == 0) {
        recist_day(recist_scan_date(builder, reading), &day);
        visit = (struct recist_slice){day.text, RECIST_DATE_TEXT_SIZE - 1};
    }
    struct recist_subject subject = {.patient = builder->patient.id, .visit = visit};
    if (concerns_lesion(column)) {
        subject.lesion = reading->lesion;
    }
    add(builder, kind, place_of(builder, reading, column), subject, message);
}

void recist_course_report(struct recist_study_builder *builder, const struct recist_course *course,
                          const char *column, const struct recist_finding_kind *kind,
                          const char *format, ...)
{
    char message[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    add(builder, kind, recist_courses_place(builder->courses, course, column),
        (struct recist_subject){.patient = builder->patient.id}, message);
}

const char *recist_line_of(const struct recist_study_builder *builder,
                           const struct recist_reading *other, const struct recist_reading *reading,
                           struct recist_line_text *text)
{
    struct recist_place place = place_of(builder, other, RECIST_COLUMN_LESION);
    if (other->file != reading->file && place.file) {
        snprintf(text->text, sizeof text->text, " in line %llu of %s",
                 (unsigned long long)other->line, RECIST_SHOWN_STRING(place.file));
    } else if (other->line > 0) {
        snprintf(text->text, sizeof text->text, " in line %llu", (unsigned long long)other->line);
    }
    return text->text;
}

const char *recist_visit_name(const struct recist_study_builder *builder,
                              const struct recist_reading *reading, struct recist_visit_name *name)
{
    if (reading->visit.length > 0) {
        snprintf(name->text, sizeof name->text, "\"%s\"", RECIST_SHOWN(reading->visit));
    } else {
        snprintf(name->text, sizeof name->text, "of %s",
                 RECIST_DAY(recist_scan_date(builder, reading)));
    }
    return name->text;
}
