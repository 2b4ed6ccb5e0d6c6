#ifndef SCENARIOS_RUNNER_RUN_H
#define SCENARIOS_RUNNER_RUN_H

#include "clients/lib/httpc.h"
#include "clients/lib/rawconn.h"
#include "scenarios/runner/server.h"

/* One case while it is played: what all the step kinds work with. */
struct run_options {
    const char *self;    /* how we were called, for the rerun command */
    const char *program; /* the server */
    bool keep;           /* leave the folder */
    bool check;          /* only read the files */
};

struct named_connection {
    struct str name;
    struct rawconn *conn;
    bool head_asked; /* what was sent last begins with HEAD: its answer has no body */
    struct named_connection *next;
};

struct run {
    const struct run_options *options;
    const struct test_case *tc;
    struct server_under_test *server;
    struct arena *a;      /* lives as long as the case */
    struct arena scratch; /* one exchange */
    struct json *vars;    /* grows with each "keep" */
    struct httpc *http;
    struct named_connection *connections;
    struct str where;          /* of the step being played */
    struct buf problems;       /* lines: why the step failed */
    struct str sent, received; /* the last exchange, for the report; in scratch */
};

/* An answer, however it came. */
struct outcome {
    bool answered;
    struct http_answer answer;
    enum httpc_failure failure;
    struct str detail;
};

/* Adds a line to the problems; false, so that it can be returned. */
bool run_problem(struct run *r, struct str text);
bool run_problemf(struct run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Plays a case from start to end and prints how it went. */
bool play_case(const struct run_options *options, const char *path);

/* One step, its variables filled in; false when it failed. */
bool play_send(struct run *r, const struct json *step);
bool play_clock(struct run *r, const struct json *step);
bool play_raw(struct run *r, const struct json *step);
bool play_open(struct run *r, const struct json *step);
bool play_write(struct run *r, const struct json *step);
bool play_read(struct run *r, const struct json *step);
bool play_close(struct run *r, const struct json *step);

/* Judges an answer by an "expect". */
bool expect_outcome(struct run *r, const struct json *expect, const struct outcome *o);

/* Judges bytes by an "expect_raw" (but for its answers and end). */
bool expect_bytes(struct run *r, const struct json *expect, struct str bytes);

/* "keep": false when there is nothing at a pointer. NULL keeps nothing. */
bool keep_values(struct run *r, const struct json *keep, const struct http_answer *answer);

/* The failed step with its last exchange. */
void report_step(struct run *r, size_t number, const struct json *step, struct buf *out);

#endif
