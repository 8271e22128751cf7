/* SPDX-License-Identifier: MIT */
#include "cli/summary_options.h"

#include "base/nearest_name.h"
#include "cli/message.h"
#include "cli/survival_options.h"

#define MOST_WEEKS 1000
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const responses[] = {"best", "confirmed"};
static const char *const denominators[] = {"evaluable", "all"};
static const char *const methods[] = {
    [RECIST_PROPORTION_CLOPPER_PEARSON] = "clopper-pearson",
    [RECIST_PROPORTION_WILSON] = "wilson",
    [RECIST_PROPORTION_AGRESTI_COULL] = "agresti-coull",
    [RECIST_PROPORTION_JEFFREYS] = "jeffreys",
};

/* Index of the value among the names, 0 when the option was not given; or says what it may be. */
static bool choose(const char *option, const char *value, const char *const *names, size_t count,
                   size_t *chosen)
{
    *chosen = 0;
    if (!value) {
        return true;
    }
    struct recist_slice slice = {value, strlen(value)};
    for (size_t i = 0; i < count; i++) {
        if (recist_name_distance(slice, (struct recist_slice){names[i], strlen(names[i])}) == 0) {
            *chosen = i;
            return true;
        }
    }
    struct recist_text list;
    recist_text_init(&list);
    for (size_t i = 0; i < count; i++) {
        recist_text_append_string(&list, i == 0 ? "" : i + 1 < count ? ", " : " or ");
        recist_text_append_string(&list, names[i]);
    }
    recist_text_append_char(&list, '\0');
    const char *near = recist_nearest_name(slice, names, count);
    recist_message("%s is %s, not \"%s\"%s%s%s", option, list.failed ? "" : list.bytes, value,
                   near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    recist_text_destroy(&list);
    return false;
}

static bool read_weeks(const char *value, uint32_t *weeks)
{
    *weeks = 0;
    if (!value) {
        return true;
    }
    for (const char *at = value; *at >= '0' && *at <= '9' && *weeks <= MOST_WEEKS; at++) {
        *weeks = *weeks * 10 + (uint32_t)(*at - '0');
    }
    if (value[strspn(value, "0123456789")] || *weeks == 0 || *weeks > MOST_WEEKS) {
        recist_message("--benefit-weeks needs a number from 1 to %d, not \"%s\"", MOST_WEEKS,
                       value);
        return false;
    }
    return true;
}

enum recist_exit recist_summary_options_read(struct recist_summary_options *summary,
                                             const struct recist_options *options)
{
    size_t response = 0;
    size_t denominator = 0;
    size_t method = 0;
    *summary = (struct recist_summary_options){
        .durations = RECIST_OPTION_VALUE(options, DURATIONS) != NULL,
        .compare = RECIST_OPTION_VALUE(options, COMPARE),
        .reader = options->reader,
    };
    if (!choose("--response", RECIST_OPTION_VALUE(options, RESPONSE), responses, COUNT(responses),
                &response) ||
        !choose("--denominator", RECIST_OPTION_VALUE(options, DENOMINATOR), denominators,
                COUNT(denominators), &denominator) ||
        !choose("--interval", RECIST_OPTION_VALUE(options, INTERVAL), methods, COUNT(methods),
                &method) ||
        !read_weeks(RECIST_OPTION_VALUE(options, BENEFIT_WEEKS), &summary->benefit_weeks)) {
        return RECIST_EXIT_USAGE;
    }
    summary->confirmed = response == 1;
    summary->all_courses = denominator == 1;
    summary->method = (enum recist_proportion_method)method;
    if (summary->compare && !RECIST_OPTION_VALUE(options, BY)) {
        recist_message("--compare names two values of the first column of --by");
        return RECIST_EXIT_USAGE;
    }
    return recist_level_read(options, &summary->level);
}
