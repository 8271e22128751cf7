/* SPDX-License-Identifier: MIT
 * Fields of plain rows, one after the other, without knowing beforehand where they end. A plain
 * field is its text: no quote, no control character, nothing beyond ASCII, no blank at either end.
 * What is not so is left to the scanner of csv.c. */
#ifndef RECIST_INPUT_PLAIN_FIELDS_H
#define RECIST_INPUT_PLAIN_FIELDS_H

#include <string.h>

#include <recist/finding.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define RECIST_PLAIN_STEP 16

/* Bit per byte of the 16 at `at`, the first lowest: a comma, or what a plain field cannot have. */
static inline uint32_t recist_plain_stops(const char *at)
{
#ifdef __SSE2__
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    /* As signed numbers, bytes beyond ASCII are below the blank too. */
    __m128i stops = _mm_or_si128(_mm_cmpgt_epi8(_mm_set1_epi8(' '), bytes),
                                 _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')),
                                              _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))));
    return (uint32_t)_mm_movemask_epi8(stops);
#else
    uint32_t stops = 0;
    for (unsigned i = 0; i < RECIST_PLAIN_STEP; i++) {
        unsigned char byte = (unsigned char)at[i];
        stops |= (uint32_t)(byte < ' ' || byte >= 0x80 || byte == ',' || byte == '"') << i;
    }
    return stops;
#endif
}

/* Where the field ends that goes on at `at`, or where something is that needs care. `end` is the
 * piece's, with 64 blanks after it. */
static inline const char *recist_plain_stop(const char *at, const char *end)
{
    for (;; at += RECIST_PLAIN_STEP) {
        uint32_t stops = recist_plain_stops(at);
        if (stops != 0) {
            return at + __builtin_ctz(stops);
        }
        if (at >= end) {
            return at;
        }
    }
}

/* The text of the field that begins at `at`; whether the byte after it may end a field is for the
 * caller to see. False: it is not plain. */
static inline bool recist_plain_field(const char *at, const char *end, struct recist_slice *text)
{
    const char *stop = recist_plain_stop(at, end);
    *text = (struct recist_slice){at, (size_t)(stop - at)};
    return *at != ' ' && (stop == at || stop[-1] != ' ');
}

/* A text that others are compared with; its beginning is at hand. */
#define RECIST_KNOWN_BEGINNING 32
struct recist_known_text {
    _Alignas(16) char beginning[RECIST_KNOWN_BEGINNING];
    uint32_t mask; /* bit per byte of the beginning that is the text's */
    uint32_t length;
    const char *text;
};

/* 32 bytes must be readable at the text. */
static inline void recist_known_text_set(struct recist_known_text *known, const char *text,
                                         size_t length)
{
    memcpy(known->beginning, text, sizeof known->beginning);
    known->mask = length < 32 ? (UINT32_C(1) << length) - 1 : UINT32_MAX;
    known->length = (uint32_t)length;
    known->text = text;
}

/* Bit per byte of the 32 at `at` that is another than that of the beginning. */
static inline uint32_t recist_known_text_differences(const struct recist_known_text *known,
                                                     const char *at)
{
#ifdef __SSE2__
    const __m128i *here = (const __m128i *)(const void *)at;
    const __m128i *there = (const __m128i *)(const void *)known->beginning;
    __m128i first = _mm_cmpeq_epi8(_mm_loadu_si128(here), _mm_load_si128(there));
    __m128i second = _mm_cmpeq_epi8(_mm_loadu_si128(here + 1), _mm_load_si128(there + 1));
    return ~((uint32_t)_mm_movemask_epi8(first) | (uint32_t)_mm_movemask_epi8(second) << 16);
#else
    uint32_t differences = 0;
    for (unsigned i = 0; i < RECIST_KNOWN_BEGINNING; i++) {
        differences |= (uint32_t)(at[i] != known->beginning[i]) << i;
    }
    return differences;
#endif
}

/* Bit per byte of the 32 at `at` that can stand within a plain text only: all that come after the
 * comma in ASCII. */
static inline uint32_t recist_plain_inner_bytes(const char *at)
{
#ifdef __SSE2__
    const __m128i *here = (const __m128i *)(const void *)at;
    __m128i first = _mm_cmpgt_epi8(_mm_loadu_si128(here), _mm_set1_epi8(','));
    __m128i second = _mm_cmpgt_epi8(_mm_loadu_si128(here + 1), _mm_set1_epi8(','));
    return (uint32_t)_mm_movemask_epi8(first) | (uint32_t)_mm_movemask_epi8(second) << 16;
#else
    uint32_t inner = 0;
    for (unsigned i = 0; i < RECIST_KNOWN_BEGINNING; i++) {
        unsigned char byte = (unsigned char)at[i];
        inner |= (uint32_t)(byte > ',' && byte < 0x80) << i;
    }
    return inner;
#endif
}

/* Whether the text stands at `at`, before `end`, after which 64 bytes are readable. Without a jump
 * that depends on a length which changes from row to row: a wrong guess costs more than all else. */
static inline bool recist_known_text_stands(const struct recist_known_text *known, const char *at,
                                            const char *end)
{
    if ((recist_known_text_differences(known, at) & known->mask) != 0) {
        return false;
    }
    return known->length <= RECIST_KNOWN_BEGINNING ||
           (known->length <= (size_t)(end - at) &&
            memcmp(known->text + RECIST_KNOWN_BEGINNING, at + RECIST_KNOWN_BEGINNING,
                   known->length - RECIST_KNOWN_BEGINNING) == 0);
}

#endif
