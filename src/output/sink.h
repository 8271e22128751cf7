/* SPDX-License-Identifier: MIT
 * Where output goes: standard output, or a file that appears whole or not at all.
 *
 * A file is written beside its final place under another name, and renamed when it is complete.
 * Output to a stream (standard output, a pipe, a device) cannot be taken back, so it can be held
 * in memory until recist_sink_finish() lets it go. Only so much is held: what is longer has to be
 * written a second time, or its rest, where the writer can go on from the first piece that was not
 * held. It never goes to a disk, where nobody asked for data of patients.
 * A failed write is remembered, and what follows is dropped; ask once at the end.
 * One thread at a time. */
#ifndef RECIST_OUTPUT_SINK_H
#define RECIST_OUTPUT_SINK_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of output that are held. */
#define RECIST_SINK_HELD_AT_MOST ((size_t)24 * 1024 * 1024)

enum recist_sink_kind {
    RECIST_SINK_STREAM,   /* goes out as it is written */
    RECIST_SINK_HELD,     /* a stream whose output waits for the end */
    RECIST_SINK_REPLACING /* a file that is renamed at the end */
};

struct recist_sink {
    enum recist_sink_kind kind;
    const char *path; /* as the caller named it; NULL is standard output */
    char *final_path; /* where links lead to; of a file that is replaced */
    char *temporary;  /* name of the file being written */
    int descriptor;   /* of the stream or of the temporary file */
    bool keeps_start; /* what is held stays when more cannot be */
    bool overflowed;  /* not all could be held: what was written is gone, or only its start is there */
    int problem;      /* errno of the first failure, or 0 */
    char *buffer;
    size_t length;
    size_t capacity;
};

/* Opens a sink on `path` (NULL or "-": standard output). `hold`: a stream's output waits for
 * recist_sink_finish(). False, with `problem` set, when it cannot be opened. */
bool recist_sink_open(struct recist_sink *sink, const char *path, bool hold);
void recist_sink_write(struct recist_sink *sink, const char *bytes, size_t length);
/* Forgets what was written, unless it went out already (RECIST_SINK_STREAM). */
void recist_sink_discard(struct recist_sink *sink);
/* True when there was no room to hold the output: what is written now is dropped. Write all of it
 * once more after recist_sink_let_through(); recist_sink_finish() fails otherwise. */
bool recist_sink_overflowed(const struct recist_sink *sink);
void recist_sink_let_through(struct recist_sink *sink);
/* When there is no room for more, what was held by then stays; each piece that was written is there
 * as a whole or not at all. */
void recist_sink_keep_start(struct recist_sink *sink);
/* Sends out the start, and what is written from now on: write the rest, from the first piece that
 * was not held. */
void recist_sink_let_rest_through(struct recist_sink *sink);
/* Nothing has to wait any more: what is held goes out, if it is the whole until now, and so does what is
 * written from now on. */
void recist_sink_release(struct recist_sink *sink);
/* Sends out what is held, or puts the file in its place. False, with `problem` set, when any
 * write failed. */
bool recist_sink_finish(struct recist_sink *sink);
/* Closes the sink; what was not finished is gone. A sink of zeros is fine. */
void recist_sink_close(struct recist_sink *sink);

#endif
