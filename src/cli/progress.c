/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <time.h>
#include <unistd.h>

#include "cli/message.h"

#define PATIENCE 1000 /* milliseconds before anything is shown */
#define INTERVAL 200
#define CLEAR_LINE "\r\x1b[K"

static int64_t now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void recist_progress_begin(struct recist_progress *progress, bool quiet)
{
    *progress = (struct recist_progress){.wanted = !quiet && isatty(STDERR_FILENO)};
    if (progress->wanted) {
        progress->begun = progress->last = now();
    }
}

static void write_line(struct recist_text *line)
{
    recist_message_text(line);
    recist_text_destroy(line);
}

void recist_progress_show(struct recist_progress *progress, uint64_t done, uint64_t all)
{
    if (!progress->wanted || all == 0) {
        return;
    }
    int64_t time = now();
    if (time - progress->begun < PATIENCE || time - progress->last < INTERVAL) {
        return;
    }
    progress->last = time;
    progress->shown = true;
    struct recist_text line = {0};
    recist_text_format(&line, CLEAR_LINE "reading ... %u %%",
                       (unsigned)((double)(done < all ? done : all) * 100 / (double)all));
    write_line(&line);
}

void recist_progress_end(struct recist_progress *progress)
{
    if (progress->shown) {
        struct recist_text line = {0};
        recist_text_append_string(&line, CLEAR_LINE);
        write_line(&line);
        progress->shown = false;
    }
}
