/* SPDX-License-Identifier: MIT
 * The children of two mappings side by side, and which of them stand elsewhere in the order. */
#include <string.h>

#include "criteria/difference.h"

static const struct recist_yaml_node *find(const struct recist_yaml_node *mapping,
                                           const struct recist_yaml_node *key)
{
    const struct recist_yaml_node *child = mapping->first;
    while (child && strcmp(child->key->text, key->text) != 0) {
        child = child->next;
    }
    return child;
}

static const struct recist_yaml_node *as_mapping(const struct recist_yaml_node *node)
{
    static const struct recist_yaml_node none = {.kind = RECIST_YAML_MAPPING};
    return node && node->kind == RECIST_YAML_MAPPING ? node : &none;
}

static size_t position(const struct recist_yaml_node *mapping, const struct recist_yaml_node *child)
{
    size_t at = 0;
    for (const struct recist_yaml_node *other = mapping->first; other != child;
         other = other->next) {
        at++;
    }
    return at;
}

static struct recist_difference_pair pair_of(const struct recist_yaml_node *from,
                                             const struct recist_yaml_node *to)
{
    return (struct recist_difference_pair){
        .from = from, .to = to, .before = to && to->next ? to->next->key->text : NULL};
}

/* What only `to` has, from `child` on, up to the next one that both have. */
static size_t add_run(struct recist_difference_pair *pairs, size_t count,
                      const struct recist_yaml_node *from, const struct recist_yaml_node *child)
{
    for (; child && !find(from, child->key); child = child->next) {
        pairs[count++] = pair_of(NULL, child);
    }
    return count;
}

/* The order of `from`; behind each common child what only `to` has there. */
static size_t add_all(struct recist_difference_pair *pairs, const struct recist_yaml_node *from,
                      const struct recist_yaml_node *to)
{
    size_t count = add_run(pairs, 0, from, to->first);
    for (const struct recist_yaml_node *child = from->first; child; child = child->next) {
        const struct recist_yaml_node *same = find(to, child->key);
        pairs[count++] = pair_of(child, same);
        if (same) {
            count = add_run(pairs, count, from, same->next);
        }
    }
    return count;
}

struct chain_link {
    size_t place;  /* in `to` */
    size_t length; /* of the longest rising chain that ends here */
    size_t before; /* the one before it in that chain */
    size_t pair;
};

/* Marks the fewest that must move for the one order to become the other. */
static void mark_moved(struct recist_difference_pair *pairs, struct chain_link *links, size_t count)
{
    size_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        links[i].length = 1;
        links[i].before = SIZE_MAX;
        for (size_t k = 0; k < i; k++) {
            if (links[k].place < links[i].place && links[k].length >= links[i].length) {
                links[i].length = links[k].length + 1;
                links[i].before = k;
            }
        }
        longest = links[i].length > links[longest].length ? i : longest;
        pairs[links[i].pair].moved = true;
    }
    for (size_t i = count > 0 ? longest : SIZE_MAX; i != SIZE_MAX; i = links[i].before) {
        pairs[links[i].pair].moved = false;
    }
}

static bool find_moved(struct recist_document *document, struct recist_difference_pair *pairs,
                       size_t count, const struct recist_yaml_node *to)
{
    struct chain_link *links = recist_arena_take_zeroed(&document->arena, count + 1, sizeof *links);
    size_t common = 0;
    for (size_t i = 0; links && i < count; i++) {
        if (pairs[i].from && pairs[i].to) {
            links[common++] = (struct chain_link){.place = position(to, pairs[i].to), .pair = i};
        }
    }
    if (links) {
        mark_moved(pairs, links, common);
    }
    return links != NULL;
}

struct recist_difference_pair *recist_difference_pairs(struct recist_document *document,
                                                       const struct recist_yaml_node *from,
                                                       const struct recist_yaml_node *to,
                                                       size_t *count)
{
    from = as_mapping(from);
    to = as_mapping(to);
    *count = 0;
    struct recist_difference_pair *pairs =
        recist_arena_take_zeroed(&document->arena, from->count + to->count + 1, sizeof *pairs);
    if (pairs) {
        *count = add_all(pairs, from, to);
    }
    if (!pairs || !find_moved(document, pairs, *count, to)) {
        document->failed = true;
        *count = 0;
    }
    return pairs;
}
