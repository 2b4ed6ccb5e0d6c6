#include "mockd/domain/msisdn.h"
#include "mockd/providers/partner/batch.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/message.h"

/*
 * Two sources describe this endpoint: the error table a call that names numbers, the endpoint's
 * page one that names the whole message. The request decides which it is (smspartner.md 5.2), and
 * the setting cancel_errors can decide for all.
 */
/* What a call is about. */
struct target {
    struct str *numbers; /* E.164; NULL: the whole message */
    size_t n;
};

const struct param k_cancel_params[CANCEL__COUNT] = {
    [CANCEL_ID] = {.name = STR_INIT("messageId"),
                   .on_missing = &k_smspartner_errors[SMSPARTNER_CANCEL_3]},
    [CANCEL_NUMBER] = {.name = STR_INIT("phoneNumber")},
    [CANCEL_NUMBERS] = {.name = STR_INIT("phoneNumbers"), .alias = STR_INIT("phoneNumbers[]")},
};

static bool follows(const struct rq *rq, enum cancel_errors source)
{
    return rq->session->settings.cancel_errors == (int)source;
}

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

/* ---- the parameters ----------------------------------------------------------- */

/* The page has no code for a malformed id: it is then just unknown. */
static enum verdict check_id(struct rq *rq)
{
    const struct str id = rq_text(rq, CANCEL_ID);
    if (smspartner_id_good(id))
        return PASS;
    return refuse(
        rq, follows(rq, CANCEL_PAGE) ? SMSPARTNER_CANCEL_4 : SMSPARTNER_CANCEL_6,
        arena_printf(rq->arena, "The messageId \"%.*s\" is not a whole number.", STR_ARG(id)));
}

/* The numbers as given: "phoneNumbers[]" may stand several times. */
static struct partner_numbers given_numbers(struct rq *rq)
{
    struct str list = {0};
    if (inputs_has(&rq->in, STR("phoneNumbers")))
        return partner_numbers(rq->arena, rq->param[CANCEL_NUMBERS]);
    for (size_t i = 0; i < rq->in.n; i++) {
        const struct input *row = &rq->in.rows[i];
        if (!str_eq(row->name, STR("phoneNumbers[]")))
            continue;
        list = list.p
                   ? arena_printf(rq->arena, "%.*s,%.*s", STR_ARG(list), STR_ARG(row->value.text))
                   : row->value.text;
    }
    return partner_numbers(rq->arena, (struct value){.text = list});
}

static enum verdict read_numbers(struct rq *rq, struct target *t, const struct str *raw, size_t n)
{
    t->numbers = arena_array(rq->arena, struct str, n);
    t->n = n;
    bool landline = false;
    for (size_t i = 0; i < n; i++) {
        const enum msisdn_kind kind = msisdn_parse(rq->arena, raw[i], &t->numbers[i]);
        if (kind == MSISDN_BAD)
            return refuse(rq, SMSPARTNER_CANCEL_6,
                          arena_printf(rq->arena, "\"%.*s\" cannot be read as a phone number.",
                                       STR_ARG(raw[i])));
        landline = landline || kind == MSISDN_FR_OTHER;
    }
    return landline ? rq_stop(rq, &k_smspartner_errors[SMSPARTNER_CANCEL_9]) : PASS;
}

static enum verdict check_list(struct rq *rq, struct target *t)
{
    const struct partner_numbers list = given_numbers(rq);
    const struct value v = rq->param[CANCEL_NUMBERS];
    if (v.text.n == 0 && !v.node)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_CANCEL_2]);
    if (list.total == 0)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_CANCEL_5]);
    if (list.empty)
        return refuse(rq, SMSPARTNER_CANCEL_2, STR("An entry of phoneNumbers is empty."));
    if (list.total > PARTNER_NUMBERS_MAX)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_CANCEL_50]);
    return read_numbers(rq, t, list.raw, list.n);
}

/* Leaves the target in rq->work. */
static enum verdict check_numbers(struct rq *rq)
{
    struct target *t = arena_new(rq->arena, struct target);
    const struct str one = rq_text(rq, CANCEL_NUMBER);
    rq->work = t;
    if (follows(rq, CANCEL_PAGE))
        return PASS;
    if (inputs_has(&rq->in, STR("phoneNumbers")) || inputs_has(&rq->in, STR("phoneNumbers[]")))
        return check_list(rq, t);
    if (!inputs_has(&rq->in, STR("phoneNumber")))
        return PASS;
    if (str_trim(one).n == 0)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_CANCEL_2]);
    return read_numbers(rq, t, &one, 1);
}

step_fn *const k_cancel_checks[] = {check_id, check_numbers, NULL};

/* ---- the message -------------------------------------------------------------- */

/* Narrows rows to the target's, each once; false when a number is no recipient. */
static bool pick(struct rq *rq, const struct target *t, struct message **rows, size_t *n)
{
    if (!t->numbers)
        return *n > 0;
    struct message *picked = arena_array(rq->arena, struct message, t->n);
    size_t npicked = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct message *m = smspartner_message_to(*rows, *n, t->numbers[i]);
        if (!m)
            return false;
        if (!smspartner_message_to(picked, npicked, t->numbers[i]))
            picked[npicked++] = *m;
    }
    *rows = picked;
    *n = npicked;
    return true;
}

static const enum smspartner_error k_bars[] = {
    [PARTNER_BAR_CANCELLED] = SMSPARTNER_CANCEL_PAGE_5,
    [PARTNER_BAR_SENT] = SMSPARTNER_CANCEL_PAGE_7,
    [PARTNER_BAR_LATE] = SMSPARTNER_CANCEL_PAGE_6,
};

/* What forbids to cancel now; NULL when nothing does. */
static const struct catalogue_entry *forbidden(const struct rq *rq,
                                               const struct message *rows,
                                               size_t n)
{
    const enum partner_bar bar = partner_bar(rows, n, rq->now_ms);
    return bar == PARTNER_BAR_NONE ? NULL : &k_smspartner_errors[k_bars[bar]];
}

static enum err answer_not_found(struct rq *rq, struct str why)
{
    return rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_CANCEL_4], why);
}

enum err smspartner_cancel(struct rq *rq)
{
    struct message *rows;
    size_t n;
    int64_t refund_e8;
    enum err e = smspartner_message_find(rq, rq_text(rq, CANCEL_ID), &rows, &n);
    if (e != ERR_OK)
        return e;
    const bool known = n > 0;
    if (!pick(rq, rq->work, &rows, &n))
        return answer_not_found(rq, known
                                        ? STR("The number is not a recipient of that message.")
                                        : STR("This account has no message with that messageId."));
    const struct catalogue_entry *no = forbidden(rq, rows, n);
    if (no)
        return follows(rq, CANCEL_TABLE) ? answer_not_found(rq, no->why) : rq_refuse(rq, no);
    e = partner_take_back(rq, rows, n, &refund_e8);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    /* French in every language: no English text of it exists. */
    out_str(&rq->out, STR("message"), STR("L'envoi du SMS a été annulé."));
    partner_end(rq);
    return ERR_OK;
}
