/* SPDX-License-Identifier: MIT */
#include "base/finding_kinds.h"

const struct recist_finding_kind recist_finding_kinds[RECIST_FINDING_KIND_COUNT] = {
#define RECIST_FINDING(name, code, severity, meaning)                                              \
    [RECIST_FINDING_##name] = {code, severity, meaning},
#include "base/finding_kinds.def"
#undef RECIST_FINDING
};
