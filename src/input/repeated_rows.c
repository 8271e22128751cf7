/* SPDX-License-Identifier: MIT
 * Rows that say, but for what changes, what rows before them said: most rows do. A visit's rows
 * have the same head, and a patient's visits name the same lesions in the same order. So the head
 * of a row is compared byte by byte with that of the row before, and what follows with the row that
 * named the lesion before; neither is read again. Only what is left of the row is gone through,
 * field by field. This relies on:
 *
 * - the columns: first those of the visit (the head), then what a lesion keeps, then what changes
 *   (struct recist_columns, header.c);
 * - plain rows: bytes that are those of a plain row mean the same, and end with a comma; all other
 *   fields that are read here have nothing in them that would need care (plain_fields.h);
 * - the blanks after a piece: nothing that is looked for is found there, so that no field and no
 *   row can end beyond it.
 *
 * Whatever is not as expected is left, untouched, to the reading of whole rows (rows.c), which
 * gives the same. */
#include "base/date.h"
#include "input/plain_fields.h"
#include "input/plain_number.h"
#include "input/reader.h"

/* What happens in every row. */
#define INLINE static inline __attribute__((always_inline))
/* What happens in few, out of the way of all others. */
#define ASIDE static __attribute__((noinline))

/* The longest that head, name and changes of a row may be, each; no text is too long then. */
#define LONGEST_PART (RECIST_LONGEST_NAME / 4)

/* On the way through what changes in a row. */
struct walk {
    const char *at;      /* where the next field begins; after the row at last */
    const char *row_end; /* before the line end, once that is reached */
    const char *end;     /* of the piece */
    bool has_number;
    int status; /* as it is written; RECIST_STATUS_BLANK: it is not */
};

/* What the head of a row says of whose it is. */
struct owner {
    struct recist_slice patient;
    struct recist_slice study;
    struct recist_slice date;
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
    bool empty = last ? *after == '\n' || *after == '\r' : *after == ',';
    if (!empty) {
        after = recist_plain_number_at(walk->at, axis);
        if (walk->has_number || !after ||
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

static bool read_status(struct recist_rows *rows, struct recist_slice text, int *status)
{
    *status = text.length > 0 ? recist_words_find(&rows->reader->fields.statuses, text)
                              : RECIST_STATUS_BLANK;
    return *status >= 0;
}

/* `repeats`: the row names the lesion that the reading is already of, and must say the same. */
INLINE bool keep_text(uint32_t column, struct recist_slice text, bool repeats,
                      struct recist_reading *reading)
{
    struct recist_slice *kept = recist_reading_text(reading, column);
    bool same = !repeats || recist_text_equal(text, *kept);
    *kept = text;
    return same;
}

/* A role as it was not met yet; where the next field begins, or NULL. */
ASIDE const char *learn_role(struct recist_rows *rows, const char *at,
                             struct recist_known_word *known, struct recist_reading *reading)
{
    struct recist_slice text;
    if (!recist_plain_field(at, rows->csv.end, &text) || text.text[text.length] != ',' ||
        text.length == 0) {
        return NULL;
    }
    int role = recist_words_find(&rows->reader->fields.roles, text);
    if (role < 0) {
        return NULL;
    }
    recist_known_word_set(known, at, text.length, text.length + 1, role);
    reading->role = (uint8_t)role;
    return at + text.length + 1;
}

INLINE const char *take_role(struct recist_rows *rows, const char *at,
                             struct recist_reading *reading)
{
    bool found = false;
    struct recist_known_word *known = recist_known_words_find(rows->reader->roles, at, &found);
    if (!found) {
        return learn_role(rows, at, known, reading);
    }
    reading->role = (uint8_t)known->word;
    return at + known->next;
}

/* A field before what changes that is not the role. */
INLINE bool take_first_text(struct recist_field_step step, struct recist_slice text,
                            struct owner *owner, struct recist_reading *reading)
{
    switch (step.use) {
    case RECIST_FIELD_SKIPPED:
        return true;
    case RECIST_FIELD_PATIENT:
        owner->patient = text;
        return text.length > 0;
    case RECIST_FIELD_STUDY:
        owner->study = text;
        return true;
    case RECIST_FIELD_DATE:
        owner->date = text;
        return true;
    case RECIST_FIELD_TEXT:
    case RECIST_FIELD_KEPT:
        return keep_text(step.which, text, false, reading);
    default:
        return false;
    }
}

/* The fields from `first` up to `end`, all of them before what changes. NULL, or where the next one
 * begins. */
INLINE const char *take_first_fields(struct recist_rows *rows, const char *at, size_t first,
                                     size_t end, struct owner *owner,
                                     struct recist_reading *reading)
{
    for (size_t i = first; i < end; i++) {
        struct recist_field_step step = rows->row.columns->steps[i];
        if (step.use == RECIST_FIELD_ROLE) {
            at = take_role(rows, at, reading);
            if (!at) {
                return NULL;
            }
            continue;
        }
        struct recist_slice text;
        if (!recist_plain_field(at, rows->csv.end, &text) || text.text[text.length] != ',' ||
            !take_first_text(step, text, owner, reading)) {
            return NULL;
        }
        at += text.length + 1;
    }
    return at;
}

/* A field among what changes that is no length. */
static bool take_change(struct recist_rows *rows, struct recist_field_step step,
                        struct recist_slice text, bool repeats, struct walk *walk,
                        struct recist_reading *reading)
{
    switch (step.use) {
    case RECIST_FIELD_SKIPPED:
        return true;
    case RECIST_FIELD_STATUS:
        return read_status(rows, text, &walk->status);
    case RECIST_FIELD_TEXT:
        return keep_text(step.which, text, false, reading);
    case RECIST_FIELD_KEPT:
        return keep_text(step.which, text, repeats, reading);
    default:
        return false;
    }
}

/* All that changes, in whatever columns. */
ASIDE bool take_all_changes(struct recist_rows *rows, bool repeats, struct walk *walk,
                            struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    for (size_t i = columns->kept_count; i < columns->field_count; i++) {
        struct recist_field_step step = columns->steps[i];
        bool last = i + 1 == columns->field_count;
        struct recist_slice text;
        if (step.use == RECIST_FIELD_AXIS
                ? !read_axis(walk, last, &reading->axis[step.which])
                : !read_text(walk, last, &text) ||
                      !take_change(rows, step, text, repeats, walk, reading)) {
            return false;
        }
    }
    return true;
}

/* A status which ends a row as it was not met yet. */
ASIDE bool learn_ending(struct recist_rows *rows, struct recist_known_word *known,
                        struct walk *walk)
{
    const char *at = walk->at;
    struct recist_slice text;
    if (!read_text(walk, true, &text) || !read_status(rows, text, &walk->status) ||
        text.length > LONGEST_PART) {
        return false;
    }
    recist_known_word_set(known, at, text.length, (size_t)(walk->at - at), walk->status);
    return true;
}

/* The status of a row that ends with it. */
INLINE bool read_ending(struct recist_rows *rows, struct walk *walk)
{
    const char *at = walk->at;
    if (*at == '\n') {
        walk->row_end = at;
        walk->at = at + 1;
        return true;
    }
    bool found = false;
    struct recist_known_word *known =
        recist_known_words_find(rows->reader->last_statuses, at, &found);
    if (!found) {
        struct walk copy = *walk; /* that it can stay in registers */
        bool learnt = learn_ending(rows, known, &copy);
        *walk = copy;
        return learnt;
    }
    walk->status = (int)known->word;
    walk->row_end = at + known->length;
    walk->at = at + known->next;
    return true;
}

/* Makes `reading` what `from` is, but for its lengths. */
INLINE bool start_reading(struct recist_rows *rows, const struct recist_reading *from,
                          bool own_more, struct recist_reading *reading)
{
    *reading = *from;
    reading->axis[RECIST_DIAMETER] = RECIST_MISSING;
    reading->axis[RECIST_LONG_AXIS] = RECIST_MISSING;
    reading->axis[RECIST_SHORT_AXIS] = RECIST_MISSING;
    return !own_more || recist_fields_own_more(&rows->reader->fields, from->more, reading);
}

/* The lesion that the bytes at `kept` name: `next`, or one after it and before `last`, as lesions
 * may be left out. NULL: none of them. */
INLINE struct recist_named_lesion *find_named(struct recist_named_lesion *next,
                                              const struct recist_named_lesion *last,
                                              const char *kept, const char *end)
{
    for (; next < last; next++) {
        if (recist_known_text_stands(&next->kept, kept, end)) {
            return next;
        }
    }
    return NULL;
}

/* Remembers what is named by so many bytes, as the lesion that comes next. */
INLINE void name_lesion(struct recist_repetition *repetition, struct recist_named_lesion **next,
                        const char *kept, size_t length, size_t reading)
{
    struct recist_named_lesion *named = *next;
    struct recist_named_lesion *last = repetition->lesions + repetition->count;
    if (repetition->count == RECIST_NAMED_LESIONS) {
        return;
    }
    for (; last > named; last--) {
        *last = last[-1];
    }
    recist_known_text_set(&named->kept, kept, length);
    named->reading = (uint32_t)reading;
    repetition->count++;
    *next = named + 1;
}

/* Where a text stands that is only looked at. */
static inline struct recist_slice text_of(const struct recist_reading *reading, uint32_t column)
{
    return *recist_reading_text((struct recist_reading *)(uintptr_t)reading, column);
}

/* Gives the reading of a lesion what stands in the head beside patient, study and date. False: the
 * head says of the lesion what was not said of it before. */
ASIDE bool take_head_texts(const struct recist_columns *columns, const struct recist_reading *head,
                           const struct recist_reading *like, struct recist_reading *reading)
{
    reading->more = columns->own_more ? reading->more : head->more;
    for (size_t i = 0; i < columns->head_text_count; i++) {
        uint32_t column = columns->texts[i];
        struct recist_slice text = text_of(head, column);
        if (columns->steps[columns->field_of[column]].use == RECIST_FIELD_KEPT &&
            !recist_text_equal(text, text_of(like, column))) {
            return false;
        }
        *recist_reading_text(reading, column) = text;
    }
    return true;
}

/* The beginning of a row about a lesion that was named before. */
INLINE bool repeat_lesion(struct recist_rows *rows, const struct recist_reading *like,
                          const struct recist_reading *head, bool usual,
                          struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    size_t distance = (size_t)(reading - like);
    if (distance > UINT16_MAX || !start_reading(rows, like, !usual && columns->own_more, reading)) {
        return false;
    }
    reading->like = (uint16_t)distance;
    reading->date = head->date;
    reading->date_precision = head->date_precision;
    if (usual) {
        reading->visit = head->visit;
        reading->more = head->more;
        return true;
    }
    return take_head_texts(columns, head, like, reading);
}

/* The same of any other lesion; where what changes begins, or NULL. */
ASIDE const char *begin_lesion(struct recist_rows *rows, const char *kept,
                               const struct recist_reading *head, struct recist_reading *reading)
{
    const struct recist_columns *columns = rows->row.columns;
    struct owner nobody;
    if (!start_reading(rows, head, columns->own_more, reading)) {
        return NULL;
    }
    reading->like = 0;
    const char *changes =
        take_first_fields(rows, kept, columns->head_count, columns->kept_count, &nobody, reading);
    bool named = changes && reading->lesion.length > 0 && changes - kept <= LONGEST_PART;
    return named ? changes : NULL;
}

/* What does not change from row to row. */
struct always {
    const char *end; /* of the piece */
    const struct recist_reading *readings;
    size_t axis; /* the only one, in usual columns */
    const struct recist_usual_statuses *statuses; /* of each role */
};

/* What changes, and ends a row. */
INLINE bool take_changes(struct recist_rows *rows, const struct always *always, bool repeats,
                         bool usual, struct walk *walk, struct recist_reading *reading)
{
    if (usual) {
        if (!read_axis(walk, false, &reading->axis[always->axis]) || !read_ending(rows, walk)) {
            return false;
        }
    } else {
        struct walk copy = *walk;
        bool taken = take_all_changes(rows, repeats, &copy, reading) &&
                     copy.at - walk->at <= LONGEST_PART;
        *walk = copy;
        if (!taken) {
            return false;
        }
    }
    int status = recist_usual_status(&always->statuses[reading->role], walk->status,
                                     walk->has_number);
    reading->status = (uint8_t)status;
    return status != RECIST_NOT_USUAL;
}

/* A row that begins at `at` is the first of a patient, unless it goes on with the one at hand. */
static bool follow_patient(struct recist_rows *rows, const char *at, const struct owner *owner)
{
    if (recist_text_equal(owner->patient, rows->patient) &&
        recist_text_equal(owner->study, rows->study)) {
        return true;
    }
    rows->in_run = recist_rows_begin_patient(rows, at, owner->study, owner->patient);
    return rows->in_run;
}

static bool take_date(struct recist_slice text, struct recist_reading *head)
{
    head->date_precision = RECIST_DATE_DAY;
    return text.length == RECIST_DAY_LENGTH && recist_date_parse_day(text.text, &head->date);
}

/* Bit per byte from one text in the head on `at` up to its end. */
static uint32_t bytes_of(struct recist_slice text, const char *at)
{
    return text.length > 0 ? ((UINT32_C(1) << text.length) - 1) << (text.text - at) : 0;
}

/* Remembers the head of a visit, and where what stands in it. */
static void know_head(struct recist_repetition *repetition, const char *at, size_t length,
                      const struct owner *owner)
{
    recist_known_text_set(&repetition->head, at, length);
    repetition->may_change = 0;
    if (length < RECIST_KNOWN_BEGINNING) {
        repetition->may_change = recist_plain_inner_bytes(at) & repetition->head.mask &
                                 ~bytes_of(owner->patient, at) & ~bytes_of(owner->study, at);
        repetition->date = (uint32_t)(owner->date.text - at);
    }
    repetition->next = 0;
}

/* A head of the same patient in which nothing is longer or shorter than in the one before: where
 * bytes differ, there are inner bytes of texts in both. So its texts are known by where they
 * stand. */
static bool move_head(const struct recist_columns *columns, struct recist_repetition *repetition,
                      const char *at, struct recist_reading *head)
{
    uint32_t differences =
        recist_known_text_differences(&repetition->head, at) & repetition->head.mask;
    if (repetition->may_change == 0 ||
        (differences & ~(repetition->may_change & recist_plain_inner_bytes(at))) != 0) {
        return false;
    }
    ptrdiff_t distance = at - repetition->head.text;
    for (size_t i = 0; i < columns->head_text_count; i++) {
        recist_reading_text(head, columns->texts[i])->text += distance;
    }
    memcpy(repetition->head.beginning, at, sizeof repetition->head.beginning);
    repetition->head.text = at;
    repetition->next = 0;
    return take_date((struct recist_slice){at + repetition->date, RECIST_DAY_LENGTH}, head);
}

/* The head of a row that begins a visit. */
ASIDE bool take_head(struct recist_rows *rows, const char *at, struct recist_reading *head)
{
    const struct recist_columns *columns = rows->row.columns;
    if (columns->has_more &&
        !recist_fields_own_more(&rows->reader->fields, head->more, head)) {
        return false;
    }
    if (move_head(columns, &rows->repetition, at, head)) {
        return true;
    }
    struct owner owner = {.study = {"", 0}};
    const char *kept = take_first_fields(rows, at, 0, columns->head_count, &owner, head);
    if (!kept || kept - at > LONGEST_PART || !take_date(owner.date, head) ||
        !follow_patient(rows, at, &owner)) {
        return false;
    }
    know_head(&rows->repetition, at, (size_t)(kept - at), &owner);
    return true;
}

/* How far the rows of a piece are taken: what changes from row to row. */
struct progress {
    const char *at;
    uint64_t line;
    struct recist_reading *reading; /* the next one */
    const struct recist_reading *first; /* of the visit at hand; NULL: it is none of these */
    struct recist_named_lesion *next;
    const struct recist_named_lesion *last;
};

INLINE struct progress progress_of(struct recist_rows *rows)
{
    return (struct progress){
        .at = rows->csv.at,
        .line = rows->row.line,
        .reading = rows->batch->readings + rows->batch->reading_count,
        .next = rows->repetition.lesions + rows->repetition.next,
        .last = rows->repetition.lesions + rows->repetition.count,
    };
}

INLINE void write_back(struct recist_rows *rows, const struct progress *progress)
{
    rows->csv.at = progress->at;
    rows->row.line = progress->line;
    rows->batch->reading_count = (size_t)(progress->reading - rows->batch->readings);
    rows->repetition.next = (size_t)(progress->next - rows->repetition.lesions);
}

/* The row at hand begins another visit. False: it is not known. */
INLINE bool follow_visit(struct recist_rows *rows, const struct always *always,
                         struct progress *progress, struct recist_reading *head)
{
    rows->batch->reading_count = (size_t)(progress->reading - always->readings);
    rows->row.line = progress->line;
    bool taken = take_head(rows, progress->at, head);
    progress->first = progress->reading;
    progress->next = rows->repetition.lesions;
    progress->last = rows->repetition.lesions + rows->repetition.count;
    return taken;
}

/* The row at hand names a lesion in the bytes from `kept` up to `changes`. */
INLINE void remember_lesion(struct recist_repetition *repetition, struct progress *progress,
                            struct recist_named_lesion *named, const char *kept,
                            const char *changes, size_t reading)
{
    if (named) {
        named->reading = (uint32_t)reading;
        progress->next = named + 1;
    } else {
        name_lesion(repetition, &progress->next, kept, (size_t)(changes - kept), reading);
        progress->last = repetition->lesions + repetition->count;
    }
}

/* One row. `usual` (struct recist_columns) is known where this becomes part of: what is not asked
 * for vanishes. */
INLINE bool take_row(struct recist_rows *rows, const struct always *always,
                     struct progress *progress, bool usual, struct recist_reading *head)
{
    struct recist_repetition *repetition = &rows->repetition;
    struct recist_reading *reading = progress->reading;
    const char *at = progress->at;
    const char *end = always->end;
    if (!recist_known_text_stands(&repetition->head, at, end) &&
        !follow_visit(rows, always, progress, head)) {
        return false;
    }
    const char *kept = at + repetition->head.length;
    struct recist_named_lesion *named = find_named(progress->next, progress->last, kept, end);
    const char *changes =
        named ? kept + named->kept.length : begin_lesion(rows, kept, head, reading);
    if (named ? !repeat_lesion(rows, always->readings + named->reading, head, usual, reading)
              : !changes) {
        return false;
    }
    struct walk walk = {.at = changes, .end = end};
    if (!take_changes(rows, always, named != NULL, usual, &walk, reading)) {
        return false;
    }
    reading->same_visit = reading != progress->first;
    reading->line = progress->line++;
    reading->row = (struct recist_slice){at, (size_t)(walk.row_end - at)};
    remember_lesion(repetition, progress, named, kept, changes,
                    (size_t)(reading - always->readings));
    progress->at = walk.at;
    progress->reading++;
    return true;
}

/* Rows, as far as they can be taken, or there is room: true. */
INLINE bool take_rows(struct recist_rows *rows, bool usual)
{
    const struct recist_batch *batch = rows->batch;
    const struct recist_reading *room_end = batch->readings + batch->reading_capacity;
    const struct always always = {.end = rows->csv.end,
                                  .readings = batch->readings,
                                  .axis = rows->row.columns->axes[0],
                                  .statuses = rows->reader->fields.usual};
    struct progress progress = progress_of(rows);
    struct recist_reading head = progress.reading[-1];
    bool taken = true;
    while (taken && progress.reading < room_end) {
        taken = take_row(rows, &always, &progress, usual, &head);
    }
    write_back(rows, &progress);
    return taken;
}

void recist_rows_take_repeated(struct recist_rows *rows)
{
    const char *begin = rows->csv.at;
    while (rows->sound_before && rows->repetition.head.length > 0 &&
           recist_batch_next_reading(rows->batch) &&
           (rows->row.columns->usual ? take_rows(rows, true) : take_rows(rows, false))) {
    }
    if (rows->csv.at != begin) {
        rows->csv.block = NULL;
    }
}

/* Remembers the lesion of the row read last, and the head of its visit. */
static void remember_row(struct recist_rows *rows)
{
    struct recist_repetition *repetition = &rows->repetition;
    const struct recist_columns *columns = rows->row.columns;
    const uint32_t *ends = rows->bytes.field_ends;
    const char *kept = rows->bytes.origin + ends[columns->head_count - 1] + 1;
    const char *changes = rows->bytes.origin + ends[columns->kept_count - 1] + 1;
    struct progress progress = progress_of(rows);
    struct recist_named_lesion *named =
        find_named(progress.next, progress.last, kept, rows->csv.end);
    recist_known_text_set(&repetition->head, rows->bytes.begin,
                          (size_t)(kept - rows->bytes.begin));
    repetition->may_change = 0;
    remember_lesion(repetition, &progress, named, kept, changes, rows->batch->reading_count - 1);
    repetition->next = (size_t)(progress.next - repetition->lesions);
}

void recist_rows_begin_visit(struct recist_rows *rows)
{
    rows->repetition.next = 0;
    rows->repetition.head.length = 0;
    recist_rows_go_on_with_visit(rows);
}

void recist_rows_go_on_with_visit(struct recist_rows *rows)
{
    if (rows->row.plain && rows->row.columns->kept_count > 0) {
        remember_row(rows);
    }
}

void recist_rows_forget_lesions(struct recist_rows *rows)
{
    rows->repetition.head.length = 0;
    rows->repetition.count = 0;
    rows->repetition.next = 0;
}
