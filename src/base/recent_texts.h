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
#define RECIST_RECENT_TEXT_SIZE 16

struct recist_recent_number {
    uint64_t size; /* without its sign */
    uint64_t form; /* what it is divided by, and the decimals; 0: nothing is remembered */
    /* Its last byte is its length, and the one before whether there is anything but a zero. */
    char text[RECIST_RECENT_TEXT_SIZE];
};

struct recist_recent_date {
    uint32_t key;
    char text[RECIST_DATE_TEXT_SIZE + 1];
};

struct recist_recent_texts {
    struct recist_recent_number numbers[RECIST_RECENT_COUNT];
    struct recist_recent_date dates[RECIST_RECENT_COUNT];
};

#define RECIST_RECENT_LENGTH (RECIST_RECENT_TEXT_SIZE - 1)
#define RECIST_RECENT_SIGNED (RECIST_RECENT_TEXT_SIZE - 2)

/* Divisors above are written without being remembered. */
#define RECIST_RECENT_LARGEST_DIVISOR (INT64_MAX >> 4)

/* As recist_decimal_write(), for decimals from 0 to 15. */
char *recist_recent_write_new(struct recist_recent_texts *recent, char *at, int64_t numerator,
                              uint64_t form);

static inline struct recist_recent_number *
recist_recent_place(struct recist_recent_texts *recent, uint64_t size, uint64_t form)
{
    uint64_t mixed = (size ^ form << 20) * UINT64_C(0x9E3779B97F4A7C15);
    return &recent->numbers[mixed >> (64 - RECIST_RECENT_BITS)];
}

/* Writes as recist_decimal_write() does. `recent` may be NULL. */
static inline char *recist_recent_decimal(struct recist_recent_texts *recent, char *at,
                                          recist_wide numerator, recist_wide denominator,
                                          int decimals)
{
    int64_t narrow = (int64_t)numerator;
    if (!recent || numerator != narrow || denominator > RECIST_RECENT_LARGEST_DIVISOR ||
        decimals > 15) {
        return recist_decimal_write(at, numerator, denominator, decimals);
    }
    uint64_t size = narrow < 0 ? -(uint64_t)narrow : (uint64_t)narrow;
    uint64_t form = (uint64_t)denominator << 4 | (unsigned)decimals;
    const struct recist_recent_number *known = recist_recent_place(recent, size, form);
    if (known->size != size || known->form != form) {
        return recist_recent_write_new(recent, at, narrow, form);
    }
    *at = '-';
    at += narrow < 0 && known->text[RECIST_RECENT_SIGNED];
    memcpy(at, known->text, RECIST_RECENT_TEXT_SIZE);
    return at + known->text[RECIST_RECENT_LENGTH];
}

/* Writes as recist_date_format() does; there must be room for RECIST_RECENT_TEXT_SIZE bytes. */
static inline char *recist_recent_write_date(struct recist_recent_texts *recent, char *at,
                                             int32_t date)
{
    if (!recent) {
        return at + recist_date_format(date, at);
    }
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
