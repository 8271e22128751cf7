/* SPDX-License-Identifier: MIT */
#include "statistics/log_rank.h"

#include "statistics_close.h"

static const struct {
    size_t count;
    size_t group_count;
    struct recist_log_rank_observation observations[228];
} data_sets[] = {
#define OBSERVATIONS
#include "statistics_expected/log_rank.inc"
#undef OBSERVATIONS
};

static const struct {
    unsigned degrees;
    double chi_square;
    double p_value;
    double observed[5];
    double expected[5];
    double variance[25];
} results[] = {
#define RESULTS
#include "statistics_expected/log_rank.inc"
#undef RESULTS
};

static struct recist_arena arena;

static void begin(void)
{
    recist_arena_init(&arena, 0);
}

static void end(void)
{
    recist_arena_destroy(&arena);
}

START_TEST(tests_are_those_of_r)
{
    ck_assert_uint_eq(COUNT(data_sets), COUNT(results));
    const size_t groups = data_sets[_i].group_count;
    struct recist_log_rank result;
    ck_assert_int_eq(recist_log_rank_test(data_sets[_i].observations, data_sets[_i].count, groups,
                                          &arena, &result),
                     RECIST_STATISTICS_OK);
    ck_assert_uint_eq(result.group_count, groups);
    ck_assert_uint_eq(result.degrees, results[_i].degrees);
    ck_assert_close(result.chi_square, results[_i].chi_square, _i);
    ck_assert_close(result.p_value, results[_i].p_value, _i);
    size_t count = 0;
    for (size_t group = 0; group < groups; group++) {
        count += result.counts[group];
        ck_assert_close(result.observed[group], results[_i].observed[group], _i);
        ck_assert_close(result.expected[group], results[_i].expected[group], _i);
    }
    ck_assert_uint_eq(count, data_sets[_i].count);
    for (size_t cell = 0; cell < groups * groups; cell++) {
        ck_assert_close(result.variance[cell], results[_i].variance[cell], _i);
    }
}
END_TEST

/* Data of which no test can be made. */
static const struct {
    size_t count;
    size_t group_count;
    struct recist_log_rank_observation observations[9];
    unsigned degrees;
} undecided[] = {
    {.count = 0, .group_count = 0},
    {.count = 0, .group_count = 3},
    /* No event. */
    {.count = 2, .group_count = 2, .observations = {{5, false, 0, 0}, {6, false, 1, 0}}},
    /* One group only. */
    {.count = 2, .group_count = 1, .observations = {{5, true, 0, 0}, {6, true, 0, 0}}},
    /* The other group is empty. */
    {.count = 2, .group_count = 2, .observations = {{5, true, 1, 0}, {6, true, 1, 0}}},
    /* Everybody on one day. */
    {.count = 2,
     .group_count = 2,
     .observations = {{5, true, 0, 0}, {5, true, 1, 0}},
     .degrees = 1},
    /* Each group in a stratum of its own. */
    {.count = 4,
     .group_count = 2,
     .observations = {{5, true, 0, 0}, {6, true, 0, 0}, {5, true, 1, 9}, {8, true, 1, 9}},
     .degrees = 1},
    /* Two pairs of groups that never meet: no inverse, but rounding leaves the trace of one. */
    {.count = 9,
     .group_count = 4,
     .observations = {{1, true, 0, 0},
                      {2, true, 1, 0},
                      {3, true, 2, 1},
                      {4, true, 3, 1},
                      {5, true, 3, 1},
                      {6, true, 2, 1},
                      {7, true, 3, 1},
                      {8, true, 3, 1},
                      {9, true, 3, 1}},
     .degrees = 3},
};

START_TEST(nothing_to_compare_gives_no_p)
{
    struct recist_log_rank result;
    ck_assert_int_eq(recist_log_rank_test(undecided[_i].observations, undecided[_i].count,
                                          undecided[_i].group_count, &arena, &result),
                     RECIST_STATISTICS_OK);
    ck_assert_uint_eq(result.degrees, undecided[_i].degrees);
    ck_assert_double_nan(result.chi_square);
    ck_assert_double_nan(result.p_value);
}
END_TEST

static const struct {
    struct recist_log_rank_observation observation;
    size_t group_count;
    enum recist_statistics_problem problem;
} refused[] = {
    {.observation = {-1, true, 0, 0}, .group_count = 2, .problem = RECIST_STATISTICS_BAD_INPUT},
    {.observation = {1, true, 2, 0}, .group_count = 2, .problem = RECIST_STATISTICS_BAD_INPUT},
    {.observation = {1, true, 0, 0}, .group_count = 0, .problem = RECIST_STATISTICS_BAD_INPUT},
    {.observation = {1, true, 0, 0},
     .group_count = RECIST_LOG_RANK_GROUPS + 1,
     .problem = RECIST_STATISTICS_TOO_LARGE},
};

START_TEST(bad_input_is_refused)
{
    struct recist_log_rank result;
    ck_assert_int_eq(
        recist_log_rank_test(&refused[_i].observation, 1, refused[_i].group_count, &arena, &result),
        refused[_i].problem);
    ck_assert_double_nan(result.p_value);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log rank");
    TCase *tests = tcase_create("tests");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, tests_are_those_of_r, 0, (int)COUNT(data_sets));
    tcase_add_loop_test(tests, nothing_to_compare_gives_no_p, 0, (int)COUNT(undecided));
    tcase_add_loop_test(tests, bad_input_is_refused, 0, (int)COUNT(refused));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
