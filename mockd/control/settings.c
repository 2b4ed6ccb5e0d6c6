#include "mockd/control/internal.h"

static enum err write_settings(struct rq *rq)
{
    out_object_begin(&rq->out, STR("settings"));
    fields_write(rq->arena, &rq->out, k_settings_fields, k_settings_nfields, &rq->session->settings,
                 rq->session->settings.show_secrets);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_get_settings(struct rq *rq)
{
    return write_settings(rq);
}

/* Moves the text out of the request's memory, into the session's. */
static void keep_stop_text(struct session *s, struct settings *next)
{
    if (!next->stop_text.n || next->stop_text.p == s->settings.stop_text.p)
        return;
    memcpy(s->stop_text, next->stop_text.p, next->stop_text.n);
    next->stop_text.p = s->stop_text;
}

enum err control_put_settings(struct rq *rq)
{
    struct session *s = rq->session;
    struct settings next = s->settings;
    struct problem p;
    if (!fields_read(rq->arena, k_settings_fields, k_settings_nfields, rq->in.root, NULL, &next,
                     &p))
        return control_problem_at(rq, 400, &p);
    if (next.stop_text.n > sizeof(s->stop_text)) {
        p = (struct problem){
            STR("/stop_text"),
            arena_printf(rq->arena, "must be at most %zu bytes long", sizeof(s->stop_text))};
        return control_problem_at(rq, 400, &p);
    }
    if (next.stop_text.n == 0 && next.stop_text.p)
        next.stop_text = STR("");
    keep_stop_text(s, &next);
    s->settings = next;
    return write_settings(rq);
}

enum err control_catalog(struct rq *rq)
{
    const struct server *server = rq->app->server;
    const struct str provider = inputs_get(&rq->in, STR("provider")).text;
    bool known = !provider.p;
    out_object_begin(&rq->out, STR("answer"));
    out_array_begin(&rq->out, STR("entries"));
    for (size_t i = 0; i < server->ncatalogues; i++) {
        const struct catalogue *c = server->catalogues[i];
        if (provider.p && !(c->n && str_eq(c->entries[0].provider, provider)))
            continue;
        known = true;
        for (size_t k = 0; k < c->n; k++)
            out_raw(&rq->out, STR("entry"), c->entries[k].json);
    }
    out_end(&rq->out);
    out_end(&rq->out);
    return known ? ERR_OK
                 : control_problem(rq, 400,
                                   arena_printf(rq->arena, "There is no catalogue of \"%.*s\".",
                                                STR_ARG(provider)));
}
