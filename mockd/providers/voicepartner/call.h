#ifndef MOCKD_PROVIDERS_VOICEPARTNER_CALL_H
#define MOCKD_PROVIDERS_VOICEPARTNER_CALL_H

#include "mockd/domain/msisdn.h"
#include "mockd/domain/routes.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/voicepartner/audio.h"
#include "mockd/providers/voicepartner/endpoints.h"

/* A deposit on a voicemail; a vocal SMS for every 30 s begun. The same wherever there is a price.
 */
#define PRICE_DEPOSIT_E8  INT64_C(15000000)
#define PRICE_TTS_STEP_E8 INT64_C(10000000)
enum { TTS_STEP_S = 30 };

struct callee {
    struct str raw;  /* as given */
    struct str e164; /* absent when it cannot be read */
    enum msisdn_kind kind;
    const struct route *route; /* NULL when no country has the prefix */
};

/* One sending on its way: read once, then judged by one check after the other. */
struct call {
    struct callee *to;
    size_t n;
    bool spoken;        /* a vocal SMS */
    struct audio audio; /* when a tokenAudio was given */
    struct str content; /* the text, else the token */
    int64_t tenths;     /* of a second: how long one vocal SMS lasts */
    int64_t steps;      /* how often the price is paid for one number */
    int64_t price_e8;   /* for one number */
    int64_t cost_e8;
    int64_t send_ms;
};

static inline struct call *call_of(const struct rq *rq)
{
    return rq->work;
}

/* A French special-rate number, or a country without a voice price. */
bool call_has_price(const struct callee *to);

/* How long a text takes to say, in tenths of a second; rate_e8 is the speech rate, 1e8 for 1. */
int64_t call_speech_tenths(struct str text, int64_t rate_e8);

/* "2021-02-02 14:15:00", also with a T and without seconds; Paris time. */
bool call_date_parse(struct str s, int64_t *ms);

/* ---- the checks, in the order in which they run ---------------------------- */

enum verdict call_check_numbers(struct rq *rq); /* PHONE_NUMBER_SIZE_ERROR and _REQUIRED */
enum verdict call_check_audio(struct rq *rq);   /* TOKEN_AUDIO_REQUIRED, AUDIO_FILE_NOT_FOUND */
enum verdict call_check_speech(struct rq *rq);  /* the same, where a text will do too */
enum verdict call_check_url(struct rq *rq);     /* NOTIFY_URL_INVALID */
enum verdict call_check_sender(struct rq *rq);  /* SENDER_INVALID, SENDER_NOT_AUTHORIZED */
enum verdict call_check_date(struct rq *rq);    /* no code */
enum verdict call_check_destinations(struct rq *rq); /* DESTINATION_INVALID */
enum verdict call_check_credit(struct rq *rq);       /* NOT_CREDIT */

#endif
