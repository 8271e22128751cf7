/* SPDX-License-Identifier: MIT */
#include "input/fields.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "input/plain_number.h"

/* Beyond these no reading of a human being is possible. */
#define LARGEST_DIAMETER_MM 10000
#define LARGEST_SLICE_MM 100

/* The first half means yes. */
static const char *const answers[] = {"yes", "y", "true", "1", "no", "n", "false", "0"};
#define ANSWER_COUNT (sizeof answers / sizeof *answers)

static const enum recist_column axis_columns[RECIST_AXIS_COUNT] = {
    [RECIST_DIAMETER] = RECIST_COLUMN_DIAMETER,
    [RECIST_LONG_AXIS] = RECIST_COLUMN_LONG_AXIS,
    [RECIST_SHORT_AXIS] = RECIST_COLUMN_SHORT_AXIS,
};

/* What happens in few rows stands out of the way of all others. (Not attribute `cold`, which makes
 * GCC take what comes after such a call for rare, too.) */
#define ASIDE __attribute__((noinline))

/* What happens in every row. */
#define INLINE static inline __attribute__((always_inline))

/* One row on its way to a reading. */
struct work {
    struct recist_field_reader *reader;
    const struct recist_row *row;
    struct recist_reading *reading;
    struct recist_findings *findings;
    const struct recist_role_word *role; /* NULL: not known, or none */
    bool has_number;                     /* some text stands in a column for lengths */
    bool has_bad_number;
};

/* As recist_row_cell(), for a column that the file has. `plain` is that of the row: where it is
 * known beforehand, the other way vanishes. */
INLINE struct recist_slice cell(const struct recist_row *row, enum recist_column column, bool plain)
{
    return plain ? recist_csv_field(row->csv, row->columns->field_of[column]) : row->cells[column];
}

static inline bool has_column(const struct work *work, enum recist_column column)
{
    return work->row->columns->field_of[column] != RECIST_NO_FIELD;
}

#define REPORT(work, name, column, ...)                                                            \
    ((void)recist_findings_report((work)->findings, RECIST_KIND(name),                             \
                                  recist_row_place((work)->row, (column)), subject((work)->row),   \
                                  __VA_ARGS__))

static struct recist_subject subject(const struct recist_row *row)
{
    return (struct recist_subject){.patient = recist_row_cell(row, RECIST_COLUMN_PATIENT),
                                   .visit = recist_row_cell(row, RECIST_COLUMN_VISIT),
                                   .lesion = recist_row_cell(row, RECIST_COLUMN_LESION)};
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
    return true;
}

void recist_fields_destroy(struct recist_field_reader *reader)
{
    recist_words_destroy(&reader->roles);
    recist_words_destroy(&reader->statuses);
    recist_words_destroy(&reader->answers);
    free(reader->partial_dates);
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

ASIDE static bool report_date(const struct work *work, enum recist_date_problem problem)
{
    struct recist_slice text = recist_row_cell(work->row, RECIST_COLUMN_DATE);
    switch (problem) {
    case RECIST_DATE_IMPOSSIBLE:
        REPORT(work, DATE_IMPOSSIBLE, RECIST_COLUMN_DATE, "date \"%s\" does not exist",
               RECIST_SHOWN(text));
        return false;
    case RECIST_DATE_FAR:
        REPORT(work, DATE_IMPOSSIBLE, RECIST_COLUMN_DATE,
               "date \"%s\" cannot be of a scan; years from 1900 to 2199 are read",
               RECIST_SHOWN(text));
        return false;
    case RECIST_DATE_OK:
    case RECIST_DATE_FORM:
    default:
        break;
    }
    if (text.length == 0) {
        REPORT(work, DATE_MISSING, RECIST_COLUMN_DATE, "the row has no date");
    } else {
        REPORT(work, DATE_BAD, RECIST_COLUMN_DATE,
               "date \"%s\" is not written as year-month-day, such as 2024-03-25",
               RECIST_SHOWN(text));
    }
    return false;
}

ASIDE static void report_partial(const struct work *work, struct recist_slice text,
                                enum recist_date_precision precision)
{
    REPORT(work, DATE_PARTIAL, RECIST_COLUMN_DATE,
           "date \"%s\" has no %s; a convention of the criteria chooses the day",
           RECIST_SHOWN(text), precision == RECIST_DATE_MONTH ? "day" : "month and day");
}

static bool parse_date(struct work *work, struct recist_slice text)
{
    enum recist_date_precision precision = RECIST_DATE_DAY;
    enum recist_date_problem problem =
        recist_date_parse(text, &work->reading->date, &precision);
    if (problem != RECIST_DATE_OK) {
        return report_date(work, problem);
    }
    work->reading->date_precision = (uint8_t)precision;
    if (precision == RECIST_DATE_DAY) {
        memcpy(work->reader->last_date_text, text.text, sizeof work->reader->last_date_text);
        work->reader->last_date = work->reading->date;
        work->reader->last_date_known = true;
    } else if (remember_partial(work->reader, recist_row_cell(work->row, RECIST_COLUMN_VISIT), text)) {
        report_partial(work, text, precision);
    }
    return true;
}

static inline bool read_date(struct work *work, struct recist_slice text)
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

/* ", " between the words of a list; as much as a message can hold. */
#define LIST_SIZE 256

static void add_to_list(char list[static LIST_SIZE], const char *word)
{
    size_t used = strlen(list);
    size_t length = strlen(word);
    if (used + length + 3 < LIST_SIZE) {
        if (used > 0) {
            memcpy(list + used, ", ", 2);
            used += 2;
        }
        memcpy(list + used, word, length + 1);
    }
}

ASIDE static bool report_role(const struct work *work, struct recist_slice text)
{
    const struct recist_words *roles = &work->reader->roles;
    if (text.length == 0) {
        REPORT(work, ROLE_MISSING, RECIST_COLUMN_ROLE, "the row has no role");
        return false;
    }
    char list[LIST_SIZE] = "";
    for (size_t i = 0; i < roles->count; i++) {
        add_to_list(list, roles->words[i]);
    }
    const char *near = recist_nearest_name(text, roles->words, roles->count);
    REPORT(work, ROLE_UNKNOWN, RECIST_COLUMN_ROLE,
           "role \"%s\" is not known%s%s; the roles are %s", RECIST_SHOWN(text),
           near ? ", was meant: " : "", near ? near : "", list);
    return false;
}

ASIDE static bool report_unexpected(const struct work *work, bool has_lesion)
{
    const char *none = work->reader->vocabulary->roles[RECIST_ROLE_NONE].word;
    if (has_lesion) {
        REPORT(work, LESION_UNEXPECTED, RECIST_COLUMN_LESION,
               "role %s says that the visit shows no lesion, and lesion \"%s\" stands beside it",
               none, RECIST_SHOWN(recist_row_cell(work->row, RECIST_COLUMN_LESION)));
        return false;
    }
    for (size_t i = 0; i < RECIST_AXIS_COUNT; i++) {
        if (recist_row_cell(work->row, axis_columns[i]).length > 0) {
            REPORT(work, LESION_UNEXPECTED, axis_columns[i],
                   "role %s says that the visit shows no lesion, and %s \"%s\" stands beside it",
                   none, recist_column_name(axis_columns[i]),
                   RECIST_SHOWN(recist_row_cell(work->row, axis_columns[i])));
            return false;
        }
    }
    REPORT(work, LESION_UNEXPECTED, RECIST_COLUMN_STATUS,
           "role %s says that the visit shows no lesion, and status \"%s\" stands beside it", none,
           RECIST_SHOWN(recist_row_cell(work->row, RECIST_COLUMN_STATUS)));
    return false;
}

ASIDE static void report_nameless(const struct work *work)
{
    REPORT(work, LESION_MISSING, RECIST_COLUMN_LESION, "a %s lesion has no name in column lesion",
           work->role->word);
}

/* The role, and whether the lesion is named as the role asks. */
INLINE bool read_role(struct work *work, bool plain)
{
    struct recist_slice text = cell(work->row, RECIST_COLUMN_ROLE, plain);
    bool has_lesion = cell(work->row, RECIST_COLUMN_LESION, plain).length > 0;
    int role = text.length > 0 ? recist_words_find(&work->reader->roles, text) : -1;
    if (role < 0) {
        return report_role(work, text);
    }
    work->reading->role = (uint8_t)role;
    if (role == RECIST_ROLE_NONE) {
        bool empty = !has_lesion && !work->has_number &&
                     recist_row_cell(work->row, RECIST_COLUMN_STATUS).length == 0;
        return empty || report_unexpected(work, has_lesion);
    }
    work->role = &work->reader->vocabulary->roles[role];
    if (!has_lesion) {
        report_nameless(work);
    }
    return has_lesion;
}

static void write_with_point(struct recist_slice text, char out[static 24])
{
    size_t length = text.length < 23 ? text.length : 23;
    for (size_t i = 0; i < length; i++) {
        out[i] = text.text[i] == ',' ? '.' : text.text[i];
    }
    out[length] = '\0';
}

/* Whether the text is digits, one comma, digits: then the same with a point is what was meant. */
static bool is_plain_comma(struct recist_slice text)
{
    size_t commas = 0;
    for (size_t i = 0; i < text.length; i++) {
        commas += text.text[i] == ',';
        if (text.text[i] != ',' && (text.text[i] < '0' || text.text[i] > '9')) {
            return false;
        }
    }
    return commas == 1 && text.length < 23;
}

ASIDE static void report_comma(const struct work *work, enum recist_column column,
                         struct recist_slice text)
{
    char corrected[24];
    if (is_plain_comma(text)) {
        write_with_point(text, corrected);
        REPORT(work, NUMBER_BAD, column, "%s \"%s\" has a decimal comma; write %s",
               recist_column_name(column), RECIST_SHOWN(text), corrected);
    } else {
        REPORT(work, NUMBER_BAD, column,
               "%s \"%s\" has a decimal comma; write a plain number with a point",
               recist_column_name(column), RECIST_SHOWN(text));
    }
}

ASIDE static bool report_number(const struct work *work, enum recist_column column,
                          enum recist_decimal_problem problem, int limit)
{
    const char *name = recist_column_name(column);
    struct recist_slice text = recist_row_cell(work->row, column);
    switch (problem) {
    case RECIST_DECIMAL_COMMA:
        report_comma(work, column, text);
        break;
    case RECIST_DECIMAL_SIGN:
        REPORT(work, NUMBER_BAD, column, "%s \"%s\" has a sign; a length has none", name,
               RECIST_SHOWN(text));
        break;
    case RECIST_DECIMAL_EXPONENT:
        REPORT(work, NUMBER_BAD, column, "%s \"%s\" has an exponent; write it out", name,
               RECIST_SHOWN(text));
        break;
    case RECIST_DECIMAL_UNIT:
        REPORT(work, NUMBER_BAD, column,
               "%s \"%s\" has a unit; write the number of millimetres alone", name,
               RECIST_SHOWN(text));
        break;
    case RECIST_DECIMAL_TOO_LARGE:
        REPORT(work, NUMBER_OUT_OF_RANGE, column,
               "%s \"%s\" is out of any human scale; at most %d mm are read", name,
               RECIST_SHOWN(text), limit);
        break;
    case RECIST_DECIMAL_ROUNDED:
        REPORT(work, NUMBER_ROUNDED, column,
               "%s \"%s\" has more than six decimals and is rounded at the sixth", name,
               RECIST_SHOWN(text));
        return true;
    case RECIST_DECIMAL_OK:
    case RECIST_DECIMAL_EMPTY:
    case RECIST_DECIMAL_NOT_A_NUMBER:
    default:
        REPORT(work, NUMBER_BAD, column,
               "%s \"%s\" is not a number; write digits with at most one point, such as 12.5",
               name, RECIST_SHOWN(text));
    }
    return false;
}

/* A length that is not plainly written, or wrong. */
ASIDE static bool read_odd_number(const struct work *work, enum recist_column column, int limit,
                                 int64_t *value)
{
    *value = RECIST_MISSING;
    enum recist_decimal_problem problem = recist_decimal_parse(recist_row_cell(work->row, column), value);
    if ((problem == RECIST_DECIMAL_OK || problem == RECIST_DECIMAL_ROUNDED) &&
        *value > limit * RECIST_MILLIMETRE) {
        problem = RECIST_DECIMAL_TOO_LARGE;
    }
    if (problem == RECIST_DECIMAL_OK) {
        return true;
    }
    if (!report_number(work, column, problem, limit)) {
        *value = RECIST_MISSING;
        return false;
    }
    return true;
}

INLINE bool read_number(const struct work *work, enum recist_column column,
                        struct recist_slice text, int limit, int64_t *value)
{
    if (recist_plain_number(text, value) && *value <= limit * RECIST_MILLIMETRE) {
        return true;
    }
    return read_odd_number(work, column, limit, value);
}

ASIDE static bool check_axes(const struct work *work)
{
    const int64_t *axis = work->reading->axis;
    const struct recist_row *row = work->row;
    bool has_long = axis[RECIST_LONG_AXIS] != RECIST_MISSING;
    bool has_short = axis[RECIST_SHORT_AXIS] != RECIST_MISSING;
    if (has_long && has_short && axis[RECIST_SHORT_AXIS] > axis[RECIST_LONG_AXIS]) {
        REPORT(work, AXES_SWAPPED, RECIST_COLUMN_SHORT_AXIS,
               "short_axis_mm \"%s\" is more than long_axis_mm \"%s\"; were they exchanged?",
               RECIST_SHOWN(recist_row_cell(row, RECIST_COLUMN_SHORT_AXIS)),
               RECIST_SHOWN(recist_row_cell(row, RECIST_COLUMN_LONG_AXIS)));
    }
    if (axis[RECIST_DIAMETER] == RECIST_MISSING || (!has_long && !has_short) ||
        axis[RECIST_DIAMETER] == axis[RECIST_LONG_AXIS] ||
        axis[RECIST_DIAMETER] == axis[RECIST_SHORT_AXIS]) {
        return true;
    }
    enum recist_column other = has_long ? RECIST_COLUMN_LONG_AXIS : RECIST_COLUMN_SHORT_AXIS;
    bool both = has_long && has_short;
    REPORT(work, DIAMETER_CONFLICT, RECIST_COLUMN_DIAMETER,
           "diameter_mm \"%s\" is neither of the axes given beside it: %s \"%s\"%s%s%s",
           RECIST_SHOWN(recist_row_cell(row, RECIST_COLUMN_DIAMETER)), recist_column_name(other),
           RECIST_SHOWN(recist_row_cell(row, other)), both ? ", short_axis_mm \"" : "",
           both ? RECIST_SHOWN(recist_row_cell(row, RECIST_COLUMN_SHORT_AXIS)) : "", both ? "\"" : "");
    return false;
}

/* An empty field is RECIST_MISSING and no error. */
static bool read_slice_thickness(const struct work *work)
{
    struct recist_slice text = recist_row_cell(work->row, RECIST_COLUMN_SLICE);
    return text.length == 0 || read_number(work, RECIST_COLUMN_SLICE, text, LARGEST_SLICE_MM,
                                           &work->reading->slice_thickness);
}

INLINE bool read_numbers(struct work *work, bool plain)
{
    const struct recist_columns *columns = work->row->columns;
    int64_t *axis = work->reading->axis;
    bool sound = true;
    int given = 0;
    axis[RECIST_DIAMETER] = axis[RECIST_LONG_AXIS] = axis[RECIST_SHORT_AXIS] = RECIST_MISSING;
    work->reading->slice_thickness = RECIST_MISSING;
    for (size_t i = 0; i < columns->axis_count; i++) {
        uint8_t number = columns->axes[i];
        struct recist_slice text = cell(work->row, axis_columns[number], plain);
        if (text.length > 0) {
            sound &= read_number(work, axis_columns[number], text, LARGEST_DIAMETER_MM,
                                 &axis[number]);
            given++;
        }
    }
    work->has_number = given > 0;
    work->has_bad_number = !sound;
    if (given > 1 && sound) {
        sound = check_axes(work);
    }
    return (!has_column(work, RECIST_COLUMN_SLICE) || read_slice_thickness(work)) && sound;
}

static void list_statuses(const struct work *work, char list[static LIST_SIZE])
{
    const struct recist_vocabulary *vocabulary = work->reader->vocabulary;
    if (work->role) {
        for (size_t i = 0; i < work->role->status_count; i++) {
            add_to_list(list, vocabulary->statuses[work->role->statuses[i]].word);
        }
        return;
    }
    for (size_t i = 1; i < vocabulary->status_count; i++) {
        add_to_list(list, vocabulary->statuses[i].word);
    }
}

ASIDE static bool report_status(const struct work *work, bool known)
{
    struct recist_slice text = recist_row_cell(work->row, RECIST_COLUMN_STATUS);
    const struct recist_words *words = &work->reader->statuses;
    char list[LIST_SIZE] = "";
    list_statuses(work, list);
    if (known) {
        REPORT(work, STATUS_OF_OTHER_ROLE, RECIST_COLUMN_STATUS,
               "status \"%s\" does not belong to a %s lesion; it may be %s", RECIST_SHOWN(text),
               work->role->word, list);
        return false;
    }
    const char *near = recist_nearest_name(text, words->words + words->skipped,
                                           words->count - words->skipped);
    REPORT(work, STATUS_UNKNOWN, RECIST_COLUMN_STATUS,
           "status \"%s\" is not known%s%s; it may be %s", RECIST_SHOWN(text),
           near ? ", was meant: " : "", near ? near : "", list);
    return false;
}

/* Whether a status may stand beside the numbers of the row. */
static bool agrees(const struct work *work, const struct recist_status_word *status)
{
    if (!status->evaluated) {
        return false;
    }
    for (size_t i = 0; i < RECIST_AXIS_COUNT && status->stands_for != RECIST_MISSING; i++) {
        int64_t length = work->reading->axis[i];
        if (length != RECIST_MISSING && length != status->stands_for) {
            return false;
        }
    }
    return true;
}

ASIDE static bool check_number_and_status(const struct work *work, uint8_t number)
{
    const struct recist_status_word *status = &work->reader->vocabulary->statuses[number];
    if (work->has_bad_number || agrees(work, status)) {
        return true;
    }
    enum recist_column column = RECIST_COLUMN_DIAMETER;
    for (size_t i = RECIST_AXIS_COUNT; i > 0; i--) {
        if (recist_row_cell(work->row, axis_columns[i - 1]).length > 0) {
            column = axis_columns[i - 1];
        }
    }
    REPORT(work, NUMBER_WITH_STATUS, RECIST_COLUMN_STATUS,
           "status \"%s\" contradicts %s \"%s\"; give one of them", status->word,
           recist_column_name(column), RECIST_SHOWN(recist_row_cell(work->row, column)));
    return false;
}

ASIDE static bool report_no_reading(const struct work *work)
{
    enum recist_column column = RECIST_COLUMN_STATUS;
    for (size_t i = RECIST_AXIS_COUNT; i > 0; i--) {
        if (work->row->columns->field_of[axis_columns[i - 1]] != RECIST_NO_FIELD) {
            column = axis_columns[i - 1];
        }
    }
    REPORT(work, READING_MISSING, column,
           "a %s lesion has neither a number nor a status; if it was not evaluable, say so",
           work->role->word);
    return false;
}

/* A row without a status has the one that its role gives to a blank, beside a number only if that
 * may stand there. */
static inline bool read_blank_status(struct work *work)
{
    const struct recist_role_word *role = work->role;
    const struct recist_status_word *blank =
        &work->reader->vocabulary->statuses[role->blank_means];
    if (role->blank_means != RECIST_STATUS_BLANK) {
        bool beside_number = blank->evaluated && blank->stands_for == RECIST_MISSING;
        if (!work->has_number || beside_number) {
            work->reading->status = role->blank_means;
        }
        return true;
    }
    return work->has_number || !role->needs_reading || report_no_reading(work);
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

static bool read_written_status(struct work *work, struct recist_slice text)
{
    int status = recist_words_find(&work->reader->statuses, text);
    if (status < 0) {
        return report_status(work, false);
    }
    if (work->role && !belongs(work->role, status)) {
        return report_status(work, true);
    }
    work->reading->status = (uint8_t)status;
    return !work->has_number || !work->role || check_number_and_status(work, (uint8_t)status);
}

INLINE bool read_status(struct work *work, bool plain)
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

ASIDE static bool report_answer(const struct work *work, struct recist_slice text)
{
    REPORT(work, ANSWER_UNKNOWN, RECIST_COLUMN_NODAL, "nodal \"%s\" is neither yes nor no",
           RECIST_SHOWN(text));
    return false;
}

static bool read_nodal(struct work *work)
{
    struct recist_slice text = recist_row_cell(work->row, RECIST_COLUMN_NODAL);
    if (text.length == 0) {
        return true;
    }
    int answer = recist_words_find(&work->reader->answers, text);
    if (answer < 0) {
        return report_answer(work, text);
    }
    work->reading->nodal = answer < (int)ANSWER_COUNT / 2 ? RECIST_YES : RECIST_NO;
    return true;
}

/* Where a reading keeps the text of a column. */
static inline struct recist_slice *text_of(struct recist_reading *reading, uint32_t column)
{
    static const uint8_t places[RECIST_COLUMN_COUNT] = {
        [RECIST_COLUMN_LESION] = offsetof(struct recist_reading, lesion),
        [RECIST_COLUMN_VISIT] = offsetof(struct recist_reading, visit),
        [RECIST_COLUMN_READER] = offsetof(struct recist_reading, reader),
        [RECIST_COLUMN_COURSE] = offsetof(struct recist_reading, course),
        [RECIST_COLUMN_SITE] = offsetof(struct recist_reading, site),
        [RECIST_COLUMN_METHOD] = offsetof(struct recist_reading, method),
        [RECIST_COLUMN_KIND] = offsetof(struct recist_reading, kind),
        [RECIST_COLUMN_PRIOR_THERAPY] = offsetof(struct recist_reading, prior_therapy),
        [RECIST_COLUMN_COMMENT] = offsetof(struct recist_reading, comment),
    };
    return (struct recist_slice *)(void *)((char *)reading + places[column]);
}

/* The texts of columns from `first` on, as columns->texts has them. */
INLINE void take_texts(const struct recist_row *row, size_t first, bool plain,
                       struct recist_reading *reading)
{
    const struct recist_columns *columns = row->columns;
    for (size_t i = first; i < columns->text_count; i++) {
        uint32_t column = columns->texts[i];
        *text_of(reading, column) = cell(row, (enum recist_column)column, plain);
    }
    reading->line = row->line;
    reading->row =
        (struct recist_slice){row->csv->begin, (size_t)(row->csv->end - row->csv->begin)};
}

static inline void clear_texts(struct recist_reading *reading)
{
    const struct recist_slice none = {"", 0};
    reading->lesion = reading->visit = reading->reader = none;
    reading->course = reading->site = reading->method = none;
    reading->kind = reading->prior_therapy = reading->comment = none;
}

/* What a row says of its lesion. */
INLINE bool read_lesion(struct work *work, bool plain)
{
    bool sound = read_numbers(work, plain); /* before the role: `none` has no numbers */
    sound &= read_role(work, plain);
    sound &= read_status(work, plain);
    work->reading->nodal = RECIST_UNSAID;
    return (!has_column(work, RECIST_COLUMN_NODAL) || read_nodal(work)) && sound;
}

ASIDE static bool report_nobody(const struct work *work)
{
    REPORT(work, PATIENT_MISSING, RECIST_COLUMN_PATIENT, "the row has no patient");
    return false;
}

/* A whole row. */
INLINE bool read_row(struct work *work, bool plain)
{
    const struct recist_row *row = work->row;
    bool sound =
        cell(row, RECIST_COLUMN_PATIENT, plain).length > 0 || report_nobody(work);
    sound &= read_date(work, cell(row, RECIST_COLUMN_DATE, plain));
    sound &= read_lesion(work, plain);
    clear_texts(work->reading);
    take_texts(row, 0, plain, work->reading);
    return sound;
}

bool recist_fields_read(struct recist_field_reader *reader, const struct recist_row *row,
                        struct recist_reading *reading, struct recist_findings *findings)
{
    struct work work = {.reader = reader, .row = row, .reading = reading, .findings = findings};
    return row->plain ? read_row(&work, true) : read_row(&work, false);
}

bool recist_fields_read_next(struct recist_field_reader *reader, const struct recist_row *row,
                             const struct recist_reading *before, struct recist_reading *reading,
                             struct recist_findings *findings)
{
    struct work work = {.reader = reader, .row = row, .reading = reading, .findings = findings};
    *reading = *before;
    bool sound = read_lesion(&work, true);
    take_texts(row, row->columns->head_text_count, true, reading);
    return sound;
}
