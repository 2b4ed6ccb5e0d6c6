#include "mockd/providers/smspartner/message.h"

#include "mockd/providers/partner/batch.h"

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

enum err smspartner_message_find(struct rq *rq, struct str id, struct message **out, size_t *n)
{
    uint64_t batch;
    *n = 0;
    if (!str_to_uint(id, ID_MAX, &batch))
        return ERR_OK; /* a number, but none that was ever given out */
    const enum err e = partner_batch(rq, (int64_t)batch, out, n);
    if (e == ERR_OK && *n && (*out)[0].kind == MESSAGE_HLR)
        *n = 0;
    return e;
}

enum err smspartner_message_one(struct rq *rq,
                                struct str id,
                                struct str number,
                                struct message *out)
{
    uint64_t batch;
    struct message m;
    if (!str_to_uint(id, ID_MAX, &batch))
        return ERR_NOT_FOUND;
    const enum err e = partner_batch_to(rq, (int64_t)batch, number, &m);
    if (e == ERR_OK && m.kind == MESSAGE_HLR)
        return ERR_NOT_FOUND;
    if (e == ERR_OK)
        *out = m;
    return e;
}

struct message *smspartner_message_to(struct message *rows, size_t n, struct str number)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].recipient, number))
            return &rows[i];
    }
    return NULL;
}
