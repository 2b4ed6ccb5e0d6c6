#include "mockd/domain/civil.h"
#include "mockd/providers/mailpartner/address.h"
#include "mockd/providers/mailpartner/endpoints.h"
#include "mockd/providers/partner/address.h"
#include "mockd/providers/partner/partner.h"

/* Who does not want mails of this account any more. */

static bool is_address(struct str text)
{
    return partner_email_good(str_trim(text));
}

const struct param k_mail_add_params[ADD__COUNT] = {
    [ADD_EMAIL] = {.name = STR_INIT("email"),
                   .valid = is_address,
                   .on_missing = &k_mailpartner_errors[MAILPARTNER_UNSUBSCRIBE_ADD_2],
                   .on_bad = &k_mailpartner_errors[MAILPARTNER_UNSUBSCRIBE_ADD_9]},
};

enum err mailpartner_unsubscribe_add(struct rq *rq)
{
    int64_t id;
    const enum err e = store_unsubscribe_add(rq->session->store, rq->account->id,
                                             str_trim(rq_text(rq, ADD_EMAIL)), rq->now_ms, &id);
    if (e == ERR_CONFLICT)
        return rq_refuse(rq, &k_mailpartner_errors[MAILPARTNER_UNSUBSCRIBE_ADD_3]);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(&rq->out, STR("stopId"), id);
    partner_end(rq);
    return ERR_OK;
}

enum err mailpartner_unsubscribe_list(struct rq *rq)
{
    struct out *o = &rq->out;
    struct unsubscribe *list;
    size_t n;
    const enum err e =
        store_unsubscribe_list(rq->session->store, rq->arena, rq->account->id, &list, &n);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(o, STR("nbData"), (int64_t)n);
    out_array_begin(o, STR("data"));
    for (size_t i = 0; i < n; i++) {
        out_object_begin(o, STR("row"));
        out_int(o, STR("id"), list[i].id);
        out_str(o, STR("email"), list[i].email);
        out_str(o, STR("createdAt"), civil_paris_sql(rq->arena, list[i].created_ms));
        out_end(o);
    }
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}

const struct param k_mail_delete_params[DELETE__COUNT] = {
    [DELETE_ID] = {.name = STR_INIT("id"),
                   .alias = STR_INIT("Id"),
                   .on_missing = &k_mailpartner_errors[MAILPARTNER_UNSUBSCRIBE_DELETE_3]},
};

enum err mailpartner_unsubscribe_delete(struct rq *rq)
{
    uint64_t id;
    enum err e = ERR_NOT_FOUND;
    if (str_to_uint(rq_text(rq, DELETE_ID), INT64_MAX, &id))
        e = store_unsubscribe_delete(rq->session->store, rq->account->id, (int64_t)id);
    if (e == ERR_NOT_FOUND)
        return rq_refuse(rq, &k_mailpartner_errors[MAILPARTNER_UNSUBSCRIBE_DELETE_4]);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    partner_end(rq);
    return ERR_OK;
}
