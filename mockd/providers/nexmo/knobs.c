#include "mockd/providers/nexmo/knobs.h"

#include "mockd/providers/nexmo/work.h"
#include "nexmo_errors.h"

static const struct knobs k_presets[] = {
    [PROFILE_LEGACY] = {.table = TABLE_LEGACY,
                        .id_format = ID_HEX16,
                        .balance_style = BALANCE_STEPWISE,
                        .balance_gate_first = false,
                        .client_ref_max = 40},
    [PROFILE_CURRENT] = {.table = TABLE_OPEN,
                         .id_format = ID_UUID,
                         .balance_style = BALANCE_FINAL,
                         .balance_gate_first = true,
                         .client_ref_max = 100},
};

struct knobs nexmo_knobs(const struct rq *rq)
{
    return nexmo_account_knobs(rq->session, rq->account);
}

struct knobs nexmo_account_knobs(const struct session *s, const struct account *acc)
{
    const bool own = acc && acc->profile != PROFILE_DEFAULT;
    struct knobs k = k_presets[own ? acc->profile : s->settings.profile];
    if (!acc)
        return k;
    if (k.table == TABLE_OPEN && acc->code_set == CODE_SET_CLOSED)
        k.table = TABLE_CLOSED;
    if (acc->id_format != ID_BY_PROFILE)
        k.id_format = acc->id_format;
    if (acc->balance_style != BALANCE_BY_PROFILE)
        k.balance_style = acc->balance_style;
    if (acc->balance_gate_first != SWITCH_BY_PROFILE)
        k.balance_gate_first = acc->balance_gate_first == SWITCH_ON;
    if (acc->client_ref_max)
        k.client_ref_max = acc->client_ref_max;
    k.error_text_set = acc->error_text_set;
    return k;
}

#define A(code) &k_nexmo_errors[NEXMO_SMS_##code]
#define B(code) &k_nexmo_errors[NEXMO_SMS_CURRENT_##code]

/* Table B has no row for many reasons: the open set then keeps table A's number, the closed set
 * answers the nearest of its own. A closed set has no number at all for an internal error: the
 * entry is table A's, and the answer an HTTP 500 (answer.c). */
static const struct catalogue_entry *const k_codes[BECAUSE__COUNT][TABLE__COUNT] = {
    [BECAUSE_THROTTLED] = {A(1), B(1), B(1)},
    [BECAUSE_MISSING] = {A(2), B(2), B(2)},
    [BECAUSE_INVALID] = {A(3), A(3), B(2)},
    [BECAUSE_INVALID_TO] = {A(3), B(6), B(6)},
    [BECAUSE_CREDENTIALS] = {A(4), B(4), B(4)},
    [BECAUSE_INTERNAL] = {A(5), A(5), A(5)},
    [BECAUSE_UNROUTABLE] = {A(6), B(6), B(6)},
    [BECAUSE_BARRED] = {A(7), A(7), B(6)},
    [BECAUSE_SUSPENDED] = {A(8), B(8), B(8)},
    [BECAUSE_QUOTA] = {A(9), B(9), B(9)},
    [BECAUSE_BINDS] = {A(10), A(10), B(1)},
    [BECAUSE_NO_HTTP] = {A(11), A(11), B(8)},
    [BECAUSE_TOO_LONG] = {A(12), A(12), B(2)},
    [BECAUSE_SIGNATURE] = {A(14), B(4), B(4)},
    [BECAUSE_SENDER] = {A(15), B(14), B(14)},
    [BECAUSE_NETWORK_CODE] = {A(22), A(22), B(2)},
    [BECAUSE_CALLBACK] = {A(23), A(23), B(2)},
    [BECAUSE_NOT_WHITELISTED] = {A(29), B(29), B(29)},
    [BECAUSE_SIGNED_WITH_SECRET] = {A(32), A(32), B(4)},
    [BECAUSE_DEACTIVATED] = {A(33), A(33), B(6)},
};

/* What "error-text" says. `only`: whatever the reason; otherwise a rule's own words go first. */
static const struct text {
    struct str classic, gateway;
    bool only;
} k_texts[NEXMO_SMS_CURRENT_29 + 1] = {
    [NEXMO_SMS_1] = {.gateway =
                         STR_INIT("Throttled; You are sending SMS faster than the account limit")},
    [NEXMO_SMS_2] = {STR_INIT("Missing from param"),
                     STR_INIT("Your request is incomplete and missing some mandatory parameters"),
                     false},
    [NEXMO_SMS_3] = {.classic = STR_INIT("Invalid from param")},
    [NEXMO_SMS_4] = {.classic = STR_INIT("Bad Credentials"), .only = true},
    [NEXMO_SMS_5] = {.classic = STR_INIT("Server Error"), .only = true},
    [NEXMO_SMS_6] = {.classic = STR_INIT("Unroutable message - rejected"), .only = true},
    [NEXMO_SMS_7] = {.classic = STR_INIT("Number barred."), .only = true},
    [NEXMO_SMS_8] = {.classic = STR_INIT("Partner Account Barred"), .only = true},
    [NEXMO_SMS_9] = {.classic = STR_INIT("Quota Exceeded - rejected"), .only = true},
    [NEXMO_SMS_10] = {.classic = STR_INIT("Too Many Existing Binds"), .only = true},
    [NEXMO_SMS_11] = {.classic = STR_INIT("Account Not Enabled For HTTP"), .only = true},
    [NEXMO_SMS_12] = {.classic = STR_INIT("Message Too Long"), .only = true},
    [NEXMO_SMS_14] = {.classic = STR_INIT("Invalid Signature"), .only = true},
    [NEXMO_SMS_15] = {.classic = STR_INIT("Illegal Sender Address - rejected"), .only = true},
    [NEXMO_SMS_22] = {.classic = STR_INIT("Invalid Network Code"), .only = true},
    [NEXMO_SMS_23] = {.classic = STR_INIT("Invalid Callback URL")},
    [NEXMO_SMS_29] = {.classic = STR_INIT("Non White-listed Destination - rejected"), .only = true},
    [NEXMO_SMS_32] = {.classic = STR_INIT("Signature And API Secret Disallowed"), .only = true},
    [NEXMO_SMS_33] = {.classic = STR_INIT("Number De-activated"), .only = true},
    [NEXMO_SMS_CURRENT_1] = {.gateway = STR_INIT(
                                 "Throttled; You are sending SMS faster than the account limit")},
    [NEXMO_SMS_CURRENT_2] = {STR_INIT("Missing from param"),
                             STR_INIT("Your request is incomplete and missing some mandatory "
                                      "parameters"),
                             false},
    [NEXMO_SMS_CURRENT_4] = {.classic = STR_INIT("Bad Credentials"), .only = true},
    [NEXMO_SMS_CURRENT_6] = {.classic = STR_INIT("Unroutable message - rejected"), .only = true},
    [NEXMO_SMS_CURRENT_8] = {.classic = STR_INIT("Partner Account Barred"), .only = true},
    [NEXMO_SMS_CURRENT_9] = {.classic = STR_INIT("Quota Exceeded - rejected"), .only = true},
    [NEXMO_SMS_CURRENT_14] = {.classic = STR_INIT("Illegal Sender Address - rejected"),
                              .only = true},
    [NEXMO_SMS_CURRENT_29] = {.classic = STR_INIT("Non White-listed Destination - rejected"),
                              .only = true},
};

static const struct text *text_of(const struct catalogue_entry *e)
{
    return &k_texts[e - k_nexmo_errors];
}

enum verdict nexmo_stop(struct rq *rq, enum reason reason, struct str text, struct str why)
{
    struct work *w = nexmo_work(rq);
    if (reason == BECAUSE_MISSING && rq->body_fault != JSON_GOOD)
        why = arena_printf(rq->arena, "%.*s The JSON body was passed over: %s.", STR_ARG(why),
                           json_fault_text(rq->body_fault));
    w->text = text.p ? text : text_of(k_codes[reason][TABLE_LEGACY])->classic;
    rq_refuse_why(rq, k_codes[reason][nexmo_knobs(rq).table], why);
    return STOP;
}

/* The first reason that a table answers with that number; BECAUSE__COUNT when it has none. */
static enum reason numbered(enum code_table table, int code)
{
    enum reason i = 0;
    while (i < BECAUSE__COUNT && k_codes[i][table]->code != code)
        i++;
    return i;
}

enum verdict nexmo_force(struct rq *rq, int code, struct str why)
{
    enum reason reason = numbered(nexmo_knobs(rq).table, code);
    if (reason == BECAUSE__COUNT)
        reason = numbered(TABLE_LEGACY, code);
    if (reason == BECAUSE__COUNT)
        return PASS;
    return nexmo_stop(rq, reason, (struct str){0}, why);
}

/* The text of a full window, as the platform prints it. */
static struct str window_text(struct rq *rq)
{
    const struct account *acc = rq->account;
    const long long max = acc ? (long long)acc->max_rps : 30;
    const struct work *w = nexmo_work(rq);
    const bool real = acc && w->throttled;
    const long long start = real ? (long long)acc->throughput.start_ms : (long long)rq->now_ms;
    return arena_printf(rq->arena,
                        "Exceeded maximum MT throughput[ MAX [ %lld ] INTERVAL [ 1000 ] COUNT "
                        "[ %lld ] LAST INT-START [ %lld ] TIME_SINCE_LAST_INTERVAL_START [ %lld ] "
                        " ] ",
                        max, real ? (long long)acc->throughput.count : max, start,
                        (long long)rq->now_ms - start);
}

struct str nexmo_error_text(struct rq *rq, const struct catalogue_entry *e)
{
    const struct text *t = text_of(e);
    const struct str own = nexmo_work(rq)->text;
    if (t->gateway.p && nexmo_knobs(rq).error_text_set == ERROR_TEXT_GATEWAY)
        return t->gateway;
    if (!t->only && own.p)
        return own;
    return t->classic.p ? t->classic : window_text(rq);
}
