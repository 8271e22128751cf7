/* SPDX-License-Identifier: MIT
 * Dealing responses to the courses of their patient, as visits are: a response belongs to the last
 * course that started before its day; on the day of a start it still belongs to the course before.
 * A baseline belongs to the next course that starts. */
#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "input/row.h"
#include "timeline/responses.h"

struct deal {
    struct recist_responses *responses;
    struct recist_response_patient *patient;
    struct recist_findings *findings;
    const struct recist_course *const *courses;
    size_t count;
};

static struct recist_subject subject_of(const struct recist_response_row *row)
{
    return (struct recist_subject){.patient = row->patient, .visit = row->visit};
}

static const struct recist_course *by_number(const struct deal *deal,
                                             const struct recist_response_row *row)
{
    for (size_t i = 0; i < deal->count; i++) {
        if (recist_text_equal(deal->courses[i]->number, row->course)) {
            return deal->courses[i];
        }
    }
    return NULL;
}

static const struct recist_course *by_date(const struct deal *deal,
                                           const struct recist_response_row *row)
{
    bool baseline = row->word == 0;
    const struct recist_course *found = NULL;
    if (deal->count == 1 && deal->courses[0]->start == RECIST_NO_DATE) {
        return deal->courses[0];
    }
    for (size_t i = 0; i < deal->count; i++) {
        const struct recist_course *course = deal->courses[i];
        if (course->start == RECIST_NO_DATE) {
            break;
        }
        if (baseline && course->start >= row->date) {
            return course;
        }
        found = course->start < row->date ? course : found;
    }
    return found;
}

static void warn(const struct deal *deal, const struct recist_response_row *row,
                 const struct recist_finding_kind *kind, const char *what, int32_t days,
                 const char *after)
{
    recist_findings_report(deal->findings, kind,
                           recist_response_place(deal->responses, row, RECIST_RESPONSE_DATE),
                           subject_of(row), "the %s lies %d day%s after the %s", what, (int)days,
                           days == 1 ? "" : "s", after);
}

/* What the courses file says of the patient against the day of a response, as for visits. */
static void compare_with_facts(const struct deal *deal, const struct recist_response_row *row)
{
    const struct recist_course *facts = row->facts;
    bool baseline = row->word == 0;
    if (baseline && facts->start != RECIST_NO_DATE && row->date > facts->start) {
        warn(deal, row, RECIST_KIND(NO_BASELINE), "baseline", row->date - facts->start,
             "start of the course");
    } else if (!baseline && facts->death != RECIST_NO_DATE && row->date > facts->death) {
        warn(deal, row, RECIST_KIND(SCAN_AFTER_DEATH), "response", row->date - facts->death,
             "death");
    } else if (!baseline && facts->last_contact != RECIST_NO_DATE &&
               row->date > facts->last_contact) {
        warn(deal, row, RECIST_KIND(SCAN_AFTER_LAST_CONTACT), "response",
             row->date - facts->last_contact, "last contact");
    }
}

static void deal_row(struct deal *deal, struct recist_response_row *row)
{
    bool named = row->course.length > 0;
    row->facts = named ? by_number(deal, row) : by_date(deal, row);
    if (row->facts) {
        compare_with_facts(deal, row);
        return;
    }
    row->unused = true;
    if (named) {
        recist_findings_report(
            deal->findings, RECIST_KIND(COURSE_UNKNOWN),
            recist_response_place(deal->responses, row, RECIST_RESPONSE_COURSE), subject_of(row),
            "course \"%s\" of patient \"%s\" does not stand in the courses file",
            RECIST_SHOWN(row->course), RECIST_SHOWN(row->patient));
        deal->patient->errors++;
    } else {
        recist_findings_report(
            deal->findings, RECIST_KIND(RESPONSE_OUTSIDE_COURSES),
            recist_response_place(deal->responses, row, RECIST_RESPONSE_DATE), subject_of(row),
            "the response lies at or before the start of the first course and is not used");
    }
}

/* Without a start nothing can be dealt by date, unless there is one course only. */
static bool starts_are_known(struct deal *deal, const struct recist_response_row *row)
{
    for (size_t i = 0; i < deal->count; i++) {
        if (deal->count > 1 && deal->courses[i]->start == RECIST_NO_DATE) {
            recist_findings_report(
                deal->findings, RECIST_KIND(START_MISSING),
                recist_courses_place(deal->responses->courses, deal->courses[i], "start"),
                subject_of(row),
                "course %s has no start, so that the responses of patient \"%s\" cannot be dealt "
                "to courses by date",
                RECIST_SHOWN(deal->courses[i]->number), RECIST_SHOWN(row->patient));
            deal->patient->errors++;
            return false;
        }
    }
    return true;
}

void recist_responses_deal(struct recist_responses *responses,
                           struct recist_response_patient *patient,
                           struct recist_findings *findings)
{
    struct deal deal = {.responses = responses, .patient = patient, .findings = findings};
    struct recist_response_row **rows = responses->ordered + patient->first;
    if (!responses->courses) {
        return;
    }
    deal.courses =
        recist_courses_of(responses->courses, patient->study, patient->patient, &deal.count);
    if (deal.count == 0) {
        recist_findings_report(findings, RECIST_KIND(PATIENT_WITHOUT_COURSE),
                               recist_response_place(responses, rows[0], RECIST_RESPONSE_PATIENT),
                               subject_of(rows[0]),
                               "patient \"%s\" has responses and no course in the courses file",
                               RECIST_SHOWN(patient->patient));
        return;
    }
    bool known = true;
    bool asked = false;
    for (size_t i = 0; i < patient->count; i++) {
        if (rows[i]->unsound) {
            continue;
        }
        if (!asked && rows[i]->course.length == 0) {
            known = starts_are_known(&deal, rows[i]);
            asked = true;
        }
        if (known || rows[i]->course.length > 0) {
            deal_row(&deal, rows[i]);
        }
    }
}
