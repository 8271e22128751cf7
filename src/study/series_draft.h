/* SPDX-License-Identifier: MIT
 * A series while it is built. The steps stand in the order in which recist_study_build() takes
 * them; each returns false when memory is out. Everything lies in the builder's arena. */
#ifndef RECIST_STUDY_SERIES_DRAFT_H
#define RECIST_STUDY_SERIES_DRAFT_H

#include <string.h>

#include "base/arena.h"
#include "base/finding_kinds.h"
#include "study/key_index.h"
#include "study/organ_cache.h"
#include "study/study_rules.h"

#define RECIST_NO_NAME UINT32_MAX
#define RECIST_NO_LESION UINT32_MAX

/* Above this many rows a patient's visits and lesions are searched with a hash table. */
#define RECIST_LINEAR_ROWS 64
/* Visits times lesions of one series; a real patient has some hundreds. Bounds the memory that a
 * file can ask for by naming a new lesion at a new date in every row. */
#define RECIST_MOST_OBSERVATIONS ((size_t)1 << 19)

/* What a status says, as bits. */
enum { RECIST_EVALUATED = 1, RECIST_LASTING = 2, RECIST_MERGED = 4 };

struct recist_study_builder {
    struct recist_study_rules rules;
    struct recist_arena arena; /* of the current patient */
    struct recist_organ_cache organs;
    struct recist_patient patient;
    struct recist_series plain_series; /* of a plain patient; what is of courses stays empty */
    const struct recist_courses *courses; /* or NULL */
    uint8_t role_of_lesion[UINT8_MAX + 1]; /* not of `none`, and of none that is the patient's */
    uint8_t may_begin[2][UINT8_MAX + 1];   /* at baseline, later: lesions of a role */
    uint8_t status_traits[UINT8_MAX + 1];  /* RECIST_EVALUATED and the like */
    bool some_of_patient; /* the criteria have roles of the patient */
    bool trusting; /* what is built was built before, without errors */
    bool only_long_way; /* recist_study_builder_go_long_way() */
    bool was_plain;     /* the current patient */
    const struct recist_measurements *places;
    struct recist_findings *findings;
    size_t first_finding; /* about the current patient */
    size_t errors; /* findings of severity error about this patient */
    bool failed;   /* memory ran out in a place that cannot say so itself */
};

struct recist_visit_draft {
    struct recist_slice label;
    const struct recist_reading *first_row; /* in the input */
    const struct recist_reading *earliest;
    const struct recist_reading *latest;
    const struct recist_reading *partial;   /* a row with a partial date, or NULL */
    const struct recist_reading *no_lesion; /* a row with role `none`, or NULL */
    const struct recist_reading *labelled;  /* same day with a label, where this has none */
    int32_t first_date; /* of its scans, and of all rows where there is none */
    int32_t last_date;
    int32_t first_row_date; /* of all its rows */
    int32_t last_row_date;
    bool has_lesions;
    bool imaged;
    bool without_scan; /* reported */
};

/* A lesion's id as some rows write it: a lesion, a part of one ("T1.2"), or several that have
 * grown together ("T1+T3"). */
enum recist_name_form { RECIST_NAME_WHOLE, RECIST_NAME_PART, RECIST_NAME_MERGED };

struct recist_lesion_name {
    struct recist_slice id;
    uint64_t key; /* recist_spelling_order_key() of the id: tells most ids apart */
    const struct recist_reading *first_row; /* at its first visit */
    uint32_t first_visit;    /* known once names are resolved, and only if some are compound */
    uint32_t parent;         /* of a part: the name it is a part of */
    uint32_t lesion;         /* index into the series' lesions, or RECIST_NO_LESION */
    uint32_t group;          /* mark of the last group of rows it stood in */
    const uint32_t *members; /* of a merged name, the lesion that is measured first */
    uint32_t member_count;
    uint8_t form;  /* enum recist_name_form */
    bool compound; /* has a point or a plus sign, so that it may be a part or merged */
};

/* What the rows of one lesion say of it. */
struct recist_lesion_draft {
    const struct recist_reading *first;   /* at its first visit */
    const struct recist_reading *sited;   /* first that gives a site, or NULL */
    const struct recist_reading *called;  /* first that says whether it is a node, or NULL */
    const struct recist_reading *resited; /* earliest that gives another site, or NULL */
    size_t first_visit;
    uint32_t resited_visit;
};

struct recist_series_draft {
    struct recist_study_builder *builder;
    struct recist_series *series;
    const struct recist_reading **rows; /* in the order of the input */
    size_t row_count;
    /* The rows are all readings of the patient, one after the other, from here on; else NULL. */
    const struct recist_reading *readings;
    uint32_t *row_visit; /* of each row; first a draft's number, then in order of date */
    uint32_t *row_name;  /* of each row, or RECIST_NO_NAME */
    struct recist_visit_draft *visits;
    uint32_t visit_count;
    uint64_t visit_marks; /* of those visits, while rows are dealt to them */
    bool some_labelled;
    bool labels_missing; /* which visit is the baseline may be wrong because of it */
    bool some_unlabelled;
    bool some_of_patient; /* some row is about the patient */
    struct recist_lesion_name *names;
    uint32_t name_count;
    bool compound; /* some name is */
    bool lasting;  /* some row says that its lesion was treated locally */
    struct recist_key_index name_index;
    struct recist_lesion_draft *lesions;
};

/* The visit that is the baseline: the earliest of the series. With courses, those before the
 * baseline of a course are no part of its series (courses.c). */
static inline size_t recist_series_baseline(const struct recist_series_draft *draft)
{
    (void)draft;
    return 0;
}

/* visits.c: rows to visits in order of date; visit_checks.c: what is wrong with them. */
bool recist_visits_gather(struct recist_series_draft *draft);
bool recist_visits_check(struct recist_series_draft *draft);
void recist_visits_check_count(struct recist_series_draft *draft);
/* Makes the visits anew when row_visit was changed: `count` of them, numbered in any way. */
bool recist_visits_regather(struct recist_series_draft *draft, uint32_t count);
/* The series' visits, from those of the draft. */
bool recist_visits_hand_out(struct recist_series_draft *draft);
/* The day of a row's scan; the rules choose that of a partial date. */
static inline int32_t recist_scan_date(const struct recist_study_builder *builder,
                                       const struct recist_reading *reading)
{
    if (reading->date_precision == RECIST_DATE_DAY) {
        return reading->date;
    }
    return builder->rules.complete_date(builder->rules.context, reading->date,
                                        (enum recist_date_precision)reading->date_precision);
}

/* Whether a row is about the patient, and no lesion. */
static inline bool recist_is_of_patient(const struct recist_study_builder *builder,
                                        const struct recist_reading *reading)
{
    return builder->some_of_patient && builder->rules.vocabulary->roles[reading->role].of_patient;
}

/* Whether a row tells of a scan: all do but some of those about the patient. */
static inline bool recist_is_of_scan(const struct recist_study_builder *builder,
                                     const struct recist_reading *reading)
{
    return !recist_is_of_patient(builder, reading) ||
           builder->rules.vocabulary->roles[reading->role].of_scan;
}

/* Whether the row before is of the same visit, as the reader knows, and both are about lesions. */
static inline bool recist_row_repeats_visit(const struct recist_series_draft *draft, size_t row)
{
    if (!draft->readings || !draft->readings[row].same_visit || row == 0) {
        return false;
    }
    const uint8_t *of_lesion = draft->builder->role_of_lesion;
    return of_lesion[draft->readings[row].role] && of_lesion[draft->readings[row - 1].role];
}

/* How many rows before it stands one that says the same of its lesion; 0: not known. */
static inline size_t recist_row_like(const struct recist_series_draft *draft, size_t row)
{
    return draft->readings ? draft->readings[row].like : 0;
}

/* Whether lesions of the role may be recorded at baseline. */
static inline bool recist_role_at_baseline(const struct recist_role_word *role)
{
    return role->at_baseline || role->any_time;
}

/* patient_rows.c: rows about the patient to the visits that they belong to. */
bool recist_patient_rows_join(struct recist_series_draft *draft);
/* Reports those that have no reader where the scans have one. */
/* Whether a draft has more than rows about the patient. */
bool recist_series_has_scans(const struct recist_series_draft *draft);
void recist_patient_rows_check_reader(struct recist_study_builder *builder,
                                      const struct recist_series_draft *drafts, size_t count);
/* pattern_limits.c: patterns that were given up. */
void recist_pattern_limits_check(struct recist_study_builder *builder);
/* readers.c: readers of a patient who may be one. False when memory is out. */
bool recist_readers_check(struct recist_study_builder *builder,
                          const struct recist_series_draft *drafts, size_t count);
/* Whether of two rows of a visit about the patient the later counts, and not this. */
bool recist_patient_row_is_replaced(const struct recist_series_draft *draft, uint32_t visit,
                                    const struct recist_reading *row,
                                    const struct recist_reading *latest);

/* lesion_names.c: rows to names, and names to lesions in order of id. */
bool recist_names_gather(struct recist_series_draft *draft);
/* The first half of it: rows to names, whatever they mean. */
bool recist_names_list(struct recist_series_draft *draft);
uint32_t recist_names_find(const struct recist_series_draft *draft, struct recist_slice id);

/* observations.c: one observation for each visit and lesion. */
bool recist_observations_fill(struct recist_series_draft *draft);
static inline bool recist_status_evaluated(const struct recist_study_builder *builder,
                                           uint8_t status)
{
    return (builder->status_traits[status] & RECIST_EVALUATED) != 0;
}
static inline bool recist_status_lasting(const struct recist_study_builder *builder, uint8_t status)
{
    return (builder->status_traits[status] & RECIST_LASTING) != 0;
}
/* The status of a row with neither a number nor a status: what that means for its role. */
uint8_t recist_status_of_blank(const struct recist_study_builder *builder,
                               const struct recist_reading *reading);
/* Reports a lesion that two rows of one visit record, at the later of the two. */
void recist_report_twice(struct recist_study_builder *builder, const struct recist_reading *row,
                         const struct recist_reading *other, struct recist_slice lesion);
/* The first number that a row has, or RECIST_MISSING. Without jumps, as nobody can foresee which
 * rows have a number. */
static inline int64_t recist_reading_length(const int64_t axis[static RECIST_AXIS_COUNT])
{
    int64_t length = axis[RECIST_SHORT_AXIS];
    length = axis[RECIST_LONG_AXIS] != RECIST_MISSING ? axis[RECIST_LONG_AXIS] : length;
    return axis[RECIST_DIAMETER] != RECIST_MISSING ? axis[RECIST_DIAMETER] : length;
}
static inline bool recist_reading_measured(const struct recist_reading *reading)
{
    return recist_reading_length(reading->axis) != RECIST_MISSING;
}
/* The status of a row: what is written, else what a blank one means for its role. */
static inline uint8_t recist_observed_status(const struct recist_study_builder *builder,
                                             const struct recist_reading *reading)
{
    return ((reading->status != RECIST_STATUS_BLANK) | recist_reading_measured(reading))
               ? reading->status
               : recist_status_of_blank(builder, reading);
}
/* What one row says of a whole lesion, by a status whose traits these are. */
static inline void recist_observe_as(struct recist_observation *observation,
                                     const struct recist_reading *row, int32_t date, bool measured,
                                     uint8_t status, uint8_t traits)
{
    memcpy(observation->axis, row->axis, sizeof observation->axis);
    memcpy(observation->largest, row->axis, sizeof observation->largest);
    observation->reading = row;
    observation->product_of_parts = NULL;
    observation->date = date;
    observation->parts = 1;
    observation->status = status;
    observation->evaluated = (traits & RECIST_EVALUATED) != 0;
    observation->measured = measured;
    observation->mass = false;
}
/* The same by the row's own status; `date` is that of its scan. Gives the traits of the status. */
static inline uint8_t recist_observe(const struct recist_study_builder *builder,
                                     struct recist_observation *observation,
                                     const struct recist_reading *row, int32_t date)
{
    uint8_t status = recist_observed_status(builder, row);
    uint8_t traits = builder->status_traits[status];
    recist_observe_as(observation, row, date, recist_reading_measured(row), status, traits);
    return traits;
}
/* What no row says. */
static inline void recist_observe_nothing(struct recist_observation *observation)
{
    *observation = (struct recist_observation){
        .axis = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING},
        .largest = {RECIST_MISSING, RECIST_MISSING, RECIST_MISSING},
    };
}

/* composites.c: the observations of lesions in parts and of merged lesions. */
bool recist_composites_fill(struct recist_series_draft *draft);

/* local_treatment.c: lesions that were treated locally are not evaluated from then on. */
void recist_local_treatment_apply(struct recist_series_draft *draft);

/* lesions.c: what is known of each lesion, and whether its rows agree. */
void recist_lesions_describe(struct recist_series_draft *draft);
/* A lesion as its first row alone describes it. */
void recist_lesion_describe_first(struct recist_study_builder *builder,
                                  struct recist_lesion *lesion, const struct recist_reading *row);

/* visit_statements.c: what a visit says that cannot be, or may not be meant. */
void recist_visit_statements_check(struct recist_series_draft *draft);

/* plain_patient.c: the whole study of a patient with nothing unusual. False, with nothing reported,
 * when the patient is none, or memory is out. */
bool recist_plain_patient_build(struct recist_study_builder *builder,
                                const struct recist_patient_readings *readings);

/* lengths.c: lengths that look like a slip of unit or of the decimal point. */
bool recist_lengths_check(struct recist_series_draft *draft);
/* Whether a baseline without a longer length may have been written in centimetres. */
bool recist_length_is_small(int64_t longest);
/* The first number that a lesion has; 0 where there is none, or none that could be suspect. */
static inline int64_t recist_observed_length(const struct recist_observation *observation)
{
    int64_t length = recist_reading_length(observation->axis);
    return (observation->measured & (length != RECIST_MISSING)) ? length : 0;
}

/* builder.c: all of a series that follows from its rows and visits. */
bool recist_series_fill(struct recist_series_draft *draft);

/* courses.c: deals rows and visits, which stand in one draft for each reader and course that rows
 * name, to the patient's courses, and builds a series for each reader and course. */
bool recist_courses_deal(struct recist_study_builder *builder, struct recist_series_draft *drafts,
                         size_t draft_count, const struct recist_course *const *courses,
                         size_t course_count);
/* courses_facts.c: what the measurements say against the courses file. */
void recist_courses_check_scans(struct recist_study_builder *builder,
                                const struct recist_patient_readings *readings,
                                const struct recist_course *const *courses, size_t count);
/* Reports about a course, at its field of a column of the courses file. */
void recist_course_report(struct recist_study_builder *builder, const struct recist_course *course,
                          const char *column, const struct recist_finding_kind *kind,
                          const char *format, ...) __attribute__((format(printf, 5, 6)));

/* shape_report.c: reports about `reading`, at its field of `column`. */
void recist_shape_report(struct recist_study_builder *builder,
                         const struct recist_finding_kind *kind,
                         const struct recist_reading *reading, enum recist_column column,
                         const char *format, ...) __attribute__((format(printf, 5, 6)));
/* " in line 12", with the file's name where it is another file than that of `reading`. */
struct recist_line_text {
    char text[320];
};
const char *recist_line_of(const struct recist_study_builder *builder,
                           const struct recist_reading *other, const struct recist_reading *reading,
                           struct recist_line_text *text);
#define RECIST_LINE_OF(builder, other, reading)                                                    \
    recist_line_of((builder), (other), (reading), &(struct recist_line_text){.text = ""})
/* A visit as messages name it: its label in quotes, else its date. */
struct recist_visit_name {
    char text[320];
};
const char *recist_visit_name(const struct recist_study_builder *builder,
                              const struct recist_reading *reading, struct recist_visit_name *name);
#define RECIST_VISIT_NAME(builder, reading)                                                        \
    recist_visit_name((builder), (reading), &(struct recist_visit_name){.text = ""})
/* A date as text. */
struct recist_day_text {
    char text[16];
};
const char *recist_day(int32_t date, struct recist_day_text *text);
#define RECIST_DAY(date) recist_day((date), &(struct recist_day_text){.text = ""})

#endif
