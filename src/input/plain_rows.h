/* SPDX-License-Identifier: MIT
 * Plain rows: a stretch of a piece in which nothing needs care, and where its fields end.
 *
 * Nearly all rows of nearly all files hold no quote, no lone CR, no byte beyond ASCII and no blank
 * at either end of a field. Their separators are found 64 bytes at a time, for many rows at once.
 * The stretch ends before the first 64 bytes that are not plain; their rows, and whatever else is
 * not as expected, are left to the scanner of csv.c, which gives the same rows, more slowly. */
#ifndef RECIST_INPUT_PLAIN_ROWS_H
#define RECIST_INPUT_PLAIN_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A stretch holds at most so many separators; rows of more fields are not looked for. */
#define RECIST_PLAIN_SEPARATORS 1024
/* ... and so many bytes, which keeps it in the nearest cache. The first of several that follow each
 * other is short, as its rows may be the only ones that are asked for. */
#define RECIST_PLAIN_BYTES 16384
#define RECIST_FIRST_PLAIN_BYTES 128

struct recist_plain_rows {
    const char *origin; /* the separators are offsets from here */
    size_t reach;       /* how many bytes it may hold, about; set before it is filled */
    bool care;          /* it ends before bytes that are not plain */
    uint32_t count;
    uint32_t next; /* how many of them are taken */
    uint32_t line_count;
    uint32_t next_line; /* the first of line_ends that is beyond `next` */
    /* [0] is that before the first. One block of 64 bytes can go beyond the limit, and is written
     * in eights or sixteens. */
    uint32_t separators[1 + RECIST_PLAIN_SEPARATORS + 64 + 16];
    /* How many separators there are up to each LF, with it; written in pairs. */
    uint32_t line_ends[RECIST_PLAIN_SEPARATORS + 64 + 2];
};

/* Fills `rows` from `at`, where a row begins, on. 64 bytes after `end` must be readable. */
typedef void recist_plain_scan(struct recist_plain_rows *rows, const char *at, const char *end);

/* The fastest of this processor; NULL where there is none. All find the same, as far as they go. */
recist_plain_scan *recist_plain_scan_choose(void);
/* One of them by number, for tests; NULL after the last. Those that cannot run are left out. */
recist_plain_scan *recist_plain_scan_at(size_t number);

#endif
