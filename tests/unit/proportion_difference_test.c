/* SPDX-License-Identifier: MIT */
#include "statistics/proportion.h"

#include "statistics_close.h"

enum { METHOD_COUNT = 2 };

/* Successes and trials of the first group, of the second, level, low and high of each method. */
static const double expected_by_r[][9] = {
#include "statistics_expected/proportion_difference.inc"
};

static struct recist_interval bound(enum recist_difference_method method,
                                    const double row[static 9])
{
    return recist_proportion_bound_difference(
        method, (struct recist_proportion){(uint32_t)row[0], (uint32_t)row[1]},
        (struct recist_proportion){(uint32_t)row[2], (uint32_t)row[3]}, row[4]);
}

START_TEST(intervals_are_those_of_r)
{
    for (size_t row = 0; row < COUNT(expected_by_r); row++) {
        const struct recist_interval interval =
            bound((enum recist_difference_method)_i, expected_by_r[row]);
        ck_assert_close(interval.low, expected_by_r[row][5 + 2 * _i], row);
        ck_assert_close(interval.high, expected_by_r[row][6 + 2 * _i], row);
    }
}
END_TEST

/* Newcombe, Stat Med 1998;17:873-890, Table II, methods 10 and 6; four decimals are printed. */
static const struct {
    struct recist_proportion first;
    struct recist_proportion second;
    double newcombe[2];
    double miettinen_nurminen[2];
} published[] = {
    {.first = {56, 70},
     .second = {48, 80},
     .newcombe = {0.0524, 0.3339},
     .miettinen_nurminen = {0.0528, 0.3382}},
    {.first = {9, 10},
     .second = {3, 10},
     .newcombe = {0.1705, 0.8090},
     .miettinen_nurminen = {0.1700, 0.8406}},
    {.first = {10, 10},
     .second = {0, 10},
     .newcombe = {0.6075, 1.0000},
     .miettinen_nurminen = {0.6636, 1.0000}},
};

START_TEST(published_examples_come_out_as_printed)
{
    const struct recist_interval newcombe = recist_proportion_bound_difference(
        RECIST_DIFFERENCE_NEWCOMBE, published[_i].first, published[_i].second, 0.95);
    const struct recist_interval miettinen_nurminen = recist_proportion_bound_difference(
        RECIST_DIFFERENCE_MIETTINEN_NURMINEN, published[_i].first, published[_i].second, 0.95);
    ck_assert_double_eq_tol(newcombe.low, published[_i].newcombe[0], 0.00005);
    ck_assert_double_eq_tol(newcombe.high, published[_i].newcombe[1], 0.00005);
    ck_assert_double_eq_tol(miettinen_nurminen.low, published[_i].miettinen_nurminen[0], 0.00005);
    ck_assert_double_eq_tol(miettinen_nurminen.high, published[_i].miettinen_nurminen[1], 0.00005);
}
END_TEST

/* If all of one group and none of another of the same size respond, the score equation can be
 * solved by hand: the low limit is (1 - r) / (1 + r) with r = z * z / (N - 1). */
START_TEST(all_against_none_is_solved_by_hand)
{
    const double z = 1.959963984540054;
    for (uint32_t trials = 1; trials <= 30; trials++) {
        const struct recist_interval interval = recist_proportion_bound_difference(
            RECIST_DIFFERENCE_MIETTINEN_NURMINEN, (struct recist_proportion){trials, trials},
            (struct recist_proportion){0, trials}, 0.95);
        const double ratio = z * z / (2 * trials - 1);
        ck_assert_close(interval.low, (1 - ratio) / (1 + ratio), trials);
        ck_assert_double_eq(interval.high, 1);
    }
}
END_TEST

START_TEST(exchanging_the_groups_changes_the_sign)
{
    const enum recist_difference_method method = (enum recist_difference_method)_i;
    for (uint32_t first = 0; first <= 9; first++) {
        for (uint32_t second = 0; second <= 6; second++) {
            const struct recist_proportion one = {first, 9};
            const struct recist_proportion other = {second, 6};
            const struct recist_interval forth =
                recist_proportion_bound_difference(method, one, other, 0.95);
            const struct recist_interval back =
                recist_proportion_bound_difference(method, other, one, 0.95);
            ck_assert_double_eq_tol(forth.low, -back.high, 1e-12);
            ck_assert_double_eq_tol(forth.high, -back.low, 1e-12);
            ck_assert(forth.low >= -1 && forth.high <= 1 && forth.low < forth.high);
        }
    }
}
END_TEST

static const double undefined[][9] = {
    {0, 0, 1, 2, 0.95}, {1, 2, 0, 0, 0.95}, {3, 2, 1, 2, 0.95},
    {1, 2, 3, 2, 0.95}, {1, 2, 1, 2, 1},    {1, 2, 1, 2, 0},
};

START_TEST(nothing_to_compare_gives_no_interval)
{
    for (int method = 0; method < METHOD_COUNT; method++) {
        const struct recist_interval interval =
            bound((enum recist_difference_method)method, undefined[_i]);
        ck_assert_double_nan(interval.low);
        ck_assert_double_nan(interval.high);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("proportion difference");
    TCase *intervals = tcase_create("intervals");
    tcase_add_loop_test(intervals, intervals_are_those_of_r, 0, METHOD_COUNT);
    tcase_add_loop_test(intervals, published_examples_come_out_as_printed, 0,
                        (int)COUNT(published));
    tcase_add_test(intervals, all_against_none_is_solved_by_hand);
    tcase_add_loop_test(intervals, exchanging_the_groups_changes_the_sign, 0, METHOD_COUNT);
    tcase_add_loop_test(intervals, nothing_to_compare_gives_no_interval, 0, (int)COUNT(undefined));
    suite_add_tcase(suite, intervals);
    return run_suite(suite);
}
