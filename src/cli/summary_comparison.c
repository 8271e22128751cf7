/* SPDX-License-Identifier: MIT */
#include "cli/summary_comparison.h"

#include "base/nearest_name.h"
#include "cli/message.h"
#include "output/escape.h"
#include "output/number.h"
#include "statistics/fisher.h"

#define P_DECIMALS 4

static const struct recist_table_column columns[] = {
    {"reader", RECIST_CELL_TEXT},
    {"by", RECIST_CELL_TEXT},
    {"first", RECIST_CELL_TEXT},
    {"second", RECIST_CELL_TEXT},
    {"first_responders", RECIST_CELL_NUMBER},
    {"first_counted", RECIST_CELL_NUMBER},
    {"first_orr_pct", RECIST_CELL_NUMBER},
    {"second_responders", RECIST_CELL_NUMBER},
    {"second_counted", RECIST_CELL_NUMBER},
    {"second_orr_pct", RECIST_CELL_NUMBER},
    {"difference_pct", RECIST_CELL_NUMBER},
    {"newcombe_low_pct", RECIST_CELL_NUMBER},
    {"newcombe_high_pct", RECIST_CELL_NUMBER},
    {"miettinen_nurminen_low_pct", RECIST_CELL_NUMBER},
    {"miettinen_nurminen_high_pct", RECIST_CELL_NUMBER},
    {"fisher_p", RECIST_CELL_NUMBER},
};
#define COLUMN_COUNT (sizeof columns / sizeof *columns)

struct result {
    struct recist_proportion first;
    struct recist_proportion second;
    struct recist_interval newcombe;
    struct recist_interval miettinen_nurminen;
    double p_value;
};

static bool is_value(const struct recist_course_groups *groups, struct recist_slice text,
                     struct recist_slice *near)
{
    for (size_t i = 0; i < groups->group_count; i++) {
        struct recist_slice value = recist_course_groups_value(groups, i, 0);
        if (recist_values_equal(value, text)) {
            return true;
        }
        if (near->length == 0 && recist_name_is_near(text, value)) {
            *near = value;
        }
    }
    return false;
}

static enum recist_exit refuse(const struct recist_course_groups *groups, const char *written)
{
    struct recist_slice near = {"", 0};
    const char *comma = strchr(written, ',');
    if (!comma) {
        recist_message("--compare needs two values of %s with a comma between, not \"%s\"",
                       groups->names[0], written);
        return RECIST_EXIT_USAGE;
    }
    struct recist_slice first = {written, (size_t)(comma - written)};
    struct recist_slice second = {comma + 1, strlen(comma + 1)};
    struct recist_slice wrong = is_value(groups, first, &near) ? second : first;
    near.length = 0;
    is_value(groups, wrong, &near);
    recist_message("no course has %s \"%.*s\"%s%.*s%s", groups->names[0], (int)wrong.length,
                   wrong.text, near.length ? "; did you mean " : "", (int)near.length, near.text,
                   near.length ? "?" : "");
    return RECIST_EXIT_USAGE;
}

enum recist_exit recist_comparison_read(struct recist_comparison *comparison,
                                        const struct recist_course_groups *groups,
                                        const char *written)
{
    struct recist_slice near = {"", 0};
    for (const char *comma = strchr(written, ','); comma; comma = strchr(comma + 1, ',')) {
        struct recist_slice first = {written, (size_t)(comma - written)};
        struct recist_slice second = {comma + 1, strlen(comma + 1)};
        if (is_value(groups, first, &near) && is_value(groups, second, &near)) {
            *comparison = (struct recist_comparison){first, second};
            if (!recist_values_equal(first, second)) {
                return RECIST_EXIT_DONE;
            }
            recist_message("--compare needs two different values, not \"%s\"", written);
            return RECIST_EXIT_USAGE;
        }
    }
    return refuse(groups, written);
}

/* Whether a course is counted in a group with this value. */
static bool is_of(const struct recist_response_tallies *tallies, const struct recist_course *facts,
                  struct recist_slice value)
{
    const struct recist_response_outcomes *outcomes = tallies->outcomes;
    if (!recist_course_conditions_hold(outcomes->conditions, facts) ||
        (facts->evaluable == RECIST_NO && !outcomes->options->all_courses)) {
        return false;
    }
    size_t group = recist_course_groups_of(tallies->groups, facts);
    return recist_values_equal(recist_course_groups_value(tallies->groups, group, 0), value);
}

/* Whether a course is the first in the first group of a patient who has one in the second, too. */
static bool in_both(const struct recist_comparison *comparison,
                    const struct recist_response_tallies *tallies,
                    const struct recist_course *facts)
{
    size_t count = 0;
    bool second = false;
    const struct recist_course *first = NULL;
    const struct recist_course *const *courses =
        recist_courses_of(tallies->groups->courses, facts->study, facts->patient, &count);
    for (size_t i = 0; i < count; i++) {
        second |= is_of(tallies, courses[i], comparison->second);
        if (!first && is_of(tallies, courses[i], comparison->first)) {
            first = courses[i];
        }
    }
    return second && first == facts;
}

void recist_comparison_warn(const struct recist_comparison *comparison,
                            const struct recist_response_tallies *tallies)
{
    size_t patients = 0;
    for (size_t i = 0; i < recist_courses_count(tallies->groups->courses); i++) {
        patients += in_both(comparison, tallies, recist_courses_at(tallies->groups->courses, i));
    }
    if (patients > 0) {
        recist_message("%zu patient%s courses in both groups; the comparison takes all courses "
                       "for independent",
                       patients, patients == 1 ? " has" : "s have");
    }
}

static struct recist_proportion add_up(const struct recist_response_tallies *tallies, size_t block,
                                       struct recist_slice value)
{
    struct recist_proportion sum = {0, 0};
    for (size_t row = 0; row + 1 < tallies->row_count; row++) {
        const struct recist_response_tally *tally =
            recist_response_tallies_at(tallies, block, row);
        if (recist_values_equal(recist_course_groups_value(tallies->groups, row, 0), value)) {
            sum.successes += tally->responders;
            sum.trials += tally->counted;
        }
    }
    return sum;
}

static struct result compare(const struct recist_comparison *comparison,
                             const struct recist_response_tallies *tallies, size_t block)
{
    double level = tallies->outcomes->options->level;
    struct result result = {.first = add_up(tallies, block, comparison->first),
                            .second = add_up(tallies, block, comparison->second)};
    result.newcombe = recist_proportion_bound_difference(RECIST_DIFFERENCE_NEWCOMBE, result.first,
                                                         result.second, level);
    result.miettinen_nurminen = recist_proportion_bound_difference(
        RECIST_DIFFERENCE_MIETTINEN_NURMINEN, result.first, result.second, level);
    bool both = result.first.trials > 0 && result.second.trials > 0;
    result.p_value = both ? recist_fisher_test(result.first.successes, result.first.trials,
                                               result.second.successes, result.second.trials)
                          : (double)NAN;
    return result;
}

static void append_rate(struct recist_row *row, struct recist_proportion proportion)
{
    recist_row_integer(row, proportion.successes);
    recist_row_integer(row, proportion.trials);
    if (proportion.trials > 0) {
        recist_row_ratio(row, 100 * (recist_wide)proportion.successes, proportion.trials);
    } else {
        recist_row_empty(row);
    }
}

static void append_difference(struct recist_row *row, const struct result *result)
{
    recist_wide first = result->first.trials;
    recist_wide second = result->second.trials;
    if (first > 0 && second > 0) {
        recist_row_ratio(row,
                         100 * (result->first.successes * second -
                                result->second.successes * first),
                         first * second);
    } else {
        recist_row_empty(row);
    }
}

static void append_interval(struct recist_row *row, struct recist_interval interval)
{
    recist_row_statistic(row, 100 * interval.low, 2);
    recist_row_statistic(row, 100 * interval.high, 2);
}

static void append_row(const struct recist_comparison *comparison,
                       const struct recist_response_tallies *tallies, size_t block,
                       struct recist_row *row)
{
    struct result result = compare(comparison, tallies, block);
    recist_row_begin(row);
    if (tallies->outcomes->reader_count > 0) {
        recist_row_slice(row, tallies->outcomes->readers[block]);
    } else {
        recist_row_empty(row);
    }
    recist_row_string(row, tallies->groups->names[0]);
    recist_row_slice(row, comparison->first);
    recist_row_slice(row, comparison->second);
    append_rate(row, result.first);
    append_rate(row, result.second);
    append_difference(row, &result);
    append_interval(row, result.newcombe);
    append_interval(row, result.miettinen_nurminen);
    recist_row_statistic(row, result.p_value, P_DECIMALS);
    recist_row_end(row);
}

static void append_csv(const struct recist_comparison *comparison,
                       const struct recist_response_tallies *tallies, struct recist_text *text)
{
    struct recist_row row = {.text = text, .columns = columns, .format = RECIST_FORMAT_CSV};
    recist_text_append_char(text, '\n');
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        recist_text_append(text, ",", i > 0);
        recist_text_append_string(text, columns[i].name);
    }
    recist_text_append_char(text, '\n');
    for (size_t block = 0; block < tallies->block_count; block++) {
        append_row(comparison, tallies, block, &row);
    }
}

static void append_json(const struct recist_comparison *comparison,
                        const struct recist_response_tallies *tallies, struct recist_text *text)
{
    recist_text_append_string(text, "\"comparison\": {\"rows\": [");
    for (size_t block = 0; block < tallies->block_count; block++) {
        struct recist_text own;
        recist_text_init(&own);
        struct recist_row row = {.text = &own, .columns = columns, .format = RECIST_FORMAT_JSON};
        append_row(comparison, tallies, block, &row);
        size_t skipped = block == 0; /* the comma before the first */
        text->failed |= own.failed;
        if (!own.failed) {
            recist_text_append(text, own.bytes + skipped, own.length - skipped);
        }
        recist_text_destroy(&own);
    }
    recist_text_append_string(text, "\n  ]}");
}

static void append_percent(struct recist_text *text, double fraction)
{
    if (isnan(fraction)) {
        recist_text_append_string(text, "not estimable");
    } else {
        recist_number_append_rounded(text, 100 * fraction, 2);
    }
}

static void append_limits(struct recist_text *text, const char *method,
                          struct recist_interval interval)
{
    recist_text_format(text, "  %s: ", method);
    append_percent(text, interval.low);
    recist_text_append_string(text, " to ");
    append_percent(text, interval.high);
    recist_text_append_char(text, '\n');
}

static double rate(struct recist_proportion proportion)
{
    return proportion.trials > 0 ? (double)proportion.successes / proportion.trials : (double)NAN;
}

static void append_lines(const struct recist_comparison *comparison,
                         const struct recist_response_tallies *tallies, size_t block,
                         struct recist_text *text)
{
    struct result result = compare(comparison, tallies, block);
    size_t start = text->length + 1;
    recist_text_append_char(text, '\n');
    if (tallies->outcomes->reader_count > 0 && tallies->outcomes->readers[block].length > 0) {
        recist_text_append_string(text, "reader ");
        recist_text_append_slice(text, tallies->outcomes->readers[block]);
        recist_text_append_string(text, ": ");
    }
    recist_text_append_slice(text, comparison->first);
    recist_text_append_string(text, " less ");
    recist_text_append_slice(text, comparison->second);
    recist_escape_terminal(text, start);
    recist_text_format(text, ", %u/%u and %u/%u: difference of the response rates ",
                       result.first.successes, result.first.trials, result.second.successes,
                       result.second.trials);
    append_percent(text, rate(result.first) - rate(result.second));
    recist_text_append_string(text, " percentage points\n");
    append_limits(text, "Newcombe", result.newcombe);
    append_limits(text, "Miettinen-Nurminen", result.miettinen_nurminen);
    recist_text_append_string(text, "  Fisher's exact test: p = ");
    if (isnan(result.p_value)) {
        recist_text_append_string(text, "not estimable");
    } else {
        recist_number_append_rounded(text, result.p_value, P_DECIMALS);
    }
    recist_text_append_char(text, '\n');
}

void recist_comparison_append(const struct recist_comparison *comparison,
                              const struct recist_response_tallies *tallies,
                              enum recist_format format, struct recist_text *text)
{
    if (format == RECIST_FORMAT_CSV) {
        append_csv(comparison, tallies, text);
    } else if (format == RECIST_FORMAT_JSON) {
        append_json(comparison, tallies, text);
    } else {
        for (size_t block = 0; block < tallies->block_count; block++) {
            append_lines(comparison, tallies, block, text);
        }
    }
}
