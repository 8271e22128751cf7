/* SPDX-License-Identifier: MIT */
#include "cli/summary_rows.h"

#define DAYS_IN_MONTH 30.4375

static void add_numbers(struct recist_summary_columns *columns, const char *const *names,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        recist_column_list_add_string(&columns->list, RECIST_CELL_NUMBER, names[i]);
    }
}
#define ADD_NUMBERS(columns, ...)                                                                  \
    add_numbers((columns), (const char *const[]){__VA_ARGS__},                                     \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* A word as the name of a column: small letters, and an underscore for whatever is no letter. */
static void add_word(struct recist_summary_columns *columns, const char *word)
{
    struct recist_text name;
    recist_text_init(&name);
    for (; *word; word++) {
        bool capital = *word >= 'A' && *word <= 'Z';
        bool plain = (*word >= 'a' && *word <= 'z') || (*word >= '0' && *word <= '9');
        char other = plain ? *word : '_';
        recist_text_append_char(&name, capital ? (char)(*word - 'A' + 'a') : other);
    }
    recist_column_list_add(&columns->list, RECIST_CELL_NUMBER,
                           (struct recist_slice){name.bytes, name.length});
    columns->list.failed |= name.failed;
    recist_text_destroy(&name);
}

static bool occurs(const struct recist_response_tallies *tallies, uint16_t word)
{
    for (size_t i = 0; i < tallies->block_count * tallies->row_count; i++) {
        if (tallies->list[i].words[word] > 0) {
            return true;
        }
    }
    return false;
}

/* Words that are counted nowhere (no disease at all, such as) have a column when they occur. */
static void choose_words(struct recist_summary_columns *columns,
                         const struct recist_criteria *criteria,
                         const struct recist_response_tallies *tallies)
{
    struct recist_best_words all;
    recist_best_words_list(criteria, &all);
    columns->words = (struct recist_best_words){.counted = all.counted};
    for (size_t i = 0; i < all.count; i++) {
        if (i < all.counted || occurs(tallies, all.words[i])) {
            columns->words.words[columns->words.count++] = all.words[i];
        }
    }
}

static bool has_named_reader(const struct recist_response_outcomes *outcomes)
{
    for (size_t i = 0; i < outcomes->reader_count; i++) {
        if (outcomes->readers[i].length > 0) {
            return true;
        }
    }
    return false;
}

bool recist_summary_columns_make(struct recist_summary_columns *columns,
                                 const struct recist_criteria *criteria, enum recist_format format,
                                 const struct recist_response_tallies *tallies)
{
    const struct recist_summary_options *options = tallies->outcomes->options;
    const struct recist_course_groups *groups = tallies->groups;
    struct recist_column_list *list = &columns->list;
    *columns = (struct recist_summary_columns){.reader = has_named_reader(tallies->outcomes)};
    recist_arena_init(&columns->arena, 0);
    *list = (struct recist_column_list){.arena = &columns->arena, .format = format};
    choose_words(columns, criteria, tallies);
    if (columns->reader) {
        recist_column_list_add_string(list, RECIST_CELL_TEXT, "reader");
    }
    size_t by = list->count;
    for (size_t i = 0; i < groups->column_count; i++) {
        recist_column_list_add_string(list, RECIST_CELL_TEXT, groups->names[i]);
    }
    size_t by_end = list->count;
    ADD_NUMBERS(columns, "courses", "evaluable");
    size_t words = list->count;
    for (size_t i = 0; i < columns->words.count; i++) {
        add_word(columns, recist_criteria_word(criteria, columns->words.words[i]));
    }
    size_t words_end = list->count;
    ADD_NUMBERS(columns, "responders", "orr_pct", "orr_low_pct", "orr_high_pct", "dcr_pct",
                "dcr_low_pct", "dcr_high_pct");
    if (options->benefit_weeks > 0) {
        ADD_NUMBERS(columns, "cbr_pct", "cbr_low_pct", "cbr_high_pct");
    }
    if (options->durations) {
        ADD_NUMBERS(columns, "ttr_median", "ttr_median_low", "ttr_median_high", "dor_events",
                    "dor_median", "dor_median_low", "dor_median_high");
    }
    recist_column_list_make_unique(list, words, words_end);
    recist_column_list_make_unique(list, by, by_end);
    return !list->failed;
}

void recist_summary_columns_destroy(struct recist_summary_columns *columns)
{
    recist_arena_destroy(&columns->arena);
}

static void append_rate(struct recist_row *row, const struct recist_summary_options *options,
                        uint32_t successes, uint32_t trials)
{
    struct recist_interval interval =
        recist_proportion_bound(options->method, successes, trials, options->level);
    if (trials > 0) {
        recist_row_ratio(row, 100 * (recist_wide)successes, trials);
    } else {
        recist_row_empty(row);
    }
    recist_row_statistic(row, 100 * interval.low, 2);
    recist_row_statistic(row, 100 * interval.high, 2);
}

static void append_group(const struct recist_response_tallies *tallies, size_t number,
                         struct recist_row *row)
{
    const struct recist_course_groups *groups = tallies->groups;
    bool all = number + 1 == tallies->row_count;
    for (size_t i = 0; i < groups->column_count; i++) {
        if (!all) {
            recist_row_slice(row, recist_course_groups_value(groups, number, i));
        } else if (i == 0) {
            recist_row_string(row, RECIST_GROUP_ALL);
        } else {
            recist_row_empty(row);
        }
    }
}

static bool is_counted(const struct recist_response_tallies *tallies, size_t block, size_t number,
                       size_t outcome)
{
    return recist_response_tallies_hold(tallies, block, number, outcome) &&
           (tallies->outcomes->list[outcome].evaluable || tallies->outcomes->options->all_courses);
}

/* The times of one row's courses; `of_response`: how long it held, else how long it took. */
static size_t take_times(const struct recist_response_tallies *tallies, size_t block,
                         size_t number, bool of_response,
                         struct recist_survival_observation *times)
{
    const struct recist_response_outcomes *outcomes = tallies->outcomes;
    size_t count = 0;
    for (size_t i = 0; i < outcomes->count; i++) {
        const struct recist_course_outcome *outcome = &outcomes->list[i];
        const struct recist_course_duration *duration =
            of_response ? &outcome->of_response : &outcome->to_response;
        if (duration->known && is_counted(tallies, block, number, i)) {
            times[count++] = duration->observation;
        }
    }
    return count;
}

static bool append_median(const struct recist_response_tallies *tallies, size_t block,
                          size_t number, bool of_response, struct recist_row *row)
{
    struct recist_arena arena;
    struct recist_survival_curve curve;
    recist_arena_init(&arena, 0);
    struct recist_survival_observation *times =
        recist_arena_take_zeroed(&arena, tallies->outcomes->count + 1, sizeof *times);
    size_t count = times ? take_times(tallies, block, number, of_response, times) : 0;
    bool done = times && recist_survival_estimate(times, count, &arena, &curve) ==
                             RECIST_STATISTICS_OK;
    if (done) {
        struct recist_survival_quantile median = recist_survival_find_quantile(
            &curve, 0.5, RECIST_SURVIVAL_LOG, tallies->outcomes->options->level);
        if (of_response) {
            recist_row_integer(row, (int64_t)curve.events);
        }
        recist_row_statistic(row, median.days / DAYS_IN_MONTH, 2);
        recist_row_statistic(row, median.interval.low / DAYS_IN_MONTH, 2);
        recist_row_statistic(row, median.interval.high / DAYS_IN_MONTH, 2);
    }
    recist_arena_destroy(&arena);
    return done;
}

bool recist_summary_row_append(const struct recist_summary_columns *columns,
                               const struct recist_response_tallies *tallies, size_t block,
                               size_t number, struct recist_row *row)
{
    const struct recist_summary_options *options = tallies->outcomes->options;
    const struct recist_response_tally *tally = recist_response_tallies_at(tallies, block, number);
    bool done = true;
    recist_row_begin(row);
    if (columns->reader) {
        recist_row_slice(row, tallies->outcomes->readers[block]);
    }
    append_group(tallies, number, row);
    recist_row_integer(row, tally->courses);
    recist_row_integer(row, tally->evaluable);
    for (size_t i = 0; i < columns->words.count; i++) {
        recist_row_integer(row, tally->words[columns->words.words[i]]);
    }
    recist_row_integer(row, tally->responders);
    append_rate(row, options, tally->responders, tally->counted);
    append_rate(row, options, tally->controlled, tally->counted);
    if (options->benefit_weeks > 0) {
        append_rate(row, options, tally->benefiting, tally->counted);
    }
    if (options->durations) {
        done = append_median(tallies, block, number, false, row) &&
               append_median(tallies, block, number, true, row);
    }
    recist_row_end(row);
    return done;
}
