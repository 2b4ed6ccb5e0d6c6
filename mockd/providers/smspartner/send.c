#include "mockd/providers/smspartner/send.h"

#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/fate.h"
#include "mockd/providers/smspartner/message.h"

const struct param k_send_params[SEND__COUNT] = {
    [SEND_NUMBERS] = {.name = STR_INIT("phoneNumbers"),
                      .on_missing = &k_smspartner_errors[SMSPARTNER_SEND_2]},
    [SEND_MESSAGE] = {.name = STR_INIT("message")},
    [SEND_RANGE] = {.name = STR_INIT("gamme"), .alias = STR_INIT("range")},
    [SEND_SENDER] = {.name = STR_INIT("sender")},
    [SEND_TAG] = {.name = STR_INIT("tag")},
    [SEND_DATE] = {.name = STR_INIT("scheduledDeliveryDate")},
    [SEND_TIME] = {.name = STR_INIT("time")},
    [SEND_MINUTE] = {.name = STR_INIT("minute")},
    [SEND_URL_RESPONSE] = {.name = STR_INIT("urlResponse")},
    [SEND_URL_DLR] = {.name = STR_INIT("urlDlr"), .alias = STR_INIT("webhookUrl")},
    [SEND_STOP_NOTICE] = {.name = STR_INIT("isStopSms")},
    [SEND_UNICODE] = {.name = STR_INIT("isUnicode")},
    [SEND_SANDBOX] = {.name = STR_INIT("sandbox")},
};

/* The provider's order (smspartner.md 10.3, stages C to E). */
step_fn *const k_send_checks[] = {
    send_check_recipients,   send_check_fields,
    send_check_registered,   send_check_hour,
    send_check_day,          send_check_twice,
    send_check_stopped,      send_check_range,
    send_check_range_length, send_check_length,
    send_check_prices,       send_check_credit,
    send_check_queue,        NULL,
};

int64_t send_price(const struct send *s, const struct recipient *r)
{
    if (!r->route || r->route->smspartner_e8 == ROUTE_NO_PRICE)
        return ROUTE_NO_PRICE;
    return s->low_cost ? PRICE_LOW_COST_E8 : r->route->smspartner_e8;
}

/* ---- reading ---------------------------------------------------------------- */

static struct recipient read_recipient(struct rq *rq, struct str raw)
{
    struct recipient r = {.raw = raw};
    r.kind = msisdn_parse(rq->arena, raw, &r.e164);
    if (r.kind != MSISDN_BAD)
        r.route = route_find(str_from(r.e164, 1));
    return r;
}

/* Marketing carries the STOP notice always, others on request; the low-cost range never. */
static struct str stop_notice(const struct rq *rq, const struct send *s)
{
    const bool wanted =
        rq->account->flags & ACCOUNT_MARKETING || partner_flag(rq_text(rq, SEND_STOP_NOTICE));
    return wanted && !s->low_cost ? rq->session->settings.stop_text : (struct str){0};
}

static void read_text(struct rq *rq, struct send *s)
{
    /* Without the feature the flag has no effect. */
    const bool unicode =
        partner_flag(rq_text(rq, SEND_UNICODE)) && rq->account->flags & ACCOUNT_UNICODE_ENABLED;
    s->text = smspartner_text(rq->arena, rq_text(rq, SEND_MESSAGE), stop_notice(rq, s), unicode);
}

static void read_time(struct rq *rq, struct send *s)
{
    s->when = partner_when_read(rq->param[SEND_DATE], rq->param[SEND_TIME], rq->param[SEND_MINUTE]);
    s->send_ms = rq->now_ms;
    if (s->when.date != WHEN_ABSENT)
        s->send_ms = s->when.latest_ms;
    else if (rq->account->flags & ACCOUNT_MARKETING)
        s->send_ms = partner_marketing_ms(rq->now_ms);
    s->later = s->when.date != WHEN_ABSENT || s->send_ms != rq->now_ms;
}

enum verdict send_check_recipients(struct rq *rq)
{
    const struct partner_numbers list = partner_numbers(rq->arena, rq->param[SEND_NUMBERS]);
    if (list.total == 0) {
        rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_SEND_55],
                      STR("phoneNumbers holds nothing but separators."));
        return STOP;
    }
    if (list.total > PARTNER_NUMBERS_MAX) {
        rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_SEND_50],
                      arena_printf(rq->arena, "phoneNumbers names %zu numbers.", list.total));
        return STOP;
    }
    struct send *s = arena_new(rq->arena, struct send);
    s->to = arena_array(rq->arena, struct recipient, list.n);
    s->n = list.n;
    s->asked = list.n;
    for (size_t i = 0; i < list.n; i++)
        s->to[i] = read_recipient(rq, list.raw[i]);
    s->low_cost = str_eq(rq_text(rq, SEND_RANGE), STR("2"));
    s->sandbox = partner_flag(rq_text(rq, SEND_SANDBOX));
    read_text(rq, s);
    read_time(rq, s);
    rq->work = s;
    return PASS;
}

/* ---- sending ---------------------------------------------------------------- */

/* A URL of the request, else the account's. */
static struct str url_or(struct str given, struct str account)
{
    return given.n ? given : account;
}

/* What all rows of the request have in common. */
static struct message common_row(struct rq *rq, const struct send *s)
{
    const struct str sender = rq_text(rq, SEND_SENDER);
    return (struct message){
        .account = rq->account->id,
        .provider = PROVIDER_SMSPARTNER,
        .kind = MESSAGE_SMS,
        .flags = s->sandbox ? MESSAGE_SANDBOX : 0,
        .sender = sender.n ? sender : (struct str){0},
        .text = s->text.shown,
        .tag = smspartner_tag(rq->arena, rq_text(rq, SEND_TAG)),
        .url_dlr = url_or(rq_text(rq, SEND_URL_DLR), rq->account->url_dlr),
        .url_response = url_or(rq_text(rq, SEND_URL_RESPONSE), rq->account->url_response),
        .encoding = s->text.encoding,
        .parts = s->text.parts,
        .created_ms = rq->now_ms,
        .send_ms = s->send_ms,
    };
}

static struct message row_for(struct rq *rq,
                              const struct send *s,
                              const struct message *common,
                              size_t i)
{
    struct message m = *common;
    m.id = common->batch + (int64_t)i;
    m.recipient = s->to[i].e164;
    m.network = s->to[i].route->network;
    m.cost_e8 = send_price(s, &s->to[i]) * m.parts;
    if (s->sandbox) { /* it never waits for anything */
        m.send_ms = m.created_ms;
        m.final_ms = m.created_ms;
        return m;
    }
    smspartner_fate(rq, &m);
    return m;
}

static void write_sent(struct rq *rq, const struct send *s, int64_t id)
{
    struct out *o = &rq->out;
    partner_success(rq);
    out_int(o, STR("message_id"), id);
    out_int(o, STR("nb_sms"), (int64_t)s->n * s->text.parts);
    out_raw(o, STR("cost"), money_short(rq->arena, s->cost_e8, 3));
    out_str(o, STR("currency"), STR("EUR"));
    if (s->later)
        out_str(o, STR("scheduledDeliveryDate"), civil_paris_sql(rq->arena, s->send_ms));
    partner_end(rq);
}

enum err smspartner_send(struct rq *rq)
{
    const struct send *s = send_of(rq);
    if (s->failed != ERR_OK)
        return s->failed;
    const int64_t charge_e8 = s->sandbox ? 0 : s->cost_e8;
    struct message common = common_row(rq, s);
    struct message *rows = arena_array(rq->arena, struct message, s->n);
    common.batch = session_take_ids(rq->session, (int64_t)s->n);
    for (size_t i = 0; i < s->n; i++)
        rows[i] = row_for(rq, s, &common, i);
    const enum err e = session_send(rq->session, rq->account, rows, s->n, charge_e8);
    if (e != ERR_OK)
        return e;
    rq->accepted = (int64_t)s->n;
    rq->charged_e8 = charge_e8;
    write_sent(rq, s, common.batch);
    return ERR_OK;
}
