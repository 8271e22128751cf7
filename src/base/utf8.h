/* SPDX-License-Identifier: MIT
 * One character of strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef RECIST_BASE_UTF8_H
#define RECIST_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Reads the character that starts at text[0]. Returns the number of its bytes; 0 when there is no
 * valid character in the `length` bytes. */
size_t recist_utf8_decode(const char *text, size_t length, uint32_t *character);

#endif
