#include "mockd/providers/mailpartner/mailpartner.h"

#include "mockd/providers/mailpartner/address.h"
#include "mockd/providers/mailpartner/endpoints.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/partner/subaccount.h"

/* ---- who is written to ------------------------------------------------------- */

/* The addresses that a request names: one "email", else the recipients. */
struct addresses {
    struct str one;
    const struct cJSON *next;
};

static struct addresses addresses_of(const struct rq *rq)
{
    return (struct addresses){inputs_get(&rq->in, STR("email")).text,
                              json_first(mail_recipients(rq))};
}

static bool next_address(struct arena *a, struct addresses *list, struct str *out)
{
    if (list->one.n) {
        *out = list->one;
        list->one = (struct str){0};
        return true;
    }
    if (!list->next)
        return false;
    *out = person_read(a, list->next).email;
    list->next = json_next(list->next);
    return true;
}

static struct str recipient(const struct rq *rq)
{
    struct addresses list = addresses_of(rq);
    struct str first = {0};
    next_address(rq->arena, &list, &first);
    return first;
}

/* "error-14@mockd.test" asks for code 14; absent when the address asks for none. */
static struct str asked_code(struct str email)
{
    const struct str head = STR("error-");
    const struct str tail = STR("@mockd.test");
    if (!str_starts(email, head) || !str_ends(email, tail) || email.n <= head.n + tail.n)
        return (struct str){0};
    return (struct str){email.p + head.n, email.n - head.n - tail.n};
}

/* ---- gates --------------------------------------------------------------------- */

/* A code that is asked for counts in no window. */
static bool asks_for_code(const struct rq *rq)
{
    struct addresses list = addresses_of(rq);
    struct str email;
    while (next_address(rq->arena, &list, &email)) {
        if (asked_code(email).p)
            return true;
    }
    return str_starts(inputs_get(&rq->in, STR("apiKey")).text, STR("error-"));
}

/* Before the key is looked at: the limit is the client address's. */
static enum verdict gate_rate(struct rq *rq)
{
    static const struct rate_limit k_limits[] = {{2000, 60000}, {0}};
    if (asks_for_code(rq) || rq_over_limit(rq, rate_who(rq->client_ip), k_limits) == 0)
        return PASS;
    return rq_stop(rq, &k_mailpartner_errors[MAILPARTNER_SEND_429]);
}

/* Two codes for a key that is missing: it may be not there at all, or be empty. */
static enum verdict gate_key(struct rq *rq)
{
    static const enum mailpartner_error k_errors[] = {
        [PARTNER_KEY_ABSENT] = MAILPARTNER_SEND_1,
        [PARTNER_KEY_EMPTY] = MAILPARTNER_SEND_3,
        [PARTNER_KEY_UNKNOWN] = MAILPARTNER_SEND_10,
    };
    const enum partner_key found = partner_key(rq);
    if (found == PARTNER_KEY_GOOD)
        return PASS;
    return found == PARTNER_KEY_ANSWERED ? STOP
                                         : rq_stop(rq, &k_mailpartner_errors[k_errors[found]]);
}

static enum verdict gate_email(struct rq *rq)
{
    struct addresses list = addresses_of(rq);
    struct str email;
    while (next_address(rq->arena, &list, &email)) {
        const struct str code = asked_code(email);
        if (code.p && partner_force(rq, code, email) == STOP)
            return STOP;
    }
    return PASS;
}

static const struct gate k_gates[] = {
    {PARTNER_FORCED, gate_forced_by_header},
    {PARTNER_RATE, gate_rate},
    {PARTNER_BODY, partner_gate_body},
    {PARTNER_KEY, gate_key},
    {PARTNER_STATE, partner_gate_state},
    {PARTNER_ADDRESS, partner_gate_address},
    {PARTNER_NUMBER, gate_email},
};

/* ---- the provider --------------------------------------------------------------- */

static struct str message_id(const struct rq *rq, const struct message *m)
{
    return partner_id(rq->arena, rq->session, PARTNER_ID_MAIL, m->batch);
}

#define UNSUBSCRIBE_DELETE                                                                         \
    .path = STR_INIT("/v1/unsubscribe/delete"), .group = STR_INIT("unsubscribe-delete"),           \
    .params = k_mail_delete_params, .nparams = DELETE__COUNT,                                      \
    .handle = mailpartner_unsubscribe_delete,                                                      \
    .summary = STR_INIT("Take an address off the unsubscribe list")

static const struct endpoint k_endpoints[] = {
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/send"),
     .group = STR_INIT("send"),
     .max_body = 24 << 20, /* three attachments of 5 MB in base64, and the mail */
     .params = k_mail_send_params,
     .nparams = SEND__COUNT,
     .checks = k_mail_send_checks,
     .handle = mailpartner_send,
     .summary = STR_INIT("Send one mail to up to 500 addresses")},
    {.method = METHOD_GET,
     .path = STR_INIT("/v1/message-cancel"),
     .group = STR_INIT("cancel"),
     .params = k_mail_cancel_params,
     .nparams = BATCH__COUNT,
     .handle = mailpartner_cancel,
     .summary = STR_INIT("Take back a mail that has not left yet")},
    {.method = METHOD_GET,
     .path = STR_INIT("/v1/bulk-status"),
     .group = STR_INIT("status"),
     .params = k_mail_status_params,
     .nparams = BATCH__COUNT,
     .handle = mailpartner_bulk_status,
     .summary = STR_INIT("What became of a mail to each of its recipients")},
    {.method = METHOD_GET,
     .path = STR_INIT("/v1/me"),
     .group = STR_INIT("send"),
     .handle = mailpartner_me,
     .summary = STR_INIT("The account and its mail credit")},
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/unsubscribe/add"),
     .group = STR_INIT("unsubscribe-add"),
     .params = k_mail_add_params,
     .nparams = ADD__COUNT,
     .handle = mailpartner_unsubscribe_add,
     .summary = STR_INIT("Put an address on the unsubscribe list")},
    {.method = METHOD_GET,
     .path = STR_INIT("/v1/unsubscribe/list"),
     .group = STR_INIT("send"),
     .handle = mailpartner_unsubscribe_list,
     .summary = STR_INIT("The unsubscribe list")},
    {.method = METHOD_POST, UNSUBSCRIBE_DELETE},
    {.method = METHOD_GET, UNSUBSCRIBE_DELETE},
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/subaccount/create"),
     .group = STR_INIT("subaccount-create"),
     .group_else = STR_INIT("subaccount"),
     .params = k_subaccount_create_params,
     .nparams = CREATE__COUNT,
     .checks = k_subaccount_create_checks,
     .handle = partner_subaccount_create,
     .summary = STR_INIT("Make a sub-account")},
    {.method = METHOD_GET,
     .path = STR_INIT("/v1/subaccount/list"),
     .group = STR_INIT("subaccount"),
     .params = k_subaccount_list_params,
     .nparams = SUBACCOUNTS__COUNT,
     .checks = k_subaccount_list_checks,
     .handle = partner_subaccount_list,
     .summary = STR_INIT("The sub-accounts and their credit, 20 a page")},
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/subaccount/credit/add"),
     .group = STR_INIT("subaccount"),
     .params = k_subaccount_credit_params,
     .nparams = CREDIT__COUNT,
     .checks = k_subaccount_credit_checks,
     .handle = partner_subaccount_credit_add,
     .summary = STR_INIT("Give credit to a sub-account")},
    {.method = METHOD_POST,
     .path = STR_INIT("/v1/subaccount/credit/remove"),
     .group = STR_INIT("subaccount"),
     .params = k_subaccount_credit_params,
     .nparams = CREDIT__COUNT,
     .checks = k_subaccount_credit_checks,
     .handle = partner_subaccount_credit_remove,
     .summary = STR_INIT("Take credit back from a sub-account")},
};

static const struct str k_hosts[] = {STR_INIT("api.mailpartner.fr")};

const struct provider mailpartner_provider = {
    .name = STR_INIT("mailpartner"),
    .id = PROVIDER_MAILPARTNER,
    .prefix = STR_INIT("/mailpartner"),
    .hosts = k_hosts,
    .nhosts = sizeof(k_hosts) / sizeof(k_hosts[0]),
    .endpoints = k_endpoints,
    .nendpoints = sizeof(k_endpoints) / sizeof(k_endpoints[0]),
    .catalogue = &mailpartner_catalogue,
    .gates = k_gates,
    .ngates = sizeof(k_gates) / sizeof(k_gates[0]),
    .max_body = 1 << 20,
    .journalled = true,
    .decode = partner_decode,
    .format = partner_format,
    .refuse = partner_refuse,
    .miss = partner_miss,
    .unreadable = partner_unreadable,
    .recipient = recipient,
    .message_id = message_id,
};
