#include "mockd/providers/partner/batch.h"

#include "mockd/domain/civil.h"

enum { SANDBOX_HOUR = 4 };

#define TOO_LATE_MS (INT64_C(5) * 60 * 1000)

int64_t partner_sandbox_since_ms(int64_t now_ms)
{
    struct civil c = civil_paris(now_ms);
    c.day -= c.hour < SANDBOX_HOUR;
    c.hour = SANDBOX_HOUR;
    c.minute = 0;
    c.second = 0;
    return civil_paris_ms(&c);
}

static bool removed(const struct message *m, int64_t now_ms)
{
    return m->flags & MESSAGE_SANDBOX && m->created_ms < partner_sandbox_since_ms(now_ms);
}

/* This account's, on this host, and still there. */
static bool visible(const struct rq *rq, const struct message *m)
{
    return m->account == rq->account->id && m->provider == rq->provider->id &&
           !removed(m, rq->now_ms);
}

enum err partner_batch(struct rq *rq, int64_t batch, struct message **out, size_t *n)
{
    const enum err e = store_message_batch(rq->session->store, rq->arena, batch, out, n);
    if (e != ERR_OK || *n == 0)
        return e;
    if (!visible(rq, &(*out)[0]))
        *n = 0;
    return ERR_OK;
}

enum err partner_batch_to(struct rq *rq, int64_t batch, struct str recipient, struct message *out)
{
    struct message m;
    const enum err e = store_message_to(rq->session->store, rq->arena, batch, recipient, &m);
    if (e != ERR_OK)
        return e;
    if (!visible(rq, &m))
        return ERR_NOT_FOUND;
    *out = m;
    return ERR_OK;
}

/* Of the rows that were not cancelled before; they leave together. */
struct state {
    size_t open;
    int64_t send_ms;
    int64_t now_ms;
};

static bool is_cancelled(const struct state *s)
{
    return s->open == 0;
}

static bool is_sent(const struct state *s)
{
    return s->now_ms >= s->send_ms;
}

static bool is_too_late(const struct state *s)
{
    return s->send_ms - s->now_ms < TOO_LATE_MS;
}

enum partner_bar partner_bar(const struct message *rows, size_t n, int64_t now_ms)
{
    static const struct {
        bool (*holds)(const struct state *s);
        enum partner_bar bar;
    } k_bars[] = {
        {is_cancelled, PARTNER_BAR_CANCELLED},
        {is_sent, PARTNER_BAR_SENT},
        {is_too_late, PARTNER_BAR_LATE},
    };
    struct state s = {.now_ms = now_ms};
    for (size_t i = 0; i < n; i++) {
        if (rows[i].flags & MESSAGE_CANCELLED)
            continue;
        s.open++;
        s.send_ms = rows[i].send_ms;
    }
    for (size_t i = 0; i < sizeof(k_bars) / sizeof(k_bars[0]); i++) {
        if (k_bars[i].holds(&s))
            return k_bars[i].bar;
    }
    return PARTNER_BAR_NONE;
}

enum err partner_take_back(struct rq *rq, struct message *rows, size_t n, int64_t *refund_e8)
{
    const int64_t before_e8 = rq->account->balance_e8;
    enum err e = ERR_OK;
    for (size_t i = 0; i < n && e == ERR_OK; i++) {
        if (!(rows[i].flags & MESSAGE_CANCELLED))
            e = session_cancel(rq->session, rq->account, &rows[i], rq->now_ms);
    }
    *refund_e8 = rq->account->balance_e8 - before_e8;
    rq->charged_e8 = -*refund_e8;
    return e;
}

static bool is_final(const struct message *m, int64_t now_ms)
{
    return m->flags & (MESSAGE_CANCELLED | MESSAGE_SANDBOX) || now_ms >= m->final_ms;
}

struct str partner_status_word(const struct message *m, int64_t now_ms)
{
    static const struct str k_words[] = {
        [RECEIPT_DELIVRD] = STR_INIT("Delivered"),
        [RECEIPT_PENDING] = STR_INIT("Waiting"),
        [RECEIPT_UNDELIV] = STR_INIT("Not delivered"),
        [RECEIPT_ACCEPTD] = STR_INIT("Waiting"),
        [RECEIPT_UNKNOWN] = STR_INIT("Not delivered"),
        [RECEIPT_ENROUTE] = STR_INIT("Waiting"),
        [RECEIPT_EXPIRED] = STR_INIT("Not delivered"),
        [RECEIPT_REJECTD] = STR_INIT("Not delivered"),
        [RECEIPT_KO] = STR_INIT("ko"),
    };
    if (m->flags & MESSAGE_CANCELLED)
        return k_words[RECEIPT_UNDELIV];
    if (!is_final(m, now_ms))
        return k_words[RECEIPT_PENDING];
    return k_words[m->receipt];
}

int64_t partner_status_ms(const struct message *m, int64_t now_ms)
{
    return is_final(m, now_ms) ? m->final_ms : m->send_ms;
}
