/* SPDX-License-Identifier: MIT */
#include "cli/survival_table.h"

#include <stdlib.h>

#define TIME_DECIMALS 2
#define RATE_DECIMALS 4 /* of a fraction: two of a percentage */

static size_t group_of(const struct recist_survival_table *table,
                       const struct recist_course_time *course)
{
    return recist_course_groups_of(table->groups, course->facts);
}

/* Observations of one group; `to` has room for all courses. */
static size_t collect(const struct recist_survival_table *table, size_t group,
                      struct recist_survival_observation *to)
{
    size_t count = 0;
    for (size_t i = 0; i < table->times->count; i++) {
        const struct recist_course_time *course = &table->times->list[i];
        if (course->verdict == RECIST_ENDPOINT_APPLIES && group_of(table, course) == group) {
            to[count++] = (struct recist_survival_observation){.days = course->time.days,
                                                               .event = course->time.event};
        }
    }
    return count;
}

/* Makes the group of courses that the courses file does not have, and notes which are shown. */
static bool find_groups(struct recist_survival_table *table)
{
    for (size_t i = 0; i < table->times->count; i++) {
        if (group_of(table, &table->times->list[i]) == SIZE_MAX ||
            recist_course_groups_of(table->strata, table->times->list[i].facts) == SIZE_MAX) {
            return false;
        }
    }
    table->shown = recist_arena_take_zeroed(&table->arena, table->groups->group_count + 1,
                                            sizeof *table->shown);
    for (size_t i = 0; table->shown && i < table->times->count; i++) {
        table->shown[group_of(table, &table->times->list[i])] = true;
    }
    if (table->shown && table->groups->column_count == 0) {
        table->shown[0] = true; /* the one group of all, even when it is empty */
    }
    return table->shown != NULL;
}

bool recist_survival_table_make(struct recist_survival_table *table)
{
    recist_arena_init(&table->arena, 0);
    bool done = find_groups(table);
    size_t groups = table->groups->group_count + 1;
    struct recist_survival_observation *observations =
        calloc(table->times->count + 1, sizeof *observations);
    table->curves = recist_arena_take_zeroed(&table->arena, groups, sizeof *table->curves);
    done = done && observations && table->curves;
    for (size_t i = 0; done && i < groups; i++) {
        size_t count = collect(table, i, observations);
        done = (table->options->follow_up ? recist_survival_estimate_follow_up
                                          : recist_survival_estimate)(
                   observations, count, &table->arena, &table->curves[i]) == RECIST_STATISTICS_OK;
    }
    free(observations);
    return done;
}

void recist_survival_table_destroy(struct recist_survival_table *table)
{
    recist_arena_destroy(&table->arena);
}

static void add_numbers(struct recist_column_list *columns, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        recist_column_list_add_string(columns, RECIST_CELL_NUMBER, names[i]);
    }
}

static void add_rate_columns(const struct recist_survival_table *table,
                             struct recist_column_list *columns)
{
    for (size_t i = 0; i < table->options->time_count; i++) {
        struct recist_slice at = table->options->times[i].written;
        recist_column_list_add_joined(columns, RECIST_CELL_NUMBER, "rate_", at, "");
        recist_column_list_add_joined(columns, RECIST_CELL_NUMBER, "rate_", at, "_low");
        recist_column_list_add_joined(columns, RECIST_CELL_NUMBER, "rate_", at, "_high");
        if (table->options->at_risk) {
            recist_column_list_add_joined(columns, RECIST_CELL_NUMBER, "at_risk_", at, "");
        }
    }
}

static void add_column_names(const struct recist_survival_table *table,
                             struct recist_column_list *columns)
{
    static const char *const of_curve[] = {"time",     "at_risk", "events", "censored",
                                           "survival", "low",     "high"};
    static const char *const of_group[] = {"courses",     "events", "median", "median_low",
                                           "median_high", "q1",     "q3"};
    for (size_t i = 0; i < table->groups->column_count; i++) {
        recist_column_list_add_string(columns, RECIST_CELL_TEXT, table->groups->names[i]);
    }
    if (table->options->curve) {
        add_numbers(columns, of_curve, sizeof of_curve / sizeof *of_curve);
        return;
    }
    recist_column_list_add_string(columns, RECIST_CELL_TEXT, "endpoint");
    add_numbers(columns, of_group, sizeof of_group / sizeof *of_group);
    add_rate_columns(table, columns);
}

void recist_survival_table_columns(const struct recist_survival_table *table,
                                   struct recist_column_list *columns)
{
    add_column_names(table, columns);
    recist_column_list_make_unique(columns, 0, table->groups->column_count);
}

static void append_group(const struct recist_survival_table *table, size_t group,
                         struct recist_row *row)
{
    for (size_t i = 0; i < table->groups->column_count; i++) {
        recist_row_slice(row, recist_course_groups_value(table->groups, group, i));
    }
}

static void append_steps(const struct recist_survival_table *table, size_t group,
                         struct recist_row *row)
{
    const struct recist_survival_options *options = table->options;
    const struct recist_survival_curve *curve = &table->curves[group];
    for (size_t i = 0; i < curve->step_count; i++) {
        const struct recist_survival_step *step = &curve->steps[i];
        struct recist_interval interval =
            recist_survival_bound(step, options->scale, options->level);
        recist_row_begin(row);
        append_group(table, group, row);
        recist_row_statistic(row, step->days / options->unit_days, TIME_DECIMALS);
        recist_row_integer(row, (int64_t)step->at_risk);
        recist_row_integer(row, (int64_t)step->events);
        recist_row_integer(row, (int64_t)step->censored);
        recist_row_statistic(row, step->survival, RATE_DECIMALS);
        recist_row_statistic(row, interval.low, RATE_DECIMALS);
        recist_row_statistic(row, interval.high, RATE_DECIMALS);
        recist_row_end(row);
    }
}

static void append_quantiles(const struct recist_survival_table *table,
                             const struct recist_survival_curve *curve, struct recist_row *row)
{
    const struct recist_survival_options *options = table->options;
    struct recist_survival_quantile quantiles[3];
    for (int i = 0; i < 3; i++) {
        quantiles[i] = recist_survival_find_quantile(curve, (i + 1) / 4.0, options->scale,
                                                     options->level);
    }
    const double days[] = {quantiles[1].days, quantiles[1].interval.low,
                           quantiles[1].interval.high, quantiles[0].days, quantiles[2].days};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        recist_row_statistic(row, days[i] / options->unit_days, TIME_DECIMALS);
    }
}

static void append_rates(const struct recist_survival_table *table,
                         const struct recist_survival_curve *curve, struct recist_row *row)
{
    const struct recist_survival_options *options = table->options;
    for (size_t i = 0; i < options->time_count; i++) {
        struct recist_survival_rate rate = recist_survival_read_at(
            curve, options->times[i].days, options->scale, options->level);
        const double values[] = {rate.survival, rate.interval.low, rate.interval.high};
        for (size_t k = 0; k < 3; k++) {
            if (rate.estimable) {
                recist_row_statistic(row, values[k], RATE_DECIMALS);
            } else {
                recist_row_empty(row);
            }
        }
        if (options->at_risk) {
            recist_row_integer(row, (int64_t)rate.at_risk);
        }
    }
}

static void append_summary(const struct recist_survival_table *table, size_t group,
                           struct recist_row *row)
{
    const struct recist_survival_curve *curve = &table->curves[group];
    recist_row_begin(row);
    append_group(table, group, row);
    recist_row_string(row, table->endpoint);
    recist_row_integer(row, (int64_t)curve->observations);
    recist_row_integer(row, (int64_t)curve->events);
    append_quantiles(table, curve, row);
    append_rates(table, curve, row);
    recist_row_end(row);
}

void recist_survival_table_rows(const struct recist_survival_table *table, struct recist_row *row)
{
    size_t groups = table->groups->group_count;
    for (size_t i = 0; i < groups || i == 0; i++) {
        if (!table->shown[i]) {
            continue;
        }
        if (table->options->curve) {
            append_steps(table, i, row);
        } else {
            append_summary(table, i, row);
        }
    }
}
