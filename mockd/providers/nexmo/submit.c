#include "mockd/base/log.h"
#include "mockd/domain/money.h"
#include "mockd/providers/nexmo/answer.h"
#include "mockd/providers/nexmo/knobs.h"
#include "mockd/providers/nexmo/work.h"

enum { TTL_DEFAULT_MS = 259200000, TTL_MAX_MS = 604800000, RELOAD_EUR = 10 };

/* Old clients send the units apart instead of "ttl"; what cannot be read there does not count. */
static int64_t ttl_ms(const struct rq *rq)
{
    static const struct {
        enum nexmo_param param;
        int64_t unit_ms;
    } k_units[] = {{IN_TTL_HOURS, 3600000}, {IN_TTL_MINUTES, 60000}, {IN_TTL_SECONDS, 1000}};
    uint64_t n;
    int64_t sum = 0;
    if (str_to_uint(rq->param[IN_TTL].text, TTL_MAX_MS, &n))
        return (int64_t)n;
    for (size_t i = 0; i < sizeof(k_units) / sizeof(k_units[0]); i++) {
        if (str_to_uint(rq->param[k_units[i].param].text, TTL_MAX_MS / 1000, &n))
            sum += (int64_t)n * k_units[i].unit_ms;
    }
    return sum ? sum : TTL_DEFAULT_MS;
}

static bool wants_receipt(const struct rq *rq)
{
    const struct str v = rq->param[IN_REPORT].text;
    return !str_eq(v, STR("0")) && !str_eq(v, STR("false"));
}

static void set_outcome(const struct rq *rq, const struct work *w, struct message *m)
{
    const struct outcome o = nexmo_outcome(rq, w);
    const int64_t delay_ms = rq->session->settings.dlr_delay_ms;
    const int64_t ttl = ttl_ms(rq);
    m->receipt = o.receipt;
    m->err_code = o.err_code;
    m->final_ms = o.never ? MESSAGE_NEVER : rq->now_ms + delay_ms;
    const bool interim = o.receipt == RECEIPT_ACCEPTD || o.receipt == RECEIPT_ENROUTE;
    if (o.never || (delay_ms <= ttl && !interim))
        return;
    m->interim = interim ? o.receipt : RECEIPT_DELIVRD;
    m->receipt = RECEIPT_EXPIRED; /* the operator had not answered when its time was up */
    m->err_code = 2;
    m->final_ms = rq->now_ms + ttl;
}

static struct message message_of(struct rq *rq, int64_t id)
{
    const struct work *w = nexmo_work(rq);
    struct message m = {
        .id = id,
        .batch = id,
        .account = rq->account->id,
        .provider = PROVIDER_NEXMO,
        .kind = MESSAGE_SMS,
        .flags = wants_receipt(rq) ? 0 : MESSAGE_NO_RECEIPT,
        .recipient = w->to,
        .sender = w->from,
        .text = w->seen,
        .tag = rq->param[IN_CLIENT_REF].text,
        .network = w->network,
        .url_dlr = rq->param[IN_CALLBACK].text,
        .encoding = (int)w->content->encoding,
        .parts = w->parts,
        .cost_e8 = w->cost_e8,
        .created_ms = rq->now_ms,
        .send_ms = rq->now_ms,
    };
    set_outcome(rq, w, &m);
    return m;
}

/* Whole steps of ten euros, as many as the message needs. */
static int64_t reload_e8(const struct rq *rq, int64_t cost_e8)
{
    const int64_t step = RELOAD_EUR * MONEY_EUR;
    const int64_t short_e8 = cost_e8 - rq->account->balance_e8;
    if (!(rq->account->flags & ACCOUNT_AUTO_RELOAD) || short_e8 <= 0)
        return 0;
    return (short_e8 + step - 1) / step * step;
}

/* Stores and charges; what cannot be stored is the platform's documented internal error. */
static enum verdict commit(struct rq *rq, const struct message *m, int64_t reload)
{
    struct account *acc = rq->account;
    acc->balance_e8 += reload;
    const enum err e = session_send(rq->session, acc, m, 1, m->cost_e8);
    if (e == ERR_OK) {
        nexmo_sender_sent(rq);
        rq->accepted = 1;
        rq->charged_e8 = m->cost_e8;
        return PASS;
    }
    acc->balance_e8 -= reload;
    log_line(LOG_ERROR, "nexmo", "message %lld: %s", (long long)m->id, err_text(e));
    return nexmo_stop(rq, BECAUSE_INTERNAL, (struct str){0},
                      STR("mockd could not store the message; its log says why."));
}

/* HEAD answers as GET would, and leaves no trace: not even an id is used up. */
enum err nexmo_submit(struct rq *rq)
{
    struct session *s = rq->session;
    const bool real = rq->method != METHOD_HEAD;
    const int64_t id = real ? session_take_ids(s, nexmo_work(rq)->parts) : s->next_id;
    const struct message m = message_of(rq, id);
    const int64_t reload = reload_e8(rq, m.cost_e8);
    const int64_t left_e8 = rq->account->balance_e8 + reload - m.cost_e8;
    if (!real || commit(rq, &m, reload) == PASS)
        nexmo_accept(rq, &m, left_e8);
    return ERR_OK;
}
