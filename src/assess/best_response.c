/* SPDX-License-Identifier: MIT
 * The best response of a course: assessed rules, window, then the rules without and with
 * confirmation. */
#include <stdlib.h>
#include <string.h>

#include "assess/assessor.h"
#include "assess/course_evaluation.h"

struct recist_best_resolver {
    const struct recist_criteria *criteria;
    struct recist_arena arena; /* one timeline at a time */
    struct recist_course_evaluation course;
    struct recist_best best;
    struct recist_text text;
    struct recist_recent_texts recent;
};

struct recist_best_resolver *recist_best_resolver_create(const struct recist_criteria *criteria)
{
    struct recist_best_resolver *resolver = calloc(1, sizeof *resolver);
    if (resolver) {
        resolver->criteria = criteria;
        recist_arena_init(&resolver->arena, 0);
        recist_text_init(&resolver->text);
    }
    return resolver;
}

void recist_best_resolver_destroy(struct recist_best_resolver *resolver)
{
    if (resolver) {
        recist_arena_destroy(&resolver->arena);
        recist_text_destroy(&resolver->text);
        free(resolver);
    }
}

/* Whether a point shows progression on or before this date: one that is only suspected does not. */
static bool progressed_by(const struct recist_best_resolver *resolver,
                          const struct recist_timeline *timeline, int32_t date)
{
    unsigned progression = resolver->criteria->best.progression_word;
    for (size_t i = 0; i < timeline->point_count && timeline->points[i].date <= date; i++) {
        if (timeline->points[i].word == progression) {
            return true;
        }
    }
    return false;
}

/* The points, with the progression of the courses file where no visit shows one by then. */
static bool copy_points(struct recist_best_resolver *resolver,
                        const struct recist_timeline *timeline)
{
    struct recist_response_point *points = recist_arena_take_zeroed(
        &resolver->arena, timeline->point_count + 1, sizeof *points);
    if (!points) {
        return false;
    }
    int32_t told = timeline->facts ? timeline->facts->progression : RECIST_NO_DATE;
    unsigned word = resolver->criteria->best.progression_word;
    bool pending = told != RECIST_NO_DATE && word != 0 && !progressed_by(resolver, timeline, told);
    size_t count = 0;
    for (size_t i = 0; i <= timeline->point_count; i++) {
        bool here = pending && (i == timeline->point_count || timeline->points[i].date > told);
        if (here) {
            points[count++] = (struct recist_response_point){.date = told,
                                                             .last_scan = told,
                                                             .word = (uint16_t)word,
                                                             .sum = RECIST_WIDE_MISSING};
            pending = false;
        }
        if (i < timeline->point_count) {
            points[count++] = timeline->points[i];
        }
    }
    resolver->course = (struct recist_course_evaluation){.criteria = resolver->criteria,
                                                         .timeline = timeline,
                                                         .points = points,
                                                         .point_count = count,
                                                         .window = count};
    return true;
}

static void change(struct recist_best_resolver *resolver, const struct recist_rule *rules,
                   size_t count, struct recist_response_point *point)
{
    for (size_t i = 0; i < count && !point->settled; i++) {
        if (recist_course_holds(&resolver->course, rules[i].when)) {
            point->word = rules[i].word;
            return;
        }
    }
}

/* History looks at what stands before, as changed; amendments at all responses before any of
 * them. */
static bool apply_assessed(struct recist_best_resolver *resolver)
{
    const struct recist_best_response *rules = &resolver->criteria->best;
    struct recist_course_evaluation *course = &resolver->course;
    size_t size = course->point_count * sizeof *course->points;
    struct recist_response_point *changed = recist_arena_take(&resolver->arena, size + 1);
    struct recist_response_point *amended = recist_arena_take(&resolver->arena, size + 1);
    if (!changed || !amended || size == 0) {
        return changed && amended;
    }
    memcpy(changed, course->points, size);
    course->points = changed;
    for (course->point = 0; course->point < course->point_count; course->point++) {
        change(resolver, rules->history, rules->history_count, &changed[course->point]);
    }
    memcpy(amended, changed, size);
    for (course->point = 0; course->point < course->point_count; course->point++) {
        change(resolver, rules->amendments, rules->amendment_count, &amended[course->point]);
    }
    course->points = amended;
    return true;
}

static void close_window(struct recist_best_resolver *resolver)
{
    const struct recist_best_response *rules = &resolver->criteria->best;
    struct recist_course_evaluation *course = &resolver->course;
    recist_wide before = 0;
    bool limited = rules->before && recist_course_value(course, rules->before, &before);
    size_t window = 0;
    while (window < course->point_count) {
        if (limited && course->points[window].date >= before) {
            break;
        }
        course->point = window++;
        if (rules->until && recist_course_holds(course, rules->until)) {
            break;
        }
    }
    course->window = window;
}

static void decide(struct recist_best_resolver *resolver, const struct recist_course_rules *rules,
                   uint16_t *word, uint16_t *number, int32_t *date)
{
    size_t rule = 0;
    while (rule + 1 < rules->count &&
           !recist_course_holds(&resolver->course, rules->rules[rule].rule.when)) {
        rule++;
    }
    recist_wide value = 0;
    const struct recist_course_rule *decided = &rules->rules[rule];
    *word = decided->rule.word;
    *number = (uint16_t)rule;
    *date = decided->date && recist_course_value(&resolver->course, decided->date, &value)
                ? (int32_t)value
                : RECIST_NO_DATE;
}

/* Where the criteria say how, from all responses of the window at once. */
static void date_progression(struct recist_best_resolver *resolver)
{
    const struct recist_node *rule = resolver->criteria->best.progression_date;
    recist_wide date = 0;
    if (rule) {
        bool known = recist_course_value(&resolver->course, rule, &date);
        resolver->best.progression_date = known ? (int32_t)date : RECIST_NO_DATE;
    }
}

static void survey_window(struct recist_best_resolver *resolver)
{
    const struct recist_course_evaluation *course = &resolver->course;
    struct recist_best *best = &resolver->best;
    const uint64_t *sets = resolver->criteria->best.word_sets;
    best->window = course->window;
    for (size_t i = 0; i < course->window; i++) {
        const struct recist_response_point *point = &course->points[i];
        if (!((sets[RECIST_WORDS_NOT_EVALUABLE] >> point->word) & 1)) {
            best->last_evaluated = point->date;
        }
        if (((sets[RECIST_WORDS_PROGRESSION] >> point->word) & 1) &&
            best->progression_date == RECIST_NO_DATE) {
            best->progression_date = point->date;
        }
        if (point->sum < best->best_sum) {
            best->best_sum = point->sum;
        }
    }
}

enum recist_outcome recist_best_resolve(struct recist_best_resolver *resolver,
                                        const struct recist_timeline *timeline,
                                        struct recist_best *best)
{
    const struct recist_best_response *rules = &resolver->criteria->best;
    recist_arena_reset(&resolver->arena);
    resolver->best = (struct recist_best){.response_date = RECIST_NO_DATE,
                                          .confirmed_response_date = RECIST_NO_DATE,
                                          .progression_date = RECIST_NO_DATE,
                                          .last_evaluated = RECIST_NO_DATE,
                                          .best_sum = RECIST_WIDE_MISSING};
    if (!copy_points(resolver, timeline) ||
        (!timeline->from_measurements && !apply_assessed(resolver))) {
        return RECIST_NO_MEMORY;
    }
    close_window(resolver);
    survey_window(resolver);
    date_progression(resolver);
    struct recist_best *result = &resolver->best;
    if (rules->unconfirmed.count > 0) {
        decide(resolver, &rules->unconfirmed, &result->word, &result->rule,
               &result->response_date);
    }
    if (rules->confirmed.count > 0) {
        decide(resolver, &rules->confirmed, &result->confirmed_word, &result->confirmed_rule,
               &result->confirmed_response_date);
    }
    *best = *result;
    return RECIST_DONE;
}

const struct recist_response_point *
recist_best_points(const struct recist_best_resolver *resolver, size_t *count)
{
    *count = resolver->course.point_count;
    return resolver->course.points;
}

const char *recist_best_rule_id(const struct recist_criteria *criteria, bool confirmed,
                                unsigned rule)
{
    const struct recist_course_rules *rules =
        confirmed ? &criteria->best.confirmed : &criteria->best.unconfirmed;
    return rule < rules->count ? rules->rules[rule].rule.id : "";
}

static void say_value(struct recist_best_resolver *resolver, const struct recist_node *node)
{
    recist_wide value = 0;
    if (recist_course_value(&resolver->course, node, &value)) {
        struct recist_saying saying = {.criteria = resolver->criteria,
                                       .recent = &resolver->recent,
                                       .text = &resolver->text};
        recist_say_quantity(&saying, node, value);
    } else {
        recist_text_append_string(&resolver->text, "not known");
    }
}

bool recist_best_reason(struct recist_best_resolver *resolver, bool confirmed,
                        recist_append append, void *to)
{
    const struct recist_best_response *best = &resolver->criteria->best;
    const struct recist_course_rules *rules = confirmed ? &best->confirmed : &best->unconfirmed;
    size_t number = confirmed ? resolver->best.confirmed_rule : resolver->best.rule;
    resolver->text.length = 0;
    if (number < rules->count) {
        const struct recist_sentence *say = &rules->rules[number].rule.say;
        for (size_t i = 0; i < say->count; i++) {
            recist_text_append_slice(&resolver->text, say->pieces[i].literal);
            if (say->pieces[i].node) {
                say_value(resolver, say->pieces[i].node);
            }
        }
    }
    return !resolver->text.failed &&
           append(to, resolver->text.bytes ? resolver->text.bytes : "", resolver->text.length);
}
