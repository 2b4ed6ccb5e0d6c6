#include "mockd/providers/partner/batch.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/message.h"

/* What became of everything under one message id, or under one tag. */
enum { PAGE_SIZE = 20 };

const struct param k_bulk_status_params[BULK__COUNT] = {
    [BULK_ID] = {.name = STR_INIT("messageId"),
                 .valid = smspartner_id_good,
                 .on_missing = &k_smspartner_errors[SMSPARTNER_STATUS_3],
                 .on_bad = &k_smspartner_errors[SMSPARTNER_STATUS_6]},
};

const struct param k_tag_params[TAG__COUNT] = {
    [TAG_TAG] = {.name = STR_INIT("tag"), .on_missing = &k_smspartner_errors[SMSPARTNER_STATUS_3]},
    [TAG_PAGE] = {.name = STR_INIT("page")},
};

static void write_list(struct rq *rq, const struct message *rows, size_t n)
{
    struct out *o = &rq->out;
    out_array_begin(o, STR("StatutResponse_List"));
    for (size_t i = 0; i < n; i++) {
        const struct message *m = &rows[i];
        out_object_begin(o, STR("entry"));
        out_str(o, STR("phoneNumber"), m->recipient);
        out_str(o, STR("status"), partner_status_word(m, rq->now_ms));
        out_bool(o, STR("stopSMS"), m->flags & MESSAGE_STOP_REPLY);
        out_str(o, STR("date"), arena_int(rq->arena, partner_status_ms(m, rq->now_ms) / 1000));
        out_end(o);
    }
    out_end(o);
}

enum err smspartner_bulk_status(struct rq *rq)
{
    struct message *rows;
    size_t n;
    const enum err e = smspartner_message_find(rq, rq_text(rq, BULK_ID), &rows, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_STATUS_4],
                             STR("This account has no message with that messageId."));
    partner_success(rq);
    out_str(&rq->out, STR("message_id"), arena_int(rq->arena, rows[0].batch));
    write_list(rq, rows, n);
    partner_end(rq);
    return ERR_OK;
}

/* Leaves the tag as it is kept in rq->work. */
static enum verdict check_tag(struct rq *rq)
{
    struct str *tag = arena_new(rq->arena, struct str);
    *tag = partner_tag(rq->arena, rq_text(rq, TAG_TAG));
    rq->work = tag;
    return tag->n ? PASS : rq_stop(rq, &k_smspartner_errors[SMSPARTNER_STATUS_3]);
}

step_fn *const k_tag_checks[] = {check_tag, NULL};

/* The first page unless another one is named. */
static int64_t page(const struct rq *rq)
{
    uint64_t n;
    return str_to_uint(rq_text(rq, TAG_PAGE), INT32_MAX, &n) && n ? (int64_t)n : 1;
}

enum err smspartner_tag_status(struct rq *rq)
{
    const struct str *tag = rq->work;
    const struct message_tag t = {rq->account->id, PROVIDER_SMSPARTNER, *tag,
                                  partner_sandbox_since_ms(rq->now_ms)};
    const int64_t before = (page(rq) - 1) * PAGE_SIZE;
    struct message *rows = NULL;
    size_t n = 0;
    int64_t total = 0;
    enum err e = store_message_tagged_count(rq->session->store, &t, &total);
    if (e == ERR_OK)
        e = store_message_tagged(rq->session->store, rq->arena, &t, PAGE_SIZE, before, &rows, &n);
    if (e != ERR_OK)
        return e;
    if (total == 0)
        return rq_refuse_why(
            rq, &k_smspartner_errors[SMSPARTNER_STATUS_4],
            arena_printf(rq->arena, "This account sent nothing tagged \"%.*s\".", STR_ARG(*tag)));
    partner_success(rq);
    out_int(&rq->out, STR("currentPage"), page(rq));
    out_int(&rq->out, STR("total"), total);
    write_list(rq, rows, n);
    partner_end(rq);
    return ERR_OK;
}
