/* SPDX-License-Identifier: MIT
 * Marks what the shared library shows to its users; everything else stays hidden. */
#ifndef RECIST_EXPORT_H
#define RECIST_EXPORT_H

#ifdef __cplusplus
#define RECIST_API extern "C" __attribute__((visibility("default")))
#else
#define RECIST_API __attribute__((visibility("default")))
#endif

/* How a call ended. Findings say why in detail. */
enum recist_outcome {
    RECIST_DONE,
    RECIST_END,         /* nothing more to read */
    RECIST_INVALID,     /* the input has findings of severity error */
    RECIST_UNREADABLE,  /* a file could not be read; a finding says which and why */
    RECIST_NOT_GROUPED, /* rows of one patient stand apart; read again with an index */
    RECIST_NO_MEMORY,
};

#endif
