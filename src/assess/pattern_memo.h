/* SPDX-License-Identifier: MIT
 * Whether a text of a lesion matches a pattern, remembered: sites and methods are few, and lesions
 * many. */
#ifndef RECIST_ASSESS_PATTERN_MEMO_H
#define RECIST_ASSESS_PATTERN_MEMO_H

#include <recist/finding.h>

#include "criteria/pattern.h"

#define RECIST_PATTERN_MEMO_SLOTS 256
#define RECIST_PATTERN_MEMO_TEXT 46

struct recist_pattern_memo {
    struct recist_pattern_memo_slot {
        const struct recist_pattern *pattern; /* NULL: nothing is remembered here */
        char text[RECIST_PATTERN_MEMO_TEXT];
        uint8_t length;
        bool matches;
    } slots[RECIST_PATTERN_MEMO_SLOTS];
};

bool recist_pattern_memo_matches(struct recist_pattern_memo *memo,
                                 const struct recist_pattern *pattern, struct recist_slice text);

#endif
