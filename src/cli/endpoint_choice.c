/* SPDX-License-Identifier: MIT */
#include "cli/endpoint_choice.h"

#include "base/nearest_name.h"
#include "cli/criteria_choice.h"
#include "cli/finding_log.h"
#include "cli/message.h"

#define MOST_LISTED 16
/* Longer than any follow-up. */
#define MOST_DAYS 100000

static enum recist_exit load(struct recist_endpoint_choice *choice, const char *name)
{
    struct recist_rules_path path;
    struct recist_findings *findings = recist_findings_create();
    enum recist_outcome outcome = RECIST_NO_MEMORY;
    if (recist_rules_path_find(&path) && findings) {
        outcome = recist_endpoints_load(name, recist_rules_path_directories(&path), path.count,
                                        findings, &choice->set);
        recist_findings_print(findings);
    }
    bool named = findings && recist_findings_count(findings) == 1 &&
                 strcmp(recist_findings_at(findings, 0)->kind->code, "rules-not-found") == 0;
    recist_findings_destroy(findings);
    recist_rules_path_free(&path);
    if (outcome == RECIST_DONE) {
        return RECIST_EXIT_DONE;
    }
    if (outcome == RECIST_NO_MEMORY) {
        return recist_message_no_memory();
    }
    if (outcome == RECIST_INVALID) {
        return RECIST_EXIT_INPUT_ERRORS;
    }
    return named ? RECIST_EXIT_USAGE : RECIST_EXIT_FILE;
}

static enum recist_exit refuse_name(const struct recist_endpoints *set, const char *name)
{
    const char *names[MOST_LISTED];
    struct recist_text text;
    size_t count = 0;
    recist_text_init(&text);
    for (; count < recist_endpoints_count(set) && count < MOST_LISTED; count++) {
        names[count] = recist_endpoints_at(set, count)->name;
        recist_text_format(&text, "%s%s", count > 0 ? ", " : "", names[count]);
    }
    struct recist_slice slice = {name, strlen(name)};
    const char *nearest = recist_nearest_name(slice, names, count);
    if (nearest) {
        recist_message("%s defines no endpoint \"%s\"; did you mean \"%s\"?",
                       recist_endpoints_id(set), name, nearest);
    } else {
        recist_message("%s defines no endpoint \"%s\"; it defines %.*s", recist_endpoints_id(set),
                       name, (int)text.length, text.length > 0 ? text.bytes : "");
    }
    recist_text_destroy(&text);
    return RECIST_EXIT_USAGE;
}

static bool read_days(const char *written, const char *option, bool none_allowed, uint32_t *days)
{
    uint32_t value = 0;
    if (none_allowed && strcmp(written, "none") == 0) {
        *days = 0;
        return true;
    }
    for (const char *at = written; *at >= '0' && *at <= '9' && value <= MOST_DAYS; at++) {
        value = value * 10 + (uint32_t)(*at - '0');
    }
    if (!*written || written[strspn(written, "0123456789")] || value > MOST_DAYS ||
        (none_allowed && value == 0)) {
        recist_message("%s needs a number of days%s, not \"%s\"", option,
                       none_allowed ? ", or none" : "", written);
        return false;
    }
    *days = value;
    return true;
}

static enum recist_exit choose_schedule(struct recist_endpoint_choice *choice,
                                        const struct recist_options *options)
{
    const char *interval = RECIST_OPTION_VALUE(options, SCHEDULE_DAYS);
    const char *window = RECIST_OPTION_VALUE(options, WINDOW_DAYS);
    choice->schedule = recist_endpoints_schedule(choice->set);
    if ((interval && !read_days(interval, "--schedule-days", true, &choice->schedule.interval)) ||
        (window && !read_days(window, "--window-days", false, &choice->schedule.window))) {
        return RECIST_EXIT_USAGE;
    }
    if (choice->endpoint->missed_visits.description && choice->schedule.interval == 0 &&
        !interval) {
        recist_message("%s of %s looks for missed visits: give --schedule-days and --window-days, "
                       "or --schedule-days none",
                       choice->endpoint->name, recist_endpoints_id(choice->set));
        return RECIST_EXIT_USAGE;
    }
    return RECIST_EXIT_DONE;
}

enum recist_exit recist_endpoint_choose(struct recist_endpoint_choice *choice,
                                        const struct recist_options *options,
                                        const char *default_name)
{
    const char *set = RECIST_OPTION_VALUE(options, ENDPOINTS);
    const char *name = RECIST_OPTION_VALUE(options, ENDPOINT);
    *choice = (struct recist_endpoint_choice){0};
    name = name ? name : default_name;
    if (!name) {
        recist_message("which endpoint? --endpoint os, pfs, rfs, ttp, dor or ttr");
        return RECIST_EXIT_USAGE;
    }
    enum recist_exit status = load(choice, set ? set : RECIST_DEFAULT_ENDPOINTS);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    choice->endpoint = recist_endpoints_find(choice->set, name);
    return choice->endpoint ? choose_schedule(choice, options) : refuse_name(choice->set, name);
}

void recist_endpoint_choice_destroy(struct recist_endpoint_choice *choice)
{
    recist_endpoints_destroy(choice->set);
    *choice = (struct recist_endpoint_choice){0};
}
