/* SPDX-License-Identifier: MIT
 * How the program ends; docs and --help say the same. */
#ifndef RECIST_CLI_EXIT_STATUS_H
#define RECIST_CLI_EXIT_STATUS_H

enum recist_exit {
    RECIST_EXIT_DONE = 0,
    RECIST_EXIT_INPUT_ERRORS = 1, /* the input has findings of severity error */
    RECIST_EXIT_USAGE = 2,        /* wrong options, arguments, or names given in them */
    RECIST_EXIT_FILE = 3,         /* a file could not be read or written, or memory is out */
};

#endif
