/* SPDX-License-Identifier: MIT */
#include "cli/rules_pair.h"

#include <stdlib.h>

#include "cli/criteria_choice.h"
#include "cli/message.h"

static bool knows(const struct recist_criteria *criteria, const struct recist_setting *setting)
{
    return recist_criteria_find_convention(criteria, setting->name) != SIZE_MAX;
}

/* The settings for one of the two; what neither knows is left to the first, which says so. */
static size_t choose_settings(const struct recist_rules_pair *plain,
                              const struct recist_options *options, size_t which,
                              struct recist_setting *chosen)
{
    size_t count = 0;
    for (size_t i = 0; i < options->setting_count; i++) {
        const struct recist_setting *setting = &options->settings[i];
        bool unknown = !knows(plain->criteria[0], setting) && !knows(plain->criteria[1], setting);
        if (knows(plain->criteria[which], setting) || (unknown && which == 0)) {
            chosen[count++] = *setting;
        }
    }
    return count;
}

static enum recist_exit load_both(struct recist_rules_pair *pair, struct recist_options options,
                                  struct recist_setting *const settings[2], const size_t counts[2])
{
    enum recist_exit status = RECIST_EXIT_DONE;
    for (size_t i = 0; i < 2; i++) {
        options.rules = pair->names[i];
        options.settings = settings[i];
        options.setting_count = counts[i];
        enum recist_exit one = recist_criteria_choose(&options, &pair->criteria[i]);
        status = one > status ? one : status;
    }
    return status;
}

/* Once more, with what either knows of the settings. */
static enum recist_exit load_with_settings(struct recist_rules_pair *pair,
                                           const struct recist_options *options)
{
    struct recist_rules_pair plain = *pair;
    size_t counts[2];
    struct recist_setting *settings[2] = {
        calloc(options->setting_count, sizeof **settings),
        calloc(options->setting_count, sizeof **settings),
    };
    enum recist_exit status = RECIST_EXIT_FILE;
    if (settings[0] && settings[1]) {
        for (size_t i = 0; i < 2; i++) {
            counts[i] = choose_settings(&plain, options, i, settings[i]);
        }
        status = load_both(pair, *options, settings, counts);
    } else {
        pair->criteria[0] = pair->criteria[1] = NULL;
        status = recist_message_no_memory();
    }
    recist_criteria_destroy(plain.criteria[0]);
    recist_criteria_destroy(plain.criteria[1]);
    free(settings[0]);
    free(settings[1]);
    return status;
}

enum recist_exit recist_rules_pair_load(struct recist_rules_pair *pair,
                                        const struct recist_options *options)
{
    struct recist_setting *const none[2] = {NULL, NULL};
    const size_t zero[2] = {0, 0};
    struct recist_options plain = *options;
    *pair = (struct recist_rules_pair){.names = {options->arguments[0], options->arguments[1]}};
    plain.quiet = options->quiet || options->setting_count > 0; /* warnings come the second time */
    enum recist_exit status = load_both(pair, plain, none, zero);
    if (status == RECIST_EXIT_DONE && options->setting_count > 0) {
        status = load_with_settings(pair, options);
    }
    return status;
}

void recist_rules_pair_free(struct recist_rules_pair *pair)
{
    recist_criteria_destroy(pair->criteria[0]);
    recist_criteria_destroy(pair->criteria[1]);
    *pair = (struct recist_rules_pair){.names = {NULL, NULL}};
}
