#ifndef MOCKD_PROVIDERS_MAILPARTNER_SEND_H
#define MOCKD_PROVIDERS_MAILPARTNER_SEND_H

#include "mockd/providers/mailpartner/address.h"
#include "mockd/providers/mailpartner/endpoints.h"
#include "mockd/providers/partner/schedule.h"

enum { RECIPIENTS_MAX = 500, ATTACHMENTS_MAX = 3 };

struct attachment {
    struct str content, url, type, name;
};

/* One /v1/send on its way: read once, then judged by one check after the other. */
struct mail {
    struct person *to; /* who is left */
    size_t n;
    bool has_from, has_reply;
    struct person from, reply;
    struct attachment attachment[ATTACHMENTS_MAX];
    size_t nattachments;
    struct partner_when when;
    int64_t send_ms;
    bool later; /* scheduled, or paused until marketing may be sent */
    bool sandbox;
    int64_t cost_e8;
    enum err failed; /* a check could not do its work */
};

static inline struct mail *mail_of(const struct rq *rq)
{
    return rq->work;
}

/* ---- the checks, in the order in which they run ---------------------------- */

enum verdict mail_check_content(struct rq *rq);      /* 2 */
enum verdict mail_check_recipients(struct rq *rq);   /* 22, 50, 17 */
enum verdict mail_check_people(struct rq *rq);       /* 18, 19, 21 */
enum verdict mail_check_twice(struct rq *rq);        /* 15 */
enum verdict mail_check_from(struct rq *rq);         /* 4, 5 */
enum verdict mail_check_reply(struct rq *rq);        /* 23, 24, 25 */
enum verdict mail_check_attachments(struct rq *rq);  /* 8, 9, 16 */
enum verdict mail_check_when(struct rq *rq);         /* 45, 49, 46, 47, 48 */
enum verdict mail_check_unsubscribed(struct rq *rq); /* 14 */
enum verdict mail_check_credit(struct rq *rq);       /* 55, 11 */
enum verdict mail_check_queue(struct rq *rq);        /* 500 */

#endif
