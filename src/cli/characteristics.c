/* SPDX-License-Identifier: MIT */
#include "cli/characteristics.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/nearest_name.h"
#include "cli/course_times.h"
#include "cli/message.h"

#define AS_CATEGORY ":category"

static int compare_slices(const void *one, const void *other)
{
    const struct recist_slice *left = one;
    const struct recist_slice *right = other;
    size_t shorter = left->length < right->length ? left->length : right->length;
    int order = shorter > 0 ? memcmp(left->text, right->text, shorter) : 0;
    return order != 0 ? order : (left->length > right->length) - (left->length < right->length);
}

static bool is_same(struct recist_slice one, struct recist_slice other)
{
    return compare_slices(&one, &other) == 0;
}

/* A decimal with or without a sign. */
static bool read_number(struct recist_slice text, double *value)
{
    int64_t millionths = 0;
    bool negative = text.length > 1 && text.text[0] == '-';
    struct recist_slice digits = {text.text + negative, text.length - negative};
    enum recist_decimal_problem problem = recist_decimal_parse(digits, &millionths);
    if (problem != RECIST_DECIMAL_OK && problem != RECIST_DECIMAL_ROUNDED) {
        return false;
    }
    *value = (double)(negative ? -millionths : millionths) / RECIST_ONE;
    return true;
}

static bool is_date(struct recist_slice text)
{
    int32_t date = 0;
    enum recist_date_precision precision = RECIST_DATE_DAY;
    return recist_date_parse(text, &date, &precision) == RECIST_DATE_OK &&
           precision == RECIST_DATE_DAY;
}

enum content { NOTHING, NUMBERS, DATES, WORDS };

static enum content content_of(const struct recist_courses *courses, size_t column)
{
    bool numbers = true;
    bool dates = true;
    size_t filled = 0;
    for (size_t i = 0; i < recist_courses_count(courses); i++) {
        double value = 0;
        struct recist_slice field = recist_courses_at(courses, i)->fields[column];
        if (field.length > 0) {
            filled++;
            numbers = numbers && read_number(field, &value);
            dates = dates && is_date(field);
        }
    }
    if (filled == 0) {
        return NOTHING;
    }
    return numbers ? NUMBERS : dates ? DATES : WORDS;
}

/* Columns that say who and when, not what. */
static bool identifies(const struct recist_characteristics *characteristics, size_t column)
{
    static const char *const names[] = {"study",        "patient",     "course", "start", "end",
                                        "next_therapy", "progression", "death",  "last_contact"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (recist_courses_find_column(characteristics->courses,
                                       (struct recist_slice){names[i], strlen(names[i])}) ==
            column) {
            return true;
        }
    }
    for (size_t i = 0; i < characteristics->groups->column_count; i++) {
        if (characteristics->groups->columns[i] == column) {
            return true;
        }
    }
    return false;
}

static bool list_levels(struct recist_characteristics *characteristics,
                        struct recist_characteristic *one)
{
    size_t count = recist_courses_count(characteristics->courses);
    one->levels =
        recist_arena_take_zeroed(&characteristics->arena, count + 1, sizeof *one->levels);
    if (!one->levels) {
        return false;
    }
    size_t listed = 0;
    for (size_t i = 0; i < count; i++) {
        const struct recist_course *course = recist_courses_at(characteristics->courses, i);
        struct recist_slice field = course->fields[one->column];
        if (field.length > 0 &&
            recist_course_conditions_hold(characteristics->conditions, course)) {
            one->levels[listed++] = field;
        }
    }
    if (listed > 0) {
        qsort(one->levels, listed, sizeof *one->levels, compare_slices);
    }
    for (size_t i = 0; i < listed; i++) {
        if (one->level_count == 0 || !is_same(one->levels[one->level_count - 1], one->levels[i])) {
            one->levels[one->level_count++] = one->levels[i];
        }
    }
    return true;
}

static enum recist_exit add(struct recist_characteristics *characteristics, size_t column,
                            bool is_number)
{
    struct recist_characteristic *one = &characteristics->list[characteristics->count++];
    *one = (struct recist_characteristic){
        .column = column,
        .name = recist_courses_column(characteristics->courses, column),
        .is_number = is_number};
    return is_number || list_levels(characteristics, one) ? RECIST_EXIT_DONE
                                                          : recist_message_no_memory();
}

static enum recist_exit add_all(struct recist_characteristics *characteristics)
{
    enum recist_exit status = RECIST_EXIT_DONE;
    size_t columns = recist_courses_column_count(characteristics->courses);
    for (size_t i = 0; i < columns && status == RECIST_EXIT_DONE; i++) {
        enum content content = content_of(characteristics->courses, i);
        if (!identifies(characteristics, i) && content != DATES && content != NOTHING) {
            status = add(characteristics, i, content == NUMBERS);
        }
    }
    return status;
}

static enum recist_exit add_named(struct recist_characteristics *characteristics,
                                  struct recist_slice name)
{
    static const size_t ending = sizeof AS_CATEGORY - 1;
    bool category = name.length > ending &&
                    memcmp(name.text + name.length - ending, AS_CATEGORY, ending) == 0;
    name.length -= category ? ending : 0;
    size_t column = recist_courses_find_column(characteristics->courses, name);
    if (column == SIZE_MAX) {
        return recist_course_column_refuse(characteristics->courses, "--columns", name);
    }
    return add(characteristics, column,
               !category && content_of(characteristics->courses, column) == NUMBERS);
}

static enum recist_exit add_wanted(struct recist_characteristics *characteristics,
                                   const char *wanted)
{
    enum recist_exit status = RECIST_EXIT_DONE;
    for (const char *at = wanted; at && status == RECIST_EXIT_DONE;) {
        size_t length = strcspn(at, ",");
        status = add_named(characteristics, (struct recist_slice){at, length});
        at = at[length] ? at + length + 1 : NULL;
    }
    return status;
}

enum recist_exit recist_characteristics_choose(struct recist_characteristics *characteristics,
                                               const char *wanted)
{
    size_t most = recist_courses_column_count(characteristics->courses) + 1;
    recist_arena_init(&characteristics->arena, 0);
    for (const char *at = wanted; at && *at; at++) {
        most += *at == ',';
    }
    characteristics->list = recist_arena_take_zeroed(&characteristics->arena, most,
                                                     sizeof *characteristics->list);
    characteristics->values = recist_arena_take_zeroed(
        &characteristics->arena, recist_courses_count(characteristics->courses) + 1,
        sizeof *characteristics->values);
    if (!characteristics->list || !characteristics->values) {
        return recist_message_no_memory();
    }
    return wanted ? add_wanted(characteristics, wanted) : add_all(characteristics);
}

void recist_characteristics_destroy(struct recist_characteristics *characteristics)
{
    recist_arena_destroy(&characteristics->arena);
}

bool recist_characteristics_has(const struct recist_characteristics *characteristics, size_t group,
                                const struct recist_course *course)
{
    const struct recist_course_groups *groups = characteristics->groups;
    const struct recist_courses *courses = characteristics->courses;
    bool everybody = group == RECIST_EVERYBODY;
    if (!recist_course_conditions_hold(characteristics->conditions, course) ||
        (!everybody && groups->group_of[recist_course_index(courses, course)] != group)) {
        return false;
    }
    return !characteristics->per_patient ||
           recist_course_is_first(courses, course, characteristics->conditions,
                                  everybody ? NULL : groups->group_of);
}

size_t recist_characteristics_size(const struct recist_characteristics *characteristics,
                                   size_t group)
{
    size_t size = 0;
    for (size_t i = 0; i < recist_courses_count(characteristics->courses); i++) {
        size += recist_characteristics_has(characteristics, group,
                                           recist_courses_at(characteristics->courses, i));
    }
    return size;
}

size_t recist_characteristics_count(const struct recist_characteristics *characteristics,
                                    size_t group, size_t column, struct recist_slice value)
{
    size_t count = 0;
    for (size_t i = 0; i < recist_courses_count(characteristics->courses); i++) {
        const struct recist_course *course = recist_courses_at(characteristics->courses, i);
        count += is_same(course->fields[column], value) &&
                 recist_characteristics_has(characteristics, group, course);
    }
    return count;
}

struct recist_sample recist_characteristics_sample(struct recist_characteristics *characteristics,
                                                   size_t group, size_t column)
{
    size_t count = 0;
    for (size_t i = 0; i < recist_courses_count(characteristics->courses); i++) {
        const struct recist_course *course = recist_courses_at(characteristics->courses, i);
        if (read_number(course->fields[column], &characteristics->values[count]) &&
            recist_characteristics_has(characteristics, group, course)) {
            count++;
        }
    }
    recist_sample_sort(characteristics->values, count);
    return recist_sample_describe(characteristics->values, count, characteristics->quartiles);
}
