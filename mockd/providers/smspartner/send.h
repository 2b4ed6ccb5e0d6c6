#ifndef MOCKD_PROVIDERS_SMSPARTNER_SEND_H
#define MOCKD_PROVIDERS_SMSPARTNER_SEND_H

#include "mockd/domain/msisdn.h"
#include "mockd/domain/routes.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/schedule.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/text.h"

/* One /v1/send on its way: read once, then judged by one check after the other. */
struct recipient {
    struct str raw;  /* as given */
    struct str e164; /* absent when it cannot be read */
    enum msisdn_kind kind;
    const struct route *route; /* NULL when no country has the prefix */
};

struct send {
    struct recipient *to; /* who is left */
    size_t n;
    size_t asked; /* how many the request named */
    struct partner_when when;
    bool low_cost, sandbox;
    struct sms_text text;
    int64_t send_ms;
    bool later; /* scheduled, or paused until marketing may be sent */
    int64_t cost_e8;
    enum err failed; /* a check could not do its work */
};

static inline struct send *send_of(const struct rq *rq)
{
    return rq->work;
}

/* Price of one part to a recipient; ROUTE_NO_PRICE when there is none. */
int64_t send_price(const struct send *s, const struct recipient *r);

/* ---- the checks, in the order in which they run ---------------------------- */

enum verdict send_check_recipients(struct rq *rq); /* 55, 50 */

/* Every violation at once: a code of its own when there is one, else code 9 (send_fields.c). */
enum verdict send_check_fields(struct rq *rq);

/* One code each, the first hit is the answer (send_rules.c). */
enum verdict send_check_registered(struct rq *rq);   /* 992 */
enum verdict send_check_hour(struct rq *rq);         /* 22 */
enum verdict send_check_day(struct rq *rq);          /* 23 */
enum verdict send_check_twice(struct rq *rq);        /* 15 */
enum verdict send_check_stopped(struct rq *rq);      /* 14, 55 */
enum verdict send_check_range(struct rq *rq);        /* 51 */
enum verdict send_check_range_length(struct rq *rq); /* 42 */
enum verdict send_check_length(struct rq *rq);       /* 52 */
enum verdict send_check_prices(struct rq *rq);       /* 13 */
enum verdict send_check_credit(struct rq *rq);       /* 11 */
enum verdict send_check_queue(struct rq *rq);        /* 500 */

#endif
