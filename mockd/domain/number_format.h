#ifndef MOCKD_DOMAIN_NUMBER_FORMAT_H
#define MOCKD_DOMAIN_NUMBER_FORMAT_H

#include <stdbool.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/*
 * How numbers are written in the countries that users of a French provider meet, and which of them
 * are mobiles: number_formats.def. Other countries have one form only, whole, and count as mobile.
 * Safe from any thread.
 */
struct number_format {
    struct str international; /* "+33 6 39 98 01 00" */
    struct str national;      /* "06 39 98 01 00" */
    struct str rfc3966;       /* "tel:+33-6-39-98-01-00" */
    bool mobile;
};

/* False when the country is in the table and has no such number, by its length or its first digits;
 * *out is then untouched. e164 has its '+'. */
bool number_format(struct arena *a, struct str e164, struct number_format *out);

#endif
