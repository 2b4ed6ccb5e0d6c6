#include "mockd/domain/money.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/voicepartner/call.h"

#define NUMBERS                                                                                    \
    {                                                                                              \
        .name = STR_INIT("phoneNumbers"),                                                          \
        .on_missing = &k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_PHONE_NUMBER_REQUIRED]          \
    }

const struct param k_campaign_params[CALL__COUNT] = {
    [CALL_NUMBERS] = NUMBERS,
    [CALL_TOKEN] = {.name = STR_INIT("tokenAudio")},
    [CALL_SENDER] = {.name = STR_INIT("sender")},
    [CALL_NOTIFY_URL] = {.name = STR_INIT("notifyUrl")},
    [CALL_DATE] = {.name = STR_INIT("scheduledDate")},
};

/* The provider's order (smspartner.md 11.7). */
step_fn *const k_campaign_checks[] = {
    call_check_numbers, call_check_audio,        call_check_url,    call_check_sender,
    call_check_date,    call_check_destinations, call_check_credit, NULL,
};

const struct param k_tts_params[CALL__COUNT] = {
    [CALL_NUMBERS] = NUMBERS,
    [CALL_TOKEN] = {.name = STR_INIT("tokenAudio")},
    [CALL_TEXT] = {.name = STR_INIT("text")},
    [CALL_LANG] = {.name = STR_INIT("lang")},
    [CALL_SPEECH_RATE] = {.name = STR_INIT("speechRate"), .alias = STR_INIT("speed")},
    [CALL_NOTIFY_URL] = {.name = STR_INIT("notifyUrl")},
    [CALL_DATE] = {.name = STR_INIT("scheduledDate")},
};

step_fn *const k_tts_checks[] = {
    call_check_numbers,      call_check_speech, call_check_url, call_check_date,
    call_check_destinations, call_check_credit, NULL,
};

static struct message row_for(struct rq *rq, const struct call *c, int64_t batch, size_t i)
{
    const struct str url = rq_text(rq, CALL_NOTIFY_URL);
    const struct str sender = rq_text(rq, CALL_SENDER);
    return (struct message){
        .id = batch + (int64_t)i,
        .batch = batch,
        .account = rq->account->id,
        .provider = PROVIDER_VOICEPARTNER,
        .kind = MESSAGE_VOICE,
        .flags = c->spoken ? MESSAGE_SPOKEN : 0,
        .recipient = c->to[i].e164,
        .sender = sender.n ? sender : (struct str){0},
        .text = c->content,
        .network = c->to[i].route->network,
        .url_dlr = url.n ? url : (struct str){0},
        .parts = (int)c->steps,
        .cost_e8 = c->price_e8,
        .created_ms = rq->now_ms,
        .send_ms = c->send_ms,
        .final_ms = c->send_ms + rq->session->settings.dlr_delay_ms,
        .receipt = RECEIPT_DELIVRD,
    };
}

/* Stores and charges; *batch is the campaign. */
static enum err dispatch(struct rq *rq, const struct call *c, int64_t *batch)
{
    struct message *rows = arena_array(rq->arena, struct message, c->n);
    *batch = session_take_ids(rq->session, (int64_t)c->n);
    for (size_t i = 0; i < c->n; i++)
        rows[i] = row_for(rq, c, *batch, i);
    const enum err e = session_send(rq->session, rq->account, rows, c->n, c->cost_e8);
    if (e != ERR_OK)
        return e;
    rq->accepted = (int64_t)c->n;
    rq->charged_e8 = c->cost_e8;
    return ERR_OK;
}

/* ---- the answer ---------------------------------------------------------------- */

static struct str seconds_text(struct arena *a, int64_t tenths)
{
    return tenths % 10
               ? arena_printf(a, "%lld.%lld", (long long)tenths / 10, (long long)tenths % 10)
               : arena_int(a, tenths / 10);
}

static struct str lower(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
    return (struct str){p, s.n};
}

static void write_country(struct rq *rq, const struct call *c, const struct route *r, int64_t n)
{
    struct out *o = &rq->out;
    out_object_begin(o, r->prefix);
    out_int(o, STR("nbSms"), n);
    out_raw(o, STR("cost_unity"), money_short(rq->arena, c->price_e8, 3));
    out_raw(o, STR("cost"), money_short(rq->arena, c->price_e8 * n, 3));
    if (c->spoken) {
        out_str(o, STR("country_code"), lower(rq->arena, r->iso2));
        out_raw(o, STR("duration"), seconds_text(rq->arena, c->tenths));
    }
    out_end(o);
}

/* By calling code, in the order in which the request names them. */
static void write_detail(struct rq *rq, const struct call *c)
{
    out_object_begin(&rq->out, STR("detail"));
    for (size_t i = 0; i < c->n; i++) {
        const struct route *r = c->to[i].route;
        bool before = false;
        int64_t n = 0;
        for (size_t k = 0; k < c->n; k++) {
            const bool same = str_eq(c->to[k].route->prefix, r->prefix);
            before = before || (same && k < i);
            n += same;
        }
        if (!before)
            write_country(rq, c, r, n);
    }
    out_end(&rq->out);
}

static void write_head(struct rq *rq, const struct call *c, int64_t batch)
{
    struct out *o = &rq->out;
    voicepartner_success(rq);
    out_str(o, STR("campaignId"), partner_id(rq->arena, rq->session, PARTNER_ID_CAMPAIGN, batch));
    out_raw(o, STR("cost"), money_short(rq->arena, c->cost_e8, 3));
    out_str(o, STR("currency"), STR("EUR"));
    out_int(o, STR("nbSms"), (int64_t)c->n);
}

enum err voicepartner_campaign_send(struct rq *rq)
{
    struct out *o = &rq->out;
    const struct call *c = call_of(rq);
    int64_t batch;
    const enum err e = dispatch(rq, c, &batch);
    if (e != ERR_OK)
        return e;
    write_head(rq, c, batch);
    out_object_begin(o, STR("audioFile"));
    out_str(o, STR("filename"), c->audio.name);
    out_str(o, STR("size"), c->audio.size);
    out_end(o);
    write_detail(rq, c);
    partner_end(rq);
    return ERR_OK;
}

enum err voicepartner_tts_send(struct rq *rq)
{
    struct out *o = &rq->out;
    const struct call *c = call_of(rq);
    const struct str lang = rq_text(rq, CALL_LANG);
    int64_t batch;
    const enum err e = dispatch(rq, c, &batch);
    if (e != ERR_OK)
        return e;
    write_head(rq, c, batch);
    out_str(o, STR("lang"), lang.n ? lang : STR("fr"));
    out_raw(o, STR("duration"), seconds_text(rq->arena, c->tenths));
    write_detail(rq, c);
    partner_end(rq);
    return ERR_OK;
}
