/* SPDX-License-Identifier: MIT
 * Looking at eight bytes of text at a time. */
#ifndef RECIST_BASE_EIGHT_BYTES_H
#define RECIST_BASE_EIGHT_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t recist_every_byte(unsigned byte)
{
    return UINT64_C(0x0101010101010101) * byte;
}

/* Marks the high bit of bytes that are zero, or below a limit of at most 128; a false mark can
 * follow only a true one. */
static inline uint64_t recist_zero_bytes(uint64_t eight)
{
    return (eight - recist_every_byte(0x01)) & ~eight & recist_every_byte(0x80);
}

static inline uint64_t recist_bytes_below(uint64_t eight, unsigned limit)
{
    return (eight - recist_every_byte(limit)) & ~eight & recist_every_byte(0x80);
}

static inline uint64_t recist_bytes_equal(uint64_t eight, char byte)
{
    return recist_zero_bytes(eight ^ recist_every_byte((unsigned char)byte));
}

/* Up to seven bytes of text, some of them twice, among digits: in a register, since what was stored
 * byte by byte could not be loaded as a word at once. */
static inline uint64_t recist_load_few(const char *at, size_t length)
{
    if (length >= 4) {
        uint32_t halves[2];
        memcpy(&halves[0], at, 4);
        memcpy(&halves[1], at + length - 4, 4);
        return halves[0] | (uint64_t)halves[1] << 32;
    }
    if (length == 0) {
        return recist_every_byte('0');
    }
    return recist_every_byte('0') << 24 | (uint64_t)(unsigned char)at[length - 1] << 16 |
           (uint64_t)(unsigned char)at[length / 2] << 8 | (unsigned char)at[0];
}

#endif
