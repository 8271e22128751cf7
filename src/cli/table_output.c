/* SPDX-License-Identifier: MIT */
#include "cli/table_output.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/wrapped_text.h"

static bool is_same_file(const struct stat *output, const char *path)
{
    struct stat input;
    if (!path) {
        return false;
    }
    int failed = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &input) : stat(path, &input);
    return failed == 0 && input.st_dev == output->st_dev && input.st_ino == output->st_ino;
}

bool recist_output_is_input(const struct recist_options *options,
                            const struct recist_criteria *criteria)
{
    struct stat output;
    if (!options->output || stat(options->output, &output) != 0 || !S_ISREG(output.st_mode)) {
        return false;
    }
    for (size_t i = 0; i < options->argument_count; i++) {
        if (is_same_file(&output, options->arguments[i])) {
            return true;
        }
    }
    return is_same_file(&output, RECIST_OPTION_VALUE(options, COURSES)) ||
           (criteria && is_same_file(&output, recist_criteria_path(criteria)));
}

enum recist_exit recist_message_output_is_input(const struct recist_options *options)
{
    recist_message("-o %s is a file that is read; write to another one", options->output);
    return RECIST_EXIT_USAGE;
}

enum recist_exit recist_table_output_open(struct recist_table_output *output,
                                          const struct recist_options *options,
                                          const struct recist_criteria *criteria,
                                          enum recist_format format,
                                          const struct recist_table_column *columns,
                                          size_t column_count)
{
    *output = (struct recist_table_output){
        .provenance = {.criteria = criteria, .command_line = options->command_line},
        .table = {.columns = columns, .column_count = column_count, .format = format}};
    output->table.sink = &output->sink;
    output->table.fit = options->output ? 0 : recist_terminal_width();
    if (options->provenance || format == RECIST_FORMAT_JSON) {
        output->table.provenance = &output->provenance;
    }
    if (recist_output_is_input(options, criteria)) {
        return recist_message_output_is_input(options);
    }
    return recist_sink_open(&output->sink, options->output, true)
               ? RECIST_EXIT_DONE
               : recist_message_write_failed(&output->sink);
}

enum recist_exit recist_sink_finish_with_message(struct recist_sink *sink)
{
    return recist_sink_finish(sink) ? RECIST_EXIT_DONE : recist_message_write_failed(sink);
}

enum recist_exit recist_table_output_finish(struct recist_table_output *output)
{
    recist_sink_release(&output->sink); /* the end of a document is not held back any more */
    recist_table_end(&output->table);
    if (output->table.failed) {
        return recist_message_no_memory();
    }
    return recist_sink_finish_with_message(&output->sink);
}

void recist_table_output_close(struct recist_table_output *output)
{
    recist_table_destroy(&output->table);
    recist_sink_close(&output->sink);
}
