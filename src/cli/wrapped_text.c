/* SPDX-License-Identifier: MIT */
#include "cli/wrapped_text.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "output/display_width.h"

#define WIDEST 100
#define NARROWEST 40

size_t recist_terminal_width(void)
{
    struct winsize size = {0};
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0) {
        return 0;
    }
    return size.ws_col < NARROWEST ? NARROWEST : size.ws_col;
}

size_t recist_wrapping_width(void)
{
    size_t width = recist_terminal_width();
    if (!isatty(STDOUT_FILENO)) {
        return 0;
    }
    return width == 0 || width > WIDEST ? WIDEST : width;
}

static void append_spaces(struct recist_text *text, size_t count)
{
    while (count-- > 0) {
        recist_text_append_char(text, ' ');
    }
}

static void append_words(struct recist_text *text, const char *words, size_t length,
                         size_t hanging, size_t width, size_t line_width)
{
    bool first = true;
    for (size_t at = 0; at < length;) {
        struct recist_slice word = {words + at, 0};
        while (at + word.length < length && word.text[word.length] != ' ') {
            word.length++;
        }
        at += word.length + 1;
        size_t word_width = recist_display_width(word);
        if (!first && width > 0 && line_width + 1 + word_width > width) {
            recist_text_append_char(text, '\n');
            append_spaces(text, hanging);
            line_width = hanging;
        } else if (!first) {
            recist_text_append_char(text, ' ');
            line_width++;
        }
        recist_text_append_slice(text, word);
        line_width += word_width;
        first = false;
    }
}

void recist_wrap_paragraph(struct recist_text *text, size_t start, size_t indent, size_t hanging,
                           size_t width)
{
    size_t length = text->length - start;
    char *words = malloc(length + 1);
    if (!words || text->failed) {
        text->failed = true;
        free(words);
        return;
    }
    if (length > 0) {
        memcpy(words, text->bytes + start, length);
    }
    text->length = start;
    append_spaces(text, indent);
    append_words(text, words, length, hanging, width, indent);
    recist_text_append_char(text, '\n');
    free(words);
}
