#include "mockd/core/pipeline.h"

#include "mockd/base/clock.h"
#include "mockd/base/log.h"
#include "mockd/core/router.h"

size_t pipeline_head(struct rq *rq)
{
    struct str id = router_session(rq);
    if (!id.p)
        id = rq_header(rq, STR("X-Mockd-Session"));
    rq->session = sessions_acquire(rq->app->sessions, id);
    if (!rq->session) {
        rq->session = sessions_acquire(rq->app->sessions, (struct str){0});
        rq->provider = rq->app->control;
        rq->missed = MISS_SESSION;
        rq->why = arena_printf(rq->arena, "There is no session \"%.*s\".", STR_ARG(id));
        return rq->provider->max_body;
    }
    router_provider(rq);
    if (router_endpoint(rq, &rq->missed))
        rq->missed = MISS_NONE;
    if (rq->provider->opened)
        rq->provider->opened(rq);
    return rq->endpoint && rq->endpoint->max_body ? rq->endpoint->max_body : rq->provider->max_body;
}

static enum verdict run_gates(struct rq *rq)
{
    for (size_t i = 0; i < rq->provider->ngates; i++) {
        const struct gate *g = &rq->provider->gates[i];
        if (!(rq->endpoint->skips & g->bit) && g->run(rq) == STOP)
            return STOP;
    }
    return PASS;
}

static void bind_params(struct rq *rq)
{
    for (size_t i = 0; i < rq->endpoint->nparams; i++) {
        const struct param *p = &rq->endpoint->params[i];
        if (!p->name.n)
            continue;
        rq->param[i] = inputs_get(&rq->in, p->name);
        if (p->alias.n && !inputs_has(&rq->in, p->name))
            rq->param[i] = inputs_get(&rq->in, p->alias);
    }
}

/* The first thing wrong with the inputs, in the order the endpoint lists them; NULL when none. */
static const struct catalogue_entry *wrong_param(const struct rq *rq)
{
    for (size_t i = 0; i < rq->endpoint->nparams; i++) {
        const struct param *p = &rq->endpoint->params[i];
        const struct str v = rq->param[i].text;
        const bool missing = v.n == 0 && json_kind(rq->param[i].node) < JSON_ARRAY;
        if (missing && p->on_missing)
            return p->on_missing;
        if (!missing && p->on_bad &&
            ((p->max_len && v.n > p->max_len) || (p->valid && !p->valid(v))))
            return p->on_bad;
    }
    return NULL;
}

static enum verdict run_checks(struct rq *rq)
{
    const struct catalogue_entry *wrong = wrong_param(rq);
    if (wrong)
        return rq_stop(rq, wrong);
    for (step_fn *const *check = rq->endpoint->checks; check && *check; check++) {
        if ((*check)(rq) == STOP)
            return STOP;
    }
    return PASS;
}

static void answer_500(struct rq *rq, const char *why)
{
    log_line(LOG_ERROR, "http", "%.*s %.*s: %s", STR_ARG(rq->method_text), STR_ARG(rq->path), why);
    rq_restart(rq);
    rq->status = 500;
    rq->why = STR("mockd itself failed here; its log says why.");
    rq->content_type = STR("application/problem+json");
    buf_add(rq->reply, STR("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\","
                           "\"status\":500,\"detail\":\"mockd itself failed; see its log\"}"));
}

static void answer(struct rq *rq)
{
    if (rq->missed != MISS_NONE) {
        rq->provider->miss(rq, rq->missed);
        return;
    }
    if (run_gates(rq) == STOP)
        return;
    bind_params(rq);
    if (run_checks(rq) == STOP)
        return;
    rq->status = 200;
    const enum err e = rq->endpoint->handle(rq);
    if (e != ERR_OK)
        answer_500(rq, err_text(e));
    else if (rq->reply->overflowed)
        answer_500(rq, "answer over the size limit");
}

/* A header value is one line of printable ASCII. */
static struct str header_safe(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 0x20 && s.p[i] < 0x7F ? s.p[i] : '?';
    return (struct str){p, s.n};
}

static struct str content_type(const struct rq *rq)
{
    if (rq->content_type.p)
        return rq->content_type;
    return rq->out.format == OUT_JSON ? STR("application/json") : STR("application/xml");
}

static void add_headers(struct rq *rq)
{
    struct arena *a = rq->arena;
    rq_reply_header(rq, STR("Content-Type"), content_type(rq));
    if (rq->provider->headers)
        rq->provider->headers(rq);
    if (rq->journal_id)
        rq_reply_header(rq, STR("X-Mockd-Request-Id"), arena_int(a, rq->journal_id));
    if (!rq->session->settings.debug_headers)
        return;
    if (rq->error)
        rq_reply_header(rq, STR("X-Mockd-Error"), rq->error->id);
    if (rq->why.p)
        rq_reply_header(rq, STR("X-Mockd-Why"), header_safe(a, rq->why));
}

static bool journalled(const struct rq *rq)
{
    return rq->provider->journalled ||
           (rq->missed != MISS_NONE && !str_starts(rq->path, STR("/__admin")));
}

/* "POST /v1/send" */
static struct str endpoint_label(const struct rq *rq)
{
    static const struct str k_methods[] = {
        [METHOD_GET] = STR_INIT("GET "),         [METHOD_HEAD] = STR_INIT("HEAD "),
        [METHOD_POST] = STR_INIT("POST "),       [METHOD_PUT] = STR_INIT("PUT "),
        [METHOD_DELETE] = STR_INIT("DELETE "),   [METHOD_PATCH] = STR_INIT("PATCH "),
        [METHOD_OPTIONS] = STR_INIT("OPTIONS "), [METHOD_OTHER] = STR_INIT(""),
    };
    if (!rq->endpoint)
        return (struct str){0};
    const struct str parts[] = {k_methods[rq->endpoint->method], rq->endpoint->path};
    return arena_join(rq->arena, parts, 2);
}

static void write_journal(struct rq *rq)
{
    const bool known = rq->provider != rq->app->control;
    const struct journal_entry e = {
        .id = rq->journal_id,
        .logged_ms = rq->now_ms,
        .provider = known ? rq->provider->name : (struct str){0},
        .endpoint = endpoint_label(rq),
        .api_key = rq->api_key,
        .to = rq->provider->recipient ? rq->provider->recipient(rq) : (struct str){0},
        .method = rq->method_text,
        .url = rq->url,
        .client_ip = rq->client_ip,
        .body = rq->body,
        .headers = rq->header,
        .nheaders = rq->nheaders,
        .status = rq->status,
        .response_headers = rq->reply_header,
        .nresponse_headers = rq->nreply_headers,
        .response_body = buf_view(rq->reply),
        .error = rq->error,
        .why = rq->why,
        .accepted = rq->accepted,
        .charged_e8 = rq->charged_e8,
        .connection = rq->connection,
        .arrived_us = rq->arrived_us - rq->app->started_us,
        .duration_us = clock_steady_us() - rq->arrived_us,
    };
    journal_add(rq->session->journal, &e);
    if (!rq->endpoint)
        rq->session->unmatched++;
}

static void enter(struct rq *rq)
{
    session_lock(rq->session);
    rq->now_ms = session_now_ms(rq->session);
    if (rq->now_ms >= rq->session->settle_ms)
        session_settle(rq->session, rq->now_ms);
    if (journalled(rq))
        rq->journal_id = ++rq->session->last_request;
}

static void leave(struct rq *rq)
{
    add_headers(rq);
    if (rq->journal_id) {
        write_journal(rq);
        big_lock_changed(&rq->session->lock);
    }
    rq->account = NULL; /* valid under the lock only */
    session_unlock(rq->session);
}

void pipeline_run(struct rq *rq)
{
    if (rq->provider->decode)
        rq->provider->decode(rq);
    out_init(&rq->out, rq->provider->format ? rq->provider->format(rq) : OUT_JSON, rq->reply);
    enter(rq);
    answer(rq);
    leave(rq);
}

void pipeline_refuse_transport(struct rq *rq, int status, struct str why)
{
    out_init(&rq->out, OUT_JSON, rq->reply);
    rq->close = true;
    enter(rq);
    rq->why = why;
    if (rq->provider->unreadable) {
        rq->provider->unreadable(rq, status);
    } else {
        rq->status = status;
        rq->app->control->unreadable(rq, status);
    }
    leave(rq);
}

void pipeline_finish(struct rq *rq, int64_t sent_bytes)
{
    if (!rq->session)
        return;
    if (rq->journal_id)
        journal_done(rq->session->journal, rq->journal_id, clock_steady_us() - rq->app->started_us,
                     sent_bytes);
    if (rq->provider->closed)
        rq->provider->closed(rq);
    session_release(rq->session);
}
