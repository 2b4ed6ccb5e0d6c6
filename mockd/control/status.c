#include "mockd/base/clock.h"
#include "mockd/control/internal.h"
#include "mockd/domain/civil.h"

static int64_t uptime_s(const struct rq *rq)
{
    return (clock_steady_us() - rq->app->started_us) / 1000000;
}

static void count_session(void *ctx, struct session *s)
{
    int64_t *n = ctx;
    (void)s;
    (*n)++;
}

enum err control_health(struct rq *rq)
{
    int64_t sessions = 0;
    control_outside(rq);
    sessions_each(rq->app->sessions, count_session, &sessions);
    control_inside(rq);
    out_object_begin(&rq->out, STR("health"));
    out_str(&rq->out, STR("status"), STR("healthy"));
    out_str(&rq->out, STR("message"), STR("mockd is ok"));
    out_str(&rq->out, STR("version"), rq->app->server->version);
    out_int(&rq->out, STR("uptimeInSeconds"), uptime_s(rq));
    out_str(&rq->out, STR("timestamp"), iso8601_utc(rq->arena, clock_wall_ms()));
    out_int(&rq->out, STR("sessions"), sessions);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_version(struct rq *rq)
{
    out_object_begin(&rq->out, STR("answer"));
    out_str(&rq->out, STR("version"), rq->app->server->version);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_livez(struct rq *rq)
{
    return control_text(rq, STR("text/plain"), STR("ok\n"));
}

enum err control_readyz(struct rq *rq)
{
    if (!atomic_load(&rq->session->closing))
        return control_text(rq, STR("text/plain"), STR("ok\n"));
    rq->status = 503;
    return control_text(rq, STR("text/plain"), STR("stopping\n"));
}

enum err control_shutdown(struct rq *rq)
{
    rq->status = 202;
    rq->close = true;
    out_object_begin(&rq->out, STR("answer"));
    out_str(&rq->out, STR("status"), STR("stopping"));
    out_end(&rq->out);
    rq->app->server->request_stop();
    return ERR_OK;
}

/* ---- metrics -------------------------------------------------------------------- */

struct sample {
    struct str session;
    int64_t requests, unmatched, journal, dropped, messages, accounts;
};

struct samples {
    struct arena *a;
    struct sample *v;
    size_t n, cap;
};

static void take_sample(void *ctx, struct session *s)
{
    struct samples *all = ctx;
    struct sample one = {.session = arena_strdup(all->a, s->id)};
    session_lock(s);
    one.requests = s->last_request;
    one.unmatched = s->unmatched;
    one.journal = journal_count(s->journal);
    one.dropped = journal_dropped(s->journal);
    store_message_count(s->store, &one.messages);
    one.accounts = (int64_t)accounts_count(s->accounts);
    session_unlock(s);
    all->v = arena_grow(all->a, all->v, all->n, &all->cap, sizeof(*all->v));
    all->v[all->n++] = one;
}

#define METRIC(wire, type_name, member, sentence)                                                  \
    {                                                                                              \
        STR_INIT(wire), STR_INIT(type_name), offsetof(struct sample, member), STR_INIT(sentence)   \
    }

static const struct {
    struct str name, type;
    size_t offset;
    struct str help;
} k_metrics[] = {
    METRIC(
        "mockd_requests_total", "counter", requests, "Requests to providers, and unmatched ones."),
    METRIC(
        "mockd_unmatched_requests_total", "counter", unmatched, "Requests that fit no endpoint."),
    METRIC("mockd_journal_entries", "gauge", journal, "Requests in the journal."),
    METRIC("mockd_journal_dropped_total",
           "counter",
           dropped,
           "Requests that left the journal because it was full."),
    METRIC("mockd_messages", "gauge", messages, "Messages kept."),
    METRIC("mockd_accounts", "gauge", accounts, "Accounts."),
};

static void put_head(struct buf *b, struct str name, struct str type, struct str help)
{
    buf_add(b, STR("# HELP "));
    buf_add(b, name);
    buf_add_char(b, ' ');
    buf_add(b, help);
    buf_add(b, STR("\n# TYPE "));
    buf_add(b, name);
    buf_add_char(b, ' ');
    buf_add(b, type);
    buf_add_char(b, '\n');
}

static void put_single(struct buf *b, struct str name, struct str help, int64_t value)
{
    put_head(b, name, STR("gauge"), help);
    buf_add(b, name);
    buf_add_char(b, ' ');
    buf_add_int(b, value);
    buf_add_char(b, '\n');
}

static void put_process(const struct rq *rq, struct buf *b, size_t sessions)
{
    struct server *server = rq->app->server;
    put_head(b, STR("mockd_build_info"), STR("gauge"), STR("The version that runs."));
    buf_add(b, STR("mockd_build_info{version=\""));
    buf_add(b, server->version);
    buf_add(b, STR("\"} 1\n"));
    put_single(b, STR("process_start_time_seconds"), STR("Start, in seconds since 1970."),
               server->started_ms / 1000);
    if (server->resident_bytes)
        put_single(b, STR("process_resident_memory_bytes"), STR("Resident memory."),
                   server->resident_bytes());
    put_single(b, STR("mockd_sessions"), STR("Sessions."), (int64_t)sessions);
    put_single(b, STR("mockd_waiting_calls"), STR("Calls of /__admin/requests/wait held open."),
               atomic_load(&server->long_calls));
}

enum err control_metrics(struct rq *rq)
{
    struct samples all = {.a = rq->arena};
    struct buf *b = rq->reply;
    control_outside(rq);
    sessions_each(rq->app->sessions, take_sample, &all);
    control_inside(rq);
    put_process(rq, b, all.n);
    for (size_t i = 0; i < sizeof(k_metrics) / sizeof(k_metrics[0]); i++) {
        put_head(b, k_metrics[i].name, k_metrics[i].type, k_metrics[i].help);
        for (size_t k = 0; k < all.n; k++) {
            buf_add(b, k_metrics[i].name);
            buf_add(b, STR("{session=\""));
            buf_add(b, all.v[k].session);
            buf_add(b, STR("\"} "));
            buf_add_int(b, *(const int64_t *)((const void *)((const char *)&all.v[k] +
                                                             k_metrics[i].offset)));
            buf_add_char(b, '\n');
        }
    }
    rq->content_type = STR("text/plain; version=0.0.4; charset=utf-8");
    return ERR_OK;
}
