/* SPDX-License-Identifier: MIT */
#include "input/plain_rows.h"

#ifdef __x86_64__

#include <immintrin.h>

#define BLOCK 64

/* One bit for each of 64 bytes, the first lowest. */
struct block_bits {
    uint64_t separators; /* commas and LF */
    uint64_t line_feeds;
    uint64_t returns;
    uint64_t blanks;
    uint64_t odd; /* quotes, NUL, and bytes beyond ASCII */
};

/* What the byte before a block was. */
struct byte_before {
    uint64_t edge; /* 1: the end of a field, or of what was before the first row */
    uint64_t blank;
};

static inline void cut_off(struct block_bits *bits, size_t length)
{
    uint64_t inside = ~(~UINT64_C(0) << length);
    bits->separators &= inside;
    bits->line_feeds &= inside;
    bits->returns &= inside;
    bits->blanks &= inside;
    bits->odd &= inside;
}

/* Whether every CR stands before LF, and no blank beside the end of a field. */
static inline bool is_plain(const struct block_bits *bits, struct byte_before *before,
                            bool line_feed_follows)
{
    uint64_t edges = bits->separators | bits->returns;
    uint64_t beside = (bits->blanks & (edges << 1 | before->edge)) |
                      (edges & (bits->blanks << 1 | before->blank));
    uint64_t before_line_feed = bits->line_feeds >> 1 | (uint64_t)line_feed_follows << (BLOCK - 1);
    before->edge = edges >> (BLOCK - 1);
    before->blank = bits->blanks >> (BLOCK - 1);
    return (bits->odd | beside | (bits->returns & ~before_line_feed)) == 0;
}

/* The bits of the block at `at`, with nothing in what lies after the end. */
static inline bool check_block(struct block_bits *bits, struct byte_before *before, const char *at,
                               const char *end)
{
    size_t left = (size_t)(end - at);
    if (left < BLOCK) {
        cut_off(bits, left);
    }
    return is_plain(bits, before, left > BLOCK && at[BLOCK] == '\n');
}

static inline void start(struct recist_plain_rows *rows, const char *at)
{
    rows->origin = at;
    rows->care = false;
    rows->count = 0;
    rows->next = 0;
    rows->line_count = 0;
    rows->next_line = 0;
}

static inline const char *limit(const struct recist_plain_rows *rows, const char *at,
                                const char *end)
{
    return (size_t)(end - at) > rows->reach ? at + rows->reach : end;
}

static inline uint64_t bits_of_16(__m128i bytes)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(bytes);
}

static inline __m128i equal_16(__m128i bytes, char byte)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte));
}

static inline void read_16(const char *at, unsigned shift, struct block_bits *bits)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + shift));
    __m128i line_feed = equal_16(bytes, '\n');
    __m128i blank = _mm_or_si128(equal_16(bytes, ' '), equal_16(bytes, '\t'));
    /* As signed numbers, NUL and bytes beyond ASCII are not above zero. */
    __m128i text =
        _mm_andnot_si128(equal_16(bytes, '"'), _mm_cmpgt_epi8(bytes, _mm_setzero_si128()));
    bits->separators |= bits_of_16(_mm_or_si128(equal_16(bytes, ','), line_feed)) << shift;
    bits->line_feeds |= bits_of_16(line_feed) << shift;
    bits->returns |= bits_of_16(equal_16(bytes, '\r')) << shift;
    bits->blanks |= bits_of_16(blank) << shift;
    bits->odd |= (bits_of_16(text) ^ 0xFFFF) << shift;
}

static void scan_sse2(struct recist_plain_rows *rows, const char *at, const char *end)
{
    struct byte_before before = {.edge = 1};
    const char *last = limit(rows, at, end);
    start(rows, at);
    for (; at < last && rows->count < RECIST_PLAIN_SEPARATORS; at += BLOCK) {
        struct block_bits bits = {0};
        read_16(at, 0, &bits);
        read_16(at, 16, &bits);
        read_16(at, 32, &bits);
        read_16(at, 48, &bits);
        if (!check_block(&bits, &before, at, end)) {
            rows->care = true;
            return;
        }
        uint32_t offset = (uint32_t)(at - rows->origin);
        for (uint64_t left = bits.separators; left != 0; left &= left - 1) {
            rows->separators[++rows->count] = offset + (uint32_t)__builtin_ctzll(left);
            rows->line_ends[rows->line_count] = rows->count;
            rows->line_count += (bits.line_feeds & left & -left) != 0;
        }
    }
}

#define BITS __attribute__((target("bmi,popcnt")))
#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline uint64_t bits_of_32(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

AVX2 static inline __m256i equal_32(__m256i bytes, char byte)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte));
}

AVX2 static inline void read_32(const char *at, unsigned shift, struct block_bits *bits)
{
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(at + shift));
    __m256i line_feed = equal_32(bytes, '\n');
    __m256i blank = _mm256_or_si256(equal_32(bytes, ' '), equal_32(bytes, '\t'));
    __m256i text =
        _mm256_andnot_si256(equal_32(bytes, '"'), _mm256_cmpgt_epi8(bytes, _mm256_setzero_si256()));
    bits->separators |= bits_of_32(_mm256_or_si256(equal_32(bytes, ','), line_feed)) << shift;
    bits->line_feeds |= bits_of_32(line_feed) << shift;
    bits->returns |= bits_of_32(equal_32(bytes, '\r')) << shift;
    bits->blanks |= bits_of_32(blank) << shift;
    bits->odd |= (bits_of_32(text) ^ UINT32_MAX) << shift;
}

AVX2 static inline uint64_t add_4(uint32_t *to, uint64_t bits, uint32_t offset)
{
    to[0] = offset + (uint32_t)_tzcnt_u64(bits);
    bits = _blsr_u64(bits);
    to[1] = offset + (uint32_t)_tzcnt_u64(bits);
    bits = _blsr_u64(bits);
    to[2] = offset + (uint32_t)_tzcnt_u64(bits);
    bits = _blsr_u64(bits);
    to[3] = offset + (uint32_t)_tzcnt_u64(bits);
    return _blsr_u64(bits);
}

/* How many separators a block has cannot be foreseen, so they are written in eights: a wrong guess
 * costs more than writing a few too many, which the next block overwrites. */
AVX2 static inline uint32_t add_all(uint32_t *to, uint64_t bits, uint32_t offset)
{
    uint32_t count = (uint32_t)_mm_popcnt_u64(bits);
    for (uint32_t written = 0; written < count; written += 8) {
        bits = add_4(to + written, bits, offset);
        bits = add_4(to + written + 4, bits, offset);
    }
    return count;
}

BITS static inline uint32_t separators_up_to(uint64_t separators, uint64_t line_feeds)
{
    return (uint32_t)_mm_popcnt_u64(separators & _blsmsk_u64(line_feeds));
}

BITS static inline uint32_t add_line_ends(uint32_t *to, uint64_t line_feeds, uint64_t separators,
                                          uint32_t before)
{
    uint32_t count = (uint32_t)_mm_popcnt_u64(line_feeds);
    for (uint32_t written = 0; written < count; written += 2) {
        to[written] = before + separators_up_to(separators, line_feeds);
        line_feeds = _blsr_u64(line_feeds);
        to[written + 1] = before + separators_up_to(separators, line_feeds);
        line_feeds = _blsr_u64(line_feeds);
    }
    return count;
}

AVX2 static void scan_avx2(struct recist_plain_rows *rows, const char *at, const char *end)
{
    struct byte_before before = {.edge = 1};
    const char *last = limit(rows, at, end);
    uint32_t count = 0;
    uint32_t lines = 0;
    start(rows, at);
    for (const char *block = at; block < last && count < RECIST_PLAIN_SEPARATORS; block += BLOCK) {
        struct block_bits bits = {0};
        read_32(block, 0, &bits);
        read_32(block, 32, &bits);
        if (!check_block(&bits, &before, block, end)) {
            rows->care = true;
            break;
        }
        lines += add_line_ends(rows->line_ends + lines, bits.line_feeds, bits.separators, count);
        count += add_all(rows->separators + 1 + count, bits.separators, (uint32_t)(block - at));
    }
    rows->count = count;
    rows->line_count = lines;
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")))

AVX512 static inline void read_64(const char *at, struct block_bits *bits)
{
    __m512i bytes = _mm512_loadu_si512((const void *)at);
    bits->line_feeds = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));
    bits->separators = bits->line_feeds | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(','));
    bits->returns = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r'));
    bits->blanks = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(' ')) |
                   _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\t'));
    bits->odd = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')) |
                _mm512_cmple_epi8_mask(bytes, _mm512_setzero_si512());
}

/* The numbers of the separators' bytes, moved together; sixteen at a time are as many as nearly
 * every block has. */
AVX512 static inline uint32_t add_sixteens(uint32_t *to, uint64_t bits, uint32_t offset)
{
    static const uint8_t numbers[BLOCK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    };
    uint32_t count = (uint32_t)_mm_popcnt_u64(bits);
    uint8_t together[BLOCK];
    _mm512_storeu_si512((void *)together, _mm512_maskz_compress_epi8(
                                              bits, _mm512_loadu_si512((const void *)numbers)));
    for (uint32_t written = 0; written < count; written += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(together + written));
        _mm512_storeu_si512(
            (void *)(to + written),
            _mm512_add_epi32(_mm512_cvtepu8_epi32(some), _mm512_set1_epi32((int)offset)));
    }
    return count;
}

AVX512 static void scan_avx512(struct recist_plain_rows *rows, const char *at, const char *end)
{
    struct byte_before before = {.edge = 1};
    const char *last = limit(rows, at, end);
    uint32_t count = 0;
    uint32_t lines = 0;
    start(rows, at);
    for (const char *block = at; block < last && count < RECIST_PLAIN_SEPARATORS; block += BLOCK) {
        struct block_bits bits;
        read_64(block, &bits);
        if (!check_block(&bits, &before, block, end)) {
            rows->care = true;
            break;
        }
        lines += add_line_ends(rows->line_ends + lines, bits.line_feeds, bits.separators, count);
        count +=
            add_sixteens(rows->separators + 1 + count, bits.separators, (uint32_t)(block - at));
    }
    rows->count = count;
    rows->line_count = lines;
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
}

recist_plain_scan *recist_plain_scan_at(size_t number)
{
    recist_plain_scan *const scans[] = {
        scan_sse2,
        has_avx2() ? scan_avx2 : NULL,
        has_avx512() ? scan_avx512 : NULL,
    };
    size_t there = 0;
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++) {
        if (scans[i] && there++ == number) {
            return scans[i];
        }
    }
    return NULL;
}

recist_plain_scan *recist_plain_scan_choose(void)
{
    return has_avx512() ? scan_avx512 : has_avx2() ? scan_avx2 : scan_sse2;
}

#else

recist_plain_scan *recist_plain_scan_at(size_t number)
{
    (void)number;
    return NULL;
}

recist_plain_scan *recist_plain_scan_choose(void)
{
    return NULL;
}

#endif
