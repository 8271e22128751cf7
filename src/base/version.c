/* SPDX-License-Identifier: MIT */
#include <recist/version.h>

#include "recist_configuration.h"

const char *recist_version(void)
{
    return RECIST_VERSION;
}
