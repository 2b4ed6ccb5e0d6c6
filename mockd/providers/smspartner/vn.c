#include "mockd/providers/smspartner/send.h"

/* POST /v1/vn/send: as /send, but from a long number that the account rents, and with other names
 * for who writes to whom. */
const struct param k_vn_params[SEND__COUNT] = {
    [SEND_NUMBERS] = {.name = STR_INIT("to"),
                      .on_missing = &k_smspartner_errors[SMSPARTNER_SEND_2]},
    [SEND_MESSAGE] = {.name = STR_INIT("message")},
    [SEND_SENDER] = {.name = STR_INIT("from")},
    [SEND_TAG] = {.name = STR_INIT("tag")},
    [SEND_DATE] = {.name = STR_INIT("scheduledDeliveryDate")},
    [SEND_TIME] = {.name = STR_INIT("time")},
    [SEND_MINUTE] = {.name = STR_INIT("minute")},
    [SEND_URL_RESPONSE] = {.name = STR_INIT("urlResponse")},
    [SEND_URL_DLR] = {.name = STR_INIT("urlDlr"), .alias = STR_INIT("webhookUrl")},
    [SEND_SANDBOX] = {.name = STR_INIT("sandbox")},
};

/* Digits, whether they were configured with a plus or not. */
static bool same_number(struct str configured, struct str digits)
{
    return str_eq(str_starts(configured, STR("+")) ? str_from(configured, 1) : configured, digits);
}

static enum verdict check_owned(struct rq *rq)
{
    const struct str_list *owned = &rq->account->virtual_numbers;
    const struct str from = rq_text(rq, SEND_SENDER);
    for (size_t i = 0; i < owned->n; i++) {
        if (same_number(owned->v[i], from))
            return PASS;
    }
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_SEND_992],
                  arena_printf(rq->arena, "%.*s is not one of the account's %zu virtual numbers.",
                               STR_ARG(from), owned->n));
    return STOP;
}

/* A number that stands twice has no code here, and gets the text once. */
step_fn *const k_vn_checks[] = {
    send_check_recipients, send_check_vn_fields, check_owned,        send_check_hour,
    send_check_day,        send_drop_twice,      send_check_stopped, send_check_length,
    send_check_prices,     send_check_credit,    send_check_queue,   NULL,
};
