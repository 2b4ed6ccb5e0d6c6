#include "mockd/core/rq.h"

#include "mockd/base/check.h"

struct str rq_header(const struct rq *rq, struct str name)
{
    for (size_t i = 0; i < rq->nheaders; i++) {
        if (str_eq_nocase(rq->header[i].name, name))
            return rq->header[i].value;
    }
    return (struct str){0};
}

void rq_reply_header(struct rq *rq, struct str name, struct str value)
{
    CHECK(rq->nreply_headers < sizeof(rq->reply_header) / sizeof(rq->reply_header[0]));
    rq->reply_header[rq->nreply_headers++] = (struct header){name, value};
}

void rq_restart(struct rq *rq)
{
    buf_clear(rq->reply);
    out_init(&rq->out, rq->out.format, rq->reply);
}

enum err rq_refuse_why(struct rq *rq, const struct catalogue_entry *e, struct str why)
{
    rq_restart(rq);
    rq->error = e;
    rq->why = why;
    rq->status = e->http_status;
    rq->provider->refuse(rq, e);
    return ERR_OK;
}

enum err rq_refuse(struct rq *rq, const struct catalogue_entry *e)
{
    return rq_refuse_why(rq, e, e->why);
}

enum verdict rq_stop(struct rq *rq, const struct catalogue_entry *e)
{
    rq_refuse(rq, e);
    return STOP;
}

enum verdict gate_forced_by_header(struct rq *rq)
{
    const struct str id = rq_header(rq, STR("X-Mockd-Error"));
    if (!id.p)
        return PASS;
    const struct catalogue_entry *e = catalogue_find(rq->provider->catalogue, id);
    if (!e) {
        rq->why = arena_printf(rq->arena,
                               "X-Mockd-Error asked for \"%.*s\", which is not in the catalogue of "
                               "%.*s: ignored.",
                               STR_ARG(id), STR_ARG(rq->provider->name));
        return PASS;
    }
    rq_refuse_why(rq, e, STR("Forced by the request header X-Mockd-Error."));
    return STOP;
}

enum verdict rq_force_code(struct rq *rq, struct str code, struct str fallback)
{
    const struct catalogue *c = rq->provider->catalogue;
    const struct catalogue_entry *e = catalogue_code(c, rq->endpoint->group, code);
    if (!e && fallback.n)
        e = catalogue_code(c, fallback, code);
    if (!e)
        return PASS;
    rq_refuse_why(rq, e, STR("Forced by a magic value in the request."));
    return STOP;
}

int64_t rq_over_limit(struct rq *rq, uint64_t who, const struct rate_limit *limits)
{
    int64_t wait_s = 0;
    if (!rq->session->settings.rate_limits)
        return 0;
    for (const struct rate_limit *l = limits; l && l->max; l++) {
        const int64_t s = rates_hit(&rq->session->rates, who, l, rq->now_ms);
        wait_s = s > wait_s ? s : wait_s;
    }
    if (wait_s)
        rq_reply_header(rq, STR("Retry-After"), arena_int(rq->arena, wait_s));
    return wait_s;
}
