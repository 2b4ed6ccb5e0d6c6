#ifndef MOCKD_PROVIDERS_VOICEPARTNER_ENDPOINTS_H
#define MOCKD_PROVIDERS_VOICEPARTNER_ENDPOINTS_H

#include "mockd/core/rq.h"
#include "voicepartner_errors.h"

/* What the endpoint table in voicepartner.c takes from the file of each endpoint. No success body
 * of this host has a "code". */

enum err voicepartner_me(struct rq *rq);

enum err voicepartner_audios(struct rq *rq);

enum { RENAME_TOKEN, RENAME_NAME, RENAME__COUNT };
extern const struct param k_rename_params[RENAME__COUNT];
extern step_fn *const k_rename_checks[];
enum err voicepartner_rename(struct rq *rq);

/* Both kinds of sending; each lacks some. */
enum {
    CALL_NUMBERS,
    CALL_TOKEN,
    CALL_TEXT,
    CALL_LANG,
    CALL_SPEECH_RATE,
    CALL_SENDER,
    CALL_NOTIFY_URL,
    CALL_DATE,
    CALL__COUNT
};
extern const struct param k_campaign_params[CALL__COUNT];
extern step_fn *const k_campaign_checks[];
enum err voicepartner_campaign_send(struct rq *rq);

extern const struct param k_tts_params[CALL__COUNT];
extern step_fn *const k_tts_checks[];
enum err voicepartner_tts_send(struct rq *rq);

enum err voicepartner_cancel(struct rq *rq);

/* ---- answers of more than one endpoint (voicepartner.c) -------------------- */

/* Opens a success; partner_end() closes it. */
void voicepartner_success(struct rq *rq);

/* Answers what breaks the documented form of a field that has no code: HTTP 400 without one. */
enum err voicepartner_refuse_form(struct rq *rq, struct str why);

#endif
