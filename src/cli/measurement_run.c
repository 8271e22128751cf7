/* SPDX-License-Identifier: MIT */
#include "cli/measurement_run.h"

#include "cli/measurement_pass.h"

struct passes {
    const struct recist_measurement_run *run;
    const struct recist_measurement_task *task;
    struct recist_measurements *reader;
    struct recist_progress progress;
};

static enum recist_outcome one_pass(struct passes *passes, enum recist_grouping grouping)
{
    const struct recist_measurement_run *run = passes->run;
    if (!passes->task->begin(passes->task->context, passes->reader, grouping)) {
        return RECIST_DONE;
    }
    return recist_measurement_pass(passes->reader, run, passes->task, &passes->progress);
}

static enum recist_outcome pass_again(struct passes *passes, enum recist_grouping grouping)
{
    enum recist_outcome outcome =
        recist_measurements_rewind(passes->reader, grouping, passes->run->opening);
    return outcome == RECIST_DONE ? one_pass(passes, grouping) : outcome;
}

static enum recist_outcome pass_over_rest(struct passes *passes,
                                          const struct recist_measurements_point *from,
                                          bool sound)
{
    struct recist_measurement_run run = *passes->run;
    run.trusting = sound;
    enum recist_outcome outcome =
        recist_measurements_resume(passes->reader, from, passes->run->opening);
    return outcome == RECIST_DONE ? recist_measurement_pass(passes->reader, &run, passes->task,
                                                            &passes->progress)
                                  : outcome;
}

static enum recist_outcome all_passes(struct passes *passes)
{
    enum recist_grouping grouping = RECIST_GROUPED;
    enum recist_outcome outcome = one_pass(passes, grouping);
    if (outcome == RECIST_NOT_GROUPED) {
        grouping = RECIST_INDEXED;
        outcome = pass_again(passes, grouping);
    }
    const struct recist_measurement_task *task = passes->task;
    struct recist_measurements_point from;
    bool sound = false;
    if (outcome == RECIST_DONE && task->rest && task->rest(task->context, &from, &sound)) {
        return pass_over_rest(passes, &from, sound);
    }
    if (outcome == RECIST_DONE && task->again && task->again(task->context)) {
        outcome = pass_again(passes, grouping);
    }
    return outcome;
}

enum recist_outcome recist_measurement_run(const struct recist_measurement_run *run,
                                           const struct recist_measurement_task *task)
{
    struct passes passes = {.run = run, .task = task};
    enum recist_outcome outcome =
        recist_measurements_open(run->paths, run->path_count,
                                 recist_criteria_vocabulary(run->criteria), RECIST_GROUPED,
                                 run->opening, &passes.reader);
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    recist_progress_begin(&passes.progress, run->quiet);
    outcome = all_passes(&passes);
    recist_progress_end(&passes.progress);
    recist_measurements_close(passes.reader);
    return outcome;
}
