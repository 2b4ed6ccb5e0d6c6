#ifndef MOCKD_PROVIDERS_MAILPARTNER_ADDRESS_H
#define MOCKD_PROVIDERS_MAILPARTNER_ADDRESS_H

#include "mockd/core/rq.h"

/* Who a mail is to, from, or to be answered to: {"email", "name"}. */
struct person {
    struct str email; /* without blanks around; empty when it has none */
    bool nameless;    /* a name is there, and is empty */
};

struct person person_read(struct arena *a, const struct cJSON *object);

/* A field of /send, which may stand inside "params" or beside it; the one inside wins. Absent when
 * it is null. */
struct value mail_field(const struct rq *rq, struct str name);

/* The recipients as the request lists them; NULL: no list. */
const struct cJSON *mail_recipients(const struct rq *rq);

#endif
