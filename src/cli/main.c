/* SPDX-License-Identifier: MIT
 * The program: finds the command and runs it. */
#include <fcntl.h>
#include <unistd.h>

#include "base/nearest_name.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/message.h"
#include "output/provenance.h"
#include "output/unfinished_file.h"

/* Files opened later must not take the place of a standard stream that came closed. The stand-in
 * is opened the wrong way round, so that using it is an error. */
static void fill_standard_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) < 0) {
            int wrong_way = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
            if (open("/dev/null", wrong_way) < 0) {
                return;
            }
        }
    }
}

/* Commands of two words share the first: the first `words` arguments make up the name. */
static bool named(const struct recist_command *command, int count, char *const *arguments,
                  int *words)
{
    const char *rest = command->name;
    for (*words = 0; *words < count; (*words)++) {
        size_t length = strlen(arguments[*words]);
        if (strncmp(rest, arguments[*words], length) != 0 ||
            (rest[length] != ' ' && rest[length] != '\0')) {
            return false;
        }
        if (rest[length] == '\0') {
            (*words)++;
            return true;
        }
        rest += length + 1;
    }
    return false;
}

static const struct recist_command *find_command(int count, char *const *arguments, int *words)
{
    for (size_t i = 0; i < recist_command_count; i++) {
        if (named(recist_commands[i], count, arguments, words)) {
            return recist_commands[i];
        }
    }
    return NULL;
}

/* Whether a word is the first of commands with two: "rules". */
static bool is_family(const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < recist_command_count; i++) {
        if (strncmp(recist_commands[i]->name, word, length) == 0 &&
            recist_commands[i]->name[length] == ' ') {
            return true;
        }
    }
    return false;
}

static enum recist_exit refuse(int count, char *const *arguments)
{
    struct recist_text written;
    recist_text_init(&written);
    recist_text_append_string(&written, arguments[0]);
    if (count > 1 && is_family(arguments[0])) {
        recist_text_append_char(&written, ' ');
        recist_text_append_string(&written, arguments[1]);
    }
    const char *names[16] = {"help"};
    size_t name_count = 1;
    for (size_t i = 0; i < recist_command_count && name_count < 16; i++) {
        names[name_count++] = recist_commands[i]->name;
    }
    struct recist_slice slice = {written.bytes, written.length};
    const char *nearest = recist_nearest_name(slice, names, name_count);
    if (nearest) {
        recist_message("unknown command \"%.*s\"; did you mean \"%s\"?", (int)slice.length,
                       slice.text, nearest);
    } else {
        recist_message("unknown command \"%.*s\"; `recist --help` lists all", (int)slice.length,
                       slice.text);
    }
    recist_text_destroy(&written);
    return RECIST_EXIT_USAGE;
}

/* For `recist` alone, and for `recist rules`: not what was meant, so on standard error. */
static enum recist_exit show_overview_as_error(void)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_help_append_overview(&text);
    recist_message_text(&text);
    recist_text_destroy(&text);
    return RECIST_EXIT_USAGE;
}

static enum recist_exit show_help(int count, char *const *arguments)
{
    struct recist_text text;
    int words = 0;
    recist_text_init(&text);
    if (count == 0 || (count == 1 && is_family(arguments[0]))) {
        recist_help_append_overview(&text);
        return recist_help_print(&text);
    }
    const struct recist_command *command = find_command(count, arguments, &words);
    if (!command) {
        return refuse(count, arguments);
    }
    recist_help_append_command(&text, command);
    return recist_help_print(&text);
}

static enum recist_exit show_version(void)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_help_append_version(&text);
    return recist_help_print(&text);
}

static enum recist_exit run_command(const struct recist_command *command, int count,
                                    char **arguments, const char *command_line)
{
    struct recist_options options;
    enum recist_exit status = recist_options_parse(command, count, arguments, &options);
    options.command_line = command_line;
    if (status == RECIST_EXIT_DONE && options.help) {
        struct recist_text text;
        recist_text_init(&text);
        recist_help_append_command(&text, command);
        status = recist_help_print(&text);
    } else if (status == RECIST_EXIT_DONE) {
        status = command->run(command, &options);
    }
    recist_options_destroy(&options);
    return status;
}

static bool is(const char *argument, const char *one, const char *other)
{
    return strcmp(argument, one) == 0 || strcmp(argument, other) == 0;
}

static enum recist_exit run(int count, char **arguments, const char *command_line)
{
    int words = 0;
    if (count == 0) {
        return show_overview_as_error();
    }
    if (is(arguments[0], "--help", "-h")) {
        return show_help(0, arguments);
    }
    if (is(arguments[0], "help", "help")) {
        return show_help(count - 1, arguments + 1);
    }
    if (is(arguments[0], "--version", "-V")) {
        return show_version();
    }
    const struct recist_command *command = find_command(count, arguments, &words);
    if (command) {
        /* The parser takes its first argument for the name of the command. */
        return run_command(command, count - words + 1, arguments + words - 1, command_line);
    }
    if (is_family(arguments[0]) && (count == 1 || is(arguments[1], "--help", "-h"))) {
        return count == 1 ? show_overview_as_error() : show_help(0, arguments);
    }
    return refuse(count, arguments);
}

int main(int count, char **arguments)
{
    struct recist_text command_line;
    recist_text_init(&command_line);
    fill_standard_streams();
    recist_unfinished_file_guard();
    recist_provenance_append_command(&command_line, count, arguments);
    recist_text_append_char(&command_line, '\0');
    enum recist_exit status =
        command_line.failed ? recist_message_no_memory()
                            : run(count - 1, arguments + 1, command_line.bytes);
    recist_text_destroy(&command_line);
    return (int)status;
}
