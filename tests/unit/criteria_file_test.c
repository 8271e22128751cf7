/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <ftw.h>
#include <limits.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <recist/criteria.h>

#include "base/text_buffer.h"
#include "criteria/criteria_file.h"
#include "criteria/criteria_search.h"
#include "criteria/yaml_access.h"

#define MOST_FILES 12
#define MOST_EXPECTED 4

static char top[32];
static char first_directory[PATH_MAX];
static char second_directory[PATH_MAX];
static const char *const directories[] = {first_directory, second_directory};

static struct recist_arena arena;
static struct recist_findings *findings;
static struct recist_criteria_source *source;

static void set_up(void)
{
    recist_arena_init(&arena, 0);
    findings = recist_findings_create();
    source = NULL;
    strcpy(top, "/tmp/recist-criteria-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    snprintf(first_directory, sizeof first_directory, "%s/one", top);
    snprintf(second_directory, sizeof second_directory, "%s/two", top);
    ck_assert_int_eq(mkdir(first_directory, 0700), 0);
    ck_assert_int_eq(mkdir(second_directory, 0700), 0);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *depth)
{
    return remove(path);
}

static void tear_down(void)
{
    ck_assert_int_eq(nftw(top, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
    recist_findings_destroy(findings);
    recist_arena_destroy(&arena);
}

/* Path of a file below the temporary directory; overwritten by the next but two calls. */
static const char *in_top(const char *name)
{
    static char paths[3][PATH_MAX];
    static size_t next;
    char *path = paths[next++ % 3];
    snprintf(path, PATH_MAX, "%s/%s", top, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_top(name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
}

static enum recist_outcome load(const char *name_or_path)
{
    return recist_criteria_source_load(name_or_path, directories, 2, &arena, findings, &source);
}

struct expected {
    const char *code;
    const char *file; /* below the temporary directory; NULL: none */
    uint64_t line;
    uint32_t column;
    const char *says;
};

static void check_finding(size_t index, const struct expected *expected)
{
    ck_assert_uint_gt(recist_findings_count(findings), index);
    const struct recist_finding *finding = recist_findings_at(findings, index);
    ck_assert_str_eq(finding->kind->code, expected->code);
    if (expected->file) {
        ck_assert_str_eq(finding->place.file, in_top(expected->file));
    } else {
        ck_assert_ptr_null(finding->place.file);
    }
    ck_assert_uint_eq(finding->place.line, expected->line);
    ck_assert_uint_eq(finding->place.column, expected->column);
    if (expected->says) {
        ck_assert_msg(strstr(finding->message.text, expected->says), "\"%s\" lacks \"%s\"",
                      finding->message.text, expected->says);
    }
}

static void check_findings(const struct expected expected[static MOST_EXPECTED])
{
    size_t count = 0;
    for (; count < MOST_EXPECTED && expected[count].code; count++) {
        check_finding(count, &expected[count]);
    }
    ck_assert_uint_eq(recist_findings_count(findings), count);
}

/* The tree in flow style on one line, for comparing. */
static void show(const struct recist_yaml_node *node, struct recist_text *text)
{
    if (node->kind == RECIST_YAML_SCALAR) {
        recist_text_append(text, node->text, node->length);
        return;
    }
    bool mapping = node->kind == RECIST_YAML_MAPPING;
    size_t count = 0;
    recist_text_append_char(text, mapping ? '{' : '[');
    for (const struct recist_yaml_node *child = node->first; child; child = child->next) {
        recist_text_append_string(text, count++ > 0 ? ", " : "");
        if (child->key) {
            recist_text_format(text, "%s: ", child->key->text);
        }
        show(child, text);
    }
    ck_assert_uint_eq(count, node->count);
    recist_text_append_char(text, mapping ? '}' : ']');
}

static void check_tree(const char *expected)
{
    struct recist_text text;
    recist_text_init(&text);
    ck_assert_ptr_nonnull(source);
    show(source->root, &text);
    recist_text_append_char(&text, '\0');
    ck_assert_str_eq(text.bytes, expected);
    recist_text_destroy(&text);
}

/* Merging. */

struct merging {
    const char *base;
    const char *extension; /* after the line `extends: base` */
    const char *tree;
    struct expected findings[MOST_EXPECTED];
};

#define BASE "criteria: base\ntitle: Base\nrules:\n  a: {x: 1, y: [1, 2]}\n  b: {x: 2}\n  c: 3\n"
#define HEAD "criteria: child, title: Base, rules: "
#define CHILD "criteria: child\n"

static const struct merging mergings[] = {
    {.base = BASE, .extension = CHILD, .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3}}"},
    /* Top-level keys of the child replace, at the base's position; new ones come last. */
    {.base = BASE,
     .extension = "version: 2\ntitle: Child\ncriteria: child\n",
     .tree = "{criteria: child, title: Child, rules: {a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3}, "
             "version: 2}"},
    /* Deep, in place. */
    {.base = BASE,
     .extension = CHILD "rules:\n  b: {z: 5, x: 4}\n  a: {y: []}\n  d: 6\n",
     .tree = "{" HEAD "{a: {x: 1, y: []}, b: {x: 4, z: 5}, c: 3, d: 6}}"},
    /* A list replaces, and may take the place of a scalar. */
    {.base = BASE,
     .extension = CHILD "rules: {a: {x: [7], y: 8}}\n",
     .tree = "{" HEAD "{a: {x: [7], y: 8}, b: {x: 2}, c: 3}}"},
    /* Removal. */
    {.base = BASE, .extension = CHILD "rules: {a: ~, c: null}\n", .tree = "{" HEAD "{b: {x: 2}}}"},
    {.base = BASE,
     .extension = CHILD "rules: {b: {x: ~}}\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {}, c: 3}}"},
    {.base = BASE, .extension = CHILD "rules: ~\n", .tree = "{criteria: child, title: Base}"},
    {.base = BASE,
     .extension = CHILD "rules: {c: '~'}\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: ~}}"},
    /* An empty value is a value: what was forgotten does not remove. */
    {.base = BASE,
     .extension = CHILD "rules: {c: }\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: }}"},
    {.base = BASE,
     .extension = CHILD "rules:\n  d: ~\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3}}",
     .findings = {{"rules-unknown-key", "one/child.yaml", 4, 6, "nothing to remove"}}},
    /* Order. */
    {.base = BASE,
     .extension = CHILD "rules: {d: {before: b, x: 4}, e: {before: b}, f: {before: a}}\n",
     .tree = "{" HEAD "{f: {}, a: {x: 1, y: [1, 2]}, d: {x: 4}, e: {}, b: {x: 2}, c: 3}}"},
    {.base = BASE,
     .extension = CHILD "rules: {b: {before: a, x: 9}}\n",
     .tree = "{" HEAD "{b: {x: 9}, a: {x: 1, y: [1, 2]}, c: 3}}"},
    {.base = BASE,
     .extension = CHILD "rules:\n  response: {}\n  d:\n    before: respons\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3, response: {}, d: {}}}",
     .findings = {{"rules-unknown-key", "one/child.yaml", 6, 13, "did you mean \"response\"?"}}},
    {.base = BASE,
     .extension = CHILD "rules:\n  d: {before: d}\n  e: {before: [a]}\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3, d: {}, e: {}}}",
     .findings = {{"rules-unknown-key", "one/child.yaml", 4, 15, "could stand before"},
                  {"rules-wrong-kind", "one/child.yaml", 5, 15, "key of a sibling"}}},
    /* Kinds. */
    {.base = BASE,
     .extension = CHILD "rules:\n  a: 1\n  b: [1]\n  c: {x: 1}\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3}}",
     .findings = {{"rules-wrong-kind", "one/child.yaml", 4, 6, "\"a\" is no mapping here"},
                  {"rules-wrong-kind", "one/child.yaml", 5, 6, NULL},
                  {"rules-wrong-kind", "one/child.yaml", 6, 6, "\"c\" is a mapping here"}}},
    {.base = BASE,
     .extension = CHILD "rules:\n",
     .tree = "{" HEAD "{a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3}}",
     .findings = {{"rules-wrong-kind", "one/child.yaml", 3, 7, NULL}}},
    {.base = "criteria: base\nswitch: {value: off, cite: 1}\n",
     .extension = CHILD "switch: on\n",
     .tree = "{criteria: child, switch: {value: on, cite: 1}}"},
    /* A name of its own. */
    {.base = BASE,
     .extension = "title: Child\n",
     .tree = "{criteria: base, title: Child, rules: {a: {x: 1, y: [1, 2]}, b: {x: 2}, c: 3}}",
     .findings = {{"rules-missing-key", "one/child.yaml", 1, 1, "\"criteria\" of its own"}}},
    /* Findings of all files at once. */
    {.base = "criteria: base\na: 1\na: 2\n",
     .extension = CHILD "b: &x 1\nc: ~\n",
     .tree = "{criteria: child, a: 1, b: 1}",
     .findings = {{"rules-unsafe", "one/child.yaml", 3, 4, NULL},
                  {"rules-duplicate-key", "one/base.yaml", 3, 1, NULL},
                  {"rules-unknown-key", "one/child.yaml", 4, 4, NULL}}},
};

START_TEST(merges)
{
    const struct merging *merging = &mergings[_i];
    char child[1024];
    snprintf(child, sizeof child, "extends: base\n%s", merging->extension);
    write_file("one/base.yaml", merging->base);
    write_file("one/child.yaml", child);
    ck_assert_int_eq(load("child"), merging->findings[0].code ? RECIST_INVALID : RECIST_DONE);
    check_findings(merging->findings);
    check_tree(merging->tree);
}
END_TEST

static void check_place(const struct recist_yaml_node *node, const char *file, uint64_t line,
                        uint32_t column)
{
    ck_assert_ptr_nonnull(node);
    ck_assert_str_eq(node->place.file, in_top(file));
    ck_assert_uint_eq(node->place.line, line);
    ck_assert_uint_eq(node->place.column, column);
}

START_TEST(keeps_the_place_of_every_node)
{
    write_file("one/base.yaml", "criteria: base\nrules:\n  a: 1\n  b: 2\n");
    write_file("one/child.yaml", "criteria: child\nextends: base\nrules:\n    b: 3\n    c: 4\n");
    ck_assert_int_eq(load("child"), RECIST_DONE);
    struct recist_yaml_reader reader = {.arena = &arena, .findings = findings};
    struct recist_yaml_node *rules = recist_yaml_get_mapping(&reader, source->root, "rules");
    check_place(recist_yaml_get(&reader, rules, "a"), "one/base.yaml", 3, 6);
    check_place(recist_yaml_get(&reader, rules, "b"), "one/child.yaml", 4, 8);
    check_place(recist_yaml_get(&reader, rules, "b")->key, "one/child.yaml", 4, 5);
    check_place(recist_yaml_get(&reader, rules, "c"), "one/child.yaml", 5, 8);
    check_place(rules, "one/child.yaml", 4, 5);
    const struct recist_yaml_node *changed = recist_yaml_get(&reader, rules, "b");
    check_place(changed->replaced, "one/base.yaml", 4, 6);
    ck_assert(recist_yaml_equals(changed->replaced, "2"));
    ck_assert_ptr_null(changed->replaced->replaced);
    ck_assert_ptr_null(recist_yaml_get(&reader, rules, "c")->replaced);
    check_place(rules->key, "one/child.yaml", 3, 1);
    check_place(source->root, "one/child.yaml", 1, 1);
}
END_TEST

/* The chain. */

START_TEST(follows_a_chain)
{
    static const char basic[] = "criteria: basic\na: 1\nb: 1\nc: 1\n";
    static const char middle[] = "criteria: middle\nextends: ../two/basic.yaml\nb: 2\nc: 2\n";
    static const char last[] = "criteria: last\nextends: middle\nc: 3\n";
    write_file("two/basic.yaml", basic);
    write_file("one/middle.yaml", middle);
    write_file("last.yaml", last);
    ck_assert_int_eq(load(in_top("last.yaml")), RECIST_DONE);
    ck_assert_uint_eq(recist_findings_count(findings), 0);
    check_tree("{criteria: last, a: 1, b: 2, c: 3}");
    ck_assert_str_eq(source->path, in_top("last.yaml"));
    ck_assert_uint_eq(source->chain_length, 3);
    ck_assert_str_eq(source->chain[0].id, "last");
    ck_assert_str_eq(source->chain[0].path, in_top("last.yaml"));
    ck_assert_str_eq(source->chain[1].id, "middle");
    ck_assert_str_eq(source->chain[1].path, in_top("one/middle.yaml"));
    ck_assert_str_eq(source->chain[2].id, "basic");
    ck_assert_str_eq(source->chain[2].path, in_top("one/../two/basic.yaml"));

    char bytes[1024];
    char sha256[RECIST_CRITERIA_SHA256_SIZE];
    snprintf(bytes, sizeof bytes, "%s%s%s", basic, middle, last);
    SHA256_Data((const uint8_t *)bytes, strlen(bytes), sha256);
    ck_assert_str_eq(source->sha256, sha256);
}
END_TEST

START_TEST(hashes_the_bytes)
{
    write_file("one/a.yaml", "abc");
    write_file("one/b.yaml", "criteria: b\n");
    ck_assert_int_eq(load("a"), RECIST_INVALID); /* no mapping */
    check_findings((const struct expected[MOST_EXPECTED]){
        {"rules-wrong-kind", "one/a.yaml", 1, 1, "expected a mapping"}});
    ck_assert_ptr_null(source);
    ck_assert_int_eq(load("b"), RECIST_DONE);
    /* printf 'criteria: b\n' | sha256sum */
    ck_assert_str_eq(source->sha256,
                     "3a468dfdccaba2db2d5896bb5facd86bd75760402df55219a08485c5c0a82b53");
}
END_TEST

START_TEST(searches_its_own_directory_then_the_given_ones)
{
    write_file("one/base.yaml", "criteria: one\n");
    write_file("two/base.yaml", "criteria: two\n");
    write_file("two/child.yaml", "criteria: child\nextends: base\n");
    write_file("child.yaml", "criteria: child\nextends: base\n");
    ck_assert_int_eq(load("base"), RECIST_DONE);
    ck_assert_str_eq(source->chain[0].id, "one");
    ck_assert_int_eq(load("child"), RECIST_DONE);
    ck_assert_str_eq(source->chain[1].id, "two");
    ck_assert_int_eq(load(in_top("child.yaml")), RECIST_DONE);
    ck_assert_str_eq(source->chain[1].id, "one");
}
END_TEST

/* A charter may be called like what it extends. */
START_TEST(does_not_find_itself_by_name)
{
    write_file("one/base.yaml", "criteria: trial\nextends: base\n");
    write_file("two/base.yaml", "criteria: base\na: 1\n");
    ck_assert_int_eq(load("base"), RECIST_DONE);
    check_tree("{criteria: trial, a: 1}");
}
END_TEST

struct bad_chain {
    struct {
        const char *name;
        const char *text;
    } files[MOST_FILES];
    enum recist_outcome outcome;
    struct expected findings[MOST_EXPECTED];
};

static const struct bad_chain bad_chains[] = {
    {.files = {{"one/x.yaml", "criteria: x\nextends: y\n"},
               {"one/y.yaml", "criteria: y\nextends: ./x.yaml\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/y.yaml", 2, 10, "circle"}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: x.yaml\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/x.yaml", 2, 10, "circle"}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: x\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/x.yaml", 2, 10, "names this file itself"}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: recits-1.1\n"},
               {"two/recist-1.1.yaml", "criteria: recist-1.1\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/x.yaml", 2, 10, "did you mean \"recist-1.1\"?"}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: none/such.yaml\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/x.yaml", 2, 10, "no such file"}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: [a, b]\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/x.yaml", 2, 10, "name or the path"}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends:\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/x.yaml", 2, 9, "name or the path"}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: ~\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/x.yaml", 2, 10, NULL}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: ../one/\n"}},
     .outcome = RECIST_UNREADABLE,
     .findings = {{"file-is-directory", "one/x.yaml", 2, 10, NULL}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: y\n"}, {"one/y.yaml", "a: [\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-syntax", "one/y.yaml", 2, 1, NULL}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: y\n"}, {"one/y.yaml", "- a\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-wrong-kind", "one/y.yaml", 1, 1, NULL}}},
    {.files = {{"one/x.yaml", "criteria: x\nextends: y1\n"},
               {"one/y1.yaml", "criteria: a\nextends: y2\n"},
               {"one/y2.yaml", "criteria: a\nextends: y3\n"},
               {"one/y3.yaml", "criteria: a\nextends: y4\n"},
               {"one/y4.yaml", "criteria: a\nextends: y5\n"},
               {"one/y5.yaml", "criteria: a\nextends: y6\n"},
               {"one/y6.yaml", "criteria: a\nextends: y7\n"},
               {"one/y7.yaml", "criteria: a\nextends: y8\n"},
               {"one/y8.yaml", "criteria: a\n"}},
     .outcome = RECIST_INVALID,
     .findings = {{"rules-extends", "one/y7.yaml", 2, 10, "more than 8"}}},
};

START_TEST(refuses_bad_chains)
{
    const struct bad_chain *bad = &bad_chains[_i];
    for (size_t i = 0; i < MOST_FILES && bad->files[i].name; i++) {
        write_file(bad->files[i].name, bad->files[i].text);
    }
    ck_assert_int_eq(load("x"), bad->outcome);
    check_findings(bad->findings);
    ck_assert_ptr_null(source);
}
END_TEST

START_TEST(follows_eight_files)
{
    char name[32];
    char text[64];
    for (int i = 1; i <= 8; i++) {
        snprintf(name, sizeof name, "one/f%d.yaml", i);
        snprintf(text, sizeof text, i < 8 ? "criteria: f%d\nextends: f%d\n" : "criteria: f%d\n", i,
                 i + 1);
        write_file(name, text);
    }
    ck_assert_int_eq(load("f1"), RECIST_DONE);
    ck_assert_uint_eq(source->chain_length, 8);
    check_tree("{criteria: f1}");
}
END_TEST

/* Names. */

START_TEST(tells_names_and_paths_apart)
{
    ck_assert(!recist_criteria_is_path("recist-1.1"));
    ck_assert(!recist_criteria_is_path(".yaml"));
    ck_assert(!recist_criteria_is_path(""));
    ck_assert(recist_criteria_is_path("trial.yaml"));
    ck_assert(recist_criteria_is_path("./trial"));
    ck_assert(recist_criteria_is_path("/x"));
}
END_TEST

START_TEST(lists_names)
{
    write_file("one/irecist.yaml", "");
    write_file("one/recist-1.1.yaml", "");
    write_file("two/recist-1.1.yaml", "");
    write_file("two/choi.yaml", "");
    write_file("two/.hidden.yaml", "");
    write_file("two/notes.txt", "");
    write_file("two/.yaml", "");
    ck_assert_int_eq(mkdir(in_top("two/folder.yaml"), 0700), 0);
    const char *const searched[] = {first_directory, "/no/such/directory", second_directory};
    char **names = NULL;
    size_t count = 0;
    ck_assert(recist_criteria_names(searched, 3, &names, &count));
    /* Installed criteria may add to these. */
    static const char *const expected[] = {"choi", "irecist", "recist-1.1"};
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        ck_assert(i == 0 || strcmp(names[i - 1], names[i]) < 0);
        ck_assert_str_ne(names[i], ".hidden");
        ck_assert_str_ne(names[i], "notes");
        ck_assert_str_ne(names[i], "folder");
        found += found < 3 && strcmp(names[i], expected[found]) == 0;
    }
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
    ck_assert_uint_eq(found, 3);
}
END_TEST

static const struct {
    const char *name;
    const char *says;
} unknown[] = {
    {"recist-1.0", "called \"recist-1.0\"; did you mean \"recist-1.1\"?"},
    {"RECIST", "did you mean \"recist-1.1\"?"},
    {"percist-x", "\"percist-x\""},
    {"zzzzzzzz", "there are \"choi\""},
    {"", "called \"\""},
};

START_TEST(names_the_nearest_when_there_is_none)
{
    write_file("one/recist-1.1.yaml", "");
    write_file("two/choi.yaml", "");
    ck_assert_int_eq(load(unknown[_i].name), RECIST_UNREADABLE);
    check_findings(
        (const struct expected[MOST_EXPECTED]){{"rules-not-found", NULL, 0, 0, unknown[_i].says}});
    ck_assert_ptr_null(source);
}
END_TEST

START_TEST(refuses_unreadable_paths)
{
    ck_assert_int_eq(load(in_top("one/missing.yaml")), RECIST_UNREADABLE);
    ck_assert_int_eq(load(in_top("one/")), RECIST_UNREADABLE);
    ck_assert_int_eq(mkdir(in_top("one/folder.yaml"), 0700), 0);
    ck_assert_int_eq(load("folder"), RECIST_UNREADABLE);
    check_findings((const struct expected[MOST_EXPECTED]){
        {"file-unreadable", "one/missing.yaml", 0, 0, "No such file"},
        {"file-is-directory", "one/", 0, 0, NULL},
        {"file-is-directory", "one/folder.yaml", 0, 0, NULL},
    });
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("criteria_file");
    TCase *merging = tcase_create("merging");
    tcase_add_checked_fixture(merging, set_up, tear_down);
    tcase_add_loop_test(merging, merges, 0, (int)(sizeof mergings / sizeof *mergings));
    tcase_add_test(merging, keeps_the_place_of_every_node);
    suite_add_tcase(suite, merging);
    TCase *chain = tcase_create("chain");
    tcase_add_checked_fixture(chain, set_up, tear_down);
    tcase_add_test(chain, follows_a_chain);
    tcase_add_test(chain, hashes_the_bytes);
    tcase_add_test(chain, searches_its_own_directory_then_the_given_ones);
    tcase_add_test(chain, does_not_find_itself_by_name);
    tcase_add_loop_test(chain, refuses_bad_chains, 0,
                        (int)(sizeof bad_chains / sizeof *bad_chains));
    tcase_add_test(chain, follows_eight_files);
    suite_add_tcase(suite, chain);
    TCase *names = tcase_create("names");
    tcase_add_checked_fixture(names, set_up, tear_down);
    tcase_add_test(names, tells_names_and_paths_apart);
    tcase_add_test(names, lists_names);
    tcase_add_loop_test(names, names_the_nearest_when_there_is_none, 0,
                        (int)(sizeof unknown / sizeof *unknown));
    tcase_add_test(names, refuses_unreadable_paths);
    suite_add_tcase(suite, names);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
