/* SPDX-License-Identifier: MIT
 * Fisher's test of a table of any size. The tables with the given margins are built row by row. How
 * a half-built table can go on depends only on what each column has left, in any order, so all
 * half-built tables with the same columns left and the same probability so far are one path. A path
 * ends early where all its tables, or none, are as improbable as the one seen; the sum over all of
 * them is known in closed form. (The idea of the network algorithm of Mehta and Patel, J Am Stat
 * Assoc 1983;78:427-434.) */
#include "statistics/fisher.h"

#include <stdlib.h>
#include <string.h>

/* Paths are one if the logarithms of their probabilities round to the same multiple of this; over
 * all rows that must stay well below the tolerance for ties. */
#define LOG_STEPS 1e10

struct path {
    int64_t rounded;
    double log_product; /* of 1 / cell! over the rows so far */
    double tables;      /* how many half-built tables this stands for */
    uint64_t hash;
};

/* The paths after a row, found by hash. */
struct level {
    struct path *paths;
    uint32_t *columns; /* what is left, column_count for each path, the largest first */
    size_t count;
    uint32_t *slots;   /* number of the path plus 1 */
    size_t slot_count; /* a power of two, twice what `paths` has room for */
};

struct walk {
    struct recist_arena *arena;
    uint32_t *rows; /* totals, the smallest first */
    uint32_t *columns;
    size_t row_count;
    size_t column_count;
    double *log_factorials;
    double log_limit; /* of a table that counts as improbable, without log_scale */
    double log_scale; /* what the margins contribute to every table */
    double p_value;
    double lost; /* what rounding has dropped from p_value (Kahan) */
    uint32_t steps_left;
    enum recist_statistics_problem problem;
    /* The row that is being filled. */
    size_t row;
    uint32_t *left;
    uint32_t *sorted;
    struct level *next;
    double tables;
};

static void add_probability(struct walk *walk, double probability)
{
    const double term = probability - walk->lost;
    const double sum = walk->p_value + term;
    walk->lost = (sum - walk->p_value) - term;
    walk->p_value = sum;
}

static bool make_level(struct walk *walk, struct level *level, size_t slot_count)
{
    const size_t room = slot_count / 2;
    *level = (struct level){.slot_count = slot_count};
    level->paths = recist_arena_take_zeroed(walk->arena, room, sizeof *level->paths);
    level->columns =
        recist_arena_take_zeroed(walk->arena, room * walk->column_count, sizeof *level->columns);
    level->slots = recist_arena_take_zeroed(walk->arena, slot_count, sizeof *level->slots);
    return level->paths && level->columns && level->slots;
}

static size_t find_free_slot(const struct level *level, uint64_t hash)
{
    size_t slot = (size_t)hash & (level->slot_count - 1);
    while (level->slots[slot] != 0) {
        slot = (slot + 1) & (level->slot_count - 1);
    }
    return slot;
}

static bool grow_level(struct walk *walk, struct level *level)
{
    struct level larger;
    if (!make_level(walk, &larger, level->slot_count * 2)) {
        return false;
    }
    larger.count = level->count;
    memcpy(larger.paths, level->paths, level->count * sizeof *level->paths);
    memcpy(larger.columns, level->columns,
           level->count * walk->column_count * sizeof *level->columns);
    for (size_t index = 0; index < level->count; index++) {
        larger.slots[find_free_slot(&larger, level->paths[index].hash)] = (uint32_t)index + 1;
    }
    *level = larger;
    return true;
}

static uint64_t hash_path(const uint32_t *columns, size_t count, int64_t rounded)
{
    const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = (uint64_t)rounded * factor;
    for (size_t column = 0; column < count; column++) {
        hash = (hash ^ (hash >> 29) ^ columns[column]) * factor;
    }
    return hash ^ (hash >> 32);
}

static bool is_same(const struct level *level, size_t index, const struct path *path,
                    const uint32_t *columns, size_t column_count)
{
    return level->paths[index].hash == path->hash && level->paths[index].rounded == path->rounded &&
           memcmp(level->columns + index * column_count, columns, column_count * sizeof *columns) ==
               0;
}

/* Adds a path to the level, to its like if that is there; false, with the problem, if it cannot. */
static bool add_path(struct walk *walk, struct level *level, const uint32_t *columns,
                     double log_product, double tables)
{
    const size_t column_count = walk->column_count;
    struct path path = {
        .rounded = llround(log_product * LOG_STEPS), .log_product = log_product, .tables = tables};
    path.hash = hash_path(columns, column_count, path.rounded);
    size_t slot = (size_t)path.hash & (level->slot_count - 1);
    for (; level->slots[slot] != 0; slot = (slot + 1) & (level->slot_count - 1)) {
        const size_t index = level->slots[slot] - 1;
        if (is_same(level, index, &path, columns, column_count)) {
            level->paths[index].tables += tables;
            return true;
        }
    }
    if (level->count == RECIST_FISHER_PATHS) {
        walk->problem = RECIST_STATISTICS_TOO_LARGE;
        return false;
    }
    if (level->count * 2 == level->slot_count) {
        if (!grow_level(walk, level)) {
            walk->problem = RECIST_STATISTICS_MEMORY;
            return false;
        }
        slot = find_free_slot(level, path.hash);
    }
    level->paths[level->count] = path;
    memcpy(level->columns + level->count * column_count, columns, column_count * sizeof *columns);
    level->slots[slot] = (uint32_t)++level->count;
    return true;
}

/* log of the largest product of 1 / cell! that a total can give over so many cells: spread evenly.
 */
static double spread_evenly(const struct walk *walk, uint32_t total, size_t cells)
{
    const size_t each = total / cells;
    const size_t larger = total % cells;
    return -(double)(cells - larger) * walk->log_factorials[each] -
           (double)larger * (larger > 0 ? walk->log_factorials[each + 1] : 0);
}

/* What the rows still to come can contribute: at most, at least, and summed over all ways. */
struct outlook {
    double log_most;
    double log_least;
    double log_sum;
};

static struct outlook look_ahead(const struct walk *walk, const uint32_t *columns)
{
    double most_by_columns = 0;
    double most_by_rows = 0;
    double least_by_columns = 0;
    double least_by_rows = 0;
    size_t total = 0;
    const size_t rows_left = walk->row_count - walk->row - 1;
    for (size_t column = 0; column < walk->column_count; column++) {
        most_by_columns += spread_evenly(walk, columns[column], rows_left);
        least_by_columns -= walk->log_factorials[columns[column]];
        total += columns[column];
    }
    for (size_t row = walk->row + 1; row < walk->row_count; row++) {
        most_by_rows += spread_evenly(walk, walk->rows[row], walk->column_count);
        least_by_rows -= walk->log_factorials[walk->rows[row]];
    }
    const bool is_decided = rows_left == 1; /* rounding must not leave it open */
    return (struct outlook){
        .log_most = is_decided ? least_by_columns : fmin(most_by_columns, most_by_rows),
        .log_least = is_decided ? least_by_columns : fmax(least_by_columns, least_by_rows),
        .log_sum = walk->log_factorials[total] + least_by_columns + least_by_rows};
}

static int compare_largest_first(const void *left, const void *right)
{
    const uint32_t first = *(const uint32_t *)left;
    const uint32_t second = *(const uint32_t *)right;
    return (first < second) - (first > second);
}

/* A row is full: its path is settled, or goes on to the next row. With one row to come, most and
 * least are the same, so that nothing goes on. */
static bool finish_row(struct walk *walk, double log_product)
{
    if (walk->steps_left == 0) {
        walk->problem = RECIST_STATISTICS_TOO_LARGE;
        return false;
    }
    walk->steps_left--;
    const struct outlook outlook = look_ahead(walk, walk->left);
    if (log_product + outlook.log_most <= walk->log_limit) {
        add_probability(walk, walk->tables * exp(walk->log_scale + log_product + outlook.log_sum));
        return true;
    }
    if (log_product + outlook.log_least > walk->log_limit) {
        return true;
    }
    memcpy(walk->sorted, walk->left, walk->column_count * sizeof *walk->sorted);
    qsort(walk->sorted, walk->column_count, sizeof *walk->sorted, compare_largest_first);
    return add_path(walk, walk->next, walk->sorted, log_product, walk->tables);
}

/* Fills the cells of the row from this column on in every way; false ends the walk. */
static bool fill_cells(struct walk *walk, size_t column, uint32_t row_left, double log_product)
{
    if (column == walk->column_count) {
        return finish_row(walk, log_product);
    }
    uint32_t right = 0;
    for (size_t other = column + 1; other < walk->column_count; other++) {
        right += walk->left[other];
    }
    const uint32_t before = walk->left[column];
    const uint32_t most = row_left < before ? row_left : before;
    bool going = true;
    for (uint32_t cell = row_left > right ? row_left - right : 0; going && cell <= most; cell++) {
        walk->left[column] = before - cell;
        going =
            fill_cells(walk, column + 1, row_left - cell, log_product - walk->log_factorials[cell]);
    }
    walk->left[column] = before;
    return going;
}

static bool walk_rows(struct walk *walk)
{
    const size_t first_slots = 256;
    struct level level;
    struct level next;
    if (!make_level(walk, &level, first_slots) || !make_level(walk, &next, first_slots) ||
        !add_path(walk, &level, walk->columns, 0, 1)) {
        walk->problem = RECIST_STATISTICS_MEMORY;
        return false;
    }
    walk->next = &next;
    for (walk->row = 0; walk->row + 1 < walk->row_count; walk->row++) {
        for (size_t index = 0; index < level.count; index++) {
            memcpy(walk->left, level.columns + index * walk->column_count,
                   walk->column_count * sizeof *walk->left);
            walk->tables = level.paths[index].tables;
            if (!fill_cells(walk, 0, walk->rows[walk->row], level.paths[index].log_product)) {
                return false;
            }
        }
        const struct level done = level;
        level = next;
        next = done;
        next.count = 0;
        memset(next.slots, 0, next.slot_count * sizeof *next.slots);
    }
    return true;
}

/* Keeps the totals that are not zero, the smallest first. */
static size_t arrange_totals(uint32_t *totals, size_t count)
{
    size_t kept = 0;
    for (size_t index = 0; index < count; index++) {
        if (totals[index] > 0) {
            totals[kept++] = totals[index];
        }
    }
    for (size_t index = 1; index < kept; index++) {
        const uint32_t total = totals[index];
        size_t place = index;
        for (; place > 0 && totals[place - 1] > total; place--) {
            totals[place] = totals[place - 1];
        }
        totals[place] = total;
    }
    return kept;
}

/* Adds up the margins; the longer one becomes the rows, so that a path has few columns. Returns the
 * sum of the counts; the margins are not complete if it is too large. */
static uint64_t add_up(struct walk *walk, const uint32_t *counts)
{
    uint64_t total = 0;
    for (size_t row = 0; row < walk->row_count; row++) {
        for (size_t column = 0; column < walk->column_count; column++) {
            const uint32_t count = counts[row * walk->column_count + column];
            total += count;
            if (total > RECIST_FISHER_TOTAL) {
                return total;
            }
            walk->rows[row] += count;
            walk->columns[column] += count;
        }
    }
    walk->row_count = arrange_totals(walk->rows, walk->row_count);
    walk->column_count = arrange_totals(walk->columns, walk->column_count);
    if (walk->column_count > walk->row_count) {
        uint32_t *const rows = walk->rows;
        const size_t row_count = walk->row_count;
        walk->rows = walk->columns;
        walk->row_count = walk->column_count;
        walk->columns = rows;
        walk->column_count = row_count;
    }
    return total;
}

static double sum_log_factorials(const struct walk *walk, const uint32_t *numbers, size_t count)
{
    double sum = 0;
    for (size_t index = 0; index < count; index++) {
        sum += walk->log_factorials[numbers[index]];
    }
    return sum;
}

static bool take_scratch(struct walk *walk, size_t total)
{
    walk->left = recist_arena_take_zeroed(walk->arena, walk->column_count, sizeof *walk->left);
    walk->sorted = recist_arena_take_zeroed(walk->arena, walk->column_count, sizeof *walk->sorted);
    walk->log_factorials =
        recist_arena_take_zeroed(walk->arena, total + 1, sizeof *walk->log_factorials);
    for (size_t number = 2; walk->log_factorials && number <= total; number++) {
        int sign = 0; /* plain lgamma() writes a global variable */
        walk->log_factorials[number] = lgamma_r((double)number + 1, &sign);
    }
    return walk->left && walk->sorted && walk->log_factorials;
}

enum recist_statistics_problem recist_fisher_test_table(const uint32_t *counts, size_t row_count,
                                                        size_t column_count,
                                                        struct recist_arena *arena, double *p_value)
{
    *p_value = (double)NAN;
    struct walk walk = {.arena = arena,
                        .row_count = row_count,
                        .column_count = column_count,
                        .rows = recist_arena_take_zeroed(arena, row_count, sizeof *walk.rows),
                        .columns =
                            recist_arena_take_zeroed(arena, column_count, sizeof *walk.columns),
                        .steps_left = RECIST_FISHER_STEPS};
    if (!walk.rows || !walk.columns) {
        return RECIST_STATISTICS_MEMORY;
    }
    const uint64_t total = add_up(&walk, counts);
    if (total > RECIST_FISHER_TOTAL) {
        return RECIST_STATISTICS_TOO_LARGE;
    }
    if (walk.row_count < 2 || walk.column_count < 2) {
        *p_value = 1;
        return RECIST_STATISTICS_OK;
    }
    if (!take_scratch(&walk, (size_t)total)) {
        return RECIST_STATISTICS_MEMORY;
    }
    walk.log_scale = sum_log_factorials(&walk, walk.rows, walk.row_count) +
                     sum_log_factorials(&walk, walk.columns, walk.column_count) -
                     walk.log_factorials[total];
    walk.log_limit = log1p(RECIST_FISHER_TOLERANCE) -
                     sum_log_factorials(&walk, counts, row_count * column_count);
    if (!walk_rows(&walk)) {
        return walk.problem;
    }
    *p_value = fmin(1, walk.p_value);
    return RECIST_STATISTICS_OK;
}
