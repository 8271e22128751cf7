/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include <string.h>

#include "base/digits.h"

#define EARLIEST_YEAR 1900
#define LATEST_YEAR 2199
#define DAYS_PER_ERA 146097        /* 400 Gregorian years */
#define DAYS_BEFORE_1970 719468    /* from 0000-03-01 */
#define DAYS_PER_FOUR_YEARS 1461
#define ERAS_BEFORE 2048u

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

/* The days are counted from far before any date, by whole eras, so that no number is negative. Of
 * four times the days and three more, the quotient by the days of an era is the century, and of four
 * times what is left and three more that by the days of four years is the year in it: a remainder
 * less than one year's days is never lost, as Neri and Schneider show (Software: Practice and
 * Experience 53, 2023), nor is one of a month in the last steps. */
static inline struct recist_calendar_date to_calendar(int32_t date)
{
    uint32_t days = (uint32_t)(date + DAYS_BEFORE_1970) + ERAS_BEFORE * DAYS_PER_ERA;
    uint32_t quarters = 4 * days + 3;
    uint32_t century = quarters / DAYS_PER_ERA;
    uint32_t of_century = (quarters % DAYS_PER_ERA) | 3;
    uint32_t year_of_century = of_century / DAYS_PER_FOUR_YEARS;
    uint32_t day_of_year = of_century % DAYS_PER_FOUR_YEARS / 4;
    uint32_t scaled = 2141 * day_of_year + 197913; /* months of 30.6 days, from March on */
    uint32_t month = scaled >> 16;
    bool next_year = day_of_year >= 306;
    return (struct recist_calendar_date){
        .year = (int)(100 * century + year_of_century + next_year) - (int)(ERAS_BEFORE * 400),
        .month = (int)(next_year ? month - 12 : month),
        .day = (int)((scaled & 0xFFFF) / 2141 + 1),
    };
}

struct recist_calendar_date recist_date_to_calendar(int32_t date)
{
    return to_calendar(date);
}

int recist_date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* The same of a day in the years that can be read, in which no number is negative. */
static inline int32_t days_of(unsigned year, unsigned month, unsigned day)
{
    unsigned before_march = month <= 2;
    unsigned shifted = year - before_march;
    unsigned century = shifted / 100;
    unsigned months = month + 12 * before_march - 3;
    return (int32_t)(shifted * DAYS_PER_FOUR_YEARS / 4 - century + century / 4 +
                     (153 * months + 2) / 5 + day - 1) -
           DAYS_BEFORE_1970;
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

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* All ten bytes at once: what is left of a digit without that of 0 is its number, and of a hyphen
 * nothing. False: there is another byte. */
static inline bool read_day(const char *text, struct recist_calendar_date *date)
{
    uint16_t century = 0;
    uint64_t rest = 0;
    memcpy(&century, text, sizeof century);
    memcpy(&rest, text + sizeof century, sizeof rest);
    uint32_t first = century ^ UINT32_C(0x3030);
    rest ^= UINT64_C(0x30302D30302D3030);
    uint64_t others = ((rest + UINT64_C(0x76767F76767F7676)) | rest |
                       (first + UINT32_C(0x7676)) | first) & UINT64_C(0x8080808080808080);
    uint64_t pairs = rest * 10 + (rest >> 8);
    int hundreds = (int)((first & 0xFF) * 10 + (first >> 8));
    *date = (struct recist_calendar_date){.year = hundreds * 100 + (int)(pairs & 0xFF),
                                          .month = (int)(pairs >> 24 & 0xFF),
                                          .day = (int)(pairs >> 48 & 0xFF)};
    return others == 0;
}

#else

static inline bool read_day(const char *text, struct recist_calendar_date *date)
{
    *date = (struct recist_calendar_date){.year = four_digits(text),
                                          .month = two_digits(text + 5),
                                          .day = two_digits(text + 8)};
    return (date->year | date->month | date->day) >= 0 && text[4] == '-' && text[7] == '-';
}

#endif

bool recist_date_parse_day(const char text[static RECIST_DAY_LENGTH], int32_t *date)
{
    struct recist_calendar_date read;
    if (!read_day(text, &read) || read.month < 1 || read.month > 12 || read.day < 1 ||
        (read.day > 28 && read.day > recist_date_days_in_month(read.year, read.month)) ||
        read.year < EARLIEST_YEAR || read.year > LATEST_YEAR) {
        return false;
    }
    *date = days_of((unsigned)read.year, (unsigned)read.month, (unsigned)read.day);
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

size_t recist_date_format(int32_t date, char text[static RECIST_DATE_TEXT_SIZE])
{
    struct recist_calendar_date calendar = to_calendar(date);
    unsigned year = (unsigned)calendar.year;
    uint64_t first = recist_digit_pair(year / 100) | recist_digit_pair(year % 100) << 16 |
                     (uint64_t)'-' << 32 | recist_digit_pair((unsigned)calendar.month) << 40 |
                     (uint64_t)'-' << 56;
    uint16_t day = htole16((uint16_t)recist_digit_pair((unsigned)calendar.day));
    first = htole64(first);
    memcpy(text, &first, sizeof first);
    memcpy(text + 8, &day, sizeof day);
    return 10;
}

void recist_date_append(struct recist_text *text, int32_t date)
{
    if (text->capacity - text->length >= RECIST_DATE_TEXT_SIZE ||
        recist_text_reserve(text, RECIST_DATE_TEXT_SIZE)) {
        text->length += recist_date_format(date, text->bytes + text->length);
    }
}
