/* SPDX-License-Identifier: MIT */
#include "statistics/sample.h"

#include <string.h>

#include "statistics_close.h"

enum { MOST_VALUES = 256 };

static const struct {
    size_t count;
    double values[MOST_VALUES];
} samples[] = {
#define SAMPLES
#include "statistics_expected/sample.inc"
#undef SAMPLES
};

static const struct {
    size_t sample;
    double mean;
    double standard_deviation;
    double lowest;
    double median;
    double highest;
} descriptions[] = {
#define DESCRIPTIONS
#include "statistics_expected/sample.inc"
#undef DESCRIPTIONS
};

static const struct {
    size_t sample;
    enum recist_quantile_type type;
    double fraction;
    double quantile;
} quantiles[] = {
#define QUANTILES
#include "statistics_expected/sample.inc"
#undef QUANTILES
};

static size_t sort_sample(size_t sample, double sorted[static MOST_VALUES])
{
    memcpy(sorted, samples[sample].values, sizeof samples[sample].values);
    recist_sample_sort(sorted, samples[sample].count);
    return samples[sample].count;
}

START_TEST(quantiles_are_those_of_r)
{
    for (size_t row = 0; row < COUNT(quantiles); row++) {
        double sorted[MOST_VALUES];
        const size_t count = sort_sample(quantiles[row].sample, sorted);
        ck_assert_close(recist_sample_find_quantile(sorted, count, quantiles[row].fraction,
                                                    quantiles[row].type),
                        quantiles[row].quantile, row);
    }
}
END_TEST

START_TEST(descriptions_are_those_of_r)
{
    for (size_t row = 0; row < COUNT(descriptions); row++) {
        double sorted[MOST_VALUES];
        const size_t count = sort_sample(descriptions[row].sample, sorted);
        const struct recist_sample sample =
            recist_sample_describe(sorted, count, RECIST_QUANTILE_SAS);
        ck_assert_uint_eq(sample.count, count);
        ck_assert_close(sample.mean, descriptions[row].mean, row);
        ck_assert_close(sample.standard_deviation, descriptions[row].standard_deviation, row);
        ck_assert_close(sample.lowest, descriptions[row].lowest, row);
        ck_assert_close(sample.median, descriptions[row].median, row);
        ck_assert_close(sample.highest, descriptions[row].highest, row);
    }
}
END_TEST

/* SAS takes the middle of two values only where n * p is whole, as in eight values, not in six. */
START_TEST(quartiles_of_sas_and_r_differ)
{
    const double sorted[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const struct recist_sample r = recist_sample_describe(sorted, 8, RECIST_QUANTILE_R);
    const struct recist_sample sas = recist_sample_describe(sorted, 8, RECIST_QUANTILE_SAS);
    ck_assert_double_eq(r.first_quartile, 2.75);
    ck_assert_double_eq(r.third_quartile, 6.25);
    ck_assert_double_eq(sas.first_quartile, 2.5);
    ck_assert_double_eq(sas.third_quartile, 6.5);
    const struct recist_sample six = recist_sample_describe(sorted, 6, RECIST_QUANTILE_SAS);
    ck_assert_double_eq(six.first_quartile, 2);
    ck_assert_double_eq(six.third_quartile, 5);
}
END_TEST

/* 0.55 * 20 is 11.000000000000002 in binary; the 11th value is meant, to the last bit. */
START_TEST(rounding_does_not_move_a_rank)
{
    double sorted[19];
    for (size_t index = 0; index < COUNT(sorted); index++) {
        sorted[index] = (double)index + 1;
    }
    ck_assert_double_eq(
        recist_sample_find_quantile(sorted, COUNT(sorted), 0.55, RECIST_QUANTILE_EXPECTED), 11);
}
END_TEST

START_TEST(few_values_have_defined_results)
{
    const double one[] = {42};
    const struct recist_sample single = recist_sample_describe(one, 1, RECIST_QUANTILE_R);
    ck_assert_double_eq(single.mean, 42);
    ck_assert_double_eq(single.first_quartile, 42);
    ck_assert_double_nan(single.standard_deviation);
    const struct recist_sample none = recist_sample_describe(NULL, 0, RECIST_QUANTILE_R);
    ck_assert_uint_eq(none.count, 0);
    ck_assert_double_nan(none.mean);
    ck_assert_double_nan(none.standard_deviation);
    ck_assert_double_nan(none.lowest);
    ck_assert_double_nan(none.first_quartile);
    ck_assert_double_nan(none.median);
    ck_assert_double_nan(none.third_quartile);
    ck_assert_double_nan(none.highest);
    ck_assert_double_nan(recist_sample_find_quantile(one, 1, -0.1, RECIST_QUANTILE_R));
    ck_assert_double_nan(recist_sample_find_quantile(one, 1, 1.1, RECIST_QUANTILE_R));
    ck_assert_double_nan(recist_sample_find_quantile(one, 1, (double)NAN, RECIST_QUANTILE_R));
    recist_sample_sort(NULL, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sample");
    TCase *tests = tcase_create("tests");
    tcase_add_test(tests, quantiles_are_those_of_r);
    tcase_add_test(tests, descriptions_are_those_of_r);
    tcase_add_test(tests, quartiles_of_sas_and_r_differ);
    tcase_add_test(tests, rounding_does_not_move_a_rank);
    tcase_add_test(tests, few_values_have_defined_results);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
