/* SPDX-License-Identifier: MIT
 * Types of what conditions are made of, and their units. */
#include "criteria/criteria.h"

const char *recist_type_name(const struct recist_criteria *criteria, enum recist_type type)
{
    static const char *const names[RECIST_TYPE_COUNT] = {
        [RECIST_TYPE_NONE] = "nothing",
        [RECIST_TYPE_TRUTH] = "a condition",
        [RECIST_TYPE_LENGTH] = "a length (mm)",
        [RECIST_TYPE_AREA] = "an area (mm2)",
        [RECIST_TYPE_NUMBER] = "a number without unit",
        [RECIST_TYPE_PERCENT] = "a percentage",
        [RECIST_TYPE_DAYS] = "a number of days",
        [RECIST_TYPE_DATE] = "a date",
        [RECIST_TYPE_CHANGE] = "a change",
        [RECIST_TYPE_WORD] = "a response",
        [RECIST_TYPE_ROLE] = "a role",
        [RECIST_TYPE_STATUS] = "a status",
        [RECIST_TYPE_CHOICE] = "the value of a convention",
        [RECIST_TYPE_TEXT] = "a text",
        [RECIST_TYPE_LESIONS] = "a list of lesions",
    };
    return type < RECIST_TYPE_COUNT ? names[type] : recist_type_unit(criteria, type);
}

bool recist_type_is_measured(enum recist_type type)
{
    return type == RECIST_TYPE_LENGTH || type == RECIST_TYPE_AREA || type == RECIST_TYPE_NUMBER ||
           type >= RECIST_TYPE_OWN_UNIT;
}

const char *recist_type_unit(const struct recist_criteria *criteria, enum recist_type type)
{
    if (type >= RECIST_TYPE_OWN_UNIT) {
        size_t unit = (size_t)type - RECIST_TYPE_OWN_UNIT;
        return unit < criteria->unit_count ? criteria->units[unit] : "";
    }
    return type == RECIST_TYPE_LENGTH ? "mm" : type == RECIST_TYPE_AREA ? "mm2" : "";
}
