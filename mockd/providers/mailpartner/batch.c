#include "mockd/providers/partner/batch.h"

#include "mockd/domain/civil.h"
#include "mockd/providers/mailpartner/endpoints.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/partner.h"

/* One request's mails by their messageId: taken back, and what became of them. */

const struct param k_mail_cancel_params[BATCH__COUNT] = {
    [BATCH_ID] = {.name = STR_INIT("messageId"),
                  .on_missing = &k_mailpartner_errors[MAILPARTNER_CANCEL_3]},
};

const struct param k_mail_status_params[BATCH__COUNT] = {
    [BATCH_ID] = {.name = STR_INIT("messageId"),
                  .on_missing = &k_mailpartner_errors[MAILPARTNER_STATUS_3]},
};

/* None (*n == 0) when this account has no such messageId. */
static enum err find(struct rq *rq, struct message **rows, size_t *n)
{
    int64_t batch;
    *n = 0;
    if (!partner_id_parse(rq->session, PARTNER_ID_MAIL, rq_text(rq, BATCH_ID), &batch))
        return ERR_OK;
    return partner_batch(rq, batch, rows, n);
}

/* ---- GET /message-cancel ------------------------------------------------------- */

enum err mailpartner_cancel(struct rq *rq)
{
    static const enum mailpartner_error k_bars[] = {
        [PARTNER_BAR_CANCELLED] = MAILPARTNER_CANCEL_5,
        [PARTNER_BAR_SENT] = MAILPARTNER_CANCEL_7,
        [PARTNER_BAR_LATE] = MAILPARTNER_CANCEL_6,
    };
    const bool french = rq->session->settings.lang == LANG_FR;
    struct message *rows;
    size_t n;
    int64_t refund_e8;
    enum err e = find(rq, &rows, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return rq_refuse(rq, &k_mailpartner_errors[MAILPARTNER_CANCEL_4]);
    const enum partner_bar bar = partner_bar(rows, n, rq->now_ms);
    if (bar != PARTNER_BAR_NONE)
        return rq_refuse(rq, &k_mailpartner_errors[k_bars[bar]]);
    e = partner_take_back(rq, rows, n, &refund_e8);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_str(&rq->out, STR("message"),
            french ? STR("L'envoi du mail a été annulé.") : STR("The email has been canceled."));
    partner_end(rq);
    return ERR_OK;
}

/* ---- GET /bulk-status ------------------------------------------------------------ */

/* Whether the recipient does not want any more of them. */
static enum err is_stopped(struct rq *rq, const struct message *m, bool *out)
{
    *out = true;
    if (m->flags & MESSAGE_STOP_REPLY)
        return ERR_OK;
    return store_unsubscribe_has(rq->session->store, m->account, m->recipient, out);
}

static void write_mail(struct rq *rq, const struct message *m, bool stopped)
{
    struct out *o = &rq->out;
    const int64_t at_ms = partner_status_ms(m, rq->now_ms);
    out_object_begin(o, STR("status"));
    out_str(o, STR("email"), m->recipient);
    out_str(o, STR("token"), partner_id(rq->arena, rq->session, PARTNER_ID_MAIL_TOKEN, m->id));
    out_str(o, STR("status"), partner_status_word(m, rq->now_ms));
    out_int(o, STR("cost"), m->cost_e8 / PRICE_MAIL_E8);
    out_bool(o, STR("stopMail"), stopped);
    out_str(o, STR("date"), arena_int(rq->arena, at_ms / 1000));
    out_end(o);
}

enum err mailpartner_bulk_status(struct rq *rq)
{
    struct message *rows;
    size_t n;
    enum err e = find(rq, &rows, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return rq_refuse(rq, &k_mailpartner_errors[MAILPARTNER_STATUS_4]);
    partner_success(rq);
    out_str(&rq->out, STR("messageId"), rq_text(rq, BATCH_ID));
    out_array_begin(&rq->out, STR("StatutResponseList"));
    for (size_t i = 0; i < n && e == ERR_OK; i++) {
        bool stopped;
        e = is_stopped(rq, &rows[i], &stopped);
        if (e == ERR_OK)
            write_mail(rq, &rows[i], stopped);
    }
    out_end(&rq->out);
    partner_end(rq);
    return e;
}
