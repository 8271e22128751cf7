/* SPDX-License-Identifier: MIT
 * The parts of a description of criteria, in the order in which a guideline has them. */
#ifndef RECIST_CRITERIA_DESCRIBE_H
#define RECIST_CRITERIA_DESCRIBE_H

#include "criteria/describe_document.h"

const struct recist_document_writer *
recist_describe_writer(enum recist_description_format format);

void recist_describe_conventions(struct recist_document *document,
                                 const struct recist_criteria *criteria);
/* Roles and statuses, organs, values of lesions, measures, definitions. */
void recist_describe_lesions(struct recist_document *document,
                             const struct recist_criteria *criteria);
/* Components, the overall response, the best response, checks. */
void recist_describe_rules(struct recist_document *document,
                           const struct recist_criteria *criteria);

/* What the responses of a course come to. */
void recist_describe_best_response(struct recist_document *document,
                                   const struct recist_criteria *criteria);

/* Rules about the response of a visit that look at other visits. People see no heading where there
 * are none. */
void recist_describe_changes(struct recist_document *document,
                             const struct recist_criteria *criteria, const char *name,
                             const char *title, const struct recist_rule *rules, size_t count);
/* A sentence with its values left open; JSON has it as it stands in the file. */
struct recist_item recist_describe_sentence(struct recist_document *document, const char *say);
/* The words of a set, in the document's arena. */
const char *const *recist_describe_words(struct recist_document *document,
                                         const struct recist_criteria *criteria, uint64_t set,
                                         size_t *count);
/* A condition as it stands in the file; the last resort where there is none. */
struct recist_item recist_describe_condition(const char *text);
/* Whether conventions leave a condition any chance; people are told when they do not. */
struct recist_item recist_describe_force(bool in_force);
/* "90 combinations of target, non_target, new_lesion are decided by 13 rows". */
const char *recist_describe_proof(struct recist_document *document,
                                  const struct recist_criteria *criteria);

#endif
