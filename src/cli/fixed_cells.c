/* SPDX-License-Identifier: MIT */
#include "cli/fixed_cells.h"

bool recist_fixed_cell_make(struct recist_slice *cell, const char *string,
                            enum recist_format format, struct recist_arena *arena)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_text_append(&text, ",", format == RECIST_FORMAT_CSV);
    if (string[0]) { /* an empty cell is empty in every format */
        recist_cell_encode(&text, format, (struct recist_slice){string, strlen(string)});
    }
    char *padded = recist_arena_take_zeroed(arena, text.length + RECIST_TEXT_PADDING, 1);
    bool made = padded && !text.failed;
    if (made) {
        recist_text_copy_short(padded, text.bytes, text.length);
        *cell = (struct recist_slice){padded, text.length};
    }
    recist_text_destroy(&text);
    return made;
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
        const char *string = i < first ? "" : text_of(criteria, (unsigned)i);
        if (!recist_fixed_cell_make(&fixed->cells[i], string, format, arena)) {
            return false;
        }
        if (fixed->cells[i].length > fixed->longest) {
            fixed->longest = fixed->cells[i].length;
        }
    }
    return fixed->cells != NULL;
}
