#include "mockd/domain/money.h"
#include "mockd/providers/partner/batch.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/voicepartner/endpoints.h"

/* One code for all that forbids it; the sentence says what it was. */
static const struct str k_bars[] = {
    [PARTNER_BAR_CANCELLED] = STR_INIT("The campaign was cancelled before."),
    [PARTNER_BAR_SENT] = STR_INIT("The campaign has started already."),
    [PARTNER_BAR_LATE] = STR_INIT("The campaign starts in less than 5 minutes."),
};

enum err voicepartner_cancel(struct rq *rq)
{
    const struct str id = inputs_get(&rq->in, STR("campaignId")).text;
    struct message *rows;
    size_t n = 0;
    int64_t batch;
    int64_t refund_e8;
    enum err e = ERR_OK;
    if (partner_id_parse(rq->session, PARTNER_ID_CAMPAIGN, id, &batch))
        e = partner_batch(rq, batch, &rows, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return rq_refuse(rq, &k_voicepartner_errors[VOICEPARTNER_CANCEL_404]);
    const enum partner_bar bar = partner_bar(rows, n, rq->now_ms);
    if (bar != PARTNER_BAR_NONE)
        return rq_refuse_why(rq, &k_voicepartner_errors[VOICEPARTNER_CANCEL_400], k_bars[bar]);
    e = partner_take_back(rq, rows, n, &refund_e8);
    if (e != ERR_OK)
        return e;
    voicepartner_success(rq);
    out_str(&rq->out, STR("campaignId"), id);
    out_str(&rq->out, STR("assignedCredit"), money_short(rq->arena, refund_e8, 3));
    out_str(&rq->out, STR("currency"), STR("EUR"));
    partner_end(rq);
    return ERR_OK;
}
