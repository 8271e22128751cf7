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
    __m128i stops = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')),
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

/* The text of the field that begins at `at`; whether the byte after it may end a field is for the
 * caller to see. `end` is that of the piece, with 16 blanks after it. False: it is not plain. */
static inline bool recist_plain_field(const char *at, const char *end, struct recist_slice *text)
{
    const char *block = at;
    uint32_t stops = recist_plain_stops(block);
    while (stops == 0 && block < end) {
        block += RECIST_PLAIN_STEP;
        stops = recist_plain_stops(block);
    }
    const char *stop = stops != 0 ? block + __builtin_ctz(stops) : block;
    *text = (struct recist_slice){at, (size_t)(stop - at)};
    return *at != ' ' && (stop == at || stop[-1] != ' ');
}

/* Whether two texts are the same. Of each, 32 bytes must be readable where it is shorter: it is cut
 * off without a jump, as lengths change from row to row, and a wrong guess costs more. */
static inline bool recist_plain_same(const char *one, const char *other, size_t length)
{
    static const char inside[64] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                                   "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    uint64_t differs = 0;
    for (; length > 32; length -= 32, one += 32, other += 32) {
        if (memcmp(one, other, 32) != 0) {
            return false;
        }
    }
    for (size_t i = 0; i < 32; i += 8) {
        uint64_t a = 0;
        uint64_t b = 0;
        uint64_t mask = 0;
        memcpy(&a, one + i, 8);
        memcpy(&b, other + i, 8);
        memcpy(&mask, inside + 32 - length + i, 8);
        differs |= (a ^ b) & mask;
    }
    return differs == 0;
}

#endif
