#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "mockd/base/check.h"
#include "mockd/base/clock.h"
#include "mockd/base/log.h"
#include "mockd/control/control.h"
#include "mockd/core/server_info.h"
#include "mockd/domain/civil.h"
#include "mockd/providers/mailpartner/mailpartner.h"
#include "mockd/providers/nexmo/nexmo.h"
#include "mockd/providers/smspartner/smspartner.h"
#include "mockd/providers/voicepartner/voicepartner.h"
#include "mockd/server/catalogues.h"
#include "mockd/server/commands.h"
#include "mockd/server/config.h"
#include "mockd/server/exit_code.h"
#include "mockd/server/listener.h"
#include "mockd/server/ready.h"
#include "mockd/server/serve_options.h"

enum { JOURNAL_BYTES = 24 * 1024 * 1024, DRAIN_MS = 5000 };

/* In the order in which a bare /v1/ path is tried. */
static const struct provider *const k_providers[] = {
    &smspartner_provider,
    &voicepartner_provider,
    &mailpartner_provider,
    &nexmo_provider,
};

/* All that a running server consists of; on the stack of cmd_serve(). */
struct program {
    struct serve_options o;
    struct config config;
    struct arena arena; /* lives as long as the program */
    struct bind binds[OPTION_LIST_MAX];
    struct ready_bind bind_urls[OPTION_LIST_MAX]; /* the first of each provider */
    size_t nbind_urls;
    struct server server;
    struct app app;
    struct listener *listener;
};

static const struct provider *provider_named(struct str name)
{
    for (size_t i = 0; i < sizeof(k_providers) / sizeof(k_providers[0]); i++) {
        if (str_eq(k_providers[i]->name, name))
            return k_providers[i];
    }
    return NULL;
}

/* "smspartner=8081" */
static bool parse_bind(const char *text, struct bind *out, struct complaint *c)
{
    struct str rest = str_from_cstr(text);
    struct str name = {0};
    uint64_t port;
    str_split(&rest, '=', &name);
    out->provider = provider_named(name);
    if (out->provider && str_to_uint(rest, 65535, &port)) {
        out->port = (int)port;
        return true;
    }
    complain(c, "--bind must look like smspartner=8081 or nexmo=8082, not \"%s\"", text);
    return false;
}

/* What the option table cannot check. */
static bool check_options(struct program *p, int64_t *frozen_at_ms, struct complaint *c)
{
    struct in_addr ignored;
    const struct str clock = str_from_cstr(p->o.clock);
    if (strcmp(p->o.host, "localhost") == 0)
        p->o.host = "127.0.0.1";
    if (inet_pton(AF_INET, p->o.host, &ignored) != 1) {
        complain(c, "--host must be an IPv4 address, not \"%s\"", p->o.host);
        return false;
    }
    if (!str_eq(clock, STR("real")) && !iso8601_parse(clock, frozen_at_ms)) {
        complain(c,
                 "--clock must be \"real\" or an instant such as 2026-11-22T09:00:00+01:00, not "
                 "\"%s\"",
                 p->o.clock);
        return false;
    }
    if (p->o.binds.n + 1 > LISTENER_PORTS_MAX) {
        complain(c, "--bind may be given at most %d times", LISTENER_PORTS_MAX - 1);
        return false;
    }
    for (size_t i = 0; i < p->o.binds.n; i++) {
        if (!parse_bind(p->o.binds.v[i], &p->binds[i], c))
            return false;
    }
    return true;
}

/* Config file, environment, command line: the later wins. */
static bool read_options(struct program *p, int argc, char **argv, struct complaint *c)
{
    struct operands rest;
    p->o = serve_options_default();
    const char *config = option_peek("config", argc, argv);
    if (config && (!config_read(&p->arena, config, &k_serve_table, &p->config, c) ||
                   !config_options(&p->arena, &p->config, &k_serve_table, &p->o, c)))
        return false;
    if (!options_from_env(&k_serve_table, &p->o, c) ||
        !options_from_args(&k_serve_table, &p->o, argc, argv, &rest, c))
        return false;
    if (rest.n > 0) {
        complain(c, "serve takes options only, not \"%s\"", rest.v[0]);
        return false;
    }
    return true;
}

/* Settings of the config file, then those that options name. */
static struct settings settings_from(struct program *p)
{
    struct problem ignored; /* config_read() has checked them */
    struct settings s = settings_default();
    s.lang = p->o.lang;
    s.profile = p->o.profile;
    s.max_messages = p->o.max_messages;
    if (p->config.settings)
        CHECK(fields_read(&p->arena, k_settings_fields, k_settings_nfields, p->config.settings,
                          NULL, &s, &ignored));
    const struct serve_options standard = serve_options_default();
    if (p->o.lang != standard.lang)
        s.lang = p->o.lang;
    if (p->o.profile != standard.profile)
        s.profile = p->o.profile;
    if (p->o.max_messages != standard.max_messages)
        s.max_messages = p->o.max_messages;
    s.rate_limits = s.rate_limits && p->o.rate_limits;
    s.accept_any_key = s.accept_any_key || p->o.accept_any_key;
    s.show_secrets = s.show_secrets || p->o.show_secrets;
    s.debug_headers = s.debug_headers && !p->o.no_debug_headers;
    return s;
}

static int open_sessions(struct program *p, int64_t frozen_at_ms)
{
    struct problem why = {0};
    const struct session_defaults defaults = {
        .settings = settings_from(p),
        .accounts = p->config.accounts ? p->config.accounts : config_default_accounts(&p->arena),
        .seed = (uint64_t)p->o.seed,
        .frozen = frozen_at_ms != INT64_MIN,
        .frozen_at_ms = frozen_at_ms,
        .journal_entries = (size_t)p->o.journal_size,
        .journal_bytes = JOURNAL_BYTES,
        .db_path = p->o.db,
    };
    const enum err e = sessions_open(&p->app.sessions, &defaults, &p->arena, &why);
    if (e == ERR_OK)
        return EXIT_CODE_OK;
    if (why.detail.n)
        fprintf(stderr, "mockd: %.*s: %.*s\n", STR_ARG(why.pointer), STR_ARG(why.detail));
    else if (p->o.db && e == ERR_CONFLICT)
        fprintf(stderr, "mockd: --db %s: not a database of this version of mockd\n", p->o.db);
    else if (p->o.db && e == ERR_IO)
        fprintf(stderr, "mockd: --db %s: cannot be opened for reading and writing\n", p->o.db);
    else
        fprintf(stderr, "mockd: %s: %s\n", p->o.db ? p->o.db : "the first session", err_text(e));
    return p->o.db && e == ERR_CONFLICT ? EXIT_CODE_USAGE : EXIT_CODE_FAILED;
}

/* As many descriptors as we may have: civetweb spins when accept() runs out of them. */
static void raise_descriptor_limit(struct serve_options *o)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    const int64_t most = (int64_t)limit.rlim_cur - 500;
    if (limit.rlim_cur != RLIM_INFINITY && o->workers > most && most >= 4) {
        log_line(LOG_WARN, "serve", "workers cut to %" PRId64 ": the limit of open files", most);
        o->workers = most;
    }
}

static void request_stop(void)
{
    kill(getpid(), SIGTERM);
}

static int start_listener(struct program *p)
{
    int ports[LISTENER_PORTS_MAX] = {(int)p->o.port};
    char detail[256] = "";
    for (size_t i = 0; i < p->o.binds.n; i++)
        ports[i + 1] = p->binds[i].port;
    const struct listener_options lo = {
        .host = p->o.host,
        .ports = ports,
        .nports = p->o.binds.n + 1,
        .workers = (int)p->o.workers,
        .timeout_ms = (int)p->o.read_timeout_s * 1000,
        .app = &p->app,
    };
    if (listener_start(&p->listener, &lo, detail, sizeof(detail)) != ERR_OK) {
        fprintf(stderr, "mockd: %s\n", detail);
        return EXIT_CODE_PORT;
    }
    return EXIT_CODE_OK;
}

static struct str url_of(struct program *p, int port)
{
    return arena_printf(&p->arena, "http://%s:%d",
                        strcmp(p->o.host, "0.0.0.0") == 0 ? "127.0.0.1" : p->o.host, port);
}

static void add_bind_url(struct program *p, const struct bind *b)
{
    const struct str parts[] = {b->provider->name, STR("_url")};
    const struct ready_bind r = {arena_join(&p->arena, parts, 2), url_of(p, b->port)};
    for (size_t i = 0; i < p->nbind_urls; i++) {
        if (str_eq(p->bind_urls[i].name, r.name))
            return;
    }
    p->bind_urls[p->nbind_urls++] = r;
}

/* The real ports are known only once they are bound. */
static void learn_ports(struct program *p)
{
    for (size_t i = 0; i < p->o.binds.n; i++) {
        p->binds[i].port = listener_port(p->listener, i + 1);
        add_bind_url(p, &p->binds[i]);
    }
    p->server.url = url_of(p, listener_port(p->listener, 0));
}

static void build_app(struct program *p)
{
    struct str *origins = arena_array(&p->arena, struct str, p->o.cors_origins.n);
    for (size_t i = 0; i < p->o.cors_origins.n; i++)
        origins[i] = str_from_cstr(p->o.cors_origins.v[i]);
    p->server = (struct server){
        .version = STR(MOCKD_VERSION),
        .admin_token = str_from_cstr(p->o.admin_token),
        .cors_origins = {origins, p->o.cors_origins.n},
        .started_ms = clock_wall_ms(),
        .trust_proxy = p->o.trust_proxy,
        .catalogues = k_catalogues,
        .ncatalogues = k_ncatalogues,
        .request_stop = request_stop,
    };
    p->app = (struct app){
        .providers = k_providers,
        .nproviders = sizeof(k_providers) / sizeof(k_providers[0]),
        .control = &control_provider,
        .binds = p->binds,
        .nbinds = p->o.binds.n,
        .server = &p->server,
        .started_us = clock_steady_us(),
    };
}

static int announce(const struct program *p)
{
    const struct ready_facts facts = {
        .url = p->server.url,
        .binds = p->bind_urls,
        .nbinds = p->nbind_urls,
        .seed = p->o.seed,
        .version = p->server.version,
        .db = p->o.db,
    };
    if (!ready_write(&facts, p->o.ready_file, p->o.pid_file))
        return EXIT_CODE_FAILED;
    if (strncmp(p->o.host, "127.", 4) != 0 && !p->o.admin_token)
        log_line(LOG_WARN, "serve",
                 "listening on %s without --admin-token: whoever reaches this port can read and "
                 "change everything",
                 p->o.host);
    ready_print(&facts, p->o.log_format == 1);
    return EXIT_CODE_OK;
}

static void count_unmatched(void *ctx, struct session *s)
{
    int64_t *n = ctx;
    session_lock(s);
    *n += s->unmatched;
    session_unlock(s);
}

static int wait_for_end(struct program *p, const sigset_t *signals)
{
    int got;
    int64_t unmatched = 0;
    do
        sigwait(signals, &got);
    while (got == SIGHUP);
    sessions_interrupt(p->app.sessions);
    listener_stop(p->listener, DRAIN_MS);
    p->listener = NULL;
    sessions_each(p->app.sessions, count_unmatched, &unmatched);
    if (!p->o.strict || unmatched == 0)
        return EXIT_CODE_OK;
    fprintf(stderr, "mockd: %" PRId64 " requests matched no endpoint (--strict)\n", unmatched);
    return EXIT_CODE_FAILED;
}

int cmd_serve(int argc, char **argv)
{
    struct program p = {0};
    struct complaint c;
    sigset_t signals;
    int64_t frozen_at_ms = INT64_MIN;
    int status = EXIT_CODE_USAGE;
    bool announced = false;

    if (options_want_help(argc, argv)) {
        options_print_help(&k_serve_table);
        return EXIT_CODE_OK;
    }
    arena_init(&p.arena);
    if (!read_options(&p, argc, argv, &c) || !check_options(&p, &frozen_at_ms, &c)) {
        usage_error(&c);
        goto out;
    }
    log_setup((enum log_level)p.o.log_level, p.o.log_format == 1);
    /* Before any thread starts, so that none of them takes a signal. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit(&p.o);

    if (p.o.ready_file)
        unlink(p.o.ready_file); /* of an earlier run: its reader would be too early */
    store_setup();
    build_app(&p);
    status = open_sessions(&p, frozen_at_ms);
    if (status == EXIT_CODE_OK)
        status = start_listener(&p);
    if (status != EXIT_CODE_OK)
        goto out;
    learn_ports(&p);
    listener_open(p.listener);
    status = announce(&p);
    announced = status == EXIT_CODE_OK;
    if (announced)
        status = wait_for_end(&p, &signals);
out:
    listener_stop(p.listener, 0);
    if (p.app.sessions)
        sessions_close(p.app.sessions);
    if (announced && p.o.pid_file)
        unlink(p.o.pid_file);
    arena_release(&p.arena);
    return status;
}
