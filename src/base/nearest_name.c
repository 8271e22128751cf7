/* SPDX-License-Identifier: MIT */
#include "base/nearest_name.h"

#include <string.h>

#define LONGEST_NAME 64

static unsigned char folded(char byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return (unsigned char)(byte - 'A' + 'a');
    }
    return byte == ' ' || byte == '-' ? (unsigned char)'_' : (unsigned char)byte;
}

static size_t smaller(size_t one, size_t other)
{
    return one < other ? one : other;
}

static bool swapped(struct recist_slice one, size_t i, struct recist_slice other, size_t j)
{
    return i > 1 && j > 1 && folded(one.text[i - 1]) == folded(other.text[j - 2]) &&
           folded(one.text[i - 2]) == folded(other.text[j - 1]);
}

/* The edit distance with swaps of neighbours, by the usual table of which three rows are kept. */
size_t recist_name_distance(struct recist_slice one, struct recist_slice other)
{
    if (one.length > LONGEST_NAME || other.length > LONGEST_NAME) {
        return SIZE_MAX;
    }
    size_t rows[3][LONGEST_NAME + 1];
    size_t *before_last = rows[0];
    size_t *last = rows[1];
    size_t *row = rows[2];
    for (size_t j = 0; j <= other.length; j++) {
        last[j] = j;
    }
    for (size_t i = 1; i <= one.length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= other.length; j++) {
            size_t change = folded(one.text[i - 1]) != folded(other.text[j - 1]);
            row[j] = smaller(last[j - 1] + change, smaller(last[j], row[j - 1]) + 1);
            if (swapped(one, i, other, j)) {
                row[j] = smaller(row[j], before_last[j - 2] + 1);
            }
        }
        size_t *free_row = before_last;
        before_last = last;
        last = row;
        row = free_row;
    }
    return last[other.length];
}

bool recist_name_begins_with(struct recist_slice name, struct recist_slice beginning)
{
    size_t i = 0;
    while (i < beginning.length && i < name.length &&
           folded(name.text[i]) == folded(beginning.text[i])) {
        i++;
    }
    return i == beginning.length;
}

/* A third of the letters may be wrong: none in a word of two, one in a word of up to five. */
static size_t distance_allowed(struct recist_slice one, struct recist_slice other)
{
    size_t longer = one.length > other.length ? one.length : other.length;
    return longer / 3;
}

bool recist_name_is_near(struct recist_slice one, struct recist_slice other)
{
    size_t distance = recist_name_distance(one, other);
    return distance != SIZE_MAX && distance <= distance_allowed(one, other);
}

const char *recist_nearest_name(struct recist_slice name, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t nearest_distance = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        struct recist_slice candidate = {names[i], strlen(names[i])};
        size_t distance = recist_name_distance(name, candidate);
        if (distance < nearest_distance && distance <= distance_allowed(name, candidate)) {
            nearest = names[i];
            nearest_distance = distance;
        }
    }
    return nearest;
}
