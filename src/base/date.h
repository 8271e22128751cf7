/* SPDX-License-Identifier: MIT
 * Dates are day numbers: days since 1970-01-01 in the proleptic Gregorian calendar. */
#ifndef RECIST_BASE_DATE_H
#define RECIST_BASE_DATE_H

#include <recist/reading.h>

#include "base/text_buffer.h"

struct recist_calendar_date {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

enum recist_date_problem {
    RECIST_DATE_OK,
    RECIST_DATE_FORM,       /* not written as ISO 8601: 2024-03-25, 2024-03 or 2024 */
    RECIST_DATE_IMPOSSIBLE, /* no such day, such as 2024-02-30 */
    RECIST_DATE_FAR,        /* before 1900 or after 2199: no scan date */
};

int32_t recist_date_from_calendar(int year, int month, int day);
struct recist_calendar_date recist_date_to_calendar(int32_t date);
int recist_date_days_in_month(int year, int month);

/* The ten bytes of a whole date. False: they are none, which recist_date_parse() explains. */
#define RECIST_DAY_LENGTH 10
bool recist_date_parse_day(const char text[static RECIST_DAY_LENGTH], int32_t *date);

/* Reads ISO 8601, whole or partial; a partial date is the first day of its month or year. */
enum recist_date_problem recist_date_parse(struct recist_slice text, int32_t *date,
                                           enum recist_date_precision *precision);

#define RECIST_DATE_TEXT_SIZE 11
/* Writes YYYY-MM-DD without terminator and returns its length, which is 10. */
size_t recist_date_format(int32_t date, char text[static RECIST_DATE_TEXT_SIZE]);
/* The same at the end of a text. */
void recist_date_append(struct recist_text *text, int32_t date);

#endif
