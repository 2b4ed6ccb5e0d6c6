#ifndef MOCKD_CORE_RQ_H
#define MOCKD_CORE_RQ_H

#include "mockd/base/arena.h"
#include "mockd/base/err.h"
#include "mockd/core/catalogue.h"
#include "mockd/core/session.h"
#include "mockd/http/decode.h"
#include "mockd/http/out.h"

/*
 * THE MAP. A request (struct rq) comes from the listener, finds its provider and endpoint (router),
 * passes the provider's gates and the endpoint's parameter table and checks, and is answered by the
 * endpoint's handler; pipeline.c shows the order. A provider is a row of data (struct provider)
 * whose endpoints are rows too.
 */
struct rq;
struct provider;
struct server; /* what the control endpoints may ask of the running program, server/server.h */

enum method {
    METHOD_GET,
    METHOD_HEAD,
    METHOD_POST,
    METHOD_PUT,
    METHOD_DELETE,
    METHOD_PATCH,
    METHOD_OPTIONS,
    METHOD_OTHER
};

/* What the whole server shares. Built once in main(), then read-only. */
struct app {
    const struct provider *const *providers;
    size_t nproviders;
    const struct provider *control; /* answers what no provider knows */
    const struct bind {             /* ports that belong to one provider */
        int port;
        const struct provider *provider;
    } * binds;
    size_t nbinds;
    struct sessions *sessions;
    struct server *server;
    int64_t started_us; /* steady clock */
};

enum verdict { PASS, STOP };

/* One thing that can end a request: it passes, or has answered it. */
typedef enum verdict step_fn(struct rq *rq);

enum { RQ_PARAMS_MAX = 40, RQ_HEADERS_MAX = 64, RQ_PATH_ARGS_MAX = 3 };

/*
 * One named input of an endpoint. The pipeline fills rq->param[] by these rows; a row with
 * on_missing or on_bad is also checked, in table order, and the first thing wrong is answered. A
 * row without a name stands for an input that this endpoint does not have.
 */
struct param {
    struct str name;
    struct str alias;                         /* a second accepted name; `name` wins */
    bool (*valid)(struct str text);           /* NULL: any */
    size_t max_len;                           /* bytes; 0: any */
    const struct catalogue_entry *on_missing; /* absent, null or empty; NULL: optional */
    const struct catalogue_entry *on_bad;
};

/* A gate: passed by every endpoint of its provider but those that have its bit in .skips. */
struct gate {
    unsigned bit;
    step_fn *run;
};

struct endpoint {
    enum method method;
    struct str path;       /* "/v1/messages/{id}", without the provider's prefix */
    struct str group;      /* catalogue group of its codes: "send" */
    struct str group_else; /* where to look for a code that `group` lacks; absent: the provider's */
    unsigned skips;        /* gate bits it does not pass */
    unsigned needs;        /* account flags without which access is denied */
    const struct rate_limit *limits; /* how often an account may ask; the last has max 0 */
    size_t max_body;                 /* bytes; 0: the provider's */
    const struct param *params;
    size_t nparams;
    step_fn *const *checks; /* NULL-terminated, after the parameter table; NULL: none */

    /* Fills rq->out. An error here is ours, and the client gets a 500; what the provider would
     * refuse is answered with rq_refuse(). */
    enum err (*handle)(struct rq *rq);
    struct str summary; /* one line for catalog and openapi */
};

/* Why no endpoint fits. */
enum miss { MISS_NONE, MISS_PATH, MISS_METHOD, MISS_SESSION };

struct provider {
    struct str name;         /* "smspartner" */
    int id;                  /* enum provider_id */
    struct str prefix;       /* "/smspartner": selects it and is cut off */
    const struct str *hosts; /* the real service's host names */
    size_t nhosts;
    const struct endpoint *endpoints;
    size_t nendpoints;
    const struct catalogue *catalogue;
    const struct gate *gates; /* in the provider's documented order */
    size_t ngates;
    size_t max_body; /* bytes */
    bool journalled;

    /* Reads query and body into rq->in; what is malformed is kept for a gate to answer. */
    void (*decode)(struct rq *rq);

    /* Chooses rq->out's format. Runs after decode. */
    enum out_format (*format)(const struct rq *rq);

    /* Writes the body (and status) of a catalogue error. */
    void (*refuse)(struct rq *rq, const struct catalogue_entry *e);

    /* Answers a path or method it does not have. */
    void (*miss)(struct rq *rq, enum miss why);

    /* Answers a request whose head or body could not be read: 400, 408, 411, 413, 431. rq->why says
     * what was wrong. NULL: the control provider's problem document. */
    void (*unreadable)(struct rq *rq, int status);

    /* Headers every answer has; NULL: none. */
    void (*headers)(struct rq *rq);

    /* Optional: the head is in, the body is not read (lock not held). */
    void (*opened)(struct rq *rq);
    /* Optional: the answer has left (lock not held). */
    void (*closed)(struct rq *rq);

    /* The recipient a request names, for matching in the journal; absent: none. */
    struct str (*recipient)(const struct rq *rq);

    /* The id that clients know a message by; NULL: the batch number. */
    struct str (*message_id)(const struct rq *rq, const struct message *m);
};

enum provider_id {
    PROVIDER_CONTROL,
    PROVIDER_SMSPARTNER,
    PROVIDER_VOICEPARTNER,
    PROVIDER_MAILPARTNER,
    PROVIDER_NEXMO
};

/* One request on its way through the server. All it points to is in its arena or lives as long as
 * the request. */
struct rq {
    const struct app *app;
    struct arena *arena;
    struct session *session;
    int64_t now_ms;     /* session time, read once: one request sees one time */
    int64_t arrived_us; /* steady clock */

    /* as received */
    enum method method;
    struct str method_text;
    struct str url;   /* path and query as on the request line */
    struct str path;  /* raw, session and provider prefix cut off */
    struct str query; /* raw, without '?'; may be absent */
    struct header header[RQ_HEADERS_MAX];
    size_t nheaders;
    struct str client_ip;
    int port; /* the local one */
    uint64_t connection;
    struct str body;

    /* as understood */
    const struct provider *provider;
    const struct endpoint *endpoint; /* NULL: no endpoint fits */
    enum miss missed;                /* ... and why */
    struct str path_arg[RQ_PATH_ARGS_MAX];
    struct inputs in;
    enum json_fault body_fault; /* of a body that had to be JSON */
    struct value param[RQ_PARAMS_MAX];
    struct account *account; /* once a gate knows it; valid while the lock is held */
    struct str api_key;      /* as given, for the journal */
    void *work;              /* what an endpoint's checks leave for its handler */

    /* the answer */
    int status;
    struct str content_type; /* absent: by format */
    struct header reply_header[16];
    size_t nreply_headers;
    struct buf *reply; /* the body */
    struct out out;
    bool close; /* the connection ends after this answer */
    const struct catalogue_entry *error;
    struct str why;
    int64_t journal_id; /* 0: not journalled */
    int64_t accepted;   /* messages, for the journal */
    int64_t charged_e8;
};

/* Value of a request header, first one, name without case; absent when there is none. */
struct str rq_header(const struct rq *rq, struct str name);

/* Adds an answer header; value must live as long as the request. */
void rq_reply_header(struct rq *rq, struct str name, struct str value);

/* Answers with a line of the provider's catalogue. Returns ERR_OK, so that a handler can end with
 * `return rq_refuse(...)`. */
enum err rq_refuse(struct rq *rq, const struct catalogue_entry *e);

/* The same with a sentence that is more exact than the catalogue's about this very request. */
enum err rq_refuse_why(struct rq *rq, const struct catalogue_entry *e, struct str why);

/* For gates and checks: refuse and stop. */
enum verdict rq_stop(struct rq *rq, const struct catalogue_entry *e);

/* Empties the body and starts it again in the chosen format. */
void rq_restart(struct rq *rq);

/* Text of parameter i; absent when missing or null. */
static inline struct str rq_text(const struct rq *rq, size_t i)
{
    return rq->param[i].text;
}

/* Gates every provider has. Answer X-Mockd-Error: <catalogue id of this provider>. */
enum verdict gate_forced_by_header(struct rq *rq);

/*
 * Counts this request against limits, for `who` (see rate.h). 0: within all of them, or the
 * settings say that there are none. Else the seconds to wait, which Retry-After then says.
 */
int64_t rq_over_limit(struct rq *rq, uint64_t who, const struct rate_limit *limits);

/* Answers the code of this provider's catalogue that fits the endpoint: its own group first, then
 * `fallback`; PASS when neither has it. */
enum verdict rq_force_code(struct rq *rq, struct str code, struct str fallback);

#endif
