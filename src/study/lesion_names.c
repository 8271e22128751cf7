/* SPDX-License-Identifier: MIT
 * The ids that rows give to lesions, and the lesions that they mean: `T1.2` may be a part of T1,
 * `T1+T3` two lesions grown together (docs/split-and-merged-lesions.md). */
#include <stdlib.h>

#include "base/excerpt.h"
#include "study/series_draft.h"
#include "study/spelling.h"

/* Up to so many lesions, sorting by insertion is the quickest. */
#define FEW_NAMES 24

static bool entry_is_named(const void *entries, uint32_t entry, const void *key)
{
    const struct recist_lesion_name *names = entries;
    return recist_spelling_identical(names[entry].id, *(const struct recist_slice *)key);
}

uint32_t recist_names_find(const struct recist_series_draft *draft, struct recist_slice id)
{
    if (draft->name_index.slots) {
        uint32_t found = recist_key_index_find(&draft->name_index, recist_key_hash(id, 0),
                                               entry_is_named, draft->names, &id);
        return found == RECIST_KEY_NOT_FOUND ? RECIST_NO_NAME : found;
    }
    uint64_t key = recist_spelling_order_key(id);
    for (uint32_t i = 0; i < draft->name_count; i++) {
        if (draft->names[i].key == key && recist_spelling_identical(draft->names[i].id, id)) {
            return i;
        }
    }
    return RECIST_NO_NAME;
}

/* Whether some byte of the word is the one that all bytes of `pattern` are. */
static bool has_byte(uint64_t word, uint64_t pattern)
{
    uint64_t zeros = word ^ pattern;
    return ((zeros - UINT64_C(0x0101010101010101)) & ~zeros & UINT64_C(0x8080808080808080)) != 0;
}

static bool looks_compound(struct recist_slice id, uint64_t key)
{
    if (has_byte(key, UINT64_C(0x2E2E2E2E2E2E2E2E)) || has_byte(key, UINT64_C(0x2B2B2B2B2B2B2B2B))) {
        return true;
    }
    for (size_t i = 8; i < id.length; i++) {
        if (id.text[i] == '.' || id.text[i] == '+') {
            return true;
        }
    }
    return false;
}

static uint32_t add_name(struct recist_series_draft *draft, struct recist_slice id)
{
    uint32_t number = draft->name_count++;
    uint64_t key = recist_spelling_order_key(id);
    bool compound = looks_compound(id, key);
    draft->names[number] = (struct recist_lesion_name){.id = id,
                                                       .key = key,
                                                       .parent = RECIST_NO_NAME,
                                                       .lesion = RECIST_NO_LESION,
                                                       .compound = compound};
    draft->compound |= compound;
    if (draft->name_index.slots) {
        recist_key_index_add(&draft->name_index, recist_key_hash(id, 0), number);
    }
    return number;
}

/* Rows mostly name the lesions of each visit in the same order, or all visits of one lesion. */
static uint32_t name_of_row(struct recist_series_draft *draft, struct recist_slice id,
                            uint32_t last)
{
    const struct recist_lesion_name *names = draft->names;
    uint32_t next = last + 1 < draft->name_count ? last + 1 : 0;
    if (next < draft->name_count && recist_spelling_identical(names[next].id, id)) {
        return next;
    }
    if (last < draft->name_count && recist_spelling_identical(names[last].id, id)) {
        return last;
    }
    uint32_t found = recist_names_find(draft, id);
    return found == RECIST_NO_NAME ? add_name(draft, id) : found;
}

bool recist_names_list(struct recist_series_draft *draft)
{
    struct recist_arena *arena = &draft->builder->arena;
    draft->row_name = recist_arena_take(arena, draft->row_count * sizeof *draft->row_name);
    draft->names = recist_arena_take(arena, draft->row_count * sizeof *draft->names);
    if (!draft->row_name || !draft->names ||
        (draft->row_count > RECIST_LINEAR_ROWS &&
         !recist_key_index_init(&draft->name_index, arena, draft->row_count))) {
        return false;
    }
    uint32_t name = 0;
    for (size_t i = 0; i < draft->row_count; i++) {
        size_t like = recist_row_like(draft, i);
        if (like > 0) {
            name = draft->row_name[i] = draft->row_name[i - like];
            continue;
        }
        if (draft->rows[i]->role == RECIST_ROLE_NONE) {
            draft->row_name[i] = RECIST_NO_NAME;
            continue;
        }
        name = name_of_row(draft, draft->rows[i]->lesion, name);
        draft->row_name[i] = name;
        if (recist_is_of_patient(draft->builder, draft->rows[i])) {
            draft->names[name].compound = false; /* whatever the word of the role looks like */
        }
    }
    return true;
}

static void find_first_visits(struct recist_series_draft *draft)
{
    for (size_t i = 0; i < draft->row_count; i++) {
        if (draft->row_name[i] == RECIST_NO_NAME) {
            continue;
        }
        struct recist_lesion_name *name = &draft->names[draft->row_name[i]];
        if (!name->first_row || draft->row_visit[i] < name->first_visit) {
            name->first_row = draft->rows[i];
            name->first_visit = draft->row_visit[i];
        }
    }
}

static uint32_t known_before(const struct recist_series_draft *draft, struct recist_slice id,
                             uint32_t visit)
{
    uint32_t found = recist_names_find(draft, id);
    bool known = found != RECIST_NO_NAME && draft->names[found].first_visit < visit &&
                 !recist_is_of_patient(draft->builder, draft->names[found].first_row);
    return known ? found : RECIST_NO_NAME;
}

/* The P of `P.n`, n being digits; empty for anything else. */
static struct recist_slice whole_of_part(struct recist_slice id)
{
    size_t point = id.length;
    while (point > 0 && id.text[point - 1] >= '0' && id.text[point - 1] <= '9') {
        point--;
    }
    bool part = point < id.length && point >= 2 && id.text[point - 1] == '.';
    return (struct recist_slice){id.text, part ? point - 1 : 0};
}

static void resolve_part(struct recist_series_draft *draft, struct recist_lesion_name *name)
{
    struct recist_slice whole = whole_of_part(name->id);
    uint32_t parent =
        whole.length > 0 ? known_before(draft, whole, name->first_visit) : RECIST_NO_NAME;
    if (parent != RECIST_NO_NAME) {
        name->form = RECIST_NAME_PART;
        name->parent = parent;
    }
}

/* Blanks around a plus sign are no part of an id. */
static struct recist_slice without_blanks(struct recist_slice text)
{
    while (text.length > 0 && (text.text[0] == ' ' || text.text[0] == '\t')) {
        text.text++;
        text.length--;
    }
    while (text.length > 0 &&
           (text.text[text.length - 1] == ' ' || text.text[text.length - 1] == '\t')) {
        text.length--;
    }
    return text;
}

/* Takes the text up to the next plus sign off `rest`. */
static struct recist_slice next_member(struct recist_slice *rest)
{
    const char *plus = rest->length > 0 ? memchr(rest->text, '+', rest->length) : NULL;
    size_t length = plus ? (size_t)(plus - rest->text) : rest->length;
    struct recist_slice member = {rest->text, length};
    size_t taken = plus ? length + 1 : length;
    *rest = (struct recist_slice){rest->text + taken, rest->length - taken};
    return without_blanks(member);
}

/* How many lesions `A+B+C` names; 0 when it is no such list. */
static size_t count_members(struct recist_slice id)
{
    size_t count = 1;
    for (size_t i = 0; i < id.length; i++) {
        if (id.text[i] == '+') {
            bool between = i > 0 && i + 1 < id.length && id.text[i + 1] != '+';
            if (!between) {
                return 0;
            }
            count++;
        }
    }
    return count > 1 ? count : 0;
}

static void report_unknown(struct recist_study_builder *builder,
                           const struct recist_lesion_name *name, struct recist_slice member)
{
    recist_shape_report(builder, RECIST_KIND(MERGE_UNKNOWN), name->first_row, RECIST_COLUMN_LESION,
                        "lesion \"%s\" says that lesions have merged, and \"%s\" is not recorded "
                        "at an earlier visit; name lesions that were there before",
                        RECIST_SHOWN(name->id), RECIST_SHOWN(member));
}

static bool resolve_merged(struct recist_series_draft *draft, struct recist_lesion_name *name)
{
    size_t count = count_members(name->id);
    if (count == 0) {
        return true;
    }
    uint32_t *members = recist_arena_take(&draft->builder->arena, count * sizeof *members);
    if (!members) {
        return false;
    }
    name->form = RECIST_NAME_MERGED;
    name->members = members;
    for (struct recist_slice rest = name->id; rest.length > 0;) {
        struct recist_slice member = next_member(&rest);
        uint32_t known = known_before(draft, member, name->first_visit);
        if (known == RECIST_NO_NAME) {
            report_unknown(draft->builder, name, member);
        } else {
            members[name->member_count++] = known;
        }
    }
    return true;
}

/* An id that stands at baseline is a lesion's own, whatever it looks like. */
static bool resolve(struct recist_series_draft *draft)
{
    for (uint32_t i = 0; i < draft->name_count; i++) {
        struct recist_lesion_name *name = &draft->names[i];
        if (!name->compound || name->first_visit <= recist_series_baseline(draft)) {
            continue;
        }
        bool merged = memchr(name->id.text, '+', name->id.length) != NULL;
        if (!merged) {
            resolve_part(draft, name);
        } else if (!resolve_merged(draft, name)) {
            return false;
        }
    }
    return true;
}

static int compare_names(const void *one, const void *other, void *names)
{
    const struct recist_lesion_name *all = names;
    return recist_spelling_order(all[*(const uint32_t *)one].id, all[*(const uint32_t *)other].id);
}

/* A patient has a handful of lesions: each is put where it belongs among those before it. */
static void sort_few(const struct recist_lesion_name *names, uint32_t *order, size_t count)
{
    uint64_t keys[FEW_NAMES];
    for (size_t i = 0; i < count; i++) {
        uint32_t number = order[i];
        uint64_t key = names[number].key;
        size_t to = i;
        for (; to > 0 && recist_spelling_keyed_order(keys[to - 1], names[order[to - 1]].id, key,
                                                     names[number].id) > 0;
             to--) {
            keys[to] = keys[to - 1];
            order[to] = order[to - 1];
        }
        keys[to] = key;
        order[to] = number;
    }
}

/* Numbers of the names that are lesions of their own, in order of id. */
static uint32_t *names_in_order(struct recist_series_draft *draft, size_t *count)
{
    uint32_t *order =
        recist_arena_take(&draft->builder->arena, (draft->name_count + 1) * sizeof *order);
    *count = 0;
    for (uint32_t i = 0; order && i < draft->name_count; i++) {
        if (draft->names[i].form == RECIST_NAME_WHOLE) {
            order[(*count)++] = i;
        }
    }
    if (order && *count <= FEW_NAMES) {
        sort_few(draft->names, order, *count);
    } else if (order) {
        qsort_r(order, *count, sizeof *order, compare_names, draft->names);
    }
    return order;
}

/* The lesion of a part is that of its whole; parents stand at ever earlier visits, so this ends. */
static uint32_t lesion_of(const struct recist_series_draft *draft, uint32_t number)
{
    const struct recist_lesion_name *name = &draft->names[number];
    if (name->form == RECIST_NAME_MERGED) {
        if (name->member_count == 0) {
            return RECIST_NO_LESION;
        }
        name = &draft->names[name->members[0]];
    }
    while (name->form == RECIST_NAME_PART) {
        name = &draft->names[name->parent];
    }
    return name->lesion;
}

static bool number_lesions(struct recist_series_draft *draft)
{
    struct recist_series *series = draft->series;
    struct recist_arena *arena = &draft->builder->arena;
    size_t count = 0;
    const uint32_t *order = names_in_order(draft, &count);
    series->lesions = recist_arena_take_zeroed(arena, count, sizeof *series->lesions);
    draft->lesions = recist_arena_take_zeroed(arena, count, sizeof *draft->lesions);
    if (!order || !series->lesions || !draft->lesions) {
        return false;
    }
    series->lesion_count = count;
    for (uint32_t i = 0; i < count; i++) {
        draft->names[order[i]].lesion = i;
        series->lesions[i].id = draft->names[order[i]].id;
    }
    for (uint32_t i = 0; draft->compound && i < draft->name_count; i++) {
        draft->names[i].lesion = lesion_of(draft, i);
    }
    return true;
}

bool recist_names_gather(struct recist_series_draft *draft)
{
    if (!recist_names_list(draft)) {
        return false;
    }
    if (draft->compound) {
        find_first_visits(draft);
        if (!resolve(draft)) {
            return false;
        }
    }
    return number_lesions(draft);
}
