/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/nearest_name.h"

static struct recist_slice slice(const char *text)
{
    return (struct recist_slice){text, strlen(text)};
}

static const struct {
    const char *one;
    const char *other;
    size_t distance;
} distances[] = {
    {"when", "when", 0},
    {"When", "wHEN", 0},
    {"non target", "non-target", 0},
    {"non_target", "non-target", 0},
    {"whne", "when", 1},
    {"wen", "when", 1},
    {"wheen", "when", 1},
    {"whan", "when", 1},
    {"ab", "ba", 1},
    {"abcd", "badc", 2},
    {"kitten", "sitting", 3},
    {"", "when", 4},
    {"when", "", 4},
    {"", "", 0},
};

START_TEST(counts_letters_to_change)
{
    ck_assert_uint_eq(recist_name_distance(slice(distances[_i].one), slice(distances[_i].other)),
                      distances[_i].distance);
}
END_TEST

START_TEST(names_without_end_are_near_to_nothing)
{
    char longest[65];
    memset(longest, 'a', sizeof longest);
    ck_assert_uint_eq(recist_name_distance((struct recist_slice){longest, 64},
                                           (struct recist_slice){longest, 64}),
                      0);
    ck_assert_uint_eq(recist_name_distance((struct recist_slice){longest, 65},
                                           (struct recist_slice){longest, 65}),
                      SIZE_MAX);
    ck_assert(!recist_name_is_near((struct recist_slice){longest, 65}, slice("a")));
}
END_TEST

static const char *const known[] = {"response",   "when",   "needs", "cite", "say",
                                    "non-target", "target", "CR",    "PR"};

static const struct {
    const char *name;
    const char *nearest;
} searches[] = {
    {"respons", "response"},
    {"Response", "response"},
    {"whne", "when"},
    {"need", "needs"},
    {"cites", "cite"},
    {"nontarget", "non-target"},
    {"tagret", "target"},
    {"pr", "PR"},
    {"SD", NULL},
    {"xyz", NULL},
    {"", NULL},
    {"progression", NULL},
    {"stay", "say"},
};

START_TEST(finds_the_nearest)
{
    const char *found =
        recist_nearest_name(slice(searches[_i].name), known, sizeof known / sizeof *known);
    ck_assert_pstr_eq(found, searches[_i].nearest);
}
END_TEST

START_TEST(takes_the_first_of_equals)
{
    const char *const names[] = {"cate", "site"};
    ck_assert_str_eq(recist_nearest_name(slice("cite"), names, 2), "cate");
    ck_assert_ptr_null(recist_nearest_name(slice("cite"), names, 0));
}
END_TEST

START_TEST(compares_beginnings)
{
    ck_assert(recist_name_begins_with(slice("recist-1.1"), slice("RECIST_1")));
    ck_assert(recist_name_begins_with(slice("a"), slice("")));
    ck_assert(!recist_name_begins_with(slice("recist-1.1"), slice("recist-1.0")));
    ck_assert(!recist_name_begins_with(slice("rec"), slice("recist")));
}
END_TEST

#define TEN "0123456789"
static const struct {
    const char *text;
    size_t length; /* 0: up to the terminator */
    const char *shown;
} excerpts[] = {
    {.text = "liver", .shown = "liver"},
    {.text = "", .shown = ""},
    {.text = "größe", .shown = "größe"},
    {.text = "a\tb\nc\rd", .shown = "a\\tb\\nc\\rd"},
    {.text = "\x1b[31mred", .shown = "\\x1b[31mred"},
    {.text = "a\0b", .length = 3, .shown = "a\\x00b"},
    {.text = "\x7f", .shown = "\\x7f"},
    {.text = "\xc2\x9b", .shown = "\\u009b"},
    {.text = "\xe2\x80\xaegnp", .shown = "\\u202egnp"},
    {.text = "\xff\xc3", .shown = "\\xff\\xc3"},
    {.text = "\xc0\xaf", .shown = "\\xc0\\xaf"},
    {.text = "\xed\xa0\x80", .shown = "\\xed\\xa0\\x80"},
    {.text = TEN TEN TEN TEN, .shown = TEN TEN TEN TEN},
    {.text = TEN TEN TEN TEN "4", .shown = TEN TEN TEN TEN "…"},
};

START_TEST(shows_text_on_one_harmless_line)
{
    struct recist_slice text = slice(excerpts[_i].text);
    if (excerpts[_i].length > 0) {
        text.length = excerpts[_i].length;
    }
    ck_assert_str_eq(RECIST_SHOWN(text), excerpts[_i].shown);
}
END_TEST

START_TEST(has_room_for_escapes_only)
{
    char text[300];
    for (size_t i = 0; i < sizeof text; i += 3) {
        memcpy(text + i, "\xe2\x80\xae", 3);
    }
    struct recist_excerpt excerpt;
    recist_excerpt((struct recist_slice){text, sizeof text}, &excerpt);
    ck_assert_uint_eq(strlen(excerpt.text), RECIST_EXCERPT_LENGTH * 6 + strlen("…"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nearest_name");
    TCase *names = tcase_create("names");
    tcase_add_loop_test(names, counts_letters_to_change, 0,
                        (int)(sizeof distances / sizeof *distances));
    tcase_add_test(names, names_without_end_are_near_to_nothing);
    tcase_add_loop_test(names, finds_the_nearest, 0, (int)(sizeof searches / sizeof *searches));
    tcase_add_test(names, takes_the_first_of_equals);
    tcase_add_test(names, compares_beginnings);
    tcase_add_loop_test(names, shows_text_on_one_harmless_line, 0,
                        (int)(sizeof excerpts / sizeof *excerpts));
    tcase_add_test(names, has_room_for_escapes_only);
    suite_add_tcase(suite, names);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
