/* SPDX-License-Identifier: MIT */
#include "output/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/unfinished_file.h"

#define BUFFER_SIZE ((size_t)256 * 1024)
/* What is as long as this goes past the buffer. */
#define WORTH_A_WRITE ((size_t)64 * 1024)
#define NAMES_TRIED 100
#define PERMISSIONS 0777

static bool fail(struct recist_sink *sink, int problem)
{
    if (sink->problem == 0) {
        sink->problem = problem ? problem : EIO;
    }
    return false;
}

/* Writes everything; errno of the failure, or 0. */
static int write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return 0;
}

static void empty_buffer(struct recist_sink *sink)
{
    size_t length = sink->length;
    sink->length = 0;
    if (length == 0 || sink->problem) {
        return;
    }
    int problem = write_all(sink->descriptor, sink->buffer, length);
    if (problem) {
        fail(sink, problem);
    }
}

static void write_through(struct recist_sink *sink, const char *bytes, size_t length)
{
    bool directly = length >= WORTH_A_WRITE;
    if (directly || length > sink->capacity - sink->length) {
        empty_buffer(sink);
    }
    if (!directly) {
        memcpy(sink->buffer + sink->length, bytes, length);
        sink->length += length;
        return;
    }
    int problem = sink->problem ? 0 : write_all(sink->descriptor, bytes, length);
    if (problem) {
        fail(sink, problem);
    }
}

/* Makes room for what is held; false beyond the limit, or when memory is out. */
static bool hold_more(struct recist_sink *sink, size_t length)
{
    if (length > RECIST_SINK_HELD_AT_MOST - sink->length) {
        return false;
    }
    size_t capacity = sink->capacity;
    while (capacity - sink->length < length) {
        capacity *= 2;
    }
    capacity = capacity < RECIST_SINK_HELD_AT_MOST ? capacity : RECIST_SINK_HELD_AT_MOST;
    char *buffer = capacity > sink->capacity ? realloc(sink->buffer, capacity) : sink->buffer;
    if (buffer) {
        sink->buffer = buffer;
        sink->capacity = capacity;
    }
    return buffer != NULL;
}

/* Back to a buffer of the usual size, which is empty. */
static void shrink_buffer(struct recist_sink *sink)
{
    char *buffer = realloc(sink->buffer, BUFFER_SIZE);
    sink->buffer = buffer ? buffer : sink->buffer;
    sink->capacity = BUFFER_SIZE;
    sink->length = 0;
}

static void give_up_holding(struct recist_sink *sink)
{
    sink->overflowed = true;
    if (!sink->keeps_start) {
        shrink_buffer(sink);
    }
}

static void hold(struct recist_sink *sink, const char *bytes, size_t length)
{
    if (sink->overflowed) {
        return;
    }
    if (!hold_more(sink, length)) {
        give_up_holding(sink);
        return;
    }
    memcpy(sink->buffer + sink->length, bytes, length);
    sink->length += length;
}

void recist_sink_write(struct recist_sink *sink, const char *bytes, size_t length)
{
    if (sink->problem || length == 0) {
        return;
    }
    if (sink->kind == RECIST_SINK_HELD) {
        hold(sink, bytes, length);
    } else {
        write_through(sink, bytes, length);
    }
}

/* The directory of a path, with its last slash, or nothing. */
static int directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash + 1 - path) : 0;
}

/* Opens a new file in the directory of the final one. Known to the guard before it exists. */
static bool create_temporary(struct recist_sink *sink)
{
    for (int i = 0; i < NAMES_TRIED; i++) {
        if (asprintf(&sink->temporary, "%.*s.recist-%ld-%d.tmp",
                     directory_length(sink->final_path), sink->final_path, (long)getpid(), i) < 0) {
            sink->temporary = NULL;
            return fail(sink, ENOMEM);
        }
        if (!recist_unfinished_file_set(sink->temporary)) {
            return fail(sink, ENAMETOOLONG);
        }
        sink->descriptor =
            open(sink->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (sink->descriptor >= 0) {
            return true;
        }
        int problem = errno;
        recist_unfinished_file_clear();
        free(sink->temporary);
        sink->temporary = NULL;
        if (problem != EEXIST) {
            return fail(sink, problem);
        }
    }
    return fail(sink, EEXIST);
}

/* A file that is replaced keeps its permissions and, where that is allowed, its owner. */
static bool keep_permissions(struct recist_sink *sink, const struct stat *present)
{
    int not_allowed = fchown(sink->descriptor, present->st_uid, present->st_gid);
    (void)not_allowed;
    if (fchmod(sink->descriptor, present->st_mode & PERMISSIONS) != 0) {
        return fail(sink, errno);
    }
    return true;
}

/* Nothing stands there yet, unless it is a link that leads nowhere: then what it names is made. */
static char *new_path(const char *path)
{
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) {
        return strdup(path);
    }
    target[length] = '\0';
    char *joined = NULL;
    int prefix = target[0] == '/' ? 0 : directory_length(path);
    return asprintf(&joined, "%.*s%s", prefix, path, target) < 0 ? NULL : joined;
}

static bool open_replacing(struct recist_sink *sink, const struct stat *present)
{
    sink->kind = RECIST_SINK_REPLACING;
    if (present && access(sink->path, W_OK) != 0) {
        return fail(sink, errno);
    }
    sink->final_path = present ? realpath(sink->path, NULL) : new_path(sink->path);
    if (!sink->final_path) {
        return fail(sink, errno);
    }
    return create_temporary(sink) && (!present || keep_permissions(sink, present));
}

static bool open_stream(struct recist_sink *sink, bool hold, int descriptor)
{
    sink->kind = hold ? RECIST_SINK_HELD : RECIST_SINK_STREAM;
    sink->descriptor = descriptor;
    return sink->descriptor >= 0 || fail(sink, errno);
}

/* A copy of the descriptor that digits name; -1 where they name none. */
static int copy_of_numbered(const char *digits)
{
    int number = 0;
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > 6 || digits[count] != '\0') {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        number = number * 10 + (digits[i] - '0');
    }
    return fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

/* The descriptor of the shell's that is open on this file, however it is named: its writer goes on after
 * what it has written, and others write to it too, so that it must not be replaced. -1: none is. */
static int open_already(const char *path, const struct stat *file)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    struct stat stream;
    for (int i = STDOUT_FILENO; i <= STDERR_FILENO; i++) {
        if (fstat(i, &stream) == 0 && stream.st_dev == file->st_dev &&
            stream.st_ino == file->st_ino) {
            return i;
        }
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t length = strlen(folders[i]);
        if (strncmp(path, folders[i], length) == 0) {
            return copy_of_numbered(path + length);
        }
    }
    return -1;
}

bool recist_sink_open(struct recist_sink *sink, const char *path, bool hold)
{
    *sink = (struct recist_sink){.descriptor = -1};
    sink->path = path && strcmp(path, "-") != 0 ? path : NULL;
    sink->buffer = malloc(BUFFER_SIZE);
    if (!sink->buffer) {
        return fail(sink, ENOMEM);
    }
    sink->capacity = BUFFER_SIZE;
    struct stat present;
    if (!sink->path) {
        return open_stream(sink, hold, STDOUT_FILENO);
    }
    if (stat(sink->path, &present) != 0) {
        return errno == ENOENT ? open_replacing(sink, NULL) : fail(sink, errno);
    }
    if (S_ISDIR(present.st_mode)) {
        return fail(sink, EISDIR);
    }
    /* A device or a pipe stays what it is. */
    if (!S_ISREG(present.st_mode)) {
        return open_stream(sink, hold, open(sink->path, O_WRONLY | O_CLOEXEC));
    }
    int already = open_already(sink->path, &present);
    return already >= 0 ? open_stream(sink, hold, already) : open_replacing(sink, &present);
}

void recist_sink_discard(struct recist_sink *sink)
{
    sink->length = 0;
    sink->overflowed = false;
    if (sink->kind == RECIST_SINK_REPLACING && sink->descriptor >= 0 && !sink->problem &&
        (ftruncate(sink->descriptor, 0) != 0 || lseek(sink->descriptor, 0, SEEK_SET) != 0)) {
        fail(sink, errno);
    }
}

bool recist_sink_overflowed(const struct recist_sink *sink)
{
    return sink->overflowed;
}

void recist_sink_let_through(struct recist_sink *sink)
{
    recist_sink_discard(sink);
    if (sink->kind == RECIST_SINK_HELD) {
        sink->kind = RECIST_SINK_STREAM;
    }
}

void recist_sink_keep_start(struct recist_sink *sink)
{
    sink->keeps_start = true;
}

void recist_sink_let_rest_through(struct recist_sink *sink)
{
    sink->kind = RECIST_SINK_STREAM;
    sink->overflowed = false;
    empty_buffer(sink);
    shrink_buffer(sink);
}

void recist_sink_release(struct recist_sink *sink)
{
    if (sink->kind == RECIST_SINK_HELD && !sink->overflowed) {
        sink->kind = RECIST_SINK_STREAM;
    }
}

static bool put_in_place(struct recist_sink *sink)
{
    /* Some file systems report a full disk only here. */
    if (close(sink->descriptor) != 0) {
        fail(sink, errno);
    }
    sink->descriptor = -1;
    if (!sink->problem && rename(sink->temporary, sink->final_path) != 0) {
        fail(sink, errno);
    }
    if (sink->problem) {
        return false;
    }
    recist_unfinished_file_clear();
    free(sink->temporary);
    sink->temporary = NULL;
    return true;
}

bool recist_sink_finish(struct recist_sink *sink)
{
    if (sink->overflowed) {
        return fail(sink, ENOBUFS); /* a part must not look like the whole */
    }
    recist_sink_release(sink);
    empty_buffer(sink);
    if (sink->problem) {
        return false;
    }
    return sink->kind == RECIST_SINK_REPLACING ? put_in_place(sink) : true;
}

static void close_descriptor(int descriptor)
{
    if (descriptor > STDERR_FILENO) {
        close(descriptor);
    }
}

void recist_sink_close(struct recist_sink *sink)
{
    if (!sink->buffer && !sink->temporary) {
        return;
    }
    close_descriptor(sink->descriptor);
    if (sink->temporary) {
        unlink(sink->temporary);
        recist_unfinished_file_clear();
    }
    free(sink->temporary);
    free(sink->final_path);
    free(sink->buffer);
    *sink = (struct recist_sink){.descriptor = -1};
}
