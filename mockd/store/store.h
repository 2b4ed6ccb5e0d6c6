#ifndef MOCKD_STORE_STORE_H
#define MOCKD_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "mockd/base/arena.h"
#include "mockd/base/err.h"
#include "mockd/base/str.h"

/*
 * The mutable state of one session, in one SQLite database.
 *
 * Not thread-safe by itself: the session's lock covers it (core/session.h), so that one request
 * sees and changes one consistent world. What a function reported is in the database when it
 * returns; in a file every change is a transaction. In memory there is no rollback journal, which
 * would cost as much as all the rest: a function that fails half-way undoes what it did itself, and
 * balances are written by store_account_put() alone. Rows come back as copies in the caller's
 * arena. Money is in 1e-8 EUR, times in milliseconds of session time.
 */
struct store;

/* Once, before the first store is opened. */
void store_setup(void);

/* path NULL: in memory. ERR_CONFLICT: the file is not a database of this version of mockd, and was
 * not touched. ERR_IO: it cannot be opened, or not for writing. */
enum err store_open(struct store **out, const char *path);
void store_close(struct store *s);

/*
 * Several writes as one: store_finish() commits after ERR_OK and undoes otherwise; gives e back.
 * In memory they do nothing: after an error the caller throws the store away.
 */
enum err store_begin(struct store *s);
enum err store_finish(struct store *s, enum err e);

/* Deletes every row of every table. */
enum err store_clear(struct store *s);

/* ---- accounts ---------------------------------------------------------- */

struct account_row {
    int64_t id;
    struct str realm; /* "smspartner" (all three products) or "nexmo" */
    struct str key;
    int64_t balance_e8;
    struct str doc; /* every other attribute, JSON */
};

/* Inserts or replaces by (realm, key); sets row->id. */
enum err store_account_put(struct store *s, struct account_row *row);
enum err store_account_delete(struct store *s, int64_t id);

typedef enum err store_account_fn(void *ctx, const struct account_row *row);

/* In order of id; row's text lives during the call. Stops at the first error. */
enum err store_account_each(struct store *s, store_account_fn *fn, void *ctx);

/* A change of the balance alone; the caller has set the account's own. */
enum err store_account_balance(struct store *s, int64_t account, int64_t balance_e8);

/* ---- messages ---------------------------------------------------------- */

enum message_kind { MESSAGE_SMS, MESSAGE_MAIL, MESSAGE_VOICE, MESSAGE_HLR, MESSAGE_RCS };

enum message_flag {
    MESSAGE_SANDBOX = 1 << 0,   /* validated, never sent, never charged */
    MESSAGE_CANCELLED = 1 << 1, /* before it was sent; refunded */
    MESSAGE_NO_RECEIPT = 1 << 2,
    MESSAGE_STOP_REPLY = 1 << 3, /* the recipient answered STOP */
    MESSAGE_SPOKEN = 1 << 4,     /* voice: a call by /tts/send, not a deposit by /campaign/send */
};

/* What the operator finally says; the names are smspartner.md 12.2, KO is 12.1. */
enum receipt {
    RECEIPT_DELIVRD,
    RECEIPT_PENDING,
    RECEIPT_UNDELIV,
    RECEIPT_ACCEPTD,
    RECEIPT_UNKNOWN,
    RECEIPT_ENROUTE,
    RECEIPT_EXPIRED,
    RECEIPT_REJECTD,
    RECEIPT_KO,
};

/* A message that never gets a final receipt has this as final_ms. */
#define MESSAGE_NEVER INT64_MAX

/*
 * One recipient's message. Its state at an instant follows from its times: before send_ms it waits,
 * from final_ms on it has its receipt. Nothing has to run for a status to move.
 */
struct message {
    int64_t id;    /* also the wire id, see each provider */
    int64_t batch; /* id of the first message of the same request */
    int64_t account;
    int provider; /* enum provider_id */
    enum message_kind kind;
    unsigned flags;       /* enum message_flag bits */
    struct str recipient; /* E.164 with + (SMS Partner) or digits (Nexmo), or an address */
    struct str sender;    /* absent: the operator's short code */
    struct str text;      /* as the recipient sees it */
    struct str tag;       /* tag (SMS Partner) or client-ref (Nexmo) */
    struct str network;   /* MCCMNC */
    struct str url_dlr;
    struct str url_response;
    int encoding; /* enum sms_encoding */
    int parts;
    int64_t cost_e8;
    int64_t created_ms, send_ms, final_ms;
    enum receipt receipt;
    int err_code;         /* Nexmo's err-code of the final receipt */
    enum receipt interim; /* what the operator says until final_ms; RECEIPT_DELIVRD: nothing */
};

/*
 * Adds n messages and takes charge_e8 from the account, all or nothing. The caller has set the
 * ids, ascending, and keeps account->balance in step: new_balance_e8 is what stands after it.
 */
enum err store_message_add(struct store *s,
                           const struct message *messages,
                           size_t n,
                           int64_t account,
                           int64_t new_balance_e8);

/* ERR_NOT_FOUND when there is none; *out is then untouched. */
enum err store_message_get(struct store *s, struct arena *a, int64_t id, struct message *out);

/* All messages of one request in order: *out and *n. None: ERR_OK and *n == 0. */
enum err store_message_batch(
    struct store *s, struct arena *a, int64_t batch, struct message **out, size_t *n);

/* The one of them that went to this recipient; ERR_NOT_FOUND. */
enum err store_message_to(
    struct store *s, struct arena *a, int64_t batch, struct str recipient, struct message *out);

/* What was sent (not looked up) under a tag. */
struct message_tag {
    int64_t account;
    int provider;
    struct str tag;
    int64_t sandbox_since_ms; /* older sandbox messages are gone */
};

/* In order of id, limit of them behind the first offset. */
enum err store_message_tagged(struct store *s,
                              struct arena *a,
                              const struct message_tag *t,
                              size_t limit,
                              int64_t offset,
                              struct message **out,
                              size_t *n);
enum err store_message_tagged_count(struct store *s, const struct message_tag *t, int64_t *out);

typedef void store_cost_fn(void *ctx, int64_t created_ms, int64_t cost_e8, int parts);

/* Calls fn for what an account sent and paid for (not looked up, not taken back) in [from, until).
 */
enum err store_message_costs(struct store *s,
                             int64_t account,
                             int provider,
                             int64_t from_ms,
                             int64_t until_ms,
                             store_cost_fn *fn,
                             void *ctx);

/* Replaces times, flags and receipt of one message, and the balance of its account. */
enum err store_message_update(struct store *s, const struct message *m, int64_t new_balance_e8);

/* Which messages store_message_list() gives; zero members do not filter. */
struct message_filter {
    int64_t account;
    int64_t before_id; /* only ids below it */
    struct str recipient;
    struct str tag;
    int64_t changed_after_ms, changed_until_ms; /* sent or finished in (after, until] */
    size_t limit;                               /* 0: 100 */
};

/* Newest first. */
enum err store_message_list(struct store *s,
                            struct arena *a,
                            const struct message_filter *f,
                            struct message **out,
                            size_t *n);
/* How many store_message_list() would give without a limit. */
enum err store_message_matching(struct store *s, const struct message_filter *f, int64_t *out);
enum err store_message_count(struct store *s, int64_t *out);

/* Raises *next to one more than every id in use. */
enum err store_message_next_id(struct store *s, int64_t *next);

/* SMS accepted and not yet handed over at now_ms; account 0: everybody's. */
enum err store_message_waiting(struct store *s, int64_t account, int64_t now_ms, int64_t *out);

/* The same for messages of another kind. */
enum err store_message_waiting_kind(
    struct store *s, enum message_kind kind, int64_t account, int64_t now_ms, int64_t *out);

/* Deletes up to n of the oldest messages that are in a final state at now_ms; *gone: how many. */
enum err store_message_trim(struct store *s, int64_t now_ms, size_t n, int64_t *gone);
enum err store_message_clear(struct store *s);

/* ---- STOP list ---------------------------------------------------------- */

struct stop {
    int64_t id;
    struct str number; /* E.164 with + */
    int64_t created_ms;
};

/* ERR_CONFLICT when the number is already there; sets *id. */
enum err store_stop_add(
    struct store *s, int64_t account, struct str number, int64_t now_ms, int64_t *id);
enum err store_stop_has(struct store *s, int64_t account, struct str number, bool *out);
enum err store_stop_delete(struct store *s, int64_t account, int64_t id);
enum err store_stop_clear(struct store *s, int64_t account);
enum err store_stop_list(
    struct store *s, struct arena *a, int64_t account, struct stop **out, size_t *n);

/* ---- the mail host's unsubscribe list --------------------------------------- */

struct unsubscribe {
    int64_t id;
    struct str email;
    int64_t created_ms;
};

/* As the STOP list; addresses are compared without case. */
enum err store_unsubscribe_add(
    struct store *s, int64_t account, struct str email, int64_t now_ms, int64_t *id);
enum err store_unsubscribe_has(struct store *s, int64_t account, struct str email, bool *out);
enum err store_unsubscribe_delete(struct store *s, int64_t account, int64_t id);
enum err store_unsubscribe_list(
    struct store *s, struct arena *a, int64_t account, struct unsubscribe **out, size_t *n);

/* ---- names of audio files ------------------------------------------------- */

enum err store_audio_name_set(struct store *s, int64_t account, struct str token, struct str name);

/* Absent when the file was never renamed. */
enum err store_audio_name_get(
    struct store *s, struct arena *a, int64_t account, struct str token, struct str *out);

/* ---- sub-accounts ----------------------------------------------------------- */

struct subaccount {
    int64_t id; /* never given out twice */
    int64_t account;
    int64_t parent;
    struct str type; /* "simple" or "advanced" */
    struct str title;
    bool is_buyer;
    int64_t created_ms;
};

/* The caller sets the id, by store_subaccount_next_id(). */
enum err store_subaccount_add(struct store *s, const struct subaccount *row);
enum err store_subaccount_next_id(struct store *s, int64_t *id);
enum err store_subaccount_get(struct store *s, struct arena *a, int64_t id, struct subaccount *out);

/* What an account is as somebody's sub-account; ERR_NOT_FOUND when it is none. */
enum err store_subaccount_of(struct store *s,
                             struct arena *a,
                             int64_t account,
                             struct subaccount *out);

/* In order of creation. */
enum err store_subaccount_list(struct store *s,
                               struct arena *a,
                               int64_t parent,
                               int64_t limit,
                               int64_t offset,
                               struct subaccount **out,
                               size_t *n);
enum err store_subaccount_count(struct store *s, int64_t parent, int64_t *out);

/* ---- groups and contacts ------------------------------------------------------ */

struct contact_group {
    int64_t id; /* never given out twice */
    struct str name;
    int64_t created_ms;
};

/* Sets row->id. */
enum err store_group_add(struct store *s, int64_t account, struct contact_group *row);
enum err store_group_get(
    struct store *s, struct arena *a, int64_t account, int64_t id, struct contact_group *out);
enum err store_group_list(
    struct store *s, struct arena *a, int64_t account, struct contact_group **out, size_t *n);

/* With its contacts. ERR_NOT_FOUND. */
enum err store_group_delete(struct store *s, int64_t account, int64_t id);

/* What people fill in; all are empty when they did not. */
enum contact_text {
    CONTACT_NUMBER, /* E.164 with + */
    CONTACT_FIRSTNAME,
    CONTACT_LASTNAME,
    CONTACT_DATE,
    CONTACT_SHORT_URL,
    CONTACT_URL,
    CONTACT_CUSTOM1,
    CONTACT_CUSTOM2,
    CONTACT_CUSTOM3,
    CONTACT_CUSTOM4,
    CONTACT__TEXTS
};

struct contact {
    int64_t id; /* never given out twice */
    int64_t account, group;
    int64_t created_ms;
    struct str text[CONTACT__TEXTS];
};

/* Sets row->id. ERR_CONFLICT: the group has that number. */
enum err store_contact_add(struct store *s, struct contact *row);

/* Replaces the texts; ERR_CONFLICT likewise. */
enum err store_contact_update(struct store *s, const struct contact *row);
enum err store_contact_get(
    struct store *s, struct arena *a, int64_t account, int64_t id, struct contact *out);

/* In order of id. */
enum err store_contact_list(struct store *s,
                            struct arena *a,
                            int64_t account,
                            int64_t group,
                            int64_t limit,
                            int64_t offset,
                            struct contact **out,
                            size_t *n);

/* group 0: of all groups. */
enum err store_contact_count(struct store *s, int64_t account, int64_t group, int64_t *out);
enum err store_contact_delete(struct store *s, int64_t account, int64_t id);

/* ---- call forwarding ---------------------------------------------------------- */

enum callforward { CALLFORWARD_OFF, CALLFORWARD_CALLS, CALLFORWARD_VOICEMAIL };

enum err store_callforward_set(
    struct store *s, int64_t account, struct str number, enum callforward type, struct str param);

/* CALLFORWARD_OFF for a number that was never set. */
enum err store_callforward_get(struct store *s,
                               int64_t account,
                               struct str number,
                               enum callforward *out);

/* ---- rented contacts ---------------------------------------------------------- */

/* FAILS: the price is given back at ready_ms; REFUNDED: that was done. */
enum rental_fate { RENTAL_GOOD, RENTAL_FAILS, RENTAL_REFUNDED };

struct rental {
    int64_t id; /* never given out twice */
    int64_t account;
    struct str sex; /* "m", "h", "f" */
    int64_t min_age, max_age;
    struct str department, zipcode, interest, sub_interest, category; /* absent: not asked for */
    struct str volumes; /* a line a locality: "CP 60200 20 266", wanted and available */
    int64_t quantity;
    int64_t cost_e8;
    struct str url; /* to notify; absent: none */
    int64_t created_ms;
    int64_t ready_ms; /* the file is there from then on, or the rental has failed */
    enum rental_fate fate;
    bool downloaded;
};

/* Sets row->id. */
enum err store_rental_add(struct store *s, struct rental *row);
enum err store_rental_get(struct store *s, struct arena *a, int64_t id, struct rental *out);
enum err store_rental_count(struct store *s, int64_t account, int64_t *out);
enum err store_rental_downloaded(struct store *s, int64_t id);

/* The rental whose price is to be given back first; ERR_NOT_FOUND. */
enum err store_rental_refund_next(struct store *s, struct arena *a, struct rental *out);
enum err store_rental_refunded(struct store *s, int64_t id);

/* ---- numbers of the session itself ---------------------------------------- */

enum err store_meta_set(struct store *s, struct str name, int64_t value);

/* 1 at first, one more each time. */
enum err store_meta_next(struct store *s, struct str name, int64_t *out);
enum err store_meta_get(struct store *s, struct str name, int64_t *out);

#endif
