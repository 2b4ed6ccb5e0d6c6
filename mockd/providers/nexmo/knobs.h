#ifndef MOCKD_PROVIDERS_NEXMO_KNOBS_H
#define MOCKD_PROVIDERS_NEXMO_KNOBS_H

#include "mockd/core/rq.h"

/*
 * What an account's profile decides, and the code that each reason to refuse has in it. The two
 * published code tables use the numbers 6 and 14 differently, so a rule names its reason and never
 * a number.
 */
enum code_table { TABLE_LEGACY, TABLE_OPEN, TABLE_CLOSED, TABLE__COUNT };

struct knobs {
    enum code_table table;
    int id_format;      /* ID_HEX16 or ID_UUID */
    int balance_style;  /* BALANCE_STEPWISE or BALANCE_FINAL */
    int error_text_set; /* enum knob_error_text */
    bool balance_gate_first;
    int64_t client_ref_max;
};

/* Of the request's account; before it is known, of the session. Lock held. */
struct knobs nexmo_knobs(const struct rq *rq);

/* The same for an account, NULL when none is known. */
struct knobs nexmo_account_knobs(const struct session *s, const struct account *acc);

enum reason {
    BECAUSE_THROTTLED,
    BECAUSE_MISSING,
    BECAUSE_INVALID,
    BECAUSE_INVALID_TO,
    BECAUSE_CREDENTIALS,
    BECAUSE_INTERNAL,
    BECAUSE_UNROUTABLE,
    BECAUSE_BARRED,
    BECAUSE_SUSPENDED,
    BECAUSE_QUOTA,
    BECAUSE_BINDS,
    BECAUSE_NO_HTTP,
    BECAUSE_TOO_LONG,
    BECAUSE_SIGNATURE,
    BECAUSE_SENDER,
    BECAUSE_NETWORK_CODE,
    BECAUSE_CALLBACK,
    BECAUSE_NOT_WHITELISTED,
    BECAUSE_SIGNED_WITH_SECRET,
    BECAUSE_DEACTIVATED,
    BECAUSE__COUNT
};

/* Refuses for that reason. text is the error-text where the code has no single one; it may be
 * absent. why is a sentence for people. Returns STOP. */
enum verdict nexmo_stop(struct rq *rq, enum reason reason, struct str text, struct str why);

/* Answers what stands under this number in the account's table; PASS when nothing does. */
enum verdict nexmo_force(struct rq *rq, int code, struct str why);

/* The error-text that goes with a catalogue entry in this answer. */
struct str nexmo_error_text(struct rq *rq, const struct catalogue_entry *e);

#endif
