#ifndef MOCKD_PROVIDERS_SMSPARTNER_SEND_H
#define MOCKD_PROVIDERS_SMSPARTNER_SEND_H

#include "mockd/domain/msisdn.h"
#include "mockd/domain/routes.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/schedule.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/text.h"

/* One request to send on its way: read once, then judged by one check after the other. */
struct recipient {
    struct str raw;  /* as given */
    struct str e164; /* absent when it cannot be read */
    enum msisdn_kind kind;
    const struct route *route;   /* NULL when no country has the prefix */
    const struct sms_text *text; /* what goes to it */
    int64_t cost_e8;
};

struct send {
    struct recipient *to; /* who is left */
    size_t n;
    size_t asked; /* how many the request named */
    struct partner_when when;
    enum message_kind kind;
    bool low_cost, sandbox;
    struct sms_text text; /* one for all, but on /bulk-send */
    int64_t send_ms;
    bool later; /* scheduled, or paused until marketing may be sent */
    int64_t cost_e8;
    enum err failed; /* a check could not do its work */

    struct bulk_entry *entries; /* /bulk-send: as the request has them */
    size_t nentries;
};

static inline struct send *send_of(const struct rq *rq)
{
    return rq->work;
}

/* Price of one part to a recipient; ROUTE_NO_PRICE when there is none. */
int64_t send_price(const struct send *s, const struct recipient *r);

/* Why the low-cost range, which was asked for, cannot be had; absent when it can. */
struct str send_range_bar(struct rq *rq, const struct recipient *r);

enum { PARTS_MAX = 10 };

/* ---- reading ---------------------------------------------------------------- */

/* What the request says about all its recipients; leaves it in rq->work. */
struct send *send_read(struct rq *rq);

struct recipient send_read_recipient(struct rq *rq, struct str raw);

/* A message as it is sent: converted, with the STOP notice where it must be, counted. */
struct sms_text send_read_text(struct rq *rq, const struct send *s, struct str message);

/* ---- sending ---------------------------------------------------------------- */

/* Keeps one message a recipient and charges for them; *id is the request's message id. */
enum err send_keep(struct rq *rq, const struct send *s, int64_t *id);

/* All parts of all recipients. */
int64_t send_parts(const struct send *s);

/* ---- rich content (rcs.c) ------------------------------------------------ */

enum { RCS_SUGGESTIONS_MAX = 4 };

/* What is wrong with it; absent when nothing is. */
struct str rcs_content_bar(struct rq *rq, struct value content);

/* ---- the checks, in the order in which they run ---------------------------- */

enum verdict send_check_recipients(struct rq *rq); /* 55, 50 */

/* Every violation at once: a code of its own when there is one, else code 9 (send_fields.c). */
enum verdict send_check_fields(struct rq *rq);        /* /send */
enum verdict send_check_bulk_fields(struct rq *rq);   /* without those that each entry has */
enum verdict send_check_vn_fields(struct rq *rq);     /* the sender is an own number */
enum verdict send_check_survey_fields(struct rq *rq); /* neither text nor sender */
enum verdict send_check_rcs_fields(struct rq *rq);    /* rich content, no sender */

/* "This phone number is not valid (922264)" */
struct str send_bad_number_text(struct rq *rq, struct str raw);

/* One code each, the first hit is the answer (send_rules.c). */
enum verdict send_check_registered(struct rq *rq);   /* 992 */
enum verdict send_check_hour(struct rq *rq);         /* 22 */
enum verdict send_check_day(struct rq *rq);          /* 23 */
enum verdict send_check_twice(struct rq *rq);        /* 15 */
enum verdict send_check_stopped(struct rq *rq);      /* 14, 55 */
enum verdict send_drop_twice(struct rq *rq);         /* none: each number stays once */
enum verdict send_check_range(struct rq *rq);        /* 51 */
enum verdict send_check_range_length(struct rq *rq); /* 42 */
enum verdict send_check_length(struct rq *rq);       /* 52 */
enum verdict send_check_prices(struct rq *rq);       /* 13 */
enum verdict send_check_credit(struct rq *rq);       /* 11 */
enum verdict send_check_queue(struct rq *rq);        /* 500 */

#endif
