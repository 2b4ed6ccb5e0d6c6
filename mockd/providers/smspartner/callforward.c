#include "mockd/domain/msisdn.h"
#include "mockd/providers/partner/address.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"

/* POST /v1/vn/callforward: where calls to a rented long number go (smspartner.md 5.7). */
static bool type_good(struct str text)
{
    return text.n == 1 && text.p[0] >= '0' + CALLFORWARD_OFF &&
           text.p[0] <= '0' + CALLFORWARD_VOICEMAIL;
}

const struct param k_callforward_params[FORWARD__COUNT] = {
    [FORWARD_NUMBER] = {.name = STR_INIT("number"),
                        .on_missing = &k_smspartner_errors[SMSPARTNER_CALLFORWARD_5]},
    [FORWARD_TYPE] = {.name = STR_INIT("type"),
                      .valid = type_good,
                      .on_missing = &k_smspartner_errors[SMSPARTNER_CALLFORWARD_6],
                      .on_bad = &k_smspartner_errors[SMSPARTNER_CALLFORWARD_7]},
    [FORWARD_PARAM] = {.name = STR_INIT("param")},
};

static enum callforward wanted(const struct rq *rq)
{
    return (enum callforward)(rq_text(rq, FORWARD_TYPE).p[0] - '0');
}

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str what)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], what);
    return STOP;
}

static enum verdict check_param(struct rq *rq)
{
    const enum callforward type = wanted(rq);
    const struct str param = str_trim(rq_text(rq, FORWARD_PARAM));
    struct str number;
    if (type == CALLFORWARD_OFF)
        return PASS;
    if (param.n == 0 && json_kind(rq->param[FORWARD_PARAM].node) < JSON_ARRAY)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_CALLFORWARD_8]);
    if (type == CALLFORWARD_VOICEMAIL && !partner_email_good(param))
        return refuse(rq, SMSPARTNER_CALLFORWARD_9,
                      arena_printf(rq->arena, "\"%.*s\" is no email address.", STR_ARG(param)));
    if (type == CALLFORWARD_CALLS && msisdn_parse(rq->arena, param, &number) == MSISDN_BAD)
        return refuse(
            rq, SMSPARTNER_CALLFORWARD_12,
            arena_printf(rq->arena, "\"%.*s\" cannot be read as a phone number.", STR_ARG(param)));
    return PASS;
}

/* The entry that is this number, however either is written; NULL when there is none. */
static const struct str *entry(struct rq *rq, const struct str_list *list, struct str number)
{
    struct str asked = number;
    msisdn_parse(rq->arena, number, &asked);
    for (size_t i = 0; i < list->n; i++) {
        struct str one = list->v[i];
        msisdn_parse(rq->arena, list->v[i], &one);
        if (str_eq(one, asked) || str_eq(list->v[i], number))
            return &list->v[i];
    }
    return NULL;
}

/* Leaves the number, as the account has it, in rq->work. */
static enum verdict check_number(struct rq *rq)
{
    const struct str number = rq_text(rq, FORWARD_NUMBER);
    const struct str *own = entry(rq, &rq->account->virtual_numbers, number);
    if (!own)
        return refuse(rq, SMSPARTNER_CALLFORWARD_13,
                      arena_printf(rq->arena, "\"%.*s\" is none of the account's %zu numbers.",
                                   STR_ARG(number), rq->account->virtual_numbers.n));
    if (!(rq->account->flags & ACCOUNT_CALLFORWARD_ENABLED))
        return refuse(rq, SMSPARTNER_CALLFORWARD_14,
                      STR("The account's flag callForwardEnabled is off."));
    if (entry(rq, &rq->account->disabled_numbers, *own))
        return refuse(rq, SMSPARTNER_CALLFORWARD_15,
                      STR("The number is one of the account's disabledNumbers."));
    rq->work = arena_new(rq->arena, struct str);
    *(struct str *)rq->work = *own;
    return PASS;
}

step_fn *const k_callforward_checks[] = {check_param, check_number, NULL};

/* What a number that is in the wanted state already is answered, and what a change is. */
static const struct {
    enum smspartner_error already;
    struct str done;
} k_states[] = {
    [CALLFORWARD_OFF] = {SMSPARTNER_CALLFORWARD_18, STR_INIT("Callforward disabled")},
    [CALLFORWARD_CALLS] = {SMSPARTNER_CALLFORWARD_16, STR_INIT("Callforward enabled")},
    [CALLFORWARD_VOICEMAIL] = {SMSPARTNER_CALLFORWARD_17, STR_INIT("Voicemail enabled")},
};

enum err smspartner_callforward(struct rq *rq)
{
    struct store *store = rq->session->store;
    const struct str *number = rq->work;
    const enum callforward type = wanted(rq);
    enum callforward is = CALLFORWARD_OFF;
    enum err e = store_callforward_get(store, rq->account->id, *number, &is);
    if (e != ERR_OK)
        return e;
    if (is == type)
        return rq_refuse(rq, &k_smspartner_errors[k_states[type].already]);
    e = store_callforward_set(store, rq->account->id, *number, type,
                              type == CALLFORWARD_OFF ? STR("") : rq_text(rq, FORWARD_PARAM));
    if (e != ERR_OK)
        return e;
    partner_begin(rq);
    out_bool(&rq->out, STR("success"), true);
    out_int(&rq->out, STR("code"), 2); /* the service's own success code here */
    out_str(&rq->out, STR("message"), k_states[type].done);
    partner_end(rq);
    return ERR_OK;
}
