#include <pthread.h>
#include <stdio.h>

#include "clients/lib/sys.h"
#include "scenarios/runner/run.h"
#include "scenarios/runner/vars.h"

enum { PROBLEMS_MAX = 256 * 1024, REPORT_MAX = 4 * 1024 * 1024, PARALLEL_MAX = 512 };

static bool play_step(struct run *r, size_t number, const struct json *step, struct buf *report);

/* One of the steps that run at the same time: a client of its own. */
struct lane {
    struct run run;
    struct arena a;
    const struct json *step;
    size_t number;
    struct buf report;
    bool ok;
    pthread_t thread;
};

static void *play_lane(void *arg)
{
    struct lane *l = arg;
    l->ok = play_step(&l->run, l->number, l->step, &l->report);
    return NULL;
}

static void start_lane(struct lane *l, const struct run *parent, const struct json *step)
{
    arena_init(&l->a);
    l->step = step;
    l->run = (struct run){
        .options = parent->options,
        .tc = parent->tc,
        .server = parent->server,
        .a = &l->a,
        .where = json_pointer_add_index(
            &l->a, json_pointer_add(&l->a, parent->where, STR("parallel")), l->number - 1),
    };
    l->run.vars = json_clone(&l->a, parent->vars);
    l->run.http = httpc_open(&l->a);
    buf_init(&l->run.problems, PROBLEMS_MAX);
    buf_init(&l->report, REPORT_MAX);
}

/* What the lane kept becomes the parent's. */
static void end_lane(struct lane *l, struct run *parent, struct buf *report)
{
    for (const struct json *v = l->run.vars->first; v; v = v->next)
        if (!json_get(parent->vars, v->key) || !json_equal(v, json_get(parent->vars, v->key), true))
            json_set(parent->vars, arena_strdup(parent->a, v->key), json_clone(parent->a, v));
    buf_add(report, buf_view(&l->report));
    httpc_close(l->run.http);
    arena_release(&l->run.scratch);
    buf_release(&l->run.problems);
    buf_release(&l->report);
    arena_release(&l->a);
}

static bool play_parallel(struct run *r, const struct json *step, struct buf *report)
{
    size_t n = 0;
    bool ok = true;
    const struct json *steps = json_get(step, STR("parallel"));
    if (steps->count > PARALLEL_MAX)
        return run_problemf(r, "at most %d steps run in parallel", PARALLEL_MAX);
    struct lane *lanes = arena_array(r->a, struct lane, steps->count);

    for (const struct json *s = steps->first; s; s = s->next) {
        lanes[n].number = n + 1;
        start_lane(&lanes[n++], r, s);
    }
    size_t started = 0;
    while (started < n &&
           pthread_create(&lanes[started].thread, NULL, play_lane, &lanes[started]) == 0)
        started++;
    if (started < n)
        ok = run_problemf(r, "only %zu threads of %zu could be started", started, n);
    for (size_t i = 0; i < started; i++) {
        pthread_join(lanes[i].thread, NULL);
        ok = ok && lanes[i].ok;
    }
    for (size_t i = 0; i < n; i++)
        end_lane(&lanes[i], r, report);
    return ok;
}

static void close_connections(struct run *r)
{
    for (struct named_connection *c = r->connections; c; c = c->next)
        rawconn_close(c->conn, false);
    r->connections = NULL;
}

static bool play_restart(struct run *r, const struct json *step)
{
    struct str problem = STR("");
    const bool hard = str_eq(json_get(step, STR("restart"))->text, STR("kill"));
    close_connections(r);
    r->sent = (struct str){0};
    r->received = (struct str){0};
    const bool stopped =
        hard ? server_kill(r->a, r->server, &problem) : server_stop(r->a, r->server, &problem);
    if (!stopped || !server_start(r->a, r->server, r->tc, r->vars, &problem))
        return run_problem(r, problem);
    return true;
}

static bool dispatch(struct run *r, const struct json *step)
{
    static bool (*const k_play[STEP__COUNT])(struct run *, const struct json *) = {
        [STEP_SEND] = play_send,   [STEP_RAW] = play_raw,         [STEP_CLOCK] = play_clock,
        [STEP_OPEN] = play_open,   [STEP_WRITE] = play_write,     [STEP_READ] = play_read,
        [STEP_CLOSE] = play_close, [STEP_RESTART] = play_restart,
    };
    return k_play[step_kind_of(step)](r, step);
}

static bool play_step(struct run *r, size_t number, const struct json *step, struct buf *report)
{
    bool ok;
    struct str problem;
    buf_clear(&r->problems);
    if (step_kind_of(step) == STEP_PARALLEL) {
        /* each lane fills in its own variables and reports by itself */
        r->sent = (struct str){0};
        r->received = (struct str){0};
        ok = play_parallel(r, step, report);
    } else {
        const struct json *filled = vars_expand(r->a, step, r->vars, &problem);
        ok = filled ? dispatch(r, filled) : run_problem(r, problem);
    }
    if (!ok)
        report_step(r, number, step, report);
    return ok;
}

static bool play_steps(struct run *r, struct buf *report)
{
    size_t number = 0;
    for (const struct case_step *s = r->tc->first; s; s = s->next) {
        r->where = s->where;
        if (play_step(r, ++number, s->node, report))
            continue;
        const struct str err = server_stderr(r->a, r->server);
        buf_add(report, STR("  the server: "));
        buf_add(report, server_state(r->a, r->server));
        buf_add(report, STR("\n"));
        buf_add(report, err);
        return false;
    }
    return true;
}

static bool add_problem(struct buf *report, struct str problem)
{
    buf_add(report, STR("  "));
    buf_add(report, problem);
    buf_add(report, STR("\n"));
    return false;
}

/* With a server running. */
static bool play_served(struct run *r, struct buf *report)
{
    struct str problem = STR("");
    r->http = httpc_open(r->a);
    buf_init(&r->problems, PROBLEMS_MAX);
    bool ok = play_steps(r, report);
    close_connections(r);
    httpc_close(r->http);
    buf_release(&r->problems);
    arena_release(&r->scratch);
    if (!server_stop(r->a, r->server, &problem))
        ok = add_problem(report, problem);
    return ok;
}

static bool play_on_server(struct run *r, struct buf *report)
{
    struct str problem = STR("");
    struct str ended = STR("");
    if (r->tc->exit)
        return server_run_to_end(r->a, r->server, r->tc, r->vars, &problem) ||
               add_problem(report, problem);
    if (server_start(r->a, r->server, r->tc, r->vars, &problem))
        return play_served(r, report);
    add_problem(report, problem);
    add_problem(report, server_stderr(r->a, r->server));
    server_kill(r->a, r->server, &ended);
    return false;
}

static struct json *first_variables(struct arena *a, const struct test_case *tc, const char *folder)
{
    struct json *vars = json_new(a, JSON_OBJECT);
    for (const struct json *v = tc->vars ? tc->vars->first : NULL; v; v = v->next)
        json_set(vars, v->key, json_clone(a, v));
    json_set(vars, STR("tmp"), json_new_string(a, str_from_cstr(folder)));
    return vars;
}

static bool play_in_folder(const struct run_options *options,
                           struct arena *a,
                           const struct test_case *tc,
                           struct buf *report)
{
    struct server_under_test server = {.program = options->program};
    if (sys_temp_folder(a, "mockd-case", &server.folder))
        return add_problem(report, STR("cannot make a temporary folder"));
    struct run run = {.options = options, .tc = tc, .server = &server, .a = a};
    run.vars = first_variables(a, tc, server.folder);
    const bool ok = play_on_server(&run, report);
    process_close(server.process);
    if (options->keep)
        printf("      the folder stays: %s\n", server.folder);
    else
        sys_remove_folder(server.folder);
    return ok;
}

static void print_failure(const struct run_options *options,
                          const struct test_case *tc,
                          const struct buf *report)
{
    printf("FAIL  %s\n", tc->path);
    if (tc->why.n)
        printf("  why: %.*s\n", STR_ARG(tc->why));
    printf("%.*s", STR_ARG(buf_view(report)));
    printf("  rerun: %s --server %s %s\n", options->self,
           options->program ? options->program : "PROGRAM", tc->path);
}

bool play_case(const struct run_options *options, const char *path)
{
    struct arena a;
    struct buf report;
    struct str problem;
    struct test_case tc = {.path = path};
    const int64_t start = sys_now_ms();

    arena_init(&a);
    buf_init(&report, REPORT_MAX);
    bool ok = case_load(&a, path, &tc, &problem) || add_problem(&report, problem);
    if (ok && !options->check)
        ok = play_in_folder(options, &a, &tc, &report);
    if (ok)
        printf("ok    %s (%zu steps, %lld ms)\n", path, tc.nsteps,
               (long long)(sys_now_ms() - start));
    else
        print_failure(options, &tc, &report);
    fflush(stdout);
    buf_release(&report);
    arena_release(&a);
    return ok;
}
