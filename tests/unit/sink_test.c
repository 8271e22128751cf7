/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output/sink.h"
#include "output/unfinished_file.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char directory[] = "/tmp/recist-output-XXXXXX";

static char *in_directory(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

/* The whole file, terminated; NULL when there is none. */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    static char content[1 << 17];
    size_t length = fread(content, 1, sizeof content - 1, file);
    content[length] = '\0';
    fclose(file);
    return content;
}

static size_t files_in_directory(void)
{
    char command[160];
    size_t count = 0;
    snprintf(command, sizeof command, "ls -A %s | wc -l", directory);
    FILE *pipe = popen(command, "r");
    ck_assert(pipe && fscanf(pipe, "%zu", &count) == 1);
    pclose(pipe);
    return count;
}

static void make_directory(void)
{
    strcpy(directory, "/tmp/recist-output-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void remove_directory(void)
{
    char command[160];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

static void write_string(struct recist_sink *sink, const char *text)
{
    recist_sink_write(sink, text, strlen(text));
}

START_TEST(file_appears_only_when_finished)
{
    struct recist_sink sink;
    ck_assert(recist_sink_open(&sink, in_directory("new"), false));
    write_string(&sink, "half");
    ck_assert_ptr_null(read_file(in_directory("new")));
    recist_sink_discard(&sink);
    write_string(&sink, "whole");
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    ck_assert_str_eq(read_file(in_directory("new")), "whole");
    ck_assert_uint_eq(files_in_directory(), 1);
}
END_TEST

START_TEST(unfinished_file_leaves_nothing)
{
    struct recist_sink sink;
    ck_assert(recist_sink_open(&sink, in_directory("gone"), false));
    write_string(&sink, "half");
    recist_sink_close(&sink);
    recist_sink_close(&sink); /* twice is fine */
    ck_assert_uint_eq(files_in_directory(), 0);
}
END_TEST

START_TEST(discard_takes_back_what_left_the_buffer)
{
    static char large[3 << 20];
    struct recist_sink sink;
    memset(large, 'x', sizeof large);
    ck_assert(recist_sink_open(&sink, in_directory("large"), false));
    recist_sink_write(&sink, large, sizeof large);
    recist_sink_discard(&sink);
    write_string(&sink, "small");
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    ck_assert_str_eq(read_file(in_directory("large")), "small");
}
END_TEST

static void make_file(const char *path, const char *content, mode_t mode)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert(fputs(content, file) >= 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(path, mode), 0);
}

static mode_t mode_of(const char *path)
{
    struct stat file;
    ck_assert_int_eq(stat(path, &file), 0);
    return file.st_mode & 07777;
}

START_TEST(permissions_are_kept_or_follow_the_umask)
{
    struct recist_sink sink;
    make_file(in_directory("kept"), "old", 0640);
    ck_assert(recist_sink_open(&sink, in_directory("kept"), false));
    write_string(&sink, "new");
    ck_assert_str_eq(read_file(in_directory("kept")), "old");
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    ck_assert_str_eq(read_file(in_directory("kept")), "new");
    ck_assert_uint_eq(mode_of(in_directory("kept")), 0640);

    mode_t mask = umask(027);
    ck_assert(recist_sink_open(&sink, in_directory("masked"), false));
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    umask(mask);
    ck_assert_uint_eq(mode_of(in_directory("masked")), 0640);
}
END_TEST

START_TEST(link_stays_a_link)
{
    char target[128];
    struct stat link;
    struct recist_sink sink;
    snprintf(target, sizeof target, "%s", in_directory("target"));
    make_file(target, "old", 0644);
    ck_assert_int_eq(symlink("target", in_directory("link")), 0);
    ck_assert(recist_sink_open(&sink, in_directory("link"), false));
    write_string(&sink, "new");
    ck_assert(recist_sink_finish(&sink));
    recist_sink_close(&sink);
    ck_assert_int_eq(lstat(in_directory("link"), &link), 0);
    ck_assert(S_ISLNK(link.st_mode));
    ck_assert_str_eq(read_file(target), "new");
}
END_TEST

START_TEST(places_that_cannot_be_written)
{
    static const struct {
        const char *path;
        int problem;
    } cases[] = {{"/tmp", EISDIR}, {"/nonexistent/file", ENOENT}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct recist_sink sink;
        ck_assert(!recist_sink_open(&sink, cases[i].path, false));
        ck_assert_int_eq(sink.problem, cases[i].problem);
        recist_sink_close(&sink);
    }
}
END_TEST

START_TEST(full_device_is_an_error)
{
    for (int hold = 0; hold < 2; hold++) {
        struct recist_sink sink;
        ck_assert(recist_sink_open(&sink, "/dev/full", hold != 0));
        write_string(&sink, "text");
        ck_assert(!recist_sink_finish(&sink));
        ck_assert_int_eq(sink.problem, ENOSPC);
        recist_sink_close(&sink);
    }
}
END_TEST

/* A disk that is full: no file may grow beyond 64 KiB. */
START_TEST(full_disk_leaves_the_old_file)
{
    static char large[3 << 20];
    struct recist_sink sink;
    struct rlimit limit = {.rlim_cur = 64 * 1024, .rlim_max = RLIM_INFINITY};
    make_file(in_directory("full"), "old", 0644);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert(recist_sink_open(&sink, in_directory("full"), false));
    recist_sink_write(&sink, large, sizeof large);
    ck_assert(!recist_sink_finish(&sink));
    ck_assert_int_eq(sink.problem, EFBIG);
    recist_sink_close(&sink);
    ck_assert_str_eq(read_file(in_directory("full")), "old");
    ck_assert_uint_eq(files_in_directory(), 1);
}
END_TEST

/* Puts standard output into a file while `sink` is at work. */
static int standard_output_to(const char *path)
{
    int saved = dup(STDOUT_FILENO);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert(saved >= 0 && file >= 0);
    ck_assert_int_eq(dup2(file, STDOUT_FILENO), STDOUT_FILENO);
    close(file);
    return saved;
}

static void standard_output_back(int saved)
{
    dup2(saved, STDOUT_FILENO);
    close(saved);
}

START_TEST(held_output_waits_and_comes_in_order)
{
    static char piece[700000];
    struct stat file;
    struct recist_sink sink;
    int saved = standard_output_to(in_directory("held"));
    ck_assert(recist_sink_open(&sink, "-", true));
    for (int i = 0; i < 5; i++) {
        memset(piece, 'a' + i, sizeof piece);
        recist_sink_write(&sink, piece, sizeof piece);
    }
    bool nothing_yet = stat(in_directory("held"), &file) == 0 && file.st_size == 0;
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(nothing_yet && finished);
    ck_assert_int_eq(stat(in_directory("held"), &file), 0);
    ck_assert_int_eq(file.st_size, 5 * (off_t)sizeof piece);
    FILE *written = fopen(in_directory("held"), "rb");
    for (int i = 0; i < 5; i++) {
        ck_assert_uint_eq(fread(piece, 1, sizeof piece, written), sizeof piece);
        ck_assert(piece[0] == 'a' + i && piece[sizeof piece - 1] == 'a' + i);
    }
    fclose(written);
}
END_TEST

/* As much as is held, in pieces, and `extra` bytes. */
static void write_all_that_fits(struct recist_sink *sink, size_t extra)
{
    static char piece[RECIST_SINK_HELD_AT_MOST / 8];
    memset(piece, 'x', sizeof piece);
    for (int i = 0; i < 8; i++) {
        recist_sink_write(sink, piece, sizeof piece);
    }
    recist_sink_write(sink, piece, extra);
}

START_TEST(as_much_is_held_as_is_said)
{
    struct stat file;
    struct recist_sink sink;
    int saved = standard_output_to(in_directory("full"));
    bool opened = recist_sink_open(&sink, NULL, true);
    write_all_that_fits(&sink, 0);
    bool overflowed = recist_sink_overflowed(&sink);
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && !overflowed && finished);
    ck_assert_int_eq(stat(in_directory("full"), &file), 0);
    ck_assert_int_eq(file.st_size, (off_t)RECIST_SINK_HELD_AT_MOST);
}
END_TEST

START_TEST(what_is_released_needs_no_room)
{
    struct stat file;
    struct recist_sink sink;
    int saved = standard_output_to(in_directory("released"));
    bool opened = recist_sink_open(&sink, NULL, true);
    write_all_that_fits(&sink, 0);
    recist_sink_release(&sink);
    write_string(&sink, "]}");
    bool overflowed = recist_sink_overflowed(&sink);
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && !overflowed && finished);
    ck_assert_int_eq(stat(in_directory("released"), &file), 0);
    ck_assert_int_eq(file.st_size, (off_t)RECIST_SINK_HELD_AT_MOST + 2);
}
END_TEST

/* A part is not released: the rest of it is gone. */
START_TEST(what_overflowed_is_not_released)
{
    struct stat file;
    struct recist_sink sink;
    int saved = standard_output_to(in_directory("part"));
    bool opened = recist_sink_open(&sink, NULL, true);
    write_all_that_fits(&sink, 1);
    recist_sink_release(&sink);
    write_string(&sink, "]}");
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && !finished);
    ck_assert_int_eq(stat(in_directory("part"), &file), 0);
    ck_assert_int_eq(file.st_size, 0);
}
END_TEST

/* What cannot be held goes nowhere, neither out nor to a disk, and the writer is asked to write
 * once more. */
START_TEST(overflow_asks_for_a_second_time)
{
    struct stat file;
    struct recist_sink sink;
    ck_assert_int_eq(setenv("TMPDIR", directory, 1), 0);
    int saved = standard_output_to(in_directory("second"));
    bool opened = recist_sink_open(&sink, NULL, true);
    write_all_that_fits(&sink, 1);
    bool overflowed = recist_sink_overflowed(&sink);
    bool nothing_yet = stat(in_directory("second"), &file) == 0 && file.st_size == 0;
    size_t files = files_in_directory();
    recist_sink_let_through(&sink);
    bool overflowed_still = recist_sink_overflowed(&sink);
    write_string(&sink, "second");
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && overflowed && nothing_yet && !overflowed_still && finished);
    ck_assert_uint_eq(files, 1);
    ck_assert_str_eq(read_file(in_directory("second")), "second");
}
END_TEST

START_TEST(a_start_is_kept_and_the_rest_follows)
{
    struct recist_sink sink;
    static char piece[RECIST_SINK_HELD_AT_MOST];
    memset(piece, 'x', sizeof piece);
    int saved = standard_output_to(in_directory("start"));
    bool opened = recist_sink_open(&sink, NULL, true);
    recist_sink_keep_start(&sink);
    write_string(&sink, "one ");
    recist_sink_write(&sink, piece, sizeof piece); /* does not fit beside it */
    bool overflowed = recist_sink_overflowed(&sink);
    write_string(&sink, "dropped ");
    recist_sink_let_rest_through(&sink);
    bool overflowed_still = recist_sink_overflowed(&sink);
    write_string(&sink, "two");
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && overflowed && !overflowed_still && finished);
    ck_assert_str_eq(read_file(in_directory("start")), "one two");
}
END_TEST

START_TEST(a_start_alone_never_looks_like_the_whole)
{
    struct stat file;
    struct recist_sink sink;
    int saved = standard_output_to(in_directory("alone"));
    bool opened = recist_sink_open(&sink, NULL, true);
    recist_sink_keep_start(&sink);
    write_all_that_fits(&sink, 1);
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && !finished);
    ck_assert_int_eq(stat(in_directory("alone"), &file), 0);
    ck_assert_int_eq(file.st_size, 0);
}
END_TEST

START_TEST(overflow_begins_anew_after_a_discard)
{
    struct recist_sink sink;
    int saved = standard_output_to(in_directory("anew"));
    bool opened = recist_sink_open(&sink, NULL, true);
    write_all_that_fits(&sink, 1);
    recist_sink_discard(&sink);
    bool overflowed = recist_sink_overflowed(&sink);
    write_string(&sink, "anew");
    bool finished = recist_sink_finish(&sink);
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && !overflowed && finished);
    ck_assert_str_eq(read_file(in_directory("anew")), "anew");
}
END_TEST

START_TEST(a_part_never_looks_like_the_whole)
{
    struct stat file;
    struct recist_sink sink;
    int saved = standard_output_to(in_directory("part"));
    bool opened = recist_sink_open(&sink, NULL, true);
    write_all_that_fits(&sink, 1);
    write_string(&sink, "the end");
    bool finished = recist_sink_finish(&sink);
    int problem = sink.problem;
    recist_sink_close(&sink);
    standard_output_back(saved);
    ck_assert(opened && !finished);
    ck_assert_int_eq(problem, ENOBUFS);
    ck_assert_int_eq(stat(in_directory("part"), &file), 0);
    ck_assert_int_eq(file.st_size, 0);
}
END_TEST

START_TEST(closed_pipe_is_remembered)
{
    int ends[2];
    struct recist_sink sink;
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    int saved = dup(STDOUT_FILENO);
    recist_unfinished_file_guard();
    dup2(ends[1], STDOUT_FILENO);
    bool opened = recist_sink_open(&sink, NULL, true);
    write_string(&sink, "text");
    bool finished = recist_sink_finish(&sink);
    standard_output_back(saved);
    ck_assert(opened && !finished);
    ck_assert_int_eq(sink.problem, EPIPE);
    recist_sink_close(&sink);
    close(ends[1]);
}
END_TEST

START_TEST(signal_removes_the_unfinished_file)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct recist_sink sink;
        recist_unfinished_file_guard();
        if (recist_sink_open(&sink, in_directory("interrupted"), false)) {
            raise(signals[_i]);
        }
        _exit(1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), signals[_i]);
    ck_assert_uint_eq(files_in_directory(), 0);
}
END_TEST

static Suite *sink_suite(void)
{
    Suite *suite = suite_create("sink");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_directory, remove_directory);
    tcase_add_test(files, file_appears_only_when_finished);
    tcase_add_test(files, unfinished_file_leaves_nothing);
    tcase_add_test(files, discard_takes_back_what_left_the_buffer);
    tcase_add_test(files, permissions_are_kept_or_follow_the_umask);
    tcase_add_test(files, link_stays_a_link);
    tcase_add_test(files, places_that_cannot_be_written);
    tcase_add_test(files, full_device_is_an_error);
    tcase_add_test(files, full_disk_leaves_the_old_file);
    tcase_add_test(files, held_output_waits_and_comes_in_order);
    tcase_add_test(files, as_much_is_held_as_is_said);
    tcase_add_test(files, what_is_released_needs_no_room);
    tcase_add_test(files, what_overflowed_is_not_released);
    tcase_add_test(files, overflow_asks_for_a_second_time);
    tcase_add_test(files, a_start_is_kept_and_the_rest_follows);
    tcase_add_test(files, a_start_alone_never_looks_like_the_whole);
    tcase_add_test(files, overflow_begins_anew_after_a_discard);
    tcase_add_test(files, a_part_never_looks_like_the_whole);
    tcase_add_test(files, closed_pipe_is_remembered);
    tcase_add_loop_test(files, signal_removes_the_unfinished_file, 0, 3);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(sink_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
