/* SPDX-License-Identifier: MIT */
#include "survival_cases.h"

struct expected_quantile {
    size_t data_set;
    size_t reverse;
    enum recist_survival_scale scale;
    double level;
    double fraction;
    double days;
    struct recist_interval interval;
};

static const struct expected_quantile quantiles[] = {
#define QUANTILES
#include "statistics_expected/survival.inc"
#undef QUANTILES
};

START_TEST(quantiles_are_those_of_r)
{
    for (size_t row = 0; row < COUNT(quantiles); row++) {
        const struct expected_quantile *expected = &quantiles[row];
        const struct recist_survival_quantile quantile =
            recist_survival_find_quantile(&curves[expected->data_set][expected->reverse],
                                          expected->fraction, expected->scale, expected->level);
        ck_assert_close(quantile.days, expected->days, row);
        ck_assert_close(quantile.interval.low, expected->interval.low, row);
        ck_assert_close(quantile.interval.high, expected->interval.high, row);
    }
}
END_TEST

/* What the flat cases mean, said without R. */
static const struct {
    size_t count;
    struct recist_survival_observation observations[6];
    double fraction;
    double days;
} flat_cases[] = {
    /* Half have the event on day 20, the next comes on day 30. */
    {.count = 4,
     .observations = {{10, true}, {20, true}, {30, true}, {40, true}},
     .fraction = 0.5,
     .days = 25},
    /* Half have it on day 20, nobody after; followed to day 90. */
    {.count = 4,
     .observations = {{10, true}, {20, true}, {30, false}, {90, false}},
     .fraction = 0.5,
     .days = 55},
    /* One of three, then two of three, which binary fractions do not add up to. */
    {.count = 3,
     .observations = {{10, true}, {20, true}, {30, true}},
     .fraction = 2.0 / 3,
     .days = 25},
    /* Not flat there: passed on day 20. */
    {.count = 3, .observations = {{10, true}, {20, true}, {30, true}}, .fraction = 0.5, .days = 20},
    /* Never reached. */
    {.count = 3,
     .observations = {{10, true}, {20, false}, {30, false}},
     .fraction = 0.5,
     .days = (double)NAN},
    /* Everybody has had the event. */
    {.count = 2, .observations = {{10, true}, {20, true}}, .fraction = 1, .days = 20},
};

START_TEST(flat_curves_give_the_middle)
{
    struct recist_survival_curve curve;
    ck_assert_int_eq(
        recist_survival_estimate(flat_cases[_i].observations, flat_cases[_i].count, &arena, &curve),
        RECIST_STATISTICS_OK);
    const struct recist_survival_quantile quantile =
        recist_survival_find_quantile(&curve, flat_cases[_i].fraction, RECIST_SURVIVAL_LOG, 0.95);
    ck_assert_close(quantile.days, flat_cases[_i].days, _i);
}
END_TEST

START_TEST(bad_fractions_and_levels_give_nothing)
{
    const double fractions[] = {0, -0.1, 1.1, 50, (double)NAN};
    for (size_t index = 0; index < COUNT(fractions); index++) {
        const struct recist_survival_quantile quantile = recist_survival_find_quantile(
            &curves[0][0], fractions[index], RECIST_SURVIVAL_LOG, 0.95);
        ck_assert_double_nan(quantile.days);
        ck_assert_double_nan(quantile.interval.low);
        ck_assert_double_nan(quantile.interval.high);
    }
    const struct recist_survival_quantile median =
        recist_survival_find_quantile(&curves[0][0], 0.5, RECIST_SURVIVAL_LOG, 95);
    ck_assert_double_eq(median.days, 310);
    ck_assert_double_nan(median.interval.low);
    ck_assert_double_nan(median.interval.high);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("survival quantile");
    TCase *tests = tcase_create("tests");
    tcase_add_checked_fixture(tests, estimate_all, forget_all);
    tcase_add_test(tests, quantiles_are_those_of_r);
    tcase_add_loop_test(tests, flat_curves_give_the_middle, 0, (int)COUNT(flat_cases));
    tcase_add_test(tests, bad_fractions_and_levels_give_nothing);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
