/* SPDX-License-Identifier: MIT */
#include "statistics/fisher.h"

#include "statistics_close.h"

struct expected_test {
    uint32_t first_successes;
    uint32_t first_trials;
    uint32_t second_successes;
    uint32_t second_trials;
    double p_value;
};

static const struct expected_test expected_by_r[] = {
#include "statistics_expected/fisher.inc"
};

struct expected_table {
    size_t rows;
    size_t columns;
    double p_value;
    uint32_t counts[40];
};

static const struct expected_table expected_tables[] = {
#include "statistics_expected/fisher_table.inc"
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

START_TEST(p_values_are_those_of_r)
{
    for (size_t row = 0; row < COUNT(expected_by_r); row++) {
        const struct expected_test *expected = &expected_by_r[row];
        ck_assert_close(recist_fisher_test(expected->first_successes, expected->first_trials,
                                           expected->second_successes, expected->second_trials),
                        expected->p_value, row);
    }
}
END_TEST

START_TEST(p_values_of_tables_are_those_of_r)
{
    const struct expected_table *expected = &expected_tables[_i];
    double p_value = 0;
    ck_assert_int_eq(recist_fisher_test_table(expected->counts, expected->rows, expected->columns,
                                              &arena, &p_value),
                     RECIST_STATISTICS_OK);
    ck_assert_close(p_value, expected->p_value, _i);
}
END_TEST

/* Two programs, one statistic. */
START_TEST(both_functions_agree_on_two_by_two)
{
    for (uint32_t first = 0; first <= 11; first++) {
        for (uint32_t second = 0; second <= 8; second++) {
            const uint32_t counts[] = {first, 11 - first, second, 8 - second};
            double p_value = 0;
            ck_assert_int_eq(recist_fisher_test_table(counts, 2, 2, &arena, &p_value),
                             RECIST_STATISTICS_OK);
            ck_assert_close(p_value, recist_fisher_test(first, 11, second, 8), first);
            ck_assert(p_value > 0 && p_value <= 1);
        }
    }
}
END_TEST

START_TEST(nothing_to_compare_has_a_defined_result)
{
    ck_assert_double_eq(recist_fisher_test(0, 0, 0, 0), 1);
    ck_assert_double_eq(recist_fisher_test(0, 5, 0, 7), 1);
    ck_assert_double_eq(recist_fisher_test(3, 5, 0, 0), 1);
    ck_assert_double_nan(recist_fisher_test(6, 5, 1, 7));
    ck_assert_double_nan(recist_fisher_test(1, 5, 8, 7));
    static const uint32_t one_row[] = {3, 2, 0, 0};
    static const uint32_t one_column[] = {3, 0, 2, 0};
    static const uint32_t nothing[4] = {0};
    const uint32_t *const tables[] = {one_row, one_column, nothing};
    for (size_t index = 0; index < COUNT(tables); index++) {
        double p_value = 0;
        ck_assert_int_eq(recist_fisher_test_table(tables[index], 2, 2, &arena, &p_value),
                         RECIST_STATISTICS_OK);
        ck_assert_double_eq(p_value, 1);
    }
}
END_TEST

START_TEST(too_many_tables_are_refused)
{
    uint32_t crowded[49];
    for (uint32_t cell = 0; cell < COUNT(crowded); cell++) {
        crowded[cell] = 1 + cell * cell % 11;
    }
    double p_value = 0;
    ck_assert_int_eq(recist_fisher_test_table(crowded, 7, 7, &arena, &p_value),
                     RECIST_STATISTICS_TOO_LARGE);
    ck_assert_double_nan(p_value);
    static const uint32_t many[] = {RECIST_FISHER_TOTAL, 1, 1, 1};
    p_value = 0;
    ck_assert_int_eq(recist_fisher_test_table(many, 2, 2, &arena, &p_value),
                     RECIST_STATISTICS_TOO_LARGE);
    ck_assert_double_nan(p_value);
}
END_TEST

/* Rows and columns, and their order, are names only. */
START_TEST(turning_a_table_changes_nothing)
{
    static const uint32_t table[] = {5, 1, 0, 2, 4, 3, 1, 1, 6, 2, 2, 0};
    static const uint32_t turned[] = {2, 6, 0, 2, 0, 5, 2, 1, 1, 4, 1, 3};
    static const uint32_t by_columns[] = {5, 4, 6, 1, 3, 2, 0, 1, 2, 2, 1, 0};
    double p_value = 0;
    double of_turned = 0;
    double of_columns = 0;
    ck_assert_int_eq(recist_fisher_test_table(table, 3, 4, &arena, &p_value), RECIST_STATISTICS_OK);
    ck_assert_int_eq(recist_fisher_test_table(turned, 3, 4, &arena, &of_turned),
                     RECIST_STATISTICS_OK);
    ck_assert_int_eq(recist_fisher_test_table(by_columns, 4, 3, &arena, &of_columns),
                     RECIST_STATISTICS_OK);
    ck_assert_double_eq_tol(of_columns, p_value, 1e-12);
    ck_assert_double_eq_tol(of_turned, p_value, 1e-12);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fisher");
    TCase *tests = tcase_create("tests");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, p_values_are_those_of_r);
    tcase_add_loop_test(tests, p_values_of_tables_are_those_of_r, 0, (int)COUNT(expected_tables));
    tcase_add_test(tests, both_functions_agree_on_two_by_two);
    tcase_add_test(tests, nothing_to_compare_has_a_defined_result);
    tcase_add_test(tests, turning_a_table_changes_nothing);
    tcase_add_test(tests, too_many_tables_are_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
