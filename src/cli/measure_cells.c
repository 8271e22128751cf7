/* SPDX-License-Identifier: MIT */
#include "cli/measure_cells.h"

#include "timeline/measure_column.h"

bool recist_shown_measures_make(struct recist_shown_measures *measures,
                                const struct recist_criteria *criteria, struct recist_arena *arena)
{
    size_t count = recist_criteria_measure_count(criteria);
    struct recist_shown_measure *list = recist_arena_take_zeroed(arena, count + 1, sizeof *list);
    *measures = (struct recist_shown_measures){.criteria = criteria, .list = list};
    for (size_t i = 0; list && i < count; i++) {
        if (recist_criteria_measure_shown(criteria, i)) {
            list[measures->count++] = (struct recist_shown_measure){
                .index = i, .denominator = recist_criteria_measure_denominator(criteria, i)};
        }
    }
    return list != NULL;
}

/* `beginning` NAME_UNIT */
static void add_column(const struct recist_shown_measures *measures, size_t number,
                       const char *beginning, struct recist_column_list *columns)
{
    struct recist_text name;
    recist_text_init(&name);
    recist_measure_column_append(&name, measures->criteria, measures->list[number].index);
    recist_column_list_add_joined(columns, RECIST_CELL_NUMBER, beginning,
                                  (struct recist_slice){name.bytes, name.length}, "");
    columns->failed |= name.failed;
    recist_text_destroy(&name);
}

static void add_change_column(const struct recist_shown_measures *measures,
                              struct recist_column_list *columns)
{
    struct recist_text unit;
    recist_text_init(&unit);
    recist_measure_column_append_unit(&unit, measures->criteria, measures->list[0].index);
    recist_column_list_add_joined(columns, RECIST_CELL_NUMBER, "change_from_nadir",
                                  (struct recist_slice){unit.bytes, unit.length}, "");
    columns->failed |= unit.failed;
    recist_text_destroy(&unit);
}

void recist_shown_measures_add_columns(const struct recist_shown_measures *measures,
                                       struct recist_column_list *columns)
{
    if (measures->count == 0) {
        return;
    }
    add_column(measures, 0, "", columns);
    add_column(measures, 0, "baseline_", columns);
    add_column(measures, 0, "nadir_", columns);
    recist_column_list_add_string(columns, RECIST_CELL_NUMBER, "change_from_baseline_pct");
    recist_column_list_add_string(columns, RECIST_CELL_NUMBER, "change_from_nadir_pct");
    add_change_column(measures, columns);
}

void recist_shown_measures_add_further_columns(const struct recist_shown_measures *measures,
                                               struct recist_column_list *columns)
{
    for (size_t i = 1; i < measures->count; i++) {
        add_column(measures, i, "", columns);
    }
}

static bool present(recist_wide value)
{
    return value != RECIST_WIDE_MISSING;
}

static void append_value(struct recist_quick_row *row, recist_wide value, recist_wide denominator)
{
    if (present(value)) {
        recist_quick_row_decimal(row, value, denominator);
    } else {
        recist_quick_row_empty(row);
    }
}

/* The change in percent; empty where a number is missing, and from zero, where there is none. */
static void append_change(struct recist_quick_row *row, recist_wide value, recist_wide reference)
{
    if (present(value) && present(reference) && reference > 0) {
        recist_quick_row_ratio(row, 100 * (value - reference), reference);
    } else {
        recist_quick_row_empty(row);
    }
}

void recist_shown_measures_append(const struct recist_shown_measures *measures,
                                  struct recist_quick_row *row,
                                  const struct recist_visit_result *result, bool baseline)
{
    if (measures->count == 0) {
        return;
    }
    const struct recist_measure_result *measure = &result->measures[measures->list[0].index];
    recist_wide denominator = measures->list[0].denominator;
    recist_wide nadir = baseline ? RECIST_WIDE_MISSING : measure->nadir;
    append_value(row, measure->complete, denominator);
    append_value(row, measure->baseline, denominator);
    append_value(row, nadir, denominator);
    append_change(row, baseline ? RECIST_WIDE_MISSING : measure->complete, measure->baseline);
    append_change(row, measure->complete, nadir);
    if (present(measure->complete) && present(nadir)) {
        recist_quick_row_ratio(row, measure->complete - nadir, denominator);
    } else {
        recist_quick_row_empty(row);
    }
}

void recist_shown_measures_append_further(const struct recist_shown_measures *measures,
                                          struct recist_quick_row *row,
                                          const struct recist_visit_result *result)
{
    for (size_t i = 1; i < measures->count; i++) {
        append_value(row, result->measures[measures->list[i].index].complete,
                     measures->list[i].denominator);
    }
}
