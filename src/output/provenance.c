/* SPDX-License-Identifier: MIT */
#include "output/provenance.h"

#include <recist/version.h>

#include "output/escape.h"

static void append_comment(struct recist_text *text, const char *name, const char *value)
{
    if (text->failed || !*value) {
        return;
    }
    recist_text_append(text, "# ", 2);
    size_t start = text->length;
    recist_text_append_string(text, name);
    recist_text_append(text, ": ", 2);
    recist_text_append_string(text, value);
    recist_escape_terminal(text, start);
    recist_text_append_char(text, '\n');
}

static void append_changed_comments(struct recist_text *text,
                                    const struct recist_criteria *criteria)
{
    size_t count = recist_criteria_convention_count(criteria);
    for (size_t i = 0; i < count; i++) {
        if (recist_criteria_convention_changed(criteria, i)) {
            recist_text_append_string(text, "# convention changed: ");
            recist_text_append_string(text, recist_criteria_convention_name(criteria, i));
            recist_text_append(text, " = ", 3);
            recist_text_append_string(text, recist_criteria_convention_value(criteria, i));
            recist_text_append_char(text, '\n');
        }
    }
}

static void append_criteria_comments(struct recist_text *text,
                                     const struct recist_criteria *criteria)
{
    if (criteria) {
        append_comment(text, "criteria", recist_criteria_id(criteria));
        append_comment(text, "criteria version", recist_criteria_version(criteria));
        append_comment(text, "criteria status", recist_criteria_status(criteria));
        append_comment(text, "criteria sha256", recist_criteria_sha256(criteria));
        append_changed_comments(text, criteria);
    }
}

void recist_provenance_append_comments(struct recist_text *text,
                                       const struct recist_provenance *provenance)
{
    append_comment(text, "program", "recist");
    append_comment(text, "version", recist_version());
    append_criteria_comments(text, provenance->criteria);
    if (provenance->against) {
        append_comment(text, "compared with", recist_criteria_id(provenance->against));
        append_criteria_comments(text, provenance->against);
    }
    append_comment(text, "command", provenance->command_line);
}

static void append_json_string(struct recist_text *text, const char *value)
{
    recist_text_append_char(text, '"');
    size_t start = text->length;
    recist_text_append_string(text, value);
    if (!text->failed) {
        recist_escape_json(text, start);
    }
    recist_text_append_char(text, '"');
}

static void append_json_member(struct recist_text *text, const char *name, const char *value)
{
    append_json_string(text, name);
    recist_text_append(text, ": ", 2);
    append_json_string(text, value);
}

static void append_json_changes(struct recist_text *text, const struct recist_criteria *criteria)
{
    const char *separator = "";
    size_t count = recist_criteria_convention_count(criteria);
    recist_text_append_string(text, "\"conventions_changed\": {");
    for (size_t i = 0; i < count; i++) {
        if (recist_criteria_convention_changed(criteria, i)) {
            recist_text_append_string(text, separator);
            append_json_member(text, recist_criteria_convention_name(criteria, i),
                               recist_criteria_convention_value(criteria, i));
            separator = ", ";
        }
    }
    recist_text_append_char(text, '}');
}

static void append_json_criteria(struct recist_text *text, const char *member,
                                 const struct recist_criteria *criteria)
{
    recist_text_append_string(text, "    ");
    append_json_string(text, member);
    recist_text_append_string(text, ": {\n      ");
    append_json_member(text, "name", recist_criteria_id(criteria));
    recist_text_append_string(text, ",\n      ");
    append_json_member(text, "version", recist_criteria_version(criteria));
    recist_text_append_string(text, ",\n      ");
    append_json_member(text, "status", recist_criteria_status(criteria));
    recist_text_append_string(text, ",\n      ");
    append_json_member(text, "sha256", recist_criteria_sha256(criteria));
    recist_text_append_string(text, ",\n      ");
    append_json_changes(text, criteria);
    recist_text_append_string(text, "\n    },\n");
}

void recist_provenance_append_json(struct recist_text *text,
                                   const struct recist_provenance *provenance)
{
    recist_text_append_string(text, "{\n    ");
    append_json_member(text, "program", "recist");
    recist_text_append_string(text, ",\n    ");
    append_json_member(text, "version", recist_version());
    recist_text_append_string(text, ",\n");
    if (provenance->criteria) {
        append_json_criteria(text, "criteria", provenance->criteria);
    }
    if (provenance->against) {
        append_json_criteria(text, "compared_with", provenance->against);
    }
    recist_text_append_string(text, "    ");
    append_json_member(text, "command", provenance->command_line);
    recist_text_append_string(text, "\n  }");
}

static bool plain_in_a_shell(const char *argument)
{
    return *argument && !argument[strspn(argument, "abcdefghijklmnopqrstuvwxyz"
                                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                   "0123456789-_./=:,+@%")];
}

static void append_quoted(struct recist_text *text, const char *argument)
{
    recist_text_append_char(text, '\'');
    for (; *argument; argument++) {
        if (*argument == '\'') {
            recist_text_append(text, "'\\''", 4);
        } else {
            recist_text_append_char(text, *argument);
        }
    }
    recist_text_append_char(text, '\'');
}

void recist_provenance_append_command(struct recist_text *text, int count, char *const *arguments)
{
    recist_text_append_string(text, "recist");
    for (int i = 1; i < count; i++) {
        recist_text_append_char(text, ' ');
        if (plain_in_a_shell(arguments[i])) {
            recist_text_append_string(text, arguments[i]);
        } else {
            append_quoted(text, arguments[i]);
        }
    }
}
