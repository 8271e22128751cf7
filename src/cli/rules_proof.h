/* SPDX-License-Identifier: MIT
 * What the loading of criteria proved, for people. */
#ifndef RECIST_CLI_RULES_PROOF_H
#define RECIST_CLI_RULES_PROOF_H

#include <recist/criteria.h>

#include "base/text_buffer.h"

/* One line: what was gone through, in numbers. `other_settings`: how many more times it was, each
 * with another choice of one convention. */
void recist_proof_append_numbers(struct recist_text *text, const struct recist_criteria *criteria,
                                 size_t other_settings);
/* Every combination of responses, the row that decides it, and the overall response. */
void recist_proof_append_combinations(struct recist_text *text,
                                      const struct recist_criteria *criteria);

#endif
