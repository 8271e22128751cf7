/* SPDX-License-Identifier: MIT */
#include "cli/fixed_cells.h"

static struct recist_slice encode(const char *string, enum recist_format format,
                                  struct recist_arena *arena)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_cell_encode(&text, format, (struct recist_slice){string, strlen(string)});
    struct recist_slice cell = {NULL, 0};
    if (!text.failed) {
        cell = recist_arena_copy_slice(arena, (struct recist_slice){text.bytes, text.length});
    }
    recist_text_destroy(&text);
    return cell;
}

bool recist_fixed_cells_make(struct recist_fixed_cells *fixed, const struct recist_criteria *criteria,
                             const char *(*text_of)(const struct recist_criteria *, unsigned),
                             unsigned first, enum recist_format format,
                             struct recist_arena *arena)
{
    size_t count = first;
    while (text_of(criteria, (unsigned)count)[0]) {
        count++;
    }
    *fixed = (struct recist_fixed_cells){
        .cells = recist_arena_take(arena, (count + 1) * sizeof *fixed->cells), .count = count};
    for (size_t i = 0; fixed->cells && i < count; i++) {
        fixed->cells[i] = i < first ? (struct recist_slice){"", 0}
                                    : encode(text_of(criteria, (unsigned)i), format, arena);
        if (!fixed->cells[i].text) {
            return false;
        }
    }
    return fixed->cells != NULL;
}
