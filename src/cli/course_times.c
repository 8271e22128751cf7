/* SPDX-License-Identifier: MIT */
#include "cli/course_times.h"

#include <stdlib.h>

#include "cli/endpoint_case.h"
#include "cli/grouping.h"
#include "cli/message.h"

/* A course on its way from the thread that evaluated it; four texts follow. */
struct record {
    const struct recist_course *facts;
    enum recist_endpoint_verdict verdict;
    struct recist_event_time time;
    size_t lengths[4];
};

static bool is_same(struct recist_slice one, struct recist_slice other)
{
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.text, other.text, one.length) == 0);
}

static bool is_in(uint64_t words, uint16_t word)
{
    return word < 64 && (words >> word & 1) != 0;
}

/* The day of the first response of a responder, as the criteria date it. */
static int32_t first_response(const struct recist_course_times *times,
                              const struct recist_best *best)
{
    uint16_t word = times->confirmed_only ? best->confirmed_word : best->word;
    if (!is_in(times->response, word)) {
        return RECIST_NO_DATE;
    }
    return times->confirmed_only ? best->confirmed_response_date : best->response_date;
}

/* Evaluates one course; `job` is NULL for a course without any response. False when memory is
 * out. */
static bool evaluate(const struct recist_course_times *times, const struct recist_course *facts,
                     const struct recist_course_job *job, struct record *record)
{
    const struct recist_criteria *criteria = times->run->shared.criteria;
    struct recist_endpoint_case course = recist_endpoint_case_begin(criteria, times->choice);
    if (job) {
        course.response_date = first_response(times, job->best);
        if (!recist_endpoint_case_take(&course, criteria, job, false)) {
            return false;
        }
    } else {
        course.start = facts->start;
        course.facts = facts;
    }
    record->facts = facts;
    record->verdict = recist_endpoint_evaluate(times->choice->endpoint, &course, &record->time);
    return true;
}

static bool counts(const struct recist_course_times *times, const struct recist_course *facts)
{
    return recist_course_conditions_hold(times->conditions, facts) &&
           (!times->per_patient || !facts ||
            recist_course_is_first(times->run->courses, facts, times->conditions, times->group_of));
}

static bool take_course(void *context, const struct recist_course_job *job)
{
    const struct recist_course_times *times = context;
    const struct recist_timeline *timeline = job->timeline;
    struct record record = {.lengths = {0}};
    if (times->reader && timeline->reader.length > 0 &&
        !is_same(timeline->reader,
                 (struct recist_slice){times->reader, strlen(times->reader)})) {
        return true;
    }
    if (!counts(times, timeline->facts)) {
        return true;
    }
    if (!evaluate(times, timeline->facts, job, &record)) {
        return false;
    }
    const struct recist_slice texts[4] = {timeline->study, timeline->patient,
                                          recist_course_number(timeline), timeline->reader};
    for (size_t i = 0; i < 4; i++) {
        record.lengths[i] = texts[i].length;
    }
    recist_text_append(job->output, (const char *)&record, sizeof record);
    for (size_t i = 0; i < 4; i++) {
        recist_text_append_slice(job->output, texts[i]);
    }
    return !job->output->failed;
}

static struct recist_course_time *make_room(struct recist_course_times *times)
{
    if (times->count == times->capacity) {
        size_t capacity = times->capacity ? times->capacity * 2 : 256;
        struct recist_course_time *list = reallocarray(times->list, capacity, sizeof *list);
        if (!list) {
            times->no_memory = true;
            return NULL;
        }
        times->list = list;
        times->capacity = capacity;
    }
    return &times->list[times->count];
}

/* A second reading of the same course: by another reader. */
static bool is_repeated(const struct recist_course_times *times,
                        const struct recist_course_time *one)
{
    if (one->facts && times->run->courses &&
        !times->seen[recist_course_index(times->run->courses, one->facts)]) {
        return false;
    }
    if (one->facts && times->run->courses) {
        /* Without a study column, one row of the courses file stands for a patient of each study. */
        for (size_t i = times->count; i-- > 0;) {
            if (times->list[i].facts == one->facts && is_same(times->list[i].study, one->study)) {
                return true;
            }
        }
        return false;
    }
    const struct recist_course_time *before =
        times->count > 0 ? &times->list[times->count - 1] : NULL;
    return before && is_same(before->study, one->study) && is_same(before->patient, one->patient) &&
           (times->per_patient || is_same(before->number, one->number));
}

static bool keep(struct recist_course_times *times, const struct record *record,
                 const struct recist_slice texts[4])
{
    struct recist_course_time one = {.facts = record->facts,
                                     .verdict = record->verdict,
                                     .time = record->time,
                                     .study = texts[0],
                                     .patient = texts[1],
                                     .number = texts[2],
                                     .reader = texts[3]};
    if (is_repeated(times, &one)) {
        bool same_reader =
            times->count > 0 && is_same(times->list[times->count - 1].reader, one.reader);
        times->several_readers = times->several_readers || (times->needs_responses && !same_reader);
        return true;
    }
    times->reader_found = times->reader_found || one.reader.length > 0;
    struct recist_course_time *to = make_room(times);
    if (!to) {
        return false;
    }
    one.study = recist_arena_copy_slice(&times->arena, one.study);
    one.patient = recist_arena_copy_slice(&times->arena, one.patient);
    one.number = recist_arena_copy_slice(&times->arena, one.number);
    one.reader = recist_arena_copy_slice(&times->arena, one.reader);
    *to = one;
    times->count++;
    if (one.facts && times->run->courses) {
        times->seen[recist_course_index(times->run->courses, one.facts)] = true;
    }
    return true;
}

static bool deliver(void *context, const struct recist_text *output)
{
    struct recist_course_times *times = context;
    size_t at = 0;
    while (at < output->length) {
        struct record record;
        struct recist_slice texts[4];
        memcpy(&record, output->bytes + at, sizeof record);
        at += sizeof record;
        for (size_t i = 0; i < 4; i++) {
            texts[i] = (struct recist_slice){output->bytes + at, record.lengths[i]};
            at += record.lengths[i];
        }
        if (!keep(times, &record, texts)) {
            return false;
        }
    }
    return true;
}

static bool begin(void *context, bool has_study)
{
    struct recist_course_times *times = context;
    times->has_study = has_study;
    times->count = 0;
    times->several_readers = false;
    times->reader_found = false;
    recist_arena_reset(&times->arena);
    if (times->run->courses) {
        memset(times->seen, 0, recist_courses_count(times->run->courses) * sizeof *times->seen);
    }
    return true;
}

/* Courses that only another reader has read still have the facts of the courses file. */
static bool add_unread(struct recist_course_times *times)
{
    const struct recist_courses *courses = times->run->courses;
    for (size_t i = 0; courses && i < recist_courses_count(courses); i++) {
        const struct recist_course *facts = recist_courses_at(courses, i);
        struct record record = {.lengths = {0}};
        bool left_out = times->run->left_out && atomic_load(&times->run->left_out[i]);
        if (times->seen[i] || left_out || !counts(times, facts)) {
            continue;
        }
        const struct recist_slice texts[4] = {facts->study, facts->patient, facts->number, {0}};
        if (!evaluate(times, facts, NULL, &record) || !keep(times, &record, texts)) {
            return false;
        }
    }
    return true;
}

static enum recist_exit prepare(struct recist_course_times *times)
{
    const struct recist_endpoint *endpoint = times->choice->endpoint;
    times->needs_responses = times->run->shared.options->argument_count > 0 &&
                             (endpoint->courses != RECIST_ALL_COURSES ||
                              recist_endpoint_needs_responses(endpoint) ||
                              endpoint->events[0].source == RECIST_EVENT_PROGRESSION);
    times->confirmed_only = endpoint->courses == RECIST_CONFIRMED_RESPONDERS;
    times->response =
        recist_criteria_word_set(times->run->shared.criteria, RECIST_WORDS_RESPONSE);
    if (times->run->courses) {
        times->seen = calloc(recist_courses_count(times->run->courses) + 1, sizeof *times->seen);
        return times->seen ? RECIST_EXIT_DONE : recist_message_no_memory();
    }
    return RECIST_EXIT_DONE;
}

enum recist_exit recist_course_times_gather(struct recist_course_times *times,
                                            struct recist_course_run *run,
                                            const struct recist_endpoint_choice *choice,
                                            const struct recist_course_conditions *conditions,
                                            const size_t *group_of, bool per_patient, bool *write)
{
    const struct recist_course_task task = {
        .context = times, .begin = begin, .course = take_course, .deliver = deliver};
    *times = (struct recist_course_times){.run = run,
                                          .choice = choice,
                                          .conditions = conditions,
                                          .group_of = group_of,
                                          .reader = run->shared.options->reader,
                                          .per_patient = per_patient};
    recist_arena_init(&times->arena, 0);
    *write = false;
    enum recist_exit status = prepare(times);
    status = status ? status : recist_course_run_go(run, &task, write);
    if (*write && (times->no_memory || !add_unread(times))) {
        *write = false;
        return recist_message_no_memory();
    }
    if (*write && times->reader && times->needs_responses && !times->reader_found) {
        recist_message("there is no reader \"%s\"", times->reader);
        *write = false;
        return RECIST_EXIT_USAGE;
    }
    if (*write && times->several_readers) {
        recist_message("several readers have read the same course; choose one with --reader");
        *write = false;
        return RECIST_EXIT_USAGE;
    }
    return status;
}

void recist_course_times_destroy(struct recist_course_times *times)
{
    recist_arena_destroy(&times->arena);
    free(times->list);
    free(times->seen);
    *times = (struct recist_course_times){0};
}

bool recist_course_is_first(const struct recist_courses *courses,
                            const struct recist_course *course,
                            const struct recist_course_conditions *conditions,
                            const size_t *group_of)
{
    size_t count = 0;
    const struct recist_course *const *own =
        recist_courses_of(courses, course->study, course->patient, &count);
    for (size_t i = 0; i < count && own[i] != course; i++) {
        bool same_group = !group_of || group_of[recist_course_index(courses, own[i])] ==
                                           group_of[recist_course_index(courses, course)];
        if (same_group && recist_course_conditions_hold(conditions, own[i])) {
            return false;
        }
    }
    return true;
}
