/* SPDX-License-Identifier: MIT */
#include "criteria/yaml_problem.h"

#include <string.h>
#include <yaml.h>

#include "base/finding_kinds.h"

struct explanation {
    const char *problem; /* as libyaml words it */
    const char *say;
    bool at_start; /* what is wrong is where the construct began, not where its end was missed */
    bool tag;
};

static const struct explanation explanations[] = {
    {.problem = "mapping values are not allowed in this context",
     .say = "a colon followed by a space stands where no key can be; write text that holds one in "
            "quotes, and check the indentation"},
    {.problem = "did not find expected key",
     .say = "this does not fit the indentation or quotes before it; expected a key"},
    {.problem = "did not find expected '-' indicator",
     .say = "this does not fit the list before it; expected an item that starts with \"- \""},
    {.problem = "could not find expected ':'", .say = "a key stands here without a colon after it"},
    {.problem = "did not find expected ',' or ']'",
     .say = "a comma or the closing ] of a list is missing"},
    {.problem = "did not find expected ',' or '}'",
     .say = "a comma or the closing } of a mapping is missing"},
    {.problem = "did not find expected node content", .say = "a value is missing here"},
    {.problem = "found unexpected end of stream",
     .say = "a quote is opened here and never closed",
     .at_start = true},
    {.problem = "found unexpected document indicator",
     .say = "a quote is opened here and not closed before the end of the document",
     .at_start = true},
    {.problem = "found unknown escape character",
     .say = "this backslash escape is not known in double quotes; use single quotes, or write "
            "\\\\ for a backslash"},
    {.problem = "block sequence entries are not allowed in this context",
     .say = "an item of a list cannot start here; put it on a line of its own"},
    {.problem = "did not find expected alphabetic or numeric character",
     .say = "text that begins with * or & must stand in quotes"},
    {.problem = "did not find expected <document start>",
     .say = "this does not belong to the text before it; expected the end of the file"},
    {.problem = "found undefined tag handle",
     .say = "a tag (!) stands here; criteria files may not use tags",
     .tag = true},
};

static const struct explanation *explanation_of(const char *problem)
{
    for (size_t i = 0; problem && i < sizeof explanations / sizeof *explanations; i++) {
        if (strcmp(explanations[i].problem, problem) == 0) {
            return &explanations[i];
        }
    }
    return NULL;
}

/* The bytes from the problem on; a mark counts characters. */
static struct recist_slice text_at(struct recist_slice bytes, yaml_mark_t mark)
{
    for (size_t index = 0; index < mark.index && bytes.length > 0; index++) {
        do {
            bytes.text++;
            bytes.length--;
        } while (bytes.length > 0 && ((unsigned char)*bytes.text & 0xC0) == 0x80);
    }
    return bytes;
}

static struct recist_place place_of(yaml_mark_t mark, const char *file)
{
    return (struct recist_place){
        .file = file, .line = mark.line + 1, .column = (uint32_t)mark.column + 1};
}

static void report_unstartable(const yaml_parser_t *parser, struct recist_slice bytes,
                               const char *file, struct recist_findings *findings)
{
    struct recist_slice at = text_at(bytes, parser->problem_mark);
    char character = at.length > 0 ? at.text[0] : '?';
    struct recist_place place = place_of(parser->problem_mark, file);
    struct recist_subject none = {0};
    if (character == '\t') {
        recist_findings_report(findings, RECIST_KIND(RULES_SYNTAX), place, none,
                               "a tab stands before this text; indent with spaces");
    } else {
        recist_findings_report(findings, RECIST_KIND(RULES_SYNTAX), place, none,
                               "text cannot begin with a bare %c; write it in quotes", character);
    }
}

static void report_explained(const yaml_parser_t *parser, const struct explanation *explanation,
                             const char *file, struct recist_findings *findings)
{
    const struct recist_finding_kind *kind =
        explanation->tag ? RECIST_KIND(RULES_UNSAFE) : RECIST_KIND(RULES_SYNTAX);
    struct recist_subject none = {0};
    bool has_start = parser->context != NULL;
    if (has_start && explanation->at_start) {
        recist_findings_report(findings, kind, place_of(parser->context_mark, file), none, "%s",
                               explanation->say);
    } else if (has_start && parser->context_mark.line != parser->problem_mark.line) {
        recist_findings_report(findings, kind, place_of(parser->problem_mark, file), none,
                               "%s (in what begins on line %zu)", explanation->say,
                               parser->context_mark.line + 1);
    } else {
        recist_findings_report(findings, kind, place_of(parser->problem_mark, file), none, "%s",
                               explanation->say);
    }
}

void recist_yaml_report_problem(const struct yaml_parser_s *parser, struct recist_slice bytes,
                                const char *file, struct recist_findings *findings)
{
    const char *problem = parser->problem ? parser->problem : "unknown problem";
    const struct explanation *explanation = explanation_of(problem);
    if (explanation) {
        report_explained(parser, explanation, file, findings);
    } else if (strcmp(problem, "found character that cannot start any token") == 0) {
        report_unstartable(parser, bytes, file, findings);
    } else {
        recist_findings_report(findings, RECIST_KIND(RULES_SYNTAX),
                               place_of(parser->problem_mark, file), (struct recist_subject){0},
                               "this is not YAML: %s", problem);
    }
}
