/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/nearest_name.h"
#include "cli/command.h"
#include "cli/message.h"

#define MOST_THREADS_BY_DEFAULT 8
#define MOST_THREADS 256
#define DEFAULT_RULES "recist-1.1"
/* getopt_long() returns these for the options in the order of enum recist_option. */
#define FIRST_OPTION_CODE 256

struct option_description {
    const char *name;
    char letter; /* or 0 */
    const char *value; /* what --help calls it; NULL for a switch */
    const char *help;
};

static const struct option_description descriptions[RECIST_OPTION_COUNT] = {
    [RECIST_OPTION_RULES] = {"rules", 'r', "NAME|FILE",
                             "criteria: a name of `rules list`, or a YAML file (recist-1.1)"},
    [RECIST_OPTION_SET] = {"set", 's', "NAME=VALUE",
                           "override one convention of the criteria; can be repeated"},
    [RECIST_OPTION_PATIENT] = {"patient", 'p', "ID", "the patient to explain"},
    [RECIST_OPTION_STUDY] = {"study", 0, "ID", "only the patient of this study"},
    [RECIST_OPTION_COURSE] = {"course", 0, "ID", "only this course"},
    [RECIST_OPTION_READER] = {"reader", 0, "ID", "only this reader"},
    [RECIST_OPTION_COURSES] = {"courses", 'c', "FILE", "the courses file (docs/courses.md)"},
    [RECIST_OPTION_BY] = {"by", 'b', "COLUMN,...", "a row for each value of these columns"},
    [RECIST_OPTION_WHERE] = {"where", 'w', "COLUMN=VALUE",
                             "only courses with this value; can be repeated"},
    [RECIST_OPTION_RESPONSE] = {"response", 0, "WHICH",
                                "count best or confirmed best responses (best)"},
    [RECIST_OPTION_DENOMINATOR] = {"denominator", 0, "WHICH",
                                   "rates of evaluable or of all courses (evaluable)"},
    [RECIST_OPTION_BENEFIT_WEEKS] = {"benefit-weeks", 0, "WEEKS",
                                     "clinical benefit, too: response, or control for so long"},
    [RECIST_OPTION_COMPARE] = {"compare", 0, "VALUE,VALUE",
                               "difference of two groups of the first --by column"},
    [RECIST_OPTION_DURATIONS] = {"durations", 0, NULL,
                                 "medians of time to response and of its duration, too"},
    [RECIST_OPTION_INTERVAL] = {"interval", 0, "METHOD", "how intervals are made; see above"},
    [RECIST_OPTION_LEVEL] = {"level", 0, "LEVEL", "confidence level of intervals (0.95)"},
    [RECIST_OPTION_ENDPOINT] = {"endpoint", 'e', "NAME", "os, pfs, rfs, ttp, dor or ttr"},
    [RECIST_OPTION_ENDPOINTS] = {"endpoints", 0, "NAME|FILE",
                                 "definitions: paper, fda, ema, or a YAML file (paper)"},
    [RECIST_OPTION_SCHEDULE_DAYS] = {"schedule-days", 0, "DAYS",
                                     "days from one scheduled visit to the next"},
    [RECIST_OPTION_WINDOW_DAYS] = {"window-days", 0, "DAYS",
                                   "days that a visit may be early or late"},
    [RECIST_OPTION_AT] = {"at", 0, "TIME,...", "rates at these times (12,24,60)"},
    [RECIST_OPTION_UNIT] = {"unit", 0, "UNIT", "days, weeks, months or years (months)"},
    [RECIST_OPTION_STRATA] = {"strata", 0, "COLUMN,...", "strata of the log-rank test"},
    [RECIST_OPTION_CURVE] = {"curve", 0, NULL, "the whole curve, step by step"},
    [RECIST_OPTION_FOLLOW_UP] = {"follow-up", 0, NULL,
                                 "how long was followed: events and censorings exchanged"},
    [RECIST_OPTION_AT_RISK] = {"at-risk", 0, NULL, "numbers at risk at the times of --at, too"},
    [RECIST_OPTION_COLUMNS] = {"columns", 0, "COLUMN,...", "what to describe, in this order"},
    [RECIST_OPTION_QUARTILES] = {"quartiles", 0, "TYPE", "1 to 9 as in R, or sas (7)"},
    [RECIST_OPTION_PER] = {"per", 0, "UNIT", "count each patient or each course (course)"},
    [RECIST_OPTION_FORMAT] = {"format", 'f', "FORMAT",
                              "how to write the output; see above for the default"},
    [RECIST_OPTION_OUTPUT] = {"output", 'o', "FILE",
                              "write to FILE, which appears whole or not at all"},
    [RECIST_OPTION_PROVENANCE] = {"provenance", 0, NULL,
                                  "say first by which version, criteria and command it was made"},
    [RECIST_OPTION_EXPLAIN] = {"explain", 0, NULL,
                               "show every combination of responses with the row that decides it"},
    [RECIST_OPTION_KEEP_GOING] = {"keep-going", 'k', NULL,
                                  "leave out patients with errors, and classify the others"},
    [RECIST_OPTION_THREADS] = {"threads", 'j', "N",
                               "threads to work with; the output does not depend on it"},
    [RECIST_OPTION_QUIET] = {"quiet", 'q', NULL, "no warnings, notes, or progress; errors always"},
    [RECIST_OPTION_HELP] = {"help", 'h', NULL, "show this help"},
};

static const char *const choice_names[] = {
    [RECIST_CHOICE_TABLE] = "table", [RECIST_CHOICE_CSV] = "csv",
    [RECIST_CHOICE_JSON] = "json",   [RECIST_CHOICE_TEXT] = "text",
    [RECIST_CHOICE_MARKDOWN] = "markdown",
    [RECIST_CHOICE_ADRS] = "adrs",   [RECIST_CHOICE_ADTTE] = "adtte",
};
#define CHOICE_COUNT (sizeof choice_names / sizeof *choice_names)

struct parser {
    const struct recist_command *command;
    struct recist_options *options;
    struct option long_options[RECIST_OPTION_COUNT + 1];
    char letters[2 * RECIST_OPTION_COUNT + 2];
};

static bool takes(const struct recist_command *command, size_t option)
{
    return (command->options >> option & 1) != 0;
}

static void list_options(struct parser *parser)
{
    char *letter = parser->letters;
    struct option *next = parser->long_options;
    *letter++ = ':'; /* a missing value is told apart from an unknown option */
    for (size_t i = 0; i < RECIST_OPTION_COUNT; i++) {
        if (!takes(parser->command, i)) {
            continue;
        }
        bool value = descriptions[i].value != NULL;
        *next++ = (struct option){.name = descriptions[i].name,
                                  .has_arg = value ? required_argument : no_argument,
                                  .val = FIRST_OPTION_CODE + (int)i};
        if (descriptions[i].letter) {
            *letter++ = descriptions[i].letter;
            if (value) {
                *letter++ = ':';
            }
        }
    }
    *next = (struct option){0};
    *letter = '\0';
}

static enum recist_exit usage_error(const struct recist_command *command)
{
    recist_message("see `recist %s --help`", command->name);
    return RECIST_EXIT_USAGE;
}

static enum recist_exit add_setting(struct parser *parser, const char *value)
{
    struct recist_options *options = parser->options;
    const char *equals = strchr(value, '=');
    if (!equals || equals == value) {
        recist_message("--set needs NAME=VALUE, not \"%s\"", value);
        return usage_error(parser->command);
    }
    size_t name_length = (size_t)(equals - value);
    char *name = strndup(value, name_length);
    struct recist_setting *settings =
        realloc(options->settings, (options->setting_count + 1) * sizeof *settings);
    if (settings) {
        options->settings = settings;
    }
    if (!name || !settings) {
        free(name);
        return recist_message_no_memory();
    }
    settings[options->setting_count++] =
        (struct recist_setting){.name = name, .value = equals + 1};
    return RECIST_EXIT_DONE;
}

static enum recist_exit add_condition(struct parser *parser, const char *value)
{
    struct recist_options *options = parser->options;
    const char **conditions =
        realloc(options->conditions, (options->condition_count + 1) * sizeof *conditions);
    if (!conditions) {
        return recist_message_no_memory();
    }
    options->conditions = conditions;
    conditions[options->condition_count++] = value;
    return RECIST_EXIT_DONE;
}

/* Columns given with several --by are one list. */
static enum recist_exit add_columns(struct parser *parser, const char *before, const char *value)
{
    char *joined = NULL;
    if (!before) {
        return RECIST_EXIT_DONE;
    }
    if (asprintf(&joined, "%s,%s", before, value) < 0) {
        return recist_message_no_memory();
    }
    free(parser->options->by);
    parser->options->by = joined;
    parser->options->values[RECIST_OPTION_BY] = joined;
    return RECIST_EXIT_DONE;
}

/* Formats of one command only are unknown to all others. */
static bool writes(const struct recist_command *command, size_t choice)
{
    return choice < RECIST_CHOICE_ADRS || choice == command->own_format;
}

static enum recist_exit set_format(struct parser *parser, const char *value)
{
    for (size_t i = RECIST_CHOICE_TABLE; i < CHOICE_COUNT; i++) {
        if (strcmp(value, choice_names[i]) == 0 && writes(parser->command, i)) {
            parser->options->format = (enum recist_format_choice)i;
            return RECIST_EXIT_DONE;
        }
    }
    recist_message("unknown format \"%s\"", value);
    return usage_error(parser->command);
}

static enum recist_exit set_threads(struct parser *parser, const char *value)
{
    unsigned number = 0;
    for (const char *at = value; *at >= '0' && *at <= '9' && number <= MOST_THREADS; at++) {
        number = number * 10 + (unsigned)(*at - '0');
    }
    if (value[strspn(value, "0123456789")] || number == 0 || number > MOST_THREADS) {
        recist_message("--threads needs a number from 1 to %d, not \"%s\"", MOST_THREADS, value);
        return usage_error(parser->command);
    }
    parser->options->threads = number;
    return RECIST_EXIT_DONE;
}

static enum recist_exit take_option(struct parser *parser, enum recist_option option,
                                    const char *value)
{
    struct recist_options *options = parser->options;
    const char *before = NULL;
    if (option < RECIST_OPTION_COUNT) {
        before = options->values[option];
        options->values[option] = value ? value : "";
    }
    switch (option) {
    case RECIST_OPTION_RULES:
        options->rules = value;
        break;
    case RECIST_OPTION_SET:
        return add_setting(parser, value);
    case RECIST_OPTION_PATIENT:
        options->patient = value;
        break;
    case RECIST_OPTION_STUDY:
        options->study = value;
        break;
    case RECIST_OPTION_COURSE:
        options->course = value;
        break;
    case RECIST_OPTION_READER:
        options->reader = value;
        break;
    case RECIST_OPTION_FORMAT:
        return set_format(parser, value);
    case RECIST_OPTION_OUTPUT:
        options->output = value;
        break;
    case RECIST_OPTION_PROVENANCE:
        options->provenance = true;
        break;
    case RECIST_OPTION_EXPLAIN:
        options->explain = true;
        break;
    case RECIST_OPTION_KEEP_GOING:
        options->keep_going = true;
        break;
    case RECIST_OPTION_THREADS:
        return set_threads(parser, value);
    case RECIST_OPTION_QUIET:
        options->quiet = true;
        break;
    case RECIST_OPTION_HELP:
        options->help = true;
        break;
    case RECIST_OPTION_WHERE:
        return add_condition(parser, value);
    case RECIST_OPTION_BY:
        return add_columns(parser, before, value);
    case RECIST_OPTION_COURSES:
    case RECIST_OPTION_RESPONSE:
    case RECIST_OPTION_DENOMINATOR:
    case RECIST_OPTION_BENEFIT_WEEKS:
    case RECIST_OPTION_COMPARE:
    case RECIST_OPTION_DURATIONS:
    case RECIST_OPTION_INTERVAL:
    case RECIST_OPTION_LEVEL:
    case RECIST_OPTION_ENDPOINT:
    case RECIST_OPTION_ENDPOINTS:
    case RECIST_OPTION_SCHEDULE_DAYS:
    case RECIST_OPTION_WINDOW_DAYS:
    case RECIST_OPTION_AT:
    case RECIST_OPTION_UNIT:
    case RECIST_OPTION_STRATA:
    case RECIST_OPTION_CURVE:
    case RECIST_OPTION_FOLLOW_UP:
    case RECIST_OPTION_AT_RISK:
    case RECIST_OPTION_COLUMNS:
    case RECIST_OPTION_QUARTILES:
    case RECIST_OPTION_PER:
    case RECIST_OPTION_COUNT:
    default: /* the command reads its value itself */
        break;
    }
    return RECIST_EXIT_DONE;
}

static enum recist_exit refuse_unknown(const struct recist_command *command, const char *written)
{
    const char *names[RECIST_OPTION_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < RECIST_OPTION_COUNT; i++) {
        if (takes(command, i)) {
            names[count++] = descriptions[i].name;
        }
    }
    const char *name = written + strspn(written, "-");
    struct recist_slice slice = {name, strcspn(name, "=")};
    const char *nearest = recist_nearest_name(slice, names, count);
    if (nearest) {
        recist_message("unknown option \"%s\"; did you mean --%s?", written, nearest);
    } else {
        recist_message("unknown option \"%s\"", written);
    }
    return usage_error(command);
}

/* getopt_long() has found something that it does not know. */
static enum recist_exit refuse(const struct recist_command *command, char *const *arguments,
                               int code)
{
    const char *written = arguments[optind - 1];
    if (code == ':') {
        recist_message("option \"%s\" needs a value", written);
        return usage_error(command);
    }
    if (optopt >= FIRST_OPTION_CODE) {
        recist_message("option \"%s\" takes no value", written);
        return usage_error(command);
    }
    if (optopt > 0) {
        char letter[] = {'-', (char)optopt, '\0'};
        return refuse_unknown(command, letter);
    }
    return refuse_unknown(command, written);
}

static enum recist_option option_of_code(int code)
{
    size_t option = 0;
    if (code >= FIRST_OPTION_CODE) {
        return (enum recist_option)(code - FIRST_OPTION_CODE);
    }
    while (option < RECIST_OPTION_COUNT && descriptions[option].letter != code) {
        option++;
    }
    return (enum recist_option)option;
}

static unsigned default_threads(void)
{
    cpu_set_t processors;
    if (sched_getaffinity(0, sizeof processors, &processors) != 0) {
        return 1;
    }
    int count = CPU_COUNT(&processors);
    return count < 1 ? 1 : count > MOST_THREADS_BY_DEFAULT ? MOST_THREADS_BY_DEFAULT
                                                           : (unsigned)count;
}

enum recist_exit recist_options_parse(const struct recist_command *command, int count,
                                      char **arguments, struct recist_options *options)
{
    struct parser parser = {.command = command, .options = options};
    *options = (struct recist_options){.rules = DEFAULT_RULES, .threads = default_threads()};
    list_options(&parser);
    opterr = 0;
    optind = 0; /* begin anew, with the words of this command */
    for (;;) {
        int code = getopt_long(count, arguments, parser.letters, parser.long_options, NULL);
        if (code == -1) {
            break;
        }
        enum recist_exit status = code == '?' || code == ':'
                                      ? refuse(command, arguments, code)
                                      : take_option(&parser, option_of_code(code), optarg);
        if (status != RECIST_EXIT_DONE) {
            return status;
        }
    }
    options->arguments = (const char *const *)(arguments + optind);
    options->argument_count = (size_t)(count - optind);
    return RECIST_EXIT_DONE;
}

void recist_options_destroy(struct recist_options *options)
{
    for (size_t i = 0; i < options->setting_count; i++) {
        free((void *)(uintptr_t)options->settings[i].name);
    }
    free(options->settings);
    free(options->conditions);
    free(options->by);
    *options = (struct recist_options){0};
}

void recist_options_append_help(struct recist_text *text, uint64_t options)
{
    for (size_t i = 0; i < RECIST_OPTION_COUNT; i++) {
        const struct option_description *option = &descriptions[i];
        if (!(options >> i & 1)) {
            continue;
        }
        size_t start = text->length;
        recist_text_format(text, option->letter ? "  -%c, " : "      ", option->letter);
        recist_text_format(text, option->value ? "--%s %s" : "--%s", option->name, option->value);
        do {
            recist_text_append_char(text, ' ');
        } while (!text->failed && text->length - start < 27);
        recist_text_append_string(text, option->help);
        recist_text_append_char(text, '\n');
    }
}

/* Without regard to case; `ending` is in small letters. */
static bool ends_with(const char *text, const char *ending)
{
    size_t length = text ? strlen(text) : 0;
    size_t ending_length = strlen(ending);
    if (length < ending_length) {
        return false;
    }
    text += length - ending_length;
    for (size_t i = 0; i < ending_length; i++) {
        char letter = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
        if (letter != ending[i]) {
            return false;
        }
    }
    return true;
}

static enum recist_format_choice format_of_ending(const char *path)
{
    if (ends_with(path, ".csv")) {
        return RECIST_CHOICE_CSV;
    }
    if (ends_with(path, ".json")) {
        return RECIST_CHOICE_JSON;
    }
    if (ends_with(path, ".md")) {
        return RECIST_CHOICE_MARKDOWN;
    }
    return ends_with(path, ".txt") ? RECIST_CHOICE_TEXT : RECIST_CHOICE_DEFAULT;
}

enum recist_format recist_options_table_format(const struct recist_options *options)
{
    enum recist_format_choice choice =
        options->format ? options->format : format_of_ending(options->output);
    switch (choice) {
    case RECIST_CHOICE_TABLE:
    case RECIST_CHOICE_TEXT:
        return RECIST_FORMAT_TABLE;
    case RECIST_CHOICE_JSON:
        return RECIST_FORMAT_JSON;
    case RECIST_CHOICE_DEFAULT:
        return !options->output && isatty(STDOUT_FILENO) ? RECIST_FORMAT_TABLE
                                                         : RECIST_FORMAT_CSV;
    case RECIST_CHOICE_CSV:
    case RECIST_CHOICE_MARKDOWN:
    case RECIST_CHOICE_ADRS:
    case RECIST_CHOICE_ADTTE:
    default:
        return RECIST_FORMAT_CSV;
    }
}

enum recist_format_choice recist_options_text_format(const struct recist_options *options)
{
    enum recist_format_choice choice =
        options->format ? options->format : format_of_ending(options->output);
    return choice ? choice : RECIST_CHOICE_TEXT;
}
