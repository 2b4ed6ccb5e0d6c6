#include "mockd/base/utf8.h"
#include "mockd/control/internal.h"
#include "mockd/core/router.h"

static struct str title_of(int status)
{
    static const struct {
        int status;
        struct str title;
    } k_titles[] = {
        {400, STR_INIT("Bad Request")},        {401, STR_INIT("Unauthorized")},
        {403, STR_INIT("Forbidden")},          {404, STR_INIT("Not Found")},
        {405, STR_INIT("Method Not Allowed")}, {408, STR_INIT("Request Timeout")},
        {409, STR_INIT("Conflict")},           {411, STR_INIT("Length Required")},
        {413, STR_INIT("Content Too Large")},  {431, STR_INIT("Request Header Fields Too Large")},
        {501, STR_INIT("Not Implemented")},    {503, STR_INIT("Service Unavailable")},
    };
    for (size_t i = 0; i < sizeof(k_titles) / sizeof(k_titles[0]); i++) {
        if (k_titles[i].status == status)
            return k_titles[i].title;
    }
    return STR("Error");
}

void control_problem_begin(struct rq *rq, int status, struct str detail)
{
    rq_restart(rq);
    rq->status = status;
    rq->why = utf8_repaired(rq->arena, detail);
    rq->content_type = STR("application/problem+json");
    out_object_begin(&rq->out, STR("problem"));
    out_str(&rq->out, STR("type"), STR("about:blank"));
    out_str(&rq->out, STR("title"), title_of(status));
    out_int(&rq->out, STR("status"), status);
    out_str(&rq->out, STR("detail"), rq->why);
}

enum err control_problem_end(struct rq *rq)
{
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_problem(struct rq *rq, int status, struct str detail)
{
    control_problem_begin(rq, status, detail);
    return control_problem_end(rq);
}

enum err control_problem_at(struct rq *rq, int status, const struct problem *p)
{
    const struct str place = p->pointer.n ? p->pointer : STR("The body");
    const struct str end = str_ends(p->detail, STR("?")) ? STR("") : STR(".");
    control_problem_begin(
        rq, status,
        arena_printf(rq->arena, "%.*s %.*s%.*s", STR_ARG(place), STR_ARG(p->detail), STR_ARG(end)));
    out_str(&rq->out, STR("pointer"),
            utf8_repaired(rq->arena, p->pointer.p ? p->pointer : STR("")));
    return control_problem_end(rq);
}

enum err control_text(struct rq *rq, struct str content_type, struct str body)
{
    rq->content_type = content_type;
    buf_add(rq->reply, body);
    return ERR_OK;
}

enum err control_deleted(struct rq *rq, int64_t n)
{
    out_object_begin(&rq->out, STR("answer"));
    out_int(&rq->out, STR("deleted"), n);
    out_end(&rq->out);
    return ERR_OK;
}

void control_meta(struct rq *rq, int64_t total)
{
    out_object_begin(&rq->out, STR("meta"));
    out_int(&rq->out, STR("total"), total);
    out_end(&rq->out);
}

/* Methods that the path has, for the header Allow. */
static struct str allowed(struct rq *rq)
{
    struct str args[RQ_PATH_ARGS_MAX];
    struct str all = STR("");
    for (size_t i = 0; i < rq->provider->nendpoints; i++) {
        const struct endpoint *e = &rq->provider->endpoints[i];
        if (!router_fits(rq->arena, e->path, rq->path, args))
            continue;
        all = arena_printf(rq->arena, "%.*s%s%.*s", STR_ARG(all), all.n ? ", " : "",
                           STR_ARG(method_text(e->method)));
        if (e->method == METHOD_GET)
            all = arena_printf(rq->arena, "%.*s, HEAD", STR_ARG(all));
    }
    return arena_printf(rq->arena, "%.*s, OPTIONS", STR_ARG(all));
}

static void wrong_method(struct rq *rq)
{
    const struct str methods = allowed(rq);
    rq_reply_header(rq, STR("Allow"), methods);
    if (rq->method != METHOD_OPTIONS) {
        control_problem(rq, 405,
                        arena_printf(rq->arena, "%.*s is not possible here; allowed: %.*s.",
                                     STR_ARG(rq->method_text), STR_ARG(methods)));
        return;
    }
    rq->status = 200;
    control_text(rq, STR("text/plain"), STR(""));
}

static void unknown_admin_path(struct rq *rq)
{
    struct near near;
    const struct provider *const self[] = {rq->app->control};
    const struct str path = utf8_repaired(rq->arena, rq->path);
    if (!nearest_endpoints(self, 1, rq->method_text, rq->path, &near, 1)) {
        control_problem(
            rq, 404, arena_printf(rq->arena, "There is no %.*s in the admin API.", STR_ARG(path)));
        return;
    }
    const struct str name =
        arena_printf(rq->arena, "%.*s %.*s", STR_ARG(method_text(near.endpoint->method)),
                     STR_ARG(near.endpoint->path));
    control_problem_begin(rq, 404,
                          arena_printf(rq->arena,
                                       "There is no %.*s in the admin API; the nearest is %.*s.",
                                       STR_ARG(path), STR_ARG(name)));
    out_str(&rq->out, STR("nearest"), name);
    control_problem_end(rq);
}

static struct str places(struct rq *rq)
{
    struct str all = STR("");
    for (size_t i = 0; i < rq->app->nproviders; i++) {
        const struct provider *p = rq->app->providers[i];
        all = arena_printf(rq->arena, "%.*s%s%.*s below %.*s", STR_ARG(all), i ? ", " : "",
                           STR_ARG(p->name), STR_ARG(p->prefix));
    }
    return all;
}

/* A path of no provider: says where the providers live, and what may have been meant. */
static void unknown_path(struct rq *rq)
{
    struct near near;
    struct str name = {0};
    if (nearest_endpoints(rq->app->providers, rq->app->nproviders, rq->method_text, rq->path, &near,
                          1))
        name = arena_printf(rq->arena, "%.*s %.*s%.*s", STR_ARG(method_text(near.endpoint->method)),
                            STR_ARG(near.provider->prefix), STR_ARG(near.endpoint->path));
    control_problem_begin(
        rq, 404,
        arena_printf(
            rq->arena,
            "No provider has the path %.*s. %s%.*s%sProviders are reached by prefix (%.*s) "
            "or by Host header; the admin API is below /__admin.",
            STR_ARG(utf8_repaired(rq->arena, rq->path)), name.n ? "The nearest is " : "",
            STR_ARG(name), name.n ? ". " : "", STR_ARG(places(rq))));
    out_str(&rq->out, STR("nearest"), name);
    out_object_begin(&rq->out, STR("providers"));
    for (size_t i = 0; i < rq->app->nproviders; i++)
        out_str(&rq->out, rq->app->providers[i]->name, rq->app->providers[i]->prefix);
    out_end(&rq->out);
    control_problem_end(rq);
}

void control_miss(struct rq *rq, enum miss why)
{
    if (why == MISS_SESSION)
        control_problem(rq, 404, rq->why);
    else if (why == MISS_METHOD)
        wrong_method(rq);
    else if (str_starts(rq->path, STR("/__admin")))
        unknown_admin_path(rq);
    else
        unknown_path(rq);
}
