#include "mockd/domain/msisdn.h"
#include "mockd/providers/partner/batch.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/message.h"

/* POST /v1/multi-status: a list of pairs of number and message id, and an answer to each. */
const struct param k_multi_params[MULTI__COUNT] = {
    [MULTI_LIST] = {.name = STR_INIT("SMSStatut_List"),
                    .alias = STR_INIT("SMSStatus_List"),
                    .on_missing = &k_smspartner_errors[SMSPARTNER_STATUS_5]},
};

struct question {
    struct str raw; /* the number as given; absent: none */
    struct str number;
    enum msisdn_kind kind;
    struct str id; /* absent or empty: none */
};

struct multi {
    struct question *ask;
    size_t n;
};

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

/* False when the entry is none: no object, or its messageId is no whole number. */
static bool read_question(struct rq *rq, const struct cJSON *item, struct question *q)
{
    const struct cJSON *id = json_get(item, STR("messageId"));
    q->raw = json_scalar(rq->arena, json_get(item, STR("phoneNumber")));
    q->id = json_scalar(rq->arena, id);
    q->number = q->raw;
    q->kind = msisdn_parse(rq->arena, q->raw, &q->number);
    if (json_kind(item) != JSON_OBJECT || json_kind(id) >= JSON_ARRAY)
        return false;
    return q->id.n == 0 || smspartner_id_good(q->id);
}

static enum verdict check_list(struct rq *rq)
{
    struct multi *m = arena_new(rq->arena, struct multi);
    const struct cJSON *list = partner_nested(rq->arena, rq->param[MULTI_LIST]);
    if (json_kind(list) != JSON_ARRAY)
        return refuse(rq, SMSPARTNER_STATUS_6, STR("SMSStatut_List is not a list."));
    const size_t n = json_count(list);
    if (n == 0)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_STATUS_5]);
    if (n > PARTNER_NUMBERS_MAX)
        return refuse(rq, SMSPARTNER_STATUS_50,
                      arena_printf(rq->arena, "SMSStatut_List has %zu entries.", n));
    m->ask = arena_array(rq->arena, struct question, n);
    for (const struct cJSON *item = json_first(list); item; item = json_next(item)) {
        if (!read_question(rq, item, &m->ask[m->n++]))
            return refuse(rq, SMSPARTNER_STATUS_6,
                          arena_printf(rq->arena,
                                       "Entry %zu of SMSStatut_List is no object, or its "
                                       "messageId is not a whole number.",
                                       m->n));
    }
    rq->work = m;
    return PASS;
}

step_fn *const k_multi_checks[] = {check_list, NULL};

/* What is wrong with the question itself; NULL when nothing is. */
static const struct catalogue_entry *fault(const struct question *q)
{
    if (str_trim(q->raw).n == 0)
        return &k_smspartner_errors[SMSPARTNER_STATUS_2];
    if (q->id.n == 0)
        return &k_smspartner_errors[SMSPARTNER_STATUS_3];
    if (q->kind == MSISDN_BAD || q->kind == MSISDN_FR_OTHER)
        return &k_smspartner_errors[SMSPARTNER_STATUS_9];
    return NULL;
}

/* An integer of any length, as JSON has them: without zeros in front. */
static void write_id(struct rq *rq, struct str id)
{
    while (id.n > 1 && id.p[0] == '0')
        id = str_from(id, 1);
    if (id.n)
        out_raw(&rq->out, STR("messageId"), id);
    else
        out_null(&rq->out, STR("messageId"));
}

static void write_answer(struct rq *rq,
                         const struct question *q,
                         const struct catalogue_entry *wrong,
                         const struct message *m)
{
    struct out *o = &rq->out;
    out_object_begin(o, STR("entry"));
    out_bool(o, STR("success"), !wrong);
    out_int(o, STR("code"), wrong ? wrong->code : 200);
    out_str(o, STR("phoneNumber"), q->number);
    write_id(rq, q->id);
    if (wrong) {
        out_str(o, STR("status"), partner_message(rq, wrong));
    } else {
        out_str(o, STR("status"), partner_status_word(m, rq->now_ms));
        out_str(o, STR("date"), arena_int(rq->arena, partner_status_ms(m, rq->now_ms) / 1000));
        out_str(o, STR("stopSms"), m->flags & MESSAGE_STOP_REPLY ? STR("1") : STR("0"));
        out_str(o, STR("isSpam"), STR("0"));
    }
    out_end(o);
}

enum err smspartner_multi_status(struct rq *rq)
{
    const struct multi *multi = rq->work;
    partner_success(rq);
    out_array_begin(&rq->out, STR("StatutResponse_List"));
    for (size_t i = 0; i < multi->n; i++) {
        const struct question *q = &multi->ask[i];
        const struct catalogue_entry *wrong = fault(q);
        struct message m = {0};
        const enum err e = wrong ? ERR_OK : smspartner_message_one(rq, q->id, q->number, &m);
        if (e == ERR_NOT_FOUND)
            wrong = &k_smspartner_errors[SMSPARTNER_STATUS_PAGE_4];
        else if (e != ERR_OK)
            return e;
        write_answer(rq, q, wrong, &m);
    }
    out_end(&rq->out);
    partner_end(rq);
    return ERR_OK;
}
