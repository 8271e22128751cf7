/* SPDX-License-Identifier: MIT */
#include "cli/course_conditions.h"

#include <stdlib.h>

#include "base/excerpt.h"
#include "base/nearest_name.h"
#include "cli/message.h"

static bool is_same(struct recist_slice one, struct recist_slice other)
{
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.text, other.text, one.length) == 0);
}

enum recist_exit recist_course_column_refuse(const struct recist_courses *courses,
                                             const char *option, struct recist_slice name)
{
    struct recist_slice near = {0};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < recist_courses_column_count(courses); i++) {
        struct recist_slice column = recist_courses_column(courses, i);
        size_t distance = recist_name_distance(name, column);
        if (recist_name_is_near(name, column) && distance < least) {
            near = column;
            least = distance;
        }
    }
    if (near.length > 0) {
        recist_message("%s: the courses file has no column \"%s\"; did you mean \"%s\"?", option,
                       RECIST_SHOWN(name), RECIST_SHOWN(near));
    } else {
        recist_message("%s: the courses file has no column \"%s\"", option, RECIST_SHOWN(name));
    }
    return RECIST_EXIT_USAGE;
}

/* Whether any course has the value; else *near is the nearest one (or empty). */
static bool occurs(const struct recist_courses *courses, size_t column, struct recist_slice value,
                   struct recist_slice *near)
{
    size_t least = SIZE_MAX;
    *near = (struct recist_slice){0};
    for (size_t i = 0; i < recist_courses_count(courses); i++) {
        struct recist_slice field = recist_courses_at(courses, i)->fields[column];
        if (is_same(field, value)) {
            return true;
        }
        size_t distance = recist_name_distance(value, field);
        if (recist_name_is_near(value, field) && distance < least) {
            *near = field;
            least = distance;
        }
    }
    return false;
}

static enum recist_exit refuse_value(const char *written, struct recist_slice near)
{
    if (near.length > 0) {
        recist_message("--where %s: no course has this value; did you mean \"%s\"?", written,
                       RECIST_SHOWN(near));
    } else {
        recist_message("--where %s: no course has this value", written);
    }
    return RECIST_EXIT_USAGE;
}

static enum recist_exit read_condition(const char *written, const struct recist_courses *courses,
                                       struct recist_course_condition *condition)
{
    struct recist_slice near;
    const char *equals = strchr(written, '=');
    if (!equals || equals == written) {
        recist_message("--where needs COLUMN=VALUE, not \"%s\"", written);
        return RECIST_EXIT_USAGE;
    }
    struct recist_slice name = {written, (size_t)(equals - written)};
    condition->column = recist_courses_find_column(courses, name);
    condition->value = (struct recist_slice){equals + 1, strlen(equals + 1)};
    if (condition->column == SIZE_MAX) {
        return recist_course_column_refuse(courses, "--where", name);
    }
    return occurs(courses, condition->column, condition->value, &near)
               ? RECIST_EXIT_DONE
               : refuse_value(written, near);
}

enum recist_exit recist_course_conditions_make(struct recist_course_conditions *conditions,
                                               const struct recist_courses *courses,
                                               const struct recist_options *options)
{
    enum recist_exit status = RECIST_EXIT_DONE;
    *conditions = (struct recist_course_conditions){0};
    if (options->condition_count == 0) {
        return RECIST_EXIT_DONE;
    }
    if (!courses) {
        recist_message("--where needs --courses FILE, whose columns it names");
        return RECIST_EXIT_USAGE;
    }
    conditions->list = calloc(options->condition_count, sizeof *conditions->list);
    if (!conditions->list) {
        return recist_message_no_memory();
    }
    for (size_t i = 0; i < options->condition_count && status == RECIST_EXIT_DONE; i++) {
        status = read_condition(options->conditions[i], courses,
                                &conditions->list[conditions->count++]);
    }
    return status;
}

void recist_course_conditions_destroy(struct recist_course_conditions *conditions)
{
    free(conditions->list);
    *conditions = (struct recist_course_conditions){0};
}

static bool any_value_of(const struct recist_course_conditions *conditions, size_t column,
                         struct recist_slice field)
{
    for (size_t i = 0; i < conditions->count; i++) {
        const struct recist_course_condition *condition = &conditions->list[i];
        if (condition->column == column && is_same(condition->value, field)) {
            return true;
        }
    }
    return false;
}

bool recist_course_conditions_hold(const struct recist_course_conditions *conditions,
                                   const struct recist_course *course)
{
    for (size_t i = 0; i < conditions->count; i++) {
        size_t column = conditions->list[i].column;
        if (!course || !any_value_of(conditions, column, course->fields[column])) {
            return false;
        }
    }
    return true;
}
