#include "mockd/control/internal.h"
#include "mockd/http/json_locate.h"

enum { LIST_DEFAULT = 1000, LIST_MAX = 100000 };

static enum verdict malformed(struct rq *rq)
{
    enum json_fault fault;
    size_t at;
    int line;
    int column;
    json_parse(rq->arena, rq->body, &fault, &at); /* again, for the place */
    json_line(rq->body, at, &line, &column);
    control_problem_begin(rq, 400,
                          arena_printf(rq->arena,
                                       "The body is %s, at byte %zu (line %d, column %d).",
                                       json_fault_text(fault), at, line, column));
    out_int(&rq->out, STR("offset"), (int64_t)at);
    out_int(&rq->out, STR("line"), line);
    out_int(&rq->out, STR("column"), column);
    control_problem_end(rq);
    return STOP;
}

enum verdict control_takes_body(struct rq *rq)
{
    if (rq->body_fault != JSON_GOOD)
        return malformed(rq);
    if (!rq->in.root || json_kind(rq->in.root) == JSON_OBJECT)
        return PASS;
    const struct problem p = {STR(""), arena_printf(rq->arena, "must be a JSON object, not %s",
                                                    json_kind_text(json_kind(rq->in.root)))};
    control_problem_at(rq, 400, &p);
    return STOP;
}

enum verdict control_needs_body(struct rq *rq)
{
    static const struct problem k_missing = {STR_INIT(""),
                                             STR_INIT("must be a JSON object; it is empty")};
    if (rq->body_fault == JSON_GOOD && !rq->in.root) {
        control_problem_at(rq, 400, &k_missing);
        return STOP;
    }
    return control_takes_body(rq);
}

static void refuse_parameter(struct rq *rq, struct str name)
{
    const struct endpoint *e = rq->endpoint;
    struct str names[RQ_PARAMS_MAX] = {{0}};
    struct str all = STR("");
    for (size_t i = 0; i < e->nparams; i++) {
        names[i] = e->params[i].name;
        all = arena_printf(rq->arena, "%.*s%s%.*s", STR_ARG(all), i ? ", " : "", STR_ARG(names[i]));
    }
    const struct str near = nearest_name(name, names, e->nparams);
    control_problem_begin(rq, 400,
                          arena_printf(rq->arena,
                                       "There is no query parameter \"%.*s\" here%s%.*s%s %s%.*s.",
                                       STR_ARG(name), near.n ? "; did you mean \"" : "",
                                       STR_ARG(near), near.n ? "\"?" : ";",
                                       e->nparams ? "Known are " : "none is taken", STR_ARG(all)));
    out_str(&rq->out, STR("parameter"), name);
    control_problem_end(rq);
}

static bool has_parameter(const struct endpoint *e, struct str name)
{
    for (size_t i = 0; i < e->nparams; i++) {
        if (str_eq(e->params[i].name, name))
            return true;
    }
    return false;
}

/* A query parameter that the endpoint does not have is a typing error, not a filter to ignore. */
enum verdict control_known_query(struct rq *rq)
{
    for (size_t i = 0; i < rq->in.n; i++) {
        if (has_parameter(rq->endpoint, rq->in.rows[i].name))
            continue;
        refuse_parameter(rq, rq->in.rows[i].name);
        return STOP;
    }
    return PASS;
}

struct str control_query(const struct rq *rq, struct str name)
{
    const struct str given = inputs_get(&rq->in, name).text;
    if (!given.n || str_find_char(given, ' ') == given.n)
        return given;
    char *p = arena_alloc(rq->arena, given.n);
    for (size_t i = 0; i < given.n; i++)
        p[i] = given.p[i] == ' ' ? '+' : given.p[i];
    return (struct str){p, given.n};
}

bool control_query_int(struct rq *rq, struct str name, int64_t max, int64_t *out)
{
    uint64_t n;
    const struct str given = inputs_get(&rq->in, name).text;
    if (!given.p)
        return true;
    if (str_to_uint(given, (uint64_t)max, &n)) {
        *out = (int64_t)n;
        return true;
    }
    control_problem_begin(rq, 400,
                          arena_printf(rq->arena, "%.*s must be a whole number from 0 to %lld.",
                                       STR_ARG(name), (long long)max));
    out_str(&rq->out, STR("parameter"), name);
    control_problem_end(rq);
    return false;
}

bool control_page(struct rq *rq, struct page *page)
{
    *page = (struct page){.limit = LIST_DEFAULT};
    return control_query_int(rq, STR("limit"), LIST_MAX, &page->limit) &&
           control_query_int(rq, STR("offset"), INT32_MAX, &page->offset);
}

const struct provider *control_provider_named(const struct app *app, struct str name)
{
    for (size_t i = 0; i < app->nproviders; i++) {
        if (str_eq(app->providers[i]->name, name))
            return app->providers[i];
    }
    return NULL;
}

bool control_check_provider(struct rq *rq, struct str name)
{
    struct str all = STR("");
    if (!name.p || control_provider_named(rq->app, name))
        return true;
    for (size_t i = 0; i < rq->app->nproviders; i++)
        all = arena_printf(rq->arena, "%.*s%s%.*s", STR_ARG(all), i ? ", " : "",
                           STR_ARG(rq->app->providers[i]->name));
    control_problem(rq, 400,
                    arena_printf(rq->arena, "There is no provider \"%.*s\"; known are %.*s.",
                                 STR_ARG(name), STR_ARG(all)));
    return false;
}

enum account_realm control_realm(struct str provider)
{
    return str_eq(provider, STR("nexmo")) ? REALM_NEXMO : REALM_SMSPARTNER;
}
