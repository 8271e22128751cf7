/* SPDX-License-Identifier: MIT */
#include "criteria/pattern.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"

/* Far above what a site text needs; reached within milliseconds by a pattern that explodes. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 20000
#define HEAP_LIMIT_KIB 4096

struct recist_pattern {
    pcre2_code *code;
    bool matches_nothing; /* the empty text, which is asked about most: a column left out */
};

struct recist_organ_scratch {
    pcre2_match_data *data;
    pcre2_match_context *limits;
    bool limited;
};

struct recist_organ_scratch *recist_organ_scratch_create(void)
{
    struct recist_organ_scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) {
        return NULL;
    }
    scratch->data = pcre2_match_data_create(1, NULL);
    scratch->limits = pcre2_match_context_create(NULL);
    if (!scratch->data || !scratch->limits) {
        recist_organ_scratch_destroy(scratch);
        return NULL;
    }
    pcre2_set_match_limit(scratch->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(scratch->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(scratch->limits, HEAP_LIMIT_KIB);
    return scratch;
}

void recist_organ_scratch_destroy(struct recist_organ_scratch *scratch)
{
    if (scratch) {
        pcre2_match_data_free(scratch->data);
        pcre2_match_context_free(scratch->limits);
        free(scratch);
    }
}

bool recist_organ_scratch_limited(const struct recist_organ_scratch *scratch)
{
    return scratch->limited;
}

void recist_organ_scratch_forget_limits(struct recist_organ_scratch *scratch)
{
    scratch->limited = false;
}

/* The text up to its limit, not ending within a character. */
static size_t length_looked_at(struct recist_slice text)
{
    size_t length = text.length;
    if (length > RECIST_PATTERN_LONGEST_TEXT) {
        length = RECIST_PATTERN_LONGEST_TEXT;
        while (length > 0 && ((unsigned char)text.text[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    return length;
}

static int match(const struct recist_pattern *pattern, struct recist_organ_scratch *scratch,
                 struct recist_slice text, uint32_t options)
{
    const char *subject = text.length > 0 ? text.text : "";
    return pcre2_match(pattern->code, (PCRE2_SPTR)subject, length_looked_at(text), 0, options,
                       scratch->data, scratch->limits);
}

static bool is_limit(int result)
{
    return result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT ||
           result == PCRE2_ERROR_HEAPLIMIT || result == PCRE2_ERROR_JIT_STACKLIMIT ||
           result == PCRE2_ERROR_NOMEMORY;
}

bool recist_pattern_match(const struct recist_pattern *pattern,
                          struct recist_organ_scratch *scratch, struct recist_slice text)
{
    int result = match(pattern, scratch, text, 0);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT) {
        /* The interpreter keeps its stack on the heap: the answer must not depend on which one
         * a machine has. */
        result = match(pattern, scratch, text, PCRE2_NO_JIT);
    }
    scratch->limited |= is_limit(result);
    return result >= 0;
}

static bool matches_text(const struct recist_pattern *pattern, struct recist_slice text)
{
    struct recist_organ_scratch *scratch = recist_organ_scratch_create();
    bool matches = scratch && recist_pattern_match(pattern, scratch, text);
    recist_organ_scratch_destroy(scratch);
    return matches;
}

bool recist_pattern_matches(const struct recist_pattern *pattern, struct recist_slice text)
{
    return text.length > 0 ? matches_text(pattern, text) : pattern->matches_nothing;
}

static void report_bad_pattern(struct recist_findings *findings,
                               const struct recist_yaml_node *scalar, size_t offset,
                               struct recist_slice pattern, int error)
{
    PCRE2_UCHAR why[256] = "";
    pcre2_get_error_message(error, why, sizeof why);
    recist_findings_report(findings, RECIST_KIND(RULES_BAD_PATTERN),
                           recist_yaml_place_within(scalar, offset), (struct recist_subject){0},
                           "the pattern \"%s\" cannot be read: %s", RECIST_SHOWN(pattern),
                           (const char *)why);
}

static pcre2_code *compile(struct recist_slice pattern, int *error, size_t *error_offset)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        *error = PCRE2_ERROR_NOMEMORY;
        *error_offset = 0;
        return NULL;
    }
    pcre2_set_max_pattern_length(context, RECIST_PATTERN_LONGEST);
    /* \C could stop in the middle of a character. */
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.text, pattern.length, options, error,
                                     error_offset, context);
    pcre2_compile_context_free(context);
    return code;
}

struct recist_pattern *recist_pattern_compile(const struct recist_yaml_node *scalar, size_t offset,
                                              struct recist_slice pattern,
                                              struct recist_findings *findings)
{
    int error = 0;
    size_t error_offset = 0;
    pcre2_code *code = compile(pattern, &error, &error_offset);
    if (!code) {
        report_bad_pattern(findings, scalar, offset + error_offset, pattern, error);
        return NULL;
    }
    struct recist_pattern *compiled = malloc(sizeof *compiled);
    if (!compiled) {
        pcre2_code_free(code);
        report_bad_pattern(findings, scalar, offset, pattern, PCRE2_ERROR_NOMEMORY);
        return NULL;
    }
    /* Where there is no just-in-time compiler, matching is slower and means the same. */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    *compiled = (struct recist_pattern){.code = code};
    compiled->matches_nothing = matches_text(compiled, (struct recist_slice){"", 0});
    return compiled;
}

void recist_pattern_destroy(struct recist_pattern *pattern)
{
    if (pattern) {
        pcre2_code_free(pattern->code);
        free(pattern);
    }
}
