/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_BLOCK_SIZE ((size_t)16 * 1024)

struct recist_arena_block {
    struct recist_arena_block *older;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

void recist_arena_init(struct recist_arena *arena, size_t block_size)
{
    *arena = (struct recist_arena){.block_size = block_size ? block_size : DEFAULT_BLOCK_SIZE};
}

static void free_blocks(struct recist_arena_block *block)
{
    while (block) {
        struct recist_arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void recist_arena_destroy(struct recist_arena *arena)
{
    free_blocks(arena->blocks);
    arena->blocks = NULL;
    arena->next = arena->end = NULL;
}

void recist_arena_reset(struct recist_arena *arena)
{
    if (!arena->blocks) {
        return;
    }
    free_blocks(arena->blocks->older);
    arena->blocks->older = NULL;
    arena->next = arena->blocks->bytes;
    arena->end = arena->next + arena->blocks->size;
}

static void *take_from_new_block(struct recist_arena *arena, size_t size)
{
    /* Blocks double, so that one reset later a single block serves. */
    size_t wanted = arena->blocks ? arena->blocks->size * 2 : arena->block_size;
    if (wanted < size) {
        wanted = size;
    }
    if (wanted > SIZE_MAX - sizeof(struct recist_arena_block)) {
        return NULL;
    }
    struct recist_arena_block *block = malloc(sizeof *block + wanted);
    if (!block) {
        return NULL;
    }
    *block = (struct recist_arena_block){.older = arena->blocks, .size = wanted};
    arena->blocks = block;
    arena->next = block->bytes + size;
    arena->end = block->bytes + wanted;
    return block->bytes;
}

void *recist_arena_take(struct recist_arena *arena, size_t size)
{
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX - alignment) {
        return NULL;
    }
    size = (size + alignment - 1) & ~(alignment - 1);
    if (arena->next && (size_t)(arena->end - arena->next) >= size) {
        void *taken = arena->next;
        arena->next += size;
        return taken;
    }
    return take_from_new_block(arena, size);
}

void *recist_arena_take_zeroed(struct recist_arena *arena, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        return NULL;
    }
    void *taken = recist_arena_take(arena, bytes);
    return taken ? memset(taken, 0, bytes) : NULL;
}

char *recist_arena_copy(struct recist_arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? recist_arena_take(arena, length + 1) : NULL;
    if (!copy) {
        return NULL;
    }
    if (length > 0) {
        memcpy(copy, text, length);
    }
    copy[length] = '\0';
    return copy;
}

struct recist_slice recist_arena_copy_slice(struct recist_arena *arena, struct recist_slice slice)
{
    char *copy = recist_arena_copy(arena, slice.text, slice.length);
    return (struct recist_slice){.text = copy, .length = copy ? slice.length : 0};
}
