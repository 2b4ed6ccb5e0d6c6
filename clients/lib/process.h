#ifndef CLIENTS_LIB_PROCESS_H
#define CLIENTS_LIB_PROCESS_H

#include "mockd/base/arena.h"
#include "mockd/base/err.h"

/*
 * A child process with its own process group. Only processes started here are ever signalled, by
 * id, and the id cannot have been reused: the child is reaped last.
 *
 * Each of its three streams is nothing (/dev/null), a pipe whose other end the caller works with,
 * or captured: a thread of ours reads it to the end and keeps the last bytes, so that a child that
 * writes a lot never blocks.
 */
enum process_stream { PROCESS_NULL, PROCESS_PIPE, PROCESS_CAPTURE };

struct process_spec {
    const char *const *argv; /* NULL at the end; argv[0] is looked up in PATH */
    const char *const *env;  /* "NAME=value" to set besides ours; NULL for none */
    const char *folder;      /* working folder; NULL for ours */
    enum process_stream in;  /* PROCESS_NULL or PROCESS_PIPE */
    enum process_stream out, err;
    size_t capture_bytes; /* kept of each captured stream; 0 for 64 KiB */
    bool die_with_parent; /* SIGKILL when the thread that spawned it ends */
};

struct process_end {
    bool ended;
    int code;   /* exit code, -1 when a signal ended it */
    int signal; /* 0 when it exited */
};

struct process;

/*
 * Starts it. The process lives in the arena; process_close() must come before the arena goes.
 * ERR_IO when it cannot be started, with why in *problem.
 */
enum err process_spawn(struct arena *a,
                       const struct process_spec *spec,
                       struct process **out,
                       struct str *problem) __attribute__((warn_unused_result));

/* The caller's end of a PROCESS_PIPE stream (0, 1, 2), else -1. Owned by the process. */
int process_fd(const struct process *p, int stream);

/* Closes the caller's end: the child reads end of file, or gets EPIPE. */
void process_close_fd(struct process *p, int stream);

int process_id(const struct process *p);

/* The last bytes of a captured stream (1, 2) so far, copied. Any thread. */
struct str process_captured(struct process *p, struct arena *a, int stream);

/* Waits up to timeout_ms (0: only looks); `ended` is false when it still runs. */
struct process_end process_wait(struct process *p, int64_t timeout_ms);

/* Sends a signal to the child alone. Nothing happens when it has ended. */
void process_signal(struct process *p, int signal);

/*
 * SIGTERM to the child, up to grace_ms, then SIGKILL to what is left of its group, and reaps it.
 * The answer tells how the child itself ended. Captured streams are complete afterwards, unless
 * a process that left the group still holds them.
 */
struct process_end process_stop(struct process *p, int64_t grace_ms);

/* Kills what still runs and lets go of everything; p may be NULL. */
void process_close(struct process *p);

#endif
