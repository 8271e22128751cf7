/* SPDX-License-Identifier: MIT
 * Criteria files as bytes. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "criteria/yaml_document.h"

#define FIRST_PIECE ((size_t)16 * 1024)

static enum recist_outcome refuse(struct recist_findings *findings, struct recist_place place,
                                  const char *path, int problem)
{
    char text[128];
    struct recist_subject none = {0};
    if (!place.file) {
        place.file = path;
    }
    if (problem == EISDIR) {
        recist_findings_report(findings, RECIST_KIND(FILE_IS_DIRECTORY), place, none,
                               "\"%s\" is a directory; expected a criteria file",
                               RECIST_SHOWN_STRING(path));
    } else {
        recist_findings_report(findings, RECIST_KIND(FILE_UNREADABLE), place, none,
                               "\"%s\" cannot be read: %s", RECIST_SHOWN_STRING(path),
                               strerror_r(problem, text, sizeof text));
    }
    return RECIST_UNREADABLE;
}

static enum recist_outcome refuse_size(struct recist_findings *findings, struct recist_place place,
                                       const char *path)
{
    if (!place.file) {
        place.file = path;
    }
    recist_findings_report(findings, RECIST_KIND(RULES_UNSAFE), place, (struct recist_subject){0},
                           "\"%s\" is larger than 1 MiB; a criteria file has a few pages",
                           RECIST_SHOWN_STRING(path));
    return RECIST_INVALID;
}

/* One read(), gone on with after a signal. */
static ssize_t read_some(int descriptor, char *into, size_t room)
{
    ssize_t got = 0;
    do {
        got = read(descriptor, into, room);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* Reads up to one byte more than is allowed, so that too large a file shows. The size the system
 * tells is not relied on: pipes and /proc have none. */
static enum recist_outcome read_all(int descriptor, struct recist_arena *arena, int *problem,
                                    struct recist_slice *bytes)
{
    size_t room = FIRST_PIECE;
    size_t length = 0;
    char *text = recist_arena_take(arena, room);
    while (text) {
        ssize_t got = read_some(descriptor, text + length, room - length);
        if (got < 0) {
            *problem = errno;
            return RECIST_UNREADABLE;
        }
        length += (size_t)got;
        if (got == 0 || length > RECIST_YAML_LARGEST_FILE) {
            *bytes = (struct recist_slice){.text = text, .length = length};
            return RECIST_DONE;
        }
        if (length == room) {
            char *larger = recist_arena_take(arena, room * 2);
            if (larger) {
                memcpy(larger, text, length);
            }
            text = larger;
            room *= 2;
        }
    }
    return RECIST_NO_MEMORY;
}

enum recist_outcome recist_yaml_read_file(const char *path, struct recist_place place,
                                          struct recist_arena *arena,
                                          struct recist_findings *findings,
                                          struct recist_slice *bytes)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return refuse(findings, place, path, errno);
    }
    int problem = 0;
    enum recist_outcome outcome = read_all(descriptor, arena, &problem, bytes);
    close(descriptor);
    if (outcome == RECIST_UNREADABLE) {
        return refuse(findings, place, path, problem);
    }
    if (outcome == RECIST_DONE && bytes->length > RECIST_YAML_LARGEST_FILE) {
        return refuse_size(findings, place, path);
    }
    return outcome;
}
