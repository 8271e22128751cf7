/* SPDX-License-Identifier: MIT
 * What libyaml finds wrong, said to somebody who does not know YAML's grammar. */
#ifndef RECIST_CRITERIA_YAML_PROBLEM_H
#define RECIST_CRITERIA_YAML_PROBLEM_H

#include <recist/finding.h>

struct yaml_parser_s;

/* Reports the error at which `parser` stopped; `bytes` is the text it was given. */
void recist_yaml_report_problem(const struct yaml_parser_s *parser, struct recist_slice bytes,
                                const char *file, struct recist_findings *findings);

#endif
