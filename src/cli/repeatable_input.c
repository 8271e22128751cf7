/* SPDX-License-Identifier: MIT */
#include "cli/repeatable_input.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Also whatever cannot be looked at: its reader says why. */
static bool can_be_read_again(const char *path)
{
    struct stat status;
    bool standard = is_standard_input(path);
    int failed = standard ? fstat(STDIN_FILENO, &status) : stat(path, &status);
    return failed != 0 || S_ISDIR(status.st_mode) ||
           (S_ISREG(status.st_mode) && (!standard || lseek(STDIN_FILENO, 0, SEEK_CUR) == 0));
}

static enum recist_outcome copy(struct recist_repeatable_inputs *inputs, size_t index,
                                const char *path, struct recist_findings *findings)
{
    struct recist_source *source = &inputs->copies[index];
    enum recist_outcome outcome = recist_source_open(source, path, findings);
    if (outcome != RECIST_DONE || !source->copied) {
        return outcome;
    }
    lseek(source->descriptor, 0, SEEK_SET);
    if (is_standard_input(path)) {
        return dup2(source->descriptor, STDIN_FILENO) < 0 ? RECIST_NO_MEMORY : RECIST_DONE;
    }
    char *name = NULL;
    if (asprintf(&name, "/proc/self/fd/%d", source->descriptor) < 0) {
        return RECIST_NO_MEMORY;
    }
    inputs->paths[index] = name;
    return RECIST_DONE;
}

enum recist_outcome recist_repeatable_inputs_make(struct recist_repeatable_inputs *inputs,
                                                  const char *const *paths, size_t count,
                                                  struct recist_findings *findings)
{
    *inputs = (struct recist_repeatable_inputs){
        .paths = calloc(count + 1, sizeof *inputs->paths),
        .copies = calloc(count + 1, sizeof *inputs->copies),
    };
    if (!inputs->paths || !inputs->copies) {
        return RECIST_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        inputs->paths[i] = paths[i];
        inputs->copies[i].descriptor = -1;
    }
    inputs->count = count;
    enum recist_outcome outcome = RECIST_DONE;
    for (size_t i = 0; i < count && outcome == RECIST_DONE; i++) {
        if (!can_be_read_again(paths[i])) {
            outcome = copy(inputs, i, paths[i], findings);
        }
    }
    return outcome;
}

void recist_repeatable_inputs_destroy(struct recist_repeatable_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        if (inputs->copies[i].copied && strncmp(inputs->paths[i], "/proc/self/fd/", 14) == 0) {
            free((void *)(uintptr_t)inputs->paths[i]);
        }
        recist_source_close(&inputs->copies[i]);
    }
    free(inputs->paths);
    free(inputs->copies);
    *inputs = (struct recist_repeatable_inputs){0};
}
