#ifndef MOCKD_PROVIDERS_NEXMO_ANSWER_H
#define MOCKD_PROVIDERS_NEXMO_ANSWER_H

#include "mockd/core/rq.h"
#include "mockd/store/store.h"

/* The answer of an accepted message, one entry a part. balance_e8 is what is left after it. */
void nexmo_accept(struct rq *rq, const struct message *m, int64_t balance_e8);

/* The pipeline's calls, see struct provider. */
void nexmo_refuse(struct rq *rq, const struct catalogue_entry *e);
void nexmo_miss(struct rq *rq, enum miss why);
void nexmo_unreadable(struct rq *rq, int status);
void nexmo_headers(struct rq *rq);

/* The id of a message's first part, as its client was told it. */
struct str nexmo_message_id(const struct rq *rq, const struct message *m);

/* Decimal digits. */
struct str nexmo_digits(struct arena *a, int64_t v);

#endif
