/* SPDX-License-Identifier: MIT
 * The response rates of two groups against each other. */
#ifndef RECIST_CLI_SUMMARY_COMPARISON_H
#define RECIST_CLI_SUMMARY_COMPARISON_H

#include "cli/response_tally.h"
#include "output/row.h"

struct recist_comparison {
    struct recist_slice first; /* values of the first column of --by */
    struct recist_slice second;
};

/* Makes out the two values in --compare, which may hold commas themselves. RECIST_EXIT_USAGE, after
 * a message, for values that no course has. */
enum recist_exit recist_comparison_read(struct recist_comparison *comparison,
                                        const struct recist_course_groups *groups,
                                        const char *written);
/* Says on standard error when patients have courses in both groups. */
void recist_comparison_warn(const struct recist_comparison *comparison,
                            const struct recist_response_tallies *tallies);
/* What follows the rows of the summary, in its format: a second table, a member of the JSON
 * document, or lines to be read. */
void recist_comparison_append(const struct recist_comparison *comparison,
                              const struct recist_response_tallies *tallies,
                              enum recist_format format, struct recist_text *text);

#endif
