/* SPDX-License-Identifier: MIT */
#include "cli/criteria_choice.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "cli/finding_log.h"
#include "cli/message.h"

/* Written beside the program by the build, and never installed: where the source's rules are. */
#define BUILD_POINTER "recist-rules-directory"
#define INSTALLED_BESIDE "../share/recist/rules"

static bool add_directory(struct recist_rules_path *path, const char *text, size_t length)
{
    char **directories = realloc(path->directories, (path->count + 1) * sizeof *directories);
    if (!directories) {
        return false;
    }
    path->directories = directories;
    directories[path->count] = strndup(text, length);
    return directories[path->count] && ++path->count;
}

static bool add_from_environment(struct recist_rules_path *path)
{
    const char *at = getenv("RECIST_RULES_PATH");
    while (at && *at) {
        size_t length = strcspn(at, ":");
        if (length > 0 && !add_directory(path, at, length)) {
            return false;
        }
        at += length + (at[length] == ':');
    }
    return true;
}

/* The directory of the program, with its last slash; false where the system does not say. */
static bool program_directory(char directory[static PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", directory, PATH_MAX - 1);
    if (length <= 0) {
        return false;
    }
    directory[length] = '\0';
    char *slash = strrchr(directory, '/');
    if (!slash) {
        return false;
    }
    slash[1] = '\0';
    return true;
}

static bool add_from_build(struct recist_rules_path *path, const char *directory)
{
    char name[PATH_MAX];
    char line[PATH_MAX];
    if (snprintf(name, sizeof name, "%s%s", directory, BUILD_POINTER) >= (int)sizeof name) {
        return true;
    }
    FILE *file = fopen(name, "re");
    if (!file) {
        return true;
    }
    bool read = fgets(line, sizeof line, file) != NULL;
    fclose(file);
    return !read || add_directory(path, line, strcspn(line, "\n"));
}

static bool add_beside_program(struct recist_rules_path *path, const char *directory)
{
    char name[PATH_MAX];
    if (snprintf(name, sizeof name, "%s%s", directory, INSTALLED_BESIDE) >= (int)sizeof name ||
        access(name, R_OK | X_OK) != 0) {
        return true;
    }
    return add_directory(path, name, strlen(name));
}

bool recist_rules_path_find(struct recist_rules_path *path)
{
    char directory[PATH_MAX];
    *path = (struct recist_rules_path){0};
    bool found = add_from_environment(path);
    if (found && program_directory(directory)) {
        found = add_from_build(path, directory) && add_beside_program(path, directory);
    }
    return found;
}

void recist_rules_path_free(struct recist_rules_path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        free(path->directories[i]);
    }
    free(path->directories);
    *path = (struct recist_rules_path){0};
}

const char *const *recist_rules_path_directories(const struct recist_rules_path *path)
{
    return (const char *const *)path->directories;
}

static void suggest_name(const struct recist_rules_path *path, const char *wanted)
{
    char **names = NULL;
    size_t count = 0;
    if (!recist_criteria_names(recist_rules_path_directories(path), path->count, &names, &count)) {
        return;
    }
    struct recist_slice slice = {wanted, strlen(wanted)};
    const char *nearest = recist_nearest_name(slice, (const char *const *)names, count);
    if (nearest) {
        recist_message("did you mean --rules %s?", nearest);
    } else {
        recist_message("`recist rules list` names all criteria");
    }
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
}

/* Whether all errors lie in what was asked for on the command line, not in a file. */
static bool only_usage(const struct recist_findings *findings, bool *not_found)
{
    size_t count = recist_findings_count(findings);
    bool only = count > 0;
    *not_found = false;
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding_kind *kind = recist_findings_at(findings, i)->kind;
        bool missing = strcmp(kind->code, "rules-not-found") == 0;
        *not_found = *not_found || missing;
        only = only && (missing || strcmp(kind->code, "rules-setting") == 0 ||
                        kind->severity != RECIST_ERROR);
    }
    return only;
}

static enum recist_exit status_of(enum recist_outcome outcome, const char *rules,
                                  const struct recist_rules_path *path,
                                  const struct recist_findings *findings)
{
    bool not_found = false;
    if (outcome == RECIST_DONE) {
        return RECIST_EXIT_DONE;
    }
    if (outcome == RECIST_NO_MEMORY) {
        return recist_message_no_memory();
    }
    if (only_usage(findings, &not_found)) {
        if (not_found) {
            suggest_name(path, rules);
        }
        return RECIST_EXIT_USAGE;
    }
    return outcome == RECIST_UNREADABLE ? RECIST_EXIT_FILE : RECIST_EXIT_INPUT_ERRORS;
}

enum recist_exit recist_criteria_choose(const struct recist_options *options,
                                        struct recist_criteria **criteria)
{
    struct recist_rules_path path;
    struct recist_findings *findings = recist_findings_create();
    enum recist_exit status = RECIST_EXIT_FILE;
    *criteria = NULL;
    if (!recist_rules_path_find(&path) || !findings) {
        status = recist_message_no_memory();
    } else {
        enum recist_outcome outcome = recist_criteria_load(
            options->rules, recist_rules_path_directories(&path), path.count, options->settings,
            options->setting_count, findings, criteria);
        if (outcome != RECIST_DONE || !options->quiet) {
            recist_findings_print(findings);
        }
        status = status_of(outcome, options->rules, &path, findings);
    }
    recist_findings_destroy(findings);
    recist_rules_path_free(&path);
    return status;
}

bool recist_criteria_are_confirmed(const struct recist_criteria *criteria)
{
    return strcmp(recist_criteria_status(criteria), "confirmed") == 0;
}

enum recist_exit recist_criteria_note_status(const struct recist_options *options,
                                             const struct recist_criteria *criteria)
{
    struct recist_findings *findings = recist_findings_create();
    bool noted =
        findings &&
        recist_findings_report(findings, RECIST_KIND(RULES_STATUS), (struct recist_place){0},
                               (struct recist_subject){0}, "%s: %s; see recist rules show %s",
                               recist_criteria_id(criteria), recist_criteria_status(criteria),
                               options->rules);
    if (noted) {
        recist_findings_print(findings);
    }
    recist_findings_destroy(findings);
    return noted ? RECIST_EXIT_DONE : recist_message_no_memory();
}
