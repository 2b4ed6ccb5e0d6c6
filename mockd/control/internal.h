#ifndef MOCKD_CONTROL_INTERNAL_H
#define MOCKD_CONTROL_INTERNAL_H

#include "mockd/core/match.h"
#include "mockd/core/rq.h"
#include "mockd/core/server_info.h"

/* Shared by the files of this folder only. */

enum control_gate { GATE_TOKEN = 1 << 0, GATE_ORIGIN = 1 << 1, GATE_QUERY = 1 << 2 };

/* ---- parts of the provider's row (gates.c) ---------------------------------- */

enum verdict control_gate_token(struct rq *rq);
enum verdict control_gate_origin(struct rq *rq);
void control_decode(struct rq *rq);
void control_refuse(struct rq *rq, const struct catalogue_entry *e);
void control_headers(struct rq *rq);
void control_missed(struct rq *rq, enum miss why);
void control_unreadable(struct rq *rq, int status);

/* ---- answers (problem.c) -------------------------------------------------- */

/* An RFC 9457 document: its common members; more may follow until control_problem_end(). */
void control_problem_begin(struct rq *rq, int status, struct str detail);
enum err control_problem_end(struct rq *rq);

/* A whole one. Returns ERR_OK, so that a handler can end with `return control_problem(...)`. */
enum err control_problem(struct rq *rq, int status, struct str detail);

/* The same about a place in the request's body. */
enum err control_problem_at(struct rq *rq, int status, const struct problem *p);

/* The body of an answer that is not JSON. */
enum err control_text(struct rq *rq, struct str content_type, struct str body);

/* {"deleted":n} */
enum err control_deleted(struct rq *rq, int64_t n);

/* "meta":{"total":n} into the open object. */
void control_meta(struct rq *rq, int64_t total);

/* Answers a path or method that does not exist. */
void control_miss(struct rq *rq, enum miss why);

/* ---- inputs (input.c) ----------------------------------------------------- */

/* Checks for an endpoint's list: a JSON object must come, or may. */
enum verdict control_needs_body(struct rq *rq);
enum verdict control_takes_body(struct rq *rq);

/* The gate that refuses query parameters the endpoint does not list. */
enum verdict control_known_query(struct rq *rq);

/* A query parameter; absent when there is none. A blank in front was an unescaped '+'. */
struct str control_query(const struct rq *rq, struct str name);

/* A whole number from the query, or what *out holds. False: answered. */
bool control_query_int(struct rq *rq, struct str name, int64_t max, int64_t *out);

/* "limit" and "offset" of a list. */
struct page {
    int64_t limit, offset;
};
bool control_page(struct rq *rq, struct page *page);

/* The provider of that name, or NULL. */
const struct provider *control_provider_named(const struct app *app, struct str name);

/* False: answered, because no provider has that name. */
bool control_check_provider(struct rq *rq, struct str name);

/* Realm of a provider's accounts: Voice and Mail Partner use SMS Partner's. */
enum account_realm control_realm(struct str provider);

/* ---- journal (entry.c, mask.c, requests.c, nearest.c) ------------------------ */

/* The members of a journal entry into an object that this opens; more may follow until out_end().
 */
void control_entry_begin(struct rq *rq, const struct journal_entry *e);

struct str mask_key(struct arena *a, struct str key);
struct str mask_url(struct arena *a, struct str url);
struct str mask_header(struct str name, struct str value);
struct str mask_body(struct arena *a, struct str body);

/* Ids of the journal entries that fit, newest first. */
struct found {
    int64_t *id;
    size_t n, cap;
};
struct found control_find(struct rq *rq, const struct match *m, int64_t since_ms);

/* "requests":[…] of one page of them into the open object. */
void control_write_requests(struct rq *rq, const struct found *f, struct page page);

/* Reads a match and checks the names in it. NULL: answered. */
struct match *control_match(struct rq *rq, const struct cJSON *doc, struct str under);
/* False: answered, because it names a provider, endpoint or code that there is not. */
bool control_check_match(struct rq *rq, const struct match *m);

/* An endpoint that a request may have meant. */
struct near {
    const struct provider *provider;
    const struct endpoint *endpoint;
    size_t distance; /* edits to the path, and one for another method */
    bool same_path, same_method;
};

/* The nearest ones of these providers, best first, none that is quite different; how many. */
size_t nearest_endpoints(const struct provider *const *providers,
                         size_t nproviders,
                         struct str method,
                         struct str path,
                         struct near *out,
                         size_t max);
struct str method_text(enum method m);

/* ---- messages (message.c) ----------------------------------------------------- */

/* What the word for a message's state is at that instant. */
struct str message_state(const struct message *m, int64_t now_ms);
/* The word for its final receipt. */
struct str message_outcome(const struct message *m);
bool message_outcome_from(struct str word, enum receipt *out);
struct str message_outcome_words(struct arena *a);
void control_write_message(struct rq *rq, struct str name, const struct message *m);

/* ---- sessions -------------------------------------------------------------------- */

/* No lock of ours may be held while the list of sessions is used: it is taken first elsewhere. */
void control_outside(struct rq *rq);
void control_inside(struct rq *rq);

/* ---- handlers ------------------------------------------------------------------ */

enum err control_health(struct rq *rq), control_version(struct rq *rq),
    control_livez(struct rq *rq), control_readyz(struct rq *rq), control_metrics(struct rq *rq),
    control_shutdown(struct rq *rq);
enum err control_get_settings(struct rq *rq), control_put_settings(struct rq *rq),
    control_catalog(struct rq *rq);
enum err control_list_requests(struct rq *rq), control_delete_requests(struct rq *rq),
    control_get_request(struct rq *rq), control_delete_request(struct rq *rq),
    control_find_requests(struct rq *rq), control_count_requests(struct rq *rq),
    control_remove_requests(struct rq *rq), control_wait_requests(struct rq *rq),
    control_unmatched_requests(struct rq *rq);
enum err control_list_messages(struct rq *rq), control_get_message(struct rq *rq),
    control_delete_messages(struct rq *rq), control_set_status(struct rq *rq);
enum err control_list_accounts(struct rq *rq), control_add_account(struct rq *rq),
    control_get_account(struct rq *rq), control_patch_account(struct rq *rq),
    control_delete_account(struct rq *rq);
enum err control_get_clock(struct rq *rq), control_put_clock(struct rq *rq);
enum err control_list_sessions(struct rq *rq), control_add_session(struct rq *rq),
    control_get_session(struct rq *rq), control_delete_session(struct rq *rq),
    control_reset(struct rq *rq);

#endif
