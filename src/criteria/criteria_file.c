/* SPDX-License-Identifier: MIT */
#include "criteria/criteria_file.h"

#include <sha256.h>
#include <stdio.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/text_buffer.h"
#include "criteria/criteria_merge.h"
#include "criteria/criteria_search.h"
#include "criteria/yaml_access.h"

_Static_assert(RECIST_CRITERIA_SHA256_SIZE == SHA256_DIGEST_STRING_LENGTH,
               "room for the hexadecimal digest");

/* One file of the chain. */
struct link {
    const char *path;
    struct recist_file_identity identity;
    struct recist_slice bytes;
    struct recist_yaml_node *root;
    const struct recist_yaml_node *extends; /* NULL in the most basic file */
};

struct chain {
    const char *const *directories;
    size_t directory_count;
    struct recist_arena *arena;
    struct recist_findings *findings;
    struct link links[RECIST_CRITERIA_LONGEST_CHAIN];
    size_t length;
    bool invalid;
};

static void refuse_extends(struct chain *chain, const struct recist_yaml_node *extends,
                           const char *why)
{
    recist_findings_report(chain->findings, RECIST_KIND(RULES_EXTENDS), extends->place,
                           (struct recist_subject){0}, "\"extends\" %s", why);
    chain->invalid = true;
}

static struct recist_place place_of_extends(const struct chain *chain)
{
    return chain->length > 0 ? chain->links[chain->length - 1].extends->place
                             : (struct recist_place){0};
}

static const char *directory_of(struct recist_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return recist_arena_copy(arena, ".", 1);
    }
    return recist_arena_copy(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

/* A path relative to the directory of the extending file. */
static const char *relative_path(struct recist_arena *arena, const char *from, const char *path)
{
    const char *slash = strrchr(from, '/');
    if (path[0] == '/' || !slash) {
        return path;
    }
    size_t directory_length = (size_t)(slash - from) + 1;
    char *joined = recist_arena_take(arena, directory_length + strlen(path) + 1);
    if (joined) {
        memcpy(joined, from, directory_length);
        memcpy(joined + directory_length, path, strlen(path) + 1);
    }
    return joined;
}

static void report_circle(struct chain *chain, const struct recist_yaml_node *extends, size_t first)
{
    struct recist_text text;
    recist_text_init(&text);
    recist_text_append_string(&text, "leads in a circle: ");
    for (size_t i = first; i < chain->length; i++) {
        recist_text_format(&text, "%s, ", RECIST_SHOWN_STRING(chain->links[i].path));
    }
    recist_text_format(&text, "%s", RECIST_SHOWN_STRING(chain->links[first].path));
    recist_text_append_char(&text, '\0');
    refuse_extends(chain, extends, text.failed ? "leads in a circle" : text.bytes);
    recist_text_destroy(&text);
}

/* Whether the file at `path` may follow in the chain; findings if not. */
static bool may_follow(struct chain *chain, const struct recist_yaml_node *extends,
                       const char *path)
{
    struct recist_file_identity identity;
    if (!recist_file_identify(path, &identity)) {
        struct recist_excerpt shown;
        char why[sizeof shown.text + 64];
        snprintf(why, sizeof why, "names \"%s\"; there is no such file",
                 recist_excerpt(recist_yaml_slice(extends), &shown));
        refuse_extends(chain, extends, why);
        return false;
    }
    for (size_t i = 0; i < chain->length; i++) {
        if (recist_file_is_same(chain->links[i].identity, identity)) {
            report_circle(chain, extends, i);
            return false;
        }
    }
    if (chain->length == RECIST_CRITERIA_LONGEST_CHAIN) {
        refuse_extends(chain, extends, "makes a chain of more than 8 files");
        return false;
    }
    return true;
}

/* `parts/organs` is a name: what is extended is found wherever its directory is. */
static bool extends_path(const char *text)
{
    return text[0] == '/' || text[0] == '.' ||
           (recist_criteria_is_path(text) && strstr(text, ".yaml") != NULL);
}

/* No criteria are called so, but for the file that extends them. */
static enum recist_outcome report_not_found(struct chain *chain,
                                            const struct recist_yaml_node *extends,
                                            const struct recist_criteria_directories *directories)
{
    const char *own = NULL;
    if (recist_criteria_find(extends->text, directories, NULL, chain->arena, &own) !=
        RECIST_DONE) {
        return RECIST_NO_MEMORY;
    }
    if (own) {
        refuse_extends(chain, extends,
                       "names this file itself, and there are no other criteria of that name");
    } else {
        recist_criteria_report_not_found(extends->text, directories, RECIST_KIND(RULES_EXTENDS),
                                         extends->place, chain->findings);
        chain->invalid = true;
    }
    return RECIST_DONE;
}

/* The path of what the last file of the chain extends; NULL after a finding. */
static enum recist_outcome find_parent(struct chain *chain, const char **path)
{
    struct link *link = &chain->links[chain->length - 1];
    const struct recist_yaml_node *extends = link->extends;
    *path = NULL;
    if (extends->kind != RECIST_YAML_SCALAR || extends->length == 0 ||
        recist_yaml_is_null(extends)) {
        refuse_extends(chain, extends, "needs the name or the path of a criteria file");
        return RECIST_DONE;
    }
    struct recist_criteria_directories directories = {.first =
                                                          directory_of(chain->arena, link->path),
                                                      .given = chain->directories,
                                                      .given_count = chain->directory_count};
    if (!directories.first) {
        return RECIST_NO_MEMORY;
    }
    if (extends_path(extends->text)) {
        *path = relative_path(chain->arena, link->path, extends->text);
        if (!*path) {
            return RECIST_NO_MEMORY;
        }
    } else if (recist_criteria_find(extends->text, &directories, &link->identity, chain->arena,
                                    path) != RECIST_DONE) {
        return RECIST_NO_MEMORY;
    } else if (!*path && report_not_found(chain, extends, &directories) != RECIST_DONE) {
        return RECIST_NO_MEMORY;
    }
    if (*path && !may_follow(chain, extends, *path)) {
        *path = NULL;
    }
    return RECIST_DONE;
}

/* Takes the keys out of a file's tree that concern the chain. */
static void prepare_link(struct chain *chain, struct link *link)
{
    link->extends = recist_yaml_take_out(link->root, "extends");
    if (!link->extends) {
        return;
    }
    for (const struct recist_yaml_node *child = link->root->first; child; child = child->next) {
        if (recist_yaml_equals(child->key, "criteria")) {
            return;
        }
    }
    /* It would pass for what it extends, and so would every response made with it. */
    recist_findings_report(chain->findings, RECIST_KIND(RULES_MISSING_KEY),
                           link->extends->key->place, (struct recist_subject){0},
                           "this file extends another and has no \"criteria\" of its own; give it "
                           "a name");
    chain->invalid = true;
}

/* Reads the next file of the chain. RECIST_INVALID: the chain ends here, without a tree. */
static enum recist_outcome read_link(struct chain *chain, const char *path)
{
    struct link link = {.path = path};
    enum recist_outcome outcome = recist_yaml_read_file(path, place_of_extends(chain), chain->arena,
                                                        chain->findings, &link.bytes);
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    outcome = recist_yaml_parse(link.bytes, path, chain->arena, chain->findings, &link.root);
    chain->invalid |= outcome == RECIST_INVALID;
    if (!link.root) {
        return outcome;
    }
    if (link.root->kind != RECIST_YAML_MAPPING) {
        recist_findings_report(chain->findings, RECIST_KIND(RULES_WRONG_KIND), link.root->place,
                               (struct recist_subject){0},
                               "the file does not begin with a key; expected a mapping such as "
                               "\"criteria: NAME\"");
        return RECIST_INVALID;
    }
    recist_file_identify(path, &link.identity);
    prepare_link(chain, &link);
    chain->links[chain->length++] = link;
    return RECIST_DONE;
}

/* From the file itself down to the most basic one. */
static enum recist_outcome read_chain(struct chain *chain, const char *path)
{
    while (path) {
        enum recist_outcome outcome = read_link(chain, path);
        if (outcome != RECIST_DONE) {
            return outcome;
        }
        if (!chain->links[chain->length - 1].extends) {
            return RECIST_DONE;
        }
        outcome = find_parent(chain, &path);
        if (outcome != RECIST_DONE) {
            return outcome;
        }
    }
    return RECIST_INVALID;
}

static const char *id_of(const struct recist_yaml_node *root)
{
    for (const struct recist_yaml_node *child = root->first; child; child = child->next) {
        if (recist_yaml_equals(child->key, "criteria") && child->kind == RECIST_YAML_SCALAR) {
            return child->text;
        }
    }
    return "";
}

static void hash_chain(const struct chain *chain, char sha256[RECIST_CRITERIA_SHA256_SIZE])
{
    SHA256_CTX context;
    SHA256_Init(&context);
    for (size_t i = chain->length; i-- > 0;) {
        SHA256_Update(&context, (const uint8_t *)chain->links[i].bytes.text,
                      chain->links[i].bytes.length);
    }
    SHA256_End(&context, sha256);
}

static struct recist_yaml_node *merge_chain(struct chain *chain)
{
    struct recist_yaml_node *root = chain->links[chain->length - 1].root;
    for (size_t i = chain->length - 1; i-- > 0;) {
        if (recist_criteria_merge(root, chain->links[i].root, chain->findings) > 0) {
            chain->invalid = true;
        }
    }
    return root;
}

static struct recist_criteria_source *make_source(struct chain *chain)
{
    struct recist_criteria_source *source =
        recist_arena_take_zeroed(chain->arena, 1, sizeof *source);
    struct recist_criteria_ancestor *ancestors =
        recist_arena_take_zeroed(chain->arena, chain->length, sizeof *ancestors);
    if (!source || !ancestors) {
        return NULL;
    }
    for (size_t i = 0; i < chain->length; i++) {
        ancestors[i].id = id_of(chain->links[i].root);
        ancestors[i].path = chain->links[i].path;
    }
    source->path = chain->links[0].path;
    source->chain = ancestors;
    source->chain_length = chain->length;
    hash_chain(chain, source->sha256);
    source->root = merge_chain(chain);
    return source;
}

/* The path of the first file of the chain. */
static enum recist_outcome find_first(struct chain *chain, const char *name_or_path,
                                      const char **path)
{
    struct recist_criteria_directories directories = {.given = chain->directories,
                                                      .given_count = chain->directory_count};
    if (recist_criteria_is_path(name_or_path)) {
        *path = recist_arena_copy(chain->arena, name_or_path, strlen(name_or_path));
        return *path ? RECIST_DONE : RECIST_NO_MEMORY;
    }
    enum recist_outcome outcome =
        recist_criteria_find(name_or_path, &directories, NULL, chain->arena, path);
    if (outcome == RECIST_DONE && !*path) {
        recist_criteria_report_not_found(name_or_path, &directories, RECIST_KIND(RULES_NOT_FOUND),
                                         (struct recist_place){0}, chain->findings);
        return RECIST_UNREADABLE;
    }
    return outcome;
}

enum recist_outcome recist_criteria_source_load(const char *name_or_path,
                                                const char *const *directories,
                                                size_t directory_count, struct recist_arena *arena,
                                                struct recist_findings *findings,
                                                struct recist_criteria_source **source)
{
    struct chain chain = {.directories = directories,
                          .directory_count = directory_count,
                          .arena = arena,
                          .findings = findings};
    const char *path = NULL;
    *source = NULL;
    enum recist_outcome outcome = find_first(&chain, name_or_path, &path);
    if (outcome == RECIST_DONE) {
        outcome = read_chain(&chain, path);
    }
    struct recist_criteria_source *made = outcome == RECIST_DONE ? make_source(&chain) : NULL;
    if (recist_findings_lost(findings) || (outcome == RECIST_DONE && !made)) {
        return RECIST_NO_MEMORY;
    }
    if (outcome != RECIST_DONE) {
        return outcome;
    }
    *source = made;
    return chain.invalid ? RECIST_INVALID : RECIST_DONE;
}
