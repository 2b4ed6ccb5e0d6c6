#ifndef MOCKD_PROVIDERS_PARTNER_BATCH_H
#define MOCKD_PROVIDERS_PARTNER_BATCH_H

#include "mockd/core/rq.h"

/* The messages of one request: found again, judged, taken back. */

/*
 * The rows of the request with that batch number, one a recipient, in the request's order. None
 * (*n == 0) when there is no such request on this host, it is another account's, or it was a
 * sandbox one and a 04:00 (Paris) has passed since.
 */
enum err partner_batch(struct rq *rq, int64_t batch, struct message **out, size_t *n);

/* The one of them that went to this recipient, without reading the others; ERR_NOT_FOUND. */
enum err partner_batch_to(struct rq *rq, int64_t batch, struct str recipient, struct message *out);

/* Sandbox messages are removed every day at 04:00, Paris time: the latest such instant. */
int64_t partner_sandbox_since_ms(int64_t now_ms);

/* What forbids to take the rows back now, the first in this order. */
enum partner_bar {
    PARTNER_BAR_NONE,
    PARTNER_BAR_CANCELLED, /* all of them were, before */
    PARTNER_BAR_SENT,
    PARTNER_BAR_LATE, /* less than five minutes to go */
};
enum partner_bar partner_bar(const struct message *rows, size_t n, int64_t now_ms);

/* Takes back the rows that were not before, with their refunds: *refund_e8 in all. */
enum err partner_take_back(struct rq *rq, struct message *rows, size_t n, int64_t *refund_e8);

/* "Delivered", "Not delivered", "Waiting", "ko": the status endpoints' words. */
struct str partner_status_word(const struct message *m, int64_t now_ms);

/* When it became so; the sending time while it waits. */
int64_t partner_status_ms(const struct message *m, int64_t now_ms);

#endif
