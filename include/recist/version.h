/* SPDX-License-Identifier: MIT */
#ifndef RECIST_VERSION_H
#define RECIST_VERSION_H

#include <recist/export.h>

/* The library's version, such as "0.1.0". */
RECIST_API const char *recist_version(void);

#endif
