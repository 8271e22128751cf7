/* SPDX-License-Identifier: MIT
 *
 * All threads do the same: take the next free slot, read a batch into it (one thread at a time),
 * work on it, and deliver what is ready, in order (again one at a time). The slots form a ring:
 * batch number n sits in slot n modulo their number. */
#include "cli/measurement_pass.h"

#include <pthread.h>
#include <stdlib.h>

#include "cli/batch_work.h"

/* Slots beyond one for each thread, so that a slow batch does not stop the others at once. */
#define SPARE_SLOTS 2

enum slot_state { SLOT_FREE, SLOT_TAKEN, SLOT_READY };

struct ring_slot {
    struct recist_batch_slot *content;
    enum slot_state state;
};

struct pass {
    struct recist_measurements *reader;
    const struct recist_measurement_task *task;
    struct recist_progress *progress;
    struct ring_slot *slots;
    size_t slot_count;

    pthread_mutex_t mutex; /* guards what follows, and the states of the slots */
    pthread_cond_t changed;
    uint64_t next_read;
    uint64_t next_delivered;
    bool reading;
    bool delivering;
    bool stopped; /* nothing more is read */
    bool failed;  /* nothing more is delivered either */
    enum recist_outcome outcome;
};

struct pass_thread {
    struct pass *pass;
    struct recist_worker *worker;
    pthread_t thread;
    bool running;
};

static struct ring_slot *slot_of(struct pass *pass, uint64_t number)
{
    return &pass->slots[number % pass->slot_count];
}

/* Keeps the first trouble; call with the mutex held. */
static void stop(struct pass *pass, enum recist_outcome outcome, bool failed)
{
    pass->stopped = true;
    if (failed && !pass->failed) {
        pass->failed = true;
        pass->outcome = outcome;
    } else if (pass->outcome == RECIST_DONE) {
        pass->outcome = outcome;
    }
    pthread_cond_broadcast(&pass->changed);
}

/* The next free slot, for reading into it; NULL when nothing more is read. */
static struct ring_slot *take_slot(struct pass *pass)
{
    pthread_mutex_lock(&pass->mutex);
    while (!pass->stopped &&
           (pass->reading || slot_of(pass, pass->next_read)->state != SLOT_FREE)) {
        pthread_cond_wait(&pass->changed, &pass->mutex);
    }
    struct ring_slot *slot = NULL;
    if (!pass->stopped) {
        slot = slot_of(pass, pass->next_read++);
        slot->state = SLOT_TAKEN;
        pass->reading = true;
    }
    pthread_mutex_unlock(&pass->mutex);
    return slot;
}

/* Fills a slot that take_slot() gave; false when there is nothing in it to work on. */
static bool read_batch(struct pass *pass, struct ring_slot *slot)
{
    enum recist_outcome outcome = recist_measurements_next(pass->reader, slot->content->batch);
    recist_progress_show(pass->progress, recist_measurements_bytes_read(pass->reader),
                         recist_measurements_bytes_total(pass->reader));
    /* A file that could not be read to its end has a finding in the batch that says so. */
    bool filled = outcome == RECIST_DONE || outcome == RECIST_UNREADABLE;
    pthread_mutex_lock(&pass->mutex);
    pass->reading = false;
    if (!filled) {
        slot->state = SLOT_FREE;
        pass->next_read--;
    }
    if (outcome != RECIST_DONE) {
        stop(pass, outcome == RECIST_END ? RECIST_DONE : outcome, false);
    }
    pthread_cond_broadcast(&pass->changed);
    pthread_mutex_unlock(&pass->mutex);
    return filled;
}

static bool deliver(struct pass *pass, const struct recist_batch_slot *content)
{
    struct recist_delivery delivery = {
        .findings = recist_batch_findings(content->batch),
        .output = &content->output,
        .left_out = &content->left_out,
        .start = recist_batch_start(content->batch),
        .patients = content->patients,
        .rows = content->rows,
    };
    return pass->task->deliver(pass->task->context, &delivery) && !content->stop;
}

/* Delivers what is ready, as long as its turn has come; another thread may be at it already. */
static void deliver_ready(struct pass *pass, struct ring_slot *slot)
{
    pthread_mutex_lock(&pass->mutex);
    slot->state = SLOT_READY;
    while (!pass->delivering && slot_of(pass, pass->next_delivered)->state == SLOT_READY) {
        struct ring_slot *next = slot_of(pass, pass->next_delivered);
        bool failed = pass->failed;
        pass->delivering = true;
        pthread_mutex_unlock(&pass->mutex);
        bool go_on = !failed && deliver(pass, next->content);
        pthread_mutex_lock(&pass->mutex);
        pass->delivering = false;
        pass->next_delivered++;
        next->state = SLOT_FREE;
        if (!go_on) {
            stop(pass, RECIST_DONE, true);
        }
        pthread_cond_broadcast(&pass->changed);
    }
    pthread_mutex_unlock(&pass->mutex);
}

static void work(struct pass *pass, struct recist_worker *worker)
{
    for (;;) {
        struct ring_slot *slot = take_slot(pass);
        if (!slot || !read_batch(pass, slot)) {
            return;
        }
        enum recist_outcome outcome =
            recist_batch_work(worker, slot->content, pass->reader, pass->task);
        if (outcome != RECIST_DONE) {
            pthread_mutex_lock(&pass->mutex);
            stop(pass, outcome, true);
            pthread_mutex_unlock(&pass->mutex);
        }
        deliver_ready(pass, slot);
    }
}

static void *run_thread(void *context)
{
    struct pass_thread *thread = context;
    work(thread->pass, thread->worker);
    return NULL;
}

/* A thread that cannot be made is done without: the output is the same. */
static void start_threads(struct pass *pass, struct pass_thread *threads, size_t count,
                          const struct recist_measurement_run *run)
{
    for (size_t i = 0; i < count; i++) {
        threads[i].pass = pass;
        threads[i].worker = recist_worker_create(run->criteria, run->courses, run->trusting);
        threads[i].running = threads[i].worker &&
                             pthread_create(&threads[i].thread, NULL, run_thread, &threads[i]) == 0;
    }
}

static void end_threads(struct pass_thread *threads, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (threads[i].running) {
            pthread_join(threads[i].thread, NULL);
        }
        recist_worker_destroy(threads[i].worker);
    }
    free(threads);
}

static bool create_slots(struct pass *pass, size_t count)
{
    pass->slots = calloc(count, sizeof *pass->slots);
    if (!pass->slots) {
        return false;
    }
    pass->slot_count = count;
    for (size_t i = 0; i < count; i++) {
        pass->slots[i].content = recist_batch_slot_create();
        if (!pass->slots[i].content) {
            return false;
        }
    }
    return true;
}

static void destroy_slots(struct pass *pass)
{
    for (size_t i = 0; i < pass->slot_count; i++) {
        recist_batch_slot_destroy(pass->slots[i].content);
    }
    free(pass->slots);
}

enum recist_outcome recist_measurement_pass(struct recist_measurements *reader,
                                            const struct recist_measurement_run *run,
                                            const struct recist_measurement_task *task,
                                            struct recist_progress *progress)
{
    unsigned threads = run->threads;
    struct pass pass = {
        .reader = reader, .task = task, .progress = progress, .outcome = RECIST_DONE};
    size_t others = threads > 1 ? threads - 1 : 0;
    struct recist_worker *worker = recist_worker_create(run->criteria, run->courses, run->trusting);
    struct pass_thread *other_threads = calloc(others + 1, sizeof *other_threads);
    pthread_mutex_init(&pass.mutex, NULL);
    pthread_cond_init(&pass.changed, NULL);
    if (worker && other_threads && create_slots(&pass, others ? threads + SPARE_SLOTS : 1)) {
        start_threads(&pass, other_threads, others, run);
        work(&pass, worker);
        end_threads(other_threads, others);
    } else {
        pass.outcome = RECIST_NO_MEMORY;
        free(other_threads);
    }
    destroy_slots(&pass);
    recist_worker_destroy(worker);
    pthread_cond_destroy(&pass.changed);
    pthread_mutex_destroy(&pass.mutex);
    return pass.outcome;
}
