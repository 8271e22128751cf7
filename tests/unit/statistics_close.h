/* SPDX-License-Identifier: MIT
 * Compares a number with R's: nine digits, or to 1e-12 where R has zero. NaN equals NaN only. */
#ifndef RECIST_TESTS_STATISTICS_CLOSE_H
#define RECIST_TESTS_STATISTICS_CLOSE_H

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static inline bool is_close(double got, double expected)
{
    if (isnan(expected) || isinf(expected)) {
        return isnan(expected) ? isnan(got) : isinf(got) && signbit(got) == signbit(expected);
    }
    return fabs(got - expected) <= fmax(1e-9 * fabs(expected), expected == 0 ? 1e-12 : 0);
}

/* `row` is what to look for in the table of expected numbers. */
#define ck_assert_close(got, expected, row)                                                        \
    ck_assert_msg(is_close((got), (expected)), "row %zu: " #got " is %.17g, expected %.17g",       \
                  (size_t)(row), (double)(got), (double)(expected))

#define COUNT(array) (sizeof(array) / sizeof *(array))

static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
