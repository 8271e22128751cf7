/* SPDX-License-Identifier: MIT */
#include "cli/rules_diff_answers.h"

#include "cli/course_run.h"
#include "cli/grouping.h"
#include "cli/measurement_command.h"

const struct recist_table_column recist_answer_columns[RECIST_ANSWER_COLUMNS] = {
    {"study", RECIST_CELL_TEXT},      {"what", RECIST_CELL_TEXT},
    {"patient", RECIST_CELL_TEXT},    {"course", RECIST_CELL_TEXT},
    {"reader", RECIST_CELL_TEXT},     {"visit", RECIST_CELL_TEXT},
    {"response_a", RECIST_CELL_TEXT}, {"response_b", RECIST_CELL_TEXT},
    {"date_a", RECIST_CELL_TEXT},     {"date_b", RECIST_CELL_TEXT},
    {"rule_a", RECIST_CELL_TEXT},     {"rule_b", RECIST_CELL_TEXT},
    {"reason_a", RECIST_CELL_TEXT},   {"reason_b", RECIST_CELL_TEXT},
};

#define NO_SERIES SIZE_MAX
#define NO_VISIT SIZE_MAX
#define BASELINE_WORD "baseline"

/* One series by both criteria; of one of them it may be missing. */
struct course_pair {
    const struct recist_patient_job *jobs;
    const struct recist_series *series[2];
    const struct recist_series_result *results[2]; /* NULL: not assessed */
};

/* An answer by one of the criteria. */
struct answer {
    const char *response; /* "" where there is none */
    const char *rule;
    int32_t date; /* or RECIST_NO_DATE */
};

/* What a row is about. */
struct row_subject {
    const char *what;
    struct recist_slice study;
    struct recist_slice patient;
    struct recist_slice course;
    struct recist_slice reader;
    const struct recist_visit *visit; /* or NULL */
};

/* Where the reasons of a row come from. */
struct reasons {
    bool (*append)(void *from, size_t which, struct recist_row *row);
    void *from;
};

static bool is_same_answer(const struct answer answers[2])
{
    return strcmp(answers[0].response, answers[1].response) == 0;
}

static void append_date(struct recist_row *row, int32_t date)
{
    if (date == RECIST_NO_DATE) {
        recist_row_empty(row);
    } else {
        recist_row_date(row, date);
    }
}

static void append_subject(const struct recist_answers *answers, struct recist_row *row,
                           const struct row_subject *subject)
{
    if (answers->has_study) {
        recist_row_slice(row, subject->study);
    }
    recist_row_string(row, subject->what);
    recist_row_slice(row, subject->patient);
    recist_row_slice(row, subject->course);
    recist_row_slice(row, subject->reader);
    if (subject->visit) {
        recist_row_visit(row, subject->visit);
    } else {
        recist_row_empty(row);
    }
}

static bool append_row(const struct recist_answers *answers, struct recist_text *text,
                       const struct row_subject *subject, const struct answer given[2],
                       const struct reasons *reasons)
{
    struct recist_row row = recist_table_row(answers->table, text);
    recist_row_begin(&row);
    append_subject(answers, &row, subject);
    recist_row_string(&row, given[0].response);
    recist_row_string(&row, given[1].response);
    append_date(&row, given[0].date);
    append_date(&row, given[1].date);
    recist_row_string(&row, given[0].rule);
    recist_row_string(&row, given[1].rule);
    bool done = true;
    for (size_t i = 0; done && i < 2; i++) {
        recist_row_open_cell(&row);
        done = !given[i].response[0] || reasons->append(reasons->from, i, &row);
        recist_row_close_cell(&row);
    }
    recist_row_end(&row);
    return done && !text->failed;
}

static bool append_to_text(void *to, const char *bytes, size_t length)
{
    recist_text_append(to, bytes, length);
    return true;
}

/* Visits */

struct visit_pair {
    const struct course_pair *course;
    size_t visits[2]; /* NO_VISIT: by these criteria there is none */
};

static bool append_visit_reason(void *from, size_t which, struct recist_row *row)
{
    const struct visit_pair *pair = from;
    return recist_reason(pair->course->jobs[which].assessor, pair->visits[which], append_to_text,
                         row->text);
}

static struct answer answer_at(const struct recist_criteria *criteria,
                               const struct recist_series_result *result, size_t visit)
{
    if (visit == NO_VISIT) {
        return (struct answer){"", "", RECIST_NO_DATE};
    }
    const struct recist_visit_result *at = &result->visits[visit];
    if (visit == 0) {
        return (struct answer){BASELINE_WORD, "", at->date};
    }
    return (struct answer){recist_criteria_word(criteria, at->overall),
                           recist_overall_rule_id(criteria, at->overall_rule), at->date};
}

static const struct recist_visit *visit_of(const struct visit_pair *pair)
{
    size_t which = pair->visits[0] == NO_VISIT;
    return &pair->course->series[which]->visits[pair->visits[which]];
}

static struct row_subject subject_of(const struct course_pair *pair, const char *what)
{
    const struct recist_series *series = pair->series[0] ? pair->series[0] : pair->series[1];
    return (struct row_subject){.what = what,
                                .study = pair->jobs[0].patient->study,
                                .patient = pair->jobs[0].patient->id,
                                .course = series->course,
                                .reader = series->reader};
}

static bool compare_visit(struct recist_answers *answers, struct visit_pair *pair)
{
    struct answer given[2];
    if (pair->visits[0] == 0 && pair->visits[1] == 0) {
        return true;
    }
    for (size_t i = 0; i < 2; i++) {
        given[i] = answer_at(answers->criteria[i], pair->course->results[i], pair->visits[i]);
    }
    bool same = is_same_answer(given);
    answers->totals.visits++;
    answers->totals.visits_differing += !same;
    answers->totals.visit_dates_differing += same && given[0].date != given[1].date;
    if (same && given[0].date == given[1].date) {
        return true;
    }
    struct row_subject subject = subject_of(pair->course, "overall");
    subject.visit = visit_of(pair);
    const struct reasons reasons = {append_visit_reason, pair};
    return append_row(answers, &answers->visits, &subject, given, &reasons);
}

static bool is_same_visit(const struct recist_visit *one, const struct recist_visit *other)
{
    return recist_values_equal(one->label, other->label) &&
           (one->label.length > 0 || one->first_date == other->first_date);
}

static size_t visit_count(const struct course_pair *pair, size_t which)
{
    return pair->results[which] ? pair->results[which]->visit_count : 0;
}

/* The visit of the second criteria that is visit `of` of the first, from `next` on. */
static size_t find_visit(const struct course_pair *pair, size_t of, size_t next)
{
    for (size_t i = next; i < visit_count(pair, 1); i++) {
        if (is_same_visit(&pair->series[0]->visits[of], &pair->series[1]->visits[i])) {
            return i;
        }
    }
    return NO_VISIT;
}

/* Criteria can differ in what makes a visit, too. */
static bool compare_visits(struct recist_answers *answers, const struct course_pair *pair)
{
    size_t next = 0;
    bool done = true;
    for (size_t i = 0; done && i < visit_count(pair, 0); i++) {
        size_t same = find_visit(pair, i, next);
        for (; done && same != NO_VISIT && next < same; next++) {
            done = compare_visit(answers, &(struct visit_pair){pair, {NO_VISIT, next}});
        }
        next += same != NO_VISIT;
        done = done && compare_visit(answers, &(struct visit_pair){pair, {i, same}});
    }
    for (; done && next < visit_count(pair, 1); next++) {
        done = compare_visit(answers, &(struct visit_pair){pair, {NO_VISIT, next}});
    }
    return done;
}

/* Best responses */

struct best_pair {
    struct recist_answers *answers;
    bool confirmed;
};

static bool append_best_reason(void *from, size_t which, struct recist_row *row)
{
    const struct best_pair *pair = from;
    return recist_best_reason(pair->answers->resolvers[which], pair->confirmed, append_to_text,
                              row->text);
}

static struct answer best_answer(const struct recist_criteria *criteria,
                                 const struct recist_best *best, bool confirmed)
{
    unsigned rule = confirmed ? best->confirmed_rule : best->rule;
    return (struct answer){
        recist_criteria_word(criteria, confirmed ? best->confirmed_word : best->word),
        recist_best_rule_id(criteria, confirmed, rule),
        confirmed ? best->confirmed_response_date : best->response_date};
}

/* A course by one of the criteria only: the other gives no answer. */
static bool compare_timelines(struct recist_answers *answers, struct row_subject subject,
                              const struct recist_timeline *const timelines[2])
{
    struct recist_best best[2];
    for (size_t i = 0; i < 2; i++) {
        if (timelines[i] &&
            recist_best_resolve(answers->resolvers[i], timelines[i], &best[i]) != RECIST_DONE) {
            return false;
        }
    }
    answers->totals.courses++;
    bool done = true;
    for (int confirmed = 0; done && confirmed < 2; confirmed++) {
        struct answer given[2];
        for (size_t i = 0; i < 2; i++) {
            given[i] = timelines[i] ? best_answer(answers->criteria[i], &best[i], confirmed)
                                    : (struct answer){"", "", RECIST_NO_DATE};
        }
        bool same = is_same_answer(given);
        *(confirmed ? &answers->totals.confirmed_differing : &answers->totals.best_differing) +=
            !same;
        if (same && given[0].date == given[1].date) {
            continue;
        }
        answers->totals.best_dates_differing += same;
        struct best_pair pair = {answers, confirmed};
        const struct reasons reasons = {append_best_reason, &pair};
        subject.what = confirmed ? "confirmed" : "best";
        done = append_row(answers, &answers->best, &subject, given, &reasons);
    }
    return done;
}

static bool compare_best(struct recist_answers *answers, const struct course_pair *pair)
{
    struct recist_timeline made[2];
    const struct recist_timeline *timelines[2] = {NULL, NULL};
    struct row_subject subject = subject_of(pair, "");
    if (!answers->with_best) {
        return true;
    }
    for (size_t i = 0; i < 2; i++) {
        if (!pair->series[i]) {
            continue;
        }
        if (!recist_timeline_from_series(&answers->rooms[i], answers->criteria[i],
                                         pair->jobs[i].patient, pair->series[i],
                                         pair->results[i], &made[i])) {
            return false;
        }
        timelines[i] = &made[i];
        subject.course = recist_course_number(timelines[i]);
    }
    return compare_timelines(answers, subject, timelines);
}

bool recist_answers_of_course(struct recist_answers *answers, const struct recist_course *course)
{
    struct recist_timeline timeline;
    if (!answers->with_best) {
        return true;
    }
    recist_timeline_without_data(course, true, &timeline);
    const struct recist_timeline *const timelines[2] = {&timeline, &timeline};
    const struct row_subject subject = {
        .study = course->study, .patient = course->patient, .course = course->number};
    return compare_timelines(answers, subject, timelines);
}

/* Patients */

static bool assess(struct course_pair *pair, size_t which)
{
    const struct recist_series *series = pair->series[which];
    bool without = !series || series->without_baseline || series->visit_count == 0;
    pair->results[which] = NULL;
    return without ||
           recist_assess(pair->jobs[which].assessor, series, &pair->results[which]) == RECIST_DONE;
}

static bool compare_series(struct recist_answers *answers, const struct recist_patient_job jobs[2],
                           size_t one, size_t other)
{
    struct course_pair pair = {
        .jobs = jobs,
        .series = {one == NO_SERIES ? NULL : &jobs[0].patient->series[one],
                   other == NO_SERIES ? NULL : &jobs[1].patient->series[other]},
    };
    return assess(&pair, 0) && assess(&pair, 1) && compare_visits(answers, &pair) &&
           compare_best(answers, &pair);
}

static size_t find_series(const struct recist_patient *patient, const struct recist_series *like)
{
    for (size_t i = 0; i < patient->series_count; i++) {
        const struct recist_series *series = &patient->series[i];
        if (series->facts == like->facts && recist_values_equal(series->course, like->course) &&
            recist_values_equal(series->reader, like->reader)) {
            return i;
        }
    }
    return NO_SERIES;
}

/* Whether this reader has a series of the course. */
static bool has_course(const struct recist_patient *patient, const struct recist_course *course,
                       struct recist_slice reader)
{
    for (size_t i = 0; i < patient->series_count; i++) {
        if (patient->series[i].facts == course &&
            recist_values_equal(patient->series[i].reader, reader)) {
            return true;
        }
    }
    return false;
}

static bool is_first_of_reader(const struct recist_patient *patient, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (recist_values_equal(patient->series[i].reader, patient->series[index].reader)) {
            return false;
        }
    }
    return true;
}

/* Courses of the courses file without a visit, for each reader who has read others. */
static bool compare_unseen_courses(struct recist_answers *answers,
                                   const struct recist_patient_job jobs[2])
{
    const struct recist_patient *patient = jobs[0].patient;
    size_t count = 0;
    const struct recist_course *const *courses =
        answers->courses && answers->with_best
            ? recist_courses_of(answers->courses, patient->study, patient->id, &count)
            : NULL;
    for (size_t i = 0; i < patient->series_count; i++) {
        struct recist_slice reader = patient->series[i].reader;
        for (size_t k = 0; k < count && is_first_of_reader(patient, i); k++) {
            struct recist_timeline timeline;
            const struct recist_timeline *const timelines[2] = {&timeline, &timeline};
            const struct row_subject subject = {.study = patient->study,
                                                .patient = patient->id,
                                                .course = courses[k]->number,
                                                .reader = reader};
            recist_timeline_without_data(courses[k], true, &timeline);
            if (!has_course(patient, courses[k], reader) &&
                !has_course(jobs[1].patient, courses[k], reader) &&
                !compare_timelines(answers, subject, timelines)) {
                return false;
            }
        }
    }
    return true;
}

bool recist_answers_of_patient(struct recist_answers *answers,
                               const struct recist_patient_job jobs[2])
{
    const struct recist_patient *patients[2] = {jobs[0].patient, jobs[1].patient};
    size_t before = answers->visits.length + answers->best.length;
    bool done = true;
    for (size_t i = 0; done && i < patients[0]->series_count; i++) {
        done = compare_series(answers, jobs, i, find_series(patients[1], &patients[0]->series[i]));
    }
    for (size_t i = 0; done && i < patients[1]->series_count; i++) {
        done = find_series(patients[0], &patients[1]->series[i]) != NO_SERIES ||
               compare_series(answers, jobs, NO_SERIES, i);
    }
    done = done && compare_unseen_courses(answers, jobs);
    answers->totals.patients++;
    answers->totals.patients_differing += answers->visits.length + answers->best.length > before;
    return done;
}
