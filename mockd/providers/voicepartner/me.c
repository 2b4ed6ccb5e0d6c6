#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/voicepartner/call.h"
#include "mockd/providers/voicepartner/endpoints.h"

static void write_time(struct rq *rq, struct str name, int64_t seconds)
{
    out_object_begin(&rq->out, name);
    out_int(&rq->out, STR("h"), seconds / 3600);
    out_int(&rq->out, STR("m"), seconds / 60 % 60);
    out_int(&rq->out, STR("s"), seconds % 60);
    out_end(&rq->out);
}

enum err voicepartner_me(struct rq *rq)
{
    struct out *o = &rq->out;
    const int64_t balance_e8 = rq->account->balance_e8;
    /* Calls to landlines have the price of those to mobiles. */
    const int64_t seconds = balance_e8 * TTS_STEP_S / PRICE_TTS_STEP_E8;
    voicepartner_success(rq);
    out_str(o, STR("credit"), money_short(rq->arena, balance_e8, 3));
    out_str(o, STR("currency"), STR("€"));
    out_object_begin(o, STR("details"));
    write_time(rq, STR("tts"), seconds);
    write_time(rq, STR("tts_fixe"), seconds);
    out_object_begin(o, STR("voice"));
    out_int(o, STR("message"), balance_e8 / PRICE_DEPOSIT_E8);
    out_end(o);
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}
