#ifndef MOCKD_CORE_SERVER_INFO_H
#define MOCKD_CORE_SERVER_INFO_H

#include <stdatomic.h>

#include "mockd/core/catalogue.h"
#include "mockd/core/fields.h"

/*
 * What the admin API may know of the running program and ask of it. Filled by the program before
 * the first request is answered; afterwards only long_calls changes.
 */
struct server {
    struct str version;
    struct str url;         /* "http://127.0.0.1:8080" */
    struct str tls_url;     /* absent: no TLS port */
    struct str admin_token; /* absent: nobody has to show one */
    struct str_list cors_origins;
    int64_t started_ms; /* wall clock */
    bool trust_proxy;   /* X-Forwarded-For is believed */
    const struct catalogue *const *catalogues;
    size_t ncatalogues;

    /* Begins an orderly end and returns at once. */
    void (*request_stop)(void);

    /* Memory of the process; NULL: not known. */
    int64_t (*resident_bytes)(void);

    _Atomic int long_calls; /* held open right now: /__admin/requests/wait */
};

#endif
