#include "scenarios/runner/server.h"

#include <signal.h>
#include <unistd.h>

#include "clients/lib/jsonmatch.h"
#include "clients/lib/sys.h"
#include "scenarios/runner/vars.h"

enum {
    READY_MS = 20000,
    STOP_MS = 10000,
    READY_POLL_MS = 5,
    READY_FILE_MAX = 64 * 1024,
    CAPTURE_BYTES = 256 * 1024,
    STDERR_SHOWN = 4096,
    DYING_MS = 300 /* a connection breaks a moment before its process has ended */
};

struct start {
    struct arena *a;
    const struct test_case *tc;
    const struct json *vars;
    struct str *problem;
    const char *ready_file;
};

/* "/tmp/x" + "/name". */
static const char *in_folder(struct arena *a, const struct server_under_test *s, const char *name)
{
    return arena_printf(a, "%s/%s", s->folder, name).p;
}

static const char *expand_text(struct start *st, const struct json *text)
{
    const struct json *j = vars_expand(st->a, text, st->vars, st->problem);
    return j ? arena_cstr(st->a, j->text) : NULL;
}

static bool write_config(struct start *st, const char *path)
{
    const struct json *config = vars_expand(st->a, st->tc->config, st->vars, st->problem);
    if (!config)
        return false;
    if (sys_write_file(path, json_plain(st->a, config))) {
        *st->problem = arena_printf(st->a, "cannot write %s", path);
        return false;
    }
    return true;
}

/* NULL, and the problem set, when a variable is unknown. */
static const char **arguments(struct start *st, const struct server_under_test *s)
{
    size_t n = 0;
    const struct json *given = st->tc->serve ? st->tc->serve->first : NULL;
    const char **argv =
        arena_array(st->a, const char *, 10 + (st->tc->serve ? st->tc->serve->count : 0));

    argv[n++] = s->program;
    argv[n++] = "serve";
    argv[n++] = "--port";
    argv[n++] = "0";
    argv[n++] = "--ready-file";
    argv[n++] = st->ready_file;
    if (st->tc->config) {
        argv[n++] = "--config";
        argv[n] = in_folder(st->a, s, "config.json");
        if (!write_config(st, argv[n++]))
            return NULL;
    }
    for (; given; given = given->next) {
        argv[n] = expand_text(st, given);
        if (!argv[n++])
            return NULL;
    }
    return argv;
}

static const char **environment(struct start *st)
{
    size_t n = 0;
    const struct json *given = st->tc->env ? st->tc->env->first : NULL;
    const char **env = arena_array(st->a, const char *, st->tc->env ? st->tc->env->count + 1 : 1);
    for (; given; given = given->next) {
        const char *value = expand_text(st, given);
        if (!value)
            return NULL;
        env[n++] = arena_printf(st->a, "%.*s=%s", STR_ARG(given->key), value).p;
    }
    return env;
}

static bool spawn(struct start *st, struct server_under_test *s)
{
    struct process_spec spec = {
        .in = PROCESS_NULL,
        .out = PROCESS_CAPTURE,
        .err = PROCESS_CAPTURE,
        .capture_bytes = CAPTURE_BYTES,
        .die_with_parent = true,
    };
    unlink(st->ready_file); /* of the one that ran before */
    spec.argv = arguments(st, s);
    spec.env = environment(st);
    return spec.argv && spec.env && !process_spawn(st->a, &spec, &s->process, st->problem);
}

/* "http://127.0.0.1:8080" -> host and port, for Host headers and plain sockets. */
static bool put_address(struct arena *a, struct json *vars)
{
    const struct json *url = json_get(vars, STR("url"));
    if (!url || url->kind != JSON_STRING || !str_starts(url->text, STR("http://")))
        return false;
    struct str host = str_from(url->text, 7);
    size_t colon = host.n;
    while (colon && host.p[colon - 1] != ':')
        colon--;
    if (colon < 2)
        return false;
    const struct str rest = str_from(host, colon);
    const struct str port = {rest.p, str_find_char(rest, '/')};
    host.n = colon - 1;
    if (host.p[0] == '[') /* an IPv6 address */
        host = (struct str){host.p + 1, host.n - 2};
    json_set(vars, STR("host"), json_new_string(a, host));
    json_set(vars, STR("port"), json_new_string(a, port));
    return true;
}

static bool take_ready(struct start *st, struct str text, struct json *vars)
{
    struct json_error error;
    struct json *ready = json_parse(st->a, text, &error);
    if (!ready || ready->kind != JSON_OBJECT) {
        *st->problem = arena_printf(st->a, "the ready file is no JSON object: %.*s", STR_ARG(text));
        return false;
    }
    for (const struct json *m = ready->first; m; m = m->next)
        json_set(vars, m->key, json_clone(st->a, m));
    if (put_address(st->a, vars))
        return true;
    *st->problem = arena_printf(st->a, "the ready file names no url: %.*s", STR_ARG(text));
    return false;
}

static bool wait_ready(struct start *st, struct server_under_test *s, struct json *vars)
{
    struct str text;
    const int64_t deadline = sys_now_ms() + READY_MS;
    for (;;) {
        const bool ended = process_wait(s->process, 0).ended;
        if (!sys_read_file(st->a, st->ready_file, READY_FILE_MAX, &text))
            return take_ready(st, text, vars);
        if (ended || sys_left_ms(deadline) == 0)
            break;
        sys_pause_ms(READY_POLL_MS);
    }
    *st->problem = arena_printf(st->a, "the server did not get ready within %d s: %.*s",
                                READY_MS / 1000, STR_ARG(server_state(st->a, s)));
    return false;
}

static void begin(struct start *st,
                  struct arena *a,
                  const struct server_under_test *s,
                  const struct test_case *tc,
                  struct str *problem)
{
    *st = (struct start){.a = a, .tc = tc, .problem = problem};
    st->ready_file = in_folder(a, s, "ready.json");
}

bool server_start(struct arena *a,
                  struct server_under_test *s,
                  const struct test_case *tc,
                  struct json *vars,
                  struct str *problem)
{
    struct start st;
    begin(&st, a, s, tc, problem);
    st.vars = vars;
    return spawn(&st, s) && wait_ready(&st, s, vars);
}

struct str server_stderr(struct arena *a, const struct server_under_test *s)
{
    if (!s->process)
        return STR("");
    const struct str all = process_captured(s->process, a, 2);
    return str_from(all, all.n > STDERR_SHOWN ? all.n - STDERR_SHOWN : 0);
}

static struct str describe(struct arena *a, struct process_end end)
{
    if (!end.ended)
        return STR("it still runs");
    return end.signal ? arena_printf(a, "signal %d ended it", end.signal)
                      : arena_printf(a, "it exited with %d", end.code);
}

struct str server_state(struct arena *a, const struct server_under_test *s)
{
    return s->process ? describe(a, process_wait(s->process, DYING_MS)) : STR("it does not run");
}

/* The process has ended. Releases it. */
static bool judge(struct arena *a,
                  struct server_under_test *s,
                  bool ended_well,
                  struct str *problem)
{
    const struct str err = process_captured(s->process, a, 2);
    const bool sanitizer =
        str_find(err, STR("Sanitizer")) < err.n || str_find(err, STR("runtime error")) < err.n;
    if (sanitizer)
        *problem = arena_printf(a, "a sanitizer reported:\n%.*s", STR_ARG(err));
    else if (!ended_well)
        *problem = arena_printf(a, "the server did not end well: %.*s\n%.*s",
                                STR_ARG(server_state(a, s)), STR_ARG(server_stderr(a, s)));
    process_close(s->process);
    s->process = NULL;
    return ended_well && !sanitizer;
}

bool server_stop(struct arena *a, struct server_under_test *s, struct str *problem)
{
    if (!s->process)
        return true;
    const struct process_end end = process_stop(s->process, STOP_MS);
    return judge(a, s, end.ended && end.code == 0, problem);
}

bool server_kill(struct arena *a, struct server_under_test *s, struct str *problem)
{
    if (!s->process)
        return true;
    process_signal(s->process, SIGKILL);
    const struct process_end end = process_stop(s->process, STOP_MS);
    return judge(a, s, end.signal == SIGKILL, problem);
}

static struct json *what_it_left(struct arena *a, struct process *p, struct process_end end)
{
    struct json *left = json_new(a, JSON_OBJECT);
    json_add(left, STR("code"), json_new_int(a, end.code));
    json_add(left, STR("stdout"), json_new_string(a, process_captured(p, a, 1)));
    json_add(left, STR("stderr"), json_new_string(a, process_captured(p, a, 2)));
    return left;
}

bool server_run_to_end(struct arena *a,
                       struct server_under_test *s,
                       const struct test_case *tc,
                       struct json *vars,
                       struct str *problem)
{
    struct start st;
    struct buf text;
    struct jsonmatch m = {.a = a, .vars = vars};
    begin(&st, a, s, tc, problem);
    st.vars = vars;
    const struct json *wanted = vars_expand(a, tc->exit, vars, problem);
    if (!wanted || !spawn(&st, s))
        return false;
    const bool by_itself = process_wait(s->process, READY_MS).ended;
    const struct process_end end = process_stop(s->process, 0);
    const struct json *left = what_it_left(a, s->process, end);
    if (!judge(a, s, true, problem))
        return false;
    if (!by_itself) {
        *problem = arena_printf(a, "the server still ran after %d s", READY_MS / 1000);
        return false;
    }
    for (const struct json *w = wanted->first; w; w = w->next)
        jsonmatch(&m, json_pointer_add(a, STR("/exit"), w->key), w, json_get(left, w->key));
    buf_init(&text, CAPTURE_BYTES);
    jsonmatch_write(&text, &m);
    *problem = arena_strdup(a, buf_view(&text));
    buf_release(&text);
    return m.count == 0;
}
