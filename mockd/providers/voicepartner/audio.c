#include "mockd/providers/voicepartner/audio.h"

#include "mockd/base/utf8.h"
#include "mockd/domain/civil.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/voicepartner/endpoints.h"

enum {
    SECONDS_MIN = 5,
    SECONDS_SPAN = 86,
    KO_TENTHS_A_SECOND = 149, /* what a second takes on disk */
    KO_TENTHS_A_MO = 10240,
    DAYS_SPAN = 1000,
    DAY_S = 86400,
    NAME_MIN = 3,
    NAME_MAX = 50,
};

/* 2018-04-16 00:00:00 in Paris. */
#define FIRST_DAY_MS INT64_C(1523829600000)

static uint64_t hash(struct str token)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < token.n; i++)
        h = (h ^ (unsigned char)token.p[i]) * UINT64_C(1099511628211);
    return h ^ h >> 32;
}

static struct str size_text(struct arena *a, int64_t ko_tenths)
{
    if (ko_tenths < KO_TENTHS_A_MO)
        return arena_printf(a, "%lld.%lldKo", (long long)ko_tenths / 10, (long long)ko_tenths % 10);
    const int64_t mo_tenths = ko_tenths * 10 / KO_TENTHS_A_MO;
    return arena_printf(a, "%lld.%lldMo", (long long)mo_tenths / 10, (long long)mo_tenths % 10);
}

enum err audio_find(struct rq *rq, struct str token, struct audio *out)
{
    struct arena *a = rq->arena;
    const uint64_t h = hash(token);
    struct str name;
    if (!account_lists(&rq->account->audio_files, token))
        return ERR_NOT_FOUND;
    const enum err e = store_audio_name_get(rq->session->store, a, rq->account->id, token, &name);
    if (e != ERR_OK)
        return e;
    const int64_t seconds = SECONDS_MIN + (int64_t)(h % SECONDS_SPAN);
    *out = (struct audio){
        .token = token,
        .name = name.p ? name : arena_printf(a, "%.*s.wav", STR_ARG(token)),
        .size = size_text(a, seconds * KO_TENTHS_A_SECOND + (int64_t)(h / SECONDS_SPAN % 10)),
        .seconds = seconds,
        .created_ms = FIRST_DAY_MS + (int64_t)(h >> 16) % ((int64_t)DAYS_SPAN * DAY_S) * 1000,
    };
    return ERR_OK;
}

/* ---- GET /audios ----------------------------------------------------------- */

static void write_audio(struct rq *rq, const struct audio *f)
{
    struct out *o = &rq->out;
    const struct str date = civil_paris_sql(rq->arena, f->created_ms);
    out_object_begin(o, STR("data"));
    out_str(o, STR("name"), f->name);
    out_str(o, STR("token"), f->token);
    out_str(o, STR("size"), f->size);
    out_str(o, STR("duration"),
            arena_printf(rq->arena, "%lld:%02lld", (long long)f->seconds / 60,
                         (long long)f->seconds % 60));
    out_object_begin(o, STR("created_at"));
    out_str(o, STR("date"), arena_printf(rq->arena, "%.*s.000000", STR_ARG(date)));
    out_int(o, STR("timezone_type"), 3);
    out_str(o, STR("timezone"), STR("Europe/Paris"));
    out_end(o);
    out_end(o);
}

enum err voicepartner_audios(struct rq *rq)
{
    const struct str_list *tokens = &rq->account->audio_files;
    enum err e = ERR_OK;
    partner_begin(rq);
    out_int(&rq->out, STR("nb_datas"), (int64_t)tokens->n);
    out_array_begin(&rq->out, STR("datas"));
    for (size_t i = 0; i < tokens->n && e == ERR_OK; i++) {
        struct audio f;
        e = audio_find(rq, tokens->v[i], &f);
        if (e == ERR_OK)
            write_audio(rq, &f);
    }
    out_end(&rq->out);
    partner_end(rq);
    return e;
}

/* ---- POST /audio-file/rename -------------------------------------------------- */

const struct param k_rename_params[RENAME__COUNT] = {
    [RENAME_TOKEN] = {.name = STR_INIT("tokenAudio"),
                      .on_missing =
                          &k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_TOKEN_AUDIO_REQUIRED]},
    [RENAME_NAME] = {.name = STR_INIT("filename")},
};

static enum verdict check_token(struct rq *rq)
{
    if (account_lists(&rq->account->audio_files, rq_text(rq, RENAME_TOKEN)))
        return PASS;
    return rq_stop(rq, &k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_AUDIO_FILE_NOT_FOUND]);
}

static enum verdict check_name(struct rq *rq)
{
    struct str rest = rq_text(rq, RENAME_NAME);
    uint32_t cp;
    size_t characters = 0;
    while (utf8_next(&rest, &cp))
        characters++;
    if (characters >= NAME_MIN && characters <= NAME_MAX)
        return PASS;
    voicepartner_refuse_form(
        rq, arena_printf(rq->arena, "filename has %zu characters; it takes 3 to 50.", characters));
    return STOP;
}

step_fn *const k_rename_checks[] = {check_token, check_name, NULL};

enum err voicepartner_rename(struct rq *rq)
{
    const struct str token = rq_text(rq, RENAME_TOKEN);
    const struct str name = rq_text(rq, RENAME_NAME);
    const enum err e = store_audio_name_set(rq->session->store, rq->account->id, token, name);
    if (e != ERR_OK)
        return e;
    voicepartner_success(rq);
    out_str(&rq->out, STR("filename"), name);
    out_str(&rq->out, STR("tokenAudio"), token);
    partner_end(rq);
    return ERR_OK;
}
