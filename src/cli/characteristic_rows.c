/* SPDX-License-Identifier: MIT
 * The rows of the characteristics table. */
#include <math.h>

#include "base/decimal.h"
#include "cli/characteristics.h"
#include "base/decimal.h"
#include "output/number.h"

#define DECIMALS 2

struct rows {
    struct recist_characteristics *characteristics;
    const size_t *groups; /* everybody is the last */
    size_t group_count;
    struct recist_row *row;
    const struct recist_characteristic *of;
};

static const struct recist_slice nothing = {"", 0};

static void begin(const struct rows *rows, struct recist_slice level, const char *statistic)
{
    recist_row_begin(rows->row);
    if (rows->of) {
        recist_row_slice(rows->row, rows->of->name);
    } else {
        recist_row_string(rows->row, rows->characteristics->per_patient ? "patients" : "courses");
    }
    recist_row_slice(rows->row, level);
    recist_row_string(rows->row, statistic);
}

static double percent(size_t count, size_t of)
{
    return of > 0 ? 100.0 * (double)count / (double)of : (double)NAN;
}

static size_t missing(const struct rows *rows, size_t group)
{
    return recist_characteristics_count(rows->characteristics, group, rows->of->column, nothing);
}

static void append_sizes(const struct rows *rows)
{
    begin(rows, nothing, "n");
    for (size_t i = 0; i < rows->group_count; i++) {
        recist_row_integer(rows->row, (int64_t)recist_characteristics_size(rows->characteristics,
                                                                           rows->groups[i]));
    }
    recist_row_end(rows->row);
}

static void append_missing(const struct rows *rows, struct recist_slice level,
                           const char *statistic)
{
    begin(rows, level, statistic);
    for (size_t i = 0; i < rows->group_count; i++) {
        recist_row_integer(rows->row, (int64_t)missing(rows, rows->groups[i]));
    }
    recist_row_end(rows->row);
}

enum level_statistic { LEVEL_COUNT, LEVEL_PERCENT, LEVEL_BOTH };

static void append_level_cell(const struct rows *rows, enum level_statistic statistic, size_t count,
                              double share)
{
    switch (statistic) {
    case LEVEL_COUNT:
        recist_row_integer(rows->row, (int64_t)count);
        break;
    case LEVEL_PERCENT:
        recist_row_statistic(rows->row, share, DECIMALS);
        break;
    case LEVEL_BOTH:
    default:
        recist_row_open_cell(rows->row);
        recist_decimal_append(rows->row->text, (recist_wide)count, 1, 0);
        if (isfinite(share)) {
            recist_text_append_string(rows->row->text, " (");
            recist_number_append_rounded(rows->row->text, share, DECIMALS);
            recist_text_append_string(rows->row->text, " %)");
        }
        recist_row_close_cell(rows->row);
        break;
    }
}

/* Percentages are of those with a value. */
static void append_level(const struct rows *rows, struct recist_slice level, const char *name,
                         enum level_statistic statistic)
{
    begin(rows, level, name);
    for (size_t i = 0; i < rows->group_count; i++) {
        size_t group = rows->groups[i];
        size_t known = recist_characteristics_size(rows->characteristics, group) -
                       missing(rows, group);
        size_t count = recist_characteristics_count(rows->characteristics, group, rows->of->column,
                                                    level);
        append_level_cell(rows, statistic, count, percent(count, known));
    }
    recist_row_end(rows->row);
}

static void append_category(const struct rows *rows)
{
    static const struct recist_slice no_value = {RECIST_GROUP_MISSING,
                                                 sizeof RECIST_GROUP_MISSING - 1};
    for (size_t i = 0; i < rows->of->level_count; i++) {
        struct recist_slice level = rows->of->levels[i];
        if (rows->row->format == RECIST_FORMAT_TABLE) {
            append_level(rows, level, "n (%)", LEVEL_BOTH);
        } else {
            append_level(rows, level, "n", LEVEL_COUNT);
            append_level(rows, level, "pct", LEVEL_PERCENT);
        }
    }
    if (missing(rows, RECIST_EVERYBODY) > 0) {
        append_missing(rows, no_value, "n");
    }
}

static struct recist_sample sample_of(const struct rows *rows, size_t group)
{
    return recist_characteristics_sample(rows->characteristics, group, rows->of->column);
}

/* Statistics of a sample by their place in it. */
struct number_statistic {
    const char *name;
    size_t offset;
};

#define OF_SAMPLE(member) offsetof(struct recist_sample, member)

static const struct number_statistic single[] = {
    {"mean", OF_SAMPLE(mean)},     {"sd", OF_SAMPLE(standard_deviation)},
    {"median", OF_SAMPLE(median)}, {"q1", OF_SAMPLE(first_quartile)},
    {"q3", OF_SAMPLE(third_quartile)}, {"min", OF_SAMPLE(lowest)},
    {"max", OF_SAMPLE(highest)},
};

static double value_of(const struct recist_sample *sample, size_t offset)
{
    double value = 0;
    memcpy(&value, (const char *)sample + offset, sizeof value);
    return value;
}

static void append_single(const struct rows *rows, const struct number_statistic *statistic)
{
    begin(rows, nothing, statistic->name);
    for (size_t i = 0; i < rows->group_count; i++) {
        struct recist_sample sample = sample_of(rows, rows->groups[i]);
        recist_row_statistic(rows->row, value_of(&sample, statistic->offset), DECIMALS);
    }
    recist_row_end(rows->row);
}

static void append_count(const struct rows *rows)
{
    begin(rows, nothing, "n");
    for (size_t i = 0; i < rows->group_count; i++) {
        recist_row_integer(rows->row, (int64_t)sample_of(rows, rows->groups[i]).count);
    }
    recist_row_end(rows->row);
}

/* "31 (22-46)": two statistics, or three, in one cell of a table. */
struct joined_statistic {
    const char *name;
    size_t offsets[3];
    size_t count;
};

static const struct joined_statistic joined[] = {
    {"median (IQR)", {OF_SAMPLE(median), OF_SAMPLE(first_quartile), OF_SAMPLE(third_quartile)}, 3},
    {"median (range)", {OF_SAMPLE(median), OF_SAMPLE(lowest), OF_SAMPLE(highest)}, 3},
    {"mean (SD)", {OF_SAMPLE(mean), OF_SAMPLE(standard_deviation)}, 2},
};

static void append_joined_cell(struct recist_row *row, const struct joined_statistic *statistic,
                               const struct recist_sample *sample)
{
    static const char *const before[] = {"", " (", "-"};
    recist_row_open_cell(row);
    for (size_t i = 0; i < statistic->count && sample->count > 0; i++) {
        double value = value_of(sample, statistic->offsets[i]);
        recist_text_append_string(row->text, before[i]);
        if (isfinite(value)) {
            recist_number_append_rounded(row->text, value, DECIMALS);
        } else {
            recist_text_append_char(row->text, '-');
        }
    }
    recist_text_append_string(row->text, sample->count > 0 ? ")" : "");
    recist_row_close_cell(row);
}

static void append_joined(const struct rows *rows, const struct joined_statistic *statistic)
{
    begin(rows, nothing, statistic->name);
    for (size_t i = 0; i < rows->group_count; i++) {
        struct recist_sample sample = sample_of(rows, rows->groups[i]);
        append_joined_cell(rows->row, statistic, &sample);
    }
    recist_row_end(rows->row);
}

static void append_number(const struct rows *rows)
{
    if (rows->row->format == RECIST_FORMAT_TABLE) {
        for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
            append_joined(rows, &joined[i]);
        }
        if (missing(rows, RECIST_EVERYBODY) > 0) {
            append_missing(rows, nothing, "missing");
        }
        return;
    }
    append_count(rows);
    append_missing(rows, nothing, "missing");
    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        append_single(rows, &single[i]);
    }
}

void recist_characteristics_append(struct recist_characteristics *characteristics,
                                   const size_t *shown, size_t shown_count, struct recist_row *row)
{
    struct rows rows = {.characteristics = characteristics,
                        .groups = shown,
                        .group_count = shown_count,
                        .row = row};
    append_sizes(&rows);
    for (size_t i = 0; i < characteristics->count; i++) {
        rows.of = &characteristics->list[i];
        if (rows.of->is_number) {
            append_number(&rows);
        } else {
            append_category(&rows);
        }
    }
}
