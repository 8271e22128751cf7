/* SPDX-License-Identifier: MIT */
#include "assess/course_evaluation.h"

#include "assess/truth.h"
#include "base/decimal.h"

static const struct recist_response_point *point(const struct recist_course_evaluation *course)
{
    return &course->points[course->point];
}

/* The first point from `from` on, within the window, that fulfils the condition; else the window's
 * end. */
static size_t find(struct recist_course_evaluation *course, size_t from,
                   const struct recist_node *condition)
{
    size_t outer = course->point;
    size_t found = from;
    for (; found < course->window; found++) {
        course->point = found;
        if (recist_course_holds(course, condition)) {
            break;
        }
    }
    course->point = outer;
    return found < course->window ? found : course->window;
}

static bool holds_at(struct recist_course_evaluation *course, size_t at,
                     const struct recist_node *condition)
{
    size_t outer = course->point;
    course->point = at;
    bool holds = recist_course_holds(course, condition);
    course->point = outer;
    return holds;
}

static enum recist_truth connective(struct recist_course_evaluation *course,
                                    const struct recist_node *node, enum recist_truth settles)
{
    enum recist_truth left = recist_course_condition(course, node->left);
    if (left == settles) {
        return settles;
    }
    enum recist_truth right = recist_course_condition(course, node->right);
    return recist_truth_join(left, right, settles);
}

static enum recist_truth compare(struct recist_course_evaluation *course,
                                 const struct recist_node *node)
{
    recist_wide left = 0;
    recist_wide right = 0;
    if (!recist_course_value(course, node->left, &left) ||
        !recist_course_value(course, node->right, &right)) {
        return RECIST_UNKNOWN;
    }
    return recist_truth_of(recist_relate(left, (enum recist_relation)node->relation, right));
}

static unsigned word_of(const struct recist_course_evaluation *course,
                        const struct recist_node *node)
{
    size_t at = node->operation == RECIST_OP_AT ? course->origin : course->point;
    return course->points[at].word;
}

static bool ever(struct recist_course_evaluation *course, const struct recist_node *node)
{
    size_t origin = course->origin;
    bool held = false;
    course->origin = course->point;
    for (size_t at = 0; at < course->point && !held; at++) {
        held = holds_at(course, at, node->left);
    }
    course->origin = origin;
    return held;
}

static bool later(struct recist_course_evaluation *course, const struct recist_node *node)
{
    size_t origin = course->origin;
    bool holds = false;
    course->origin = course->point;
    for (size_t at = course->point + 1; at < course->point_count && !holds; at++) {
        if (node->right && holds_at(course, at, node->right)) {
            break;
        }
        holds = holds_at(course, at, node->left);
    }
    course->origin = origin;
    return holds;
}

/* Measurements tell which lesions stood at baseline, and so do responses that the criteria gave; of
 * other responses, none is known to have stood. */
static enum recist_truth had(const struct recist_course_evaluation *course, uint64_t mask)
{
    const struct recist_timeline *timeline = course->timeline;
    return recist_truth_of(timeline->has_baseline && (timeline->baseline_roles & mask) != 0);
}

static bool evaluable(const struct recist_course_evaluation *course)
{
    return !course->timeline->facts || course->timeline->facts->evaluable != RECIST_NO;
}

enum recist_truth recist_course_condition(struct recist_course_evaluation *course,
                                          const struct recist_node *condition)
{
    recist_wide value = 0;
    switch (condition->operation) {
    case RECIST_OP_TRUTH:
        return recist_truth_of(condition->constant == RECIST_TRUE);
    case RECIST_OP_AND:
        return connective(course, condition, RECIST_FALSE);
    case RECIST_OP_OR:
        return connective(course, condition, RECIST_TRUE);
    case RECIST_OP_NOT:
        return recist_truth_negation(recist_course_condition(course, condition->left));
    case RECIST_OP_COMPARE:
        return compare(course, condition);
    case RECIST_OP_KNOWN:
        return recist_truth_of(condition->left->type == RECIST_TYPE_WORD ||
                               recist_course_value(course, condition->left, &value));
    case RECIST_OP_WORD_IN:
        return recist_truth_of((condition->mask >> word_of(course, condition->left)) & 1);
    case RECIST_OP_EVER:
        return recist_truth_of(ever(course, condition));
    case RECIST_OP_LATER:
        return recist_truth_of(later(course, condition));
    case RECIST_OP_AT:
        return holds_at(course, course->origin, condition->left)
                   ? RECIST_TRUE
                   : RECIST_FALSE;
    case RECIST_OP_SOME:
        return recist_truth_of(find(course, 0, condition->left) < course->window);
    case RECIST_OP_HAD:
        return had(course, condition->mask);
    case RECIST_OP_HAS_BASELINE:
        return recist_truth_of(course->timeline->has_baseline);
    case RECIST_OP_EVALUABLE:
    default:
        return recist_truth_of(evaluable(course));
    }
}

/* How many of the points between two fulfil the condition. */
static size_t count_between(struct recist_course_evaluation *course, size_t first, size_t last,
                            const struct recist_node *condition)
{
    size_t count = 0;
    for (size_t at = first + 1; at < last; at++) {
        count += holds_at(course, at, condition);
    }
    return count;
}

static bool limits_hold(struct recist_course_evaluation *course, const struct recist_node *node,
                        size_t first, size_t last)
{
    for (size_t i = 2; i + 1 < node->more_count; i += 2) {
        recist_wide most = 0;
        if (!recist_course_value(course, node->more[i + 1], &most) ||
            (recist_wide)count_between(course, first, last, node->more[i]) * RECIST_ONE > most) {
            return false;
        }
    }
    return true;
}

/* The guideline asks for a second assessment some weeks later; it need not be the next one. */
static bool confirms(struct recist_course_evaluation *course, const struct recist_node *node,
                     size_t first, recist_wide days)
{
    for (size_t last = first + 1; last < course->window; last++) {
        bool between_fits =
            !node->more[1] ||
            count_between(course, first, last, node->more[1]) == last - first - 1;
        if (!between_fits) {
            return false;
        }
        if ((recist_wide)course->points[last].date - course->points[first].date >= days &&
            holds_at(course, last, node->right) && limits_hold(course, node, first, last)) {
            return true;
        }
    }
    return false;
}

static bool confirmation(struct recist_course_evaluation *course, const struct recist_node *node,
                         recist_wide *value)
{
    recist_wide days = 0;
    if (!recist_course_value(course, node->more[0], &days)) {
        return false;
    }
    for (size_t first = find(course, 0, node->left); first < course->window;
         first = find(course, first + 1, node->left)) {
        if (confirms(course, node, first, days)) {
            *value = course->points[first].date;
            return true;
        }
    }
    return false;
}

static bool since(int32_t date, int32_t start, recist_wide *value)
{
    if (start == RECIST_NO_DATE || date == RECIST_NO_DATE) {
        return false;
    }
    *value = (recist_wide)date - start;
    return true;
}

static bool course_date(const struct recist_course_evaluation *course, unsigned which,
                        recist_wide *value)
{
    const struct recist_course *facts = course->timeline->facts;
    int32_t date = RECIST_NO_DATE;
    switch ((enum recist_course_date)which) {
    case RECIST_COURSE_START:
        date = course->timeline->start;
        break;
    case RECIST_COURSE_END:
        date = facts ? facts->end : RECIST_NO_DATE;
        break;
    case RECIST_COURSE_NEXT_THERAPY:
        date = facts ? facts->next_therapy : RECIST_NO_DATE;
        break;
    case RECIST_COURSE_DEATH:
        date = facts ? facts->death : RECIST_NO_DATE;
        break;
    case RECIST_COURSE_LAST_CONTACT:
    default:
        date = facts ? facts->last_contact : RECIST_NO_DATE;
        break;
    }
    if (date != RECIST_NO_DATE) {
        *value = date;
    }
    return date != RECIST_NO_DATE;
}

static size_t count_visits(struct recist_course_evaluation *course,
                           const struct recist_node *condition)
{
    size_t count = 0;
    for (size_t at = 0; at < course->window; at++) {
        count += holds_at(course, at, condition);
    }
    return count;
}

static bool of_two(struct recist_course_evaluation *course, const struct recist_node *node,
                   recist_wide *value)
{
    recist_wide left = 0;
    recist_wide right = 0;
    bool left_known = recist_course_value(course, node->left, &left);
    bool right_known = recist_course_value(course, node->right, &right);
    if (node->operation == RECIST_OP_ADD || node->operation == RECIST_OP_SUBTRACT) {
        *value = node->operation == RECIST_OP_ADD ? left + right : left - right;
        return left_known && right_known;
    }
    if (left_known && right_known) {
        *value = (node->operation == RECIST_OP_MINIMUM) == (left < right) ? left : right;
        return true;
    }
    *value = left_known ? left : right;
    return left_known || right_known;
}

/* The last point of the window that fulfils the condition. */
static bool last_date(struct recist_course_evaluation *course, const struct recist_node *condition,
                      recist_wide *value)
{
    for (size_t at = course->window; at-- > 0;) {
        if (holds_at(course, at, condition)) {
            return since(course->points[at].date, 0, value);
        }
    }
    return false;
}

static bool value_at_origin(struct recist_course_evaluation *course,
                            const struct recist_node *node, recist_wide *value)
{
    size_t present = course->point;
    course->point = course->origin;
    bool known = recist_course_value(course, node, value);
    course->point = present;
    return known;
}

bool recist_course_value(struct recist_course_evaluation *course, const struct recist_node *node,
                         recist_wide *value)
{
    const struct recist_timeline *timeline = course->timeline;
    size_t found = 0;
    switch (node->operation) {
    case RECIST_OP_VALUE:
        *value = node->constant;
        return true;
    case RECIST_OP_VISIT_DATE:
        return since(point(course)->date, 0, value);
    case RECIST_OP_AT:
        return value_at_origin(course, node->left, value);
    case RECIST_OP_LAST_DATE:
        return last_date(course, node->left, value);
    case RECIST_OP_OTHERWISE:
        return recist_course_value(course, node->left, value) ||
               recist_course_value(course, node->right, value);
    case RECIST_OP_DAYS_ON_STUDY:
        return since(point(course)->date, timeline->start, value);
    case RECIST_OP_DAYS_FROM_BASELINE:
        return since(point(course)->date, timeline->baseline_date, value);
    case RECIST_OP_DAYS_TO:
        found = find(course, 0, node->left);
        return found < course->window &&
               since(course->points[found].date, timeline->start, value);
    case RECIST_OP_FIRST_DATE:
        found = find(course, 0, node->left);
        return found < course->window && since(course->points[found].date, 0, value);
    case RECIST_OP_VISITS:
        *value = (recist_wide)count_visits(course, node->left) * RECIST_ONE;
        return true;
    case RECIST_OP_ALL_VISITS:
        *value = (recist_wide)course->point_count * RECIST_ONE;
        return true;
    case RECIST_OP_COURSE_DATE:
        return course_date(course, node->index, value);
    case RECIST_OP_CONFIRMATION:
        return confirmation(course, node, value);
    case RECIST_OP_MINIMUM:
    case RECIST_OP_MAXIMUM:
    case RECIST_OP_ADD:
    case RECIST_OP_SUBTRACT:
        return of_two(course, node, value);
    case RECIST_OP_IF:
        return recist_course_holds(course, node->left) &&
               recist_course_value(course, node->right, value);
    default:
        return false;
    }
}
