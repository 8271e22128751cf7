/* SPDX-License-Identifier: MIT
 * The log-rank test below a table of survival. */
#include <math.h>
#include <stdlib.h>

#include "cli/survival_table.h"
#include "output/escape.h"
#include "output/number.h"
#include "statistics/log_rank.h"

#define DECIMALS 4
#define SMALLEST_P 0.0001

/* Numbers the groups that have an observation from 0 on; the others become UINT32_MAX. */
static size_t number_groups(const struct recist_survival_table *table, uint32_t *numbers)
{
    uint32_t count = 0;
    for (size_t i = 0; i < table->groups->group_count; i++) {
        numbers[i] = table->curves[i].observations > 0 ? count++ : UINT32_MAX;
    }
    return count;
}

static size_t collect(const struct recist_survival_table *table, const uint32_t *numbers,
                      struct recist_log_rank_observation *observations)
{
    size_t count = 0;
    for (size_t i = 0; i < table->times->count; i++) {
        const struct recist_course_time *course = &table->times->list[i];
        if (course->verdict == RECIST_ENDPOINT_APPLIES) {
            observations[count++] = (struct recist_log_rank_observation){
                .days = course->time.days,
                .event = course->time.event,
                .group = numbers[recist_course_groups_of(table->groups, course->facts)],
                .stratum = (uint32_t)recist_course_groups_of(table->strata, course->facts)};
        }
    }
    return count;
}

static void append_member(struct recist_text *text, const char *name, double value)
{
    recist_text_format(text, "\"%s\": ", name);
    if (isfinite(value)) {
        recist_number_append_digits(text, value, RECIST_JSON_DIGITS);
    } else {
        recist_text_append_string(text, "null");
    }
}

static void append_json_string(struct recist_text *text, const char *string)
{
    recist_text_append_char(text, '"');
    size_t start = text->length;
    recist_text_append_string(text, string);
    recist_escape_json(text, start);
    recist_text_append_char(text, '"');
}

static void append_json_groups(const struct recist_survival_table *table, const uint32_t *numbers,
                               const struct recist_log_rank *test, struct recist_text *text)
{
    const char *between = "";
    recist_text_append_string(text, ", \"groups\": [");
    for (size_t i = 0; i < table->groups->group_count; i++) {
        if (numbers[i] == UINT32_MAX) {
            continue;
        }
        recist_text_format(text, "%s{", between);
        between = ", ";
        for (size_t k = 0; k < table->groups->column_count; k++) {
            append_json_string(text, table->groups->names[k]);
            recist_text_append_string(text, ": \"");
            size_t start = text->length;
            recist_text_append_slice(text, recist_course_groups_value(table->groups, i, k));
            recist_escape_json(text, start);
            recist_text_append_string(text, "\", ");
        }
        recist_text_format(text, "\"courses\": %zu, ", test->counts[numbers[i]]);
        append_member(text, "observed", test->observed[numbers[i]]);
        recist_text_append_string(text, ", ");
        append_member(text, "expected", test->expected[numbers[i]]);
        recist_text_append_char(text, '}');
    }
    recist_text_append_char(text, ']');
}

static void append_strata(const struct recist_survival_table *table, struct recist_text *text)
{
    for (size_t i = 0; i < table->strata->column_count; i++) {
        recist_text_append_string(text, i > 0 ? ", " : "");
        append_json_string(text, table->strata->names[i]);
    }
}

static void append_json(const struct recist_survival_table *table, const uint32_t *numbers,
                        const struct recist_log_rank *test, struct recist_text *text)
{
    recist_text_append_string(text, "\"log_rank\": {");
    append_member(text, "chi_square", test->chi_square);
    recist_text_format(text, ", \"degrees_of_freedom\": %u, ", test->degrees);
    append_member(text, "p", test->p_value);
    recist_text_append_string(text, ", \"strata\": [");
    append_strata(table, text);
    recist_text_append_char(text, ']');
    append_json_groups(table, numbers, test, text);
    recist_text_append_char(text, '}');
}

static void append_line(const struct recist_survival_table *table,
                        const struct recist_log_rank *test, struct recist_text *text)
{
    recist_text_append_string(text, "# log-rank");
    for (size_t i = 0; i < table->strata->column_count; i++) {
        recist_text_append_string(text, i > 0 ? ", " : " stratified by ");
        size_t start = text->length;
        recist_text_append_string(text, table->strata->names[i]);
        if (text->length > start) {
            recist_escape_terminal(text, start);
        }
    }
    if (!isfinite(test->p_value)) {
        recist_text_append_string(text, ": the groups cannot be compared\n");
        return;
    }
    recist_text_append_string(text, ": chi-square ");
    recist_number_append_rounded(text, test->chi_square, DECIMALS);
    recist_text_format(text, " on %u degree%s of freedom, p ", test->degrees,
                       test->degrees == 1 ? "" : "s");
    if (test->p_value < SMALLEST_P) {
        recist_text_append_string(text, "< 0.0001\n");
    } else {
        recist_text_append_string(text, "= ");
        recist_number_append_rounded(text, test->p_value, DECIMALS);
        recist_text_append_char(text, '\n');
    }
}

static bool test_groups(const struct recist_survival_table *table, struct recist_arena *arena,
                        enum recist_format format, struct recist_text *text)
{
    struct recist_log_rank test;
    uint32_t *numbers =
        recist_arena_take_zeroed(arena, table->groups->group_count + 1, sizeof *numbers);
    struct recist_log_rank_observation *observations =
        recist_arena_take_zeroed(arena, table->times->count + 1, sizeof *observations);
    if (!numbers || !observations) {
        return false;
    }
    size_t groups = number_groups(table, numbers);
    if (groups < 2) {
        return true;
    }
    size_t count = collect(table, numbers, observations);
    enum recist_statistics_problem problem =
        recist_log_rank_test(observations, count, groups, arena, &test);
    if (problem == RECIST_STATISTICS_TOO_LARGE) {
        return true;
    }
    if (problem != RECIST_STATISTICS_OK) {
        return false;
    }
    if (format == RECIST_FORMAT_JSON) {
        append_json(table, numbers, &test, text);
    } else {
        append_line(table, &test, text);
    }
    return !text->failed;
}

bool recist_survival_table_compare(const struct recist_survival_table *table,
                                   enum recist_format format, struct recist_text *text)
{
    struct recist_arena arena;
    recist_arena_init(&arena, 0);
    bool done = test_groups(table, &arena, format, text);
    recist_arena_destroy(&arena);
    return done;
}
