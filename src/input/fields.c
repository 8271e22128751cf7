/* SPDX-License-Identifier: MIT */
#include "input/fields.h"

#include <stdlib.h>
#include <string.h>

#include "input/further_fields.h"
#include "input/plain_number.h"

/* The first half means yes. */
static const char *const answers[] = {"yes", "y", "true", "1", "no", "n", "false", "0"};
#define ANSWER_COUNT (sizeof answers / sizeof *answers)

/* What happens in few rows stands out of the way of all others. (Not attribute `cold`, which makes
 * GCC take what comes after such a call for rare, too.) */
#define ASIDE __attribute__((noinline))

/* What happens in every row. */
#define INLINE static inline __attribute__((always_inline))

/* As recist_row_cell(), for a column that the file has. `plain` is that of the row: where it is
 * known beforehand, the other way vanishes. */
INLINE struct recist_slice cell(const struct recist_row *row, enum recist_column column, bool plain)
{
    return plain ? recist_csv_field(row->csv, row->columns->field_of[column]) : row->cells[column];
}

static inline bool has_column(const struct recist_field_work *work, enum recist_column column)
{
    return work->row->columns->field_of[column] != RECIST_NO_FIELD;
}

/* Statuses of a role: as read_blank_status() and read_written_status() have them. A status that
 * stands for a length is left to them where it is beside a number. */
static struct recist_usual_statuses usual_statuses(const struct recist_vocabulary *vocabulary,
                                                   const struct recist_role_word *role)
{
    const struct recist_status_word *blank = &vocabulary->statuses[role->blank_means];
    bool beside = blank->evaluated && blank->stands_for == RECIST_MISSING;
    bool may_be_missing = role->blank_means != RECIST_STATUS_BLANK || !role->needs_reading;
    struct recist_usual_statuses usual = {
        .blank = {may_be_missing ? (int16_t)role->blank_means : (int16_t)RECIST_NOT_USUAL,
                  beside ? (int16_t)role->blank_means : RECIST_STATUS_BLANK}};
    for (size_t i = 0; i < role->status_count; i++) {
        const struct recist_status_word *status = &vocabulary->statuses[role->statuses[i]];
        uint64_t bit = UINT64_C(1) << (role->statuses[i] & 63);
        usual.written[0] |= bit;
        usual.written[1] |= status->evaluated && status->stands_for == RECIST_MISSING ? bit : 0;
    }
    return usual;
}

/* Rows without a lesion, and those about the patient, are none of the usual. */
static bool find_usual_statuses(struct recist_field_reader *reader)
{
    const struct recist_vocabulary *vocabulary = reader->vocabulary;
    reader->usual = calloc(vocabulary->role_count + 1, sizeof *reader->usual);
    for (size_t i = 0; reader->usual && i < vocabulary->role_count; i++) {
        bool of_lesion = i != RECIST_ROLE_NONE && !vocabulary->roles[i].of_patient;
        reader->usual[i] =
            of_lesion && vocabulary->status_count <= 64
                ? usual_statuses(vocabulary, &vocabulary->roles[i])
                : (struct recist_usual_statuses){.blank = {RECIST_NOT_USUAL, RECIST_NOT_USUAL}};
    }
    return reader->usual != NULL;
}

bool recist_fields_init(struct recist_field_reader *reader,
                        const struct recist_vocabulary *vocabulary)
{
    *reader = (struct recist_field_reader){.vocabulary = vocabulary};
    const char **roles = calloc(vocabulary->role_count + 1, sizeof *roles);
    const char **statuses = calloc(vocabulary->status_count + 1, sizeof *statuses);
    const char **answer_words = calloc(ANSWER_COUNT, sizeof *answer_words);
    recist_words_init(&reader->roles, roles, vocabulary->role_count, 0);
    recist_words_init(&reader->statuses, statuses, vocabulary->status_count, 1);
    recist_words_init(&reader->answers, answer_words, ANSWER_COUNT, 0);
    if (!roles || !statuses || !answer_words) {
        return false;
    }
    for (size_t i = 0; i < vocabulary->role_count; i++) {
        roles[i] = vocabulary->roles[i].word;
    }
    for (size_t i = 0; i < vocabulary->status_count; i++) {
        statuses[i] = vocabulary->statuses[i].word;
    }
    memcpy(answer_words, answers, sizeof answers);
    return find_usual_statuses(reader);
}

void recist_fields_destroy(struct recist_field_reader *reader)
{
    recist_words_destroy(&reader->roles);
    recist_words_destroy(&reader->statuses);
    recist_words_destroy(&reader->answers);
    free(reader->usual);
    free(reader->partial_dates);
    reader->usual = NULL;
    reader->partial_dates = NULL;
}

void recist_fields_start_patient(struct recist_field_reader *reader)
{
    reader->partial_date_count = 0;
}

/* Remembers a partial date; false when it was remembered before. Without memory it is reported
 * once too often. */
static bool remember_partial(struct recist_field_reader *reader, struct recist_slice visit,
                             struct recist_slice text)
{
    for (size_t i = reader->partial_date_count; i > 0; i--) {
        const struct recist_partial_date *known = &reader->partial_dates[i - 1];
        if (recist_text_equal(known->text, text) && recist_text_equal(known->visit, visit)) {
            return false;
        }
    }
    if (reader->partial_date_count == reader->partial_date_capacity) {
        size_t capacity = reader->partial_date_capacity ? reader->partial_date_capacity * 2 : 16;
        struct recist_partial_date *grown =
            realloc(reader->partial_dates, capacity * sizeof *grown);
        if (!grown) {
            return true;
        }
        reader->partial_dates = grown;
        reader->partial_date_capacity = capacity;
    }
    reader->partial_dates[reader->partial_date_count++] =
        (struct recist_partial_date){.visit = visit, .text = text};
    return true;
}

static bool parse_date(struct recist_field_work *work, struct recist_slice text)
{
    enum recist_date_precision precision = RECIST_DATE_DAY;
    enum recist_date_problem problem = recist_date_parse(text, &work->reading->date, &precision);
    if (problem != RECIST_DATE_OK) {
        return recist_field_report_date(work, problem);
    }
    work->reading->date_precision = (uint8_t)precision;
    if (precision == RECIST_DATE_DAY) {
        memcpy(work->reader->last_date_text, text.text, sizeof work->reader->last_date_text);
        work->reader->last_date = work->reading->date;
        work->reader->last_date_known = true;
    } else if (remember_partial(work->reader, recist_row_cell(work->row, RECIST_COLUMN_VISIT),
                                text)) {
        recist_field_report_partial_date(work, text, precision);
    }
    return true;
}

static inline bool read_date(struct recist_field_work *work, struct recist_slice text)
{
    const struct recist_field_reader *reader = work->reader;
    if (text.length == sizeof reader->last_date_text && reader->last_date_known &&
        memcmp(text.text, reader->last_date_text, sizeof reader->last_date_text) == 0) {
        work->reading->date = reader->last_date;
        work->reading->date_precision = RECIST_DATE_DAY;
        return true;
    }
    return parse_date(work, text);
}

/* What is the patient's own is no lesion's: it has no name but the role's word, and no size. */
ASIDE static bool check_patient_role(const struct recist_field_work *work)
{
    struct recist_slice lesion = recist_row_cell(work->row, RECIST_COLUMN_LESION);
    struct recist_slice word = {work->role->word, strlen(work->role->word)};
    bool sound = lesion.length == 0 || recist_words_equal(lesion, word) ||
                 recist_field_report_of_lesion(work, RECIST_COLUMN_LESION);
    for (size_t i = 0; i < RECIST_AXIS_COUNT; i++) {
        if (has_column(work, recist_axis_columns[i]) &&
            recist_row_cell(work->row, recist_axis_columns[i]).length > 0) {
            return recist_field_report_of_lesion(work, recist_axis_columns[i]);
        }
    }
    return sound;
}

/* The role, and whether the lesion is named as the role asks. */
INLINE bool read_role(struct recist_field_work *work, bool plain)
{
    struct recist_slice text = cell(work->row, RECIST_COLUMN_ROLE, plain);
    bool has_lesion = cell(work->row, RECIST_COLUMN_LESION, plain).length > 0;
    int role = text.length > 0 ? recist_words_find(&work->reader->roles, text) : -1;
    if (role < 0) {
        return recist_field_report_role(work, text);
    }
    work->reading->role = (uint8_t)role;
    if (role == RECIST_ROLE_NONE) {
        bool further = work->has_value || work->has_further || work->has_answer;
        bool empty = !has_lesion && !work->has_number && !further &&
                     recist_row_cell(work->row, RECIST_COLUMN_STATUS).length == 0;
        return empty || recist_field_report_unexpected(work, has_lesion);
    }
    work->role = &work->reader->vocabulary->roles[role];
    if (work->role->of_patient) {
        return check_patient_role(work);
    }
    if (!has_lesion) {
        recist_field_report_nameless(work);
    }
    return has_lesion;
}

/* A length that is not plainly written, or wrong. */
ASIDE static bool read_odd_number(const struct recist_field_work *work, enum recist_column column,
                                  int limit, int64_t *value)
{
    *value = RECIST_MISSING;
    enum recist_decimal_problem problem =
        recist_decimal_parse(recist_row_cell(work->row, column), value);
    if ((problem == RECIST_DECIMAL_OK || problem == RECIST_DECIMAL_ROUNDED) &&
        *value > limit * RECIST_MILLIMETRE) {
        problem = RECIST_DECIMAL_TOO_LARGE;
    }
    if (problem == RECIST_DECIMAL_OK) {
        return true;
    }
    if (!recist_field_report_number(work, column, problem, limit)) {
        *value = RECIST_MISSING;
        return false;
    }
    return true;
}

INLINE bool read_number(const struct recist_field_work *work, enum recist_column column,
                        struct recist_slice text, int limit, int64_t *value)
{
    if (recist_plain_number(text, value) && *value <= limit * RECIST_MILLIMETRE) {
        return true;
    }
    return read_odd_number(work, column, limit, value);
}

/* An empty field is RECIST_MISSING and no error. */
static bool read_slice_thickness(const struct recist_field_work *work)
{
    struct recist_slice text = recist_row_cell(work->row, RECIST_COLUMN_SLICE);
    struct recist_reading_more *more =
        (struct recist_reading_more *)(uintptr_t)work->reading->more;
    more->slice_thickness = RECIST_MISSING;
    return text.length == 0 || read_number(work, RECIST_COLUMN_SLICE, text, RECIST_LARGEST_SLICE_MM,
                                           &more->slice_thickness);
}

INLINE bool read_numbers(struct recist_field_work *work, bool plain)
{
    const struct recist_columns *columns = work->row->columns;
    int64_t *axis = work->reading->axis;
    bool sound = true;
    int given = 0;
    axis[RECIST_DIAMETER] = axis[RECIST_LONG_AXIS] = axis[RECIST_SHORT_AXIS] = RECIST_MISSING;
    for (size_t i = 0; i < columns->axis_count; i++) {
        uint8_t number = columns->axes[i];
        struct recist_slice text = cell(work->row, recist_axis_columns[number], plain);
        if (text.length > 0) {
            sound &= read_number(work, recist_axis_columns[number], text, RECIST_LARGEST_DIAMETER_MM,
                                 &axis[number]);
            given++;
        }
    }
    work->has_number = given > 0;
    work->has_bad_number = !sound;
    if (given > 1 && sound) {
        sound = recist_field_check_axes(work);
    }
    return (!has_column(work, RECIST_COLUMN_SLICE) || read_slice_thickness(work)) && sound;
}

/* A row without a status has the one that its role gives to a blank, beside a number only if that
 * may stand there. */
static inline bool read_blank_status(struct recist_field_work *work)
{
    const struct recist_role_word *role = work->role;
    const struct recist_status_word *blank = &work->reader->vocabulary->statuses[role->blank_means];
    bool has_reading = work->has_number || work->reads_further;
    if (role->blank_means != RECIST_STATUS_BLANK) {
        bool beside_number = blank->evaluated && blank->stands_for == RECIST_MISSING;
        if (!has_reading || beside_number) {
            work->reading->status = role->blank_means;
        }
        return true;
    }
    return has_reading || !(role->needs_reading || role->of_patient) ||
           recist_field_report_no_reading(work);
}

static bool belongs(const struct recist_role_word *role, int status)
{
    for (size_t i = 0; i < role->status_count; i++) {
        if (role->statuses[i] == status) {
            return true;
        }
    }
    return false;
}

static bool read_written_status(struct recist_field_work *work, struct recist_slice text)
{
    int status = recist_words_find(&work->reader->statuses, text);
    if (status < 0) {
        return recist_field_report_status(work, false);
    }
    if (work->role && !belongs(work->role, status)) {
        return recist_field_report_status(work, true);
    }
    work->reading->status = (uint8_t)status;
    if (work->has_number && work->role &&
        !recist_field_check_number_and_status(work, (uint8_t)status)) {
        return false;
    }
    return !work->reads_further || recist_field_check_further_and_status(work, (uint8_t)status);
}

INLINE bool read_status(struct recist_field_work *work, bool plain)
{
    work->reading->status = RECIST_STATUS_BLANK;
    if (has_column(work, RECIST_COLUMN_STATUS)) {
        struct recist_slice text = cell(work->row, RECIST_COLUMN_STATUS, plain);
        if (text.length > 0) {
            return read_written_status(work, text);
        }
    }
    return !work->role || read_blank_status(work);
}

enum recist_answer recist_answer_find(struct recist_field_reader *reader, struct recist_slice text)
{
    int answer = recist_words_find(&reader->answers, text);
    return answer < 0                         ? RECIST_UNSAID
           : answer < (int)ANSWER_COUNT / 2 ? RECIST_YES
                                              : RECIST_NO;
}

static bool read_nodal(struct recist_field_work *work)
{
    struct recist_slice text = recist_row_cell(work->row, RECIST_COLUMN_NODAL);
    if (text.length == 0) {
        return true;
    }
    enum recist_answer answer = recist_answer_find(work->reader, text);
    if (answer == RECIST_UNSAID) {
        return recist_field_report_answer(work, RECIST_COLUMN_NODAL, text);
    }
    work->reading->nodal = (uint8_t)answer;
    return true;
}

/* The texts of columns from `first` on, as columns->texts has them. */
INLINE void take_texts(const struct recist_row *row, size_t first, bool plain,
                       struct recist_reading *reading)
{
    const struct recist_columns *columns = row->columns;
    for (size_t i = first; i < columns->text_count; i++) {
        uint32_t column = columns->texts[i];
        *recist_reading_text(reading, column) = cell(row, (enum recist_column)column, plain);
    }
    reading->line = row->line;
    reading->row =
        (struct recist_slice){row->csv->begin, (size_t)(row->csv->end - row->csv->begin)};
}

bool recist_fields_own_more(struct recist_field_reader *reader,
                            const struct recist_reading_more *from, struct recist_reading *reading)
{
    struct recist_reading_more *more = recist_arena_take(reader->memory, sizeof *more);
    if (!more) {
        reader->failed = true;
        return false;
    }
    *more = from ? *from : *recist_reading_more(&(struct recist_reading){.more = NULL});
    reading->more = more;
    return true;
}

static inline bool clear_texts(const struct recist_field_work *work)
{
    const struct recist_slice none = {"", 0};
    work->reading->lesion = work->reading->visit = work->reading->site = none;
    work->reading->more = NULL;
    return !work->row->columns->has_more ||
           recist_fields_own_more(work->reader, NULL, work->reading);
}

/* What is the patient's own goes by the word of its role. */
static inline void name_by_role(const struct recist_field_work *work)
{
    if (work->role && work->role->of_patient) {
        work->reading->lesion = (struct recist_slice){work->role->word, strlen(work->role->word)};
    }
}

/* What a row says of its lesion. */
INLINE bool read_lesion(struct recist_field_work *work, bool plain)
{
    bool further = work->row->columns->further_count > 0;
    bool sound = read_numbers(work, plain); /* before the role: `none` has no numbers */
    work->reading->numbers = NULL;
    if (further) {
        sound &= recist_further_read(work);
    }
    sound &= read_role(work, plain);
    if (further) {
        sound &= recist_further_check(work);
    }
    sound &= read_status(work, plain);
    work->reading->nodal = RECIST_UNSAID;
    return (!has_column(work, RECIST_COLUMN_NODAL) || read_nodal(work)) && sound;
}

/* A whole row. */
INLINE bool read_row(struct recist_field_work *work, bool plain)
{
    const struct recist_row *row = work->row;
    if (!clear_texts(work)) {
        return false;
    }
    bool sound =
        cell(row, RECIST_COLUMN_PATIENT, plain).length > 0 || recist_field_report_nobody(work);
    sound &= read_date(work, cell(row, RECIST_COLUMN_DATE, plain));
    sound &= read_lesion(work, plain);
    work->reading->like = 0;
    work->reading->same_visit = false;
    take_texts(row, 0, plain, work->reading);
    name_by_role(work);
    return sound;
}

bool recist_fields_read(struct recist_field_reader *reader, const struct recist_row *row,
                        struct recist_reading *reading, struct recist_findings *findings)
{
    struct recist_field_work work = {
        .reader = reader, .row = row, .reading = reading, .findings = findings};
    return row->plain ? read_row(&work, true) : read_row(&work, false);
}

bool recist_fields_read_next(struct recist_field_reader *reader, const struct recist_row *row,
                             const struct recist_reading *before, struct recist_reading *reading,
                             struct recist_findings *findings)
{
    struct recist_field_work work = {
        .reader = reader, .row = row, .reading = reading, .findings = findings};
    *reading = *before;
    if (row->columns->has_more && !recist_fields_own_more(reader, before->more, reading)) {
        return false;
    }
    reading->like = 0;
    reading->same_visit = true;
    bool sound = read_lesion(&work, true);
    take_texts(row, row->columns->head_text_count, true, reading);
    name_by_role(&work);
    return sound;
}
