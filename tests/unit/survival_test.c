/* SPDX-License-Identifier: MIT */
#include "survival_cases.h"

struct expected_step {
    size_t data_set;
    size_t reverse;
    int32_t days;
    size_t at_risk;
    size_t events;
    size_t censored;
    double survival;
    double log_standard_error;
    double standard_error;
    double limits[6];
};

static const struct expected_step steps[] = {
#define STEPS
#include "statistics_expected/survival.inc"
#undef STEPS
};

struct expected_rate {
    size_t data_set;
    size_t reverse;
    enum recist_survival_scale scale;
    double level;
    double days;
    bool estimable;
    size_t at_risk;
    double survival;
    double standard_error;
    struct recist_interval interval;
};

static const struct expected_rate rates[] = {
#define RATES
#include "statistics_expected/survival.inc"
#undef RATES
};

static void compare_step(const struct recist_survival_step *step,
                         const struct expected_step *expected, size_t row)
{
    ck_assert_int_eq(step->days, expected->days);
    ck_assert_uint_eq(step->at_risk, expected->at_risk);
    ck_assert_uint_eq(step->events, expected->events);
    ck_assert_uint_eq(step->censored, expected->censored);
    ck_assert_close(step->survival, expected->survival, row);
    ck_assert_close(sqrt(step->log_variance), expected->log_standard_error, row);
    ck_assert_close(step->standard_error, expected->standard_error, row);
    for (size_t scale = 0; scale < 3; scale++) {
        const struct recist_interval interval =
            recist_survival_bound(step, (enum recist_survival_scale)scale, 0.95);
        ck_assert_close(interval.low, expected->limits[2 * scale], row);
        ck_assert_close(interval.high, expected->limits[2 * scale + 1], row);
    }
}

START_TEST(curves_are_those_of_r)
{
    size_t row = 0;
    for (size_t data_set = 0; data_set < COUNT(data_sets); data_set++) {
        for (size_t reverse = 0; reverse < 2; reverse++) {
            const struct recist_survival_curve *curve = &curves[data_set][reverse];
            ck_assert_uint_eq(curve->observations, data_sets[data_set].count);
            size_t events = 0;
            for (size_t index = 0; index < curve->step_count; index++, row++) {
                ck_assert_uint_lt(row, COUNT(steps));
                ck_assert_uint_eq(steps[row].data_set, data_set);
                ck_assert_uint_eq(steps[row].reverse, reverse);
                compare_step(&curve->steps[index], &steps[row], row);
                events += steps[row].events;
            }
            ck_assert_uint_eq(curve->events, events);
        }
    }
    ck_assert_uint_eq(row, COUNT(steps));
}
END_TEST

START_TEST(rates_are_those_of_r)
{
    for (size_t row = 0; row < COUNT(rates); row++) {
        const struct expected_rate *expected = &rates[row];
        const struct recist_survival_rate rate =
            recist_survival_read_at(&curves[expected->data_set][expected->reverse], expected->days,
                                    expected->scale, expected->level);
        ck_assert_msg(rate.estimable == expected->estimable, "row %zu", row);
        ck_assert_uint_eq(rate.at_risk, expected->at_risk);
        ck_assert_close(rate.survival, expected->survival, row);
        ck_assert_close(rate.standard_error, expected->standard_error, row);
        ck_assert_close(rate.interval.low, expected->interval.low, row);
        ck_assert_close(rate.interval.high, expected->interval.high, row);
    }
}
END_TEST

START_TEST(order_does_not_matter)
{
    static const struct recist_survival_observation shuffled[] = {{8, false}, {2, true}, {5, false},
                                                                  {2, false}, {5, true}, {2, true}};
    struct recist_survival_curve curve;
    ck_assert_int_eq(recist_survival_estimate(shuffled, COUNT(shuffled), &arena, &curve),
                     RECIST_STATISTICS_OK);
    ck_assert_uint_eq(curve.step_count, 3);
    /* On day 2 two of six had the event; the one censored on that day was at risk. */
    ck_assert_uint_eq(curve.steps[0].at_risk, 6);
    ck_assert_double_eq_tol(curve.steps[0].survival, 4.0 / 6, 1e-15);
    ck_assert_uint_eq(curve.steps[1].at_risk, 3);
    ck_assert_int_eq(shuffled[0].days, 8);
}
END_TEST

START_TEST(no_observation_estimates_nothing)
{
    struct recist_survival_curve curve;
    ck_assert_int_eq(recist_survival_estimate(NULL, 0, &arena, &curve), RECIST_STATISTICS_OK);
    ck_assert_uint_eq(curve.step_count, 0);
    ck_assert_uint_eq(curve.observations, 0);
    const struct recist_survival_rate rate =
        recist_survival_read_at(&curve, 0, RECIST_SURVIVAL_LOG, 0.95);
    ck_assert(!rate.estimable);
    ck_assert_double_nan(rate.survival);
    ck_assert_uint_eq(rate.at_risk, 0);
    const struct recist_survival_quantile median =
        recist_survival_find_quantile(&curve, 0.5, RECIST_SURVIVAL_LOG, 0.95);
    ck_assert_double_nan(median.days);
    ck_assert_double_nan(median.interval.low);
    ck_assert_double_nan(median.interval.high);
}
END_TEST

START_TEST(bad_input_is_refused)
{
    static const struct recist_survival_observation negative[] = {{5, true}, {-1, true}};
    struct recist_survival_curve curve;
    ck_assert_int_eq(recist_survival_estimate(negative, 2, &arena, &curve),
                     RECIST_STATISTICS_BAD_INPUT);
    ck_assert_uint_eq(curve.step_count, 0);
    const struct recist_survival_step *step = &curves[0][0].steps[3];
    ck_assert_double_nan(recist_survival_bound(step, RECIST_SURVIVAL_LOG, 95).low);
    ck_assert_double_nan(recist_survival_bound(step, RECIST_SURVIVAL_LOG, 0).high);
    const struct recist_survival_rate rate =
        recist_survival_read_at(&curves[0][0], (double)NAN, RECIST_SURVIVAL_LOG, 0.95);
    ck_assert(!rate.estimable);
}
END_TEST

START_TEST(memory_that_cannot_be_had_is_reported)
{
    static const struct recist_survival_observation one[] = {{5, true}};
    struct recist_survival_curve curve;
    ck_assert_int_eq(recist_survival_estimate(one, SIZE_MAX / 4, &arena, &curve),
                     RECIST_STATISTICS_MEMORY);
    ck_assert_uint_eq(curve.step_count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("survival");
    TCase *tests = tcase_create("tests");
    tcase_add_checked_fixture(tests, estimate_all, forget_all);
    tcase_add_test(tests, curves_are_those_of_r);
    tcase_add_test(tests, rates_are_those_of_r);
    tcase_add_test(tests, order_does_not_matter);
    tcase_add_test(tests, no_observation_estimates_nothing);
    tcase_add_test(tests, bad_input_is_refused);
    tcase_add_test(tests, memory_that_cannot_be_had_is_reported);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
