/* SPDX-License-Identifier: MIT */
#include "base/quoting.h"

unsigned recist_quoting_look(struct recist_slice text)
{
    unsigned found = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.text[i];
        found |= byte == ',' || byte == '\n' || byte == '\r' ? RECIST_HAS_SEPARATOR : 0;
        found |= byte == '"' ? RECIST_HAS_QUOTE : 0;
    }
    return found;
}
