/* SPDX-License-Identifier: MIT */
#include "cli/course_listing.h"

#include <stdlib.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "cli/grouping.h"
#include "timeline/series_timeline.h"

struct recist_course_resolver {
    struct recist_course_resolver *next;
    struct recist_best_resolver *resolver;
    struct recist_timeline_room room;
};

/* A patient's series, of either kind. */
struct listing {
    struct recist_course_run *run;
    struct recist_course_resolver *own;
    struct recist_text *output;
    struct recist_slice study;
    struct recist_slice patient;
    bool from_measurements;
    size_t count;
    /* Measurements. */
    const struct recist_patient *measured;
    struct recist_assessor *assessor;
    /* Assessed responses. */
    const struct recist_responses *responses;
    const struct recist_response_patient *assessed;
};

static struct recist_course_resolver *create(const struct recist_criteria *criteria)
{
    struct recist_course_resolver *own = calloc(1, sizeof *own);
    if (own) {
        own->resolver = recist_best_resolver_create(criteria);
    }
    if (own && !own->resolver) {
        free(own);
        own = NULL;
    }
    return own;
}

/* One for each thread at most: threads take an idle one and give it back. */
static struct recist_course_resolver *take(struct recist_course_run *run)
{
    pthread_mutex_lock(&run->mutex);
    struct recist_course_resolver *own = run->idle;
    if (own) {
        run->idle = own->next;
    }
    pthread_mutex_unlock(&run->mutex);
    return own ? own : create(run->shared.criteria);
}

static void give_back(struct recist_course_run *run, struct recist_course_resolver *own)
{
    pthread_mutex_lock(&run->mutex);
    own->next = run->idle;
    run->idle = own;
    pthread_mutex_unlock(&run->mutex);
}

void recist_course_listing_destroy(struct recist_course_run *run)
{
    while (run->idle) {
        struct recist_course_resolver *own = run->idle;
        run->idle = own->next;
        recist_best_resolver_destroy(own->resolver);
        recist_timeline_room_free(&own->room);
        free(own);
    }
}

static const struct recist_course *facts_of(const struct listing *listing, size_t i)
{
    return listing->measured ? listing->measured->series[i].facts
                             : listing->assessed->series[i].facts;
}

static struct recist_slice reader_of(const struct listing *listing, size_t i)
{
    return listing->measured ? listing->measured->series[i].reader
                             : listing->assessed->series[i].reader;
}

static bool make_measured(const struct listing *listing, size_t i,
                          struct recist_timeline *timeline)
{
    const struct recist_series *series = &listing->measured->series[i];
    const struct recist_series_result *result = NULL;
    if (!series->without_baseline && series->visit_count > 0 &&
        recist_assess(listing->assessor, series, &result) != RECIST_DONE) {
        return false;
    }
    return recist_timeline_from_series(&listing->own->room, listing->run->shared.criteria,
                                       listing->measured, series, result, timeline);
}

static bool emit(const struct listing *listing, const struct recist_timeline *timeline)
{
    struct recist_best best;
    if (recist_best_resolve(listing->own->resolver, timeline, &best) != RECIST_DONE) {
        return false;
    }
    const struct recist_course_job job = {
        .timeline = timeline,
        .best = &best,
        .resolver = listing->own->resolver,
        .output = listing->output,
    };
    return listing->run->task->course(listing->run->task->context, &job);
}

static bool emit_series(const struct listing *listing, size_t i)
{
    struct recist_timeline timeline;
    bool made = listing->measured
                    ? make_measured(listing, i, &timeline)
                    : recist_timeline_from_responses(&listing->own->room, listing->responses,
                                                     listing->assessed,
                                                     &listing->assessed->series[i], &timeline);
    return made && emit(listing, &timeline);
}

static bool emit_without_data(const struct listing *listing, const struct recist_course *course,
                              struct recist_slice reader)
{
    struct recist_timeline timeline;
    recist_timeline_without_data(course, listing->from_measurements, &timeline);
    timeline.study = listing->study;
    timeline.reader = reader;
    return emit(listing, &timeline);
}

static void mark(struct recist_course_run *run, const struct recist_course *course)
{
    atomic_store_explicit(&run->listed[recist_course_index(run->courses, course)], true,
                          memory_order_relaxed);
}

static bool is_first_of_reader(const struct listing *listing, size_t i)
{
    for (size_t before = 0; before < i; before++) {
        if (recist_values_equal(reader_of(listing, before), reader_of(listing, i))) {
            return false;
        }
    }
    return true;
}

/* The series of this course by the reader of series `i`; SIZE_MAX without. */
static size_t find_series(const struct listing *listing, const struct recist_course *course,
                          size_t i)
{
    for (size_t other = 0; other < listing->count; other++) {
        if (facts_of(listing, other) == course &&
            recist_values_equal(reader_of(listing, other), reader_of(listing, i))) {
            return other;
        }
    }
    return SIZE_MAX;
}

/* A course, once for each reader of its patient. */
static bool list_course(const struct listing *listing, const struct recist_course *course)
{
    bool done = true;
    mark(listing->run, course);
    if (listing->count == 0) {
        return emit_without_data(listing, course, (struct recist_slice){"", 0});
    }
    for (size_t i = 0; done && i < listing->count; i++) {
        if (is_first_of_reader(listing, i)) {
            size_t series = find_series(listing, course, i);
            done = series == SIZE_MAX
                       ? emit_without_data(listing, course, reader_of(listing, i))
                       : emit_series(listing, series);
        }
    }
    return done;
}

static bool list_all(struct listing *listing)
{
    struct recist_course_run *run = listing->run;
    size_t count = 0;
    const struct recist_course *const *courses =
        run->courses ? recist_courses_of(run->courses, listing->study, listing->patient, &count)
                     : NULL;
    listing->own = take(run);
    bool done = listing->own != NULL;
    for (size_t i = 0; done && i < count; i++) {
        done = list_course(listing, courses[i]);
    }
    for (size_t i = 0; done && i < listing->count; i++) {
        done = facts_of(listing, i) || emit_series(listing, i);
    }
    if (listing->own) {
        give_back(run, listing->own);
    }
    return done;
}

bool recist_course_listing_of_series(struct recist_course_run *run,
                                     const struct recist_patient *patient,
                                     struct recist_assessor *assessor, struct recist_text *output)
{
    struct listing listing = {
        .run = run,
        .output = output,
        .study = patient->study,
        .patient = patient->id,
        .from_measurements = true,
        .count = patient->series_count,
        .measured = patient,
        .assessor = assessor,
    };
    return list_all(&listing);
}

bool recist_course_listing_of_responses(struct recist_course_run *run,
                                        const struct recist_responses *responses,
                                        const struct recist_response_patient *patient,
                                        struct recist_text *output)
{
    struct listing listing = {
        .run = run,
        .output = output,
        .study = patient->study,
        .patient = patient->patient,
        .count = patient->series_count,
        .responses = responses,
        .assessed = patient,
    };
    return list_all(&listing);
}

static void note_patient(struct recist_course_run *run, const struct recist_course *course)
{
    size_t count = 0;
    const struct recist_course *const *courses =
        recist_courses_of(run->courses, course->study, course->patient, &count);
    bool first = count > 0 && courses[0] == course;
    if (run->rest_named || run->shared.options->argument_count == 0 || !first) {
        return;
    }
    recist_findings_report(run->shared.opening, RECIST_KIND(PATIENT_WITHOUT_MEASUREMENTS),
                           recist_courses_place(run->courses, course, "patient"),
                           (struct recist_subject){.patient = course->patient},
                           "patient \"%s\" has a course and no data",
                           RECIST_SHOWN(course->patient));
}

bool recist_course_listing_of_rest(struct recist_course_run *run, bool from_measurements,
                                   struct recist_text *output)
{
    struct listing listing = {
        .run = run,
        .own = take(run),
        .output = output,
        .from_measurements = from_measurements,
    };
    bool done = listing.own != NULL;
    for (size_t i = 0; done && i < recist_courses_count(run->courses); i++) {
        const struct recist_course *course = recist_courses_at(run->courses, i);
        if (!atomic_load(&run->listed[i])) {
            listing.study = course->study;
            note_patient(run, course);
            done = list_course(&listing, course);
        }
    }
    run->rest_named = true;
    if (listing.own) {
        give_back(run, listing.own);
    }
    return done;
}

void recist_course_listing_pass_over(struct recist_course_run *run, struct recist_slice study,
                                     struct recist_slice patient)
{
    size_t count = 0;
    const struct recist_course *const *courses =
        run->courses ? recist_courses_of(run->courses, study, patient, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        mark(run, courses[i]);
        atomic_store(&run->left_out[recist_course_index(run->courses, courses[i])], true);
    }
}
