#ifndef MOCKD_PROVIDERS_SMSPARTNER_ENDPOINTS_H
#define MOCKD_PROVIDERS_SMSPARTNER_ENDPOINTS_H

#include "mockd/core/rq.h"
#include "smspartner_errors.h"

/* What the endpoint table in smspartner.c takes from the file of each endpoint. */

enum err smspartner_me(struct rq *rq);

enum {
    SEND_NUMBERS,
    SEND_MESSAGE,
    SEND_RANGE,
    SEND_SENDER,
    SEND_TAG,
    SEND_DATE,
    SEND_TIME,
    SEND_MINUTE,
    SEND_URL_RESPONSE,
    SEND_URL_DLR,
    SEND_STOP_NOTICE,
    SEND_UNICODE,
    SEND_SANDBOX,
    SEND__COUNT
};
extern const struct param k_send_params[SEND__COUNT];
extern step_fn *const k_send_checks[];
enum err smspartner_send(struct rq *rq);

enum { CANCEL_ID, CANCEL_NUMBER, CANCEL_NUMBERS, CANCEL__COUNT };
extern const struct param k_cancel_params[CANCEL__COUNT];
extern step_fn *const k_cancel_checks[];
enum err smspartner_cancel(struct rq *rq);

enum { STATUS_NUMBER, STATUS_ID, STATUS__COUNT };
extern const struct param k_status_params[STATUS__COUNT];
extern step_fn *const k_status_checks[];
enum err smspartner_status(struct rq *rq);

/* ---- answers of more than one endpoint (smspartner.c) -------------------- */

/* A refusal whose wire text names something of this request. */
enum err smspartner_refuse_text(struct rq *rq,
                                const struct catalogue_entry *e,
                                struct str text,
                                struct str why);

/* A refusal with the numbers it is about, in an array after the message. */
enum err smspartner_refuse_numbers(struct rq *rq,
                                   const struct catalogue_entry *e,
                                   const struct str *numbers,
                                   size_t n,
                                   struct str why);

/* One element of a code 9 list. */
struct violation {
    struct str element;                     /* "children[message].data" */
    struct str message;                     /* as the list words it */
    struct str why;                         /* what is wrong, for people */
    const struct catalogue_entry *alone;    /* the code when nothing else is wrong; NULL: a list */
    const struct catalogue_entry *in_table; /* the same for validation_errors=table */
};

/* Code 9 with its list. */
enum err smspartner_refuse_list(struct rq *rq, const struct violation *v, size_t n, struct str why);

#endif
