#ifndef MOCKD_PROVIDERS_SMSPARTNER_GROUP_H
#define MOCKD_PROVIDERS_SMSPARTNER_GROUP_H

#include "mockd/core/rq.h"

/* Leaves the account's group with that id in *out; refuses with 404 when it has none. */
enum verdict group_check(struct rq *rq, struct str id, struct contact_group *out);

/* "2020-10-02T16:40:05+02:00" */
struct str group_date(struct arena *a, int64_t ms);

#endif
