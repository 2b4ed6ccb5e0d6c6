#ifndef MOCKD_PROVIDERS_NEXMO_NEXMO_H
#define MOCKD_PROVIDERS_NEXMO_NEXMO_H

#include "mockd/core/rq.h"

/* Nexmo (Vonage) SMS API: /sms/json and /sms/xml. */
extern const struct provider nexmo_provider;

#endif
