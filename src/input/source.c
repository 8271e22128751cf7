/* SPDX-License-Identifier: MIT */
#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/finding_kinds.h"

#define COPY_PIECE ((size_t)64 * 1024)

static bool report(const struct recist_source *source, const struct recist_finding_kind *kind,
                   struct recist_findings *findings, const char *what, int error)
{
    struct recist_place place = {.file = source->name};
    char reason[128];
    const char *text = error ? strerror_r(error, reason, sizeof reason) : NULL;
    recist_findings_report(findings, kind, place, (struct recist_subject){0}, "%s%s%s", what,
                           text ? ": " : "", text ? text : "");
    return false;
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

static bool copy_all(int from, int to, char *piece)
{
    for (;;) {
        ssize_t count = read(from, piece, COPY_PIECE);
        if (count == 0) {
            return true;
        }
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0 || !write_all(to, piece, (size_t)count)) {
            return false;
        }
    }
}

/* Puts an anonymous file in memory in place of an input that can be read only once. */
static bool copy_into_memory(struct recist_source *source)
{
    int copy = memfd_create("recist-input", MFD_CLOEXEC);
    char *piece = malloc(COPY_PIECE);
    bool done = copy >= 0 && piece && copy_all(source->descriptor, copy, piece);
    int error = errno;
    free(piece);
    if (source->descriptor != STDIN_FILENO) {
        close(source->descriptor);
    }
    source->descriptor = copy;
    source->copied = true;
    errno = error;
    return done;
}

static bool is_positioned(const struct stat *status, int descriptor)
{
    /* Standard input may be a file that somebody has begun to read: only what is left counts. */
    return S_ISREG(status->st_mode) && lseek(descriptor, 0, SEEK_CUR) == 0;
}

static bool open_descriptor(struct recist_source *source, struct recist_findings *findings)
{
    bool standard_input = strcmp(source->name, "-") == 0;
    source->descriptor =
        standard_input ? STDIN_FILENO : open(source->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    if (source->descriptor < 0 || fstat(source->descriptor, &status) != 0) {
        return report(source, RECIST_KIND(FILE_UNREADABLE), findings, "cannot be opened", errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return report(source, RECIST_KIND(FILE_IS_DIRECTORY), findings,
                      "is a directory; name the measurement files in it", 0);
    }
    if (!is_positioned(&status, source->descriptor) &&
        (!copy_into_memory(source) || fstat(source->descriptor, &status) != 0)) {
        return report(source, RECIST_KIND(FILE_UNREADABLE), findings, "cannot be read", errno);
    }
    source->size = (uint64_t)status.st_size;
    source->modified = status.st_mtim;
    return true;
}

enum recist_outcome recist_source_open(struct recist_source *source, const char *path,
                                       struct recist_findings *findings)
{
    *source = (struct recist_source){.name = strdup(path), .descriptor = -1};
    if (!source->name) {
        return RECIST_NO_MEMORY;
    }
    return open_descriptor(source, findings) ? RECIST_DONE : RECIST_UNREADABLE;
}

void recist_source_map(struct recist_source *source)
{
    if (!source->mapped && source->size > 0 && source->size <= SIZE_MAX) {
        void *mapped =
            mmap(NULL, (size_t)source->size, PROT_READ, MAP_SHARED, source->descriptor, 0);
        source->mapped = mapped != MAP_FAILED ? mapped : NULL;
    }
}

void recist_source_unmap(struct recist_source *source)
{
    if (source->mapped) {
        munmap((void *)(uintptr_t)source->mapped, (size_t)source->size);
        source->mapped = NULL;
    }
}

void recist_source_close(struct recist_source *source)
{
    recist_source_unmap(source);
    if (source->descriptor >= 0 && source->descriptor != STDIN_FILENO) {
        close(source->descriptor);
    }
    free(source->name);
    *source = (struct recist_source){.descriptor = -1};
}

bool recist_source_read(const struct recist_source *source, uint64_t offset, char *to,
                        size_t length, struct recist_findings *findings)
{
    if (source->mapped) {
        memcpy(to, source->mapped + offset, length);
        return true;
    }
    while (length > 0) {
        ssize_t count = pread(source->descriptor, to, length, (off_t)offset);
        if (count == 0) {
            return report(source, RECIST_KIND(FILE_CHANGED), findings,
                          "became shorter while it was read", 0);
        }
        if (count < 0 && errno != EINTR) {
            return report(source, RECIST_KIND(FILE_UNREADABLE), findings, "cannot be read", errno);
        }
        if (count > 0) {
            to += count;
            offset += (uint64_t)count;
            length -= (size_t)count;
        }
    }
    return true;
}

bool recist_source_unchanged(const struct recist_source *source, struct recist_findings *findings)
{
    struct stat status;
    if (source->copied) {
        return true;
    }
    if (fstat(source->descriptor, &status) != 0) {
        return report(source, RECIST_KIND(FILE_UNREADABLE), findings, "cannot be read", errno);
    }
    if ((uint64_t)status.st_size != source->size ||
        status.st_mtim.tv_sec != source->modified.tv_sec ||
        status.st_mtim.tv_nsec != source->modified.tv_nsec) {
        return report(source, RECIST_KIND(FILE_CHANGED), findings,
                      "was changed while it was read; read it again when it is complete", 0);
    }
    return true;
}
