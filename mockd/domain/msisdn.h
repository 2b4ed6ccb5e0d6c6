#ifndef MOCKD_DOMAIN_MSISDN_H
#define MOCKD_DOMAIN_MSISDN_H

#include <stdbool.h>
#include <stddef.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/* Phone numbers as people write them. Safe from any thread. */

enum msisdn_kind {
    MSISDN_BAD,       /* not a number these rules can read */
    MSISDN_FOREIGN,   /* +<country><number>; whether the country exists is for route_find to say */
    MSISDN_FR_MOBILE, /* +336 or +337 and 8 digits */
    MSISDN_FR_OTHER,  /* any other +33 and 9 digits: a landline, a special number */
};

/*
 * SMS Partner's rules (smspartner.md 4.1): 0XXXXXXXXX, 33XXXXXXXXX and 0033XXXXXXXXX are French;
 * other countries only as +<country><number>, 6 to 15 digits in all. Blanks (also the no-break
 * ones that word processors put in), dots, dashes and parentheses between the digits are ignored,
 * and so is the trunk zero of "+33 (0)6 …".
 *
 * *e164 becomes the number with '+', in the arena; it is untouched for MSISDN_BAD.
 */
enum msisdn_kind msisdn_parse(struct arena *a, struct str raw, struct str *e164);

/* A number of the block +33639980000 to +33639989999 that steers the mock; *last4 is 0 to 9999. */
bool msisdn_fr_fiction(struct str e164, int *last4);

/* Only ASCII digits, min to max of them (both included). */
bool msisdn_is_digits(struct str s, size_t min, size_t max);

#endif
