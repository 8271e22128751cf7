/* SPDX-License-Identifier: MIT
 * Criteria files with one thing wrong: a sound file in which a piece is replaced. An @ in the new
 * piece marks where the finding must stand, and is taken out. Nothing else may be reported: what
 * follows from a mistake is no finding of its own. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <recist/criteria.h>

#include "base/finding_kinds.h"
#include "criteria_load_cases.h"

#define MOST_TEXT 8192
#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

static const struct {
    const char *name;
    const char *value;
    const char *says;
} settings[] = {
    {"readng", "other", "did you mean \"reading\"?"},
    {"reading", "othr", "expected one of plain, other"},
    {"strict", "maybe", "expected one of yes, no"},
    {"window", "5 mm", "window is a number of days, and \"5 mm\" is not"},
    {"window", "soon", "\"soon\" is not"},
    {"window", "5 dais", "\"5 dais\" is not"},
    {"window", "", "\"\" is not"},
};

static char path[] = "/tmp/recist-criteria-load-XXXXXX.yaml";
static struct recist_findings *findings;
static struct recist_criteria *criteria;
static char text[MOST_TEXT];

static void set_up(void)
{
    memcpy(path + strlen(path) - strlen("XXXXXX.yaml"), "XXXXXX", 6);
    int descriptor = mkstemps(path, (int)strlen(".yaml"));
    ck_assert_int_ge(descriptor, 0);
    close(descriptor);
    findings = recist_findings_create();
    ck_assert_ptr_nonnull(findings);
    criteria = NULL;
    memcpy(text, sound, sizeof sound);
}

static void tear_down(void)
{
    recist_criteria_destroy(criteria);
    recist_findings_destroy(findings);
    unlink(path);
}

static void replace(const char *old, const char *with)
{
    static char altered[MOST_TEXT];
    const char *at = strstr(text, old);
    ck_assert_msg(at != NULL, "\"%s\" does not stand in the file", old);
    int length = snprintf(altered, sizeof altered, "%.*s%s%s", (int)(at - text), text, with,
                          at + strlen(old));
    ck_assert_int_lt(length, MOST_TEXT);
    memcpy(text, altered, (size_t)length + 1);
}

/* Takes out the mark, and tells where it stood. */
static struct recist_place take_mark(void)
{
    struct recist_place place = {.line = 1, .column = 1};
    char *mark = strchr(text, '@');
    ck_assert_ptr_nonnull(mark);
    for (const char *at = text; at < mark; at++) {
        place.line += *at == '\n';
        place.column = *at == '\n' ? 1 : place.column + 1;
    }
    memmove(mark, mark + 1, strlen(mark));
    return place;
}

static enum recist_outcome load(const struct recist_setting *setting)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
    return recist_criteria_load(path, NULL, 0, setting, setting != NULL, findings, &criteria);
}

static const char *said(void)
{
    static char all[MOST_TEXT];
    size_t length = 0;
    all[0] = '\0';
    for (size_t i = 0; i < recist_findings_count(findings) && length < sizeof all; i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        length += (size_t)snprintf(all + length, sizeof all - length, "\n%d:%d %s %.*s",
                                   (int)finding->place.line, (int)finding->place.column,
                                   finding->kind->code, (int)finding->message.length,
                                   finding->message.text);
    }
    return all;
}

/* Loads the text, which must give exactly this finding, at the mark. */
static void check_only(const char *code)
{
    struct recist_place place = take_mark();
    enum recist_outcome outcome = load(NULL);
    ck_assert_msg(recist_findings_count(findings) == 1, "one finding at %d:%d, not:%s",
                  (int)place.line, (int)place.column, said());
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    bool warning = finding->kind->severity == RECIST_WARNING;
    ck_assert_str_eq(finding->kind->code, code);
    ck_assert_str_eq(finding->place.file, path);
    ck_assert_msg(finding->place.line == place.line && finding->place.column == place.column,
                  "%d:%d, not:%s", (int)place.line, (int)place.column, said());
    ck_assert_uint_gt(finding->message.length, 0);
    ck_assert_int_eq(outcome, warning ? RECIST_DONE : RECIST_INVALID);
    ck_assert_int_eq(criteria != NULL, warning);
}

START_TEST(loads_the_sound_file)
{
    ck_assert_int_eq(load(NULL), RECIST_DONE);
    ck_assert_msg(recist_findings_count(findings) == 0, "%s", said());
    struct recist_criteria_proof proof = recist_criteria_proof(criteria);
    ck_assert_uint_eq(proof.combinations, 6);
    ck_assert_uint_eq(proof.columns, 2);
    ck_assert_uint_eq(proof.rows, 4);
    ck_assert_uint_eq(proof.rules, 5);
    ck_assert_uint_eq(proof.components, 2);
    ck_assert_uint_eq(proof.conventions, 4);
}
END_TEST

START_TEST(finds_the_alteration)
{
    const struct alteration *alteration = &alterations[_i];
    replace(alteration->old, alteration->with);
    if (alteration->old_too) {
        replace(alteration->old_too, alteration->with_too);
    }
    check_only(alteration->code);
}
END_TEST

START_TEST(refuses_the_condition)
{
    replace(condition, conditions[_i].text);
    check_only(conditions[_i].code);
}
END_TEST

START_TEST(refuses_the_condition_of_a_lesion)
{
    char whole[256];
    snprintf(whole, sizeof whole, "gone: %s", lesion_conditions[_i].text);
    replace(definition, whole);
    check_only(lesion_conditions[_i].code);
}
END_TEST

START_TEST(refuses_the_setting)
{
    struct recist_setting setting = {settings[_i].name, settings[_i].value};
    ck_assert_int_eq(load(&setting), RECIST_INVALID);
    ck_assert_msg(recist_findings_count(findings) == 1, "%s", said());
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    ck_assert_str_eq(finding->kind->code, "rules-setting");
    ck_assert_str_eq(finding->place.file, "--set");
    ck_assert_uint_eq(finding->place.line, 0);
    ck_assert_msg(strstr(finding->message.text, settings[_i].says) != NULL, "%s", said());
}
END_TEST

START_TEST(takes_a_setting)
{
    struct recist_setting setting = {"window", "6 weeks"};
    ck_assert_int_eq(load(&setting), RECIST_DONE);
    ck_assert_int_eq(recist_criteria_baseline_window(criteria), 42);
}
END_TEST

/* A condition that is switched off is read all the same, and a value that a setting leaves without
 * any case is found with that setting. */
START_TEST(finds_what_a_setting_brings_out)
{
    struct recist_setting setting = {"strict", "yes"};
    replace("- {value: longest_diameter}", "- {when: not strict, value: longest_diameter}");
    replace("      - {when: nodal, value: short_axis}\n", "");
    ck_assert_int_eq(load(NULL), RECIST_DONE);
    recist_criteria_destroy(criteria);
    ck_assert_int_eq(load(&setting), RECIST_INVALID);
    ck_assert_msg(recist_findings_count(findings) == 1, "%s", said());
    ck_assert_str_eq(recist_findings_at(findings, 0)->kind->code, "rules-unreachable");
}
END_TEST

/* Definitions are written out where they are used: this one 16 times 16 times ... */
START_TEST(refuses_conditions_that_grow_without_end)
{
    static char grown[MOST_TEXT];
    int length = snprintf(grown, sizeof grown, "d0: nodal\n");
    for (int i = 1; i < 9; i++) {
        length += snprintf(grown + length, sizeof grown - (size_t)length, "  d%d: d%d", i, i - 1);
        for (int k = 0; k < 15; k++) {
            length += snprintf(grown + length, sizeof grown - (size_t)length, " and d%d", i - 1);
        }
        length += snprintf(grown + length, sizeof grown - (size_t)length, "\n");
    }
    snprintf(grown + length, sizeof grown - (size_t)length, "  gone: d8");
    replace(definition, grown);
    ck_assert_int_eq(load(NULL), RECIST_INVALID);
    ck_assert_msg(recist_findings_count(findings) == 1, "%s", said());
    ck_assert_str_eq(recist_findings_at(findings, 0)->kind->code, "rules-condition");
}
END_TEST

START_TEST(refuses_conditions_that_are_nested_too_deeply)
{
    char nested[256];
    memset(nested, '(', 60);
    memcpy(nested + 60, "strict", 6);
    memset(nested + 66, ')', 60);
    nested[126] = '\0';
    replace(condition, nested);
    ck_assert_int_eq(load(NULL), RECIST_INVALID);
    ck_assert_msg(recist_findings_count(findings) == 1, "%s", said());
    ck_assert_str_eq(recist_findings_at(findings, 0)->kind->code, "rules-condition");
}
END_TEST

/* One file with much that is wrong: everything is said at once, and nothing twice. */
START_TEST(says_everything_at_once)
{
    static const struct {
        const char *old;
        const char *with;
    } mistakes[] = {
        {"title: Tiny", "titel: Tiny"},
        {"source: nowhere", "source: nowhere\nsource: here"},
        {"value: plain", "value: plane"},
        {"span: 14 days", "span: 14 mm"},
        {"match: 'node'", "match: '(node'"},
        {"value: longest_diameter", "value: longest_diametre"},
        {"increase(sum, nadir(sum)) >= 20 %", "sum > 20 %"},
        {"say: \"sum {sum}\"", "say: \"sum {som} {nadir(summ)}\""},
        {"c: [PD, \"no\", PD]", "c: [any, \"no\", PD]"},
        {"d: [SD, \"no\", SD]", "d: [SX, \"no\", SD]"},
        {"ever(overall = PD)", "ever(overall = XX)"},
        {"count(role = target) > 5", "count(role = targt) > 5"},
    };
    static const struct {
        const char *code;
        uint64_t line;
        uint32_t column;
    } expected[] = {
        {"rules-missing-key", 1, 1},          {"rules-unknown-key", 2, 1},
        {"rules-duplicate-key", 6, 1},        {"rules-unknown-word", 15, 12},
        {"rules-wrong-unit", 21, 9},          {"rules-bad-pattern", 36, 37},
        {"rules-unknown-name", 43, 17},       {"rules-wrong-unit", 58, 19},
        {"rules-unknown-name", 59, 20},       {"rules-unknown-name", 59, 32},
        {"rules-table-contradiction", 72, 7}, {"rules-unknown-word", 73, 11},
        {"rules-unknown-word", 75, 49},       {"rules-unknown-word", 81, 60},
    };
    for (int i = 0; i < COUNT(mistakes); i++) {
        replace(mistakes[i].old, mistakes[i].with);
    }
    ck_assert_int_eq(load(NULL), RECIST_INVALID);
    recist_findings_sort(findings);
    ck_assert_msg(recist_findings_count(findings) == COUNT(expected), "%s", said());
    for (int i = 0; i < COUNT(expected); i++) {
        const struct recist_finding *finding = recist_findings_at(findings, (size_t)i);
        ck_assert_msg(strcmp(finding->kind->code, expected[i].code) == 0 &&
                          finding->place.line == expected[i].line &&
                          finding->place.column == expected[i].column,
                      "%s at %d:%d among:%s", expected[i].code, (int)expected[i].line,
                      (int)expected[i].column, said());
    }
}
END_TEST

static bool is_tested(const char *code)
{
    bool found = strcmp(code, "rules-not-found") == 0 || strcmp(code, "rules-setting") == 0;
    for (int i = 0; i < COUNT(alterations) && !found; i++) {
        found = strcmp(alterations[i].code, code) == 0;
    }
    for (int i = 0; i < COUNT(conditions) && !found; i++) {
        found = strcmp(conditions[i].code, code) == 0;
    }
    return found;
}

START_TEST(tests_every_kind_of_finding)
{
    ck_assert_int_eq(
        recist_criteria_load("there is no such name", NULL, 0, NULL, 0, findings, &criteria),
        RECIST_UNREADABLE);
    ck_assert_str_eq(recist_findings_at(findings, 0)->kind->code, "rules-not-found");
    for (size_t i = 0; i < RECIST_FINDING_KIND_COUNT; i++) {
        const char *code = recist_finding_kinds[i].code;
        /* Said by the program, not by loading (tests/cli). */
        bool elsewhere = strcmp(code, "rules-status") == 0;
        ck_assert_msg(strncmp(code, "rules-", 6) != 0 || elsewhere || is_tested(code), "%s", code);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("criteria_load");
    TCase *tests = tcase_create("load");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, loads_the_sound_file);
    tcase_add_loop_test(tests, finds_the_alteration, 0, COUNT(alterations));
    tcase_add_loop_test(tests, refuses_the_condition, 0, COUNT(conditions));
    tcase_add_loop_test(tests, refuses_the_condition_of_a_lesion, 0, COUNT(lesion_conditions));
    tcase_add_loop_test(tests, refuses_the_setting, 0, COUNT(settings));
    tcase_add_test(tests, takes_a_setting);
    tcase_add_test(tests, finds_what_a_setting_brings_out);
    tcase_add_test(tests, refuses_conditions_that_grow_without_end);
    tcase_add_test(tests, refuses_conditions_that_are_nested_too_deeply);
    tcase_add_test(tests, says_everything_at_once);
    tcase_add_test(tests, tests_every_kind_of_finding);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
