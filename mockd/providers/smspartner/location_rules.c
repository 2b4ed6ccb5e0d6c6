#include "mockd/providers/partner/address.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/location.h"

/* Whom a rental aims at: op, parameters and urlNotification, judged one after the other. */
enum { AGE_MIN = 18, AGE_MAX = 98 };

#define E(code) (&k_smspartner_errors[SMSPARTNER_LOCATION_##code])

struct str targeting_text(const struct rq *rq, struct str name)
{
    return json_scalar(rq->arena, json_get(targeting_of(rq)->parameters, name));
}

/* ---- op ------------------------------------------------------------------------ */

enum verdict location_check_op(struct rq *rq)
{
    static const struct str k_ops[] = {STR_INIT("calcul"), STR_INIT("price"), STR_INIT("rent")};
    const struct str op = str_trim(rq_text(rq, OPTIN_OP));
    struct targeting *t = arena_new(rq->arena, struct targeting);
    rq->work = t;
    for (size_t i = 0; i < sizeof(k_ops) / sizeof(k_ops[0]); i++) {
        if (str_eq_nocase(op, k_ops[i]))
            t->op = k_ops[i];
    }
    if (t->op.p && rq->account->flags & ACCOUNT_RENTAL_ENABLED)
        return PASS;
    rq_refuse_why(rq, E(6),
                  t->op.p ? STR("The account's flag rentalEnabled is off.")
                          : arena_printf(rq->arena, "There is no op \"%.*s\".", STR_ARG(op)));
    return STOP;
}

/* ---- parameters ------------------------------------------------------------------ */

static bool sex_good(struct str s)
{
    return s.n == 1 && memchr("mhf", s.p[0], 3);
}

static bool min_age_good(struct str s)
{
    uint64_t age;
    return str_to_uint(s, UINT32_MAX, &age) && age >= AGE_MIN;
}

static bool max_age_good(struct str s)
{
    uint64_t age;
    return str_to_uint(s, UINT32_MAX, &age) && age <= AGE_MAX;
}

static bool id_good(struct str s)
{
    uint64_t id;
    return str_to_uint(s, INT32_MAX, &id) && id > 0;
}

/* absent: not there at all; empty: there, and null or "". NULL: that may be. */
struct rule {
    struct str name;
    const struct catalogue_entry *absent, *empty, *bad;
    bool (*good)(struct str text);
};

static enum verdict judge(struct rq *rq, const struct rule *r)
{
    const struct cJSON *v = json_get(targeting_of(rq)->parameters, r->name);
    const struct str text = json_scalar(rq->arena, v);
    if (!v)
        return r->absent ? rq_stop(rq, r->absent) : PASS;
    if (text.n == 0 && json_kind(v) < JSON_ARRAY)
        return r->empty ? rq_stop(rq, r->empty) : PASS;
    if (r->good(text))
        return PASS;
    rq_refuse_why(rq, r->bad,
                  arena_printf(rq->arena, "%.*s is \"%.*s\".", STR_ARG(r->name), STR_ARG(text)));
    return STOP;
}

static const struct rule k_rules[] = {
    {STR_INIT("sexe"), E(7), E(7), E(8), sex_good},
    {STR_INIT("minAge"), E(9), E(9), E(12), min_age_good},
    {STR_INIT("maxAge"), E(13), E(13), E(14), max_age_good},
    {STR_INIT("interest"), NULL, E(16), E(15), id_good},
    {STR_INIT("subInterest"), NULL, E(17), E(18), id_good},
};

static const struct rule k_category = {STR_INIT("category"), NULL, E(22), E(23), id_good};

enum verdict location_check_parameters(struct rq *rq)
{
    struct targeting *t = targeting_of(rq);
    t->parameters = partner_nested(rq->arena, rq->param[OPTIN_PARAMETERS]);
    if (json_kind(t->parameters) != JSON_OBJECT)
        return rq_stop(rq, E(3));
    for (size_t i = 0; i < sizeof(k_rules) / sizeof(k_rules[0]); i++) {
        if (judge(rq, &k_rules[i]) == STOP)
            return STOP;
    }
    if (!json_get(t->parameters, STR("interest")) && !json_get(t->parameters, STR("subInterest")))
        return rq_stop(rq, E(19));
    return judge(rq, &k_category);
}

enum verdict location_check_url(struct rq *rq)
{
    const struct str url = rq_text(rq, OPTIN_URL);
    const bool given = url.n || json_kind(rq->param[OPTIN_URL].node) >= JSON_ARRAY;
    return !given || partner_url_good(url) ? PASS : rq_stop(rq, E(5));
}
