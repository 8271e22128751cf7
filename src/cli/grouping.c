/* SPDX-License-Identifier: MIT */
#include "cli/grouping.h"

#include <stdlib.h>

#include "cli/course_conditions.h"
#include "cli/message.h"

static const struct recist_slice missing = {RECIST_GROUP_MISSING,
                                            sizeof RECIST_GROUP_MISSING - 1};

size_t recist_course_index(const struct recist_courses *courses,
                           const struct recist_course *course)
{
    size_t low = 0;
    size_t high = recist_courses_count(courses);
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (recist_courses_at(courses, middle)->line <= course->line) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct recist_slice trim(const char *begin, const char *end)
{
    while (begin < end && *begin == ' ') {
        begin++;
    }
    while (begin < end && end[-1] == ' ') {
        end--;
    }
    return (struct recist_slice){begin, (size_t)(end - begin)};
}

static enum recist_exit add_column(struct recist_course_groups *groups, struct recist_slice name)
{
    size_t column = recist_courses_find_column(groups->courses, name);
    if (column == SIZE_MAX) {
        return recist_course_column_refuse(groups->courses, "--by", name);
    }
    for (size_t i = 0; i < groups->column_count; i++) {
        if (groups->columns[i] == column) {
            return RECIST_EXIT_DONE; /* named twice */
        }
    }
    struct recist_slice own = recist_courses_column(groups->courses, column);
    groups->names[groups->column_count] = strndup(own.text, own.length);
    if (!groups->names[groups->column_count]) {
        return recist_message_no_memory();
    }
    groups->columns[groups->column_count++] = column;
    return RECIST_EXIT_DONE;
}

static enum recist_exit read_columns(struct recist_course_groups *groups, const char *by)
{
    size_t most = 1;
    for (const char *at = by; *at; at++) {
        most += *at == ',';
    }
    groups->columns = calloc(most, sizeof *groups->columns);
    groups->names = calloc(most, sizeof *groups->names);
    if (!groups->columns || !groups->names) {
        return recist_message_no_memory();
    }
    enum recist_exit status = RECIST_EXIT_DONE;
    for (const char *at = by; at && status == RECIST_EXIT_DONE;) {
        const char *comma = strchr(at, ',');
        status = add_column(groups, trim(at, comma ? comma : at + strlen(at)));
        at = comma ? comma + 1 : NULL;
    }
    return status;
}

static struct recist_slice value_of(const struct recist_course_groups *groups,
                                    const struct recist_course *course, size_t column)
{
    struct recist_slice field =
        course ? course->fields[groups->columns[column]] : (struct recist_slice){"", 0};
    return field.length > 0 ? field : missing;
}

static bool is_group_of(const struct recist_course_groups *groups, size_t group,
                        const struct recist_course *course)
{
    for (size_t i = 0; i < groups->column_count; i++) {
        if (!recist_values_equal(recist_course_groups_value(groups, group, i),
                               value_of(groups, course, i))) {
            return false;
        }
    }
    return true;
}

/* Finds the group of a course, or makes it. SIZE_MAX when memory is out. */
static size_t find_group(struct recist_course_groups *groups, const struct recist_course *course)
{
    for (size_t i = groups->group_count; i-- > 0;) {
        if (is_group_of(groups, i, course)) {
            return i;
        }
    }
    if (groups->group_count == groups->capacity) {
        size_t capacity = groups->capacity ? 2 * groups->capacity : 8;
        struct recist_slice *values =
            realloc(groups->values, (capacity * groups->column_count + 1) * sizeof *values);
        if (!values) {
            return SIZE_MAX;
        }
        groups->values = values;
        groups->capacity = capacity;
    }
    for (size_t i = 0; i < groups->column_count; i++) {
        groups->values[groups->group_count * groups->column_count + i] =
            value_of(groups, course, i);
    }
    return groups->group_count++;
}

static enum recist_exit group_courses(struct recist_course_groups *groups)
{
    size_t count = groups->courses ? recist_courses_count(groups->courses) : 0;
    groups->group_of = calloc(count + 1, sizeof *groups->group_of);
    if (!groups->group_of) {
        return recist_message_no_memory();
    }
    for (size_t i = 0; i < count; i++) {
        groups->group_of[i] = find_group(groups, recist_courses_at(groups->courses, i));
        if (groups->group_of[i] == SIZE_MAX) {
            return recist_message_no_memory();
        }
    }
    return RECIST_EXIT_DONE;
}

enum recist_exit recist_course_groups_make(struct recist_course_groups *groups,
                                           const struct recist_courses *courses, const char *by)
{
    *groups = (struct recist_course_groups){.courses = courses};
    if (by && !courses) {
        recist_message("--by needs --courses FILE, whose columns it names");
        return RECIST_EXIT_USAGE;
    }
    enum recist_exit status = by ? read_columns(groups, by) : RECIST_EXIT_DONE;
    return status == RECIST_EXIT_DONE ? group_courses(groups) : status;
}

void recist_course_groups_destroy(struct recist_course_groups *groups)
{
    for (size_t i = 0; i < groups->column_count; i++) {
        free(groups->names[i]);
    }
    free(groups->names);
    free(groups->columns);
    free(groups->group_of);
    free(groups->values);
    *groups = (struct recist_course_groups){0};
}

size_t recist_course_groups_of(struct recist_course_groups *groups,
                               const struct recist_course *course)
{
    return course ? groups->group_of[recist_course_index(groups->courses, course)]
                  : find_group(groups, NULL);
}

struct recist_slice recist_course_groups_value(const struct recist_course_groups *groups,
                                               size_t group, size_t column)
{
    return groups->values[group * groups->column_count + column];
}
