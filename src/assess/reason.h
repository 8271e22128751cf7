/* SPDX-License-Identifier: MIT
 * recist_reason() for those who write many rows: without a copy in between. */
#ifndef RECIST_ASSESS_REASON_H
#define RECIST_ASSESS_REASON_H

#include <recist/assessment.h>

#include "base/recent_texts.h"

/* The same reason at the end of a text, which remembers when memory is out. Returns what of it matters
 * in CSV (base/quoting.h). */
unsigned recist_reason_write(struct recist_assessor *assessor, size_t visit, struct recist_text *text);

/* What the assessor wrote lately, for the cells of its thread. */
struct recist_recent_texts *recist_assessor_recent_texts(struct recist_assessor *assessor);

#endif
