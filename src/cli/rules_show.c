/* SPDX-License-Identifier: MIT
 * recist rules show: criteria as a reader would want them. */
#include "cli/command.h"
#include "cli/criteria_choice.h"
#include "cli/message.h"
#include "cli/table_output.h"
#include "output/escape.h"

/* How the parts of a page are written. */
struct page {
    struct recist_text *text;
    enum recist_format_choice format;
    const char *separator; /* JSON: before the next member */
};

static void append_quoted(struct page *page, const char *value)
{
    recist_text_append_char(page->text, '"');
    size_t start = page->text->length;
    recist_text_append_string(page->text, value);
    recist_escape_json(page->text, start);
    recist_text_append_char(page->text, '"');
}

static void begin_section(struct page *page, const char *name, const char *title)
{
    if (page->format == RECIST_CHOICE_JSON) {
        recist_text_format(page->text, "%s\"%s\": {", page->separator, name);
        page->separator = "\n    ";
    } else if (page->format == RECIST_CHOICE_MARKDOWN) {
        recist_text_format(page->text, "\n## %s\n\n", title);
    } else {
        recist_text_format(page->text, "\n%s\n", title);
    }
}

static void end_section(struct page *page)
{
    if (page->format == RECIST_CHOICE_JSON) {
        recist_text_append_string(page->text, "\n  }");
        page->separator = ",\n  ";
    }
}

/* One line of a section: a name and what it stands for. */
static void append_entry(struct page *page, const char *name, const char *value, const char *note)
{
    if (page->format == RECIST_CHOICE_JSON) {
        recist_text_append_string(page->text, page->separator);
        append_quoted(page, name);
        recist_text_append_string(page->text, ": ");
        append_quoted(page, value);
        page->separator = ",\n    ";
    } else if (page->format == RECIST_CHOICE_MARKDOWN) {
        recist_text_format(page->text, "- `%s`: %s%s\n", name, value, note);
    } else {
        recist_text_format(page->text, "  %-28s %s%s\n", name, value, note);
    }
}

static void append_head(struct page *page, const struct recist_criteria *criteria)
{
    if (page->format == RECIST_CHOICE_MARKDOWN) {
        recist_text_format(page->text, "# %s\n", recist_criteria_title(criteria));
    } else if (page->format == RECIST_CHOICE_TEXT) {
        recist_text_format(page->text, "%s\n", recist_criteria_title(criteria));
    }
    begin_section(page, "criteria", "Criteria");
    append_entry(page, "name", recist_criteria_id(criteria), "");
    append_entry(page, "title", recist_criteria_title(criteria), "");
    append_entry(page, "version", recist_criteria_version(criteria), "");
    append_entry(page, "status", recist_criteria_status(criteria), "");
    append_entry(page, "source", recist_criteria_source(criteria), "");
    append_entry(page, "file", recist_criteria_path(criteria), "");
    append_entry(page, "sha256", recist_criteria_sha256(criteria), "");
    end_section(page);
}

static void append_status_list(struct recist_text *list, const struct recist_vocabulary *vocabulary,
                               const struct recist_role_word *role)
{
    for (size_t i = 0; i < role->status_count; i++) {
        recist_text_append_string(list, i > 0 ? ", " : "");
        recist_text_append_string(list, vocabulary->statuses[role->statuses[i]].word);
    }
    recist_text_append_char(list, '\0');
}

static void append_roles(struct page *page, const struct recist_criteria *criteria)
{
    const struct recist_vocabulary *vocabulary = recist_criteria_vocabulary(criteria);
    begin_section(page, "roles", "Roles of lesions, and the statuses they may have");
    for (size_t i = 0; i < vocabulary->role_count; i++) {
        struct recist_text list;
        recist_text_init(&list);
        append_status_list(&list, vocabulary, &vocabulary->roles[i]);
        if (list.failed) {
            page->text->failed = true;
        } else if (list.bytes[0]) {
            append_entry(page, vocabulary->roles[i].word, list.bytes, "");
        }
        recist_text_destroy(&list);
    }
    end_section(page);
}

static void append_conventions(struct page *page, const struct recist_criteria *criteria)
{
    size_t count = recist_criteria_convention_count(criteria);
    begin_section(page, "conventions", "Conventions (change one with --set NAME=VALUE)");
    for (size_t i = 0; i < count; i++) {
        append_entry(page, recist_criteria_convention_name(criteria, i),
                     recist_criteria_convention_value(criteria, i),
                     recist_criteria_convention_changed(criteria, i) ? " (changed)" : "");
    }
    end_section(page);
}

static void append_page(struct page *page, const struct recist_criteria *criteria)
{
    bool json = page->format == RECIST_CHOICE_JSON;
    page->separator = "\n  ";
    recist_text_append_string(page->text, json ? "{" : "");
    append_head(page, criteria);
    append_roles(page, criteria);
    append_conventions(page, criteria);
    recist_text_append_string(page->text, json ? "\n}\n" : "");
}

static enum recist_exit show(const struct recist_options *options,
                             const struct recist_criteria *criteria)
{
    struct recist_text text;
    struct recist_sink sink;
    struct page page = {.text = &text, .format = recist_options_text_format(options)};
    recist_text_init(&text);
    append_page(&page, criteria);
    enum recist_exit status = RECIST_EXIT_DONE;
    if (text.failed) {
        recist_text_destroy(&text);
        return recist_message_no_memory();
    }
    if (recist_sink_open(&sink, options->output, true)) {
        recist_sink_write(&sink, text.bytes, text.length);
        status = recist_sink_finish_with_message(&sink);
    } else {
        status = recist_message_write_failed(&sink);
    }
    recist_sink_close(&sink);
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
    .help = "Shows criteria with the values of their conventions in force. FORMAT is text (the\n"
            "default), markdown or json.\n",
    .example = "  recist rules show recist-1.1 --format markdown\n",
    .options = RECIST_OPTION_BIT(SET) | RECIST_OPTION_BIT(FORMAT) | RECIST_OPTION_BIT(OUTPUT) |
               RECIST_OPTION_BIT(QUIET) | RECIST_OPTION_BIT(HELP),
    .run = run,
};
