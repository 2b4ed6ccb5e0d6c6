#ifndef MOCKD_PROVIDERS_MAILPARTNER_ENDPOINTS_H
#define MOCKD_PROVIDERS_MAILPARTNER_ENDPOINTS_H

#include "mailpartner_errors.h"
#include "mockd/core/rq.h"

/* A mail credit: what one mail to one recipient costs. */
#define PRICE_MAIL_E8 INT64_C(3800000)

/* What the endpoint table in mailpartner.c takes from the file of each endpoint. */

enum err mailpartner_me(struct rq *rq);

enum { SEND_CONTENT, SEND_TAG, SEND_DATE, SEND_TIME, SEND_MINUTE, SEND_SANDBOX, SEND__COUNT };
extern const struct param k_mail_send_params[SEND__COUNT];
extern step_fn *const k_mail_send_checks[];
enum err mailpartner_send(struct rq *rq);

enum { BATCH_ID, BATCH__COUNT };
extern const struct param k_mail_cancel_params[BATCH__COUNT];
enum err mailpartner_cancel(struct rq *rq);
extern const struct param k_mail_status_params[BATCH__COUNT];
enum err mailpartner_bulk_status(struct rq *rq);

enum { ADD_EMAIL, ADD__COUNT };
extern const struct param k_mail_add_params[ADD__COUNT];
enum err mailpartner_unsubscribe_add(struct rq *rq);
enum err mailpartner_unsubscribe_list(struct rq *rq);
enum { DELETE_ID, DELETE__COUNT };
extern const struct param k_mail_delete_params[DELETE__COUNT];
enum err mailpartner_unsubscribe_delete(struct rq *rq);

#endif
