#ifndef SCENARIOS_RUNNER_SERVER_H
#define SCENARIOS_RUNNER_SERVER_H

#include "clients/lib/process.h"
#include "scenarios/runner/case.h"

/*
 * The server under test: our own child on a port of its own, with a folder of its own for its
 * files. It is judged at its end too: exit 0 on SIGTERM, and no sanitizer's report.
 */
struct server_under_test {
    const char *program;
    const char *folder;
    struct process *process; /* NULL while none runs */
};

/*
 * Starts it with the case's arguments and waits until it has written its ready file. What is in
 * there (url, tls_url, ca_file, seed ...), and host and port, is put into `vars`.
 */
bool server_start(struct arena *a,
                  struct server_under_test *s,
                  const struct test_case *tc,
                  struct json *vars,
                  struct str *problem);

/* SIGTERM and the judgement; true when nothing was running. */
bool server_stop(struct arena *a, struct server_under_test *s, struct str *problem);

/* SIGKILL; true unless a sanitizer had reported something. */
bool server_kill(struct arena *a, struct server_under_test *s, struct str *problem);

/* Starts it and judges how it ends by itself: the case's "exit". */
bool server_run_to_end(struct arena *a,
                       struct server_under_test *s,
                       const struct test_case *tc,
                       struct json *vars,
                       struct str *problem);

/* The end of what it wrote to stderr, for a report. */
struct str server_stderr(struct arena *a, const struct server_under_test *s);

/* "it still runs", "it exited with 1", "signal 6 ended it". */
struct str server_state(struct arena *a, const struct server_under_test *s);

#endif
