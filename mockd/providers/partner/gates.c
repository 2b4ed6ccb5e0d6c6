#include "mockd/providers/partner/partner.h"

#include "mockd/base/check.h"
#include "mockd/domain/msisdn.h"
#include "mockd/providers/partner/numbers.h"

/* The catalogue says of each line which endpoints answer it. */
static bool is_answered_here(const struct rq *rq, const struct catalogue_entry *e)
{
    for (size_t i = 0; i < e->nendpoints; i++) {
        const struct str path = str_from(e->endpoints[i], str_find_char(e->endpoints[i], ' ') + 1);
        if (str_eq(path, rq->endpoint->path))
            return true;
    }
    return false;
}

/*
 * The code as this endpoint gives it: from its own group, its page's, or the host's common one. A
 * line that is said to be answered here goes before one that is not.
 */
static const struct catalogue_entry *find_code(const struct rq *rq, struct str code)
{
    const struct str groups[] = {
        rq->endpoint->group,
        arena_printf(rq->arena, "%.*s-page", STR_ARG(rq->endpoint->group)),
        rq->endpoint->group_else,
        STR("send"),
        STR("send-page"),
        STR("campaign"),
        STR("http"),
    };
    const struct catalogue_entry *first = NULL;
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        const struct catalogue_entry *e = catalogue_code(rq->provider->catalogue, groups[i], code);
        if (e && is_answered_here(rq, e))
            return e;
        first = first ? first : e;
    }
    return first;
}

enum verdict partner_stop(struct rq *rq, struct str code, struct str why)
{
    const struct catalogue_entry *e = find_code(rq, code);
    CHECK(e);
    rq_refuse_why(rq, e, why.p ? why : e->why);
    return STOP;
}

static enum verdict stop(struct rq *rq, struct str code)
{
    return partner_stop(rq, code, (struct str){0});
}

enum verdict partner_force(struct rq *rq, struct str code, struct str magic)
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
    return rq->body_fault == JSON_GOOD ? PASS : partner_stop(rq, STR("90"), rq->why);
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

enum partner_key partner_key(struct rq *rq)
{
    const struct value key = inputs_get(&rq->in, STR("apiKey"));
    rq->api_key = key.text;
    if (!inputs_has(&rq->in, STR("apiKey")))
        return PARTNER_KEY_ABSENT;
    if (key.text.n == 0 && json_kind(key.node) < JSON_ARRAY)
        return PARTNER_KEY_EMPTY;
    if (str_starts(key.text, STR("error-")) &&
        partner_force(rq, str_from(key.text, 6), STR("an apiKey \"error-…\"")) == STOP)
        return PARTNER_KEY_ANSWERED;
    rq->account = account_of(rq, key.text);
    return rq->account ? PARTNER_KEY_GOOD : PARTNER_KEY_UNKNOWN;
}

enum verdict partner_gate_key(struct rq *rq)
{
    static const struct str k_codes[] = {
        [PARTNER_KEY_ABSENT] = STR_INIT("1"),
        [PARTNER_KEY_EMPTY] = STR_INIT("1"),
        [PARTNER_KEY_UNKNOWN] = STR_INIT("10"),
    };
    const enum partner_key found = partner_key(rq);
    if (found == PARTNER_KEY_GOOD)
        return PASS;
    return found == PARTNER_KEY_ANSWERED ? STOP : stop(rq, k_codes[found]);
}

enum verdict partner_gate_state(struct rq *rq)
{
    const struct account *account = rq->account;
    if (account->state == ACCOUNT_DISABLED)
        return stop(rq, STR("20"));
    if (account->state != ACCOUNT_ACTIVE)
        return stop(rq, STR("30"));
    if (!(account->flags & ACCOUNT_API_ENABLED))
        return partner_stop(rq, STR("40"), STR("The account's flag apiEnabled is off."));
    if (~account->flags & rq->endpoint->needs)
        return partner_stop(rq, STR("40"),
                            STR("The account does not have what this endpoint is for."));
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
    return partner_stop(
        rq, STR("96"),
        arena_printf(rq->arena, "The account's IP allow-list does not have %.*s.", STR_ARG(ip)));
}

enum verdict partner_gate_rate(struct rq *rq)
{
    const int64_t wait_s = rq_over_limit(rq, (uint64_t)rq->account->id, rq->endpoint->limits);
    if (wait_s == 0)
        return PASS;
    return partner_stop(rq, STR("429"),
                        arena_printf(rq->arena,
                                     "This key asked too often; %lld s of silence will do.",
                                     (long long)wait_s));
}

/* ---- the numbers a request names ------------------------------------------- */

/* True: enough. */
typedef bool number_fn(void *ctx, struct arena *a, struct str raw);

/* Under which names the endpoints take numbers, and lists of objects with a phoneNumber. */
static const struct {
    struct str name;
    bool objects;
} k_numbers[] = {
    {STR_INIT("phoneNumbers"), false},
    {STR_INIT("phoneNumber"), false},
    {STR_INIT("to"), false},
    {STR_INIT("number"), false},
    {STR_INIT("param"), false},
    {STR_INIT("SMSList"), true},
    {STR_INIT("SMSStatut_List"), true},
    {STR_INIT("SMSStatus_List"), true},
    {STR_INIT("contact"), true},
    {STR_INIT("contactsList"), true},
};

static bool each_of_numbers(const struct rq *rq, struct value v, number_fn *fn, void *ctx)
{
    const struct partner_numbers list = partner_numbers(rq->arena, v);
    bool enough = false;
    for (size_t i = 0; i < list.n && !enough; i++)
        enough = fn(ctx, rq->arena, list.raw[i]);
    return enough;
}

static bool of_object(const struct rq *rq, const struct cJSON *object, number_fn *fn, void *ctx)
{
    const struct str raw = json_scalar(rq->arena, json_get(object, STR("phoneNumber")));
    return raw.n && fn(ctx, rq->arena, raw);
}

static bool each_of_objects(const struct rq *rq, struct value v, number_fn *fn, void *ctx)
{
    const struct cJSON *list = partner_nested(rq->arena, v);
    const struct cJSON *item = json_first(list);
    bool enough = false;
    if (json_kind(list) == JSON_OBJECT)
        return of_object(rq, list, fn, ctx);
    for (size_t i = 0; i < PARTNER_NUMBERS_MAX && item && !enough; i++, item = json_next(item))
        enough = of_object(rq, item, fn, ctx);
    return enough;
}

static bool each_number(const struct rq *rq, number_fn *fn, void *ctx)
{
    bool enough = false;
    for (size_t i = 0; i < sizeof(k_numbers) / sizeof(k_numbers[0]) && !enough; i++) {
        const struct value v = inputs_get(&rq->in, k_numbers[i].name);
        if (!v.text.n && json_kind(v.node) < JSON_ARRAY)
            continue;
        enough = k_numbers[i].objects ? each_of_objects(rq, v, fn, ctx)
                                      : each_of_numbers(rq, v, fn, ctx);
    }
    return enough;
}

static bool forces(void *ctx, struct arena *a, struct str raw)
{
    struct rq *rq = ctx;
    struct str e164;
    int last4;
    if (msisdn_parse(a, raw, &e164) != MSISDN_FR_MOBILE || !msisdn_fr_fiction(e164, &last4) ||
        last4 < 7000 || last4 > 7999)
        return false;
    return partner_force(rq, arena_printf(a, "%d", last4 - 7000), e164) == STOP;
}

enum verdict partner_gate_number(struct rq *rq)
{
    return each_number(rq, forces, rq) ? STOP : PASS;
}

static bool is_recipient(void *ctx, struct arena *a, struct str raw)
{
    struct str *number = ctx;
    *number = raw;
    msisdn_parse(a, raw, number);
    return number->n > 0;
}

struct str partner_recipient(const struct rq *rq)
{
    struct str number = {0};
    each_number(rq, is_recipient, &number);
    return number;
}
