#ifndef MOCKD_PROVIDERS_SMSPARTNER_SMSPARTNER_H
#define MOCKD_PROVIDERS_SMSPARTNER_SMSPARTNER_H

#include "mockd/core/rq.h"

/* api.smspartner.fr: the SMS host. */
extern const struct provider smspartner_provider;

#endif
