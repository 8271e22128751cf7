/* SPDX-License-Identifier: MIT
 *
 * The condition language (docs/criteria-language.md): text compiled once into typed nodes.
 *
 * Truth has three values: a comparison with a missing value is unknown, `and`, `or` and `not`
 * follow Kleene, and a rule holds only when its condition is true. So a missing measurement can
 * neither fulfil nor refute a condition by accident.
 */
#ifndef RECIST_CRITERIA_EXPRESSION_H
#define RECIST_CRITERIA_EXPRESSION_H

#include <recist/assessment.h>

#include "criteria/yaml_document.h"

struct recist_compiler;
struct recist_pattern;

enum recist_truth { RECIST_FALSE, RECIST_TRUE, RECIST_UNKNOWN };

enum recist_type {
    RECIST_TYPE_NONE, /* what could not be compiled; a finding says why */
    RECIST_TYPE_TRUTH,
    RECIST_TYPE_LENGTH,  /* mm */
    RECIST_TYPE_AREA,    /* mm2 */
    RECIST_TYPE_NUMBER,  /* counts and plain numbers, in millionths */
    RECIST_TYPE_PERCENT, /* in millionths of a percent */
    RECIST_TYPE_DAYS,
    RECIST_TYPE_DATE,
    RECIST_TYPE_CHANGE, /* increase() and its kin: absolute or in percent, by what it meets */
    RECIST_TYPE_WORD,   /* response of a component or of the overall response */
    RECIST_TYPE_ROLE,
    RECIST_TYPE_STATUS,
    RECIST_TYPE_CHOICE, /* value of a convention */
    RECIST_TYPE_TEXT,   /* a text column of a lesion */
    RECIST_TYPE_LESIONS, /* a list of lesions, for sentences */
    RECIST_TYPE_COUNT,
};

/* Quantities in units of the criteria's own (HU, U/ml): this plus the number of the unit. */
#define RECIST_TYPE_OWN_UNIT 32
#define RECIST_MOST_UNITS 32

enum recist_relation {
    RECIST_LESS,
    RECIST_LESS_OR_EQUAL,
    RECIST_EQUAL,
    RECIST_NOT_EQUAL,
    RECIST_GREATER_OR_EQUAL,
    RECIST_GREATER,
};

enum recist_direction { RECIST_INCREASE, RECIST_DECREASE, RECIST_CHANGE };

enum recist_text_column {
    RECIST_TEXT_SITE,
    RECIST_TEXT_ORGAN,
    RECIST_TEXT_METHOD,
    RECIST_TEXT_KIND,
    RECIST_TEXT_LESION,
    RECIST_TEXT_CHECKED_ORGAN, /* the organ that a check looks at */
};

enum recist_operation {
    /* truths */
    RECIST_OP_TRUTH,        /* constant */
    RECIST_OP_AND,          /* left, right */
    RECIST_OP_OR,           /* left, right */
    RECIST_OP_NOT,          /* left */
    RECIST_OP_COMPARE,      /* left relation right */
    RECIST_OP_PERCENT,      /* change of left from right, in percent, relation constant */
    RECIST_OP_KNOWN,        /* left has a value */
    RECIST_OP_TOLD,         /* left is true or false, and not unknown */
    RECIST_OP_ROLE,         /* the lesion's role is in mask */
    RECIST_OP_STATUS,       /* its status at this visit is in mask */
    RECIST_OP_NODAL,
    RECIST_OP_EVALUATED,
    RECIST_OP_RECORDED,
    RECIST_OP_MEASURED,
    RECIST_OP_MASS,         /* its row measures another lesion too */
    RECIST_OP_PRIOR_THERAPY,
    RECIST_OP_PROGRESSED_SINCE,
    RECIST_OP_KNOWN_ORGAN,
    RECIST_OP_SAME_ORGAN,   /* as the organ that a check looks at */
    RECIST_OP_MATCHES,      /* text column `index` matches pattern */
    /* Its status stays, and left (or NULL) holds, until the status becomes one in mask. */
    RECIST_OP_BECOMES,
    RECIST_OP_MERGED_INTO,  /* it has grown into another lesion, of which left holds */
    RECIST_OP_ANY,          /* some lesion of left fulfils right */
    RECIST_OP_ALL,          /* every lesion of left fulfils right */
    RECIST_OP_WORD_IN,      /* the word left is in mask */
    RECIST_OP_EVER,         /* left held at an earlier visit */
    RECIST_OP_LATER,        /* left holds at a later visit, before right does */
    RECIST_OP_AT,           /* left, of any type, at the visit `index` means (RECIST_AT_NOW) */
    RECIST_OP_STATE,        /* the state `index` was entered before this visit, and not left */
    RECIST_OP_OBSERVED,     /* what is recorded of the patient in `role` has a status in mask */
    RECIST_OP_SEEN,         /* the lesion has had a row at this visit or before */
    RECIST_OP_IMAGED,       /* the visit has rows about lesions */
    /* truths about a course */
    RECIST_OP_SOME,         /* left holds at a visit of the window */
    RECIST_OP_HAD,          /* lesions of a role in mask stand at baseline */
    RECIST_OP_HAS_BASELINE,
    RECIST_OP_EVALUABLE,    /* the courses file does not say otherwise */
    /* values */
    RECIST_OP_VALUE,           /* constant */
    RECIST_OP_MEASURE,         /* measure `index` at this visit */
    RECIST_OP_MEASURE_BASELINE,
    RECIST_OP_MEASURE_NADIR,
    RECIST_OP_MEASURE_PREVIOUS, /* its last complete value before this visit */
    RECIST_OP_NADIR_DATE,
    RECIST_OP_LESION_VALUE,    /* lesion value `index`, which is no other one, at this visit */
    RECIST_OP_LESION_BASELINE,
    RECIST_OP_LESION_NADIR,
    RECIST_OP_LESION_LAST,     /* its last value before this visit */
    RECIST_OP_AXIS,            /* axis `index`, else the diameter, else what the status stands for */
    RECIST_OP_LARGEST_AXIS,    /* the same of the largest part */
    RECIST_OP_PERPENDICULAR,   /* the short axis, never the one diameter */
    RECIST_OP_PRODUCT,         /* long times short axis, summed over parts */
    RECIST_OP_NUMBER,          /* what stands in column `index` of the criteria */
    RECIST_OP_OBSERVED_VALUE,  /* the number recorded of the patient in `role` */
    RECIST_OP_AT_BASELINE,     /* the value left at the baseline */
    RECIST_OP_SMALLEST_BEFORE, /* its smallest at visits before this one */
    RECIST_OP_LAST_BEFORE,     /* its last before this visit */
    RECIST_OP_SLICE,
    RECIST_OP_COUNT,           /* lesions of left that fulfil right */
    RECIST_OP_MINIMUM,         /* of what is known among left and right */
    RECIST_OP_MAXIMUM,
    RECIST_OP_IF,              /* right where left is true */
    RECIST_OP_OTHERWISE,       /* left where it is known, else right */
    RECIST_OP_ADD,
    RECIST_OP_SUBTRACT,
    RECIST_OP_TIMES,           /* left times constant */
    RECIST_OP_FIRST_SCAN,      /* earliest scan date of lesions of left that fulfil right */
    RECIST_OP_LAST_SCAN,
    RECIST_OP_SMALLEST,        /* value right among lesions of left */
    RECIST_OP_LARGEST,
    /* Scan date at which its run of a status in mask began, during which left (or NULL) holds. */
    RECIST_OP_UNBROKEN_SINCE,
    RECIST_OP_BASELINE_DATE,
    RECIST_OP_VISIT_DATE,      /* last scan of the visit; date of the response in a course */
    RECIST_OP_DAYS_BEFORE_START,
    RECIST_OP_CHANGE,          /* left relative to right, absolute; in percent where `percent` */
    /* values of a course */
    RECIST_OP_DAYS_ON_STUDY,  /* of the visit looked at, from the start */
    RECIST_OP_DAYS_FROM_BASELINE,
    RECIST_OP_DAYS_TO,        /* from the start to the first visit at which left holds */
    RECIST_OP_FIRST_DATE,     /* of the first visit at which left holds */
    RECIST_OP_LAST_DATE,      /* of the last visit at which left holds */
    RECIST_OP_VISITS,         /* visits of the window at which left holds */
    RECIST_OP_ALL_VISITS,     /* visits after baseline, those outside the window too */
    RECIST_OP_COURSE_DATE,    /* enum recist_course_date `index` of the courses file */
    RECIST_OP_CONFIRMATION,   /* date at which left first holds, such that right holds later */
    /* words */
    RECIST_OP_COMPONENT,       /* word of component `index` at this visit */
    RECIST_OP_OVERALL,
    RECIST_OP_LAST_WORD,       /* last earlier word of component `index` in mask */
    RECIST_OP_WORD_AT_NADIR,   /* word of component `index` at the visit of the nadir of measure */
    /* for sentences */
    RECIST_OP_LESIONS,         /* ids of lesions of left that fulfil right */
    RECIST_OP_ORGAN,           /* the organ that a check looks at */
};

enum recist_course_date {
    RECIST_COURSE_START,
    RECIST_COURSE_END,
    RECIST_COURSE_NEXT_THERAPY,
    RECIST_COURSE_DEATH,
    RECIST_COURSE_LAST_CONTACT,
};

/* `index` for a word of the overall response. */
#define RECIST_OVERALL_INDEX UINT16_MAX
/* `index` for the visit from which ever() or later() looks; else a state's number. */
#define RECIST_AT_NOW UINT16_MAX
#define RECIST_AT_BASELINE (UINT16_MAX - 1)

/* A mean is kept as the multiple of this, which every number of lesions up to 24 divides, so that
 * means of different numbers of lesions compare exactly. */
#define RECIST_MEAN_SCALE INT64_C(5354228880)
#define RECIST_MEAN_MOST_LESIONS 24

struct recist_node {
    uint8_t operation; /* enum recist_operation */
    uint8_t type;      /* enum recist_type */
    uint8_t relation;
    uint8_t direction;
    bool evaluated; /* a measure over what was evaluated, a lower bound */
    bool percent;
    bool mean; /* in units of 1 / RECIST_MEAN_SCALE */
    uint16_t index;
    uint16_t measure;
    uint16_t role; /* quantifiers: 0, or the only role that left can select */
    const struct recist_node *left;
    const struct recist_node *right;
    uint64_t mask;
    recist_wide constant;
    const struct recist_pattern *pattern;
    /* RECIST_OP_CONFIRMATION: days between; what every visit between must fulfil (or NULL); then
     * pairs of a condition and the most visits between that may fulfil it. */
    const struct recist_node *const *more;
    size_t more_count;
};

enum recist_scope {
    RECIST_SCOPE_VISIT,
    RECIST_SCOPE_LESION, /* may also use what belongs to the visit */
    RECIST_SCOPE_COURSE, /* responses of a course, one after the other */
    RECIST_SCOPE_POINT,  /* one of these; may also use what belongs to the course */
};

/* What a condition may refer to at the place where it stands. */
struct recist_expression_context {
    enum recist_scope scope;
    bool what_was_evaluated; /* sums run over the lesions that were evaluated */
    bool overall_known;      /* the overall response of this visit stands already */
    bool later_known;        /* so do the responses of later visits */
    bool organ_known;        /* it is looked at organ by organ */
    bool data_only;          /* responses and states are not known, not even earlier ones */
    size_t components_known; /* as many components of this visit are decided */
    unsigned looks;          /* as many ever() and later() are around it */
    /* What is known where the ever() or later() stands in which this is; or NULL. */
    const struct recist_expression_context *origin;
};

/* Compiles the scalar `text` as a condition. NULL after a finding. */
const struct recist_node *recist_condition_compile(struct recist_compiler *compiler,
                                                   const struct recist_yaml_node *text,
                                                   struct recist_expression_context context);
/* Splits `role = X` off a compiled selector: *role is then X, and the rest comes back (a condition
 * that always holds when nothing is left); *role is 0 when it selects several roles. */
const struct recist_node *recist_condition_select(struct recist_compiler *compiler,
                                                  const struct recist_yaml_node *text,
                                                  const struct recist_node *selector,
                                                  uint16_t *role);
/* Compiles it as a value of the given type (RECIST_TYPE_NONE: any type that is a value). */
const struct recist_node *recist_value_compile(struct recist_compiler *compiler,
                                               const struct recist_yaml_node *text,
                                               struct recist_expression_context context,
                                               enum recist_type type);

/* What kind of value a sentence names: decided once, since sentences are written often. */
enum recist_said {
    RECIST_SAID_NOTHING,
    RECIST_SAID_LENGTH,  /* a number of a measure, with all its decimals */
    RECIST_SAID_PERCENT, /* a change between two such numbers */
    RECIST_SAID_DATE,
    RECIST_SAID_QUANTITY,
    RECIST_SAID_OTHER_PERCENT,
    RECIST_SAID_LESIONS,
    RECIST_SAID_OBSERVED, /* a status word */
    RECIST_SAID_TEXT,     /* of the lesion looked at */
    RECIST_SAID_WORD,     /* a response */
};

/* A sentence with values in it: "sum {sum}, {decrease(sum, baseline(sum)) in %}". */
struct recist_sentence_piece {
    struct recist_slice literal; /* what stands before the value; padded (recist_text_copy_padded) */
    const struct recist_node *node; /* NULL: only the literal */
    enum recist_said said;
    bool repeats; /* in its unit the change that the piece before says in percent */
    /* Of a length the value, of a percentage its two sides: bytes from the first measure of the visit
     * (struct recist_measure_result) to the number. */
    uint16_t value_at;
    uint16_t reference_at;
    uint32_t list; /* of lesions: its number among those of all sentences */
};
struct recist_sentence {
    const struct recist_sentence_piece *pieces;
    size_t count;
    size_t literal_length; /* of all pieces */
    unsigned quoting;      /* of them (base/quoting.h) */
};
/* Returns false after a finding. A missing node (NULL text) gives an empty sentence. */
bool recist_sentence_compile(struct recist_compiler *compiler, const struct recist_yaml_node *text,
                             struct recist_expression_context context,
                             struct recist_sentence *sentence);

/* "a length (mm)"; of a unit of the criteria's own, the unit. */
const char *recist_type_name(const struct recist_criteria *criteria, enum recist_type type);
/* A length, an area, a number, or a quantity in a unit of the criteria's own. */
bool recist_type_is_measured(enum recist_type type);
/* "mm", "mm2", "" for a number without unit, or a unit of the criteria's own. */
const char *recist_type_unit(const struct recist_criteria *criteria, enum recist_type type);
/* True when the condition always holds: no condition, or one folded to true. */
bool recist_condition_is_always(const struct recist_node *node);
bool recist_condition_is_never(const struct recist_node *node);

#endif
