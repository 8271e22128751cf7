/* SPDX-License-Identifier: MIT
 * Reads a set of endpoint definitions. Unknown keys are refused, with line and column. */
#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "criteria/criteria_search.h"
#include "criteria/yaml_access.h"
#include "endpoints/endpoints.h"

#define FOLDER "endpoints/"

struct recist_endpoints {
    struct recist_arena arena;
    const char *id;
    const char *path;
    struct recist_visit_schedule schedule;
    struct recist_endpoint *definitions;
    size_t count;
};

static const char *const starts[] = {"course start", "first response"};
static const char *const courses[] = {"all", "responders", "confirmed responders"};
static const char *const censor_dates[] = {"last evaluable assessment", "last contact"};
static const char *const sources[] = {
    [RECIST_EVENT_PROGRESSION] = "progression",
    [RECIST_EVENT_REPORTED] = "reported progression",
    [RECIST_EVENT_DEATH] = "death",
    [RECIST_EVENT_RESPONSE] = "response",
};
#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const char *read_string(struct recist_yaml_reader *reader, struct recist_yaml_node *mapping,
                               const char *key, const char *what)
{
    struct recist_slice text = {0};
    recist_yaml_text(reader, recist_yaml_require(reader, mapping, key, what), &text);
    return text.text ? text.text : "";
}

/* `description` says why (EVNTDESC), `date` which day (CNSDTDSC). */
static void read_censoring(struct recist_yaml_reader *reader, struct recist_yaml_node *node,
                           struct recist_censoring *censoring)
{
    censoring->description = read_string(reader, node, "description", "a way to be censored");
    censoring->date_description = read_string(reader, node, "date", "a way to be censored");
}

/* A rule that a definition may leave out, or say that it does not follow. */
static struct recist_yaml_node *read_rule(struct recist_yaml_reader *reader,
                                          struct recist_yaml_node *definition, const char *key,
                                          struct recist_censoring *censoring)
{
    struct recist_yaml_node *node = recist_yaml_get(reader, definition, key);
    if (!node || recist_yaml_equals(node, "ignore") ||
        !recist_yaml_expect(reader, node, RECIST_YAML_MAPPING)) {
        return NULL;
    }
    read_censoring(reader, node, censoring);
    return node;
}

static void read_missed_visits(struct recist_yaml_reader *reader,
                               struct recist_yaml_node *definition,
                               struct recist_endpoint *endpoint)
{
    struct recist_yaml_node *node =
        read_rule(reader, definition, "missed_visits", &endpoint->missed_visits);
    if (node) {
        recist_yaml_count(reader,
                          recist_yaml_require(reader, node, "most", "the rule on missed visits"),
                          &endpoint->most_missed);
        recist_yaml_refuse_unused(reader, node, "the rule on missed visits");
    }
}

static void read_plain_rule(struct recist_yaml_reader *reader, struct recist_yaml_node *definition,
                            const char *key, struct recist_censoring *censoring)
{
    struct recist_yaml_node *node = read_rule(reader, definition, key, censoring);
    recist_yaml_refuse_unused(reader, node, "a way to be censored");
}

static void read_event(struct recist_yaml_reader *reader, struct recist_yaml_node *node,
                       struct recist_endpoint_event *event)
{
    size_t choice = 0;
    recist_yaml_expect(reader, node, RECIST_YAML_MAPPING);
    recist_yaml_choice(reader, recist_yaml_require(reader, node, "event", "an event"), sources,
                       LENGTH(sources), &choice);
    event->source = (enum recist_event_source)choice;
    event->description = read_string(reader, node, "description", "an event");
    recist_yaml_refuse_unused(reader, node, "an event");
}

static void read_events(struct recist_yaml_reader *reader, struct recist_yaml_node *definition,
                        struct recist_endpoint *endpoint)
{
    struct recist_yaml_node *list =
        recist_yaml_require(reader, definition, "events", "an endpoint");
    if (!recist_yaml_expect(reader, list, RECIST_YAML_SEQUENCE)) {
        return;
    }
    struct recist_endpoint_event *events =
        recist_arena_take_zeroed(reader->arena, list->count + 1, sizeof *events);
    if (!events) {
        reader->no_memory = true;
        return;
    }
    if (list->count == 0) {
        recist_yaml_report(reader, RECIST_KIND(RULES_WRONG_KIND), list->place,
                           "\"events\" is empty; an endpoint ends with at least one");
    }
    for (struct recist_yaml_node *node = list->first; node; node = node->next) {
        read_event(reader, node, &events[endpoint->event_count++]);
    }
    endpoint->events = events;
}

static void read_censor(struct recist_yaml_reader *reader, struct recist_yaml_node *definition,
                        struct recist_endpoint *endpoint)
{
    size_t choice = 0;
    struct recist_yaml_node *node =
        recist_yaml_require(reader, definition, "censor", "an endpoint");
    if (!recist_yaml_expect(reader, node, RECIST_YAML_MAPPING)) {
        return;
    }
    recist_yaml_choice(reader, recist_yaml_require(reader, node, "at", "\"censor\""),
                       censor_dates, LENGTH(censor_dates), &choice);
    endpoint->censor_date = (enum recist_censor_date)choice;
    read_censoring(reader, node, &endpoint->censor);
    recist_yaml_refuse_unused(reader, node, "\"censor\"");
}

static bool censors_at_assessment(const struct recist_endpoint *endpoint)
{
    return endpoint->censor_date == RECIST_LAST_EVALUABLE_ASSESSMENT ||
           endpoint->new_therapy.description || endpoint->missed_visits.description;
}

static bool ends_with_response(const struct recist_endpoint *endpoint)
{
    for (size_t i = 0; i < endpoint->event_count; i++) {
        if (endpoint->events[i].source == RECIST_EVENT_RESPONSE) {
            return true;
        }
    }
    return false;
}

/* What no reader would notice until the numbers are wrong. */
static void check_definition(struct recist_yaml_reader *reader,
                             const struct recist_yaml_node *definition,
                             const struct recist_endpoint *endpoint)
{
    struct recist_place place = definition->key->place;
    bool from_response = endpoint->start == RECIST_FROM_FIRST_RESPONSE;
    if ((from_response || ends_with_response(endpoint)) &&
        endpoint->courses == RECIST_ALL_COURSES) {
        recist_yaml_report(reader, RECIST_KIND(RULES_WRONG_KIND), place,
                           "\"%s\" needs a first response; \"courses\" must be responders or "
                           "confirmed responders",
                           endpoint->name);
    }
    if (censors_at_assessment(endpoint) && !endpoint->no_assessment.description) {
        recist_yaml_report(reader, RECIST_KIND(RULES_MISSING_KEY), place,
                           "\"%s\" censors at the last evaluable assessment; \"no_assessment\" "
                           "must say what holds where there is none",
                           endpoint->name);
    }
}

static void read_definition(struct recist_yaml_reader *reader, struct recist_yaml_node *node,
                            struct recist_endpoint *endpoint)
{
    size_t start = 0;
    size_t whose = 0;
    endpoint->name = node->key->text;
    if (!recist_yaml_expect(reader, node, RECIST_YAML_MAPPING)) {
        return;
    }
    endpoint->title = read_string(reader, node, "title", "an endpoint");
    recist_yaml_choice(reader, recist_yaml_require(reader, node, "start", "an endpoint"), starts,
                       LENGTH(starts), &start);
    recist_yaml_choice(reader, recist_yaml_require(reader, node, "courses", "an endpoint"), courses,
                       LENGTH(courses), &whose);
    endpoint->start = (enum recist_endpoint_start)start;
    endpoint->courses = (enum recist_endpoint_courses)whose;
    read_events(reader, node, endpoint);
    read_censor(reader, node, endpoint);
    read_plain_rule(reader, node, "no_assessment", &endpoint->no_assessment);
    read_plain_rule(reader, node, "without_baseline", &endpoint->without_baseline);
    read_plain_rule(reader, node, "new_therapy", &endpoint->new_therapy);
    read_missed_visits(reader, node, endpoint);
    recist_yaml_refuse_unused(reader, node, "an endpoint");
    check_definition(reader, node, endpoint);
}

static void read_schedule(struct recist_yaml_reader *reader, struct recist_yaml_node *root,
                          struct recist_visit_schedule *schedule)
{
    struct recist_yaml_node *node = recist_yaml_get_mapping(reader, root, "schedule");
    if (node) {
        recist_yaml_count(reader,
                          recist_yaml_require(reader, node, "interval_days", "\"schedule\""),
                          &schedule->interval);
        recist_yaml_count(reader, recist_yaml_require(reader, node, "window_days", "\"schedule\""),
                          &schedule->window);
        recist_yaml_refuse_unused(reader, node, "\"schedule\"");
    }
}

static void read_set(struct recist_yaml_reader *reader, struct recist_yaml_node *root,
                     struct recist_endpoints *set)
{
    if (!recist_yaml_expect(reader, root, RECIST_YAML_MAPPING)) {
        return;
    }
    const char *what = "a set of endpoints";
    set->id = read_string(reader, root, "endpoints", what);
    read_string(reader, root, "title", what);
    read_string(reader, root, "source", what);
    read_schedule(reader, root, &set->schedule);
    struct recist_yaml_node *list = recist_yaml_require(reader, root, "definitions", what);
    if (recist_yaml_expect(reader, list, RECIST_YAML_MAPPING)) {
        recist_yaml_use_all(list);
        set->definitions =
            recist_arena_take_zeroed(reader->arena, list->count + 1, sizeof *set->definitions);
        reader->no_memory = reader->no_memory || !set->definitions;
        for (struct recist_yaml_node *node = list->first; node && set->definitions;
             node = node->next) {
            read_definition(reader, node, &set->definitions[set->count++]);
        }
    }
    recist_yaml_refuse_unused(reader, root, what);
}

static enum recist_outcome report_not_found(const char *name, struct recist_findings *findings)
{
    static const char *const shipped[] = {"paper", "fda", "ema"};
    const char *nearest =
        recist_nearest_name((struct recist_slice){name, strlen(name)}, shipped, LENGTH(shipped));
    recist_findings_report(findings, RECIST_KIND(RULES_NOT_FOUND), (struct recist_place){0},
                           (struct recist_subject){0},
                           "there are no endpoint definitions called \"%s\"; %s%s%s",
                           RECIST_SHOWN_STRING(name), nearest ? "did you mean \"" : "expected ",
                           nearest ? nearest : "paper, fda, ema, or the path of a YAML file",
                           nearest ? "\"?" : "");
    return RECIST_UNREADABLE;
}

static enum recist_outcome find_path(struct recist_arena *arena, const char *name,
                                     const char *const *directories, size_t directory_count,
                                     const char **path)
{
    if (recist_criteria_is_path(name)) {
        *path = recist_arena_copy(arena, name, strlen(name));
        return *path ? RECIST_DONE : RECIST_NO_MEMORY;
    }
    struct recist_criteria_directories searched = {.given = directories,
                                                   .given_count = directory_count};
    size_t length = strlen(name);
    char *within = recist_arena_take(arena, sizeof FOLDER + length);
    if (!within) {
        return RECIST_NO_MEMORY;
    }
    memcpy(within, FOLDER, sizeof FOLDER - 1);
    memcpy(within + sizeof FOLDER - 1, name, length + 1);
    return recist_criteria_find(within, &searched, NULL, arena, path);
}

static enum recist_outcome read_file(struct recist_endpoints *set, struct recist_findings *findings)
{
    struct recist_slice bytes;
    struct recist_yaml_node *root = NULL;
    struct recist_yaml_reader reader = {.arena = &set->arena, .findings = findings};
    enum recist_outcome outcome = recist_yaml_read_file(set->path, (struct recist_place){0},
                                                        &set->arena, findings, &bytes);
    if (outcome == RECIST_DONE) {
        outcome = recist_yaml_parse(bytes, set->path, &set->arena, findings, &root);
    }
    if (root) {
        read_set(&reader, root, set);
    }
    if (reader.no_memory) {
        return RECIST_NO_MEMORY;
    }
    return outcome == RECIST_DONE && reader.errors > 0 ? RECIST_INVALID : outcome;
}

enum recist_outcome recist_endpoints_load(const char *name_or_path, const char *const *directories,
                                          size_t directory_count, struct recist_findings *findings,
                                          struct recist_endpoints **endpoints)
{
    struct recist_endpoints *set = calloc(1, sizeof *set);
    *endpoints = NULL;
    if (!set) {
        return RECIST_NO_MEMORY;
    }
    recist_arena_init(&set->arena, 0);
    enum recist_outcome outcome =
        find_path(&set->arena, name_or_path, directories, directory_count, &set->path);
    if (outcome == RECIST_DONE) {
        outcome = set->path ? read_file(set, findings) : report_not_found(name_or_path, findings);
    }
    if (outcome == RECIST_DONE) {
        *endpoints = set;
    } else {
        recist_endpoints_destroy(set);
    }
    return outcome;
}

void recist_endpoints_destroy(struct recist_endpoints *endpoints)
{
    if (endpoints) {
        recist_arena_destroy(&endpoints->arena);
        free(endpoints);
    }
}

const char *recist_endpoints_id(const struct recist_endpoints *endpoints)
{
    return endpoints->id;
}

const char *recist_endpoints_path(const struct recist_endpoints *endpoints)
{
    return endpoints->path;
}

struct recist_visit_schedule recist_endpoints_schedule(const struct recist_endpoints *endpoints)
{
    return endpoints->schedule;
}

size_t recist_endpoints_count(const struct recist_endpoints *endpoints)
{
    return endpoints->count;
}

const struct recist_endpoint *recist_endpoints_at(const struct recist_endpoints *endpoints,
                                                  size_t index)
{
    return &endpoints->definitions[index];
}

const struct recist_endpoint *recist_endpoints_find(const struct recist_endpoints *endpoints,
                                                    const char *name)
{
    for (size_t i = 0; i < endpoints->count; i++) {
        if (strcmp(endpoints->definitions[i].name, name) == 0) {
            return &endpoints->definitions[i];
        }
    }
    return NULL;
}
