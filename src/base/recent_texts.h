/* SPDX-License-Identifier: MIT
 * Numbers and dates that were written lately, as text: those of a visit stand in its cells and once
 * more in its reason, and those of its references in every row of the patient. What is remembered is
 * found by the number itself, so it is never out of date, and forgetting costs time only. A memory
 * of zeros is empty. One thread. */
#ifndef RECIST_BASE_RECENT_TEXTS_H
#define RECIST_BASE_RECENT_TEXTS_H

#include "base/date.h"
#include "base/decimal.h"

#define RECIST_RECENT_BITS 5
#define RECIST_RECENT_COUNT (1 << RECIST_RECENT_BITS)

/* Without its sign where it has one; the length is 0 where nothing is remembered. */
#define RECIST_RECENT_SIZE 14
struct recist_recent_text {
    char bytes[RECIST_RECENT_SIZE];
    bool has_sign; /* unless it was rounded to zero */
    uint8_t length;
};

/* Both are 32 bytes long, as a place is found by a shift then. */
struct recist_recent_length {
    int64_t value;
    int64_t unused;
    struct recist_recent_text text;
};

/* Without its sign: a decrease is as long as the change. */
struct recist_recent_ratio {
    uint64_t size;
    int64_t denominator; /* 0: nothing is remembered */
    struct recist_recent_text text;
};

struct recist_recent_date {
    uint32_t key;
    char text[RECIST_DATE_TEXT_SIZE + 1];
};

struct recist_recent_texts {
    struct recist_recent_length lengths[RECIST_RECENT_COUNT];
    struct recist_recent_ratio ratios[RECIST_RECENT_COUNT];
    struct recist_recent_date dates[RECIST_RECENT_COUNT];
};

/* Write a number that is not remembered, and remember it. */
char *recist_recent_write_length(struct recist_recent_length *place, char *at, int64_t value);
char *recist_recent_write_ratio(struct recist_recent_ratio *place, char *at, int64_t numerator,
                                int64_t denominator);

static inline size_t recist_recent_place(uint64_t key)
{
    return key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - RECIST_RECENT_BITS);
}

static inline char *recist_recent_narrow_length(struct recist_recent_texts *recent, char *at,
                                                int64_t value)
{
    struct recist_recent_length *place = &recent->lengths[recist_recent_place((uint64_t)value)];
    if (place->value != value || place->text.length == 0) {
        return recist_recent_write_length(place, at, value);
    }
    memcpy(at, &place->text, sizeof place->text);
    return at + place->text.length;
}

/* Millionths, as recist_decimal_write() does with a denominator of RECIST_ONE and all decimals. */
static inline char *recist_recent_length(struct recist_recent_texts *recent, char *at,
                                         recist_wide value)
{
    return value == (int64_t)value
               ? recist_recent_narrow_length(recent, at, (int64_t)value)
               : recist_decimal_write(at, value, RECIST_ONE, RECIST_DECIMALS);
}

static inline char *recist_recent_narrow_ratio(struct recist_recent_texts *recent, char *at,
                                               int64_t numerator, int64_t denominator)
{
    uint64_t size = numerator < 0 ? -(uint64_t)numerator : (uint64_t)numerator;
    struct recist_recent_ratio *place =
        &recent->ratios[recist_recent_place(size ^ (uint64_t)denominator)];
    if (place->size != size || place->denominator != denominator) {
        return recist_recent_write_ratio(place, at, numerator, denominator);
    }
    *at = '-';
    at += numerator < 0 && place->text.has_sign;
    memcpy(at, &place->text, sizeof place->text);
    return at + place->text.length;
}

/* A quotient, as recist_decimal_write() does with RECIST_RATIO_DECIMALS. */
static inline char *recist_recent_ratio(struct recist_recent_texts *recent, char *at,
                                        recist_wide numerator, recist_wide denominator)
{
    return numerator == (int64_t)numerator && denominator == (int64_t)denominator
               ? recist_recent_narrow_ratio(recent, at, (int64_t)numerator, (int64_t)denominator)
               : recist_decimal_write(at, numerator, denominator, RECIST_RATIO_DECIMALS);
}

/* As recist_date_format(); there must be room for two bytes more. */
static inline char *recist_recent_date(struct recist_recent_texts *recent, char *at, int32_t date)
{
    struct recist_recent_date *known = &recent->dates[(uint32_t)date % RECIST_RECENT_COUNT];
    uint32_t key = (uint32_t)date ^ UINT32_C(0x80000000); /* no date has the key 0 */
    if (known->key != key) {
        known->key = key;
        recist_date_format(date, known->text);
    }
    memcpy(at, known->text, sizeof known->text);
    return at + 10;
}

#endif
