#include "mockd/providers/partner/partner.h"

#include "mockd/base/check.h"
#include "mockd/domain/msisdn.h"
#include "mockd/providers/partner/numbers.h"

/* The code as this endpoint gives it: from its own group, its page's, or the host's common one. */
static const struct catalogue_entry *find_code(const struct rq *rq, struct str code)
{
    const struct str groups[] = {
        rq->endpoint->group, arena_printf(rq->arena, "%.*s-page", STR_ARG(rq->endpoint->group)),
        STR("send"),         STR("send-page"),
        STR("campaign"),     STR("http"),
    };
    const struct catalogue_entry *e = NULL;
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]) && !e; i++)
        e = catalogue_code(rq->provider->catalogue, groups[i], code);
    return e;
}

static enum verdict stop_why(struct rq *rq, struct str code, struct str why)
{
    const struct catalogue_entry *e = find_code(rq, code);
    CHECK(e);
    rq_refuse_why(rq, e, why.p ? why : e->why);
    return STOP;
}

static enum verdict stop(struct rq *rq, struct str code)
{
    return stop_why(rq, code, (struct str){0});
}

/* Answers the code that a magic value asks for; PASS when the host does not have it. */
static enum verdict force(struct rq *rq, struct str code, struct str magic)
{
    const struct catalogue_entry *e = find_code(rq, code);
    if (!e)
        return PASS;
    rq_refuse_why(rq, e,
                  arena_printf(rq->arena, "Forced by %.*s, which asks for code %.*s.",
                               STR_ARG(magic), STR_ARG(code)));
    return STOP;
}

enum verdict partner_gate_body(struct rq *rq)
{
    return rq->body_fault == JSON_GOOD ? PASS : stop_why(rq, STR("90"), rq->why);
}

/* An unknown key gets an account like the default one when the session's settings say so. */
static struct account *account_of(struct rq *rq, struct str key)
{
    struct accounts *all = rq->session->accounts;
    struct account *account = accounts_find(all, REALM_SMSPARTNER, key);
    if (account || !rq->session->settings.accept_any_key)
        return account;
    const struct account *like = accounts_find(all, REALM_SMSPARTNER, STR("mockd-key"));
    if (like && key.n <= 128 && accounts_clone(all, like, key, &account) != ERR_OK)
        return NULL;
    return account;
}

enum verdict partner_gate_key(struct rq *rq)
{
    const struct value key = inputs_get(&rq->in, STR("apiKey"));
    rq->api_key = key.text;
    if (key.text.n == 0 && json_kind(key.node) < JSON_ARRAY)
        return stop(rq, STR("1"));
    if (str_starts(key.text, STR("error-")) &&
        force(rq, str_from(key.text, 6), STR("an apiKey \"error-…\"")) == STOP)
        return STOP;
    rq->account = account_of(rq, key.text);
    return rq->account ? PASS : stop(rq, STR("10"));
}

enum verdict partner_gate_state(struct rq *rq)
{
    const struct account *account = rq->account;
    if (account->state == ACCOUNT_DISABLED)
        return stop(rq, STR("20"));
    if (account->state != ACCOUNT_ACTIVE)
        return stop(rq, STR("30"));
    if (!(account->flags & ACCOUNT_API_ENABLED))
        return stop_why(rq, STR("40"), STR("The account's flag apiEnabled is off."));
    return PASS;
}

enum verdict partner_gate_address(struct rq *rq)
{
    const struct str_list *allowed = &rq->account->ip_allowlist;
    struct str ip = rq->client_ip;
    if (allowed->n == 0 || account_lists(allowed, ip))
        return PASS;
    if (str_starts(ip, STR("::ffff:"))) /* IPv4 on a socket of IPv6 */
        ip = str_from(ip, 7);
    if (account_lists(allowed, ip))
        return PASS;
    return stop_why(
        rq, STR("96"),
        arena_printf(rq->arena, "The account's IP allow-list does not have %.*s.", STR_ARG(ip)));
}

/* Under which names the endpoints take recipients. */
static const struct str k_number_names[] = {
    STR_INIT("phoneNumbers"),
    STR_INIT("phoneNumber"),
    STR_INIT("to"),
};

enum { NUMBER_NAMES = sizeof(k_number_names) / sizeof(k_number_names[0]) };

static enum verdict force_by_number(struct rq *rq, struct str raw)
{
    struct str e164;
    int last4;
    if (msisdn_parse(rq->arena, raw, &e164) != MSISDN_FR_MOBILE ||
        !msisdn_fr_fiction(e164, &last4) || last4 < 7000 || last4 > 7999)
        return PASS;
    return force(rq, arena_printf(rq->arena, "%d", last4 - 7000), e164);
}

enum verdict partner_gate_number(struct rq *rq)
{
    for (size_t i = 0; i < NUMBER_NAMES; i++) {
        if (!inputs_has(&rq->in, k_number_names[i]))
            continue;
        const struct partner_numbers list =
            partner_numbers(rq->arena, inputs_get(&rq->in, k_number_names[i]));
        for (size_t k = 0; k < list.n; k++) {
            if (force_by_number(rq, list.raw[k]) == STOP)
                return STOP;
        }
    }
    return PASS;
}

struct str partner_recipient(const struct rq *rq)
{
    for (size_t i = 0; i < NUMBER_NAMES; i++) {
        if (!inputs_has(&rq->in, k_number_names[i]))
            continue;
        const struct partner_numbers list =
            partner_numbers(rq->arena, inputs_get(&rq->in, k_number_names[i]));
        struct str number = list.n ? list.raw[0] : (struct str){0};
        msisdn_parse(rq->arena, number, &number);
        if (number.n)
            return number;
    }
    return (struct str){0};
}
