#include "mockd/domain/money.h"
#include "mockd/providers/mailpartner/endpoints.h"
#include "mockd/providers/partner/partner.h"

enum err mailpartner_me(struct rq *rq)
{
    struct out *o = &rq->out;
    const struct account *a = rq->account;
    partner_success(rq);
    out_named_begin(o, STR("user"));
    out_str(o, STR("username"), a->email.p ? a->email : STR(""));
    out_end(o);
    out_object_begin(o, STR("credits"));
    out_int(o, STR("creditMail"), a->balance_e8 / PRICE_MAIL_E8);
    out_str(o, STR("currency"), STR("EUR"));
    out_str(o, STR("balance"), money_text(rq->arena, a->balance_e8, 3));
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}
