/* SPDX-License-Identifier: MIT
 * CSV as RFC 4180 has it, in a piece of memory: rows, and where their fields end.
 *
 * The scanner does not copy and does not report: it says what it met. Rows end with LF, CRLF or a
 * lone CR. It looks at 64 bytes at a time, so a piece must have RECIST_CSV_SLACK readable bytes
 * after its end. */
#ifndef RECIST_INPUT_CSV_H
#define RECIST_INPUT_CSV_H

#include <recist/finding.h>

#define RECIST_CSV_SLACK 64
/* The longest row, in bytes. It bounds the memory that a broken file can take. */
#define RECIST_CSV_ROW_LIMIT ((size_t)1 << 20)

enum recist_csv_result {
    RECIST_CSV_ROW,
    RECIST_CSV_END,      /* nothing is left */
    RECIST_CSV_MORE,     /* the piece ends within a row, which `row` has as far as it goes */
    RECIST_CSV_UNCLOSED, /* a quoted field does not end within the input, or the row limit */
    RECIST_CSV_TOO_LONG, /* the row is longer than the limit */
};

struct recist_csv_row {
    const char *begin;
    const char *end;      /* without the line end */
    const char *next;     /* after the line end */
    size_t field_count;
    uint32_t line_ends;   /* within its quoted fields */
    bool quoted;          /* some field is quoted */
    bool unusual;         /* NUL or bytes beyond ASCII may stand in it */
    const char *stray;    /* first quote, or text after a quote, where none may stand; or NULL */
    const char *unclosed; /* the quote that opened the field which does not end; or NULL */
};

struct recist_csv {
    const char *at;
    const char *end;
    bool final; /* nothing comes after `end` */
    /* Offsets from the row's begin at which its fields end; of the fields beyond `capacity`, the
     * last one's stands at [capacity]. */
    uint32_t *field_ends;
    size_t capacity;
    /* The 64 bytes at hand: separators and quotes in them that were not yet looked at. */
    const char *block;
    uint64_t marks;
    bool unusual;
};

/* `field_ends` must have room for capacity + 1. */
void recist_csv_init(struct recist_csv *csv, uint32_t *field_ends, size_t capacity);
/* Goes on at `at`; the piece ends at `end`. */
void recist_csv_set(struct recist_csv *csv, const char *at, const char *end, bool final);
/* The next row. Blank lines are rows of one empty field. */
enum recist_csv_result recist_csv_next(struct recist_csv *csv, struct recist_csv_row *row);

/* Which of the 64 bytes are commas, quotes, LF or CR; bit 0 is the first byte. *unusual is set
 * when one is NUL or not ASCII. Both ways give the same result. */
uint64_t recist_csv_marks(const char *block, bool *unusual);
uint64_t recist_csv_marks_portable(const char *block, bool *unusual);

/* Line ends in a text: LF, CRLF or a lone CR count once each. */
uint32_t recist_csv_count_line_ends(const char *at, const char *end);

#endif
