#ifndef CLIENTS_LIB_HTTPC_H
#define CLIENTS_LIB_HTTPC_H

#include "clients/lib/httpmsg.h"

/*
 * A client for well-formed requests (libcurl), HTTP/1.1 with keep-alive: one httpc is one
 * connection as long as the server keeps it. No proxy, no redirect is followed, nothing is added
 * to a request but Host, User-Agent, Accept and what its framing needs. One thread at a time.
 */
struct httpc;

struct http_request {
    struct str method;
    struct str url; /* sent as it stands: no dots removed, nothing encoded */
    /* A value that is absent takes a header away that would be sent by itself. */
    const struct http_header *headers;
    size_t nheaders;
    struct str body;    /* absent: none, and no Content-Length */
    struct str ca_file; /* for https */
    int64_t timeout_ms; /* from connect to the last byte; 0 for 15 s */
};

/* Why there was no whole answer. */
enum httpc_failure {
    HTTPC_OK,
    HTTPC_REFUSED,   /* nothing listens, or no such host */
    HTTPC_EMPTY,     /* the connection was closed with nothing said */
    HTTPC_RESET,     /* ... was reset */
    HTTPC_TRUNCATED, /* ... ended inside the answer */
    HTTPC_TIMEOUT,
    HTTPC_TLS,
    HTTPC_MALFORMED, /* no HTTP */
    HTTPC_OTHER
};

const char *httpc_failure_name(enum httpc_failure f);

/* Once in a program, before threads. */
void httpc_setup(void);

/* The client lives in the arena; httpc_close() must come before the arena goes. */
struct httpc *httpc_open(struct arena *a);
void httpc_close(struct httpc *c);

/*
 * Sends and waits. The answer lives in `a`; what came before a failure is in it too. *detail, on
 * failure, is a sentence for people.
 */
enum httpc_failure httpc_send(struct httpc *c,
                              struct arena *a,
                              const struct http_request *request,
                              struct http_answer *answer,
                              struct str *detail);

#endif
