#ifndef MOCKD_PROVIDERS_PARTNER_NUMBERS_H
#define MOCKD_PROVIDERS_PARTNER_NUMBERS_H

#include "mockd/http/decode.h"

enum { PARTNER_NUMBERS_MAX = 500 };

/* A list of phone numbers as a request gave it. */
struct partner_numbers {
    struct str *raw; /* without blanks around; the first PARTNER_NUMBERS_MAX */
    size_t n;
    size_t total; /* how many there were */
    size_t empty; /* entries with nothing in them: "a,,b" has one */
};

/*
 * Reads a comma-separated text, or a JSON array of texts, which in a query string may also stand as
 * its text: ["+336…"]. An entry that is no scalar comes out as its JSON.
 */
struct partner_numbers partner_numbers(struct arena *a, struct value v);

/*
 * The array or object that a value is, or that stands as its text in a query string or a form. NULL
 * when it is neither.
 */
const struct cJSON *partner_nested(struct arena *a, struct value v);

#endif
