#include "mockd/providers/nexmo/work.h"

/*
 * Submissions that are open at once (status 10). A client that stalls inside its body holds its
 * connection all the same, so a submission counts from its head on when the key can be seen there:
 * in the query or a Basic header. Sessions without a limited account skip all of it.
 */
static struct str visible_key(struct rq *rq)
{
    struct inputs in = {0};
    struct str key;
    struct str secret;
    const struct str header = rq_header(rq, STR("Authorization"));
    if (header.p && nexmo_basic(rq->arena, header, &key, &secret))
        return key;
    if (rq->query.n)
        decode_pairs(rq->arena, &in, rq->query);
    key = inputs_get(&in, STR("api_key")).text;
    return key.n ? key : inputs_get(&in, STR("username")).text;
}

void nexmo_unbind(struct rq *rq)
{
    struct work *w = rq->work;
    if (!w || !w->bound_key.p)
        return;
    struct account *acc = accounts_find(rq->session->accounts, REALM_NEXMO, w->bound_key);
    if (acc && acc->binds > 0)
        acc->binds--;
    w->bound_key = (struct str){0};
}

void nexmo_bind(struct rq *rq, struct account *account)
{
    struct work *w = nexmo_work(rq);
    if (w->bound_key.p && str_eq(w->bound_key, account->key))
        return;
    nexmo_unbind(rq);
    if (account->max_binds == 0)
        return;
    w->bound_key = arena_strdup(rq->arena, account->key);
    account->binds++;
}

void nexmo_opened(struct rq *rq)
{
    if (!rq->endpoint || atomic_load(&rq->session->bind_limits) == 0)
        return;
    const struct str key = visible_key(rq);
    if (!key.n)
        return;
    session_lock(rq->session);
    struct account *acc = accounts_find(rq->session->accounts, REALM_NEXMO, key);
    if (acc)
        nexmo_bind(rq, acc);
    session_unlock(rq->session);
}

/* For a connection that broke before there was an answer. */
void nexmo_closed(struct rq *rq)
{
    const struct work *w = rq->work;
    if (!w || !w->bound_key.p)
        return;
    session_lock(rq->session);
    nexmo_unbind(rq);
    session_unlock(rq->session);
}
