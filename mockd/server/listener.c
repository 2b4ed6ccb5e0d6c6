#include "mockd/server/listener.h"

#include <civetweb.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mockd/base/check.h"
#include "mockd/base/clock.h"
#include "mockd/base/log.h"
#include "mockd/core/pipeline.h"
#include "mockd/core/server_info.h"
#include "mockd/server/answer_head.h"
#include "mockd/server/crowd.h"
#include "mockd/server/ports.h"
#include "mockd/server/refusal.h"

enum {
    ANSWER_MAX = 64 * 1024 * 1024,
    ONE_WRITE_MAX = 64 * 1024, /* a longer body is not copied behind its head */
    BODY_SECONDS = 60,         /* a body that drips for longer is given up */
};

static const struct timespec k_moment = {.tv_nsec = 1000000};

struct listener {
    struct mg_context *ctx;
    struct listener_options opt;
    int port[LISTENER_PORTS_MAX];
    struct crowd *crowd;
    struct worker *pool;
    _Atomic int taken;   /* of the pool */
    _Atomic int running; /* requests between begin and end */
    _Atomic bool open;   /* the program knows its ports and may answer */
    _Atomic bool stopping;
};

/* Memory of one worker thread, used again by each of its requests. */
struct worker {
    struct arena arena;
    struct buf head;
    struct buf reply; /* the answer's body */
    struct buf body;  /* of a request that came without a length */
    struct rq rq;
};

/* The listener made all of them at once: 384 threads that each ask the heap for their own first
 * block would take as long to start as everything else together. */
static void *worker_new(const struct mg_context *ctx, int type)
{
    struct listener *l = mg_get_user_data(ctx);
    if (type != 1)
        return NULL;
    const int place = atomic_fetch_add(&l->taken, 1);
    CHECK(place < l->opt.workers);
    struct worker *w = &l->pool[place];
    arena_init(&w->arena);
    buf_init(&w->head, ANSWER_MAX);
    buf_init(&w->reply, ANSWER_MAX);
    buf_init(&w->body, ANSWER_MAX);
    return w;
}

static void worker_free(const struct mg_context *ctx, int type, void *user)
{
    (void)ctx;
    struct worker *w = user;
    if (type != 1 || !w)
        return;
    arena_release(&w->arena);
    buf_release(&w->head);
    buf_release(&w->reply);
    buf_release(&w->body);
}

static enum method method_from(struct str name)
{
    static const struct {
        struct str name;
        enum method method;
    } k_methods[] = {
        {STR_INIT("POST"), METHOD_POST},       {STR_INIT("GET"), METHOD_GET},
        {STR_INIT("PUT"), METHOD_PUT},         {STR_INIT("DELETE"), METHOD_DELETE},
        {STR_INIT("HEAD"), METHOD_HEAD},       {STR_INIT("PATCH"), METHOD_PATCH},
        {STR_INIT("OPTIONS"), METHOD_OPTIONS},
    };
    for (size_t i = 0; i < sizeof(k_methods) / sizeof(k_methods[0]); i++) {
        if (str_eq(k_methods[i].name, name))
            return k_methods[i].method;
    }
    return METHOD_OTHER;
}

/* The first address of X-Forwarded-For, when the program was told to believe it. */
static struct str client_address(const struct rq *rq, const char *peer)
{
    struct str forwarded =
        rq->app->server->trust_proxy ? rq_header(rq, STR("X-Forwarded-For")) : (struct str){0};
    forwarded.n = str_find_char(forwarded, ',');
    forwarded = str_trim(forwarded);
    return forwarded.n ? forwarded : str_from_cstr(peer);
}

/* Everything it points to lives in civetweb's request buffer until the request ends. */
static void fill(struct rq *rq, const struct mg_request_info *in)
{
    rq->method_text = str_from_cstr(in->request_method);
    rq->method = method_from(rq->method_text);
    rq->path = str_from_cstr(in->local_uri_raw);
    rq->query = str_from_cstr(in->query_string);
    const struct str url[] = {rq->path, STR("?"), rq->query};
    rq->url = rq->query.n ? arena_join(rq->arena, url, 3) : rq->path;
    rq->port = in->server_port;
    rq->connection = guest_id(in->conn_data);
    rq->nheaders = (size_t)in->num_headers;
    for (size_t i = 0; i < rq->nheaders; i++)
        rq->header[i] = (struct header){str_from_cstr(in->http_headers[i].name),
                                        str_from_cstr(in->http_headers[i].value)};
    rq->client_ip = client_address(rq, in->remote_addr);
}

/*
 * mg_read() for a body: notes when bytes came, so that the crowd's watch can tell a stalled client,
 * and gives up on one that drips without end.
 */
static int read_some(struct mg_connection *conn, void *to, size_t n, int64_t deadline_us)
{
    const struct mg_request_info *in = mg_get_request_info(conn);
    guest_waits(in->conn_data);
    const int r = clock_steady_us() < deadline_us ? mg_read(conn, to, n) : -1;
    guest_runs(in->conn_data, in->remote_port);
    return r;
}

static bool read_exactly(struct mg_connection *conn, char *p, size_t n)
{
    const int64_t deadline_us = clock_steady_us() + INT64_C(1000000) * BODY_SECONDS;
    size_t got = 0;
    while (got < n) {
        const int r = read_some(conn, p + got, n - got, deadline_us);
        if (r <= 0)
            return false;
        got += (size_t)r;
    }
    return true;
}

/* A body without a length; false when it is broken (400) or grew over max (413). */
static bool read_chunked(struct mg_connection *conn, struct buf *body, size_t max, int *status)
{
    const int64_t deadline_us = clock_steady_us() + INT64_C(1000000) * BODY_SECONDS;
    char chunk[4096];
    int r;
    buf_clear(body);
    while ((r = read_some(conn, chunk, sizeof(chunk), deadline_us)) > 0) {
        if (body->n + (size_t)r > max) {
            *status = 413;
            return false;
        }
        buf_add(body, (struct str){chunk, (size_t)r});
    }
    *status = 400;
    return r == 0;
}

static size_t count_header(const struct rq *rq, struct str name)
{
    size_t n = 0;
    for (size_t i = 0; i < rq->nheaders; i++)
        n += str_eq_nocase(rq->header[i].name, name);
    return n;
}

static bool is_http_1_0(const struct mg_request_info *in)
{
    return strcmp(in->http_version, "1.1") != 0;
}

/* What cannot be served whatever the body says; 0 when all is well. */
static int head_fault(const struct rq *rq, const struct mg_request_info *in, struct str *why)
{
    const struct str length = rq_header(rq, STR("Content-Length"));
    uint64_t n;
    if (rq->nheaders >= MG_MAX_HEADERS) {
        *why = STR("The request has more than 63 header fields.");
        return 431;
    }
    *why = STR("Content-Length and Transfer-Encoding in one request contradict each other.");
    if (length.p && rq_header(rq, STR("Transfer-Encoding")).p)
        return 400;
    *why = STR("Content-Length is not a number of bytes.");
    if (length.p && !str_to_uint(length, INT64_MAX, &n))
        return 400;
    *why = STR("Content-Length stands in the head more than once.");
    if (length.p && count_header(rq, STR("Content-Length")) > 1)
        return 400;
    *why = STR("An HTTP/1.1 request has one Host header.");
    return is_http_1_0(in) || count_header(rq, STR("Host")) == 1 ? 0 : 400;
}

static struct str too_large(const struct rq *rq, size_t max)
{
    return arena_printf(rq->arena, "The body is larger than %zu bytes.", max);
}

static int read_body(struct mg_connection *conn, struct worker *w, size_t max, struct str *why)
{
    struct rq *rq = &w->rq;
    const struct mg_request_info *in = mg_get_request_info(conn);
    const struct str expect = rq_header(rq, STR("Expect"));
    const bool chunked = rq_header(rq, STR("Transfer-Encoding")).p != NULL;
    int status = 413;

    if (in->content_length > 0 && (uint64_t)in->content_length > max) {
        *why = too_large(rq, max);
        return status;
    }
    if (expect.p && (chunked || in->content_length > 0))
        mg_write(conn, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    if (chunked) {
        if (read_chunked(conn, &w->body, max, &status)) {
            rq->body = buf_view(&w->body);
            return 0;
        }
        *why = status == 413 ? too_large(rq, max)
                             : STR("The chunked body is malformed or ended too early.");
        return status;
    }
    if (in->content_length <= 0)
        return 0;
    const size_t n = (size_t)in->content_length;
    char *p = arena_alloc(rq->arena, n + 1);
    rq->body = (struct str){p, n};
    if (read_exactly(conn, p, n))
        return 0;
    rq->body.n = 0;
    *why = STR("The body ended before its Content-Length.");
    return 408;
}

/* civetweb closes by itself for these; the answer has to say so. */
static bool client_closes(const struct rq *rq, const struct mg_request_info *in)
{
    const struct str connection = rq_header(rq, STR("Connection"));
    const bool keep =
        connection.n >= 10 && str_eq_nocase((struct str){connection.p, 10}, STR("keep-alive"));
    if (connection.p)
        return !keep;
    return is_http_1_0(in);
}

/* What the answer says of the connection: a client of HTTP/1.0 has to be told that it stays. */
static struct str connection_word(const struct mg_request_info *in, bool close)
{
    return close ? STR("close") : is_http_1_0(in) ? STR("keep-alive") : STR("");
}

/* Head and body in one write: two would meet Nagle's algorithm and a delayed acknowledgement. */
static int64_t send_answer(struct mg_connection *conn, struct worker *w, struct str connection)
{
    const struct rq *rq = &w->rq;
    const struct str body = rq->method == METHOD_HEAD ? STR("") : buf_view(rq->reply);
    answer_head(&w->head, rq, str_from_cstr(mg_get_response_code_text(conn, rq->status)),
                connection);
    if (body.n <= ONE_WRITE_MAX)
        buf_add(&w->head, body);
    CHECK(!w->head.overflowed);
    int64_t sent = mg_write(conn, w->head.p, w->head.n);
    if (body.n > ONE_WRITE_MAX && sent > 0)
        sent += mg_write(conn, body.p, body.n);
    return sent > 0 ? sent : 0;
}

static int on_request(struct mg_connection *conn)
{
    struct listener *l = mg_get_user_data(mg_get_context(conn));
    const struct mg_request_info *in = mg_get_request_info(conn);
    struct worker *w = mg_get_thread_pointer(conn);
    struct rq *rq = &w->rq;
    struct str why = STR("");

    while (!atomic_load(&l->open))
        nanosleep(&k_moment, NULL);
    guest_runs(in->conn_data, in->remote_port);
    atomic_fetch_add(&l->running, 1);
    arena_reset(&w->arena);
    buf_clear(&w->reply);
    *rq = (struct rq){
        .app = l->opt.app, .arena = &w->arena, .reply = &w->reply, .arrived_us = clock_steady_us()};
    fill(rq, in);

    const size_t max_body = pipeline_head(rq);
    int fault = head_fault(rq, in, &why);
    if (!fault)
        fault = read_body(conn, w, max_body, &why);
    if (fault)
        pipeline_refuse_transport(rq, fault, why);
    else
        pipeline_run(rq);

    const bool close =
        rq->close || client_closes(rq, in) || atomic_load(&l->stopping) || crowd_is_full(l->crowd);
    if (close)
        mg_disable_connection_keep_alive(conn);
    const int64_t sent = send_answer(conn, w, connection_word(in, close));
    pipeline_finish(rq, sent);
    atomic_fetch_sub(&l->running, 1);
    guest_waits(in->conn_data);
    if (fault)
        crowd_see_off(l->crowd, in->remote_addr, in->remote_port);
    return rq->status;
}

/* What civetweb's parser refuses before there is a request. */
static int on_http_error(struct mg_connection *conn, int status, const char *why)
{
    struct listener *l = mg_get_user_data(mg_get_context(conn));
    const struct mg_request_info *in = mg_get_request_info(conn);
    char text[REFUSAL_MAX];
    const struct unparsed u = {
        .status = status,
        .why = why,
        .method = in->request_method,
        .target = in->request_uri,
        .version = in->http_version,
        .nheaders = in->num_headers,
        .has_transfer_encoding = mg_get_header(conn, "Transfer-Encoding") != NULL,
    };
    mg_disable_connection_keep_alive(conn);
    mg_write(conn, text, refusal_write(text, &u));
    guest_was_refused(in->conn_data);
    crowd_see_off(l->crowd, in->remote_addr, in->remote_port);
    return 0;
}

/* For "OPTIONS *" and the URL of another server civetweb closes without a word to anybody. */
static void on_close(const struct mg_connection *conn)
{
    const struct mg_request_info *in = mg_get_request_info(conn);
    /* The type says read-only, but the socket is still open: an answer can leave. */
    struct mg_connection *open = (struct mg_connection *)(uintptr_t)conn;
    if (in && in->request_method && !in->local_uri &&
        !guest_refused(mg_get_user_connection_data(conn)))
        on_http_error(open, 0, "");
}

static int on_log(const struct mg_connection *conn, const char *message)
{
    (void)conn;
    log_line(LOG_DEBUG, "civetweb", "%s", message);
    return 1;
}

static int on_connect(const struct mg_connection *conn, void **conn_data)
{
    struct listener *l = mg_get_user_data(mg_get_context(conn));
    *conn_data = crowd_enter(l->crowd);
    return 0;
}

static void on_disconnect(const struct mg_connection *conn)
{
    struct listener *l = mg_get_user_data(mg_get_context(conn));
    crowd_leave(l->crowd, mg_get_user_connection_data(conn));
}

static void port_list(const struct listener_options *opt, char *out, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < opt->nports && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%s:%d", i ? "," : "", opt->host,
                               opt->ports[i]);
}

static bool learn_ports(struct listener *l)
{
    struct mg_server_ports real[LISTENER_PORTS_MAX] = {0};
    const int n = mg_get_server_ports(l->ctx, LISTENER_PORTS_MAX, real);
    for (int i = 0; i < n; i++)
        l->port[i] = real[i].port;
    crowd_ports(l->crowd, l->port, (size_t)n);
    return n == (int)l->opt.nports;
}

static struct mg_context *start_civetweb(struct listener *l)
{
    char ports[LISTENER_PORTS_MAX * 64];
    char workers[12];
    char timeout_ms[12];
    const struct mg_callbacks callbacks = {
        .begin_request = on_request,
        .http_error = on_http_error,
        .log_message = on_log,
        .init_thread = worker_new,
        .exit_thread = worker_free,
        .init_connection = on_connect,
        .connection_close = on_close,
        .connection_closed = on_disconnect,
    };
    port_list(&l->opt, ports, sizeof(ports));
    snprintf(workers, sizeof(workers), "%d", l->opt.workers);
    snprintf(timeout_ms, sizeof(timeout_ms), "%d", l->opt.timeout_ms);
    /* decode_url would cut a path at %00 and make %2F a slash. */
    /* clang-format off */
    const char *options[] = {
        "listening_ports", ports,
        "num_threads", workers,
        "connection_queue", "256",
        "listen_backlog", "1024",
        "tcp_nodelay", "1",
        "enable_keep_alive", "yes",
        "keep_alive_timeout_ms", "60000",
        "request_timeout_ms", timeout_ms,
        "max_request_size", "32768",
        "decode_url", "no",
        "enable_directory_listing", "no",
        "enable_auth_domain_check", "no",
        NULL,
    };
    /* clang-format on */
    return mg_start(&callbacks, l, options);
}

enum err listener_start(struct listener **out,
                        const struct listener_options *opt,
                        char *detail,
                        size_t detail_size)
{
    struct listener *l = calloc(1, sizeof(*l));
    CHECK(l && opt->nports <= LISTENER_PORTS_MAX);
    l->opt = *opt;
    l->pool = calloc((size_t)opt->workers, sizeof(*l->pool));
    CHECK(l->pool);
    crowd_start(&l->crowd, opt->workers);
    mg_init_library(0);
    l->ctx = start_civetweb(l);
    if (l->ctx && learn_ports(l)) {
        *out = l;
        return ERR_OK;
    }
    listener_stop(l, 0);
    ports_explain(opt->host, opt->ports, opt->nports, detail, detail_size);
    return ERR_IO;
}

void listener_open(struct listener *l)
{
    atomic_store(&l->open, true);
}

int listener_port(const struct listener *l, size_t i)
{
    return l->port[i];
}

void listener_stop(struct listener *l, int drain_ms)
{
    if (!l)
        return;
    atomic_store(&l->stopping, true);
    for (int waited = 0; waited < drain_ms && atomic_load(&l->running) > 0; waited++)
        nanosleep(&k_moment, NULL);
    if (l->ctx) {
        crowd_dismiss(l->crowd);
        mg_stop(l->ctx);
    }
    crowd_stop(l->crowd);
    mg_exit_library();
    free(l->pool);
    free(l);
}
