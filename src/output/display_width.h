/* SPDX-License-Identifier: MIT */
#ifndef RECIST_OUTPUT_DISPLAY_WIDTH_H
#define RECIST_OUTPUT_DISPLAY_WIDTH_H

#include <recist/finding.h>

/* Columns that UTF-8 text takes on a terminal, whatever the locale: combining marks none, East
 * Asian wide characters two. */
size_t recist_display_width(struct recist_slice text);

#endif
