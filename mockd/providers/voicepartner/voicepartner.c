#include "mockd/providers/voicepartner/voicepartner.h"

#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/voicepartner/endpoints.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS };

/* ---- a request ------------------------------------------------------------- */

/* What stands in the holes of the path is an input under the hole's name, and the strongest. */
static void take_path(struct rq *rq)
{
    struct str rest = rq->endpoint->path;
    struct str segment;
    size_t holes = 0;
    while (str_split(&rest, '/', &segment)) {
        if (segment.n < 2 || segment.p[0] != '{')
            continue;
        const struct str name = {segment.p + 1, segment.n - 2};
        decode_one(rq->arena, &rq->in, name, rq->path_arg[holes++]);
    }
}

static void decode(struct rq *rq)
{
    if (rq->method == METHOD_DELETE) /* a body is not looked at */
        decode_pairs(rq->arena, &rq->in, rq->query);
    else
        partner_decode(rq);
    if (rq->endpoint)
        take_path(rq);
}

/* Cancelling has its own code for a key that does not fit. */
static enum verdict gate_key(struct rq *rq)
{
    if (!str_eq(rq->endpoint->group, STR("cancel")))
        return partner_gate_key(rq);
    const enum partner_key found = partner_key(rq);
    if (found == PARTNER_KEY_GOOD)
        return PASS;
    return found == PARTNER_KEY_ANSWERED
               ? STOP
               : rq_stop(rq, &k_voicepartner_errors[VOICEPARTNER_CANCEL_401]);
}

static struct str message_id(const struct rq *rq, const struct message *m)
{
    return partner_id(rq->arena, rq->session, PARTNER_ID_CAMPAIGN, m->batch);
}

/* ---- answers ---------------------------------------------------------------- */

void voicepartner_success(struct rq *rq)
{
    partner_begin(rq);
    out_bool(&rq->out, STR("success"), true);
}

enum err voicepartner_refuse_form(struct rq *rq, struct str why)
{
    rq_restart(rq);
    rq->why = why;
    partner_unreadable(rq, 400);
    return ERR_OK;
}

/* ---- the provider ----------------------------------------------------------- */

static const struct rate_limit k_me_limits[] = {{5, MINUTE_MS}, {0}};
static const struct rate_limit k_campaign_limits[] = {{5, MINUTE_MS}, {2000, HOUR_MS}, {0}};
static const struct rate_limit k_tts_limits[] = {{2000, HOUR_MS}, {0}};

static const struct gate k_gates[] = {
    {PARTNER_FORCED, gate_forced_by_header},
    {PARTNER_BODY, partner_gate_body},
    {PARTNER_KEY, gate_key},
    {PARTNER_STATE, partner_gate_state},
    {PARTNER_ADDRESS, partner_gate_address},
    {PARTNER_NUMBER, partner_gate_number},
    {PARTNER_RATE, partner_gate_rate},
};

#define ME                                                                                         \
    .method = METHOD_GET, .group = STR_INIT("common"), .limits = k_me_limits,                      \
    .handle = voicepartner_me
#define AUDIOS .method = METHOD_GET, .group = STR_INIT("common"), .handle = voicepartner_audios
#define CANCEL                                                                                     \
    .method = METHOD_DELETE, .group = STR_INIT("cancel"), .group_else = STR_INIT("common"),        \
    .handle = voicepartner_cancel

/* The key stands in the path; the bare paths take it from the query. */
static const struct endpoint k_endpoints[] = {
    {ME, .path = STR_INIT("/v1/me/{apiKey}"),
     .summary = STR_INIT("The account's credit and what it is enough for")},
    {ME, .path = STR_INIT("/v1/me"), .summary = STR_INIT("The same with the key in the query")},
    {AUDIOS, .path = STR_INIT("/v1/audios/{apiKey}"),
     .summary = STR_INIT("The account's audio files")},
    {AUDIOS, .path = STR_INIT("/v1/audios"),
     .summary = STR_INIT("The same with the key in the query")},
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/audio-file/rename"),
     .group = STR_INIT("campaign"),
     .group_else = STR_INIT("common"),
     .params = k_rename_params,
     .nparams = RENAME__COUNT,
     .checks = k_rename_checks,
     .handle = voicepartner_rename,
     .summary = STR_INIT("Give an audio file another name")},
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/campaign/send"),
     .group = STR_INIT("campaign"),
     .group_else = STR_INIT("common"),
     .limits = k_campaign_limits,
     .params = k_campaign_params,
     .nparams = CALL__COUNT,
     .checks = k_campaign_checks,
     .handle = voicepartner_campaign_send,
     .summary = STR_INIT("Leave an audio file on up to 500 voicemails")},
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/tts/send"),
     .group = STR_INIT("campaign"),
     .group_else = STR_INIT("common"),
     .limits = k_tts_limits,
     .params = k_tts_params,
     .nparams = CALL__COUNT,
     .checks = k_tts_checks,
     .handle = voicepartner_tts_send,
     .summary = STR_INIT("Call up to 500 numbers and read a text out")},
    {CANCEL, .path = STR_INIT("/v1/campaign/cancel/{apiKey}/{campaignId}"),
     .summary = STR_INIT("Take back a campaign that has not started yet")},
    {CANCEL, .path = STR_INIT("/v1/campaign/cancel/{campaignId}"),
     .summary = STR_INIT("The same with the key in the query")},
};

static const struct str k_hosts[] = {STR_INIT("api.voicepartner.fr")};

const struct provider voicepartner_provider = {
    .name = STR_INIT("voicepartner"),
    .id = PROVIDER_VOICEPARTNER,
    .prefix = STR_INIT("/voicepartner"),
    .hosts = k_hosts,
    .nhosts = sizeof(k_hosts) / sizeof(k_hosts[0]),
    .endpoints = k_endpoints,
    .nendpoints = sizeof(k_endpoints) / sizeof(k_endpoints[0]),
    .catalogue = &voicepartner_catalogue,
    .gates = k_gates,
    .ngates = sizeof(k_gates) / sizeof(k_gates[0]),
    .max_body = 1 << 20,
    .journalled = true,
    .decode = decode,
    .format = partner_format,
    .refuse = partner_refuse,
    .miss = partner_miss,
    .unreadable = partner_unreadable,
    .recipient = partner_recipient,
    .message_id = message_id,
};
