/* SPDX-License-Identifier: MIT */
#include "input/further_fields.h"

static bool is_value(const struct recist_field_work *work, size_t index)
{
    return index == work->reader->vocabulary->value_column;
}

enum recist_column recist_further_first(const struct recist_field_work *work, bool value,
                                        bool answers)
{
    const struct recist_columns *columns = work->row->columns;
    for (size_t i = 0; i < columns->further_count; i++) {
        size_t index = columns->further[i];
        bool answer = work->reader->vocabulary->columns[index].answer;
        if (is_value(work, index) == value && (answers || !answer) &&
            recist_row_cell(work->row, recist_further_column(index)).length > 0) {
            return recist_further_column(index);
        }
    }
    return RECIST_COLUMN_COUNT;
}

/* As lengths, but below zero too: an attenuation can be. */
static bool read_number(const struct recist_field_work *work, enum recist_column column,
                        struct recist_slice text, int64_t *value)
{
    bool negative = text.text[0] == '-';
    struct recist_slice digits = {text.text + negative, text.length - negative};
    int64_t number = RECIST_MISSING;
    enum recist_decimal_problem problem = recist_decimal_parse(digits, &number);
    bool read = problem == RECIST_DECIMAL_OK || problem == RECIST_DECIMAL_ROUNDED;
    if (read && number > RECIST_LARGEST_NUMBER) {
        problem = RECIST_DECIMAL_TOO_LARGE;
    } else if (negative && problem == RECIST_DECIMAL_SIGN) {
        problem = RECIST_DECIMAL_NOT_A_NUMBER;
    }
    if (problem != RECIST_DECIMAL_OK &&
        !recist_field_report_further_number(work, column, problem)) {
        return false;
    }
    *value = negative ? -number : number;
    return true;
}

static bool read_answer(const struct recist_field_work *work, enum recist_column column,
                        struct recist_slice text, int64_t *value)
{
    enum recist_answer answer = recist_answer_find(work->reader, text);
    if (answer == RECIST_UNSAID) {
        return recist_field_report_answer(work, column, text);
    }
    *value = answer == RECIST_YES ? RECIST_ONE_UNIT : 0;
    return true;
}

/* Room for a number of each column, none of which is known yet; NULL when memory is out. */
static int64_t *make_room(struct recist_field_work *work)
{
    size_t count = work->reader->vocabulary->column_count;
    int64_t *numbers = recist_arena_take(work->reader->memory, count * sizeof *numbers);
    for (size_t i = 0; numbers && i < count; i++) {
        numbers[i] = RECIST_MISSING;
    }
    work->reader->failed |= !numbers;
    work->reading->numbers = numbers;
    return numbers;
}

bool recist_further_read(struct recist_field_work *work)
{
    const struct recist_columns *columns = work->row->columns;
    int64_t *numbers = NULL;
    bool sound = true;
    for (size_t i = 0; i < columns->further_count; i++) {
        size_t index = columns->further[i];
        enum recist_column column = recist_further_column(index);
        struct recist_slice text = recist_row_cell(work->row, column);
        if (text.length == 0) {
            continue;
        }
        numbers = numbers ? numbers : make_room(work);
        if (!numbers) {
            return false;
        }
        if (work->reader->vocabulary->columns[index].answer) {
            sound &= read_answer(work, column, text, &numbers[index]);
            work->has_answer = true;
        } else {
            sound &= read_number(work, column, text, &numbers[index]);
            *(is_value(work, index) ? &work->has_value : &work->has_further) = true;
        }
    }
    work->has_bad_number |= !sound;
    return sound;
}

/* The reading as if the field of the patient's own value were empty. */
static void leave_value_out(struct recist_field_work *work)
{
    const struct recist_vocabulary *vocabulary = work->reader->vocabulary;
    const int64_t *read = work->reading->numbers;
    bool others = work->has_further || work->has_answer;
    int64_t *numbers = others ? make_room(work) : NULL;
    work->reading->numbers = numbers;
    for (size_t i = 0; numbers && i < vocabulary->column_count; i++) {
        numbers[i] = i == vocabulary->value_column ? RECIST_MISSING : read[i];
    }
}

static bool check_of_patient(struct recist_field_work *work)
{
    bool sound = true;
    if (work->has_further || work->has_answer) {
        sound = recist_field_report_of_lesion(work, recist_further_first(work, false, true));
    }
    if (work->has_value && !work->role->has_value) {
        sound = recist_field_report_value(work);
    }
    work->reads_further = work->has_value;
    return sound;
}

bool recist_further_check(struct recist_field_work *work)
{
    if (!work->role) {
        return true;
    }
    if (work->role->of_patient) {
        return check_of_patient(work);
    }
    if (work->has_value) {
        recist_field_report_value_of_lesion(work);
        leave_value_out(work);
    }
    work->reads_further = work->has_further;
    return true;
}
