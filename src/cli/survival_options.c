/* SPDX-License-Identifier: MIT */
#include "cli/survival_options.h"

#include "base/decimal.h"
#include "base/excerpt.h"
#include "cli/message.h"

struct unit {
    const char *name;
    double days;
    const char *times; /* of --at where it is not given */
};

/* A month is a twelfth of 365.25 days. */
static const struct unit units[] = {
    {"months", 30.4375, "12,24,60"},
    {"days", 1, "365,730,1826"},
    {"weeks", 7, "52,104,260"},
    {"years", 365.25, "1,2,5"},
};

static const char *const scales[] = {
    [RECIST_SURVIVAL_LOG] = "log",
    [RECIST_SURVIVAL_LOG_LOG] = "log-log",
    [RECIST_SURVIVAL_PLAIN] = "plain",
};

static enum recist_exit read_unit(struct recist_survival_options *survival, const char *written,
                                  const char **times)
{
    const struct unit *unit = &units[0];
    for (size_t i = 0; written && i < sizeof units / sizeof *units; i++) {
        unit = strcmp(units[i].name, written) == 0 ? &units[i] : unit;
    }
    if (written && strcmp(unit->name, written) != 0) {
        recist_message("--unit is days, weeks, months or years, not \"%s\"", written);
        return RECIST_EXIT_USAGE;
    }
    survival->unit = unit->name;
    survival->unit_days = unit->days;
    *times = *times ? *times : unit->times;
    return RECIST_EXIT_DONE;
}

static enum recist_exit read_scale(struct recist_survival_options *survival, const char *written)
{
    for (size_t i = 0; written && i < sizeof scales / sizeof *scales; i++) {
        if (strcmp(scales[i], written) == 0) {
            survival->scale = (enum recist_survival_scale)i;
            return RECIST_EXIT_DONE;
        }
    }
    if (written) {
        recist_message("--interval of a survival curve is log, log-log or plain, not \"%s\"",
                       written);
        return RECIST_EXIT_USAGE;
    }
    return RECIST_EXIT_DONE;
}

static enum recist_exit add_time(struct recist_survival_options *survival,
                                 struct recist_slice written)
{
    int64_t value = 0;
    if (recist_decimal_parse(written, &value) != RECIST_DECIMAL_OK) {
        recist_message("--at needs times separated by commas, such as 12,24,60; \"%s\" is none",
                       RECIST_SHOWN(written));
        return RECIST_EXIT_USAGE;
    }
    if (survival->time_count == RECIST_MOST_TIMES) {
        recist_message("--at takes up to %d times", RECIST_MOST_TIMES);
        return RECIST_EXIT_USAGE;
    }
    survival->times[survival->time_count++] = (struct recist_survival_time){
        .written = written, .days = (double)value / RECIST_ONE * survival->unit_days};
    return RECIST_EXIT_DONE;
}

static enum recist_exit read_times(struct recist_survival_options *survival, const char *list)
{
    enum recist_exit status = RECIST_EXIT_DONE;
    while (status == RECIST_EXIT_DONE) {
        size_t length = strcspn(list, ",");
        status = add_time(survival, (struct recist_slice){list, length});
        list += length;
        if (!*list) {
            break;
        }
        list++;
    }
    return status;
}

enum recist_exit recist_level_read(const struct recist_options *options, double *level)
{
    const char *written = RECIST_OPTION_VALUE(options, LEVEL);
    int64_t value = 0;
    *level = 0.95;
    if (!written) {
        return RECIST_EXIT_DONE;
    }
    if (recist_decimal_parse((struct recist_slice){written, strlen(written)}, &value) !=
            RECIST_DECIMAL_OK ||
        value <= 0 || value >= RECIST_ONE) {
        recist_message("--level is a fraction between 0 and 1, such as 0.95, not \"%s\"", written);
        return RECIST_EXIT_USAGE;
    }
    *level = (double)value / RECIST_ONE;
    return RECIST_EXIT_DONE;
}

enum recist_exit recist_per_patient_read(const struct recist_options *options, bool *per_patient)
{
    const char *written = RECIST_OPTION_VALUE(options, PER);
    *per_patient = written && strcmp(written, "patient") == 0;
    if (written && !*per_patient && strcmp(written, "course") != 0) {
        recist_message("--per is patient or course, not \"%s\"", written);
        return RECIST_EXIT_USAGE;
    }
    return RECIST_EXIT_DONE;
}

enum recist_exit recist_survival_options_read(struct recist_survival_options *survival,
                                              const struct recist_options *options)
{
    const char *times = RECIST_OPTION_VALUE(options, AT);
    *survival = (struct recist_survival_options){
        .curve = RECIST_OPTION_VALUE(options, CURVE),
        .follow_up = RECIST_OPTION_VALUE(options, FOLLOW_UP),
        .at_risk = RECIST_OPTION_VALUE(options, AT_RISK),
    };
    enum recist_exit status = read_unit(survival, RECIST_OPTION_VALUE(options, UNIT), &times);
    status = status ? status : read_scale(survival, RECIST_OPTION_VALUE(options, INTERVAL));
    status = status ? status : recist_level_read(options, &survival->level);
    status = status ? status : recist_per_patient_read(options, &survival->per_patient);
    return status ? status : read_times(survival, times);
}
