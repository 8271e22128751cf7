/* SPDX-License-Identifier: MIT
 * Rows of a visit that name the lesions of the visit before, in the same order: most rows do. What
 * a lesion keeps (id, role, site) is compared byte by byte with the row of that visit and not read
 * again; of what follows only what changes is read. Whatever is not as expected is left, untouched,
 * to the reading of whole rows (rows.c), which gives the same. */
#include "base/date.h"
#include "input/plain_number.h"
#include "input/reader.h"

/* What happens in every row. */
#define INLINE static inline __attribute__((always_inline))

/* Both have at least 16 bytes readable, of which the first `length` count. */
INLINE bool same_bytes(const char *one, const char *other, size_t length)
{
    if (length < 16) {
        return memcmp(one, other, length) == 0;
    }
    for (size_t i = 0; i + 16 < length; i += 16) {
        if (memcmp(one + i, other + i, 16) != 0) {
            return false;
        }
    }
    return memcmp(one + length - 16, other + length - 16, 16) == 0;
}

/* The fields of a row that is not taken yet. */
struct row_fields {
    const char *begin;
    const char *origin;
    uint32_t *ends; /* [-1]: one less than where the first begins */
};

INLINE struct recist_slice field(const struct row_fields *row, size_t number)
{
    uint32_t begin = (row->ends - 1)[number] + 1;
    return (struct recist_slice){row->origin + begin, row->ends[number] - begin};
}

/* The number of an axis, RECIST_MISSING where the field is empty; false when it is not plain. */
INLINE bool read_axes(const struct recist_columns *columns, const struct row_fields *row,
                             int64_t axis[static RECIST_AXIS_COUNT], bool *has_number)
{
    static const enum recist_column fields[RECIST_AXIS_COUNT] = {
        RECIST_COLUMN_DIAMETER, RECIST_COLUMN_LONG_AXIS, RECIST_COLUMN_SHORT_AXIS};
    *has_number = false;
    for (size_t i = 0; i < columns->axis_count; i++) {
        uint8_t number = columns->axes[i];
        struct recist_slice text = field(row, columns->field_of[fields[number]]);
        axis[number] = RECIST_MISSING;
        if (text.length == 0) {
            continue;
        }
        /* Several lengths of one row are compared with each other where it is read as a whole. */
        if (*has_number || !recist_plain_number(text, &axis[number]) ||
            axis[number] > RECIST_LARGEST_DIAMETER_MM * RECIST_MILLIMETRE) {
            return false;
        }
        *has_number = true;
    }
    return true;
}

/* Whether the row says of its lesion what a row of the visit before says, byte by byte. */
INLINE bool keeps(const struct recist_rows *rows, const struct recist_reading *like,
                         struct recist_slice kept)
{
    return same_bytes(kept.text, like->row.text + rows->like.head_length, kept.length);
}

/* The row of the visit before that names the same lesion: the next, or the one after it, as a
 * lesion may be left out. NULL: neither. */
INLINE const struct recist_reading *find_like(struct recist_rows *rows,
                                                     const struct recist_reading *reading,
                                                     struct recist_slice kept)
{
    for (size_t i = 0; i < 2 && rows->next_like + i < rows->like.end; i++) {
        const struct recist_reading *like = &rows->batch->readings[rows->next_like + i];
        if (keeps(rows, like, kept)) {
            rows->next_like += i + 1;
            return reading - like <= UINT16_MAX ? like : NULL;
        }
    }
    return NULL;
}

INLINE bool read_changes(const struct recist_rows *rows, const struct row_fields *row,
                                uint8_t role, struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    bool has_number = false;
    if (!read_axes(columns, row, reading->axis, &has_number)) {
        return false;
    }
    uint32_t number = columns->field_of[RECIST_COLUMN_STATUS];
    struct recist_slice text =
        number != RECIST_NO_FIELD ? field(row, number) : (struct recist_slice){"", 0};
    int status = recist_fields_usual_status(&rows->reader->fields, role, text, has_number);
    reading->status = (uint8_t)status;
    return status != RECIST_NOT_USUAL;
}

INLINE void take_texts(const struct recist_columns *columns, const struct row_fields *row,
                              size_t first, size_t end, struct recist_reading *reading)
{
    for (size_t i = first; i < end; i++) {
        uint32_t column = columns->texts[i];
        *recist_reading_text(reading, column) = field(row, columns->field_of[column]);
    }
}

/* A lesion that is like one of the visit before; the head of `reading` is that of the row. */
INLINE bool take_known_lesion(struct recist_rows *rows, const struct row_fields *row,
                                     const struct recist_reading *like,
                                     const struct recist_reading *head,
                                     struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    *reading = *like;
    if (columns->has_more &&
        !recist_fields_own_more(&rows->reader->fields, like->more, reading)) {
        return false;
    }
    if (!read_changes(rows, row, like->role, reading)) {
        return false;
    }
    for (size_t i = 0; i < columns->head_text_count; i++) {
        uint32_t column = columns->texts[i];
        *recist_reading_text(reading, column) = *recist_reading_text(
            (struct recist_reading *)(uintptr_t)head, column);
    }
    take_texts(columns, row, columns->kept_text_count, columns->text_count, reading);
    reading->like = (uint16_t)(reading - like);
    reading->date = head->date;
    reading->date_precision = head->date_precision;
    return true;
}

/* A lesion of the visit of `before` of which nothing is known. */
INLINE bool take_new_lesion(struct recist_rows *rows, const struct row_fields *row,
                                   struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    struct recist_slice role = field(row, columns->field_of[RECIST_COLUMN_ROLE]);
    int found = role.length > 0 ? recist_words_find(&rows->reader->fields.roles, role) : -1;
    if (!columns->simple || found < 0 ||
        field(row, columns->field_of[RECIST_COLUMN_LESION]).length == 0) {
        return false;
    }
    *reading = reading[-1];
    if (columns->has_more &&
        !recist_fields_own_more(&rows->reader->fields, reading->more, reading)) {
        return false;
    }
    if (!read_changes(rows, row, (uint8_t)found, reading)) {
        return false;
    }
    reading->role = (uint8_t)found;
    take_texts(columns, row, columns->head_text_count, columns->text_count, reading);
    reading->like = 0;
    return true;
}

/* The first row of a visit of the patient at hand, whose first lesion is that of the visit before
 * or the one after it. */
static bool take_first(struct recist_rows *rows, const struct row_fields *row,
                       struct recist_slice kept, struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    uint32_t study = columns->field_of[RECIST_COLUMN_STUDY];
    struct recist_slice date = field(row, columns->field_of[RECIST_COLUMN_DATE]);
    struct recist_reading_more more;
    struct recist_reading head = {.more = &more};
    if (!recist_text_equal(field(row, columns->field_of[RECIST_COLUMN_PATIENT]), rows->patient) ||
        (study != RECIST_NO_FIELD && !recist_text_equal(field(row, study), rows->study)) ||
        date.length != RECIST_DAY_LENGTH || !recist_date_parse_day(date.text, &head.date)) {
        return false;
    }
    head.date_precision = RECIST_DATE_DAY;
    take_texts(columns, row, 0, columns->head_text_count, &head);
    struct recist_visit_rows like = rows->like;
    size_t next_like = rows->next_like;
    rows->like = rows->visit;
    rows->like.end = rows->batch->reading_count;
    rows->next_like = rows->visit.first;
    const struct recist_reading *found = find_like(rows, reading, kept);
    if (!found || !take_known_lesion(rows, row, found, &head, reading)) {
        rows->like = like;
        rows->next_like = next_like;
        return false;
    }
    rows->visit = (struct recist_visit_rows){.first = rows->batch->reading_count,
                                             .head_length = (size_t)(kept.text - row->begin)};
    return true;
}

/* Whether the next row can be taken as it stands; it is one more reading then. */
INLINE bool take_row(struct recist_rows *rows, const struct row_fields *row,
                            const char *line_end)
{
    const struct recist_columns *columns = rows->row.columns;
    struct recist_reading *reading = recist_batch_next_reading(rows->batch);
    if (!reading) {
        return false;
    }
    const char *begin = row->origin + row->ends[columns->head_count - 1] + 1;
    const char *end = row->origin + row->ends[columns->kept_count - 1] + 1;
    struct recist_slice kept = {begin, (size_t)(end - begin)};
    size_t head_length = (size_t)(begin - row->begin);
    bool same_visit = head_length == rows->visit.head_length &&
                      same_bytes(row->begin, reading[-1].row.text, head_length);
    if (!same_visit) {
        if (!take_first(rows, row, kept, reading)) {
            return false;
        }
    } else {
        const struct recist_reading *like = find_like(rows, reading, kept);
        if (like ? !take_known_lesion(rows, row, like, reading - 1, reading)
                 : !take_new_lesion(rows, row, reading)) {
            return false;
        }
    }
    reading->same_visit = same_visit;
    reading->line = rows->row.line;
    reading->row = (struct recist_slice){row->begin, (size_t)(line_end - row->begin)};
    return true;
}

/* The next row, if it is plain and has as many fields as it should; false: it is not known. */
INLINE bool find_row(struct recist_csv *csv, struct row_fields *row, const char **line_feed)
{
    struct recist_plain_rows *plain = &csv->plain;
    size_t count = csv->capacity;
    if (!recist_csv_plain_row_is_next(csv)) {
        return false;
    }
    row->begin = csv->at;
    row->origin = plain->origin;
    row->ends = plain->separators + 1 + plain->next;
    row->ends[-1] = (uint32_t)(csv->at - plain->origin) - 1;
    *line_feed = plain->origin + row->ends[count - 1];
    return true;
}

void recist_rows_take_repeated(struct recist_rows *rows)
{
    struct recist_csv *csv = &rows->csv;
    while (rows->sound_before && rows->visit.head_length > 0) {
        struct row_fields row;
        const char *line_feed = NULL;
        if (!csv->scan || !find_row(csv, &row, &line_feed) ||
            line_feed - row.begin > RECIST_LONGEST_NAME) {
            return;
        }
        bool after_return = line_feed > row.begin && line_feed[-1] == '\r';
        row.ends[csv->capacity - 1] -= after_return;
        if (!take_row(rows, &row, line_feed - after_return)) {
            row.ends[csv->capacity - 1] += after_return;
            return;
        }
        rows->batch->reading_count++;
        rows->row.line++;
        csv->plain.next += (uint32_t)csv->capacity;
        csv->plain.next_line++;
        csv->at = csv->plain_at = line_feed + 1;
        csv->block = NULL;
    }
}

void recist_rows_begin_visit(struct recist_rows *rows)
{
    const struct recist_columns *columns = rows->row.columns;
    const struct recist_reading *readings = rows->batch->readings;
    size_t first = rows->batch->reading_count - 1;
    rows->like = rows->visit;
    rows->like.end = 0;
    rows->next_like = rows->like.first;
    rows->visit = (struct recist_visit_rows){.first = first};
    if (!rows->row.plain || columns->kept_count == 0) {
        return;
    }
    rows->visit.head_length = (size_t)(rows->bytes.field_ends[columns->head_count - 1] -
                                       (rows->bytes.field_ends - 1)[0]);
    if (rows->like.head_length > 0) {
        rows->like.end = first;
        rows->next_like +=
            recist_text_equal(readings[first].lesion, readings[rows->next_like].lesion);
    }
}
