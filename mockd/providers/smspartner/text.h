#ifndef MOCKD_PROVIDERS_SMSPARTNER_TEXT_H
#define MOCKD_PROVIDERS_SMSPARTNER_TEXT_H

#include "mockd/base/arena.h"
#include "mockd/domain/gsm.h"

/*
 * From the message of a request to what the recipient reads (smspartner.md 4.2). Safe from any
 * thread.
 */
struct sms_text {
    struct str shown; /* what the recipient reads; lives in the arena */
    enum sms_encoding encoding;
    int units; /* characters as they are counted */
    int parts;
};

/*
 * Puts in line breaks and euro signs for :br: and :euro:, appends the notice (may be absent), and
 * counts. Without `unicode` characters are replaced by the provider's table first, and what the
 * GSM alphabet lacks is dropped.
 */
struct sms_text smspartner_text(struct arena *a,
                                struct str message,
                                struct str notice,
                                bool unicode);

#endif
