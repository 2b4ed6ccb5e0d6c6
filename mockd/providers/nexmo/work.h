#ifndef MOCKD_PROVIDERS_NEXMO_WORK_H
#define MOCKD_PROVIDERS_NEXMO_WORK_H

#include "mockd/core/rq.h"
#include "mockd/domain/gsm.h"
#include "mockd/domain/routes.h"

/* The parameters of a submission, by their place in k_nexmo_params and rq->param. */
enum nexmo_param {
    IN_TYPE,
    IN_TO,
    IN_FROM,
    IN_TEXT,
    IN_BODY,
    IN_UDH,
    IN_PROTOCOL_ID,
    IN_TITLE,
    IN_URL,
    IN_VALIDITY,
    IN_VCARD,
    IN_VCAL,
    IN_TTL,
    IN_TTL_HOURS,
    IN_TTL_MINUTES,
    IN_TTL_SECONDS,
    IN_REPORT,
    IN_MESSAGE_CLASS,
    IN_CLIENT_REF,
    IN_CALLBACK,
    IN_ACCOUNT_REF,
    IN_ENTITY_ID,
    IN_CONTENT_ID,
    IN_NETWORK_CODE,
    IN_TEST_REACHABLE,
    IN_TRUSTED_NUMBER,
    IN_TRUSTED_SENDER,
    IN_POOL_ID,
    IN_API_KEY,
    IN_API_SECRET,
    IN_SIG,
    IN_TIMESTAMP,
    IN__COUNT
};

extern const struct param k_nexmo_params[IN__COUNT];

/* What "type" may say: the parameters that hold the content, and how it is counted. */
struct content {
    struct str type;
    enum nexmo_param needs[2]; /* the second one may repeat the first */
    enum sms_encoding encoding;
    struct sms_limits limits;
};

/* The row of the request's type, "text" when it names none; NULL for an unknown type. */
const struct content *nexmo_content(const struct rq *rq);

/* What the recipient's operator will say. */
struct outcome {
    enum receipt receipt;
    int err_code;
    bool never; /* no final receipt, ever */
};

/* What a submission's steps leave for each other (rq->work). */
struct work {
    struct str bound_key; /* counted as open for this account; absent: not counted */
    struct str to;        /* without separators and international prefix */
    struct str from;
    struct str text;       /* error-text of the refusal; absent: the usual one */
    bool short_entry;      /* a refusal without the recipient, whatever its code */
    bool sender_throttled; /* status 1 of the sender, not of the account */
    bool throttled;        /* the account's window was full when this request came */
    const struct content *content;
    const struct route *route;
    struct str network;
    struct str seen; /* the content as the recipient sees it */
    int parts;
    int64_t cost_e8;
};

/* Made on first use. */
struct work *nexmo_work(struct rq *rq);

/* input.c: query and body into rq->in. */
void nexmo_decode(struct rq *rq);
bool nexmo_missing(const struct rq *rq, enum nexmo_param i);

/* "+44 7700-900000" and "0044…" become "447700900000"; what is no digit stays. */
struct str nexmo_number(struct arena *a, struct str raw);

/* The sender as it goes out: blanks removed, cut to what an operator takes. */
struct str nexmo_sender(struct arena *a, struct str raw);

/* A whole number from min to max in decimal digits. */
bool nexmo_int_in(struct str s, uint64_t min, uint64_t max);

/* credentials.c */
enum verdict nexmo_gate_header(struct rq *rq);
enum verdict nexmo_gate_error_key(struct rq *rq);
enum verdict nexmo_gate_credentials(struct rq *rq);
enum verdict nexmo_gate_magic_number(struct rq *rq);

/* Key and secret of a Basic header; false when it is malformed or of another kind. */
bool nexmo_basic(struct arena *a, struct str header, struct str *key, struct str *secret);

/* binds.c: submissions open at once. */
void nexmo_opened(struct rq *rq);
void nexmo_closed(struct rq *rq);
void nexmo_bind(struct rq *rq, struct account *account);
void nexmo_unbind(struct rq *rq);

/* rules.c and rules_route.c: section 5's steps in order, up to the routing stage and after it. */
extern step_fn *const k_nexmo_rules[];
enum verdict nexmo_rule_route(struct rq *rq);
enum verdict nexmo_rule_network_code(struct rq *rq);
enum verdict nexmo_rule_sender(struct rq *rq);
enum verdict nexmo_rule_demo(struct rq *rq);
enum verdict nexmo_rule_barred(struct rq *rq);
enum verdict nexmo_rule_deactivated(struct rq *rq);
enum verdict nexmo_rule_landline(struct rq *rq);
enum verdict nexmo_rule_sender_rate(struct rq *rq);
enum verdict nexmo_rule_price(struct rq *rq);
enum verdict nexmo_rule_queue(struct rq *rq);

/* The sender sent just now: its second begins. */
void nexmo_sender_sent(struct rq *rq);

/* submit.c */
enum err nexmo_submit(struct rq *rq);

/* The content as its recipient sees it, counted in parts: fills work. */
void nexmo_compose(struct rq *rq);

/* outcome.c: numbers that steer the mock. */
enum { NEXMO_BARRED = 907, NEXMO_LANDLINE = 912, NEXMO_DEACTIVATED = 933 };

/* The last three digits of a number of the block 447700900000 to …999; -1 for any other. */
int nexmo_fiction(struct str to);
struct outcome nexmo_outcome(const struct rq *rq, const struct work *w);

#endif
