/* SPDX-License-Identifier: MIT
 * Preloaded (.ci/run), this puts every program into the locale of its environment before main(),
 * as a host program may do to the library. It insists on a decimal comma, so that the test cannot
 * pass for want of a locale. */
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

__attribute__((constructor)) static void use_decimal_comma(void)
{
    (void)setlocale(LC_ALL, "");
    if (strcmp(localeconv()->decimal_point, ",") != 0) {
        (void)fputs("no locale with a decimal comma\n", stderr);
        _exit(99);
    }
}
