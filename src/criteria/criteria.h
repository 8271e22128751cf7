/* SPDX-License-Identifier: MIT
 * Compiled criteria: flat, immutable, shared by all threads. Made by compile.c, read by the
 * assessment and by what describes criteria to people. */
#ifndef RECIST_CRITERIA_CRITERIA_H
#define RECIST_CRITERIA_CRITERIA_H

#include <recist/criteria.h>
#include <recist/timeline.h>

#include "base/arena.h"
#include "criteria/criteria_file.h"
#include "criteria/expression.h"
#include "criteria/organ_map.h"

/* Words of one criteria file fit into a 64 bit set; word 0 is no word. */
#define RECIST_WORD_LIMIT 64

struct recist_choice {
    const char *value;
    const char *meaning;
};

struct recist_convention {
    const char *name;
    const char *question;
    const char *cite;
    const char *also; /* another name that --set takes for it; or empty */
    const struct recist_choice *choices; /* none for a quantity */
    size_t choice_count;
    const char *value;    /* in force */
    const char *written;  /* in the file, before --set changed it */
    const char *declared; /* before charters changed it too */
    unsigned chosen;      /* index into choices */
    enum recist_type type; /* RECIST_TYPE_TRUTH, RECIST_TYPE_CHOICE or of a quantity */
    recist_wide quantity;
    bool used;
};

/* A value that depends on the lesion: the first case that holds gives it. */
struct recist_value_case {
    const struct recist_node *when; /* NULL: always */
    const struct recist_node *value;
    const char *when_text;
    const char *value_text;
    const char *cite;
};
struct recist_lesion_value {
    const char *name;
    const char *title;
    enum recist_type type;
    const struct recist_value_case *cases;
    size_t case_count;
    size_t same_as; /* its own index, or of the value it equals under these conventions */
    bool used;
};

enum recist_aggregate {
    RECIST_AGGREGATE_SUM,
    RECIST_AGGREGATE_MAXIMUM,
    RECIST_AGGREGATE_MINIMUM,
    RECIST_AGGREGATE_MEAN,
    RECIST_AGGREGATE_COUNT, /* of the lesions that fulfil a condition */
};

struct recist_measure {
    const char *name;
    const char *title;
    const char *cite;
    enum recist_type type;
    enum recist_aggregate aggregate;
    size_t of; /* lesion value; meaningless for a count */
    const struct recist_node *counted; /* what a counted lesion fulfils */
    const char *counted_text;
    const struct recist_node *over; /* NULL: all of the role */
    uint16_t role; /* 0, or the only role that `over` can select */
    const char *over_text;
    size_t same_as; /* its own index, or of the measure it equals under these conventions */
    /* A visit that fulfils it is the baseline of those after it; NULL when only the first one is. */
    const struct recist_node *new_baseline;
    const char *new_baseline_text;
    /* Earlier visits are gathered again over the lesions of the visit looked at. */
    bool same_lesions;
    bool shown; /* in result tables; the first one always is */
    bool used;
};

/* What a further column of the measurement file means; beside vocabulary.columns. */
struct recist_column_meaning {
    const char *title;
    enum recist_type type; /* RECIST_TYPE_TRUTH: yes or no */
    bool used;
};

/* What visits enter and leave again, such as a progression that is not confirmed yet. */
struct recist_state {
    const char *name;
    const char *title;
    const char *cite;
    const struct recist_node *enter;
    const struct recist_node *leave; /* NULL: it lasts */
    const char *enter_text;
    const char *leave_text;
    struct recist_place place;
    bool used;
};

struct recist_rule {
    const char *id;
    uint16_t word; /* 0 in checks */
    bool what_was_evaluated;
    const struct recist_node *when; /* NULL: always */
    const char *when_text;
    const char *cite;
    const char *say_text;
    struct recist_sentence say;
    struct recist_place place;
};

struct recist_component {
    const char *name;
    const char *title;
    struct recist_rule *rules;
    size_t rule_count;
    uint64_t words; /* every word a rule of it can give */
    struct recist_place place;
    bool beside; /* reported beside the overall response, in which it has no say */
    bool used;
};

struct recist_table_row {
    const char *id;
    const uint64_t *cells; /* one set of words for each column */
    uint16_t word;
    struct recist_place place;
};

struct recist_decision_table {
    const char *cite;
    const uint16_t *columns; /* components */
    size_t column_count;
    const struct recist_table_row *rows;
    size_t row_count;
    /* Row of every combination, in mixed radix over the columns' words in order; NULL when the
     * table could not be proved. */
    const uint16_t *outcome;
    size_t combination_count;
    /* For each column, the digit of each word. */
    uint8_t (*digit)[RECIST_WORD_LIMIT];
    const size_t *radix;
};

enum recist_check_subject { RECIST_CHECK_SERIES, RECIST_CHECK_ORGAN, RECIST_CHECK_LESION };

struct recist_check {
    struct recist_finding_kind kind;
    enum recist_check_subject of;
    bool every_visit;
    struct recist_rule rule;
    const char *help;
};

struct recist_date_rule {
    const struct recist_node *when;
    const struct recist_node *value;
    const char *when_text;
    const char *value_text;
};

/* A rule about a course: as a rule, with the date of the response it gives. */
struct recist_course_rule {
    struct recist_rule rule;
    const struct recist_node *date; /* NULL: the response carries none */
    const char *date_text;
};

struct recist_course_rules {
    struct recist_course_rule *rules;
    size_t count;
};

/* What the responses of a course come to. */
struct recist_best_response {
    bool declared;
    const struct recist_node *until;  /* the first visit that fulfils it is the last that counts */
    const struct recist_node *before; /* visits on or after this date do not count */
    /* The day of progression; NULL: the first visit of the window whose word counts as one. */
    const struct recist_node *progression_date;
    const char *until_text;
    const char *before_text;
    const char *progression_date_text;
    uint64_t word_sets[RECIST_WORD_SET_COUNT];
    uint16_t progression_word; /* the first of those that count as progression; 0: there is none */
    uint8_t ranks[RECIST_WORD_LIMIT]; /* by word: 1 is the best, 0 without a rank */
    /* For responses that were read as assessed. */
    struct recist_rule *history;
    size_t history_count;
    struct recist_rule *amendments;
    size_t amendment_count;
    struct recist_course_rules unconfirmed;
    struct recist_course_rules confirmed;
    uint64_t words; /* every word these rules can give */
};

struct recist_criteria {
    struct recist_arena arena;
    struct recist_criteria_source *file; /* the merged tree and where it came from */
    const char *id;
    const char *title;
    const char *version;
    const char *status;
    const char *source;
    const char *cite_as;

    const char *words[RECIST_WORD_LIMIT];
    size_t word_count; /* including word 0 */
    uint64_t overall_words;

    struct recist_vocabulary vocabulary;
    const char *const *status_cites; /* beside vocabulary.statuses */
    const char *units[RECIST_MOST_UNITS]; /* of the file's own */
    size_t unit_count;
    struct recist_column_meaning *columns; /* beside vocabulary.columns; the last may be `value` */
    size_t column_count;                   /* without that */
    const enum recist_type *role_types;    /* beside vocabulary.roles: of the number, or none */

    struct recist_state *states;
    size_t state_count;

    struct recist_convention *conventions;
    size_t convention_count;

    struct recist_organ_map *organs;

    size_t partial_date_convention;
    int32_t visit_span;
    int32_t baseline_window;

    struct recist_lesion_value *lesion_values;
    size_t lesion_value_count;
    struct recist_measure *measures;
    size_t measure_count;

    struct recist_component *components;
    size_t component_count;

    const char *overall_title;
    struct recist_decision_table table;
    struct recist_rule *history;
    size_t history_count;
    struct recist_rule *amendments;
    size_t amendment_count;
    struct recist_date_rule *date_rules;
    size_t date_rule_count;

    struct recist_check *checks;
    size_t check_count;

    struct recist_best_response best;
};

/* Overall rules are numbered through: table rows, then history, then amendments. NULL for a table
 * row, which is no rule with a condition. */
const struct recist_rule *recist_criteria_overall_rule(const struct recist_criteria *criteria,
                                                       unsigned overall_rule);

bool recist_role_has_status(const struct recist_criteria *criteria, size_t role, size_t status);

/* The word of this text, or 0. */
unsigned recist_criteria_find_word(const struct recist_criteria *criteria,
                                   struct recist_slice text);

#endif
