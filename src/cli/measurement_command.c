/* SPDX-License-Identifier: MIT */
#include "cli/measurement_command.h"

#include "cli/criteria_choice.h"
#include "cli/message.h"

enum recist_exit recist_measurement_command_begin(struct recist_measurement_command *shared,
                                                  const struct recist_command *command,
                                                  const struct recist_options *options)
{
    *shared = (struct recist_measurement_command){.options = options};
    if (options->argument_count == 0) {
        recist_message("%s needs a measurement file, or - for standard input", command->name);
        recist_message("see `recist %s --help`", command->name);
        return RECIST_EXIT_USAGE;
    }
    shared->opening = recist_findings_create();
    if (!shared->opening || !recist_finding_log_init(&shared->log)) {
        return recist_message_no_memory();
    }
    return recist_criteria_choose(options, &shared->criteria);
}

void recist_measurement_command_end(struct recist_measurement_command *shared)
{
    recist_findings_destroy(shared->opening);
    recist_finding_log_destroy(&shared->log);
    recist_text_destroy(&shared->left_out);
    recist_criteria_destroy(shared->criteria);
}

enum recist_outcome recist_measurement_command_run(struct recist_measurement_command *shared,
                                                   const struct recist_measurement_task *task,
                                                   unsigned threads)
{
    struct recist_measurement_run run = {
        .paths = shared->options->arguments,
        .path_count = shared->options->argument_count,
        .criteria = shared->criteria,
        .threads = threads,
        .quiet = shared->options->quiet,
        .opening = shared->opening,
    };
    enum recist_outcome outcome = recist_measurement_run(&run, task);
    return atomic_load(&shared->no_memory) || shared->left_out.failed ? RECIST_NO_MEMORY : outcome;
}

enum recist_exit recist_measurement_command_status(const struct recist_measurement_command *shared,
                                                   enum recist_outcome outcome, size_t errors)
{
    if (outcome == RECIST_NO_MEMORY || shared->log.failed ||
        recist_findings_lost(shared->opening)) {
        return recist_message_no_memory();
    }
    if (outcome == RECIST_UNREADABLE) {
        return RECIST_EXIT_FILE;
    }
    return errors > 0 || outcome == RECIST_INVALID ? RECIST_EXIT_INPUT_ERRORS : RECIST_EXIT_DONE;
}

int32_t recist_study_day(const struct recist_series *series,
                         const struct recist_series_result *result, int32_t date)
{
    int32_t reference = series->has_start ? series->start : result->visits[0].date;
    return date >= reference ? date - reference + 1 : date - reference;
}

void recist_row_visit(struct recist_row *row, const struct recist_visit *visit)
{
    if (visit->label.length > 0) {
        recist_row_slice(row, visit->label);
    } else {
        recist_row_date(row, visit->first_date);
    }
}
