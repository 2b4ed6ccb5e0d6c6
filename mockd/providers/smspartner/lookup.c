#include "mockd/domain/msisdn.h"
#include "mockd/domain/number_format.h"
#include "mockd/domain/routes.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/verify.h"

/* POST /v1/lookup: what a number is, by how it is written; free. */
step_fn *const k_lookup_checks[] = {verify_check_numbers, NULL};

/* Here the service does not take a number with a blank before or behind it. */
static bool bare(struct str raw)
{
    return raw.n > 0 && str_trim(raw).n == raw.n;
}

static bool understood(struct arena *a, struct str raw, struct str *e164, struct number_format *f)
{
    return bare(raw) && msisdn_parse(a, raw, e164) != MSISDN_BAD && number_format(a, *e164, f);
}

static void write_good(struct rq *rq, struct str e164, const struct number_format *f)
{
    struct out *o = &rq->out;
    const struct route *route = route_find(str_from(e164, 1));
    uint64_t prefix = 0;
    str_to_uint(route->prefix, UINT32_MAX, &prefix);
    out_bool(o, STR("success"), true);
    out_str(o, STR("countryCode"), route->country);
    out_int(o, STR("prefixCode"), (int64_t)prefix);
    out_str(o, STR("phoneNumber"), e164);
    out_str(o, STR("type"), f->mobile ? STR("Mobile") : STR("Fixed line"));
    /* Numbers move between operators: their digits do not tell. */
    out_str(o, STR("network"), STR(""));
    out_object_begin(o, STR("format"));
    out_str(o, STR("e164"), e164);
    out_str(o, STR("international"), f->international);
    out_str(o, STR("national"), f->national);
    out_str(o, STR("rfc3966"), f->rfc3966);
    out_end(o);
}

enum err smspartner_lookup(struct rq *rq)
{
    struct out *o = &rq->out;
    const struct tokens *t = tokens_of(rq);
    partner_success(rq);
    out_array_begin(o, STR("lookup"));
    for (size_t i = 0; i < t->n; i++) {
        struct str e164;
        struct number_format f;
        const bool good = understood(rq->arena, t->raw[i], &e164, &f);
        out_object_begin(o, STR("number"));
        out_str(o, STR("request"), t->raw[i].p ? t->raw[i] : STR(""));
        if (good) {
            write_good(rq, e164, &f);
        } else {
            out_bool(o, STR("success"), false);
            /* French in every language: no English text of it exists. */
            out_str(o, STR("message"), STR("Le numéro de téléphone est vide ou n'est pas valide."));
        }
        out_end(o);
    }
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}
