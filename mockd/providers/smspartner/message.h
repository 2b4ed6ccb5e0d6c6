#ifndef MOCKD_PROVIDERS_SMSPARTNER_MESSAGE_H
#define MOCKD_PROVIDERS_SMSPARTNER_MESSAGE_H

#include "mockd/core/rq.h"

/* Prices that /me counts credits by (smspartner.md 4.3); the ECO price is the same everywhere. */
#define PRICE_PREMIUM_E8  INT64_C(3800000)
#define PRICE_LOW_COST_E8 INT64_C(2300000)
#define PRICE_HLR_E8      INT64_C(500000)

/* Wherever it goes. */
#define PRICE_RCS_E8 INT64_C(12000000)

/* A messageId as it may be written: digits. */
bool smspartner_id_good(struct str id);

/*
 * The rows of one request of this account by its message id, one a recipient, in the request's
 * order. None (*n == 0) when there is no such request, it is another account's, or it was a sandbox
 * one and a 04:00 has passed since.
 */
enum err smspartner_message_find(struct rq *rq, struct str id, struct message **out, size_t *n);

/* The row of that request for one number (E.164), without reading the others; ERR_NOT_FOUND. */
enum err smspartner_message_one(struct rq *rq,
                                struct str id,
                                struct str number,
                                struct message *out);

/* The row for that number (E.164); NULL when there is none. */
struct message *smspartner_message_to(struct message *rows, size_t n, struct str number);

#endif
