#include "mockd/domain/civil.h"
#include "mockd/domain/money.h"
#include "mockd/domain/msisdn.h"
#include "mockd/domain/routes.h"
#include "mockd/providers/partner/batch.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/message.h"

const struct param k_status_params[STATUS__COUNT] = {
    [STATUS_NUMBER] = {.name = STR_INIT("phoneNumber"),
                       .on_missing = &k_smspartner_errors[SMSPARTNER_STATUS_2]},
    [STATUS_ID] = {.name = STR_INIT("messageId"),
                   .valid = smspartner_id_good,
                   .on_missing = &k_smspartner_errors[SMSPARTNER_STATUS_3],
                   .on_bad = &k_smspartner_errors[SMSPARTNER_STATUS_6]},
};

/* Leaves the number in rq->work. */
static enum verdict check_number(struct rq *rq)
{
    struct str *number = arena_new(rq->arena, struct str);
    const enum msisdn_kind kind = msisdn_parse(rq->arena, rq_text(rq, STATUS_NUMBER), number);
    if (kind == MSISDN_BAD || kind == MSISDN_FR_OTHER)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_STATUS_9]);
    rq->work = number;
    return PASS;
}

step_fn *const k_status_checks[] = {check_number, NULL};

static struct str date_text(struct rq *rq, int64_t ms)
{
    if (rq->session->settings.status_date == STATUS_DATE_EPOCH)
        return arena_printf(rq->arena, "%lld", (long long)(ms / 1000));
    return civil_paris_sql(rq->arena, ms);
}

static void write_status(struct rq *rq, const struct message *m)
{
    struct out *o = &rq->out;
    const struct route *route = route_find(str_from(m->recipient, 1));
    partner_success(rq);
    out_str(o, STR("number"), rq_text(rq, STATUS_NUMBER));
    out_str(o, STR("messageId"), arena_printf(rq->arena, "%lld", (long long)m->batch));
    out_bool(o, STR("stopSms"), m->flags & MESSAGE_STOP_REPLY);
    out_str(o, STR("date"), date_text(rq, partner_status_ms(m, rq->now_ms)));
    out_str(o, STR("statut"), partner_status_word(m, rq->now_ms));
    out_raw(o, STR("cost"), money_short(rq->arena, m->cost_e8, 3));
    out_str(o, STR("countryCode"), route ? route->iso2 : STR(""));
    out_str(o, STR("currency"), STR("EUR"));
    partner_end(rq);
}

enum err smspartner_status(struct rq *rq)
{
    const struct str *number = rq->work;
    struct message *rows;
    size_t n;
    const enum err e = smspartner_message_find(rq, rq_text(rq, STATUS_ID), &rows, &n);
    if (e != ERR_OK)
        return e;
    const struct message *m = smspartner_message_to(rows, n, *number);
    if (!m)
        return rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_STATUS_4],
                             n ? STR("The message has no such recipient.")
                               : STR("This account has no message with that messageId."));
    write_status(rq, m);
    return ERR_OK;
}
