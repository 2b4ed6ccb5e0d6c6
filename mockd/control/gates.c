#include "mockd/control/internal.h"

/* ---- gates --------------------------------------------------------------------- */

/* How long it takes does not tell how much of it is right. */
static bool same_secret(struct str want, struct str got)
{
    unsigned char differs = want.n != got.n;
    for (size_t i = 0; i < got.n; i++)
        differs |= (unsigned char)(got.p[i] ^ (want.n ? want.p[i % want.n] : 0));
    return differs == 0;
}

enum verdict control_gate_token(struct rq *rq)
{
    const struct str want = rq->app->server->admin_token;
    const struct str got = rq_header(rq, STR("Authorization"));
    const struct str scheme = {got.p, got.n < 7 ? got.n : 7};
    if (!want.p)
        return PASS;
    if (str_eq_nocase(scheme, STR("Bearer ")) && same_secret(want, str_trim(str_from(got, 7))))
        return PASS;
    control_problem(rq, 401,
                    got.p ? STR("The token in the header Authorization is not the one that "
                                "the server was started with (--admin-token).")
                          : STR("The server was started with --admin-token: send the "
                                "header Authorization: Bearer TOKEN."));
    rq_reply_header(rq, STR("WWW-Authenticate"), STR("Bearer realm=\"mockd\""));
    return STOP;
}

static bool origin_listed(const struct rq *rq, struct str origin)
{
    return origin.p && account_lists(&rq->app->server->cors_origins, origin);
}

/* "http://127.0.0.1:8080" from the page at Host 127.0.0.1:8080. */
static bool origin_is_ours(const struct rq *rq, struct str origin)
{
    const size_t at = str_find(origin, STR("://"));
    return at < origin.n && str_eq_nocase(str_from(origin, at + 3), rq_header(rq, STR("Host")));
}

static bool mutates(const struct rq *rq)
{
    return rq->method != METHOD_GET && rq->method != METHOD_HEAD && rq->method != METHOD_OPTIONS;
}

/* A page that somebody browses must not be able to drive the mock of who browses it. */
enum verdict control_gate_origin(struct rq *rq)
{
    const struct str origin = rq_header(rq, STR("Origin"));
    if (!origin.p || !mutates(rq) || origin_is_ours(rq, origin) || origin_listed(rq, origin))
        return PASS;
    control_problem(rq, 403,
                    arena_printf(rq->arena,
                                 "Pages of %.*s may not change anything here; --cors-origin allows "
                                 "an origin.",
                                 STR_ARG(origin)));
    return STOP;
}

/* ---- the provider's other parts -------------------------------------------------- */

void control_decode(struct rq *rq)
{
    size_t at;
    decode_pairs(rq->arena, &rq->in, rq->query);
    if (str_trim(rq->body).n)
        rq->in.root = json_parse(rq->arena, rq->body, &rq->body_fault, &at);
}

void control_refuse(struct rq *rq, const struct catalogue_entry *e)
{
    control_problem(rq, e->http_status, e->why);
}

static bool is_preflight(const struct rq *rq)
{
    return rq->method == METHOD_OPTIONS &&
           rq_header(rq, STR("Access-Control-Request-Method")).p != NULL;
}

void control_headers(struct rq *rq)
{
    const struct str origin = rq_header(rq, STR("Origin"));
    if (rq->app->server->cors_origins.n == 0)
        return;
    rq_reply_header(rq, STR("Vary"), STR("Origin"));
    if (!origin_listed(rq, origin))
        return;
    rq_reply_header(rq, STR("Access-Control-Allow-Origin"), origin);
    if (!is_preflight(rq)) {
        rq_reply_header(rq, STR("Access-Control-Expose-Headers"), STR("Location"));
        return;
    }
    rq_reply_header(rq, STR("Access-Control-Allow-Methods"), STR("GET, POST, PUT, PATCH, DELETE"));
    rq_reply_header(rq, STR("Access-Control-Allow-Headers"),
                    STR("Authorization, Content-Type, X-Mockd-Session"));
    rq_reply_header(rq, STR("Access-Control-Max-Age"), STR("600"));
}

/* A browser asks for leave without the token. */
void control_missed(struct rq *rq, enum miss why)
{
    const bool admin = why != MISS_SESSION && str_starts(rq->path, STR("/__admin"));
    if (!admin || rq->method == METHOD_OPTIONS || control_gate_token(rq) == PASS)
        control_miss(rq, why);
}

void control_unreadable(struct rq *rq, int status)
{
    control_problem(rq, status, rq->why);
}
