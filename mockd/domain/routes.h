#ifndef MOCKD_DOMAIN_ROUTES_H
#define MOCKD_DOMAIN_ROUTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mockd/base/str.h"

/*
 * Where a message can go: one row a country, constant, with what either provider charges for it.
 * Prices are in 1e-8 EUR (see money.h). France, Morocco and the countries of nexmo.md 7.4 have the
 * documented prices; the others are plausible inventions. Rows live for ever; safe from any thread.
 */
enum { ROUTE_NO_PRICE = -1 };

struct route {
    struct str prefix;     /* calling code: "33"; "1" for all of North America */
    struct str iso2;       /* ISO 3166-1 alpha-2; "XK" for Kosovo */
    struct str country;    /* English name */
    struct str mccs;       /* mobile country codes, separated by one blank; may be empty */
    struct str network;    /* MCCMNC a mobile belongs to unless told otherwise; may be empty */
    int64_t nexmo_e8;      /* per part */
    int64_t smspartner_e8; /* per Premium part, or ROUTE_NO_PRICE */
    int64_t hlr_e8;        /* per lookup, or ROUTE_NO_PRICE */
    bool voice;            /* voice messages have a price there */
    bool nanp;             /* +1 US or CA: only an owned long number or short code may send */
    bool registered_senders_only;
};

/*
 * The row with the longest prefix of the number (digits without '+'): +1 is divided by area code,
 * and a few other calling codes are shared. NULL when nobody is assigned that prefix ("0…", "210",
 * "999"). The number itself is not checked: a bare calling code is enough.
 */
const struct route *route_find(struct str digits);

/* By alpha-2 code, upper case. NULL when there is none. */
const struct route *route_by_iso2(struct str iso2);

/* The i-th row, in alphabetical order of the alpha-2 code; NULL past the end. */
const struct route *route_at(size_t i);

/* The network's first three digits are one of the country's mobile country codes. */
bool route_has_mcc(const struct route *r, struct str mccmnc);

/* A mobile network that exists, by its 5 or 6 digits. */
bool network_known(struct str mccmnc);

/* The operator's name ("Orange"), absent when the network is not known. */
struct str network_name(struct str mccmnc);

#endif
