#ifndef MOCKD_DOMAIN_MONEY_H
#define MOCKD_DOMAIN_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/*
 * Money is a whole number of 1e-8 EUR (suffix _e8): the finest step either provider shows, so
 * prices add up exactly. Nothing here uses floating point. Safe from any thread.
 */
#define MONEY_EUR INT64_C(100000000)

/*
 * Decimal text with exactly `decimals` places (0 to 8), rounded half away from zero:
 * "10225.119", "15.53590000". What rounds to zero has no sign. Lives in the arena.
 */
struct str money_text(struct arena *a, int64_t e8, int decimals);

/* The same without zeros at the end, and without the point when nothing follows it: "0.04", "0". */
struct str money_short(struct arena *a, int64_t e8, int decimals);

/*
 * Reads `-?digits(.digits)?` with at most 10 digits before the point and 8 after. Anything else
 * (blanks, '+', exponent, ".5", "5.") is false, with *e8 untouched.
 */
bool money_parse(struct str s, int64_t *e8);

#endif
