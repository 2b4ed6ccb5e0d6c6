#ifndef TESTS_UNIT_PROCESS_H
#define TESTS_UNIT_PROCESS_H

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mockd/base/buf.h"
#include "tests/unit/str_assert.h"

/* Runs argv to its end; *output gets what it prints on both streams. Returns its exit status. */
static inline int process_run(const char *const *argv, struct buf *output)
{
    static char *const no_environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t pid;
    int status = 0;
    char chunk[4096];
    ssize_t n;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    /* posix_spawn does not write to argv, but its type predates const. */
    union {
        const char *const *readable;
        char *const *passed;
    } args = {.readable = argv};
    assert_int_equal(posix_spawn(&pid, argv[0], &actions, NULL, args.passed, no_environment), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    while ((n = read(ends[0], chunk, sizeof chunk)) > 0)
        buf_add(output, (struct str){chunk, (size_t)n});
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#endif
