/* SPDX-License-Identifier: MIT
 * CSV as RFC 4180 has it, in a piece of memory: rows, and where their fields end.
 *
 * The scanner does not copy and does not report: it says what it met. Rows end with LF, CRLF or a
 * lone CR. It looks at 64 bytes at a time, so a piece must have RECIST_CSV_SLACK readable bytes
 * after its end. */
#ifndef RECIST_INPUT_CSV_H
#define RECIST_INPUT_CSV_H

#include <recist/finding.h>

#include "input/plain_rows.h"

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
    /* Where its fields end, as offsets from `origin`; of the fields beyond the capacity, the last
     * one's stands at [capacity]. [-1] is one less than where the first begins, and may be -1.
     * They last until the next row is scanned. */
    const uint32_t *field_ends;
    const char *origin;
    size_t field_count;
    uint32_t line_ends;   /* within its quoted fields */
    bool plain;           /* every field is its text: no quotes, no blanks at the ends */
    bool quoted;          /* some field is quoted */
    bool unusual;         /* NUL or bytes beyond ASCII may stand in it */
    const char *stray;    /* first quote, or text after a quote, where none may stand; or NULL */
    const char *unclosed; /* the quote that opened the field which does not end; or NULL */
};

struct recist_csv {
    const char *at;
    const char *end;
    bool final; /* nothing comes after `end` */
    uint32_t *field_ends;
    size_t capacity;
    /* The 64 bytes at hand: separators and quotes in them that were not yet looked at. */
    const char *block; /* NULL: none is at hand, as the row before was a plain one */
    uint64_t marks;
    bool unusual;
    /* Rows of `capacity` fields, found many at a time; NULL when they are not looked for. */
    recist_plain_scan *scan;
    const char *plain_at; /* where the first row begins that is not taken */
    struct recist_plain_rows plain;
};

/* `field_ends` must have room for capacity + 2. */
void recist_csv_init(struct recist_csv *csv, uint32_t *field_ends, size_t capacity);
/* Most rows will have as many fields as the capacity: the same rows, found faster. */
void recist_csv_expect(struct recist_csv *csv, recist_plain_scan *scan);
/* Goes on at `at`; the piece ends at `end`. */
void recist_csv_set(struct recist_csv *csv, const char *at, const char *end, bool final);
/* The bytes of a field whose end is known. */
__attribute__((always_inline)) static inline struct recist_slice
recist_csv_field(const struct recist_csv_row *row, size_t field)
{
    uint32_t begin = (row->field_ends - 1)[field] + 1;
    return (struct recist_slice){row->origin + begin, row->field_ends[field] - begin};
}

/* The next row in the slow way, which copes with everything. */
enum recist_csv_result recist_csv_next_carefully(struct recist_csv *csv,
                                                 struct recist_csv_row *row);
/* Turns to the separators of the row at hand, after rows that were taken in the slow way, or when
 * those found have run out. False when there are not enough for a row. */
bool recist_csv_find_separators(struct recist_csv *csv);

/* Whether the next row is plain, with as many fields as the header: the next LF is then the last of
 * its separators. */
static inline bool recist_csv_plain_row_is_next(struct recist_csv *csv)
{
    struct recist_plain_rows *plain = &csv->plain;
    size_t count = csv->capacity;
    if ((csv->plain_at != csv->at || plain->count - plain->next < count) &&
        !recist_csv_find_separators(csv)) {
        return false;
    }
    return plain->next_line < plain->line_count &&
           plain->line_ends[plain->next_line] == plain->next + count;
}

/* The next row if it is plain; nothing happens when it is not. */
static inline bool recist_csv_next_plain(struct recist_csv *csv, struct recist_csv_row *row)
{
    struct recist_plain_rows *plain = &csv->plain;
    size_t count = csv->capacity;
    if (!recist_csv_plain_row_is_next(csv)) {
        return false;
    }
    uint32_t *ends = plain->separators + 1 + plain->next;
    const char *line_feed = plain->origin + ends[count - 1];
    bool after_return = line_feed > csv->at && line_feed[-1] == '\r';
    ends[-1] = (uint32_t)(csv->at - plain->origin) - 1;
    ends[count - 1] -= after_return;
    *row = (struct recist_csv_row){
        .begin = csv->at,
        .end = line_feed - after_return,
        .next = line_feed + 1,
        .origin = plain->origin,
        .field_ends = ends,
        .field_count = count,
        .plain = true,
    };
    plain->next += (uint32_t)count;
    plain->next_line++;
    csv->at = csv->plain_at = row->next;
    csv->block = NULL;
    return true;
}

/* The next row. Blank lines are rows of one empty field. */
static inline enum recist_csv_result recist_csv_next(struct recist_csv *csv,
                                                     struct recist_csv_row *row)
{
    return csv->scan && recist_csv_next_plain(csv, row) ? RECIST_CSV_ROW
                                                        : recist_csv_next_carefully(csv, row);
}

/* Which of the 64 bytes are commas, quotes, LF or CR; bit 0 is the first byte. *unusual is set
 * when one is NUL or not ASCII. Both ways give the same result. */
uint64_t recist_csv_marks(const char *block, bool *unusual);
uint64_t recist_csv_marks_portable(const char *block, bool *unusual);

/* Line ends in a text: LF, CRLF or a lone CR count once each. */
uint32_t recist_csv_count_line_ends(const char *at, const char *end);

#endif
