#include "mockd/domain/civil.h"
#include "mockd/domain/msisdn.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"

/* The STOP list of an account: numbers that nothing is sent to. */

/* The documentation says phoneNumber, the service's own samples say phoneNumbers. */
const struct param k_stop_add_params[STOP_ADD__COUNT] = {
    [STOP_NUMBER] = {.name = STR_INIT("phoneNumber"),
                     .alias = STR_INIT("phoneNumbers"),
                     .on_missing = &k_smspartner_errors[SMSPARTNER_STOP_SMS_2]},
};

const struct param k_stop_delete_params[STOP_DELETE__COUNT] = {
    [STOP_ID] = {.name = STR_INIT("id"), .on_missing = &k_smspartner_errors[SMSPARTNER_STOP_SMS_3]},
};

/* What bounds the answer of /stop-sms/list. */
enum { ENTRIES_MAX = 50000 };

/* Leaves the number in rq->work. */
static enum verdict check_number(struct rq *rq)
{
    const struct partner_numbers list = partner_numbers(rq->arena, rq->param[STOP_NUMBER]);
    struct str *number = arena_new(rq->arena, struct str);
    rq->work = number;
    if (list.total == 1 && msisdn_parse(rq->arena, list.raw[0], number) != MSISDN_BAD)
        return PASS;
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_STOP_SMS_9],
                  list.total == 1
                      ? arena_printf(rq->arena, "\"%.*s\" cannot be read as a phone number.",
                                     STR_ARG(list.raw[0]))
                      : arena_printf(rq->arena, "The phoneNumber holds %zu numbers instead of one.",
                                     list.total));
    return STOP;
}

static enum verdict check_room(struct rq *rq)
{
    if (rq->account->stop_count < ENTRIES_MAX)
        return PASS;
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_SEND_500],
                  arena_printf(rq->arena,
                               "A STOP list holds %d numbers here, and this one is full.",
                               ENTRIES_MAX));
    return STOP;
}

step_fn *const k_stop_add_checks[] = {check_number, check_room, NULL};

enum err smspartner_stop_add(struct rq *rq)
{
    const struct str *number = rq->work;
    int64_t id;
    const enum err e =
        store_stop_add(rq->session->store, rq->account->id, *number, rq->now_ms, &id);
    if (e == ERR_CONFLICT)
        return smspartner_refuse_numbers(
            rq, &k_smspartner_errors[SMSPARTNER_SEND_15], number, 1,
            arena_printf(rq->arena, "%.*s is on the STOP list already.", STR_ARG(*number)));
    if (e != ERR_OK)
        return e;
    rq->account->stop_count++;
    partner_success(rq);
    out_int(&rq->out, STR("stopId"), id);
    partner_end(rq);
    return ERR_OK;
}

enum err smspartner_stop_delete(struct rq *rq)
{
    uint64_t id;
    enum err e = ERR_NOT_FOUND;
    if (str_to_uint(rq_text(rq, STOP_ID), INT64_MAX, &id))
        e = store_stop_delete(rq->session->store, rq->account->id, (int64_t)id);
    if (e == ERR_NOT_FOUND)
        return rq_refuse(rq, &k_smspartner_errors[SMSPARTNER_STOP_SMS_4]);
    if (e != ERR_OK)
        return e;
    rq->account->stop_count--;
    partner_success(rq);
    partner_end(rq);
    return ERR_OK;
}

enum err smspartner_stop_list(struct rq *rq)
{
    struct out *o = &rq->out;
    struct stop *rows;
    size_t n;
    const enum err e = store_stop_list(rq->session->store, rq->arena, rq->account->id, &rows, &n);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(o, STR("nbData"), (int64_t)n);
    out_array_begin(o, STR("data"));
    for (size_t i = 0; i < n; i++) {
        out_object_begin(o, STR("entry"));
        out_int(o, STR("id"), rows[i].id);
        out_str(o, STR("phoneNumber"), rows[i].number);
        out_str(o, STR("createdAt"), civil_paris_sql(rq->arena, rows[i].created_ms));
        out_end(o);
    }
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}
