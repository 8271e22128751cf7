/* SPDX-License-Identifier: MIT */
#include "input/further_fields.h"

#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"

const enum recist_column recist_axis_columns[RECIST_AXIS_COUNT] = {
    [RECIST_DIAMETER] = RECIST_COLUMN_DIAMETER,
    [RECIST_LONG_AXIS] = RECIST_COLUMN_LONG_AXIS,
    [RECIST_SHORT_AXIS] = RECIST_COLUMN_SHORT_AXIS,
};

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

/* ", " between the words of a list; as much as a message can hold. */
#define LIST_SIZE 256

bool recist_field_report_date(const struct recist_field_work *work,
                              enum recist_date_problem problem)
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

void recist_field_report_partial_date(const struct recist_field_work *work,
                                      struct recist_slice text,
                                      enum recist_date_precision precision)
{
    REPORT(work, DATE_PARTIAL, RECIST_COLUMN_DATE,
           "date \"%s\" has no %s; a convention of the criteria chooses the day",
           RECIST_SHOWN(text), precision == RECIST_DATE_MONTH ? "day" : "month and day");
}

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

bool recist_field_report_role(const struct recist_field_work *work, struct recist_slice text)
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
    REPORT(work, ROLE_UNKNOWN, RECIST_COLUMN_ROLE, "role \"%s\" is not known%s%s; the roles are %s",
           RECIST_SHOWN(text), near ? ", was meant: " : "", near ? near : "", list);
    return false;
}

bool recist_field_report_unexpected(const struct recist_field_work *work, bool has_lesion)
{
    const char *none = work->reader->vocabulary->roles[RECIST_ROLE_NONE].word;
    if (has_lesion) {
        REPORT(work, LESION_UNEXPECTED, RECIST_COLUMN_LESION,
               "role %s says that the visit shows no lesion, and lesion \"%s\" stands beside it",
               none, RECIST_SHOWN(recist_row_cell(work->row, RECIST_COLUMN_LESION)));
        return false;
    }
    for (size_t i = 0; i < RECIST_AXIS_COUNT; i++) {
        if (recist_row_cell(work->row, recist_axis_columns[i]).length > 0) {
            REPORT(work, LESION_UNEXPECTED, recist_axis_columns[i],
                   "role %s says that the visit shows no lesion, and %s \"%s\" stands beside it",
                   none, recist_column_name(recist_axis_columns[i]),
                   RECIST_SHOWN(recist_row_cell(work->row, recist_axis_columns[i])));
            return false;
        }
    }
    enum recist_column further = recist_further_first(work, false, true);
    further = further == RECIST_COLUMN_COUNT ? recist_further_first(work, true, true) : further;
    if (further != RECIST_COLUMN_COUNT) {
        REPORT(work, LESION_UNEXPECTED, further,
               "role %s says that the visit shows no lesion, and %s \"%s\" stands beside it", none,
               recist_fields_column_name(work->reader, further),
               RECIST_SHOWN(recist_row_cell(work->row, further)));
        return false;
    }
    REPORT(work, LESION_UNEXPECTED, RECIST_COLUMN_STATUS,
           "role %s says that the visit shows no lesion, and status \"%s\" stands beside it", none,
           RECIST_SHOWN(recist_row_cell(work->row, RECIST_COLUMN_STATUS)));
    return false;
}

void recist_field_report_nameless(const struct recist_field_work *work)
{
    REPORT(work, LESION_MISSING, RECIST_COLUMN_LESION, "a %s lesion has no name in column lesion",
           work->role->word);
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

static void report_comma(const struct recist_field_work *work, enum recist_column column,
                         struct recist_slice text)
{
    const char *name = recist_fields_column_name(work->reader, column);
    char corrected[24];
    if (is_plain_comma(text)) {
        write_with_point(text, corrected);
        REPORT(work, NUMBER_BAD, column, "%s \"%s\" has a decimal comma; write %s",
               name, RECIST_SHOWN(text), corrected);
    } else {
        REPORT(work, NUMBER_BAD, column,
               "%s \"%s\" has a decimal comma; write a plain number with a point", name,
               RECIST_SHOWN(text));
    }
}

/* Spaces that no line may break at; to look at they are spaces, and none of those around a field. */
static bool has_fixed_space(struct recist_slice text)
{
    return memmem(text.text, text.length, "\xC2\xA0", 2) ||    /* no-break space */
           memmem(text.text, text.length, "\xE2\x80\xAF", 3); /* narrow no-break space */
}

static bool report_fixed_space(const struct recist_field_work *work, enum recist_column column,
                               struct recist_slice text)
{
    if (!has_fixed_space(text)) {
        return false;
    }
    REPORT(work, NUMBER_BAD, column,
           "%s \"%s\" has a no-break space in it, which looks like a space; write the number alone",
           recist_fields_column_name(work->reader, column), RECIST_SHOWN(text));
    return true;
}

bool recist_field_report_number(const struct recist_field_work *work, enum recist_column column,
                                enum recist_decimal_problem problem, int limit)
{
    const char *name = recist_fields_column_name(work->reader, column);
    struct recist_slice text = recist_row_cell(work->row, column);
    if (report_fixed_space(work, column, text)) {
        return false;
    }
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
               "%s \"%s\" is not a number; write digits with at most one point, such as 12.5", name,
               RECIST_SHOWN(text));
    }
    return false;
}

bool recist_field_report_further_number(const struct recist_field_work *work,
                                        enum recist_column column,
                                        enum recist_decimal_problem problem)
{
    const char *name = recist_fields_column_name(work->reader, column);
    struct recist_slice text = recist_row_cell(work->row, column);
    if (report_fixed_space(work, column, text)) {
        return false;
    }
    switch (problem) {
    case RECIST_DECIMAL_SIGN:
        REPORT(work, NUMBER_BAD, column,
               "%s \"%s\" has a sign; write a plain number, or one that begins with -", name,
               RECIST_SHOWN(text));
        return false;
    case RECIST_DECIMAL_UNIT:
        REPORT(work, NUMBER_BAD, column, "%s \"%s\" has a unit; write the number alone", name,
               RECIST_SHOWN(text));
        return false;
    case RECIST_DECIMAL_TOO_LARGE:
        REPORT(work, NUMBER_OUT_OF_RANGE, column,
               "%s \"%s\" is out of any scale; at most %lld are read", name, RECIST_SHOWN(text),
               (long long)(RECIST_LARGEST_NUMBER / RECIST_ONE_UNIT));
        return false;
    case RECIST_DECIMAL_OK:
    case RECIST_DECIMAL_EMPTY:
    case RECIST_DECIMAL_COMMA:
    case RECIST_DECIMAL_EXPONENT:
    case RECIST_DECIMAL_ROUNDED:
    case RECIST_DECIMAL_NOT_A_NUMBER:
    default:
        return recist_field_report_number(work, column, problem, 0);
    }
}

bool recist_field_report_of_lesion(const struct recist_field_work *work, enum recist_column column)
{
    REPORT(work, PATIENT_ROW_WITH_LESION, column,
           "role %s is of the patient and of no lesion, and %s \"%s\" stands beside it",
           work->role->word, recist_fields_column_name(work->reader, column),
           RECIST_SHOWN(recist_row_cell(work->row, column)));
    return false;
}

static enum recist_column value_column(const struct recist_field_work *work)
{
    return recist_further_column(work->reader->vocabulary->value_column);
}

bool recist_field_report_value(const struct recist_field_work *work)
{
    enum recist_column column = value_column(work);
    REPORT(work, VALUE_UNEXPECTED, column,
           "role %s has a status and no number, and %s \"%s\" stands beside it",
           work->role->word, recist_fields_column_name(work->reader, column),
           RECIST_SHOWN(recist_row_cell(work->row, column)));
    return false;
}

void recist_field_report_value_of_lesion(const struct recist_field_work *work)
{
    enum recist_column column = value_column(work);
    const char *name = recist_fields_column_name(work->reader, column);
    REPORT(work, VALUE_OF_LESION, column,
           "%s \"%s\" stands in the row of a %s lesion and is not used; %s is for what is of the "
           "patient",
           name, RECIST_SHOWN(recist_row_cell(work->row, column)), work->role->word, name);
}

bool recist_field_check_axes(const struct recist_field_work *work)
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
           both ? RECIST_SHOWN(recist_row_cell(row, RECIST_COLUMN_SHORT_AXIS)) : "",
           both ? "\"" : "");
    return false;
}

static void list_statuses(const struct recist_field_work *work, char list[static LIST_SIZE])
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

bool recist_field_report_status(const struct recist_field_work *work, bool known)
{
    struct recist_slice text = recist_row_cell(work->row, RECIST_COLUMN_STATUS);
    const struct recist_words *words = &work->reader->statuses;
    char list[LIST_SIZE] = "";
    list_statuses(work, list);
    if (known) {
        REPORT(work, STATUS_OF_OTHER_ROLE, RECIST_COLUMN_STATUS,
               "status \"%s\" does not belong to %s%s%s; it may be %s", RECIST_SHOWN(text),
               work->role->of_patient ? "the role " : "a ", work->role->word,
               work->role->of_patient ? "" : " lesion", list);
        return false;
    }
    const char *near =
        recist_nearest_name(text, words->words + words->skipped, words->count - words->skipped);
    REPORT(work, STATUS_UNKNOWN, RECIST_COLUMN_STATUS,
           "status \"%s\" is not known%s%s; it may be %s", RECIST_SHOWN(text),
           near ? ", was meant: " : "", near ? near : "", list);
    return false;
}

/* Whether a status may stand beside the numbers of the row. */
static bool agrees(const struct recist_field_work *work, const struct recist_status_word *status)
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

bool recist_field_check_number_and_status(const struct recist_field_work *work, uint8_t number)
{
    const struct recist_status_word *status = &work->reader->vocabulary->statuses[number];
    if (work->has_bad_number || agrees(work, status)) {
        return true;
    }
    enum recist_column column = RECIST_COLUMN_DIAMETER;
    for (size_t i = RECIST_AXIS_COUNT; i > 0; i--) {
        if (recist_row_cell(work->row, recist_axis_columns[i - 1]).length > 0) {
            column = recist_axis_columns[i - 1];
        }
    }
    REPORT(work, NUMBER_WITH_STATUS, RECIST_COLUMN_STATUS,
           "status \"%s\" contradicts %s \"%s\"; give one of them", status->word,
           recist_column_name(column), RECIST_SHOWN(recist_row_cell(work->row, column)));
    return false;
}

bool recist_field_check_further_and_status(const struct recist_field_work *work, uint8_t number)
{
    const struct recist_status_word *status = &work->reader->vocabulary->statuses[number];
    if (work->has_bad_number || (status->evaluated && status->stands_for == RECIST_MISSING)) {
        return true;
    }
    enum recist_column column = recist_further_first(work, work->role->of_patient, false);
    REPORT(work, NUMBER_WITH_STATUS, RECIST_COLUMN_STATUS,
           "status \"%s\" contradicts %s \"%s\"; give one of them", status->word,
           recist_fields_column_name(work->reader, column),
           RECIST_SHOWN(recist_row_cell(work->row, column)));
    return false;
}

/* A row about the patient says a status, or its value where it has one. */
static bool report_nothing_of_patient(const struct recist_field_work *work)
{
    size_t value = work->reader->vocabulary->value_column;
    bool valued = work->role->has_value && value != SIZE_MAX;
    bool has_column =
        valued && work->row->columns->field_of[recist_further_column(value)] != RECIST_NO_FIELD;
    REPORT(work, READING_MISSING,
           has_column ? recist_further_column(value) : RECIST_COLUMN_STATUS,
           valued ? "a row of %s has neither a number in %s nor a status; leave the row out if "
                    "nothing was observed"
                  : "a row of %s has no status; leave the row out if nothing was observed",
           work->role->word, valued ? work->reader->vocabulary->columns[value].name : "");
    return false;
}

bool recist_field_report_no_reading(const struct recist_field_work *work)
{
    if (work->role->of_patient) {
        return report_nothing_of_patient(work);
    }
    enum recist_column column = RECIST_COLUMN_STATUS;
    for (size_t i = RECIST_AXIS_COUNT; i > 0; i--) {
        if (work->row->columns->field_of[recist_axis_columns[i - 1]] != RECIST_NO_FIELD) {
            column = recist_axis_columns[i - 1];
        }
    }
    REPORT(work, READING_MISSING, column,
           "a %s lesion has neither a number nor a status; if it was not evaluable, say so",
           work->role->word);
    return false;
}

bool recist_field_report_answer(const struct recist_field_work *work, enum recist_column column,
                                struct recist_slice text)
{
    REPORT(work, ANSWER_UNKNOWN, column, "%s \"%s\" is neither yes nor no",
           recist_fields_column_name(work->reader, column), RECIST_SHOWN(text));
    return false;
}

bool recist_field_report_nobody(const struct recist_field_work *work)
{
    REPORT(work, PATIENT_MISSING, RECIST_COLUMN_PATIENT, "the row has no patient");
    return false;
}
