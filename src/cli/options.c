/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <getopt.h>
#include <sched.h>
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

static enum recist_exit set_format(struct parser *parser, const char *value)
{
    for (size_t i = RECIST_CHOICE_TABLE; i < CHOICE_COUNT; i++) {
        if (strcmp(value, choice_names[i]) == 0) {
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
    case RECIST_OPTION_COUNT:
    default:
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
    *options = (struct recist_options){0};
}

void recist_options_append_help(struct recist_text *text, unsigned options)
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

static bool ends_with(const char *text, const char *ending)
{
    size_t length = text ? strlen(text) : 0;
    return length >= strlen(ending) && strcmp(text + length - strlen(ending), ending) == 0;
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
