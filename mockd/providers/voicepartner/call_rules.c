#include "mockd/domain/civil.h"
#include "mockd/domain/money.h"
#include "mockd/providers/partner/address.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/voicepartner/call.h"

#define RATE_MIN_E8 (MONEY_EUR / 2)
#define RATE_MAX_E8 (MONEY_EUR * 2)

static enum verdict refuse(struct rq *rq, enum voicepartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_voicepartner_errors[code], why);
    return STOP;
}

static bool given(const struct rq *rq, size_t param)
{
    return rq->param[param].text.n || json_kind(rq->param[param].node) >= JSON_ARRAY;
}

enum verdict call_check_numbers(struct rq *rq)
{
    const struct partner_numbers list = partner_numbers(rq->arena, rq->param[CALL_NUMBERS]);
    struct call *c = arena_new(rq->arena, struct call);
    if (list.total == 0)
        return refuse(rq, VOICEPARTNER_CAMPAIGN_PHONE_NUMBER_REQUIRED,
                      STR("phoneNumbers holds nothing but separators."));
    if (list.total > PARTNER_NUMBERS_MAX)
        return refuse(rq, VOICEPARTNER_CAMPAIGN_PHONE_NUMBER_SIZE_ERROR,
                      arena_printf(rq->arena, "phoneNumbers names %zu numbers.", list.total));
    c->to = arena_array(rq->arena, struct callee, list.n);
    c->n = list.n;
    for (size_t i = 0; i < list.n; i++) {
        struct callee *to = &c->to[i];
        to->raw = list.raw[i];
        to->kind = msisdn_parse(rq->arena, to->raw, &to->e164);
        if (to->kind != MSISDN_BAD)
            to->route = route_find(str_from(to->e164, 1));
    }
    rq->work = c;
    return PASS;
}

/* The file of the tokenAudio that was given. */
static enum verdict read_audio(struct rq *rq)
{
    struct call *c = call_of(rq);
    const struct str token = rq_text(rq, CALL_TOKEN);
    if (audio_find(rq, token, &c->audio) != ERR_OK)
        return refuse(rq, VOICEPARTNER_CAMPAIGN_AUDIO_FILE_NOT_FOUND,
                      arena_printf(rq->arena,
                                   "\"%.*s\" is not one of the account's %zu audio files.",
                                   STR_ARG(token), rq->account->audio_files.n));
    c->content = token;
    return PASS;
}

enum verdict call_check_audio(struct rq *rq)
{
    struct call *c = call_of(rq);
    if (!given(rq, CALL_TOKEN))
        return rq_stop(rq, &k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_TOKEN_AUDIO_REQUIRED]);
    c->steps = 1;
    c->price_e8 = PRICE_DEPOSIT_E8;
    return read_audio(rq);
}

/* The speech rate, held between its limits; 1 when it is not given or no number. */
static int64_t rate_e8(const struct rq *rq)
{
    int64_t rate = MONEY_EUR;
    money_parse(rq_text(rq, CALL_SPEECH_RATE), &rate);
    if (rate < RATE_MIN_E8)
        return RATE_MIN_E8;
    return rate < RATE_MAX_E8 ? rate : RATE_MAX_E8;
}

static void set_speech(struct call *c, int64_t tenths)
{
    const int64_t step = (int64_t)TTS_STEP_S * 10;
    c->spoken = true;
    c->tenths = tenths ? tenths : 1;
    c->steps = (c->tenths + step - 1) / step;
    c->price_e8 = c->steps * PRICE_TTS_STEP_E8;
}

enum verdict call_check_speech(struct rq *rq)
{
    struct call *c = call_of(rq);
    if (given(rq, CALL_TOKEN)) {
        if (read_audio(rq) == STOP)
            return STOP;
        set_speech(c, c->audio.seconds * 10);
        return PASS;
    }
    c->content = rq_text(rq, CALL_TEXT);
    if (str_trim(c->content).n == 0)
        return rq_stop(rq, &k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_TOKEN_AUDIO_REQUIRED]);
    set_speech(c, call_speech_tenths(c->content, rate_e8(rq)));
    return PASS;
}

enum verdict call_check_url(struct rq *rq)
{
    const struct str url = rq_text(rq, CALL_NOTIFY_URL);
    if (!given(rq, CALL_NOTIFY_URL) || partner_url_good(url))
        return PASS;
    return rq_stop(rq, &k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_NOTIFY_URL_INVALID]);
}

/* Validated numbers may be written like any other number. */
static bool validated(struct rq *rq, struct str e164)
{
    const struct str_list *list = &rq->account->voice_senders;
    for (size_t i = 0; i < list->n; i++) {
        struct str one;
        if (msisdn_parse(rq->arena, list->v[i], &one) != MSISDN_BAD && str_eq(one, e164))
            return true;
    }
    return false;
}

enum verdict call_check_sender(struct rq *rq)
{
    const struct str sender = rq_text(rq, CALL_SENDER);
    struct str e164;
    if (!given(rq, CALL_SENDER))
        return PASS;
    if (msisdn_parse(rq->arena, sender, &e164) == MSISDN_BAD)
        return refuse(
            rq, VOICEPARTNER_CAMPAIGN_SENDER_INVALID,
            arena_printf(rq->arena, "\"%.*s\" cannot be read as a phone number.", STR_ARG(sender)));
    if (!validated(rq, e164))
        return refuse(rq, VOICEPARTNER_CAMPAIGN_SENDER_NOT_AUTHORIZED,
                      arena_printf(rq->arena, "%.*s is not one of the account's voiceSenders.",
                                   STR_ARG(e164)));
    rq->param[CALL_SENDER].text = e164;
    return PASS;
}

enum verdict call_check_date(struct rq *rq)
{
    struct call *c = call_of(rq);
    const struct str date = rq_text(rq, CALL_DATE);
    c->send_ms = rq->now_ms;
    if (!given(rq, CALL_DATE))
        return PASS;
    if (!call_date_parse(date, &c->send_ms)) {
        voicepartner_refuse_form(
            rq, STR("scheduledDate must look like 2021-02-02 14:15:00, and no code exists for one "
                    "that does not."));
        return STOP;
    }
    if (c->send_ms < rq->now_ms) {
        const struct str now = civil_paris_sql(rq->arena, rq->now_ms);
        voicepartner_refuse_form(
            rq, arena_printf(rq->arena,
                             "scheduledDate is past: it is already %.*s in Paris, and no code "
                             "exists for that.",
                             STR_ARG(now)));
        return STOP;
    }
    return PASS;
}

enum verdict call_check_destinations(struct rq *rq)
{
    struct call *c = call_of(rq);
    for (size_t i = 0; i < c->n; i++) {
        const struct callee *to = &c->to[i];
        if (to->kind == MSISDN_BAD)
            return refuse(rq, VOICEPARTNER_CAMPAIGN_DESTINATION_INVALID,
                          arena_printf(rq->arena, "\"%.*s\" cannot be read as a phone number.",
                                       STR_ARG(to->raw)));
        if (!call_has_price(to))
            return refuse(
                rq, VOICEPARTNER_CAMPAIGN_DESTINATION_INVALID,
                arena_printf(rq->arena, "There is no voice price for %.*s.", STR_ARG(to->e164)));
    }
    c->cost_e8 = c->price_e8 * (int64_t)c->n;
    return PASS;
}

enum verdict call_check_credit(struct rq *rq)
{
    const int64_t cost_e8 = call_of(rq)->cost_e8;
    if (cost_e8 <= rq->account->balance_e8)
        return PASS;
    const struct str cost = money_short(rq->arena, cost_e8, 3);
    const struct str balance = money_text(rq->arena, rq->account->balance_e8, 3);
    return refuse(rq, VOICEPARTNER_CAMPAIGN_NOT_CREDIT,
                  arena_printf(rq->arena, "This costs %.*s EUR, and the balance is %.*s EUR.",
                               STR_ARG(cost), STR_ARG(balance)));
}
