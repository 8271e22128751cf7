/* SPDX-License-Identifier: MIT */
#include "cli/column_list.h"

#include "output/escape.h"

static char *escaped(struct recist_column_list *list, struct recist_text *name)
{
    switch (list->format) {
    case RECIST_FORMAT_CSV:
        recist_escape_csv(name, 0);
        break;
    case RECIST_FORMAT_JSON:
        recist_escape_json(name, 0);
        break;
    case RECIST_FORMAT_TABLE:
    default:
        recist_escape_terminal(name, 0);
        break;
    }
    return name->failed ? NULL : recist_arena_copy(list->arena, name->bytes, name->length);
}

static bool make_room(struct recist_column_list *list)
{
    if (list->count < list->capacity) {
        return true;
    }
    size_t capacity = list->capacity ? list->capacity * 2 : 32;
    struct recist_table_column *columns =
        recist_arena_take_zeroed(list->arena, capacity, sizeof *columns);
    if (!columns) {
        return false;
    }
    if (list->count > 0) {
        memcpy(columns, list->columns, list->count * sizeof *columns);
    }
    list->columns = columns;
    list->capacity = capacity;
    return true;
}

void recist_column_list_add_joined(struct recist_column_list *list, enum recist_cell_kind kind,
                                   const char *beginning, struct recist_slice name,
                                   const char *ending)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_text_append_string(&text, beginning);
    recist_text_append_slice(&text, name);
    recist_text_append_string(&text, ending);
    const char *kept = make_room(list) ? escaped(list, &text) : NULL;
    recist_text_destroy(&text);
    if (!kept) {
        list->failed = true;
        return;
    }
    list->columns[list->count++] = (struct recist_table_column){.name = kept, .kind = kind};
}

void recist_column_list_add(struct recist_column_list *list, enum recist_cell_kind kind,
                            struct recist_slice name)
{
    recist_column_list_add_joined(list, kind, "", name, "");
}

static bool is_taken(const struct recist_column_list *list, size_t column, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i != column && strcmp(list->columns[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool must_give_way(const struct recist_column_list *list, size_t column, size_t end)
{
    for (size_t i = 0; i < list->count; i++) {
        if ((i < column || i >= end) &&
            strcmp(list->columns[i].name, list->columns[column].name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *find_free_name(struct recist_column_list *list, size_t column)
{
    struct recist_text text;
    recist_text_init(&text);
    size_t number = 2;
    do {
        text.length = 0;
        recist_text_format(&text, "%s_%zu", list->columns[column].name, number++);
        recist_text_append_char(&text, '\0');
    } while (!text.failed && is_taken(list, column, text.bytes));
    const char *name =
        text.failed ? NULL : recist_arena_copy(list->arena, text.bytes, text.length - 1);
    recist_text_destroy(&text);
    return name;
}

void recist_column_list_make_unique(struct recist_column_list *list, size_t first, size_t end)
{
    for (size_t i = first; i < end && !list->failed; i++) {
        if (must_give_way(list, i, end)) {
            const char *name = find_free_name(list, i);
            list->failed = !name;
            list->columns[i].name = name ? name : list->columns[i].name;
        }
    }
}
