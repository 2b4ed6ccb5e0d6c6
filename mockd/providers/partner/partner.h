#ifndef MOCKD_PROVIDERS_PARTNER_PARTNER_H
#define MOCKD_PROVIDERS_PARTNER_PARTNER_H

#include "mockd/core/rq.h"

/*
 * What the SMS, Voice and Mail hosts of SMS Partner have in common (smspartner.md 1, 3, 10): how a
 * request is read, who may ask, and what a refusal looks like. Each host's provider row names these
 * functions; what differs from host to host stays in its own folder.
 */

/* Bits for struct endpoint.skips. */
enum partner_gate {
    PARTNER_FORCED = 1 << 0,
    PARTNER_BODY = 1 << 1,
    PARTNER_KEY = 1 << 2,
    PARTNER_STATE = 1 << 3,
    PARTNER_ADDRESS = 1 << 4,
    PARTNER_NUMBER = 1 << 5,
    PARTNER_RATE = 1 << 6,
    PARTNER_FAMILY_KEY = 1 << 7,
};

/* ---- a request ----------------------------------------------------------- */

/*
 * GET: the query. Others: a JSON object whatever its Content-Type, else an urlencoded form; of the
 * query they take apiKey and _format, and the body's value wins. What is neither is left in
 * rq->body_fault.
 */
void partner_decode(struct rq *rq);

/* By _format: positional XML for "xml", else JSON. */
enum out_format partner_format(const struct rq *rq);

/* The first recipient that the request names, E.164 when it can be read; absent: none. */
struct str partner_recipient(const struct rq *rq);

/* A tag as it is kept: no blanks, lower case, at most 20 characters. Absent stays absent. */
struct str partner_tag(struct arena *a, struct str tag);

/* 1, "1" and true. */
bool partner_flag(struct str text);

/* ---- who may ask ---------------------------------------------------------- */

/* In this order. Codes come from the endpoint's own catalogue group when that has them. */
enum verdict partner_gate_body(struct rq *rq);    /* 90 */
enum verdict partner_gate_key(struct rq *rq);     /* 1, 10, and the key "error-<code>" */
enum verdict partner_gate_state(struct rq *rq);   /* 20, 30, 40 */
enum verdict partner_gate_address(struct rq *rq); /* 96 */
enum verdict partner_gate_number(struct rq *rq);  /* +33639987CCC asks for code CCC */
enum verdict partner_gate_rate(struct rq *rq);    /* 429 by the endpoint's limits for an account */

/* What the request's apiKey is; sets rq->api_key and, for a good one, rq->account. For hosts whose
 * codes are others than partner_gate_key()'s. */
enum partner_key {
    PARTNER_KEY_GOOD,
    PARTNER_KEY_ABSENT,
    PARTNER_KEY_EMPTY,
    PARTNER_KEY_UNKNOWN,
    PARTNER_KEY_ANSWERED, /* "error-<code>", and the host has that code */
};
enum partner_key partner_key(struct rq *rq);

/* Refuses with the code as this endpoint has it, which is in the catalogue; why may be absent. */
enum verdict partner_stop(struct rq *rq, struct str code, struct str why);

/* Answers the code that a magic value asks for; PASS when the host does not have it. */
enum verdict partner_force(struct rq *rq, struct str code, struct str magic);

/* ---- an answer ------------------------------------------------------------ */

/* Opens the answer's root, with the prolog when it is XML; partner_end() closes it. */
void partner_begin(struct rq *rq);

/* The same with "success": true and "code": 200 in it. */
void partner_success(struct rq *rq);
void partner_end(struct rq *rq);

/* The wire text of a catalogue line in the session's language. */
struct str partner_message(const struct rq *rq, const struct catalogue_entry *e);

/*
 * Sets the HTTP status and opens a single-shape refusal: success, code, message. The caller may add
 * members and then calls partner_end().
 */
void partner_error_begin(struct rq *rq, const struct catalogue_entry *e, struct str message);

/* The "success": false and the code of a refusal, without its message. */
void partner_error_head(struct rq *rq, const struct catalogue_entry *e);

/* struct provider's refuse, miss and unreadable. */
void partner_refuse(struct rq *rq, const struct catalogue_entry *e);
void partner_miss(struct rq *rq, enum miss why);
void partner_unreadable(struct rq *rq, int status);

#endif
