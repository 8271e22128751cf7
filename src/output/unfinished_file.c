/* SPDX-License-Identifier: MIT */
#include "output/unfinished_file.h"

#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static char name[PATH_MAX];
/* Lock-free, as a signal handler needs; the name is written before and read after. */
static atomic_int name_is_set;

static void remove_and_end(int number)
{
    if (atomic_load(&name_is_set)) {
        unlink(name);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void guard_against(int number)
{
    struct sigaction present;
    if (sigaction(number, NULL, &present) != 0 || present.sa_handler == SIG_IGN) {
        return;
    }
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = remove_and_end;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void recist_unfinished_file_guard(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    guard_against(SIGINT);
    guard_against(SIGTERM);
    guard_against(SIGHUP);
}

bool recist_unfinished_file_set(const char *path)
{
    size_t length = strlen(path);
    if (length >= sizeof name) {
        return false;
    }
    atomic_store(&name_is_set, 0);
    memcpy(name, path, length + 1);
    atomic_store(&name_is_set, 1);
    return true;
}

void recist_unfinished_file_clear(void)
{
    atomic_store(&name_is_set, 0);
}
