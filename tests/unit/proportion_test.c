/* SPDX-License-Identifier: MIT */
#include "statistics/proportion.h"

#include "statistics_close.h"

enum { METHOD_COUNT = 4 };

struct expected_intervals {
    uint32_t successes;
    uint32_t trials;
    double level;
    double limits[METHOD_COUNT * 2];
};

static const struct expected_intervals expected_by_r[] = {
#include "statistics_expected/proportion.inc"
};

START_TEST(intervals_are_those_of_r)
{
    const enum recist_proportion_method method = (enum recist_proportion_method)_i;
    for (size_t row = 0; row < COUNT(expected_by_r); row++) {
        const struct expected_intervals *expected = &expected_by_r[row];
        const struct recist_interval interval =
            recist_proportion_bound(method, expected->successes, expected->trials, expected->level);
        ck_assert_close(interval.low, expected->limits[2 * _i], row);
        ck_assert_close(interval.high, expected->limits[2 * _i + 1], row);
    }
}
END_TEST

/* The response rates of Baldi et al., The Oncologist 2020;25:e1777-e1784, in percent as printed. */
static const struct {
    uint32_t successes;
    uint32_t trials;
    double low;
    double high;
} published[] = {
    {.successes = 10, .trials = 21, .low = 25.7, .high = 70.2},
    {.successes = 2, .trials = 4, .low = 6.8, .high = 93.2},
    {.successes = 8, .trials = 17, .low = 23.0, .high = 72.2},
    {.successes = 7, .trials = 13, .low = 25.1, .high = 80.8},
    {.successes = 5, .trials = 9, .low = 21.2, .high = 86.3},
};

START_TEST(published_rates_come_out_as_printed)
{
    const struct recist_interval interval = recist_proportion_bound(
        RECIST_PROPORTION_CLOPPER_PEARSON, published[_i].successes, published[_i].trials, 0.95);
    ck_assert_double_eq(round(interval.low * 1000) / 10, published[_i].low);
    ck_assert_double_eq(round(interval.high * 1000) / 10, published[_i].high);
}
END_TEST

START_TEST(ends_are_exact)
{
    const enum recist_proportion_method method = (enum recist_proportion_method)_i;
    for (uint32_t trials = 1; trials <= 200; trials++) {
        const struct recist_interval none = recist_proportion_bound(method, 0, trials, 0.95);
        const struct recist_interval all = recist_proportion_bound(method, trials, trials, 0.95);
        ck_assert_double_eq(none.low, 0);
        ck_assert_double_eq(all.high, 1);
        ck_assert_double_lt(none.high, 1);
        ck_assert_double_gt(all.low, 0);
    }
}
END_TEST

/* Success and failure are names only. */
START_TEST(failures_mirror_successes)
{
    const enum recist_proportion_method method = (enum recist_proportion_method)_i;
    for (uint32_t successes = 0; successes <= 40; successes++) {
        const struct recist_interval one = recist_proportion_bound(method, successes, 40, 0.9);
        const struct recist_interval other =
            recist_proportion_bound(method, 40 - successes, 40, 0.9);
        ck_assert_double_eq_tol(one.low, 1 - other.high, 1e-12);
        ck_assert_double_eq_tol(one.high, 1 - other.low, 1e-12);
    }
}
END_TEST

static const struct {
    uint32_t successes;
    uint32_t trials;
    double level;
} undefined[] = {
    {.successes = 0, .trials = 0, .level = 0.95},
    {.successes = 5, .trials = 4, .level = 0.95},
    {.successes = 1, .trials = 4, .level = 0},
    {.successes = 1, .trials = 4, .level = 1},
    {.successes = 1, .trials = 4, .level = 95},
    {.successes = 1, .trials = 4, .level = -0.5},
    {.successes = 1, .trials = 4, .level = (double)NAN},
};

START_TEST(nothing_to_estimate_gives_no_interval)
{
    for (int method = 0; method < METHOD_COUNT; method++) {
        const struct recist_interval interval =
            recist_proportion_bound((enum recist_proportion_method)method, undefined[_i].successes,
                                    undefined[_i].trials, undefined[_i].level);
        ck_assert_double_nan(interval.low);
        ck_assert_double_nan(interval.high);
        ck_assert(!recist_interval_is_defined(interval));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("proportion");
    TCase *intervals = tcase_create("intervals");
    tcase_add_loop_test(intervals, intervals_are_those_of_r, 0, METHOD_COUNT);
    tcase_add_loop_test(intervals, published_rates_come_out_as_printed, 0, (int)COUNT(published));
    tcase_add_loop_test(intervals, ends_are_exact, 0, METHOD_COUNT);
    tcase_add_loop_test(intervals, failures_mirror_successes, 0, METHOD_COUNT);
    tcase_add_loop_test(intervals, nothing_to_estimate_gives_no_interval, 0, (int)COUNT(undefined));
    suite_add_tcase(suite, intervals);
    return run_suite(suite);
}
