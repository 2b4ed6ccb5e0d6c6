#ifndef SCENARIOS_RUNNER_CASE_H
#define SCENARIOS_RUNNER_CASE_H

#include "clients/lib/json.h"

/* A case file, read and checked. tests/http/README.md says what may stand in one. */
struct case_step {
    struct str where; /* JSON pointer, after the file's name when it was included */
    const struct json *node;
    struct case_step *next;
};

struct test_case {
    const char *path;
    struct str why;
    const struct json *serve;  /* array, or NULL */
    const struct json *env;    /* object, or NULL */
    const struct json *config; /* any, or NULL */
    const struct json *vars;   /* object, or NULL */
    const struct json *exit;   /* object: the server must end by itself; or NULL */
    struct case_step *first, *last;
    size_t nsteps;
};

/* False, and a sentence in *problem, when it cannot be read or anything in it is not understood. */
bool case_load(struct arena *a, const char *path, struct test_case *out, struct str *problem);

enum step_kind {
    STEP_SEND,
    STEP_RAW,
    STEP_CLOCK,
    STEP_OPEN,
    STEP_WRITE,
    STEP_READ,
    STEP_CLOSE,
    STEP_PARALLEL,
    STEP_RESTART,
    STEP_INCLUDE,
    STEP__COUNT
};

/* STEP__COUNT when no key of the step says what it does. */
enum step_kind step_kind_of(const struct json *step);

struct case_problem {
    struct str pointer, text;
};

/* Only known keys, each with a value that makes sense: the file without its steps, and a step. */
bool casecheck_file(struct arena *a, const struct json *root, struct case_problem *out);
bool casecheck_step(struct arena *a,
                    struct str pointer,
                    const struct json *step,
                    struct case_problem *out);

#endif
