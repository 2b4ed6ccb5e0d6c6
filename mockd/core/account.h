#ifndef MOCKD_CORE_ACCOUNT_H
#define MOCKD_CORE_ACCOUNT_H

#include "mockd/core/fields.h"
#include "mockd/store/store.h"

/*
 * Accounts of one session: in memory for speed, every change also in the store. The session's lock
 * covers them; a struct account is valid until the lock is let go.
 */
enum account_state {
    ACCOUNT_ACTIVE,
    ACCOUNT_DISABLED,  /* SMS Partner 20; Nexmo 4 */
    ACCOUNT_BLOCKED,   /* SMS Partner 30 */
    ACCOUNT_SUSPENDED, /* Nexmo 8 */
};

enum account_flag {
    /* SMS Partner, smspartner.md 2 */
    ACCOUNT_API_ENABLED = 1 << 0,
    ACCOUNT_MARKETING = 1 << 1,
    ACCOUNT_UNICODE_ENABLED = 1 << 2,
    ACCOUNT_LOWCOST_ENABLED = 1 << 3,
    ACCOUNT_REGISTERED_SENDERS = 1 << 4, /* only the senders listed */
    ACCOUNT_SUBACCOUNTS_ENABLED = 1 << 5,
    ACCOUNT_RCS_ENABLED = 1 << 6,
    ACCOUNT_RENTAL_ENABLED = 1 << 7,
    ACCOUNT_RENTAL_FAILS = 1 << 8,
    ACCOUNT_CALLFORWARD_ENABLED = 1 << 15,
    ACCOUNT_MAIL_PRICED = 1 << 14, /* off: the price list has no price for mails */
    /* Nexmo, nexmo.md 5 */
    ACCOUNT_HTTP_ENABLED = 1 << 9,
    ACCOUNT_SIGNED_ONLY = 1 << 10,
    ACCOUNT_SIGNED_WEBHOOKS = 1 << 11,
    ACCOUNT_DEMO = 1 << 12,
    ACCOUNT_AUTO_RELOAD = 1 << 13,
};

/* Nexmo knobs whose last word means "what the profile says", nexmo.md 1.2. */
enum knob_code_set { CODE_SET_OPEN, CODE_SET_CLOSED };
enum knob_id_format { ID_HEX16, ID_UUID, ID_BY_PROFILE };
enum knob_balance_style { BALANCE_STEPWISE, BALANCE_FINAL, BALANCE_BY_PROFILE };
enum knob_error_text { ERROR_TEXT_CLASSIC, ERROR_TEXT_GATEWAY };
enum knob_switch { SWITCH_OFF, SWITCH_ON, SWITCH_BY_PROFILE };

/* A fixed window: how many since when. Session time. */
struct window {
    int64_t start_ms;
    int64_t count;
};

struct account {
    int64_t id;
    int realm; /* enum account_realm */
    struct str key, secret, secret2;
    int64_t balance_e8;
    int state; /* enum account_state */
    unsigned flags;
    struct str email, firstname, lastname;
    struct str_list ip_allowlist, senders, demo_numbers, virtual_numbers, surveys;
    struct str_list disabled_numbers; /* of the virtual ones */
    struct str_list voice_senders, audio_files;
    struct str url_dlr, url_response;
    int64_t max_recipients;
    /* Nexmo */
    struct str signature_secret;
    int signature_method; /* enum signature_method */
    int profile;          /* enum profile */
    int code_set, id_format, balance_style, error_text_set, balance_gate_first;
    int64_t client_ref_max; /* 0: by profile */
    int64_t max_rps, max_binds;

    /* Not stored: what the running server counts. */
    struct window throughput;
    int64_t binds;      /* submissions open right now */
    int64_t stop_count; /* entries in its STOP list */
    struct arena arena; /* owns every text above */
};

enum account_realm { REALM_SMSPARTNER, REALM_NEXMO, REALM__COUNT };
extern const char *const k_realm_words[];

extern const struct field k_account_fields[];
extern const size_t k_account_nfields;

struct accounts;

/* Loads what the store holds. */
enum err accounts_open(struct accounts **out, struct store *store);
void accounts_close(struct accounts *all);

/* NULL when there is none with that key; bytewise comparison. */
struct account *accounts_find(struct accounts *all, enum account_realm realm, struct str key);

/* In order of creation; NULL at the end. i counts from 0. */
struct account *accounts_at(struct accounts *all, size_t i);
size_t accounts_count(const struct accounts *all);

/*
 * Creates the account that doc (the admin API's JSON object) describes, or changes the existing one
 * by doc's members alone. doc may have a "stopList", which replaces the STOP list. ERR_BAD_INPUT:
 * *p says why and nothing changed. ERR_CONFLICT: `create` and it exists. ERR_NOT_FOUND: not
 * `create` and it does not.
 */
enum err accounts_apply(struct accounts *all,
                        struct arena *a,
                        const struct cJSON *doc,
                        bool create,
                        int64_t now_ms,
                        struct account **out,
                        struct problem *p);

/* A copy of the account `like` under another key: the tenant of an unknown key. */
enum err accounts_clone(struct accounts *all,
                        const struct account *like,
                        struct str key,
                        struct account **out);

enum err accounts_delete(struct accounts *all, struct account *account);

/* The admin API's JSON object of an account, as members of the open object. */
enum err accounts_write(struct accounts *all,
                        struct arena *a,
                        struct out *o,
                        const struct account *account,
                        bool show_secrets);

bool account_lists(const struct str_list *list, struct str value);

#endif
