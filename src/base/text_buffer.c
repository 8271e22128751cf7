/* SPDX-License-Identifier: MIT */
#include "base/text_buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define SMALLEST_CAPACITY 256

void recist_text_init(struct recist_text *text)
{
    *text = (struct recist_text){0};
}

void recist_text_destroy(struct recist_text *text)
{
    free(text->bytes);
    *text = (struct recist_text){0};
}

bool recist_text_reserve(struct recist_text *text, size_t more)
{
    if (text->capacity - text->length >= more) {
        return true;
    }
    if (text->failed || more > SIZE_MAX / 2 - text->length) {
        text->failed = true;
        return false;
    }
    size_t capacity = text->capacity ? text->capacity * 2 : SMALLEST_CAPACITY;
    if (capacity < text->length + more) {
        capacity = text->length + more;
    }
    char *bytes = realloc(text->bytes, capacity);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void recist_text_format(struct recist_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && recist_text_reserve(text, (size_t)length + 1)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    } else {
        text->failed = true;
    }
    va_end(again);
}
