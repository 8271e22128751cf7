/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#define EARLIEST_YEAR 1900
#define LATEST_YEAR 2199
#define DAYS_PER_ERA 146097        /* 400 Gregorian years */
#define DAYS_BEFORE_1970 719468    /* from 0000-03-01 */

/* Years are counted from March, so that the leap day is the last of its year. */
int32_t recist_date_from_calendar(int year, int month, int day)
{
    int shifted = month <= 2 ? year - 1 : year;
    int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int year_of_era = shifted - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_BEFORE_1970;
}

struct recist_calendar_date recist_date_to_calendar(int32_t date)
{
    int days = date + DAYS_BEFORE_1970;
    int era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int day_of_era = days - era * DAYS_PER_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return (struct recist_calendar_date){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * shifted_month + 2) / 5 + 1,
    };
}

int recist_date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* The number that two digits write, or -1. */
static inline int two_digits(const char *text)
{
    unsigned tens = (unsigned char)text[0] - (unsigned)'0';
    unsigned ones = (unsigned char)text[1] - (unsigned)'0';
    return tens <= 9 && ones <= 9 ? (int)(tens * 10 + ones) : -1;
}

static inline int four_digits(const char *text)
{
    int hundreds = two_digits(text);
    int rest = two_digits(text + 2);
    return hundreds < 0 || rest < 0 ? -1 : hundreds * 100 + rest;
}

bool recist_date_parse_day(const char text[static RECIST_DAY_LENGTH], int32_t *date)
{
    int century = two_digits(text);
    int rest = two_digits(text + 2);
    int month = two_digits(text + 5);
    int day = two_digits(text + 8);
    int year = century * 100 + rest;
    if ((century | rest | month | day) < 0 || text[4] != '-' || text[7] != '-' || month < 1 ||
        month > 12 || day < 1 || (day > 28 && day > recist_date_days_in_month(year, month)) ||
        year < EARLIEST_YEAR || year > LATEST_YEAR) {
        return false;
    }
    *date = recist_date_from_calendar(year, month, day);
    return true;
}

enum recist_date_problem recist_date_parse(struct recist_slice text, int32_t *date,
                                           enum recist_date_precision *precision)
{
    const char *at = text.text;
    bool has_month = text.length == 7 || text.length == 10;
    bool has_day = text.length == 10;
    if ((text.length != 4 && !has_month) || (has_month && at[4] != '-') ||
        (has_day && at[7] != '-')) {
        return RECIST_DATE_FORM;
    }
    int year = four_digits(at);
    int month = has_month ? two_digits(at + 5) : 1;
    int day = has_day ? two_digits(at + 8) : 1;
    if (year < 0 || month < 0 || day < 0) {
        return RECIST_DATE_FORM;
    }
    if (month < 1 || month > 12 || day < 1 || day > recist_date_days_in_month(year, month)) {
        return RECIST_DATE_IMPOSSIBLE;
    }
    if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
        return RECIST_DATE_FAR;
    }
    *date = recist_date_from_calendar(year, month, day);
    *precision = has_day ? RECIST_DATE_DAY : has_month ? RECIST_DATE_MONTH : RECIST_DATE_YEAR;
    return RECIST_DATE_OK;
}

static void write_two(char *at, int number)
{
    at[0] = (char)('0' + number / 10);
    at[1] = (char)('0' + number % 10);
}

size_t recist_date_format(int32_t date, char text[static RECIST_DATE_TEXT_SIZE])
{
    struct recist_calendar_date calendar = recist_date_to_calendar(date);
    write_two(text, calendar.year / 100);
    write_two(text + 2, calendar.year % 100);
    text[4] = '-';
    write_two(text + 5, calendar.month);
    text[7] = '-';
    write_two(text + 8, calendar.day);
    return 10;
}

void recist_date_append(struct recist_text *text, int32_t date)
{
    if (recist_text_reserve(text, RECIST_DATE_TEXT_SIZE)) {
        text->length += recist_date_format(date, text->bytes + text->length);
    }
}
