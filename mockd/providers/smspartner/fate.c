#include "mockd/providers/smspartner/fate.h"

#include "mockd/domain/msisdn.h"

enum { FIRST_STATUS = 8001, LAST_STATUS = 8009 };

#define VALIDITY_MS (INT64_C(48) * 3600 * 1000)

static bool stays_with_operator(enum receipt r)
{
    return r == RECEIPT_PENDING || r == RECEIPT_ACCEPTD || r == RECEIPT_ENROUTE;
}

/* 8001 to 8009 in the order of smspartner.md 12.5. */
static enum receipt by_status_number(int last4)
{
    static const enum receipt k_receipts[] = {
        RECEIPT_DELIVRD, RECEIPT_PENDING, RECEIPT_UNDELIV, RECEIPT_ACCEPTD, RECEIPT_UNKNOWN,
        RECEIPT_ENROUTE, RECEIPT_EXPIRED, RECEIPT_REJECTD, RECEIPT_KO,
    };
    return k_receipts[last4 - FIRST_STATUS];
}

/* A number that stands for an HLR error: a permanent one is undelivered at once. */
static enum receipt by_hlr_error(struct rq *rq, int last4)
{
    const struct catalogue_entry *e = catalogue_find(
        rq->provider->catalogue, arena_printf(rq->arena, "smspartner.hlr-error.%d", last4));
    if (!e || last4 == 0)
        return RECEIPT_DELIVRD;
    return e->retryable ? RECEIPT_EXPIRED : RECEIPT_UNDELIV;
}

void smspartner_fate(struct rq *rq, struct message *m)
{
    int last4;
    m->receipt = RECEIPT_DELIVRD;
    m->final_ms = m->send_ms + rq->session->settings.dlr_delay_ms;
    if (!msisdn_fr_fiction(m->recipient, &last4))
        return;
    m->receipt = last4 >= FIRST_STATUS && last4 <= LAST_STATUS ? by_status_number(last4)
                                                               : by_hlr_error(rq, last4);
    if (!stays_with_operator(m->receipt))
        return;
    m->interim = m->receipt;
    m->receipt = RECEIPT_EXPIRED;
    m->final_ms = m->send_ms + VALIDITY_MS;
}
