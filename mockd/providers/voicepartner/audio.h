#ifndef MOCKD_PROVIDERS_VOICEPARTNER_AUDIO_H
#define MOCKD_PROVIDERS_VOICEPARTNER_AUDIO_H

#include "mockd/core/rq.h"

/*
 * Audio files are made in the web console only, so the mock has no sound: an account lists tokens,
 * and whatever else a file has is drawn from its token, the same in every run. Only its name can
 * change.
 */
struct audio {
    struct str token;
    struct str name;
    struct str size; /* "104.5Ko" */
    int64_t seconds;
    int64_t created_ms;
};

/* ERR_NOT_FOUND: the account has no such file. */
enum err audio_find(struct rq *rq, struct str token, struct audio *out);

#endif
