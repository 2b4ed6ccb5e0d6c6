#include "mockd/core/router.h"

/* Takes the segment before the next '/', moving *rest past it. */
static struct str next_segment(struct str *rest)
{
    const size_t at = str_find_char(*rest, '/');
    const struct str seg = {rest->p, at};
    *rest = str_from(*rest, at < rest->n ? at + 1 : at);
    return seg;
}

bool router_fits(struct arena *a, struct str pattern, struct str path, struct str *args)
{
    if (str_find_char(pattern, '{') == pattern.n)
        return str_eq(pattern, path);
    size_t holes = 0;
    while (pattern.n && path.n) {
        const bool more = str_find_char(pattern, '/') < pattern.n;
        if (more != (str_find_char(path, '/') < path.n))
            return false;
        const struct str want = next_segment(&pattern);
        const struct str got = next_segment(&path);
        const bool hole = want.p && want.n && want.p[0] == '{';
        if (hole ? got.n == 0 : !str_eq(want, got))
            return false;
        if (hole && holes < RQ_PATH_ARGS_MAX)
            args[holes++] = decode_percent(a, got, false);
    }
    return pattern.n == 0 && path.n == 0;
}

struct str router_session(struct rq *rq)
{
    if (!str_starts(rq->path, STR("/s/")))
        return (struct str){0};
    struct str rest = str_from(rq->path, 3);
    const struct str id = next_segment(&rest);
    rq->path = (struct str){id.p + id.n, rq->path.n - 3 - id.n};
    if (rq->path.n == 0)
        rq->path = STR("/");
    return id;
}

static bool under(struct str path, struct str prefix)
{
    return prefix.n && str_starts(path, prefix) && (path.n == prefix.n || path.p[prefix.n] == '/');
}

static const struct provider *by_prefix(struct rq *rq)
{
    for (size_t i = 0; i < rq->app->nproviders; i++) {
        const struct provider *p = rq->app->providers[i];
        if (!under(rq->path, p->prefix))
            continue;
        rq->path = str_from(rq->path, p->prefix.n);
        if (rq->path.n == 0)
            rq->path = STR("/");
        return p;
    }
    return NULL;
}

static const struct provider *by_host(const struct rq *rq)
{
    const struct str host = rq_header(rq, STR("Host"));
    const struct str name = {host.p, str_find_char(host, ':')};
    for (size_t i = 0; i < rq->app->nproviders && name.n; i++) {
        const struct provider *p = rq->app->providers[i];
        for (size_t k = 0; k < p->nhosts; k++) {
            if (str_eq_nocase(p->hosts[k], name))
                return p;
        }
    }
    return NULL;
}

static const struct provider *by_port(const struct rq *rq)
{
    for (size_t i = 0; i < rq->app->nbinds; i++) {
        if (rq->app->binds[i].port == rq->port)
            return rq->app->binds[i].provider;
    }
    return NULL;
}

static bool has_path(const struct rq *rq, const struct provider *p)
{
    struct str args[RQ_PATH_ARGS_MAX];
    for (size_t i = 0; i < p->nendpoints; i++) {
        if (router_fits(rq->arena, p->endpoints[i].path, rq->path, args))
            return true;
    }
    return false;
}

/* The provider whose path nobody else has; for what several have, or nobody, the first one that
 * lives under /v1/. */
static const struct provider *by_path(const struct rq *rq)
{
    const struct provider *found = NULL;
    const struct provider *first_v1 = rq->app->nproviders ? rq->app->providers[0] : NULL;
    size_t n = 0;
    for (size_t i = 0; i < rq->app->nproviders; i++) {
        if (has_path(rq, rq->app->providers[i])) {
            found = rq->app->providers[i];
            n++;
        }
    }
    if (n == 1)
        return found;
    return str_starts(rq->path, STR("/v1/")) ? first_v1 : NULL;
}

static bool is_control(struct str path)
{
    return under(path, STR("/__admin")) || str_eq(path, STR("/livez")) ||
           str_eq(path, STR("/readyz")) || str_eq(path, STR("/metrics"));
}

void router_provider(struct rq *rq)
{
    if (is_control(rq->path)) {
        rq->provider = rq->app->control;
        return;
    }
    rq->provider = by_prefix(rq);
    if (!rq->provider)
        rq->provider = by_host(rq);
    if (!rq->provider)
        rq->provider = by_port(rq);
    if (!rq->provider)
        rq->provider = by_path(rq);
    if (!rq->provider)
        rq->provider = rq->app->control;
}

static const struct endpoint *find(struct rq *rq, enum method method, bool *path_known)
{
    const struct provider *p = rq->provider;
    for (size_t i = 0; i < p->nendpoints; i++) {
        if (!router_fits(rq->arena, p->endpoints[i].path, rq->path, rq->path_arg))
            continue;
        *path_known = true;
        if (p->endpoints[i].method == method)
            return &p->endpoints[i];
    }
    return NULL;
}

bool router_endpoint(struct rq *rq, enum miss *why)
{
    bool path_known = false;
    rq->endpoint = find(rq, rq->method, &path_known);
    if (!rq->endpoint && rq->method == METHOD_HEAD)
        rq->endpoint = find(rq, METHOD_GET, &path_known);
    *why = path_known ? MISS_METHOD : MISS_PATH;
    return rq->endpoint != NULL;
}
