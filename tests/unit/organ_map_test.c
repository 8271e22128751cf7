/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "criteria/organ_map.h"

static struct recist_arena arena;
static struct recist_findings *findings;
static struct recist_organ_map *map;
static struct recist_organ_scratch *scratch;

static void set_up(void)
{
    recist_arena_init(&arena, 0);
    findings = recist_findings_create();
    map = recist_organ_map_create();
    scratch = recist_organ_scratch_create();
}

static void tear_down(void)
{
    recist_organ_scratch_destroy(scratch);
    recist_organ_map_destroy(map);
    recist_findings_destroy(findings);
    recist_arena_destroy(&arena);
}

static struct recist_slice slice(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

/* The value of the only key. */
static const struct recist_yaml_node *scalar(const char *document)
{
    struct recist_yaml_node *root = NULL;
    ck_assert_int_eq(recist_yaml_parse(slice(document), "organs.yaml", &arena, findings, &root),
                     RECIST_DONE);
    return root->first;
}

static bool add(const char *organ, bool nodal, const char *document)
{
    return recist_organ_map_add(map, slice(organ), nodal, scalar(document), findings);
}

static void fill(void)
{
    ck_assert(add("lymph node", true, "match: '(?i)\\b(lymph )?nod(e|es|al)\\b|adenopath'"));
    ck_assert(add("liver", false, "match: '(?i)\\b(liver|hepat|leber)'"));
    ck_assert(add("lung", false, "match: \"(?i)\\\\blungs?\\\\b\""));
    ck_assert(add("ear", false, "match: '(?i)\\bohr\\b'"));
    ck_assert(add("throat", false, "match: '(?i)rachenhöhle'"));
}

static const struct {
    const char *site;
    size_t length; /* 0: up to the terminator */
    const char *organ;
    bool nodal;
} sites[] = {
    {.site = "liver", .organ = "liver"},
    {.site = "Liver, segment VII", .organ = "liver"},
    {.site = "HEPATIC DOME", .organ = "liver"},
    {.site = "right lung", .organ = "lung"},
    {.site = "Lungs", .organ = "lung"},
    {.site = "sliver", .organ = ""},
    {.site = "lungwort", .organ = ""},
    /* The first pattern that fits decides. */
    {.site = "liver hilum node", .organ = "lymph node", .nodal = true},
    {.site = "Mediastinal lymph node", .organ = "lymph node", .nodal = true},
    {.site = "lymphadenopathy", .organ = "lymph node", .nodal = true},
    {.site = "nodule", .organ = ""},
    /* Letters beyond ASCII are letters, in either case. */
    {.site = "föhr", .organ = ""},
    {.site = "Ohr", .organ = "ear"},
    {.site = "RACHENHÖHLE", .organ = "throat"},
    {.site = "", .organ = ""},
    {.site = "\xff liver", .organ = ""},
    {.site = "liver \xc3", .organ = ""},
    {.site = "a\0liver", .length = 7, .organ = "liver"},
};

START_TEST(finds_organs)
{
    fill();
    struct recist_slice site = slice(sites[_i].site);
    if (sites[_i].length > 0) {
        site.length = sites[_i].length;
    }
    struct recist_slice organ = slice("unset");
    bool nodal = !sites[_i].nodal;
    recist_organ_map_find(map, scratch, site, &organ, &nodal);
    ck_assert_uint_eq(organ.length, strlen(sites[_i].organ));
    ck_assert(organ.length == 0 || memcmp(organ.text, sites[_i].organ, organ.length) == 0);
    ck_assert(nodal == sites[_i].nodal);
    ck_assert(!recist_organ_scratch_limited(scratch));
}
END_TEST

START_TEST(lists_organs)
{
    ck_assert_uint_eq(recist_organ_map_nodal_organ(map).length, 0);
    fill();
    ck_assert_uint_eq(recist_organ_map_count(map), 5);
    ck_assert_str_eq(recist_organ_map_name(map, 1).text, "liver");
    ck_assert_str_eq(recist_organ_map_pattern(map, 2).text, "(?i)\\blungs?\\b");
    ck_assert(recist_organ_map_is_nodal(map, 0) && !recist_organ_map_is_nodal(map, 1));
    ck_assert_str_eq(recist_organ_map_nodal_organ(map).text, "lymph node");
}
END_TEST

START_TEST(looks_at_a_thousand_bytes)
{
    ck_assert(add("liver", false, "match: liver"));
    char text[2000];
    memset(text, ' ', sizeof text);
    struct recist_slice organ;
    bool nodal;
    memcpy(text + 995, "liver", 5);
    recist_organ_map_find(map, scratch, (struct recist_slice){text, sizeof text}, &organ, &nodal);
    ck_assert_uint_eq(organ.length, 5);
    memcpy(text + 995, " liver", 6);
    recist_organ_map_find(map, scratch, (struct recist_slice){text, sizeof text}, &organ, &nodal);
    ck_assert_uint_eq(organ.length, 0);
    /* A character across the limit is left out, and the rest is looked at. */
    memcpy(text, "liver", 5);
    memcpy(text + 998, "\xe2\x80\x93", 3);
    recist_organ_map_find(map, scratch, (struct recist_slice){text, sizeof text}, &organ, &nodal);
    ck_assert_uint_eq(organ.length, 5);
}
END_TEST

static const struct {
    const char *document;
    uint64_t line;
    uint32_t column;
    const char *says;
} bad_patterns[] = {
    {"match: '(liver'\n", 1, 15, "cannot be read: missing closing parenthesis"},
    {"match: 'liver)'\n", 1, 14, "parenthesis"},
    {"match: li[ver\n", 1, 14, "missing terminating ]"},
    {"match: '*liver'\n", 1, 9, "quantifier"},
    {"match: \"\\\\b(\\\\p{No_Such})\"\n", 1, 25, "property"},
    {"match: >-\n  liver|\n  (hepar\n", 3, 9, "parenthesis"},
    {"match: 'a\\Cb'\n", 1, 12, "\\C is disabled"},
    {"match: ''\n", 1, 8, "empty text"},
    {"match: 'x?'\n", 1, 8, "empty text"},
    {"match: '(a{1,9999}){1,9999}'\n", 1, 28, "too large"},
};

START_TEST(refuses_bad_patterns)
{
    const struct recist_yaml_node *node = scalar(bad_patterns[_i].document);
    ck_assert(!recist_organ_map_add(map, slice("liver"), false, node, findings));
    ck_assert_uint_eq(recist_organ_map_count(map), 0);
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    const struct recist_finding *finding = recist_findings_at(findings, 0);
    ck_assert_str_eq(finding->kind->code, "rules-bad-pattern");
    ck_assert_str_eq(finding->place.file, "organs.yaml");
    ck_assert_msg(strstr(finding->message.text, bad_patterns[_i].says), "\"%s\" lacks \"%s\"",
                  finding->message.text, bad_patterns[_i].says);
    ck_assert_uint_eq(finding->place.line, bad_patterns[_i].line);
    ck_assert_uint_eq(finding->place.column, bad_patterns[_i].column);
}
END_TEST

START_TEST(refuses_patterns_without_end)
{
    char document[RECIST_PATTERN_LONGEST + 32] = "match: ";
    memset(document + 7, 'a', RECIST_PATTERN_LONGEST + 1);
    ck_assert(!add("liver", false, document));
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    document[7 + RECIST_PATTERN_LONGEST] = '\0';
    ck_assert(add("liver", false, document));
}
END_TEST

START_TEST(compiles_parts_of_conditions)
{
    const struct recist_yaml_node *node = scalar("when: 'method matches \"(x\"'\n");
    const char *start = strstr(node->text, "(x");
    ck_assert_ptr_null(recist_pattern_compile_part(map, node, (size_t)(start - node->text),
                                                   (struct recist_slice){start, 2}, findings));
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    ck_assert_uint_eq(recist_findings_at(findings, 0)->place.column, 26);
    const struct recist_pattern *pattern = recist_pattern_compile_part(
        map, node, (size_t)(start - node->text) + 1, (struct recist_slice){start + 1, 1}, findings);
    ck_assert_ptr_nonnull(pattern);
    ck_assert(recist_pattern_matches(pattern, slice("a box")));
    ck_assert(!recist_pattern_matches(pattern, slice("a bag")));
    ck_assert(!recist_pattern_matches(pattern, (struct recist_slice){0}));
}
END_TEST

/* Exponential in the length of the text, unless it is stopped. */
START_TEST(stops_patterns_that_explode)
{
    ck_assert(add("trap", false, "match: '^(a+)+$'"));
    ck_assert(add("other", false, "match: 'b$'"));
    char text[RECIST_PATTERN_LONGEST_TEXT];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'b';
    struct recist_slice organ;
    bool nodal;
    recist_organ_map_find(map, scratch, (struct recist_slice){text, sizeof text}, &organ, &nodal);
    ck_assert_str_eq(organ.text, "other");
    ck_assert(recist_organ_scratch_limited(scratch));
}
END_TEST

START_TEST(matches_deep_patterns_on_the_longest_text)
{
    ck_assert(add("deep", false, "match: '^((a|b)|(?:ab)+)+$'"));
    char text[RECIST_PATTERN_LONGEST_TEXT];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = i % 2 == 0 ? 'a' : 'b';
    }
    struct recist_slice organ;
    bool nodal;
    recist_organ_map_find(map, scratch, (struct recist_slice){text, sizeof text}, &organ, &nodal);
    ck_assert_uint_eq(organ.length, 4);
    ck_assert(!recist_organ_scratch_limited(scratch));
}
END_TEST

static void *find_often(void *found)
{
    struct recist_organ_scratch *own = recist_organ_scratch_create();
    size_t *count = found;
    for (size_t i = 0; own && i < 2000; i++) {
        struct recist_slice organ;
        bool nodal;
        recist_organ_map_find(map, own, slice(i % 2 == 0 ? "node" : "Lung"), &organ, &nodal);
        *count += organ.length == (i % 2 == 0 ? strlen("lymph node") : strlen("lung"));
    }
    recist_organ_scratch_destroy(own);
    return NULL;
}

START_TEST(serves_several_threads)
{
    fill();
    pthread_t threads[4];
    size_t found[4] = {0};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, find_often, &found[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_uint_eq(found[i], 2000);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("organ_map");
    TCase *organs = tcase_create("organs");
    tcase_add_checked_fixture(organs, set_up, tear_down);
    tcase_add_loop_test(organs, finds_organs, 0, (int)(sizeof sites / sizeof *sites));
    tcase_add_test(organs, lists_organs);
    tcase_add_test(organs, looks_at_a_thousand_bytes);
    tcase_add_loop_test(organs, refuses_bad_patterns, 0,
                        (int)(sizeof bad_patterns / sizeof *bad_patterns));
    tcase_add_test(organs, refuses_patterns_without_end);
    tcase_add_test(organs, compiles_parts_of_conditions);
    tcase_add_test(organs, stops_patterns_that_explode);
    tcase_add_test(organs, matches_deep_patterns_on_the_longest_text);
    tcase_add_test(organs, serves_several_threads);
    suite_add_tcase(suite, organs);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
