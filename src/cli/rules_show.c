/* SPDX-License-Identifier: MIT
 * recist rules show: criteria as a reader would want them. */
#include "cli/command.h"
#include "cli/criteria_choice.h"
#include "cli/message.h"
#include "cli/table_output.h"

static bool append_to_text(void *to, const char *bytes, size_t length)
{
    struct recist_text *text = to;
    recist_text_append(text, bytes, length);
    return !text->failed;
}

static enum recist_description_format description_format(enum recist_format_choice choice)
{
    return choice == RECIST_CHOICE_JSON       ? RECIST_DESCRIPTION_JSON
           : choice == RECIST_CHOICE_MARKDOWN ? RECIST_DESCRIPTION_MARKDOWN
                                              : RECIST_DESCRIPTION_TEXT;
}

static enum recist_exit write_text(const struct recist_options *options,
                                   const struct recist_text *text)
{
    struct recist_sink sink;
    enum recist_exit status = RECIST_EXIT_DONE;
    if (recist_sink_open(&sink, options->output, true)) {
        recist_sink_write(&sink, text->bytes, text->length);
        status = recist_sink_finish_with_message(&sink);
    } else {
        status = recist_message_write_failed(&sink);
    }
    recist_sink_close(&sink);
    return status;
}

static enum recist_exit show(const struct recist_options *options,
                             const struct recist_criteria *criteria)
{
    struct recist_text text;
    recist_text_init(&text);
    bool described = recist_criteria_describe(
        criteria, description_format(recist_options_text_format(options)), append_to_text, &text);
    enum recist_exit status = described ? write_text(options, &text) : recist_message_no_memory();
    recist_text_destroy(&text);
    return status;
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct recist_criteria *criteria = NULL;
    enum recist_format_choice format = recist_options_text_format(options);
    if (format == RECIST_CHOICE_TABLE || format == RECIST_CHOICE_CSV) {
        recist_message("%s writes text, markdown or json", command->name);
        return RECIST_EXIT_USAGE;
    }
    if (options->argument_count > 1) {
        recist_message("%s shows one criteria file at a time", command->name);
        return RECIST_EXIT_USAGE;
    }
    if (options->argument_count == 1) {
        options->rules = options->arguments[0];
    }
    enum recist_exit status = recist_criteria_choose(options, &criteria);
    if (status == RECIST_EXIT_DONE) {
        status = show(options, criteria);
    }
    recist_criteria_destroy(criteria);
    return status;
}

const struct recist_command recist_command_rules_show = {
    .name = "rules show",
    .arguments = "NAME|FILE",
    .summary = "criteria as a reader would want them",
    .help =
        "Shows all that criteria say: conventions with the values in force, how lesions are\n"
        "measured, the rules of each component in plain words and as conditions, the decision\n"
        "table, and what `validate` looks at. FORMAT is text (the default), markdown or json.\n",
    .example = "  recist rules show recist-1.1 --format markdown\n",
    .options = RECIST_OPTION_BIT(SET) | RECIST_OPTION_BIT(FORMAT) | RECIST_OPTION_BIT(OUTPUT) |
               RECIST_OPTION_BIT(QUIET) | RECIST_OPTION_BIT(HELP),
    .run = run,
};
