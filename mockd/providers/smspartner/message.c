#include "mockd/providers/smspartner/message.h"

#include "mockd/domain/civil.h"

enum { SANDBOX_HOUR = 4 };

/* Far beyond every id, and far enough from the end of the type that a batch fits behind it. */
#define ID_MAX (INT64_MAX / 2)

bool smspartner_id_good(struct str id)
{
    for (size_t i = 0; i < id.n; i++) {
        if (id.p[i] < '0' || id.p[i] > '9')
            return false;
    }
    return id.n > 0;
}

/* Sandbox messages are removed every day at 04:00, Paris time. */
static bool removed(const struct message *m, int64_t now_ms)
{
    struct civil c = civil_paris(m->created_ms);
    if (!(m->flags & MESSAGE_SANDBOX))
        return false;
    c.day += c.hour >= SANDBOX_HOUR;
    c.hour = SANDBOX_HOUR;
    c.minute = 0;
    c.second = 0;
    return now_ms >= civil_paris_ms(&c);
}

enum err smspartner_message_find(struct rq *rq, struct str id, struct message **out, size_t *n)
{
    uint64_t batch;
    *n = 0;
    if (!str_to_uint(id, ID_MAX, &batch))
        return ERR_OK; /* a number, but none that was ever given out */
    const enum err e = store_message_batch(rq->session->store, rq->arena, (int64_t)batch, out, n);
    if (e != ERR_OK || *n == 0)
        return e;
    const struct message *first = &(*out)[0];
    if (first->account != rq->account->id || first->provider != PROVIDER_SMSPARTNER ||
        removed(first, rq->now_ms))
        *n = 0;
    return ERR_OK;
}

struct message *smspartner_message_to(struct message *rows, size_t n, struct str number)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].recipient, number))
            return &rows[i];
    }
    return NULL;
}
