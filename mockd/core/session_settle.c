#include "mockd/core/session.h"

static struct account *account_with_id(struct session *s, int64_t id)
{
    struct account *acc = NULL;
    for (size_t i = 0; (acc = accounts_at(s->accounts, i)) && acc->id != id; i++)
        continue;
    return acc;
}

static enum err give_back(struct session *s, const struct rental *r)
{
    struct account *acc = account_with_id(s, r->account);
    enum err e = store_begin(s->store);
    if (e != ERR_OK)
        return e;
    e = store_rental_refunded(s->store, r->id);
    if (e == ERR_OK && acc)
        e = store_account_balance(s->store, acc->id, acc->balance_e8 + r->cost_e8);
    e = store_finish(s->store, e);
    if (e == ERR_OK && acc)
        acc->balance_e8 += r->cost_e8;
    return e;
}

void session_settle(struct session *s, int64_t now_ms)
{
    struct rental r;
    struct arena a;
    arena_init(&a);
    s->settle_ms = INT64_MAX;
    while (store_rental_refund_next(s->store, &a, &r) == ERR_OK) {
        if (r.ready_ms > now_ms) {
            s->settle_ms = r.ready_ms;
            break;
        }
        if (give_back(s, &r) != ERR_OK)
            break;
        arena_reset(&a);
    }
    arena_release(&a);
}
