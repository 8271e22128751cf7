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
