#ifndef MOCKD_PROVIDERS_MAILPARTNER_MAILPARTNER_H
#define MOCKD_PROVIDERS_MAILPARTNER_MAILPARTNER_H

#include "mockd/core/rq.h"

/* api.mailpartner.fr: the mail host. */
extern const struct provider mailpartner_provider;

#endif
