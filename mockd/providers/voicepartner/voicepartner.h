#ifndef MOCKD_PROVIDERS_VOICEPARTNER_VOICEPARTNER_H
#define MOCKD_PROVIDERS_VOICEPARTNER_VOICEPARTNER_H

#include "mockd/core/rq.h"

/* api.voicepartner.fr: the voice host. */
extern const struct provider voicepartner_provider;

#endif
