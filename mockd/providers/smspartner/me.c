#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/message.h"

/* A person's data that was never filled in is empty, not null. */
static struct str filled(struct str s)
{
    return s.p ? s : STR("");
}

static void write_user(struct rq *rq)
{
    const struct account *a = rq->account;
    out_named_begin(&rq->out, STR("user"));
    out_str(&rq->out, STR("username"), filled(a->email));
    out_str(&rq->out, STR("firstname"), filled(a->firstname));
    out_str(&rq->out, STR("lastname"), filled(a->lastname));
    out_end(&rq->out);
}

static void write_credits(struct rq *rq, int64_t waiting)
{
    const int64_t balance_e8 = rq->account->balance_e8;
    const struct str balance = money_text(rq->arena, balance_e8, 3);
    out_object_begin(&rq->out, STR("credits"));
    out_int(&rq->out, STR("creditSms"), balance_e8 / PRICE_PREMIUM_E8);
    out_int(&rq->out, STR("creditSmsECO"), balance_e8 / PRICE_LOW_COST_E8);
    if (rq->session->settings.legacy_keys)
        out_int(&rq->out, STR("creditSmsLowCost"), balance_e8 / PRICE_LOW_COST_E8);
    out_int(&rq->out, STR("creditHlr"), balance_e8 / PRICE_HLR_E8);
    out_int(&rq->out, STR("toSend"), waiting);
    out_str(&rq->out, STR("balance"), balance);
    out_str(&rq->out, STR("currency"), STR("EUR"));
    out_str(&rq->out, STR("solde"), balance);
    out_end(&rq->out);
}

enum err smspartner_me(struct rq *rq)
{
    int64_t waiting;
    const enum err e =
        store_message_waiting(rq->session->store, rq->account->id, rq->now_ms, &waiting);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    write_user(rq);
    write_credits(rq, waiting);
    partner_end(rq);
    return ERR_OK;
}
