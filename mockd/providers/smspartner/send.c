#include "mockd/providers/smspartner/send.h"

#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/fate.h"
#include "mockd/providers/smspartner/message.h"

enum { URL_MAX = 2048 };

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
    if (s->kind == MESSAGE_RCS)
        return PRICE_RCS_E8;
    return s->low_cost ? PRICE_LOW_COST_E8 : r->route->smspartner_e8;
}

/* ---- reading ---------------------------------------------------------------- */

struct recipient send_read_recipient(struct rq *rq, struct str raw)
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

struct sms_text send_read_text(struct rq *rq, const struct send *s, struct str message)
{
    /* Without the feature the flag has no effect. */
    const bool unicode =
        partner_flag(rq_text(rq, SEND_UNICODE)) && rq->account->flags & ACCOUNT_UNICODE_ENABLED;
    return smspartner_text(rq->arena, message, stop_notice(rq, s), unicode);
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

struct send *send_read(struct rq *rq)
{
    struct send *s = arena_new(rq->arena, struct send);
    s->low_cost = str_eq(rq_text(rq, SEND_RANGE), STR("2"));
    s->sandbox = partner_flag(rq_text(rq, SEND_SANDBOX));
    read_time(rq, s);
    rq->work = s;
    return s;
}

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

enum verdict send_check_recipients(struct rq *rq)
{
    const struct partner_numbers list = partner_numbers(rq->arena, rq->param[SEND_NUMBERS]);
    const struct str name = rq->endpoint->params[SEND_NUMBERS].name;
    if (list.total == 0)
        return refuse(rq, SMSPARTNER_SEND_55,
                      arena_printf(rq->arena, "%.*s holds nothing but separators.", STR_ARG(name)));
    if (list.total > PARTNER_NUMBERS_MAX)
        return refuse(
            rq, SMSPARTNER_SEND_50,
            arena_printf(rq->arena, "%.*s names %zu numbers.", STR_ARG(name), list.total));
    struct send *s = send_read(rq);
    s->text = send_read_text(rq, s, rq_text(rq, SEND_MESSAGE));
    s->to = arena_array(rq->arena, struct recipient, list.n);
    s->n = list.n;
    s->asked = list.n;
    for (size_t i = 0; i < list.n; i++) {
        s->to[i] = send_read_recipient(rq, list.raw[i]);
        s->to[i].text = &s->text;
    }
    return PASS;
}

/* ---- sending ---------------------------------------------------------------- */

/* A URL of the request, else the account's. One that no server would take is not kept: it would be
 * stored for each recipient. */
static struct str url_or(struct str given, struct str account)
{
    return given.n && given.n <= URL_MAX ? given : account;
}

/* What all rows of the request have in common. */
static struct message common_row(struct rq *rq, const struct send *s)
{
    const struct str sender = rq_text(rq, SEND_SENDER);
    return (struct message){
        .account = rq->account->id,
        .provider = PROVIDER_SMSPARTNER,
        .kind = s->kind,
        .flags = s->sandbox ? MESSAGE_SANDBOX : 0,
        .sender = sender.n ? sender : (struct str){0},
        .tag = partner_tag(rq->arena, rq_text(rq, SEND_TAG)),
        .url_dlr = url_or(rq_text(rq, SEND_URL_DLR), rq->account->url_dlr),
        .url_response = url_or(rq_text(rq, SEND_URL_RESPONSE), rq->account->url_response),
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
    const struct recipient *to = &s->to[i];
    m.id = common->batch + (int64_t)i;
    m.recipient = to->e164;
    m.network = to->route->network;
    m.text = to->text->shown;
    m.encoding = (int)to->text->encoding;
    m.parts = to->text->parts;
    m.cost_e8 = to->cost_e8;
    if (s->sandbox) { /* it never waits for anything */
        m.send_ms = m.created_ms;
        m.final_ms = m.created_ms;
        return m;
    }
    smspartner_fate(rq, &m);
    return m;
}

int64_t send_parts(const struct send *s)
{
    int64_t parts = 0;
    for (size_t i = 0; i < s->n; i++)
        parts += s->to[i].text->parts;
    return parts;
}

enum err send_keep(struct rq *rq, const struct send *s, int64_t *id)
{
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
    *id = common.batch;
    return ERR_OK;
}

enum err smspartner_send(struct rq *rq)
{
    const struct send *s = send_of(rq);
    struct out *o = &rq->out;
    int64_t id;
    const enum err e = send_keep(rq, s, &id);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(o, STR("message_id"), id);
    out_int(o, STR("nb_sms"), send_parts(s));
    out_raw(o, STR("cost"), money_short(rq->arena, s->cost_e8, 3));
    out_str(o, STR("currency"), STR("EUR"));
    if (s->later)
        out_str(o, STR("scheduledDeliveryDate"), civil_paris_sql(rq->arena, s->send_ms));
    partner_end(rq);
    return ERR_OK;
}
