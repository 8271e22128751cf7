/* SPDX-License-Identifier: MIT
 * Rows that say, but for what changes, what rows before them said: most rows do. A visit's rows have
 * the same head, and a patient's visits name the same lesions in the same order. So the head of a
 * row is compared byte by byte with that of the row before, and what follows with the row of the
 * visit before that named the lesion; neither is read again. Only what is left of the row is gone
 * through, field by field. This relies on:
 *
 * - the columns: first those of the visit (the head), then what a lesion keeps, then what changes
 *   (struct recist_columns, header.c);
 * - plain rows: bytes that are those of a plain row mean the same, and end with a comma; all other
 *   fields that are read here have nothing in them that would need care (plain_fields.h);
 * - the blanks after a piece: nothing that is looked for is found there, so that no field and no
 *   row can end beyond it.
 *
 * Whatever is not as expected is left, untouched, to the reading of whole rows (rows.c), which gives
 * the same. */
#include "base/date.h"
#include "input/plain_fields.h"
#include "input/plain_number.h"
#include "input/reader.h"

/* What happens in every row. */
#define INLINE static inline __attribute__((always_inline))

/* What changes from row to row; it is written back when the rows of a visit end. */
struct stretch {
    const char *at; /* where the next row begins */
    const char *end;
    uint64_t line;
    struct recist_reading *reading; /* the next one */
    const struct recist_reading *room_end;
    const char *head; /* that of the visit's rows */
    size_t head_length;
    struct recist_named_lesion *named; /* where the next lesion is remembered */
    const struct recist_named_lesion *named_end;
    const struct recist_named_lesion *next; /* of the visit before */
    const struct recist_named_lesion *before_end;
};

/* On the way through the fields of a row. */
struct walk {
    const char *at;      /* where the next field begins; after the row at last */
    const char *row_end; /* before the line end, once that is reached */
    const char *end;     /* of the piece */
    bool has_number;
    struct recist_slice status;
    int role;             /* below 0: none was read */
    uint32_t kept_length; /* bytes that name the lesion */
};

/* Goes past what ends a field. */
INLINE bool end_field(struct walk *walk, const char *at, bool last)
{
    if (!last) {
        walk->at = at + 1;
        return *at == ',';
    }
    walk->row_end = at;
    at += *at == '\r';
    walk->at = at + 1;
    return *at == '\n';
}

/* An empty field leaves *axis alone. Several lengths of one row are compared with each other where
 * it is read as a whole. */
INLINE bool read_axis(struct walk *walk, bool last, int64_t *axis)
{
    const char *after = walk->at;
    if (*after != ',' && *after != '\n' && *after != '\r') {
        if (walk->has_number || !recist_plain_number_at(walk->at, axis, &after) ||
            *axis > RECIST_LARGEST_DIAMETER_MM * RECIST_MILLIMETRE) {
            return false;
        }
        walk->has_number = true;
    }
    return end_field(walk, after, last);
}

INLINE bool read_text(struct walk *walk, bool last, struct recist_slice *text)
{
    return recist_plain_field(walk->at, walk->end, text) &&
           end_field(walk, text->text + text->length, last);
}

static bool read_date(struct recist_slice text, struct recist_reading *reading)
{
    reading->date_precision = RECIST_DATE_DAY;
    return text.length == RECIST_DAY_LENGTH && recist_date_parse_day(text.text, &reading->date);
}

static bool read_role(struct recist_rows *rows, struct recist_slice text, int *role)
{
    *role = text.length > 0 ? recist_words_find(&rows->reader->fields.roles, text) : -1;
    return *role >= 0;
}

/* A field with a text in it. `repeats`: the row names the lesion that the reading is already of. */
static bool take_text(struct recist_rows *rows, struct recist_field_step step,
                      struct recist_slice text, bool repeats, struct walk *walk,
                      struct recist_reading *reading)
{
    switch (step.use) {
    case RECIST_FIELD_SKIPPED:
        return true;
    case RECIST_FIELD_PATIENT:
        return recist_text_equal(text, rows->patient);
    case RECIST_FIELD_STUDY:
        return recist_text_equal(text, rows->study);
    case RECIST_FIELD_DATE:
        return read_date(text, reading);
    case RECIST_FIELD_ROLE:
        return read_role(rows, text, &walk->role);
    case RECIST_FIELD_STATUS:
        walk->status = text;
        return true;
    case RECIST_FIELD_KEPT:
        if (repeats && !recist_text_equal(text, *recist_reading_text(reading, step.which))) {
            return false;
        }
        *recist_reading_text(reading, step.which) = text;
        return true;
    case RECIST_FIELD_TEXT:
        *recist_reading_text(reading, step.which) = text;
        return true;
    default:
        return false;
    }
}

/* The fields from `first` up to `end`. */
static bool take_fields(struct recist_rows *rows, size_t first, size_t end, bool repeats,
                        struct walk *walk, struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    for (size_t i = first; i < end; i++) {
        struct recist_field_step step = columns->steps[i];
        bool last = i + 1 == columns->field_count;
        struct recist_slice text;
        if (step.use == RECIST_FIELD_AXIS
                ? !read_axis(walk, last, &reading->axis[step.which])
                : !read_text(walk, last, &text) ||
                      !take_text(rows, step, text, repeats, walk, reading)) {
            return false;
        }
    }
    return true;
}

/* Makes `reading` what `from` is, but for its lengths. */
INLINE bool start_reading(struct recist_rows *rows, const struct recist_reading *from,
                          bool has_more, struct recist_reading *reading)
{
    *reading = *from;
    reading->axis[RECIST_DIAMETER] = RECIST_MISSING;
    reading->axis[RECIST_LONG_AXIS] = RECIST_MISSING;
    reading->axis[RECIST_SHORT_AXIS] = RECIST_MISSING;
    return !has_more || recist_fields_own_more(&rows->reader->fields, from->more, reading);
}

/* Ends a reading whose fields are taken. */
INLINE bool complete(struct recist_rows *rows, const struct stretch *stretch,
                     const struct walk *walk, struct recist_reading *reading)
{
    int status = recist_fields_usual_status(&rows->reader->fields, reading->role, walk->status,
                                            walk->has_number);
    reading->status = (uint8_t)status;
    reading->line = stretch->line;
    reading->row = (struct recist_slice){stretch->at, (size_t)(walk->row_end - stretch->at)};
    return status != RECIST_NOT_USUAL && reading->row.length <= RECIST_LONGEST_NAME;
}

/* The lesion of the visit before that the bytes at `kept` name: the next, or the one after it, as a
 * lesion may be left out. NULL: neither. */
INLINE const struct recist_named_lesion *find_named(const struct stretch *stretch,
                                                    const char *kept)
{
    size_t left = (size_t)(stretch->end - kept);
    for (size_t i = 0; i < 2 && stretch->next + i < stretch->before_end; i++) {
        const struct recist_named_lesion *named = stretch->next + i;
        if (named->length <= left && recist_plain_same(kept, named->kept, named->length)) {
            return named;
        }
    }
    return NULL;
}

/* Where a text stands that is only looked at. */
static inline struct recist_slice text_of(const struct recist_reading *reading, uint32_t column)
{
    return *recist_reading_text((struct recist_reading *)(uintptr_t)reading, column);
}

/* What stands in the head beside patient, study and date is that of the visit's other rows. */
static void take_head_texts(const struct recist_columns *columns,
                            const struct recist_reading *before, struct recist_reading *reading)
{
    for (size_t i = 0; i < columns->head_text_count; i++) {
        uint32_t column = columns->texts[i];
        *recist_reading_text(reading, column) = text_of(before, column);
    }
}

/* A lesion that the visit before names too, in a row with the head of `before`. */
INLINE bool take_named_lesion(struct recist_rows *rows, const struct stretch *stretch,
                              const struct recist_named_lesion *named,
                              const struct recist_reading *before, bool usual, struct walk *walk)
{
    const struct recist_columns *columns = rows->row.columns;
    const struct recist_reading *like = &rows->batch->readings[named->reading];
    struct recist_reading *reading = stretch->reading;
    size_t distance = (size_t)(reading - like);
    *walk = (struct walk){.at = stretch->at + stretch->head_length + named->length,
                          .end = stretch->end,
                          .status = {"", 0},
                          .kept_length = named->length};
    if (distance > UINT16_MAX || !start_reading(rows, like, !usual && columns->has_more, reading)) {
        return false;
    }
    reading->like = (uint16_t)distance;
    reading->date = before->date;
    reading->date_precision = before->date_precision;
    if (usual) {
        reading->visit = before->visit;
        return read_axis(walk, false, &reading->axis[columns->axes[0]]) &&
               read_text(walk, true, &walk->status) && complete(rows, stretch, walk, reading);
    }
    take_head_texts(columns, before, reading);
    return take_fields(rows, columns->kept_count, columns->field_count, true, walk, reading) &&
           complete(rows, stretch, walk, reading);
}

/* Any other lesion, in a row with the head of `before`. */
static bool take_new_lesion(struct recist_rows *rows, const struct stretch *stretch,
                            const struct recist_reading *before, struct walk *walk)
{
    const struct recist_columns *columns = rows->row.columns;
    struct recist_reading *reading = stretch->reading;
    const char *kept = stretch->at + stretch->head_length;
    *walk = (struct walk){.at = kept, .end = stretch->end, .status = {"", 0}, .role = -1};
    if (!start_reading(rows, before, columns->has_more, reading) ||
        !take_fields(rows, columns->head_count, columns->kept_count, false, walk, reading) ||
        reading->lesion.length == 0) {
        return false;
    }
    walk->kept_length = (uint32_t)(walk->at - kept);
    reading->role = (uint8_t)walk->role;
    reading->like = 0;
    return take_fields(rows, columns->kept_count, columns->field_count, false, walk, reading) &&
           complete(rows, stretch, walk, reading);
}

INLINE struct stretch begin_stretch(struct recist_rows *rows)
{
    struct recist_repetition *repetition = &rows->repetition;
    struct recist_batch *batch = rows->batch;
    size_t at_hand = repetition->at_hand;
    const struct recist_named_lesion *before = repetition->lesions[!at_hand];
    struct recist_named_lesion *named = repetition->lesions[at_hand];
    return (struct stretch){
        .at = rows->csv.at,
        .end = rows->csv.end,
        .line = rows->row.line,
        .reading = batch->readings + batch->reading_count,
        .room_end = batch->readings + batch->reading_capacity,
        .head = batch->readings[batch->reading_count - 1].row.text,
        .head_length = repetition->head_length,
        .named = named + repetition->counts[at_hand],
        .named_end = named + RECIST_NAMED_LESIONS,
        .next = before + repetition->next,
        .before_end = before + repetition->counts[!at_hand],
    };
}

INLINE void end_stretch(struct recist_rows *rows, const struct stretch *stretch)
{
    struct recist_repetition *repetition = &rows->repetition;
    size_t at_hand = repetition->at_hand;
    rows->csv.at = stretch->at;
    rows->csv.block = NULL;
    rows->row.line = stretch->line;
    rows->batch->reading_count = (size_t)(stretch->reading - rows->batch->readings);
    repetition->counts[at_hand] = (size_t)(stretch->named - repetition->lesions[at_hand]);
    repetition->next = (size_t)(stretch->next - repetition->lesions[!at_hand]);
}

/* Goes on from a row that is taken. */
INLINE void step_on(const struct recist_rows *rows, const struct walk *walk,
                    struct stretch *stretch)
{
    if (stretch->named < stretch->named_end) {
        *stretch->named++ = (struct recist_named_lesion){
            .kept = stretch->at + stretch->head_length,
            .length = walk->kept_length,
            .reading = (uint32_t)(stretch->reading - rows->batch->readings)};
    }
    stretch->at = walk->at;
    stretch->line++;
    stretch->reading++;
}

/* Why the rows of a visit were not taken any further. */
enum stop { OTHER_HEAD, NO_ROOM, NOT_USUAL };

/* The next rows of the visit at hand. `usual` (struct recist_columns) is known where this becomes
 * part of: what is not asked for vanishes. */
INLINE enum stop take_rows(struct recist_rows *rows, bool usual)
{
    struct stretch stretch = begin_stretch(rows);
    enum stop stop = NO_ROOM;
    while (stretch.reading < stretch.room_end) {
        struct walk walk;
        if ((size_t)(stretch.end - stretch.at) < stretch.head_length ||
            !recist_plain_same(stretch.at, stretch.head, stretch.head_length)) {
            stop = OTHER_HEAD;
            break;
        }
        const struct recist_named_lesion *named =
            find_named(&stretch, stretch.at + stretch.head_length);
        bool taken = false;
        if (named) {
            taken = take_named_lesion(rows, &stretch, named, stretch.reading - 1, usual, &walk);
            stretch.next = taken ? named + 1 : stretch.next;
        } else {
            struct stretch copy = stretch; /* that it can stay in registers */
            struct walk other;
            taken = take_new_lesion(rows, &copy, stretch.reading - 1, &other);
            walk = other;
        }
        if (!taken) {
            stop = NOT_USUAL;
            break;
        }
        stretch.reading->same_visit = true;
        step_on(rows, &walk, &stretch);
    }
    end_stretch(rows, &stretch);
    return stop;
}

static enum stop take_usual_rows(struct recist_rows *rows)
{
    return take_rows(rows, true);
}

static enum stop take_other_rows(struct recist_rows *rows)
{
    return take_rows(rows, false);
}

/* The visit at hand becomes the one before. */
static void turn_visits(struct recist_repetition *repetition, size_t head_length)
{
    repetition->at_hand = !repetition->at_hand;
    repetition->counts[repetition->at_hand] = 0;
    repetition->next = 0;
    repetition->head_length = head_length;
}

/* Whether what the head says of a lesion, if anything, is what was said of it before. */
static bool keeps_head(const struct recist_columns *columns, const struct recist_reading *like,
                       const struct recist_reading *head)
{
    for (size_t i = 0; i < columns->head_text_count; i++) {
        uint32_t column = columns->texts[i];
        if (columns->steps[columns->field_of[column]].use == RECIST_FIELD_KEPT &&
            !recist_text_equal(text_of(like, column), text_of(head, column))) {
            return false;
        }
    }
    return true;
}

/* The first row of a visit, whose head is that of `head`. */
static bool take_first_lesion(struct recist_rows *rows, const struct recist_reading *head)
{
    struct stretch stretch = begin_stretch(rows);
    const struct recist_named_lesion *named = find_named(&stretch, stretch.at + stretch.head_length);
    struct walk walk;
    if (named && keeps_head(rows->row.columns, &rows->batch->readings[named->reading], head)) {
        if (!take_named_lesion(rows, &stretch, named, head, false, &walk)) {
            return false;
        }
        stretch.next = named + 1;
    } else if (!take_new_lesion(rows, &stretch, head, &walk)) {
        return false;
    }
    stretch.reading->same_visit = false;
    step_on(rows, &walk, &stretch);
    end_stretch(rows, &stretch);
    return true;
}

/* The first row of the patient's next visit. */
static bool take_first_row(struct recist_rows *rows)
{
    const struct recist_columns *columns = rows->row.columns;
    const struct recist_reading *before =
        &rows->batch->readings[rows->batch->reading_count - 1];
    struct recist_reading_more more = *recist_reading_more(before);
    struct recist_reading head = *before;
    head.more = columns->has_more ? &more : NULL;
    struct walk walk = {.at = rows->csv.at, .end = rows->csv.end};
    if (!take_fields(rows, 0, columns->head_count, false, &walk, &head)) {
        return false;
    }
    struct recist_repetition *repetition = &rows->repetition;
    size_t head_length = repetition->head_length;
    size_t next = repetition->next;
    size_t count = repetition->counts[!repetition->at_hand];
    turn_visits(repetition, (size_t)(walk.at - rows->csv.at));
    if (!take_first_lesion(rows, &head)) {
        repetition->at_hand = !repetition->at_hand;
        repetition->counts[!repetition->at_hand] = count;
        repetition->next = next;
        repetition->head_length = head_length;
        return false;
    }
    return true;
}

void recist_rows_take_repeated(struct recist_rows *rows)
{
    enum stop stop = OTHER_HEAD;
    while (rows->sound_before && rows->repetition.head_length > 0 && stop != NOT_USUAL &&
           recist_batch_next_reading(rows->batch)) {
        stop = rows->row.columns->usual ? take_usual_rows(rows) : take_other_rows(rows);
        if (stop == OTHER_HEAD &&
            (!recist_batch_next_reading(rows->batch) || !take_first_row(rows))) {
            return;
        }
    }
}

/* Remembers the lesion that the row read last names. */
static void name_lesion(struct recist_rows *rows)
{
    struct recist_repetition *repetition = &rows->repetition;
    const struct recist_columns *columns = rows->row.columns;
    size_t *count = &repetition->counts[repetition->at_hand];
    if (*count < RECIST_NAMED_LESIONS) {
        const uint32_t *ends = rows->bytes.field_ends;
        uint32_t begin = ends[columns->head_count - 1] + 1;
        repetition->lesions[repetition->at_hand][(*count)++] = (struct recist_named_lesion){
            .kept = rows->bytes.origin + begin,
            .length = ends[columns->kept_count - 1] + 1 - begin,
            .reading = (uint32_t)(rows->batch->reading_count - 1)};
    }
}

void recist_rows_begin_visit(struct recist_rows *rows)
{
    struct recist_repetition *repetition = &rows->repetition;
    const struct recist_columns *columns = rows->row.columns;
    turn_visits(repetition, 0);
    if (!rows->row.plain || columns->kept_count == 0) {
        return;
    }
    repetition->head_length = (size_t)(rows->bytes.field_ends[columns->head_count - 1] -
                                       (rows->bytes.field_ends - 1)[0]);
    const struct recist_reading *readings = rows->batch->readings;
    const struct recist_named_lesion *before = repetition->lesions[!repetition->at_hand];
    repetition->next = repetition->counts[!repetition->at_hand] > 0 &&
                       recist_text_equal(readings[rows->batch->reading_count - 1].lesion,
                                         readings[before->reading].lesion);
    name_lesion(rows);
}

void recist_rows_go_on_with_visit(struct recist_rows *rows)
{
    if (rows->repetition.head_length > 0) {
        name_lesion(rows);
    }
}

void recist_rows_forget_visits(struct recist_rows *rows)
{
    rows->repetition.head_length = 0;
    rows->repetition.counts[0] = rows->repetition.counts[1] = 0;
    rows->repetition.next = 0;
}
