#ifndef MOCKD_PROVIDERS_SMSPARTNER_VERIFY_H
#define MOCKD_PROVIDERS_SMSPARTNER_VERIFY_H

#include "mockd/core/rq.h"

/* A list as it was given, blanks and all: the numbers of /lookup and /hlr/notify. */
struct tokens {
    struct str *raw;
    size_t n; /* without empty ones at the end */
};

/* Of a comma-separated text or a JSON array. */
struct tokens tokens_read(struct arena *a, struct value v);

static inline const struct tokens *tokens_of(const struct rq *rq)
{
    return rq->work;
}

/* 55, 19 and 50 of the parameter VERIFY_NUMBERS; leaves the tokens in rq->work. */
enum verdict verify_check_numbers(struct rq *rq);

#endif
