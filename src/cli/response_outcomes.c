/* SPDX-License-Identifier: MIT */
#include "cli/response_outcomes.h"

#include <stdlib.h>

#include "cli/endpoint_case.h"
#include "cli/grouping.h"
#include "timeline/best_words.h"

#define DAYS_IN_WEEK 7

/* A course on its way from the thread that met it; the reader's name follows. */
struct record {
    struct recist_course_outcome outcome;
    size_t reader_length;
};

static bool is_in(uint64_t words, uint16_t word)
{
    return word < 64 && (words >> word & 1) != 0;
}

/* Of such a course there are no data, by any reader. */
static bool is_unread(const struct recist_timeline *timeline)
{
    return timeline->reader.length == 0 && timeline->point_count == 0 &&
           timeline->baseline_date == RECIST_NO_DATE;
}

/* From the start to the progression, or as long as was seen that there is none. */
static bool lasted(const struct recist_course_job *job, uint32_t weeks)
{
    const struct recist_best *best = job->best;
    int32_t end = best->progression_date != RECIST_NO_DATE ? best->progression_date
                                                           : best->last_evaluated;
    return end != RECIST_NO_DATE && job->timeline->start != RECIST_NO_DATE &&
           end - job->timeline->start >= (int32_t)(DAYS_IN_WEEK * weeks);
}

/* False when memory is out. */
static bool measure(const struct recist_response_outcomes *outcomes,
                    const struct recist_endpoint_choice *choice,
                    const struct recist_course_job *job, int32_t response,
                    struct recist_course_duration *duration)
{
    const struct recist_criteria *criteria = outcomes->run->shared.criteria;
    struct recist_endpoint_case course = recist_endpoint_case_begin(criteria, choice);
    struct recist_event_time time;
    course.response_date = response;
    if (!recist_endpoint_case_take(&course, criteria, job, true)) {
        return false;
    }
    if (recist_endpoint_evaluate(choice->endpoint, &course, &time) == RECIST_ENDPOINT_APPLIES) {
        *duration = (struct recist_course_duration){.known = true,
                                                    .observation = {time.days, time.event}};
    }
    return true;
}

/* False when memory is out. */
static bool find_outcome(const struct recist_response_outcomes *outcomes,
                         const struct recist_course_job *job, struct recist_course_outcome *outcome)
{
    const struct recist_summary_options *options = outcomes->options;
    const struct recist_timeline *timeline = job->timeline;
    uint16_t word = options->confirmed ? job->best->confirmed_word : job->best->word;
    bool responds = is_in(outcomes->response, word);
    *outcome = (struct recist_course_outcome){
        .facts = timeline->facts,
        .unread = is_unread(timeline),
        .evaluable = !timeline->facts || timeline->facts->evaluable != RECIST_NO,
        .benefit = responds || (is_in(outcomes->control, word) && options->benefit_weeks > 0 &&
                                lasted(job, options->benefit_weeks)),
        .word = word ? word : outcomes->not_evaluable,
    };
    if (!options->durations || !responds) {
        return true;
    }
    int32_t date =
        options->confirmed ? job->best->confirmed_response_date : job->best->response_date;
    return measure(outcomes, outcomes->to_response, job, date, &outcome->to_response) &&
           measure(outcomes, outcomes->of_response, job, date, &outcome->of_response);
}

static bool take_course(void *context, const struct recist_course_job *job)
{
    const struct recist_response_outcomes *outcomes = context;
    const char *only = outcomes->options->reader;
    struct recist_slice reader = job->timeline->reader;
    bool other = only && !is_unread(job->timeline) &&
                 !recist_values_equal(reader, (struct recist_slice){only, strlen(only)});
    if (other || !recist_course_conditions_hold(outcomes->conditions, job->timeline->facts)) {
        return true;
    }
    struct record record;
    memset(&record, 0, sizeof record);
    if (!find_outcome(outcomes, job, &record.outcome)) {
        return false;
    }
    record.reader_length = reader.length;
    recist_text_append(job->output, (const char *)&record, sizeof record);
    recist_text_append_slice(job->output, reader);
    return !job->output->failed;
}

/* SIZE_MAX when memory is out. */
static size_t find_reader(struct recist_response_outcomes *outcomes, struct recist_slice name)
{
    for (size_t i = 0; i < outcomes->reader_count; i++) {
        if (recist_values_equal(outcomes->readers[i], name)) {
            return i;
        }
    }
    if (outcomes->reader_count == outcomes->reader_capacity) {
        size_t capacity = outcomes->reader_capacity ? 2 * outcomes->reader_capacity : 4;
        struct recist_slice *readers = realloc(outcomes->readers, capacity * sizeof *readers);
        if (!readers) {
            return SIZE_MAX;
        }
        outcomes->readers = readers;
        outcomes->reader_capacity = capacity;
    }
    struct recist_slice copy = recist_arena_copy_slice(&outcomes->arena, name);
    if (name.length > 0 && !copy.text) {
        return SIZE_MAX;
    }
    outcomes->readers[outcomes->reader_count] = copy;
    return outcomes->reader_count++;
}

static bool keep(struct recist_response_outcomes *outcomes, struct recist_course_outcome outcome,
                 struct recist_slice reader)
{
    if (outcomes->count == outcomes->capacity) {
        size_t capacity = outcomes->capacity ? 2 * outcomes->capacity : 256;
        struct recist_course_outcome *list = realloc(outcomes->list, capacity * sizeof *list);
        if (!list) {
            return false;
        }
        outcomes->list = list;
        outcomes->capacity = capacity;
    }
    if (!outcome.unread) {
        outcome.reader = find_reader(outcomes, reader);
    }
    outcomes->list[outcomes->count++] = outcome;
    return outcome.reader != SIZE_MAX;
}

static bool deliver(void *context, const struct recist_text *output)
{
    struct recist_response_outcomes *outcomes = context;
    size_t at = 0;
    while (at < output->length) {
        struct record record;
        memcpy(&record, output->bytes + at, sizeof record);
        at += sizeof record;
        struct recist_slice reader = {output->bytes + at, record.reader_length};
        at += record.reader_length;
        if (!keep(outcomes, record.outcome, reader)) {
            atomic_store(&outcomes->run->shared.no_memory, true);
            return false;
        }
    }
    return true;
}

static bool begin(void *context, bool has_study)
{
    struct recist_response_outcomes *outcomes = context;
    (void)has_study;
    outcomes->count = 0;
    outcomes->reader_count = 0;
    return true;
}

enum recist_exit recist_response_outcomes_gather(struct recist_response_outcomes *outcomes,
                                                 bool *write)
{
    const struct recist_criteria *criteria = outcomes->run->shared.criteria;
    const struct recist_course_task task = {
        .context = outcomes,
        .begin = begin,
        .course = take_course,
        .deliver = deliver,
    };
    outcomes->response = recist_criteria_word_set(criteria, RECIST_WORDS_RESPONSE);
    outcomes->control = recist_criteria_word_set(criteria, RECIST_WORDS_CONTROL);
    outcomes->not_evaluable = recist_best_not_evaluable(criteria);
    recist_arena_init(&outcomes->arena, 0);
    return recist_course_run_go(outcomes->run, &task, write);
}

void recist_response_outcomes_destroy(struct recist_response_outcomes *outcomes)
{
    free(outcomes->list);
    free(outcomes->readers);
    recist_arena_destroy(&outcomes->arena);
}
