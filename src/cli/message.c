/* SPDX-License-Identifier: MIT */
#include "cli/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "output/escape.h"

/* Standard error is the last resort: when it fails there is nobody left to tell. */
void recist_message_text(const struct recist_text *text)
{
    size_t done = 0;
    while (done < text->length) {
        ssize_t written = write(STDERR_FILENO, text->bytes + done, text->length - done);
        if (written < 0 && errno != EINTR) {
            return;
        }
        done += written > 0 ? (size_t)written : 0;
    }
}

void recist_message(const char *format, ...)
{
    char *line = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return;
    }
    struct recist_text text;
    recist_text_init(&text);
    recist_text_append_string(&text, "recist: ");
    recist_text_append_string(&text, line);
    if (!text.failed) {
        recist_escape_terminal(&text, 0);
    }
    recist_text_append_char(&text, '\n');
    recist_message_text(&text);
    recist_text_destroy(&text);
    free(line);
}

enum recist_exit recist_message_no_memory(void)
{
    char line[] = "recist: not enough memory\n";
    recist_message_text(&(struct recist_text){.bytes = line, .length = sizeof line - 1});
    return RECIST_EXIT_FILE;
}

enum recist_exit recist_message_write_failed(const struct recist_sink *sink)
{
    if (sink->problem != EPIPE) {
        recist_message("cannot write %s: %s", sink->path ? sink->path : "standard output",
                       strerror(sink->problem));
    }
    return RECIST_EXIT_FILE;
}

static void append_subject(struct recist_text *text, const char **separator, const char *name,
                           struct recist_slice value)
{
    if (value.length > 0) {
        recist_text_format(text, "%s%s ", *separator, name);
        recist_text_append_slice(text, value);
        *separator = ", ";
    }
}

static void append_place(struct recist_text *text, struct recist_place place)
{
    if (!place.file) {
        return;
    }
    recist_text_append_string(text, place.file);
    if (place.line > 0) {
        recist_text_format(text, ":%llu", (unsigned long long)place.line);
        if (place.column > 0) {
            recist_text_format(text, ":%u", place.column);
        }
    }
    recist_text_append(text, ": ", 2);
}

void recist_finding_append_line(struct recist_text *text, const struct recist_finding *finding)
{
    size_t start = text->length;
    const char *separator = " (";
    append_place(text, finding->place);
    recist_text_format(text, "%s[%s]: ", recist_severity_word(finding->kind->severity),
                       finding->kind->code);
    recist_text_append_slice(text, finding->message);
    append_subject(text, &separator, "patient", finding->patient);
    append_subject(text, &separator, "visit", finding->visit);
    append_subject(text, &separator, "lesion", finding->lesion);
    recist_text_append(text, ")", separator[0] == ',');
    if (!text->failed) {
        recist_escape_terminal(text, start);
    }
    recist_text_append_char(text, '\n');
}

bool recist_finding_append_counts(struct recist_text *text, const size_t counts[static 3])
{
    const char *separator = "";
    for (unsigned i = 0; i < 3; i++) {
        if (counts[i] > 0) {
            recist_text_format(text, "%s%zu %s%s", separator, counts[i],
                               recist_severity_word((enum recist_severity)i),
                               counts[i] == 1 ? "" : "s");
            separator = ", ";
        }
    }
    return *separator != '\0';
}
