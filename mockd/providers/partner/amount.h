#ifndef MOCKD_PROVIDERS_PARTNER_AMOUNT_H
#define MOCKD_PROVIDERS_PARTNER_AMOUNT_H

#include "mockd/base/str.h"

/*
 * EUR as a request gives them: decimal digits with at most one point or nothing behind it. Places
 * beyond 1e-8 are dropped, and what is more than any balance comes out as such. False for anything
 * else, so also for a sign; *e8 is then untouched.
 */
bool partner_amount(struct str text, int64_t *e8);

/* The page of a list: from 1, which is also what a missing or unreadable one means. */
int64_t partner_page(struct str text);

#endif
