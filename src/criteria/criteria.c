/* SPDX-License-Identifier: MIT
 * What compiled criteria tell of themselves. */
#include "criteria/criteria.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"

void recist_criteria_destroy(struct recist_criteria *criteria)
{
    if (criteria) {
        recist_organ_map_destroy(criteria->organs);
        recist_arena_destroy(&criteria->arena);
        free(criteria);
    }
}

const char *recist_criteria_id(const struct recist_criteria *criteria)
{
    return criteria->id;
}

const char *recist_criteria_title(const struct recist_criteria *criteria)
{
    return criteria->title;
}

const char *recist_criteria_version(const struct recist_criteria *criteria)
{
    return criteria->version;
}

const char *recist_criteria_status(const struct recist_criteria *criteria)
{
    return criteria->status;
}

const char *recist_criteria_source(const struct recist_criteria *criteria)
{
    return criteria->source;
}

const char *recist_criteria_cite_as(const struct recist_criteria *criteria)
{
    return criteria->cite_as;
}

const char *recist_criteria_path(const struct recist_criteria *criteria)
{
    return criteria->file->path;
}

const char *recist_criteria_sha256(const struct recist_criteria *criteria)
{
    return criteria->file->sha256;
}

const struct recist_vocabulary *recist_criteria_vocabulary(const struct recist_criteria *criteria)
{
    return &criteria->vocabulary;
}

const char *recist_criteria_word(const struct recist_criteria *criteria, unsigned word)
{
    return word < criteria->word_count ? criteria->words[word] : "";
}

size_t recist_criteria_component_count(const struct recist_criteria *criteria)
{
    return criteria->component_count;
}

const char *recist_criteria_component_name(const struct recist_criteria *criteria,
                                           size_t component)
{
    return component < criteria->component_count ? criteria->components[component].name : "";
}

bool recist_role_has_status(const struct recist_criteria *criteria, size_t role, size_t status)
{
    const struct recist_role_word *word = &criteria->vocabulary.roles[role];
    for (size_t i = 0; i < word->status_count; i++) {
        if (word->statuses[i] == status) {
            return true;
        }
    }
    return false;
}

size_t recist_criteria_measure_count(const struct recist_criteria *criteria)
{
    return criteria->measure_count;
}

const char *recist_criteria_measure_name(const struct recist_criteria *criteria, size_t measure)
{
    return measure < criteria->measure_count ? criteria->measures[measure].name : "";
}

const char *recist_criteria_measure_title(const struct recist_criteria *criteria, size_t measure)
{
    return measure < criteria->measure_count ? criteria->measures[measure].title : "";
}

static enum recist_type measure_type(const struct recist_criteria *criteria, size_t measure)
{
    return measure < criteria->measure_count ? criteria->measures[measure].type : RECIST_TYPE_NONE;
}

const char *recist_criteria_measure_unit(const struct recist_criteria *criteria, size_t measure)
{
    return recist_type_unit(criteria, measure_type(criteria, measure));
}

int64_t recist_criteria_measure_denominator(const struct recist_criteria *criteria, size_t measure)
{
    if (measure < criteria->measure_count &&
        criteria->measures[measure].aggregate == RECIST_AGGREGATE_MEAN) {
        return RECIST_ONE * RECIST_MEAN_SCALE;
    }
    return measure_type(criteria, measure) == RECIST_TYPE_AREA ? RECIST_ONE * RECIST_ONE
                                                               : RECIST_ONE;
}

bool recist_criteria_measure_shown(const struct recist_criteria *criteria, size_t measure)
{
    return measure == 0 || (measure < criteria->measure_count && criteria->measures[measure].shown);
}

size_t recist_criteria_convention_count(const struct recist_criteria *criteria)
{
    return criteria->convention_count;
}

const char *recist_criteria_convention_name(const struct recist_criteria *criteria,
                                            size_t convention)
{
    return convention < criteria->convention_count ? criteria->conventions[convention].name : "";
}

const char *recist_criteria_convention_value(const struct recist_criteria *criteria,
                                             size_t convention)
{
    return convention < criteria->convention_count ? criteria->conventions[convention].value : "";
}

bool recist_criteria_convention_changed(const struct recist_criteria *criteria, size_t convention)
{
    if (convention >= criteria->convention_count) {
        return false;
    }
    const struct recist_convention *of = &criteria->conventions[convention];
    return strcmp(of->value, of->declared) != 0;
}

const char *recist_criteria_convention_written(const struct recist_criteria *criteria,
                                               size_t convention)
{
    return convention < criteria->convention_count ? criteria->conventions[convention].written : "";
}

size_t recist_criteria_find_convention(const struct recist_criteria *criteria, const char *name)
{
    for (size_t i = 0; i < criteria->convention_count; i++) {
        const struct recist_convention *convention = &criteria->conventions[i];
        if (strcmp(convention->name, name) == 0 ||
            (convention->also[0] && strcmp(convention->also, name) == 0)) {
            return i;
        }
    }
    return SIZE_MAX;
}

int32_t recist_criteria_visit_span(const struct recist_criteria *criteria)
{
    return criteria->visit_span;
}

int32_t recist_criteria_baseline_window(const struct recist_criteria *criteria)
{
    return criteria->baseline_window;
}

int32_t recist_criteria_complete_date(const struct recist_criteria *criteria, int32_t first_day,
                                      enum recist_date_precision precision)
{
    const struct recist_convention *convention =
        &criteria->conventions[criteria->partial_date_convention];
    struct recist_calendar_date date = recist_date_to_calendar(first_day);
    bool year = precision == RECIST_DATE_YEAR;
    if (precision == RECIST_DATE_DAY || strcmp(convention->value, "first") == 0) {
        return first_day;
    }
    if (strcmp(convention->value, "middle") == 0) {
        return year ? recist_date_from_calendar(date.year, 7, 1)
                    : recist_date_from_calendar(date.year, date.month, 15);
    }
    return year ? recist_date_from_calendar(date.year, 12, 31)
                : recist_date_from_calendar(date.year, date.month,
                                            recist_date_days_in_month(date.year, date.month));
}

unsigned recist_criteria_find_word(const struct recist_criteria *criteria, struct recist_slice text)
{
    for (unsigned i = 1; i < criteria->word_count; i++) {
        if (strlen(criteria->words[i]) == text.length &&
            memcmp(criteria->words[i], text.text, text.length) == 0) {
            return i;
        }
    }
    return 0;
}

const struct recist_rule *recist_criteria_overall_rule(const struct recist_criteria *criteria,
                                                       unsigned overall_rule)
{
    size_t number = overall_rule;
    if (number < criteria->table.row_count) {
        return NULL;
    }
    number -= criteria->table.row_count;
    if (number < criteria->history_count) {
        return &criteria->history[number];
    }
    number -= criteria->history_count;
    return number < criteria->amendment_count ? &criteria->amendments[number] : NULL;
}

void recist_criteria_organ(const struct recist_criteria *criteria,
                           struct recist_organ_scratch *scratch, struct recist_slice site,
                           struct recist_slice *organ, bool *nodal)
{
    recist_organ_map_find(criteria->organs, scratch, site, organ, nodal);
}

struct recist_slice recist_criteria_nodal_organ(const struct recist_criteria *criteria)
{
    return recist_organ_map_nodal_organ(criteria->organs);
}

uint64_t recist_criteria_word_set(const struct recist_criteria *criteria, enum recist_word_set set)
{
    return set < RECIST_WORD_SET_COUNT ? criteria->best.word_sets[set] : 0;
}

unsigned recist_criteria_progression_word(const struct recist_criteria *criteria)
{
    return criteria->best.progression_word;
}

bool recist_criteria_has_progression_date(const struct recist_criteria *criteria)
{
    return criteria->best.progression_date != NULL;
}

unsigned recist_criteria_word_rank(const struct recist_criteria *criteria, unsigned word)
{
    return word < RECIST_WORD_LIMIT ? criteria->best.ranks[word] : 0;
}
