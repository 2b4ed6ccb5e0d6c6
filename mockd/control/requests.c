#include "mockd/control/internal.h"
#include "mockd/domain/civil.h"

enum { LIST_BYTES_MAX = 32 << 20, NEAR_MAX = 3 };

static bool names_problem(struct rq *rq, struct str member, struct str value, struct str near)
{
    control_problem(rq, 400,
                    arena_printf(rq->arena, "There is no %.*s \"%.*s\"%s%.*s%s", STR_ARG(member),
                                 STR_ARG(value), near.n ? "; did you mean \"" : ".", STR_ARG(near),
                                 near.n ? "\"?" : ""));
    return false;
}

static bool check_endpoint(struct rq *rq, struct str want)
{
    struct str *names = NULL;
    size_t n = 0;
    size_t cap = 0;
    for (size_t i = 0; i < rq->app->nproviders; i++) {
        const struct provider *p = rq->app->providers[i];
        for (size_t k = 0; k < p->nendpoints; k++) {
            names = arena_grow(rq->arena, names, n, &cap, sizeof(*names));
            names[n] =
                arena_printf(rq->arena, "%.*s %.*s", STR_ARG(method_text(p->endpoints[k].method)),
                             STR_ARG(p->endpoints[k].path));
            if (str_eq(names[n++], want))
                return true;
        }
    }
    return names_problem(rq, STR("endpoint"), want, nearest_name(want, names, n));
}

static bool check_catalog_id(struct rq *rq, struct str want)
{
    struct str *ids = NULL;
    size_t n = 0;
    size_t cap = 0;
    const struct server *server = rq->app->server;
    for (size_t i = 0; i < server->ncatalogues; i++) {
        if (catalogue_find(server->catalogues[i], want))
            return true;
        for (size_t k = 0; k < server->catalogues[i]->n; k++) {
            ids = arena_grow(rq->arena, ids, n, &cap, sizeof(*ids));
            ids[n++] = server->catalogues[i]->entries[k].id;
        }
    }
    return names_problem(rq, STR("catalogId"), want, nearest_name(want, ids, n));
}

/* A wrong name would count nothing for ever: better an error than a test that passes. */
bool control_check_match(struct rq *rq, const struct match *m)
{
    const struct str endpoint = match_text(m, STR("endpoint"));
    const struct str catalog_id = match_text(m, STR("catalogId"));
    return control_check_provider(rq, match_text(m, STR("provider"))) &&
           (!endpoint.p || check_endpoint(rq, endpoint)) &&
           (!catalog_id.p || check_catalog_id(rq, catalog_id));
}

struct match *control_match(struct rq *rq, const struct cJSON *doc, struct str under)
{
    struct problem p;
    struct match *m = match_new(rq->arena);
    bool good = true;
    if (doc && !match_read(m, doc, &p)) {
        if (under.n)
            problem_under(rq->arena, &p, under);
        control_problem_at(rq, 400, &p);
        good = false;
    }
    if (good && control_check_match(rq, m))
        return m;
    match_release(m);
    return NULL;
}

/* The match of a list's query. NULL: answered. */
static struct match *query_match(struct rq *rq, int64_t *since_ms)
{
    static const struct str k_plain[] = {
        STR_INIT("provider"), STR_INIT("endpoint"), STR_INIT("method"),    STR_INIT("urlPath"),
        STR_INIT("apiKey"),   STR_INIT("status"),   STR_INIT("catalogId"),
    };
    struct problem p;
    struct match *m = match_new(rq->arena);
    const struct str since = control_query(rq, STR("since"));
    const struct str to = control_query(rq, STR("to"));
    for (size_t i = 0; i < sizeof(k_plain) / sizeof(k_plain[0]); i++) {
        const struct str v = inputs_get(&rq->in, k_plain[i]).text;
        if (!v.p || match_set(m, k_plain[i], v, &p))
            continue;
        control_problem(
            rq, 400, arena_printf(rq->arena, "%.*s %.*s.", STR_ARG(k_plain[i]), STR_ARG(p.detail)));
        return NULL;
    }
    if (to.p)
        match_set(m, STR("to"), to, &p);
    if (since.p && !iso8601_parse(since, since_ms)) {
        control_problem(rq, 400,
                        STR("since must be an instant such as 2026-11-22T09:00:00+01:00."));
        return NULL;
    }
    return control_check_match(rq, m) ? m : NULL;
}

struct found control_find(struct rq *rq, const struct match *m, int64_t since_ms)
{
    struct journal *j = rq->session->journal;
    struct found f = {0};
    struct arena scratch;
    arena_init(&scratch);
    for (int64_t id = journal_newest(j); id >= journal_oldest(j); id--) {
        const struct journal_entry *e = journal_get(j, id);
        if (!e || e->logged_ms < since_ms)
            continue;
        const struct match_subject s = match_subject_of_entry(e);
        if (match_fits(m, &scratch, &s)) {
            f.id = arena_grow(rq->arena, f.id, f.n, &f.cap, sizeof(*f.id));
            f.id[f.n++] = id;
        }
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return f;
}

void control_write_requests(struct rq *rq, const struct found *f, struct page page)
{
    out_array_begin(&rq->out, STR("requests"));
    for (size_t i = (size_t)page.offset; i < f->n && page.limit > 0; i++, page.limit--) {
        if (rq->reply->n > LIST_BYTES_MAX)
            break;
        control_entry_begin(rq, journal_get(rq->session->journal, f->id[i]));
        out_end(&rq->out);
    }
    out_end(&rq->out);
}

static enum err answer_list(struct rq *rq, struct match *m, int64_t since_ms, struct page page)
{
    const struct found f = control_find(rq, m, since_ms);
    match_release(m);
    out_object_begin(&rq->out, STR("answer"));
    control_write_requests(rq, &f, page);
    control_meta(rq, (int64_t)f.n);
    out_end(&rq->out);
    return ERR_OK;
}

static enum err delete_found(struct rq *rq, struct match *m, int64_t since_ms)
{
    const struct found f = control_find(rq, m, since_ms);
    match_release(m);
    for (size_t i = 0; i < f.n; i++)
        journal_delete(rq->session->journal, f.id[i]);
    return control_deleted(rq, (int64_t)f.n);
}

enum err control_list_requests(struct rq *rq)
{
    struct page page;
    int64_t since_ms = INT64_MIN;
    struct match *m = query_match(rq, &since_ms);
    if (!m || !control_page(rq, &page))
        return ERR_OK;
    return answer_list(rq, m, since_ms, page);
}

enum err control_delete_requests(struct rq *rq)
{
    int64_t since_ms = INT64_MIN;
    struct match *m = query_match(rq, &since_ms);
    return m ? delete_found(rq, m, since_ms) : ERR_OK;
}

enum err control_find_requests(struct rq *rq)
{
    struct page page;
    if (!control_page(rq, &page))
        return ERR_OK;
    struct match *m = control_match(rq, rq->in.root, STR(""));
    return m ? answer_list(rq, m, INT64_MIN, page) : ERR_OK;
}

enum err control_count_requests(struct rq *rq)
{
    struct match *m = control_match(rq, rq->in.root, STR(""));
    if (!m)
        return ERR_OK;
    const struct found f = control_find(rq, m, INT64_MIN);
    match_release(m);
    out_object_begin(&rq->out, STR("answer"));
    out_int(&rq->out, STR("count"), (int64_t)f.n);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_remove_requests(struct rq *rq)
{
    struct match *m = control_match(rq, rq->in.root, STR(""));
    return m ? delete_found(rq, m, INT64_MIN) : ERR_OK;
}

/* The entry that the path names. NULL: answered. */
static const struct journal_entry *named(struct rq *rq)
{
    uint64_t id = 0;
    struct journal *j = rq->session->journal;
    const struct journal_entry *e =
        str_to_uint(rq->path_arg[0], INT64_MAX, &id) ? journal_get(j, (int64_t)id) : NULL;
    if (!e)
        control_problem(rq, 404,
                        arena_printf(rq->arena,
                                     "There is no request \"%.*s\" in the journal of session "
                                     "\"%.*s\", which holds %lld.",
                                     STR_ARG(rq->path_arg[0]), STR_ARG(rq->session->id),
                                     (long long)journal_count(j)));
    return e;
}

enum err control_get_request(struct rq *rq)
{
    const struct journal_entry *e = named(rq);
    if (!e)
        return ERR_OK;
    control_entry_begin(rq, e);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_delete_request(struct rq *rq)
{
    const struct journal_entry *e = named(rq);
    if (!e)
        return ERR_OK;
    journal_delete(rq->session->journal, e->id);
    return control_deleted(rq, 1);
}

/* ---- unmatched ---------------------------------------------------------------- */

static struct str path_of(struct str url)
{
    struct str path = {url.p, str_find_char(url, '?')};
    if (str_starts(path, STR("/s/"))) {
        path = str_from(path, 3);
        path = str_from(path, str_find_char(path, '/'));
    }
    return path;
}

static void write_near(struct rq *rq, const struct near *near)
{
    struct out *o = &rq->out;
    const struct endpoint *e = near->endpoint;
    out_object_begin(o, STR("nearMiss"));
    out_str(o, STR("provider"), near->provider->name);
    out_str(
        o, STR("endpoint"),
        arena_printf(rq->arena, "%.*s %.*s", STR_ARG(method_text(e->method)), STR_ARG(e->path)));
    out_str(o, STR("path"),
            arena_printf(rq->arena, "%.*s%.*s", STR_ARG(near->provider->prefix), STR_ARG(e->path)));
    out_array_begin(o, STR("differs"));
    if (!near->same_method)
        out_str(o, STR("part"), STR("method"));
    if (!near->same_path)
        out_str(o, STR("part"), STR("path"));
    out_end(o);
    out_end(o);
}

static void write_unmatched(struct rq *rq, const struct journal_entry *e)
{
    struct near near[NEAR_MAX];
    const size_t n = nearest_endpoints(rq->app->providers, rq->app->nproviders, e->method,
                                       path_of(e->url), near, NEAR_MAX);
    control_entry_begin(rq, e);
    out_array_begin(&rq->out, STR("nearMisses"));
    for (size_t i = 0; i < n; i++)
        write_near(rq, &near[i]);
    out_end(&rq->out);
    out_end(&rq->out);
}

enum err control_unmatched_requests(struct rq *rq)
{
    struct page page;
    int64_t total = 0;
    struct journal *j = rq->session->journal;
    if (!control_page(rq, &page))
        return ERR_OK;
    out_object_begin(&rq->out, STR("answer"));
    out_array_begin(&rq->out, STR("requests"));
    for (int64_t id = journal_newest(j); id >= journal_oldest(j); id--) {
        const struct journal_entry *e = journal_get(j, id);
        if (!e || e->endpoint.p)
            continue;
        if (total >= page.offset && total < page.offset + page.limit &&
            rq->reply->n < LIST_BYTES_MAX)
            write_unmatched(rq, e);
        total++;
    }
    out_end(&rq->out);
    control_meta(rq, total);
    out_end(&rq->out);
    return ERR_OK;
}
