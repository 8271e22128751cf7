/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/finding_kinds.h"
#include "criteria/yaml_access.h"

#define FILE_NAME "trial.yaml"
#define MOST_EXPECTED 6

static struct recist_arena arena;
static struct recist_findings *findings;
static struct recist_yaml_node *root;
static struct recist_yaml_reader reader;

static void set_up(void)
{
    recist_arena_init(&arena, 0);
    findings = recist_findings_create();
    root = NULL;
    reader = (struct recist_yaml_reader){.arena = &arena, .findings = findings};
}

static void tear_down(void)
{
    recist_findings_destroy(findings);
    recist_arena_destroy(&arena);
}

static enum recist_outcome parse(const char *text, size_t length)
{
    return recist_yaml_parse((struct recist_slice){text, length}, FILE_NAME, &arena, findings,
                             &root);
}

static void parse_sound(const char *text)
{
    ck_assert_int_eq(parse(text, strlen(text)), RECIST_DONE);
    ck_assert_uint_eq(recist_findings_count(findings), 0);
    ck_assert_ptr_nonnull(root);
}

struct expected {
    const char *code;
    uint64_t line;
    uint32_t column;
    const char *says; /* part of the message */
};

static void check_findings(const struct expected *expected)
{
    recist_findings_sort(findings);
    size_t count = 0;
    for (; count < MOST_EXPECTED && expected[count].code; count++) {
        ck_assert_uint_gt(recist_findings_count(findings), count);
        const struct recist_finding *finding = recist_findings_at(findings, count);
        ck_assert_str_eq(finding->kind->code, expected[count].code);
        ck_assert_str_eq(finding->place.file, FILE_NAME);
        ck_assert_msg(finding->place.line == expected[count].line &&
                          finding->place.column == expected[count].column,
                      "%s at %d:%d, not %d:%d", finding->kind->code, (int)finding->place.line,
                      (int)finding->place.column, (int)expected[count].line,
                      (int)expected[count].column);
        if (expected[count].says) {
            char message[1024];
            snprintf(message, sizeof message, "%.*s", (int)finding->message.length,
                     finding->message.text);
            ck_assert_msg(strstr(message, expected[count].says), "\"%s\" lacks \"%s\"", message,
                          expected[count].says);
        }
    }
    ck_assert_uint_eq(recist_findings_count(findings), count);
}

struct refusal {
    const char *text;
    size_t length; /* 0: up to the terminator */
    struct expected findings[MOST_EXPECTED];
    bool has_tree;
};

static const struct refusal refusals[] = {
    /* What YAML has and criteria files may not use. */
    {.text = "a: &x 1\nb: *x\n",
     .findings = {{"rules-unsafe", 1, 4, "anchor"}, {"rules-unsafe", 2, 4, "alias"}}},
    {.text = "a: &x {b: 1}\nc: &y [1]\n",
     .findings = {{"rules-unsafe", 1, 4, NULL}, {"rules-unsafe", 2, 4, NULL}},
     .has_tree = true},
    {.text = "a: &x 1\n*x : 2\n",
     .findings = {{"rules-unsafe", 1, 4, NULL}, {"rules-unsafe", 2, 1, NULL}}},
    {.text = "a: &x 1\nb: [*x, *x]\n",
     .findings = {{"rules-unsafe", 1, 4, NULL},
                  {"rules-unsafe", 2, 5, NULL},
                  {"rules-unsafe", 2, 9, NULL}}},
    {.text = "a: !!str 1\nb: !mine {c: 1}\nd: ! [1]\n",
     .findings = {{"rules-unsafe", 1, 4, "tag"},
                  {"rules-unsafe", 2, 4, NULL},
                  {"rules-unsafe", 3, 4, NULL}},
     .has_tree = true},
    {.text = "a: &x !!str 1\n",
     .findings = {{"rules-unsafe", 1, 4, "anchor"}, {"rules-unsafe", 1, 4, "tag"}},
     .has_tree = true},
    {.text = "a: !e!f 1\n", .findings = {{"rules-unsafe", 1, 4, "tag"}}},
    {.text = "%TAG !e! tag:example.org,2000:\n---\na: 1\n",
     .findings = {{"rules-unsafe", 1, 1, "%TAG"}},
     .has_tree = true},
    {.text = "a: 1\n---\nb: 1\n",
     .findings = {{"rules-unsafe", 2, 1, "second document"}}},
    {.text = "a: 1\n...\n---\nb: 1\n",
     .findings = {{"rules-unsafe", 3, 1, NULL}}},
    /* Keys. */
    {.text = "a: 1\nb: 2\na: 3\n",
     .findings = {{"rules-duplicate-key", 3, 1, "already on line 1"}},
     .has_tree = true},
    {.text = "x: {a: 1, 'a': 2, \"\\x61\": 3}\n",
     .findings = {{"rules-duplicate-key", 1, 11, NULL}, {"rules-duplicate-key", 1, 19, NULL}},
     .has_tree = true},
    {.text = "l:\n  - a: 1\n    a: 1\n  - a: 1\nl: 1\n",
     .findings = {{"rules-duplicate-key", 3, 5, "line 2"}, {"rules-duplicate-key", 5, 1, "line 1"}},
     .has_tree = true},
    {.text = "[a, b]: 1\nc: 1\n",
     .findings = {{"rules-wrong-kind", 1, 1, "key"}},
     .has_tree = true},
    {.text = "? {a: 1}\n: 1\nc: 1\n",
     .findings = {{"rules-wrong-kind", 1, 3, NULL}},
     .has_tree = true},
    /* Several at once. */
    {.text = "a: 1\na: !t 2\n[b]: 3\nc: &d e\n",
     .findings = {{"rules-duplicate-key", 2, 1, NULL},
                  {"rules-unsafe", 2, 4, NULL},
                  {"rules-wrong-kind", 3, 1, NULL},
                  {"rules-unsafe", 4, 4, NULL}},
     .has_tree = true},
    {.text = "a: 1\na: 2\n", .findings = {{"rules-duplicate-key", 2, 1, NULL}}, .has_tree = true},
    {.text = "a: &b 1\nc: [1, 2\n",
     .findings = {{"rules-unsafe", 1, 4, NULL}, {"rules-syntax", 3, 1, "closing ]"}}},
    /* Syntax. */
    {.text = "a: 1\n b: 2\n", .findings = {{"rules-syntax", 2, 3, "colon"}}},
    {.text = "a: b: c\n", .findings = {{"rules-syntax", 1, 5, "quotes"}}},
    {.text = "a:\n\t- 1\n", .findings = {{"rules-syntax", 2, 1, "tab"}}},
    {.text = "a: @b\n", .findings = {{"rules-syntax", 1, 4, "bare @"}}},
    {.text = "a: `b\n", .findings = {{"rules-syntax", 1, 4, "bare `"}}},
    {.text = "a: %b\n", .findings = {{"rules-syntax", 1, 4, "bare %"}}},
    {.text = "a: \"b\nc: 1\n", .findings = {{"rules-syntax", 1, 4, "never closed"}}},
    {.text = "a: 'b\nc: 1\n", .findings = {{"rules-syntax", 1, 4, "never closed"}}},
    {.text = "a: {b: 1\nc: 1\n", .findings = {{"rules-syntax", 2, 2, "closing }"}}},
    {.text = "a: [1, 2]]\n", .findings = {{"rules-syntax", 1, 10, NULL}}},
    {.text = "a: \"\\d\"\n", .findings = {{"rules-syntax", 1, 5, "single quotes"}}},
    {.text = "a: * 2\n", .findings = {{"rules-syntax", 1, 5, "begins with *"}}},
    {.text = "a: 1\nb\nc: 2\n", .findings = {{"rules-syntax", 3, 1, "without a colon"}}},
    {.text = "- 1\na: 2\n", .findings = {{"rules-syntax", 2, 1, "\"- \""}}},
    {.text = "a: - 1\n", .findings = {{"rules-syntax", 1, 4, "line of its own"}}},
    /* Bytes that are no text. */
    {.text = "a: 1\nb: \xff\n", .findings = {{"invalid-utf8", 2, 4, "0xFF"}}},
    {.text = "ä: \xc3\x28\n", .findings = {{"invalid-utf8", 1, 4, "0xC3"}}},
    {.text = "a: \xc0\xaf\n",
     .findings = {{"invalid-utf8", 1, 4, NULL}, {"invalid-utf8", 1, 5, NULL}}},
    {.text = "a: \xed\xa0\x80\n",
     .findings = {{"invalid-utf8", 1, 4, NULL},
                  {"invalid-utf8", 1, 5, NULL},
                  {"invalid-utf8", 1, 6, NULL}}},
    {.text = "a: \xf4\x90\x80\x80",
     .length = 5,
     .findings = {{"invalid-utf8", 1, 4, NULL}, {"invalid-utf8", 1, 5, NULL}}},
    {.text = "a: 1\r\nb: \0\r\n", .length = 12, .findings = {{"nul-byte", 2, 4, NULL}}},
    {.text = "a: \"\\0\"\n", .findings = {{"nul-byte", 1, 4, NULL}}, .has_tree = true},
    {.text = "a: \x1b[2J\n", .findings = {{"rules-syntax", 1, 4, "U+1B"}}},
    {.text = "a: \x7f\n", .findings = {{"rules-syntax", 1, 4, "U+7F"}}},
    {.text = "a: 1\xe2\x80\xa8"
             "b: 2\n",
     .findings = {{"rules-syntax", 1, 5, "line break"}}},
    {.text = "a: 1\xc2\x85"
             "b: 2\n",
     .findings = {{"rules-syntax", 1, 5, "line break"}}},
    {.text = "a: \xef\xbb\xbf\n", .findings = {{"rules-syntax", 1, 4, "byte order mark"}}},
    {.text = "\xff\xfe"
             "a\0:\0",
     .length = 6,
     .findings = {{"utf-16", 1, 1, NULL}}},
    {.text = "\xfe\xff\0a", .length = 4, .findings = {{"utf-16", 1, 1, NULL}}},
    /* Nothing. */
    {.text = "", .findings = {{"file-empty", 0, 0, NULL}}},
    {.text = "\n\n", .findings = {{"rules-syntax", 1, 1, "comments or blank lines only"}}},
    {.text = "# only this\n", .findings = {{"rules-syntax", 1, 1, NULL}}},
    {.text = "\xef\xbb\xbf", .findings = {{"rules-syntax", 1, 1, NULL}}},
};

START_TEST(refuses)
{
    const struct refusal *refusal = &refusals[_i];
    size_t length = refusal->length > 0 ? refusal->length : strlen(refusal->text);
    ck_assert_int_eq(parse(refusal->text, length), RECIST_INVALID);
    check_findings(refusal->findings);
    ck_assert_int_eq(root != NULL, refusal->has_tree);
}
END_TEST

START_TEST(keeps_the_first_of_duplicate_keys)
{
    const char *text = "a: 1\nb: 2\na: 3\nc: 4\n[k]: 5\nb: 6\n";
    ck_assert_int_eq(parse(text, strlen(text)), RECIST_INVALID);
    ck_assert_uint_eq(recist_findings_count(findings), 3);
    ck_assert_uint_eq(root->count, 3);
    ck_assert(recist_yaml_equals(root->first, "1"));
    ck_assert(recist_yaml_equals(root->first->next, "2"));
    ck_assert(recist_yaml_equals(root->first->next->next, "4"));
    ck_assert_ptr_null(root->first->next->next->next);
}
END_TEST

START_TEST(makes_a_tree)
{
    parse_sound("\xef\xbb\xbf"
                "# first\n"
                "title: \"RECIST 1.1\"\n"
                "größe:  12 mm  # twelve\n"
                "list:\n"
                "  - {a: ~, b: , c: ''}\n"
                "  - [x, 'it''s']\n"
                "text: >-\n"
                "  one\n"
                "  two\n");
    ck_assert_int_eq(root->kind, RECIST_YAML_MAPPING);
    ck_assert_uint_eq(root->count, 4);
    ck_assert_uint_eq(root->place.line, 2);
    ck_assert_uint_eq(root->place.column, 1);
    ck_assert_str_eq(root->place.file, FILE_NAME);

    const struct recist_yaml_node *title = root->first;
    ck_assert(recist_yaml_equals(title, "RECIST 1.1") && title->quoted);
    ck_assert(recist_yaml_equals(title->key, "title") && !title->key->quoted);
    ck_assert(title->place.line == 2 && title->place.column == 8);

    const struct recist_yaml_node *size = title->next;
    ck_assert(recist_yaml_equals(size, "12 mm") && !size->quoted);
    ck_assert(size->place.line == 3 && size->place.column == 9);
    ck_assert(size->key->place.line == 3 && size->key->place.column == 1);

    const struct recist_yaml_node *list = size->next;
    ck_assert_int_eq(list->kind, RECIST_YAML_SEQUENCE);
    ck_assert_uint_eq(list->count, 2);
    const struct recist_yaml_node *nothing = list->first->first;
    ck_assert(recist_yaml_equals(nothing, "~") && !nothing->quoted);
    ck_assert(recist_yaml_is_null(nothing));
    const struct recist_yaml_node *empty = nothing->next;
    ck_assert(recist_yaml_equals(empty, "") && !empty->quoted && recist_yaml_is_null(empty));
    const struct recist_yaml_node *quoted = empty->next;
    ck_assert(recist_yaml_equals(quoted, "") && quoted->quoted && !recist_yaml_is_null(quoted));
    const struct recist_yaml_node *second = list->first->next;
    ck_assert_int_eq(second->kind, RECIST_YAML_SEQUENCE);
    ck_assert_ptr_null(second->key);
    ck_assert(recist_yaml_equals(second->first->next, "it's"));

    const struct recist_yaml_node *text = list->next;
    ck_assert(recist_yaml_equals(text, "one two") && text->quoted);
    ck_assert(text->place.line == 7 && text->place.column == 7);
    ck_assert_ptr_null(text->next);
}
END_TEST

/* The place of the first character of `part` in the value of the only key. */
static const struct {
    const char *text;
    const char *part; /* NULL: the end of the text */
    uint64_t line;
    uint32_t column;
} places[] = {
    {"when: sum > 5 mm\n", "sum", 1, 7},
    {"when: sum > 5 mm\n", "5", 1, 13},
    {"when: sum > 5 mm\n", " >", 1, 10},
    {"when: sum > 5 mm  # why\n", NULL, 1, 17},
    {"when: 'sum > 5 mm'\n", "sum", 1, 8},
    {"when: 'sum > 5 mm'\n", "mm", 1, 16},
    {"when: 'sum > 5 mm'\n", NULL, 1, 18},
    {"when: 'it''s > 5'\n", "s > 5", 1, 12},
    {"when: \"a \\\"b\\\" c\"\n", "c", 1, 16},
    {"when: \"\\u00e4\\x42 c\"\n", "c", 1, 19},
    {"when: \"\\t\\x20\\u0020 c\"\n", "c", 1, 21},
    {"when: größe > x\n", "x", 1, 15},
    {"when: one\n  two three\n", "three", 2, 7},
    {"when: one\n\n  two\n", "two", 3, 3},
    {"when: 'one\n  two'\n", "two", 2, 3},
    {"when: \"one\\\n  two\"\n", "two", 2, 3},
    {"when: >-\n  one and\n  two\n", "one", 2, 3},
    {"when: >-\n  one and\n  two\n", "and", 2, 7},
    {"when: >-\n  one and\n  two\n", "two", 3, 3},
    {"when: >-\n  one and\n  two\n", NULL, 3, 6},
    {"when: |  # a remark\r\n    one\r\n      two\r\n", "two", 3, 7},
    {"when:\n  one\n", "one", 2, 3},
    {"when: ~\n", NULL, 1, 8},
    {"when:\n", NULL, 1, 6},
};

START_TEST(finds_places_within_text)
{
    parse_sound(places[_i].text);
    const struct recist_yaml_node *node = root->first;
    size_t offset = node->length;
    if (places[_i].part) {
        const char *part = strstr(node->text, places[_i].part);
        ck_assert_ptr_nonnull(part);
        offset = (size_t)(part - node->text);
    }
    struct recist_place place = recist_yaml_place_within(node, offset);
    ck_assert_str_eq(place.file, FILE_NAME);
    ck_assert_uint_eq(place.line, places[_i].line);
    ck_assert_uint_eq(place.column, places[_i].column);
}
END_TEST

static char *repeat(const char *piece, size_t count, size_t *length)
{
    size_t piece_length = strlen(piece);
    char *text = malloc(piece_length * count + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * piece_length, piece, piece_length);
    }
    *length = piece_length * count;
    text[*length] = '\0';
    return text;
}

static void check_one_finding(const char *text, size_t length, const struct expected *expected)
{
    ck_assert_int_eq(parse(text, length), RECIST_INVALID);
    ck_assert_ptr_null(root);
    check_findings((const struct expected[MOST_EXPECTED]){*expected});
}

START_TEST(refuses_depth_over_16)
{
    parse_sound("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]");
    const char *deep = "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]";
    check_one_finding(deep, strlen(deep),
                      &(struct expected){"rules-unsafe", 1, 17, "more than 16 deep"});
    recist_findings_truncate(findings, 0);
    size_t length = 0;
    char *bottomless = repeat("[", 1000000, &length);
    check_one_finding(bottomless, length, &(struct expected){"rules-unsafe", 1, 17, NULL});
    free(bottomless);
    recist_findings_truncate(findings, 0);
    char *mappings = repeat("a: {", 200000, &length);
    ck_assert_int_eq(parse(mappings, length), RECIST_INVALID);
    ck_assert_uint_eq(recist_findings_count(findings), 1);
    free(mappings);
    recist_findings_truncate(findings, 0);
    char *items = repeat("- ", 400000, &length);
    check_one_finding(items, length, &(struct expected){"rules-unsafe", 1, 33, NULL});
    free(items);
}
END_TEST

START_TEST(refuses_files_over_1_mib)
{
    size_t length = 0;
    char *text = repeat("# line\n", 300000, &length);
    ck_assert_uint_gt(length, 2000000);
    check_one_finding(text, length, &(struct expected){"rules-unsafe", 0, 0, "1 MiB"});
    recist_findings_truncate(findings, 0);
    memcpy(text, "a: 1\n ", 6);
    ck_assert_int_eq(parse(text, RECIST_YAML_LARGEST_FILE), RECIST_DONE);
    ck_assert_int_eq(parse(text, RECIST_YAML_LARGEST_FILE + 1), RECIST_INVALID);
    free(text);
}
END_TEST

START_TEST(refuses_more_than_50000_events)
{
    size_t length = 0;
    /* Stream, document, list: 3 before, 3 after. */
    char *text = repeat("- a\n", RECIST_YAML_MOST_EVENTS - 6, &length);
    ck_assert_int_eq(parse(text, length), RECIST_DONE);
    ck_assert_uint_eq(root->count, RECIST_YAML_MOST_EVENTS - 6);
    free(text);
    text = repeat("- a\n", RECIST_YAML_MOST_EVENTS, &length);
    check_one_finding(text, length, &(struct expected){"rules-unsafe", 49998, 3, "50,000"});
    free(text);
}
END_TEST

START_TEST(refuses_a_billion_laughs)
{
    const char *text = "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
                       "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                       "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
                       "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
                       "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
                       "f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n"
                       "g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]\n"
                       "h: &h [*g, *g, *g, *g, *g, *g, *g, *g, *g]\n"
                       "i: [*h, *h, *h, *h, *h, *h, *h, *h, *h]\n";
    ck_assert_int_eq(parse(text, strlen(text)), RECIST_INVALID);
    ck_assert_ptr_null(root);
    ck_assert_uint_eq(recist_findings_count(findings), 8 * 9 + 8);
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        ck_assert_str_eq(recist_findings_at(findings, i)->kind->code, "rules-unsafe");
    }
}
END_TEST

START_TEST(ends_after_a_hundred_findings)
{
    size_t length = 0;
    char *text = repeat("- !a b\n", 1000, &length);
    ck_assert_int_eq(parse(text, length), RECIST_INVALID);
    ck_assert_uint_eq(recist_findings_count(findings), RECIST_YAML_MOST_FINDINGS);
    const struct recist_finding *last = recist_findings_at(findings, RECIST_YAML_MOST_FINDINGS - 1);
    ck_assert_uint_eq(last->place.line, RECIST_YAML_MOST_FINDINGS);
    ck_assert_ptr_nonnull(strstr(last->message.text, "was not read"));
    free(text);
    recist_findings_truncate(findings, 0);
    text = repeat("k: v\n", 1000, &length);
    ck_assert_int_eq(parse(text, length), RECIST_INVALID);
    ck_assert_ptr_null(root);
    ck_assert_uint_eq(recist_findings_count(findings), RECIST_YAML_MOST_FINDINGS);
    last = recist_findings_at(findings, RECIST_YAML_MOST_FINDINGS - 1);
    ck_assert_ptr_nonnull(strstr(last->message.text, "was not read"));
    free(text);
    recist_findings_truncate(findings, 0);
    text = repeat("\x01", 1000, &length);
    ck_assert_int_eq(parse(text, length), RECIST_INVALID);
    ck_assert_uint_eq(recist_findings_count(findings), 20);
    free(text);
}
END_TEST

/* Files. */

static char directory[32];
static char path[sizeof directory + 8];

static void make_directory(void)
{
    set_up();
    strcpy(directory, "/tmp/recist-yaml-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/x.yaml", directory);
}

static void remove_directory(void)
{
    unlink(path);
    rmdir(directory);
    tear_down();
}

static void write_file(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static enum recist_outcome read_file(const char *which, struct recist_place place,
                                     struct recist_slice *bytes)
{
    return recist_yaml_read_file(which, place, &arena, findings, bytes);
}

START_TEST(reads_files_of_all_sizes)
{
    static const size_t sizes[] = {0, 1, 16383, 16384, 16385, 1048576};
    size_t length = 0;
    char *text = repeat("a", 1048576, &length);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        write_file(text, sizes[i]);
        struct recist_slice bytes = {0};
        ck_assert_int_eq(read_file(path, (struct recist_place){0}, &bytes), RECIST_DONE);
        ck_assert_uint_eq(bytes.length, sizes[i]);
        ck_assert(bytes.length == 0 || memcmp(bytes.text, text, bytes.length) == 0);
    }
    free(text);
}
END_TEST

START_TEST(refuses_unreadable_files)
{
    struct recist_slice bytes = {0};
    const struct recist_place nowhere = {0};
    const struct recist_place here = {.file = "child.yaml", .line = 3, .column = 10};
    ck_assert_int_eq(read_file(path, nowhere, &bytes), RECIST_UNREADABLE);
    ck_assert_int_eq(read_file(path, here, &bytes), RECIST_UNREADABLE);
    ck_assert_int_eq(read_file(directory, nowhere, &bytes), RECIST_UNREADABLE);
    size_t length = 0;
    char *text = repeat("a", 1048577, &length);
    write_file(text, length);
    free(text);
    ck_assert_int_eq(read_file(path, nowhere, &bytes), RECIST_INVALID);

    ck_assert_uint_eq(recist_findings_count(findings), 4);
    const struct recist_finding *missing = recist_findings_at(findings, 0);
    ck_assert_str_eq(missing->kind->code, "file-unreadable");
    ck_assert_str_eq(missing->place.file, path);
    ck_assert_uint_eq(missing->place.line, 0);
    const struct recist_finding *parent = recist_findings_at(findings, 1);
    ck_assert_str_eq(parent->place.file, "child.yaml");
    ck_assert(parent->place.line == 3 && parent->place.column == 10);
    ck_assert_str_eq(recist_findings_at(findings, 2)->kind->code, "file-is-directory");
    ck_assert_str_eq(recist_findings_at(findings, 3)->kind->code, "rules-unsafe");
}
END_TEST

/* Access. */

START_TEST(asks_for_keys)
{
    parse_sound("rule:\n  response: PD\n  whne: x\n  zzz: y\n");
    struct recist_yaml_node *rule = recist_yaml_get_mapping(&reader, root, "rule");
    ck_assert_ptr_nonnull(rule);
    ck_assert(recist_yaml_equals(recist_yaml_get(&reader, rule, "response"), "PD"));
    ck_assert_ptr_null(recist_yaml_get(&reader, rule, "when"));
    ck_assert_ptr_null(recist_yaml_get(&reader, rule, "when"));
    ck_assert_ptr_null(recist_yaml_require(&reader, rule, "cite", "a rule"));
    ck_assert_ptr_null(recist_yaml_get(&reader, NULL, "when"));
    ck_assert_ptr_null(recist_yaml_require(&reader, NULL, "when", "a rule"));
    recist_yaml_refuse_unused(&reader, rule, "a rule");
    recist_yaml_refuse_unused(&reader, root, "a criteria file");
    recist_yaml_refuse_unused(&reader, NULL, "nothing");
    check_findings((const struct expected[MOST_EXPECTED]){
        {"rules-missing-key", 1, 1, "a rule has no \"cite\""},
        {"rules-unknown-key", 3, 3, "\"whne\" is not known in a rule; did you mean \"when\"?"},
        {"rules-unknown-key", 4, 3, "known are response, when, cite"},
    });
    ck_assert_uint_eq(reader.errors, 3);
}
END_TEST

START_TEST(uses_all_of_a_mapping)
{
    parse_sound("a: 1\nb: 2\n");
    recist_yaml_use_all(root);
    recist_yaml_refuse_unused(&reader, root, "names");
    ck_assert_uint_eq(recist_findings_count(findings), 0);
}
END_TEST

START_TEST(expects_kinds)
{
    parse_sound("word: x\nlist: [1]\nmapping: {a: 1}\nnothing:\nitems: [{a: 1}]\n");
    ck_assert_ptr_null(recist_yaml_get_mapping(&reader, root, "word"));
    ck_assert_ptr_null(recist_yaml_get_sequence(&reader, root, "mapping"));
    ck_assert_ptr_null(recist_yaml_get_mapping(&reader, root, "list"));
    ck_assert_ptr_null(recist_yaml_get_mapping(&reader, root, "nothing"));
    ck_assert_ptr_null(recist_yaml_get_mapping(&reader, root, "absent"));
    ck_assert_ptr_nonnull(recist_yaml_get_sequence(&reader, root, "list"));
    const struct recist_yaml_node *items = recist_yaml_get_sequence(&reader, root, "items");
    ck_assert(!recist_yaml_expect(&reader, items->first, RECIST_YAML_SCALAR));
    check_findings((const struct expected[MOST_EXPECTED]){
        {"rules-wrong-kind", 1, 7, "\"word\" is \"x\"; expected a mapping"},
        {"rules-wrong-kind", 2, 7, "\"list\" is a list; expected a mapping"},
        {"rules-wrong-kind", 3, 10, "\"mapping\" is a mapping; expected a list"},
        {"rules-wrong-kind", 4, 9, "\"nothing\" has no value; expected a mapping"},
        {"rules-wrong-kind", 5, 9, "\"this item\" is a mapping; expected a word or number"},
    });
}
END_TEST

static const struct {
    const char *text;
    bool sound;
    uint32_t count;
} counts[] = {
    {"n: 0", true, 0},
    {"n: 5", true, 5},
    {"n: '5'", true, 5},
    {"n: 4294967295", true, 4294967295},
    {"n: 4294967296", false, 0},
    {"n: 99999999999999999999999", false, 0},
    {"n: -1", false, 0},
    {"n: 5 mm", false, 0},
    {"n: 5.0", false, 0},
    {"n: 0x10", false, 0},
    {"n: five", false, 0},
    {"n: ''", false, 0},
    {"n:", false, 0},
    {"n: [5]", false, 0},
};

START_TEST(reads_counts)
{
    parse_sound(counts[_i].text);
    uint32_t count = 77;
    ck_assert_int_eq(recist_yaml_count(&reader, root->first, &count), counts[_i].sound);
    ck_assert_uint_eq(count, counts[_i].sound ? counts[_i].count : 77);
    ck_assert_uint_eq(recist_findings_count(findings), !counts[_i].sound);
    if (!counts[_i].sound) {
        ck_assert_str_eq(recist_findings_at(findings, 0)->kind->code, "rules-wrong-kind");
    }
}
END_TEST

START_TEST(reads_truth_text_and_choices)
{
    parse_sound("list: [yes, 'no', true, false, Yes, text, ~, '', tagret, [], other]\n");
    static const char *const words[] = {"target", "new", "none"};
    const struct recist_yaml_node *node = root->first->first;
    bool truth = false;
    ck_assert(recist_yaml_truth(&reader, node, &truth) && truth);
    node = node->next;
    ck_assert(recist_yaml_truth(&reader, node, &truth) && !truth);
    node = node->next;
    ck_assert(recist_yaml_truth(&reader, node, &truth) && truth);
    node = node->next;
    ck_assert(recist_yaml_truth(&reader, node, &truth) && !truth);
    node = node->next;
    ck_assert(!recist_yaml_truth(&reader, node, &truth));
    struct recist_slice text = {0};
    node = node->next;
    ck_assert(recist_yaml_text(&reader, node, &text) && text.length == 4);
    node = node->next;
    ck_assert(!recist_yaml_text(&reader, node, &text) && text.length == 4);
    node = node->next;
    ck_assert(recist_yaml_text(&reader, node, &text) && text.length == 0);
    size_t choice = 9;
    node = node->next;
    ck_assert(!recist_yaml_choice(&reader, node, words, 3, &choice));
    node = node->next;
    ck_assert(!recist_yaml_choice(&reader, node, words, 3, &choice));
    node = node->next;
    ck_assert(!recist_yaml_choice(&reader, node, words, 3, &choice));
    ck_assert_uint_eq(choice, 9);
    check_findings((const struct expected[MOST_EXPECTED]){
        {"rules-wrong-kind", 1, 32, "\"Yes\"; expected yes or no"},
        {"rules-wrong-kind", 1, 43, "no value; expected text"},
        {"rules-unknown-word", 1, 50, "did you mean \"target\"?"},
        {"rules-wrong-kind", 1, 58, "is a list; expected text"},
        {"rules-unknown-word", 1, 62, "expected target, new or none"},
    });
    ck_assert(!recist_yaml_truth(&reader, NULL, &truth) && !recist_yaml_text(&reader, NULL, &text));
    ck_assert_uint_eq(recist_findings_count(findings), 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("yaml");
    TCase *documents = tcase_create("documents");
    tcase_add_checked_fixture(documents, set_up, tear_down);
    tcase_add_loop_test(documents, refuses, 0, (int)(sizeof refusals / sizeof *refusals));
    tcase_add_test(documents, keeps_the_first_of_duplicate_keys);
    tcase_add_test(documents, makes_a_tree);
    tcase_add_loop_test(documents, finds_places_within_text, 0,
                        (int)(sizeof places / sizeof *places));
    tcase_add_test(documents, refuses_depth_over_16);
    tcase_add_test(documents, refuses_files_over_1_mib);
    tcase_add_test(documents, refuses_more_than_50000_events);
    tcase_add_test(documents, refuses_a_billion_laughs);
    tcase_add_test(documents, ends_after_a_hundred_findings);
    suite_add_tcase(suite, documents);
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_directory, remove_directory);
    tcase_add_test(files, reads_files_of_all_sizes);
    tcase_add_test(files, refuses_unreadable_files);
    suite_add_tcase(suite, files);
    TCase *access = tcase_create("access");
    tcase_add_checked_fixture(access, set_up, tear_down);
    tcase_add_test(access, asks_for_keys);
    tcase_add_test(access, uses_all_of_a_mapping);
    tcase_add_test(access, expects_kinds);
    tcase_add_loop_test(access, reads_counts, 0, (int)(sizeof counts / sizeof *counts));
    tcase_add_test(access, reads_truth_text_and_choices);
    suite_add_tcase(suite, access);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
