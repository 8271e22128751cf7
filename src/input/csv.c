/* SPDX-License-Identifier: MIT */
#include "input/csv.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK 64

static inline bool is_mark(unsigned char byte)
{
    return byte == ',' || byte == '"' || byte == '\n' || byte == '\r';
}

uint64_t recist_csv_marks_portable(const char *block, bool *unusual)
{
    uint64_t marks = 0;
    bool found = false;
    for (unsigned i = 0; i < BLOCK; i++) {
        unsigned char byte = (unsigned char)block[i];
        marks |= (uint64_t)is_mark(byte) << i;
        found |= byte == 0 || byte >= 0x80;
    }
    *unusual = found;
    return marks;
}

#ifdef __SSE2__

static inline uint64_t marks_of_16(__m128i bytes)
{
    __m128i comma = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(','));
    __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    __m128i line_feed = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
    __m128i carriage_return = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
    __m128i any =
        _mm_or_si128(_mm_or_si128(comma, quote), _mm_or_si128(line_feed, carriage_return));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(any);
}

static inline uint64_t marks_of_block(const char *block, bool *unusual)
{
    const __m128i *at = (const __m128i *)(const void *)block;
    __m128i a = _mm_loadu_si128(at);
    __m128i b = _mm_loadu_si128(at + 1);
    __m128i c = _mm_loadu_si128(at + 2);
    __m128i d = _mm_loadu_si128(at + 3);
    __m128i high = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
    __m128i least = _mm_min_epu8(_mm_min_epu8(a, b), _mm_min_epu8(c, d));
    __m128i nul = _mm_cmpeq_epi8(least, _mm_setzero_si128());
    *unusual = _mm_movemask_epi8(_mm_or_si128(high, nul)) != 0;
    return marks_of_16(a) | marks_of_16(b) << 16 | marks_of_16(c) << 32 | marks_of_16(d) << 48;
}

#else

static inline uint64_t marks_of_block(const char *block, bool *unusual)
{
    return recist_csv_marks_portable(block, unusual);
}

#endif

uint64_t recist_csv_marks(const char *block, bool *unusual)
{
    return marks_of_block(block, unusual);
}

uint32_t recist_csv_count_line_ends(const char *at, const char *end)
{
    uint32_t count = 0;
    for (; at < end; at++) {
        count += *at == '\n' || (*at == '\r' && (at + 1 == end || at[1] != '\n'));
    }
    return count;
}

void recist_csv_init(struct recist_csv *csv, uint32_t *field_ends, size_t capacity)
{
    field_ends[0] = UINT32_MAX; /* the first field begins at 0 */
    csv->field_ends = field_ends + 1;
    csv->capacity = capacity;
    csv->scan = NULL;
}

void recist_csv_expect(struct recist_csv *csv, recist_plain_scan *scan)
{
    bool fits = csv->capacity > 0 && csv->capacity < RECIST_PLAIN_SEPARATORS / 4;
    csv->scan = fits ? scan : NULL;
}

/* Makes the block at `block` the one at hand; what lies after the end does not count. */
static inline void load(struct recist_csv *csv, const char *block)
{
    csv->block = block;
    csv->marks = marks_of_block(block, &csv->unusual);
    size_t left = (size_t)(csv->end - block);
    if (left < BLOCK) {
        csv->marks &= ~(~UINT64_C(0) << left);
    }
}

void recist_csv_set(struct recist_csv *csv, const char *at, const char *end, bool final)
{
    csv->at = at;
    csv->end = end;
    csv->final = final;
    csv->block = NULL;
    csv->plain_at = NULL;
    csv->plain.count = csv->plain.next = 0;
    csv->plain.line_count = csv->plain.next_line = 0;
}

static inline void end_field(struct recist_csv *csv, struct recist_csv_row *row, const char *at)
{
    size_t slot = row->field_count < csv->capacity ? row->field_count : csv->capacity;
    csv->field_ends[slot] = (uint32_t)(at - row->begin);
    row->field_count++;
}

static const char *field_begin(const struct recist_csv *csv, const struct recist_csv_row *row)
{
    if (row->field_count == 0) {
        return row->begin;
    }
    size_t last = row->field_count - 1;
    return row->begin + csv->field_ends[last < csv->capacity ? last : csv->capacity] + 1;
}

static bool past_limit(const struct recist_csv_row *row, const char *at)
{
    return (size_t)(at - row->begin) > RECIST_CSV_ROW_LIMIT;
}

/* The closing quote of the field that `open` opens. NULL when the piece ends before it, or too
 * early to tell whether the quote is the first of two. */
static const char *closing_quote(const struct recist_csv *csv, const char *open)
{
    const char *at = open + 1;
    for (;;) {
        const char *quote = memchr(at, '"', (size_t)(csv->end - at));
        if (!quote || (quote + 1 == csv->end && !csv->final)) {
            return NULL;
        }
        if (quote + 1 == csv->end || quote[1] != '"') {
            return quote;
        }
        at = quote + 2;
    }
}

/* Goes past the quoted field that begins at `open`. RECIST_CSV_ROW: the row goes on. */
static enum recist_csv_result skip_quoted(struct recist_csv *csv, struct recist_csv_row *row,
                                          const char *open)
{
    const char *close = closing_quote(csv, open);
    if (!close || past_limit(row, close + 1)) {
        bool ended = close || csv->final || past_limit(row, csv->end);
        row->unclosed = open;
        row->end = row->next = csv->end;
        return ended ? RECIST_CSV_UNCLOSED : RECIST_CSV_MORE;
    }
    const char *after = close + 1;
    row->quoted = true;
    row->line_ends += recist_csv_count_line_ends(open, close);
    if (after < csv->end && *after != ',' && *after != '\n' && *after != '\r' && !row->stray) {
        row->stray = after;
    }
    /* The blocks gone past were not looked at for unusual bytes. */
    row->unusual = true;
    load(csv, after);
    return RECIST_CSV_ROW;
}

static enum recist_csv_result meet_quote(struct recist_csv *csv, struct recist_csv_row *row,
                                         const char *quote)
{
    if (past_limit(row, quote)) {
        row->end = row->next = csv->end;
        return RECIST_CSV_TOO_LONG;
    }
    if (quote == field_begin(csv, row)) {
        return skip_quoted(csv, row, quote);
    }
    if (!row->stray) {
        row->stray = quote;
    }
    return RECIST_CSV_ROW;
}

/* The row ends at `at`, with a line end or the input. */
static inline enum recist_csv_result finish(struct recist_csv *csv, struct recist_csv_row *row,
                                            const char *at)
{
    row->end = at;
    row->next = at;
    if (past_limit(row, at)) {
        return RECIST_CSV_TOO_LONG;
    }
    if (at < csv->end && *at == '\r') {
        if (at + 1 == csv->end && !csv->final) {
            return RECIST_CSV_MORE; /* LF may follow */
        }
        if (at + 1 < csv->end && at[1] == '\n') {
            row->next++;
            /* Nothing but this LF is left of the block, or its mark is the next one. */
            csv->marks &= csv->marks - 1;
            if (at + 1 == csv->block + BLOCK) {
                load(csv, at + 1);
                csv->marks &= csv->marks - 1;
            }
        }
    }
    row->next += at < csv->end;
    end_field(csv, row, at);
    csv->at = row->next;
    return RECIST_CSV_ROW;
}

static enum recist_csv_result run_out(struct recist_csv *csv, struct recist_csv_row *row)
{
    if (csv->final) {
        return finish(csv, row, csv->end);
    }
    row->end = row->next = csv->end;
    return past_limit(row, csv->end) ? RECIST_CSV_TOO_LONG : RECIST_CSV_MORE;
}

/* The fast way through a row: commas only, with all that changes held in registers. Returns the
 * first mark that is something else, or NULL when the piece ends before one. */
static inline const char *end_fields(struct recist_csv *csv, struct recist_csv_row *row)
{
    uint32_t *const field_ends = csv->field_ends;
    const size_t capacity = csv->capacity;
    const char *const begin = row->begin;
    const char *block = csv->block;
    const char *mark = NULL;
    uint64_t marks = csv->marks;
    size_t count = row->field_count;
    for (;;) {
        if (marks == 0) {
            if (csv->end - block <= BLOCK) {
                mark = NULL;
                break;
            }
            load(csv, block + BLOCK);
            row->unusual |= csv->unusual;
            block = csv->block;
            marks = csv->marks;
            continue;
        }
        mark = block + __builtin_ctzll(marks);
        marks &= marks - 1;
        if (*mark != ',') {
            break;
        }
        field_ends[count < capacity ? count : capacity] = (uint32_t)(mark - begin);
        count++;
    }
    csv->marks = marks;
    row->field_count = count;
    return mark;
}

enum recist_csv_result recist_csv_next_carefully(struct recist_csv *csv,
                                                 struct recist_csv_row *row)
{
    *row = (struct recist_csv_row){.begin = csv->at,
                                   .end = csv->at,
                                   .next = csv->at,
                                   .origin = csv->at,
                                   .field_ends = csv->field_ends};
    if (csv->at == csv->end) {
        return csv->final ? RECIST_CSV_END : RECIST_CSV_MORE;
    }
    if (!csv->block) {
        load(csv, csv->at);
    }
    row->unusual = csv->unusual;
    for (;;) {
        const char *mark = end_fields(csv, row);
        if (!mark) {
            return run_out(csv, row);
        }
        if (*mark != '"') {
            return finish(csv, row, mark);
        }
        enum recist_csv_result result = meet_quote(csv, row, mark);
        if (result != RECIST_CSV_ROW) {
            return result;
        }
    }
}

/* Leaves out the separators before the row at hand. */
static void skip_separators(struct recist_csv *csv)
{
    struct recist_plain_rows *plain = &csv->plain;
    if (plain->count == 0 || plain->origin + plain->separators[plain->count] < csv->at) {
        plain->next = plain->count;
        return;
    }
    while (plain->next < plain->count &&
           plain->origin + plain->separators[plain->next + 1] < csv->at) {
        plain->next++;
    }
    while (plain->next_line < plain->line_count &&
           plain->line_ends[plain->next_line] <= plain->next) {
        plain->next_line++;
    }
}

/* Finds separators in so many bytes, or in as many as the first row takes. */
static void scan(struct recist_csv *csv, size_t reach)
{
    struct recist_plain_rows *plain = &csv->plain;
    size_t left = (size_t)(csv->end - csv->at);
    size_t most = left < RECIST_PLAIN_BYTES ? left : RECIST_PLAIN_BYTES;
    do {
        plain->reach = reach < most ? reach : most;
        csv->scan(plain, csv->at, csv->end);
        reach *= 4;
    } while (plain->count < csv->capacity && !plain->care && plain->reach < most);
}

bool recist_csv_find_separators(struct recist_csv *csv)
{
    struct recist_plain_rows *plain = &csv->plain;
    bool goes_on = csv->plain_at == csv->at;
    if (!goes_on) {
        skip_separators(csv);
    }
    if (plain->count - plain->next < csv->capacity) {
        scan(csv, goes_on ? 4 * plain->reach : RECIST_FIRST_PLAIN_BYTES);
    }
    csv->plain_at = csv->at;
    return plain->count >= csv->capacity;
}
