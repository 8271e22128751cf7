/* SPDX-License-Identifier: MIT
 * An arena: memory that is handed out piece by piece and given back all at once. */
#ifndef RECIST_BASE_ARENA_H
#define RECIST_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include <recist/finding.h>

struct recist_arena_block;

struct recist_arena {
    struct recist_arena_block *blocks; /* the newest first */
    unsigned char *next;
    unsigned char *end;
    size_t block_size;
};

/* Nothing is allocated until the first use. `block_size` 0 picks a default. */
void recist_arena_init(struct recist_arena *arena, size_t block_size);
/* Gives all memory back to the system; the arena can be used again. */
void recist_arena_destroy(struct recist_arena *arena);
/* Forgets everything handed out, and keeps the newest block for reuse. */
void recist_arena_reset(struct recist_arena *arena);
/* `size` bytes fit for any type, not zeroed; NULL when memory is out. */
void *recist_arena_take(struct recist_arena *arena, size_t size);
/* The same for `count` elements, zeroed; NULL also when the product overflows. */
void *recist_arena_take_zeroed(struct recist_arena *arena, size_t count, size_t size);
/* A terminated copy. */
char *recist_arena_copy(struct recist_arena *arena, const char *text, size_t length);
struct recist_slice recist_arena_copy_slice(struct recist_arena *arena, struct recist_slice slice);

#endif
