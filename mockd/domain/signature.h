#ifndef MOCKD_DOMAIN_SIGNATURE_H
#define MOCKD_DOMAIN_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/*
 * Nexmo's signed parameters (nexmo.md section 11), the same for a request that arrives and for a
 * webhook that leaves. Safe from any thread.
 */

/* MD5HASH is MD5(text + secret) in lower case; the others are an HMAC in upper case. */
enum signature_method {
    SIGNATURE_MD5HASH,
    SIGNATURE_MD5,
    SIGNATURE_SHA1,
    SIGNATURE_SHA256,
    SIGNATURE_SHA512,
};

/* Decoded UTF-8, as the other side meant it: no percent-encoding. Absent counts as empty. */
struct sig_param {
    struct str name, value;
};

/*
 * The signature of the parameters, in the case that the method emits; lives in the arena. `sig`
 * and `api_secret` are left out; the order of the others does not matter (but for equal names,
 * which keep theirs). An empty value is signed as "&name=": a webhook should not carry one.
 */
struct str signature_make(struct arena *a,
                          enum signature_method method,
                          struct str secret,
                          const struct sig_param *params,
                          size_t n);

/*
 * Whether `sig` is the signature of the parameters. Upper and lower case count alike; the time it
 * takes does not tell how much of it was right.
 */
bool signature_matches(struct arena *a,
                       enum signature_method method,
                       struct str secret,
                       const struct sig_param *params,
                       size_t n,
                       struct str sig);

/* "md5hash", "md5", "sha1", "sha256", "sha512". *out is untouched for another name. */
bool signature_method_from(struct str name, enum signature_method *out);
struct str signature_method_name(enum signature_method method);

#endif
