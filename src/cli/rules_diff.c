/* SPDX-License-Identifier: MIT
 * recist rules diff: what a criteria file changes against another, and whose answers change. */
#include "cli/rules_diff.h"
#include "cli/command.h"
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
                                   const struct recist_rules_pair *pair,
                                   const struct recist_text *text)
{
    struct recist_table_output output;
    enum recist_exit status =
        recist_table_output_open(&output, options, pair->criteria[1], RECIST_FORMAT_CSV, NULL, 0);
    if (status == RECIST_EXIT_DONE) {
        recist_sink_write(&output.sink, text->bytes, text->length);
        status = recist_sink_finish_with_message(&output.sink);
    }
    recist_table_output_close(&output);
    return status;
}

static enum recist_exit compare_files(const struct recist_options *options,
                                      const struct recist_rules_pair *pair)
{
    struct recist_text text;
    recist_text_init(&text);
    bool described = recist_criteria_describe_difference(
        pair->criteria[0], pair->criteria[1],
        description_format(recist_options_text_format(options)), append_to_text, &text);
    enum recist_exit status =
        described ? write_text(options, pair, &text) : recist_message_no_memory();
    recist_text_destroy(&text);
    return status;
}

static enum recist_exit refuse(const struct recist_command *command, const char *why)
{
    recist_message("%s %s; see `recist %s --help`", command->name, why, command->name);
    return RECIST_EXIT_USAGE;
}

/* What is given must fit: files are told in words, answers in a table. */
static enum recist_exit check_usage(const struct recist_command *command,
                                    const struct recist_options *options)
{
    enum recist_format_choice format = recist_options_text_format(options);
    bool measurements = options->argument_count > 2;
    if (options->argument_count < 2) {
        return refuse(command, "needs two criteria, each a name or a file");
    }
    if (!measurements && (format == RECIST_CHOICE_TABLE || format == RECIST_CHOICE_CSV)) {
        return refuse(command, "writes text, markdown or json without measurements");
    }
    if (measurements && format == RECIST_CHOICE_MARKDOWN) {
        return refuse(command, "writes a table, csv or json with measurements");
    }
    if (!measurements &&
        (RECIST_OPTION_VALUE(options, COURSES) || options->provenance || options->keep_going)) {
        return refuse(command, "takes --courses, --provenance and --keep-going with measurement "
                               "files only");
    }
    return RECIST_EXIT_DONE;
}

static enum recist_exit run(const struct recist_command *command, struct recist_options *options)
{
    struct recist_rules_pair pair;
    enum recist_exit status = check_usage(command, options);
    if (status != RECIST_EXIT_DONE) {
        return status;
    }
    status = recist_rules_pair_load(&pair, options);
    if (status == RECIST_EXIT_DONE && recist_output_is_input(options, pair.criteria[0])) {
        status = recist_message_output_is_input(options);
    }
    if (status == RECIST_EXIT_DONE) {
        status = options->argument_count > 2 ? recist_rules_diff_answers(options, &pair)
                                             : compare_files(options, &pair);
    }
    recist_rules_pair_free(&pair);
    return status;
}

const struct recist_command recist_command_rules_diff = {
    .name = "rules diff",
    .arguments = "A B [MEASUREMENTS...]",
    .summary = "what a criteria file changes, and whose answers",
    .help =
        "Says what criteria B change against criteria A (each a name or a file): conventions with\n"
        "both readings, and what was added, taken away, changed or moved among definitions,\n"
        "values, measures, rules, rows of the decision table and checks. FORMAT is text (the\n"
        "default), markdown or json.\n"
        "\n"
        "With measurement files (- is standard input), everybody is assessed by both, and what\n"
        "differs is written: first the responses of visits (`overall`) and their dates, then best\n"
        "responses without and with confirmation (`best`, `confirmed`), each with rule and reason\n"
        "by A and by B, then how many of how many. FORMAT is table, csv or json.\n"
        "\n"
        "A convention given with --set is set in both, or in the one that has it. Findings that\n"
        "only one of the two has are named by it. The exit status is 0 whether something differs\n"
        "or not.\n",
    .example = "  printf '%s\\n' 'criteria: my-trial' 'title: my trial' 'version: \"1\"' \\\n"
               "    'status: confirmed' 'source: protocol, 6.3' 'extends: recist-1.1' \\\n"
               "    'conventions: {pr_persistence: until_pd}' > my-trial.yaml\n"
               "  recist rules diff recist-1.1 my-trial.yaml\n",
    .options = RECIST_OPTION_BIT(SET) | RECIST_OPTION_BIT(FORMAT) | RECIST_OPTION_BIT(OUTPUT) |
               RECIST_OPTION_BIT(PROVENANCE) | RECIST_OPTION_BIT(KEEP_GOING) |
               RECIST_OPTION_BIT(COURSES) | RECIST_OPTION_BIT(QUIET) | RECIST_OPTION_BIT(HELP),
    .run = run,
};
