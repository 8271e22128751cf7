/* SPDX-License-Identifier: MIT
 * The bytes of a criteria file, before they are taken for YAML. */
#ifndef RECIST_CRITERIA_YAML_TEXT_H
#define RECIST_CRITERIA_YAML_TEXT_H

#include <recist/finding.h>

/* Refuses bytes that are no readable text: not UTF-8, NUL, control characters, invisible line
 * breaks. Returns the number of findings (of which only the first few are reported). */
size_t recist_yaml_check_text(struct recist_slice bytes, const char *file,
                              struct recist_findings *findings);

#endif
