/* SPDX-License-Identifier: MIT
 * A table on its way to where the options say. */
#ifndef RECIST_CLI_TABLE_OUTPUT_H
#define RECIST_CLI_TABLE_OUTPUT_H

#include "cli/options.h"
#include "output/table.h"

struct recist_table_output {
    struct recist_sink sink;
    struct recist_provenance provenance;
    struct recist_table table;
};

/* Whether -o names one of the files that are read: replacing the readings by what was made of them
 * is never what was meant. And the message that says so. */
bool recist_output_is_input(const struct recist_options *options,
                            const struct recist_criteria *criteria);
enum recist_exit recist_message_output_is_input(const struct recist_options *options);

/* Opens the output; held until it is finished. RECIST_EXIT_DONE, or another status after a
 * message, among others when -o names one of the files that are read. Close it in any case.
 * `output` must stay where it is; `columns` must outlive it. */
enum recist_exit recist_table_output_open(struct recist_table_output *output,
                                          const struct recist_options *options,
                                          const struct recist_criteria *criteria,
                                          enum recist_format format,
                                          const struct recist_table_column *columns,
                                          size_t column_count);
/* Ends the table and lets it go; RECIST_EXIT_DONE, or RECIST_EXIT_FILE after a message. */
enum recist_exit recist_table_output_finish(struct recist_table_output *output);
/* The same for output whose text the caller wrote into the sink. */
enum recist_exit recist_sink_finish_with_message(struct recist_sink *sink);
void recist_table_output_close(struct recist_table_output *output);


#endif
