/* SPDX-License-Identifier: MIT
 * Rows of a visit that name the lesions of the visit before, in the same order: most rows do. What
 * a lesion keeps (id, role, site) is compared byte by byte with the row of that visit and not read
 * again; of what follows only what changes is read. Whatever is not as expected is left, untouched,
 * to the reading of whole rows (rows.c), which gives the same. */
#include "input/plain_number.h"
#include "input/reader.h"

/* Both have at least 16 bytes readable, of which the first `length` count. */
static inline bool same_bytes(const char *one, const char *other, size_t length)
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
    uint32_t *ends;
};

static inline struct recist_slice field(const struct row_fields *row, size_t number)
{
    uint32_t begin = number > 0 ? row->ends[number - 1] + 1 : (uint32_t)(row->begin - row->origin);
    return (struct recist_slice){row->origin + begin, row->ends[number] - begin};
}

/* The number of an axis, RECIST_MISSING where the field is empty; false when it is not plain. */
static inline bool read_axes(const struct recist_columns *columns, const struct row_fields *row,
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

static inline void take_texts(const struct recist_columns *columns, const struct row_fields *row,
                              const struct recist_reading *before, struct recist_reading *reading)
{
    for (size_t i = 0; i < columns->head_text_count; i++) {
        uint32_t column = columns->texts[i];
        *recist_reading_text(reading, column) =
            *recist_reading_text((struct recist_reading *)(uintptr_t)before, column);
    }
    for (size_t i = columns->kept_text_count; i < columns->text_count; i++) {
        uint32_t column = columns->texts[i];
        *recist_reading_text(reading, column) = field(row, columns->field_of[column]);
    }
}

/* Whether the next row can be taken as it stands; it is one more reading then. */
static inline bool take_row(struct recist_rows *rows, const struct row_fields *row,
                            const char *line_end)
{
    const struct recist_columns *columns = rows->row.columns;
    struct recist_reading *reading = recist_batch_next_reading(rows->batch);
    if (!reading) {
        return false;
    }
    const struct recist_reading *before = reading - 1;
    const struct recist_reading *like = &rows->batch->readings[rows->next_like];
    size_t head = rows->visit.head_length;
    const char *kept = row->begin + head;
    const char *kept_end = row->origin + row->ends[columns->kept_count - 1] + 1;
    if (row->origin + row->ends[columns->head_count - 1] + 1 != kept ||
        !same_bytes(row->begin, before->row.text, head) ||
        !same_bytes(kept, like->row.text + rows->like.head_length, (size_t)(kept_end - kept))) {
        return false;
    }
    int64_t axis[RECIST_AXIS_COUNT] = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING};
    bool has_number = false;
    if (!read_axes(columns, row, axis, &has_number)) {
        return false;
    }
    uint32_t status_field = columns->field_of[RECIST_COLUMN_STATUS];
    struct recist_slice status_text =
        status_field != RECIST_NO_FIELD ? field(row, status_field) : (struct recist_slice){"", 0};
    int status = recist_fields_usual_status(&rows->reader->fields, like->role, status_text,
                                            has_number);
    if (status == RECIST_NOT_USUAL) {
        return false;
    }
    *reading = *like;
    memcpy(reading->axis, axis, sizeof axis);
    reading->status = (uint8_t)status;
    reading->date = before->date;
    reading->date_precision = before->date_precision;
    reading->line = rows->row.line;
    reading->row = (struct recist_slice){row->begin, (size_t)(line_end - row->begin)};
    take_texts(columns, row, before, reading);
    return true;
}

/* The next row, if it is plain and has as many fields as it should; false: it is not known. */
static inline bool find_row(struct recist_csv *csv, struct row_fields *row, const char **line_feed)
{
    struct recist_plain_rows *plain = &csv->plain;
    size_t count = csv->capacity;
    if ((csv->plain_at != csv->at || plain->count - plain->next < count) &&
        !recist_csv_find_separators(csv)) {
        return false;
    }
    if (plain->next_line >= plain->line_count ||
        plain->line_ends[plain->next_line] != plain->next + count) {
        return false;
    }
    row->begin = csv->at;
    row->origin = plain->origin;
    row->ends = plain->separators + 1 + plain->next;
    *line_feed = plain->origin + row->ends[count - 1];
    return true;
}

void recist_rows_take_repeated(struct recist_rows *rows)
{
    struct recist_csv *csv = &rows->csv;
    while (rows->next_like < rows->like.end && rows->sound_before) {
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
        rows->next_like++;
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
