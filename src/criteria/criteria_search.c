/* SPDX-License-Identifier: MIT */
#include "criteria/criteria_search.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/excerpt.h"
#include "base/nearest_name.h"
#include "base/text_buffer.h"
#include "recist_configuration.h"

#define SUFFIX ".yaml"
#define MOST_LISTED 12

struct name_list {
    char **names;
    size_t count;
    size_t capacity;
};

static bool has_suffix(const char *name)
{
    size_t length = strlen(name);
    return length > strlen(SUFFIX) && strcmp(name + length - strlen(SUFFIX), SUFFIX) == 0;
}

bool recist_criteria_is_path(const char *name_or_path)
{
    return strchr(name_or_path, '/') != NULL || has_suffix(name_or_path);
}

bool recist_file_identify(const char *path, struct recist_file_identity *identity)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return false;
    }
    *identity = (struct recist_file_identity){.device = status.st_dev, .number = status.st_ino};
    return true;
}

bool recist_file_is_same(struct recist_file_identity one, struct recist_file_identity other)
{
    return one.device == other.device && one.number == other.number;
}

static size_t directory_count(const struct recist_criteria_directories *directories)
{
    return directories->given_count + 2;
}

/* The directories in the order of the search; NULL for one that does not apply. */
static const char *directory_at(const struct recist_criteria_directories *directories, size_t index)
{
    if (index == 0) {
        return directories->first;
    }
    return index <= directories->given_count ? directories->given[index - 1]
                                             : RECIST_RULES_DIRECTORY;
}

static char *file_path(struct recist_arena *arena, const char *directory, const char *name)
{
    size_t directory_length = strlen(directory);
    size_t name_length = strlen(name);
    char *path = recist_arena_take(arena, directory_length + name_length + sizeof "/" SUFFIX);
    if (path) {
        char *to = mempcpy(path, directory, directory_length);
        if (directory_length > 0 && directory[directory_length - 1] != '/') {
            *to++ = '/';
        }
        to = mempcpy(to, name, name_length);
        memcpy(to, SUFFIX, sizeof SUFFIX);
    }
    return path;
}

enum recist_outcome recist_criteria_find(const char *name,
                                         const struct recist_criteria_directories *directories,
                                         const struct recist_file_identity *except,
                                         struct recist_arena *arena, const char **path)
{
    *path = NULL;
    for (size_t i = 0; i < directory_count(directories) && *name; i++) {
        const char *directory = directory_at(directories, i);
        if (!directory) {
            continue;
        }
        const char *candidate = file_path(arena, directory, name);
        if (!candidate) {
            return RECIST_NO_MEMORY;
        }
        struct recist_file_identity found;
        if (recist_file_identify(candidate, &found) &&
            !(except && recist_file_is_same(found, *except))) {
            *path = candidate;
            return RECIST_DONE;
        }
    }
    return RECIST_DONE;
}

static void free_names(struct name_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->names[i]);
    }
    free(list->names);
    *list = (struct name_list){0};
}

static bool add_name(struct name_list *list, const char *name, size_t length)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        char **names = reallocarray(list->names, capacity, sizeof *names);
        if (!names) {
            return false;
        }
        list->names = names;
        list->capacity = capacity;
    }
    list->names[list->count] = strndup(name, length);
    return list->names[list->count] != NULL && ++list->count;
}

/* The type where the file system tells none is asked for: a link counts as what it leads to. */
static bool is_criteria_file(DIR *directory, const struct dirent *entry)
{
    struct stat status;
    return entry->d_name[0] != '.' && has_suffix(entry->d_name) &&
           fstatat(dirfd(directory), entry->d_name, &status, 0) == 0 && S_ISREG(status.st_mode);
}

/* A directory that is not there has no names. */
static bool add_names_of(struct name_list *list, const char *path)
{
    DIR *directory = opendir(path);
    bool added = true;
    const struct dirent *entry = NULL;
    while (directory && added && (entry = readdir(directory))) {
        if (is_criteria_file(directory, entry)) {
            added = add_name(list, entry->d_name, strlen(entry->d_name) - strlen(SUFFIX));
        }
    }
    if (directory) {
        closedir(directory);
    }
    return added;
}

static int compare_names(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static void drop_doubles(struct name_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && strcmp(list->names[kept - 1], list->names[i]) == 0) {
            free(list->names[i]);
        } else {
            list->names[kept++] = list->names[i];
        }
    }
    list->count = kept;
}

static bool collect_names(const struct recist_criteria_directories *directories,
                          struct name_list *list)
{
    for (size_t i = 0; i < directory_count(directories); i++) {
        const char *directory = directory_at(directories, i);
        if (directory && !add_names_of(list, directory)) {
            free_names(list);
            return false;
        }
    }
    if (list->count > 0) {
        qsort(list->names, list->count, sizeof *list->names, compare_names);
    }
    drop_doubles(list);
    return true;
}

bool recist_criteria_names(const char *const *directories, size_t directory_count_given,
                           char ***names, size_t *count)
{
    struct recist_criteria_directories searched = {.given = directories,
                                                   .given_count = directory_count_given};
    struct name_list list = {0};
    if (!collect_names(&searched, &list)) {
        return false;
    }
    *names = list.names;
    *count = list.count;
    return true;
}

static bool is_alike(struct recist_slice name, struct recist_slice known)
{
    return recist_name_is_near(name, known) ||
           (name.length >= 2 && recist_name_begins_with(known, name));
}

/* Appends the names of the list, or only those that are like `name`; returns how many. */
static size_t append_names(struct recist_text *text, const struct name_list *list,
                           struct recist_slice name, bool only_near)
{
    size_t listed = 0;
    for (size_t i = 0; i < list->count && listed < MOST_LISTED; i++) {
        struct recist_slice known = {list->names[i], strlen(list->names[i])};
        if (only_near && !is_alike(name, known)) {
            continue;
        }
        recist_text_format(text, "%s\"%s\"", listed == 0 ? "" : ", ", RECIST_SHOWN(known));
        listed++;
    }
    return listed;
}

void recist_criteria_report_not_found(const char *name,
                                      const struct recist_criteria_directories *directories,
                                      const struct recist_finding_kind *kind,
                                      struct recist_place place, struct recist_findings *findings)
{
    struct recist_slice called = {name, strlen(name)};
    struct recist_text text;
    recist_text_init(&text);
    struct name_list list = {0};
    recist_text_format(&text, "there are no criteria called \"%s\"", RECIST_SHOWN(called));
    if (collect_names(directories, &list) && list.count > 0) {
        size_t before = text.length;
        recist_text_append_string(&text, "; did you mean ");
        if (append_names(&text, &list, called, true) > 0) {
            recist_text_append_char(&text, '?');
        } else {
            text.length = before;
            recist_text_append_string(&text, "; there are ");
            append_names(&text, &list, called, false);
        }
    }
    recist_findings_report(findings, kind, place, (struct recist_subject){0}, "%.*s",
                           (int)text.length, text.length > 0 ? text.bytes : "");
    free_names(&list);
    recist_text_destroy(&text);
}
